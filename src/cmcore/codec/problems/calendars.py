"""What is wrong with calendars in iCalendar."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "calendar-end": Said(
        ("`END:{name}` ends what did not begin", "`END:{name}` ferme ce qui n'est pas ouvert"),
        ("export the calendar again", "exportez à nouveau l'agenda"),
    ),
    "calendar-line": Said(
        ("`{text}` is no line of a calendar", "`{text}` n'est pas une ligne d'agenda"),
        ("export the calendar again", "exportez à nouveau l'agenda"),
    ),
    "calendar-nested": Said(
        ("what it holds is nested too deep", "son contenu est imbriqué trop profondément"),
        category="too-large",
    ),
    "calendar-open": Said(
        ("`BEGIN:{name}` never ends", "`BEGIN:{name}` ne se ferme jamais"),
        ("export the calendar again", "exportez à nouveau l'agenda"),
    ),
    "calendar-too-long": Said(
        (
            "the calendar has too much to read: {most:,} at most",
            "l'agenda est trop long à lire : {most:,} au plus",
        ),
        ("ask for a shorter window", "demandez une période plus courte"),
        "too-large",
    ),
    "calendar-value": Said(
        ("`{text}` is no `{name}` that is read", "`{text}` n'est pas un `{name}` qui se lit ici"),
    ),
    "clock-skips-event": Said(
        (
            "nothing is left of the event: clocks skip `{at}`",
            "il ne reste rien de l'événement : les horloges sautent `{at}`",
        ),
        (
            "give it an hour that there is on that day",
            "donnez-lui une heure qui existe ce jour-là",
        ),
    ),
    "event-of-nobody": Said(
        (
            "whose the event `{name}` is, nobody knows",
            "personne ne sait à qui est l'événement `{name}`",
        ),
        (
            "name who it is in `people`, or map it to `None` to leave it out",
            "dites qui c'est dans `people`, ou `None` pour l'écarter",
        ),
        "unknown",
    ),
    "event-without-end": Said(
        (
            "the event has no end: neither `DTEND` nor `DURATION`",
            "l'événement n'a pas de fin : ni `DTEND`, ni `DURATION`",
        ),
        (
            "give it one in the calendar, and export it again",
            "donnez-lui-en une dans l'agenda, et exportez-le à nouveau",
        ),
    ),
    "event-without-start": Said(
        ("the event has no `DTSTART`", "l'événement n'a pas de `DTSTART`"),
    ),
    "fraction-of-second": Said(
        (
            "`{at}` is not in whole seconds, as calendars have it",
            "`{at}` n'est pas en secondes entières, comme dans les agendas",
        ),
        ("round it", "arrondissez"),
    ),
    "calendar-without-events": Said(
        (
            "the calendar has no event: no `VEVENT`",
            "l'agenda n'a aucun événement : pas de `VEVENT`",
        ),
        (
            "export the events themselves: busy times and tasks are not read",
            "exportez les événements eux-mêmes : les occupations et les tâches ne se lisent pas",
        ),
    ),
    "no-calendar": Said(
        (
            "this is no calendar: it has no `VCALENDAR`",
            "ce n'est pas un agenda : pas de `VCALENDAR`",
        ),
        ("export it in iCalendar, as `.ics`", "exportez-le au format iCalendar, en `.ics`"),
    ),
    "rule-again": Said(
        (
            "the event has more than one `{name}`",
            "l'événement a plus d'un `{name}`",
        ),
        (
            "make an event of its own for each",
            "faites de chacun un événement à part",
        ),
    ),
    "rule-not-read": Said(
        (
            "a repetition with `{part}` is not read",
            "une répétition avec `{part}` ne se lit pas ici",
        ),
        (
            "repeat by day, week, month or year, on days of the week or the month",
            "répétez par jour, semaine, mois ou année, selon les jours de la semaine ou du mois",
        ),
    ),
    "rule-value": Said(
        (
            "`{part}` says nothing that a repetition can be",
            "`{part}` ne dit rien de ce que peut être une répétition",
        ),
        (
            "count from 1, and name months and days that there are",
            "comptez à partir de 1, et nommez des mois et des jours qui existent",
        ),
    ),
    "takes-out-nothing": Said(
        (
            "`{at}` takes nothing out: the event takes place at `{starts}` on that day",
            "`{at}` ne retire rien : ce jour-là, l'événement a lieu à `{starts}`",
        ),
        (
            "give the exception the time of the event, on its clock",
            "donnez à l'exception l'heure de l'événement, dans son fuseau",
        ),
    ),
    "too-many-days": Said(
        (
            "its repetitions have too many days to look at: {most:,} at most",
            "ses répétitions ont trop de jours à parcourir : {most:,} au plus",
        ),
        ("ask for a shorter window", "demandez une période plus courte"),
        "too-large",
    ),
}
