"""Coverage: what a team lacks is told whole, exactly, and whatever the names and the clocks."""

from datetime import datetime, timedelta
from itertools import chain, combinations, product
from typing import Any

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cmcore.base.alike import looks
from cmcore.strategies import members, spans, teams_and_needs, weeks
from cmcore.teams._shortfall import Holder, Meter
from cmcore.teams.assignment.assign import assign
from cmcore.teams.availability import Availability
from cmcore.teams.cover._absences import Dealer
from cmcore.teams.cover.cover import coverage
from cmcore.teams.cover.coverage import Coverage
from cmcore.teams.duty import Rota
from cmcore.teams.gap import Dimension, Gap, GapKind
from cmcore.teams.member import Member
from cmcore.teams.needs import Cap, Mix, Needs, Seats, Watch, Work
from cmcore.teams.role import Role
from cmcore.teams.solver.solve import Engine
from cmcore.teams.team import Team
from cmcore.time.intervals import Span, count
from cmcore.time.week import Week

Pair = tuple[Team, Needs]
ZERO = timedelta(0)
ZONES = ("UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")
#: Weeks in which clocks are put on, and back, in one zone or another.
TURNS = ("2026-03-08T00:30", "2026-03-28T12:00", "2026-04-04T10:10", "2026-10-24T23:45")


def cover(team: Team, asked: Needs, span: Span, absent: int = 0) -> Coverage:
    return coverage(team, asked, start=span.start, stop=span.stop, absent=absent)


def sizes(found: Coverage) -> dict[Any, Any]:
    return {(gap.kind, gap.path, gap.what): gap.size for gap in found.gaps}


def number(amount: int | timedelta) -> int:
    return amount // timedelta(microseconds=1) if isinstance(amount, timedelta) else amount


class TestGrowth:
    """Adding a member never opens a gap (needs without ceilings or mix)."""

    @given(teams_and_needs(limits=False), spans(), st.data())
    def test_adding_a_member_never_opens_a_gap(
        self, pair: Pair, span: Span, data: st.DataObject
    ) -> None:
        team, asked = pair
        one = attrs.evolve(data.draw(members([role.id for role in team.roles])), least_roles=0)
        assume(not any(looks(one.id) & looks(member.id) for member in team.members))
        before = sizes(cover(team, asked, span))
        after = sizes(cover(team.with_member(one), asked, span))
        assert after.keys() <= before.keys()
        assert all(after[key] <= before[key] for key in after)


def _subsets(many: list[str]) -> list[tuple[str, ...]]:
    sizes = range(len(many) + 1)
    return list(chain.from_iterable(combinations(many, size) for size in sizes))


class TestWork:
    """Work that is proven to fall without somebody is done no better by any deal of the roles."""

    @given(teams_and_needs(4), spans())
    def test_no_deal_does_work_that_is_proven_to_fall(self, pair: Pair, span: Span) -> None:
        team, asked = pair
        meter = Meter(team.roles, asked, Rota(team, asked, span))
        numbers = {member.id: number for number, member in enumerate(team.members)}
        for absence in cover(team, asked, span, absent=1).absences:
            work = {fall.path: fall for fall in absence.falls if fall.kind is GapKind.WORKLOAD}
            left = team.without(*absence.people).members
            fit = [[r.id for r in team.roles if not m.lacks(r)] for m in left]
            assume(absence.is_proven and work and sum(map(len, fit)) < 8)
            hands = [
                chain.from_iterable(combinations(f, n) for n in range(len(f) + 1)) for f in fit
            ]
            for deal in product(*map(list, hands)):
                crew = [Holder(m, frozenset(held), numbers[m.id])
                        for m, held in zip(left, deal, strict=True)]  # fmt: skip
                for one in meter.all(crew):
                    if one.path in work:
                        assert one.lacking > work[one.path].before // timedelta(minutes=1)  # type: ignore[operator]

    def test_roles_with_work_go_to_those_who_have_time(self) -> None:
        roles = [Role("expert", requires={"products"}), Role("author", minutes=300)]
        day = Availability(minutes=360)
        people = [
            Member("ann", skills={"products"}, roles={"author"}, availability=day),
            Member("dot", skills={"products"}, roles={"expert"}, availability=day),
            Member("kim", skills={"products"}, availability=day),
        ]
        asked = Needs("n", seats=[Seats("expert"), Seats("author")],
                      work=[Work("questions", 10, 9, "expert")])  # fmt: skip
        assert not coverage(Team("t", people, roles), asked).absences
        (alone,) = coverage(Team("t", people[1:2], roles), asked).absences
        assert alone.is_proven
        pair = coverage(Team("t", people[:2], roles), asked).absences
        assert [one.is_proven for one in pair] == [False, False]  # the time of roles binds
        assert "not proven" in pair[1].text()

    @pytest.mark.parametrize("times", [(0, 1), (1, 2), (7, 8)])
    def test_the_one_with_most_time_takes_over_the_work(self, times: tuple[int, int]) -> None:
        little, more = (Availability(minutes=time) for time in times)
        people = [
            Member("ann", skills={"products"}, availability=little),
            Member("dot", skills={"products"}, availability=more),
            Member("kim", skills={"products"}, roles={"expert"}, availability=Availability()),
        ]
        asked = Needs("n", seats=[Seats("expert", 1, 1)], work=[Work("q", 1, times[1], "expert")])
        roles = [Role("expert", requires={"products"})]
        assert not coverage(Team("t", people, roles), asked).absences

    @pytest.mark.parametrize(
        ("writing", "day", "work"), [(300, 360, 90), (300, 360, 360), (340, 30, 90)]
    )
    def test_where_the_time_that_roles_take_binds_nothing_is_proven(
        self, writing: int, day: int, work: int
    ) -> None:
        """Without her other role, Ann would have time for all that Dot does."""
        roles = [Role("expert"), Role("author", minutes=writing)]
        people = [
            Member("ann", roles={"author"}, availability=Availability(minutes=360)),
            Member("dot", roles={"expert"}, availability=Availability(minutes=day)),
        ]
        asked = Needs("n", seats=[Seats("expert"), Seats("author")],
                      work=[Work("questions", 1, work, "expert")])  # fmt: skip
        found = coverage(Team("t", people, roles), asked).absences
        assert [(one.people, one.is_proven) for one in found if one.people == ("dot",)] == [
            (("dot",), False)
        ]


class TestEmptyTeam:
    """The empty team shows every gap and a 100 % uncovered week."""

    @given(teams_and_needs(), spans())
    def test_the_empty_team_shows_every_gap(self, pair: Pair, span: Span) -> None:
        team, asked = pair
        found = cover(Team("nobody", [], team.roles), asked, span, absent=1)
        assert all(gap.size == gap.asked and not gap.candidates for gap in found.gaps)
        shown = {gap.path for gap in found.gaps}
        for path, need in asked.placed():
            wanted = getattr(need, "load", getattr(need, "least", 1))
            if path[0] in {"supervision", "separation"} or isinstance(need, Cap):
                assert path not in shown  # what is forbidden is done by nobody
            elif path[0] == "hours":
                held = Rota(team, asked, span).asked(int(path[1])) if wanted else 0
                assert (path in shown) == bool(wanted and held)
            else:
                assert (path in shown) == bool(wanted)
        assert all(share.share in {0, None} for share in found.shares)
        assert found.grid_share in {0, None}
        assert all(hour.on_duty == 0 and hour.lacking == hour.needed for hour in found.heat)
        assert not found.absences


class TestNames:
    """Relabelling ids changes no value."""

    @given(teams_and_needs(), spans(), st.data())
    def test_relabelling_people_changes_no_value(
        self, pair: Pair, span: Span, data: st.DataObject
    ) -> None:
        team, asked = pair
        ids = [member.id for member in team.members]
        names = dict(zip(data.draw(st.permutations(ids)), ids, strict=True))
        other = attrs.evolve(team, members=[attrs.evolve(m, id=names[m.id]) for m in team.members])
        first, second = cover(team, asked, span), cover(other, asked, span)
        renamed = tuple(
            attrs.evolve(gap, path=("members", new), what={"member": new})
            if gap.kind is GapKind.LOADS and (new := names[gap.what["member"]])
            else gap
            for gap in first.gaps
        )
        assert sizes(attrs.evolve(first, gaps=renamed)) == sizes(second)
        assert first.shares == second.shares
        assert first.grid == second.grid
        assert first.heat == second.heat
        for gap in renamed:
            key = gap.kind, gap.path, gap.what
            same = next(n for n in second.gaps if (n.kind, n.path, n.what) == key)
            assert {names[who] for who in gap.candidates} == set(same.candidates)
            assert {names[who] for who in gap.people} == set(same.people)
            assert gap.when == same.when


class TestShares:
    """A share is what is left of what is asked once the gaps are taken away."""

    @given(teams_and_needs(), spans())
    def test_shares_are_consistent_with_gaps(self, pair: Pair, span: Span) -> None:
        found = cover(*pair, span)
        for share in found.shares:
            some = [gap.size for gap in found.gaps if gap.kind.dimension is share.dimension]
            assert sum(map(number, some)) == number(share.lacking)
            assert (share.share is None) == (not share.asked)
            if share.share is not None:
                assert 0 <= share.share <= 1
                assert (share.share == 1) == (not some)
        assert [share.dimension for share in found.shares] == list(Dimension)
        assert all(0 <= number(cell.lacking) <= number(cell.asked) for cell in found.grid)

    @given(teams_and_needs(), spans())
    def test_the_cell_of_one_who_must_be_there_is_what_their_hours_lack(
        self, pair: Pair, span: Span
    ) -> None:
        team, asked = pair
        for watch in asked.hours:
            one = attrs.evolve(watch, least=1)
            alone = Needs("n", calendar=asked.calendar, hours=[one])
            found = cover(team, alone, span)
            hours = found.shares[list(Dimension).index(Dimension.HOURS)]
            for cell in found.grid:
                assert (cell.asked, cell.lacking) == (hours.asked, hours.lacking)

    @given(teams_and_needs())
    def test_those_who_have_several_roles_are_listed(self, pair: Pair) -> None:
        team, asked = pair
        told = coverage(team, attrs.evolve(asked, hours=()), absent=0).several_roles
        assert {one.member: frozenset(one.roles) for one in told} == {
            m.id: m.roles for m in team.members if len(m.roles) >= 2
        }

    @given(teams_and_needs(), spans())
    def test_the_time_of_a_gap_is_that_of_its_lapses(self, pair: Pair, span: Span) -> None:
        for gap in cover(*pair, span).gaps:
            if gap.kind is GapKind.HOURS:
                told = sum(((one.stop - one.start) * one.lacking for one in gap.when), ZERO)
                assert told == gap.size
                assert all(one.start < one.stop and one.lacking > 0 for one in gap.when)
                ends = list(zip(gap.when, gap.when[1:], strict=False))
                assert all(a.stop < b.start or a.lacking != b.lacking for a, b in ends)
                assert all(a.stop <= b.start for a, b in ends)


class TestSweep:
    """The sweep agrees with brute force, minute by minute, where clocks change."""

    @given(
        st.sampled_from(TURNS),
        st.lists(st.tuples(weeks(), st.sampled_from(ZONES)), max_size=3),
        weeks(),
        st.sampled_from(ZONES),
        st.integers(1, 2),
    )
    def test_every_minute_is_judged_alike(
        self, turn: str, hours: list[tuple[Week, str]], week: Week, zone: str, least: int
    ) -> None:
        start = datetime.fromisoformat(f"{turn}+00:00")
        span = Span(start, start + timedelta(hours=30))
        people = [Member(f"m{n}", availability=Availability(*one)) for n, one in enumerate(hours)]
        asked = Needs("n", hours=[Watch(week, zone, least)])
        found = cover(Team("t", people), asked, span)
        (gap,) = found.gaps or [Gap(GapKind.HOURS, (), {}, 0, 0)]
        lacking = 0
        for minute in range(30 * 60):
            at = start + timedelta(minutes=minute)
            duty = sum(one.holds(at, where) for one, where in hours)
            lack = max(0, least - duty) if week.holds(at, zone) else 0
            told = sum(one.lacking for one in gap.when if one.start <= at < one.stop)
            assert told == lack
            assert not lack or (gap.week is not None and gap.week.holds(at, zone))
            lacking += lack
        assert gap.size == (timedelta(minutes=lacking) if lacking else 0)

    @given(weeks(), st.sampled_from(ZONES), spans(), st.integers(0, 100))
    def test_back_to_back_windows_leave_no_gap(
        self, week: Week, zone: str, span: Span, percent: int
    ) -> None:
        middle = span.start + (span.stop - span.start) * percent / 100
        asked = Needs("n", hours=[Watch(week, zone)])
        team = Team("t", [Member("a", availability=Availability(Week.parse("Mon-Fri"), zone))])
        parts = [Span(a, b) for a, b in ((span.start, middle), (middle, span.stop)) if a < b]
        whole, *times = (cover(team, asked, part).shares[3] for part in (span, *parts))
        assert sum(number(each.asked) for each in times) == number(whole.asked)
        assert sum(number(each.lacking) for each in times) == number(whole.lacking)

    def test_shifts_that_meet_cover_the_day(self) -> None:
        shifts = ["Mon-Sun 00:00-08:00", "Mon-Sun 08:00-16:00", "Mon-Sun 16:00-24:00"]
        people = [Member(hours, availability=Availability(Week.parse(hours), "Europe/Paris"))
                  for hours in shifts]  # fmt: skip
        asked = Needs("n", hours=[Watch(Week.always(), "America/New_York")])
        start = datetime.fromisoformat("2026-03-01T00:00+00:00")
        assert cover(Team("t", people), asked, Span(start, start + timedelta(days=240))).is_covered


class TestAbsence:
    """Each absence agrees with removing the member and asking again."""

    @given(teams_and_needs(4), spans())
    def test_what_falls_is_what_the_others_lack(self, pair: Pair, span: Span) -> None:
        team, asked = pair
        found = cover(team, asked, span, absent=1)
        assert found.tried == len(team.members)
        fallen = {absence.people: absence.falls for absence in found.absences}
        whole, shortage = best(team, asked, span)
        # where two roles weigh alike, several plans may be best, and lack others
        is_tied = len({one.weight for one in asked.seats}) < len(asked.seats)
        for member in team.members:
            rest, short = best(team.without(member.id), asked, span)
            worse = {key for key, lack in rest.items() if lack > whole.get(key, 0)}
            told = {(fall.kind, fall.path, fall.what) for fall in fallen.get((member.id,), ())}
            assert worse or not told
            if is_tied:
                continue
            assert told <= worse
            assert not {key for key in worse - told if not in_deal(asked, key)}
            if short > shortage:
                assert told == worse

    @given(teams_and_needs(4), spans())
    def test_a_pair_is_told_only_for_what_neither_makes_fall(self, pair: Pair, span: Span) -> None:
        found = cover(*pair, span, absent=2)
        for absence in found.absences:
            keys = {(fall.kind, fall.path, fall.what) for fall in absence.falls}
            for fewer in found.absences:
                if set(fewer.people) < set(absence.people):
                    assert keys.isdisjoint((f.kind, f.path, f.what) for f in fewer.falls)


def hand(id_: str, skills: str, roles: str, most: int | None, trade: str) -> Member:
    return Member(id_, skills=skills.split(), roles=roles.split(), most_roles=most, trade=trade)


class TestRules:
    """Single points of failure are judged by plans that keep the rules, whatever is worn now."""

    @given(teams_and_needs(4), spans())
    def test_a_role_falls_without_those_whom_no_lawful_plan_spares(
        self, pair: Pair, span: Span
    ) -> None:
        assert told_alone(*pair, span) == vital(*pair, span)

    @pytest.mark.parametrize(
        ("people", "asked"),
        [
            (
                [hand("ann", "desk", "", None, "b"), hand("bob", "ads desk", "ads", 1, "a"),
                 hand("cyd", "ads desk", "ads", 2, "b")],
                Needs("n", seats=[Seats("ads", 2), Seats("desk", 2)],
                      mix=[Mix("trade", 2, {"desk"})]),
            ),
            (
                [hand("ann", "ads desk legal", "ads desk", 1, "b"),
                 hand("bob", "ads desk legal", "ads desk", 1, "a"),
                 hand("cyd", "desk", "", 1, "a"), hand("dot", "desk", "", 1, "a"),
                 hand("eve", "legal", "", 2, "a")],
                Needs("n", seats=[Seats("ads", 1, 2), Seats("desk", 1, 2), Seats("legal", 2, 2)],
                      mix=[Mix("trade", 2, {"ads"})]),
            ),
        ],
    )  # fmt: skip
    def test_what_lacks_elsewhere_instead_does_not_fall(
        self, people: list[Member], asked: Needs
    ) -> None:
        """Without somebody to spare, the best plan may lack as much, of another role."""
        team = Team("t", people, [Role(name, requires={name}) for name in ("ads", "desk", "legal")])
        start = datetime.fromisoformat("2026-03-02T09:00+00:00")
        span = Span(start, start + timedelta(hours=1))
        assert told_alone(team, asked, span) == vital(team, asked, span) != set()

    def test_one_who_may_wear_one_role_does_not_hide_another(self) -> None:
        roles = [Role("author"), Role("editor", requires={"editing"})]
        people = [
            Member("ana", skills={"editing"}, roles={"author", "editor"}, most_roles=1),
            Member("bob", skills={"editing"}, roles={"editor"}),
        ]
        asked = Needs("n", seats=[Seats("author"), Seats("editor")])
        found = coverage(Team("t", people, roles), asked)
        assert [one.people for one in found.absences] == [("bob",)]
        single = coverage(Team("t", [attrs.evolve(m, most_roles=1) for m in people], roles), asked)
        assert [one.people for one in single.absences] == [("ana",), ("bob",)]


def told_alone(team: Team, asked: Needs, span: Span) -> set[str]:
    """Return those without whom alone something falls that a plan answers for."""
    return {
        absence.people[0]
        for absence in cover(team, asked, span, absent=1).absences
        if any(in_deal(asked, (fall.kind, fall.path)) for fall in absence.falls)
    }


def vital(team: Team, asked: Needs, span: Span) -> set[str]:
    """Return those without whom the best plan lacks more."""
    whole = lacking(team, asked, span)
    return {m.id for m in team.members if lacking(team.without(m.id), asked, span) > whole}


def lacking(team: Team, asked: Needs, span: Span) -> list[float]:
    """Return what the best plan for a team lacks: seats and mixes, and hours."""
    plan = assign(team, asked, start=span.start, stop=span.stop)
    assert all(level.is_proven for level in plan.levels[:2])
    return [level.value for level in plan.levels[:2]]


def best(team: Team, asked: Needs, span: Span) -> tuple[dict[Any, int], tuple[int, ...]]:
    rota = Rota(team, asked, span)
    dealer = Dealer(team, asked, rota, Engine())
    deal = dealer.deals.whole
    measures = Meter(team.roles, asked, rota).all(dealer.crew(deal))
    return {one.key: one.lacking for one in measures}, deal.lacks


def in_deal(asked: Needs, key: Any) -> bool:  # noqa: ANN401 - a kind, a path and a name
    need = dict(asked.placed())[key[1]]
    roles = getattr(need, "role", getattr(need, "roles", None))
    return key[0] is GapKind.SEATS or (bool(roles) and not isinstance(need, Work))


@given(teams_and_needs(), spans())
def test_no_moment_of_the_window_is_lost(pair: Pair, span: Span) -> None:
    rota = Rota(*pair, span)
    assert sum(rota.lengths.values()) == count(span.stop) - count(span.start)
