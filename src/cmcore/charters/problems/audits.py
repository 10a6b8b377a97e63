"""What is wrong with audits, tallies and checkups, and with what is asked of them."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "against-the-counts": Said(
        "it does not follow from the other numbers", "audit the history again", "conflict"
    ),
    "counted-twice": Said("`{day}` is counted {count} times", "keep one of them", "conflict"),
    "shorter-than-a-day": Said("`{given}` is shorter than a day", "write a day or more"),
    "tallies-differ": Said(
        "the tallies of `{one}` and `{other}` cannot be added",
        "count both by one version of the charter, and in the same periods",
        "stale",
    ),
    "rhythm-too-short": Said(
        "the window is too long for `{rhythm}`", "write `week`, or a window of a day or less"
    ),
    "slides-too-far": Said(
        "`{slide}` is longer than `{every}`",
        "a slide is no longer than the time between two questions",
    ),
    "tally-of-other": Said(
        "the tally is not of `{charter}`, version {version}",
        "it is of `{other}`, version {other_version}",
        "stale",
    ),
    "unknown-question": Said(
        "there is no question `{question}`", "as in `001.6`, or `001` for all of a text", "unknown"
    ),
}
