"""What is wrong with incidents, their events and playbooks."""

from typing import Final

from cmcore.foundation.sentences.problems.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "about-itself": Said("`{id}` is about itself", "name another event"),
    "about-later": Said(
        "it is about `{id}`, which comes later", "it is at {at}, `{id}` at {later}"
    ),
    "about-neither": Said(
        "`{id}` is neither a message nor an act", "an act is about messages, or about other acts"
    ),
    "clashing-fact": Said(
        "`{name}` has two values at {at}", "{other} says otherwise at the same instant"
    ),
    "event-after-end": Said(
        "it comes after the end, at {at}", "the incident is known until {until}"
    ),
    "mixed-fact": Said(
        "`{name}` is {sort:a} here, and {due:a} elsewhere", "one fact is always of one sort"
    ),
    "not-our-act": Said(
        "`{id}` is not an act of ours",
        "the opening is about the acts of ours that caused the incident",
    ),
    "promise-past": Said("it promises for {by}, which is past", "it is made at {at}"),
    "unknown-event": Said("no event is called `{name}`", "name the id of an event", "unknown"),
    "unknown-source": Said(
        "no source is called `{name}`", "give its address under `sources`", "unknown"
    ),
}
