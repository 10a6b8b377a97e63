from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.shown import clip, fill, placeholders, plain
from cmcore.charters import FactType

TWENTY = ", ".join(f"`{n}`" for n in range(20))
scalars = st.booleans() | st.integers() | st.floats() | st.text()
anything = scalars | st.lists(scalars) | st.sets(st.text()) | st.datetimes() | st.just(object)


@given(anything)
def test_a_parameter_is_plain_and_equal_to_itself(thing: object) -> None:
    once = plain(thing)
    assert isinstance(once, str | int | float | bool | tuple)
    assert once == plain(once)
    assert hash(once) == hash(plain(thing))


@pytest.mark.parametrize(
    ("thing", "shown"),
    [
        (True, True),
        (3, 3),
        (0.5, 0.5),
        (float("nan"), "nan"),
        (10**20, "100000000000000000000"),
        ("two\nlines", "two lines"),
        ({"b", "a"}, ("a", "b")),
        (["b", 3, True, 0.5], ("b", 3, "True", "0.5")),
        (date(2026, 3, 2), "2026-03-02"),
        (datetime(2026, 3, 2, 9, tzinfo=UTC), "2026-03-02T09:00:00+00:00"),
        (FactType.TEXT, "text"),
        (None, "None"),
    ],
)
def test_what_is_no_plain_value_becomes_text(thing: object, shown: object) -> None:
    assert plain(thing) == shown
    assert type(plain(thing)) is type(shown)


@pytest.mark.parametrize(
    ("sentence", "params", "shown"),
    [
        ("`{name}` is odd", {"name": "{odd}"}, "`{odd}` is odd"),
        ("{many}", {"many": ("a", 1)}, "`a`, `1`"),
        ("{many:or}", {"many": ("a", "b")}, "`a` or `b`"),
        ("{count:,} of {yes}", {"count": 1000, "yes": True}, "1,000 of yes"),
        ("{many}", {"many": tuple(range(22))}, f"{TWENTY}, and 2 more"),
    ],
)
def test_a_sentence_is_filled_in(sentence: str, params: dict[str, Any], shown: str) -> None:
    assert fill(sentence, params) == shown
    assert {*placeholders(sentence)} == {*params}


def test_an_id_without_a_name_stands_as_it_is_in_files() -> None:
    assert fill("{who:member} is away.", {"who": "ana-1"}) == "`ana-1` is away."


def test_flags_and_lists_are_worded_in_french_too() -> None:
    assert fill("{yes} {many:or}", {"yes": True, "many": ("a", "b")}, 1) == "oui `a` ou `b`"


@given(st.text(max_size=200), st.integers(1, 90))
def test_what_is_cut_stays_on_one_line(text: str, limit: int) -> None:
    shown = clip(text, limit)
    assert len(shown) <= limit
    assert "\n" not in shown
    assert clip(shown, limit) == shown
