"""Verifying: what a plan is worth and what it breaks, from the team and its needs alone.

Nothing here is shared with the solver, nor with what poses the problem to it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from cmcore.base.asked import checked
from cmcore.base.errors import InvalidError
from cmcore.base.values import internal
from cmcore.teams._units import amount
from cmcore.teams.affinity import millionths, of_millionths
from cmcore.teams.assignment.assignment import (
    Assignment,
    Breach,
    Conflict,
    Question,
    Shortfall,
    Verification,
)
from cmcore.teams.duty import Rota, answers
from cmcore.teams.gap import GapKind
from cmcore.teams.member import Member
from cmcore.teams.needs import Cap, Mix, Needs, NotOnly, Seats, Watch
from cmcore.teams.plan import Plan, unknown_pairs
from cmcore.teams.team import Team
from cmcore.teams.traits import look_of


@checked
def verify(team: Team, needs: Needs, assignment: Assignment | Plan) -> Verification:
    """Return what a plan is worth on each goal, the rules it breaks and the needs it leaves unmet.

    An assignment is compared with its own previous plan, pins, bans and window. A bare plan is
    compared with the roles assigned now, and hours are left out.

    Raises:
        InvalidError: when the plan names a member or a role that is not in the team.

    Examples:
        >>> from cmcore import Member, Needs, Role, Seats, Team, verify
        >>> from cmcore import Plan
        >>> roles = [Role("author", requires={"writing"})]
        >>> team = Team("crew", [Member("ana", skills={"writing"}), Member("bo")], roles)
        >>> needs = Needs("social", seats=[Seats("author")])
        >>> verify(team, needs, Plan([("bo", "author")])).conflicts[0].breach
        <Breach.UNFIT: 'unfit'>
    """
    if isinstance(assignment, Assignment):
        asked, plan = assignment.question, assignment.plan
    else:
        asked, plan = Question(team, needs, Plan.current(team)), assignment
    window = asked.window
    judged = team.at(window.start, window.stop) if window else team
    deal = _Deal(judged, needs, asked, plan)
    unknown = list(unknown_pairs(plan.pairs, team, "plan"))
    if unknown:
        raise InvalidError(unknown)
    levels = [[*find(deal)] for find in (_missing, _watch_lacks, _load_lacks)]
    return Verification(
        tuple(found for check in _CHECKS for found in check(deal)),
        (
            *(sum(cost for _, cost in some) for some in levels),
            deal.changes,
            deal.affinity,
            deal.balance,
        ),
        tuple(lack for some in levels for lack, _ in some),
    )


@internal
class _Deal:
    """A plan, with what it is compared with."""

    team: Team
    needs: Needs
    asked: Question
    plan: Plan

    def holding(self, roles: Iterable[str]) -> list[Member]:
        """Return the members who hold one of some roles."""
        holders = {who for role in roles for who in self.plan.holders(role)}
        return [member for member in self.team.members if member.id in holders]

    @property
    def changes(self) -> int:
        people = {member.id for member in self.team.members}
        roles = {role.id for role in self.team.roles}
        known = {(who, role) for who, role in self.asked.previous.pairs
                 if who in people and role in roles}  # fmt: skip
        return len(known ^ {*self.plan.pairs})

    @property
    def affinity(self) -> float:
        likings = (self.team.member(who).affinity.get(role, 0) for who, role in self.plan.pairs)
        return of_millionths(sum(map(millionths, likings)))

    @property
    def balance(self) -> int:
        return sum(n * n for n in Counter(who for who, _ in self.plan.pairs).values())


# ------------------------------------------------------------------------------- what is broken


def _pair_conflicts(deal: _Deal) -> Iterator[Conflict]:
    for who, role in deal.plan.pairs:
        if deal.team.member(who).lacks(deal.team.role(role)):
            yield Conflict(Breach.UNFIT, (who,), (role,))
        if (who, role) in deal.asked.bans.pairs:
            yield Conflict(Breach.BAN, (who,), (role,))
    for who, role in deal.asked.pins.pairs:
        if (who, role) not in deal.plan.pairs:
            yield Conflict(Breach.PIN, (who,), (role,))


def _personal_conflicts(deal: _Deal) -> Iterator[Conflict]:
    for member in deal.team.members:
        held = deal.plan.roles_of(member.id)
        if member.most_roles is not None and len(held) > member.most_roles:
            yield Conflict(Breach.ROLES, (member.id,), held, len(held) - member.most_roles)
        over = sum(member.takes(deal.team.role(role)) for role in held) - member.availability.day
        if over > 0:
            yield Conflict(Breach.MINUTES, (member.id,), held, over)
        for apart in deal.needs.separation:
            if {apart.first, apart.second} <= {*held}:
                yield Conflict(Breach.SEPARATION, (member.id,), (apart.first, apart.second))


def _crowds(deal: _Deal) -> Iterator[Conflict]:
    for need in deal.needs.seats:
        holders = deal.plan.holders(need.role)
        if need.most is not None and len(holders) > need.most:
            yield Conflict(Breach.SEATS, holders, (need.role,), len(holders) - need.most)


def _unsupervised(deal: _Deal) -> Iterator[Conflict]:
    for guard in deal.needs.supervision:
        for role in sorted(guard.roles or {role.id for role in deal.team.roles}):
            holders = deal.holding([role])
            people = tuple(one.id for one in holders if guard.is_ward(one.trait(guard.of)))
            if people and not any(guard.may_supervise(one.trait(guard.of)) for one in holders):
                yield Conflict(Breach.SUPERVISION, people, (role,))


def _too_alike(deal: _Deal) -> Iterator[Conflict]:
    for need in deal.needs.mix:
        if isinstance(need, Cap) and need.roles is not None:
            for people in need.alike(deal.holding(need.roles)).values():
                if len(people) > need.most:
                    roles = tuple(sorted(need.roles))
                    yield Conflict(Breach.CAP, people, roles, len(people) - need.most)


_CHECKS: Final[tuple[Callable[[_Deal], Iterator[Conflict]], ...]] = (
    _pair_conflicts,
    _personal_conflicts,
    _crowds,
    _unsupervised,
    _too_alike,
)


# -------------------------------------------------------------------------------- what is unmet


def _missing(deal: _Deal) -> Iterator[tuple[Shortfall, int]]:
    """Yield what is missing at all times, and what that weighs."""
    for path, need in deal.needs.placed():
        match need:
            case Seats(role=role, least=least, weight=weight):
                size = least - len(deal.plan.holders(role))
                if size > 0:
                    yield Shortfall(GapKind.SEATS, path, {"role": role}, least, size), size * weight
            case Mix(of=of, least=least, roles=roles) if roles is not None:
                size = least - len({m.look(of) for m in deal.holding(roles)} - {None})
                if size > 0:
                    yield Shortfall(GapKind.MIX, path, {"trait": str(of)}, least, size), size
            case NotOnly(of=of, value=same, roles=roles) if roles is not None:
                if not {m.look(of) for m in deal.holding(roles)} - {None, look_of(same)}:
                    what = {"trait": str(of), "value": same}
                    yield Shortfall(GapKind.NOT_ONLY, path, what, 1, 1), 1
            case _:
                pass


def _load_lacks(deal: _Deal) -> Iterator[tuple[Shortfall, int]]:
    """Yield what people hold less than their least load, of roles that a need asks holders of."""
    needed = deal.needs.needed
    for member in deal.team.members:
        size = member.least_roles - len(needed.intersection(deal.plan.roles_of(member.id)))
        if size > 0:
            path, what = ("members", member.id), {"member": member.id}
            yield Shortfall(GapKind.LOADS, path, what, member.least_roles, size), size


def _watch_lacks(deal: _Deal) -> Iterator[tuple[Shortfall, int]]:
    """Yield each watch over a role that is short of people, and for how many minutes.

    A started minute counts in full, once for all the times when the same people are there.
    """
    window = deal.asked.window
    if window is None:
        return
    rota = Rota(deal.team, deal.needs, window)
    for index, watch in enumerate(deal.needs.hours):
        if watch.role is None:
            continue
        answering = _answering(deal, rota, watch, watch.role)
        held = answering & rota.mask(deal.holding([watch.role]))
        lapses = rota.lapses(index, held)
        if lapses:
            week = rota.clocks.week([(start, stop) for start, stop, _ in lapses], watch.zone)
            short = sum((stop - start) * lack for start, stop, lack in lapses)
            asked, size = (amount(GapKind.HOURS, n) for n in (rota.asked(index), short))
            minutes = sum(
                n * max(0, watch.least - (held & there).bit_count())
                for there, n in rota.minutes(index, answering)
            )
            path, what = ("hours", index), watch.about
            yield Shortfall(GapKind.HOURS, path, what, asked, size, week, watch.zone), minutes


def _answering(deal: _Deal, rota: Rota, watch: Watch, role: str) -> int:
    """Return the mask of those who would count for a watch, did they hold its role."""
    fit = (m for m in deal.team.members if not m.lacks(deal.team.role(role)))
    return rota.mask(m for m in fit if answers(m, watch, frozenset({role})))
