"""Strategies for rules, circuits and charters."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final

import attrs
from hypothesis import strategies as st

from cmcore.charters.charter import Approval, Charter
from cmcore.charters.conditions.operands import Rate
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.expectation import Expectation, Proportion
from cmcore.charters.kinds import KINDS
from cmcore.charters.rule import Effect, Rule, Term
from cmcore.charters.scope import Scope, Volume
from cmcore.circuits.approvers import Approvers, Source
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.quorum import ANY, NAMED, NO_OBJECTION, Quorum, Silence
from cmcore.circuits.stage import Stage, Timeout
from cmcore.strategies._conditions import (
    USUAL,
    a_condition,
    a_count,
    a_test,
    a_vocabulary,
    a_window,
)
from cmcore.strategies._drawing import distinct, number, pick, rare, several, some
from cmcore.strategies._guarantees import guaranteeing
from cmcore.strategies._words import (
    EVERY_YEAR,
    SYMBOLS,
    ZONES,
    a_calendar,
    a_clock,
    a_day,
    a_duration,
    a_week,
    an_id,
)
from cmcore.teams.traits import Trait
from cmcore.time.calendar import WorkingDays
from cmcore.time.clocks import BusinessClock, WorkingWeek
from cmcore.time.units import CalendarUnit
from cmcore.time.week import Week

_BECAUSE: Final = ("Two people see it first.", "C'est du quotidien.", "Because!", "{so} 100 %")
_ASIDES: Final = ("see the lawyers", "§ 3")
_TITLES: Final = ("Charte", 'L\'été: "tout" #1')
_TARGETS: Final = (0.9, 0.5, 1, 0.0, 0.75)
_EFFECTS: Final = (Effect.PERMIT, Effect.REFER, Effect.FORBID, Effect.PERMIT)


def a_term(draw: st.DrawFn) -> Term:
    """Draw days in force, open at either end or at none."""
    one = a_day(draw)
    match number(draw, 0, 2):
        case 0:
            return Term(one, None)
        case 1:
            return Term(None, one)
        case _:
            other = a_day(draw)
            return Term(min(one, other), max(one, other))


def a_rule(
    draw: st.DrawFn,
    vocabulary: Vocabulary,
    circuits: Sequence[str],
    depth: int,
    facts: Sequence[str],
) -> Rule:
    """Draw a rule over `vocabulary` that refers, if it does, to one of `circuits`."""
    effect = pick(draw, _EFFECTS)
    return Rule(
        an_id(draw),
        effect,
        when=a_condition(draw, lambda: a_test(draw, vocabulary, facts), depth),
        because=pick(draw, _BECAUSE),
        to=_some_circuits(draw, circuits) if effect is Effect.REFER else None,
        note=pick(draw, _ASIDES) if rare(draw) else None,
        source=pick(draw, _ASIDES) if rare(draw) else None,
        term=a_term(draw) if rare(draw) else Term(),
    )


def _some_circuits(draw: st.DrawFn, circuits: Sequence[str]) -> frozenset[str]:
    """Draw where a rule sends acts: mostly to one circuit."""
    return frozenset(several(draw, lambda: pick(draw, circuits), 1, 2 if rare(draw) else 1))


def some_approvers(draw: st.DrawFn) -> Approvers:
    """Draw those a stage asks."""
    names = several(draw, lambda: an_id(draw), 1, 2)
    return Approvers(pick(draw, tuple(Source)), frozenset(names))


def a_quorum(draw: st.DrawFn) -> Quorum:
    """Draw a quorum: any, all, a number or a fraction."""
    match number(draw, 0, 3):
        case 0:
            return pick(draw, tuple(NAMED.values()))
        case 1:
            return Quorum(number(draw, 1, 5))
        case 2:
            whole = number(draw, 1, 100)
            return Quorum(number(draw, 1, whole), whole)
        case _:
            whole = number(draw, 2, 100)
            return Quorum(number(draw, 1, whole - 1), whole, beyond=True)


def a_running_clock(draw: st.DrawFn) -> BusinessClock:
    """Draw a clock that runs at some hours of the week."""
    week = a_week(draw)
    return a_clock(draw, week if week.windows else Week.always())


def a_stage(draw: st.DrawFn) -> Stage:
    """Draw a stage of a circuit."""
    within = a_duration(draw, 1) if number(draw, 0, 1) else None
    differ = pick(draw, tuple(Trait)) if rare(draw) else None
    need = NO_OBJECTION if within and rare(draw) else a_quorum(draw)
    clock = a_running_clock(draw) if within and rare(draw) else None
    return Stage(
        some_approvers(draw),
        Quorum(number(draw, 2, 5)) if differ else need,
        WorkingDays(number(draw, 0, 9)) if clock and rare(draw, 3) else within,
        pick(draw, tuple(Timeout)),
        some_approvers(draw) if rare(draw) else None,
        clock,
        rare(draw),
        differ,
    )


def a_circuit(draw: st.DrawFn) -> ValidationCircuit:
    """Draw a circuit of one stage or two, with a shorter way in an emergency or without.

    Rarely, its author publishes alone in an emergency.
    """
    made = several(draw, lambda: a_stage(draw), 1, 2)
    if rare(draw):
        return ValidationCircuit(an_id(draw), made, [_afterwards(draw)])
    shorter = several(draw, lambda: a_stage(draw), 1, 1) if made[1:] and rare(draw, 3) else ()
    return ValidationCircuit(an_id(draw), made, shorter)


def _afterwards(draw: st.DrawFn) -> Stage:
    """Draw a stage that is asked once the act has gone out."""
    made, within = a_stage(draw), a_duration(draw, 1)
    need = ANY if isinstance(made.need, Silence) else made.need
    return attrs.evolve(made, need=need, within=within, otherwise=Timeout.ESCALATE, afterwards=True)


def a_volume(draw: st.DrawFn, counts: Iterable[str] = ()) -> Volume:
    """Draw a volume: a number of acts of a kind, or of one of some counts, within a window."""
    kinds = ("any", *KINDS, *sorted(counts) * 8)
    return Volume(number(draw, 1, 4), a_window(draw), pick(draw, kinds))


def a_scope(draw: st.DrawFn, counts: Iterable[str] = ()) -> Scope:
    """Draw a scope, wide open mostly."""
    if not rare(draw):
        return Scope()
    networks = some(draw, (*SYMBOLS, "Twitter", "X"), 1, 4) if number(draw, 0, 1) else None
    return Scope(networks, several(draw, lambda: a_volume(draw, counts), 0, 2))


def an_expectation(
    draw: st.DrawFn,
    counts: Iterable[str] = (),
    events: Iterable[str] = (),
    *,
    dated: bool = True,
    calendar: bool = True,
) -> Expectation:
    """Draw what is expected of a period, or before events, of kinds of act or of some counts.

    Working days need a `calendar`.
    """
    names = ("any", "publish", *KINDS, *sorted(counts) * 8)
    of, is_floor = pick(draw, names), number(draw, 0, 1) == 1
    side = "at_least" if is_floor else "at_most"
    about: dict[str, Any] = {"id": an_id(draw), "of": of, "because": pick(draw, ("", *_BECAUSE))}
    if dated and rare(draw):
        about["term"] = a_term(draw)
    if rare(draw):
        side = pick(draw, ("after", "before"))
        about[side] = pick(draw, [name for name in names if name != of])
        is_open = side == "before" and number(draw, 0, 1) == 1
        about["within"] = None if is_open else a_duration(draw, 1)
        if side == "after" and rare(draw, 3):
            about["during"] = a_week(draw)
        if side == "after" and calendar and rare(draw, 3):
            about["within"] = WorkingDays(number(draw, 0, 9))
        about["same"] = some(draw, ("link", "topic", "person", "message"), 0, 2)
        return Expectation(**about)
    known = sorted(events)
    if known and rare(draw):
        about["before"], about["by"] = (
            pick(draw, known),
            several(draw, lambda: a_duration(draw, 1), 1, 2),
        )
        longest = max(about["by"])
        about["within"] = longest + a_duration(draw, 1) if rare(draw) else None
        return Expectation(**about)
    if not is_floor and rare(draw):
        rate = Rate(number(draw, 0, 3), a_duration(draw, 1))
        return Expectation(**about, at_most=rate)
    drawn = a_week(draw) if rare(draw) else None
    hours = drawn if drawn and drawn.windows else None
    about["on"] = WorkingWeek(hours) if hours and calendar else hours
    by_day = not (hours and hours.has_nights)
    unit = pick(draw, [one for one in CalendarUnit if by_day or one is not CalendarUnit.DAY])
    if number(draw, 0, 1):
        rate = Rate(number(draw, int(is_floor), 3), unit)
        return Expectation(**{**about, side: rate})
    share = Proportion(pick(draw, (0.2, 0.5, 0.333, float(is_floor))), unit)
    among = pick(draw, [name for name in names if name != of])
    return Expectation(**{**about, side: share}, among=among)


def an_approval(draw: st.DrawFn) -> Approval:
    """Draw who signed a charter, and when."""
    by = frozenset(several(draw, lambda: an_id(draw), 1, 2))
    return Approval(by, a_day(draw) if number(draw, 0, 1) else None)


@cache
def terms() -> st.SearchStrategy[Term]:
    """Return a strategy for days in force, open at either end or at none."""
    return st.composite(a_term)()


@st.composite
def rules(
    draw: st.DrawFn,
    vocabulary: Vocabulary = USUAL,
    circuits: Sequence[str] = ("desk",),
    max_depth: int = 2,
    *,
    facts: Sequence[str] = (),
) -> Rule:
    """Return a strategy for rules over `vocabulary` that refer to one of `circuits`.

    They read `facts` only, where there are any.
    """
    return a_rule(draw, vocabulary, circuits, max_depth, facts)


@cache
def approvers() -> st.SearchStrategy[Approvers]:
    """Return a strategy for those a stage asks."""
    return st.composite(some_approvers)()


@cache
def quorums() -> st.SearchStrategy[Quorum]:
    """Return a strategy for quorums: any, all, a number or a fraction."""
    return st.composite(a_quorum)()


@st.composite
def clocks(draw: st.DrawFn) -> BusinessClock:
    """Return a strategy for clocks that run at some hours of the week."""
    return a_running_clock(draw)


@cache
def stages() -> st.SearchStrategy[Stage]:
    """Return a strategy for the stages of a circuit."""
    return st.composite(a_stage)()


@cache
def circuits() -> st.SearchStrategy[ValidationCircuit]:
    """Return a strategy for circuits of one stage or two, some of which have an emergency."""
    return st.composite(a_circuit)()


@cache
def volumes() -> st.SearchStrategy[Volume]:
    """Return a strategy for volumes: a number of acts of a kind within a window."""
    return st.composite(a_volume)()


@cache
def scopes() -> st.SearchStrategy[Scope]:
    """Return a strategy for scopes, most of them wide open."""
    return st.composite(a_scope)()


@cache
def expectations() -> st.SearchStrategy[Expectation]:
    """Return a strategy for what is expected of a period."""
    return st.composite(an_expectation)((), ("launch",))


@cache
def rates() -> st.SearchStrategy[Rate]:
    """Return a strategy for numbers of acts in a window."""
    return st.composite(lambda draw: Rate(number(draw, 0, 4), a_window(draw)))()


@cache
def proportions() -> st.SearchStrategy[Proportion]:
    """Return a strategy for shares of acts in a unit of the calendar."""
    parts = st.sampled_from([0.0, 0.2, 0.333, 1.0]) | st.floats(0, 1)
    return st.builds(Proportion, parts, st.sampled_from(CalendarUnit))


@cache
def approvals() -> st.SearchStrategy[Approval]:
    """Return a strategy for who signed a charter, and when."""
    return st.composite(an_approval)()


@st.composite
def charters(  # noqa: PLR0913 - each option is named and independent
    draw: st.DrawFn,
    *,
    vocabulary: Vocabulary | None = None,
    min_rules: int = 0,
    max_rules: int = 5,
    max_depth: int = 2,
    facts: Sequence[str] = (),
    dated: bool = True,
    scoped: bool = True,
) -> Charter:
    """Return a strategy for valid charters of up to `max_rules` rules.

    The labels, events and names of counts are those of `vocabulary`, else drawn; rules read `facts`
    only, where there are any. `dated` and `scoped` say whether the charter and its rules may have
    days in force, and the charter a scope.
    """
    words = a_vocabulary(draw) if vocabulary is None else vocabulary
    named = distinct(draw, lambda: a_circuit(draw), lambda c: c.id, 1, 3)
    to = [circuit.id for circuit in named]

    def make() -> Rule:
        return a_rule(draw, words, to, max_depth, facts)

    found = distinct(draw, make, lambda rule: rule.id, min_rules, max_rules)
    # a deadline is refused in a year that a calendar says nothing about
    is_timed = any(stage.clock for one in named for stage in (*one.stages, *one.emergency))
    years = EVERY_YEAR if is_timed else None
    calendar = a_calendar(draw, years) if rare(draw, 2) else None
    made = Charter(
        an_id(draw),
        rules=found if dated else [attrs.evolve(rule, term=Term()) for rule in found],
        circuits=named,
        default=pick(draw, to),
        version=number(draw, 1, 9),
        title=pick(draw, _TITLES) if rare(draw) else "",
        target=pick(draw, _TARGETS),
        zone=pick(draw, ZONES),
        calendar=calendar,
        term=a_term(draw) if dated and rare(draw, 8) else Term(),
        approval=an_approval(draw) if rare(draw) else None,
        review_by=a_day(draw) if rare(draw) else None,
        scope=a_scope(draw, words.counts) if scoped else Scope(),
        labels=words.labels,
        kinds=words.kinds,
        events=words.events,
        counts={name: a_count(draw, words) for name in sorted(words.counts)},
        expectations=distinct(
            draw,
            lambda: an_expectation(
                draw, words.counts, words.events, dated=dated, calendar=calendar is not None
            ),
            lambda one: one.id,
            0,
            2,
        )
        if rare(draw, 4)
        else (),
    )
    return guaranteeing(draw, made, facts) if rare(draw, 8) else made
