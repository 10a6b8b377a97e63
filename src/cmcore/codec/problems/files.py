"""What is wrong with files and with the plain data they hold."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "act-alone": Said(
        "an act can only be read with its charter", "run `cmcore decide CHARTER ACT`"
    ),
    "ask-one-way": Said("a stage finds the people it asks in one way only", category="conflict"),
    "circuit-alone": Said("a circuit is a name with its stages", "as in `{{crisis: [...]}}`"),
    "day-not-instant": Said(
        "`{day}` is a day, and `to` is an instant", "write `through: {day}` for the last day"
    ),
    "empty-emergency": Said("an emergency needs a stage", "list its stages, or leave it out"),
    "history-alone": Said(
        "a history can only be read with its charter", "run `cmcore audit CHARTER HISTORY`"
    ),
    "key-not-text": Said("the key `{key}` is not text"),
    "leave-without-end": Said("a leave needs a start and an end"),
    "missing-key": Said("`{key}` is missing"),
    "mix-of-several": Said("a mix asks for one thing only", "write `least` or `not only`"),
    "no-duty": Said("it does not say what is owed", "as in `{{answer: first-word, within: 1 h}}`"),
    "no-effect": Said(
        "the rule has no effect",
        "write one of `permit`, `refer`, `forbid`, followed by the rule's name",
    ),
    "no-event": Said(
        "it does not say what happened",
        "as in `{{inbound: m1, at: …, by: a customer}}` or `{{reply: a1, at: …}}`",
    ),
    "no-request-event": Said(
        "it does not say what happened to which request",
        "as in `{{received: r1, at: …}}` or `{{answered: r1, at: …, by: ana}}`",
    ),
    "no-plain-form": Said(
        "`{kind}` cannot be read from plain data", "name a class of cmcore, such as `Charter`"
    ),
    "no-schema": Said("there is no schema for `{kind}`", category="unknown"),
    "no-version": Said(
        "a file of {kind} has no version to compare", "compare a charter with an earlier one"
    ),
    "not-two-roles": Said("two roles are kept apart", "as in `[{roles}]`"),
    "other-kind": Said(
        "it holds {found:a}, not {wanted:a}", "check which file is which", "conflict"
    ),
    "older-version": Said(
        "version {given} comes before version {wanted}, which it is compared with",
        "compare it with an earlier version",
        "conflict",
    ),
    "other-charter": Said(
        "`{given}` is not the charter `{wanted}`", "compare two versions of one", "conflict"
    ),
    "same-version": Said(
        "the charter has changed, and is still version {given}",
        "write `version: {wanted}`",
        "conflict",
    ),
    "several-effects": Said(
        "the rule has several effects",
        "write one of `permit`, `refer`, `forbid`, followed by the rule's name",
    ),
    "several-kinds": Said("it says {kinds:and} at once", "one entry says one thing"),
    "supervision-of-one": Said(
        "supervision is of one trait", "write one, as in `{{contract: internship}}`"
    ),
    "unknown-format": Said("the format of `{file}` is unknown", category="unknown"),
    "unknown-kind": Said("it does not say what it holds", "one of its keys is {known:or}"),
    "odd-space": Said(
        "`{key}` holds {character}, which only looks like a space", "put ordinary spaces there"
    ),
    "unknown-key": Said("`{key}` is not a known key"),
    "wrong-event": Said("`{found}` is another kind of event", "it should be `{wanted}`"),
    "zone-without-hours": Said(
        "a zone says nothing without hours",
        "write the hours under `during`, or leave the zone out",
    ),
    "cannot-be-none": Said("`{fact}` cannot be `{none}`", "leave it empty where it is unknown"),
    "column-twice": Said("the column `{column}` appears twice", "keep one of them", "conflict"),
    "empty-history": Said("the history is empty", "its first row names the facts"),
}
