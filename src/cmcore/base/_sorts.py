"""Sorts: what an annotation accepts, and what is said where something else is given."""

from collections.abc import (
    Callable,
    Collection,
    Hashable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from math import isfinite
from types import NoneType, UnionType
from typing import Any, Final, Literal, TypeVar, Union, get_args, get_origin

from cmcore.base.counts import MAX_DIGITS, is_held
from cmcore.base.errors import Problem
from cmcore.base.fields import is_instant
from cmcore.base.ids import nearest
from cmcore.base.ledgers import View
from cmcore.base.shown import as_text

_Step = str | int
_Holds = Callable[[Any], bool]
#: The types whose refused values are shown; for any other, the type is shown.
_SHOWN: Final = (str, int, float, date, timedelta, NoneType)


def _shown(given: object) -> object:
    is_shown = isinstance(given, _SHOWN) and not isinstance(given, bool)
    return given if is_shown else type(given).__name__


#: What may be given for a fact or a label, under one word.
_FACT_VALUES: Final = frozenset({bool, datetime, float, frozenset, int, str, timedelta})


def _thing_of(kinds: Collection[type]) -> str | None:
    """Return what the table of things calls the values of all these classes, as they say."""
    if {*kinds} == _FACT_VALUES:
        return "label-value"
    named = {getattr(kind, "__thing__", None) for kind in kinds}
    return named.pop() if len(named) == 1 else None


class Sort:
    """What an annotation accepts: the values of some classes.

    `thing` is what the table of things calls it, None where it goes by the names of its classes.
    A class says in `__thing__` what its values are called, as `condition`.
    """

    def __init__(self, thing: str | None, *kinds: type) -> None:
        some = [kind for kind in kinds if kind is not NoneType]
        self._names = tuple(sorted(kind.__name__ for kind in some))
        self.thing = thing or _thing_of(some)
        self.kinds = kinds
        self._met: dict[type, _Holds | None] = {}

    def is_kind(self, given: object) -> bool:
        """Return whether a value is of an allowed type."""
        return isinstance(given, self.kinds)

    def asked(self, kind: type) -> _Holds | None:
        """Return what more is asked of values of an allowed type, if anything."""
        if issubclass(kind, float):
            return isfinite
        return is_held if issubclass(kind, int) and kind is not bool else None

    def fits(self, given: object) -> bool:
        """Return whether a value is allowed."""
        kind = type(given)
        if kind in self._met:
            holds = self._met[kind]
        elif self.is_kind(given):
            holds = self._met[kind] = self.asked(kind)
        else:
            return False
        return holds is None or holds(given)

    def problems(self, given: object, *path: _Step) -> Iterator[Problem]:
        """Yield what is wrong with a value that does not fit, at its place."""
        if isinstance(given, int) and not is_held(given):
            yield Problem.of("number-too-large", *path, most=MAX_DIGITS)
        elif isinstance(given, float) and not isfinite(given):
            yield Problem("number-not-finite", path)
        elif self.thing is None:
            # a text would look like the number that it writes
            told = type(given).__name__ if isinstance(given, str) else _shown(given)
            yield Problem.of("wrong-class", *path, given=told, names=self._names)
        elif isinstance(given, _SHOWN):
            yield Problem.of("wrong-value", *path, given=given, wanted=self.thing)
        else:
            kind = type(given).__name__
            yield Problem.of("foreign-type", *path, kind=kind, wanted=self.thing)


class _Number(Sort):
    """Numbers: a flag is none, though Python has it so."""

    def is_kind(self, given: object) -> bool:
        return isinstance(given, self.kinds) and not isinstance(given, bool)


class _Day(Sort):
    """Days: an instant is none, though Python has it so."""

    def is_kind(self, given: object) -> bool:
        return isinstance(given, date) and not isinstance(given, datetime)


class _Instant(Sort):
    """Instants, brought to UTC."""

    def asked(self, kind: type) -> _Holds | None:  # noqa: ARG002 - some ask the type
        return is_instant

    def problems(self, given: object, *path: _Step) -> Iterator[Problem]:
        if not isinstance(given, datetime):
            yield from super().problems(given, *path)
        elif given.utcoffset() is None:
            yield Problem.of("naive-datetime", *path, at=given)
        else:
            yield Problem.of("no-local-time", *path, at=given, zone="UTC")


class _Member(Sort):
    """Members of a closed list, which are its `words`."""

    def __init__(self, kind: type, words: Collection[str]) -> None:
        super().__init__("word", kind)
        self._words = words

    def problems(self, given: object, *path: _Step) -> Iterator[Problem]:
        near, known = nearest(given, self._words), self._words
        yield Problem.of("not-a-choice", *path, given=_shown(given), near=near, known=known)


class _Choice(_Member):
    """One of a few words."""

    def __init__(self, *words: str) -> None:
        super().__init__(str, frozenset(words))

    def asked(self, kind: type) -> _Holds | None:  # noqa: ARG002 - some ask the type
        return self._words.__contains__


class _Either(Sort):
    """What any of several sorts accepts."""

    def __init__(self, *sorts: Sort) -> None:
        self._sorts = sorts
        self._some = [one for one in sorts if one is not _NOTHING]
        only = self._some[0].thing if len(self._some) == 1 else None
        super().__init__(only, *dict.fromkeys(kind for one in sorts for kind in one.kinds))

    def is_kind(self, given: object) -> bool:
        return any(one.is_kind(given) for one in self._sorts)

    def asked(self, kind: type) -> _Holds | None:
        fit = [one.asked(kind) for one in self._sorts if issubclass(kind, one.kinds)]
        return fit[0] if len(fit) == 1 else self._any_of(fit)

    def _any_of(self, asked: list[_Holds | None]) -> _Holds | None:
        many = [holds for holds in asked if holds]
        return (lambda given: any(holds(given) for holds in many)) if asked == many else None

    def problems(self, given: object, *path: _Step) -> Iterator[Problem]:
        near = [one for one in self._some if len(self._some) == 1 or one.is_kind(given)]
        yield from near[0].problems(given, *path) if near else super().problems(given, *path)


class _Many(Sort):
    """Collections whose every element is of a sort."""

    def __init__(self, kind: type, of: Sort) -> None:
        super().__init__(_THINGS[kind], kind)
        self._of = of
        self._all = _all_of(of)

    def asked(self, kind: type) -> _Holds | None:  # noqa: ARG002 - some ask the type
        return self._all

    def problems(self, given: object, *path: _Step) -> Iterator[Problem]:
        # what cannot be gathered is refused because of its elements
        found = [
            problem
            for step, one in (_elements(given) if isinstance(given, _GATHERED) else ())
            if not self._of.fits(one)
            for problem in self._of.problems(one, *path, *step)
        ]
        yield from found or _lone(given, *path) or super().problems(given, *path)


#: The collections that are accepted, before being gathered into a tuple or a set.
_GATHERED: Final = (list, tuple, set, frozenset)


def _lone(given: object, *path: _Step) -> list[Problem]:
    """Return the problem of a text where several are due: it would fall into letters."""
    return [Problem.of("lone-text", *path, given=given)] if isinstance(given, str) else []


def _elements(given: Any) -> Iterator[tuple[tuple[_Step, ...], object]]:  # noqa: ANN401 - a tuple or a set
    """Yield each element with its place, those of a set in the order they are shown in."""
    if isinstance(given, list | tuple):
        yield from (((index,), one) for index, one in enumerate(given))
    else:
        yield from (((), one) for one in sorted(given, key=as_text))


class _Listing(_Many):
    """Things in order; what a view shows was checked where it stands."""

    def __init__(self, of: Sort) -> None:
        super().__init__(tuple, of)
        self.kinds = (tuple, View)

    def asked(self, kind: type) -> _Holds | None:
        return None if issubclass(kind, View) else super().asked(kind)


class _Row(Sort):
    """Tuples of a fixed length, each element of its own sort."""

    def __init__(self, *of: Sort) -> None:
        super().__init__("list", tuple)
        self._of = of

    def asked(self, kind: type) -> _Holds | None:  # noqa: ARG002 - some ask the type
        return self._holds

    def _holds(self, given: Any) -> bool:  # noqa: ANN401 - a tuple
        return len(given) == len(self._of) and all(
            sort.fits(one) for sort, one in zip(self._of, given, strict=True)
        )

    def problems(self, given: object, *path: _Step) -> Iterator[Problem]:
        if not isinstance(given, tuple):
            yield from super().problems(given, *path)
        elif len(given) != len(self._of):
            yield Problem.of("wrong-length", *path, count=len(given), wanted=len(self._of))
        else:
            for index, (sort, one) in enumerate(zip(self._of, given, strict=True)):
                if not sort.fits(one):
                    yield from sort.problems(one, *path, index)


class _Map(Sort):
    """Mappings from keys, most of them names, to values of a sort."""

    def __init__(self, kind: type, of: Sort, key: Sort) -> None:
        super().__init__("mapping", kind)
        self._of, self._key = of, key
        self._all, self._all_keys = _all_of(of), _all_of(key)

    def asked(self, kind: type) -> _Holds | None:  # noqa: ARG002 - some ask the type
        return self._holds

    def _holds(self, given: Any) -> bool:  # noqa: ANN401 - a mapping
        return not given or (self._all_keys(given) and self._all(given.values()))

    def problems(self, given: object, *path: _Step) -> Iterator[Problem]:
        if not isinstance(given, self.kinds):
            yield from super().problems(given, *path)
            return
        found: Mapping[object, object] = given  # type: ignore[assignment]
        for key, one in found.items():
            if not self._key.fits(key):
                yield from self._key.problems(key, *path)
            elif not self._of.fits(one):
                yield from self._of.problems(one, *path, str(key))


def _all_of(sort: Sort) -> _Holds:
    """Return what says whether all of several things fit, at a glance where their types say it."""
    plain = frozenset(kind for kind in sort.kinds if sort.asked(kind) is None)
    are_plain, fits = plain.issuperset, sort.fits

    def holds(given: Any) -> bool:  # noqa: ANN401 - a collection
        return not given or are_plain(map(type, given)) or all(map(fits, given))

    return holds


_THINGS: Final[dict[type, str]] = {tuple: "list", frozenset: "set"}
_NOTHING: Final = Sort("nothing", NoneType)
_ANYTHING: Final = Sort("parameter", object)
_KNOWN: Final[dict[Any, Sort]] = {
    NoneType: _NOTHING,
    Any: _ANYTHING,
    object: _ANYTHING,
    str: Sort("text", str),
    bool: Sort("flag", bool),
    int: _Number("whole-number", int),
    float: _Number("number", int, float),
    date: _Day("made-day", date),
    datetime: _Instant("moment", datetime),
    timedelta: Sort("duration", timedelta),
    Hashable: Sort("parameter", Hashable),
}


class _Listed(Sort):
    """What gives things one by one: a text, which would fall into letters, is none."""

    def is_kind(self, given: object) -> bool:
        return isinstance(given, Iterable) and not isinstance(given, str | bytes)

    def problems(self, given: object, *path: _Step) -> Iterator[Problem]:
        yield from _lone(given, *path) or super().problems(given, *path)


#: An instant on any clock, and things that are read one by one.
MOMENT: Final = Sort("moment", datetime)
LISTED: Final = _Listed("list", Iterable)


def either(*sorts: Sort) -> Sort:
    """Return what any of several sorts accepts."""
    return _Either(*sorts)


@cache
def sort_of(declared: Any) -> Sort:  # noqa: ANN401 - an annotation
    """Return what an annotation accepts."""
    if declared in _KNOWN:
        return _KNOWN[declared]
    if isinstance(declared, TypeVar):
        return _ANYTHING
    of, parts = get_origin(declared), get_args(declared)
    if of is Literal:
        return _Choice(*parts)
    if of is not None:
        return _composed(of, parts)
    if issubclass(declared, StrEnum):
        return _Member(declared, [str(one) for one in declared])
    return Sort(None, declared)


def _composed(of: Any, parts: tuple[Any, ...]) -> Sort:  # noqa: ANN401 - what is made of parts
    if of in {Union, UnionType}:
        return _Either(*map(sort_of, parts))
    if of is Sequence:
        return _Listing(sort_of(parts[0]))
    if of is frozenset or (of is tuple and ... in parts):
        return _Many(of, sort_of(parts[0]))
    if of is tuple:
        return _Row(*map(sort_of, parts))
    if issubclass(of, Mapping):
        *keys, each = parts
        return _Map(of, sort_of(each), sort_of(keys[0] if keys else str))
    return Sort(None, of)
