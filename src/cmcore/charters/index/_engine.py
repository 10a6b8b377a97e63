"""The kernel: what a charter rules of an act, read from the bits that its facts leave."""

from collections.abc import Callable, Iterable, Sequence

from cmcore.base.truth import Truth
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import DATED, FactTest, tests
from cmcore.charters.conditions.facts import FactType
from cmcore.charters.context import Context
from cmcore.charters.decision import Outcome, Ruling
from cmcore.charters.index._assemble import Assembly, Source, assemble
from cmcore.charters.index._blocks import (
    FORBID,
    PERMIT,
    REFER,
    Block,
    Gap,
    Item,
)
from cmcore.charters.index._narrow import Look
from cmcore.charters.index._scan import Ways, plain, scan
from cmcore.charters.index._sight import Kinds, Seen
from cmcore.charters.index.normal_form import MOST, Question, normal
from cmcore.charters.meaning.evaluation import gate, judge, rule_truths
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.rule import Rule, Term

Judged = list[tuple[Rule, Truth]]


class Kernel:
    """The index of one charter; what it is asked never changes what it answers."""

    def __init__(self, charter: Charter, most: int = MOST) -> None:
        self.charter = charter
        self.form = normal(charter, most)
        made = Assembly(self.form)
        self._kinds = Kinds(charter, made.sources, self.form.questions)
        # facts that are read by scanning come first, and those that cost most last
        order = sorted(range(len(made.sources)), key=lambda at: _cost(made.sources[at]))
        names = {test.fact for question in self.form.questions for test in _tests(question)}
        self.facts = tuple(sorted(names))
        self.top = assemble(made.items, order)
        #: Rules that refer or forbid; and those that the bits alone do not determine.
        self._refusing = self.top.regions[REFER] | self.top.regions[FORBID]
        self._hard = (self.top.asking | self.top.folded) & self._refusing
        self._nothing = Ruling(Outcome.EXCEPTION, (charter.default,), ())
        #: Returns the ruling on an act in its context.
        self.rule: Callable[[Act, Context], Ruling]
        without = charter.vocabulary.without
        self._scan, self.rule = scan(made.sources, order, self.top, self._ways(), without)

    def _ways(self) -> Ways:
        return Ways(self._odd, self._looked, self._permitted, self._unfolded)

    def _odd(self, act: Act, context: Context) -> Ruling:
        """Return the ruling on what only looks like an act or a context."""
        return judge(self.charter, Facts(self.charter, act, context))

    def _permitted(self, sure: int) -> Ruling:
        """Return the ruling where no rule refers or forbids, and `sure` items hold."""
        found = self._nothing
        gates = self.top.gate
        if sure & gates and sure & ~gates:
            found = _ruling(Outcome.COVERED, self.top.those(sure & ~gates))
        self.top.keep(sure, found)
        return found

    def _unfolded(
        self, act: Act, context: Context, left: int, sure: int, values: list[object]
    ) -> Ruling:
        """Return the ruling where only permits are left, of which some items stand for many."""
        gates = self.top.gate
        if not sure & ~gates or not sure & gates:
            return self._nothing
        found = self._within(sure & ~gates, values)
        if found is None:
            return self._looked(act, context, left, sure, 0, values)
        if len(found) == 1:
            ((block, these),) = found
            ruling = block.known.get(these)
            return ruling or block.keep(these, _ruling(Outcome.COVERED, block.those(these)))
        items = [item for block, these in found for item in block.those(these)]
        return _ruling(Outcome.COVERED, items) if items else self._nothing

    def _within(self, these: int, values: Sequence[object]) -> list[tuple[Block, int]] | None:
        """Return which permits surely hold of those that items stand for; None if one asks."""
        found: list[tuple[Block, int]] = []
        items = self.top.items
        while these:
            at = these.bit_length() - 1
            these ^= 1 << at
            block = items[at].block
            if block is None:
                found.append((self.top, 1 << at))
                continue
            left = sure = block.all
            for fact, look, free in block.quick:
                got = values[fact]
                if got.__class__ is not Gap:
                    left &= look(got)
                elif got is Gap.UNKNOWN:
                    sure &= free
                elif left & ~free:
                    return None
                if not left:
                    break
            if left & block.asking:
                return None
            left &= sure
            if left:
                found.append((block, left))
        return found

    def _looked(  # noqa: PLR0913, PLR0917 - an act, and what the scan returns
        self, act: Act, context: Context, left: int, sure: int, late: int, values: list[object]
    ) -> Ruling:
        """Return the ruling that follows, as `combine` has it."""
        top = self.top
        if not late and left >= top.refer and not left & self._hard:
            return self._refused(left, left & sure)
        look = self._look(act, context, left, sure, late, values)
        if surely := look.sure(FORBID):
            return _ruling(Outcome.FORBIDDEN, surely)
        if maybe := look.left(FORBID) + look.left(REFER):
            return self._held(maybe)
        if (surely := look.sure(PERMIT)) and look.opened():
            return _ruling(Outcome.COVERED, surely)
        return self._nothing

    def _refused(self, left: int, sure: int) -> Ruling:
        """Return the ruling where a rule forbids or refers, and nothing is left to be asked."""
        top = self.top
        if surely := left & sure & top.regions[FORBID]:
            return _ruling(Outcome.FORBIDDEN, top.those(surely))
        return self._held(top.those(left & self._refusing))

    def _held(self, maybe: list[Item]) -> Ruling:
        """Return the ruling where rules refer, or may forbid, and none surely forbids."""
        default = self.charter.default
        asked = (item.rule.sent_to(default) for item in maybe if item.rule)
        circuits = frozenset[str]().union(*asked)
        return _ruling(Outcome.EXCEPTION, maybe, tuple(sorted(circuits)))

    def _look(  # noqa: PLR0913, PLR0917 - the same
        self,
        act: Act,
        context: Context,
        left: int,
        sure: int,
        late: int,
        values: list[object],
        *,
        whole: bool = False,
    ) -> Look:
        seen = Seen(self._kinds, act, context, values or None)
        return Look(seen, self.top, left, sure, late, whole=whole)

    def judged(self, act: Act, context: Context) -> tuple[Judged, Facts]:
        """Return the rules that are true or unknown, as `rule_truths` has them, and the facts."""
        if act.__class__ is not Act or context.__class__ is not Context:
            facts = Facts(self.charter, act, context)
            judged = rule_truths(self.charter, facts, gate(self.charter, facts))
            return [pair for pair in judged if pair[1] is not Truth.FALSE], facts
        look = self._look(act, context, *self._scan(act, context), whole=True)
        found = sorted(look.truths().items())
        return [(self.charter.rules[number], is_true) for number, is_true in found], look.facts


def _tests(question: Question) -> Iterable[FactTest]:
    return [DATED] if isinstance(question, Term) else tests(question)


def _cost(source: Source) -> int:
    if plain(source):
        return 0
    return 2 if source.type is FactType.TEXT else 1


def _ruling(outcome: Outcome, items: Sequence[Item], circuits: tuple[str, ...] = ()) -> Ruling:
    if len(items) == 1:
        return Ruling(outcome, circuits, (items[0].id,))
    return Ruling(outcome, circuits, tuple(sorted({item.id for item in items})))
