"""What is wrong with instants, durations, days and weeks."""

from typing import Final

from cmcore.base.said import Said

_WEEK: Final = (
    "write days, then hours, such as `Mon-Fri 09:00-18:00; Sat 10:00-12:00`",
    "écrivez les jours, puis les heures, par exemple `Mon-Fri 09:00-18:00; Sat 10:00-12:00`",
)
_DURATION: Final = (
    "write a number and a unit, such as `30 min`, `1 h 30 min`, `14 d` or `PT1H30M`",
    "écrivez un nombre et une unité, par exemple `30 min`, `1 h 30 min`, `14 d` ou `PT1H30M`",
)

PROBLEMS: Final[dict[str, Said]] = {
    "bad-day": Said(
        ("`{given}` is not a day", "`{given}` n'est pas un jour"),
        ("days are {days}", "les jours sont {days}"),
    ),
    "bad-day-range": Said(
        ("`{given}` is not a range of days", "`{given}` n'est pas une suite de jours"), _WEEK
    ),
    "bad-duration": Said(
        (
            "`{given}` is not a number with a unit",
            "`{given}` n'est pas un nombre suivi d'une unité",
        ),
        _DURATION,
    ),
    "bad-hours": Said(
        ("`{given}` is not a range of hours", "`{given}` n'est pas une plage d'heures"), _WEEK
    ),
    "bad-minute": Said(
        ("`{given}` is not a minute of the week", "`{given}` n'est pas une minute de la semaine"),
        ("from 0 to {most}", "de 0 à {most}"),
    ),
    "bad-time-of-day": Said(
        (
            "`{given}` in `{hours}` is not a time of day",
            "`{given}`, dans `{hours}`, n'est pas une heure de la journée",
        ),
        (
            "write hours as `09:00`, from `00:00` to `24:00`",
            "écrivez les heures sous la forme `09:00`, de `00:00` à `24:00`",
        ),
    ),
    "bad-window": Said(
        ("`{given}` is not a window of the week", "`{given}` n'est pas une fenêtre de la semaine"),
        (
            "give two different minutes of the week, from 0 to {most}",
            "donnez deux minutes différentes de la semaine, de 0 à {most}",
        ),
    ),
    "beyond-calendar": Said(
        (
            "`{at}` is too close to an end of the calendar",
            "`{at}` est trop près d'un bout du calendrier",
        ),
        ("years run from 1 to 9999", "les années vont de 1 à 9999"),
    ),
    "day-outside-years": Said(
        ("{day} is in none of the years {years}", "le {day} n'est dans aucune des années {years}"),
        (
            "add its year to `years`, or take the day out",
            "ajoutez son année à `years`, ou retirez le jour",
        ),
    ),
    "duration-too-fine": Said(
        ("`{given}` is finer than a microsecond", "`{given}` est plus fin qu'une microseconde"),
        ("give at most six decimals of a second", "donnez six décimales de seconde au plus"),
    ),
    "minutes-out-of-range": Said(
        ("`{given}` is out of range", "`{given}` est hors limites"),
        ("from `0 min` to `{most}`", "de `0 min` à `{most}`"),
        "too-large",
    ),
    "duration-too-long": Said(
        ("the duration `{given}` is too long", "la durée `{given}` est trop longue"),
        ("the longest is 999999999 days", "la plus longue est de 999999999 jours"),
        "too-large",
    ),
    "duration-not-positive": Said(
        (
            "`{given}` is not a duration above zero",
            "`{given}` n'est pas une durée supérieure à zéro",
        ),
        ("write one such as `30 min`", "écrivez-en une comme `30 min`"),
    ),
    "empty-duration": Said(("the duration is empty", "la durée est vide"), _DURATION),
    "empty-week": Said(
        ("the week is empty", "la semaine est vide"),
        (f"{_WEEK[0]}, or `never`", f"{_WEEK[1]}, ou `never`"),
    ),
    "empty-window": Said(
        ("`{given}` holds no minute", "`{given}` ne contient aucune minute"),
        ("for a whole day, write the day alone", "pour une journée entière, écrivez le jour seul"),
    ),
    "naive-datetime": Said(
        ("`{at}` does not say its time zone", "`{at}` ne dit pas son fuseau horaire"),
        (
            "add its offset, as in `2026-01-31T09:00+01:00`",
            "ajoutez son décalage, comme dans `2026-01-31T09:00+01:00`",
        ),
    ),
    "negative-duration": Said(
        ("a duration cannot be negative", "une durée ne peut pas être négative"),
        ("give a duration of zero or more", "donnez une durée positive ou nulle"),
    ),
    "no-such-day": Said(
        ("there is no day `{day}`", "le jour `{day}` n'existe pas"),
        ("check it against the calendar", "vérifiez-le sur le calendrier"),
    ),
    "no-local-time": Said(
        ("`{at}` has no local time in `{zone}`", "`{at}` n'a pas d'heure locale à `{zone}`"),
        ("years run from 1 to 9999", "les années vont de 1 à 9999"),
    ),
    "stops-too-soon": Said(
        (
            "it stops at {stop}, which is not after its start",
            "la fin, {stop}, ne vient pas après le début",
        ),
        ("the start is included, the end is not", "le début est compris, la fin ne l'est pas"),
    ),
    "unknown-unit": Said(
        (
            "`{unit}` in `{given}` is not a unit of time",
            "`{unit}`, dans `{given}`, n'est pas une unité de temps",
        ),
        (
            "units are `s`, `min`, `h`, `d` and `w`; months and years have no fixed length",
            (
                "les unités sont `s`, `min`, `h`, `j` et `semaines` ; les mois et les années "
                "n'ont pas de longueur fixe"
            ),
        ),
    ),
    "unknown-zone": Said(
        ("`{zone}` is not a known time zone", "`{zone}` n'est pas un fuseau horaire connu"),
        (
            "zones are named as in the IANA database, such as `Europe/Paris`",
            "les fuseaux portent le nom de la base IANA, par exemple `Europe/Paris`",
        ),
        "unknown",
    ),
    "working-days-here": Said(
        ("`{given}` is not a fixed time", "`{given}` n'est pas une durée fixe"),
        (
            (
                "write a duration here, such as `48 h`; working days are for deadlines: those of "
                "circuits, duties and desks, and of acts that are to follow others"
            ),
            (
                "écrivez ici une durée, par exemple `48 h` ; les jours ouvrés sont faits pour les "
                "délais : ceux des circuits, des devoirs, des services et des actes qui doivent "
                "en suivre d'autres"
            ),
        ),
    ),
    "working-days-without-calendar": Said(
        (
            "`{given}` needs a calendar, which says what days are closed",
            "`{given}` demande un calendrier, qui dit quels jours sont fermés",
        ),
        (
            "add one to the file, as in `calendar: {{closed: [2026-12-25]}}`",
            "ajoutez-en un dans le fichier, par exemple `calendar: {{closed: [2026-12-25]}}`",
        ),
    ),
    "working-days-without-hours": Said(
        (
            "`{given}` needs hours, which say what days are worked",
            "`{given}` a besoin d'heures, qui disent quels jours sont travaillés",
        ),
        (
            "write them, as in `{key}: Mon-Fri 09:00-18:00`",
            "écrivez-les, par exemple `{key}: Mon-Fri 09:00-18:00`",
        ),
    ),
    "year-not-in-calendar": Said(
        (
            "the calendar does not say which days of {year} are closed",
            "le calendrier ne dit pas quels jours de {year} sont fermés",
        ),
        (
            "add {year} to its `years`, and the days that are closed in it",
            "ajoutez {year} à ses `years`, avec ses jours fermés",
        ),
    ),
    "window-after-midnight": Said(
        (
            "`{given}` begins after the end of its day",
            "`{given}` commence après la fin de sa journée",
        ),
        (
            "`24:00` can only end a window: begin the next day at `00:00`",
            "`24:00` ne peut que finir une fenêtre : commencez le jour suivant à `00:00`",
        ),
    ),
}
