"""Hours of a week, zones and clocks from plain data."""

from collections.abc import Mapping
from typing import Any

from cmcore.codec.plain import Gather, as_text, as_words, missing_key
from cmcore.time.clocks import BusinessClock
from cmcore.time.week import Week, check_zone


def as_zone(data: object) -> str:
    """Return the name of a time zone."""
    return check_zone(as_text(data))


def as_week(data: object) -> Week:
    """Return the hours of a week: one text, or several that are put together."""
    if isinstance(data, list):
        return Week.parse("; ".join(as_words(data)))
    return Week.parse(as_text(data))


def read_clock(item: Mapping[str, Any], zone: str, gather: Gather) -> BusinessClock | None:
    """Return the clock of `hours` of the week, in their `zone` or else in `zone`; None without."""
    if "zone" in item and "hours" not in item:
        gather.add([missing_key("hours", "hours-of-zone")])
    week = gather.key(item, "hours", as_week, None)
    where = gather.key(item, "zone", as_zone, zone)
    return None if week is None else BusinessClock(week, where)


def clock_of(week: Week | None, zone: str) -> BusinessClock | None:
    """Return the clock of hours of the week in a zone; None where there are none."""
    return None if week is None else BusinessClock(week, zone)
