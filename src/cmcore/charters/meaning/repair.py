"""Repairing, in its plain meaning: every small change tried, smallest first.

The faster search that `decide` uses finds the same.
"""

from typing import Final

import attrs

from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import (
    Condition,
    FactTest,
    Not,
    threshold,
)
from cmcore.charters.conditions.facts import FactType
from cmcore.charters.conditions.operators import Op
from cmcore.charters.context import Context
from cmcore.charters.decision import Change, Repair
from cmcore.charters.meaning.bounds import Cuts, least_edits
from cmcore.charters.meaning.concealment import hidden
from cmcore.charters.meaning.edits import (
    EDITABLE,
    FROM_TEXT,
    MOST_CHANGES,
    apply,
    asked_of,
    by_id,
    edits_of,
    field_of,
    may_change,
    reads_of,
)
from cmcore.charters.meaning.evaluation import gate, rule_truth
from cmcore.charters.meaning.kleene import truth
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.rule import Effect

#: How much work a search may do before it gives up: about 0.2 s. One test or rule costs one.
BUDGET: Final = 40_000
#: How many characters of a text, words of a set or edits to choose from cost as much as a test.
_CHARACTERS, _WORDS, _EDITS = 8, 16, 4
#: What it costs to make an edit.
_MADE: Final = 4


@internal
class Search:
    """What came of the search: a repair, or none, and whether every change was looked at."""

    repair: Repair | None
    complete: bool


def seek_repair(charter: Charter, act: Act, context: Context) -> Search:
    """Return the smallest change of `act` that `charter` covers, of at most four edits.

    Every smaller change has been tried when a repair is returned. `complete` is False when the
    budget ended first, when more than four edits might do, or others than those tried.
    """
    seeker = _Seeker(charter, context)
    if seeker.hopeless(act):
        return Search(None, complete=True)
    for size in range(1, MOST_CHANGES + 1):
        seeker.begin()
        found = seeker.seek(act, (), size)
        if found is not None:
            return Search(_told(charter, act, context, found), complete=True)
        if seeker.spent > BUDGET:
            return Search(None, complete=False)
        if not seeker.cut_short:
            return Search(None, complete=tries_all(charter, Facts(charter, act, context)))
    return Search(None, complete=False)


def _told(charter: Charter, act: Act, context: Context, found: Repair) -> Repair:
    """Return a repair with the rules from which it hides what the act is about."""
    before, after = Facts(charter, act, context), Facts(charter, found.act, context)
    return attrs.evolve(found, hides=tuple(hidden(charter, before, after)))


def can_be(goal: Truth, charter: Charter, condition: Condition, facts: Facts) -> bool:
    """Return whether changes of content might make a condition true, or false.

    What no edit changes stays as it is, and unknown where it is unknown.
    """
    if isinstance(condition, FactTest):
        is_free = may_change(charter, facts.act, field_of(condition.fact))
        return is_free or truth(condition, facts) is goal
    if isinstance(condition, Not):
        return can_be(~goal, charter, condition.of, facts)
    count, parts = threshold(condition)
    needed = count if goal is Truth.TRUE else len(parts) - count + 1
    return sum(can_be(goal, charter, part, facts) for part in parts) >= needed


def tries_all(charter: Charter, facts: Facts) -> bool:
    """Return whether no change of content but those tried could make rules other than they are.

    A text can be written in more ways than by taking out what is found in it, an open list has
    more words than a charter names, and a set of them more members.
    """
    asked = [(charter.framed, Truth.TRUE)]
    for rule in charter.rules:
        is_fixed = truth(rule.when, facts) is Truth.FALSE and not can_be(
            Truth.TRUE, charter, rule.when, facts
        )
        if not is_fixed and rule.term.holds(facts.day) is not Truth.FALSE:
            asked.append((rule.when, Truth.of(rule.effect is Effect.PERMIT)))
    return all(_tries(goal, charter, condition, facts) for condition, goal in asked)


def _tries(goal: Truth, charter: Charter, condition: Condition, facts: Facts) -> bool:
    """Return whether all changes that might make a condition true, or false, are tried."""
    if isinstance(condition, Not):
        return _tries(~goal, charter, condition.of, facts)
    if not isinstance(condition, FactTest):
        return all(_tries(goal, charter, part, facts) for part in threshold(condition)[1])
    field, act = field_of(condition.fact), facts.act
    spec = charter.vocabulary.find(field)
    if spec is None or not may_change(charter, act, field):
        return True
    is_named = condition.op in _NAMED
    if spec.type is FactType.SYMBOLS:
        is_written = field in FROM_TEXT and act.text is not None
        is_named = is_named or (condition.op is Op.ONLY and goal is Truth.TRUE)
        return condition.fact == field and is_named and not is_written
    if spec.type is FactType.SYMBOL and spec.values is None:
        # a word that no rule names would do no better than one that is right as it is
        return is_named if goal is Truth.TRUE else truth(condition, facts) is goal
    return spec.type is not FactType.TEXT


#: What asks for words by name: no others need be tried where it is to become true.
_NAMED: Final = frozenset({Op.IS, Op.ONE_OF, Op.ANY_OF, Op.ALL_OF})


class _Seeker:
    """Depth-first search that always edits for a rule in the way, so no needed edit is missed."""

    def __init__(self, charter: Charter, context: Context) -> None:
        self.charter = charter
        self.context = context
        self.spent = 0
        self._scope = reads_of(charter.framed)
        self._rules = sorted(charter.rules, key=by_id)
        self._reads = {rule.id: reads_of(rule.when) for rule in charter.rules}
        self._permits: frozenset[str] = frozenset()
        self._asked = asked_of(charter)
        tests = [test for asked in self._asked.values() for test in asked]
        self._cuts = Cuts(tests)
        self._cost = _MADE + len(tests) + len(charter.rules)

    def hopeless(self, act: Act) -> bool:
        """Return whether no change of content could ever do, and note which permits might."""
        facts = Facts(self.charter, act, self.context)
        is_open = self.charter.term.holds(facts.day) is Truth.TRUE
        if not is_open or not can_be(Truth.TRUE, self.charter, self.charter.framed, facts):
            return True
        permitted = False
        for rule in self._rules:
            in_force = rule.term.holds(facts.day)
            if rule.effect is not Effect.PERMIT:
                can_go = in_force is Truth.FALSE or can_be(
                    Truth.FALSE, self.charter, rule.when, facts
                )
                if not can_go:
                    return True
            elif in_force is Truth.TRUE and can_be(Truth.TRUE, self.charter, rule.when, facts):
                self._permits |= self._reads[rule.id]
                permitted = True
        return not permitted

    def begin(self) -> None:
        """Forget what was tried with fewer edits."""
        self.cut_short = False
        self._seen: set[frozenset[Change]] = set()

    def seek(self, act: Act, made: tuple[Change, ...], left: int) -> Repair | None:
        fields, least = self._in_the_way(act)
        if not fields:
            return Repair(made, act) if not least and made else None
        if least > left:
            self.cut_short = True
            return None
        for change in self._options(act, fields):
            after = (*made, change)
            if frozenset(after) in self._seen or self.spent > BUDGET:
                continue
            self._seen.add(frozenset(after))
            found = self.seek(apply(change, act, self.charter), after, left - 1)
            if found is not None:
                return found
        return None

    def _options(self, act: Act, fields: frozenset[str]) -> list[Change]:
        around = self.context
        found = (edits_of(self.charter, act, around, name, self._asked) for name in sorted(fields))
        options = [change for changes in found for change in changes]
        self.spent += size_of(act) + len(options) // _EDITS
        return options

    def _in_the_way(self, act: Act) -> tuple[frozenset[str], int]:
        """Return the fields of what keeps `act` from being covered, and how many edits at least.

        None and none when nothing does.
        """
        self.spent += self._cost + size_of(act)
        facts = Facts(self.charter, act, self.context)
        is_open = gate(self.charter, facts)
        if is_open is not Truth.TRUE:
            return self._scope, 1
        permitted = False
        for rule in self._rules:
            is_true = rule_truth(rule, facts, is_open)
            if rule.effect is Effect.PERMIT:
                permitted = permitted or is_true is Truth.TRUE
            elif is_true is not Truth.FALSE:
                least = least_edits(rule.when, facts, self._cuts, Truth.FALSE)
                return self._reads[rule.id], max(least, 1)
        return (frozenset(), 0) if permitted else (self._permits, 1)


def size_of(act: Act) -> int:
    """Return what it costs to read what an act holds, or to change it."""
    held = [getattr(act, name) for name in sorted(EDITABLE)] + [*act.labels.values()]
    characters = sum(str.__len__(one) for one in held if isinstance(one, str))
    words = sum(frozenset.__len__(one) for one in held if isinstance(one, frozenset))
    return characters // _CHARACTERS + words // _WORDS
