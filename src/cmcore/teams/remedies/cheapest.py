"""The cheapest trainings and hires that fill every gap, with proof."""

from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from cmcore.base.asked import checked
from cmcore.base.counts import count_problems
from cmcore.base.errors import InvalidError, Problem
from cmcore.base.ids import nearest
from cmcore.display.names import names_of, told_by_name
from cmcore.teams._shortfall import Holder, Meter
from cmcore.teams.assignment.assign import answer
from cmcore.teams.assignment.assignment import Assignment, Shortfall
from cmcore.teams.gap import GapKind
from cmcore.teams.member import Member
from cmcore.teams.needs import Needs
from cmcore.teams.remedies._search import search
from cmcore.teams.remedies._trial import Trial
from cmcore.teams.remedies.options import possible_remedies
from cmcore.teams.remedies.remedy import Hire, Option, Remedy, Training, rank
from cmcore.teams.solver.model import bits
from cmcore.teams.solver.solve import Engine, Solver
from cmcore.teams.team import Team, unknown_role

#: How many problems are solved before an answer is given with its gap.
BUDGET: Final = 2_000


@checked
def remedy(
    assignment: Assignment,
    options: Iterable[Option] | None = None,
    *,
    solver: Solver = "auto",
    budget: int = BUDGET,
) -> Remedy:
    """Return the cheapest options that together fill every gap.

    They fill the shortage of the assignment, and the specialists and speakers that its needs ask
    for; other needs (work, mixes of the whole team, hours without a role) are left to `coverage`,
    and the least loads of people to `assign`. Among choices with the same cost, the one with fewer
    options is taken, then the first in order of ids. Without options, those of `possible_remedies`
    are tried, at their costs.

    `budget` is the number of problems solved after which an answer is given with its bound; making
    that answer as small as possible may then take a few more for each option. `solver` is the
    engine, as in `assign`.

    Raises:
        InvalidError: when a member who learns is not in the team, one who joins already is or
            joins twice, or has undefined roles.

    Examples:
        >>> from cmcore import Member, Needs, Role, Seats, Team, assign, remedy
        >>> team = Team("crew", [Member("bo")], [Role("author", requires={"writing"})])
        >>> needs = Needs("social", seats=[Seats("author")])
        >>> print(remedy(assign(team, needs)))
        crew for social: train `bo` in `writing` (1): everything is then covered
          cost    1, proven the best
          author  → `bo`
    """
    asked = assignment.question
    given = possible_remedies(asked.judged, asked.needs) if options is None else tuple(options)
    found = [*_problems(asked.team, given), *count_problems(budget, "budget", least=1)]
    if found:
        raise InvalidError(told_by_name(found, names_of(asked.team)))
    if assignment.levels:
        asked = attrs.evolve(asked, previous=assignment.plan)
    trial = Trial(asked, sorted(set(given), key=rank), budget, solver)
    outcome = search(trial)
    is_known = outcome.chosen is not None
    chosen = trial.all if outcome.chosen is None else outcome.chosen
    after = answer(trial.asked(chosen), Engine(solver))
    needed = (lack for lack in after.lacks if lack.kind is not GapKind.LOADS)
    return Remedy(
        [trial.options[n] for n in bits(chosen)] if is_known else (),
        outcome.status,
        assignment,
        after,
        bound=outcome.bound,
        lacks=(*needed, *_people_lacks(after.question.team, asked.needs)),
        tried=trial.spent,
    )


def _people_lacks(team: Team, needs: Needs) -> Iterator[Shortfall]:
    """Yield which specialists and speakers are missing, whoever holds which role."""
    crew = [Holder(member, frozenset(), number) for number, member in enumerate(team.members)]
    for one in Meter(team.roles, needs, None).all(crew):
        if one.kind in _OF_PEOPLE and one.lacking:
            yield Shortfall(one.kind, one.path, one.what, one.asked, one.lacking)


_OF_PEOPLE: Final = frozenset({GapKind.SPECIALISTS, GapKind.LANGUAGES})


def _problems(team: Team, options: Iterable[object]) -> Iterator[Problem]:
    """Yield what is wrong with options, each with its place."""
    people = {member.id for member in team.members}
    joining: dict[str, Hire] = {}
    for index, option in enumerate(options):
        at = ("options", index)
        if isinstance(option, Training):
            if option.member not in people:
                name, near = option.member, nearest(option.member, people)
                yield Problem.of("unknown-member", *at, "member", name=name, near=near)
        elif not isinstance(option, Hire):
            yield Problem.of("wrong-value", *at, given=option, wanted="remedy-option")
        else:
            yield from (one.under(*at, "member") for one in _hire_problems(team, option.member))
            if joining.setdefault(option.member.id, option) != option:
                yield Problem.of("duplicate-id", *at, "member", id=option.member.id)


def _hire_problems(team: Team, member: Member) -> Iterator[Problem]:
    if any(member.id == one.id for one in team.members):
        yield Problem.of("in-team-already", name=member.id)
    roles = {role.id for role in team.roles}
    for key in ("roles", "affinity", "minutes"):
        for name in sorted(getattr(member, key)):
            yield from unknown_role(name, roles, key)
