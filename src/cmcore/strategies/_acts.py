"""Strategies for acts and what is around them, made to meet the rules of a charter."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import attrs
from hypothesis import strategies as st

from cmcore.charters.act import Act, Message
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.facts import BUILTIN, IN_TEXT, FactType
from cmcore.charters.context import Author, Context, Earlier, Situation
from cmcore.charters.history import Case
from cmcore.strategies._drawing import number, pick, rare, several, some
from cmcore.strategies._reading import (
    Reads,
    a_moment,
    a_value,
    an_ill_value,
    back,
    everything,
    reads,
)
from cmcore.strategies._words import a_day, a_duration, an_id, an_instant, on_a_clock

_OWN: Final = (
    *("kind", "network", "account", "author", "language", "topics", "text", "links", "hashtags"),
    *("mentions", "media", "described", "paid", "scheduled", "template"),
    *("format", "recipient", "duration"),
)
_MESSAGE: Final = tuple(
    spec.name.removeprefix("target.")
    for spec in BUILTIN.values()
    if spec.name.startswith("target.") and spec.name != "target.age"
)
_COUNTS: Final = ("followers", "replies")
_AUTHOR: Final = ("roles", "seniority", "contract", "trained_in")
_TARGETS: Final = ("in_reply_to", "target")
_A_MINUTE: Final = timedelta(minutes=1)


def an_act(draw: st.DrawFn, of: Reads, *, unknowns: bool, ill: bool = False) -> Act:
    """Draw an act of which is given what `of` reads."""
    own = [name for name in _OWN if name in of.named]
    labels = [name for name in of.vocabulary.labels if name in of.named]
    pointed = [target for target in _TARGETS if of.below(f"{target}.")]
    unknown = _gaps(draw, [*own, *labels, *pointed, "at"], 3, unknowns=unknowns)
    nothing = _nothing(draw, [n for n in (*own, *labels, *pointed) if n not in of.shared])
    nothing -= unknown
    at = None if "at" in unknown else a_moment(draw, of)
    closed = unknown | nothing
    given: dict[str, Any] = {n: a_value(draw, of, n) for n in own if n not in closed}
    if ill and rare(draw, 3):
        given |= {name: spoilt(draw, given[name]) for name in ("text", "topics") if name in given}
    if "text" in given:
        given = {k: v for k, v in given.items() if k not in IN_TEXT or rare(draw, 2)}
    for target in pointed:
        if target not in closed:
            message = a_message(draw, of, target, at, unknowns=unknowns)
            given[target] = _for(message, given.get("recipient"))
    empty = _sets(of, nothing)
    given |= dict.fromkeys(empty, frozenset[str]())
    told = {
        n: an_ill_value(draw) if ill and rare(draw, 2) else a_value(draw, of, n)
        for n in labels
        if n not in closed
    }
    name = an_id(draw) if rare(draw) else None
    moment = None if at is None else on_a_clock(draw, at)
    return Act(id=name, at=moment, labels=told, absent=nothing - empty, **given)


def _for(message: Message, recipient: str | None) -> Message:
    """Return a message by whoever an act about it is for, where both are given."""
    is_given = recipient is not None and message.author is not None
    return attrs.evolve(message, author=recipient) if is_given else message


#: Marks of unreadable letters, and of missing texts.
_FOR_LETTERS: Final = ("\ufffd", "\x92", "\xc3\xa9")
_FOR_NOTHING: Final = ("nan", "None", "\\N", "#REF!", " #N/A ")


def spoilt(draw: st.DrawFn, given: Any) -> Any:  # noqa: ANN401 - a text, or words
    """Draw a text, or words, that could not be read: damaged, or what stands for no value."""
    if not isinstance(given, str):
        return frozenset(spoilt(draw, word) for word in given)
    if rare(draw, 3):
        return pick(draw, _FOR_NOTHING)
    at = number(draw, 0, len(given))
    return f"{given[:at]}{pick(draw, _FOR_LETTERS)}{given[at + number(draw, 0, 1) :]}"


def _gaps(draw: st.DrawFn, names: Sequence[str], most: int, *, unknowns: bool) -> frozenset[str]:
    return some(draw, names, 0, most) if unknowns else frozenset()


def _nothing(draw: st.DrawFn, names: Sequence[str]) -> frozenset[str]:
    """Draw which facts are known to have no value: none mostly."""
    return some(draw, names, 1, 2) if rare(draw) else frozenset()


def _sets(of: Reads, names: frozenset[str]) -> frozenset[str]:
    """Return which of `names` are sets of the act, and so empty when they have no value."""
    specs = [of.vocabulary.find(name) for name in names if name not in _TARGETS]
    own = [spec for spec in specs if spec and spec.source == "act"]
    return frozenset(spec.name for spec in own if spec.type is FactType.SYMBOLS)


def a_message(
    draw: st.DrawFn, of: Reads, target: str, at: datetime | None, *, unknowns: bool
) -> Message:
    """Draw a message answered or acted on at the moment `at`."""
    named = [name for name in _MESSAGE if f"{target}.{name}" in of.named]
    unknown = _gaps(draw, named, 1, unknowns=unknowns)
    nothing = _nothing(draw, [n for n in named if f"{target}.{n}" not in of.shared]) - unknown
    given = {n: a_value(draw, of, f"{target}.{n}") for n in named if n not in unknown | nothing}
    given |= {n: int(given[n]) for n in _COUNTS if n in given}
    aged = f"{target}.age" in of.named and not (unknowns and rare(draw))
    age = a_value(draw, of, f"{target}.age") if aged else timedelta(0)
    written = on_a_clock(draw, (at or an_instant(draw)) - age) if aged else None
    return Message(at=written, absent=nothing, **given)


def an_author(draw: st.DrawFn, of: Reads, *, unknowns: bool) -> Author:
    """Draw who acts."""
    named = [name for name in _AUTHOR if f"author.{name}" in of.named]
    unknown = _gaps(draw, named, 1, unknowns=unknowns)
    return Author(**{n: a_value(draw, of, f"author.{n}") for n in named if n not in unknown})


def a_situation(draw: st.DrawFn, of: Reads, *, unknowns: bool) -> Situation:
    """Draw a situation: calm, an incident, or known in part or not at all."""
    unknown = _gaps(draw, ("open", "severity"), 2, unknowns=unknowns and rare(draw, 3))
    is_open = None if "open" in unknown else number(draw, 0, 1) == 1
    told = "severity" not in unknown and (is_open is True or rare(draw, 2))
    return Situation(is_open, a_value(draw, of, "incident.severity") if told else None)


def an_earlier(draw: st.DrawFn, of: Reads, now: datetime, *, unknowns: bool) -> Earlier:
    """Draw the acts before the one at `now`."""
    acts = several(draw, lambda: _earlier_act(draw, of, now, unknowns=unknowns), 0, 4)
    gap = unknowns and rare(draw, 3)
    return Earlier(acts, on_a_clock(draw, now - a_duration(draw)) if gap else None)


def _earlier_act(draw: st.DrawFn, of: Reads, now: datetime, *, unknowns: bool) -> Act:
    ends = [back(window, now, of.zone) for window in of.windows]
    edges = [end + step for end in ends for step in (-_A_MINUTE, timedelta(0), _A_MINUTE)]
    before = a_duration(draw) if rare(draw) else pick(draw, [_A_MINUTE, timedelta(0), *edges])
    own = ["kind", *(name for name in _OWN[1:] if name in of.shared)]
    unknown = some(draw, own, 1, 1) if unknowns and rare(draw) else frozenset[str]()
    kinds = (*sorted(of.kinds), "publish")
    given: dict[str, Any] = {
        name: pick(draw, kinds) if name == "kind" else a_value(draw, of, name)
        for name in own
        if name not in unknown
    }
    if "in_reply_to.author" in of.shared:
        for target in sorted(some(draw, _TARGETS, 1, 2)):
            message = Message(author=a_value(draw, of, f"{target}.author"))
            given[target] = _for(message, given.get("recipient"))
    labels = [name for name in of.vocabulary.labels if name in of.shared]
    given["labels"] = {n: a_value(draw, of, n) for n in labels if not (unknowns and rare(draw))}
    undated = unknowns and rare(draw, 10)
    given["at"] = None if undated else on_a_clock(draw, now - before)
    if "duration" in given and rare(draw, 3):
        del given["duration"]
        given["absent"] = {"duration"}
    if of.counted is None or number(draw, 0, 1):
        return Act(**given)
    counted: Act = an_act(draw, of.counted, unknowns=unknowns)
    if counted.kind:
        given.pop("kind", None)
    given["labels"] = {**counted.labels, **given["labels"]}
    counted = attrs.evolve(counted, absent=counted.absent - given["labels"].keys())
    gone: dict[str, Any] = dict.fromkeys(given.pop("absent", ()))
    nothing = (counted.absent | gone.keys()) - given.keys()
    made: Act = attrs.evolve(counted, **gone, **given, absent=nothing)
    pointed = ((target, getattr(made, target)) for target in _TARGETS)
    meant: dict[str, Any] = {
        target: _for(one, made.recipient) for target, one in pointed if one is not None
    }
    return attrs.evolve(made, **meant)


def a_context(draw: st.DrawFn, of: Reads, at: datetime | None, *, unknowns: bool) -> Context:
    """Draw the context of an act at `at`, which may be for the context to say."""
    parts = [part for part in ("author", "incident") if of.below(f"{part}.")]
    parts += [part for part in ("holiday", "earlier") if part in of.named]
    events = of.below("since.")
    unknown = _gaps(draw, [*parts, *events, "at"], 2, unknowns=unknowns)
    own = a_moment(draw, of) if at is None and "at" not in unknown else None
    now = at or own or an_instant(draw)
    given = {part: _PARTS[part](draw, of, now, unknowns) for part in parts if part not in unknown}
    if "holiday" in given:
        given["holidays"] = given.pop("holiday")
    begun = {
        e: None if rare(draw, 8) else on_a_clock(draw, now - a_value(draw, of, f"since.{e}"))
        for e in events
        if e not in unknown
    }
    moment = None if own is None else on_a_clock(draw, own)
    return Context(at=moment, events=begun, **given)


def _holidays(draw: st.DrawFn, now: datetime) -> list[Any]:
    return several(draw, lambda: a_day(draw) if rare(draw, 2) else now.date(), 0, 2)


_PARTS: Final[dict[str, Any]] = {
    "author": lambda draw, of, _, unknowns: an_author(draw, of, unknowns=unknowns),
    "incident": lambda draw, of, _, unknowns: a_situation(draw, of, unknowns=unknowns),
    "earlier": lambda draw, of, now, unknowns: an_earlier(draw, of, now, unknowns=unknowns),
    "holiday": lambda draw, _, now, __: _holidays(draw, now),
}


def a_case(draw: st.DrawFn, of: Reads, *, unknowns: bool, ill: bool = False) -> Case:
    """Draw an act in a context that goes with it."""
    act = an_act(draw, of, unknowns=unknowns, ill=ill)
    return Case(act, a_context(draw, of, act.at, unknowns=unknowns))


@st.composite
def messages(draw: st.DrawFn) -> Message:
    """Return a strategy for messages that are answered or acted on, partly unknown."""
    return a_message(draw, everything(), "in_reply_to", None, unknowns=True)


@st.composite
def authors(draw: st.DrawFn) -> Author:
    """Return a strategy for who acts, partly unknown."""
    return an_author(draw, everything(), unknowns=True)


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """Return a strategy for situations: calm, an incident, or unknown."""
    return a_situation(draw, everything(), unknowns=True)


@st.composite
def earlier(
    draw: st.DrawFn,
    charter: Charter | None = None,
    *,
    at: datetime | None = None,
    unknowns: bool = True,
) -> Earlier:
    """Return a strategy for the acts before one at `at`, near the windows of `charter`."""
    return an_earlier(draw, reads(charter), at or an_instant(draw), unknowns=unknowns)


@st.composite
def acts(
    draw: st.DrawFn, charter: Charter | None = None, *, unknowns: bool = True, ill: bool = False
) -> Act:
    """Return a strategy for acts with values that the charter's tests are likely to name.

    Only facts that `charter` reads are given, or all facts without a charter. With `unknowns`, up
    to three facts are unknown, and one or two may be known to have no value. With `ill`, labels may
    have values of any type.
    """
    return an_act(draw, reads(charter), unknowns=unknowns, ill=ill)


def complete_acts(charter: Charter | None = None) -> st.SearchStrategy[Act]:
    """Return a strategy for acts with every fact known that `charter` reads."""
    return acts(charter, unknowns=False)


@st.composite
def contexts(
    draw: st.DrawFn,
    charter: Charter | None = None,
    *,
    at: datetime | None = None,
    unknowns: bool = True,
) -> Context:
    """Return a strategy for contexts of an act at `at`, with what `charter` reads.

    With `unknowns`, parts of it are unknown, and so may the moment be.
    """
    return a_context(draw, reads(charter), at, unknowns=unknowns)


def complete_contexts(
    charter: Charter | None = None, *, at: datetime | None = None
) -> st.SearchStrategy[Context]:
    """Return a strategy for contexts with everything known that `charter` reads."""
    return contexts(charter, at=at, unknowns=False)


@st.composite
def cases(
    draw: st.DrawFn, charter: Charter | None = None, *, unknowns: bool = True, ill: bool = False
) -> Case:
    """Return a strategy for acts in matching contexts."""
    return a_case(draw, reads(charter), unknowns=unknowns, ill=ill)
