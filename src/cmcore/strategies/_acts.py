"""Strategies for acts and what is around them, made to meet the rules of a charter."""

from datetime import datetime, timedelta
from typing import Any, Final

import attrs
from hypothesis import strategies as st

from cmcore.nouns.acts import Act, Message
from cmcore.nouns.charter import Charter
from cmcore.nouns.context import Author, Context, Earlier, Situation
from cmcore.nouns.facts import FactType
from cmcore.nouns.history import Case
from cmcore.strategies._conditions import USUAL
from cmcore.strategies._reading import Reads, everything, ill_typed, moments, reads, values
from cmcore.strategies._words import days, durations, ids, instants, rarely, sampled

_OWN: Final = (
    *("kind", "network", "account", "author", "language", "topics", "text", "links", "hashtags"),
    *("mentions", "media", "described", "paid", "scheduled", "template"),
)
_FROM_TEXT: Final = frozenset({"links", "hashtags", "mentions"})
_MESSAGE: Final = tuple(f.name for f in attrs.fields(Message) if f.name not in {"at", "absent"})
_AUTHOR: Final = ("roles", "seniority", "contract", "trained_in")
_TARGETS: Final = ("in_reply_to", "target")
_ALL: Final = everything(USUAL)


def _reads(charter: Charter | None) -> Reads:
    return _ALL if charter is None else reads(charter)


def messages() -> st.SearchStrategy[Message]:
    """Return a strategy for messages that are answered or acted upon, partly unknown."""
    return _messages(_ALL, "in_reply_to", None, unknowns=True)


def authors() -> st.SearchStrategy[Author]:
    """Return a strategy for who acts, partly unknown."""
    return _authors(_ALL, unknowns=True)


def situations() -> st.SearchStrategy[Situation]:
    """Return a strategy for situations: calm, an incident, or unknown."""
    return _situations(_ALL, unknowns=True)


def earlier(
    charter: Charter | None = None, *, at: datetime | None = None, unknowns: bool = True
) -> st.SearchStrategy[Earlier]:
    """Return a strategy for the acts before the one at `at`, near the windows `charter` looks at."""
    return _earlier(_reads(charter), at, unknowns=unknowns)


def acts(
    charter: Charter | None = None, *, unknowns: bool = True, ill: bool = False
) -> st.SearchStrategy[Act]:
    """Return a strategy for acts, whose facts are likely those that the charter's tests name.

    Only what `charter` reads is given, everything where there is none. Up to three facts are
    unknown where `unknowns` says so, and one or two may be known to have no value. With `ill`,
    labels may be given values of any type.
    """
    return _acts(_reads(charter), unknowns=unknowns, ill=ill)


def complete_acts(charter: Charter | None = None) -> st.SearchStrategy[Act]:
    """Return a strategy for acts of which every fact is known that `charter` reads."""
    return acts(charter, unknowns=False)


def contexts(
    charter: Charter | None = None, *, at: datetime | None = None, unknowns: bool = True
) -> st.SearchStrategy[Context]:
    """Return a strategy for contexts of an act at `at`, of what `charter` reads.

    Where `unknowns` says so, parts of it are unknown, and so may be the moment.
    """
    return _contexts(_reads(charter), at, unknowns=unknowns)


def complete_contexts(
    charter: Charter | None = None, *, at: datetime | None = None
) -> st.SearchStrategy[Context]:
    """Return a strategy for contexts of which all is known that `charter` reads."""
    return contexts(charter, at=at, unknowns=False)


@st.composite
def cases(
    draw: st.DrawFn, charter: Charter | None = None, *, unknowns: bool = True, ill: bool = False
) -> Case:
    """Return a strategy for acts in contexts that go with them."""
    wanted = _reads(charter)
    act = draw(_acts(wanted, unknowns=unknowns, ill=ill))
    return Case(act, draw(_contexts(wanted, act.at, unknowns=unknowns)))


def _gaps(names: list[str], most: int) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(sampled(names), max_size=most) if names and most else st.just(frozenset())


@st.composite
def _acts(draw: st.DrawFn, of: Reads, *, unknowns: bool, ill: bool) -> Act:
    own = [name for name in _OWN if name in of]
    labelled = [name for name in of.vocabulary.labels if name in of]
    pointed = [target for target in _TARGETS if of.below(f"{target}.")]
    unknown = draw(_gaps([*own, *labelled, *pointed, "at"], 3 if unknowns else 0))
    nothing = draw(_gaps([n for n in (*own, *labelled, *pointed) if n not in of.shared], 1))
    closed = unknown | nothing
    at = None if "at" in unknown else draw(moments(of))
    given = {name: draw(values(of, name)) for name in own if name not in closed}
    if "text" in given:
        given = {k: v for k, v in given.items() if k not in _FROM_TEXT or draw(st.booleans())}
    label = ill_typed() if ill else None
    return Act(
        id=draw(st.none() | ids()),
        at=at,
        labels={n: draw(label or values(of, n)) for n in labelled if n not in closed},
        absent=nothing - unknown - _sets(of, nothing),
        **{target: draw(_messages(of, target, at, unknowns=unknowns))
           for target in pointed if target not in closed},
        **{**dict.fromkeys(_sets(of, nothing & {*own}) - unknown, frozenset()), **given},
    )  # fmt: skip


def _sets(of: Reads, names: frozenset[str]) -> frozenset[str]:
    """Return which of `names` are sets, and so empty when they have no value."""
    specs = [of.vocabulary.find(name) for name in names if name not in _TARGETS]
    return frozenset(s.name for s in specs if s and s.source == "act" and s.type is FactType.SYMBOLS)


@st.composite
def _messages(
    draw: st.DrawFn, of: Reads, target: str, at: datetime | None, *, unknowns: bool
) -> Message:
    named = [name for name in _MESSAGE if f"{target}.{name}" in of]
    unknown = draw(_gaps(named, 1 if unknowns else 0))
    nothing = draw(_gaps([n for n in named if f"{target}.{n}" not in of.shared], 1))
    given = {n: draw(values(of, f"{target}.{n}")) for n in named if n not in unknown | nothing}
    aged = f"{target}.age" in of and (not unknowns or draw(st.booleans()))
    written = (at or draw(instants())) - draw(values(of, f"{target}.age")) if aged else None
    return Message(at=written, absent=nothing - unknown, **given)


@st.composite
def _authors(draw: st.DrawFn, of: Reads, *, unknowns: bool) -> Author:
    named = [name for name in _AUTHOR if f"author.{name}" in of]
    unknown = draw(_gaps(named, 1 if unknowns else 0))
    return Author(**{n: draw(values(of, f"author.{n}")) for n in named if n not in unknown})


@st.composite
def _situations(draw: st.DrawFn, of: Reads, *, unknowns: bool) -> Situation:
    if unknowns and draw(st.integers(0, 4)) == 4:  # noqa: PLR2004 - one time in five
        return Situation()
    is_open = draw(st.booleans())
    severity = draw(values(of, "incident.severity")) if is_open else None
    return Situation(is_open, severity)


@st.composite
def _earlier(draw: st.DrawFn, of: Reads, at: datetime | None, *, unknowns: bool) -> Earlier:
    now = at or draw(instants())
    rows = draw(st.lists(_earlier_acts(of, now, unknowns=unknowns), max_size=4))
    back = now - draw(durations()) if unknowns and draw(st.booleans()) else None
    return Earlier(rows, back)


@st.composite
def _earlier_acts(draw: st.DrawFn, of: Reads, now: datetime, *, unknowns: bool) -> Act:
    step = timedelta(minutes=1)
    steps = [step, timedelta(0), *(w + s for w in of.windows for s in (-step, timedelta(0), step))]
    before = draw(rarely(sampled(steps), durations()))
    own = [name for name in ("kind", *_OWN[1:]) if name == "kind" or name in of.shared]
    unknown = draw(_gaps(own, 1 if unknowns else 0))
    kinds = sampled([*sorted(of.kinds), "publish"])
    given: dict[str, Any] = {
        name: draw(kinds if name == "kind" else values(of, name))
        for name in own
        if name not in unknown
    }
    if "in_reply_to.author" in of.shared:
        given["in_reply_to"] = Message(author=draw(values(of, "in_reply_to.author")))
    dateless = unknowns and draw(st.integers(0, 9)) == 9  # noqa: PLR2004 - one time in ten
    return Act(at=None if dateless else now - before, **given)


@st.composite
def _contexts(draw: st.DrawFn, of: Reads, at: datetime | None, *, unknowns: bool) -> Context:
    events = of.below("since.")
    parts = [
        *(["author"] if of.below("author.") else []),
        *(["incident"] if of.below("incident.") else []),
        *(name for name in ("holiday", "earlier") if name in of),
        *events,
    ]
    unknown = draw(_gaps([*parts, "at"], 2 if unknowns else 0))
    known = [part for part in parts if part not in unknown]
    own = None if at is not None or "at" in unknown else draw(moments(of))
    now = at or own or draw(moments(of))
    given: dict[str, Any] = {}
    if "author" in known:
        given["author"] = draw(_authors(of, unknowns=unknowns))
    if "incident" in known:
        given["incident"] = draw(_situations(of, unknowns=unknowns))
    if "earlier" in known:
        given["earlier"] = draw(_earlier(of, now, unknowns=unknowns))
    if "holiday" in known:
        given["holidays"] = draw(st.frozensets(days() | st.just(now.date()), max_size=2))
    begun = {e: now - draw(values(of, f"since.{e}")) for e in events if e in known}
    return Context(at=own, events=begun, **given)
