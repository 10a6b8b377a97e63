"""How conditions are said in one line."""

from collections.abc import Mapping
from typing import Final

#: Code -> what is said in English and in French.
SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "operand count within": ("{count} times in {within}", "{count} fois en {within}"),
    "operand low high": ("{low} and {high}", "{low} et {high}"),
    "operand entries exceptions": (
        "{entries} (except in {exceptions})",
        "{entries} (sauf dans {exceptions})",
    ),
    "op absent": ("is not there", "n'est pas là"),
    "card not": ("not ({of})", "pas ({of})"),
    "card at least": ("at least {count} of ({of})", "au moins {count} parmi ({of})"),
    "card always": ("always", "toujours"),
    "card never": ("never", "jamais"),
    "op is": ("is", "vaut"),
    "op one of": ("is one of", "est l'un de"),
    "op any of": ("has any of", "comprend l'un de"),
    "op all of": ("has all of", "comprend tous"),
    "op none of": ("has none of", "ne comprend aucun de"),
    "op only": ("has only", "ne comprend que"),
    "op below": ("is below", "est inférieur à"),
    "op at most": ("is at most", "est au plus"),
    "op at least": ("is at least", "est au moins"),
    "op above": ("is above", "est supérieur à"),
    "op between": ("is between", "est entre"),
    "op more than": ("happens more than", "a lieu plus de"),
    "op fewer than": ("happens fewer than", "a lieu moins de"),
    "op mentions": ("mentions", "mentionne"),
    "op matches": ("matches", "correspond à"),
    "op during": ("is during", "a lieu pendant"),
    "op present": ("is there", "est là"),
}
