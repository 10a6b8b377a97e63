"""The fields of values: an instant is kept in UTC, whatever clock it was given on.

Python compares and subtracts two instants of the same zone by what its wall clock shows, which
repeats an hour every autumn and skips one every spring; in UTC it compares instants.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, get_args

if TYPE_CHECKING:
    from collections.abc import Callable

    from attrs import Attribute


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
    """Return the fields of a class, with those declared to hold instants keeping them in UTC."""
    return [_in_utc(one) if _holds_instants(one) else one for one in fields]


def _holds_instants(one: "Attribute[Any]") -> bool:
    own = not one.inherited  # type: ignore[attr-defined]
    return own and one.init and _names(one.type)


def _names(declared: object) -> bool:
    return declared is datetime or any(map(_names, get_args(declared)))


def _in_utc(one: "Attribute[Any]") -> "Attribute[Any]":
    made: Any = one.converter
    utc = in_utc if _is_plain(one.type) else _all_in_utc
    return one.evolve(converter=utc if made is None else _after(made, utc))


def _is_plain(declared: object) -> bool:
    return declared is datetime or datetime in get_args(declared)


def _after(first: "Callable[[Any], Any]", then: "Callable[[Any], Any]") -> "Callable[[Any], Any]":
    return lambda given: then(first(given))


def _all_in_utc(given: Any) -> Any:  # noqa: ANN401 - a collection, however deep
    if isinstance(given, Mapping):
        return type(given)({k: _all_in_utc(v) for k, v in given.items()})  # type: ignore[call-arg]
    if type(given) in {tuple, frozenset}:  # a class of somebody's own is not looked into
        return type(given)(map(_all_in_utc, given))
    return in_utc(given)
