"""Who may say yes to a stage, how many must, and when the stages of a circuit have enough.

What counts is the set of people who said yes, never their order: one more yes does no harm.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from cmcore.base.sharing import shared_out
from cmcore.base.values import value
from cmcore.circuits.circuit import Approvers, Quorum, Source
from cmcore.teams.gap import Unfit
from cmcore.teams.people import Member, Team, held_now

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
        Unfit(member.id, role, tuple(sorted(member.lacks(team.role(role)))))
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


@value
class VoteTally:
    """What one stage needs of an electorate of `size` people, and who has said yes to it."""

    need: Quorum
    size: int
    yes: frozenset[str]


def satisfied(stages: Sequence[VoteTally]) -> bool:
    """Return whether those who said yes are enough for all of the stages at once.

    A number asks for different people: nobody fills two places, even of two stages. A share asks
    how its own group stands, whoever fills a place elsewhere. A stage that asks for more people
    than there are, or for a share of nobody, is never met.
    """
    if not all(needed(one.need, one.size) <= min(one.size, len(one.yes)) for one in stages):
        return False
    return _all_placed([one for one in stages if not one.need.is_share])


def _all_placed(stages: Sequence[VoteTally]) -> bool:
    """Return whether the places of all stages can go to different people."""
    people = sorted(frozenset[str]().union(*(stage.yes for stage in stages)))
    able = [[n for n, person in enumerate(people) if person in stage.yes] for stage in stages]
    places = [stage.need.count for stage in stages]
    return shared_out(places, able, [1] * len(people)) == places
