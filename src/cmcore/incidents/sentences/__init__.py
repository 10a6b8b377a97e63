"""What is said of incidents, and of signals, in English and in French."""

from collections.abc import Mapping
from typing import Final

from cmcore.incidents.sentences import incidents, names, signals

#: Code -> sentence in English and in French.
SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    **incidents.SENTENCES,
    **signals.SENTENCES,
    **names.SENTENCES,
}
