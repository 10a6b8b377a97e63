"""What is wrong with teams, needs, plans and what is asked of them."""

from typing import Final

from cmcore.foundation.sentences.problems.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "unknown-role": Said("no role is called `{name}`", category="unknown"),
}
