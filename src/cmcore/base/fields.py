"""The fields of values: each holds what it is declared to hold, and instants are kept in UTC.

Python compares and subtracts two instants of the same zone by what its wall clock shows, which
repeats an hour every autumn and skips one every spring; in UTC it compares instants.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from operator import attrgetter, is_
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Final, NoReturn, Union, get_args, get_origin, get_type_hints

from attrs import Factory, fields_dict

from cmcore.base.maps import FrozenMap

if TYPE_CHECKING:
    from attrs import Attribute

    from cmcore.base._sorts import Sort
    from cmcore.base.errors import Problem

_Converter = Callable[[Any], Any]


def in_utc(given: Any) -> Any:  # noqa: ANN401 - anything but an instant comes back as it is
    """Return the same instant in UTC, as a plain datetime.

    What is not an instant, has no zone, or falls out of the years 1 to 9999 in UTC is returned as
    it is, for a check to refuse.
    """
    if type(given) is datetime and given.tzinfo is UTC:
        return given
    if not isinstance(given, datetime):
        return given
    try:
        if given.utcoffset() is None:
            return given
        at = given.astimezone(UTC)
        return datetime.combine(at.date(), at.time(), UTC)
    except (OverflowError, TypeError, ValueError):
        return given


def is_instant(given: object) -> bool:
    """Return whether `given`, which went through `in_utc`, is an instant."""
    return isinstance(given, datetime) and given.tzinfo is UTC


def transformed(_: type, fields: "list[Attribute[Any]]") -> "list[Attribute[Any]]":
    """Return the fields of a class, made to convert and to check what they are given.

    The last one checks them all, once each has its value.
    """
    made = converted(_, fields)
    given = [place for place, one in enumerate(made) if one.init]
    if given:
        check = _check([made[place].name for place in given])
        made[given[-1]] = made[given[-1]].evolve(validator=check)
    return made


def converted(_: type, fields: "list[Attribute[Any]]") -> "list[Attribute[Any]]":
    """Return the fields of a class, made to convert what they are given, and to check nothing."""
    return [_made(one) for one in fields]


def _made(one: "Attribute[Any]") -> "Attribute[Any]":
    if one.inherited:  # type: ignore[attr-defined]
        return one.evolve(validator=None)
    steps: list[_Converter] = []
    if one.converter:
        steps.append(_placed(one, one.converter))  # type: ignore[arg-type]
    if one.init and _names_instants(one.type):
        steps.append(in_utc if _is_one_instant(one.type) else _all_in_utc)
    elif choices := _choices_of(one.type):
        steps.append(_member_of(choices))
    if not one.init and isinstance(one.default, Factory):  # type: ignore[arg-type]
        return one.evolve(default=_guarded(one.default))
    return one.evolve(converter=_chained(*steps)) if steps else one


def _choices_of(declared: object) -> type[StrEnum] | None:
    """Return the closed list that a field takes a word of, if it does, and nothing else."""
    kinds = [kind for kind in (declared, *get_args(declared)) if isinstance(kind, type)]
    found = [kind for kind in kinds if issubclass(kind, StrEnum)]
    return found[0] if found and len({*kinds} - {NoneType, UnionType}) == 1 else None


def _member_of(choices: type[StrEnum]) -> _Converter:
    """Return what makes a word of a closed list the member that it names."""
    words = {str(one): one for one in choices}

    def member(given: Any) -> Any:  # noqa: ANN401 - a word that is not of the list stays as it is
        return words.get(given, given) if type(given) is str else given

    member.__annotations__["given"] = choices
    return member


def _chained(first: _Converter, *then: _Converter) -> _Converter:
    return (lambda given: then[0](first(given))) if then else first


def _names_instants(declared: object) -> bool:
    return declared is datetime or any(map(_names_instants, get_args(declared)))


def _is_one_instant(declared: object) -> bool:
    parts = get_args(declared) if get_origin(declared) in {Union, UnionType} else (declared,)
    return datetime in parts


def _names_maps(declared: object) -> bool:
    return get_origin(declared) is FrozenMap or any(map(_names_maps, get_args(declared)))


def _all_in_utc(given: Any) -> Any:  # noqa: ANN401 - a collection, however deep
    if isinstance(given, Mapping):
        made = {key: _all_in_utc(one) for key, one in given.items()}
        is_same = all(map(is_, made.values(), given.values()))
        return given if is_same else type(given)(made)  # type: ignore[call-arg]
    if type(given) in {tuple, frozenset}:  # a user's own class is not inspected
        parts = [*map(_all_in_utc, given)]
        return given if all(map(is_, parts, given)) else type(given)(parts)
    return in_utc(given)


#: What functions raise when given something they cannot work with.
_UNFIT: Final = (AttributeError, LookupError, TypeError, ValueError)


def default_of(field: "Attribute[Any]", thing: object) -> Any:  # noqa: ANN401 - as the field has it
    """Return what a field of a value is if nobody gives it."""
    made: Any = field.default
    if not isinstance(made, Factory):  # type: ignore[arg-type]
        return made
    return made.factory(thing) if made.takes_self else made.factory()


def _guarded(made: Any) -> Any:  # noqa: ANN401 - a factory of attrs
    """Return what makes the same of a value, or nothing where its fields are not what is due."""
    return Factory(lambda one: _or_nothing(made.factory, one), takes_self=True)


def _or_nothing(make: Callable[[object], object], one: object) -> object:
    from cmcore.base.errors import InvalidError

    try:
        return make(one)
    except InvalidError:
        raise
    except _UNFIT:
        return None


#: What would be split into its keys if a collection were expected.
_MAPS: Final = frozenset({dict, FrozenMap})


def _placed(one: "Attribute[Any]", convert: _Converter) -> _Converter:
    """Return a converter that places its problems, and leaves what it cannot convert as it is."""
    name, unfit = one.name, frozenset() if _names_maps(one.type) else _MAPS

    def converted(given: Any) -> Any:  # noqa: ANN401 - as the field has it
        if type(given) in unfit:
            return given
        try:
            return convert(given)
        except _UNFIT as error:
            from cmcore.base.errors import InvalidError

            if not isinstance(error, InvalidError):
                return given
            raise InvalidError(
                one if one.path[:1] == (name,) else one.under(name) for one in error.problems
            ) from None

    return converted


#: How many ways to fill the fields of a class are remembered.
_MOST: Final = 4096
_Given = tuple[object, ...]
_Holds = Callable[[Any], bool]
_Deep = list[tuple[int, _Holds]]


def _check(names: list[str]) -> Callable[[object, object, object], None]:
    """Return what checks that the fields of a value hold what they are declared to hold.

    Most values of a class are filled with the same types: a look at these is enough, except for
    what holds more, such as the elements of collections.
    """
    filled = _Filled(names)
    get = attrgetter(*names) if len(names) > 1 else _only(names[0])
    seen = filled.seen

    def check(made: object, _: object, __: object) -> None:
        given = get(made)
        kinds = tuple(map(type, given))
        for place, holds in seen[kinds] if kinds in seen else filled.meet(made, given):
            if not holds(given[place]):
                filled.refuse(made, given)

    return check


class _Filled:
    """The types that the fields of a class were filled with, and what more is asked of each."""

    def __init__(self, names: list[str]) -> None:
        self._names = names
        self._sorts: list[Sort] = []
        self.seen: dict[tuple[type, ...], _Deep] = {}

    def meet(self, made: object, given: _Given) -> _Deep:
        """Look at types that are met for the first time."""
        if not self._sorts:
            self._sorts = self._read(type(made))
        pairs = list(zip(self._sorts, given, strict=True))
        if not all(sort.is_kind(one) for sort, one in pairs):
            self.refuse(made, given)
        asked = [sort.asked(type(one)) for sort, one in pairs]
        deep = [(place, holds) for place, holds in enumerate(asked) if holds]
        if len(self.seen) < _MOST:
            self.seen[tuple(map(type, given))] = deep
        return deep

    def refuse(self, made: object, given: _Given) -> NoReturn:
        """Refuse a value for what does not fit, and for what its class has to say of each field."""
        from cmcore.base.errors import InvalidError

        told = [one for one in _told_by(made) if one.path[:1] in {(name,) for name in self._names}]
        known = {one.path[0] for one in told}
        raise InvalidError(
            [
                problem
                for name, sort, one in zip(self._names, self._sorts, given, strict=True)
                if name not in known and not sort.fits(one)
                for problem in sort.problems(one, name)
            ]
            + told
        )

    def _read(self, kind: type) -> "list[Sort]":
        """Read the annotations, which may name classes defined after this one."""
        from cmcore.base._sorts import sort_of

        own, declared = fields_dict(kind), get_type_hints(kind)
        return [sort_of(own[name].metadata.get("takes", declared[name])) for name in self._names]


def _told_by(made: Any) -> "tuple[Problem, ...]":  # noqa: ANN401 - a value of any class
    """Return the problems that a class itself finds with a value, as far as it gets."""
    from cmcore.base.errors import InvalidError

    try:
        getattr(made, "__attrs_post_init__", tuple)()
    except InvalidError as error:
        return error.problems
    except _UNFIT:
        return ()
    return ()


def _only(name: str) -> Callable[[object], _Given]:
    return lambda made: (getattr(made, name),)
