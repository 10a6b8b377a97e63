"""The budget of an analysis: how much work may be done, counted the same on any machine."""

from typing import Final

#: How much work an analysis may take unless it is told otherwise.
WORK: Final = 8_000_000


class Budget:
    """Work that is left: each formula looked at, and each question thought about, takes some."""

    def __init__(self, work: int = WORK) -> None:
        self.left = work

    def spend(self, work: int) -> None:
        """Take work from what is left."""
        self.left -= work

    @property
    def is_spent(self) -> bool:
        """Whether no work is left."""
        return self.left <= 0
