"""Affinities: how well a role or a network suits somebody."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from cmcore.base.errors import Problem, refuse_any
from cmcore.base.frozen import FrozenMap
from cmcore.text.names import as_network, as_networks

#: The highest affinity, and that of a network that is only named.
TOP_AFFINITY: Final = 1000
#: Affinities have at most six decimals.
MILLION: Final = 10**6


def affinities(many: Mapping[str, int] | Iterable[str]) -> FrozenMap[int]:
    """Freeze affinities by the normal forms of networks; names alone have the top one.

    Raises:
        InvalidError: when two of the names are those of one network.
    """
    if not isinstance(many, Mapping):
        return FrozenMap(dict.fromkeys(as_networks(many), TOP_AFFINITY))
    meant = [as_network(name) for name in many]
    refuse_any(
        Problem.of("named-twice", "networks", name=name, times=times)
        for name, times in Counter(meant).items()
        if times > 1
    )
    return FrozenMap(dict(zip(meant, many.values(), strict=True)))


def millionths(affinity: float) -> int:
    """Return an affinity in millionths, which are whole."""
    return round(affinity * MILLION)


def of_millionths(number: int) -> float:
    """Return the affinity that some millionths come to: a whole number where it is one."""
    return number / MILLION if number % MILLION else number // MILLION


def is_affinity(given: object) -> bool:
    """Return whether something is a number from 0 to the top, to six places."""
    if not isinstance(given, int | float) or isinstance(given, bool):
        return False
    return 0 <= given <= TOP_AFFINITY and of_millionths(millionths(given)) == given
