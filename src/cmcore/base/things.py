"""What a value should be: with its article, as a part of sentences, and how it is written."""

from typing import Final, NamedTuple


class Thing(NamedTuple):
    """A sort of value: what it is called with its article, and how one is written."""

    name: str
    how: str = ""


THINGS: Final[dict[str, Thing]] = {
    "amount": Thing("a number or a duration"),
    "approvers": Thing("approvers", 'write them as `Approvers("role", {"lawyer"})`'),
    "charter": Thing("a charter"),
    "desk": Thing("a desk"),
    "incident": Thing("an incident"),
    "needs": Thing("needs"),
    "organisation": Thing("an organisation"),
    "plan": Thing("a plan"),
    "playbook": Thing("a playbook"),
    "requests": Thing("requests"),
    "review": Thing("a review"),
    "clock": Thing("a clock", "make a `BusinessClock` of a `Week`"),
    "day": Thing("a day", "write it as `2026-01-31`"),
    "duration": Thing("a duration", "write it as `hours(2)`"),
    "fact-value": Thing("yes or no, a number or text"),
    "file": Thing("a file", "give the bytes of each file, as in `[path.read_bytes()]`"),
    "file-digest": Thing("a SHA-256 digest", "write its 64 hexadecimal digits"),
    "flag": Thing("a flag"),
    "instant": Thing("an instant", "write it as `2026-01-31T09:00+01:00`"),
    "label-value": Thing("a flag, a number, text or a list of words"),
    "leave": Thing("a leave"),
    "list": Thing("a list"),
    "list-of-files": Thing("a list of files", "give their bytes, as in `[path.read_bytes()]`"),
    "list-of-roles": Thing("a list of roles", "as in `[coordinator, analyst]`"),
    "list-of-stages": Thing("a list of stages", "list each `Stage`, in order"),
    "mapping": Thing("a mapping"),
    "minutes": Thing("a whole number of minutes"),
    "moment": Thing(
        "an instant", "give a `datetime` with a time zone, such as `datetime.now(UTC)`"
    ),
    "nothing": Thing("nothing"),
    "number": Thing("a number"),
    "parameter": Thing("a flag, a number, text or a list of them"),
    "made-day": Thing("a day", "write it as `date(2026, 1, 31)`"),
    "made-quorum": Thing("a quorum", "write it as `Quorum.parse(2)`, or `NO_OBJECTION`"),
    "quorum": Thing("a quorum", "write `any`, `all`, `majority`, a number, `2/3` or `50%`"),
    "reason": Thing("text", "say why, or leave it out"),
    "row": Thing("an act, a case or an unreadable row"),
    "set": Thing("a set"),
    "share": Thing("a share", "write a number from 0 to 1"),
    "review-event": Thing("an event of a review"),
    "span": Thing("a window", "write it as `Span(start, stop)`"),
    "stage": Thing("a stage", "list each `Stage`, in order"),
    "team": Thing("a team", "give a `Team`"),
    "text": Thing("text"),
    "whole-number": Thing("a whole number"),
    "working-days": Thing("a number of working days", "write it as `2 working days`"),
    "growth": Thing("a growth", "write a share above 0"),
    "happening": Thing(
        "something that happens at an instant", "give acts, cases, messages or sightings"
    ),
    "measure": Thing("a measure", "write a number, zero or more"),
    "pairs": Thing("a list of pairs", "write `[('maud', 'coordinator')]`"),
    "pair": Thing("a pair of a member and a role", "write pairs: [('maud', 'coordinator')]"),
    "rate-an-hour": Thing("a number of messages an hour", "write zero or more"),
    "baseline": Thing("a long enough baseline", "two weeks at least"),
    "confidence": Thing("a confidence", "between 0 and 1"),
    "detection-time": Thing("a usable length of time", "from a minute to a week"),
    "frame": Thing("a frame", "give a frame of pandas, polars, PyArrow, DuckDB, Dask or Spark"),
    "open-share": Thing("a share", "above 0, below 1"),
    "part-share": Thing("a share", "above 0, up to 1"),
    "remedy-option": Thing("a training or a hire", "give a `Training` or a `Hire`"),
    "reviewed": Thing(
        "what came of a review", "give a `Reviewed`, or a pair of a `Case` and its `Review`"
    ),
    "condition": Thing(
        "a condition", 'ask something of a fact, as in `fact("topics").any_of("event")`'
    ),
    "dated-instant": Thing("an instant with its offset, as `2026-01-31T09:00+01:00`"),
    "hours": Thing("hours of the week"),
    "length": Thing("a duration such as `2 h`"),
    "list-of-words": Thing("a list of words"),
    "pattern": Thing("a pattern"),
    "phrases": Thing("words or phrases"),
    "floor": Thing("a number of acts in a unit of the calendar", "write `2 per week`"),
    "cap": Thing("a number of acts", "write `2 per week` or `3 in 1 h`"),
    "part-of-acts": Thing("a share of acts", "write `20 % per month`"),
    "rate-of-acts": Thing("a rate", "write `3 in 1 h`, `3 per day` or `1 ever`"),
    "rate-or-quiet": Thing("a rate", "write `3 in 1 h`, `3 per day`, `1 ever` or `14 days since`"),
    "log": Thing("a log"),
    "symbol": Thing("a word"),
    "symbols": Thing("a set of words"),
    "yes-or-no": Thing("yes or no"),
    "two-instants": Thing("two instants with their offsets, the lower one first"),
    "two-lengths": Thing("two durations such as `2 h`, the lower one first"),
    "type": Thing("a type", "name a class, as in `Charter`"),
    "two-numbers": Thing("two numbers, the lower one first"),
    "word": Thing("one word"),
}
