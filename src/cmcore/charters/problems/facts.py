"""What is wrong with the values that are asked of facts, or declared for them."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "always-true": Said(
        "`{fact}` {op} `{given}` is always true", "it decides nothing: drop it, or ask otherwise"
    ),
    "hidden-entry": Said(
        "the exceptions hide every occurrence of the entry `{given}`",
        "drop it from one of the two lists",
    ),
    "long-window": Said("`{fact}` looks back `{given}`", "100 years at most"),
    "never-true": Said(
        "`{fact}` {op} `{given}` is never true", "it decides nothing: drop it, or ask otherwise"
    ),
    "unknown-absence": Said("`{name}` is not a fact that can be absent", "leave it out", "unknown"),
    "other-name": Said("`{name}` is called `{other}`", "look for `{other}`"),
    "pattern-mark": Said(
        "`{pattern}` looks for `{mark}`, which `{fact}` leaves out", "leave it out of the pattern"
    ),
    "no-word": Said("`{given}` cannot be a value here"),
}
