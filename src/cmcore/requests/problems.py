"""What is wrong with requests, what happens to them, and desks."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "event-before-request": Said(
        "`{move}` comes before `{request}` is received",
        "it is at {at}, the request at {received}",
        "conflict",
    ),
    "event-too-late": Said(
        "`{move}` of `{request}` is listed after a later event",
        "it is at {at}, `{last}` at {later}",
        "conflict",
    ),
    "never-reached": Said(
        "one before it already matches everything that it matches", "put it first, or leave it out"
    ),
    "newest-first": Said(
        "the events come newest first", "put the log in order of time, the oldest first", "conflict"
    ),
    "nothing-received": Said(
        "the log is empty", "give the moment to look at, or check how the log was exported"
    ),
    "has-it-already": Said("`{to}` has `{request}` already", "name somebody else", "conflict"),
    "merged-into-closed": Said(
        "`{into}` is {state}: nothing can be merged into it",
        "say it of `{goes_on}`, or reopen it first, with a reason",
        "conflict",
    ),
    "merged-into-itself": Said(
        "`{request}` cannot be merged into itself", "name the request that goes on", "conflict"
    ),
    "merged-too-early": Said(
        "`{into}` is not received before {received}", "check the instants", "conflict"
    ),
    "move-not-possible": Said(
        "`{request}` is {state}: it cannot be `{move}`",
        "say it of `{goes_on}`, or reopen it first, with a reason",
        "conflict",
    ),
    "ignores-everything": Said("every message is ignored", "say which, as in `{{topics: [spam]}}`"),
    "rates-of-week": Said("there are {count} rates", "give {due}, from Monday 00:00"),
    "request-twice": Said(
        "the request `{request}` is received twice",
        "it was received at {received}; keep one of them",
        "conflict",
    ),
    "unknown-request": Said(
        "no request is called `{name}`", "every request begins by being received", "unknown"
    ),
    "no-whole-hour": Said(
        "no whole hour was seen", "give the `start` and the `stop` of what was seen"
    ),
    "too-many-people": Said(
        "`{rate}` an hour take more than {most:,} people", "check the unit", "too-large"
    ),
    "option-without-team": Said("`{option}` needs a team", "give a team too"),
}
