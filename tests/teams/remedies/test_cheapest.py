from datetime import UTC, datetime
from types import SimpleNamespace

import attrs
import pytest

from cmcore import (
    Availability,
    InvalidError,
    Member,
    Needs,
    Role,
    Seats,
    Team,
    Watch,
    Week,
    assign,
    remedy,
)
from cmcore.teams import (
    Assignment,
    Hire,
    Mix,
    NotOnly,
    Separation,
    Speakers,
    Specialists,
    Status,
    Supervision,
    Training,
)
from cmcore.teams.remedies import _trial as trying
from cmcore.teams.remedies._search import Outcome, search
from cmcore.teams.remedies._trial import Trial
from cmcore.teams.remedies.cheapest import BUDGET
from cmcore.teams.remedies.remedy import Option, rank
from cmcore.teams.solver.solution import Level, Solution
from cmcore.teams.solver.solve import Engine

ROLES = [Role(id_, requires={id_}) for id_ in ("analyst", "author", "editor")]
MONDAY, FRIDAY = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 7, tzinfo=UTC)


def team(*members: Member) -> Team:
    return Team("brume", members, ROLES)


def chosen(*members: Member, needs: Needs, options: list[Option]) -> list[str]:
    start, stop = (MONDAY, FRIDAY) if needs.hours else (None, None)
    found = remedy(assign(team(*members), needs, start=start, stop=stop), options)
    assert found.status is Status.OPTIMAL
    return [option.text() for option in found.options]


def seats(*roles: str) -> Needs:
    return Needs("social", seats=[Seats(role) for role in roles])


def test_the_cheapest_is_not_always_the_cheapest_for_each() -> None:
    options: list[Option] = [
        Training("cy", {"analyst"}, cost=2),
        Training("cy", {"editor"}, cost=2),
        Hire(Member("zoe", skills={"analyst", "editor"}), cost=3),
    ]
    assert chosen(Member("cy"), needs=seats("analyst"), options=options) == [
        "train `cy` in `analyst` (2)"
    ]
    assert chosen(Member("cy"), needs=seats("analyst", "editor"), options=options) == [
        "hire `zoe` (3)"
    ]


def test_of_what_costs_as_much_the_fewest_are_taken() -> None:
    options: list[Option] = [
        Training("cy", {"analyst"}),
        Training("cy", {"editor"}),
        Training("yann", {"analyst", "editor"}, cost=2),
    ]
    people = Member("cy"), Member("yann")
    assert chosen(*people, needs=seats("analyst", "editor"), options=options) == [
        "train `yann` in `analyst` and `editor` (2)"
    ]


def test_of_equals_the_first_in_order_is_taken() -> None:
    options: list[Option] = [Training(who, {"analyst"}) for who in ("yann", "cy", "ann")]
    people = [Member(who) for who in ("ann", "cy", "yann")]
    assert chosen(*people, needs=seats("analyst"), options=options) == [
        "train `ann` in `analyst` (1)"
    ]


def test_what_takes_two_trainings_takes_both() -> None:
    both = Team(
        "brume", [Member("cy"), Member("yann", skills={"b"})], [Role("x", requires={"a", "b"})]
    )
    options = [Training("cy", {"a"}), Training("cy", {"b"}), Training("yann", {"a"}, cost=3)]
    found = remedy(assign(both, seats("x")), options)
    assert found.options == (options[0], options[1])


@pytest.mark.parametrize(
    ("needs", "told"),
    [
        (Needs("n", specialists=[Specialists("a")]), "train `cy` in `a` (1)"),
        (Needs("n", languages=[Speakers("en")]), "train `cy` in `en` (2)"),
        (
            attrs.evolve(seats("editor"), supervision=[Supervision()]),
            "train `yann` in `editor` (3)",
        ),
        (Needs("n", mix=[NotOnly("trade", "law", {"editor"})]), "train `yann` in `editor` (3)"),
        (Needs("n", mix=[Mix("trade", 1, {"editor"})]), "train `cy` in `editor` (1)"),
    ],
)
def test_all_sorts_of_needs_are_met(needs: Needs, told: str) -> None:
    people = Member("cy", contract="internship", trade="law"), Member("yann", trade="design")
    options: list[Option] = [
        Training("cy", networks={"a"}),
        Training("cy", languages={"en"}, cost=2),
        Training("cy", {"editor"}),
        Training("yann", {"editor"}, cost=3),
    ]
    assert chosen(*people, needs=needs, options=options) == [told]


def test_roles_that_are_kept_apart_take_two() -> None:
    needs = attrs.evolve(seats("author", "editor"), separation=[Separation("author", "editor")])
    options: list[Option] = [Training("cy", {"editor"}), Training("yann", {"editor"}, cost=2)]
    cy = Member("cy", skills={"author"})
    assert chosen(cy, Member("yann"), needs=needs, options=options) == [
        "train `yann` in `editor` (2)"
    ]


def test_somebody_is_there_whenever_a_role_is_watched_over() -> None:
    office, nights = Week.parse("Mon-Fri 08:00-18:00"), Week.parse("Mon-Fri 18:00-23:00")
    people = (
        Member("cy", skills={"author"}, languages={"en"}, availability=Availability(office)),
        Member("yann", languages={"en"}, availability=Availability(nights)),
        Member("zoe", skills={"author"}, availability=Availability(nights)),
    )
    options: list[Option] = [
        Training("yann", {"author"}, cost=3),
        Training("zoe", languages={"en"}, cost=2),
        Training("zoe", languages={"fr"}),
    ]
    watch = Watch(Week.parse("Mon-Fri 08:00-23:00"), role="author", language="en")
    assert chosen(*people, needs=Needs("n", hours=[watch]), options=options) == [
        "train `zoe` in `en` (2)"
    ]


def test_pins_may_call_for_a_training() -> None:
    before = assign(team(Member("cy")), Needs("n"), pins=[("cy", "author")])
    assert before.status is Status.INFEASIBLE
    found = remedy(before, [Training("cy", {"author"}), Training("cy", {"editor"})])
    assert [option.text() for option in found.options] == ["train `cy` in `author` (1)"]
    assert found.after.pairs == (("cy", "author"),)


def test_whoever_is_pinned_elsewhere_does_not_count() -> None:
    people = [Member(who, skills={"author", "editor"}, most_roles=1) for who in ("ann", "cy")]
    pins = [("ann", "author"), ("cy", "author")]
    before = assign(team(*people, Member("zoe")), seats("editor"), pins=pins)
    found = remedy(before, [Training("zoe", {"editor"})])
    assert (found.status, found.cost, found.tried) == (Status.OPTIMAL, 1, 2)


def crowded() -> Assignment:
    """Return a deal in which one seat cannot have two trades, though people of both could sit."""
    people = [Member("ann", trade="law", skills={"author"}),
              Member("cy", trade="design", skills={"author"}),
              Member("yann"), Member("zoe", trade="design")]  # fmt: skip
    mix = [Mix("trade", 2, {"author", "editor"})]
    needs = Needs("n", seats=[Seats("author", 1, 1)], mix=mix)
    return assign(team(*people), needs)


SPARE: list[Option] = [
    Training("ann", {"analyst"}),
    Training("yann", {"analyst"}),
    Training("yann", {"editor"}, cost=1),
    Training("cy", {"editor"}, cost=3),
    Training("zoe", {"editor"}, cost=2),
    Hire(Member("new", skills={"editor"}, trade="sales"), cost=9),
]


def test_what_no_count_tells_is_found_by_trying() -> None:
    found = remedy(crowded(), SPARE)
    assert (found.status, found.bound) == (Status.OPTIMAL, 2)
    assert found.options == (SPARE[4],)


def test_the_deal_changes_as_little_as_can_be() -> None:
    people = Member("ann", skills={"author"}), Member("cy", skills={"author"})
    before = assign(team(*people), seats("author", "editor"), previous=[("cy", "author")])
    found = remedy(before, [Training("ann", {"editor"})])
    assert found.before == before
    assert [(move.member, move.takes, move.leaves) for move in found.diff.moves] == [
        ("ann", ("editor",), ())
    ]


def test_what_cannot_be_closed_says_what_lacks_with_all_options() -> None:
    needs = attrs.evolve(seats("author", "editor"), languages=[Speakers("en", 2)])
    options: list[Option] = [Training("cy", {"author"}), Training("cy", languages={"en"})]
    found = remedy(assign(team(Member("cy")), needs), options)
    assert (found.status, found.options, found.cost) == (Status.INFEASIBLE, (), 0)
    assert [(dict(lack.what), lack.size) for lack in found.lacks] == [
        ({"role": "editor"}, 1),
        ({"language": "en"}, 1),
    ]
    assert [block.roles for block in found.after.blocks] == [("editor",)]
    assert found.after.pairs == (("cy", "author"),)


def test_without_options_some_are_made_up() -> None:
    found = remedy(assign(team(Member("cy", most_roles=0)), seats("author")))
    assert [option.text() for option in found.options] == ["hire `new-author` (5)"]


# ---------------------------------------------------------------------------- what is not proven


@pytest.mark.parametrize(("budget", "bound"), [(1, 0), (2, 1), (8, 1)])
def test_a_small_budget_ends_with_what_is_known(budget: int, bound: int) -> None:
    found = remedy(crowded(), SPARE, budget=budget)
    assert (found.status, found.bound) == (Status.GAP, bound)
    assert found.options == (SPARE[4],)
    assert found.is_closed


@pytest.mark.parametrize(("nodes", "bound"), [(1, 1), (2, 1), (3, 1), (4, 2)])
def test_few_nodes_end_with_what_is_known(nodes: int, bound: int) -> None:
    options = sorted(SPARE, key=rank)
    asked = attrs.evolve(crowded().question, previous=crowded().plan)
    found = search(Trial(asked, options, BUDGET), nodes)
    assert found == Outcome(Status.GAP, 1 << options.index(SPARE[4]), bound)


def test_where_nothing_is_known_nothing_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Engine, "solve", lambda *_, **__: Solution((), "gap"))
    found = remedy(crowded(), SPARE)
    assert (found.status, found.options) == (Status.GAP, ())
    assert found.after.question.team.member("new").trade == "sales"


def test_what_is_not_proven_to_lack_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    level = Level("shortage", 1, 0)
    engine = SimpleNamespace(solve=lambda *_: Solution((), "gap", (level,)))
    monkeypatch.setattr(trying, "Engine", lambda *_: engine)
    assert remedy(crowded(), SPARE).status is Status.GAP


# ------------------------------------------------------------------------------ what is not valid


def test_every_wrong_option_is_told_with_its_place() -> None:
    options: list[Option] = [
        Training("cyy", {"author"}),
        Hire(Member("cy", roles={"autor"}, affinity={"x": 1}, minutes={"y": 1})),
        Hire(Member("new")),
        Hire(Member("new"), cost=2),
        "hire somebody",  # type: ignore[list-item]
    ]
    with pytest.raises(InvalidError) as caught:
        remedy(assign(team(Member("cy")), Needs("n")), options, budget=0)
    assert [str(problem).partition(" (")[0] for problem in caught.value.problems] == [
        "options[0].member: nobody is called `cyy`",
        "options[1].member: `cy` is in the team already",
        "options[1].member.roles: no role is called `autor`",
        "options[1].member.affinity: no role is called `x`",
        "options[1].member.minutes: no role is called `y`",
        "options[3].member: the id `new` is used more than once",
        "options[4]: `hire somebody` is not a training or a hire",
        "budget: `0` is not a valid number here",
    ]
    assert caught.value.problems[0].hint == "did you mean `cy`?"


def test_the_same_option_twice_is_one() -> None:
    hire = Hire(Member("new", skills={"author"}))
    found = remedy(assign(team(), seats("author")), [hire, hire])
    assert found.options == (hire,)
