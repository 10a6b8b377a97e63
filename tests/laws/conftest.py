"""What the laws on schemas start from: anything at all, and files in which something is spoiled."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any, Final

import pytest
from hypothesis import strategies as st

Data = Any
Path = tuple[Any, ...]

SCALARS: Final = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 100),
    st.floats(0, 2),
    st.sampled_from(["", "x", "publish", "any", "3 in 1 h", "2 h", "2026-01-31", "desk", "angry"]),
    st.sampled_from(["author", "Mon-Fri 09:00-18:00", "level", "UTC", "2026-01-31T09:00+01:00"]),
)
KEYS: Final = ("is", "all", "of", "x", "role", "kind", "least", "roles", "week", "from", "minutes")
ANYTHING: Final = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(st.sampled_from(KEYS), inner, max_size=2),
    ),
    max_leaves=3,
)


@pytest.fixture(scope="session")
def anything() -> st.SearchStrategy[Data]:
    """Return a strategy for small plain data of any shape."""
    return ANYTHING


@pytest.fixture(scope="session")
def spoil() -> Callable[[st.DataObject, Data], Data]:
    """Return what changes, removes or adds something somewhere in plain data."""
    return spoiled


def spoiled(data: st.DataObject, plain: Data) -> Data:
    whole = {"root": deepcopy(plain)}
    *above, last = data.draw(st.sampled_from(list(paths(whole))[1:]))
    into: Any = whole
    for step in above:
        into = into[step]
    if data.draw(st.booleans()) and above:
        del into[last]
    else:
        into[last] = data.draw(ANYTHING)
    return whole["root"]


def paths(data: Data, path: Path = ()) -> Iterator[Path]:
    """Yield the path of everything in the data."""
    yield path
    if isinstance(data, dict | list):
        for step, below in data.items() if isinstance(data, dict) else enumerate(data):
            yield from paths(below, (*path, step))
