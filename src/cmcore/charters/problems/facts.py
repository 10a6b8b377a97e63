"""What is wrong with the values that are asked of facts, or declared for them."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "always-true": Said(
        "`{fact}` {op} `{given}` is always true", "it decides nothing: drop it, or ask otherwise"
    ),
    "hidden-entry": Said(
        "the exceptions hide the entry `{given}` wherever it is written so",
        "drop it from one of the two lists",
    ),
    "long-window": Said("`{fact}` looks back `{given}`", "100 years at most"),
    "never-true": Said(
        "`{fact}` {op} `{given}` is never true", "it decides nothing: drop it, or ask otherwise"
    ),
    "unknown-absence": Said(
        "`{name}` is no fact that may be known to have no value", "leave it out", "unknown"
    ),
    "other-name": Said("`{name}` is called `{other}`", "look for `{other}`"),
    "pattern-mark": Said(
        "`{pattern}` looks for `{mark}`, which `{fact}` leaves out", "leave it out of the pattern"
    ),
    "no-word": Said("`{given}` cannot be a value here"),
}
