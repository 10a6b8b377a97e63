"""Plans: a charter as rows of bits, one for each alternative of a rule.

An alternative is true where all it names is, and may be true where none of it is false. Each
dimension therefore brings, for each class of rows, the alternatives it leaves true and those it
leaves possible; a row's own are the `and` of its classes.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

import attrs
import numpy as np
from numpy.typing import NDArray

from cmcore.foundation.house import value
from cmcore.foundation.spans import in_utc
from cmcore.frames.answers import Answers
from cmcore.frames.cells import Codes
from cmcore.frames.chunks import Chunk
from cmcore.frames.dimensions import Dimension, columns_read, dimensions
from cmcore.nouns.charter import Charter
from cmcore.nouns.context import Context
from cmcore.nouns.rules import Effect
from cmcore.policy.compiling.normal import NormalForm, normal

Bits = NDArray[np.uint64]

_WORD: Final = 64
#: The most bytes of answers that are worked on at once.
_ROOM: Final = 1 << 23
#: In what order the effects stand.
EFFECTS: Final = (Effect.FORBID, Effect.REFER, Effect.PERMIT)


@value
class Way:
    """An alternative of a rule: the rule's place among all ids, sorted, and what it asks.

    The numbers are those of questions, from 1; a negative one wants the question false.
    """

    rule: int
    effect: Effect
    circuit: int
    literals: tuple[int, ...]


@value
class Literals:
    """What the alternatives ask of one dimension: where they stand, of which question, and what.

    No bit stands twice.
    """

    bits: NDArray[np.intp]
    columns: NDArray[np.intp]
    wanted: NDArray[np.bool_]


class Plan:
    """How a charter decides rows of bits.

    `spans` tells which words of a row of bits belong to each effect; `rule_of` the rule of each
    bit, by its place in `ids`; `circuit_of` its circuit, by its place in `circuits`.
    """

    def __init__(self, charter: Charter, around: Context) -> None:
        self.charter = charter
        self.around = around = _settled(around)
        self.ids = tuple(sorted(rule.id for rule in charter.rules))
        self.circuits = tuple(sorted({rule.to for rule in charter.rules if rule.to}))
        form = normal(charter)
        ways = sorted(_ways(form, self.ids, self.circuits), key=_order)
        asked = dimensions(charter, around, form.questions)
        self.reads = tuple(sorted(columns_read(charter, around, form.questions)))
        self.spans: dict[Effect, slice] = {}
        self.rule_of, self.circuit_of, places = self._lay_out(ways)
        self.words = len(self.rule_of) // _WORD
        literals = [(dimension, list(_literals(dimension, ways, places))) for dimension in asked]
        self.dimensions = tuple((dimension, found) for dimension, found in literals if found)

    def _lay_out(
        self, ways: Sequence[Way]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp], list[int]]:
        rules: list[int] = []
        circuits: list[int] = []
        places: list[int] = []
        for effect in EFFECTS:
            start = len(rules)
            own = [way for way in ways if way.effect is effect]
            places += range(start, start + len(own))
            padding = [-1] * (-len(own) % _WORD)
            rules += [way.rule for way in own] + padding
            circuits += [way.circuit for way in own] + padding
            self.spans[effect] = slice(start // _WORD, len(rules) // _WORD)
        return np.array(rules, np.intp), np.array(circuits, np.intp), places

    @cached_property
    def real(self) -> Bits:
        """The bits that stand for an alternative."""
        return packed((self.rule_of >= 0)[None, :])[0]

    @cached_property
    def circuit_bits(self) -> tuple[tuple[tuple[int, np.uint64], ...], ...]:
        """For each circuit, the words its alternatives stand in, with their bits of each."""
        return tuple(
            tuple(_words(packed((self.circuit_of == place)[None, :])[0]))
            for place in range(len(self.circuits))
        )

    def classes(self, chunk: Chunk) -> Iterator[tuple[Codes, Bits, Bits]]:
        """Yield for each dimension the classes of rows, the bits left true, and those possible."""
        for dimension, literals in self.dimensions:
            codes, answers = dimension.classes(chunk)
            yield codes, *self._masks(answers, literals)

    def _masks(self, answers: Answers, literals: Sequence[Literals]) -> tuple[Bits, Bits]:
        sure = np.empty((len(answers), self.words), np.uint64)
        maybe = np.empty_like(sure)
        step = max(1, _ROOM // max(1, len(self.rule_of)))
        for start in range(0, len(answers), step):
            rows = slice(start, start + step)
            sure[rows] = self._held(answers[rows], literals, 2)
            maybe[rows] = self._held(answers[rows], literals, 1)
        return sure, maybe

    def _held(self, answers: Answers, literals: Sequence[Literals], least: int) -> Bits:
        held = np.ones((len(answers), len(self.rule_of)), np.bool_)
        for one in literals:
            got = answers[:, one.columns]
            held[:, one.bits] &= np.where(one.wanted, got, 2 - got) >= least
        return packed(held)


def _settled(around: Context) -> Context:
    """Return the context with its moment in UTC, as those of a frame are read."""
    return around if around.at is None else attrs.evolve(around, at=in_utc(around.at))


def packed(held: NDArray[np.bool_]) -> Bits:
    """Return rows of yes and no as rows of bits, the first the lowest."""
    return np.packbits(held, axis=1, bitorder="little").view("<u8").astype(np.uint64, copy=False)


def _ways(form: NormalForm, ids: Sequence[str], circuits: Sequence[str]) -> Iterator[Way]:
    """Yield the alternatives of every rule, those of a permit with those of the gate."""
    place_of = {id_: place for place, id_ in enumerate(ids)}
    to = {circuit: place for place, circuit in enumerate(circuits)}
    for made in form.rules:
        rule = made.rule
        gates = form.gate.conjuncts if rule.effect is Effect.PERMIT else ((),)
        for gate in gates:
            for conjunct in made.conjuncts:
                literals = tuple(dict.fromkeys((*conjunct, *gate)))
                yield Way(place_of[rule.id], rule.effect, to.get(rule.to or "", -1), literals)


def _order(way: Way) -> tuple[int, int, int, tuple[int, ...]]:
    return EFFECTS.index(way.effect), way.circuit, way.rule, way.literals


def _literals(
    dimension: Dimension, ways: Sequence[Way], places: Sequence[int]
) -> Iterator[Literals]:
    """Yield what is asked of a dimension, in so many rounds that no bit is asked twice in one."""
    column_of = {number + 1: column for column, number in enumerate(dimension.numbers)}
    rounds: list[list[tuple[int, int, bool]]] = []
    for way, place in zip(ways, places, strict=True):
        own = [literal for literal in way.literals if abs(literal) in column_of]
        for turn, literal in enumerate(own):
            if turn == len(rounds):
                rounds.append([])
            rounds[turn].append((place, column_of[abs(literal)], literal > 0))
    for asked in rounds:
        bits, columns, wanted = zip(*asked, strict=True)
        yield Literals(np.array(bits), np.array(columns), np.array(wanted))


def _words(bits: Bits) -> Iterator[tuple[int, np.uint64]]:
    for place in np.flatnonzero(bits):
        yield int(place), bits[place]
