"""Entries of a decision log are read as without a memory of what most lines repeat."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.spoiling import changed

from cmcore import InvalidError, structure, unstructure
from cmcore.codec import entries
from cmcore.codec.entries import once
from cmcore.codec.hooks import class_reader, make_converter
from cmcore.decisionlog import LogEntry
from cmcore.strategies import log_entries

AFRESH = class_reader(LogEntry, make_converter())


def outcome(read: Any, data: object) -> object:  # noqa: ANN401 - a reader
    try:
        return read(data, LogEntry)
    except InvalidError as error:
        return error.problems


def places(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:  # noqa: ANN401 - any plain data
    """Yield where anything stands in plain data."""
    many = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data if isinstance(data, list) else ())
    )
    for step, one in many:
        yield (*path, step)
        yield from places(one, (*path, step))


@given(log_entries(), st.data())
def test_an_entry_reads_as_it_does_without_memory(entry: LogEntry, data: st.DataObject) -> None:
    plain: Any = unstructure(entry)
    assert structure(plain, LogEntry) == entry == AFRESH(plain, LogEntry)
    odd = st.sampled_from([None, 0, 1, True, "", "x", "true", 1.5, [], {}, ["x"], {"x": 1}])
    other = changed(plain, data.draw(st.sampled_from([*places(plain)])), data.draw(odd))
    assert outcome(structure, other) == outcome(AFRESH, other)


def test_what_is_met_again_is_not_read_again() -> None:
    met = list[object]()

    def read(data: object) -> object:
        met.append(data)
        return data

    reading = once(read)
    told = [1, True, "1", 1.0, {"a": [1]}]
    for _ in range(2):
        assert [repr(reading(one)) for one in told] == [repr(one) for one in told]
    assert list(map(repr, met)) == list(map(repr, told))


def test_what_cannot_be_read_is_told_each_time() -> None:
    for _ in range(2):
        with pytest.raises(InvalidError):
            structure({"context": {"at": "nonsense"}}, LogEntry)


@pytest.mark.parametrize("name", ["_MOST", "_LONGEST"])
def test_what_is_kept_has_a_bound(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, name, 3)
    met = list[object]()
    reading = once(met.append)
    for _ in range(2):
        for number in range(10, 20):
            reading(f"{number}" if name == "_LONGEST" else number)
    assert len(met) == (20 if name == "_LONGEST" else 17)


def test_what_is_no_plain_data_is_read_each_time() -> None:
    met = list[object]()
    reading = once(met.append)
    for _ in range(2):
        reading(object())
    assert len(met) == 2
