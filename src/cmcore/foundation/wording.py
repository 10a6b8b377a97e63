"""Sentences the library writes itself, in English and French, as a table; reasons stay data."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Final, Literal

from cmcore.foundation.durations import show_duration
from cmcore.foundation.errors import InvalidError, Problem
from cmcore.foundation.promotion_sentences import PROMOTIONS
from cmcore.foundation.review_sentences import REVIEWS

Language = Literal["en", "fr"]
LANGUAGES: Final = ("en", "fr")

#: code -> (English, French); `{name}` stands for a parameter of the reason.
SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "covered": ("covered", "couvert"),
    "exception": ("exception", "exception"),
    "forbidden": ("forbidden", "interdit"),
    "permit": ("permit", "permet"),
    "refer": ("refer", "renvoie"),
    "forbid": ("forbid", "interdit"),
    "yes": ("yes", "oui"),
    "no": ("no", "non"),
    "unknown": ("unknown", "inconnu"),
    "goes out": ("it goes out now", "cela peut sortir maintenant"),
    "goes to": ("it goes to {circuits}", "cela passe par {circuits}"),
    "stays in": ("it does not go out", "cela ne sort pas"),
    "cannot tell forbid": (
        "cannot tell whether {rule} forbids this: {facts}",
        "impossible de dire si {rule} l'interdit : {facts}",
    ),
    "cannot tell refer": (
        "cannot tell whether {rule} refers this: {facts}",
        "impossible de dire si {rule} le renvoie : {facts}",
    ),
    "is unknown": ("{facts} unknown", "{facts} inconnu"),
    "nothing permits": ("nothing permits it", "rien ne le permet"),
    "nearest": ("nearest permit {rule}: {lacks}", "le plus proche, {rule} : {lacks}"),
    "covered if": ("covered if {changes}", "couvert si {changes}"),
    "no repair": (
        "no edit of what the rules read in its content would cover it",
        "aucune retouche de ce que les règles lisent dans le contenu ne suffirait à le couvrir",
    ),
    "repair not found": (
        "no small change found within the budget of the search",
        "aucun petit changement trouvé dans les limites de la recherche",
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
    "out of scope": (
        "outside the scope of the charter: {lacks}",
        "hors du champ de la charte : {lacks}",
    ),
    "set": ("{fact} is {value}", "{fact} vaut {value}"),
    "add": ("{fact} has {value}", "{fact} comprend {value}"),
    "remove": ("{value} goes from {fact}", "{value} est retiré de {fact}"),
    "given as": (
        "{unknown} (given as `{shown}`, not {due})",
        "{unknown} (donné : `{shown}`, au lieu de {due})",
    ),
    "flag": ("yes or no", "oui ou non"),
    "symbol": ("a word", "un mot"),
    "symbols": ("words", "des mots"),
    "number": ("a number", "un nombre"),
    "duration": ("a duration", "une durée"),
    "instant": ("an instant with its offset", "un instant avec son décalage"),
    "text": ("text", "du texte"),
    "log": ("a log", "un journal"),
    "empty": ("{fact} is empty", "{fact} est vide"),
    "erase": ("{value} goes from {fact}", "{value} est retiré de {fact}"),
    "cut": ("{value} goes from {fact}", "{value} est retiré de {fact}"),
    "version": ("{charter}, version {version}", "{charter}, version {version}"),
    "met": ("target met", "objectif atteint"),
    "missed": ("target missed", "objectif manqué"),
    "not enough evidence": ("not enough evidence", "pas assez de preuves"),
    "charter": (
        "{charter}, version {version}; target {target}; otherwise {default} decides",
        "{charter}, version {version} ; objectif {target} ; sinon {default} décide",
    ),
    "audit": (
        "{verdict}: {share} covered ({covered} of {total})",
        "{verdict} : {share} couverts ({covered} sur {total})",
    ),
    "interval": (
        "between {low} and {high} at {level} confidence, for a target of {target}",
        "entre {low} et {high} au niveau de confiance {level}, pour un objectif de {target}",
    ),
    "outcomes": (
        "exceptions: {exceptions}, forbidden: {forbidden}",
        "exceptions : {exceptions}, interdits : {forbidden}",
    ),
    "scale": ("0% {bar} 100%   ● share  ┊ target", "0 % {bar} 100 %   ● part  ┊ objectif"),
    "drift": ("over time: {trend}", "dans le temps : {trend}"),
    "trend rising": ("the covered share is rising", "la part couverte augmente"),
    "trend falling": ("the covered share is falling", "la part couverte baisse"),
    "trend steady": ("no drift found", "aucune dérive constatée"),
    "trend not enough evidence": ("not enough evidence of a drift", "pas assez de preuves"),
    "partial": (
        "the history is partial: {count} acts are missing",
        "l'historique est partiel : il manque {count} actes",
    ),
    "for want of": ("undecided for want of {facts}", "indécis faute de {facts}"),
    "never fired": ("never fired: {rules}", "jamais déclenchées : {rules}"),
    "unreadable": ("unreadable", "illisible"),
    "unread count": ("{count} could not be read", "{count} illisibles"),
    "unread": ("What could not be read", "Ce qui n'a pas pu être lu"),
    "and more": ("and {count} more", "et {count} de plus"),
    "place": ("place", "endroit"),
    "problem": ("problem", "problème"),
    "cannot tell": ("{rules} (cannot tell)", "{rules} (indécis)"),
    "cause": ("cause", "cause"),
    "outcome": ("outcome", "issue"),
    "circuits": ("circuits", "circuits"),
    "acts": ("acts", "actes"),
    "share": ("share", "part"),
    "alone": ("alone", "seule"),
    "period": ("period", "période"),
    "permit rule": ("permit", "règle qui permet"),
    "causes": ("What is not covered, and why", "Ce qui n'est pas couvert, et pourquoi"),
    "carried": ("What each permit carries", "Ce que porte chaque règle qui permet"),
    "evolution": ("Over time", "Dans le temps"),
    "comparison": (
        "{changed} of {total} acts change outcome",
        "{changed} actes sur {total} changent d'issue",
    ),
    "shares": ("covered share: {before} → {after}", "part couverte : {before} → {after}"),
    "act": ("act", "acte"),
    "before": ("before", "avant"),
    "after": ("after", "après"),
    "rules": ("rules", "règles"),
    "changes": ("What changes", "Ce qui change"),
    "as in": ("{cause}, as in {place}", "{cause}, comme {place}"),
    "valid": ("{charter}: valid", "{charter} : valide"),
    "labels": ("labels", "étiquettes"),
    "target": ("target", "objectif"),
    "in force": ("in force", "en vigueur"),
    "always": ("always", "toujours"),
    "from day": ("from {day}", "à partir du {day}"),
    "through day": ("through {day}", "jusqu'au {day} inclus"),
    "approved": ("approved", "approuvée"),
    "by names": ("by {names}", "par {names}"),
    "review by": ("review by", "à relire avant le"),
    "by default": ("{circuit} (default)", "{circuit} (par défaut)"),
    "and": (" and ", " et "),
    "or": (" or ", " ou "),
    "team": ("{team}: {count} people", "{team} : {count} personnes"),
    "coverage": ("{team} for {needs}: {said}", "{team} pour {needs} : {said}"),
    "all covered": ("all covered", "tout est couvert"),
    "count gaps": ("gaps: {count}", "manques : {count}"),
    "count overloads": ("overloads: {count}", "surcharges : {count}"),
    "window": (
        "from {start} to {stop}, on the clock of {zone}",
        "du {start} au {stop}, à l'heure de {zone}",
    ),
    "dimension seats": ("seats", "postes"),
    "dimension specialists": ("specialists", "spécialistes"),
    "dimension languages": ("languages", "langues"),
    "dimension hours": ("hours", "horaires"),
    "dimension workload": ("workload", "charge"),
    "dimension mix": ("mix", "mixité"),
    "dimension supervision": ("supervision", "encadrement"),
    "dimension separation": ("separation", "séparation"),
    "gap seats": (
        "{asked} wanted, {have} there",
        "il en faut {asked}, il y en a {have}",
    ),
    "gap excess": (
        "{asked} at most, {have} there: {people}",
        "{asked} au plus, il y en a {have} : {people}",
    ),
    "gap specialists": (
        "{asked} wanted, {have} there",
        "il en faut {asked}, il y en a {have}",
    ),
    "gap languages": (
        "spoken by {have}, where {asked} should",
        "parlée par {have}, il en faudrait {asked}",
    ),
    "gap hours": (
        "{size} lack out of {asked}: {week} ({zone})",
        "il manque {size} sur {asked} : {week} ({zone})",
    ),
    "gap workload": (
        "{asked} a day, {size} too much for those there",
        "{asked} par jour, soit {size} de trop pour ceux qui sont là",
    ),
    "gap mix": (
        "{asked} different ones wanted, {have} there",
        "il en faut {asked} sortes, il y en a {have}",
    ),
    "gap not only": (
        "nobody is known to be anything else",
        "personne n'est connu pour être autre chose",
    ),
    "gap supervision": (
        "nobody supervises {people}",
        "personne n'encadre {people}",
    ),
    "gap separation": (
        "held together by {people}",
        "tenus ensemble par {people}",
    ),
    "could": ("; could: {people}", " ; pourraient : {people}"),
    "nobody could": ("; nobody could", " ; personne ne pourrait"),
    "overload": ("overload", "surcharge"),
    "too many minutes": (
        "{amount} of roles a day, {excess} more than {limit}",
        "{amount} de rôles par jour, {excess} de plus que {limit}",
    ),
    "too many hats": (
        "{amount} roles, {excess} more than {limit}",
        "{amount} rôles, {excess} de plus que {limit}",
    ),
    "skills": ("skills", "compétences"),
    "unfit": (
        "wears {role} without {lacks}: it counts as not held",
        "porte {role} sans {lacks} : le rôle compte comme non tenu",
    ),
    "falls": (
        "{kind} {what}: {before} → {after} lacking",
        "{kind} {what} : {before} → {after} en moins",
    ),
    "joint": ("; ", " ; "),
    "not proven": ("not proven", "non prouvé"),
    "assured": ("What is met", "Ce qui est assuré"),
    "need": ("need", "besoin"),
    "asked": ("asked", "demandé"),
    "lacking": ("lacking", "manque"),
    "alone table": ("Without whom a need falls", "Sans qui un besoin n'est plus assuré"),
    "people": ("people", "personnes"),
    "falls head": ("what falls", "ce qui manque alors"),
    "several hats": ("Several hats", "Plusieurs casquettes"),
    "hats": ("roles", "rôles"),
    "grid": (
        "One person on duty for all at once: what lacks",
        "Une même personne présente pour le tout : ce qui manque",
    ),
    "role": ("role", "rôle"),
    "network": ("network", "réseau"),
    "language": ("language", "langue"),
    "heat": (
        "The week: people on duty / needed, at the worst moment",
        "La semaine : personnes présentes / voulues, au pire moment",
    ),
    **PROMOTIONS,
    **REVIEWS,
    "days": ("Mon Tue Wed Thu Fri Sat Sun", "lun mar mer jeu ven sam dim"),
    "can complete": (
        "{team} can complete {subject} at any moment",
        "{team} peut mener {subject} à son terme à tout moment",
    ),
    "cannot complete": (
        "{team} completes {subject} {share} of the time",
        "{team} mène {subject} à son terme {share} du temps",
    ),
    "vacant": ("nobody", "personne"),
    "fails": ("fails", "échoue"),
    "fails when": ("{when}: {why} ({length})", "{when} : {why} ({length})"),
    "want nobody found": (
        "stage {stages} asks {who}, and the team has nobody",
        "l'étape {stages} demande {who}, et l'équipe n'a personne",
    ),
    "want few found": (
        "stage {stages} needs {needed} of {who}, and the team has {have}",
        "l'étape {stages} veut {needed} parmi {who}, et l'équipe a {have}",
    ),
    "want few there": (
        "stage {stages} needs {needed} of {who}, {have} there in time",
        "l'étape {stages} veut {needed} parmi {who}, {have} là à temps",
    ),
    "want few together": (
        "stages {stages} need {needed} different people of {who}, {have} there in time",
        "les étapes {stages} veulent {needed} personnes différentes parmi {who}, {have} là à temps",
    ),
    "want no end": (
        "the time of stage {stages} never ends",
        "le temps de l'étape {stages} ne finit jamais",
    ),
    "have nobody": ("nobody", "personne"),
    "when writing": ("when {author} writes, {told}", "quand {author} écrit, {told}"),
    "completion": ("From opened to approved", "De l'ouverture à l'accord"),
    "circuit": ("circuit", "circuit"),
    "completes": ("completes", "aboutit"),
    "typical": ("typical time", "temps habituel"),
    "worst": ("worst time", "pire temps"),
    "worst from": ("opened at", "ouvert le"),
    "worst author": ("worst author", "pire auteur"),
    "escalates": ("escalates", "escalade"),
    "escalates for": ("stage {stage}: {length}", "étape {stage} : {length}"),
    "written by": ("written by {author}", "écrit par {author}"),
    "in emergency": ("in emergency", "en urgence"),
}


def say(code: str, language: Language = "en", /, **params: object) -> str:
    """Return the sentence `code` in `language`, its parameters filled in."""
    return SENTENCES[code][check_language(language)].format(**params)


def check_language(language: str) -> int:
    """Return the column of `language`, or refuse it."""
    if language not in LANGUAGES:
        hint = "`en` or `fr`"
        raise InvalidError([Problem(f"nothing is worded in `{language}`", hint=hint)])
    return LANGUAGES.index(language)


def show(thing: object, language: Language = "en") -> str:
    """Write a value as people read it: sets sorted, flags as yes or no, durations as `2 h`."""
    if isinstance(thing, bool):
        return say("yes" if thing else "no", language)
    if isinstance(thing, Enum):
        return say(str(thing.value), language)
    if isinstance(thing, timedelta):
        return show_duration(thing)
    if isinstance(thing, datetime):
        return thing.isoformat(sep=" ", timespec="minutes")
    if isinstance(thing, frozenset):
        return ", ".join(f"`{word}`" for word in sorted(thing)) or "∅"
    return f"{thing:g}" if isinstance(thing, float) else str(thing)


def percent(share: float | None, language: Language = "en", digits: int = 1) -> str:
    """Write a share as people read it, in French with its comma and its space."""
    if share is None:
        return "–"
    written = f"{100 * share:.{digits}f}"
    return f"{written}%" if language == "en" else f"{written.replace('.', ',')}\u00a0%"
