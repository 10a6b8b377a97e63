"""What is said of charters, decisions and audits, in English and in French."""

from collections.abc import Mapping
from typing import Final

from cmcore.charters.sentences import (
    analysis,
    audits,
    charters,
    conditions,
    decisions,
    names,
    operators,
    suggestions,
)

#: Code -> sentence in English and in French.
SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    **analysis.SENTENCES,
    **audits.SENTENCES,
    **charters.SENTENCES,
    **decisions.SENTENCES,
    **names.SENTENCES,
    **conditions.SENTENCES,
    **operators.SENTENCES,
    **suggestions.SENTENCES,
}
