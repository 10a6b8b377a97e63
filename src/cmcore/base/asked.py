"""Arguments of public functions and methods: one of a wrong type is refused by its name."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import wraps
from inspect import Parameter, signature
from itertools import chain, count
from types import GenericAlias, UnionType
from typing import Any, Final, ParamSpec, TypeVar, Union, get_args, get_origin, get_type_hints

import attrs

from cmcore.base._sorts import LISTED, MOMENT, Sort, either, sort_of
from cmcore.base.errors import CmcoreError, InvalidError, Problem, refuse, refuse_any

_P = ParamSpec("_P")
_R = TypeVar("_R")
_T = TypeVar("_T")
_Path = tuple[str | int, ...]
_Problems = Callable[[tuple[object, ...], dict[str, object]], Iterator[Problem]]
_Takes = Union[_R, None]  # noqa: UP007 - the older spelling is of a class of its own
#: A named type may be a union or a collection of others, as in `list[Act]`.
_TYPES: Final[tuple[Any, ...]] = (type, UnionType, GenericAlias, type(_Takes))
_TYPE: Final = Sort("type", *_TYPES)


def checked(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return a function that refuses arguments of a wrong type, each with its name.

    Instants are taken on any clock, and what is read one by one is looked at as it is read.
    """
    problems = _asking(function)

    @wraps(function)
    def called(*args: _P.args, **told: _P.kwargs) -> _R:
        refuse_any(problems(args, told))
        return function(*args, **told)

    return called


def checked_late(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return a method that refuses arguments of a wrong type where they make it fail.

    Nothing is looked at before: what a value is asked, it may be asked for every act of a history.
    """
    problems = _asking(function)

    @wraps(function)
    def called(*args: _P.args, **told: _P.kwargs) -> _R:
        try:
            return function(*args, **told)
        except CmcoreError:
            raise
        except Exception:
            found = list(problems(args, told))
            if found:
                raise InvalidError(found) from None
            raise

    return called


def each_of(many: Iterable[_T], name: str, *kinds: type) -> Iterator[_T]:
    """Yield what an argument of that name gives one by one, if each is of an allowed class.

    Raises:
        InvalidError: when one is of another class.
    """
    for one in many:
        if not isinstance(one, kinds):
            names = tuple(sorted(kind.__name__ for kind in kinds))
            raise refuse("wrong-class", name, given=type(one).__name__, names=names)
        yield one


def _asking(function: Callable[..., object]) -> _Problems:
    """Return what yields the problem of each argument of a function that is of a wrong type."""
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
            sorts.update((name, _sort_of(hints[name])) for name in hints.keys() - {"return"})
        for path, one in given(args, told):
            sort = sorts.get(path[0])
            if sort is not None and not sort.fits(one):
                for problem in map(_in_python, sort.problems(one, *path)):
                    yield (
                        attrs.evolve(problem, hint="one-by-one")
                        if _is_whole(path, one)
                        else problem
                    )

    return problems


def _in_python(problem: Problem) -> Problem:
    """Return a problem in which a flag is written as in Python: no file has it as yes or no."""
    given = problem.params.get("given")
    if not isinstance(given, bool):
        return problem
    return attrs.evolve(problem, params={**problem.params, "given": repr(given)})


def _is_whole(path: _Path, given: object) -> bool:
    """Return whether a list stands where its items should be given one by one."""
    return len(path) > 1 and isinstance(given, list | tuple | set | frozenset)


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
