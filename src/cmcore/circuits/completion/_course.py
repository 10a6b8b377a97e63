"""Courses: what a circuit asks of a team over a window, worked out once for all its moments."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

from cmcore.circuits.completion._kinetics import Ends, Form, Found, Hours, until
from cmcore.circuits.completion._seats import Poll
from cmcore.circuits.quorum import Silence
from cmcore.circuits.stage import Stage
from cmcore.circuits.votes import electorate, known_values, needed, unfit
from cmcore.teams.presence import on_duty_from, presence
from cmcore.teams.team import Team
from cmcore.time.calendar import WorkingDays
from cmcore.time.clocks import deadline
from cmcore.time.intervals import Clocks, Span, count, instant

_TICK: Final = timedelta(microseconds=1)
#: Somebody with weekly hours is there within this time, even if clocks skip those of one week.
_ROUND: Final = timedelta(days=15) // _TICK
#: Whatever is still awaited this long after the window is assumed never to come.
LONGEST: Final = timedelta(days=3660)
#: The last instants of the calendar have no local time east of Greenwich.
LAST: Final = count(datetime(9999, 12, 30, tzinfo=UTC))


class Ballot(NamedTuple):
    """Whom the stages ask: their polls, and in which of them each person or deputy is (masks).

    `groups` are the deputies with the people they may speak for in the same stages: those stages,
    and those where it counts, the deputy's own too.
    """

    polls: tuple[Poll, ...]
    asked: Mapping[str, int]
    deputes: Mapping[str, int]
    groups: tuple[tuple[str, tuple[str, ...], int, int], ...]


class Course:
    """The stages of one circuit, with the hours of the people and of the clocks they run on."""

    def __init__(self, stages: Sequence[Stage], team: Team, span: Span) -> None:
        self.stages = stages
        self.start, self.stop = count(span.start), count(span.stop)
        self.horizon = _horizon(stages, team, self.stop)
        # Whoever is asked may answer until then.
        self.team = team.at(span.start, instant(self.horizon))
        clocks = Clocks(Span(span.start, instant(self.horizon)))
        duty = {member.id: presence(member, clocks, team.calendar) for member in team.members}
        self.unknown_years = frozenset[int]().union(*(one.unknown_years for one in duty.values()))
        self.hours = {id_: Hours(one.surely) for id_, one in duty.items()}
        self._perhaps = {id_: one.perhaps for id_, one in duty.items()}
        self.clocks = [
            None if clock is None else Hours(clock.running(self.start, self.horizon))
            for clock in (stage.clock for stage in stages)
        ]
        self.days = [_days(stage, clocks, self.horizon) for stage in stages]
        self._ballots: dict[str | None, Ballot] = {}

    def ballot(self, author: str | None) -> Ballot:
        """Return whom the stages ask when `author` writes, or somebody outside the team."""
        if author not in self._ballots:
            self._ballots[author] = self._ballot(author)
        return self._ballots[author]

    def _ballot(self, author: str | None) -> Ballot:
        polls: list[Poll] = []
        asked: dict[str, int] = {}
        deputes: dict[str, int] = {}
        for number, stage in enumerate(self.stages):
            people = electorate(stage.ask, self.team, author)
            found = electorate(stage.deputies, self.team, author) if stage.deputies else ()
            deputies = tuple(id_ for id_ in found if id_ not in people)
            poll = _poll(number, stage, people, deputies)
            is_asked = author in electorate(stage.ask, self.team, None)
            lacks = unfit(stage.ask, self.team, author)
            known, alone = _known(stage, self.team), author if is_asked else None
            polls.append(poll._replace(unfit=lacks, author=alone, values=known))
            for many, masks in ((people, asked), (deputies, deputes)):
                masks.update({id_: masks.get(id_, 0) | 1 << number for id_ in many})
        return Ballot(tuple(polls), asked, deputes, tuple(_groups(asked, deputes)))

    def limit(self, number: int, opened: Form) -> Found | None:
        """Return when the time of a stage is out; None when it never is."""
        within, clock, days = self.stages[number].within, self.clocks[number], self.days[number]
        if days is not None:
            return days.after(opened)
        if not isinstance(within, timedelta):
            return None
        if clock is not None:
            return clock.after(opened, within // _TICK)
        limit = opened[0] + within // _TICK, opened[1]
        ends = (self.horizon, False)
        return (limit, until(limit, ends)) if limit < ends else None

    def shifts(self) -> Iterator[tuple[int, int, frozenset[str]]]:
        """Yield the stretches of the window with the people who may write in each, in order.

        These are on duty, or nobody knows it, since their calendar says nothing of the year.
        """
        edges: dict[int, set[str]] = {self.start: set(), self.stop: set()}
        for id_, stretches in self._perhaps.items():
            for edge in (edge for stretch in stretches for edge in stretch):
                if edge < self.stop:
                    edges.setdefault(edge, set()).add(id_)
        there: frozenset[str] = frozenset()
        for start, stop in pairwise(sorted(edges)):
            there ^= edges[start]
            yield start, stop, there


def _days(stage: Stage, clocks: Clocks, horizon: int) -> Ends | None:
    """Return the ends of a stage that has working days, before the horizon."""
    within, clock = stage.within, stage.clock
    if clock is None or not isinstance(within, WorkingDays):
        return None

    def end(moment: int) -> int | None:
        found = clock.end(instant(moment), within)
        return None if found is None or count(found) >= horizon else count(found)

    return Ends(clocks.turns(clock.zone), end)


def _poll(number: int, stage: Stage, people: tuple[str, ...], deputies: tuple[str, ...]) -> Poll:
    if isinstance(stage.need, Silence):
        return Poll(number, people, deputies, 1, is_silence=True)
    least = needed(stage.need, len(people))
    return Poll(number, people, deputies, least, is_share=stage.need.is_share)


def _known(stage: Stage, team: Team) -> Mapping[str, str] | None:
    return None if stage.differ is None else known_values(stage.differ, team)


def _groups(
    asked: Mapping[str, int], deputes: Mapping[str, int]
) -> Iterator[tuple[str, tuple[str, ...], int, int]]:
    for deputy, deputed in deputes.items():
        alike: dict[int, list[str]] = {}
        for person, mask in asked.items():
            if deputed & mask:
                alike.setdefault(deputed & mask, []).append(person)
        for together, people in alike.items():
            yield deputy, tuple(people), together, together | asked.get(deputy, 0)


def _horizon(stages: Sequence[Stage], team: Team, stop: int) -> int:
    """Return an instant after all that can happen to a review opened before `stop`."""
    leaves = (leave for member in team.members for leave in member.availability.leaves)
    last = max((count(leave.stop) for leave in leaves), default=stop)
    far = min(stop + LONGEST // _TICK, LAST - 1)
    at = stop
    for stage in stages:
        limit = deadline(instant(at), stage.within, stage.clock)
        at = min(far, _all_back(team, max(at, last)) if limit is None else count(limit))
    return at + 1


def _all_back(team: Team, at: int) -> int:
    """Return an instant by which all who ever are on duty again have been, since the last leave."""
    days = team.calendar
    found = (on_duty_from(member, instant(at), days) for member in team.members)
    return max((count(back) for back in found if back is not None), default=at) + _ROUND
