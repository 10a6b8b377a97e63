"""What is wrong with what is asked of the catalog."""

from collections.abc import Mapping
from typing import Final

from cmcore.base.said import Said

#: Code -> sentence, hint and category.
PROBLEMS: Final[Mapping[str, Said]] = {
    "not-in-catalog": Said(
        (
            "the catalog has no {what} `{name}`",
            "le catalogue ne contient pas `{name}`",
        ),
        category="unknown",
    ),
    "not-in-dilemma": Said(
        ("`{name}` is not asked", "`{name}` ne fait pas partie des questions"), category="unknown"
    ),
}
