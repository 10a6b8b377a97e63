"""What is wrong with charters, their rules, and acts."""

from typing import Final

from cmcore.foundation.sentences.problems.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "bad-version": Said("there is no version `{version}`", "count versions from 1"),
    "circuit-not-asked": Said(
        "a {effect} rule goes to no circuit", "make it a refer rule, or drop `to: {to}`"
    ),
    "circuit-not-named": Said("rule `{rule}` refers to no circuit", "name a circuit"),
    "ends-before-it-begins": Said("it ends before it begins", "swap the two dates"),
    "no-circuit": Said(
        "the charter has no circuit", "say under `circuits` who decides where no rule does"
    ),
    "no-reason": Said("rule `{rule}` gives no reason", "tell the author why"),
    "not-approved": Said(
        "nobody is said to have approved it", "say who, or leave the approval out"
    ),
    "unknown-act-kind": Said("there is no kind of act `{kind}`", category="unknown"),
    "unknown-circuit": Said("no circuit is called `{name}`", category="unknown"),
    "unknown-fact": Said("there is no fact `{fact}`", "declare it under `labels`", "unknown"),
    "unknown-value": Said("`{fact}` is never `{value}`", category="unknown"),
}
