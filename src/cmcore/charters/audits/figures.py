"""Figures that audits state: intervals of shares, and the counts of a period."""

from cmcore.base.values import value


@value
class Interval:
    """From `low` to `high`, shares from 0 to 1."""

    low: float
    high: float


@value
class Period:
    """What is counted in one calendar period, named as in `2026-01`; `undated` where unknown.

    `covered` of `total` acts are covered; of an expectation, `covered` of `total` times it was met.
    """

    name: str
    total: int
    covered: int

    @property
    def share(self) -> float | None:
        """The covered share of the period, from 0 to 1; None where there was no act."""
        return self.covered / self.total if self.total else None
