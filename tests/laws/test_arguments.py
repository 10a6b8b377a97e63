"""Arguments: what a public function cannot take is refused in words, not where Python trips."""

from inspect import Parameter, isclass, signature
from typing import Any, Final

import pytest

import cmcore
from cmcore import CmcoreError, InvalidError, status

FUNCTIONS: Final = [
    name
    for name in cmcore.__all__
    if not isclass(getattr(cmcore, name)) and callable(getattr(cmcore, name))
]
ODD: Final[tuple[Any, ...]] = (None, 5, "x", True, b"x", object(), [], {})


def due(function: Any) -> list[Parameter]:  # noqa: ANN401 - any function
    named = signature(function).parameters.values()
    return [one for one in named if one.default is one.empty and one.kind is not one.VAR_KEYWORD]


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: type(odd).__name__)
def test_what_a_function_cannot_take_is_refused_in_words(name: str, odd: Any) -> None:  # noqa: ANN401 - of any kind
    function = getattr(cmcore, name)
    asked = due(function)
    told = {one.name: odd for one in asked if one.kind is one.KEYWORD_ONLY}
    try:
        function(*(odd for one in asked if one.kind is not one.KEYWORD_ONLY), **told)
    except (CmcoreError, OSError) as error:
        said = str(error)
    else:
        said = ""
    assert " object at 0x" not in said


def test_each_wrong_argument_is_told_by_its_name() -> None:
    nothing: Any = None
    with pytest.raises(InvalidError) as caught:
        status(nothing, nothing)
    assert [problem.path for problem in caught.value.problems] == [("review",), ("at",)]
