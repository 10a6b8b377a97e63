"""What is wrong with teams, needs, plans and what is asked of them."""

from typing import Final

from cmcore.foundation.sentences.problems.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "unknown-role": Said("no role is called `{name}`", category="unknown"),
    "apart-from-itself": Said("`{role}` cannot be kept apart from itself", "name two roles"),
    "asked-for-twice": Said("`{name}` is asked for {times} times", "put them in one", "conflict"),
    "nothing-learned": Said("a training teaches something", "name skills, languages or networks"),
    "unknown-member": Said("nobody is called `{name}`", "name somebody in the team", "unknown"),
}
