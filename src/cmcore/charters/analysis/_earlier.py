"""Earlier acts: those that an act has before it, made so that logs have as many as is wanted."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

import attrs

from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.act import Act, Message
from cmcore.charters.analysis._budget import Budget
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import All, Condition, FactTest
from cmcore.charters.conditions.facts import TARGETS, FactType, Label
from cmcore.charters.conditions.operators import Op
from cmcore.charters.context import Earlier
from cmcore.charters.meaning.observation import counted
from cmcore.time.units import CalendarUnit, Window

_SECOND: Final = timedelta(seconds=1)
_SHORT: Final = timedelta(milliseconds=1)
#: No more earlier acts are made.
_MOST: Final = 300


@internal
class Labelled:
    """What acts have in common that have one word under a label, as a charter declares it."""

    name: str
    label: Label

    def values(self) -> list[frozenset[str] | str]:
        """Return what acts may say under it: two words, or the one that there is."""
        words = sorted(self.label.values or ("elsewhere", "other"))[:2]
        is_set = self.label.type is FactType.SYMBOLS
        return [frozenset({word}) if is_set else word for word in words[::-1]]


#: What acts have in common.
Same = str | Labelled


@internal
class Log:
    """The earlier acts of a kind, or those that a charter counts, which share some things."""

    charter: Charter = attrs.field(eq=id, repr=False)
    kind: str
    same: frozenset[Same]

    @property
    def condition(self) -> Condition:
        """What is asked of an act by itself."""
        if self.kind == "any":
            return All(())
        return self.charter.counts.get(self.kind) or FactTest("kind", Op.IS, self.kind)

    def holds(self, act: Act) -> Truth:
        """Return whether an act counts by what it says itself."""
        return counted(self.charter, self.condition, act)


class Counting(Protocol):
    """What finds out which acts count in some logs, within a budget."""

    budget: Budget

    def example(self, log: Log, others: tuple[Log, ...], /) -> Act | None:
        """Return an act of a known kind that counts in a log and in none of some others."""
        ...

    def never_more(self, some: tuple[Log, ...], others: tuple[Log, ...], /, *, sure: bool) -> bool:
        """Return whether it is proven that no act counts in more of some logs than of others."""
        ...


@internal
class Bound:
    """That a log has at least `count` acts within a window."""

    log: Log
    window: Window
    count: int


@internal
class Recalling:
    """Makes the earlier acts of an act: as many as counts want, soon before or long before."""

    bounds: tuple[Bound, ...]
    #: How many acts logs must not have.
    limits: tuple[Bound, ...]
    counting: Counting = attrs.field(eq=False)
    #: Kinds of acts that run, and those of which none does.
    runs: tuple[str, ...]
    over: tuple[str, ...]
    near: bool
    back: timedelta | None
    towards: bool
    #: How long ago what runs began.
    begun: timedelta = _SECOND
    #: What earlier acts are sure not to share, unless a count wants it of them.
    apart: frozenset[Same] = frozenset()

    def __call__(self, act: Act, now: datetime) -> tuple[Act, Earlier]:
        same = frozenset[Same]().union(*(bound.log.same for bound in self.bounds))
        if self.towards:
            act = _towards_somebody(act)
        act = _shareable(act, same | self.apart)
        made: list[_Made] = []
        for bound in sorted(self.bounds, key=lambda one: (_far(one.window), -len(one.log.same))):
            made += self._for(bound, made)
        acts = [_differing(_sharing(one, act, now), self.apart - one.same) for one in made]
        acts = [_over(one) if one.kind in self.over else one for one in acts]
        acts += [
            attrs.evolve(_alike(act, "same_person"), kind=kind, at=now - self.begun, duration=None,
                         absent={"duration"})
            for kind in self.runs
        ]  # fmt: skip
        return act, Earlier(acts, None if self.back is None else now - self.back)

    def _for(self, bound: Bound, have: Sequence["_Made"]) -> Iterator["_Made"]:
        """Yield the acts that a log has not yet, as long as no other log has too many."""
        left = min(bound.count, _MOST) - sum(one.has(bound) is Truth.TRUE for one in have)
        room = {limit: limit.count - 1 - sum(one.has(limit) is not Truth.FALSE for one in have)
                for limit in self.limits}  # fmt: skip
        back = _SECOND if self.near else _far(bound.window)
        for example in self._examples(bound):
            made = _Made(example, bound.log.same, back)
            held = [limit for limit in self.limits if made.has(limit) is not Truth.FALSE]
            more = max(min([left, *(room[limit] for limit in held)]), 0)
            yield from [made] * more
            left -= more
            room |= {limit: room[limit] - more for limit in held}

    def _examples(self, bound: Bound) -> Iterator[Act]:
        """Yield acts of a log: of no log that must not have many, not of one of these, or any."""
        limited = tuple(dict.fromkeys(limit.log for limit in self.limits))
        others = tuple(log for log in limited if log != bound.log)
        for avoided in dict.fromkeys((others, *((one,) for one in others), ())):
            found = self.counting.example(bound.log, avoided)
            if found is not None:
                yield found


@internal
class _Made:
    """An earlier act, what it shares with the act that it is earlier than, and how long ago."""

    act: Act
    same: frozenset[Same]
    back: timedelta

    def has(self, bound: Bound) -> Truth:
        """Return whether it counts for a bound."""
        is_shared = bound.log.same <= self.same and self.back <= _far(bound.window)
        return bound.log.holds(self.act) if is_shared else Truth.FALSE


def _far(window: Window) -> timedelta:
    if isinstance(window, CalendarUnit):
        return _SECOND
    return timedelta(days=3650) if window is None else window - _SECOND


def _sharing(made: _Made, act: Act, now: datetime) -> Act:
    one = made.act
    for name in sorted(made.same, key=str):
        one = _shared(one, act, name)
    return attrs.evolve(one, at=now - made.back)


def _towards_somebody(act: Act) -> Act:
    """Return an act of which it is known whom it is towards."""
    act = _known_of_messages(act, "author", "somebody")
    is_sent = "recipient" not in act.absent
    return attrs.evolve(act, recipient=act.recipient or "somebody") if is_sent else act


def _known_of_messages(act: Act, field: str, value: str) -> Act:
    """Return an act of which something is known of the messages that it is about."""
    known = {
        target: attrs.evolve(message, **{field: getattr(message, field) or value})
        for target in TARGETS
        if (message := getattr(act, target)) is not None and field not in message.absent
    }
    return attrs.evolve(act, **known)


_FIELD: Final[dict[str, tuple[str, Any]]] = {
    "same_network": ("network", "other"),
    "same_account": ("account", "other"),
    "same_author": ("author", "somebody"),
    "same_language": ("language", "en"),
    "same_topic": ("topics", frozenset({"other"})),
    "same_text": ("text", "ok"),
    "same_template": ("template", "other"),
    "same_link": ("links", frozenset({"https://other.example/"})),
    "same_hashtag": ("hashtags", frozenset({"other"})),
    "same_person": ("target", Message(author="somebody")),
    "same_message": ("target", Message(id="a message")),
}


def _shareable(act: Act, same: frozenset[Same]) -> Act:
    """Return the act with something that others may have in common with it."""
    act = _filled(act, same, _FIELD, 0)
    return _known_of_messages(act, "id", "a message") if "same_message" in same else act


def _filled(
    act: Act, same: frozenset[Same], table: Mapping[str, tuple[str, Any]], place: int
) -> Act:
    """Return the act with what a table has, and words of that place, where it says nothing."""
    missing: dict[str, Any] = {
        field: value
        for name, (field, value) in table.items()
        if name in same and getattr(act, field) is None and field not in act.absent
    }
    told = {
        one.name: one.values()[place]
        for one in same
        if isinstance(one, Labelled) and one.name not in {*act.labels, *act.absent}
    }
    return attrs.evolve(act, labels={**told, **act.labels}, **missing)


def _shared(base: Act, act: Act, name: Same) -> Act:
    if isinstance(name, Labelled):
        told = {name.name: act.labels[name.name]} if name.name in act.labels else {}
        return attrs.evolve(base, labels={**base.labels, **told}, absent=base.absent - told.keys())
    field, _ = _FIELD[name]
    more: dict[str, Any] = {field: getattr(act, field)}
    if name == "same_message":
        more |= {"in_reply_to": act.in_reply_to}
    if name == "same_person":
        more |= {"recipient": act.recipient, "in_reply_to": act.in_reply_to}
    return attrs.evolve(base, **more, absent=base.absent - set(more))


#: What acts have that share nothing with others.
_ELSEWHERE: Final[dict[str, tuple[str, Any]]] = {
    "same_network": ("network", "elsewhere"),
    "same_account": ("account", "elsewhere"),
    "same_author": ("author", "somebody-else"),
    "same_language": ("language", "eo"),
    "same_topic": ("topics", frozenset({"elsewhere"})),
    "same_text": ("text", "something else"),
    "same_template": ("template", "elsewhere"),
    "same_link": ("links", frozenset({"https://elsewhere.example/"})),
    "same_hashtag": ("hashtags", frozenset({"elsewhere"})),
    "same_message": ("target", Message(id="another message")),
}


def _differing(one: Act, names: frozenset[Same]) -> Act:
    """Return an earlier act that shares nothing with others, where it has nothing yet."""
    return _filled(one, names, _ELSEWHERE, -1)


def _over(one: Act) -> Act:
    """Return an earlier act that runs no longer, where nothing is said of how long it does."""
    is_open = one.duration is None and "duration" not in one.absent
    return attrs.evolve(one, duration=_SHORT) if is_open else one


def _alike(act: Act, name: str) -> Act:
    return _shared(Act(), act, name)
