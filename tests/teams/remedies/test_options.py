import pytest

from cmcore import InvalidError, Member, Needs, Role, Seats, Team, Watch, Week
from cmcore.teams import Hire, Mix, NotOnly, Speakers, Specialists, Training, possible_remedies
from cmcore.teams.remedies.remedy import Option

NIGHT = Week.parse("Mon-Fri 20:00-22:00")


def team(*members: Member, roles: tuple[str, ...] = ("author", "analyst")) -> Team:
    return Team("brume", members, [Role(role, requires={f"to {role}"}) for role in roles])


def offers(*members: Member, needs: Needs) -> tuple[Option, ...]:
    return possible_remedies(team(*members), needs)


def hires(*members: Member, needs: Needs) -> list[Member]:
    return [one.member for one in offers(*members, needs=needs) if isinstance(one, Hire)]


def test_nothing_is_offered_where_nothing_is_asked() -> None:
    needs = Needs(
        "none",
        seats=[Seats("author", 0)],
        hours=[Watch(NIGHT, least=0, role="analyst"), Watch(NIGHT, language="fr")],
        mix=[Mix("trade", 0, {"author"}), Mix("trade", 2)],
    )
    assert offers(Member("cy"), needs=needs) == ()


def test_each_may_learn_each_skill_that_is_asked_for() -> None:
    needs = Needs("some", seats=[Seats("author")], mix=[Mix("trade", 2, {"analyst"})])
    found = offers(Member("cy", skills={"to author"}), Member("ann"), needs=needs)
    assert found[:3] == (
        Training("ann", {"to analyst"}),
        Training("ann", {"to author"}),
        Training("cy", {"to analyst"}),
    )
    assert [option.cost for option in found] == [1, 1, 1, 5]


def test_those_of_a_mix_may_learn_what_it_takes() -> None:
    needs = Needs("other", mix=[NotOnly("trade", "law", {"analyst"})])
    assert offers(Member("cy"), needs=needs) == (Training("cy", {"to analyst"}),)


def test_as_many_newcomers_may_join_as_a_role_wants() -> None:
    hours = [Watch(NIGHT, least=3, role="author")]
    needs = Needs("some", seats=[Seats("analyst"), Seats("author", 2)], hours=hours)
    found = hires(Member("new-author-2"), needs=needs)
    assert [one.id for one in found] == ["new-analyst", "new-author", "new-author-3",
                                         "new-author-4"]  # fmt: skip
    assert [one.skills for one in found] == [{"to analyst"}, *[{"to author"}] * 3]
    assert {one.most_roles for one in found} == {1}
    assert {one.availability.week for one in found} == {Week.always()}


def test_newcomers_have_what_the_watches_over_their_role_ask_for() -> None:
    hours = [
        Watch(NIGHT, role="author", language="fr"),
        Watch(NIGHT, role="author", network="a"),
        Watch(NIGHT, role="analyst", language="en"),
    ]
    author = hires(needs=Needs("night", hours=hours))[1]
    assert author.id == "new-author"
    assert author.languages == {"fr"}
    assert author.networks == {"a": 1000}
    learned = offers(Member("cy", networks=["a"]), needs=Needs("night", hours=hours))
    assert Training("cy", languages={"en"}) in learned
    assert Training("cy", languages={"fr"}) in learned
    assert Training("cy", networks={"a"}) not in learned


def test_what_the_team_lacks_may_be_learned() -> None:
    cy = Member("cy", languages={"fr"}, networks={"a": 1, "b": 0})
    needs = Needs(
        "people",
        specialists=[Specialists("a"), Specialists("b")],
        languages=[Speakers("fr"), Speakers("en")],
    )
    assert offers(cy, needs=needs) == (
        Training("cy", networks={"b"}),
        Training("cy", languages={"en"}),
    )


def test_a_long_name_leaves_room_for_a_number() -> None:
    roles = ("x" * 199, "x" * 200)
    needs = Needs("long", seats=[Seats(role) for role in roles])
    found = [one for one in possible_remedies(team(roles=roles), needs) if isinstance(one, Hire)]
    assert [one.member.id for one in found] == [f"new-{'x' * 180}", f"new-{'x' * 180}-2"]


def test_roles_that_there_are_not_are_refused() -> None:
    with pytest.raises(InvalidError) as caught:
        offers(needs=Needs("wrong", seats=[Seats("autor"), Seats("clown")]))
    assert [str(problem) for problem in caught.value.problems] == [
        "seats.autor: no role is called `autor` (did you mean `author`?)",
        "seats.clown: no role is called `clown` (one of `analyst`, `author`)",
    ]
