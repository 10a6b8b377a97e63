"""Plain values, strictly: nothing is coerced, and every refusal is a sentence with its place."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from cmcore.foundation.durations import parse_duration
from cmcore.foundation.errors import InvalidError, Problem, refuse
from cmcore.foundation.names import clip, did_you_mean

_T = TypeVar("_T")
_FLAGS = {"yes": True, "no": False, "true": True, "false": False}


def kind_of(data: object) -> str:
    """Say what a piece of a document is, in words."""
    for python, words in _KINDS:
        if isinstance(data, python):
            return words
    return type(data).__name__


_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "yes or no"),
    (int, "a number"),
    (float, "a number"),
    (str, "text"),
    (list, "a list"),
    (dict, "a mapping"),
    (type(None), "nothing"),
)


def _wrong(data: object, wanted: str, hint: str | None = None) -> InvalidError:
    shown = f"`{clip(data)}`" if isinstance(data, str | int | float) else kind_of(data)
    return refuse(f"{shown} stands where {wanted} is due", hint=hint)


def as_text(data: object) -> str:
    """Return text as it is."""
    if isinstance(data, str):
        return data
    hint = "put it in quotes" if isinstance(data, int | float) else None
    raise _wrong(data, "text", hint)


def as_flag(data: object) -> bool:
    """Return a flag: true, false, `yes` or `no`."""
    if isinstance(data, bool):
        return data
    if isinstance(data, str) and data in _FLAGS:
        return _FLAGS[data]
    raise _wrong(data, "yes or no")


def as_number(data: object) -> int | float:
    """Return a finite number."""
    if isinstance(data, int | float) and not isinstance(data, bool) and data - data == 0:
        return data
    hint = "take off the quotes" if isinstance(data, str) else None
    raise _wrong(data, "a number", hint)


def as_int(data: object) -> int:
    """Return a whole number."""
    if isinstance(data, int) and not isinstance(data, bool):
        return data
    raise _wrong(data, "a whole number")


def as_date(data: object) -> date:
    """Return a day written `2026-01-31`."""
    try:
        return date.fromisoformat(as_text(data))
    except ValueError as error:
        raise _kept(error) or _wrong(data, "a day", "write it as `2026-01-31`") from None


def as_instant(data: object) -> datetime:
    """Return an instant written `2026-01-31T09:00+01:00`; one without offset is refused."""
    try:
        at = datetime.fromisoformat(as_text(data))
    except ValueError as error:
        hint = "write it as `2026-01-31T09:00+01:00`"
        raise _kept(error) or _wrong(data, "an instant", hint) from None
    if at.utcoffset() is None:
        hint = "add its offset, as in `2026-01-31T09:00+01:00`"
        raise refuse(f"`{clip(data)}` does not say its time zone", hint=hint)
    return at


def _kept(error: ValueError) -> InvalidError | None:
    return error if isinstance(error, InvalidError) else None


def as_duration(data: object) -> timedelta:
    """Return a duration written `1 h 30 min`."""
    return parse_duration(as_text(data))


def as_words(data: object) -> tuple[str, ...]:
    """Return a list of words; one word alone stands for a list of one."""
    if isinstance(data, str):
        return (data,)
    return tuple(each(data, as_text))


def as_list(data: object) -> list[Any]:
    """Return a list."""
    if isinstance(data, list):
        return data
    raise _wrong(data, "a list")


def as_mapping(data: object) -> dict[str, Any]:
    """Return a mapping with text keys."""
    if isinstance(data, Mapping) and all(isinstance(key, str) for key in data):
        return dict(data)
    raise _wrong(data, "a mapping")


class Gather:
    """Collects problems from many places, so that all are told at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def at(self, path: tuple[str | int, ...], read: Callable[..., _T], *args: Any) -> _T | None:
        """Return what `read` makes of `args`, or keep its problems, placed under `path`."""
        try:
            return read(*args)
        except InvalidError as error:
            self.problems += [problem.under(*path) for problem in error.problems]
            return None

    def add(self, problems: Iterable[Problem]) -> None:
        """Keep more problems."""
        self.problems += problems

    def done(self) -> None:
        """Raise what was collected, if anything."""
        if self.problems:
            raise InvalidError(self.problems)


def each(data: object, read: Callable[[Any], _T]) -> list[_T]:
    """Return what `read` makes of every item of a list, with all problems at once."""
    gather = Gather()
    made = [gather.at((index,), read, item) for index, item in enumerate(as_list(data))]
    gather.done()
    return made  # type: ignore[return-value]


def known_keys(data: Mapping[str, object], known: Iterable[str]) -> list[Problem]:
    """Return the problem of every key that means nothing here."""
    names = sorted(known)
    wrong = [key for key in data if key not in names]
    return [
        Problem(
            f"`{clip(key)}` means nothing here",
            (key,),
            hint=did_you_mean(key, names) or f"it may hold: {', '.join(names)}",
        )
        for key in wrong
    ]


def choice(enum: type[Any]) -> Callable[[object], Any]:
    """Return a reader of one of the words of `enum`."""
    names = [str(member) for member in enum]

    def read(data: object) -> Any:
        if data in names:
            return enum(data)
        hint = did_you_mean(str(data), names) or f"one of {', '.join(f'`{n}`' for n in names)}"
        raise refuse(f"`{clip(data)}` is not known here", hint=hint)

    return read


def kept(data: dict[str, Any]) -> dict[str, Any]:
    """Return `data` without the keys that have nothing to say."""
    return {key: item for key, item in data.items() if item is not None}
