"""The sheet of a charter: each alternative of its rules a bit, and what every fact leaves of them.

What an act's facts leave of each slot is kept apart, so that where an edit changes one fact, only
what that fact leaves is asked again.
"""

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, Final

from cmcore.base.ledgers import Memory, built
from cmcore.base.truth import Truth
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import tests
from cmcore.charters.conditions.facts import UNKNOWN
from cmcore.charters.index._assemble import DAY, Assembly, Source
from cmcore.charters.index._blocks import Gap, Item
from cmcore.charters.index._masks import Table, mask, table
from cmcore.charters.index._sight import clean
from cmcore.charters.index.normal_form import NormalForm, Question, answer, normal
from cmcore.charters.meaning.observation import Facts, moved_by
from cmcore.charters.rule import Effect, Rule, Term

#: The most alternatives that a sheet is made of; the room it takes grows with their square.
MOST_ITEMS: Final = 32_768
#: How many rules the judgements that a sheet keeps may name, all together.
_KEPT_RULES: Final = 65_536


class OddReading(Exception):  # noqa: N818 - it is no error: the plain way is taken
    """A fact reads as a value that no table has a place for."""


class Slot:
    """One fact, or one question that no table answers, and what it leaves of the items.

    `moved_by` are the fields of an act whose edits may change it; `asking` the items that ask it.
    """

    __slots__ = ("asking", "facts", "moved_by")

    def __init__(self, facts: Iterable[str], asking: int) -> None:
        self.facts = frozenset(facts)
        self.asking = asking
        self.moved_by = frozenset[str]().union(*map(moved_by, self.facts))

    @abstractmethod
    def leaves(self, facts: Facts) -> tuple[int, int]:
        """Return the items that it leaves, and those that it does not leave unknown."""


class FactSlot(Slot):
    """A fact with its table."""

    __slots__ = ("name", "source", "table")

    def __init__(self, source: Source, made: Table) -> None:
        super().__init__([source.name], made.asking)
        self.name = source.name
        self.source = source
        self.table = made

    def leaves(self, facts: Facts) -> tuple[int, int]:
        """Return the items that the fact leaves, and those that it does not leave unknown."""
        if self.name == DAY:
            return self.of(Gap.UNKNOWN if facts.day is None else facts.day)
        reading = facts.read(self.name)
        if reading is UNKNOWN:  # as most facts are of most acts
            return -1, self.table.free
        return self.of(clean(self.source, reading))

    def of(self, value: Any) -> tuple[int, int]:  # noqa: ANN401 - as its type says, or a gap
        """Return the same, by what the fact reads."""
        its = self.table
        if value.__class__ is not Gap:
            return its.look(value), -1
        if value is Gap.UNKNOWN:
            return -1, its.free
        if value is Gap.ABSENT:
            return its.absent, -1
        raise OddReading


class QuestionSlot(Slot):
    """A question that no table answers: `wanted` are the items that want it true."""

    __slots__ = ("question", "unwanted", "wanted")

    def __init__(self, question: Question, wanted: int, unwanted: int) -> None:
        asked: Any = question  # a term is a fact of its own
        super().__init__((test.fact for test in tests(asked)), wanted | unwanted)
        self.question = question
        self.wanted = wanted
        self.unwanted = unwanted

    def leaves(self, facts: Facts) -> tuple[int, int]:
        """Return the items that the answer leaves, and those that it does not leave unknown."""
        found = answer(self.question, facts)
        if found is Truth.UNKNOWN:
            return -1, ~self.asking
        return ~(self.unwanted if found is Truth.TRUE else self.wanted), -1


class Sheet:
    """The alternatives of a charter by bit: its gate lowest, permits, then what stands in the way.

    Within each, rules are in order of their ids. `every` is the mask of all.
    """

    def __init__(self, charter: Charter, form: NormalForm, made: Assembly) -> None:
        self.charter = charter
        self.form = form
        items = sorted(made.items, key=_place)
        self.rules = tuple(item.rule for item in items)
        self.every = (1 << len(items)) - 1
        self.gates = mask(at for at, rule in enumerate(self.rules) if rule is None)
        self.permits = mask(
            at for at, rule in enumerate(self.rules) if rule and rule.effect is Effect.PERMIT
        )
        self.refusing = self.every ^ self.gates ^ self.permits
        self.slots = (*_fact_slots(items, made), *_question_slots(items, form))
        self._judged = Memory[tuple[tuple[Rule, Truth], ...]](_KEPT_RULES)

    def judged(self, left: int, sure: int) -> tuple[tuple[Rule, Truth], ...]:
        """Return the rules that are true or unknown where these items are left, or surely so.

        They stand in order of their ids within their effects. Acts are many, and ways to judge
        them few: each is worked out once, as long as there is room.
        """
        found = self._judged.get((left, sure))
        if found is None:
            made = tuple(self._truths(left, sure))
            found = self._judged.keep((left, sure), made, len(made))
        return found

    def opened(self, left: int, sure: int) -> Truth:
        """Return whether the charter is in force, and the act in its scope, by what is left."""
        if sure & self.gates:
            return Truth.TRUE
        return Truth.UNKNOWN if left & self.gates else Truth.FALSE

    def _truths(self, left: int, sure: int) -> Iterable[tuple[Rule, Truth]]:
        is_open = self.opened(left, sure)
        found: dict[str, tuple[Rule, Truth]] = {}
        within = left & (self.refusing if is_open is Truth.FALSE else ~self.gates)
        for bit in bits(within):
            rule = self.rule(bit)
            own = Truth.TRUE if bit & sure else Truth.UNKNOWN
            own = own & is_open if rule.effect is Effect.PERMIT else own
            if rule.id not in found or own is Truth.TRUE:
                found[rule.id] = rule, own
        return found.values()

    def rule(self, bit: int) -> Rule:
        """Return the rule of a bit, which is none of the gate's."""
        found = self.rules[bit.bit_length() - 1]
        assert found is not None  # noqa: S101 - for type checkers
        return found

    @cached_property
    def dated(self) -> tuple[Rule, ...]:
        """The rules that are not in force on all days."""
        always = Term()
        return tuple(rule for rule in self.charter.rules if rule.term != always)


def _place(item: Item) -> tuple[int, str]:
    if item.rule is None:
        return 0, ""
    return (1 if item.rule.effect is Effect.PERMIT else 2), item.rule.id


def _fact_slots(items: list[Item], made: Assembly) -> Iterator[FactSlot]:
    for fact, source in enumerate(made.sources):
        shapes = {at: item.shapes[fact] for at, item in enumerate(items) if fact in item.shapes}
        absent = [at for at in shapes if fact in items[at].absent]
        yield FactSlot(source, table(shapes, absent, len(items)))


def _question_slots(items: list[Item], form: NormalForm) -> Iterator[QuestionSlot]:
    asked: dict[int, tuple[list[int], list[int]]] = {}
    for at, item in enumerate(items):
        for literal in item.asks:
            asked.setdefault(abs(literal), ([], []))[literal < 0].append(at)
    for number, (wanted, unwanted) in sorted(asked.items()):
        yield QuestionSlot(form.question(number), mask(wanted), mask(unwanted))


def sheet_of(charter: Charter) -> Sheet | None:
    """Return the sheet of a charter, which is kept with it; None where it would be too large."""
    return built(charter.notes, "sheet", lambda: _made(charter))


def _made(charter: Charter) -> Sheet | None:
    form = normal(charter)
    count = sum(len(rule.conjuncts) for rule in form.rules)
    return Sheet(charter, form, Assembly(form)) if count <= MOST_ITEMS else None


def bits(these: int) -> Iterator[int]:
    """Yield the bits of a mask, the lowest first."""
    while these:
        bit = these & -these
        yield bit
        these ^= bit


class Look:
    """What the facts of one act leave of a sheet, slot by slot.

    Raises:
        OddReading: where a fact reads as a value of an unusual class.
    """

    def __init__(self, sheet: Sheet, facts: Facts) -> None:
        self.sheet = sheet
        self.facts = facts
        self.left: list[int] = []
        self.sure: list[int] = []
        left = sure = sheet.every
        for slot in sheet.slots:
            some, surely = slot.leaves(facts)
            self.left.append(some)
            self.sure.append(surely)
            left &= some
            sure &= surely
        self._all = left, left & sure

    @property
    def key(self) -> tuple[int, int]:
        """What all facts together leave, and what is sure of it: all that a ruling follows from."""
        return self._all

    @property
    def is_open(self) -> Truth:
        """Whether the charter is in force here, and the act in its scope."""
        return self.sheet.opened(*self._all)

    def judged(self) -> list[tuple[Rule, Truth]]:
        """Return the rules that are true or unknown, in order of their ids within their effects."""
        return [*self.sheet.judged(*self._all)]

    def refusing(self) -> list[Rule]:
        """Return the rules that refer or forbid, or may do."""
        bits_left = bits(self._all[0] & self.sheet.refusing)
        return list({rule.id: rule for rule in map(self.sheet.rule, bits_left)}.values())
