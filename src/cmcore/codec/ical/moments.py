"""Moments of a calendar: dates and times on the clock of a zone, of nobody yet, or of UTC."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from cmcore.base.errors import refuse, refuse_any
from cmcore.base.values import internal
from cmcore.codec.ical.lines import Property
from cmcore.codec.ical.package import icalendar
from cmcore.time.week import local, require_aware, zone_problems

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


class Zones:
    """What the names of zones in a calendar mean: as told, as IANA has them, or as Windows does."""

    def __init__(self, told: Mapping[str, str]) -> None:
        self._known = dict(told)

    def named(self, name: str) -> str:
        """Return the zone of a name.

        Raises:
            InvalidError: nobody knows it.
        """
        if name not in self._known:
            self._known[name] = next(_meant(name), name)
        zone = self._known[name]
        refuse_any(zone_problems(zone))
        return zone


def _meant(name: str) -> Iterator[str]:
    """Yield the zones that a name may mean: some programs write a path before it, or `GMT+1`."""
    parts = name.strip("/").split("/")
    tails = ["/".join(parts[-length:]) for length in (3, 2, 1) if length <= len(parts)]
    windows: Mapping[str, str] = icalendar().timezone.windows_to_olson.WINDOWS_TO_OLSON
    for one in (name, *tails, windows.get(name, "")):
        if one and not [*zone_problems(one)]:
            yield one


def decoded(text: str) -> object:
    """Return a date, a time, a length or a period; None where it is none that is read."""
    try:
        found: object = icalendar().prop.vDDDTypes.from_ical(text)
    except (ValueError, OverflowError):
        return None
    return found


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
