"""What counting tells is true of every set of holders, and of every assignment there is."""

from functools import partial
from itertools import combinations

from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from cmcore.teams.solver._bounds import TRIES, holders_needed, least_changes
from cmcore.teams.solver.check import conflicts
from cmcore.teams.solver.model import compile_problem
from cmcore.teams.solver.problem import AtLeast, Problem, Seats

from .oracles import brute_force, problems, subsets


@st.composite
def watched(draw: st.DrawFn) -> Problem:
    """Draw people for two roles, and times when some of them are there."""
    people = draw(st.integers(1, 6))
    shift = st.builds(
        AtLeast, st.sampled_from([(0,), (1,)]), subsets(people), st.integers(1, 3),
        st.integers(1, 9), timed=st.booleans(),
    )  # fmt: skip
    fit = [[draw(st.none() | st.just(0)) for _ in range(2)] for _ in range(people)]
    rules = draw(st.lists(shift, max_size=6))
    return Problem(fit, [Seats(0, people)] * 2, rules=rules)


def lacking(problem: Problem, role: int, holders: tuple[int, ...]) -> int:
    return sum(
        rule.weight * max(0, rule.count - len({*holders} & {*rule.group}))
        for rule in problem.rules
        if isinstance(rule, AtLeast) and rule.timed and rule.roles == (role,)
    )


GREEDY = Problem(
    [[0, None]] * 3,
    [Seats(0, 3)] * 2,
    rules=[AtLeast([0], group, 1, timed=True) for group in ([1], [0, 1], [0, 2], [2])],
)
"""Whoever takes away the most at first is not among the fewest."""


@example(problem=GREEDY, spare=0, tries=TRIES)
@given(problem=watched(), spare=st.integers(0, 20), tries=st.sampled_from([0, 1, 3, TRIES]))
def test_so_many_holders_are_needed_and_no_more(problem: Problem, spare: int, tries: int) -> None:
    able = [[n for n in problem.people if problem.fit[n][role] is not None] for role in (0, 1)]
    sure = [lacking(problem, role, tuple(able[role])) for role in (0, 1)]
    needed = holders_needed(compile_problem(problem), sum(sure) + spare, tries)
    for role, few in needed.items():
        fewest = next(
            size
            for size in range(len(able[role]) + 1)
            for some in combinations(able[role], size)
            if lacking(problem, role, some) <= sure[role] + spare
        )
        assert few <= fewest
        assert few == fewest or tries < TRIES


@given(problem=problems(4, 4), data=st.data())
def test_no_answer_changes_fewer_pairs(problem: Problem, data: st.DataObject) -> None:
    shift = st.builds(
        partial(AtLeast, [0], timed=True), subsets(len(problem.fit)), st.integers(1, 3)
    )
    if problem.seats:
        more = data.draw(st.lists(shift, min_size=1, max_size=4))
        problem = evolve(problem, rules=(*problem.rules, *more))
    best = None if conflicts(problem) else brute_force(problem)
    if best is not None:
        model = compile_problem(problem)
        assert least_changes(model, [0] * len(model.rows), best[1]) <= best[3]
