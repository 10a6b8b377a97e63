"""Assignment: the best there is, worth what it is verified to be, whatever the names and the order.

The oracle goes through every plan there is, from the team and its needs alone: the roles each
person may hold, one person after the other, the best plan for each state of what is counted.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, product
from math import inf
from random import Random
from typing import Any, TypeVar

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cmcore import (
    InvalidError,
    Member,
    Needs,
    Plan,
    Role,
    Seats,
    Team,
    Watch,
    assign,
    verify,
    what_if,
    why_not,
)
from cmcore.base.alike import looks
from cmcore.strategies import members, spans, teams_and_needs
from cmcore.teams import (
    Assignment,
    Cap,
    Goal,
    Mix,
    NotOnly,
    Question,
    Status,
    Supervision,
    Trait,
    alternatives,
)
from cmcore.teams.assignment.explanation import Reason
from cmcore.teams.availability import DAY
from cmcore.teams.contracts import LEARNING
from cmcore.teams.duty import Rota, answers
from cmcore.teams.needs import Need
from cmcore.teams.solver.solve import Solver

_T = TypeVar("_T")
Hand = frozenset[str]
Values = tuple[int, int, int, int, float, int]


# ------------------------------------------------------------------------------------- questions


@st.composite
def questions(draw: st.DrawFn, most: int = 5, *, limits: bool = True) -> Question:
    """Draw a team, what is asked of it, and what is held fixed."""
    team, needs = draw(teams_and_needs(most, limits=limits))
    every = [(member.id, role.id) for member in team.members for role in team.roles]
    some = st.lists(st.sampled_from(every), max_size=3) if every else st.just([])
    one = st.lists(st.sampled_from(every), max_size=1) if every else st.just([])
    previous = Plan.current(team) if draw(st.booleans()) else Plan(draw(some))
    return Question(team, needs, previous, Plan(draw(one)), Plan(draw(some)), draw(spans()))


def ask(question: Question, solver: Solver = "auto", budget: int = 2000) -> Assignment:
    window = question.window
    assert window
    return assign(question.team, question.needs, previous=question.previous, pins=question.pins,
                  bans=question.bans, start=window.start, stop=window.stop,
                  solver=solver, budget=budget)  # fmt: skip


def values(found: Assignment) -> tuple[float, ...]:
    return tuple(level.value for level in found.levels)


# ---------------------------------------------------------------------------------------- oracle


def is_fit(question: Question, member: Member, role: Role) -> bool:
    """Return whether somebody has what a role requires throughout the window."""
    window = question.window
    assert window
    lasting = {
        skill
        for skill, end in member.expiring.items()
        if end and window.start < end and window.stop <= end
    }
    return role.requires <= member.skills | lasting


def hands(question: Question, member: Member) -> Iterator[Hand]:
    """Yield all that one person may hold."""
    team, needs = question.team, question.needs
    pinned = {role for who, role in question.pins.pairs if who == member.id}
    banned = {role for who, role in question.bans.pairs if who == member.id}
    fit = [r.id for r in team.roles if is_fit(question, member, r) and r.id not in banned]
    for size in range(len(fit) + 1):
        for held in combinations(fit, size):
            if (
                pinned <= {*held}
                and (member.most_roles is None or size <= member.most_roles)
                and sum(member.takes(team.role(r)) for r in held) <= member.availability.day
                and not any({a.first, a.second} <= {*held} for a in needs.separation)
            ):
                yield frozenset(held)


def _guarded(guard: Supervision, trait: str | None) -> int:
    """Return 1 for who is not to be alone, 2 for who may be beside them, 0 for anybody else."""
    if trait == guard.value:
        return 1
    return 2 * (trait is not None and (guard.of is not Trait.CONTRACT or trait not in LEARNING))


def _brought(need: Mix | NotOnly | Cap, member: Member) -> frozenset[Any]:
    """Return what somebody adds to a mix: a value, or themselves with it where they are counted."""
    known = member.trait(need.of)
    return frozenset({(member.id, known)} if isinstance(need, Cap) else {known} - {None})


def _alike(people: Iterable[tuple[str, str | None]]) -> int:
    """Return how many people may be of one value: whose value is unknown may be of any."""
    values = [known for _, known in people]
    told = [known for known in values if known is not None]
    return values.count(None) + max(map(told.count, told), default=0)


class Counts:
    """What is counted of a plan, person by person, and the shortage of what is counted in all."""

    def __init__(self, question: Question) -> None:
        self.question, self.team, self.needs = question, question.team, question.needs
        assert question.window
        self.rota = Rota(self.team, self.needs, question.window)
        self.roles = [role.id for role in self.team.roles]
        self.mixes: list[tuple[Mix | NotOnly | Cap, Hand]] = [
            (need, need.roles) for need in self.needs.mix if need.roles
        ]
        self.guards = [
            (guard, role)
            for guard in self.needs.supervision
            for role in (guard.roles or self.roles)
        ]
        self.groups = [
            (watch.role, watch.least, group, minutes)
            for index, watch in enumerate(self.needs.hours)
            if watch.role
            for group, minutes in self.shifts(index, watch, watch.role).items()
        ]

    def shifts(self, index: int, watch: Watch, role: str) -> dict[Hand, int]:
        """Return how many minutes those of the people who could hold a role are there together."""
        there: dict[Hand, int] = {}
        fit = {m.id for m in self.team.members if is_fit(self.question, m, self.team.role(role))}
        for (duty, on), length in self.rota.lengths.items():
            if on >> index & 1:
                group = frozenset(
                    m.id
                    for n, m in enumerate(self.team.members)
                    if duty >> n & 1 and m.id in fit and answers(m, watch, frozenset({role}))
                )
                there[group] = there.get(group, 0) + length
        return {group: -(-length // 60_000_000) for group, length in there.items()}

    def of(self, member: Member, held: Hand) -> tuple[Any, ...]:
        """Return what one person's roles add to each count."""
        return (
            *(int(role in held) for role in self.roles),
            *(_brought(need, member) if held & roles else frozenset()
              for need, roles in self.mixes),
            *(_guarded(guard, member.trait(guard.of)) if role in held else 0
              for guard, role in self.guards),
            *(int(role in held and member.id in group) for role, _, group, _ in self.groups),
        )  # fmt: skip

    def add(self, one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
        """Add up two counts: numbers are added, and what is there or not is put together."""
        n, k = len(self.roles), len(self.roles) + len(self.mixes)
        either = range(n, k + len(self.guards))
        return tuple(a | b if i in either else a + b
                     for i, (a, b) in enumerate(zip(one, other, strict=True)))  # fmt: skip

    def lacks(self, counts: tuple[Any, ...]) -> tuple[int, int] | None:
        """Return the shortage and the minutes that lack, or None where a rule is broken."""
        left = iter(counts)
        held = {role: next(left) for role in self.roles}
        short = 0
        for need in self.needs.seats:
            if need.most is not None and held[need.role] > need.most:
                return None
            short += need.weight * max(0, need.least - held[need.role])
        for mix, _ in self.mixes:
            there = next(left)
            if isinstance(mix, Cap):
                if _alike(there) > mix.most:
                    return None
            elif isinstance(mix, Mix):
                short += max(0, mix.least - len(there))
            else:
                short += not there - {mix.value}
        if any(next(left) == 1 for _ in self.guards):
            return None
        absent = [minutes * max(0, least - next(left)) for _, least, _, minutes in self.groups]
        return int(short), sum(absent)


def asked_for(needs: Needs) -> Hand:
    """Return the roles that some need asks holders of: only these make up a least load."""
    some = [{need.role} for need in needs.seats]
    some += [{need.role} for need in needs.hours if need.role]
    some += [{need.role} for need in needs.work if need.role]
    mixes = (need.roles or () for need in needs.mix if not isinstance(need, Cap))
    return frozenset().union(*some, *mixes)


def best_of(question: Question) -> Values | None:
    """Return the best values of all plans there are."""
    counts, team, asked = Counts(question), question.team, asked_for(question.needs)
    start = Counts.of(counts, Member("nobody"), frozenset())
    states: dict[tuple[Any, ...], tuple[int, int, float, int]] = {start: (0, 0, 0, 0)}
    roles = {role.id for role in team.roles}
    for member in team.members:
        before = {*question.previous.roles_of(member.id)} & roles
        found: dict[tuple[Any, ...], tuple[int, int, float, int]] = {}
        for held in hands(question, member):
            adds = counts.of(member, held)
            loss = -sum(member.affinity.get(role, 0) for role in held)
            few = max(0, member.least_roles - len(held & asked))
            for state, (less, changes, lost, balance) in states.items():
                key = counts.add(state, adds)
                cost = (
                    less + few,
                    changes + len(before ^ held),
                    lost + loss,
                    balance + len(held) ** 2,
                )
                found[key] = min(found.get(key, cost), cost)
        states = found
    ends = [(*lacks, *cost) for state, cost in states.items()
            if (lacks := counts.lacks(state)) is not None]  # fmt: skip
    if not ends:
        return None
    short, hours, less, changes, loss, balance = min(ends)
    return short, hours, less, changes, -loss, balance


def equals(question: Question) -> dict[Plan, Values]:
    """Return every plan that breaks nothing, with its values, as it is verified."""
    team = question.team
    every = [[(m.id, hand) for hand in hands(question, m)] for m in team.members]
    found = {}
    for choice in product(*every):
        plan = Plan((who, role) for who, held in choice for role in held)
        checked = verify(team, question.needs, Assignment(question, plan, Status.GAP))
        if checked.is_sound:
            found[plan] = checked.values
    return found  # type: ignore[return-value]


# ------------------------------------------------------------------------------------------ laws


@settings(max_examples=300)
@given(questions())
def test_no_plan_is_better(question: Question) -> None:
    found, best = ask(question), best_of(question)
    if best is None:
        assert (found.status, found.levels) == (Status.INFEASIBLE, ())
    else:
        assert (found.status, values(found)) == (Status.OPTIMAL, best)
        assert all(level.is_proven for level in found.levels)


@settings(max_examples=60)
@given(questions())
def test_nobody_is_given_a_role_that_nobody_needs(question: Question) -> None:
    """But to keep what they hold, as they are told to, or to stand by somebody supervised."""
    guards = [need.roles for need in question.needs.supervision]
    assume(None not in guards)
    members = [attrs.evolve(one, most_roles=None, least_roles=2) for one in question.team.members]
    loaded = attrs.evolve(question, team=attrs.evolve(question.team, members=members))
    known = {*question.previous.pairs, *question.pins.pairs}
    fine = asked_for(question.needs).union(*(roles or () for roles in guards))
    assert not {role for who, role in ask(loaded).pairs if (who, role) not in known} - fine


@settings(max_examples=60)
@given(questions(12))
def test_highs_finds_the_same_on_larger_teams(question: Question) -> None:
    pytest.importorskip("highspy")
    ours, theirs = ask(question, "own"), ask(question, solver="highs")
    assert theirs.solver == "highs"
    assert Status.GAP in {ours.status, theirs.status} or values(ours) == values(theirs)


@given(questions())
def test_a_plan_is_worth_what_verify_says(question: Question) -> None:
    found = ask(question)
    if found.levels:
        checked = verify(question.team, question.needs, found)
        assert (checked.conflicts, checked.values) == ((), values(found))
        assert checked.lacks == found.lacks
        assert bool(found.lacks) == any(values(found)[:3])


@given(questions(4), st.data())
def test_verify_finds_every_plan_that_may_not_be(question: Question, data: st.DataObject) -> None:
    every = [(m.id, r.id) for m in question.team.members for r in question.team.roles]
    plan = Plan(data.draw(st.lists(st.sampled_from(every))) if every else [])
    checked = verify(question.team, question.needs, Assignment(question, plan, Status.GAP))
    counts = Counts(question)
    allowed = all(
        frozenset(plan.roles_of(m.id)) in {*hands(question, m)} for m in question.team.members
    )
    state = counts.of(Member("nobody"), frozenset())
    for member in question.team.members:
        state = counts.add(state, counts.of(member, frozenset(plan.roles_of(member.id))))
    lacks = counts.lacks(state)
    assert checked.is_sound == (allowed and lacks is not None)
    if checked.is_sound:
        assert checked.values[:2] == lacks


@given(questions(limits=False), st.data())
def test_adding_a_member_never_opens_a_gap(question: Question, data: st.DataObject) -> None:
    one = data.draw(members([role.id for role in question.team.roles]))
    assume(looks(one.id) not in {looks(member.id) for member in question.team.members})
    larger = attrs.evolve(question, team=question.team.with_member(one))
    before, after = ask(question), ask(larger)
    if before.levels:
        assert after.value(Goal.SHORTAGE) <= before.value(Goal.SHORTAGE)


@given(questions(), st.randoms(use_true_random=False))
def test_names_change_no_value(question: Question, chance: Random) -> None:
    team, window = question.team, question.window
    fresh = [f"id-{n}" for n in range(len(team.members) + len(team.roles))]
    chance.shuffle(fresh)
    ids = [*(f"m {m.id}" for m in team.members), *(f"r {r.id}" for r in team.roles)]
    other = dict(zip(ids, fresh, strict=True))
    found, renamed = ask(question), ask(_renamed(question, other))
    assert window
    assert (renamed.status, values(renamed)) == (found.status, values(found))


@given(questions(), st.sampled_from([10, 1000, 10**6]))
def test_affinities_are_told_apart_to_six_places(question: Question, places: int) -> None:
    def shrunk(one: Member) -> Member:
        return attrs.evolve(one, affinity={r: n / places for r, n in one.affinity.items()})

    team = Team("t", map(shrunk, question.team.members), question.team.roles)
    found, fine = ask(question), ask(attrs.evolve(question, team=team))
    assert (fine.status, fine.pairs) == (found.status, found.pairs)
    if found.levels:
        assert fine.value(Goal.AFFINITY) == found.value(Goal.AFFINITY) / places
        assert all(level.is_proven for level in fine.levels)


def _renamed(question: Question, other: dict[str, str]) -> Question:
    def role(id_: str) -> str:
        return other[f"r {id_}"]

    def plan(old: Plan) -> Plan:
        return Plan((other[f"m {who}"], role(held)) for who, held in old.pairs)

    def member(one: Member) -> Member:
        keys: dict[str, Any] = {"affinity": one.affinity, "minutes": one.minutes}
        changed: dict[str, Any] = {
            key: {role(r): n for r, n in many.items()} for key, many in keys.items()
        }
        roles = {role(r) for r in one.roles}
        return attrs.evolve(one, id=other[f"m {one.id}"], roles=roles, **changed)

    def need(one: Need) -> Need:
        roles = getattr(one, "roles", None)
        keys = {"role", "first", "second"} & {field.name for field in attrs.fields(type(one))}
        changed: dict[str, Any] = {k: role(getattr(one, k)) for k in keys if getattr(one, k)}
        if roles:
            changed["roles"] = {role(r) for r in roles}
        return attrs.evolve(one, **changed)

    team, needs = question.team, question.needs
    kept = ("seats", "hours", "work", "mix", "supervision", "separation")
    roles = [attrs.evolve(r, id=role(r.id)) for r in team.roles]
    fresh: dict[str, Any] = {k: [need(one) for one in getattr(needs, k)] for k in kept}
    return attrs.evolve(
        question,
        team=attrs.evolve(team, members=[member(one) for one in team.members], roles=roles),
        needs=attrs.evolve(needs, **fresh),
        previous=plan(question.previous),
        pins=plan(question.pins),
        bans=plan(question.bans),
    )


@given(questions(), st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_changes_nothing(question: Question, chance: Random) -> None:
    def shuffled(many: Iterable[_T]) -> list[_T]:
        mixed = list(many)
        chance.shuffle(mixed)
        return mixed

    team, plans = question.team, (question.previous, question.pins, question.bans)
    mixed = attrs.evolve(team, members=shuffled(team.members), roles=shuffled(team.roles))
    previous, pins, bans = (Plan(shuffled(plan.pairs)) for plan in plans)
    again = attrs.evolve(question, team=mixed, previous=previous, pins=pins, bans=bans)
    assert ask(again) == ask(question)


@given(questions())
def test_the_empty_team_lacks_everything(question: Question) -> None:
    team = Team("nobody", [], question.team.roles)
    nobody = attrs.evolve(question, team=team, pins=Plan(), bans=Plan())
    found = ask(nobody)
    lacking = {lack.path: lack for lack in found.lacks}
    assert found.status is Status.OPTIMAL
    assert not found.pairs
    assert all(lack.size == lack.asked for lack in found.lacks)
    assert {path for path in lacking if path[0] == "seats"} == {
        ("seats", need.role) for need in question.needs.seats if need.least
    }


@given(questions())
def test_the_moves_lead_from_the_previous_plan_to_the_new_one(question: Question) -> None:
    found = ask(question)
    pairs = {*question.previous.pairs}
    for move in found.diff.moves:
        pairs -= {(move.member, role) for role in move.leaves}
        pairs |= {(move.member, role) for role in move.takes}
    assert Plan(pairs) == found.plan
    assert (found.diff.changes == 0) == (question.previous == found.plan)


@given(questions())
def test_what_is_best_already_is_left_as_it_is(question: Question) -> None:
    found = ask(question)
    again = ask(attrs.evolve(question, previous=found.plan))
    if found.levels:
        assert again.plan == found.plan
        assert not again.diff.moves


@settings(max_examples=60)
@given(questions(3), st.data())
def test_why_not_tells_the_exact_cost(question: Question, data: st.DataObject) -> None:
    found = ask(question)
    assume(found.levels and question.team.members)
    every = [(m.id, r.id) for m in question.team.members for r in question.team.roles]
    pair = data.draw(st.sampled_from(every))
    told = why_not(found, *pair)
    forced = best_of(attrs.evolve(question, pins=Plan([*question.pins.pairs, pair])))
    if forced is None:
        assert told.status is Status.INFEASIBLE
        return
    signs = (1, 1, 1, 1, -1, 1)
    costs = [s * (then - now) for s, then, now in zip(signs, forced, values(found), strict=True)]
    assert {cost.goal: cost.amount for cost in told.costs} == {
        goal: cost for goal, cost in zip(Goal, costs, strict=True) if cost
    }
    moved = {*found.pairs}
    for move in told.moves.moves:
        moved -= {(move.member, role) for role in move.leaves}
        moved |= {(move.member, role) for role in move.takes}
    checked = verify(question.team, question.needs,
                     attrs.evolve(found, plan=Plan(moved)))  # fmt: skip
    assert pair in moved
    assert (checked.conflicts, checked.values) == ((), forced)
    assert told.is_held == (pair in found.pairs)


@settings(max_examples=60)
@given(questions(3))
def test_alternatives_are_those_of_all_the_best_plans(question: Question) -> None:
    assume(len(question.team.roles) <= 4)
    found = ask(question)
    assume(found.levels)
    best = [{*plan.pairs} for plan, worth in equals(question).items() if worth == values(found)]
    told = alternatives(found)
    everywhere, somewhere = set.intersection(*best), set.union(*best)
    assert {*told.necessary} == everywhere
    assert {*told.possible} == somewhere - everywhere
    assert not told.unknown
    assert told.is_unique == (len(best) == 1)


@given(questions(), st.data())
def test_a_team_without_somebody_is_dealt_as_if_they_were_never_there(
    question: Question, data: st.DataObject
) -> None:
    found = ask(question)
    assume(found.levels and question.team.members)
    gone = data.draw(st.sampled_from([member.id for member in question.team.members]))
    told = what_if(found, leaves=[gone])
    smaller = attrs.evolve(
        question,
        team=question.team.without(gone),
        previous=Plan(pair for pair in found.pairs if pair[0] != gone),
        pins=Plan(pair for pair in question.pins.pairs if pair[0] != gone),
        bans=Plan(pair for pair in question.bans.pairs if pair[0] != gone),
    )
    assert told.after == ask(smaller)
    assert (told.opened is None) == (told.after.levels == ())


@given(questions(3), st.integers(0, 2))
def test_a_small_budget_never_makes_a_false_optimum(question: Question, budget: int) -> None:
    found, best = ask(question, budget=budget), best_of(question)
    if found.status is Status.OPTIMAL:
        assert values(found) == best
    if found.levels:
        assert best
        assert found.levels[0].bound <= best[0] <= found.levels[0].value
        if found.levels[0].value == best[0]:
            assert found.levels[1].bound <= best[1] <= found.levels[1].value


def _seats_only(question: Question) -> Question:
    needs = Needs("n", seats=question.needs.seats)
    members = [attrs.evolve(m, minutes={}, least_roles=0) for m in question.team.members]
    roles = [Role(role.id, requires=role.requires) for role in question.team.roles]
    return attrs.evolve(question, team=Team("t", members, roles), needs=needs, pins=Plan())


@given(questions())
def test_a_block_is_a_crowd_too_small_for_its_roles(question: Question) -> None:
    bare = _seats_only(question)
    found = ask(bare)
    assert {lack.what["role"] for lack in found.lacks} <= {r for b in found.blocks for r in b.roles}
    least = {need.role: need.least for need in bare.needs.seats}
    for block in found.blocks:
        able = {
            m.id
            for m in bare.team.members
            for r in block.roles
            if is_fit(bare, m, bare.team.role(r)) and (m.id, r) not in bare.bans.pairs
        }
        held = Counter(r for who, r in found.pairs if r in block.roles)
        assert able == {*block.people}
        assert block.wanted == sum(least.get(role, 0) for role in block.roles)
        assert block.filled == sum(min(held[r], least.get(r, 0)) for r in block.roles)
        assert block.filled < block.wanted
        alone = Needs("n", seats=[Seats(r, least.get(r, 0)) for r in block.roles])
        again = ask(attrs.evolve(bare, needs=alone))
        assert again.value(Goal.SHORTAGE) >= block.wanted - block.filled


def _left(question: Question, kept: Iterable[Reason]) -> Question:
    """Return a question with nothing that could be to blame but what some reasons name."""
    team, needs, some = question.team, question.needs, [*kept]
    roles = dict.fromkeys([role.id for role in team.roles], 0)

    def of(cause: str) -> set[Any]:
        return {(*one.people, *one.roles) for one in some if one.cause == cause}

    def freed(one: Member) -> Member:
        most = one.most_roles if (one.id,) in of("roles") else None
        least = one.least_roles if one.id in loaded else 0
        if (one.id,) in of("minutes"):
            return attrs.evolve(one, most_roles=most, least_roles=least)
        whole = attrs.evolve(one.availability, minutes=DAY)
        return attrs.evolve(
            one, most_roles=most, least_roles=least, minutes=roles, availability=whole
        )

    loaded = {one.people[0] for one in some if one.cause == "load"}
    about = {(one.path, one.roles) for one in some}
    paths = {path for path, _ in about}
    # A role counts in a least load still where the need that names it is left out.
    named = asked_for(needs) - {need.role for need in needs.seats}
    left = Needs(
        "n",
        calendar=needs.calendar,
        seats=[*(need if ("seats", need.role) in paths else attrs.evolve(need, least=0)
                 for need in needs.seats), *(Seats(role, 0) for role in named)],
        hours=[need for n, need in enumerate(needs.hours) if ("hours", n) in paths],
        mix=[need for n, need in enumerate(needs.mix) if ("mix", n) in paths],
        supervision=[attrs.evolve(need, roles=[role])
                     for n, need in enumerate(needs.supervision) for role in roles
                     if (("supervision", n), (role,)) in about],
        separation=[n for n in needs.separation if (n.first, n.second) in of("separation")],
    )  # fmt: skip
    freed_team = attrs.evolve(team, members=map(freed, team.members))
    pins, bans = Plan(of("pin")), Plan(of("ban"))
    return attrs.evolve(question, team=freed_team, needs=left, pins=pins, bans=bans)


@settings(max_examples=60)
@given(questions(4))
def test_reasons_are_enough_and_no_reason_can_be_spared(question: Question) -> None:
    def lacking(asked: Question) -> tuple[float, ...]:
        found = ask(asked)
        return values(found)[:3] if found.levels else (inf,)

    found = ask(question)
    reasons, missing = found.reasons, lacking(question)
    assert bool(found.lacks) == bool(found.blocks or (reasons and found.levels))
    assert not (found.blocks and reasons)
    if reasons:
        assert lacking(_left(question, reasons)) >= missing
    if found.why.is_least:
        for spared in reasons:
            assert lacking(_left(question, {*reasons} - {spared})) < missing


@settings(max_examples=60)
@given(questions(4), st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_the_reasons_of_least_loads_tell_what_keeps_them_from_being_met(
    question: Question, loads: list[int]
) -> None:
    """The people, roles and seats that the reasons name lack as much by themselves."""
    team = question.team
    members = [attrs.evolve(one, most_roles=None, least_roles=load)
               for one, load in zip(team.members, loads, strict=False)]  # fmt: skip
    seats = [attrs.evolve(need, least=0) for need in question.needs.seats]
    found = assign(Team("t", members, team.roles), Needs("n", seats=seats))
    assert bool(found.reasons) == bool(found.lacks)
    assert {reason.cause for reason in found.reasons} <= {"load", "minutes"}
    if any(reason.cause != "load" for reason in found.reasons):
        return
    told = {reason.people[0]: reason for reason in found.reasons}
    named = {one.id: one.least_roles for one in members if one.id in told}
    most = {role: seats for one in told.values() for role, seats in one.seats}
    alone = Team(
        "t",
        [Member(id_, skills=told[id_].roles, least_roles=load) for id_, load in named.items()],
        [Role(role.id, requires={role.id}) for role in team.roles],
    )
    roles = {role for one in told.values() for role in one.roles}
    again = assign(alone, Needs("n", seats=[Seats(r, 0, most.get(r)) for r in roles]))
    assert again.value(Goal.LOADS) == found.value(Goal.LOADS)


class TestWhatCannotBe:
    """No input that cannot be answered hangs, and every problem in it is told."""

    TEAM = Team("t", [Member("ana"), Member("bo", skills={"figures"}, most_roles=1)],
                [Role("analyst", requires={"figures"}), Role("author")])  # fmt: skip

    def test_a_person_fit_for_nothing_and_a_role_nobody_can_hold(self) -> None:
        team = Team("t", [Member("ana")], [Role("analyst", requires={"figures"})])
        found = assign(team, Needs("n", seats=[Seats("analyst", 3)]))
        assert found.status is Status.OPTIMAL
        assert [(dict(lack.what), lack.size) for lack in found.lacks] == [({"role": "analyst"}, 3)]
        assert found.blocks[0].people == ()
        assert "nobody qualifies" in str(found)

    def test_pins_that_contradict_each_other_are_all_told(self) -> None:
        pins = [("ana", "analyst"), ("bo", "analyst"), ("bo", "author")]
        needs = Needs("n", seats=[Seats("analyst", 1, 1)])
        found = assign(self.TEAM, needs, pins=pins, bans=[("bo", "author")])
        assert found.status is Status.INFEASIBLE
        assert [conflict.breach for conflict in found.conflicts] == [
            "unfit",
            "ban",
            "roles",
            "seats",
        ]
        with pytest.raises(InvalidError, match="no plan to compare with"):
            why_not(found, "ana", "author")
        with pytest.raises(InvalidError, match="proven the best"):
            alternatives(found)

    def test_every_unknown_name_is_told_with_its_place(self) -> None:
        with pytest.raises(InvalidError) as caught:
            assign(
                self.TEAM,
                Needs("n", seats=[Seats("analist")]),
                pins=[("anna", "author")],
                bans=[("bo", "autor")],
            )
        places = [problem.path for problem in caught.value.problems]
        assert places == [("seats", "analist"), ("pins", 0), ("bans", 0)]
        assert "did you mean" in str(caught.value)

    def test_a_team_is_made_of_members_and_roles(self) -> None:
        with pytest.raises(InvalidError, match="`xyz` is not a Member"):
            Team("t", "xyz")  # type: ignore[arg-type]
        with pytest.raises(InvalidError, match="there is a list inside the list"):
            Team("t", [[Member("ana")]])  # type: ignore[list-item]
        with pytest.raises(InvalidError) as caught:
            Team("t", [Member("ana"), "bo"], [3])  # type: ignore[list-item]
        assert [problem.path for problem in caught.value.problems] == [("members", 1)]

    @pytest.mark.parametrize("liking", [-1, 1000.5, 0.1234567, "much", float("nan"), True])
    def test_an_affinity_is_a_number_to_six_places(self, liking: Any) -> None:  # noqa: ANN401
        with pytest.raises(InvalidError, match="is not a valid affinity"):
            Member("ana", affinity={"author": liking})

    def test_a_budget_and_a_solver_that_cannot_be(self) -> None:
        found = assign(self.TEAM, Needs("n"))
        questions: list[Callable[[dict[str, Any]], object]] = [
            lambda how: assign(self.TEAM, Needs("n"), **how),
            lambda how: why_not(found, "ana", "author", **how),
            lambda how: alternatives(found, **how),
            lambda how: what_if(found, **how),
        ]
        for ask_again in questions:
            for how in ({"budget": -1}, {"solver": "fast"}):
                with pytest.raises(InvalidError):
                    ask_again(how)

    @pytest.mark.parametrize("solver", ["own", "auto", "highs"])
    def test_weights_of_any_size_are_told_apart(self, solver: Solver) -> None:
        if solver == "highs":
            pytest.importorskip("highspy")
        needs = Needs("n", seats=[Seats("analyst", weight=10**6), Seats("author", 3)])
        team = Team("t", [Member("bo", skills={"figures"}, most_roles=1)], self.TEAM.roles)
        found = assign(team, needs, solver=solver)
        assert (found.status, found.pairs) == (Status.OPTIMAL, (("bo", "analyst"),))
        assert found.value(Goal.SHORTAGE) == 3

    def test_a_plan_of_strangers_is_refused(self) -> None:
        with pytest.raises(InvalidError, match="nobody is called `zoe`"):
            verify(self.TEAM, Needs("n"), Plan([("zoe", "author")]))
        with pytest.raises(InvalidError, match="no role is called `king`"):
            why_not(assign(self.TEAM, Needs("n")), "ana", "king")
        with pytest.raises(InvalidError) as caught:
            what_if(assign(self.TEAM, Needs("n")), leaves=["zoe"], joins=[Member("ana")],
                    learns={"bob": {"figures"}})  # fmt: skip
        assert [problem.path for problem in caught.value.problems] == [
            ("leaves",), ("learns",), ("joins",),
        ]  # fmt: skip
