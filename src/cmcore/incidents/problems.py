"""What is wrong with incidents, their events and playbooks."""

from typing import Final

from cmcore.base.said import Said

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
    "corrects-no-act": Said("`{id}` is not an act of ours", "we correct what acts of ours claimed"),
    "event-after-end": Said(
        "it comes after the end, at {at}", "the incident is known until {until}"
    ),
    "mixed-fact": Said(
        "`{name}` is {sort:a} here, and {due:a} elsewhere", "a fact always has the same type"
    ),
    "not-our-act": Said(
        "`{id}` is not an act of ours",
        "the opening is about the acts of ours that caused the incident",
    ),
    "nothing-never-said": Said(
        "`{kind}` does not say what", "list `words`, or name a `label` of acts"
    ),
    "promise-past": Said("it promises for {by}, which is past", "it is made at {at}"),
    "unknown-event": Said("no event is called `{name}`", "name the id of an event", "unknown"),
    "unknown-source": Said(
        "no source is called `{name}`", "give its address under `sources`", "unknown"
    ),
    "act-not-meant": Said("`{kind}` cannot be about `{act}`"),
    "after-no-instant": Said(
        "`{id}` has no instant of its own",
        "say how long it was after an event that has one, and is another",
    ),
    "after-by-another-time": Said(
        "it does not come {by} after `{id}`",
        "its instant and its tolerance follow from those of the other",
        "conflict",
    ),
    "tolerance-of-after": Said(
        "how far it may be off is said of how long after it was",
        "as in `at: {{after: post, by: 5 min, tolerance: 1 min}}`",
    ),
    "after-alone": Said(
        "it comes after `{id}`, and is not in an incident", "read it with its incident"
    ),
    "before-the-other": Said(
        "it would come before the other event", "say how long after it was, as in `5 min`"
    ),
    "bad-tolerance": Said(
        "the tolerance is impossible",
        "write a duration of zero or more, as in `30 min`: it goes both ways",
    ),
    "escalates-early": Said("it escalates before it is due", "write zero or more"),
    "extra-detail": Said("`{kind}` has no `{detail}`", "it takes {details}"),
    "first-level-asks": Said(
        "the first level, `{level}`, asks for something",
        "put a level before it that asks for nothing: that of any open incident",
    ),
    "incident-never-opens": Said(
        "nothing opens the incident", "say when it began, as in `{{opened: o1, at: …}}`"
    ),
    "incident-not-open-yet": Said(
        "`{id}` is not open yet at {at}", "it opens at {opens}", "conflict"
    ),
    "level-never-reached": Said(
        "nothing reaches `{level}`", "say from which measure on, as in `when: {{messages: 100}}`"
    ),
    "missing-detail": Said("`{kind}` does not say `{detail}`"),
    "scales-differ": Said(
        "incidents on different scales cannot be told apart by severity",
        "give them the same scale",
        "conflict",
    ),
    "step-before-opening": Said(
        "it is `{step}` before it is opened", "check the instants", "conflict"
    ),
    "step-not-possible": Said("it is {state}: it cannot be `{step}`", category="conflict"),
    "tone-or-criticism": Said(
        "its tone is `{tone}`, and `criticism` says {criticism}",
        "leave out the one that is wrong",
        "conflict",
    ),
    "unknown-event-kind": Said(
        "there is no kind of event `{kind}`", "as in `untold: [alerted, held]`", "unknown"
    ),
    "unknown-level": Said("no level is called `{name}`", category="unknown"),
    "unknown-signal": Said("`{kind}` was not looked at", category="unknown"),
}
