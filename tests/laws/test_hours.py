"""Hours: what they lack is time, counted by the minute, whoever else is on the team."""

from datetime import UTC, datetime, timedelta

import attrs
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cmcore import (
    Availability,
    Member,
    Needs,
    Plan,
    Role,
    Seats,
    Span,
    Team,
    Watch,
    Week,
    assign,
    verify,
)
from cmcore.teams import Assignment, Goal, Leave, Question, Shift, Status

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
SPAN = Span(MONDAY + timedelta(hours=8), MONDAY + timedelta(hours=20))
WINDOW = {"start": SPAN.start, "stop": SPAN.stop}


@st.composite
def stretches(draw: st.DrawFn) -> Week:
    """Draw some hours of Monday, to five minutes."""
    ends = draw(st.lists(st.integers(96, 240), min_size=2, max_size=4, unique=True).map(sorted))
    return Week(tuple((5 * a, 5 * b) for a, b in zip(ends[::2], ends[1::2], strict=False)))


@st.composite
def people(draw: st.DrawFn, prefix: str, *, fit: bool) -> Member:
    away = draw(st.integers(0, 700))
    leave = Leave(SPAN.start + timedelta(minutes=away), SPAN.start + timedelta(minutes=away + 20))
    here = SPAN.start + timedelta(minutes=draw(st.integers(-60, 700)))
    shift = Shift(here, here + timedelta(minutes=draw(st.integers(1, 90))))
    return Member(
        f"{prefix}{draw(st.integers(0, 99)):02}",
        skills={"writing"} if fit else (),
        affinity={"author": draw(st.integers(0, 2))},
        most_roles=draw(st.integers(0, 2)),
        availability=Availability(
            draw(stretches()),
            leaves=[leave] if draw(st.booleans()) else [],
            shifts=[shift] if draw(st.booleans()) else [],
        ),
    )


@st.composite
def teams(draw: st.DrawFn) -> tuple[Team, Needs]:
    """Draw a few authors, editors that anybody may be, and hours over both."""
    some = {one.id: one for one in draw(st.lists(people("m", fit=True), max_size=4))}
    roles = [Role("author", requires={"writing"}), Role("editor")]
    most = draw(st.integers(0, 2))
    watches = st.builds(
        Watch, stretches(), least=st.integers(0, 2), role=st.sampled_from(["author", "editor"])
    )
    needs = Needs(
        "n",
        seats=[Seats("author", draw(st.integers(0, most)), most), Seats("editor", 0, 1)],
        hours=draw(st.lists(watches, min_size=1, max_size=3)),
    )
    return Team("t", some.values(), roles), needs


def minutes_short(team: Team, needs: Needs, plan: Plan) -> int:
    """Count, minute by minute, the people missing from each watch."""
    short = 0
    for minute in range(int((SPAN.stop - SPAN.start) / timedelta(minutes=1))):
        at = SPAN.start + timedelta(minutes=minute)
        there = {
            member.id
            for member in team.members
            if (
                (member.availability.week and member.availability.week.holds(at, "UTC"))
                or any(shift.start <= at < shift.stop for shift in member.availability.shifts)
            )
            and not any(leave.start <= at < leave.stop for leave in member.availability.leaves)
        }
        for watch in needs.hours:
            if isinstance(watch.week, Week) and watch.week.holds(at, "UTC"):
                held = there & {*plan.holders(watch.role or "")}
                short += max(0, watch.least - len(held))
    return short


@settings(max_examples=50)
@given(teams(), st.data())
def test_what_hours_lack_is_the_time_counted_by_the_minute(
    asked: tuple[Team, Needs], data: st.DataObject
) -> None:
    team, needs = asked
    every = [(m.id, role.id) for m in team.members for role in team.roles]
    plan = Plan(data.draw(st.lists(st.sampled_from(every))) if every else [])
    question = Question(team, needs, window=SPAN)
    checked = verify(team, needs, Assignment(question, plan, Status.GAP))
    short = minutes_short(team, needs, plan)
    assert checked.values[1] == short
    told = sum((lack.size for lack in checked.lacks if lack.week), timedelta(0))
    assert told == timedelta(minutes=short)


@settings(max_examples=50)
@given(teams())
def test_the_fewest_minutes_are_short_of_all_plans_with_as_few_seats_empty(
    asked: tuple[Team, Needs],
) -> None:
    team, needs = asked
    for solver in ("own", "auto"):
        found = assign(team, needs, **WINDOW, solver=solver)  # type: ignore[arg-type]
        assert found.status is Status.OPTIMAL
        assert found.value(Goal.HOURS) == minutes_short(team, needs, found.plan)
        others = (verify(team, needs, attrs.evolve(found, plan=plan)) for plan in _plans(team))
        sound = [other.values for other in others if other.is_sound]
        assert (found.value(Goal.SHORTAGE), found.value(Goal.HOURS)) == min(v[:2] for v in sound)


def _plans(team: Team) -> list[Plan]:
    assume(len(team.members) <= 3)
    every = [(m.id, role.id) for m in team.members for role in team.roles]
    return [
        Plan(pair for n, pair in enumerate(every) if mask >> n & 1)
        for mask in range(1 << len(every))
    ]


@settings(max_examples=50)
@given(teams(), st.lists(people("zz", fit=False), min_size=1, max_size=3))
def test_people_who_cannot_hold_a_role_never_change_who_does(
    asked: tuple[Team, Needs], others: list[Member]
) -> None:
    team, needs = asked
    strangers = [
        attrs.evolve(one, most_roles=0) for one in {one.id: one for one in others}.values()
    ]
    alone = assign(team, needs, **WINDOW)  # type: ignore[arg-type]
    larger = assign(team.with_member(*strangers), needs, **WINDOW)  # type: ignore[arg-type]
    assert larger.pairs == alone.pairs
    assert [level.value for level in larger.levels] == [level.value for level in alone.levels]


def test_ten_minutes_weigh_less_than_a_week() -> None:
    team = Team(
        "t",
        [
            Member("ana", affinity={"author": 1}, availability=_at("Mon 09:00-10:00")),
            Member("bob", availability=_at("Mon 09:00-09:55; Mon 10:00-17:00; Tue 09:05-17:00;"
                                           " Wed-Fri 09:00-17:00")),
        ],
        [Role("author")],
    )  # fmt: skip
    week = Week.parse("Mon-Fri 09:00-17:00")
    needs = Needs("n", seats=[Seats("author", 0, 1)], hours=[Watch(week, role="author")])
    window = {"start": MONDAY, "stop": MONDAY + timedelta(days=7)}
    found = assign(team, needs, **window)  # type: ignore[arg-type]
    assert found.pairs == (("bob", "author"),)
    assert found.value(Goal.HOURS) == 10
    other = verify(team, needs, attrs.evolve(found, plan=Plan([("ana", "author")])))
    assert other.values[1] == 39 * 60
    assert "10 min" in str(found)


def test_a_minute_that_has_begun_counts_whole() -> None:
    team = Team("t", [], [Role("author")])
    needs = Needs("n", hours=[Watch(Week.always(), role="author")])
    found = assign(team, needs, start=MONDAY, stop=MONDAY + timedelta(seconds=90))
    assert found.value(Goal.HOURS) == 2
    assert found.lacks[0].size == timedelta(seconds=90)


def _at(hours: str) -> Availability:
    return Availability(Week.parse(hours))
