"""Sharing: what acts have in common, as plain tests, and which tests tell them from others.

Only what an act is and where it goes: never who wrote it, when, in which words, nor how many.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from cmcore.charters.conditions.condition import FactTest
from cmcore.charters.conditions.facts import (
    ABSENT,
    BUILTIN,
    FactSpec,
    FactType,
    Missing,
    Vocabulary,
)
from cmcore.charters.conditions.operators import Op
from cmcore.charters.meaning.observation import Facts
from cmcore.reviews.promotions._separate import Split

#: The observed value of a fact; None if it is unknown, or if no test could name it.
Seen = bool | str | frozenset[str] | Missing | None
#: What each of the facts that are compared is seen to be, in their order.
Look = tuple[Seen, ...]

_COMPARED: Final = frozenset({FactType.FLAG, FactType.SYMBOL, FactType.SYMBOLS})
#: Who acts or is answered; what is written; the calendar's chances. No permit is made of these.
_LEFT_OUT: Final = frozenset(
    {
        *("author", "author.roles", "author.trained_in", "in_reply_to.author", "target.author"),
        *(
            "recipient",
            "person.blocked",
            "person.muted",
            "links",
            "domains",
            "fits",
            "hashtags",
            "mentions",
            "local.weekday",
        ),
    }
)
#: One fact says for a whole message that there is none; a calm situation has no severity.
_NEVER_ASKED_ABSENT: Final = frozenset(
    {
        "incident.severity",
        *(n for n in BUILTIN if n.startswith(("in_reply_to.", "target.")) and n[-5:] != ".kind"),
    }
)
#: The first of the unwanted: whatever shares nothing. Every test tells a group from it.
ANYTHING: Final = 1


def compared(vocabulary: Vocabulary) -> tuple[FactSpec, ...]:
    """Return the facts by which acts are compared: flags, symbols and sets, by name."""
    names = sorted({*BUILTIN, *vocabulary.labels} - _LEFT_OUT)
    specs = (vocabulary.find(name) for name in names)
    return tuple(spec for spec in specs if spec and spec.type in _COMPARED)


def look(specs: Iterable[FactSpec], facts: Facts) -> Look:
    """Return what the facts of an act are seen to be."""
    return tuple(_seen(facts.read(spec.name)) for spec in specs)


def _seen(reading: object) -> Seen:
    if reading is ABSENT or isinstance(reading, bool | frozenset):
        return reading
    return reading if isinstance(reading, str) and reading else None


def look_key(seen: Look) -> tuple[tuple[str, ...], ...]:
    """Return what looks are put in order by."""
    return tuple(map(_key, seen))


def _key(seen: Seen) -> tuple[str, ...]:
    return ("{}", *sorted(seen)) if isinstance(seen, frozenset) else (repr(seen),)


def shared(specs: Sequence[FactSpec], looks: Sequence[Look]) -> tuple[FactTest, ...]:
    """Return every test that is true of all the looks, each as narrow as possible.

    Where a symbol differs, it is held to those that were seen.
    """
    columns = zip(specs, zip(*looks, strict=True), strict=True)
    found = (_SHARED[spec.type](spec, {*column}) for spec, column in columns)
    return tuple(test for test in found if test is not None)


def _one(spec: FactSpec, seen: set[Seen]) -> FactTest | None:
    if None in seen:
        return None
    if len(seen) == 1:
        (only,) = seen
        return _none(spec) if only is ABSENT else FactTest(spec.name, Op.IS, only)  # type: ignore[arg-type]
    words = frozenset(word for word in seen if isinstance(word, str))
    return FactTest(spec.name, Op.ONE_OF, words) if len(words) == len(seen) else None


def _many(spec: FactSpec, seen: set[Seen]) -> FactTest | None:
    if None in seen:
        return None
    words = frozenset(word for one in seen if isinstance(one, frozenset) for word in one)
    if words:
        return FactTest(spec.name, Op.ONLY, words)
    if seen == {ABSENT}:
        return _none(spec)
    return None if ABSENT in seen else FactTest(f"{spec.name}.count", Op.IS, 0)


def _none(spec: FactSpec) -> FactTest | None:
    asked = spec.name not in _NEVER_ASKED_ABSENT
    return FactTest(spec.name, Op.PRESENT, operand=False) if asked else None


_SHARED: Final[Mapping[FactType, Callable[[FactSpec, set[Seen]], FactTest | None]]] = {
    FactType.FLAG: _one,
    FactType.SYMBOL: _one,
    FactType.SYMBOLS: _many,
}


def splits(
    specs: Sequence[FactSpec], wanted: Sequence[Look], unwanted: Sequence[Look], least: int
) -> list[Split]:
    """Return what the tests make of both sides, those that are true of fewer than `least` aside.

    Bit n stands for the nth of `wanted`, and bit n + 1 for the nth of `unwanted`: bit 0 is
    `ANYTHING`. Tests that are true of the same wanted count as one.
    """
    merged: dict[int, int] = {}
    for number, spec in enumerate(specs):
        sides = (_Side([one[number] for one in many]) for many in (wanted, unwanted))
        for split in _of_fact(spec, *sides):
            if split.true.bit_count() >= least:
                merged[split.true] = merged.get(split.true, 0) | split.false
    return [Split(true, false) for true, false in sorted(merged.items())]


class _Side:
    """What one fact is seen to be on one side, as the bits of those of whom it is so."""

    def __init__(self, column: Sequence[Seen]) -> None:
        self._size = len(column)
        self._equal: dict[Seen, list[int]] = {}
        self._with: dict[str, list[int]] = {}
        for number, seen in enumerate(column):
            self._equal.setdefault(seen, []).append(number)
            for word in seen if isinstance(seen, frozenset) else ():
                self._with.setdefault(word, []).append(number)
        self.known = self._bits(range(self._size)) & ~self.of(None)
        self.words = tuple(self._with)
        self.values = tuple(seen for seen in self._equal if isinstance(seen, str | bool))

    def of(self, seen: Seen) -> int:
        return self._bits(self._equal.get(seen, ()))

    def has(self, word: str) -> int:
        return self._bits(self._with.get(word, ()))

    def _bits(self, numbers: Iterable[int]) -> int:
        made = bytearray(self._size // 8 + 1)
        for number in numbers:
            made[number >> 3] |= 1 << (number & 7)
        return int.from_bytes(made, "little")


def _of_fact(spec: FactSpec, wanted: _Side, unwanted: _Side) -> Iterator[Split]:
    if _none(spec):
        yield _equal(ABSENT, wanted, unwanted)
    for seen in wanted.values:
        yield _equal(seen, wanted, unwanted)
    if spec.type is FactType.SYMBOLS:
        yield _equal(frozenset(), wanted, unwanted)
        sets = wanted.known & ~wanted.of(ABSENT)
        yield Split(sets, ANYTHING)
        for word in unwanted.words:
            yield Split(sets & ~wanted.has(word), unwanted.has(word) << 1)


def _equal(seen: Seen, wanted: _Side, unwanted: _Side) -> Split:
    apart = unwanted.known & ~unwanted.of(seen)
    return Split(wanted.of(seen), ANYTHING | apart << 1)
