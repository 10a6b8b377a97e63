"""What lacks without some people, against all the deals there are among the others."""

from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cmcore.teams.solver.absences import WORK, Absences
from cmcore.teams.solver.problem import Problem
from cmcore.teams.solver.solve import Engine

from .oracles import brute_force, problems


@settings(max_examples=200)
@given(problem=problems(4, 4), most=st.sampled_from([0, 1, WORK]), data=st.data())
def test_no_deal_without_somebody_lacks_less(
    problem: Problem, most: int, data: st.DataObject
) -> None:
    problem = evolve(problem, pins=())
    deals = Absences(problem, Engine("own"), 2, most)
    away = data.draw(st.integers(0, (1 << len(problem.fit)) - 1))
    gone = [[None] * len(problem.seats) if away >> n & 1 else row
            for n, row in enumerate(problem.fit)]  # fmt: skip
    best = brute_force(evolve(problem, fit=gone))
    for found in (deals.without(away), deals.exactly(away)):
        assert best
        assert found.lacks >= best[:2]
        assert found.lacks == best[:2] or not found.is_proven
        assert found.is_proven or most < WORK


@given(problem=problems(3, 4), others=st.integers(0, 7))
def test_those_who_are_alike_are_missed_alike(problem: Problem, others: int) -> None:
    assume(problem.fit)
    tables = ("fit", "hats", "capacity", "minutes", "loads")
    rows = {name: getattr(problem, name) for name in tables}
    twins = {name: (some[0], *some) for name, some in rows.items()}
    problem = evolve(problem, pins=(), bans=(), rules=(), previous=(), **twins)
    rest = others << 2 & (1 << len(problem.fit)) - 1
    deals = Absences(problem, Engine("own"), 2)
    for away in (rest | 2, rest | 1):
        gone = [[None] * len(problem.seats) if away >> n & 1 else row
                for n, row in enumerate(problem.fit)]  # fmt: skip
        best, found = brute_force(evolve(problem, fit=gone)), deals.without(away)
        assert best
        assert found.lacks == best[:2]
        assert found.is_proven
        assert deals.model.sound(found.held)
        assert deals.model.lacks(deals.model.counts(found.held)) == found.lacks
        assert not any(mask for n, mask in enumerate(found.held) if away >> n & 1)
