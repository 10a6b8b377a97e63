"""What is said of files of AutoModerator, in English and in French."""

from collections.abc import Mapping
from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "automod rule": ("Rule {number} of AutoModerator.", "Règle {number} d'AutoModerator."),
    "automod rest": (
        "What no rule stops goes out.",
        "Ce qu'aucune règle n'arrête est publié.",
    ),
    "automod import": (
        "rules of AutoModerator carried over whole: {whole} of {total}",
        "règles d'AutoModerator reprises en entier : {whole} sur {total}",
    ),
    "automod count safe": (
        "rules of which something cannot be said, so that a moderator looks first: {count}",
        "règles dont une partie ne peut pas se dire, où la modération regarde d'abord : {count}",
    ),
    "automod count dropped": (
        "rules that decide nothing, and are not in the charter: {count}",
        "règles qui ne décident de rien, absentes de la charte : {count}",
    ),
    "automod count findings": (
        "findings in the file: {count}",
        "constats dans le fichier : {count}",
    ),
    "automod head rule": ("rule", "règle"),
    "automod head line": ("line", "ligne"),
    "automod head action": ("action", "action"),
    "automod head charter": ("in the charter", "dans la charte"),
    "automod head why": ("why", "pourquoi"),
    "automod came whole": ("whole", "en entier"),
    "automod came safe": ("a moderator looks", "la modération regarde"),
    "automod came dropped": ("not", "non"),
    "kind AutomoderatorImport": (
        "charter of rules of AutoModerator",
        "charte de règles d'AutoModerator",
    ),
    "field left": ("not said", "non dit"),
    "field aside": ("besides", "en plus"),
    "kind ImportedRule": ("rule of AutoModerator", "règle d'AutoModerator"),
    "automod domain": (
        "a domain holds nothing but letters, digits, dots and hyphens",
        "un domaine n'a que des lettres, des chiffres, des points et des traits d'union",
    ),
    "automod to the second": (
        "an age is never equal to another, to the second",
        "un âge n'est jamais égal à un autre, à la seconde près",
    ),
    "automod below the least": (
        "nobody has less than the least that Reddit counts",
        "nul n'a moins que le minimum compté par Reddit",
    ),
    "automod normal form": (
        "texts are read in their normal form, which has no such character",
        "les textes sont lus dans leur forme normale, qui n'a pas ce caractère",
    ),
    "automod too long": ("it is too long", "il est trop long"),
    "automod too intricate": ("it is too intricate", "il est trop compliqué"),
    "automod look-around": (
        "RE2 does not look ahead or behind",
        "RE2 ne regarde ni en avant ni en arrière",
    ),
    "automod back-reference": (
        "RE2 does not refer back to what was found",
        "RE2 ne renvoie pas à ce qui a été trouvé",
    ),
    "automod flags": ("RE2 has no such flag", "RE2 n'a pas cette option"),
    "automod brackets": (
        "what the brackets stand for cannot be written for RE2",
        "ce que désignent les crochets ne s'écrit pas pour RE2",
    ),
    "automod boundary": (
        "where a word ends there depends on too much",
        "la fin d'un mot y dépend de trop de choses",
    ),
    "automod misplaced": (
        "the beginning or the end of a text is asked for in the middle",
        "le début ou la fin du texte y est demandé au milieu",
    ),
    "automod not read": ("RE2 cannot read it", "RE2 ne sait pas le lire"),
    "automod missing )": ("a `(` is never closed", "un `(` n'est jamais fermé"),
    "automod unexpected )": ("a `)` closes nothing", "un `)` ne ferme rien"),
    "automod missing ]": ("a `[` is never closed", "un `[` n'est jamais fermé"),
    "automod no argument for repetition operator": (
        "nothing stands before a sign of repetition",
        "rien ne précède un signe de répétition",
    ),
    "automod bad repetition operator": (
        "a sign of repetition follows another",
        "un signe de répétition en suit un autre",
    ),
    "automod invalid repetition size": (
        "a number of repetitions is not possible",
        "un nombre de répétitions est impossible",
    ),
    "automod invalid character class range": (
        "a range of characters runs backwards",
        "un intervalle de caractères va à rebours",
    ),
}
