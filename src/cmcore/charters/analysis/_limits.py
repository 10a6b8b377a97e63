"""Limits: whether a text fits on its network, which hangs on two facts that have theories."""

from collections.abc import Sequence
from typing import Any, Final

from cmcore.charters.analysis._theory import Asked, Cells, Ways
from cmcore.charters.conditions.facts import UNKNOWN
from cmcore.text.limits import LIMITS

#: Texts and networks by which it fits, it does not, and nobody can tell.
_PARTS: Final[tuple[dict[str, Any], ...]] = (
    {"text": "a"},
    {"text": "a " * LIMITS["x"].limit, "network": "x"},
    {"text": UNKNOWN},
)


class Limits(Cells):
    """A theory that excludes nothing, and proves nothing: any text may be on any network.

    It offers what the other facts give by themselves, and some texts that would do.
    """

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked, _PARTS, wild=True)

    def ways(self, masks: Sequence[int]) -> Ways:
        """Return the ways, none of them for sure."""
        return Ways(({}, *super().ways(masks).parts), exact=False)
