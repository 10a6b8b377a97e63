import attrs
import pytest

from cmcore import InvalidError, Member, Needs, Plan, Role, Seats, Team
from cmcore.teams import Assignment, Hire, Question, Remedy, Speakers, Status, Training
from cmcore.teams.affinity import TOP_AFFINITY
from cmcore.teams.assignment.assign import answer
from cmcore.teams.assignment.assignment import Shortfall
from cmcore.teams.gap import GapKind
from cmcore.teams.remedies.remedy import HIRE_COST, TRAINING_COST, Option, rank

WRITER, ANALYST = Role("author", requires={"writing"}), Role("analyst", requires={"figures"})
CY = Member("cy", skills={"writing"}, roles={"author"})
MAUD = Member("maud", skills={"writing", "figures"}, most_roles=1)
TEAM = Team("brume", [CY, MAUD], [WRITER, ANALYST])
NEEDS = Needs("social", seats=[Seats("author", 1, 1), Seats("analyst", 1)])
SPEAKERS = Shortfall(GapKind.LANGUAGES, ("languages", "en"), {"language": "en"}, 2, 1)


def deal(team: Team = TEAM, needs: Needs = NEEDS, previous: Plan | None = None) -> Assignment:
    return answer(Question(team, needs, Plan.current(team) if previous is None else previous))


def problems(caught: pytest.ExceptionInfo[InvalidError]) -> list[str]:
    return [str(problem) for problem in caught.value.problems]


def test_a_training_teaches_something_at_a_cost() -> None:
    with pytest.raises(InvalidError) as caught:
        Training("", cost=0)
    assert problems(caught) == [
        "member: `` cannot be an id (1 to 200 printable characters, no spaces at either end)",
        "cost: `0` is not a valid number here (write a whole number, 1 or more)",
        "skills: a training teaches something (name skills, languages or networks)",
    ]


@pytest.mark.parametrize("cost", [0, True, 1.5, "2"])
def test_a_cost_is_a_whole_number_from_one(cost: object) -> None:
    with pytest.raises(InvalidError, match="a whole number, 1 or more"):
        Hire(CY, cost)  # type: ignore[arg-type]
    with pytest.raises(InvalidError, match="a whole number, 1 or more"):
        Training("cy", {"figures"}, cost=cost)  # type: ignore[arg-type]


def test_costs_have_defaults() -> None:
    assert Training("cy", {"figures"}).cost == TRAINING_COST == 1
    assert Hire(CY).cost == HIRE_COST == 5


def test_a_lone_word_is_not_taken_for_letters() -> None:
    with pytest.raises(InvalidError, match="is one text, not a list of them"):
        Training("cy", "figures")


def test_who_is_trained_knows_more() -> None:
    before = Member("cy", skills={"writing"}, languages={"fr"}, networks={"a": 300, "b": 0})
    after = Training("cy", {"figures"}, {"en"}, {"a", "b", "c"}).taught(before)
    assert after.skills == {"writing", "figures"}
    assert after.languages == {"fr", "en"}
    assert after.networks == {"a": 300, "b": TOP_AFFINITY, "c": TOP_AFFINITY}
    assert attrs.evolve(after, skills={"writing"}, languages={"fr"}, networks=before.networks) == (
        before
    )


def test_options_are_told_in_words() -> None:
    training, hire = Training("cy", {"writing", "figures"}, {"en"}, {"a"}, 3), Hire(MAUD, 7)
    assert training.text() == "train `cy` in `figures`, `writing`, `en` and `a` (3)"
    assert training.text("fr") == "former `cy` à `figures`, `writing`, `en` et `a` (3)"
    assert (hire.text(), hire.text("fr")) == ("hire `maud` (7)", "recruter `maud` (7)")


def test_options_are_in_order_of_ids() -> None:
    many: list[Option] = [
        Hire(Member("b")),
        Training("c", networks={"x"}),
        Training("c", languages={"x"}),
        Training("c", {"x"}, cost=2),
        Training("c", {"x"}),
        Hire(Member("a")),
    ]
    found = Remedy(many, Status.GAP, deal(), deal())
    assert found.options == (many[5], many[0], *many[1:3], many[4], many[3])
    assert sorted(many, key=rank) == [*found.options]
    assert found.cost == 10 + 1 + 1 + 2 + 1


def test_a_remedy_is_told_in_words() -> None:
    after = deal(previous=Plan([("maud", "author")]))
    found = Remedy([Training("cy", {"x"}), Hire(MAUD)], Status.OPTIMAL, deal(), after, bound=6)
    assert found.is_closed
    assert found.diff == after.diff
    assert found.view().tone == "covered"
    assert found.text().splitlines() == [
        "brume for social: train `cy` in `x` (1); hire `maud` (5): everything is then covered",
        "  cost     6, proven the best",
        "  analyst  → `maud`",
        "  author   → `cy`",
        "  maud     gives up `author`",
    ]
    assert found.text("fr").splitlines()[0].endswith("tout est alors couvert")


def test_what_is_not_proven_is_told() -> None:
    found = Remedy([Hire(MAUD)], Status.GAP, deal(), deal(), bound=2)
    assert found.view().tone == "exception"
    assert "cost     5, could be 2 at best" in found.text()
    assert "cost     5, proven the best" in attrs.evolve(found, bound=5).text()


def test_nothing_to_remedy_is_told() -> None:
    found = Remedy((), Status.OPTIMAL, deal(), deal(), bound=0)
    assert found.text().splitlines()[0] == "brume for social: everything is covered already"
    assert "0, proven the best" in found.text()


def test_many_options_are_cut_in_the_headline_only() -> None:
    many = [Training(f"m{n}", {"x"}) for n in range(8)]
    lines = Remedy(many, Status.OPTIMAL, deal(), deal(), bound=8).text().splitlines()
    assert "train `m5` in `x` (1); and 2 more: everything is then covered" in lines[0]
    assert "m6" not in lines[0]
    assert lines[2:4] == [
        "  …        train `m6` in `x` (1)",
        "  …        train `m7` in `x` (1)",
    ]


def test_what_cannot_be_closed_tells_what_lacks_and_why() -> None:
    team = Team("brume", [CY], [WRITER, ANALYST])
    after = deal(team, attrs.evolve(NEEDS, languages=[Speakers("en", 2)]))
    lacks = (*after.lacks, SPEAKERS)
    found = Remedy((), Status.INFEASIBLE, after, after, lacks=lacks)
    assert not found.is_closed
    assert found.view().tone == "forbidden"
    assert found.text().splitlines() == [
        "brume for social: no choice of these trainings and hires covers everything",
        "  seats      analyst  1 of 1 missing",
        f"  why: {after.blocks[0].text()}",
        "  languages  English  1 of 2 missing",
    ]


def test_what_is_not_known_is_told() -> None:
    found = Remedy((), Status.GAP, deal(), deal(), lacks=(SPEAKERS,))
    assert found.text().splitlines() == [
        "brume for social: nothing that covers everything was found within the budget",
        "  languages  English  1 of 2 missing",
    ]
