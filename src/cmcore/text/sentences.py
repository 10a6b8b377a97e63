"""What is said of patterns: what RE2 says of one that it cannot use, in words."""

from collections.abc import Mapping
from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "pattern missing )": ("a `(` is never closed", "un `(` n'est jamais fermé"),
    "pattern unexpected )": ("a `)` closes nothing", "un `)` ne ferme rien"),
    "pattern missing ]": ("a `[` is never closed", "un `[` n'est jamais fermé"),
    "pattern no argument for repetition operator": (
        "nothing stands before a sign of repetition",
        "rien ne précède un signe de répétition",
    ),
    "pattern bad repetition operator": (
        "a sign of repetition follows another",
        "un signe de répétition en suit un autre",
    ),
    "pattern invalid repetition size": (
        "a number of repetitions is not possible",
        "un nombre de répétitions est impossible",
    ),
    "pattern invalid escape sequence": (
        "a backslash stands before what it has no meaning for",
        "une barre oblique inverse précède ce pour quoi elle n'a pas de sens",
    ),
    "pattern invalid perl operator": (
        "a `(?` begins what RE2 does not have",
        "un `(?` commence ce que RE2 n'a pas",
    ),
    "pattern invalid character class range": (
        "a range of characters is not possible",
        "une plage de caractères est impossible",
    ),
    "pattern invalid named capture group": (
        "the name of a group is not possible",
        "le nom d'un groupe est impossible",
    ),
    "pattern trailing \\": (
        "nothing follows the backslash at its end",
        "rien ne suit la barre oblique inverse à la fin",
    ),
    "pattern not read": ("RE2 cannot read it", "RE2 ne sait pas le lire"),
}
