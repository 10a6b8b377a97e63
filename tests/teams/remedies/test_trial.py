from collections.abc import Sequence

from cmcore import Member, Needs, Plan, Role, Seats, Team
from cmcore.teams import Hire, Question, Speakers, Training
from cmcore.teams.remedies._prices import Cover
from cmcore.teams.remedies._trial import Trial
from cmcore.teams.remedies.remedy import Option

ROLES = [Role(id_, requires={id_}) for id_ in ("author", "editor", "writer")]
BOTH = Member("ann", skills={"author", "editor"}, most_roles=1)
OPTIONS: Sequence[Option] = (
    Hire(Member("bob", skills={"author"})),
    Training("cy", {"writer"}),
    Training("cy", {"author"}),
)


def trial(*members: Member, roles: Sequence[str], budget: int = 9) -> Trial:
    needs = Needs("n", seats=[Seats(role) for role in roles])
    question = Question(Team("t", [*members, Member("cy")], ROLES), needs)
    return Trial(question, OPTIONS, budget)


def test_roles_that_too_few_can_fill_together_are_kept_in_mind() -> None:
    found = trial(BOTH, roles=("author", "editor"))
    assert not found.fails(0)
    assert found.closes(0) is False
    assert found.lacks(0)
    assert found.lacks(0b010)
    assert not found.lacks(0b001)
    assert found.spent == 1
    assert found.closes(0b010) is False
    assert found.spent == 1


def test_roles_are_kept_in_mind_once_and_where_they_tell_something() -> None:
    pins = Plan([("ann", "author"), ("cy", "author")])
    people = BOTH, Member("cy", skills={"author", "editor"}, most_roles=1)
    needs = Needs("n", seats=[Seats("editor")])
    found = Trial(Question(Team("t", people, ROLES), needs, pins=pins), OPTIONS[1:], 9)
    for chosen in (0, 0b01, 0b10):
        assert found.closes(chosen) is False
        assert not found.lacks(chosen)
        assert found.fails(chosen)
    assert found.spent == 3


def test_what_closes_does_with_more_and_what_fails_did_with_less() -> None:
    found = trial(BOTH, roles=("author", "editor"))
    assert found.closes(0b001) is True
    assert found.closes(0b111) is True
    assert found.closes(0b010) is False
    assert found.closes(0) is False
    assert found.spent == 2


def test_a_budget_that_is_spent_leaves_only_what_is_known() -> None:
    found = trial(BOTH, roles=("author", "editor"), budget=1)
    assert found.closes(0b001) is True
    assert found.closes(0b100) is None
    assert found.closes(0b011) is True


def test_whoever_is_not_hired_is_not_there() -> None:
    found = trial(roles=("author",))
    assert [member.id for member in found.asked(0b110).team.members] == ["cy"]
    assert [member.id for member in found.asked(0b101).team.members] == ["bob", "cy"]
    assert found.asked(0b110).team.member("cy").skills == {"author", "writer"}


def test_pins_ask_for_options() -> None:
    question = Question(Team("t", [Member("cy")], ROLES), Needs("n"), pins=Plan([("cy", "writer")]))
    found = Trial(question, OPTIONS, 1)
    assert [demand.roles for demand in found.demands] == [{"writer"}]
    assert found.lacks(0b101)
    assert not found.lacks(0b010)


def test_a_cover_has_the_options_of_which_one_is_due() -> None:
    options = [Training("ann", languages={"en"}), Training("cy", languages={"en"}, cost=2),
               Training("cy", {"x"}), Training("cy", {"y"}, {"en"})]  # fmt: skip
    team = Team("t", [Member("ann"), Member("cy")], [])
    found = Trial(Question(team, Needs("n", languages=[Speakers("en", 2)])), options, 1)
    assert list(found.covers()) == [Cover(((0, 1), (1, 1), (3, 1)), 2)]
    enough = Trial(Question(team, Needs("n", languages=[Speakers("en", 0)])), options, 1)
    assert list(enough.covers()) == []
