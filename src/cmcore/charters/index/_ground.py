"""The ground of a search: what the edits of some fields can move of a sheet, and how.

Slots that the same edits move stand in one group; what no edit moves is read once for an act.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import accumulate, chain
from operator import or_
from typing import Any, Final

from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.conditions.condition import Condition, FactTest, tests
from cmcore.charters.conditions.facts import FactSpec, FactType
from cmcore.charters.conditions.operators import PATTERNED, Op
from cmcore.charters.conditions.readings import fitted
from cmcore.charters.index._masks import Sets, mask
from cmcore.charters.index._sight import clean
from cmcore.charters.index.sheet import FactSlot, QuestionSlot, Sheet
from cmcore.charters.meaning.bounds import Cuts
from cmcore.charters.meaning.edits import (
    FROM_TEXT,
    asked_of,
    field_of,
    is_silent,
    may_change,
    named_by,
    reads_of,
    values_of,
)
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.meaning.repair import can_be
from cmcore.charters.rule import Effect, Rule
from cmcore.text.words import WordList

#: How many tests and rules make a step of the search cost one more.
_WIDE: Final = 128
#: Whether words of a text are looked for, and the words of each set that are.
Listed = tuple[bool, tuple[tuple[str, frozenset[str]], ...]]
_SCALARS: Final = frozenset(FactType) - {FactType.SYMBOLS, FactType.TEXT, FactType.LOG}


@internal
class TextTest:
    """A test by which a text is edited, and the number of its word list, if that is indexed."""

    test: FactTest
    number: int | None


class Plan:
    """What the edits of one field may be, whatever the act says: all that depends on the charter.

    `values` are those to set, `named` the words to add, `texts` the tests that find what to cut.
    """

    def __init__(self, sheet: Sheet, field: str, asked: Mapping[str, list[FactTest]]) -> None:
        spec = sheet.charter.vocabulary.find(field)
        own = asked.get(field, [])
        self.field = field
        assert spec is not None  # noqa: S101 - for type checkers: what may be edited is a fact
        self.spec: FactSpec = spec
        self.is_label = spec.source == "label"
        self.values: list[Any] = []
        self.named: frozenset[str] = frozenset()
        self.texts: list[TextTest] = []
        if spec.type in _SCALARS:
            self.values = values_of(spec, own)
        elif spec.type is FactType.SYMBOLS:
            self.named = named_by(field, own)
        else:
            names = sorted({field, *(FROM_TEXT if field == "text" else ())})
            every = chain.from_iterable(asked.get(name, ()) for name in names)
            self.texts = list(_text_tests(sheet, every))

    @cached_property
    def words(self) -> list[str]:
        """The words to add, in order."""
        return sorted(self.named)

    @cached_property
    def is_within(self) -> bool:
        """Whether the fact can have all of the words to add."""
        values = self.spec.values
        return values is None or self.named <= values


def _text_tests(sheet: Sheet, asked: Iterable[FactTest]) -> Iterator[TextTest]:
    """Yield the tests that may find a piece to take out, of those that find the same the first."""
    numbers = {question: number for number, question in enumerate(sheet.form.questions, 1)
               if isinstance(question, FactTest)}  # fmt: skip
    indexed = {slot.name for slot in sheet.slots if isinstance(slot, FactSlot)}
    seen: set[object] = set()
    for test in asked:
        base = field_of(test.fact)
        is_marked = base in FROM_TEXT and base != "text"
        finds = is_marked or isinstance(test.operand, WordList) or test.op in PATTERNED
        key: object = base if is_marked else test
        if finds and key not in seen:
            seen.add(key)
            is_listed = isinstance(test.operand, WordList) and test.fact in indexed
            yield TextTest(test, numbers.get(test) if is_listed else None)


class Plans:
    """What a search needs of a charter whatever the act: kept with its sheet."""

    def __init__(self, sheet: Sheet) -> None:
        charter = sheet.charter
        self.sheet = sheet
        self.asked = asked_of(charter)
        self.scope = reads_of(charter.framed)
        self._reads: dict[str, frozenset[str]] = {}
        self._plans: dict[str, Plan] = {}
        self._grounds: dict[tuple[bool, bool], Ground] = {}
        self._listed: dict[str, Listed] = {}
        self._slots = {slot.name: slot for slot in sheet.slots if isinstance(slot, FactSlot)}

    @cached_property
    def cost(self) -> int:
        """What it costs to look on from an edit: masks are as wide as the charter is long."""
        return 1 + (sum(map(len, self.asked.values())) + len(self.sheet.charter.rules)) // _WIDE

    @cached_property
    def fields(self) -> frozenset[str]:
        """Everything an edit might be tried of."""
        conditions = (self.sheet.charter.framed, *(rule.when for rule in self.sheet.charter.rules))
        return frozenset().union(*map(reads_of, conditions))

    def reads(self, id_: str, condition: Condition) -> frozenset[str]:
        """Return the fields that a rule reads."""
        if id_ not in self._reads:
            self._reads[id_] = reads_of(condition)
        return self._reads[id_]

    def read_by(self, permits: int) -> frozenset[str]:
        """Return the fields that some permits read."""
        return frozenset(name for name, those in self._readers.items() if those & permits)

    @cached_property
    def _readers(self) -> dict[str, int]:
        """The permits that read each field."""
        readers: dict[str, list[int]] = {}
        for at, rule in enumerate(self.sheet.rules):
            if rule is not None and rule.effect is Effect.PERMIT:
                for name in self.reads(rule.id, rule.when):
                    readers.setdefault(name, []).append(at)
        return {name: mask(those) for name, those in readers.items()}

    def plan(self, field: str) -> Plan:
        """Return how a field is edited."""
        if field not in self._plans:
            self._plans[field] = Plan(self.sheet, field, self.asked)
        return self._plans[field]

    def ground(self, facts: Facts) -> "Ground":
        """Return the ground for the fields that the author of an act may change."""
        charter, act = self.sheet.charter, facts.act
        key = is_silent(charter, act), act.text is not None
        if key not in self._grounds:
            free = frozenset(name for name in self.fields if may_change(charter, act, name))
            self._grounds[key] = Ground(self, free)
        return self._grounds[key]

    def listed(self, rule: Rule) -> Listed:
        """Return whether a rule looks for words of a text, and for which of several of a set."""
        if rule.id not in self._listed:
            asked = [*tests(rule.when)]
            is_text = any(isinstance(one.operand, WordList) for one in asked)
            sets = ((one.fact, one.operand) for one in asked if one.op is Op.ANY_OF)
            named = tuple((name, words) for name, words in sets if isinstance(words, frozenset))
            self._listed[rule.id] = is_text, named
        return self._listed[rule.id]

    def found(self, fact: str, text: str) -> frozenset[int]:
        """Return the numbers of the word lists found in a text, of those that are indexed."""
        slot = self._slots.get(fact)
        return (slot and slot.source.found(text)) or frozenset()

    @cached_property
    def cuts(self) -> Cuts:
        """What edits may cut out of the texts."""
        return Cuts(chain.from_iterable(self.asked.values()))


class Ground:
    """The slots of a sheet by the fields that may be edited; `fields` are these, each a bit.

    `keys` are the fields that move each group, `slots` the group's; `fixed` are the slots that
    nothing moves.
    """

    def __init__(self, plans: Plans, free: frozenset[str]) -> None:
        sheet = plans.sheet
        self.plans = plans
        self.free = free
        self.fields = sorted(free)
        self.bit = {name: 1 << at for at, name in enumerate(self.fields)}
        groups: dict[int, list[int]] = {}
        self.fixed: list[int] = []
        for at, slot in enumerate(sheet.slots):
            key = sum(self.bit[name] for name in slot.moved_by & free)
            (groups.setdefault(key, []) if key else self.fixed).append(at)
        self.keys = list(groups)
        self.slots = [[sheet.slots[at] for at in those] for those in groups.values()]
        self.places = list(groups.values())
        self.touched = {
            name: [at for at, key in enumerate(self.keys) if key & self.bit[name]]
            for name in self.fields
        }
        self.asking = {
            name: _union(slot.asking for at in self.touched[name] for slot in self.slots[at])
            for name in self.fields
        }
        self._choices: dict[str, list[tuple[Any, int]] | None] = {}
        self._sort()

    def _sort(self) -> None:
        """Sort the slots: whole questions, those that an edit may move, and those that stay."""
        self._whole: list[QuestionSlot] = []
        self._still: list[int] = []
        moved: list[int] = []
        for at, slot in enumerate(self.plans.sheet.slots):
            if isinstance(slot, QuestionSlot) and not isinstance(slot.question, FactTest):
                self._whole.append(slot)
            elif field_of(next(iter(slot.facts))) in self.free:
                moved.append(slot.asking)
            else:
                self._still.append(at)
        self._unmoved = self.plans.sheet.every & ~_union(moved)

    def alone(self, field: str) -> FactSlot | None:
        """Return the slot of a field that is all its edits move; None where they move more."""
        at = self.touched[field]
        slots = self.slots[at[0]] if len(at) == 1 else []
        slot = slots[0] if len(slots) == 1 else None
        return slot if isinstance(slot, FactSlot) and slot.name == field else None

    def choices(self, field: str) -> list[tuple[Any, int]] | None:
        """Return the values to set, each with the items it leaves; None where more is moved."""
        if field not in self._choices:
            self._choices[field] = self._made(field)
        return self._choices[field]

    def _made(self, field: str) -> list[tuple[Any, int]] | None:
        plan, slot = self.plans.plan(field), self.alone(field)
        if slot is None:
            return None
        refusing = self.plans.sheet.refusing
        return [
            (one, leaving(slot.of(clean(slot.source, fitted(plan.spec, one))), refusing))
            for one in plan.values
        ]

    def counted(self, field: str) -> tuple[FactSlot, FactSlot | None] | None:
        """Return the slots of a set and of its count; None where its edits move more."""
        at = self.touched[field]
        slots = self.slots[at[0]] if len(at) == 1 else []
        named = {slot.name: slot for slot in slots if isinstance(slot, FactSlot)}
        if len(named) != len(slots) or not named.keys() <= {field, f"{field}.count"}:
            return None
        own = named.get(field)
        if own is None or not isinstance(own.table.masks, Sets):
            return None
        return own, named.get(f"{field}.count")

    def prospects(self, facts: Facts, left: list[int], sure: list[int]) -> tuple[int, int]:
        """Return the items that edits might make hold, and those that they cannot keep from it.

        What no edit changes by itself stays as it is, as in `can_be`.
        """
        hope, stay = self.plans.sheet.every, self._unmoved
        for at in self._still:
            hope &= left[at] & sure[at]
            stay &= left[at]
        for slot in self._whole:
            may, must = self._asked(slot, facts)
            hope &= may
            stay &= must
        return hope, stay

    def _asked(self, slot: QuestionSlot, facts: Facts) -> tuple[int, int]:
        charter = self.plans.sheet.charter
        whole: Any = slot.question
        true, false = (can_be(goal, charter, whole, facts) for goal in (Truth.TRUE, Truth.FALSE))
        may, must = -1, -1
        if true:
            must &= ~slot.unwanted
        else:
            may &= ~slot.wanted
        if false:
            must &= ~slot.wanted
        else:
            may &= ~slot.unwanted
        return may, must


class Leaves:
    """What a set of words leaves with one word less or more; `count` is the slot of its count."""

    def __init__(
        self, own: FactSlot, count: FactSlot | None, words: frozenset[str], refusing: int
    ) -> None:
        self._own = own
        self._words = words
        self._refusing = refusing
        self._count = count
        sets: Any = own.table.masks
        is_plain = len(sets.columns) == 1 and sets.avoids is None
        self._column: tuple[int, Mapping[str, int]] | None = sets.columns[0] if is_plain else None
        self._more = self._of_count(len(words) + 1)
        self._now = sets.looker()(words) if is_plain else 0

    def of(self, words: frozenset[str]) -> int:
        """Return what a set leaves."""
        return leaving(self._own.of(words), self._refusing) & self._of_count(len(words))

    def _of_count(self, count: int) -> int:
        return -1 if self._count is None else leaving(self._count.of(count), self._refusing)

    def adding(self, words: Iterable[str], useful: int, barred: int) -> Iterator[tuple[str, int]]:
        """Yield each of some words that it has not, with what the set leaves with it.

        Those that leave nothing `useful` are left out, and so may be those that leave what is
        `barred`.
        """
        fresh = (word for word in words if word not in self._words)
        if self._column is None:
            for word in fresh:
                left = leaving(self._own.of(self._words | {word}), self._refusing) & self._more
                if left & useful:
                    yield word, left
            return
        now, table = self._now & self._more, self._column[1]
        if now & barred:
            return  # a word more takes nothing away
        asked = self._more if now & useful else useful & self._more
        for word in fresh:
            if table[word] & asked or asked == self._more:
                yield word, (now | table[word]) & self._more

    def without(self) -> Iterator[tuple[str, int]]:
        """Yield each of its words, in order, with what the set leaves without it."""
        words = sorted(self._words)
        if self._column is None:
            for word in words:
                yield word, self.of(self._words - {word})
            return
        base, table = self._column
        rest = [*accumulate((table[word] for word in reversed(words)), or_, initial=0)]
        before, fewer = base, self._of_count(len(words) - 1)
        for word, after in zip(words, reversed(rest[:-1]), strict=True):
            yield word, (before | after) & fewer
            before |= table[word]


def leaving(found: tuple[int, int], refusing: int) -> int:
    """Return in one mask which rules still refuse, and which others surely hold."""
    left, sure = found
    return left & (sure | refusing)


def _union(masks: Iterable[int]) -> int:
    whole = 0
    for one in masks:
        whole |= one
    return whole
