"""Remedying: the cheapest trainings and hires that close all that lacks, by implicit hitting sets.

Source of the method: cores of what cannot be, hit at the least cost (Reiter 1987; Moreno-Centeno
and Karp 2013). A choice of options that leaves something open proves that others are needed: those
are a core. The lightest choice that meets all cores seen is tried next; the first that closes all
is the cheapest there is, since no choice that closes all misses a core. What makes cores sound is
that nothing opens when an option is added: nobody who learns or joins has to hold anything.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import attrs

from cmcore.foundation.counts import count_problems
from cmcore.foundation.errors import InvalidError, Problem
from cmcore.foundation.house import value
from cmcore.foundation.names import clip, did_you_mean
from cmcore.nouns.assignment import Assignment, Lack, Status
from cmcore.nouns.gaps import Kind
from cmcore.nouns.needs import Needs
from cmcore.nouns.people import Member, Team, unknown_role
from cmcore.nouns.remedies import Hire, Option, Remedy, Training, rank
from cmcore.policy.assigning.model import bits, mask_of
from cmcore.policy.dealing import answer
from cmcore.policy.hitting import Cover, Group, lightest
from cmcore.policy.measuring import Holder, Meter
from cmcore.policy.offering import possible_remedies
from cmcore.policy.trying import Trial

#: How many problems are solved before an answer is given with its gap.
BUDGET: Final = 2_000
#: How many more are solved for each option, at most, to spare what an answer with a gap can.
_MORE: Final = 3


def remedy(
    assignment: Assignment, options: Iterable[Option] | None = None, *, budget: int = BUDGET
) -> Remedy:
    """Return the cheapest of the options that together close all that lacks.

    What is closed is the shortage of the assignment, and the specialists and speakers that its
    needs ask for; other needs (work, mixes of the whole team, hours without a role) are left to
    `coverage`. Of choices that cost as much, the one with fewer options is taken, then the first
    in order of ids. Without options, those of `possible_remedies` are tried, at their costs.

    `budget` is the number of problems solved after which an answer is given with its bound; making
    the answer it is given with as small as can be may then take a few for each option.

    Raises:
        InvalidError: when a member who learns is not in the team, one who joins is already or
            joins twice, or has roles that there are not.
    """
    asked = assignment.question
    given = possible_remedies(asked.team, asked.needs) if options is None else tuple(options)
    found = [*_problems(asked.team, given), *count_problems(budget, "budget", least=1)]
    if found:
        raise InvalidError(found)
    if assignment.levels:
        asked = attrs.evolve(asked, previous=assignment.plan)
    trial = Trial(asked, sorted(set(given), key=rank), budget)
    outcome = _search(trial)
    is_known = outcome.chosen is not None
    chosen = trial.all if outcome.chosen is None else outcome.chosen
    after = answer(trial.asked(chosen))
    return Remedy(
        [trial.options[n] for n in bits(chosen)] if is_known else (),
        outcome.status,
        assignment,
        after,
        bound=outcome.bound,
        lacks=(*after.lacks, *_people_lacks(after.question.team, asked.needs)),
        tried=trial.spent,
    )


# ----------------------------------------------------------------------------------- the search


@value
class _Outcome:
    """The options that close all, as a mask, or None where none are known to."""

    status: Status
    chosen: int | None
    bound: int = 0


def _search(trial: Trial) -> _Outcome:
    """Try the lightest choice that meets all covers, until one closes all or the budget ends."""
    if trial.closes(trial.all) is False:
        return _Outcome(Status.INFEASIBLE, None)
    weights, bound = _weights(trial), 0
    covers: list[Cover] = list(trial.covers(0))
    while (chosen := lightest(weights, covers)) is not None:
        bound = trial.cost(chosen)
        closes = trial.closes(chosen)
        if closes:
            return _Outcome(Status.OPTIMAL, chosen, bound)
        if closes is None:
            break
        covers += trial.covers(chosen) or [_core(trial, chosen)]
    return _Outcome(Status.GAP, _small(trial), bound)


def _weights(trial: Trial) -> list[int]:
    """Weigh options so that cost comes first, then their number, then the order of the ids.

    No two choices weigh the same.
    """
    count = len(trial.options)
    unit = 1 << count
    return [
        option.cost * (count + 1) * unit + unit - (1 << (count - 1 - place))
        for place, option in enumerate(trial.options)
    ]


def _core(trial: Trial, failing: int) -> Cover:
    """Return options one of which is needed: all but those of a choice that fails, made large.

    The cheapest are added to it first, so that the dearest are left.
    """
    cheapest = sorted(bits(trial.all & ~failing), key=lambda place: trial.options[place].cost)
    added = _most(cheapest, lambda more: trial.closes(failing | more) is False)
    return Cover(tuple(Group(((place, 1),), 1) for place in bits(trial.all & ~failing & ~added)), 1)


def _small(trial: Trial) -> int | None:
    """Return options that close all, of which none can be spared, or None where none are known.

    The dearest are left out first.
    """
    if not trial.closes(trial.all):
        return None
    trial.budget += _MORE * len(trial.options)
    dearest = sorted(bits(trial.all), key=lambda place: -trial.options[place].cost)
    return trial.all & ~_most(dearest, lambda less: trial.closes(trial.all & ~less) is True)


def _most(places: Sequence[int], holds: Callable[[int], bool]) -> int:
    """Return as many places as can be, as a mask for which something holds still.

    In order, by steps that double while it holds; a place that fails alone fails with more.
    """
    kept, start, step = 0, 0, 1
    while start < len(places):
        more = kept | mask_of(places[start : start + step])
        if holds(more):
            kept, start, step = more, start + step, 2 * step
        elif step > 1:
            step //= 2
        else:
            start += 1
    return kept


def _people_lacks(team: Team, needs: Needs) -> Iterator[Lack]:
    """Yield which specialists and speakers lack, whoever holds which role."""
    crew = [Holder(member, frozenset(), number) for number, member in enumerate(team.members)]
    for one in Meter(team.roles, needs, None).all(crew):
        if one.kind in _OF_PEOPLE and one.lacking:
            yield Lack(one.kind, one.path, one.what, one.asked, one.lacking)


_OF_PEOPLE: Final = frozenset({Kind.SPECIALISTS, Kind.LANGUAGES})


def _problems(team: Team, options: Iterable[object]) -> Iterator[Problem]:
    """Yield what is wrong with options, each with its place."""
    people = {member.id for member in team.members}
    joining: dict[str, Hire] = {}
    for index, option in enumerate(options):
        at = ("options", index)
        if isinstance(option, Training):
            if option.member not in people:
                hint = did_you_mean(option.member, people)
                yield Problem(f"nobody is called `{clip(option.member)}`", (*at, "member"),
                              hint=hint)  # fmt: skip
        elif not isinstance(option, Hire):
            hint = "give a Training or a Hire"
            yield Problem(f"`{clip(option)}` is neither a training nor a hire", at, hint=hint)
        else:
            yield from (one.under(*at, "member") for one in _hire_problems(team, option.member))
            if joining.setdefault(option.member.id, option) != option:
                hint = "give each an id of its own"
                yield Problem(f"`{clip(option.member.id)}` would join twice", (*at, "member"),
                              hint=hint)  # fmt: skip


def _hire_problems(team: Team, member: Member) -> Iterator[Problem]:
    if any(member.id == one.id for one in team.members):
        yield Problem(f"`{clip(member.id)}` is in the team already")
    roles = [role.id for role in team.roles]
    for key in ("roles", "affinity", "minutes"):
        for name in sorted(getattr(member, key)):
            yield from unknown_role(name, roles, key)
