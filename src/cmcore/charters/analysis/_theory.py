"""Theories: which truths the questions about one subject can have together, and what gives them.

A theory may allow too much, never too little: what it excludes, no act has. What it offers is tried
before anybody relies on it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Protocol

from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.act import Act
from cmcore.charters.analysis._formula import ANY, BIT, Leaf
from cmcore.charters.analysis._worlds import Parts, world
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import FactTest
from cmcore.charters.conditions.facts import FactType, Reading
from cmcore.charters.context import Context
from cmcore.charters.meaning.kleene import test_truth
from cmcore.charters.meaning.observation import Facts


@internal
class Question:
    """What has a truth for each act: a leaf of a condition, as a charter reads it."""

    charter: Charter
    leaf: Leaf

    def truth(self, facts: Facts) -> Truth:
        """Return its truth, by the reference."""
        if isinstance(self.leaf, FactTest):
            return test_truth(self.leaf, facts)
        return self.leaf.holds(facts.day)


#: Questions by their numbers.
Asked = Sequence[tuple[int, Question]]


@internal
class Ways:
    """Parts of worlds that may do what is wanted; without any, `exact` says that there are none."""

    parts: tuple[Parts, ...]
    exact: bool = True


class Theory(Protocol):
    """What can be so of the questions about one subject."""

    asked: Asked

    def narrow(self, masks: list[int], /) -> bool:
        """Take from `masks` what cannot be with the rest; return False where nothing is left."""
        ...

    def ways(self, masks: Sequence[int], /) -> Ways:
        """Return parts of worlds in which each question has a truth of its mask, best first."""
        ...


def masked(asked: Asked) -> Callable[[Sequence[int]], tuple[int, ...]]:
    """Return what picks the masks of some questions out of all masks."""
    numbers = [number for number, _ in asked]
    if len(numbers) == 1:
        return lambda masks: (masks[numbers[0]],)
    return itemgetter(*numbers)


def truths(asked: Asked, act: Act, context: Context) -> list[int]:
    """Return the truth of each question for an act, as a bit."""
    facts: dict[int, Facts] = {}
    found: list[int] = []
    for _, question in asked:
        key = id(question.charter)
        if key not in facts:
            facts[key] = Facts(question.charter, act, context)
        found.append(BIT[question.truth(facts[key])])
    return found


def signature(asked: Asked, parts: Parts) -> list[int] | None:
    """Return the truths that parts of a world give; None where no such world can be made."""
    try:
        charters = list({id(one.charter): one.charter for _, one in asked}.values())
        return truths(asked, *world(charters, parts))
    except Exception:  # noqa: BLE001 - what cannot be made is no witness, whatever the reason
        return None


def makes(asked: Asked, parts: Parts, masks: Sequence[int]) -> bool:
    """Return whether parts of a world give each question a truth of its mask."""
    open_ = [one for one in asked if masks[one[0]] != ANY]
    found = signature(open_, parts)
    return found is not None and fits(found, (masks[number] for number, _ in open_))


def fits(found: Iterable[int], masks: Iterable[int]) -> bool:
    """Return whether each truth is among those of its mask."""
    return all(truth & mask for truth, mask in zip(found, masks, strict=True))


class _Given:
    """Readings in which every fact is one value."""

    zone = "UTC"

    def __init__(self, value: Reading) -> None:
        self._value = value

    def type_of(self, _: str) -> FactType:
        return next(t for kind, t in _KINDS if isinstance(self._value, kind))

    def read(self, _: str) -> Reading:
        return self._value


def holds_of(test: FactTest, value: bool | float | frozenset[str]) -> bool:  # noqa: FBT001 - a value
    """Return whether a test holds of a flag, of a number or of a set."""
    return test_truth(test, _Given(value)) is Truth.TRUE


_KINDS = (
    (bool, FactType.FLAG),
    (int | float, FactType.NUMBER),
    (frozenset, FactType.SYMBOLS),
)


class Cells:
    """The values of a fact, or of facts that hang together, one of each kind that can be told."""

    def __init__(self, asked: Asked, parts: Iterable[Parts], *, wild: bool = False) -> None:
        """`wild` says that there may be values beyond those given, of which nothing is known."""
        self.asked = asked
        self.wild = wild
        #: Kinds of values, by the truths that they give: those given first of each, and all others.
        self.kinds: dict[tuple[int, ...], list[Parts]] = {}
        for one in parts:
            found = signature(asked, one)
            if found is None:
                self.wild = True
            else:
                self.kinds.setdefault(tuple(found), []).append(one)
        #: For each question, the kinds that have a truth among a mask, as bits.
        self._having = [
            (number, [sum((bits[place] & mask > 0) << kind for kind, bits in enumerate(self.kinds))
                      for mask in range(ANY + 1)])
            for place, (number, _) in enumerate(asked)
        ]  # fmt: skip
        #: What may be so of the questions where only some kinds are left.
        self._narrowed: dict[int, list[tuple[int, int]]] = {}

    def narrow(self, masks: list[int]) -> bool:
        """Leave the truths that the values left have."""
        if self.wild:
            return True
        left = self._left(masks)
        if left not in self._narrowed:
            self._narrowed[left] = list(self._truths(left))
        for number, mask in self._narrowed[left]:
            masks[number] &= mask
        return left != 0

    def _left(self, masks: Sequence[int]) -> int:
        left = (1 << len(self.kinds)) - 1
        for number, having in self._having:
            left &= having[masks[number]]
        return left

    def _truths(self, left: int) -> Iterator[tuple[int, int]]:
        for number, having in self._having:
            mask = sum(bit for bit in BIT.values() if having[bit] & left)
            if mask != ANY:
                yield number, mask

    def ways(self, masks: Sequence[int]) -> Ways:
        """Return the values left, in the order they were given: one of each kind, then others."""
        left = self._left(masks)
        found = [like for place, like in enumerate(self.kinds.values()) if left >> place & 1]
        firsts, others = [like[0] for like in found], [like[-1] for like in found if like[1:]]
        return Ways((*firsts[:_MOST], *others[:_MOST]), exact=not self.wild)


_MOST = 12


class Anything:
    """A theory that excludes and offers nothing: of facts that charters take differently."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked

    def narrow(self, _: list[int]) -> bool:
        """Return True: nothing is excluded."""
        return True

    def ways(self, _: Sequence[int]) -> Ways:
        """Return no way, without saying that there is none."""
        return Ways((), exact=False)
