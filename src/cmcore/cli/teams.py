"""The commands about teams: compare one with its needs, and assign its roles."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from cmcore.base.errors import Problem, refuse_any
from cmcore.base.ids import nearest
from cmcore.cli.fail import asking, naming
from cmcore.cli.given import Whole, named, pairs, target, window_of, window_problems, zones
from cmcore.cli.inputs import team_of, value_of
from cmcore.cli.language import spoken
from cmcore.cli.names import seen
from cmcore.cli.options import (
    GOOD,
    SETTLED,
    UNSETTLED,
    draw_into,
    exits,
    json_option,
    reader_options,
    svg_option,
    tell,
    window_options,
)
from cmcore.cli.show import complain, show, show_json
from cmcore.cli.usage import Command
from cmcore.codec.bounds import read_bounded
from cmcore.codec.files import unstructure, write
from cmcore.codec.ical.read import read_rota
from cmcore.display.wording import Language
from cmcore.teams.assignment.assign import assign as assignment_of
from cmcore.teams.assignment.assignment import Assignment, Status
from cmcore.teams.assignment.choices import Alternatives, WhatIf, WhyNot
from cmcore.teams.assignment.what_if import what_if
from cmcore.teams.assignment.why_not import alternatives as alternatives_of
from cmcore.teams.assignment.why_not import why_not as why_not_of
from cmcore.teams.cover.cover import coverage as coverage_of
from cmcore.teams.needs import Needs
from cmcore.teams.plan import Pair, Plan, unknown_pairs
from cmcore.teams.solver.solve import BUDGET, SOLVERS, Engine, Solver
from cmcore.teams.team import Team
from cmcore.time.intervals import Span

_F = TypeVar("_F", bound=Callable[..., Any])


_ASSIGN: Final = exits(
    "all is covered, and no plan is better",
    "something is missing for sure, or no plan is possible",
    "not proven, or nothing is asked",
)


def _solver_option(command: _F) -> _F:
    return click.option(
        "--solver",
        type=click.Choice(SOLVERS),
        default="auto",
        show_default=True,
        help="Which engine to use: our own search, HiGHS (extra `solver`), or whichever fits.",
    )(command)


def _calendars_option(flag: str, name: str, what: str) -> Callable[[_F], _F]:
    told = f"Read the {what} of this calendar (`.ics`) into the team. Repeatable."
    return click.option(flag, name, multiple=True, metavar="FILE", help=told)


def _with_calendar(team: Team, file: str, window: Span, **how: Any) -> Team:  # noqa: ANN401
    """Return a team with what a calendar says of its people within a window."""
    with naming(file), Path(file).open("rb") as stream:
        calendar = read_bounded(stream)
        return read_rota(calendar, team, window.start, window.stop, **how)


@click.command(cls=Command, epilog=exits("all is covered", "gaps or overloads", "nothing is asked"))
@click.argument("team")
@click.argument("needs")
@window_options("the needs")
@_calendars_option("--rota", "rotas", "shifts")
@_calendars_option("--leaves", "leaves", "leaves")
@click.option(
    "--people",
    "names",
    multiple=True,
    callback=named,
    metavar="NAME=MEMBER",
    help="Whose a name or an address in a calendar is; nobody's without a member. Repeatable.",
)
@click.option(
    "--zone",
    "clocks",
    multiple=True,
    callback=zones,
    metavar="NAME=ZONE",
    help="What a time zone is that a calendar has a name of its own for. Repeatable.",
)
@click.option(
    "--absent",
    type=Whole(0),
    default=1,
    show_default=True,
    metavar="N",
    help="Show what is no longer covered when any N people, or fewer, are away.",
)
@_solver_option
@svg_option
@reader_options
@json_option
def coverage(  # noqa: PLR0913 - one for each option
    *, team: str, needs: str, start: date | None, stop: date | None, absent: int, solver: Solver,
    rotas: tuple[str, ...], leaves: tuple[str, ...], names: dict[str, str | None],
    clocks: dict[str, str], lang: Language, svg: Path | None, as_json: bool,
) -> int:  # fmt: skip
    """Compare a team with its needs.

    Says what is not covered, when, who could cover it, and whose absence uncovers what.
    """
    people, wanted = team_of(team), value_of(needs, Needs)
    first, last = window_of(start, stop, wanted.zone)
    is_needed = bool(wanted.hours or rotas or leaves)
    refuse_any(window_problems(first, last, is_needed=is_needed))
    if first and last:
        for files, is_off in ((rotas, False), (leaves, True)):
            for file in files:
                people = _with_calendar(people, file, Span(first, last), leaves=is_off,
                                        people=names, zones=clocks)  # fmt: skip
    with asking(needs):
        found = coverage_of(people, wanted, start=first, stop=last, absent=absent, solver=solver)
    tell(found, lang, as_json=as_json, svg=svg)
    if not found.is_covered:
        return SETTLED
    return GOOD if found.is_asked else UNSETTLED


def _pairs_option(flag: str, name: str, about: str) -> Callable[[_F], _F]:
    return click.option(
        flag,
        name,
        multiple=True,
        callback=pairs,
        metavar="MEMBER=ROLE",
        help=f"{about} Repeatable.",
    )


@click.command(cls=Command, epilog=_ASSIGN)
@click.argument("team")
@click.argument("needs")
@click.option(
    "--previous",
    metavar="PLAN",
    help="Change as little as possible of this plan; by default, of the roles held now.",
)
@_pairs_option("--pin", "pins", "They must hold it.")
@_pairs_option("--ban", "bans", "They must not hold it.")
@window_options("the needs")
@_pairs_option("--why-not", "others", "Show what it would cost if they held it.")
@click.option(
    "--without",
    "gone",
    multiple=True,
    metavar="MEMBER",
    help="Show the best plan without them. Repeatable: all leave at once.",
)
@click.option(
    "--alternatives",
    "equals",
    is_flag=True,
    help="Show who holds what in all, some and none of the equally good plans.",
)
@_solver_option
@click.option(
    "--budget",
    type=Whole(0),
    default=BUDGET,
    show_default=True,
    metavar="N",
    help="Stop our own search after N thousand steps, proven or not.",
)
@click.option(
    "--save",
    type=click.Path(dir_okay=False),
    callback=target,
    metavar="PLAN",
    help="Write the plan to this file, replacing it.",
)
@svg_option
@reader_options
@json_option
def assign(  # noqa: PLR0913 - one for each option
    *, team: str, needs: str, previous: str | None, pins: tuple[Pair, ...],
    bans: tuple[Pair, ...], start: date | None, stop: date | None, others: tuple[Pair, ...],
    gone: tuple[str, ...], equals: bool, solver: Solver, budget: int, save: str | None,
    lang: Language, svg: Path | None, as_json: bool,
) -> int:  # fmt: skip
    """Assign the roles of a team as well as possible.

    Says who should hold which role, who is moved, what is missing and why, and whether a better
    plan exists.
    """
    people, wanted = team_of(team), value_of(needs, Needs)
    before = None if previous is None else value_of(previous, Plan)
    first, last = window_of(start, stop, wanted.zone)
    refuse_any(
        [
            *_unknown(people, {"--pin": pins, "--ban": bans, "--why-not": others}),
            *_unknown_people(people, gone),
            *window_problems(first, last, is_needed=bool(wanted.hours)),
        ]
    )
    with asking(needs):
        found = assignment_of(
            people, wanted, previous=before, pins=pins, bans=bans, start=first, stop=last,
            solver=solver, budget=budget,
        )  # fmt: skip
    if save is not None:
        _save(found, save)
    if svg is not None:
        week = coverage_of(found.team, wanted, start=first, stop=last, absent=0)
        draw_into(svg, lang, week)
    engine = Engine(solver, budget)
    why = _why_not(found, others, engine)
    best = _alternatives(found, engine) if equals else None
    then = what_if(found, leaves=gone, solver=solver, budget=budget) if gone else None
    if as_json:
        show_json({**_data(found), **_answers(why, best, then)})
    else:
        more = [*why, *(one for one in (best, then) if one)]
        show(*(seen(one, lang) for one in (found, *more)))
    return _code(found)


def _unknown(team: Team, given: Mapping[str, tuple[Pair, ...]]) -> Iterator[Problem]:
    for option, many in given.items():
        for who, role in many:
            for problem in unknown_pairs([(who, role)], team):
                place = f"{option} {who}={role}"
                yield problem.at(place)


def _unknown_people(team: Team, gone: tuple[str, ...]) -> Iterator[Problem]:
    people = [member.id for member in team.members]
    for who in gone:
        if who not in people:
            yield Problem.of("unknown-member", "--without", name=who, near=nearest(who, people))


def _save(found: Assignment, path: str) -> None:
    if found.levels:
        write(found.plan, path)
    else:
        complain(path, Problem.of("not-written").text(spoken()), word="warning")


def _why_not(found: Assignment, others: tuple[Pair, ...], engine: Engine) -> list[WhyNot]:
    if others and not found.levels:
        complain("--why-not", Problem.of("why-not-left-out").text(spoken()), word="warning")
        return []
    return [why_not_of(found, *pair, solver=engine.solver, budget=engine.budget) for pair in others]


def _alternatives(found: Assignment, engine: Engine) -> Alternatives | None:
    if found.status is Status.OPTIMAL:
        return alternatives_of(found, solver=engine.solver, budget=engine.budget)
    complain("--alternatives", Problem.of("alternatives-left-out").text(spoken()), word="warning")
    return None


def _data(thing: object) -> dict[str, Any]:
    plain: Any = unstructure(thing)
    return dict(plain)


def _answers(why: list[WhyNot], best: Alternatives | None, then: WhatIf | None) -> dict[str, Any]:
    """Return what was asked beside the assignment, without the assignment itself."""
    told: dict[str, Any] = {"why_not": unstructure(tuple(why))} if why else {}
    if best:
        told["alternatives"] = unstructure(best)
    if then:
        told["what_if"] = {key: it for key, it in _data(then).items() if key != "before"}
    return told


def _code(found: Assignment) -> int:
    """Return the exit code: whether all is covered, as far as that is proven."""
    if not any(found.question.needs.placed()):
        return UNSETTLED
    if found.status is Status.INFEASIBLE or any(one.bound for one in found.missing):
        return SETTLED
    return GOOD if found.status is Status.OPTIMAL else UNSETTLED
