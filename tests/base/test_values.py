import attrs
import pytest

from cmcore.base.values import value


@value
class Point:
    x: int
    y: int = 0


def test_a_value_is_immutable_slotted_hashable_and_comparable() -> None:
    point = Point(1)
    assert point == Point(1, 0)
    assert hash(point) == hash(Point(1, 0))
    assert point != Point(1, 1)
    assert not hasattr(point, "__dict__")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        del point.x
