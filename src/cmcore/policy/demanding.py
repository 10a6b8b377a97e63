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
from cmcore.nouns.people import Member, Role, Team
from cmcore.policy.watching import Rota, answers

_Test = Callable[[Member], bool]


@value(eq=False)
class Demand:
    """What is due, and what a member is worth to it.

    Where it is due of the holders of one `role`, those count who pass the test `there`.
    """

    due: int
    worth: Callable[[Member], int]
    role: str | None = None
    there: _Test = bool


def demands(question: Question, whole: Team, rota: Rota | None) -> Iterator[Demand]:
    """Yield what each need asks by itself, and each pin.

    `whole` is the team with all that it could become, which the rota is of.
    """
    able = partial(can_hold, question)
    for path, need in question.needs.placed():
        match need:
            case Seats(role=id_, least=least):
                role = whole.role(id_)
                yield Demand(least, partial(able, role), id_)
            case Specialists(network=network, least=least):
                yield Demand(least, partial(_is_specialist, network))
            case Speakers(language=language, least=least):
                yield Demand(least, partial(_speaks, language))
            case NotOnly(roles=roles) if roles is not None:
                among = [partial(able, whole.role(id_)) for id_ in sorted(roles)]
                yield Demand(1, partial(_is_other, need, among))
            case Watch(role=held) if held is not None and rota is not None:
                yield from _on_duty(need, partial(able, whole.role(held)), whole,
                                    rota.groups(int(path[1])))  # fmt: skip
            case _:
                pass
    for who, id_ in question.pins.pairs:
        yield Demand(1, partial(_both, partial(_is, who), partial(able, whole.role(id_))))


def _on_duty(need: Watch, able: _Test, whole: Team, groups: Iterable[int]) -> Iterator[Demand]:
    """Yield what a watch over a role asks, whenever others are there; of fewer people first.

    What is due of some people is due of more as well, so that those groups are left out.
    """
    numbers = {member.id: number for number, member in enumerate(whole.members)}
    answering = partial(_answers, need)
    could = sum(1 << numbers[m.id] for m in whole.members if answering(m) and able(m))
    kept: list[int] = []
    for group in sorted({group & could for group in groups}, key=lambda n: (n.bit_count(), n)):
        if not any(fewer & group == fewer for fewer in kept):
            kept.append(group)
            there = partial(_is_there, group, numbers)
            yield Demand(need.least, partial(_both, there, able), need.role, there)
            if need.network or need.language:
                yield Demand(need.least, partial(_both, answering, partial(_both, there, able)))


def seated(question: Question, roles: Iterable[Role], least: int) -> Demand:
    """Return the demand of some roles together: so many seats, each person filling what they can.

    When people cannot fill the seats of a set of roles, no deal can (Hall 1935).
    """
    many = tuple(roles)
    apart = list(_couples(question, {role.id for role in many}))
    return Demand(least, partial(_seats_filled, question, many, apart))


def _couples(question: Question, roles: set[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of roles kept apart, no role twice: each pair then counts for one at most."""
    for two in question.needs.separation:
        if {two.first, two.second} <= roles:
            roles -= {two.first, two.second}
            yield two.first, two.second


def _seats_filled(
    question: Question, roles: Iterable[Role], apart: Iterable[tuple[str, str]], member: Member
) -> int:
    """Return how many of the roles somebody can hold at once, at most: the quickest first."""
    able = {role.id: member.takes(role) for role in roles if can_hold(question, role, member)}
    for one, other in apart:
        if one in able and other in able:
            del able[max(one, other, key=able.__getitem__)]
    quickest = sorted(able.values())[: member.hats]
    return sum(minutes <= member.availability.day for minutes in accumulate(quickest))


def can_hold(question: Question, role: Role, member: Member) -> bool:
    """Tell whether somebody can hold a role at all."""
    return (
        not member.lacks(role)
        and (member.id, role.id) not in question.bans.pairs
        and member.hats != 0
        and member.takes(role) <= member.availability.day
    )


def _is_specialist(network: str, member: Member) -> bool:
    return member.networks.get(network, 0) > 0


def _speaks(language: str, member: Member) -> bool:
    return language in member.languages


def _is_other(need: NotOnly, able: Iterable[_Test], member: Member) -> bool:
    is_other = getattr(member, need.of) not in {None, need.value}
    return is_other and any(test(member) for test in able)


def _is(who: str, member: Member) -> bool:
    return member.id == who


def _is_there(group: int, numbers: Mapping[str, int], member: Member) -> bool:
    return bool(group >> numbers[member.id] & 1)


def _answers(watch: Watch, member: Member) -> bool:
    return answers(member, watch, frozenset({watch.role or ""}))


def _both(first: _Test, second: _Test, member: Member) -> bool:
    return first(member) and second(member)
