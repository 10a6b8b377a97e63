"""Fields of values of any annotation: what they take, and where they say what they do not."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from itertools import product
from typing import Any, Literal

import attrs
import pytest

from cmcore.base.errors import InvalidError
from cmcore.base.maps import FrozenMap
from cmcore.base.values import value

NOON = datetime(2026, 3, 27, 12, tzinfo=UTC)


@value
class Things:
    """One field of each kind of annotation."""

    pair: tuple[int, str] = (1, "a")
    pairs: tuple[tuple[str, str], ...] = ()
    words: frozenset[str] = frozenset()
    numbers: FrozenMap[int] = FrozenMap()
    by_number: Mapping[int, str] = FrozenMap()  # type: ignore[assignment]
    at: datetime = NOON
    size: Literal["small", "large"] = "small"
    either: int | tuple[str, ...] | tuple[bool, bool] = 0


@value
class Many:
    """More ways to be filled than are remembered."""

    a: int | None
    b: int | None
    c: int | None
    d: int | None
    e: int | None
    f: int | None
    g: int | None
    h: int | None
    i: int | None
    j: int | None
    k: int | None
    m: int | None
    n: int | None


@pytest.mark.parametrize(
    ("told", "path"),
    [
        ({"pair": (1, 2)}, ("pair", 1)),
        ({"pair": (1,)}, ("pair",)),
        ({"pair": "ab"}, ("pair",)),
        ({"pairs": (("a", "b"), ("a", 1))}, ("pairs", 1, 1)),
        ({"pairs": "ab"}, ("pairs",)),
        ({"words": "ab"}, ("words",)),
        ({"words": frozenset({1})}, ("words",)),
        ({"numbers": FrozenMap({"a": 1, "b": "c"})}, ("numbers", "b")),
        ({"numbers": {"a": 1}}, ("numbers",)),
        ({"by_number": {"a": "b"}}, ("by_number",)),
        ({"by_number": {1: 2}}, ("by_number", "1")),
        ({"at": NOON.replace(tzinfo=None)}, ("at",)),
        ({"at": datetime.min.replace(tzinfo=timezone(timedelta(hours=1)))}, ("at",)),
        ({"at": "noon"}, ("at",)),
        ({"size": "medium"}, ("size",)),
        ({"either": (1, 2)}, ("either", 0)),
        ({"either": None}, ("either",)),
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused_at_its_place(told: dict[str, Any], path: Any) -> None:  # noqa: ANN401 - steps
    with pytest.raises(InvalidError) as caught:
        Things(**told)
    assert caught.value.problems[0].path == path


@pytest.mark.parametrize(
    "told",
    [
        {"pair": (2, "b")},
        {"pairs": (("a", "b"),)},
        {"words": frozenset({"a"})},
        {"numbers": FrozenMap({"a": 1})},
        {"by_number": {1: "a"}},
        {"size": "large"},
        {"either": ("a", "b")},
        {"either": (True, False)},
    ],
    ids=str,
)
def test_what_fits_is_kept(told: dict[str, Any]) -> None:
    made = Things(**told)
    assert {name: getattr(made, name) for name in told} == told


def test_values_are_checked_however_many_ways_there_are_to_fill_them() -> None:
    for given in product([1, None], repeat=13):
        assert Many(*given).n == given[-1]
    last = Many(**dict.fromkeys("abcdefghijkmn"))
    odd: Any
    for odd in ("1", True, 1.5):
        with pytest.raises(InvalidError, match=r"^n: .* is not a whole number"):
            attrs.evolve(last, n=odd)
