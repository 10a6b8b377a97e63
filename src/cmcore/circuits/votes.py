"""Who may say yes to a stage, how many must, and when the stages of a circuit have enough.

What counts is the set of people who said yes, never their order: one more yes does no harm.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from cmcore.base.frozen import FrozenMap
from cmcore.base.sharing import shared_out
from cmcore.base.values import value
from cmcore.circuits.approvers import Approvers, Source
from cmcore.circuits.quorum import Quorum
from cmcore.teams.gap import Unfit
from cmcore.teams.member import Member
from cmcore.teams.team import Team, held_now
from cmcore.teams.traits import Trait

_FOUND: Final[Mapping[Source, Callable[[Member, Team], frozenset[str]]]] = {
    Source.ROLE: lambda member, team: held_now(team, member),
    Source.SKILL: lambda member, _: member.skills,
    Source.TEAM: lambda _, team: frozenset({team.id}),
    Source.NAME: lambda member, _: frozenset({member.id}),
}


def electorate(approvers: Approvers, team: Team, author: str | None = None) -> tuple[str, ...]:
    """Return the ids of those whom `approvers` finds in the team, sorted; never the author's.

    A role assigned to somebody without the skills it requires is not held.
    """
    found = _FOUND[approvers.by]
    return tuple(
        member.id
        for member in team.members
        if member.id != author and not approvers.names.isdisjoint(found(member, team))
    )


def unfit(approvers: Approvers, team: Team, author: str | None = None) -> tuple[Unfit, ...]:
    """Return whom `approvers` would find but for a skill: who has a role they ask, without it."""
    found = {*electorate(approvers, team, author), author}
    asked = approvers.names if approvers.by is Source.ROLE else frozenset()
    return tuple(
        member.unfit(team.role(role))
        for member in team.members
        if member.id not in found
        for role in sorted(member.roles & asked)
    )


def needed(quorum: Quorum, size: int) -> int:
    """Return how many of `size` people must say yes: one at least, even of nobody.

    A share is rounded up, and one that asks for more than a share is strictly above it.
    """
    if quorum.out_of is None:
        return quorum.count
    whole, rest = divmod(quorum.count * size, quorum.out_of)
    return max(1, whole + (quorum.beyond or rest > 0))


def known_values(trait: Trait, team: Team) -> FrozenMap[str]:
    """Return the values of a trait by the ids of those in the team for whom it is known.

    Those that look the same are the same: nobody is of another employer by an accent or a comma.
    """
    return values_of(trait, team.members)


def values_of(trait: Trait, people: Iterable[Member]) -> FrozenMap[str]:
    """Return the values of a trait by the ids of those for whom it is known, as they look."""
    known = ((member.id, member.look(trait)) for member in people)
    return FrozenMap({id_: found for id_, found in known if found is not None})


def differing(people: Iterable[str], values: Mapping[str, str]) -> int:
    """Return how many of some people differ in a trait, at most: as many as its known values."""
    return len({values[person] for person in people if person in values})


@value
class VoteTally:
    """What one stage needs of an electorate of `size` people, and who has said yes to it.

    If they must differ in a trait, `values` has what is known of it, by person.
    """

    need: Quorum
    size: int
    yes: frozenset[str]
    values: FrozenMap[str] | None = None


def satisfied(stages: Sequence[VoteTally]) -> bool:
    """Return whether those who said yes are enough for all of the stages at once.

    A number asks for different people: nobody fills two places, even of two stages. A share asks
    how its own group stands, whoever fills a place elsewhere. A stage that asks for more people
    than there are, or for a share of nobody, is never met. Of people who must differ, one counts of
    each value; whoever's value is unknown does not count.
    """
    if not all(needed(one.need, one.size) <= min(one.size, len(one.yes)) for one in stages):
        return False
    return _all_placed([one for one in stages if not one.need.is_share])


def _all_placed(stages: Sequence[VoteTally]) -> bool:
    """Return whether the places of all stages can go to different people.

    Where people must differ, there is a place for each value, and those that need not be filled are
    filled by nobody in particular.
    """
    people = sorted(frozenset[str]().union(*(stage.yes for stage in stages)))
    wanted: list[int] = []
    able: list[list[int]] = []
    given = [1] * len(people)
    for stage in stages:
        yes = [n for n, person in enumerate(people) if person in stage.yes]
        if stage.values is None:
            wanted.append(stage.need.count)
            able.append(yes)
            continue
        known = {n: stage.values[people[n]] for n in yes if people[n] in stage.values}
        values = sorted({*known.values()})
        spare = len(values) - stage.need.count
        if spare < 0:
            return False
        wanted += [1] * len(values)
        able += [[*(n for n in known if known[n] == one), len(given)] for one in values]
        given.append(spare)
    return shared_out(wanted, able, given) == wanted
