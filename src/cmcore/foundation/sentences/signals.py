"""What is said of signals."""

from typing import Final

#: Code -> what is said in English and in French.
SENTENCES: Final[dict[str, tuple[str, str]]] = {}
