"""Time: hours of a week, intervals, clocks, durations, and instants that are not quite known."""

from cmcore.base.offers import offer

offer(__name__)
