"""What is said everywhere, in English and in French."""

from collections.abc import Mapping
from typing import Final

from cmcore.display.sentences import common, names

#: Code -> sentence in English and in French.
SENTENCES: Final[Mapping[str, tuple[str, str]]] = {**common.SENTENCES, **names.SENTENCES}
