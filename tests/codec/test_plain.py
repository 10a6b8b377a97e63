import math
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.errors import InvalidError, Problem
from cmcore.codec.bounds import Data
from cmcore.codec.plain import (
    Gather,
    as_date,
    as_duration,
    as_flag,
    as_instant,
    as_int,
    as_list,
    as_mapping,
    as_number,
    as_text,
    as_words,
    choice,
    each,
    kept,
    known_keys,
    missing_key,
    wrong,
)

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner),
    max_leaves=4,
)


def problems(read: Callable[..., object], *data: object) -> tuple[Problem, ...]:
    with pytest.raises(InvalidError) as caught:
        read(*data)
    return caught.value.problems


# ------------------------------------------------------------------------------------ what is read


@given(PLAIN)
def test_nothing_is_coerced(data: Data) -> None:
    types: dict[Callable[[object], object], Any] = {
        as_text: str,
        as_number: (int, float),
        as_int: int,
        as_list: list,
        as_mapping: dict,
    }
    for read, kind in types.items():
        is_flag = isinstance(data, bool)
        try:
            found = read(data)
        except InvalidError:
            assert not isinstance(data, kind) or is_flag or not math.isfinite(data)
        else:
            assert found == data
            assert type(found) is type(data)
            assert not is_flag


@pytest.mark.parametrize(
    ("read", "data", "found"),
    [
        (as_text, "", ""),
        (as_flag, True, True),
        (as_flag, "yes", True),
        (as_flag, "true", True),
        (as_flag, "no", False),
        (as_flag, "false", False),
        (as_number, 3, 3),
        (as_number, -0.5, -0.5),
        (as_int, 3, 3),
        (as_date, "2026-01-31", date(2026, 1, 31)),
        (as_duration, "1 h 30 min", timedelta(minutes=90)),
        (as_words, "a", ("a",)),
        (as_words, ["a", "b"], ("a", "b")),
        (as_words, [], ()),
        (as_mapping, MappingProxyType({"a": 1}), {"a": 1}),
    ],
)
def test_plain_values_are_read(read: Callable[[object], object], data: Data, found: object) -> None:
    assert read(data) == found


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("2026-01-31T09:00+01:00", datetime(2026, 1, 31, 9, tzinfo=timezone(timedelta(hours=1)))),
        ("2026-01-31T09:00:05.5Z", datetime(2026, 1, 31, 9, 0, 5, 500_000, tzinfo=UTC)),
        ("2026-01-31 09:00+00:00", datetime(2026, 1, 31, 9, tzinfo=UTC)),
    ],
)
def test_an_instant_says_its_offset(data: str, found: datetime) -> None:
    assert as_instant(data) == found
    assert as_instant(data).utcoffset() == found.utcoffset()


@given(st.datetimes(timezones=st.timezones()))
def test_an_instant_written_reads_back_the_same(at: datetime) -> None:
    read = as_instant(at.isoformat())
    assert read.utcoffset() == at.utcoffset()
    assert read.replace(tzinfo=None) == at.replace(tzinfo=None)


@given(st.dates())
def test_a_day_written_reads_back_the_same(day: date) -> None:
    assert as_date(day.isoformat()) == day


# ------------------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("read", "data", "message", "hint"),
    [
        (as_text, 3, "`3` is not text", "put it in quotes"),
        (as_text, True, "`true` is not text", "put it in quotes"),
        (as_text, False, "`false` is not text", "put it in quotes"),
        (as_text, None, "expected text, not nothing", None),
        (as_text, ["a"], "expected text, not a list", None),
        (as_text, {}, "expected text, not a mapping", None),
        (as_text, object(), "expected text, not a Python `object`", None),
        (as_flag, 1, "`1` is not yes or no", "write `yes` or `no`"),
        (as_flag, "Yes", "`Yes` is not yes or no", "write `yes` or `no`"),
        (as_number, "3", "`3` is not a number", "take off the quotes"),
        (as_number, True, "`true` is not a number", None),
        (as_number, math.nan, "`nan` is not a number", None),
        (as_number, -math.inf, "`-inf` is not a number", None),
        (as_int, 1.0, "`1.0` is not a whole number", None),
        (as_int, True, "`true` is not a whole number", None),
        (as_date, "20260131", "`20260131` is not a day", "write it as `2026-01-31`"),
        (
            as_date,
            "2026-W05-6",
            "`2026-W05-6` is not a day",
            "write it as `2026-01-31`",
        ),
        (as_date, date(2026, 1, 1), "expected a day, not a Python `date`", "write it as"),
        (as_date, "2026-02-30", "there is no day `2026-02-30`", "check it against the calendar"),
        (as_date, 2026, "`2026` is not a day", "write it as `2026-01-31`"),
        (as_instant, "noon", "`noon` is not an instant", "write it as `2026-01-31T"),
        (as_instant, "2026-W12-1T09:00Z", "`2026-W12-1T09:00Z` is not an instant", "write it as"),
        (as_instant, "2026-01-31💩09:00Z", "`2026-01-31💩09:00Z` is not an instant", "write it as"),
        (as_instant, 3, "`3` is not an instant", "write it as `2026-01-31T09:00"),
        (as_instant, "2026-01-31T09:00", "`2026-01-31T09:00` does not say its time zone", "add "),
        (as_instant, "2026-01-31", "`2026-01-31` does not say its time zone", "add its offset"),
        (as_duration, 30, "`30` is not a duration such as `2 h`", "write `30 h`, or another unit"),
        (as_list, "a", "`a` is not a list", None),
        (as_list, ("a",), "expected a list, not a Python `tuple`", None),
        (as_mapping, [], "expected a mapping, not a list", None),
        (as_mapping, {3: 1}, "the key `3` is not text", None),
        (as_words, 3, "`3` is not a list", None),
    ],
)
def test_anything_else_is_refused_in_a_sentence(
    read: Callable[[object], object], data: Data, message: str, hint: str | None
) -> None:
    (problem,) = problems(read, data)
    assert (problem.message, problem.path) == (message, ())
    assert (problem.hint or "").startswith(hint or "")
    assert (problem.hint is None) == (hint is None)


def test_every_odd_key_and_every_odd_item_is_told() -> None:
    assert len(problems(as_mapping, {1: 2, "a": 3, None: 4})) == 2
    found = problems(as_words, ["a", 3, None])
    assert [problem.path for problem in found] == [(1,), (2,)]


def test_a_long_text_is_shown_short() -> None:
    (problem,) = problems(as_flag, "x" * 10_000)
    assert len(problem.message) < 150
    assert str(wrong("a", "list")) == "`a` is not a list"


# ------------------------------------------------------------------------------------- gathering


def fail(*paths: str) -> None:
    raise InvalidError(Problem("empty-document", (path,)) for path in paths)


def test_problems_are_gathered_each_in_its_place() -> None:
    gather = Gather()
    assert gather.at(("a",), int, "3") == 3
    assert gather.at(("b", 1), fail, "x", "y") is None
    gather.add([Problem("empty-week")])
    assert [problem.path for problem in gather.problems] == [("b", 1, "x"), ("b", 1, "y"), ()]
    assert problems(gather.done) == tuple(gather.problems)
    assert problems(gather.made, 3) == tuple(gather.problems)


def test_nothing_is_raised_where_nothing_is_wrong() -> None:
    gather = Gather()
    gather.done()
    assert gather.made(3) == 3


def test_a_key_that_is_missing_or_wrong_gives_the_default() -> None:
    gather = Gather()
    item = {"a": 3, "b": "x", "c": False}
    assert gather.key(item, "a", as_int, 0) == 3
    assert gather.key(item, "c", as_flag, default=True) is False
    assert gather.key(item, "d", as_int, 7) == 7
    assert gather.problems == []
    assert gather.key(item, "b", as_int, 7) == 7
    assert [problem.path for problem in gather.problems] == [("b",)]


def test_other_errors_are_not_gathered() -> None:
    with pytest.raises(ZeroDivisionError):
        Gather().at((), lambda: 1 // 0)


@given(st.lists(st.integers() | st.text()))
def test_every_item_is_read_or_every_wrong_one_told(data: list[Any]) -> None:
    bad = [index for index, item in enumerate(data) if isinstance(item, str)]
    if bad:
        assert [problem.path for problem in problems(each, data, as_int)] == [(i,) for i in bad]
    else:
        assert each(data, as_int) == data


# --------------------------------------------------------------------------------------- choices


class Fruit(StrEnum):
    APPLE = "apple"
    GREEN_PEAR = "green pear"


def test_a_choice_is_one_of_the_words() -> None:
    read = choice(Fruit)
    assert [read(str(fruit)) for fruit in Fruit] == list(Fruit)


@pytest.mark.parametrize(
    ("data", "message", "hint"),
    [
        ("aple", "`aple` is not a valid choice", "did you mean `apple`?"),
        ("zzz", "`zzz` is not a valid choice", "one of `apple`, `green pear`"),
        ("APPLE", "`APPLE` is not a valid choice", "did you mean `apple`?"),
        (3, "`3` is not text", "put it in quotes"),
        (["apple"], "expected text, not a list", None),
    ],
)
def test_a_choice_is_nothing_else(data: Data, message: str, hint: str | None) -> None:
    (problem,) = problems(choice(Fruit), data)
    assert (problem.message, problem.hint) == (message, hint)


def test_a_key_that_means_nothing_is_told_with_the_nearest_or_all() -> None:
    near, far = known_keys({"becuse": 1, "because": 2, "zz": 3}, {"because", "to"})
    assert str(near) == "becuse: `becuse` is not a known key (did you mean `because`?)"
    assert str(far) == "zz: `zz` is not a known key (one of `because`, `to`)"
    assert known_keys({"to": 1}, ["to"]) == []


def test_a_missing_key_is_told_at_its_place() -> None:
    assert str(missing_key("ask")) == "ask: `ask` is missing"
    assert str(missing_key("at", "write-within")) == (
        "at: `at` is missing (give a duration, as in `within: 2 h`)"
    )


def test_what_has_nothing_to_say_is_left_out() -> None:
    assert kept({"a": None, "b": 0, "c": "", "d": []}) == {"b": 0, "c": "", "d": []}
