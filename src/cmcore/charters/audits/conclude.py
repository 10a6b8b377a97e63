"""Auditing: the share of a history that a charter covers, judged against its target."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Final

import attrs

from cmcore.base.asked import checked
from cmcore.base.counts import count_problems
from cmcore.base.errors import refuse, refuse_any
from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.audits import tally as tally_
from cmcore.charters.audits.audit import Audit, ExceptionCause, RuleTally
from cmcore.charters.audits.cases import History, cases
from cmcore.charters.audits.counter import ActCounter
from cmcore.charters.audits.expectations import result
from cmcore.charters.audits.expected import ExpectationResult
from cmcore.charters.audits.figures import Period
from cmcore.charters.audits.judging import Extent
from cmcore.charters.audits.periods import PERIODS, name_of
from cmcore.charters.audits.statistics import MOST_ACTS, drift, interval, tail, verdict
from cmcore.charters.audits.tally import Listing, Stretch, Tally, cause_key
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import Condition
from cmcore.charters.context import Context
from cmcore.charters.decision import Outcome, Ruling
from cmcore.charters.decisions.compiled import CompiledCharter, compiled
from cmcore.charters.history import Case, Unreadable
from cmcore.charters.meaning.evaluation import gate, outside
from cmcore.charters.meaning.explanation import evidence
from cmcore.charters.meaning.kleene import test_truth
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.rule import Term
from cmcore.time.units import Every

#: Two-sided: each of `met` and `missed` is then wrong one time in twenty at most.
USUAL_CONFIDENCE: Final = 0.9
MOST_EXAMPLES: Final = tally_.MOST_EXAMPLES
MOST_LISTED: Final = tally_.MOST_LISTED
UNDATED: Final = "undated"


@checked
def audit(  # noqa: PLR0913 - each option is named and independent
    charter: Charter,
    history: History,
    *,
    context: Context | None = None,
    confidence: float = USUAL_CONFIDENCE,
    every: Every = "month",
    missing: int | None = 0,
    since: date | None = None,
    through: date | None = None,
) -> Audit:
    """Judge a history by a charter: the covered share, its interval, its verdict and its causes.

    `context` applies to every act that has no context of its own. A sequence is sorted by time; a
    stream is read once, and if the charter counts earlier acts, a row that is earlier than the row
    above it is unreadable. `missing` is the number of acts missing from the history, None if nobody
    knows.

    `since` and `through` are the first and the last local day that the history has all acts of: so
    far the expectations of the charter are judged, and days without an act count. Left out, they
    are those between its first row and its last.

    Raises:
        InvalidError: when `confidence`, `missing` or the days are impossible, or `every` unknown.

    Examples:
        >>> from cmcore import Charter, audit, read, read_history
        >>> charter = read("examples/nodejs-bluesky/charter.yaml", Charter)
        >>> history = list(read_history("examples/nodejs-bluesky/history.csv", charter))
        >>> found = audit(charter, history)
        >>> found.total, found.covered, str(found.verdict)
        (86, 64, 'missed')
    """
    check_options(confidence, missing, since, through)
    counted = tally(charter, history, context=context, every=every)
    return conclude(charter, counted, confidence, missing, since=since, through=through)


def check_options(
    confidence: float, missing: int | None, since: date | None = None, through: date | None = None
) -> None:
    """Refuse an impossible confidence or number of missing acts, and days that are none.

    Raises:
        InvalidError: when either is impossible.
    """
    tail(confidence)
    if missing is not None:
        refuse_any(count_problems(missing, "missing", most=MOST_ACTS))
    Term(since, through)


@checked
def tally(
    charter: Charter, history: History, *, context: Context | None = None, every: Every = "month"
) -> Tally:
    """Count a history, or a part of it, under a charter; `conclude` turns the tally into an audit.

    It reads the history as `audit` does. A part knows nothing about the acts of earlier parts,
    except those that `context` gives as earlier acts.

    Raises:
        InvalidError: when there is no such period as `every`.

    Examples:
        >>> from cmcore import Charter, audit, read, read_history
        >>> from cmcore.charters import conclude, tally
        >>> charter = read("examples/nodejs-bluesky/charter.yaml", Charter)
        >>> history = list(read_history("examples/nodejs-bluesky/history.csv", charter))
        >>> counted = tally(charter, history[:40]) + tally(charter, history[40:])
        >>> conclude(charter, counted).covered == audit(charter, history).covered
        True
    """
    around = context or Context()
    count = _Count(charter, every, around)
    for row in cases(charter, history, around):
        count.take(row)
    return count.tally()


@checked
def conclude(  # noqa: PLR0913 - each option is named and independent
    charter: Charter,
    counted: Tally,
    confidence: float = USUAL_CONFIDENCE,
    missing: int | None = 0,
    *,
    since: date | None = None,
    through: date | None = None,
) -> Audit:
    """Return the audit of a tally; the options are those of `audit`.

    Raises:
        InvalidError: when the tally is of another charter or version, or an option impossible.

    Examples:
        >>> from cmcore import Charter, read, read_history
        >>> from cmcore.charters import conclude, tally
        >>> charter = read("examples/nodejs-bluesky/charter.yaml", Charter)
        >>> counted = tally(charter, read_history("examples/nodejs-bluesky/history.csv", charter))
        >>> conclude(charter, counted, confidence=0.95).share
        0.7441860465116279
    """
    check_options(confidence, missing, since, through)
    if counted.of is not None and counted.of[:2] != (charter.id, charter.version):
        raise refuse(
            "tally-of-other",
            charter=charter.id,
            version=charter.version,
            other=counted.of[0],
            other_version=counted.of[1],
        )
    total, covered = counted.total, counted.outcomes.get(Outcome.COVERED, 0)
    found = interval(covered, total, missing, confidence, lost=counted.lost, doubts=counted.doubts)
    dated = [(part.number, part.total, part.covered) for part in counted.periods
             if part.number is not None]  # fmt: skip
    result = Audit(
        charter.id,
        charter.version,
        target=charter.target,
        confidence=confidence,
        total=total,
        covered=covered,
        forbidden=counted.outcomes.get(Outcome.FORBIDDEN, 0),
        interval=found,
        verdict=verdict(found, charter.target, total),
        rules=tuple(_rules(charter, counted)),
        causes=tuple(sorted(counted.causes, key=lambda cause: (-cause.count, cause_key(cause)))),
        periods=tuple(_periods(counted)),
        drift=drift(dated, confidence),
        unreadable=counted.unreadable,
        unreadable_count=counted.unreadable_count,
        late=counted.late,
        wanting=counted.wanting,
        missing=missing,
        lost=counted.lost,
        doubts=counted.doubts,
        expectations=tuple(_expected(charter, counted, confidence, missing, Term(since, through))),
    )
    return result.with_names(charter)


def _expected(
    charter: Charter, counted: Tally, confidence: float, missing: int | None, stated: Term
) -> Iterator[ExpectationResult]:
    """Yield what came of each expectation, those of `stated` days being told to be whole."""
    first, last = counted.days or (None, None)
    undated = sum(part.total for part in counted.periods if part.number is None)
    spare = None if missing is None else missing + counted.lost
    extent = Extent(
        since=stated.since or (None if counted.is_first else _moved(first, 1)),
        through=stated.through or _moved(last, -1),
        first=first,
        is_stated=bool(stated.since or counted.is_first) and bool(stated.through),
        is_adrift=bool(undated) or spare != 0,
        spare=spare,
        is_doubted=bool(counted.doubts),
        every=counted.of[2] if counted.of else "month",
        confidence=confidence,
    )
    for one in charter.expectations:
        seen = [acts for acts in counted.acts if acts.expectation == one.id]
        yield result(one, seen, extent, charter)


def _moved(day: date | None, days: int) -> date | None:
    """Return the day that comes some days later, as far as the calendar goes."""
    if day is None:
        return None
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _periods(counted: Tally) -> Iterator[Period]:
    """Yield the periods, and those between them that have no act unless there are very many."""
    every = counted.of[2] if counted.of else ""
    last: int | None = None
    for part in counted.periods:
        if part.number is not None and last is not None and part.number - last <= _LONGEST_GAP:
            for number in range(last + 1, part.number):
                yield Period(name_of(every, number), 0, 0)
        last = part.number
        yield Period(part.name, part.total, part.covered)


def _rules(charter: Charter, counted: Tally) -> Iterator[RuleTally]:
    counters = (counted.fired, counted.determined, counted.alone)
    for rule in sorted(charter.rules, key=lambda rule: rule.id):
        yield RuleTally(rule.id, str(rule.effect), *(counts.get(rule.id, 0) for counts in counters))


#: A longer run of empty periods is left out: most histories contain a wrong year.
_LONGEST_GAP: Final = 100


@internal
class Judgment:
    """A judged case: the ruling, the true rules, the missing facts, its local day.

    `outside` says why the charter covered nothing there, as a `ExceptionCause` does.
    """

    ruling: Ruling
    fired: tuple[str, ...]
    wanting: tuple[str, ...]
    unknown: bool
    outside: tuple[str, ...]
    day: date | None


def judge_case(compiled: CompiledCharter, case: Case) -> Judgment:
    """Return the ruling on a case with what an audit counts besides."""
    charter = compiled.charter
    found, facts = compiled.kernel.judged(case.act, case.context)
    ruling = found.ruling
    unknown = [rule for rule in found.undecided if rule.id in ruling.determining]
    lacked = {fact for rule in (unknown if ruling.determining else found.undecided)
              for fact in wanting(rule.term, rule.when, facts)}  # fmt: skip
    is_open = Truth.TRUE if ruling.determining else gate(charter, facts)
    if is_open is Truth.UNKNOWN:
        lacked.update(wanting(charter.term, charter.framed, facts))
    return Judgment(
        ruling,
        found.fired,
        tuple(sorted(lacked)),
        bool(unknown) or is_open is Truth.UNKNOWN,
        () if is_open is Truth.TRUE else outside(charter, facts),
        facts.day,
    )


def wanting(term: Term, condition: Condition, facts: Facts) -> Iterator[str]:
    """Yield the missing facts that leave it unknown whether what is in force holds."""
    if term.holds(facts.day) is Truth.UNKNOWN:
        yield "at"
    for test in evidence(condition, facts):
        if test_truth(test, facts) is Truth.UNKNOWN:
            yield test.fact


def settled(case: Case) -> Case:
    """Return a case that keeps the acts before it, and no ledger of them."""
    earlier = case.context.earlier
    if earlier is None:
        return case
    kept = attrs.evolve(earlier, acts=tuple(earlier.acts))
    return attrs.evolve(case, context=attrs.evolve(case.context, earlier=kept))


_CauseKey = tuple[Outcome, tuple[str, ...], tuple[str, ...], bool, tuple[str, ...]]


class _Count:
    """Counts a history in one pass, in a room that does not grow with it."""

    def __init__(self, charter: Charter, every: Every, around: Context) -> None:
        self.charter = charter
        self.every = every
        self._compiled = compiled(charter)
        self._period = PERIODS[every]
        self._outcomes: Counter[str] = Counter()
        self._fired: Counter[str] = Counter()
        self._determined: Counter[str] = Counter()
        self._alone: Counter[str] = Counter()
        self._wanting: Counter[str] = Counter()
        self._causes: Counter[_CauseKey] = Counter()
        self._examples: dict[_CauseKey, list[Case]] = {}
        self._periods: dict[tuple[str, int | None], list[int]] = {}
        self._listing = Listing()
        self._acts = ActCounter(charter, around)
        self._unread_count = self._late = self._lost = self._doubts = 0

    def take(self, row: Case | Unreadable) -> None:
        self._acts.see(row)
        if isinstance(row, Unreadable):
            self._unread_count += 1
            self._late += row.is_only_late
            self._lost += row.lost
            self._doubts += row.casts_doubt
            self._listing.add(row)
            self._causes[Outcome.EXCEPTION, (), (), False, ()] += 1
            self._outcomes[Outcome.EXCEPTION] += 1
            return self._dated(None, covered=False)
        judged = judge_case(self._compiled, row)
        ruling = judged.ruling
        self._outcomes[ruling.outcome] += 1
        for id_ in judged.fired:
            self._fired[id_] += 1
        for id_ in ruling.determining:
            self._determined[id_] += 1
        if len(ruling.determining) == 1:
            self._alone[ruling.determining[0]] += 1
        self._dated(judged.day, covered=ruling.outcome is Outcome.COVERED)
        if ruling.outcome is not Outcome.COVERED:
            self._wanting.update(judged.wanting)
            key = (ruling.outcome, ruling.determining, ruling.circuits, judged.unknown,
                   judged.outside)  # fmt: skip
            self._because(key, row)
        return None

    def _because(self, key: _CauseKey, case: Case) -> None:
        self._causes[key] += 1
        examples = self._examples.setdefault(key, [])
        if len(examples) < MOST_EXAMPLES:
            examples.append(settled(case))

    def _dated(self, at: date | None, *, covered: bool) -> None:
        name = (UNDATED, None) if at is None else self._period(at)
        counts = self._periods.setdefault(name, [0, 0])
        counts[0] += 1
        counts[1] += covered

    def tally(self) -> Tally:
        """Return what was counted."""
        charter = self.charter
        return Tally(
            (charter.id, charter.version, self.every),
            outcomes=self._outcomes,
            fired=self._fired,
            determined=self._determined,
            alone=self._alone,
            wanting=self._wanting,
            causes=(ExceptionCause(outcome, rules, circuits, count, unknown,
                          tuple(self._examples.get(key, ())), outside)
                    for key, count in self._causes.items()
                    for outcome, rules, circuits, unknown, outside in [key]),
            periods=(Stretch(number, name, *counts)
                     for (name, number), counts in self._periods.items()),
            unreadable=self._listing.rows,
            unreadable_count=self._unread_count,
            late=self._late,
            lost=self._lost,
            doubts=self._doubts,
            acts=self._acts.acts,
            days=self._acts.days or (),
            is_first=self._acts.is_first,
        )  # fmt: skip
