"""Plain values, strictly: nothing is coerced, and every refusal is a sentence with its place."""

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any, Final, NoReturn, ParamSpec, TypeVar, cast

import attrs

from cmcore.base import synonyms
from cmcore.base.codes import Code
from cmcore.base.errors import MAX_PROBLEMS, InvalidError, Path, Problem, refuse, show_path
from cmcore.base.fields import default_of
from cmcore.base.ids import nearest, one_of
from cmcore.base.numbers import NUMBER, WHOLE, number_meant, refuse_grouped
from cmcore.codec import bounds
from cmcore.codec.bounds import Data
from cmcore.time.durations import parse_duration

_T = TypeVar("_T")
_D = TypeVar("_D")
_P = ParamSpec("_P")
_E = TypeVar("_E", bound=StrEnum)
#: The words for a flag, beside true and false themselves.
FLAGS: Final = {**synonyms.FLAGS, "true": True, "false": False}
#: Type -> its reader from plain data, and its writer.
Readers = dict[Any, Callable[[object], Any]]
Writers = dict[type, Callable[[Any], Data]]
Hooks = tuple[Readers, Writers]

#: A placeholder for an unreadable part, so that the rest is still checked.
BROKEN: Final = "?"
#: What a day looks like; the calendar has the last word.
DAY_PATTERN: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DAY: Final = re.compile(DAY_PATTERN)
#: A placeholder for an unreadable instant; it never leaves this package.
NO_TIME: Final = datetime(1970, 1, 1, tzinfo=UTC)
#: A day and a time: the part of ISO 8601 that people use.
_INSTANT: Final = re.compile(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}(?:[Tt ][-+0-9:.,Zz ]*)?")
#: A number without its required unit.
_BARE: Final = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?")
#: The shapes of plain data that are not shown as they are.
_SHAPES: Final[tuple[tuple[type, str], ...]] = (
    (list, "list"),
    (Mapping, "mapping"),
    (type(None), "nothing"),
)


def wrong(data: object, wanted: str, hint: str | None = None, write: str = "") -> InvalidError:
    """Return the error of `data` not being the thing that is wanted, to be raised.

    `write` is what to write instead, where one can tell.
    """
    if isinstance(data, str) and not data.strip():
        return refuse("wrong-shape", found="empty-text", wanted=wanted, hint=hint)
    if isinstance(data, str | int | float):
        given = str(data).lower() if isinstance(data, bool) else data
        return refuse("wrong-value", given=given, wanted=wanted, hint=hint, write=write)
    for kind, found in _SHAPES:
        if isinstance(data, kind):
            return refuse("wrong-shape", found=found, wanted=wanted, hint=hint)
    return refuse("foreign-type", kind=type(data).__name__, wanted=wanted, hint=hint)


def as_text(data: object, wanted: str = "text") -> str:
    """Return text as it is; `wanted` names what is asked for of what is no text."""
    if isinstance(data, str):
        return data
    hint = "quote" if isinstance(data, int | float) else None
    raise wrong(data, wanted, hint)


def as_flag(data: object) -> bool:
    """Return a flag: true, false, `yes` or `no`, `oui` or `non`."""
    if isinstance(data, bool):
        return data
    if isinstance(data, str) and data in FLAGS:
        return FLAGS[data]
    raise wrong(data, "yes-or-no", "write-flag")


def as_number(data: object, wanted: str = NUMBER) -> int | float:
    """Return a finite number, of those that are wanted: any, or whole ones."""
    if isinstance(data, int | float) and not isinstance(data, bool) and data - data == 0:
        if wanted == WHOLE and data != (low := math.floor(data)):
            raise refuse("wrong-value", given=data, wanted=wanted, hint="either-whole", low=low,
                         high=low + 1)  # fmt: skip
        return data
    if isinstance(data, str):
        raise no_number(data, wanted)
    raise wrong(data, wanted)


def as_share(data: object) -> int | float:
    """Return a number; a percentage above 100 is no share, and what it means is none either."""
    if isinstance(data, str) and float(number_meant(data) or 0) > 1:
        raise wrong(data, "share")
    return as_number(data)


def no_number(text: str, wanted: str) -> InvalidError:
    """Return the error of a text that is no number, with the one that is meant, to be raised.

    Raises:
        InvalidError: it may be either of two, as `12.000` may be.
    """
    refuse_grouped(text, wanted)
    if not text.strip():
        return wrong(text, wanted, "null")
    meant = number_meant(text, wanted)
    return wrong(text, wanted, "unquote" if meant == text else None, meant)


def as_int(data: object) -> int:
    """Return a whole number."""
    if isinstance(data, int) and not isinstance(data, bool):
        return data
    if isinstance(data, str):
        raise no_number(data, WHOLE)
    raise wrong(data, WHOLE)


def as_date(data: object) -> date:
    """Return a day written `2026-01-31`."""
    if isinstance(data, str) and _DAY.fullmatch(data):
        try:
            return date.fromisoformat(data)
        except ValueError:
            raise refuse("no-such-day", day=data) from None
    raise wrong(data, "day")


def as_instant(data: object) -> datetime:
    """Return an instant written `2026-01-31T09:00+01:00`; one without offset is refused.

    Its letters may be small, as in RFC 3339.
    """
    text = data.upper() if isinstance(data, str) and _INSTANT.fullmatch(data) else ""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise wrong(data, "instant") from None
    if at.utcoffset() is None:
        raise refuse("naive-datetime", at=data)
    return at


def as_duration(data: object) -> timedelta:
    """Return a duration written `1 h 30 min`."""
    is_bare = isinstance(data, int | float) and not isinstance(data, bool)
    if is_bare or (isinstance(data, str) and _BARE.fullmatch(data)):
        raise wrong(data, "length", "write-unit", f"{data} h")
    return parse_duration(as_text(data))


def as_words(data: object) -> tuple[str, ...]:
    """Return a list of words; one word alone stands for a list of one."""
    return (data,) if isinstance(data, str) else tuple(each(data, as_text))


def as_list(data: object) -> list[Any]:
    """Return a list."""
    if isinstance(data, list):
        many: list[Any] = data
        return many
    raise wrong(data, "list")


def as_mapping(data: object) -> dict[str, Any]:
    """Return a mapping with text keys."""
    if not isinstance(data, Mapping):
        raise wrong(data, "mapping")
    item: Mapping[Any, Any] = data
    odd = [key for key in item if not isinstance(key, str)]
    if odd:
        raise InvalidError(Problem.of("key-not-text", key=key) for key in odd)
    return dict(item)


class Gather:
    """Collects problems from many places, to report them all at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def at(
        self, path: Path, read: Callable[_P, _T], *args: _P.args, **named: _P.kwargs
    ) -> _T | None:
        """Return what `read` makes of its arguments, or keep its problems, placed under `path`."""
        try:
            return read(*args, **named)
        except InvalidError as error:
            self.add(problem.under(*path) for problem in error.problems)
            return None

    def key(
        self, item: Mapping[str, object], key: str, read: Callable[[Any], _T], default: _D
    ) -> _T | _D:
        """Return what `read` makes of `item[key]`; `default` where it is missing or wrong."""
        before = len(self.problems)
        found = self.at((key,), read, item[key]) if key in item else None
        if len(self.problems) == before + 1:
            self.problems[-1] = _with_example(self.problems[-1], key)
        return default if found is None else found

    def add(self, problems: Iterable[Problem]) -> None:
        """Keep more problems; once the list is full, stop reading.

        Raises:
            InvalidError: with the first of them.
        """
        self.problems += islice(problems, MAX_PROBLEMS + 1 - len(self.problems))
        if len(self.problems) > MAX_PROBLEMS:
            raise InvalidError(self.problems)

    @property
    def is_whole(self) -> bool:
        """Whether what was read is all there: what is wrong is keys that mean nothing, at most."""
        return all(p.code == "unknown-key" and len(p.path) == 1 for p in self.problems)

    def done(self) -> None:
        """Raise what was collected, if anything."""
        if self.problems:
            raise InvalidError(self.problems)

    def made(self, thing: _T | None) -> _T:
        """Return what was made, or raise what was collected."""
        self.done()
        return cast("_T", thing)


def written(
    names: Mapping[str, Path], make: Callable[_P, _T], *args: _P.args, **named: _P.kwargs
) -> _T:
    """Return what `make` makes of its arguments; its problems name what stands in the file.

    `names` are the places of the fields that are called otherwise there, or stand elsewhere.

    Raises:
        InvalidError: with the problems of `make`.
    """
    try:
        return make(*args, **named)
    except InvalidError as error:
        raise InvalidError(renamed(problem, names) for problem in error.problems) from None


def renamed(problem: Problem, names: Mapping[str, Path]) -> Problem:
    """Return the problem of a field at the place that it has in the file, of those of `names`."""
    place: Path = tuple(problem.path)
    for field, path in names.items():
        if place[:1] == (field,):
            return _first_renamed(problem, field, path).at(*path, *place[1:])
    return problem


def _first_renamed(problem: Problem, field: str, path: Path) -> Problem:
    """Return the problem of a repeated id, which names the first place in the file as well."""
    first = str(problem.params.get("first", ""))
    if not path or not first.startswith(f"{field}["):
        return problem
    told = {**problem.params, "first": show_path(path) + first.removeprefix(field)}
    return Problem.of(problem.code, *problem.path, hint="first-at", **told)


def without_followers(
    problems: Iterable[Problem], followers: Mapping[str, Collection[Code]]
) -> list[Problem]:
    """Return problems without those that only follow from a key that could not be read at all.

    `followers` are the codes of the problems that follow from each key.
    """
    found = list(problems)
    lost = {p.path[0] for p in found if len(p.path) == 1 and p.code in _UNREAD}
    idle = {code for key in lost for code in followers.get(str(key), ())}
    return [p for p in found if p.code not in idle]


_UNREAD: Final = frozenset({"wrong-value", "wrong-shape", "foreign-type"})


def _with_example(problem: Problem, key: str) -> Problem:
    """Return the problem of a key whose value has not the shape it should have, with an example."""
    wanted = problem.params.get("wanted")
    is_shape = problem.path == (key,) and wanted in {"list", "mapping"} and problem.hint is None
    if not is_shape or key not in EXAMPLES:
        return problem
    told = {**problem.params, "example": EXAMPLES[key]}
    return attrs.evolve(problem, params=told, hint="as-in")


#: Key -> how what stands under it is written, where something of another shape does.
EXAMPLES: Final[Mapping[str, str]] = {
    "all": "[{kind: publish}, {paid: yes}]",
    "any": "[{kind: publish}, {paid: yes}]",
    "not": "{any: [{kind: publish}, {paid: yes}]}",
    "always": "[{forbidden: {kind: delete}}]",
    "circuits": "{desk: [{ask: {role: lead}}]}",
    "claims": "{delivered: yes}",
    "examples": "[{covered: {kind: publish}}]",
    "does not apply": "{departments: we are two}",
    "duties": "[{answer: first-answer, within: 2 h}]",
    "hours": "[Mon-Fri 09:00-18:00]",
    "incidents": "[incident.yaml]",
    "labels": "{price: flag}",
    "leaves": "[2026-05-15]",
    "members": "{ana: {roles: writer}}",
    "mix": "{of: trade, least: 2}",
    "never": "[{covered: {incident.open: yes}}]",
    "plan": "{ana: [writer]}",
    "practices": "[{report: 2026-02-20}]",
    "roles": "[writer, analyst]",
    "routes": "[writer]",
    "scale": "[watch, {level: serious, when: {messages: 100}}]",
    "seats": "{writer: 2}",
    "separation": "[[writer, approver]]",
    "supervision": "{contract: internship}",
    "targets": "[{within: 2 h}]",
    "volume": "{publish: 3 in 1 d}",
    "when": "{kind: publish}",
    "work": "{replies: {a day: 60, minutes: 4}}",
}


def each(data: object, read: Callable[[Any], _T]) -> list[_T]:
    """Return what `read` makes of every item of a list, with all problems at once."""
    many = data if isinstance(data, list) else _no_list(data, read)
    gather, made = Gather(), list[_T]()
    for index, item in enumerate(many):
        try:
            made.append(read(item))
        except InvalidError as error:
            gather.add(problem.under(index) for problem in error.problems)
    return gather.made(made)


def _no_list(data: object, read: Callable[[Any], object]) -> NoReturn:
    """Raise the error of what is no list: what reads by itself is to stand in brackets.

    Raises:
        InvalidError: always.
    """
    if isinstance(data, str | int | float) and not isinstance(data, bool) and str(data).strip():
        try:
            read(data)
        except InvalidError:
            raise wrong(data, "list") from None
        raise wrong(data, "list", "write-this", f"[{data}]")
    raise wrong(data, "list")


def known_keys(data: Iterable[str], known: Iterable[str]) -> list[Problem]:
    """Return the problem of every key that means nothing here."""
    names = set(known)
    if names.issuperset(data):
        return []
    return [
        _odd_space(key, names)
        or Problem.of("unknown-key", key, key=key, near=nearest(key, names), known=names)
        for key in data
        if key not in names
    ]


def _odd_space(key: str, names: Collection[str]) -> Problem | None:
    """Return the problem of a key that holds what only looks like a space."""
    odd = next((sign for sign in key if sign.isspace() and sign != " "), None)
    if odd is None:
        return None
    meant = " ".join(key.split())
    near = (meant,) if meant in names else ()
    return Problem.of("odd-space", key, key=key, character=bounds.named(odd), near=near)


def opened(
    data: object, keys: Iterable[str], needed: Mapping[str, str | None] | None = None
) -> tuple[dict[str, Any], Gather]:
    """Return a mapping, and the problems of its unknown and missing keys.

    `needed` has the required keys, each with the code of its hint.
    """
    item, gather = as_mapping(data), Gather()
    gather.add(known_keys(item, keys))
    wanted = {} if needed is None else needed
    gather.add(missing_key(key, hint) for key, hint in wanted.items() if key not in item)
    return item, gather


def only_kind(
    item: Iterable[str],
    found: Sequence[str],
    known: Iterable[str],
    lacks: Code,
    details: Collection[str] = (),
) -> str:
    """Return the one kind that was found among the keys of an item, of those that are known.

    `lacks` is the code of the problem that there is none; `details` are keys that say no kind.

    Raises:
        InvalidError: when there is none, or several.
    """
    if len(found) > 1:
        raise refuse("several-kinds", kinds=found)
    if not found:
        names = list(known)
        asked = [key for key in item if key not in details]
        near = next(filter(None, (nearest(key, names) for key in asked)), ())
        if details and asked and not near:
            raise refuse(lacks, known=names, hint="one-of")
        raise refuse(lacks, near=near)
    return found[0]


def missing_key(key: str, hint: str | None = None) -> Problem:
    """Return the problem of a key that must be there."""
    return Problem.of("missing-key", key, key=key, hint=hint)


def choice(enum: type[_E], hidden: Collection[_E] = ()) -> Callable[[object], _E]:
    """Return a reader of one of the words of `enum`; those `hidden` are not proposed."""
    return lambda data: one_of(enum, as_text(data), hidden=hidden)


def key_of(enum: type[_E], item: Mapping[str, object], lacking: Code, several: Code) -> _E:
    """Return the only word of `enum` that is a key.

    Raises:
        InvalidError: none of them is, or several are.
    """
    found = [word for word in enum if word in item]
    if len(found) != 1:
        raise refuse(several if found else lacking)
    return found[0]


def kept(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return `data` without the keys that have nothing to say."""
    return {key: item for key, item in data.items() if item is not None}


def usual(field: "attrs.Attribute[Any]") -> Callable[[Any, object], bool]:
    """Return what says whether what a field holds, of a value, goes without saying."""
    made: Any = field.default
    if isinstance(made, attrs.Factory) and made.takes_self:  # type: ignore[arg-type]
        return lambda given, thing: _is_same(given, made.factory(thing))
    default = default_of(field, None)
    return lambda given, _: _is_same(given, default)


def _is_same(given: object, default: object) -> bool:
    return type(default) is type(given) and bool(default == given)


def as_bare(data: object) -> bool | int | float | str:
    """Return a fact of the world: yes or no, a number or text."""
    if isinstance(data, bool | int | float | str):
        return data
    raise wrong(data, "fact-value", "leave-fact-out")


def of_kind(kind: type[_T], read: Callable[[object], object]) -> Callable[[object], _T]:
    """Return what reads a value that must be of one kind of those that `read` makes."""

    def made(data: object) -> _T:
        found = read(data)
        if isinstance(found, kind):
            return found
        raise refuse("wrong-event", found=type(found).__name__, wanted=kind.__name__)

    return made
