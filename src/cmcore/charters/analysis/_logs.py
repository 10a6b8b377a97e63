"""Logs: earlier acts that make counts as wanted, and counts that no record has together."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import product
from typing import Any, Final

import attrs

from cmcore.base.values import internal
from cmcore.charters.act import Act, Message
from cmcore.charters.analysis._formula import FALSE, TRUE
from cmcore.charters.analysis._formula import UNKNOWN as UNKNOWN_ONLY
from cmcore.charters.analysis._theory import Asked, Question, Ways, fits, signature
from cmcore.charters.analysis._worlds import Parts
from cmcore.charters.conditions.condition import Condition, FactTest, sense_of
from cmcore.charters.conditions.facts import ABSENT, RUNNING, TARGETS, UNKNOWN, FactType, Label
from cmcore.charters.context import Earlier
from cmcore.charters.kinds import KINDS
from cmcore.time.units import CalendarUnit, Window, lies_in

_SECOND: Final = timedelta(seconds=1)
#: How to make an earlier act that meets a count of a charter.
Counting = Callable[[str], Act | None]


@internal
class _Labelled:
    """What acts have in common that have one word under a label, as a charter declares it."""

    name: str
    label: Label

    def values(self) -> list[frozenset[str] | str]:
        """Return what acts may say under it: two words, or the one that there is."""
        words = sorted(self.label.values or ("elsewhere", "other"))[:2]
        is_set = self.label.type is FactType.SYMBOLS
        return [frozenset({word}) if is_set else word for word in words[::-1]]


#: What acts have in common.
_Same = str | _Labelled
#: A log: what it is of, and as a charter counts it; what its acts have in common with this one.
_Log = tuple[str, Condition | None, frozenset[_Same]]
_KNOWN: Final = TRUE | FALSE
#: No more earlier acts are made.
_MOST: Final = 300


@internal
class _Bound:
    """That a log has at least `count` acts within a window."""

    log: _Log
    zone: str
    window: Window
    count: int


class Logs:
    """The records of earlier acts, and what runs of a person."""

    def __init__(self, asked: Asked, counting: Counting) -> None:
        self.asked = asked
        self._counting = counting
        self._known: dict[tuple[int, ...], Ways] = {}
        #: What each count asks, and the truth of the question where there are as many acts.
        self._bounds = [
            (number, bound, more) for number, question in asked for bound, more in _bounds(question)
        ]

    def narrow(self, masks: list[int]) -> bool:
        """Return whether no two counts contradict each other."""
        reached = [one for number, one, more in self._bounds if masks[number] == more]
        kept = [one for number, one, more in self._bounds if not masks[number] & more]
        missed = [one for number, one, more in self._bounds if masks[number] == more ^ _KNOWN]
        open_ = [one for number, one, more in self._bounds if not masks[number] & (more ^ _KNOWN)]
        return not any(
            _implies(one, other)
            for few, many in ((reached, kept), (open_, missed))
            for one in few
            for other in many
        )

    def ways(self, masks: Sequence[int]) -> Ways:
        """Return how to make earlier acts that do what is wanted."""
        key = tuple(masks[number] for number, _ in self.asked)
        if key not in self._known:
            self._known[key] = Ways(tuple(self._found(masks, key)), exact=False)
        return self._known[key]

    def _found(self, masks: Sequence[int], key: Sequence[int]) -> Iterator[Parts]:
        for parts in self._tried(masks):
            found = signature(self.asked, parts)
            if found and fits(found, key):
                yield parts
                return

    def _tried(self, masks: Sequence[int]) -> Iterator[Parts]:
        bounds = [
            bound for number, bound, more in self._bounds if masks[number] & (TRUE | FALSE) == more
        ]
        runs = [
            kind
            for number, one in self.asked
            if isinstance(one.leaf, FactTest)
            for kind in [RUNNING.get(one.leaf.fact.removeprefix("person."))]
            if kind and masks[number] & ~4 == (TRUE if one.leaf.operand else FALSE)
        ]
        towards = any(
            isinstance(one.leaf, FactTest) and one.leaf.fact.startswith("person.")
            for _, one in self.asked
        )
        windows = sorted({b.window for _, b, _ in self._bounds if isinstance(b.window, timedelta)})
        since: list[timedelta | None] = [None]
        if any(masks[number] == UNKNOWN_ONLY for number, _ in self.asked):
            since += [_SECOND, *(window - _SECOND for window in windows), *windows]
        made = partial(_Recalling, tuple(bounds), self._counting)
        shared = frozenset[_Same]().union(*(bound.log[2] for _, bound, _ in self._bounds))
        ways = [frozenset[_Same](), *([shared] if shared else [])]
        for apart, near, back in product(ways, (False, True), since):
            yield {"earlier": made(tuple(runs), near, back, towards, apart)}
        if towards:
            for near in (True, False):
                yield {"earlier": made((), near, None, towards=False), **_NOBODY}
        yield {"earlier": UNKNOWN}
        yield {"earlier": UNKNOWN, "recipient": "somebody"}


def _bounds(question: Question) -> Iterator[tuple[_Bound, int]]:
    """Yield the number of acts that a question is about, and its truth where there are as many."""
    leaf, charter = question.leaf, question.charter
    sense = sense_of(leaf, FactType.LOG) if isinstance(leaf, FactTest) else None
    if not isinstance(leaf, FactTest) or sense is None or sense.acts is None:
        return
    window, low, high = sense.acts(leaf.operand)
    _, kind, *same = leaf.fact.split(".")
    labels = charter.vocabulary.same
    told = frozenset(_Labelled(n.removeprefix("same_"), o) if (o := labels[n]) else n for n in same)
    log = kind, charter.counts.get(kind), told
    if low is not None:
        yield _Bound(log, charter.zone, window, low), TRUE
    if high is not None:
        yield _Bound(log, charter.zone, window, high + 1), FALSE


#: What an act reads that is towards nobody.
_NOBODY: Final = dict.fromkeys(("recipient", "target.author", "in_reply_to.author"), ABSENT)


def _within(one: _Log, other: _Log) -> bool:
    """Return whether the acts of a log are all in another one."""
    return (other[0] == "any" or other[:2] == one[:2]) and other[2] <= one[2]


def _implies(one: _Bound, other: _Bound) -> bool:
    """Return whether a log has as many acts as one bound says where another log has."""
    return (
        one.count >= other.count
        and _within(one.log, other.log)
        and lies_in(one.window, other.window)
        and (one.zone == other.zone or not isinstance(other.window, CalendarUnit))
    )


@internal
class _Recalling:
    """Makes the earlier acts of an act: as many as counts want, soon before or long before."""

    bounds: tuple[_Bound, ...]
    counting: Counting = attrs.field(eq=False)
    runs: tuple[str, ...]
    near: bool
    back: timedelta | None
    towards: bool
    #: What earlier acts are sure not to share, unless a count wants it of them.
    apart: frozenset[_Same] = frozenset()

    def __call__(self, act: Act, now: datetime) -> tuple[Act, Earlier]:
        same = frozenset[_Same]().union(*(bound.log[2] for bound in self.bounds))
        if self.towards:
            act = _towards_somebody(act)
        act = _shareable(act, same | self.apart)
        acts: list[Act] = []
        made: list[tuple[_Log, timedelta]] = []
        for bound in sorted(self.bounds, key=lambda one: (_far(one.window), -len(one.log[2]))):
            far = _far(bound.window)
            back = _SECOND if self.near else far
            have = sum(_within(log, bound.log) and ago <= far for log, ago in made)
            more = min(max(bound.count - have, 0), _MOST)
            made += [(bound.log, back)] * more
            one = _made(act, bound.log, now - back, self.counting)
            acts += [_differing(one, self.apart - bound.log[2])] * more
        acts += [
            attrs.evolve(_alike(act, "same_person"), kind=kind, at=now - _SECOND, duration=None,
                         absent={"duration"})
            for kind in self.runs
        ]  # fmt: skip
        return act, Earlier(acts, None if self.back is None else now - self.back)


def _far(window: Window) -> timedelta:
    if isinstance(window, CalendarUnit):
        return _SECOND
    return timedelta(days=3650) if window is None else window - _SECOND


def _made(act: Act, log: _Log, moment: datetime, counting: Counting) -> Act:
    kind, _, same = log
    if kind in KINDS or "-" in kind:
        base = Act(kind=kind)
    elif kind == "any":
        base = Act(kind="report")
    else:
        base = counting(kind) or Act()
    for name in sorted(same, key=str):
        base = _shared(base, act, name)
    return attrs.evolve(base, at=moment)


def _towards_somebody(act: Act) -> Act:
    """Return an act of which it is known whom it is towards."""
    known = {
        target: attrs.evolve(message, author=message.author or "somebody")
        for target in TARGETS
        if (message := getattr(act, target)) is not None and "author" not in message.absent
    }
    return attrs.evolve(act, **{"recipient": act.recipient or "somebody", **known})


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


def _shareable(act: Act, same: frozenset[_Same]) -> Act:
    """Return the act with something that others may have in common with it."""
    missing: dict[str, Any] = {
        field: value
        for name, (field, value) in _FIELD.items()
        if name in same and getattr(act, field) is None and field not in act.absent
    }
    act = _labelled(attrs.evolve(act, **missing), same, 0)
    return _identified(act) if "same_message" in same else act


def _labelled(act: Act, same: frozenset[_Same], place: int) -> Act:
    """Return the act with words under labels that it says nothing of."""
    told = {
        one.name: one.values()[place]
        for one in same
        if isinstance(one, _Labelled) and one.name not in {*act.labels, *act.absent}
    }
    return attrs.evolve(act, labels={**told, **act.labels})


def _identified(act: Act) -> Act:
    """Return an act of which it is known what messages it is about."""
    known = {
        target: attrs.evolve(message, id=message.id or "a message")
        for target in TARGETS
        if (message := getattr(act, target)) is not None and "id" not in message.absent
    }
    return attrs.evolve(act, **known)


def _shared(base: Act, act: Act, name: _Same) -> Act:
    if isinstance(name, _Labelled):
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


def _differing(one: Act, names: frozenset[_Same]) -> Act:
    """Return an earlier act that shares nothing with others, where it has nothing yet."""
    other = {
        field: value
        for name, (field, value) in _ELSEWHERE.items()
        if name in names and getattr(one, field) is None and field not in one.absent
    }
    return _labelled(attrs.evolve(one, **other), names, -1)


def _alike(act: Act, name: str) -> Act:
    return _shared(Act(), act, name)
