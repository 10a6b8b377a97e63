"""What is wrong with charters, acts, facts and audits."""

from collections.abc import Mapping
from typing import Final

from cmcore.base.said import Said
from cmcore.charters.problems import audits, charters, facts

#: Code -> sentence, hint and category.
PROBLEMS: Final[Mapping[str, Said]] = {
    **audits.PROBLEMS,
    **charters.PROBLEMS,
    **facts.PROBLEMS,
}
