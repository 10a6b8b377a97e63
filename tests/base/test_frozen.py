import copy
import pickle
from collections.abc import Callable
from random import Random
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.errors import InvalidError, Problem
from cmcore.base.frozen import FrozenMap, each_once, symbols

Data: TypeAlias = Any
maps = st.dictionaries(st.text(max_size=3), st.integers(0, 9), max_size=5)


@given(maps, st.randoms(use_true_random=False))
def test_a_map_does_not_depend_on_the_order_it_was_given_in(
    items: dict[str, int], luck: Random
) -> None:
    pairs = list(items.items())
    luck.shuffle(pairs)
    one, other = FrozenMap(items), FrozenMap(dict(pairs))
    assert one == other
    assert hash(one) == hash(other)
    assert repr(one) == repr(other)
    assert list(one) == list(other) == sorted(items)


@given(maps)
def test_a_map_holds_what_it_was_given_and_no_more(items: dict[str, int]) -> None:
    made = FrozenMap(items)
    assert made == items
    assert dict(made) == items
    assert len(made) == len(items)
    assert all(made[key] == item for key, item in items.items())
    assert repr(made) == repr(dict(sorted(items.items())))
    items["another"] = 1
    assert "another" not in made


@given(maps, maps)
def test_maps_are_equal_when_their_items_are(one: dict[str, int], other: dict[str, int]) -> None:
    assert (FrozenMap(one) == FrozenMap(other)) == (one == other)


@given(maps)
def test_a_map_survives_pickling_and_copying(items: dict[str, int]) -> None:
    made = FrozenMap(items)
    for again in (pickle.loads(pickle.dumps(made)), copy.copy(made), copy.deepcopy(made)):  # noqa: S301 - what we pickled ourselves
        assert again == made
        assert hash(again) == hash(made)
        assert isinstance(again, FrozenMap)


def test_an_empty_map_needs_nothing() -> None:
    assert FrozenMap() == FrozenMap({}) == FrozenMap(None) == {}


def change(made: Data) -> None:
    made["b"] = 2


def remove(made: Data) -> None:
    del made["a"]


def assign(made: Data) -> None:
    made._items = {}  # noqa: SLF001 - what must not work


def add(made: Data) -> None:
    made.other = 1


@pytest.mark.parametrize(
    ("act", "error"),
    [(change, TypeError), (remove, TypeError), (assign, AttributeError), (add, AttributeError)],
)
def test_a_map_never_changes(act: Callable[[Any], None], error: type[Exception]) -> None:
    made = FrozenMap({"a": 1})
    with pytest.raises(error):
        act(made)
    assert made == {"a": 1}


def test_a_missing_name_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        FrozenMap({"a": 1})["b"]


@given(st.lists(st.text(max_size=3)))
def test_words_are_frozen_each_once(words: list[str]) -> None:
    assert symbols(words) == each_once(iter(words)) == frozenset(words)


def test_no_words_and_words_not_known_are_told_apart() -> None:
    assert symbols(None) is None
    assert symbols(()) == frozenset()


@pytest.mark.parametrize("freeze", [symbols, each_once])
def test_a_lone_word_never_falls_into_letters(freeze: Callable[[str], object]) -> None:
    with pytest.raises(InvalidError) as caught:
        freeze("event")
    assert caught.value.problems == (Problem.of("lone-text", given="event"),)
