"""Repairing: the smallest change of an act's content that would cover it, found on the sheet.

The search is that of `meaning.repair`, and so is what it finds. It leaves out what cannot lead to
an answer: where some fields are edited, the others still stand for what they leave, and if a rule
then still refuses the act, or none can permit it, no edit of these fields need be tried.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final

from cmcore.base.ledgers import kept
from cmcore.base.truth import Truth
from cmcore.charters.conditions.facts import FactType
from cmcore.charters.conditions.readings import fitted
from cmcore.charters.decision import Change, Repair
from cmcore.charters.index._ground import Ground, Leaves, Plan, Plans, leaving
from cmcore.charters.index.sheet import Look
from cmcore.charters.meaning.bounds import least_edits
from cmcore.charters.meaning.concealment import hidden
from cmcore.charters.meaning.edits import (
    FROM_TEXT,
    MOST_CHANGES,
    Edit,
    current,
    distance,
    has_distances,
    has_words,
    is_unknown,
    sketched,
    text_edits,
)
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.meaning.repair import BUDGET, Search, size_of, tries_all
from cmcore.charters.rule import Rule

#: An edit: its action, its field and its value, as in a `Change`.
Step = tuple[Any, str, Any]
#: The masks of the groups that an edit moves; and the facts, where they were read for it.
_Moved = tuple[list[int], Facts | None]
#: What it costs to make an edit and read what it moves, and how much text costs as much as that.
_MADE: Final = 4


def repaired(look: Look) -> Search:
    """Return the smallest change of an act that its charter covers, as `seek_repair` does."""
    return _Search(look).result()


class _Draft:
    """An act as edited so far, as what each group of slots leaves."""

    __slots__ = ("_facts", "_search", "_up", "_way", "_without", "made", "masks")

    def __init__(
        self,
        search: "_Search",
        made: tuple[Step, ...],
        masks: list[int],
        facts: Facts | None,
        up: "_Draft | None" = None,
    ) -> None:
        self._search = search
        self.made = made
        self.masks = masks
        self._facts = facts
        self._up = up
        self._way: tuple[frozenset[str], int] | None = None
        self._without: dict[int, int] = {}

    @property
    def facts(self) -> Facts:
        """What the facts read once it is edited."""
        if self._facts is None:
            assert self._up is not None  # noqa: S101 - for type checkers
            self._facts = self._search.read(self._up.facts, self.made[-1])
        return self._facts

    @property
    def in_the_way(self) -> tuple[frozenset[str], int]:
        """The fields of what keeps it from being covered, and how many edits it takes at least."""
        if self._way is None:
            self._way = self._search.in_the_way(self)
        return self._way

    def without(self, fields: int) -> int:
        """Return what is left by all that edits of some fields do not move."""
        found = self._without.get(fields)
        if found is None:
            found = self._without[fields] = self._search.without(self.masks, fields)
        return found


class _Search:
    """A search for the smallest repair of one act."""

    def __init__(self, look: Look) -> None:
        sheet = look.sheet
        self._look = look
        self._sheet = sheet
        self._plans = kept(sheet.charter.notes, "plans", lambda: Plans(sheet))
        self._ground: Ground = self._plans.ground(look.facts)
        self._spent = 0
        self._permits: frozenset[str] = frozenset()
        refusing = sheet.refusing
        both = [left & (sure | refusing) for left, sure in zip(look.left, look.sure, strict=True)]
        self._fixed = sheet.every
        for at in self._ground.fixed:
            self._fixed &= both[at]
        masks = [_joint([both[at] for at in those]) for those in self._ground.places]
        self._root = _Draft(self, (), masks, look.facts)

    def result(self) -> Search:
        """Return the repair, or whether every change was looked at."""
        if self._is_hopeless():
            return Search(None, complete=True)
        for size in range(1, MOST_CHANGES + 1):
            self._seen: set[frozenset[Step]] = set()
            found = self._seek(self._root, size)
            if found is not None:
                return Search(self._told(found), complete=True)
        if self._spent > BUDGET:
            return Search(None, complete=False)
        self._seen = set()
        is_whole = not self._is_cut_short(self._root, MOST_CHANGES)
        is_whole = is_whole and tries_all(self._sheet.charter, self._look.facts)
        return Search(None, complete=is_whole)

    def _is_hopeless(self) -> bool:
        """Return whether no change of content could ever do, and note which permits might."""
        sheet, look = self._sheet, self._look
        hope, stay = self._ground.prospects(look.facts, look.left, look.sure)
        if not hope & sheet.gates or stay & sheet.refusing or not hope & sheet.permits:
            return True
        self._permits = self._plans.read_by(hope & sheet.permits)
        return False

    def _reads(self, rule: Rule) -> frozenset[str]:
        return self._plans.reads(rule.id, rule.when)

    def _told(self, steps: tuple[Step, ...]) -> Repair:
        """Return a repair with the rules from which it hides what the act is about."""
        before = after = self._look.facts
        for step in steps:
            after = self.read(after, step)
        hides = hidden(self._sheet.charter, before, after, self._look.refusing())
        return Repair(tuple(Change(*step) for step in steps), after.act, tuple(hides))

    # --------------------------------------------------------------------------------- the search

    def _seek(self, draft: _Draft, left: int) -> tuple[Step, ...] | None:
        fields, least = draft.in_the_way
        if least > left:
            return None
        for field in self._promising(draft, fields, left):
            found = self._last(draft, field) if left == 1 else self._more(draft, field, left)
            if found is not None:
                return found
        return None

    def _last(self, draft: _Draft, field: str) -> tuple[Step, ...] | None:
        """Return the edits with the first one of a field that covers the act, if any does."""
        sheet, ground = self._sheet, self._ground
        base = draft.without(ground.bit[field])
        gates, permits, refusing = sheet.gates, sheet.permits, sheet.refusing
        for step, (masks, _) in self._steps(draft, field, base & permits, base & refusing):
            if self._spent > BUDGET:
                return None
            whole = base & _joint(masks)
            if whole & permits and whole & gates and not whole & refusing:
                return (*draft.made, step)
        return None

    def _more(self, draft: _Draft, field: str, left: int) -> tuple[Step, ...] | None:
        """Return the edits with one of a field and others that together cover the act."""
        useful = self._useful(draft, field, left)
        for step, moved in self._steps(draft, field, useful, 0):
            if self._spent > BUDGET:
                return None
            after = self._after(draft, step, moved)
            if after is None:
                continue
            self._spent += self._plans.cost
            found = self._seek(after, left - 1)
            if found is not None:
                return found
        return None

    def _after(self, draft: _Draft, step: Step, moved: _Moved) -> _Draft | None:
        """Return an act with one more edit; None where the same edits were looked at before."""
        made = (*draft.made, step)
        key = frozenset(made)
        if key in self._seen:
            return None
        self._seen.add(key)
        masks, (those, facts) = list(draft.masks), moved
        for at, one in zip(self._ground.touched[step[1]], those, strict=True):
            masks[at] = one
        return _Draft(self, made, masks, facts, draft)

    def _is_cut_short(self, draft: _Draft, left: int) -> bool:
        """Return whether more edits than are allowed might do, for all that is known."""
        fields, least = draft.in_the_way
        if least > left or self._spent > BUDGET:
            return True
        for field in sorted(fields & self._ground.free):
            for step, moved in self._steps(draft, field, -1, 0):
                after = self._after(draft, step, moved)
                if after is not None and self._is_cut_short(after, left - 1):
                    return True
        return False

    def in_the_way(self, draft: _Draft) -> tuple[frozenset[str], int]:
        """Return the fields of what keeps an act from being covered, and how many edits at least.

        None and none when nothing does.
        """
        sheet = self._sheet
        whole = self._fixed
        for one in draft.masks:
            whole &= one
        if not whole & sheet.gates:
            return self._plans.scope, 1
        if refusing := whole & sheet.refusing:
            rule = sheet.rule(refusing & -refusing)
            return self._reads(rule), self._least(rule, draft)
        return (frozenset(), 0) if whole & sheet.permits else (self._permits, 1)

    def _least(self, rule: Rule, draft: _Draft) -> int:
        """Return how many edits at least a rule takes before it is false."""
        is_text, sets = self._plans.listed(rule)
        several = (_has_many(draft.facts.read(fact), words) for fact, words in sets)
        if not is_text and not any(several):
            return 1
        return max(least_edits(rule.when, draft.facts, self._plans.cuts, Truth.FALSE), 1)

    # --------------------------------------------------------------------- what need not be tried

    def without(self, masks: list[int], fields: int) -> int:
        """Return what some masks leave, without those that edits of some fields move."""
        whole = self._fixed
        for key, one in zip(self._ground.keys, masks, strict=True):
            if not key & fields:
                whole &= one
        return whole

    def _promising(self, draft: _Draft, fields: frozenset[str], left: int) -> list[str]:
        """Return the fields of which an edit, and `left` in all at most, may lead to an answer."""
        return [
            name
            for name in sorted(fields & self._ground.free)
            if self._may_do(draft, 0, 0, name, left - 1)
        ]

    def _may_do(self, draft: _Draft, fields: int, asks: int, name: str, more: int) -> bool:
        """Return whether edits of some fields, one besides and `more` others, might cover an act.

        `asks` are the items that ask something that edits of the fields may move.
        """
        sheet, ground = self._sheet, self._ground
        fields |= ground.bit[name]
        asks |= ground.asking[name]
        whole = draft.without(fields)
        stuck = whole & sheet.refusing & ~asks
        if not stuck and whole & sheet.gates and whole & sheet.permits:
            return True
        if not more:
            return False
        one = stuck & -stuck
        if not one and more > 1 and len(ground.fields) > _FEW:
            return True
        return any(
            self._may_do(draft, fields, asks, other, more - 1)
            for other in ground.fields
            if (ground.asking[other] & one if one else not ground.bit[other] & fields)
        )

    def _useful(self, draft: _Draft, field: str, left: int) -> int:
        """Return items of which an edit must leave one to lead to an answer."""
        if left != 2 or self._ground.alone(field) is None:  # noqa: PLR2004 - the last but one
            return -1
        ground, sheet = self._ground, self._sheet
        own = ground.bit[field]
        if self._plans.plan(field).spec.type in _MANY:
            return -1
        whole = 0
        for name, bit in ground.bit.items():
            if bit != own and self._may_do(draft, own, ground.asking[field], name, 0):
                whole |= draft.without(own | bit)
        return whole & sheet.permits

    # ------------------------------------------------------------------------------------ the edits

    def _steps(
        self, draft: _Draft, field: str, useful: int, barred: int
    ) -> Iterator[tuple[Step, _Moved]]:
        """Yield the edits of a field, in the fixed order, with what they leave.

        Those that leave nothing `useful` may be left out, and those that leave what is `barred`.
        """
        plan = self._plans.plan(field)
        if plan.spec.type is FactType.TEXT:
            yield from self._each(draft, field, self._cuts(draft, plan))
        elif plan.spec.type is FactType.SYMBOLS:
            yield from self._words(draft, plan, useful, barred)
        else:
            yield from self._values(draft, plan, useful)

    def _values(self, draft: _Draft, plan: Plan, useful: int) -> Iterator[tuple[Step, _Moved]]:
        field = plan.field
        given = draft.facts.read(field)
        choices = self._ground.choices(field)
        if choices is None:
            values = sorted(plan.values, key=distance(given))
            steps = (("set", field, one) for one in values if one != given)
            yield from self._each(draft, field, steps)
            return
        self._spent += len(choices) // _LOOKED
        if has_distances(given):
            far = distance(given)
            choices = sorted(choices, key=lambda choice: far(choice[0]))
        for one, left in choices:
            if left & useful and one != given:
                self._spent += 1
                yield ("set", field, one), ([left], None)

    def _words(
        self, draft: _Draft, plan: Plan, useful: int, barred: int
    ) -> Iterator[tuple[Step, _Moved]]:
        field, act = plan.field, draft.facts.act
        given: Any = draft.facts.read(field)
        is_written = field in FROM_TEXT and act.text is not None
        if is_written:
            own = current(act, field, is_label=plan.is_label)
            if own is None:
                return
            given = fitted(
                plan.spec, own
            )  # what the text also contains is removed only from the text
        present = given if isinstance(given, frozenset) else frozenset()
        add = "only" if is_unknown(given) else "add"
        last = [] if isinstance(given, frozenset) else [("empty", field, "")]
        slots = None if is_written or not plan.is_within else self._ground.counted(field)
        self._spent += (len(present) + len(plan.words)) // _LOOKED
        if slots is None:
            gone = (("remove", field, word) for word in sorted(present))
            more = ((add, field, word) for word in plan.words if word not in present)
            yield from self._each(draft, field, chain(gone, more, last))
            return
        leaves = Leaves(*slots, present, self._sheet.refusing)
        for word, left in leaves.without():
            self._spent += 1
            yield ("remove", field, word), ([left], None)
        for word, left in leaves.adding(plan.words, useful, barred):
            self._spent += 1
            yield (add, field, word), ([left], None)
        for step in last:
            yield step, ([leaves.of(frozenset())], None)

    def _cuts(self, draft: _Draft, plan: Plan) -> Iterator[Step]:
        field = plan.field
        text = draft.facts.read(field)
        if isinstance(text, str):
            self._spent += len(text) // _LETTERS
            found = self._plans.found(field, text)
            asked = (one.test for one in plan.texts if one.number is None or one.number in found)
            for change in text_edits(text, field, asked):
                yield change.action, field, change.value

    def _each(
        self, draft: _Draft, field: str, steps: Iterable[Step]
    ) -> Iterator[tuple[Step, _Moved]]:
        """Yield edits with what they leave, read from the act as edited."""
        touched, groups = self._ground.touched[field], self._ground.slots
        refusing = self._sheet.refusing
        for step in steps:
            facts = self.read(draft.facts, step)
            self._spent += _MADE + size_of(facts.act)
            if step[0] in _CUTTING and not has_words(facts.read(field)):
                continue
            moved = [
                _joint(leaving(slot.leaves(facts), refusing) for slot in groups[at])
                for at in touched
            ]
            yield step, (moved, facts)

    def read(self, facts: Facts, step: Step) -> Facts:
        """Return what the facts read after an edit."""
        act = sketched(Edit(*step), facts.act, self._plans.plan(step[1]).spec)
        return facts.edited(act, step[1])


#: Among how many fields it is tried which of them together may do.
_FEW: Final = 12
#: How many edits that are looked at only cost as much as one that is made.
_LOOKED: Final = 16
#: How many characters of a text cost as much as an edit.
_LETTERS: Final = 8
_CUTTING: Final = frozenset({"cut", "erase"})
_MANY: Final = frozenset({FactType.SYMBOLS, FactType.TEXT})


def _has_many(reading: object, words: frozenset[str]) -> bool:
    """Return whether what a fact reads has several of some words."""
    return isinstance(reading, frozenset) and len(reading) > 1 and len(reading & words) > 1


def _joint(masks: Iterable[int]) -> int:
    whole = -1
    for one in masks:
        whole &= one
    return whole
