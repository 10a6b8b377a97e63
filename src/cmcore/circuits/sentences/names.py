"""What the values of this subject and their parts are called."""

from collections.abc import Mapping
from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "kind Approvers": ("people asked", "personnes consultées"),
    "kind Quorum": ("quorum", "quorum"),
    "kind Silence": ("silence", "silence"),
    "kind Stage": ("stage", "étape"),
    "field ask": ("ask", "consulte"),
    "field beyond": ("beyond", "au-delà"),
    "field names": ("names", "noms"),
    "field otherwise": ("otherwise", "sinon"),
    "field out_of": ("out of", "sur"),
}
