"""Wrong types: what a field cannot hold is refused when a value is made, with its place."""

from datetime import UTC, date, datetime, timedelta
from inspect import isclass
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cmcore import (
    Act,
    Approvers,
    Charter,
    InvalidError,
    Organisation,
    Role,
    Rule,
    Stage,
    ValidationCircuit,
    fact,
    structure,
    unstructure,
)
from cmcore.base.offers import offered
from cmcore.charters import All, AnyOf, AtLeast, FactTest, Not, Situation, Term
from cmcore.charters import at_least as at_least_of
from cmcore.charters.conditions.operands import Rate
from cmcore.incidents import InboundEvent

from .python_words import PYTHON

PUBLIC = offered()

AT: Final = datetime(2026, 3, 27, 8, tzinfo=UTC)
DESK: Final = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])
#: What shows values, or decides by them.
NO_VALUES: Final = {"View", "CompiledCharter"}
VALUES: Final = [
    kind
    for name in PUBLIC
    if isclass(kind := PUBLIC[name]) and attrs.has(kind) and name not in NO_VALUES
]
#: There are many kinds of value, each with many fields.
FEW: Final = max(1, settings().max_examples // 100)
each_value = pytest.mark.parametrize("kind", VALUES, ids=lambda kind: kind.__name__)


#: A number that Python does not even write out.
HUGE: Final = 10**5000


class Stranger:
    """Something that no field can hold."""

    __hash__ = None  # type: ignore[assignment]


#: What is given by mistake where something else is due.
ODD: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, 1, -1, 2.5, "no", "", "2026-W12", "2026-01-31💩09:00Z"),
    *((), ("a",), [], ["a", 1], [None], {"a"}, {"a": 1}, {1: "a"}, {"a": None}, frozenset({1})),
    *(AT, AT.replace(tzinfo=None), AT.date(), timedelta(hours=1), b"a", range(2), Act(), Role("a")),
    *(datetime.min.replace(tzinfo=UTC), date.max, timedelta.max, 10**30, 1j),
)


#: What a condition asks of a fact is judged by its charter, which knows the fact.
JUDGED_LATER: Final = {All, AnyOf, AtLeast, Not, FactTest}


def given_fields(thing: Any) -> list[Any]:  # noqa: ANN401 - any value
    return [one for one in attrs.fields(type(thing)) if one.init]


def lists(declared: Any) -> bool:  # noqa: ANN401 - an annotation
    """Tell whether a field is a list of things of one kind, or nothing."""
    options = get_args(declared) if get_origin(declared) in {Union, UnionType} else ()
    kinds = [kind for kind in (declared, *options) if get_origin(kind) is tuple]
    return any(... in get_args(kind) for kind in kinds)


def places(error: InvalidError) -> set[object]:
    return {problem.path[0] if problem.path else None for problem in error.problems}


@each_value
@given(data=st.data())
@settings(max_examples=FEW, suppress_health_check=list(HealthCheck), deadline=None)
def test_what_no_field_can_hold_is_refused_at_its_place(
    kind: type[Any], data: st.DataObject
) -> None:
    thing = data.draw(st.from_type(kind))
    for one in given_fields(thing):
        for odd in (Stranger(), [Stranger()], {"a": Stranger()}, HUGE, -HUGE, [HUGE], {"a": HUGE}):
            with pytest.raises(InvalidError) as caught:
                attrs.evolve(thing, **{one.alias: odd})
            assert places(caught.value) & {one.name, one.alias}, f"{one.name}: {caught.value}"
            assert not PYTHON.search(str(caught.value))
            if isinstance(odd, list) and lists(one.type):  # what is wrong is the element
                assert all(
                    problem.params.get("kind") != "list" for problem in caught.value.problems
                )


@each_value
@given(data=st.data())
@settings(max_examples=FEW, suppress_health_check=list(HealthCheck), deadline=None)
def test_what_a_field_is_given_reads_back_equal_or_is_refused(
    kind: type[Any], data: st.DataObject
) -> None:
    thing = data.draw(st.from_type(kind))
    for one in given_fields(thing):
        odd = data.draw(st.sampled_from(ODD))
        try:
            made = attrs.evolve(thing, **{one.alias: odd})
        except InvalidError:
            continue
        hash(made)
        if kind not in JUDGED_LATER:
            assert structure(unstructure(made), type(thing)) == made, f"{one.name}={odd!r}"


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (Act, {"paid": "no"}),
        (Act, {"paid": 1}),
        (Act, {"topics": "event"}),
        (Act, {"at": "2026-W12"}),
        (Act, {"text": ["x"]}),
        (Act, {"labels": {"a": {"b": 1}}}),
        (Situation, {"open": "no"}),
        (Charter, {"version": True}),
        (Charter, {"version": 1.5}),
        (Charter, {"rules": [1]}),
        (InboundEvent, {"criticism": "no"}),
        (Organisation, {"id": None}),
        (Role, {"minutes": True}),
        (Term, {"since": AT}),
        (Term, {"through": AT}),
        (Rate, {"count": 1.5}),
    ],
    ids=str,
)
def test_what_is_given_by_mistake_is_refused_once(kind: type[Any], told: dict[str, Any]) -> None:
    due: dict[type[Any], dict[str, Any]] = {
        Charter: {"id": "c", "circuits": [DESK], "default": "desk"},
        InboundEvent: {"id": "a", "at": AT},
        Rate: {"within": timedelta(hours=1)},
        Role: {"id": "a"},
    }
    with pytest.raises(InvalidError) as caught:
        kind(**{**due.get(kind, {}), **told})
    (problem,) = caught.value.problems
    assert problem.path[:1] == (*told,)


def test_a_reason_is_text() -> None:
    with pytest.raises(InvalidError, match=r"^because: `None` is not text"):
        Rule.permit("r", because=None)  # type: ignore[arg-type]


def test_so_many_of_some_conditions_are_a_whole_number() -> None:
    with pytest.raises(InvalidError, match=r"`1\.5`"):
        at_least_of(1.5, fact("paid").is_(True), fact("paid").is_(False))  # type: ignore[arg-type]
