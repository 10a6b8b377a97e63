"""What lacks without some people, against all the deals there are among the others."""

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore.policy.assigning import absent
from cmcore.policy.assigning.absent import Absences
from cmcore.policy.assigning.problem import Problem
from cmcore.policy.assigning.solve import Engine

from .oracles import brute_force, problems


@settings(max_examples=200)
@given(problem=problems(4, 4), most=st.sampled_from([0, 1, 2, absent.MOST]), data=st.data())
def test_no_deal_without_somebody_lacks_less(
    problem: Problem, most: int, data: st.DataObject
) -> None:
    problem = evolve(problem, pins=())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(absent, "MOST", most)
        deals = Absences(problem, Engine("own"), 2)
    away = data.draw(st.integers(0, (1 << len(problem.fit)) - 1))
    gone = [[None] * len(problem.seats) if away >> n & 1 else row
            for n, row in enumerate(problem.fit)]  # fmt: skip
    best = brute_force(evolve(problem, fit=gone))
    for found in (deals.without(away), deals.exactly(away)):
        assert best
        assert found.lacks >= best[:2]
        assert found.lacks == best[:2] or not found.is_proven
        assert found.is_proven or most < absent.MOST
