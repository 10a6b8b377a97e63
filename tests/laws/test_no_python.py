"""No Python: what users read, of values, of reasons and of problems, is written for people."""

from datetime import UTC, datetime
from inspect import isclass
from itertools import product
from typing import Any, Final

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cmcore
from cmcore import (
    Act,
    Approvers,
    Charter,
    Effect,
    InvalidError,
    Label,
    Rule,
    Stage,
    ValidationCircuit,
    Week,
    WordList,
    decide,
    fact,
    hours,
)
from cmcore.base import Truth
from cmcore.base.maps import FrozenMap
from cmcore.base.offers import offered
from cmcore.charters import FactTest
from cmcore.charters.conditions.facts import FactType
from cmcore.charters.conditions.operands import Hours, Quiet, Range, Rate
from cmcore.charters.conditions.operators import Op

from .python_words import PYTHON

PUBLIC = offered()

SHOWN: Final = [
    kind
    for name in PUBLIC
    if isclass(kind := PUBLIC[name]) and attrs.has(kind) and hasattr(kind, "view")
    if kind is not cmcore.View
]


@pytest.mark.parametrize("kind", SHOWN, ids=lambda kind: kind.__name__)
@settings(max_examples=1, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_what_a_value_shows_is_no_python(kind: type[Any], data: st.DataObject) -> None:
    thing = data.draw(st.from_type(kind))
    for language in ("en", "fr"):
        assert not PYTHON.search(thing.text(language))


class Stranger:
    """Something that no fact can be."""


LABELS: Final = {
    f"a_{kind}": Label(kind) for kind in FactType if kind not in {FactType.LOG, FactType.TEXT}
}
ODD: Final[tuple[Any, ...]] = (
    *(Stranger(), Stranger, frozenset(), frozenset({Stranger()}), hours(1), -hours(3), b"x", 1j),
    *(range(3), (1, 2), 1e20, Truth.TRUE, Effect.PERMIT, FrozenMap({"a": 1})),
    *(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1).date()),  # noqa: DTZ001 - a day
)


def asking(when: Any, **told: Any) -> Charter:  # noqa: ANN401 - whatever is asked
    return Charter(
        "c",
        labels=LABELS,
        circuits=[ValidationCircuit("desk", [Stage(Approvers("role", ["boss"]))])],
        default="desk",
        rules=[Rule.permit("p", when=when, because="so")],
        **told,
    )


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_what_a_fact_cannot_be_is_told_in_words(odd: object) -> None:
    whatever = fact("topics").present() & fact("a_flag").is_(True) & fact("a_symbol").is_("a")
    whatever &= fact("a_symbols").any_of("a") & fact("a_number").above(3)
    whatever &= fact("a_duration").above(hours(1)) & fact("a_instant").during("Sat")
    decision = decide(asking(whatever), Act(labels=dict.fromkeys(LABELS, odd), topics=()))
    for language in ("en", "fr"):
        assert not PYTHON.search(decision.text(language))


OPERANDS: Final[tuple[Any, ...]] = (
    *(True, 3, 0.5, "a", frozenset(), frozenset({"a"}), hours(1), datetime(2026, 1, 1, tzinfo=UTC)),
    *(Range(5, 3), Range(hours(1), hours(2)), WordList(["a"]), Rate(3, hours(1)), Quiet(hours(1))),
    Hours(Week.parse("Sat 09:00-12:00")),
)


def test_what_a_test_cannot_ask_is_told_in_words() -> None:
    said = []
    for name, op, operand in product([*LABELS, "text", "recent.any"], Op, OPERANDS):
        try:
            asking(FactTest(name, op, operand))
        except InvalidError as error:
            said.append(str(error))
    assert len(said) > 100
    assert [one for one in said if PYTHON.search(one)] == []
