"""Plain data with something else at one place."""

from copy import deepcopy
from typing import Any


def changed(data: Any, path: tuple[str | int, ...], given: object) -> Any:  # noqa: ANN401 - any plain data
    """Return plain data with something else at a place."""
    made = deepcopy(data)
    into = made
    for step in path[:-1]:
        into = into[step]
    into[path[-1]] = given
    return made
