from datetime import UTC, datetime, timedelta

import pytest

from cmcore import (
    Availability,
    InvalidError,
    Member,
    Needs,
    Plan,
    Role,
    Seats,
    Team,
    Watch,
    Week,
    assign,
    coverage,
    verify,
    what_if,
    why_not,
)
from cmcore.teams import Goal, NotOnly, Question, Separation, Status, Supervision, Work
from cmcore.teams.assignment.assign import posed_of, told
from cmcore.teams.gap import GapKind
from cmcore.teams.solver.solution import Level, Solution

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
SUNDAY = MONDAY + timedelta(days=7)
ROLES = [Role("analyst", requires={"figures"}, minutes=60), Role("author", minutes=60)]


def team(*members: Member) -> Team:
    return Team("t", members, ROLES)


class TestHours:
    NEEDS = Needs("n", hours=[Watch(Week.parse("Mon 09:00-17:00"), "UTC", 1, "author")])

    def test_those_on_duty_hold_what_is_watched_over(self) -> None:
        found = assign(
            team(Member("ana").working("Mon 09:00-12:00"), Member("bo").working("Mon 12:00-18:00")),
            self.NEEDS,
            start=MONDAY,
            stop=SUNDAY,
        )
        assert found.pairs == (("ana", "author"), ("bo", "author"))
        assert not found.lacks

    def test_the_hours_that_lack_are_told(self) -> None:
        found = assign(
            team(Member("ana").working("Mon 09:00-12:00")), self.NEEDS, start=MONDAY, stop=SUNDAY
        )
        (lack,) = found.lacks
        assert (str(lack.week), lack.zone, lack.size, lack.asked) == (
            "Mon 12:00-17:00",
            "UTC",
            timedelta(hours=5),
            timedelta(hours=8),
        )
        assert found.value(Goal.HOURS) == 5 * 60
        assert lack.text() == "5 h of 8 h missing: Mon 12:00-17:00 (UTC)"
        assert lack.text("fr") == "il en manque 5\xa0h sur 8\xa0h\xa0: lun. 12\xa0h–17\xa0h (UTC)"
        assert [reason.text() for reason in found.reasons] == [
            "the hours of `author` (Mon 09:00-17:00)"
        ]

    def test_a_plan_alone_is_held_against_no_hours(self) -> None:
        people = team(Member("ana"))
        assert verify(people, self.NEEDS, Plan()).values == (0, 0, 0, 0, 0, 0)


class TestLeastLoad:
    """Roles missing from the least that people should hold."""

    NEEDS = Needs("n", seats=[Seats("author", 1, 1), Seats("analyst", 1, 1)])

    def test_no_need_is_left_unmet_for_it(self) -> None:
        people = team(Member("ana", trade="sales"), Member("bo", trade="press", least_roles=1))
        one = Seats("author", 1, 1)
        assert assign(people, Needs("n", seats=[one])).pairs == (("bo", "author"),)
        mixed = Needs("n", seats=[one], mix=[NotOnly("trade", "press", {"author"})])
        found = assign(people, mixed)
        assert found.pairs == (("ana", "author"),)
        assert [dict(lack.what) for lack in found.lacks] == [{"member": "bo"}]

    def test_who_holds_too_few_is_told_with_what_is_missing(self) -> None:
        people = [Member(name, most_roles=2, least_roles=1) for name in ("ana", "bo", "cy")]
        found = assign(team(*people), self.NEEDS)
        assert found.pairs == (("ana", "author"),)
        assert (found.value(Goal.SHORTAGE), found.value("loads")) == (1, 2)
        assert [(lack.path, dict(lack.what), lack.text()) for lack in found.lacks] == [
            (("seats", "analyst"), {"role": "analyst"}, "1 of 1 missing"),
            (("members", "bo"), {"member": "bo"}, "1 of 1 missing"),
            (("members", "cy"), {"member": "cy"}, "1 of 1 missing"),
        ]
        texts = [reason.text() for reason in found.reasons]
        told = "the fewest roles that `bo` should hold, who can hold"
        assert f"{told} `author` (seats at most: `author` 1)" in texts
        assert verify(found.question.team, self.NEEDS, found).lacks == found.lacks
        assert "  fewest roles  bo       1 of 1 missing" in str(found).splitlines()

    def test_another_holder_costs_the_load(self) -> None:
        people = team(Member("ana", affinity={"author": 9}), Member("bo", least_roles=1))
        found = assign(people, Needs("n", seats=[Seats("author", 1, 1)]))
        (cost, *_) = why_not(found, "ana", "author").costs
        assert (cost.goal, cost.text()) == (Goal.LOADS, "load shortfall up by 1")

    def test_the_roles_worn_now_are_held_against_it(self) -> None:
        people = team(
            Member("ana", roles={"author"}, least_roles=2),
            Member("bo", roles={"author"}, most_roles=1),
        )
        needs = Needs("n", seats=[Seats("author")])
        (gap,) = coverage(people, needs).gaps
        assert (gap.kind, dict(gap.what), gap.people) == (
            GapKind.LOADS,
            {"member": "ana"},
            ("ana",),
        )
        assert gap.text() == "2 needed roles at least, 1 held"
        assert coverage(people, needs).share("loads") == 1 / 2
        assert coverage(people, Needs("n")).share("loads") == 0

    def test_a_role_that_no_need_names_is_given_to_nobody_for_it(self) -> None:
        """Nor does it change hands: who holds it keeps it, and it counts for nothing."""
        one = Needs("n", seats=[Seats("author", 1, 1)])
        people = team(
            Member("ana", roles={"analyst"}, skills={"figures"}, least_roles=2), Member("bo"),
            Member("cy", skills={"figures"}, least_roles=1),
        )  # fmt: skip
        found = assign(people, one)
        assert found.pairs == (("ana", "analyst"), ("cy", "author"))
        assert [(dict(lack.what), lack.size) for lack in found.lacks] == [({"member": "ana"}, 2)]
        assert any("`ana` should hold, who can hold `author` (" in one.text()
                   for one in found.reasons)  # fmt: skip
        forced = why_not(found, "cy", "analyst")
        assert (forced.lacks, [cost.goal for cost in forced.costs][:1]) == ((), [Goal.CHANGES])

    @pytest.mark.parametrize(
        "needs",
        [
            Needs("n", seats=[Seats("author", 0)]),
            Needs("n", work=[Work("mail", 1, 1, role="author")]),
            Needs("n", mix=[NotOnly("trade", "sales", {"author"})]),
            Needs("n", hours=[Watch(Week.parse("Mon 09:00-10:00"), least=0, role="author")]),
        ],
    )
    def test_a_role_that_a_need_names_counts(self, needs: Needs) -> None:
        found = assign(team(Member("ana", least_roles=1)), needs, start=MONDAY, stop=SUNDAY)
        assert found.pairs == (("ana", "author"),)

    def test_what_keeps_roles_apart_or_watches_over_them_asks_for_nobody(self) -> None:
        needs = Needs("n", separation=[Separation("author", "analyst")],
                      supervision=[Supervision(roles={"author"})])  # fmt: skip
        found = assign(team(Member("ana", least_roles=1)), needs)
        assert (found.pairs, found.value(Goal.LOADS)) == ((), 1)
        assert "who can hold none that is asked for" in str(found)


class TestReasons:
    """Things that together cause the whole, and none of which can be spared."""

    def reasons(self, people: Team, needs: Needs) -> list[str]:
        return [reason.text() for reason in assign(people, needs).reasons]

    def test_time_and_roles_kept_apart(self) -> None:
        busy = Member("ana", availability=Availability(minutes=60))
        needs = Needs("n", seats=[Seats("author", 2)])
        assert self.reasons(team(busy), Needs("n", seats=[Seats("author")])) == []
        both = Needs("n", seats=[Seats("author"), Seats("analyst")])
        ana = Member("ana", skills={"figures"}, availability=Availability(minutes=60))
        told = ["the time of `ana`", "the need for analyst", "the need for `author`"]
        assert self.reasons(team(ana), both) == told
        apart = Needs("n", seats=both.seats, separation=[Separation("author", "analyst")])
        free = team(Member("ana", skills={"figures"}))
        assert self.reasons(free, apart) == ["analyst and `author` are kept apart", *told[1:]]
        (block,) = assign(team(busy), needs).blocks
        assert (block.roles, block.people, block.wanted, block.filled) == (
            ("author",),
            ("ana",),
            2,
            1,
        )
        assert "only `ana`" in block.text()

    def test_pins_and_supervision_that_cannot_be_together(self) -> None:
        people = team(Member("ana", contract="internship"))
        found = assign(people, Needs("n", supervision=[Supervision()]), pins=[("ana", "author")])
        assert found.status is Status.INFEASIBLE
        assert [conflict.text() for conflict in found.conflicts] == [
            "`ana` on `author`, with nobody to supervise"
        ]
        assert [reason.text() for reason in found.reasons] == [
            "`ana` must hold `author`",
            "the supervision of `author` (contract: internship)",
        ]
        assert found.reasons[1].text("fr").endswith("(contrat\xa0: stage)")
        with pytest.raises(InvalidError, match="no plan to compare with"):
            why_not(found, "ana", "analyst")

    def test_why_not_tells_what_cannot_go_together(self) -> None:
        intern = Member("ana", contract="internship")
        needs = Needs("n", supervision=[Supervision(roles={"author"})])
        told = why_not(assign(team(intern), needs), "ana", "author")
        assert (told.status, told.lacks) == (Status.INFEASIBLE, ())
        assert [conflict.breach for conflict in told.conflicts] == ["supervision"]
        assert [reason.cause for reason in told.why.reasons] == ["pin", "supervision"]
        assert "the supervision of `author`" in str(told)


def test_an_answer_that_breaks_a_rule_is_never_given() -> None:
    question = Question(team(Member("ana")), Needs("n"))
    wrong = Solution(((0, 0),), "optimal", (Level("shortage", 0, 0),))
    with pytest.raises(RuntimeError, match="breaks"):
        told(question, posed_of(question), wrong)


def test_a_previous_plan_may_name_those_who_have_left() -> None:
    previous = Plan([("zoe", "author"), ("ana", "author")])
    found = assign(team(Member("ana")), Needs("n", seats=[Seats("author")]), previous=previous)
    assert found.value("changes") == 0
    assert [(move.member, move.leaves) for move in found.diff.moves] == [("zoe", ("author",))]
    again = assign(found.team, found.question.needs, previous=found)
    assert again.question.previous == found.plan


def test_people_leave_join_and_learn_at_once() -> None:
    people = team(Member("ana", skills={"figures"}, roles={"analyst"}), Member("bo"))
    before = assign(people, Needs("n", seats=[Seats("analyst")]))
    after = what_if(before, leaves=["ana"], joins=[Member("cy")], learns={"bo": ["figures"]})
    assert after.after.pairs == (("bo", "analyst"),)
    assert after.opened == 0
    pinned = assign(people, before.question.needs, pins=[("ana", "analyst")])
    assert what_if(pinned, leaves=["ana"]).opened == 1


def test_who_leaves_may_be_a_set_and_nobody_twice() -> None:
    before = assign(team(Member("ana"), Member("bo")), Needs("n"))
    with pytest.raises(InvalidError, match="is one text, not a list of them"):
        what_if(before, leaves="ana")
    assert len(what_if(before, joins=[Member("cy")]).after.question.team.members) == 3
