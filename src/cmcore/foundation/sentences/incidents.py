"""What is said of incidents."""

from typing import Final

#: Code -> what is said in English and in French.
SENTENCES: Final[dict[str, tuple[str, str]]] = {}
