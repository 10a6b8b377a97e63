"""Units: the whole numbers that are counted with, and the amounts that people read."""

from datetime import timedelta

from cmcore.nouns.gaps import Amount, Dimension, Kind


def amount(kind: Kind | Dimension, number: int) -> Amount:
    """Return a time for hours (from microseconds) and for work (from minutes), else the number."""
    if kind == Dimension.HOURS:
        return timedelta(microseconds=number)
    return timedelta(minutes=number) if kind == Dimension.WORKLOAD else number
