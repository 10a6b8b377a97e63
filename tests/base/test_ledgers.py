"""What is worked out once and noted, and that Python collects again once large tables are made."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest

from cmcore.base.ledgers import Memory, built


@pytest.fixture(params=[True, False], ids=["collecting", "not collecting"])
def collecting(request: pytest.FixtureRequest) -> Iterator[bool]:
    was = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if was else gc.disable)()


def test_nothing_is_collected_while_it_is_made_and_all_is_as_before_after(collecting: bool) -> None:  # noqa: FBT001 - a fixture
    notes: dict[Any, Any] = {}
    seen: list[bool] = []

    def work() -> str:
        seen.append(gc.isenabled())
        return built(notes, "inner", lambda: "within")

    assert built(notes, "outer", work) == built(notes, "outer", work) == "within"
    assert seen == [False]
    assert gc.isenabled() is collecting


def test_so_it_is_where_making_fails(collecting: bool) -> None:  # noqa: FBT001 - a fixture
    notes: dict[Any, Any] = {}
    with pytest.raises(ZeroDivisionError):
        built(notes, "ratio", lambda: 1 // 0)
    assert gc.isenabled() is collecting
    assert not notes


def test_a_memory_keeps_what_there_is_room_for_and_begins_afresh_where_there_is_none() -> None:
    memory = Memory[str](6)
    assert [memory.keep(key, key * 2, 2) for key in "ab"] == ["aa", "bb"]
    assert memory == {"a": "aa", "b": "bb"}
    memory.keep("c", "cc", 0)
    assert memory == {"c": "cc"}
    memory.keep("whole", "kept", 5)
    assert memory == {"whole": "kept"}
    assert memory.keep("vast", "not kept", 6) == "not kept"
    assert memory == {}
