"""Absences: which needs fall without some people, the roles assigned again among the others."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from math import comb
from typing import Final

import attrs

from cmcore.base.errors import refuse
from cmcore.base.frozen import FrozenMap
from cmcore.teams._shortfall import Holder, Measure, Meter
from cmcore.teams._units import amount
from cmcore.teams.assignment.problem import on_duty, pose
from cmcore.teams.duty import Rota, answers
from cmcore.teams.gap import Absence, Fall, GapKind
from cmcore.teams.member import Member
from cmcore.teams.needs import (
    Cap,
    Mix,
    Need,
    Needs,
    NotOnly,
    Separation,
    Speakers,
    Specialists,
    Supervision,
    Watch,
)
from cmcore.teams.plan import Plan
from cmcore.teams.solver.absences import Absences, Standing
from cmcore.teams.solver.model import bits, mask_of
from cmcore.teams.solver.solve import Engine
from cmcore.teams.team import Team, held_now

#: How many absences are tried at most.
MOST_TRIED: Final = 20_000

_Key = tuple[GapKind, tuple[str | int, ...], FrozenMap[str]]


class Dealer:
    """Assigns the roles of a team, whole or not, changing as little as possible.

    Nobody holds more than they may, whatever they hold now. Of plans that are as good, and change
    as little, roles with work to do go to those who have most time for it.
    """

    def __init__(self, team: Team, needs: Needs, rota: Rota | None, engine: Engine) -> None:
        self.team, self.needs = team, needs
        self.working = frozenset(work.role for work in needs.work if work.role)
        now = Plan((m.id, role) for m in team.members for role in held_now(team, m))
        posed = pose(team, needs, on_duty(team, needs, rota), previous=now).problem
        posed = attrs.evolve(posed, fit=[self._times(member) for member in team.members])
        self.deals = Absences(posed, engine, 5 if self.working else 2)

    def crew(self, deal: Standing, away: int = 0) -> tuple[Holder, ...]:
        """Return the people who are there with the roles that a plan gives them."""
        ids = [role.id for role in self.team.roles]
        return tuple(
            Holder(member, frozenset(ids[role] for role in bits(deal.held[number])), number)
            for number, member in enumerate(self.team.members)
            if not away >> number & 1
        )

    def _times(self, member: Member) -> list[int | None]:
        """Return for each role with work how much time somebody has for it, as an affinity."""
        roles = self.team.roles
        free = [max(0, member.availability.day - member.takes(role)) for role in roles]
        return [
            None if member.lacks(role) else (role.id in self.working) * time
            for role, time in zip(roles, free, strict=True)
        ]

    def all_at_once(self, away: int) -> tuple[Holder, ...]:
        """Return the others, each with all the roles they are fit for, and all their time left.

        No plan can do more work than they would.
        """
        there = [(n, m) for n, m in enumerate(self.team.members) if not away >> n & 1]
        fit = [frozenset(r.id for r in self.team.roles if not m.lacks(r)) for _, m in there]
        return tuple(
            Holder(attrs.evolve(m, minutes=dict.fromkeys(held, 0)), held, number)
            for (number, m), held in zip(there, fit, strict=True)
        )


def absences(
    team: Team, meter: Meter, engine: Engine, most: int
) -> tuple[tuple[Absence, ...], int]:
    """Return the absences of up to `most` people without whom a need fails, and their number.

    A group is reported for the needs that no smaller part of it makes fail.

    Raises:
        InvalidError: when there are too many to try.
    """
    people = range(len(team.members))
    sizes = range(1, min(most, len(people)) + 1)
    count = sum(comb(len(people), size) for size in sizes)
    if count > MOST_TRIED:
        raise refuse("too-many-absences", "absent", count=count, most=MOST_TRIED)
    if not count:
        return (), 0
    trial = _Trial(meter, Dealer(team, meter.needs, meter.rota, engine))
    found = (trial.without(mask_of(away)) for size in sizes for away in combinations(people, size))
    return tuple(absence for absence in found if absence), count


class _Trial:
    """What falls without some people, and what fell already without fewer of them."""

    def __init__(self, meter: Meter, dealer: Dealer) -> None:
        self.meter, self.dealer, self.deals = meter, dealer, dealer.deals
        self.before = {one.key: one for one in meter.all(dealer.crew(self.deals.whole))}
        self.fell: dict[_Key, list[int]] = {}
        self.dealt = frozenset(_dealt(dealer.needs))
        self.counting = _counting(dealer.team, dealer.needs)

    def without(self, away: int) -> Absence | None:
        """Return what falls without some people, or None where nothing does."""
        deal = self.deals.without(away)
        falls = self._falls(deal, away)
        if any(fall.kind is GapKind.WORKLOAD for fall in falls):
            deal = self.deals.exactly(away)
            falls = self._falls(deal, away)
        for fall in falls:
            self.fell.setdefault((fall.kind, fall.path, fall.what), []).append(away)
        if not falls:
            return None
        is_proven = self.deals.whole.is_proven and deal.is_proven and self._is_certain(away, falls)
        people = tuple(self.dealer.team.members[n].id for n in bits(away))
        return Absence(people, tuple(falls), is_proven)

    def _falls(self, deal: Standing, away: int) -> list[Fall]:
        """Return the needs with more missing in a plan, which is not so with fewer absences."""
        is_worse = deal.lacks > max(
            self.deals.without(away & ~(1 << person)).lacks for person in bits(away)
        )
        open_ = [
            path for path, there in self.counting.items()
            if not away & ~there and (is_worse or path not in self.dealt)
        ]  # fmt: skip
        if not open_:
            return []
        crew = self.dealer.crew(deal, away)
        return [
            Fall(after.kind, after.path, after.what,
                 amount(after.kind, self._lacking(after)), amount(after.kind, after.lacking))
            for after in self.meter.some(open_, crew)
            if after.lacking > self._lacking(after)
            and not any(not fewer & ~away for fewer in self.fell.get(after.key, ()))
        ]  # fmt: skip

    def _is_certain(self, away: int, falls: list[Fall]) -> bool:
        """Return whether no plan at all would do the work that falls as well as before."""
        work = {fall.path for fall in falls if fall.kind is GapKind.WORKLOAD}
        if not work:
            return True
        best = self.meter.all(self.dealer.all_at_once(away))
        return all(one.lacking > self._lacking(one) for one in best if one.path in work)

    def _lacking(self, after: Measure) -> int:
        before = self.before.get(after.key)
        return before.lacking if before else 0


def _dealt(needs: Needs) -> Iterator[tuple[str | int, ...]]:
    """Yield the places of the needs that the solver answers for."""
    for path, need in needs.placed():
        in_roles = isinstance(need, Mix | NotOnly) and need.roles is not None
        at_hours = isinstance(need, Watch) and need.role is not None
        if path[0] == "seats" or in_roles or at_hours:
            yield path


def _counting(team: Team, needs: Needs) -> Mapping[tuple[str | int, ...], int]:
    """Return, for each need that an absence may make fail, the mask of those who count for it.

    Without anybody else, no more of it is missing than with them.
    """
    found = {}
    for path, need in needs.placed():
        if not isinstance(need, Cap | Supervision | Separation):
            there = [n for n, member in enumerate(team.members) if _counts(need, member)]
            found[path] = mask_of(there)
    return found


def _counts(need: Need, member: Member) -> bool:
    match need:
        case Specialists(network=network):
            return bool(member.networks.get(network))
        case Speakers(language=language):
            return language in member.languages
        case Watch(role=None):
            return answers(member, need, frozenset())
        case _:
            return True
