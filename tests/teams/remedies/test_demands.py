from datetime import UTC, datetime, timedelta

import pytest

from cmcore import Availability, Member, Needs, Plan, Role, Seats, Span, Team, Watch, Week
from cmcore.teams import Mix, Question, Supervision
from cmcore.teams.duty import Rota
from cmcore.teams.remedies._demands import can_hold, demands, seated

ROLES = [Role(id_, minutes=60) for id_ in ("a", "b", "c")]
CY = Member("cy", availability=Availability(minutes=150), contract="internship", trade="law")


def ask(needs: Needs, *members: Member, bans: Plan | None = None) -> Question:
    return Question(Team("t", members, ROLES), needs, bans=bans or Plan())


@pytest.mark.parametrize(
    ("bans", "minutes", "most", "worth"),
    [
        ((), 180, None, 3),
        ((), 150, None, 2),
        ((), 180, 1, 1),
        (("a",), 180, None, 2),
    ],
)
def test_how_many_roles_somebody_can_hold_at_once(
    bans: tuple[str, ...], minutes: int, most: int | None, worth: int
) -> None:
    cy = Member("cy", availability=Availability(minutes=minutes), most_roles=most)
    question = ask(Needs("n"), cy, bans=Plan([("cy", role) for role in bans]))
    assert seated(question, question.team.roles, 3).worth(cy) == worth


@pytest.mark.parametrize(
    ("member", "is_able"),
    [
        (Member("cy", skills={"s"}), True),
        (Member("cy"), False),
        (Member("no", skills={"s"}), False),
        (Member("cy", skills={"s"}, most_roles=0), False),
        (Member("cy", skills={"s"}, availability=Availability(minutes=59)), False),
    ],
)
def test_who_can_hold_a_role(member: Member, is_able: bool) -> None:  # noqa: FBT001 - a table
    role = Role("a", requires={"s"}, minutes=60)
    question = Question(Team("t", [member], [role]), Needs("n"), bans=Plan([("no", "a")]))
    assert can_hold(question, role, member) is is_able


def test_those_who_guard_are_due_where_the_role_is_guarded() -> None:
    guards = [Supervision(roles={"a"}), Supervision("trade", "x", {"c"})]
    needs = Needs("n", seats=[Seats("a"), Seats("b")], supervision=guards)
    question = ask(needs, CY)
    found = list(demands(question, question.team, None))
    assert [(one.due, *one.roles, one.worth(CY)) for one in found] == [
        (1, "a", 1),
        (1, "a", 0),
        (1, "b", 1),
    ]


def test_only_the_fewest_who_are_there_together_are_asked_for_each_time() -> None:
    people = (
        Member(
            "ann", languages={"en"}, availability=Availability(Week.parse("Mon-Fri 08:00-18:00"))
        ),
        Member("cy", availability=Availability(Week.parse("Mon 08:00-12:00"))),
        Member("zoe", languages={"en"}, availability=Availability(Week.parse("Tue 08:00-18:00"))),
    )
    week = Week.parse("Mon-Tue 08:00-18:00")
    needs = Needs("n", hours=[Watch(week, role="a"), Watch(week, role="a", language="en")])
    question = ask(needs, *people)
    start = datetime(2026, 3, 2, tzinfo=UTC)
    rota = Rota(question.team, needs, Span(start, start + timedelta(days=5)))
    found = list(demands(question, question.team, rota))
    assert [(len(one.roles), *map(one.worth, people)) for one in found] == [
        (1, True, False, False),
        (1, True, False, False),
        (0, True, False, False),
    ]


def test_for_a_mix_somebody_is_due_beside_any_too_few_values() -> None:
    people = CY, Member("ann", trade="design"), Member("zoe")
    question = ask(Needs("n", mix=[Mix("trade", 2, {"a"}), Mix("trade", 2)]), *people)
    found = list(demands(question, question.team, None))
    assert [[bool(one.worth(who)) for who in people] for one in found] == [
        [True, False, False],
        [False, True, False],
    ]


def test_a_watch_is_left_out_without_a_window() -> None:
    needs = Needs("n", hours=[Watch(Week.always(), role="a")])
    question = ask(needs, CY)
    assert list(demands(question, question.team, None)) == []
