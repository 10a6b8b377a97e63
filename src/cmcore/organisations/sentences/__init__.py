"""What is said of checkups, in English and in French."""

from collections.abc import Mapping
from typing import Final

from cmcore.organisations.sentences import agenda, checkups, names

#: Code -> sentence in English and in French.
SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    **agenda.SENTENCES,
    **checkups.SENTENCES,
    **names.SENTENCES,
}
