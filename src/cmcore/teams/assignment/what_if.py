"""Supposing: what the best plan becomes when people leave, join or learn."""

from collections.abc import Iterable, Iterator, Mapping

import attrs

from cmcore.base.asked import checked
from cmcore.base.counts import count_problems
from cmcore.base.errors import InvalidError, Problem
from cmcore.base.frozen import each_once
from cmcore.base.ids import nearest
from cmcore.display.names import names_of, told_by_name
from cmcore.teams.assignment.assign import answer
from cmcore.teams.assignment.assignment import Assignment
from cmcore.teams.assignment.choices import WhatIf
from cmcore.teams.member import Member
from cmcore.teams.plan import Plan
from cmcore.teams.solver.solve import BUDGET, Engine, Solver
from cmcore.teams.team import Team


@checked
def what_if(  # noqa: PLR0913 - each part of a question
    assignment: Assignment,
    *,
    leaves: Iterable[str] = (),
    joins: Iterable[Member] = (),
    learns: Mapping[str, Iterable[str]] | None = None,
    solver: Solver = "auto",
    budget: int = BUDGET,
) -> WhatIf:
    """Return the best plan once people have left, joined or learned skills, with fewest changes.

    `learns` has the skills that each member learns. The pins and bans of people who leave are
    dropped.

    Raises:
        InvalidError: when somebody who leaves or learns is not in the team, or somebody who joins
            already is.

    Examples:
        >>> from cmcore import Member, Needs, Role, Seats, Team, assign, what_if
        >>> roles = [Role("author", requires={"writing"})]
        >>> team = Team("crew", [Member("ana", skills={"writing"}), Member("bo")], roles)
        >>> needs = Needs("social", seats=[Seats("author")])
        >>> print(what_if(assign(team, needs), leaves=["ana"]))
        without ana: shortage 0 → 1
          seats  author  0 → 1 missing
    """
    gone, fresh = each_once(leaves), tuple(joins)
    taught = {who: each_once(skills) for who, skills in (learns or {}).items()}
    asked = assignment.question
    found = [*_problems(asked.team, gone, fresh, taught), *count_problems(budget, "budget")]
    if found:
        raise InvalidError(told_by_name(found, names_of(asked.team)))
    engine = Engine(solver, budget)
    learned = [asked.team.member(who).learning(*skills) for who, skills in taught.items()]
    team = asked.team.with_member(*learned, *fresh).without(*gone)
    question = attrs.evolve(
        asked,
        team=team,
        previous=_staying(assignment.plan if assignment.levels else asked.previous, gone),
        pins=_staying(asked.pins, gone),
        bans=_staying(asked.bans, gone),
    )
    return WhatIf(assignment, answer(question, engine))


def _staying(plan: Plan, gone: frozenset[str]) -> Plan:
    return Plan(pair for pair in plan.pairs if pair[0] not in gone)


def _problems(
    team: Team, gone: frozenset[str], fresh: tuple[Member, ...], taught: Mapping[str, object]
) -> Iterator[Problem]:
    people = {member.id for member in team.members}
    for key, ids in (("leaves", gone), ("learns", taught)):
        for who in sorted({*ids} - {*people}):
            yield Problem.of("unknown-member", key, name=who, near=nearest(who, people))
    for member in fresh:
        if member.id in people:
            yield Problem.of("in-team-already", "joins", name=member.id)
