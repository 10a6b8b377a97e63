"""What is said of teams, coverages, assignments and remedies, in English and in French."""

from collections.abc import Mapping
from typing import Final

from cmcore.teams.sentences import assignments, coverage, names, remedies

#: Code -> sentence in English and in French.
SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    **assignments.SENTENCES,
    **coverage.SENTENCES,
    **remedies.SENTENCES,
    **names.SENTENCES,
}
