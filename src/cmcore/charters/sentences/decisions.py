"""What is said of decisions."""

from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "covered": ("covered", "couvert"),
    "exception": ("exception", "exception"),
    "forbidden": ("forbidden", "interdit"),
    "permit": ("permit", "autorise"),
    "refer": ("refer", "renvoie"),
    "forbid": ("forbid", "interdit"),
    "goes out": ("it goes out now", "cela peut sortir maintenant"),
    "goes to": ("it goes to {circuits}", "cela passe par {circuits}"),
    "stays in": ("it does not go out", "cela ne sort pas"),
    "cannot tell forbid": (
        "cannot tell whether {rule} forbids this: {facts}",
        "impossible de dire si {rule} l'interdit : {facts}",
    ),
    "cannot tell refer": (
        "cannot tell whether {rule} refers this: {facts}",
        "impossible de dire si {rule} renvoie cet acte à un circuit : {facts}",
    ),
    "known": ("known", "connu"),
    "is unknown": ("{facts} unknown", "{facts} inconnu"),
    "findings": ("; ", " ; "),
    "by rules": ("by {rules}", "par {rules}"),
    "nothing permits": ("nothing permits it", "rien ne l'autorise"),
    "would permit": (
        "within the scope, {rules} would permit it",
        "dans le périmètre, {rules} l'autoriseraient",
    ),
    "would permit one": (
        "within the scope, {rules} would permit it",
        "dans le périmètre, {rules} l'autoriserait",
    ),
    "nearest": (
        "nearest permit {rule}: {lacks}",
        "l'autorisation la plus proche, {rule} : {lacks}",
    ),
    "covered if": ("covered if {changes}", "couvert si {changes}"),
    "and if": (" and ", " et si "),
    "hides": (
        "but that hides from {rules} what it is about: if the subject stays the same, {instead}",
        "mais cela cache à {rules} de quoi il s'agit : si le sujet reste le même, {instead}",
    ),
    "hides said": (
        "but that only keeps {rules} from knowing: unless it is really so, {instead}",
        "mais si ce n'est pas vrai, c'est seulement le cacher à {rules} : dans ce cas, {instead}",
    ),
    "ask instead": ("ask {circuits}", "passez par {circuits}"),
    "not out": ("it does not go out", "il ne sort pas"),
    "no repair": (
        "no edit of what the rules read in its content would cover it",
        "aucune retouche de ce que les règles lisent dans le contenu ne suffirait à le couvrir",
    ),
    "repair not found": (
        "no small edit was found that would cover it; not every edit was tried",
        "aucune petite retouche trouvée qui suffise à le couvrir ; toutes n'ont pas été essayées",
    ),
    "expired": (
        "{rule} would have mattered, but expired on {day}",
        "{rule} aurait compté, mais a expiré le {day}",
    ),
    "not yet": (
        "{rule} would matter, but is not in force before {day}",
        "{rule} compterait, mais n'est pas en vigueur avant le {day}",
    ),
    "undated": (
        "{rule} may matter: the moment of the act is unknown",
        "{rule} compte peut-être : le moment de l'acte est inconnu",
    ),
    "charter closed": (
        "the charter is not in force: it covers nothing",
        "la charte n'est pas en vigueur : elle ne couvre rien",
    ),
    "charter undated": (
        "cannot tell whether the charter is in force: `at` unknown",
        "impossible de dire si la charte est en vigueur : `at` inconnu",
    ),
    "slip": ("{told}; did you mean {near}?", "{told} ; vouliez-vous dire {near} ?"),
    "out of scope": (
        "outside the scope of the charter: {lacks}",
        "hors du périmètre de la charte : {lacks}",
    ),
    "no permits": (
        "the charter has no permit rule: it covers nothing",
        "la charte n'a aucune règle qui autorise : elle ne couvre rien",
    ),
    "set": ("{fact} is {value}", "{fact} vaut {value}"),
    "add": ("you add {value} to {fact}", "vous ajoutez {value} à {fact}"),
    "only": (
        "{fact} is {value} alone, for instance",
        "{fact} vaut {value} et rien d'autre, par exemple",
    ),
    "only topic": (
        "it is only about {value}, for instance",
        "le seul sujet est, par exemple, {value}",
    ),
    "remove": ("you remove {value} from {fact}", "vous retirez {value} de {fact}"),
    "is absent": ("{fact} is absent", "{fact} est absent"),
    "is absent asked": (
        "{fact} has no value (the rule asks for {asked})",
        "{fact} n'a pas de valeur (la règle demande {asked})",
    ),
    "given as": (
        "{unknown} (given as `{shown}`, not {due})",
        "{unknown} (donné : `{shown}`, au lieu de {due})",
    ),
    "undated acts": (
        "{unknown} ({count} earlier acts have no moment)",
        "{unknown} ({count} actes antérieurs n'ont pas de moment)",
    ),
    "undated acts one": (
        "{unknown} (an earlier act has no moment)",
        "{unknown} (un acte antérieur n'a pas de moment)",
    ),
    "flag": ("yes or no", "oui ou non"),
    "symbol": ("a word", "un mot"),
    "symbols": ("words", "des mots"),
    "number": ("a number in its range", "un nombre dans ses bornes"),
    "duration": ("a duration of 0 or more", "une durée de 0 ou plus"),
    "instant": ("an instant with its offset", "un instant avec son décalage"),
    "text": ("a complete text", "un texte entier"),
    "log": ("a log", "un journal"),
    "per day": ("in the day", "dans la journée"),
    "per week": ("in the week", "dans la semaine"),
    "per month": ("in the month", "dans le mois"),
    "per quarter": ("in the quarter", "dans le trimestre"),
    "per year": ("in the year", "dans l'année"),
    "ever": ("ever", "en tout"),
    "erase": ("you remove {value} from {fact}", "vous retirez {value} de {fact}"),
    "cut": ("you remove {value} from {fact}", "vous retirez {value} de {fact}"),
    "version": ("{charter}, version {version}", "{charter}, version {version}"),
}
