"""Of two expectations that are said to be in conflict, no history meets both."""

from datetime import UTC, date, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act, Charter, audit, catalog, fact
from cmcore.charters import Condition, Expectation, Fulfilment, Proportion, Rate, Term
from cmcore.charters.conflicts import conflicts, is_idle, years_unknown
from cmcore.time import Calendar

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAYS = 14
NAMES = ("publish", "reply", "any", "posts", "promos")
COUNTS: dict[str, Condition] = {
    "posts": fact("kind").one_of("publish", "share"),
    "promos": fact("kind").is_("publish") & fact("topics").any_of("promo"),
}


def a_charter(*expected: Expectation, **more: object) -> Charter:
    """Return a charter that expects some things."""
    desk = catalog.circuits["owner"]
    charter = Charter("c", circuits=[desk], default=desk.id, counts=COUNTS)
    return attrs.evolve(charter, expectations=expected, **more)  # type: ignore[arg-type]


def clash(*expected: Expectation) -> list[set[str]]:
    """Return the ids of expectations that are in conflict."""
    return [{one.id, other.id} for one, other in conflicts(a_charter(*expected))]


@st.composite
def expectations(draw: st.DrawFn, id_: str) -> Expectation:
    """Draw a floor or a cap, of a number or of a share."""
    side = draw(st.sampled_from(["at_least", "at_most"]))
    unit, of = draw(st.sampled_from(["day", "week"])), draw(st.sampled_from(NAMES))
    on = draw(st.sampled_from([None, None, "Sat-Sun"]))
    if draw(st.booleans()):
        count = draw(st.integers(side == "at_least", 8))
        bound: Rate | Proportion = Rate(count, unit)
        return (floor if side == "at_least" else cap)(id_, of, bound, on=on)
    part = draw(st.sampled_from([0.2, 0.5, 0.6, 0.8]))
    among = draw(st.sampled_from([name for name in NAMES if name != of]))
    bound = Proportion(part, unit)
    return (floor if side == "at_least" else cap)(id_, of, bound, among=among, on=on)


@st.composite
def acts(draw: st.DrawFn) -> list[Act]:
    """Draw the acts of a fortnight: some each day, so that there is an occasion for everything."""
    made = st.tuples(st.sampled_from(["publish", "reply", "share"]), st.booleans())
    kinds = draw(st.lists(made, max_size=5))
    return [
        Act(kind=kind, topics={"promo"} if is_promo else set(), at=START + timedelta(days=day))
        for day in range(DAYS)
        for kind, is_promo in draw(st.permutations(kinds))[: draw(st.integers(1, 5))]
    ]


@given(expectations("a"), expectations("b"), acts())
def test_no_history_meets_both_of_two_that_are_in_conflict(
    one: Expectation, other: Expectation, history: list[Act]
) -> None:
    charter = a_charter(one, other)
    days = START.date(), START.date() + timedelta(days=DAYS - 1)
    found = audit(charter, history, since=days[0], through=days[1]).expectations
    if all(result.standing is Fulfilment.MET for result in found):
        assert list(conflicts(charter)) == []


def floor(id_: str, of: str, bound: Rate | Proportion, **more: object) -> Expectation:
    return Expectation(id_, of=of, at_least=bound, **more)  # type: ignore[arg-type]


def cap(id_: str, of: str, bound: Rate | Proportion, **more: object) -> Expectation:
    return Expectation(id_, of=of, at_most=bound, **more)  # type: ignore[arg-type]


HALF, MOST = Proportion(0.5, "week"), Proportion(0.6, "week")


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (floor("a", "publish", Rate(3, "week")), cap("b", "publish", Rate(2, "week")), True),
        (floor("a", "publish", Rate(2, "week")), cap("b", "publish", Rate(2, "week")), False),
        # what is counted is a part of what is capped, and not the other way round
        (floor("a", "promos", Rate(3, "week")), cap("b", "posts", Rate(2, "week")), True),
        (floor("a", "posts", Rate(3, "week")), cap("b", "promos", Rate(2, "week")), False),
        # a unit within another
        (floor("a", "posts", Rate(1, "day")), cap("b", "any", Rate(6, "week")), True),
        (floor("a", "posts", Rate(1, "day")), cap("b", "any", Rate(7, "week")), False),
        (floor("a", "posts", Rate(8, "week")), cap("b", "any", Rate(1, "day")), True),
        (floor("a", "posts", Rate(7, "week")), cap("b", "any", Rate(1, "day")), False),
        (floor("a", "posts", Rate(9, "month")), cap("b", "any", Rate(1, "week")), False),
        (floor("a", "posts", Rate(1, "day"), on="sun"), cap("b", "any", Rate(6, "week")), False),
        (floor("a", "posts", Rate(3, "week")), cap("b", "any", Rate(2, "week"), on="sun"), False),
        (floor("a", "posts", Rate(3, "week"), on="sun"), cap("b", "any", Rate(2, "week")), True),
        # shares
        (floor("a", "promos", MOST, among="any"), cap("b", "posts", HALF, among="any"), True),
        (floor("a", "promos", HALF, among="any"), cap("b", "posts", MOST, among="any"), False),
        (floor("a", "posts", MOST, among="any"), floor("b", "reply", HALF, among="any"), True),
        (floor("a", "posts", HALF, among="any"), floor("b", "reply", HALF, among="any"), False),
        (floor("a", "posts", MOST, among="any"), floor("b", "promos", HALF, among="any"), False),
        (floor("a", "posts", MOST, among="any"), cap("b", "posts", Rate(0, "week")), False),
        # others
        (cap("a", "posts", Rate(3, "week")), cap("b", "posts", Rate(2, "week")), False),
        (floor("a", "posts", Rate(3, "week")), cap("b", "any", Rate(1, timedelta(1))), False),
        (floor("a", "posts", Rate(3, "week"), term=Term(through=date(2026, 1, 1))),
         cap("b", "any", Rate(2, "week"), term=Term(since=date(2026, 1, 2))), False),
        (floor("a", "posts", Rate(3, "week")),
         Expectation("b", of="posts", after="reply", within=timedelta(1)), False),
    ],
)  # fmt: skip
def test_what_is_sure_to_be_in_conflict_is_found(
    one: Expectation,
    other: Expectation,
    found: bool,  # noqa: FBT001
) -> None:
    assert clash(one, other) == clash(other, one) == ([{"a", "b"}] if found else [])


def test_what_is_never_in_force_with_its_charter_is_found() -> None:
    charter = a_charter(term=Term(date(2026, 1, 1), date(2026, 12, 31)))
    assert is_idle(charter, Term(through=date(2025, 12, 31)))
    assert not is_idle(charter, Term(through=date(2026, 1, 1)))


def test_the_first_year_that_a_calendar_knows_nothing_of_is_found() -> None:
    calendar = Calendar([], years=[2026, 2028])
    through = Term(date(2026, 1, 1), date(2028, 1, 31))
    assert list(years_unknown(a_charter(calendar=calendar, term=through))) == [2027]
    later = floor("a", "posts", Rate(1, "week"), term=Term(through=date(2029, 1, 31)))
    assert list(years_unknown(a_charter(later, calendar=calendar))) == [2029]
    assert list(years_unknown(a_charter(later))) == []
    assert list(years_unknown(a_charter(calendar=calendar))) == []
