"""What is wrong with frames, and with their columns."""

from collections.abc import Mapping
from typing import Final

from cmcore.base.said import Said

#: Code -> sentence, hint and category.
PROBLEMS: Final[Mapping[str, Said]] = {
    "column-not-readable": Said(
        "`{fact}` is {type:a}, which a column of type `{kind}` cannot hold"
    ),
    "column-taken": Said(
        "the frame has a column `{column}` already", "rename it, or leave it out", "conflict"
    ),
    "computed-fact": Said(
        "the fact `{fact}` is computed, never given",
        "leave the column out, or give it another name",
    ),
    "looks-back": Said(
        "`{charter}` counts earlier acts, which other parts may hold",
        "audit the table in one piece, with `audit_frame`",
    ),
    "empty-frame": Said("the frame has no columns", "give one whose columns are named after facts"),
}
