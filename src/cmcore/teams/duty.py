"""Watching: who is on duty at every moment of a window, swept once over half-open intervals."""

from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from typing import Final

from cmcore.base.values import internal
from cmcore.teams.gap import Hour, Lapse
from cmcore.teams.member import Member
from cmcore.teams.needs import Needs, Watch
from cmcore.teams.presence import presence
from cmcore.teams.team import Team
from cmcore.time.calendar import Calendar
from cmcore.time.clocks import WorkingWeek, closed, uncovered
from cmcore.time.intervals import Clocks, Span, Stretch, instant, joined, without

#: The microseconds of a minute.
_MINUTE: Final = 60_000_000


@internal
class Segment:
    """A time through which the same people are on duty and the same needs watch.

    `duty` and `watches` are masks: bit n is the member n of the team, the watch n of the needs.
    `perhaps` is that of those on duty too who may be, on days of which their calendar says nothing.
    """

    start: int
    stop: int
    duty: int
    watches: int
    perhaps: int


class Rota:
    """The segments of a window, in order and without a hole."""

    def __init__(self, team: Team, needs: Needs, span: Span) -> None:
        self.clocks = Clocks(span)
        #: The index of each member, which is their bit in a mask.
        self.numbers = {member.id: number for number, member in enumerate(team.members)}
        self.watches = needs.hours
        people = [presence(member, self.clocks, team.calendar) for member in team.members]
        self.away = [one.away for one in people]
        self.duty = [one.surely for one in people]
        #: The years of the window of which some calendar that matters says nothing.
        self.unknown_years = frozenset[int]().union(
            *(one.unknown_years for one in people),
            *(_untold(watch, self.clocks, needs.calendar) for watch in needs.hours),
        )
        watched = [_watched(watch, self.clocks, needs.calendar) for watch in needs.hours]
        self.segments = list(self._sweep(self.duty, watched, [one.perhaps for one in people]))
        self._together = {(one.duty, one.perhaps) for one in self.segments}
        self.lengths: dict[tuple[int, int], int] = {}
        for segment in self.segments:
            key = segment.duty, segment.watches
            self.lengths[key] = self.lengths.get(key, 0) + segment.stop - segment.start

    def _sweep(self, *some: list[list[Stretch]]) -> Iterator[Segment]:
        """Yield the segments, of which each of `some` gives one mask."""
        edges = {edge: [0] * len(some) for edge in (self.clocks.start, self.clocks.stop)}
        for which, tracks in enumerate(some):
            for number, track in enumerate(tracks):
                for edge in (edge for stretch in track for edge in stretch):
                    edges.setdefault(edge, [0] * len(some))[which] ^= 1 << number
        masks = [0] * len(some)
        for start, stop in pairwise(sorted(edges)):
            masks = [mask ^ change for mask, change in zip(masks, edges[start], strict=True)]
            yield Segment(start, stop, *masks)

    def asked(self, watch: int) -> int:
        """Return the time that a watch asks of people, in microseconds of one person."""
        least = self.watches[watch].least
        return least * sum(n for (_, on), n in self.lengths.items() if on >> watch & 1)

    def lacking(self, watch: int, able: int) -> int:
        """Return the person-time missing from a watch, when those in the mask `able` count."""
        least = self.watches[watch].least
        return sum(
            length * max(0, least - (duty & able).bit_count())
            for (duty, on), length in self.lengths.items()
            if on >> watch & 1
        )

    def mask(self, members: Iterable[Member]) -> int:
        """Return the mask of some people."""
        return sum(1 << self.numbers[member.id] for member in members)

    def shifts(self, watch: int, able: int) -> list[tuple[int, int]]:
        """Return who of `able` are on duty together while a watch lasts, and how long in all."""
        found: dict[int, int] = {}
        for (duty, on), length in self.lengths.items():
            if on >> watch & 1:
                found[duty & able] = found.get(duty & able, 0) + length
        return sorted(found.items())

    def minutes(self, watch: int, able: int) -> list[tuple[int, int]]:
        """Return the same in minutes: one that has begun counts whole."""
        return [(there, -(-length // _MINUTE)) for there, length in self.shifts(watch, able)]

    def lapses(self, watch: int, able: int) -> list[tuple[int, int, int]]:
        """Return when a watch is short of people, and by how many, in order."""
        least = self.watches[watch].least
        made: list[tuple[int, int, int]] = []
        for segment in self.segments:
            lack = least - (segment.duty & able).bit_count()
            if not segment.watches >> watch & 1 or lack <= 0:
                continue
            if made and made[-1][1:] == (segment.start, lack):
                made[-1] = (made[-1][0], segment.stop, lack)
            else:
                made.append((segment.start, segment.stop, lack))
        return made

    def is_alone(self, wards: int, guides: int) -> bool:
        """Return whether somebody in `wards` may ever be on duty while nobody in `guides` is."""
        return any(there & wards and not duty & guides for duty, there in self._together)

    def alone(self, wards: int, guides: int) -> list[Stretch]:
        """Return when somebody in `wards` may be on duty and nobody in `guides` surely is."""
        return joined(
            (one.start, one.stop)
            for one in self.segments
            if one.perhaps & wards and not one.duty & guides
        )

    def nobody(self, able: int) -> list[Stretch]:
        """Return when nobody in the mask `able` is on duty, as separate spans in order."""
        return joined((one.start, one.stop) for one in self.segments if not one.duty & able)

    def free(self, member: int, stretches: list[Stretch], *, counts: bool) -> bool:
        """Return whether somebody could add to some of a time: not away, nor counted already."""
        gone = [*self.away[member], *(self.duty[member] if counts else ())]
        return bool(without(stretches, gone))

    def heat(self, zone: str, able: list[int]) -> Iterator[Hour]:
        """Yield the worst moment of each hour of the week that the window touches.

        `able` has the mask of those who count, for each watch: of those that last, the one with the
        fewest to spare is returned.
        """
        worst: dict[int, tuple[int, int]] = {}
        for segment in self.segments:
            there = [
                ((segment.duty & able[n]).bit_count(), watch.least)
                for n, watch in enumerate(self.watches)
                if segment.watches >> n & 1
            ] or [(segment.duty.bit_count(), 0)]
            found = min(there, key=_spare)
            for hour in self.clocks.hours(segment.start, segment.stop, zone):
                worst[hour] = min(found, worst.get(hour, found), key=_spare)
        for hour in sorted(worst):
            count, needed = worst[hour]
            yield Hour(*divmod(hour, 24), count, needed, max(0, needed - count))


def _spare(two: tuple[int, int]) -> tuple[bool, int, int]:
    """Order moments: those that ask for people first, then those with the fewest to spare."""
    count, needed = two
    return not needed, count - needed, count


def _watched(watch: Watch, clocks: Clocks, calendar: Calendar | None) -> list[Stretch]:
    """Return when a watch lasts: of working days, on all days that are not known to be closed."""
    if not isinstance(watch.week, WorkingWeek):
        return clocks.held(watch.week, watch.zone)
    hours = clocks.held(watch.week.week, watch.zone)
    return without(hours, closed(calendar, watch.zone, clocks.start, clocks.stop))


def _untold(watch: Watch, clocks: Clocks, calendar: Calendar | None) -> Collection[int]:
    """Return the years in which nobody knows on what days a watch lasts."""
    days = calendar if isinstance(watch.week, WorkingWeek) else None
    return uncovered(days, watch.zone, clocks.start, clocks.stop)


def lapse(start: int, stop: int, lacking: int) -> Lapse:
    """Return a lapse as people read it."""
    return Lapse(instant(start), instant(stop), lacking)


def answers(member: Member, watch: Watch, held: frozenset[str]) -> bool:
    """Return whether somebody counts for a watch when on duty, holding these roles."""
    return (
        (watch.role is None or watch.role in held)
        and (watch.network is None or member.networks.get(watch.network, 0) > 0)
        and (watch.language is None or watch.language in member.languages)
    )
