"""Strategies for what charters guarantee, and for examples of what acts must get."""

from collections.abc import Sequence
from typing import Any

import attrs
from hypothesis import strategies as st

from cmcore.charters.charter import Charter
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.decision import Outcome
from cmcore.charters.guarantee import Example, Guarantee
from cmcore.strategies._acts import a_case
from cmcore.strategies._conditions import USUAL, a_condition, a_test
from cmcore.strategies._drawing import pick, several, some
from cmcore.strategies._reading import Reads, everything, reads

_WHY = ("", "", "That is what we are for.", "C'est promis.")


def a_guarantee(
    draw: st.DrawFn, words: Vocabulary, to: Sequence[str], facts: Sequence[str] = ()
) -> Guarantee:
    """Draw what some acts always get, or never."""
    outcome = pick(draw, tuple(Outcome))
    circuit = pick(draw, (None, *to)) if outcome is Outcome.EXCEPTION else None
    when = a_condition(draw, lambda: a_test(draw, words, facts), 1)
    return Guarantee(outcome, when=when, to=circuit, because=pick(draw, _WHY))


def an_example(draw: st.DrawFn, of: Reads, to: Sequence[str]) -> Example:
    """Draw an act with the outcome that it must get."""
    outcome = pick(draw, tuple(Outcome))
    circuits = some(draw, to, 0, 2) if outcome is Outcome.EXCEPTION else frozenset[str]()
    case = a_case(draw, of, unknowns=True)
    return Example(outcome, case.act, context=case.context, to=circuits, because=pick(draw, _WHY))


def guaranteeing(draw: st.DrawFn, charter: Charter, facts: Sequence[str] = ()) -> Charter:
    """Draw a charter that guarantees something, and has examples."""
    to = [circuit.id for circuit in charter.circuits]
    of = reads(charter)

    def make() -> Guarantee:
        return a_guarantee(draw, charter.vocabulary, to, facts)

    told: dict[str, Any] = {
        "always": several(draw, make, 0, 1),
        "never": several(draw, make, 0, 1),
        "examples": several(draw, lambda: an_example(draw, of, to), 0, 1),
    }
    made: Charter = attrs.evolve(charter, **told)
    return made


@st.composite
def guarantees(draw: st.DrawFn) -> Guarantee:
    """Return a strategy for what some acts always get, or never."""
    return a_guarantee(draw, USUAL, ("desk", "crisis"))


@st.composite
def examples(draw: st.DrawFn) -> Example:
    """Return a strategy for acts with the outcome that they must get."""
    return an_example(draw, everything(), ("desk", "crisis"))
