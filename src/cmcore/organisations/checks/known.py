"""Answers of a checkup: yes, no, unknown, or that the question does not apply."""

from enum import StrEnum
from typing import Final

from cmcore.base.asked import checked_late
from cmcore.base.truth import Truth


class Known(StrEnum):
    """An answer: yes, no, unknown, or that the question does not apply."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    MOOT = "moot"

    @classmethod
    @checked_late
    def of(cls, truth: Truth) -> "Known":
        """Return the answer for a truth value."""
        return _KNOWN[truth]


_KNOWN: Final = {Truth.TRUE: Known.YES, Truth.FALSE: Known.NO, Truth.UNKNOWN: Known.UNKNOWN}
