from datetime import UTC, date, datetime, timedelta

import attrs
from hypothesis import given

from cmcore import Charter, Rule, dump, fact, parse
from cmcore.base import Truth
from cmcore.base.digests import digest_of
from cmcore.charters import Approval
from cmcore.strategies import charters

NOON = datetime(2026, 3, 27, 12, tzinfo=UTC)


@given(charters(), charters())
def test_charters_have_one_digest_when_they_are_equal_and_only_then(
    one: Charter, other: Charter
) -> None:
    assert (one.digest == other.digest) == (one == other)
    again = parse(dump(one, format="json"), Charter, format="json")
    assert again.digest == attrs.evolve(one).digest == one.digest
    assert one.with_rule(Rule.forbid("one more", because="so")).digest != one.digest


def test_a_digest_never_depends_on_the_order_of_sets_nor_on_the_machine() -> None:
    named = [Approval(names, date(2026, 3, 27)) for names in ({"ana", "bob"}, {"bob", "ana"})]
    found = {digest_of(one) for one in named}
    assert found == {"081671142184785ad6b10345dcdaa6999997b21c02433c467d4f8ee1b89827f9"}


def test_what_differs_in_kind_or_in_value_has_another_digest() -> None:
    things = [
        *(None, True, 2, 1.5, "1", "", (), ("a",), frozenset({"a", "b"}), {"a": 1}),
        *(NOON, NOON.date(), timedelta(1), timedelta(0, 1), Truth.FALSE, Truth.UNKNOWN),
        *(fact("paid").is_(True), fact("scheduled").is_(True), ~fact("paid").is_(True)),
    ]
    assert len({digest_of(thing) for thing in things}) == len(things)
    assert digest_of(2) == digest_of(2.0)


def test_a_field_that_a_later_version_adds_changes_no_digest() -> None:
    """What is stored of a value by its digest is found again after an update of the library."""

    class Now:
        @attrs.frozen
        class Note:
            text: str
            tags: frozenset[str] = frozenset()

    class Later:
        @attrs.frozen
        class Note:
            text: str
            tags: frozenset[str] = frozenset()
            lasts: timedelta | None = None
            seen: dict[str, int] = attrs.field(factory=dict)

    assert digest_of(Later.Note("a")) == digest_of(Now.Note("a"))
    assert digest_of(Later.Note("a", lasts=timedelta(1))) != digest_of(Now.Note("a"))
    assert digest_of(Now.Note("a", frozenset({"b"}))) != digest_of(Now.Note("a"))
