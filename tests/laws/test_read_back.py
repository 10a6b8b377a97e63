"""Read back: every public value is equal to itself after a round trip through plain data."""

from inspect import isclass
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cmcore
from cmcore import dump, parse, structure, unstructure

#: What is public and no value: errors, and what only makes or shows values.
NO_VALUES: Final = {
    "CmcoreError",
    "InvalidError",
    "MissingExtraError",
    "CompiledCharter",
    "Fact",
    "View",
}
VALUES: Final = [
    kind
    for name in cmcore.__all__
    if isclass(kind := getattr(cmcore, name)) and name not in NO_VALUES
]
each_value = pytest.mark.parametrize("kind", VALUES, ids=lambda kind: kind.__name__)


@each_value
@given(data=st.data())
@settings(suppress_health_check=list(HealthCheck), deadline=None)
def test_every_public_value_reads_back_equal(kind: type[Any], data: st.DataObject) -> None:
    thing = data.draw(st.from_type(kind))
    plain = unstructure(thing)
    back = structure(plain, kind)
    assert back == thing
    assert type(back) is type(thing)
    assert unstructure(back) == plain
    for form in ("json", "yaml"):
        assert parse(dump(thing, format=form), kind, format=form) == thing
