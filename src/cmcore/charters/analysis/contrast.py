"""Contrasting two charters: what one lets out and the other does not, for every act."""

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from cmcore.base.asked import checked
from cmcore.charters.analysis._budget import WORK, Budget
from cmcore.charters.analysis._examiner import Examiner, Sheet
from cmcore.charters.analysis._formula import TRUE, UNKNOWN, Formula, either, every
from cmcore.charters.analysis._search import STEPS
from cmcore.charters.analysis.differences import About, Contrast, Difference, Restated, Turn, Way
from cmcore.charters.audits.comparison import Changed, changed_circuits
from cmcore.charters.charter import Charter
from cmcore.charters.decision import Outcome
from cmcore.charters.history import Case
from cmcore.charters.meaning.evaluation import judge
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.rule import Effect, Rule

if TYPE_CHECKING:
    from cmcore.charters.guarantee import Guarantee

_Said = TypeVar("_Said")
_COVERED, _EXCEPTION, _FORBIDDEN = Outcome.COVERED, Outcome.EXCEPTION, Outcome.FORBIDDEN


@checked
def contrast(
    before: Charter, after: Charter, *, steps: int = STEPS, budget: int = WORK
) -> Contrast:
    """Find what changes from one charter to another, for every act that could exist.

    That nothing changes, or that nothing more is let out, is proven; each difference comes with an
    act that shows it, decided under both. Differences are grouped by the rule that makes them and
    the outcomes before and after, and those of two exceptions by the circuit. A search that takes
    more than `steps` is given up, and its answer left open; so is what is left once the work of the
    `budget` is done. Circuits are compared by their ids, and
    those of one id that differ are named. So is what the charters say of themselves, guarantees,
    examples and expectations, where it is not the same.

    Examples:
        >>> from cmcore import Rule, catalog, fact
        >>> from cmcore.charters import contrast
        >>> small = catalog.charters["small-brand"]
        >>> never = Rule.forbid("no-ads", when=fact("paid").is_(True), because="We never pay.")
        >>> found = contrast(small, small.with_rule(never))
        >>> found.no_more_open, found.equivalent
        (true, false)
    """
    examiner = Examiner(before, after, steps=steps, budget=Budget(budget))
    found: list[Difference] = []
    for way, by, was, now, query in _queries(examiner):
        made = examiner.find(query)
        if made.world is not None:
            found.append(Difference(way, by, _changed(before, after, Case(*made.world))))
        elif not made.settled:
            found.append(Difference(way, by, before=was, after=now))
    # whether a rule makes a smaller move as well need not be settled
    widest = {(one.way, one.by) for one in found if one.changed and _is_wide(one.changed)}
    return Contrast(
        (before.id, before.version),
        (after.id, after.version),
        differences=tuple(one for one in found if one.changed or (one.way, one.by) not in widest),
        spent=examiner.budget.is_spent,
        zone=after.zone,
        circuits=changed_circuits(before, after),
        restated=tuple(_restated(before, after)),
    ).with_names([before, after])


def _is_wide(changed: Changed) -> bool:
    return _EXCEPTION not in {changed.before, changed.after}


def _restated(before: Charter, after: Charter) -> Iterator[Restated]:
    """Yield what only one of two charters says of itself."""
    old: list[tuple[About, Guarantee]] = [(word, one) for word, _, one in before.guarantees]
    new: list[tuple[About, Guarantee]] = [(word, one) for word, _, one in after.guarantees]
    for turn, (word, one) in _unlike(old, new):
        yield Restated(word, turn, guarantee=one)
    for turn, example in _unlike(before.examples, after.examples):
        yield Restated("example", turn, example=example)
    was, now = ({one.id: one for one in of.expectations} for of in (before, after))
    for id_ in sorted(was.keys() | now.keys()):
        if was.get(id_) != now.get(id_):
            turn = "added" if id_ not in was else "changed" if id_ in now else "removed"
            yield Restated("expectation", turn, expectation=now.get(id_), was=was.get(id_))


def _unlike(old: Collection[_Said], new: Collection[_Said]) -> Iterator[tuple[Turn, _Said]]:
    """Yield what only one of two has, and what became of it."""
    for one in old:
        if one not in new:
            yield "removed", one
    for one in new:
        if one not in old:
            yield "added", one


#: How two charters differ, by what, from which outcome to which, and what holds of such acts.
_Query = tuple[Way, str, Outcome, Outcome, Formula]


def _queries(examiner: Examiner) -> Iterator[_Query]:
    old, new = examiner.sheets
    for by, held, open_, query in _opened(old, new):
        yield "opens", by, held, open_, query
    for by, held, open_, query in _opened(new, old):
        yield "closes", by, open_, held, query
    circuits = sorted({one.id for sheet in (old, new) for one in sheet.charter.circuits})
    turns: tuple[tuple[Way, Sheet, Sheet], ...] = (("asks", old, new), ("spares", new, old))
    for way, one, other in turns:
        asking = _Asking(examiner, one, other)
        for circuit in circuits:
            ways = asking.ways(circuit)
            if ways:
                query = every((other.not_forbidden, either(ways), one.not_sent(circuit)))
                yield way, circuit, _EXCEPTION, _EXCEPTION, query


class _Asking:
    """By what an exception may go to a circuit under one charter, and not under another.

    A rule is left out that is in doubt or true only where one is that asks the same there: what
    most rules of two versions do. So little is left to be looked for.
    """

    def __init__(self, examiner: Examiner, without: Sheet, having: Sheet) -> None:
        self._examiner, self._without, self._having = examiner, without, having

    def ways(self, circuit: str) -> list[Formula]:
        """Return what may send an act to a circuit, each alone; nothing where none goes there."""
        one, other = self._without, self._having
        named, same = ([rule for rule in of.of(Effect.REFER) if circuit in rule.to]
                       for of in (other, one))  # fmt: skip
        ways = other.are(self._alone(other, named, one, same), TRUE | UNKNOWN)
        if circuit != other.charter.default:
            return ways
        is_default = circuit == one.charter.default
        same = one.of(Effect.FORBID) if is_default else []
        ways += other.are(self._alone(other, other.of(Effect.FORBID), one, same), UNKNOWN)
        refers = one.of(Effect.REFER), other.of(Effect.REFER)
        if not is_default or self._alone(one, refers[0], other, refers[1]):
            ways.append(other.silent)
        return ways

    def _alone(
        self, of: Sheet, rules: Sequence[Rule], other: Sheet, others: Sequence[Rule]
    ) -> list[Rule]:
        """Return the rules that may be in doubt or true where none of the others is."""
        return [
            rule
            for rule in rules
            if not any(
                self._examiner.follows(of.numbers[rule.id], other.numbers[one.id])
                for one in others
                if one.id == rule.id or one.when == rule.when
            )
        ]


def _opened(old: Sheet, new: Sheet) -> Iterator[tuple[str, Outcome, Outcome, Formula]]:
    """Yield what holds where `new` is more open than `old`, by the rule that makes the difference.

    It is the rule that kept the act back, or if none did, the permit that now lets it out. The
    widest moves come first.
    """
    forbidding = [(rule.id, old.are([rule], TRUE)) for rule in old.of(Effect.FORBID)]
    for rule, held in forbidding:
        yield rule, _FORBIDDEN, _COVERED, every((*held, new.covered))
    for rule, held in forbidding:
        yield rule, _FORBIDDEN, _EXCEPTION, every((*held, new.not_forbidden, new.not_covered))
    for one in old.of(Effect.FORBID, Effect.REFER):
        mask = UNKNOWN if one.effect is Effect.FORBID else TRUE | UNKNOWN
        parts = (*old.are([one], mask), old.not_forbidden, new.covered)
        yield one.id, _EXCEPTION, _COVERED, every(parts)
    for one in new.of(Effect.PERMIT):
        parts = (*new.are([one], TRUE), new.covered, old.silent)
        yield one.id, _EXCEPTION, _COVERED, every(parts)


def _changed(before: Charter, after: Charter, case: Case) -> Changed:
    old, new = (
        judge(charter, Facts(charter, case.act, case.context)) for charter in (before, after)
    )
    return Changed(case, old.outcome, new.outcome, old.circuits, new.circuits,
                   old.determining, new.determining)  # fmt: skip
