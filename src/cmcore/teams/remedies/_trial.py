"""Trying: whether a choice of trainings and hires leaves anything open, and what that proves."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs

from cmcore.teams.assignment.assignment import Question
from cmcore.teams.assignment.problem import on_duty, pose
from cmcore.teams.duty import Rota
from cmcore.teams.member import Member
from cmcore.teams.remedies._demands import Demand, demands, seated
from cmcore.teams.remedies._prices import Cover
from cmcore.teams.remedies.remedy import Hire, Option, Training
from cmcore.teams.solver.blocks import blocks
from cmcore.teams.solver.model import mask_of
from cmcore.teams.solver.problem import Problem
from cmcore.teams.solver.solution import Solution
from cmcore.teams.solver.solve import Engine, Solver
from cmcore.time.intervals import Span

#: How far the solver may go to say whether a choice leaves anything open, and how far where that
#: is one of many choices tried on the way.
FAR: Final = 300
NEAR: Final = 10


class Trial:
    """Tries choices of options, given as masks of their places, and keeps what each has proven.

    `budget` is the number of problems that may be solved, and `spent` that of those that were.
    """

    def __init__(
        self, question: Question, options: Sequence[Option], budget: int, solver: Solver = "auto"
    ) -> None:
        self.question, self.options = question, options
        self.solver: Solver = solver
        self.budget, self.spent = budget, 0
        self.all = (1 << len(options)) - 1
        self.people = list(_people(question, options))
        # Swept once for all choices: learning changes no hours, and people who do not join only
        # split them.
        whole = self.asked(self.all)
        self._rota = Rota(whole.team, whole.needs, whole.window) if whole.window else None
        self.demands = list(demands(question, whole.judged, self._rota))
        self._tallies = [_Tally(demand, self.people) for demand in self.demands]
        self._sets: set[tuple[int, ...]] = set()
        self._closing: list[int] = []
        self._failing: list[int] = []

    def asked(self, chosen: int) -> Question:
        """Return the question once a choice is made."""
        made = (person.made(chosen) for person in self.people)
        team = attrs.evolve(self.question.team, members=[one for one in made if one is not None])
        return attrs.evolve(self.question, team=team)

    def posed(self, chosen: int) -> Problem:
        """Return the problem that the question poses once a choice is made."""
        asked = self.asked(chosen)
        return pose(
            asked.judged,
            asked.needs,
            on_duty(asked.judged, asked.needs, self._rota),
            previous=asked.previous,
            pins=asked.pins,
            bans=asked.bans,
        ).problem

    def fails(self, chosen: int) -> bool:
        """Return whether it is known without solving that a choice leaves something open.

        What leaves something open did so with fewer options.
        """
        return self.lacks(chosen) or any(not chosen & ~known for known in self._failing)

    def lacks(self, chosen: int) -> bool:
        """Return whether a demand says by itself that a choice leaves something open."""
        return any(tally.lacking(chosen) for tally in self._tallies)

    def closes(self, chosen: int, budget: int = FAR) -> bool | None:
        """Return whether nothing is missing once a choice is made; None where that is unknown.

        What closes all still does with more options.
        """
        if any(not known & ~chosen for known in self._closing):
            return True
        if self.fails(chosen):
            return False
        if self.spent >= self.budget:
            return None
        self.spent += 1
        problem = self.posed(chosen)
        found = Engine(self.solver, budget).solve(problem, 2)
        closes = _verdict(found)
        if closes:
            self._closing.append(chosen)
        elif closes is False:
            self._failing.append(chosen)
            self._learn(problem, found, chosen)
        return closes

    def covers(self) -> Iterator[Cover]:
        """Yield what each demand asks of options at least, but for those of holders."""
        for tally in self._tallies:
            if not tally.demand.roles and tally.lacking(0):
                yield tally.cover()

    def _learn(self, problem: Problem, found: Solution, chosen: int) -> None:
        """Keep, as demands, the sets of roles that too few people can fill together."""
        for block in blocks(problem, found):
            if block.roles not in self._sets:
                self._sets.add(block.roles)
                roles = [self.question.team.roles[place] for place in block.roles]
                tally = _Tally(seated(self.question, roles, block.wanted), self.people)
                if tally.lacking(chosen):
                    self._tallies.append(tally)


def _verdict(found: Solution) -> bool | None:
    """Return whether nothing is missing, as far as the solver has proven."""
    if not found.levels:
        return False if found.status == "infeasible" else None
    lacks = found.levels[:2]
    if any(one.bound > 0 for one in lacks):
        return False
    return None if any(one.value for one in lacks) else True


class Candidate:
    """Somebody in the team who may learn, or who may join it, by options at these places.

    `now` is who they are in the window, before any option is taken.
    """

    def __init__(self, member: Member, options: Mapping[int, Option], window: Span | None) -> None:
        self.member, self.options, self._window = member, options, window
        self.now = self._judged(member)
        self.own = mask_of([*options])
        self._made: dict[int, Member | None] = {}

    def _judged(self, member: Member) -> Member:
        window = self._window
        return member.at(window.start, window.stop) if window else member

    def then(self, chosen: int) -> Member | None:
        """Return who they are in the window once a choice is made, if they are there."""
        made = self.made(chosen)
        return None if made is None else self._judged(made)

    def made(self, chosen: int) -> Member | None:
        """Return them as a choice makes them, or None where they do not join."""
        own = chosen & self.own
        if own not in self._made:
            self._made[own] = self._make(own)
        return self._made[own]

    def _make(self, own: int) -> Member | None:
        made = self.member
        for place, option in self.options.items():
            if isinstance(option, Training):
                made = option.taught(made) if own >> place & 1 else made
            elif not own:
                return None
        return made


def _people(question: Question, options: Sequence[Option]) -> Iterator[Candidate]:
    members, window = question.team.members, question.window
    trainings: dict[str, dict[int, Option]] = {member.id: {} for member in members}
    for place, option in enumerate(options):
        if isinstance(option, Hire):
            yield Candidate(option.member, {place: option}, window)
        else:
            trainings[option.member][place] = option
    for member in members:
        yield Candidate(member, trainings[member.id], window)


class _Tally:
    """What everybody is worth to a demand, by the options that make them."""

    def __init__(self, demand: Demand, people: Sequence[Candidate]) -> None:
        self.demand = demand
        self._people = [(person, dict[int, int]()) for person in people]

    def _worth(self, person: Candidate, known: dict[int, int], chosen: int) -> int:
        own = chosen & person.own
        if own not in known:
            made = person.then(own)
            known[own] = 0 if made is None else self.demand.worth(made)
        return known[own]

    def lacking(self, chosen: int) -> int:
        """Return how much is due that a choice does not reach, 0 where it does."""
        left = self.demand.due
        for person, known in self._people:
            left -= self._worth(person, known, chosen)
            if left <= 0:
                return 0
        return left

    def cover(self) -> Cover:
        """Return what it takes, where each person is worth 1 at most.

        Options that add nothing are taken first, so that only others are left: to learn a part of
        what it takes is worth nothing, but may be due of everybody who has not the rest.
        """
        chosen, gains = 0, list[tuple[int, int]]()
        for person, known in self._people:
            for place in person.options:
                more = chosen | 1 << place
                if self._worth(person, known, more) == self._worth(person, known, chosen):
                    chosen = more
            gains += [(place, 1) for place in person.options if not chosen >> place & 1]
        return Cover(tuple(gains), self.lacking(chosen))
