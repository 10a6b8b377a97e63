"""How fast assignments are: known instances to their proven optimum, and ratios against others.

Run as `python benchmarks/assignment.py FOLDER`, where FOLDER holds `optima.csv` and the instances
it names (generalised assignment: agents, jobs, costs, minutes, capacities; linear assignment: a
square of costs); they go through the public `assign`. Others (networkx, scipy, highspy, ortools)
are measured where they are installed, each building its model and solving it as its own
documentation does, on least shortage then most affinity; ours is given all four levels. Medians;
every answer's values are compared. `reviewers` in place of FOLDER draws affinities of reviewers to
papers, with a least and a most load for each.
"""

import csv
import random
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from cmcore import Availability, Member, Needs, Role, Seats, Team, assign, verify
from cmcore.teams import Goal, Status
from cmcore.teams.solver import problem as kernel
from cmcore.teams.solver._highs import solve_highs
from cmcore.teams.solver.model import AFFINITY
from cmcore.teams.solver.problem import AtMost, Problem, Supervision
from cmcore.teams.solver.solve import solve

BIG = 10_000
FIT, INTERNS = 0.6, 0.2
REVIEWS, MILLION = 0.9, 1_000_000
LARGE = 1000
SIZES = ((5, 9, 9), (20, 9, 18), (50, 12, 36), (1000, 15, 600))
FOUR = "highspy, 4 levels"
Solver = Callable[[Problem], int]
Row = tuple[list[tuple[int, int]], float, float]


def instance(path: Path, family: str) -> tuple[Team, Needs, int]:
    """Return an instance as a team and its needs, and its affinities when it costs nothing.

    Agents are members and jobs are roles; a cost is so much less affinity than the top.
    """
    numbers = iter(map(int, path.read_text(encoding="utf-8").split()))

    def table(rows: int, columns: int) -> list[list[int]]:
        return [[next(numbers) for _ in range(columns)] for _ in range(rows)]

    agents = next(numbers)
    jobs = agents if family == "LAP" else next(numbers)
    costs = table(agents, jobs)
    minutes = [[0] * jobs] * agents if family == "LAP" else table(agents, jobs)
    days = [1440] * agents if family == "LAP" else table(1, agents)[0]
    names = [f"job {job:03}" for job in range(jobs)]
    members = [
        Member(
            f"agent {agent:03}",
            affinity={name: 1000 - cost for name, cost in zip(names, costs[agent], strict=True)},
            minutes=dict(zip(names, minutes[agent], strict=True)),
            availability=Availability(minutes=days[agent]),
            hats=1 if family == "LAP" else None,
        )
        for agent in range(agents)
    ]
    needs = Needs("all jobs", seats=[Seats(name, 1, 1) for name in names])
    return Team("agents", members, [Role(name) for name in names]), needs, 1000 * jobs


def known(folder: Path) -> None:
    """Assign every instance of `optima.csv`, on all four levels."""
    slowest, wrong, total = 0.0, 0, 0
    with (folder / "optima.csv").open(encoding="utf-8") as lines:
        for line in csv.DictReader(lines):
            agents, needs, free = instance(folder / line["file"], line["family"])
            start = perf_counter()
            found = assign(agents, needs)
            span = perf_counter() - start
            cost = free - found.value(Goal.AFFINITY)
            right = (
                found.status is Status.OPTIMAL
                and not found.lacks
                and cost == int(line["optimum"])
                and verify(agents, needs, found).is_sound
            )
            slowest, wrong, total = max(slowest, span), wrong + (not right), total + 1
            print(f"{line['file']:18} {line['size']:>8} {cost:>6} of {line['optimum']:>5} "
                  f"{found.status:8} {found.nodes:>4} nodes {span:6.2f} s")  # fmt: skip
    print(
        f"{total - wrong} of {total} solved to the proven optimum, the slowest in {slowest:.1f} s"
    )


def team(seed: int, people: int, roles: int, seats: int, *, strict: bool) -> Problem:
    """Make a team up; a strict one has minutes, incompatible roles, supervision and a ceiling."""
    chance = random.Random(seed)  # noqa: S311 - nothing to keep secret
    fit = [
        [chance.randint(0, 1000) if chance.random() < FIT else None for _ in range(roles)]
        for _ in range(people)
    ]
    share = [kernel.Seats(seats // roles, seats // roles)] * roles
    hats = [chance.randint(1, 3) for _ in range(people)]
    if not strict:
        return Problem(fit, share, hats=hats)
    need = [chance.choice((30, 45, 60, 90, 120)) for _ in range(roles)]
    interns = [person for person in range(people) if chance.random() < INTERNS]
    others = [person for person in range(people) if person not in interns]
    return Problem(
        fit,
        share,
        hats=hats,
        minutes=[need] * people,
        capacity=[chance.choice((60, 90, 120, 180, 240)) for _ in range(people)],
        incompatible=[tuple(chance.sample(range(roles), 2)) for _ in range(3)],
        rules=[
            *(Supervision(role, interns, others) for role in range(0, roles, 3)),
            AtMost([1], interns, 1),
        ],
    )


class Program:
    """A problem as columns with costs and rows, for those who solve integer programs."""

    def __init__(self, problem: Problem) -> None:
        self.pairs = [
            (person, role)
            for person in problem.people
            for role in problem.roles
            if problem.fit[person][role] is not None
        ]
        self.place = {pair: column for column, pair in enumerate(self.pairs)}
        self.costs = [-(problem.fit[person][role] or 0) for person, role in self.pairs]
        self.most = [1] * len(self.pairs)
        self.rows: list[Row] = list(self._rows(problem))

    def _of(self, people: Iterable[int], roles: Iterable[int]) -> list[int]:
        return [self.place[i, j] for i in people for j in roles if (i, j) in self.place]

    def _rows(self, problem: Problem) -> Iterator[Row]:
        for role, seats in enumerate(problem.seats):
            self.costs.append(BIG)
            self.most.append(seats.least)
            held = self._of(problem.people, [role])
            yield [(c, 1) for c in [*held, len(self.costs) - 1]], seats.least, seats.least
        for person in problem.people:
            own = [(self.place[person, j], j) for j in problem.roles if (person, j) in self.place]
            yield [(c, 1) for c, _ in own], problem.loads[person], problem.hats[person]
            capacity = problem.capacity[person]
            if capacity is not None:
                yield [(c, problem.minutes[person][j]) for c, j in own], 0, capacity
            for two in problem.incompatible:
                yield [(c, 1) for c in self._of([person], two)], 0, 1
        for rule in problem.rules:
            if isinstance(rule, Supervision):
                others = self._of(sorted({*problem.people} - {*rule.group}), [rule.role])
                for column in self._of(rule.group, [rule.role]):
                    yield [(column, -1), *((c, 1) for c in others)], 0, len(others)
            elif isinstance(rule, AtMost):
                yield [(c, 1) for c in self._of(rule.group, rule.roles)], 0, rule.count


def by_scipy(problem: Problem) -> int:
    """Solve with `scipy.optimize.milp`."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    program = Program(problem)
    at = [(r, c, f) for r, row in enumerate(program.rows) for c, f in row[0]]
    rows, columns, factors = zip(*at, strict=True)
    matrix = csr_array((factors, (rows, columns)), (len(program.rows), len(program.costs)))
    limits = LinearConstraint(matrix, *zip(*((lo, hi) for _, lo, hi in program.rows), strict=True))
    found = milp(
        program.costs, constraints=limits, bounds=Bounds(0, program.most),
        integrality=np.ones(len(program.costs)), options={"mip_rel_gap": 0},
    )  # fmt: skip
    return round(found.fun)


def by_highspy(problem: Problem) -> int:
    """Solve with HiGHS through its own package, the whole program passed at once."""
    import highspy

    program = Program(problem)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(program.costs), len(program.rows)
    model.col_cost_, model.col_upper_ = program.costs, program.most
    model.col_lower_ = [0] * len(program.costs)
    model.row_lower_ = [lo for _, lo, _ in program.rows]
    model.row_upper_ = [hi for _, _, hi in program.rows]
    starts, index, value = [0], [], []
    for terms, _, _ in program.rows:
        index += [column for column, _ in terms]
        value += [factor for _, factor in terms]
        starts.append(len(index))
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = starts, index, value
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(program.costs)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)  # noqa: FBT003 - that is its signature
    solver.setOptionValue("mip_rel_gap", 0)
    solver.passModel(model)
    solver.run()
    return round(solver.getInfo().objective_function_value)


def by_cp_sat(problem: Problem) -> int:
    """Solve with OR-Tools' CP-SAT."""
    from ortools.sat.python import cp_model

    program = Program(problem)
    model = cp_model.CpModel()
    held = [model.new_int_var(0, most, "") for most in program.most]
    for terms, least, most in program.rows:
        if terms:
            total = sum(factor * held[column] for column, factor in terms)
            model.add_linear_constraint(total, int(least), int(most))
    model.minimize(sum(cost * one for cost, one in zip(program.costs, held, strict=True)))
    solver = cp_model.CpSolver()
    solver.solve(model)
    return round(solver.objective_value)


def by_flow_of_or_tools(problem: Problem) -> int:
    """Solve with OR-Tools' least-cost flow."""
    from ortools.graph.python import min_cost_flow

    flow = min_cost_flow.SimpleMinCostFlow()
    for tail, head, most, cost in arcs(problem):
        flow.add_arc_with_capacity_and_unit_cost(tail, head, most, cost)
    seats = sum(seats.least for seats in problem.seats)
    flow.set_node_supply(0, seats)
    flow.set_node_supply(1, -seats)
    flow.solve()
    return flow.optimal_cost()


def by_networkx(problem: Problem) -> int:
    """Solve with `networkx`'s network simplex."""
    import networkx as nx

    seats = sum(seats.least for seats in problem.seats)
    graph = nx.DiGraph()
    graph.add_node(0, demand=-seats)
    graph.add_node(1, demand=seats)
    for tail, head, most, cost in arcs(problem):
        graph.add_edge(tail, head, capacity=most, weight=cost)
    cost, _ = nx.network_simplex(graph)
    return int(cost)


def arcs(problem: Problem) -> Iterator[tuple[int, int, int, int]]:
    """Yield the arcs of the flow: source 0, sink 1, roles, people, nobody; their capacity, cost."""
    role_of = [2 + role for role in problem.roles]
    first = 2 + len(role_of)
    nobody = first + len(problem.fit)
    for role, seats in enumerate(problem.seats):
        yield 0, role_of[role], seats.least, 0
        yield role_of[role], nobody, seats.least, BIG
    yield nobody, 1, sum(seats.least for seats in problem.seats), 0
    for person in problem.people:
        yield first + person, 1, problem.hats[person], 0
        for role, affinity in enumerate(problem.fit[person]):
            if affinity is not None:
                yield role_of[role], first + person, 1, -affinity


def ours(problem: Problem) -> int:
    """Solve all four levels with the kernel."""
    solution = solve(problem)
    if solution.status != "optimal":
        message = f"{solution.status}: {solution.levels}"
        raise AssertionError(message)
    return BIG * solution.values[0] - solution.values[AFFINITY]


def four_levels_of_highs(problem: Problem) -> int:
    """Solve all four levels with HiGHS, one program a level."""
    solution = solve_highs(problem)
    return BIG * solution.values[0] - solution.values[AFFINITY]


# OR-Tools has a HiGHS of its own that cannot be loaded beside highspy's: each has its process.
PARTS: dict[str, tuple[dict[str, Solver], dict[str, Solver]]] = {
    "highs": (
        {"networkx": by_networkx},
        {"scipy milp": by_scipy, "highspy": by_highspy, FOUR: four_levels_of_highs},
    ),
    "ortools": ({"OR-Tools flow": by_flow_of_or_tools}, {"CP-SAT": by_cp_sat}),
}


def compare(people: int, roles: int, seats: int, part: str, *, strict: bool) -> None:
    """Print the medians of all on the same teams, as ratios to ours."""
    large = people >= LARGE
    teams = [team(seed, people, roles, seats, strict=strict) for seed in range(3 if large else 15)]
    flows, programs = PARTS[part]
    others = programs if strict else flows | programs
    if large:
        others = {name: solver for name, solver in others.items() if name != FOUR}
    spans: dict[str, list[float]] = {}
    for problem in teams:
        expected = None
        for name, solver in {"cmcore": ours, **others}.items():
            found, span = timed(solver, problem)
            expected = found if expected is None else expected
            if found != expected:
                message = f"{name} finds {found} where cmcore finds {expected}"
                raise AssertionError(message)
            spans.setdefault(name, []).append(span)
    own = median(spans.pop("cmcore"))
    ratios = ", ".join(f"{name} {own / median(some):.2f}" for name, some in spans.items())
    kind = "with minutes, incompatible roles, supervision" if strict else "seats and hats"
    print(f"{people}×{roles}, {kind}: {own * 1000:.1f} ms; ours / theirs: {ratios}")


def reviewers(people: int = 177, papers: int = 118) -> None:
    """Print the affinities of reviewers to papers, three a paper, for each least and most load."""
    chance = random.Random(177)  # noqa: S311 - nothing to keep secret
    fit = [
        [chance.randint(0, MILLION) if chance.random() < REVIEWS else None for _ in range(papers)]
        for _ in range(people)
    ]
    for least, most in ((0, 4), (1, 4), (2, 4), (0, 3)):
        problem = Problem(
            fit, [kernel.Seats(3, 3)] * papers, hats=[most] * people, loads=[least] * people
        )
        (mine, span), (other, others) = (timed(by, problem) for by in (ours, by_highspy))
        told = f"{-mine / MILLION:.6f} ({span:.2f} s), highspy {-other / MILLION:.6f}"
        print(f"{people}×{papers}, loads {least} to {most}: {told} ({others:.2f} s)")


def timed(solver: Solver, problem: Problem) -> tuple[int, float]:
    """Return what a solver finds, and the seconds it takes."""
    start = perf_counter()
    found = solver(problem)
    return found, perf_counter() - start


def against(part: str) -> None:
    """Compare with some of the others."""
    ignored = team(0, 5, 9, 9, strict=False)
    for solvers in PARTS[part]:
        for solver in solvers.values():
            solver(ignored)  # what is imported is not to be measured
    for strict in (False, True):
        for size in SIZES[: 3 if strict else None]:
            compare(*size, part, strict=strict)


def main() -> None:
    """Solve the instances, then compare, each part in a process of its own."""
    argument = sys.argv[1]
    if argument in PARTS:
        return against(argument)
    if argument == "reviewers":
        return reviewers()
    known(Path(argument))
    for part in PARTS:
        subprocess.run([sys.executable, __file__, part], check=True)
    return None


if __name__ == "__main__":
    main()
