"""Draws: which acts are shown to a person, drawn by their ids so that anybody draws the same."""

from hashlib import blake2b
from typing import Final

from cmcore.base.asked import checked_late
from cmcore.base.errors import refuse
from cmcore.base.values import value
from cmcore.charters.act import Act
from cmcore.labellers.calibration import is_share

_WHOLE: Final = 2.0**64


@value
class Draw:
    """Which acts are drawn: each with the same chance, `share`, by its id and a `key`.

    An act without an id is drawn by its content: then equal ones are all drawn, or none. Whoever
    knows the key knows which acts will be looked at.

    Examples:
        >>> from cmcore import Act
        >>> from cmcore.labellers import Draw
        >>> draw = Draw(0.1, key="spring")
        >>> [number for number in range(20) if draw.takes(Act(id=f"post {number}"))]
        [3, 12, 19]
    """

    share: float = 0.05
    key: str = ""

    def __attrs_post_init__(self) -> None:
        if self.share != 1 and not is_share(self.share):
            raise refuse("wrong-value", "share", given=self.share, wanted="part-share")

    @checked_late
    def takes(self, act: Act) -> bool:
        """Return whether an act is drawn."""
        return self.lot("draw", act.id or act.digest()) < self.share

    @checked_late
    def lot(self, *of: str) -> float:
        """Return a number from 0 to 1 that is as good as drawn, the same for the same names."""
        named = "\0".join(f"{len(one)} {one}" for one in (self.key, *of))
        return int.from_bytes(blake2b(named.encode(), digest_size=8).digest()) / _WHOLE
