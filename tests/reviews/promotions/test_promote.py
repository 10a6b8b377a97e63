"""Which permits are proposed, of several that could be; the laws are in `tests/laws`."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cmcore import (
    Act,
    Approvers,
    Charter,
    Context,
    InvalidError,
    Label,
    Member,
    Review,
    Role,
    Rule,
    Stage,
    Team,
    ValidationCircuit,
    decide,
    fact,
    hours,
    open_review,
    promote,
    record,
)
from cmcore.charters import CALM, Case, Scope, Term, Unreadable, Volume, all_of
from cmcore.reviews import Approved, Reviewed
from cmcore.reviews.promotions import _separate as separating
from cmcore.reviews.promotions import promote as promoting

NOON = datetime(2026, 3, 30, 12, tzinfo=UTC)
CIRCUIT = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])
CHARTER = Charter(
    "orlane",
    circuits=[CIRCUIT],
    default="desk",
    labels={name: Label("flag") for name in ("price", "photo", "giveaway")},
)


def case(id_: str | None = None, **facts: Any) -> Case:  # noqa: ANN401 - facts of any type
    labels = {name: facts.pop(name) for name in CHARTER.labels if name in facts}
    return Case(Act(id=id_, labels=labels, **facts))


def rows(verdict: str, *cases: Case) -> list[Reviewed]:
    return [Reviewed(case, verdict) for case in cases]


def test_the_permit_with_most_approvals_comes_first() -> None:
    few = [case(f"f{n}", network="two", language="en") for n in range(3)]
    many = [case(f"m{n}", network="one", language="fr") for n in range(4)]
    no = case("no", network="one", language="en")
    found = promote(CHARTER, rows("approved", *few, *many) + rows("refused", no))
    assert [one.support for one in found.proposals] == [
        ("m0", "m1", "m2", "m3"),
        ("f0", "f1", "f2"),
    ]
    assert found.rules == (
        Rule.permit(
            "promotion-1",
            when=all_of(fact("language").is_("fr"), fact("network").is_("one")),
            because="Approved unchanged 4 times.",
        ),
        Rule.permit(
            "promotion-2",
            when=all_of(fact("language").is_("en"), fact("network").is_("two")),
            because="Approved unchanged 3 times.",
        ),
    )


def test_a_permit_of_one_test_asks_just_that() -> None:
    found = promote(CHARTER, rows("approved", case("a", price=False)), least=1)
    assert found.rules == (
        Rule.permit(
            "promotion-1", when=fact("price").is_(False), because="Approved unchanged once."
        ),
    )


#: Two ways to tell three approvals of four from what was refused: by `photo`, or by `price`.
TIED = [
    *rows("approved", case("a", photo=True, price=False), case("b", photo=True, price=False)),
    *rows("approved", case("c", photo=True), case("d", price=False)),
    *rows("refused", case("no", photo=False, price=True)),
]
PHOTOS = [case(f"p{n}", photo=True) for n in range(4)]
PRICES = [case(f"q{n}", price=False) for n in range(5)]


@pytest.mark.parametrize(
    ("history", "taken", "others"),
    [([], "photo", 0), (PHOTOS, "price", 0), (PHOTOS + PRICES, "photo", 4)],
)
def test_of_two_permits_alike_the_one_that_lets_out_fewer_others_is_taken(
    history: list[Case], taken: str, others: int
) -> None:
    (found,) = promote(CHARTER, TIED, history).proposals
    assert found.rule.when == fact(taken).is_(taken == "photo")
    assert found.others == others
    assert [one.act.id for one in found.examples] == ["p0", "p1", "p2"][:others]


def test_acts_of_the_history_are_known_again_by_id_or_by_place_and_moment() -> None:
    def at(place: str, hour: int, id_: str | None = None) -> Case:
        return Case(Act(id=id_, kind="follow"), Context(at=NOON + timedelta(hours=hour)), place)

    told = rows("approved", at("line 1", 0), at("line 2", 1), at("line 3", 2, "x"), at("", 3))
    history = [at("line 1", 0), at("line 2", 9), at("elsewhere", 8, "x"), at("", 3)]
    (found,) = promote(CHARTER, told, history).proposals
    assert found.support == ("line 1", "line 2", "x (line 3)", "2026-03-30 15:00+00:00")
    assert [one.name for one in found.examples] == ["act 2", "line 2"]
    assert found.shares == (0.0, 1.0)


def test_the_support_is_in_order_of_time_the_undated_last() -> None:
    told = [
        Reviewed(Case(Act(id=id_, at=at, paid=False)), "approved")
        for id_, at in (("c", None), ("b", NOON), ("a", NOON), ("d", NOON - timedelta(days=1)))
    ]
    (found,) = promote(CHARTER, [*told, Reviewed(Case(Act(paid=False)), "approved")]).proposals
    assert found.support == ("d", "a", "b", "c", "–")


def test_a_rule_proposed_has_an_id_of_its_own() -> None:
    taken = Rule.forbid("promotion-1", when=fact("kind").is_("block"), because="Never.")
    told = rows("approved", case("a", kind="publish"))
    found = promote(CHARTER.with_rule(taken), told, least=1)
    assert [rule.id for rule in found.rules] == ["promotion-2"]
    assert [rule.id for rule in found.charter.rules] == ["promotion-1", "promotion-2"]


def test_what_shares_nothing_is_not_explained() -> None:
    told = rows("approved", case("a", network="one"), case("b", network="two"), case("c"))
    found = promote(CHARTER, told)
    assert found.proposals == ()
    assert found.unexplained == ("a", "b", "c")


@pytest.mark.parametrize("scope", [Scope({"two"}), Scope(volume=[Volume(9, hours(1))])])
def test_no_permit_covers_what_is_or_may_be_out_of_scope(scope: Scope) -> None:
    narrow = Charter("narrow", circuits=[CIRCUIT], default="desk", scope=scope)
    told = rows("approved", *(case(f"a{n}", network="one") for n in range(3)))
    found = promote(narrow, told)
    assert (found.outside, found.proposals) == (3, ())


def test_a_charter_that_is_over_covers_nothing_more() -> None:
    over = Charter("over", circuits=[CIRCUIT], default="desk", term=Term(through=NOON.date()))
    late = [Case(Act(id=f"a{n}", at=NOON + timedelta(days=2), paid=False)) for n in range(3)]
    found = promote(over, rows("approved", *late), late)
    assert (found.outside, found.proposals, found.shares) == (3, (), (0.0, 0.0))


def test_what_a_rule_or_the_calendar_holds_back_is_not_let_out() -> None:
    recalls = Rule.refer(
        "recalls", to="desk", when=fact("text").mentions("recall"), because="Look."
    )
    short = Charter(
        "short", circuits=[CIRCUIT], default="desk", rules=[recalls], term=Term(through=NOON.date())
    )

    def post(id_: str, text: str = "Hello.", days: int = 0) -> Case:
        return Case(Act(id=id_, text=text, at=NOON + timedelta(days=days), paid=False))

    told = rows("approved", *(post(f"a{n}") for n in range(3)))
    history = [post("b"), post("held", text="A recall."), post("late", days=1)]
    found = promote(short, told, history)
    assert [[case.act.id for case in one.examples] for one in found.proposals] == [["b"]]
    assert found.shares == (0.0, 1 / 3)


def test_no_more_permits_are_proposed_than_anybody_would_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = [Reviewed(case(f"a{n}", network=f"n{n}", paid=True), "approved") for n in range(5)]
    told += rows("refused", case("no", network="other", paid=True))
    assert len(promote(CHARTER, told, least=1).proposals) == 5
    monkeypatch.setattr(promoting, "MOST_PROPOSED", 2)
    found = promote(CHARTER, told, least=1)
    assert (len(found.proposals), len(found.unexplained)) == (2, 3)


def test_a_search_cut_short_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert promote(CHARTER, TIED).is_best
    monkeypatch.setattr(separating, "MOST_TRIED", 1)
    assert not promote(CHARTER, TIED).is_best


def test_unreadable_rows_are_no_acts() -> None:
    told = rows("approved", *PHOTOS[:3])
    found = promote(CHARTER, told, [Unreadable("line 1"), *PHOTOS])
    assert (found.others, found.shares) == (1, (0.0, 1.0))


def test_the_context_stands_for_every_act_given_without_one() -> None:
    calm = CHARTER.with_rule(
        Rule.refer("incident", to="desk", when=fact("incident.open").is_(True), because="Look.")
    )
    told = [Reviewed(Case(one.act, Context(incident=CALM)), "approved") for one in PHOTOS]
    acts = [one.act for one in PHOTOS]
    assert promote(calm, told, acts).shares == (0.0, 0.0)
    assert promote(calm, told, acts, context=Context(incident=CALM)).shares == (0.0, 1.0)


TEAM = Team("crew", [Member("ana"), Member("bob", roles={"editor"})], [Role("editor")])


def review(id_: str) -> Review:
    act = Act(id=id_, author="ana")
    opened = open_review(decide(CHARTER, act), act, CHARTER, NOON, team=TEAM)
    return record(opened, Approved("bob", act.digest(), at=NOON + timedelta(hours=1)))


def test_reviews_are_taken_as_they_are() -> None:
    told = [(one, review(str(one.act.id))) for one in PHOTOS]
    assert promote(CHARTER, told).approved == 4
    assert promote(CHARTER, told, at=NOON).approved == 0


@pytest.mark.parametrize("least", [True, 1.5])
def test_a_least_number_is_a_whole_number(least: int) -> None:
    with pytest.raises(InvalidError, match=r"^least: .* is not a whole number"):
        promote(CHARTER, [], least=least)


@pytest.mark.parametrize("least", [0, -1])
def test_every_problem_is_told_at_its_place(least: int) -> None:
    told: list[Reviewed | tuple[Case, Review]]
    told = [Reviewed(PHOTOS[0], "approved"), (PHOTOS[1], review("p2"))]
    with pytest.raises(InvalidError) as caught:
        promote(CHARTER, told, least=least)
    assert [problem.path for problem in caught.value.problems] == [
        ("least",),
        ("reviews", 1),
    ]


def test_a_verdict_is_one_of_four() -> None:
    with pytest.raises(InvalidError, match="verdict: `aproved` is not a valid choice"):
        Reviewed(PHOTOS[0], "aproved")


def test_what_is_no_review_is_told_with_its_place() -> None:
    given: Any = [*rows("approved", case("a")), 3, (case("b"), "approved")]
    with pytest.raises(InvalidError) as caught:
        promote(CHARTER, given)
    assert [problem.path for problem in caught.value.problems] == [("reviews", 1), ("reviews", 2)]
    assert "`3` is not what came of a review" in str(caught.value)
