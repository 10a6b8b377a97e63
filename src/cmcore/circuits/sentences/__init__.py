"""What is said of circuits, and of completing them, in English and in French."""

from collections.abc import Mapping
from typing import Final

from cmcore.circuits.sentences import completion, names

#: Code -> sentence in English and in French.
SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    **completion.SENTENCES,
    **names.SENTENCES,
}
