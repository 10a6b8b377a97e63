"""Arguments of public functions: one of a wrong type is refused by name, first of all."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import wraps
from inspect import Parameter, signature
from itertools import chain, count
from types import GenericAlias, UnionType
from typing import Any, Final, ParamSpec, TypeVar, Union, get_args, get_origin, get_type_hints

from cmcore.foundation.errors import Problem, refuse_any
from cmcore.foundation.sorts import LISTED, MOMENT, Sort, either, sort_of

_P = ParamSpec("_P")
_R = TypeVar("_R")
_Path = tuple[str | int, ...]
_Takes = Union[_R, None]  # noqa: UP007 - the older spelling is of a class of its own
#: A type that is named may be a union or a collection of others, as in `list[Act]`.
_TYPES: Final[tuple[Any, ...]] = (type, UnionType, GenericAlias, type(_Takes))
_TYPE: Final = Sort("type", *_TYPES)


def checked(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return a function that refuses arguments of a wrong type, each with its name.

    Instants are taken on any clock, and what is read one by one is looked at as it is read.
    """
    named = signature(function).parameters.values()
    fixed = [one.name for one in named if one.kind is Parameter.POSITIONAL_OR_KEYWORD]
    rest = [one.name for one in named if one.kind is Parameter.VAR_POSITIONAL]
    sorts: dict[object, Sort] = {}

    def given(args: tuple[object, ...], told: dict[str, object]) -> Iterator[tuple[_Path, object]]:
        more = ((name, index) for name in rest for index in count())
        yield from zip(chain(((name,) for name in fixed), more), args, strict=False)
        yield from (((name,), one) for name, one in told.items())

    def problems(args: tuple[object, ...], told: dict[str, object]) -> Iterator[Problem]:
        if not sorts:
            hints = get_type_hints(function)
            sorts.update((one.name, _sort_of(hints[one.name])) for one in named)
        for path, one in given(args, told):
            sort = sorts.get(path[0])
            if sort is not None and not sort.fits(one):
                yield from sort.problems(one, *path)

    @wraps(function)
    def called(*args: _P.args, **told: _P.kwargs) -> _R:
        refuse_any(problems(args, told))
        return function(*args, **told)

    return called


def _sort_of(declared: Any) -> Sort:  # noqa: ANN401 - an annotation
    """Return what an argument of that annotation may be."""
    if declared is datetime:
        return MOMENT
    if type in {declared, get_origin(declared)}:
        return _TYPE
    if get_origin(declared) is Iterable:
        return LISTED
    if datetime in (parts := get_args(declared)):
        return either(*map(_sort_of, parts))
    return sort_of(declared)
