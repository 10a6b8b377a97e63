"""What is said everywhere."""

from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "yes": ("yes", "oui"),
    "no": ("no", "non"),
    "unknown": ("unknown", "inconnu"),
    "moot": ("does not apply", "sans objet"),
    "in time": ("within {time}", "en {time}"),
    "in days": ("within {time}", "sous {time}"),
    "in the day": ("by the end of the working day", "avant la fin du jour ouvré"),
    "working day": ("the working day", "le jour ouvré"),
    "working days": ("{count} working days", "{count} jours ouvrés"),
    "working days one": ("{count} working day", "{count} jour ouvré"),
    "on working days": ("working days", "jours ouvrés"),
    "and": (" and ", " et "),
    "quoted": ("“{text}”", "« {text} »"),
    "or": (" or ", " ou "),
    "and more": ("and {count} more", "et {count} de plus"),
    "joint": ("; ", " ; "),
    "at line": ("line {line}", "ligne {line}"),
    "at place": ("{place}: {what}", "{place} : {what}"),
    "several problems": ("{count} problems", "{count} problèmes"),
    "some error": ("something went wrong", "quelque chose s'est mal passé"),
    "units": ("d h min s", "j h min s"),
    "days": ("Mon Tue Wed Thu Fri Sat Sun", "lun. mar. mer. jeu. ven. sam. dim."),
    "months": (
        "January February March April May June July August September October November December",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    ),
    "brief months": (
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    ),
    "always": ("always", "toujours"),
    "never": ("never", "jamais"),
    "problem": ("problem", "problème"),
    "place": ("place", "endroit"),
    "empty": ("{fact} is empty", "{fact} est vide"),
}
