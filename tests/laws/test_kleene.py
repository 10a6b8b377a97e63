"""The truth algebra is strong Kleene logic, and so are conditions."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act, Approvers, Charter, Context, Stage, ValidationCircuit
from cmcore.base import Truth
from cmcore.base.truth import at_least
from cmcore.charters import ALWAYS, NEVER, Condition
from cmcore.charters.conditions.condition import All, AnyOf, AtLeast, FactTest, Not
from cmcore.charters.conditions.condition import tests as asked_by
from cmcore.charters.history import Case
from cmcore.charters.meaning.kleene import test_truth as truth_of_test
from cmcore.charters.meaning.kleene import truth
from cmcore.charters.meaning.observation import Facts
from cmcore.strategies import charters, charters_and_cases, truths

ALL_OF_THEM = (Truth.FALSE, Truth.UNKNOWN, Truth.TRUE)
CLEAR = {Truth.FALSE: False, Truth.TRUE: True}


def completions(*values: Truth) -> Iterator[tuple[bool, ...]]:
    """Yield every way in which the unknown values may turn out."""
    yield from product(*((False, True) if v is Truth.UNKNOWN else (CLEAR[v],) for v in values))


def agreed(answers: Iterator[bool]) -> Truth:
    """Return what all the answers say, unknown when they differ."""
    said = set(answers)
    return Truth.UNKNOWN if len(said) == 2 else Truth.of(said.pop())


def by_hand(condition: Condition, known: dict[FactTest, Truth]) -> Truth:
    """Evaluate a condition with the connectives alone."""
    match condition:
        case FactTest():
            return known[condition]
        case Not():
            return ~by_hand(condition.of, known)
        case All():
            whole = Truth.TRUE
            for part in condition.of:
                whole &= by_hand(part, known)
            return whole
        case AnyOf():
            whole = Truth.FALSE
            for part in condition.of:
                whole |= by_hand(part, known)
            return whole
        case AtLeast():
            return at_least(condition.count, [by_hand(part, known) for part in condition.of])


class TestTheAlgebra:
    """What is not known is unknown, not false: strong Kleene logic (Kleene 1952, §64)."""

    @pytest.mark.parametrize(("a", "b"), list(product(ALL_OF_THEM, repeat=2)))
    def test_a_connective_knows_what_every_completion_agrees_on(self, a: Truth, b: Truth) -> None:
        assert (a & b) is agreed(x and y for x, y in completions(a, b))
        assert (a | b) is agreed(x or y for x, y in completions(a, b))
        assert ~a is agreed(not x for (x,) in completions(a))

    @given(truths(), truths(), truths())
    def test_it_is_a_distributive_lattice_with_an_involution(
        self, a: Truth, b: Truth, c: Truth
    ) -> None:
        assert (a & b) is (b & a)
        assert (a & (b & c)) is ((a & b) & c)
        assert (a & (a | b)) is a
        assert (a & (b | c)) is ((a & b) | (a & c))
        assert ~(a & b) is (~a | ~b)
        assert ~~a is a

    @given(st.integers(0, 6), st.lists(truths(), max_size=5))
    def test_at_least_knows_what_every_completion_agrees_on(
        self, count: int, values: list[Truth]
    ) -> None:
        expected = agreed(sum(one) >= count for one in completions(*values))
        assert at_least(count, values) is expected

    @pytest.mark.parametrize("value", ALL_OF_THEM)
    def test_a_truth_is_never_a_bool(self, value: Truth) -> None:
        with pytest.raises(TypeError, match="may be unknown"):
            bool(value)

    @pytest.mark.parametrize("known", [True, False, None])
    def test_what_is_known_becomes_a_truth(self, known: bool | None) -> None:  # noqa: FBT001
        assert CLEAR.get(Truth.of(known)) is known


class TestConditions:
    """Conditions are three-valued (Kleene)."""

    @given(charters_and_cases(charters(min_rules=1), ill=True))
    def test_a_condition_is_made_of_its_tests_by_the_connectives(
        self, pair: tuple[Charter, Case]
    ) -> None:
        charter, case = pair
        facts = Facts(charter, case.act, case.context)
        for rule in charter.rules:
            known = {test: truth_of_test(test, facts) for test in asked_by(rule.when)}
            assert truth(rule.when, facts) is by_hand(rule.when, known)
            assert truth(~rule.when, facts) is ~truth(rule.when, facts)
            for other in charter.rules:
                both = truth(rule.when, facts), truth(other.when, facts)
                assert truth(rule.when & other.when, facts) is (both[0] & both[1])
                assert truth(rule.when | other.when, facts) is (both[0] | both[1])

    def test_nothing_asked_of_all_is_true_and_of_any_is_false(self) -> None:
        desk = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])
        facts = Facts(Charter("c", circuits=[desk], default="desk"), Act(), Context())
        assert truth(ALWAYS, facts) is Truth.TRUE
        assert truth(NEVER, facts) is Truth.FALSE
