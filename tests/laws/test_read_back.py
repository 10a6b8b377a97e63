"""Read back: every public value equals itself after plain data, which fits the schema of it."""

import json
from collections.abc import Callable
from functools import cache
from inspect import isclass
from itertools import product
from typing import Any, Final

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cmcore import Act, InvalidError, Member, dump, parse, schema, structure, unstructure
from cmcore.base.maps import FrozenMap
from cmcore.base.offers import offered
from cmcore.teams import Hire, Training

PUBLIC = offered()

#: What is public and no value: errors, and what only makes or shows values.
NO_VALUES: Final = {
    "CmcoreError",
    "InvalidError",
    "MissingExtraError",
    "CompiledCharter",
    "Fact",
    "Labeller",
    "View",
}
VALUES: Final = [kind for name in PUBLIC if isclass(kind := PUBLIC[name]) and name not in NO_VALUES]
#: There are many kinds of value, each with its parts.
FEW: Final = max(6, settings().max_examples // 10)
each_value = pytest.mark.parametrize("kind", VALUES, ids=lambda kind: kind.__name__)


@pytest.mark.parametrize(
    "option",
    [Training("bo", skills={"writing"}), Training("bo", networks={"x"}, cost=4), Hire(Member("x"))],
    ids=str,
)
def test_one_of_several_kinds_of_value_reads_back_equal(option: Training | Hire) -> None:
    kind: Any = Training | Hire
    assert structure(unstructure(option), kind) == option


@each_value
@given(data=st.data())
@settings(max_examples=FEW, suppress_health_check=list(HealthCheck), deadline=None)
def test_every_public_value_reads_back_equal(kind: type[Any], data: st.DataObject) -> None:
    thing = data.draw(st.from_type(kind))
    plain = unstructure(thing)
    assert [error.message for error in known(kind.__name__).iter_errors(plain)] == []
    back = structure(plain, kind)
    assert back == thing
    assert type(back) is type(thing)
    assert unstructure(back) == plain
    form = data.draw(
        st.sampled_from(["json", "yaml", "toml"] if is_table(plain) else ["json", "yaml"])
    )
    assert parse(dump(thing, format=form), kind, format=form) == thing


@cache
def known(name: str) -> Draft202012Validator:
    """Return what checks plain data against the schema that is published of a kind of value."""
    return Draft202012Validator(schema(PUBLIC[name]))


def is_table(plain: object) -> bool:
    """Tell whether TOML can write it: a mapping in which nothing is null."""
    return isinstance(plain, dict) and "null" not in json.dumps(plain)


@each_value
@given(data=st.data())
@settings(max_examples=FEW, suppress_health_check=list(HealthCheck), deadline=None)
def test_whatever_is_read_is_a_value_or_refused(
    kind: type[Any], spoil: Callable[[st.DataObject, Any], Any], data: st.DataObject
) -> None:
    spoilt = spoil(data, unstructure(data.draw(st.from_type(kind))))
    try:
        assert isinstance(structure(spoilt, kind), kind)
    except InvalidError:
        return


#: Numbers that no file can hold.
HOSTILE: Final = [float("nan"), float("inf"), -float("inf"), 10**400]


def numbered(thing: Any) -> list[tuple[str, bool]]:  # noqa: ANN401 - any value
    """Return the fields of a value that hold a number, and the mappings in which one may stand."""
    fields = attrs.fields(type(thing)) if attrs.has(type(thing)) else ()
    told = [(one.name.lstrip("_"), getattr(thing, one.name)) for one in fields if one.init]
    return [(name, isinstance(held, FrozenMap)) for name, held in told
            if type(held) in {int, float} or isinstance(held, FrozenMap)]  # fmt: skip


@each_value
@given(data=st.data())
@settings(max_examples=1, suppress_health_check=list(HealthCheck), deadline=None)
def test_a_number_that_no_file_can_hold_is_refused_by_the_value(
    kind: type[Any], data: st.DataObject
) -> None:
    thing = data.draw(st.from_type(kind))
    for (name, is_map), number in product(numbered(thing), HOSTILE):
        with pytest.raises(InvalidError):
            attrs.evolve(thing, **{name: {"x": number} if is_map else number})


def test_a_label_that_is_no_number_is_refused_by_the_act() -> None:
    for number in HOSTILE:
        with pytest.raises(InvalidError) as failure:
            Act(labels={"risk": number})
        (problem,) = failure.value.problems
        assert problem.path == ("labels", "risk")
        assert problem.code in {"number-not-finite", "number-too-large"}
