"""Forged: what stored data says against itself is refused, and no number costs much to show."""

from collections.abc import Iterator
from typing import Any, Final

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cmcore import Decision, InvalidError, Review, ReviewStatus, Timeline, structure, unstructure
from cmcore.nouns.decision import Outcome
from cmcore.strategies import decisions, reviews

from .spoiling import changed

HUGE: Final = 10**17
FEW: Final = max(5, settings().max_examples // 10)


def numbers(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - plain data
    """Yield where whole numbers stand."""
    if isinstance(data, dict | list):
        for step, below in data.items() if isinstance(data, dict) else enumerate(data):
            yield from numbers(below, (*path, step))
    elif isinstance(data, int) and not isinstance(data, bool):
        yield path


@pytest.mark.parametrize("kind", [ReviewStatus, Timeline, Decision, Review])
@given(data=st.data())
@settings(max_examples=FEW, suppress_health_check=list(HealthCheck), deadline=None)
def test_a_huge_number_is_refused_or_shown_at_no_cost(kind: type[Any], data: st.DataObject) -> None:
    plain = unstructure(data.draw(st.from_type(kind)))
    for path in numbers(plain):
        try:
            found = structure(changed(plain, path, HUGE), kind)
        except InvalidError:
            continue
        assert len(str(found)) + len(found.text("fr")) < 10**6


@given(decisions(), st.sampled_from(Outcome))
def test_a_decision_says_nothing_against_its_rules(decision: Decision, outcome: Outcome) -> None:
    circuits = decision.circuits or ("desk",)
    for sent in ((), circuits):
        if (outcome, sent) == (decision.outcome, decision.circuits):
            continue
        with pytest.raises(InvalidError) as caught:
            attrs.evolve(decision, outcome=outcome, circuits=sent)
        assert {problem.path[0] for problem in caught.value.problems} <= {"outcome", "circuits"}
    with pytest.raises(InvalidError, match="determining"):
        attrs.evolve(decision, determining=("no such rule",))


@given(reviews())
def test_files_are_known_by_their_digests(review: Review) -> None:
    for odd in ("", "f", "f" * 63, "F" * 64, "g" * 64, "f" * 65):
        with pytest.raises(InvalidError) as caught:
            attrs.evolve(review.opening, files=["f" * 64, odd])
        assert [problem.path for problem in caught.value.problems] == [("files", 1)]


@given(decisions().filter(lambda decision: bool(decision.circuits)))
def test_no_name_in_a_decision_moves_the_cursor(decision: Decision) -> None:
    written = unstructure(decision)
    forged = "x\n\x1b[2J✓ covered"
    for key, told in (("charter", forged), ("circuits", [forged])):
        with pytest.raises(InvalidError, match=key):
            structure({**written, key: told}, Decision)
