"""Shapes: which values of one fact the tests that a conjunct puts to it let through.

Every test here is true or false of a value, never unknown. Tests that cannot be told from the
value alone, or that may fail, have no shape: they are asked when all else holds.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, Generic, TypeVar

from cmcore.base.values import internal
from cmcore.charters.conditions.condition import FactTest, of_nothing, sense_of, words_asked
from cmcore.charters.conditions.facts import FactType
from cmcore.charters.conditions.operands import Range
from cmcore.charters.conditions.operators import OPERATORS, Cut, Relation, Span
from cmcore.charters.rule import Term

_V = TypeVar("_V")


@internal
class Among(Generic[_V]):
    """The values named or, when `others`, all but these."""

    named: frozenset[_V] = frozenset()
    others: bool = False

    def meet(self, that: "Among[_V]") -> "Among[_V]":
        """Return the values that both let through."""
        if self.others and that.others:
            return Among(self.named | that.named, others=True)
        if self.others or that.others:
            some, but = (that, self) if self.others else (self, that)
            return Among(some.named - but.named)
        return Among(self.named & that.named)


def union(shapes: Iterable[Among[_V]]) -> Among[_V]:
    """Return the values that at least one lets through."""
    named: set[_V] = set()
    but: frozenset[_V] | None = None
    for shape in shapes:
        if shape.others:
            but = shape.named if but is None else but & shape.named
        else:
            named |= shape.named
    return Among(frozenset(named)) if but is None else Among(but - named, others=True)


@internal
class Spread:
    """Stretches of values in order, none of which touches another."""

    stretches: tuple[Span, ...] = ((None, None),)

    def meet(self, that: "Spread") -> "Spread":
        """Return the values that both let through."""
        pairs = [(_later(a, c), _sooner(b, d))
                 for a, b in self.stretches for c, d in that.stretches]  # fmt: skip
        return Spread(tuple(sorted((p for p in pairs if not _empty(*p)), key=_start)))

    def flip(self) -> "Spread":
        """Return all the other values."""
        gaps: list[Span] = []
        start: Cut | None = None
        ended = False
        for first, last in self.stretches:
            gaps += [] if first is None else [(start, first)]
            start, ended = last, last is None
        return Spread(tuple(gaps if ended else [*gaps, (start, None)]))


def _later(one: Cut | None, other: Cut | None) -> Cut | None:
    if one is None or other is None:
        return other if one is None else one
    return max(one, other)


def _sooner(one: Cut | None, other: Cut | None) -> Cut | None:
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)


def _empty(start: Cut | None, stop: Cut | None) -> bool:
    return start is not None and stop is not None and start >= stop


def _start(stretch: Span) -> tuple[bool, Any]:
    return (False, ()) if stretch[0] is None else (True, stretch[0])


@internal
class Elements:
    """Sets with an element among each of `touches`, and none among `avoids`; never, if said so."""

    touches: tuple[Among[Any], ...] = ()
    avoids: Among[Any] = Among()
    never: bool = False

    def meet(self, that: "Elements") -> "Elements":
        """Return the sets that both let through."""
        touches = tuple(dict.fromkeys((*self.touches, *that.touches)))
        return Elements(touches, union((self.avoids, that.avoids)), self.never or that.never)


Shape = Among[Any] | Spread | Elements


# ----------------------------------------------------------------------------------------- of tests

#: All values of a fact of each type, and none.
_ALL: Final[Mapping[FactType, tuple[Shape, Shape]]] = {
    **dict.fromkeys((FactType.FLAG, FactType.SYMBOL), (Among[Any](others=True), Among[Any]())),
    **dict.fromkeys((FactType.NUMBER, FactType.DURATION, FactType.INSTANT), (Spread(), Spread(()))),
    **dict.fromkeys((FactType.SYMBOLS, FactType.TEXT), (Elements(), Elements(never=True))),
}


def _among(want: Any, *, there: bool) -> Among[Any]:  # noqa: ANN401 - a flag or a word, or several
    return Among(want if isinstance(want, frozenset) else frozenset((want,)), others=not there)


def _some(want: frozenset[Any], *, there: bool) -> Elements:
    return Elements((Among(want),)) if there else Elements((), Among(want))


def _each(want: frozenset[Any], *, there: bool) -> Elements | None:
    if there:
        return Elements(tuple(Among(frozenset((word,))) for word in sorted(want)))
    return Elements((), Among(want)) if len(want) == 1 else None


def _beyond(want: frozenset[Any], *, there: bool) -> Elements:
    others = Among(want, others=True)
    return Elements((others,)) if there else Elements((), others)


#: What lets a value through by how it has to stand to the operand, or may not; a text is the set of
#: the word lists found in it. Of what has no row here, a value alone does not tell.
_SHAPES: Final[Mapping[Relation, Callable[..., Shape | None]]] = {
    Relation.AMONG: _among,
    Relation.SOME: _some,
    Relation.EACH: _each,
    Relation.BEYOND: _beyond,
    Relation.WORDS: _some,
}


def shape_of(test: FactTest, number: int, kind: FactType, *, wanted: bool) -> Shape | None:
    """Return the values of a fact of that kind that the test or its contrary lets through.

    `number` stands for the test's word list, if it has one. None where a value alone does not
    tell, or where the operand is not plain, so that comparing may be a matter of its class.
    """
    sense = sense_of(test, kind)
    if sense is None or not _plain(test.operand) or is_wide(test):
        return None
    there = wanted is not OPERATORS[test.op].negated
    if sense.relation is Relation.THERE:
        return _ALL[kind][test.operand is not there]
    if sense.span:
        spread = Spread((sense.span(test.operand),))
        return spread if there else spread.flip()
    made = _SHAPES.get(sense.relation)
    want: Any = frozenset((number,)) if sense.relation is Relation.WORDS else test.operand
    return made(want, there=there) if made else None


def is_wide(test: FactTest) -> bool:
    """Return whether a test names all the sites below one, which are no values one by one."""
    words = words_asked(test)
    is_starred = test.fact == "hosts" and any(word.startswith("*") for word in words)
    return is_starred or (test.fact == "domains" and bool(words))


def _plain(want: object) -> bool:
    if isinstance(want, Range):
        return _plain(want.low) and _plain(want.high)
    if isinstance(want, frozenset):
        return all(type(word) is str for word in want)
    if isinstance(want, int | float | str | timedelta | datetime):
        return type(want) in _PLAIN
    return True


_PLAIN: Final = frozenset({bool, int, float, str, timedelta, datetime})


def absent_holds(test: FactTest, *, wanted: bool) -> bool:
    """Return whether the test, or its contrary, holds of a fact known to have no value."""
    return of_nothing(test) is wanted


def term_shape(term: Term) -> Spread:
    """Return the days of a term."""
    since = None if term.since is None else (term.since, False)
    through = None if term.through is None else (term.through, True)
    return Spread(((since, through),))
