"""Parts: the tables of a verdict, the main one first."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from cmcore.base.values import value
from cmcore.charters.audits.audit import Audit, ExceptionCause, RuleTally
from cmcore.charters.audits.comparison import Changed, Comparison
from cmcore.charters.audits.expected import ExpectationResult, Occasion
from cmcore.charters.audits.figures import Period
from cmcore.charters.charter import Charter
from cmcore.charters.history import Unreadable
from cmcore.charters.rule import Rule
from cmcore.charters.suggestions.suggestion import Suggested, Suggestion, Uncovered
from cmcore.circuits.completion.completability import Completability, Completion, Failure
from cmcore.incidents.events import IncidentEvent
from cmcore.incidents.incident import Incident
from cmcore.incidents.replay.conduct import Conduct, DutyFinding
from cmcore.incidents.replay.owed import Due, Owed
from cmcore.incidents.signals.signal import Detection, Signal
from cmcore.requests.follow_up.backlog import Backlog, Item
from cmcore.requests.follow_up.response_times import ResponseTimes, Timing
from cmcore.requests.log import RequestLog
from cmcore.requests.request import Request, RequestEvent
from cmcore.requests.staff.staffing import Staffed, Staffing
from cmcore.reviews.events import ReviewEvent
from cmcore.reviews.promotions.promotion import Held, Promotion, Proposal
from cmcore.reviews.review import Review
from cmcore.tables.columns import Column, Rows, columns, rows_of, within
from cmcore.tables.shapes import SHAPES, TIMING
from cmcore.teams.assignment.assignment import Assignment, GoalLevel, Shortfall
from cmcore.teams.cover.coverage import Coverage
from cmcore.teams.gap import Absence, Cell, Gap, Hour, Overload, RolesHeld, Share
from cmcore.teams.member import Member
from cmcore.teams.plan import Plan
from cmcore.teams.remedies.remedy import Hire, Remedy
from cmcore.teams.team import Team
from cmcore.time.intervals import Span


@value
class Part:
    """How the rows of a table are found, and their columns."""

    things: Callable[[Any], Iterable[object]]
    shape: Callable[[Any], tuple[Column, ...]]

    def rows(self, thing: object) -> Rows:
        """Return the table of a thing."""
        return rows_of(self.things(thing), self.shape(thing))


def _of(kind: type, things: Callable[[Any], Iterable[object]]) -> Part:
    return Part(things, lambda _: SHAPES[kind])


def _fixed(things: Callable[[Any], Iterable[object]], shape: tuple[Column, ...]) -> Part:
    return Part(things, lambda _: shape)


_PAIRS: Final = columns(member=("text", lambda pair: pair[0]), role=("text", lambda pair: pair[1]))
_MOVES: Final = columns(
    before=("text", lambda move: move[0]),
    after=("text", lambda move: move[1]),
    acts=("count", lambda move: move[2]),
)
_STATES: Final = columns(state=("text", lambda one: one[0]), requests=("count", lambda one: one[1]))


def _timings(found: ResponseTimes) -> Iterable[tuple[str, Timing]]:
    yield "all", found.overall
    yield from (("network", one) for one in found.by_network)
    yield from (("topic", one) for one in found.by_topic)
    yield from (("severity", one) for one in found.by_severity)
    yield from (("holder", one) for one in found.by_holder)
    yield "turns", found.turns
    yield "resolution", found.resolution
    yield from (("hour", one) for one in found.by_hour)


def _timing_shape(found: ResponseTimes) -> tuple[Column, ...]:
    """Return the columns of response times: two for each share that was asked for."""
    of = within(TIMING, lambda pair: pair[1])
    made = [*columns(by=("text", lambda pair: pair[0])), *of]
    for quantile in found.overall.quantiles:
        for end in ("low", "high"):
            made += columns(
                **{f"q{100 * quantile.share:g}_{end}": ("duration", _quantile(quantile.share, end))}
            )
    return tuple(made)


def _quantile(share: float, end: str) -> Callable[[Any], object]:
    return lambda pair: getattr(pair[1].quantile(share), end)


def _failures(found: Completability) -> Iterable[tuple[str, Failure, Span]]:
    for one in found.circuits:
        yield from ((one.circuit, failure, span) for failure in one.failures
                    for span in failure.when)  # fmt: skip


_FAILURES: Final = columns(
    circuit=("text", lambda row: row[0]),
    start=("instant", lambda row: row[2].start),
    stop=("instant", lambda row: row[2].stop),
    reason=("text", lambda row: row[1].text()),
)


def _either(number: int) -> Callable[[Any], object]:
    """Read a column of a training or of a hire, each in its own way."""
    return lambda option: SHAPES[type(option)][number].read(option)


_OPTIONS: Final = tuple(
    Column(one.name, one.type, _either(number)) for number, one in enumerate(SHAPES[Hire])
)


def _occasions(found: Audit) -> Iterator[tuple[ExpectationResult, Occasion]]:
    """Yield each period or act that an expectation is judged on, with what came of it."""
    for result in found.expectations:
        yield from ((result, occasion) for occasion in result.occasions)


_OCCASIONS: Final = columns(
    expectation=("text", lambda row: row[0].expectation.id),
    occasion=("text", lambda row: row[1].name),
    standing=("text", lambda row: row[1].standing),
    counted=("count", lambda row: row[1].count),
    maybe=("count", lambda row: row[1].maybe),
    among=("count", lambda row: row[1].total),
)


#: Verdict -> its tables by name; the first is the one that `to_frame` gives.
PARTS: Final[Mapping[type, Mapping[str, Part]]] = MappingProxyType(
    {
        Audit: {
            "causes": _of(ExceptionCause, lambda one: one.causes),
            "periods": _of(Period, lambda one: one.periods),
            "expectations": _of(ExpectationResult, lambda one: one.expectations),
            "occasions": _fixed(_occasions, _OCCASIONS),
            "rules": _of(RuleTally, lambda one: one.rules),
            "summary": _of(Audit, lambda one: [one]),
            "unreadable": _fixed(lambda one: one.unreadable, SHAPES[Unreadable][:2]),
        },
        Coverage: {
            "gaps": _of(Gap, lambda one: one.gaps),
            "hours": _of(Hour, lambda one: one.heat),
            "shares": _of(Share, lambda one: one.shares),
            "overloads": _of(Overload, lambda one: one.overloads),
            "absences": _of(Absence, lambda one: one.absences),
            "several_roles": _of(RolesHeld, lambda one: one.several_roles),
            "grid": _of(Cell, lambda one: one.grid),
        },
        Assignment: {
            "plan": _fixed(lambda one: one.pairs, _PAIRS),
            "goals": _of(GoalLevel, lambda one: one.levels),
            "lacks": _of(Shortfall, lambda one: one.lacks),
        },
        Plan: {"plan": _fixed(lambda one: one.pairs, _PAIRS)},
        Team: {"members": _of(Member, lambda one: one.members)},
        Charter: {"rules": _of(Rule, lambda one: one.rules)},
        Comparison: {
            "changed": _of(Changed, lambda one: one.changed),
            "moves": _fixed(lambda one: one.moves, _MOVES),
        },
        Completability: {
            "circuits": _of(Completion, lambda one: one.circuits),
            "failures": _fixed(_failures, _FAILURES),
        },
        Conduct: {
            "findings": _of(DutyFinding, lambda one: one.findings),
            "events": _of(IncidentEvent, lambda one: one.incident.events),
        },
        Incident: {"events": _of(IncidentEvent, lambda one: one.events)},
        Due: {"owed": _of(Owed, lambda one: one.owed)},
        Promotion: {
            "proposals": _of(Proposal, lambda one: one.proposals),
            "held": _of(Held, lambda one: one.held),
        },
        Remedy: {
            "options": _fixed(lambda one: one.options, _OPTIONS),
            "lacks": _of(Shortfall, lambda one: one.lacks),
        },
        Suggestion: {
            "suggested": _of(Suggested, lambda one: one.suggested),
            "uncovered": _of(Uncovered, lambda one: one.uncovered),
        },
        ResponseTimes: {"timings": Part(_timings, _timing_shape)},
        Staffing: {"hours": _of(Staffed, lambda one: one.hours)},
        Backlog: {
            "requests": _of(Item, lambda one: one.items),
            "states": _fixed(lambda one: one.counts.items(), _STATES),
        },
        RequestLog: {
            "requests": _of(Request, lambda one: one.requests),
            "events": _of(RequestEvent, lambda one: one.events),
        },
        Detection: {"signals": _of(Signal, lambda one: one.signals)},
        Review: {"events": _of(ReviewEvent, lambda one: one.events)},
    }
)
