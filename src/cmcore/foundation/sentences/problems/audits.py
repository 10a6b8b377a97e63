"""What is wrong with audits, tallies and checkups, and with what is asked of them."""

from typing import Final

from cmcore.foundation.sentences.problems.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "counted-twice": Said("`{day}` is counted {count} times", "keep one of them", "conflict"),
    "shorter-than-a-day": Said("`{given}` is shorter than a day", "write a day or more"),
    "tallies-differ": Said(
        "the tallies of `{one}` and `{other}` cannot be added",
        "count both by one version of the charter, and in the same periods",
        "stale",
    ),
}
