"""Plans: pairs of a member and a role, and who is moved from one plan to another."""

from typing import Any

import pytest
from hypothesis import given

from cmcore import InvalidError, Member, Plan, Role, Team
from cmcore.strategies import plans, questions
from cmcore.teams import PlanDiff, Question
from cmcore.teams.plan import RoleChange, listed, quoted

TEAM = Team(
    "brume",
    [Member("maud", roles={"analyst"}), Member("yann", most_roles=0), Member("zoe", name="Zoé")],
    [Role("analyst"), Role("author")],
)
PLAN = Plan([("zoe", "author"), ("maud", "author"), ("maud", "analyst"), ("maud", "author")])


def refused(pairs: object) -> list[str]:
    with pytest.raises(InvalidError) as caught:
        Plan(pairs)  # type: ignore[arg-type]
    return [str(problem) for problem in caught.value.problems]


def test_pairs_stand_once_and_in_order() -> None:
    assert PLAN.pairs == (("maud", "analyst"), ("maud", "author"), ("zoe", "author"))
    lists: Any = [["maud", "analyst"]]  # as JSON has them
    assert Plan(lists) == Plan([("maud", "analyst")])


def test_roles_and_holders_are_told_in_order() -> None:
    assert PLAN.roles_of("maud") == ("analyst", "author")
    assert PLAN.roles_of("yann") == PLAN.roles_of("nobody") == ()
    assert PLAN.holders("author") == ("maud", "zoe")
    assert PLAN.holders("clerk") == ()


def test_what_is_no_pair_of_ids_is_refused_each_with_its_place() -> None:
    hint = "(write pairs: [('maud', 'coordinator')])"
    assert refused([("maud", ""), "maud", ("a", "b", "c"), (" b", 3)]) == [
        "pairs[0]: `` cannot be an id (1 to 200 printable characters, no spaces at either end)",
        f"pairs[1]: `maud` is not a pair of a member and a role {hint}",
        f"pairs[2]: `tuple` is not a pair of a member and a role {hint}",
        "pairs[3]: `b` cannot be an id (1 to 200 printable characters, no spaces at either end)",
        "pairs[3]: `3` cannot be an id (1 to 200 printable characters, no spaces at either end)",
    ]


def test_the_roles_worn_now_are_a_plan() -> None:
    assert Plan.current(TEAM) == Plan([("maud", "analyst")])


def test_a_plan_makes_a_team_with_its_roles_and_no_others() -> None:
    made = Plan([("zoe", "author"), ("zoe", "analyst")]).applied(TEAM)
    assert [sorted(member.roles) for member in made.members] == [[], [], ["analyst", "author"]]
    assert made.roles == TEAM.roles
    assert [member.name for member in made.members] == ["", "", "Zoé"]


def test_a_plan_of_others_cannot_be_applied() -> None:
    with pytest.raises(InvalidError) as caught:
        Plan([("mad", "author"), ("zoe", "autor"), ("zoe", "author")]).applied(TEAM)
    assert [str(problem) for problem in caught.value.problems] == [
        "plan[0]: nobody is called `mad` (did you mean `maud`?)",
        "plan[2]: no role is called `autor` (did you mean `author`?)",
    ]


def test_a_difference_tells_what_is_taken_and_given_up() -> None:
    diff = PLAN.diff(Plan([("zoe", "analyst"), ("lou", "author"), ("maud", "analyst")]))
    assert diff.moves == (
        RoleChange("lou", (), ("author",)),
        RoleChange("maud", ("author",)),
        RoleChange("zoe", ("author",), ("analyst",)),
    )
    assert (len(diff), diff.changes) == (3, 4)
    assert str(diff).splitlines() == [
        "people moved: 3, changes: 4",
        "  lou   gives up `author`",
        "  maud  takes `author`",
        "  zoe   takes `author`, gives up analyst",
    ]
    assert diff.text("fr").splitlines()[3] == "  zoe   prend `author`, quitte analyste"


def test_no_difference_is_told_as_such() -> None:
    assert str(PLAN.diff(PLAN)) == str(PlanDiff()) == "nobody is moved"
    assert PlanDiff().text("fr") == "personne ne change"


@given(plans(), plans())
def test_a_difference_leads_from_the_one_to_the_other(before: Plan, after: Plan) -> None:
    diff = after.diff(before)
    taken = {(move.member, role) for move in diff.moves for role in move.takes}
    left = {(move.member, role) for move in diff.moves for role in move.leaves}
    assert ({*before.pairs} - left) | taken == {*after.pairs}
    assert left <= {*before.pairs}
    assert not taken & {*before.pairs}
    assert diff.changes == len(taken) + len(left)
    assert [move.member for move in diff.moves] == sorted({who for who, _ in taken | left})
    assert len(before.diff(after)) == len(diff)


@given(questions())
def test_what_is_worn_once_applied_is_the_plan(asked: Question) -> None:
    assert Plan.current(asked.previous.applied(asked.team)) == asked.previous


@pytest.mark.parametrize(
    ("plan", "english", "french"),
    [
        (Plan(), "a plan for 0 people", "un plan pour 0 personne"),
        (Plan([("zoe", "author")]), "a plan for 1 person\n  zoe  author",
         "un plan pour 1 personne\n  zoe  author"),
        (PLAN, "a plan for 2 people\n  maud  analyst, author\n  zoe   author",
         "un plan pour 2 personnes\n  maud  analyste, author\n  zoe   author"),
    ],
)  # fmt: skip
def test_a_plan_tells_who_holds_what(plan: Plan, english: str, french: str) -> None:
    assert str(plan) == english
    assert plan.text("fr") == french


def test_a_list_ends_in_and() -> None:
    assert [quoted(many) for many in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "–", "`a`", "`a` and `b`", "`a`, `b` and `c`",
    ]  # fmt: skip
    assert listed(("a", "b", "c"), "fr") == "a, b et c"
