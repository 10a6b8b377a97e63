"""What a team is missing of its needs, when, who could fill it, and who is indispensable."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import product
from typing import Final

from cmcore.base.asked import checked
from cmcore.base.counts import count_problems
from cmcore.teams._shortfall import Holder, Measure, Meter
from cmcore.teams._units import amount
from cmcore.teams.cover._absences import absences
from cmcore.teams.cover._fillers import candidates, perhaps
from cmcore.teams.cover.coverage import Coverage
from cmcore.teams.duty import Rota, lapse
from cmcore.teams.gap import (
    CEILINGS,
    Cell,
    Dimension,
    Gap,
    GapKind,
    Overload,
    RolesHeld,
    Share,
    Unfit,
)
from cmcore.teams.member import Member
from cmcore.teams.needs import Cap, Mix, Need, Needs, NotOnly, Seats, Supervision, Watch
from cmcore.teams.solver.solve import Engine, Solver
from cmcore.teams.team import Team, held_now
from cmcore.teams.window import window_over
from cmcore.time.week import Week

#: How far our own search goes for one plan of the roles.
BUDGET: Final = 30


@checked
def coverage(  # noqa: PLR0913 - each part of a question
    team: Team,
    needs: Needs,
    *,
    start: datetime | None = None,
    stop: datetime | None = None,
    absent: int = 1,
    solver: Solver = "auto",
) -> Coverage:
    """Compare a team, with the roles as assigned now, with its needs.

    `start`, included, and `stop`, excluded, are the window over which hours are checked; they are
    required if the needs have watches. An assigned role counts as held only with the skills it
    requires; those with an end count if they hold throughout the window, and without one not at
    all: `coverage(team.at(now), needs)`.

    Supervision is missing while nobody who may supervise in a role is on duty; without a window, by
    the usual week of people in one time zone. Single points of failure are sought among the
    absences of up to `absent` people at once: each time, the roles are assigned again among the
    others as well as possible, within rules that the roles assigned now may break, and a need is
    listed if more is missing than with everybody there. `solver` is as in `assign`; anything it
    does not settle quickly is reported as not proven.

    Raises:
        InvalidError: when the needs name roles that the team does not have, the window is missing,
            upside down or too long, or there are too many absences to try.

    Examples:
        >>> from cmcore import Member, Needs, Role, Seats, Team, coverage
        >>> roles = [Role("author", requires={"writing"})]
        >>> team = Team("crew", [Member("ana", skills={"writing"}), Member("bo")], roles)
        >>> needs = Needs("social", seats=[Seats("author")])
        >>> print(coverage(team, needs).gaps[0].text())
        1 wanted, 0 there; could: `ana`
    """
    wrong = [*count_problems(absent, "absent")]
    window = window_over(team, needs, start, stop, also=wrong)
    team = team.at(window.start, window.stop) if window else team
    rota = Rota(team, needs, window) if window else None
    meter = Meter(team.roles, needs, rota)
    crew = [Holder(m, held_now(team, m), number) for number, m in enumerate(team.members)]
    measures = [*meter.all(crew), *_loads(crew, needs)]
    alone, tried = absences(team, meter, Engine(solver, BUDGET), absent)
    able = [meter.able(watch, crew) for watch in needs.hours]
    found = Coverage(
        team.id,
        needs.id,
        zone=needs.zone,
        window=window,
        gaps=tuple(_gap(one, meter, crew) for one in measures if one.lacking),
        overloads=tuple(_overloads(team)),
        several_roles=tuple(
            RolesHeld(m.id, tuple(sorted(m.roles))) for m in team.members if len(m.roles) > 1
        ),
        unfit=tuple(_unfit(team)),
        absences=alone,
        tried=tried,
        shares=tuple(_shares(measures)),
        grid=tuple(_grid(needs, crew, rota)),
        heat=tuple(rota.heat(needs.zone, able)) if rota else (),
        unknown_years=rota.unknown_years if rota else (),
    )
    return found.with_names(team)


def _loads(crew: Sequence[Holder], needs: Needs) -> Iterator[Measure]:
    """Yield how many roles that are needed people hold of the least that they should."""
    needed = needs.needed
    for member, held in ((one.member, one.held) for one in crew if one.member.least_roles):
        short = max(0, member.least_roles - len(held & needed))
        yield Measure(
            GapKind.LOADS,
            ("members", member.id),
            {"member": member.id},
            member.least_roles,
            short,
            (member.id,),
        )


def _gap(one: Measure, meter: Meter, crew: Sequence[Holder]) -> Gap:
    asked = amount(one.kind, one.asked)
    if one.kind is GapKind.LOADS:
        return Gap(one.kind, one.path, one.what, asked, one.lacking, one.people)
    need = meter.needed[one.path]
    if one.kind in CEILINGS and isinstance(need, Seats | Cap):
        asked = need.most or 0
    trait = str(need.of) if isinstance(need, Mix | NotOnly | Cap | Supervision) else None
    could, might = (find(one, need, meter, crew) for find in (candidates, perhaps))
    size = amount(one.kind, one.lacking)
    when, week, zone = _times(one, need, meter, crew)
    return Gap(
        one.kind, one.path, one.what, asked, size, one.people, could,
        when=tuple(lapse(*each) for each in when), week=week, zone=zone,
        perhaps=might, trait=trait,
    )  # fmt: skip


def _times(
    one: Measure, need: Need, meter: Meter, crew: Sequence[Holder]
) -> tuple[list[tuple[int, int, int]], Week | None, str | None]:
    """Return when a need is short of people, and by how many, if only at some hours.

    The hours of the week come with it, and the clock that they are on.
    """
    if isinstance(need, Watch) and meter.rota:
        lapses = meter.rota.lapses(int(one.path[1]), meter.able(need, crew))
        when = [(start, stop) for start, stop, _ in lapses]
        return lapses, meter.rota.clocks.week(when, need.zone), need.zone
    found = meter.alone(one, need, crew) if isinstance(need, Supervision) else None
    if found is None:
        return [], None, None
    return [(start, stop, 1) for start, stop in found.when], found.week, found.zone


def _overloads(team: Team) -> Iterator[Overload]:
    for member in team.members:
        taken = sum(member.takes(team.role(role)) for role in member.roles)
        day = member.availability.day
        if taken > day:
            yield Overload(member.id, "minutes", taken, day)
        if member.most_roles is not None and len(member.roles) > member.most_roles:
            yield Overload(member.id, "roles", len(member.roles), member.most_roles)


def _unfit(team: Team) -> Iterator[Unfit]:
    for member in team.members:
        for role in sorted(member.roles):
            if member.lacks(team.role(role)):
                yield member.unfit(team.role(role))


def _shares(measures: Sequence[Measure]) -> Iterator[Share]:
    for dimension in Dimension:
        some = [one for one in measures if one.kind.dimension is dimension]
        asked, lacking = (sum(n) for n in zip(*((m.asked, m.lacking) for m in some), strict=True)
                          ) if some else (0, 0)  # fmt: skip
        yield Share(dimension, amount(dimension, asked), amount(dimension, lacking))


def _grid(needs: Needs, crew: Sequence[Holder], rota: Rota | None) -> Iterator[Cell]:
    axes = list(_axes(needs))
    if not any(axes):
        return
    lengths: dict[int, int] = {}
    for (duty, on), length in (rota.lengths if rota else {}).items():
        if on:
            lengths[duty] = lengths.get(duty, 0) + length
    for role, network, language in product(*(axis or [None] for axis in axes)):
        able = [one for one in crew if _is_all(one.member, one.held, role, network, language)]
        if not needs.hours:
            yield Cell(role, network, language, 1, int(not able))
            continue
        mask = sum(1 << one.number for one in able)
        lacking = sum(length for duty, length in lengths.items() if not duty & mask)
        asked = sum(lengths.values())
        yield Cell(role, network, language, amount(Dimension.HOURS, asked),
                   amount(Dimension.HOURS, lacking))  # fmt: skip


def _axes(needs: Needs) -> Iterator[list[str | None]]:
    """Yield the roles, the networks and the languages that the needs name, each in order."""
    watched = needs.hours
    yield _sorted({need.role for need in needs.seats}, {watch.role for watch in watched})
    yield _sorted({n.network for n in needs.specialists}, {watch.network for watch in watched})
    yield _sorted({n.language for n in needs.languages}, {watch.language for watch in watched})


def _sorted(some: set[str], others: set[str | None]) -> list[str | None]:
    return [*sorted(some | {name for name in others if name is not None})]


def _is_all(
    member: Member,
    held: frozenset[str],
    role: str | None,
    network: str | None,
    language: str | None,
) -> bool:
    return (
        (role is None or role in held)
        and (network is None or bool(member.networks.get(network)))
        and (language is None or language in member.languages)
    )
