"""Zones that a calendar names: as told, as IANA or Windows has them, or as the file describes."""

from collections.abc import Iterator, Mapping

from cmcore.base.errors import refuse_any
from cmcore.codec.ical.described import Described
from cmcore.codec.ical.package import icalendar
from cmcore.time.week import zone_problems


class Zones:
    """What the names of zones in a calendar mean."""

    def __init__(self, told: Mapping[str, str], described: Described) -> None:
        self._known, self._described = dict(told), described

    def named(self, name: str) -> str:
        """Return the zone of a name.

        Raises:
            InvalidError: nobody knows it.
        """
        if name not in self._known:
            self._known[name] = next(self._meant(name), name)
        zone = self._known[name]
        refuse_any(zone_problems(zone))
        return zone

    def _meant(self, name: str) -> Iterator[str]:
        """Yield zones that a name may mean: some programs write a path before it, or `GMT+1`."""
        parts = name.strip("/").split("/")
        tails = ["/".join(parts[-length:]) for length in (3, 2, 1) if length <= len(parts)]
        windows: Mapping[str, str] = icalendar().timezone.windows_to_olson.WINDOWS_TO_OLSON
        for one in (name, *tails, windows.get(name, "")):
            if one and not [*zone_problems(one)]:
                yield one
        if found := self._described.alike(name, dict.fromkeys(windows.values())):
            yield found
