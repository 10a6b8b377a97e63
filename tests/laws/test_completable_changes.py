"""Completability: what becomes of it when the team, the window or a deadline changes."""

from datetime import timedelta

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from cmcore.charters.completion import completable
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.completion._course import Course
from cmcore.circuits.completion._sweep import Piece, Sweep
from cmcore.circuits.quorum import ANY, Silence
from cmcore.circuits.stage import Stage
from cmcore.teams.availability import Availability, Leave, Shift
from cmcore.teams.member import Member
from cmcore.teams.team import Team
from cmcore.time.clocks import BusinessClock
from cmcore.time.intervals import Span

from .completing_by_force import HALF, MINUTE, Case, cases, teams


def with_stages(circuit: ValidationCircuit, stages: list[Stage]) -> ValidationCircuit:
    return attrs.evolve(circuit, stages=stages)


def within(inner: tuple[Span, ...], outer: tuple[Span, ...]) -> bool:
    return all(any(o.start <= i.start and i.stop <= o.stop for o in outer) for i in inner)


class TestChanges:
    """What becomes of a circuit when the team, the window or a deadline changes."""

    @given(cases(), st.data())
    def test_adding_a_person_never_opens_a_failure(self, case: Case, data: st.DataObject) -> None:
        """Numbers of people are asked, and only the first stage has a deadline.

        A share grows with those who share it, and a stage passed sooner starts the clock of the
        next one sooner: `test_haste_may_open_a_failure` shows it.
        """
        first, *others = (attrs.evolve(s, need=ANY) if needs_no_number(s) else s
                          for s in case.circuit.stages)  # fmt: skip
        first = attrs.evolve(first, otherwise="lapse")
        calm = [attrs.evolve(stage, within=None, clock=None) for stage in others]
        circuit = with_stages(case.circuit, [first, *calm])
        fresh = data.draw(teams(case.window.start, most=1))
        assume(fresh.members)
        more = case.team.with_member(attrs.evolve(fresh.members[0], id="new"))
        before = completable(circuit, case.team, case.window)
        after = completable(circuit, more, case.window)
        assert within(after.failing, before.failing)

    @given(cases(), st.data())
    def test_a_longer_deadline_never_hurts(self, case: Case, data: st.DataObject) -> None:
        """Save where silence is waited for, or where the next stage is opened by it."""
        circuit, team, window = case
        number = data.draw(st.integers(0, len(circuit.stages) - 1))
        stage = attrs.evolve(circuit.stages[number], within=HALF, otherwise="refuse")
        assume(not isinstance(stage.need, Silence))
        longer = attrs.evolve(stage, within=HALF * data.draw(st.integers(2, 40)))
        before, after = (
            completable(with_stages(circuit, put(circuit, number, one)), team, window)
            for one in (stage, longer)
        )
        assert within(after.failing, before.failing)

    @given(cases())
    def test_a_week_later_all_is_the_same(self, case: Case) -> None:
        """Where no clock changes between the two."""
        week = timedelta(days=7)

        def later(member: Member) -> Member:
            when = member.availability
            leaves = [Leave(one.start + week, one.stop + week) for one in when.leaves]
            shifts = [Shift(one.start + week, one.stop + week) for one in when.shifts]
            moved = Availability(when.week, "Asia/Kolkata", leaves, shifts=shifts)
            return attrs.evolve(member, availability=moved)

        people = [attrs.evolve(m, availability=attrs.evolve(m.availability, zone="Asia/Kolkata"))
                  for m in case.team.members]  # fmt: skip
        stages = [attrs.evolve(s, clock=s.clock and BusinessClock(s.clock.week))
                  for s in case.circuit.stages]  # fmt: skip
        circuit = with_stages(case.circuit, stages)
        span = Span(case.window.start + week, case.window.stop + week)
        (before,) = completable(circuit, Team("t", people, case.team.roles), case.window).circuits
        others = Team("t", [later(m) for m in case.team.members], case.team.roles)
        (after,) = completable(circuit, others, span).circuits
        assert after.worst_at == (before.worst_at and before.worst_at + week)
        moved = [attrs.evolve(f, when=tuple(Span(s.start + week, s.stop + week) for s in f.when))
                 for f in before.failures]  # fmt: skip
        assert after == attrs.evolve(before, failures=tuple(moved), worst_at=after.worst_at)

    @given(cases())
    def test_nobody_completes_nothing(self, case: Case) -> None:
        found = completable(case.circuit, Team("nobody"), case.window)
        assert found.failing == (case.window,)
        assert found.share == 0
        assert found.worst is found.typical is None
        numbers = [lack.stages[0] for lack in found.circuits[0].vacancies]
        assert numbers == list(range(1, len(case.circuit.stages) + 1))

    @given(cases(), st.data())
    def test_a_window_is_the_sum_of_its_parts(self, case: Case, data: st.DataObject) -> None:
        circuit, team, window = case
        cut = window.start + data.draw(st.integers(1, window.length // MINUTE - 1)) * MINUTE
        (whole,) = completable(circuit, team, window).circuits
        parts = [completable(circuit, team, span).circuits[0]
                 for span in (Span(window.start, cut), Span(cut, window.stop))]  # fmt: skip
        assert whole.completes == sum((one.completes for one in parts), timedelta(0))
        times = [one.worst for one in parts if one.worst is not None]
        assert whole.worst == max(times, default=None)
        failing = sum((one.length for one in whole.failures), timedelta(0))
        assert failing + whole.completes == whole.length

    @given(cases())
    def test_half_of_the_moments_take_the_median_at_most(self, case: Case) -> None:
        pieces = list(Sweep(Course(case.circuit.stages, case.team, case.window)).pieces())
        typical = completable(*case).typical
        total = sum(one.stop - one.start for one in pieces if one.takes is not None)
        assert (typical is None) == (total == 0)
        if typical is not None:
            least = typical // timedelta(microseconds=1)
            assert 2 * at_most(pieces, least) >= total > 2 * at_most(pieces, least - 1)


def at_most(pieces: list[Piece], time: int) -> int:
    """Return how many of the moments take a time at most."""
    return sum(
        min(one.stop - one.start, max(0, time - one.takes + one.stop - one.start))
        if one.shrinks else (one.stop - one.start) * (one.takes <= time)
        for one in pieces if one.takes is not None
    )  # fmt: skip


def needs_no_number(stage: Stage) -> bool:
    return isinstance(stage.need, Silence) or stage.need.is_share


def put(circuit: ValidationCircuit, number: int, stage: Stage) -> list[Stage]:
    return [*circuit.stages[:number], stage, *circuit.stages[number + 1 :]]
