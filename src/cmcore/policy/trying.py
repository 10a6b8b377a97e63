"""Trying: whether a choice of trainings and hires leaves anything open, and what that proves."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs

from cmcore.nouns.assignment import Question
from cmcore.nouns.people import Member
from cmcore.nouns.remedies import Hire, Option, Training
from cmcore.policy.assigning.blocking import blocks
from cmcore.policy.assigning.model import bits, mask_of
from cmcore.policy.assigning.problem import Problem
from cmcore.policy.assigning.solve import Solution, solve
from cmcore.policy.demanding import Demand, demands, seated
from cmcore.policy.hitting import Cover, Group
from cmcore.policy.posing import on_duty, pose
from cmcore.policy.watching import Rota

#: How many nodes the solver may search to tell whether one choice leaves anything open.
NODES: Final = 200


class Trial:
    """Tries choices of options, given as masks of their places, and keeps what each has proven.

    `budget` is the number of problems that may be solved, and `spent` that of those that were.
    """

    def __init__(self, question: Question, options: Sequence[Option], budget: int) -> None:
        self.options, self.budget, self.spent = options, budget, 0
        self.all = (1 << len(options)) - 1
        self._question = question
        self._people = list(_people(question.team.members, options))
        # Swept once for all choices: learning changes no hours, and whoever does not join only
        # cuts them up.
        whole = self.asked(self.all)
        self._rota = Rota(whole.team, whole.needs, whole.window) if whole.window else None
        self._numbers = {member.id: n for n, member in enumerate(whole.team.members)}
        asked = demands(question, self._rota, self._numbers)
        self._tallies = [_Tally(demand, self._people) for demand in asked]
        self._sets: set[tuple[int, ...]] = set()
        self._closing: list[int] = []
        self._failing: list[int] = []

    def cost(self, chosen: int) -> int:
        """Return what a choice costs."""
        return sum(self.options[place].cost for place in bits(chosen))

    def asked(self, chosen: int) -> Question:
        """Return the question once a choice is made."""
        made = (person.made(chosen) for person in self._people)
        team = attrs.evolve(self._question.team, members=[one for one in made if one is not None])
        return attrs.evolve(self._question, team=team)

    def posed(self, chosen: int) -> Problem:
        """Return the problem that the question poses once a choice is made."""
        asked = self.asked(chosen)
        return pose(
            asked.team,
            asked.needs,
            on_duty(asked.team, asked.needs, self._rota, self._numbers),
            previous=asked.previous,
            pins=asked.pins,
            bans=asked.bans,
        ).problem

    def closes(self, chosen: int) -> bool | None:
        """Tell whether nothing lacks once a choice is made; None where that is not known.

        What closes all still does with more options, and what does not did not with fewer.
        """
        if any(not known & ~chosen for known in self._closing):
            return True
        if any(not chosen & ~known for known in self._failing):
            return False
        if any(tally.lacking(chosen) for tally in self._tallies):
            return False
        return self._solved(chosen) if self.spent < self.budget else None

    def covers(self, chosen: int) -> Iterator[Cover]:
        """Yield what more it takes, at the least, for each demand that a choice does not meet."""
        return (tally.cover(chosen) for tally in self._tallies if tally.lacking(chosen))

    def _solved(self, chosen: int) -> bool | None:
        self.spent += 1
        problem = self.posed(chosen)
        found = solve(problem, budget=NODES, depth=1)
        closes = _verdict(found)
        if closes is False:
            self._failing.append(chosen)
            self._learn(problem, found, chosen)
        elif closes:
            self._closing.append(chosen)
        return closes

    def _learn(self, problem: Problem, found: Solution, chosen: int) -> None:
        """Keep, as demands, the sets of roles that too few people can fill together."""
        for block in blocks(problem, found):
            if block.roles in self._sets:
                continue
            self._sets.add(block.roles)
            roles = [self._question.team.roles[place] for place in block.roles]
            tally = _Tally(seated(self._question, roles, block.wanted), self._people)
            if tally.lacking(chosen):
                self._tallies.append(tally)


def _verdict(found: Solution) -> bool | None:
    """Tell whether nothing lacks, as far as the solver has proven."""
    if not found.levels:
        return False if found.status == "infeasible" else None
    short = found.levels[0]
    if short.value and short.bound <= 0:
        return None
    return not short.value


class _Person:
    """Somebody of the team who may learn, or who may join it, by options at these places."""

    def __init__(self, member: Member, options: Mapping[int, Option]) -> None:
        self.own = mask_of([*options])
        self.options = options
        self._member = member
        self._made: dict[int, Member | None] = {}

    def made(self, chosen: int) -> Member | None:
        """Return them as a choice makes them, or None where they do not join."""
        own = chosen & self.own
        if own not in self._made:
            self._made[own] = self._make(own)
        return self._made[own]

    def _make(self, own: int) -> Member | None:
        made = self._member
        for place, option in self.options.items():
            if own >> place & 1:
                made = option.taught(made) if isinstance(option, Training) else made
            elif isinstance(option, Hire):
                return None
        return made


def _people(members: Sequence[Member], options: Sequence[Option]) -> Iterator[_Person]:
    trainings: dict[str, dict[int, Option]] = {member.id: {} for member in members}
    for place, option in enumerate(options):
        if isinstance(option, Hire):
            yield _Person(option.member, {place: option})
        else:
            trainings[option.member][place] = option
    for member in members:
        yield _Person(member, trainings[member.id])


class _Tally:
    """What everybody is worth to a demand, by the options that made them."""

    def __init__(self, demand: Demand, people: Sequence[_Person]) -> None:
        self.demand = demand
        self._people = [person for person in people if person.own]
        self._worth: list[dict[int, int]] = [{} for _ in self._people]
        self._fixed = sum(
            demand.worth(made) for person in people
            if not person.own and (made := person.made(0)) is not None
        )  # fmt: skip

    def lacking(self, chosen: int) -> int:
        """Return how much is due that a choice does not reach, 0 where it does."""
        reached = sum(self._of(n, chosen) for n in range(len(self._people)))
        return max(0, self.demand.due - self._fixed - reached)

    def _of(self, number: int, chosen: int) -> int:
        person, known = self._people[number], self._worth[number]
        own = chosen & person.own
        if own not in known:
            made = person.made(own)
            known[own] = 0 if made is None else self.demand.worth(made)
        return known[own]

    def cover(self, chosen: int) -> Cover:
        """Return what more it takes, at the least: by how much each option can add, at most.

        Options that add nothing to the choice go with it first, so that only others are left.
        """
        groups: list[Group] = []
        for number, person in enumerate(self._people):
            worth = self._of(number, chosen)
            for place in person.options:
                if self._of(number, chosen | 1 << place) == worth:
                    chosen |= 1 << place
            most = self._of(number, person.own) - worth
            gains = tuple(
                (place, min(most, self._reach(person.made(chosen), option)))
                for place, option in person.options.items()
                if not chosen >> place & 1
            )
            if gains:
                groups.append(Group(gains, most))
        return Cover(tuple(groups), self.lacking(chosen))

    def _reach(self, member: Member | None, option: Option) -> int:
        """Return by how much an option can add to what somebody is worth, at most."""
        if member is None or isinstance(option, Hire):
            return self.demand.due
        return self.demand.reach(member, option)
