"""Demanding: what a team must reach, person by person, before nothing can lack.

Each demand adds up what everybody is worth to it; where that is less than what is due, something
lacks, however the roles are dealt. Whoever learns is worth no less.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import accumulate

from cmcore.foundation.house import value
from cmcore.nouns.assignment import Question
from cmcore.nouns.needs import NotOnly, Seats, Speakers, Specialists, Watch
from cmcore.nouns.people import Member, Role
from cmcore.nouns.remedies import Training
from cmcore.policy.watching import Rota, answers


@value(eq=False)
class Demand:
    """What is due, and what a member is worth to it; `roles` are those it is about, if several."""

    due: int
    worth: Callable[[Member], int]
    roles: tuple[Role, ...] = ()

    def reach(self, member: Member, training: Training) -> int:
        """Return by how much a training can add to what a member is worth, at most."""
        if len(self.roles) > 1:
            return sum(not training.skills.isdisjoint(member.lacks(role)) for role in self.roles)
        return 1


def demands(question: Question, rota: Rota | None, numbers: Mapping[str, int]) -> Iterator[Demand]:
    """Yield what each need asks by itself, and each pin.

    `numbers` are the places of the members in the team that the rota is of.
    """
    able = partial(can_hold, question)
    role = question.team.role
    for path, need in question.needs.placed():
        match need:
            case Seats():
                yield seated(question, [role(need.role)], need.least)
            case Specialists(network=network, least=least):
                yield Demand(least, partial(_is_specialist, network))
            case Speakers(language=language, least=least):
                yield Demand(least, partial(_speaks, language))
            case NotOnly(roles=roles) if roles is not None:
                among = [role(id_) for id_ in sorted(roles)]
                yield Demand(1, partial(_is_other, able, need, among))
            case Watch(role=watched) if watched is not None and rota is not None:
                for mask in rota.groups(int(path[1])):
                    there = partial(_is_there, mask, numbers)
                    test = partial(_is_on_duty, able, need, role(watched), there)
                    yield Demand(need.least, test)
            case _:
                pass
    for who, held in question.pins.pairs:
        yield Demand(1, partial(_can_be_pinned, able, who, role(held)))


def seated(question: Question, roles: Iterable[Role], least: int) -> Demand:
    """Return the demand of some roles together: so many seats, each person filling what they can.

    When people cannot fill the seats of a set of roles, no deal can (Hall 1935).
    """
    many = tuple(roles)
    apart = list(_couples(question, {role.id for role in many}))
    return Demand(least, partial(_seats_filled, question, many, apart), many)


def _couples(question: Question, roles: set[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of roles kept apart, no role twice: each pair then counts for one at most."""
    for two in question.needs.separation:
        if {two.first, two.second} <= roles:
            roles -= {two.first, two.second}
            yield two.first, two.second


def can_hold(question: Question, member: Member, role: Role) -> bool:
    """Tell whether somebody can hold a role at all."""
    return not member.lacks(role) and (member.id, role.id) not in question.bans.pairs


def _seats_filled(
    question: Question, roles: Iterable[Role], apart: Iterable[tuple[str, str]], member: Member
) -> int:
    """Return how many of the roles somebody can hold at once, at most.

    The quickest roles first; of two that are kept apart, the quicker one only.
    """
    able = {role.id: member.takes(role) for role in roles if can_hold(question, member, role)}
    for one, other in apart:
        if one in able and other in able:
            del able[max(one, other, key=able.__getitem__)]
    quickest = sorted(able.values())[: member.hats]
    day = member.availability.day
    return sum(minutes <= day for minutes in accumulate(quickest))


_Able = Callable[[Member, Role], bool]


def _is_specialist(network: str, member: Member) -> bool:
    return member.networks.get(network, 0) > 0


def _speaks(language: str, member: Member) -> bool:
    return language in member.languages


def _is_other(able: _Able, need: NotOnly, roles: Iterable[Role], member: Member) -> bool:
    known = getattr(member, need.of)
    return known not in {None, need.value} and any(able(member, role) for role in roles)


def _is_there(mask: int, numbers: Mapping[str, int], member: Member) -> bool:
    return bool(mask >> numbers[member.id] & 1)


def _is_on_duty(
    able: _Able, watch: Watch, role: Role, there: Callable[[Member], bool], member: Member
) -> bool:
    return there(member) and answers(member, watch, frozenset({role.id})) and able(member, role)


def _can_be_pinned(able: _Able, who: str, role: Role, member: Member) -> bool:
    return member.id == who and able(member, role)
