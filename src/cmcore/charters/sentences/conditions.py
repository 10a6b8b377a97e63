"""How conditions are said in one line."""

from collections.abc import Mapping
from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "operand quiet": ("{since} since the last", "{since} depuis le dernier"),
    "operand low high": ("{low} and {high}", "{low} et {high}"),
    "operand entries exceptions": (
        "{entries} (except in {exceptions})",
        "{entries} (sauf dans {exceptions})",
    ),
    "operand entries inflected": (
        "{entries} (and other forms: {inflected})",
        "{entries} (et leurs autres formes : {inflected})",
    ),
    "operand entries exceptions inflected": (
        "{entries} (and other forms: {inflected}; except in {exceptions})",
        "{entries} (et leurs autres formes : {inflected} ; sauf dans {exceptions})",
    ),
    "list again": ("{start}, … (the same {count})", "{start}, … (les mêmes {count})"),
    "list cut": ("{start}, … ({count} in all)", "{start}, … ({count} en tout)"),
    "card not": ("not ({of})", "pas ({of})"),
    "card at least": ("at least {count} of ({of})", "au moins {count} parmi ({of})"),
    "card always": ("always", "toujours"),
    "card if any": ("{asked}, if any", "{asked} s'il y en a"),
    "card known": ("{fact} is known", "{fact} est connu"),
    "card never": ("never", "jamais"),
}
