"""Worlds: an act and its context, made from what facts are to read."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import attrs

from cmcore.charters.act import Act, Message
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.facts import ABSENT, IN_TEXT, TARGETS, UNKNOWN, Missing
from cmcore.charters.context import Author, Context, Earlier, Situation
from cmcore.time.week import local

#: What facts are to read: a value, `ABSENT` or `UNKNOWN`; `earlier` is how to make earlier acts.
#: Of a `holiday` that is a moment, the calendars say what it is.
Parts = Mapping[str, Any]
#: What makes the earlier acts of an act, once it is made.
Recall = Callable[[Act, datetime], tuple[Act, Earlier]]
Charters = Sequence[Charter]
#: A moment for what needs one and does not say when: a Monday morning.
SOME_MONDAY: Final = datetime(2026, 6, 1, 10, tzinfo=UTC)
_NEEDS_MOMENT: Final = ("since.", "earlier", "holiday", "in_reply_to.age", "target.age")
#: Values that cannot be read, for what is unknown of a kind of act that has none of it.
_UNREADABLE: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("links", "hashtags", "mentions", "media"), frozenset({"\ufffd"})),
    "described": "\ufffd",
    "duration": timedelta(-1),
}
_AUTHOR: Final = "author."


def world(charters: Charters, parts: Parts) -> tuple[Act, Context]:
    """Return an act in its context whose facts read as in `parts`, as far as that can be.

    Raises:
        Exception: whatever is raised where no such act can be made.
    """
    now = _moment(parts)
    act = _act(charters, parts, now)
    context = _context(charters, parts, now)
    recall = parts.get("earlier", UNKNOWN)
    if now is not None and recall is not UNKNOWN:
        act, earlier = recall(act, now)
        context = attrs.evolve(context, earlier=earlier)
    return act, context


def _moment(parts: Parts) -> datetime | None:
    at, day = parts.get("at"), parts.get("holiday")
    if isinstance(day, datetime):
        return day
    if at is not None:
        return None if isinstance(at, Missing) else at
    needs = any(
        name.startswith(_NEEDS_MOMENT) and value is not UNKNOWN for name, value in parts.items()
    )
    return SOME_MONDAY if needs else None


def _closes(charter: Charter, moment: datetime) -> bool | None:
    """Return whether the calendar of a charter closes on the day of a moment, if it knows."""
    day, calendar = local(moment, charter.zone).date(), charter.calendar
    known = calendar is not None and day.year in calendar.years
    return day in calendar.closed if calendar and known else None


def _act(charters: Charters, parts: Parts, now: datetime | None) -> Act:
    given: dict[str, Any] = {} if now is None else {"at": now}
    labels: dict[str, Any] = {}
    declared = {name for charter in charters for name in charter.labels}
    kind = parts.get("kind")
    absent = set[str]()
    known_text = isinstance(parts.get("text"), str)
    for name, value in parts.items():
        if value is ABSENT and (name in declared or name in _OWN):
            absent.add(name)
        elif name in declared and value is not UNKNOWN:
            labels[name] = value
        elif name in _OWN and value is not UNKNOWN:
            given[name] = value
        elif name in _OWN and (
            any(kind in charter.vocabulary.without.get(name, ()) for charter in charters)
            or (known_text and name in IN_TEXT)
        ):
            given[name] = _UNREADABLE.get(name, "\ufffd")
    for target in TARGETS:
        told = {
            name.removeprefix(f"{target}."): value
            for name, value in parts.items()
            if name.startswith(f"{target}.")
        }
        if told and all(value is ABSENT for value in told.values()):
            absent.add(target)
        elif told:
            given[target] = _message(told, now)
    return Act(**given, labels=labels, absent=absent)


def _message(told: Parts, now: datetime | None) -> Message:
    given = {
        name: value
        for name, value in told.items()
        if name != "age" and not isinstance(value, Missing)
    }
    absent = {name for name, value in told.items() if value is ABSENT and name != "age"}
    age = told.get("age", UNKNOWN)
    if isinstance(age, timedelta) and now is not None:
        given["at"] = now - age
    return Message(**given, absent=absent)


def _context(charters: Charters, parts: Parts, now: datetime | None) -> Context:
    author = {
        name.removeprefix(_AUTHOR): value
        for name, value in parts.items()
        if name.startswith(_AUTHOR) and value is not UNKNOWN
    }
    events: dict[str, datetime | None] = {}
    for name, value in parts.items():
        head, _, event = name.partition(".")
        if head == "since" and value is not UNKNOWN:
            events[event] = None if value is ABSENT else (now or SOME_MONDAY) - value
    holidays = None
    is_closed = parts.get("holiday")
    if isinstance(is_closed, bool) and now and _closes(charters[0], now) is not is_closed:
        # the calendar says otherwise, or nothing: then the context has to
        holidays = {local(now, charters[0].zone).date()} if is_closed else set()
    severity = parts.get("incident.severity")
    return Context(
        author=Author(**author),
        incident=Situation(_known(parts.get("incident.open")), _known(severity)),
        holidays=holidays,
        events=events,
    )


def _known(value: Any) -> Any:  # noqa: ANN401 - as the fact has it
    return None if isinstance(value, Missing) else value


_OWN: Final = frozenset(
    {
        *("kind", "network", "account", "author", "language", "topics", "text", "links"),
        *("hashtags", "mentions", "media", "described", "paid", "scheduled", "template"),
        *("format", "recipient", "duration"),
    }
)
