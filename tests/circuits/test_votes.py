from fractions import Fraction
from itertools import pairwise, permutations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.frozen import FrozenMap
from cmcore.circuits.approvers import Approvers
from cmcore.circuits.quorum import ALL, ANY, MAJORITY, Quorum
from cmcore.circuits.votes import VoteTally, electorate, needed, satisfied
from cmcore.strategies import approvers, quorums, teams
from cmcore.teams.member import Member
from cmcore.teams.role import Role
from cmcore.teams.team import Team

TEAM = Team(
    "crew",
    [
        Member("ana", roles={"writer"}, skills={"calm"}),
        Member("bob", roles={"writer", "lead"}),
        Member("cat", skills={"calm", "figures"}),
    ],
    [Role("writer"), Role("lead")],
)


@pytest.mark.parametrize(
    ("by", "names", "found"),
    [
        ("role", {"writer"}, ("ana", "bob")),
        ("role", {"lead", "nobody's"}, ("bob",)),
        ("skill", {"calm"}, ("ana", "cat")),
        ("team", {"crew"}, ("ana", "bob", "cat")),
        ("team", {"others"}, ()),
        ("name", {"cat", "ana", "zed"}, ("ana", "cat")),
    ],
)
def test_approvers_are_found_in_the_team(by: str, names: set[str], found: tuple[str, ...]) -> None:
    assert electorate(Approvers(by, names), TEAM) == found
    for author in ("ana", "bob", "cat", "zed"):
        expected = tuple(name for name in found if name != author)
        assert electorate(Approvers(by, names), TEAM, author) == expected


@given(approvers(), teams())
def test_the_author_is_never_among_them(asked: Approvers, team: Team) -> None:
    for member in team.members:
        found = electorate(asked, team, member.id)
        assert member.id not in found
        assert {*found} == {*electorate(asked, team)} - {member.id}


@given(teams(), st.data())
def test_a_role_worn_without_the_skills_it_requires_gives_no_say(
    team: Team, data: st.DataObject
) -> None:
    role = data.draw(st.sampled_from(team.roles))
    found = electorate(Approvers("role", {role.id}), team)
    assert found == tuple(
        one.id for one in team.members if role.id in one.roles and role.requires <= one.skills
    )


@given(quorums(), st.integers(0, 200))
def test_as_many_must_say_yes_as_the_quorum_says(quorum: Quorum, size: int) -> None:
    count = needed(quorum, size)
    if not quorum.is_share:
        assert count == quorum.count
    elif size == 0:
        assert count == 1
    else:
        share = Fraction(quorum.count, quorum.out_of or 1) * size

        def enough(n: int) -> bool:
            return n > share if quorum.beyond else n >= share

        assert 1 <= count <= size
        assert enough(count)
        assert count == 1 or not enough(count - 1)


@pytest.mark.parametrize(
    ("quorum", "size", "count"),
    [(ANY, 5, 1), (Quorum(3), 2, 3), (ALL, 4, 4), (MAJORITY, 4, 3), (MAJORITY, 5, 3),
     (Quorum(2, 3), 4, 3), (Quorum(50, 100), 4, 2), (Quorum(1, 100), 3, 1), (ALL, 0, 1)],
)  # fmt: skip
def test_shares_are_rounded_up(quorum: Quorum, size: int, count: int) -> None:
    assert needed(quorum, size) == count


PEOPLE = "abcd"
TALLIES = st.builds(
    VoteTally,
    st.sampled_from([ANY, ANY, Quorum(2), Quorum(3), ALL, MAJORITY, Quorum(2, 3)]),
    st.integers(0, 4),
    st.frozensets(st.sampled_from(PEOPLE)),
).filter(lambda one: len(one.yes) <= one.size)
#: Some of whose people must differ by employer, as far as that is known.
DIFFERING = st.builds(
    lambda one, known: attrs.evolve(one, values=None if one.need.is_share else known),
    TALLIES,
    st.none() | st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from("xyz")).map(FrozenMap),
) | st.builds(
    VoteTally,
    st.just(Quorum(2)),
    st.just(4),
    st.frozensets(st.sampled_from(PEOPLE), min_size=2),
    st.fixed_dictionaries({p: st.sampled_from("xy") for p in PEOPLE}).map(FrozenMap),
)


@given(st.lists(DIFFERING, max_size=4))
def test_places_go_to_different_people_and_shares_to_their_group(stages: list[VoteTally]) -> None:
    met = all(one.size and len(one.yes) >= needed(one.need, one.size)
              for one in stages if one.need.is_share)  # fmt: skip
    wide = all(one.size >= one.need.count for one in stages if not one.need.is_share)
    places = [one.yes for one in stages if not one.need.is_share for _ in range(one.need.count)]
    ways = permutations(PEOPLE, len(places))
    given_out = any(
        all(p in at for p, at in zip(way, places, strict=True)) and all_differ(stages, way)
        for way in ways
    )
    assert satisfied(stages) == (met and wide and given_out)


def all_differ(stages: list[VoteTally], way: tuple[str, ...]) -> bool:
    people = iter(way)
    for one in stages:
        here = [] if one.need.is_share else [next(people) for _ in range(one.need.count)]
        known = {p: p if one.values is None else one.values.get(p) for p in here}
        if None in known.values() or len({*known.values()}) < len(here):
            return False
    return True


@given(st.lists(DIFFERING, max_size=4), st.sampled_from(PEOPLE))
def test_one_more_yes_does_no_harm(stages: list[VoteTally], person: str) -> None:
    more = [attrs.evolve(one, yes=one.yes | {person}) for one in stages]
    assert satisfied(more) >= satisfied(stages)


def test_a_long_chain_of_people_who_move_over_is_found() -> None:
    names = [f"p{n:04}" for n in range(1500)]
    chain = [VoteTally(ANY, 2, frozenset(pair)) for pair in pairwise(names)]
    assert satisfied([*chain, VoteTally(ANY, 1, frozenset(names[:1]))])
    assert not satisfied([*chain, *[VoteTally(ANY, 1, frozenset(names[:1]))] * 2])
