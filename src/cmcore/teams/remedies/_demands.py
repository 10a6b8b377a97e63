"""What a team must reach, person by person, before nothing is missing.

Each demand adds up what everybody is worth to it; if that is less than required, something is
missing, however the roles are assigned. Whoever learns is worth no less.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import accumulate, combinations, islice
from typing import Final

from cmcore.base.values import internal
from cmcore.teams.assignment.assignment import Question
from cmcore.teams.duty import Rota, answers
from cmcore.teams.member import Member
from cmcore.teams.needs import Mix, Needs, NotOnly, Seats, Speakers, Specialists, Watch
from cmcore.teams.role import Role
from cmcore.teams.team import Team
from cmcore.teams.traits import Trait, look_of

#: The most sets of values checked for one mix; the search finds the others.
_MOST: Final = 100

_Test = Callable[[Member], bool]


def _anybody(_: Member) -> bool:
    return True


@internal(eq=False)
class Demand:
    """What is due, and what a member is worth to it.

    Where it is due of the holders of some `roles`, those count who pass the test `there`.
    """

    due: int
    worth: Callable[[Member], int]
    roles: frozenset[str] = frozenset()
    there: _Test = _anybody


def demands(question: Question, whole: Team, rota: Rota | None) -> Iterator[Demand]:
    """Yield what each need asks by itself, and each pin.

    `whole` is the team with all that it could become, which the rota is of.
    """
    held = partial(_held, question, whole)
    for path, need in question.needs.placed():
        match need:
            case Seats(role=role, least=least):
                yield held(least, {role}, _anybody)
                yield from _guarded(question.needs, role, partial(held, min(1, least), {role}))
            case Specialists(network=network, least=least):
                yield Demand(least, partial(_is_specialist, network))
            case Speakers(language=language, least=least):
                yield Demand(least, partial(_speaks, language))
            case NotOnly(of=of, value=same, roles=roles) if roles is not None:
                yield held(1, roles, partial(_is_known_other, of, frozenset({look_of(same)})))
            case Mix(roles=roles) if roles is not None:
                for others in _fewer_values(need, whole):
                    yield held(1, roles, partial(_is_known_other, need.of, others))
            case Watch(role=role) if role is not None and rota is not None:
                yield from _on_duty(need, whole, rota, int(path[1]), held)
            case _:
                pass
    for who, role in question.pins.pairs:
        yield held(1, {role}, partial(_is, who))


def _held(question: Question, whole: Team, due: int, roles: Iterable[str], there: _Test) -> Demand:
    """Return what is due of those among the holders of some roles who pass a test."""
    able = tuple(partial(can_hold, question, whole.role(role)) for role in sorted(roles))
    return Demand(due, partial(_can_hold_one, able, there), frozenset(roles), there)


def _guarded(needs: Needs, role: str, held: Callable[[_Test], Demand]) -> Iterator[Demand]:
    """Yield who else is due where those who hold a role are not to be alone."""
    for guard in needs.supervision:
        if guard.roles is None or role in guard.roles:
            yield held(partial(_is_other, guard.of, guard.value))


def _fewer_values(need: Mix, whole: Team) -> Iterator[frozenset[str]]:
    """Yield sets of too few values for a mix: for each, somebody is due who has another."""
    known = {member.look(need.of) for member in whole.members}
    values = sorted(filter(None, known))
    some = combinations(values, need.least - 1) if need.least else ()
    return map(frozenset, islice(some, _MOST))


def _on_duty(
    need: Watch, whole: Team, rota: Rota, index: int, held: Callable[..., Demand]
) -> Iterator[Demand]:
    """Yield what a watch over a role asks, whoever else is there; of fewer people first.

    What is due of some people is due of more as well, so that those groups are left out.
    """
    role = need.role or ""
    answering = partial(_answers, need)
    could = held(need.least, {role}, answering)
    able = sum(1 << number for number, one in enumerate(whole.members) if could.worth(one))
    kept: list[int] = []
    for group in sorted(
        {group for group, _ in rota.shifts(index, able)}, key=lambda n: (n.bit_count(), n)
    ):
        if not any(fewer & group == fewer for fewer in kept):
            kept.append(group)
            there = partial(_is_there, group, rota.numbers)
            yield held(need.least, {role}, there)
            if need.network or need.language:
                yield Demand(need.least, partial(_both, there, could.worth))


def seated(question: Question, roles: Iterable[Role], least: int) -> Demand:
    """Return the demand of some roles together: their seats, each person filling what they can.

    When people cannot fill the seats of a set of roles, no plan can (Hall 1935).
    """
    return Demand(least, partial(_seats_filled, question, tuple(roles)))


def _seats_filled(question: Question, roles: Iterable[Role], member: Member) -> int:
    """Return how many of the roles somebody can hold at once, at most: the quickest first."""
    able = [member.takes(role) for role in roles if can_hold(question, role, member)]
    quickest = sorted(able)[: member.most_roles]
    return sum(minutes <= member.availability.day for minutes in accumulate(quickest))


def can_hold(question: Question, role: Role, member: Member) -> bool:
    """Return whether somebody can hold a role at all."""
    return (
        not member.lacks(role)
        and (member.id, role.id) not in question.bans.pairs
        and member.most_roles != 0
        and member.takes(role) <= member.availability.day
    )


def _is_specialist(network: str, member: Member) -> bool:
    return member.networks.get(network, 0) > 0


def _speaks(language: str, member: Member) -> bool:
    return language in member.languages


def _can_hold_one(able: Iterable[_Test], there: _Test, member: Member) -> bool:
    return there(member) and any(test(member) for test in able)


def _is_other(of: Trait, same: str, member: Member) -> bool:
    return bool(member.trait(of) != same)


def _is_known_other(of: Trait, others: frozenset[str], member: Member) -> bool:
    known = member.look(of)
    return known is not None and known not in others


def _is(who: str, member: Member) -> bool:
    return member.id == who


def _is_there(group: int, numbers: Mapping[str, int], member: Member) -> bool:
    return bool(group >> numbers[member.id] & 1)


def _answers(watch: Watch, member: Member) -> bool:
    return answers(member, watch, frozenset({watch.role or ""}))


def _both(there: _Test, worth: Callable[[Member], int], member: Member) -> bool:
    return there(member) and bool(worth(member))
