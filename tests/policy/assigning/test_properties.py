"""The kernel against two oracles, brute force and HiGHS, and the laws of an assignment."""

from collections.abc import Iterator, Sequence
from itertools import chain, combinations, product
from typing import Any

import pytest
from attrs import astuple, evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore.policy.assigning import sifting
from cmcore.policy.assigning.blocking import blocks, causes
from cmcore.policy.assigning.bundles import choose
from cmcore.policy.assigning.duals import Dual, Node, Prices
from cmcore.policy.assigning.explain import absences, optima, why_not
from cmcore.policy.assigning.flow import bound, solve_flow, weigh
from cmcore.policy.assigning.highs import solve_highs
from cmcore.policy.assigning.menus import menu
from cmcore.policy.assigning.model import compile_problem, mask_of, pairs_of
from cmcore.policy.assigning.problem import (
    AtLeast,
    AtMost,
    Distinct,
    Pair,
    Problem,
    Rule,
    Seats,
    Supervision,
    conflicts,
)
from cmcore.policy.assigning.propagation import tightened
from cmcore.policy.assigning.sifting import Sieve
from cmcore.policy.assigning.solve import Solution, solve
from cmcore.policy.assigning.verify import verify

Vector = tuple[int, ...]
SIGNS = (1, 1, -1, 1)

# ------------------------------------------------------------------------------------ strategies


def subsets(size: int) -> st.SearchStrategy[frozenset[int]]:
    return st.frozensets(st.integers(0, size - 1)) if size else st.just(frozenset())


def rules(n: int, m: int) -> st.SearchStrategy[Rule]:
    few, weight = st.integers(0, 3), st.integers(1, 3)
    groups = st.lists(subsets(n), max_size=3)
    return st.one_of(
        st.builds(Supervision, st.integers(0, m - 1), subsets(n)),
        st.builds(AtMost, subsets(m), subsets(n), few),
        st.builds(AtLeast, subsets(m), subsets(n), few, weight),
        st.builds(Distinct, subsets(m), groups, few, weight),
    )


@st.composite
def seats(draw: st.DrawFn) -> Seats:
    least = draw(st.integers(0, 2))
    return Seats(least, least + draw(st.integers(0, 2)), draw(st.integers(1, 3)))


@st.composite
def problems(draw: st.DrawFn, people: int = 5, roles: int = 5, *, simple: bool = False) -> Problem:
    """Draw a problem with every kind of rule, or with those that a flow settles if `simple`."""
    n, m = draw(st.integers(0, people)), draw(st.integers(0, roles))
    top = draw(st.sampled_from([1, 3, 1000]))

    def table(cell: st.SearchStrategy[Any]) -> list[list[Any]]:
        return [[draw(cell) for _ in range(m)] for _ in range(n)]

    def some(most: int) -> list[Pair]:
        cells = list(product(range(n), range(m)))
        return draw(st.lists(st.sampled_from(cells), max_size=most)) if cells else []

    problem = Problem(
        table(st.none() | st.integers(0, top)),
        [draw(seats()) for _ in range(m)],
        hats=[draw(st.integers(0, 3)) for _ in range(n)],
        pins=some(1),
        bans=some(3),
        previous=some(5),
    )
    if simple or not m:
        return problem
    capacity = st.none() | st.integers(0, 20)
    return evolve(
        problem,
        minutes=table(st.integers(0, 9)),
        capacity=[draw(capacity) for _ in range(n)],
        incompatible=draw(st.lists(st.sampled_from(list(combinations(range(m), 2))), max_size=3))
        if m > 1
        else [],
        rules=draw(st.lists(rules(n, m), max_size=3)),
    )


# --------------------------------------------------------------------------------------- oracles


def hands(problem: Problem, person: int) -> Iterator[tuple[int, ...]]:
    """Yield all that one person may hold."""
    pins = {role for who, role in problem.pins if who == person}
    capacity, minutes = problem.capacity[person], problem.minutes[person]
    for size in range(min(problem.hats[person], len(problem.seats)) + 1):
        for held in combinations(problem.roles, size):
            if (
                pins <= set(held)
                and all(problem.fit[person][role] is not None for role in held)
                and not any((person, role) in problem.bans for role in held)
                and not any(a in held and b in held for a, b in problem.incompatible)
                and (capacity is None or sum(minutes[role] for role in held) <= capacity)
            ):
                yield held


def counted(problem: Problem) -> list[tuple[tuple[int, ...], frozenset[int]]]:
    """Return the roles and the people of every count that a rule needs."""
    everybody = frozenset(problem.people)
    found: list[tuple[tuple[int, ...], frozenset[int]]] = []
    for rule in problem.rules:
        match rule:
            case Supervision():
                found.append(((rule.role,), everybody - set(rule.group)))
            case Distinct():
                found += [(rule.roles, frozenset(group)) for group in rule.groups]
            case _:
                found.append((rule.roles, frozenset(rule.group)))
    return found


def reachable(problem: Problem) -> dict[Vector, tuple[int, int, int]]:
    """Return, for all counts there can be, the least changes, affinity lost and balance."""
    extra = counted(problem)
    states: dict[Vector, tuple[int, int, int]] = {
        (0,) * (len(problem.seats) + len(extra)): (0, 0, 0)
    }
    for person in problem.people:
        previous = {role for who, role in problem.previous if who == person}
        found: dict[Vector, tuple[int, int, int]] = {}
        for held in hands(problem, person):
            adds = [int(role in held) for role in problem.roles]
            adds += [int(person in who and not set(held).isdisjoint(roles)) for roles, who in extra]
            loss = -sum(problem.fit[person][role] or 0 for role in held)
            change = len(previous.symmetric_difference(held))
            for counts, (changes, lost, balance) in states.items():
                key = tuple(a + b for a, b in zip(counts, adds, strict=True))
                cost = (changes + change, lost + loss, balance + len(held) ** 2)
                found[key] = min(found.get(key, cost), cost)
        states = found
    return states


def shortage(problem: Problem, counts: Vector) -> int | None:
    """Return the shortage of these counts, or None where they break a rule."""
    lacking = 0
    for role, want in enumerate(problem.seats):
        if counts[role] > want.most:
            return None
        lacking += want.weight * max(0, want.least - counts[role])
    left = iter(counts[len(problem.seats) :])
    for rule in problem.rules:
        match rule:
            case Supervision():
                if not next(left) and counts[rule.role]:
                    return None
            case AtMost():
                if next(left) > rule.count:
                    return None
            case AtLeast():
                lacking += rule.weight * max(0, rule.count - next(left))
            case Distinct():
                there = sum(next(left) > 0 for _ in rule.groups)
                lacking += rule.weight * max(0, rule.count - there)
    return lacking


def brute_force(problem: Problem) -> tuple[int, ...] | None:
    """Return the best values of all assignments there are."""
    found = [
        (lacking, *cost)
        for counts, cost in reachable(problem).items()
        if (lacking := shortage(problem, counts)) is not None
    ]
    if not found:
        return None
    lacking, changes, loss, balance = min(found)
    return lacking, changes, -loss, balance


def all_best(problem: Problem) -> list[tuple[tuple[int, ...], frozenset[Pair]]]:
    """Return every assignment that breaks no rule, with its costs, the best first."""
    people = [
        [[(person, role) for role in held] for held in hands(problem, person)]
        for person in problem.people
    ]
    found = []
    for choice in product(*people):
        pairs = frozenset(chain.from_iterable(choice))
        checked = verify(problem, pairs)
        if not checked.violations:
            found.append((costs(astuple(checked.values)), pairs))
    return sorted(found, key=lambda two: (two[0], sorted(two[1])))


def costs(values: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sign * level for sign, level in zip(SIGNS, values, strict=True))


# ------------------------------------------------------------------------------------------ laws


@settings(max_examples=300)
@given(problem=problems())
def test_every_answer_is_the_best_of_all_there_are(problem: Problem) -> None:
    best = brute_force(problem)
    solution = solve(problem)
    if best is None:
        assert solution == Solution(
            (), "infeasible", nodes=solution.nodes, conflicts=conflicts(problem)
        )
    else:
        assert (solution.status, solution.values) == ("optimal", best)
        assert [level.bound for level in solution.levels] == list(best)


@given(problem=problems())
def test_nobody_can_hold_more_than_the_tightened_model_says(problem: Problem) -> None:
    if not conflicts(problem):
        whole = compile_problem(problem)
        model = tightened(whole)
        for person in problem.people:
            for held in hands(problem, person):
                assert len(held) <= model.hats[person] <= whole.hats[person]
                assert mask_of(held) & ~model.may[person] == 0


@given(problem=problems(), data=st.data(), step=st.integers(0, 5), slack=st.integers(0, 30))
def test_a_menu_is_all_that_gains_little_less_than_the_best(
    problem: Problem, data: st.DataObject, step: int, slack: int
) -> None:
    if conflicts(problem):
        return
    model = compile_problem(problem)
    gains = [data.draw(st.integers(-20, 20)) for _ in problem.roles]
    masks = st.integers(1, max(1, 2 ** len(gains) - 1))
    bonuses = data.draw(st.lists(st.tuples(masks, st.integers(-9, 9)), max_size=2))
    for person in problem.people:
        choice = model.must[person], model.may[person]
        worths = {}
        for held in hands(problem, person):
            mask = mask_of(held)
            worth = sum(gains[role] for role in held) - step * len(held) ** 2
            worths[mask] = worth + sum(bonus for wanted, bonus in bonuses if wanted & mask)
        best = max(worths.values())
        little = {(best - worth, mask) for mask, worth in worths.items() if best - worth <= slack}
        found = menu(model, person, choice, gains, step, slack, bonuses)
        assert found is not None
        assert sorted(found) == sorted(little)
        gain, held_best = choose(model, person, choice, gains, step, bonuses)
        assert (gain, worths[held_best]) == (best, best)


@given(problem=problems(4, 4), data=st.data())
def test_what_is_sifted_out_is_no_better(problem: Problem, data: st.DataObject) -> None:
    """At any prices, what is offered beyond the slack is all that is left out."""
    if conflicts(problem):
        return
    model = tightened(compile_problem(problem))
    price = st.integers(-500, 500)
    prices = Prices([data.draw(price) for _ in model.rows], (256, 0, 0, 0))
    for row in {row for spread in model.spreads for row in spread.rows}:
        prices.rows[row] = abs(prices.rows[row])
    node = Node(list(model.must), list(model.may), [0] * len(model.rows), prices)
    dual = Dual(model, 0, ())
    relaxed = dual.relax(node, prices)
    slack = data.draw(st.integers(0, 2000))
    kept = [
        menu(model, person, (node.must[person], node.may[person]), gains, 0, slack,
             dual.bonuses(person, prices))
        for person, gains in enumerate(relaxed.gains)
    ]  # fmt: skip
    offered: list[int] = []

    def offer(held: Sequence[int]) -> int:
        assert model.sound(held)
        offered.append(model.levels(held)[0])
        return slack

    whole = Sieve(model, node, [some for some in kept if some is not None], slack).run(offer)
    best = brute_force(problem)
    if whole and best is not None and 256 * best[0] <= relaxed.proof + slack:
        assert min(offered) == best[0]


@settings(max_examples=300)
@given(
    problem=problems(),
    widest=st.sampled_from([0, 10, sifting.WIDEST]),
    patience=st.sampled_from([0, 3, sifting.PATIENCE]),
)
def test_the_values_do_not_depend_on_how_soon_sifting_is_given_up(
    problem: Problem, widest: int, patience: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sifting, "WIDEST", widest)
        patch.setattr(sifting, "PATIENCE", patience)
        solution = solve(problem)
    best = brute_force(problem)
    assert (solution.status, solution.values) == (("optimal", best) if best else ("infeasible", ()))


@given(problem=problems())
def test_an_answer_is_worth_what_its_verification_says(problem: Problem) -> None:
    solution = solve(problem)
    checked = verify(problem, solution.pairs)
    if solution.levels:
        assert not checked.violations
        assert astuple(checked.values) == solution.values
        assert (checked.missing, checked.lacks) == (solution.missing, solution.lacks)


@given(problem=problems(), budget=st.integers(0, 2), depth=st.integers(1, 4))
def test_a_small_budget_makes_bounds_and_never_a_false_optimum(
    problem: Problem, budget: int, depth: int
) -> None:
    best = brute_force(problem)
    solution = solve(problem, budget=budget, depth=depth)
    if best is None:
        assert solution.status != "optimal"
    elif solution.levels:
        assert len(solution.levels) == depth
        values, bounds = solution.values, [level.bound for level in solution.levels]
        assert (solution.status == "optimal") == (list(values) == bounds)
        for level in range(depth):
            if values[:level] == best[:level]:
                gap = SIGNS[level] * (best[level] - bounds[level])
                assert gap >= 0
        if solution.status == "optimal":
            assert values == best[:depth]
    else:
        assert solution.status == "gap"


@given(problem=problems(8, 6))
def test_highs_finds_the_same_values(problem: Problem) -> None:
    pytest.importorskip("highspy")
    ours, theirs = solve(problem), solve_highs(problem)
    assert (ours.status, ours.values) == (theirs.status, theirs.values)


@given(problem=problems(simple=True))
def test_a_flow_proves_itself(problem: Problem) -> None:
    if not conflicts(problem):
        model = compile_problem(problem)
        weights = weigh(model)
        flow = solve_flow(model, weights)
        assert flow.bound == flow.cost == bound(model, weights, flow.prices)
        assert solve(problem).nodes == 0


@given(problem=problems(simple=True), data=st.data())
def test_any_prices_bound_a_flow(problem: Problem, data: st.DataObject) -> None:
    if not conflicts(problem):
        model = compile_problem(problem)
        some = tuple(data.draw(st.integers(-2000, 2000)) for _ in problem.roles)
        weights = (500, 100, 1, 1)
        assert bound(model, weights, some) <= solve_flow(model, weights).cost


@given(problem=problems(simple=True), data=st.data())
def test_one_more_person_never_leaves_more_seats_empty(
    problem: Problem, data: st.DataObject
) -> None:
    row = [data.draw(st.none() | st.integers(0, 9)) for _ in problem.seats]
    more = Problem(
        [*problem.fit, row],
        problem.seats,
        hats=[*problem.hats, 2],
        pins=problem.pins,
        bans=problem.bans,
    )
    if not conflicts(problem):
        assert solve(more).values[0] <= solve(problem).values[0]


@given(problem=problems(), data=st.data())
def test_values_do_not_depend_on_the_order_of_people_and_roles(
    problem: Problem, data: st.DataObject
) -> None:
    people = data.draw(st.permutations(problem.people))
    roles = data.draw(st.permutations(problem.roles))
    assert solve(relabelled(problem, people, roles)).values == solve(problem).values


def relabelled(problem: Problem, people: list[int], roles: list[int]) -> Problem:
    """Return the same problem where new person i is old `people[i]`."""

    def who(many: tuple[int, ...]) -> list[int]:
        return [people.index(person) for person in many]

    def what(many: tuple[int, ...]) -> list[int]:
        return [roles.index(role) for role in many]

    def both(many: tuple[Pair, ...]) -> list[Pair]:
        return [(people.index(person), roles.index(role)) for person, role in many]

    def rule(old: Rule) -> Rule:
        match old:
            case Supervision():
                return Supervision(roles.index(old.role), who(old.group))
            case Distinct():
                groups = [who(group) for group in old.groups]
                return evolve(old, roles=what(old.roles), groups=groups)
            case _:
                return evolve(old, roles=what(old.roles), group=who(old.group))

    return Problem(
        [[problem.fit[person][role] for role in roles] for person in people],
        [problem.seats[role] for role in roles],
        hats=[problem.hats[person] for person in people],
        capacity=[problem.capacity[person] for person in people],
        minutes=[[problem.minutes[person][role] for role in roles] for person in people],
        incompatible=[(roles.index(a), roles.index(b)) for a, b in problem.incompatible],
        pins=both(problem.pins),
        bans=both(problem.bans),
        previous=both(problem.previous),
        rules=[rule(old) for old in problem.rules],
    )


# ---------------------------------------------------------------------------------- explanations


@given(problem=problems(3, 3), data=st.data())
def test_the_cost_of_another_choice_is_exact(problem: Problem, data: st.DataObject) -> None:
    solution = solve(problem)
    if not solution.levels or not problem.seats or not problem.fit:
        return
    pair = data.draw(st.tuples(st.sampled_from(problem.people), st.sampled_from(problem.roles)))
    found = why_not(problem, solution, *pair)
    answers = all_best(problem)
    forced = [cost for cost, pairs in answers if pair in pairs]
    assert (found.status == "optimal") == bool(forced)
    if forced:
        best = answers[0][0]
        assert found.costs == tuple(b - a for a, b in zip(best, forced[0], strict=True))
        assert found.tie == (forced[0] == best)
        held = set(solution.pairs)
        for move in found.moves:
            held |= {(move.person, role) for role in move.takes}
            held -= {(move.person, role) for role in move.leaves}
        assert pair in held
        assert not verify(problem, held).violations
        assert costs(astuple(verify(problem, held).values)) == forced[0]


@given(problem=problems(3, 3) | problems(3, 3, simple=True), depth=st.sampled_from([3, 4]))
def test_what_the_best_answers_share_is_exact(problem: Problem, depth: int) -> None:
    solution = solve(problem, depth=depth)
    if solution.levels:
        answers = all_best(problem)
        best = [pairs for cost, pairs in answers if cost[:depth] == answers[0][0][:depth]]
        every, some = frozenset.intersection(*best), frozenset.union(*best)
        found = optima(problem, solution)
        assert set(found.necessary) == every
        assert set(found.possible) == some - every
        assert set(found.impossible) == set(product(problem.people, problem.roles)) - some
        assert not found.unknown


@given(problem=problems(4, 4, simple=True))
def test_a_block_is_a_set_of_roles_that_its_people_cannot_fill(problem: Problem) -> None:
    solution = solve(problem)
    found = blocks(problem, solution) if solution.levels else ()
    short = {role for role, missing in enumerate(solution.missing) if missing}
    assert short <= {role for block in found for role in block.roles}
    for block in found:
        able = {
            person
            for person, role in product(problem.people, block.roles)
            if problem.fit[person][role] is not None and (person, role) not in problem.bans
        }
        assert able == set(block.people)
        assert block.wanted == sum(problem.seats[role].least for role in block.roles)
        alone = [
            seats if role in block.roles else evolve(seats, least=0)
            for role, seats in enumerate(problem.seats)
        ]
        left = solve(evolve(problem, seats=alone))
        assert block.wanted - block.filled == sum(left.missing)


@given(problem=problems(3, 3))
def test_causes_are_enough_and_none_can_be_spared(problem: Problem) -> None:
    solution = solve(problem)
    if not solution.levels:
        return
    found = causes(problem, solution)
    assert bool(found) == (solution.values[0] > 0)


@given(problem=problems(4, 4))
def test_an_absence_is_solved_again(problem: Problem) -> None:
    solution = solve(problem)
    if not solution.levels:
        return
    found = absences(problem, solution)
    assert [absence.person for absence in found] == list(problem.people)
    for absence in found:
        person = absence.person
        nobody = [
            (None,) * len(row) if who == person else row for who, row in enumerate(problem.fit)
        ]
        pins = [pair for pair in problem.pins if pair[0] != person]
        best = brute_force(evolve(problem, fit=nobody, pins=pins))
        assert (best is None) == (absence.status == "infeasible")
        if best:
            assert absence.opened == best[0] - solution.values[0]


def test_pairs_are_those_of_the_masks() -> None:
    assert pairs_of([0b101, 0, 0b10]) == ((0, 0), (0, 2), (2, 1))
