"""Absences: which needs fall without some people, the roles dealt again among the others."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb
from typing import Final

import attrs

from cmcore.foundation.errors import refuse
from cmcore.foundation.house import value
from cmcore.nouns.gaps import Absence, Fall, Kind
from cmcore.nouns.needs import Mix, Needs, NotOnly, Watch
from cmcore.nouns.people import DAY, TOP_AFFINITY, Member, Team
from cmcore.nouns.plans import Plan
from cmcore.policy.assigning.solve import solve
from cmcore.policy.measuring import Holder, Measure, Meter
from cmcore.policy.posing import held_now, on_duty, pose
from cmcore.policy.units import amount
from cmcore.policy.watching import Rota

#: How many absences are tried at most: each one deals the roles of the whole team again.
MOST_TRIED: Final = 2_000

#: How many nodes the solver may search for the least shortage of one deal.
BUDGET: Final = 100

_Key = tuple[Kind, tuple[str | int, ...], str]


@value
class Deal:
    """The roles dealt as well as can be: who holds what, what is short, and whether it is proven.

    `shortage` is the solver's own measure of what lacks.
    """

    crew: tuple[Holder, ...]
    shortage: int
    is_proven: bool


class Dealer:
    """Deals the roles of a team, whole or not, changing as little as can be."""

    def __init__(self, team: Team, needs: Needs, rota: Rota | None) -> None:
        self.team, self.needs, self.rota = team, needs, rota
        self.numbers = {member.id: number for number, member in enumerate(team.members)}
        self.working = frozenset(work.role for work in needs.work if work.role)
        self.depth = 3 if self.working else 1

    def now(self, team: Team) -> tuple[Holder, ...]:
        """Return the people of a team with the roles they hold now."""
        return tuple(Holder(m, held_now(team, m), self.numbers[m.id]) for m in team.members)

    def deal(self, away: Sequence[str] = (), least: int = -1) -> Deal:
        """Return the best deal without some people; the roles as they are where none is found.

        A shortage of `least` is known to be the best there can be. Of deals that are as good, and
        change as little, roles with work to do go to those who have most time for it.
        """
        team = self.team.without(*away)
        crew = self.now(team)
        watched = on_duty(team, self.needs, self.rota)
        now = Plan((one.member.id, role) for one in crew for role in one.held)
        posed = pose(team, self.needs, watched, previous=now, keeping=True).problem
        posed = attrs.evolve(posed, fit=[self._times(team, member) for member in team.members])
        found = solve(posed, budget=1, depth=self.depth)
        is_best = bool(found.levels) and found.levels[0].value <= least
        if not is_best and found.status != "optimal":
            found = solve(posed, budget=BUDGET, depth=self.depth)
        if not found.levels:
            return Deal(crew, 0, is_proven=False)
        held: list[set[str]] = [set() for _ in crew]
        for person, role in found.pairs:
            held[person].add(team.roles[role].id)
        dealt = tuple(
            Holder(one.member, frozenset(roles), one.number)
            for one, roles in zip(crew, held, strict=True)
        )
        short = found.levels[0]
        return Deal(dealt, short.value, is_proven=is_best or short.value == short.bound)

    def _times(self, team: Team, member: Member) -> list[int | None]:
        """Return for each role with work how much time somebody has for it, as an affinity."""
        free = [max(0, member.availability.day - member.takes(role)) for role in team.roles]
        return [
            None if member.lacks(role) else (role.id in self.working) * time * TOP_AFFINITY // DAY
            for role, time in zip(team.roles, free, strict=True)
        ]

    def all_at_once(self, away: Sequence[str]) -> tuple[Holder, ...]:
        """Return the others, each with all the roles they are fit for, and all their time left.

        No deal can do more work than they would.
        """
        team = self.team.without(*away)
        fit = [frozenset(r.id for r in team.roles if not m.lacks(r)) for m in team.members]
        return tuple(
            Holder(attrs.evolve(m, minutes=dict.fromkeys(held, 0)), held, self.numbers[m.id])
            for m, held in zip(team.members, fit, strict=True)
        )


def absences(meter: Meter, dealer: Dealer, most: int) -> tuple[tuple[Absence, ...], int]:
    """Return the absences of up to `most` people without whom a need falls, and how many there are.

    A group is told for the needs that no smaller part of it makes fall.

    Raises:
        InvalidError: when there are too many to try.
    """
    people = [member.id for member in dealer.team.members]
    sizes = range(1, min(most, len(people)) + 1)
    count = sum(comb(len(people), size) for size in sizes)
    if count > MOST_TRIED:
        raise refuse("too-many-absences", "absent", count=count, most=MOST_TRIED)
    if not count:
        return (), 0
    trial = _Trial(meter, dealer)
    found = (trial.without(away) for size in sizes for away in combinations(people, size))
    return tuple(absence for absence in found if absence), count


class _Trial:
    """What falls without some people, and what fell already without fewer of them."""

    def __init__(self, meter: Meter, dealer: Dealer) -> None:
        self.meter, self.dealer = meter, dealer
        self.whole = dealer.deal()
        self.before = {one.key: one for one in meter.all(self.whole.crew)}
        self.idle = {one.member.id for one in self.whole.crew if not one.held}
        self.fell: dict[_Key, list[set[str]]] = {}
        self.dealt = frozenset(_dealt(dealer.needs))

    def without(self, away: tuple[str, ...]) -> Absence | None:
        deal = self._deal(away)
        is_worse = deal.shortage > self.whole.shortage
        falls = [
            Fall(after.kind, after.path, after.what,
                 amount(after.kind, self._lacking(after)), amount(after.kind, after.lacking))
            for after in self.meter.all(deal.crew)
            if after.lacking > self._lacking(after)
            and (is_worse or after.path not in self.dealt)
            and self._is_new(after.key, set(away))
        ]  # fmt: skip
        if not falls:
            return None
        is_proven = self.whole.is_proven and deal.is_proven
        return Absence(away, tuple(falls), is_proven and self._are_certain(away, falls))

    def _are_certain(self, away: tuple[str, ...], falls: list[Fall]) -> bool:
        """Tell whether no deal at all would do the work that falls as well as before."""
        work = {fall.path for fall in falls if fall.kind is Kind.WORKLOAD}
        if not work:
            return True
        best = self.meter.all(self.dealer.all_at_once(away))
        return all(one.lacking > self._lacking(one) for one in best if one.path in work)

    def _deal(self, away: tuple[str, ...]) -> Deal:
        """Return the deal without some people; that of the whole where they hold nothing in it."""
        if not self.idle.issuperset(away):
            return self.dealer.deal(away, self.whole.shortage)
        crew = tuple(one for one in self.whole.crew if one.member.id not in away)
        return Deal(crew, self.whole.shortage, self.whole.is_proven)

    def _lacking(self, after: Measure) -> int:
        before = self.before.get(after.key)
        return before.lacking if before else 0

    def _is_new(self, key: _Key, away: set[str]) -> bool:
        known = self.fell.setdefault(key, [])
        if any(fewer < away for fewer in known):
            return False
        known.append(away)
        return True


def _dealt(needs: Needs) -> Iterator[tuple[str | int, ...]]:
    """Yield the places of the needs that the solver answers for."""
    for path, need in needs.placed():
        in_roles = isinstance(need, Mix | NotOnly) and need.roles is not None
        at_hours = isinstance(need, Watch) and need.role is not None
        if path[0] == "seats" or in_roles or at_hours:
            yield path
