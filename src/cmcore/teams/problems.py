"""What is wrong with teams, needs, plans and what is asked of them."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "unknown-role": Said("no role is called `{name}`", category="unknown"),
    "apart-from-itself": Said("`{role}` cannot be kept apart from itself", "name two roles"),
    "asked-for-twice": Said("`{name}` is asked for {times} times", "put them in one", "conflict"),
    "named-twice": Said("`{name}` is named {times} times", "put them in one", "conflict"),
    "bad-affinity": Said(
        "`{given}` is not a valid affinity",
        "write a number from 0 to {most}, to six places",
    ),
    "list-in-list": Said("there is a list inside the list", "give each {kind} on its own"),
    "not-made-of": Said("`{given}` is not a {kind}", "give a list of them"),
    "nothing-learned": Said("a training teaches something", "name skills, languages or networks"),
    "unknown-member": Said("nobody is called `{name}`", "name somebody in the team", "unknown"),
    "circuits-differ": Said(
        "two circuits that differ are called `{id}`", "give each an id of its own", "conflict"
    ),
    "column-count": Said("`{size}` columns where there are `{due}` roles"),
    "in-team-already": Said("`{name}` is in the team already", category="conflict"),
    "no-person": Said("there is no person `{person}`", category="unknown"),
    "no-plan": Said("there is no plan to compare with", "see its status, and its conflicts"),
    "no-trait": Said(
        "`{given}` is not the value of a trait",
        "write it in a word, without quotes, or leave it out where it is not known",
    ),
    "no-role": Said("there is no role `{role}`", category="unknown"),
    "not-optimal": Said("alternatives need a plan that is proven the best", category="conflict"),
    "row-count": Said("`{size}` rows where there are `{due}` people"),
    "seats-upside-down": Said("`{least}` to `{most}` seats is not a range"),
    "too-many-absences": Said(
        "there are {count} absences to try",
        "{most} at most: ask for fewer people at once",
        "too-large",
    ),
    "window-missing": Said(
        "hours need a window", "give `start` and `stop`, such as those of a week"
    ),
    "window-too-long": Said("a window of {length} is too long", "{most} at most", "too-large"),
}
