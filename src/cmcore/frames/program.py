"""Plans: a charter as rows of bits, one for each alternative of a rule.

An alternative is true where all it names is, and may be true where none of it is false. Each
dimension therefore brings, for each class of rows, the alternatives it leaves true and those it
leaves possible; a row's own are the `and` of its classes.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import product
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

from cmcore.base.values import internal
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import FactTest, tests
from cmcore.charters.context import Context
from cmcore.charters.index.normal_form import NormalForm, NormalRule, normal
from cmcore.charters.rule import Effect
from cmcore.frames.answers import Answers
from cmcore.frames.bits import WORD, Bits, packed
from cmcore.frames.cells import Bools, Sets
from cmcore.frames.chunks import Chunk
from cmcore.frames.classes import Classes, Elements, Table
from cmcore.frames.dimensions import Dimension, columns_read, dimensions
from cmcore.frames.elements import Asked, ByWord, by_word, words_by_place
from cmcore.frames.groups import BAD, Naming

#: The most bytes of answers that are worked on at once.
_ROOM: Final = 1 << 23
#: Among how many rows sets are counted, and from how many distinct ones on their words are looked
#: at one by one.
_LOOKED_AT: Final = 8192
MANY: Final = 1024
#: In what order the effects stand.
EFFECTS: Final = (Effect.FORBID, Effect.REFER, Effect.PERMIT)


@internal
class Way:
    """An alternative of a rule: the rule's place among all ids, sorted, and what it asks.

    The numbers are those of questions, from 1; a negative one wants the question false.
    """

    rule: int
    effect: Effect
    circuit: int
    literals: tuple[int, ...]


@internal
class Literals:
    """What the alternatives ask of one dimension: where they stand, of which question, and what.

    No bit stands twice.
    """

    bits: NDArray[np.intp]
    columns: NDArray[np.intp]
    wanted: NDArray[np.bool_]


class Side:
    """A dimension and what the alternatives ask of it, `width` bits wide."""

    def __init__(self, dimension: Dimension, literals: tuple[Literals, ...], width: int) -> None:
        self.dimension = dimension
        self.literals = literals
        self.width = width

    @cached_property
    def is_loose(self) -> bool:
        """Whether there is more to ask of the dimension than its bits tell."""
        asked = {int(column) for one in self.literals for column in one.columns}
        return self.dimension.key[0] == "whole" or len(asked) < len(self.dimension.questions)

    @cached_property
    def by_word(self) -> ByWord | None:
        """What each word contributes, for a fact that is a set of words, read word by word."""
        found = self.dimension
        if found.naming is None:
            return None
        asked = [Asked(int(bit), cast("FactTest", found.questions[column]), bool(wanted))
                 for one in self.literals
                 for bit, column, wanted in zip(one.bits, one.columns, one.wanted, strict=True)
        ]  # fmt: skip
        return by_word(asked, found.naming.words, self.width)

    def sets(self, chunk: Chunk) -> Sets | None:
        """Return the column of sets that answers, where that is all there is to read."""
        plain = self.dimension.plain
        found = None if plain is None else chunk.columns.get(plain.name)
        return found if isinstance(found, Sets) else None

    def elements(self, cells: Sets, worded: ByWord, unsaid: Bits) -> Elements:
        """Return the bits of each row by its words."""
        naming = cast("Naming", self.dimension.naming)
        places = naming.places(cells.words.values, BAD)
        ids = words_by_place(cells, places[cells.words.places])
        bad = cells.odd | (ids == BAD).any(axis=0)
        return Elements(ids, np.where(bad, 2, np.where(cells.given, 0, 1)), worded, unsaid)


class Plan:
    """How a charter decides rows of bits.

    `spans` says which words of a row of bits belong to each effect; `rule_of` the rule of each
    bit, by its place in `ids`; `circuit_of` the circuit it asks where it holds an act, by its place
    in `circuits`. A plan that `explains` distinguishes rows by everything that may be missing.
    """

    def __init__(self, charter: Charter, around: Context, *, explains: bool = False) -> None:
        self.charter = charter
        self.around = around
        self.ids = tuple(sorted(rule.id for rule in charter.rules))
        sent = (rule.sent_to(charter.default) for rule in charter.rules)
        self.circuits = tuple(sorted(frozenset[str]().union(*sent)))
        self.form = form = normal(charter)
        ways = sorted(_ways(form, self.ids, self.circuits), key=_order)
        asked = dimensions(charter, around, form.questions)
        self.reads = tuple(sorted(columns_read(charter, around, form.questions)))
        self.spans: dict[Effect, slice] = {}
        self.rule_of, self.circuit_of, places = self._lay_out(ways)
        self.words = len(self.rule_of) // WORD
        self.dimensions = asked
        sides = [Side(dimension, tuple(_literals(dimension, ways, places)), len(self.rule_of))
                 for dimension in asked]  # fmt: skip
        self.sides = tuple(side for side in sides if side.literals or explains)
        self.explains = explains

    def _lay_out(self, ways: Sequence[Way]) -> tuple[NDArray[np.intp], NDArray[np.intp], list[int]]:
        rules: list[int] = []
        circuits: list[int] = []
        places: list[int] = []
        for effect in EFFECTS:
            start = len(rules)
            own = [way for way in ways if way.effect is effect]
            places += range(start, start + len(own))
            padding = [-1] * (-len(own) % WORD)
            rules += [way.rule for way in own] + padding
            circuits += [way.circuit for way in own] + padding
            self.spans[effect] = slice(start // WORD, len(rules) // WORD)
        return np.array(rules, np.intp), np.array(circuits, np.intp), places

    @cached_property
    def real(self) -> Bits:
        """The bits that stand for an alternative."""
        found: Bits = packed((self.rule_of >= 0)[None, :])[0]
        return found

    @cached_property
    def circuit_bits(self) -> tuple[tuple[tuple[int, np.uint64], ...], ...]:
        """For each circuit, the words its alternatives stand in, with their bits of each."""
        return tuple(
            tuple(_words(packed((self.circuit_of == place)[None, :])[0]))
            for place in range(len(self.circuits))
        )

    @cached_property
    def simple(self) -> Bools:
        """Which rules, by their place in `ids`, ask all they ask in one alternative.

        Such a rule is unknown because of the missing facts in the dimensions that leave it only
        possible.
        """
        found = [_is_simple(self.form, made) for made in self.form.rules]
        order = np.argsort([made.rule.id for made in self.form.rules])
        return np.array(found, np.bool_)[order]

    def tables(self, chunk: Chunk) -> Iterator[Table]:
        """Yield for each dimension what bits it leaves each row."""
        for side in self.sides:
            cells = side.sets(chunk)
            worded = side.by_word if cells and cells.variety(_LOOKED_AT) > MANY else None
            plain = side.dimension.plain
            if cells is None or worded is None or plain is None:
                codes = side.dimension.codes(chunk)
                answers = side.dimension.answers(chunk, codes.firsts())
                yield Classes(codes, self._masks(answers, side.literals))
            else:
                unsaid = self._masks(side.dimension.unsaid(chunk, plain), side.literals)
                yield side.elements(cells, worded, unsaid)

    def _masks(self, answers: Answers, literals: Sequence[Literals]) -> Bits:
        found = np.empty((len(answers), 2 * self.words), np.uint64)
        step = max(1, _ROOM // max(1, len(self.rule_of)))
        for start in range(0, len(answers), step):
            rows = slice(start, start + step)
            found[rows, : self.words] = self._held(answers[rows], literals, 2)
            found[rows, self.words :] = self._held(answers[rows], literals, 1)
        return found

    def _held(self, answers: Answers, literals: Sequence[Literals], least: int) -> Bits:
        held = np.ones((len(answers), len(self.rule_of)), np.bool_)
        for one in literals:
            got = answers[:, one.columns]
            held[:, one.bits] &= np.where(one.wanted, got, 2 - got) >= least
        return packed(held)


def _ways(form: NormalForm, ids: Sequence[str], circuits: Sequence[str]) -> Iterator[Way]:
    """Yield the alternatives of every rule, those of a permit with those of the gate.

    One that asks several circuits stands once for each of them.
    """
    place_of = {id_: place for place, id_ in enumerate(ids)}
    to = {circuit: place for place, circuit in enumerate(circuits)}
    for made in form.rules:
        rule = made.rule
        is_permit = rule.effect is Effect.PERMIT
        gates = form.gate.conjuncts if is_permit else ((),)
        sent = [-1] if is_permit else [to[one] for one in rule.sent_to(form.charter.default)]
        for gate, conjunct, circuit in product(gates, made.conjuncts, sent):
            literals = tuple(dict.fromkeys((*conjunct, *gate)))
            yield Way(place_of[rule.id], rule.effect, circuit, literals)


def _is_simple(form: NormalForm, made: NormalRule) -> bool:
    gates = form.gate.conjuncts if made.rule.effect is Effect.PERMIT else ((),)
    if made.whole or len(made.conjuncts) != 1 or len(gates) != 1:
        return False
    asked = {form.question(literal) for literal in made.conjuncts[0]}
    return asked >= set(tests(made.rule.when))


def _order(way: Way) -> tuple[int, int, int, tuple[int, ...]]:
    return EFFECTS.index(way.effect), way.circuit, way.rule, way.literals


def _literals(
    dimension: Dimension, ways: Sequence[Way], places: Sequence[int]
) -> Iterator[Literals]:
    """Yield the questions to a dimension, in rounds that ask no bit twice."""
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
