"""Gaps: the widest kinds of act of which no rule says anything, as conditions."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cached_property, reduce
from itertools import chain
from operator import or_
from typing import Final

from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.analysis._examiner import Examiner
from cmcore.charters.analysis._fewest import fewest
from cmcore.charters.analysis._formula import ANY, FALSE, TRUE, Atom, Formula, asked, either, every
from cmcore.charters.analysis._kinds import asking, being
from cmcore.charters.analysis._logs import Logs
from cmcore.charters.analysis._scalars import specs_of, tests_of
from cmcore.charters.analysis._search import Found, World
from cmcore.charters.analysis._sets import Sets
from cmcore.charters.analysis._texts import Texts
from cmcore.charters.analysis._theory import Cells, Theory
from cmcore.charters.analysis.analysis import Unruled
from cmcore.charters.conditions.condition import All, Condition, words_asked
from cmcore.charters.conditions.facts import UNKNOWN, FactSpec, FactType
from cmcore.charters.history import Case
from cmcore.charters.meaning.observation import Facts

#: How many kinds of act are looked for: more than the first where that takes no more work.
_FEW, _MOST, _WORK = 12, 24, 300_000
#: How many truths are tried before a kind of act is not made wider.
_STEPS: Final = 200
_KNOWN: Final = TRUE | FALSE
#: Of a fact with more kinds of values than that, what is asked is told instead of the values.
_VALUES: Final = 64
#: Of more tests of a fact than that, few are not looked for by leaving out each in turn.
_MANY: Final = 24


@internal
class _Part:
    """What a kind of act has to be in one respect: `when`, or in formulas, `inside` or `outside`.

    Those say the same of acts that are known in this respect.
    """

    inside: tuple[Formula, ...]
    outside: Formula
    when: tuple[Condition, ...]


@internal
class _Kind:
    """A kind of act, and what is so of acts that are of the kind, or are not."""

    gap: Unruled
    inside: tuple[Formula, ...]
    outside: Formula


def gaps(examiner: Examiner) -> tuple[tuple[Unruled, ...], Truth, Case | None]:
    """Return kinds of act of which a charter says nothing, each as wide as it can be made.

    And whether it says nothing of other acts either, whose facts are known, with one of them.
    """
    kinds: list[_Kind] = []
    weighing = _Weighing(examiner)
    enough = examiner.budget.left - _WORK
    while True:
        made = _outside(examiner, [kind.outside for kind in kinds])
        most = _MOST if examiner.budget.left > enough else _FEW
        if made.world is None or len(kinds) >= most:
            break
        parts = list(_Widening(examiner, made.world, weighing).parts())
        when = All(tuple(one for part in parts for one in part.when))
        # an act that has no more than makes it one of the kind shows it best
        leaves = [leaf for part in parts for leaf in part.inside]
        shown = examiner.find_among(examiner.sheets[0].silent, leaves).world or made.world
        if examiner.budget.is_spent:
            return _ordered(examiner, kinds), Truth.UNKNOWN, None
        outside = either(part.outside for part in parts)
        kinds.append(_Kind(Unruled(when, Case(*shown)), tuple(leaves), outside))
    more = Truth.of(made.world is not None if made.settled else None)
    return _ordered(examiner, kinds), more, None if made.world is None else Case(*made.world)


def _ordered(examiner: Examiner, kinds: Sequence[_Kind]) -> tuple[Unruled, ...]:
    """Return the kinds that are in none of those found after them, the shortest first.

    Last are kinds of acts of days on which the charter is not in force.
    """
    charter = examiner.charters[0]
    found = [
        one.gap
        for place, one in enumerate(kinds, 1)
        if not any(_is_inside(examiner, one, other) for other in kinds[place:])
    ]

    def oddness(gap: Unruled) -> tuple[bool, int]:
        day = Facts(charter, gap.witness.act, gap.witness.context).day
        return charter.term.holds(day) is Truth.FALSE, len(gap.when.of)

    return tuple(sorted(found, key=oddness))


def _is_inside(examiner: Examiner, one: _Kind, other: _Kind) -> bool:
    """Return whether it is proven that acts of a kind, if all is known, are of another as well."""
    held = (*one.inside, other.outside)
    known = {number: Atom(number, _KNOWN) for formula in held for number in asked(formula)}
    return examiner.impossible([*known.values(), *held])


def _outside(examiner: Examiner, outside: Iterable[Formula]) -> Found:
    """Return an act of which nothing is said, and which is in no kind that was found."""
    known = (Atom(number, _KNOWN) for number in range(len(examiner.questions)))
    return examiner.find_among(examiner.sheets[0].silent, [*known, *outside])


#: What is left out of a kind of act first, if it can be: what takes the longest to read.
_DULL: Final[Sequence[type[Theory]]] = (Logs, Texts, Sets)


class _Widening:
    """Makes the kind of one act, of which nothing is said, as wide as it can be."""

    def __init__(self, examiner: Examiner, world: World, weighing: "_Weighing") -> None:
        self._examiner = examiner
        self._weighing = weighing
        bits = examiner.leaves(world)
        self._atoms: dict[int, tuple[Atom, ...]] = {
            place: tuple(Atom(number, bits[number]) for number, _ in theory.asked)
            for place, theory in enumerate(examiner.theories)
            if all(bits[number] & _KNOWN for number, _ in theory.asked)
        }

    def parts(self) -> Iterator[_Part]:
        """Yield in what respects acts are of the kind: few of them, each as wide as it can be."""
        inside: dict[int, Sequence[Formula]] = {
            place: self._atoms[place]
            for place in fewest(sorted(self._atoms, key=self._dullness), self._is_silent)
        }
        for place in sorted(inside, key=self._is_listed):
            others = [leaf for other, own in inside.items() if other != place for leaf in own]
            is_listed = self._is_listed(place)
            part = self._values(place, others) if is_listed else self._tests(place, others)
            inside[place] = part.inside
            yield part

    def _dullness(self, place: int) -> tuple[int, bool]:
        theory = self._examiner.theories[place]
        found = (rank for rank, dull in enumerate(_DULL) if isinstance(theory, dull))
        return next(found, len(_DULL)), self._examiner.facts[place] == "kind"

    def _is_silent(self, places: Iterable[int]) -> bool:
        leaves = [atom for place in places for atom in self._atoms[place]]
        return self._examiner.silences(leaves, _STEPS)

    def _tests(self, place: int, others: Sequence[Formula]) -> _Part:
        """Return what some tests of a fact come to, as few as suffice."""
        examiner = self._examiner
        atoms = self._hitting(place, others)

        def is_silent(some: Sequence[Atom]) -> bool:
            return examiner.silences([*others, *some], _STEPS)

        if not atoms or not is_silent(atoms):
            own = self._weighing.strongest_first(place, self._atoms[place])
            atoms = fewest(own, is_silent, in_turn=len(own) <= _MANY)
        told = [(examiner.questions[atom.question], atom.mask) for atom in atoms]
        outside = either(Atom(atom.question, ~atom.mask & ANY) for atom in atoms)
        return _Part(tuple(atoms), outside, asking(told))

    def _hitting(self, place: int, others: Sequence[Formula]) -> list[Atom]:
        """Return tests of a fact, each of which silences rules, chosen by how many; or none.

        Where there are many of them, that takes less than leaving out one after the other.
        """
        atoms = self._atoms[place]
        if len(atoms) <= _MANY:
            return []
        left = self._examiner.silencing(others, atoms)
        if not all(left):
            return []
        chosen: list[Atom] = []
        while left:
            (best, _), *_ = Counter(chain.from_iterable(left)).most_common(1)
            chosen.append(best)
            left = [ways for ways in left if best not in ways]
        return chosen

    def _values(self, place: int, others: Sequence[Formula]) -> _Part:
        """Return which values a fact has in the kind."""
        theory, spec = self._listed[place]
        numbers = [number for number, _ in theory.asked]
        good: list[tuple[int, ...]] = []
        rest: list[tuple[int, ...]] = []
        values: dict[bool, list[object]] = {True: [], False: []}
        for bits, like in theory.kinds.items():
            atoms = list(map(Atom, numbers, bits))
            found = [one for parts in like for one in parts.values() if _is_value(one)]
            is_in = bool(found) and self._examiner.silences([*others, *atoms], _STEPS)
            (good if is_in else rest).append(bits)
            values[is_in] += found
        told = _told_apart(good, rest)
        ways = list(dict.fromkeys(tuple(bits[one] for one in told) for bits in good))
        inside = either(
            every(Atom(numbers[one], bit) for one, bit in zip(told, way, strict=True))
            for way in ways
        )
        outside = every(
            either(Atom(numbers[one], ~bit & ANY) for one, bit in zip(told, way, strict=True))
            for way in ways
        )
        named = {word for test in tests_of(theory.asked) for word in words_asked(test)}
        # what each question can be then follows, and is said so that it need not be searched for
        masks = (reduce(or_, found) for found in zip(*good, strict=True))
        return _Part(
            (inside, *map(Atom, numbers, masks)),
            outside,
            being(spec, values[True], values[False], named),
        )

    def _is_listed(self, place: int) -> bool:
        return place in self._listed

    @cached_property
    def _listed(self) -> dict[int, tuple[Cells, FactSpec]]:
        """The facts that are a word or a flag, and few enough of each, so that each is tried."""
        found: dict[int, tuple[Cells, FactSpec]] = {}
        for place, theory in enumerate(self._examiner.theories):
            fact = self._examiner.facts[place]
            specs = specs_of(theory.asked, fact)
            if not isinstance(theory, Cells) or theory.wild or len(specs) != 1:
                continue
            is_listed = specs[0].type in {FactType.FLAG, FactType.SYMBOL}
            if is_listed and fact not in _TOGETHER and len(theory.kinds) <= _VALUES:
                found[place] = theory, specs[0]
        return found


class _Weighing:
    """Weighs what may be so of a fact: what implies more is stronger, and told of fewer acts."""

    def __init__(self, examiner: Examiner) -> None:
        self._examiner = examiner
        self._implied: dict[tuple[Atom, Atom], bool] = {}

    def strongest_first(self, place: int, atoms: Sequence[Atom]) -> list[Atom]:
        """Return what is so of a fact, that first which implies the most of the rest."""
        many = len(atoms) > _MANY
        weights = {
            atom: 0 if many else sum(self._implies(place, atom, other) for other in atoms)
            for atom in atoms
        }
        return sorted(atoms, key=lambda atom: (-weights[atom], atom.mask == TRUE))

    def _implies(self, place: int, one: Atom, other: Atom) -> bool:
        key = (one, other)
        if key not in self._implied:
            examiner = self._examiner
            theory = examiner.theories[place]
            masks = [_KNOWN] * len(examiner.questions)
            masks[one.question] = one.mask
            masks[other.question] &= ~other.mask
            examiner.budget.spend(1 + len(theory.asked))
            self._implied[key] = not masks[one.question] or not theory.narrow(masks)
        return self._implied[key]


def _is_value(of: object) -> bool:
    """Return whether a flag or a word may be this: a moment says of a holiday that it depends."""
    return of is not UNKNOWN and not isinstance(of, datetime)


#: Facts whose values depend on those of others.
_TOGETHER: Final = frozenset({"at", "incident", "logs"})


def _told_apart(good: Sequence[tuple[int, ...]], rest: Sequence[tuple[int, ...]]) -> list[int]:
    """Return the places of questions whose truths tell each one of `good` from all of `rest`."""
    left = {(one, other) for one in good for other in rest}
    told: list[int] = []
    while left:
        apart = [sum(a[place] != b[place] for a, b in left) for place in range(len(good[0]))]
        best = apart.index(max(apart))
        told.append(best)
        left = {(a, b) for a, b in left if a[best] == b[best]}
    return told
