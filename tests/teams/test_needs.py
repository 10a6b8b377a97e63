from collections.abc import Callable
from typing import Any

import pytest

from cmcore import InvalidError, Needs, Seats, Watch, Week
from cmcore.teams import Mix, NotOnly, Separation, Speakers, Specialists, Supervision, Work


@pytest.mark.parametrize(
    ("kind", "given", "paths"),
    [
        (Seats, ("", 1, 2, 0), [("role",), ("weight",)]),
        (Seats, ("x", 2, 1), [("most",)]),
        (Seats, ("x", -1, 1), [("least",)]),
        (Specialists, ("", -1), [("network",), ("least",)]),
        (Speakers, ("", 1.5), [("language",), ("least",)]),
        (
            Watch,
            (Week.always(), "Nowhere", -1, "", "", ""),
            [("zone",), ("least",), ("role",), ("network",), ("language",)],
        ),
        (Work, ("", -1, -1, ""), [("name",), ("count",), ("minutes",), ("role",)]),
        (Mix, ("trade", -1, ()), [("least",), ("roles",)]),
        (Mix, ("tradde",), [("of",)]),
        (NotOnly, ("age", "", {""}), [("value",), ("roles",)]),
        (Supervision, ("contract", "", {""}), [("value",), ("roles",)]),
        (Separation, ("", ""), [("first",), ("second",), ()]),
    ],
)
def test_every_problem_of_a_need_is_told(
    kind: Callable[..., object], given: tuple[Any, ...], paths: list[Any]
) -> None:
    with pytest.raises(InvalidError) as caught:
        kind(*given)
    assert [problem.path for problem in caught.value.problems] == paths


def test_a_pair_has_no_order() -> None:
    assert Separation("b", "a") == Separation("a", "b")


def test_a_watch_is_named_by_what_it_asks_or_when() -> None:
    week = Week.parse("Sat")
    assert Watch(week).about == {"hours": "Sat"}
    assert Watch(week, role="analyst", language="fr").about == {"role": "analyst", "language": "fr"}


def test_needs_that_have_a_name_stand_once_and_in_order() -> None:
    first, second = Seats("a"), Seats("b")
    assert Needs("n", seats=[second, first]) == Needs("n", seats=[first, second])
    with pytest.raises(InvalidError) as caught:
        Needs("", zone="Nowhere", seats=[first, first], work=[Work("x", 1, 1)] * 3)
    assert [problem.path for problem in caught.value.problems] == [
        ("needs",),
        ("zone",),
        ("seats", "a"),
        ("work", "x"),
    ]


def test_every_role_is_told_with_its_place() -> None:
    needs = Needs(
        "n",
        seats=[Seats("a")],
        specialists=[Specialists("bluesky")],
        hours=[Watch(Week.always(), role="b"), Watch(Week.always())],
        work=[Work("w", 1, 1, "c")],
        mix=[Mix("trade", 2, {"d", "c"})],
        supervision=[Supervision()],
        separation=[Separation("a", "b")],
    )
    assert list(needs.roles()) == [
        (("seats", "a"), "a"),
        (("hours", 0, "role"), "b"),
        (("work", "w", "role"), "c"),
        (("mix", 0, "roles"), "c"),
        (("mix", 0, "roles"), "d"),
        (("separation", 0), "a"),
        (("separation", 0), "b"),
    ]
