"""Arguments: what a public function or method cannot take is refused in words, by the library."""

from collections.abc import Callable, Iterator
from inspect import Parameter, getattr_static, isclass, isfunction, signature
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cmcore import InvalidError, Member, Role, Team, Week, WordList, days, hours, minutes, status
from cmcore.base import CmcoreError
from cmcore.base.offers import offered
from cmcore.codec import verify_log
from cmcore.decisionlog import masked, replay
from cmcore.time import weeks

PUBLIC = offered()

FUNCTIONS: Final = [name for name in PUBLIC if not isclass(PUBLIC[name]) and callable(PUBLIC[name])]
ODD: Final[tuple[Any, ...]] = (None, 5, "x", True, b"x", object(), [], {}, float("nan"), 1e20)


def due(function: Any) -> list[Parameter]:  # noqa: ANN401 - any function
    named = signature(function).parameters.values()
    return [one for one in named if one.default is one.empty and one.kind is not one.VAR_KEYWORD]


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: f"{type(odd).__name__}-{odd}"[:12])
def test_what_a_function_cannot_take_is_refused_in_words(name: str, odd: Any) -> None:  # noqa: ANN401 - of any kind
    function = PUBLIC[name]
    asked = due(function)
    told = {one.name: odd for one in asked if one.kind is one.KEYWORD_ONLY}
    try:
        function(*(odd for one in asked if one.kind is not one.KEYWORD_ONLY), **told)
    except (CmcoreError, OSError) as error:
        said = str(error)
    else:
        said = ""
    assert " object at 0x" not in said


@pytest.mark.parametrize(
    ("call", "place"),
    [
        (lambda: replay([5], []), "log"),  # type: ignore[list-item]
        (lambda: replay([], [5]), "charters"),  # type: ignore[list-item]
        (lambda: verify_log(["a line"]), "log"),  # type: ignore[list-item]
        (lambda: masked(object()), "thing"),
    ],
    ids=["entries", "charters", "lines", "what is masked"],
)
def test_what_is_given_one_by_one_is_looked_at(call: Callable[[], object], place: str) -> None:
    with pytest.raises(InvalidError) as caught:
        call()
    assert [problem.path for problem in caught.value.problems] == [(place,)]


def test_each_wrong_argument_is_told_by_its_name() -> None:
    nothing: Any = None
    with pytest.raises(InvalidError) as caught:
        status(nothing, nothing)
    assert [problem.path for problem in caught.value.problems] == [("review",), ("at",)]


def public(kind: type) -> Iterator[tuple[str, bool]]:
    """Yield the methods of the library that a class has, and whether they are of the class."""
    ours = [base for base in kind.__mro__ if base.__module__.startswith("cmcore")]
    for name in sorted({name for base in ours for name in vars(base) if not name.startswith("_")}):
        found = getattr_static(kind, name)
        is_of_class = isinstance(found, classmethod | staticmethod)
        if is_of_class or isfunction(found):
            yield name, is_of_class


def calls(method: Callable[..., object], odd: object) -> Iterator[tuple[list[Any], dict[str, Any]]]:
    """Yield ways to call a method with something odd: for all that is due, then for each other."""
    named = [
        one for one in signature(method).parameters.values() if one.kind is not one.VAR_KEYWORD
    ]
    asked = [one for one in named if one.default is one.empty]
    args = [odd for one in asked if one.kind is not one.KEYWORD_ONLY]
    told = {one.name: odd for one in asked if one.kind is one.KEYWORD_ONLY}
    if asked:
        yield args, told
    yield from ((args, {**told, one.name: odd}) for one in named if one not in asked)


CLASSES: Final = [
    kind
    for name in PUBLIC
    if isclass(kind := PUBLIC[name])
    and not issubclass(kind, Exception)
    and any(next(calls(getattr(kind, name), None), None) for name, _ in public(kind))
]


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
@settings(max_examples=1, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_what_a_method_cannot_take_is_refused_in_words(
    kind: type[Any], data: st.DataObject
) -> None:
    thing = data.draw(st.from_type(kind))
    for name, is_of_class in public(kind):
        method = getattr(kind if is_of_class else thing, name)
        for odd in ODD:
            for args, told in calls(method, odd):
                said = ""
                try:
                    method(*args, **told)
                except (CmcoreError, OSError) as error:
                    said = str(error)
                except KeyError as error:  # where a thing is looked up by its name
                    assert isinstance(odd, str)
                    said = str(error)
                    assert "`" in said
                assert " object at 0x" not in said


@pytest.mark.parametrize("unit", [minutes, hours, days, weeks])
@pytest.mark.parametrize(
    "n", [float("nan"), float("inf"), -float("inf"), 1e20, 10**400], ids=range(5)
)
def test_what_is_no_length_of_time_is_refused(unit: Callable[[float], object], n: float) -> None:
    with pytest.raises(InvalidError) as caught:
        unit(n)
    assert [problem.path for problem in caught.value.problems] == [("n",)]


WRONG: Final[list[tuple[Callable[[Any], object], tuple[str | int, ...]]]] = [
    (WordList(["a"]).find, ("text",)),
    (Week.parse, ("text",)),
    (Team("t", [Member("ana")], [Role("a")]).with_member, ("members", 0)),
]


@pytest.mark.parametrize(("method", "path"), WRONG)
def test_a_wrong_argument_of_a_method_is_told_by_its_name(
    method: Callable[[Any], object], path: tuple[str | int, ...]
) -> None:
    with pytest.raises(InvalidError) as caught:
        method(5)
    assert [problem.path for problem in caught.value.problems] == [path]
