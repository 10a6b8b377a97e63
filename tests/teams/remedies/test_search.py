"""A team of twelve and a hundred options: settled by few solves, at the cost that HiGHS finds."""

from collections.abc import Iterator, Sequence
from itertools import product
from random import Random
from typing import Any

import pytest
from highspy import Highs

from cmcore import Availability, Member, Needs, Role, Seats, Team, assign, remedy
from cmcore.base.frozen import each_once
from cmcore.teams import (
    Hire,
    Mix,
    Separation,
    Speakers,
    Specialists,
    Status,
    Supervision,
    Training,
    possible_remedies,
)
from cmcore.teams.remedies.remedy import Option

SKILLS = [f"s{n}" for n in range(10)]


def drawn(seed: int, most: int) -> tuple[Team, Needs]:
    """Draw a team whose members have up to so many of ten skills, all of them asked for."""
    random = Random(seed)  # noqa: S311 - a team, not a secret
    roles = [Role(f"r{n}", requires={skill}, minutes=60 + 30 * (n % 3))
             for n, skill in enumerate(SKILLS)]  # fmt: skip
    members = [
        Member(
            f"m{n:02}",
            skills=each_once(random.sample(SKILLS, random.randint(most // 2, most))),
            languages={random.choice(["fr", "en", "de"])},
            contract=random.choice(["internship", "permanent"]),
            trade=random.choice(["law", "design", None]),
            availability=Availability(minutes=random.choice([240, 300])),
            most_roles=random.choice([1, 2, 3]),
        )
        for n in range(12)
    ]
    needs = Needs(
        "n",
        seats=[Seats(role.id, 1 + n % 2, weight=1 + n % 3) for n, role in enumerate(roles)],
        languages=[Speakers("de", 5)],
        specialists=[Specialists("bluesky", 2)],
        mix=[Mix("trade", 2, {"r2", "r3"})],
        supervision=[Supervision()],
        separation=[Separation("r4", "r5")],
    )
    return Team("t", members, roles), needs


class Whole:
    """The whole question as one integer program: who learns what, who joins, who holds what."""

    def __init__(self, team: Team, needs: Needs, options: Sequence[Option]) -> None:
        self.solver: Any = Highs()  # type: ignore[no-untyped-call]
        self.solver.setOptionValue("output_flag", False)  # noqa: FBT003 - the solver's own way
        self.options = options
        self.taken = [self.solver.addBinary(obj=option.cost) for option in options]
        joining = [one.member for one in options if isinstance(one, Hire)]
        self.people = [*team.members, *joining]
        self.held = {(one.id, role.id): self.solver.addBinary()
                     for one, role in product(self.people, team.roles)}  # fmt: skip
        for one, role in product(self.people, team.roles):
            for skill in role.requires:
                self.solver.addConstr(self.held[one.id, role.id] <= self.known(one, skill))
        for one in self.people:
            mine = [(role, self.held[one.id, role.id]) for role in team.roles]
            if one.most_roles is not None:
                self.solver.addConstr(self.total(held for _, held in mine) <= one.most_roles)
            spent = self.total(role.minutes * held for role, held in mine)
            self.solver.addConstr(spent <= one.availability.day)
            for two in needs.separation:
                both = self.held[one.id, two.first] + self.held[one.id, two.second]
                self.solver.addConstr(both <= 1)
        self.ask(team, needs)

    def total(self, some: Iterator[Any]) -> Any:  # noqa: ANN401 - the solver's own sums
        return sum(some, self.solver.expr())

    def known(self, one: Member, skill: str) -> Any:  # noqa: ANN401 - the solver's own sums
        """Return how many options, or what they are, make somebody have a skill; 1 if they do."""
        joins = [taken for option, taken in self.chosen() if isinstance(option, Hire)
                 and option.member.id == one.id]  # fmt: skip
        if skill in {*one.skills, *one.languages, *one.networks}:
            return joins[0] if joins else self.solver.expr(1)
        return self.total(
            taken
            for option, taken in self.chosen()
            if isinstance(option, Training) and option.member == one.id and skill in option.learned
        )

    def chosen(self) -> Iterator[tuple[Option, Any]]:
        return zip(self.options, self.taken, strict=True)

    def ask(self, team: Team, needs: Needs) -> None:
        for need in needs.seats:
            filled = self.total(self.held[one.id, need.role] for one in self.people)
            self.solver.addConstr(filled >= need.least)
        for name, least in (
            *((need.language, need.least) for need in needs.languages),
            *((need.network, need.least) for need in needs.specialists),
        ):
            there = self.total(self.known(one, name) for one in self.people)
            self.solver.addConstr(there >= least)
        for one, role in product(self.people, team.roles):
            if one.contract == "internship":
                guards = [other for other in self.people if other.contract != "internship"]
                there = self.total(self.held[other.id, role.id] for other in guards)
                self.solver.addConstr(self.held[one.id, role.id] <= there)
        for trade in ("law", "design"):
            some = [one for one in self.people if one.trade == trade]
            there = self.total(self.held[one.id, role] for one in some for role in ("r2", "r3"))
            self.solver.addConstr(there >= 1)

    def cost(self) -> int:
        self.solver.run()
        cost: float = self.solver.getObjectiveValue()
        return round(cost)


@pytest.mark.parametrize(("seed", "most"), [(2, 3), (3, 5), (4, 5), (5, 4)])
def test_a_team_of_twelve_is_settled_by_few_solves(seed: int, most: int) -> None:
    team, needs = drawn(seed, most)
    options = possible_remedies(team, needs)
    assert len(options) > 70
    found = remedy(assign(team, needs), options)
    assert found.status is Status.OPTIMAL
    assert found.cost == found.bound == Whole(team, needs, options).cost()
    assert found.tried < 20
    assert found.is_closed
