"""Units: the whole numbers that are counted with, and the amounts that people read."""

from datetime import timedelta

from cmcore.teams.gap import Amount, Dimension, GapKind


def amount(kind: GapKind | Dimension, number: int) -> Amount:
    """Return a time for hours (from microseconds) and for work (from minutes), else the number."""
    if kind == Dimension.HOURS:
        return timedelta(microseconds=number)
    return timedelta(minutes=number) if kind == Dimension.WORKLOAD else number
