import pytest

from cmcore.foundation.errors import InvalidError
from cmcore.nouns.circuits import ALL, Approvers, Stage, ValidationCircuit
from cmcore.policy.joining import join

X = Approvers("role", {"x"})
ONE, OTHER = (ValidationCircuit(name, [Stage(X)]) for name in ("one", "other"))


def test_circuits_are_joined_by_their_ids() -> None:
    assert join() == ()
    assert join(OTHER, ONE, OTHER) == (ONE, OTHER)


def test_two_that_differ_are_not_taken_for_one() -> None:
    with pytest.raises(InvalidError) as caught:
        join(ONE, OTHER, ValidationCircuit("one", [Stage(X, ALL)]))
    (problem,) = caught.value.problems
    assert problem.message == "two circuits that differ are called `one`"
