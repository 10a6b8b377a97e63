"""Repair: a plan without some people, made of others by moves, until it is as good as any."""

from collections.abc import Sequence

from attrs import evolve

from cmcore.teams.solver._draft import Plan, Ranks
from cmcore.teams.solver._flow import solve_flow
from cmcore.teams.solver._local_moves import mend
from cmcore.teams.solver.model import Model


class Mending:
    """The best plan found without some people, and the least that is missing in every plan."""

    def __init__(self, model: Model, ranks: Ranks, away: int, least: tuple[int, int]) -> None:
        self.model, self.ranks, self.least = model, ranks, least
        self.may = [0 if away >> n & 1 else mask for n, mask in enumerate(model.may)]
        self.held = tuple(0 for _ in model.may)
        self.lacks = model.lacks(model.counts(self.held))

    @property
    def is_done(self) -> bool:
        """Whether no plan leaves less missing."""
        return self.lacks <= self.least

    def start(self, held: Sequence[int], *, is_quick: bool = False) -> bool:
        """Repair a plan for more people; say whether no plan leaves less missing."""
        plan = Plan(self.model, self.ranks, [0] * len(held), self.may)
        plan.start(held, self.model.loss)
        alone, *_ = mend(plan, self.least, is_quick=is_quick)
        if not alone:
            self._keep(plan.held)
        return self.is_done

    def settle(self) -> None:
        """Take it that as much is missing as in a flow, and its plan where it breaks no rule."""
        flow = solve_flow(evolve(self.model, may=tuple(self.may)))
        self.least = max(self.least, (flow.levels[0], 0))
        if self.model.sound(flow.held):
            self._keep(flow.held)

    def _keep(self, held: Sequence[int]) -> None:
        lacks = self.model.lacks(self.model.counts(held))
        if lacks < self.lacks:
            self.held, self.lacks = tuple(held), lacks
