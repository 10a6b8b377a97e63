"""Moments of a calendar: dates and times on the clock of a zone, of nobody yet, or of UTC."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from cmcore.base.errors import refuse
from cmcore.base.values import internal
from cmcore.codec.ical.lines import Property
from cmcore.codec.ical.package import decoded
from cmcore.codec.ical.zones import Zones
from cmcore.time.week import local, require_aware

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@internal
class Moment:
    """What a clock shows: that of `zone`, or of whoever it is about where that is None."""

    wall: datetime
    zone: str | None
    is_day: bool

    def on(self, zone: str) -> datetime:
        """Return the instant, for somebody in a zone.

        Of a time that the clock shows twice, it is the first; one that it skips is read by the
        offset before, as RFC 5545 and Python do.
        """
        clock = local(_EPOCH, self.zone or zone).tzinfo
        return require_aware(self.wall.replace(tzinfo=clock), "at")

    def moved(self, wall: datetime) -> "Moment":
        """Return another moment on the same clock."""
        return Moment(wall, self.zone, self.is_day)

    def shown_by(self, zone: str | None) -> datetime:
        """Return what another clock shows then; of one that is nobody's, the same."""
        if zone is None or self.zone is None or self.is_day or zone == self.zone:
            return self.wall
        return local(self.on(zone), zone).replace(tzinfo=None)


def moments(found: Property, zones: Zones) -> list[Moment]:
    """Return the moments of a property: one, or several between commas; of periods, the starts.

    Raises:
        InvalidError: one of them does not read, or its zone is unknown.
    """
    return [_moment(text, found, zones) for text in found.text.split(",")]


def _moment(text: str, found: Property, zones: Zones) -> Moment:
    read = decoded(text.strip())
    if not isinstance(read, date):
        raise refuse("calendar-value", name=found.name, text=text)
    if not isinstance(read, datetime):
        return Moment(datetime.combine(read, time()), None, is_day=True)
    if read.tzinfo is not None:
        return Moment(read.replace(tzinfo=None), "UTC", is_day=False)
    named = found.params.get("TZID")
    return Moment(read, None if named is None else zones.named(named), is_day=False)


def lengths(found: Property) -> tuple[timedelta, timedelta]:
    """Return the days of a length, which are counted on the clock, and the rest, which is exact.

    Raises:
        InvalidError: it does not read, or is less than nothing.
    """
    days, mark, _ = found.text.upper().partition("T")
    whole = decoded(found.text)
    nominal = timedelta(0) if mark and days.endswith("P") else decoded(days)
    if (
        not isinstance(whole, timedelta)
        or not isinstance(nominal, timedelta)
        or not timedelta(0) <= nominal <= whole
    ):
        raise refuse("calendar-value", name=found.name, text=found.text)
    return nominal, whole - nominal
