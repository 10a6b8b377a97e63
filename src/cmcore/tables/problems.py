"""What is wrong with what is made a table of."""

from collections.abc import Mapping
from typing import Final

from cmcore.base.said import Said

#: Code -> sentence, hint and category.
PROBLEMS: Final[Mapping[str, Said]] = {
    "mixed-rows": Said(
        "no table can be made of {kinds}",
        "give at least one thing, all of one kind: acts, decisions, requests…",
    ),
    "no-table": Said(
        "there is no table of `{kind}`", "give a verdict, or acts, decisions, requests and the like"
    ),
    "unknown-table": Said("there is no table `{name}`", category="unknown"),
}
