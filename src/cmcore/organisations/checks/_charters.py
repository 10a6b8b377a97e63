"""What is checked of a charter, its circuits and its share."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from cmcore.base.truth import Truth
from cmcore.charters.act import Act
from cmcore.charters.audits.audit import Verdict
from cmcore.charters.audits.cases import cases
from cmcore.charters.audits.conclude import audit, judge_case
from cmcore.charters.charter import Charter
from cmcore.charters.completion import completable
from cmcore.charters.conditions.condition import tests
from cmcore.charters.context import Context
from cmcore.charters.decision import Outcome
from cmcore.charters.decisions.compiled import CompiledCharter, compiled
from cmcore.charters.history import Case, Unreadable
from cmcore.charters.meaning.evaluation import gate, rule_truths
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.rule import Effect
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.completion.completability import Completion
from cmcore.organisations.checks._evidence import (
    Longest,
    Look,
    Seen,
    in_turn,
    longest,
    moot,
    names,
    no,
    seen,
    want,
    yes,
)
from cmcore.organisations.organisation import Figures
from cmcore.teams.member import Member
from cmcore.teams.needs import Needs
from cmcore.teams.presence import presence
from cmcore.teams.team import Team
from cmcore.time.intervals import Clocks, Span
from cmcore.time.week import local


def _with_charter(look_at: Callable[[Look, Charter], Seen]) -> Callable[[Look], Seen]:
    def checked(look: Look) -> Seen:
        charter = look.given.charter
        return want("charter") if charter is None else look_at(look, charter)

    return checked


def _in_force(look: Look, charter: Charter) -> Seen:
    holds = charter.term.holds(local(look.at, charter.zone).date())
    said = "charter in force yes" if holds is Truth.TRUE else "charter in force no"
    return seen(holds, said, charter=charter.id, version=charter.version)


def _signed(look: Look, charter: Charter) -> Seen:
    approval, leaders = charter.approval, look.given.leaders
    if approval is None:
        return no("charter signed none")
    if approval.on is not None and approval.on > local(look.at, charter.zone).date():
        return no("charter signed later", on=approval.on.isoformat())
    if leaders is None:
        return want("leaders", said="charter signed", by=approval.by)
    found = Truth.of(not approval.by.isdisjoint(leaders))
    return seen(found, "charter signed", by=approval.by)


def _framed(_: Look, charter: Charter) -> Seen:
    scope = charter.scope
    lacks = [name for name, given in (("networks", scope.networks), ("volume", scope.volume))
             if not given]  # fmt: skip
    if lacks:
        return no("charter framed no", lacks=names(lacks))
    return yes("charter framed yes", networks=scope.networks or frozenset())


def _covers_networks(look: Look, charter: Charter) -> Seen:
    """Check that the charter can let something out wherever the organisation is.

    Needs and figures name networks: either shows one that is beyond the charter, only both that
    there is none.
    """
    needs, figures = look.given.needs, look.given.figures
    there = names([*_asked(needs), *_counted(figures, look.day)])
    beyond = names(one for one in there if not _may_let_out(charter, one))
    if beyond:
        return no("networks beyond", networks=beyond)
    missing = [name for name, one in (("needs", needs), ("figures", figures)) if one is None]
    if missing:
        return want(*missing)
    return yes("networks within", networks=there) if there else moot("networks none")


def _asked(needs: Needs | None) -> Iterator[str]:
    if needs:
        yield from (one.network for one in needs.specialists if one.least)
        yield from (one.network for one in needs.hours if one.least and one.network)


def _counted(figures: Iterable[Figures] | None, day: date) -> Iterator[str]:
    yield from (one.network for one in figures or () if one.on <= day)


def _may_let_out(charter: Charter, network: str) -> bool:
    """Return whether some permit lets acts on a network go out, and no other rule prevents it."""
    facts = Facts(charter, Act(network=network), Context())
    truths = rule_truths(charter, facts, gate(charter, facts))
    is_barred = any(
        rule.effect is not Effect.PERMIT and found is Truth.TRUE for rule, found in truths
    )
    permits = (found for rule, found in truths if rule.effect is Effect.PERMIT)
    return not is_barred and any(found is not Truth.FALSE for found in permits)


def _fresh(look: Look, charter: Charter) -> Seen:
    if charter.review_by is None:
        return no("charter fresh none")
    is_fresh = look.day <= charter.review_by
    return seen(Truth.of(is_fresh), "charter fresh", on=charter.review_by.isoformat())


def _for_employees(_: Look, charter: Charter) -> Seen:
    found = names(
        rule.id
        for rule in charter.rules
        if any(
            test.fact == "author" or test.fact.startswith("author.") for test in tests(rule.when)
        )
    )
    return yes("rules", rules=found) if found else no("employees none")


def _length(circuit: ValidationCircuit) -> Longest | None:
    """Return how long a circuit takes at most; None where a stage has no limit."""
    times = [
        None if stage.within is None else longest(stage.within, stage.clock)
        for stage in circuit.stages
    ]
    known = [time for time in times if time is not None]
    return in_turn(known) if len(known) == len(times) else None


def _short_way(look: Look, charter: Charter) -> Seen:
    """Check that every circuit a rule refers to is short: one that is does not excuse another."""
    named = sorted(frozenset[str]().union(*(rule.to for rule in charter.rules)))
    if not named:
        return no("short way none")
    timed = {name: _length(charter.circuit(name)) for name in named}
    endless = names(name for name, time in timed.items() if time is None)
    if endless:
        return no("short way endless", circuits=endless)
    known = {name: time for name, time in timed.items() if time is not None}
    limit = look.aims.circuit
    open_ = names(name for name, time in known.items() if time.within(limit) is Truth.UNKNOWN)
    last, name = max((time.low, name) for name, time in known.items())
    if last <= limit and open_:
        return want("circuit times", said="short way days", circuits=open_)
    said = "short way" if known[name].high == last else "short way over"
    return seen(Truth.of(last <= limit), said, circuit=name, time=last, limit=limit)


def _completable(look: Look, charter: Charter) -> Seen:
    team = look.given.team
    if team is None:
        return want("team")
    completions = completable(charter, team, look.week).circuits
    failing = [one for one in completions if not one.is_complete]
    if not failing:
        worst = max((one.worst for one in completions if one.worst), default=timedelta())
        return yes("complete yes", time=worst)
    hidden = any(_is_hidden(member, team, look.week) for member in team.members)
    sure = names(one.circuit for one in failing if _surely_fails(one, hidden=hidden))
    if sure:
        return no("complete no", circuits=sure)
    circuits = names(one.circuit for one in failing)
    return want("hours", said="complete no", circuits=circuits)


def _is_hidden(member: Member, team: Team, window: Span) -> bool:
    """Return whether nobody knows when somebody is on duty in a window."""
    found = presence(member, Clocks(window), team.calendar)
    return member.availability.week is None or bool(found.unknown_years)


def _surely_fails(one: Completion, *, hidden: bool) -> bool:
    """Return whether it would fail whatever the hours that are unknown."""
    return bool(one.vacancies) or (one.is_proven and not hidden)


def _covered(look: Look, charter: Charter) -> Seen:
    if look.given.history is None:
        return want("history")
    dated = ((look.moment(case), case) for case in look.given.history)
    rows: list[Case | Unreadable] = [*look.given.unread]
    rows += [case for at, case in dated if at is None or at <= look.at]
    found = audit(charter, rows)
    told = {"so": found.covered, "total": found.total, "target": charter.target}
    if found.verdict is Verdict.UNDECIDED:
        return want("more acts", said="covered", **told)
    if found.verdict is Verdict.MET:
        return yes("covered", **told)
    index = compiled(charter)
    unsure = sum(_may_be_covered(index, row) for row in cases(charter, rows, Context()))
    if found.covered + unsure >= charter.target * found.total:
        return want("facts", said="covered unsure", **told, unsure=unsure)
    return no("covered", **told)


def _may_be_covered(charter: CompiledCharter, row: Case | Unreadable) -> bool:
    """Return whether an act that is not covered might be, were more known of it."""
    if isinstance(row, Unreadable):
        return True
    judged = judge_case(charter, row)
    return judged.ruling.outcome is Outcome.EXCEPTION and bool(judged.wanting)


def _checks() -> Iterator[tuple[str, Callable[[Look], Seen]]]:
    yield "charter in force", _with_charter(_in_force)
    yield "charter signed", _with_charter(_signed)
    yield "charter framed", _with_charter(_framed)
    yield "networks covered", _with_charter(_covers_networks)
    yield "charter fresh", _with_charter(_fresh)
    yield "rules for employees", _with_charter(_for_employees)
    yield "short way", _with_charter(_short_way)
    yield "circuits complete", _with_charter(_completable)
    yield "share covered", _with_charter(_covered)


CHECKS: Final[Mapping[str, Callable[[Look], Seen]]] = dict(_checks())
