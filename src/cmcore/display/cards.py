"""Cards: any value of the library as something to look at, its parts named in both languages."""

from collections.abc import Callable, Iterator, Mapping, Sized
from datetime import date, timedelta
from enum import Enum
from functools import singledispatch
from types import NoneType
from typing import Any, Final

import attrs

from cmcore.base.errors import refuse, refuse_any
from cmcore.base.fields import default_of
from cmcore.base.language import SENTENCES
from cmcore.display.names import names_of, reader
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, say, show, week_text
from cmcore.time.calendar import WorkingDays
from cmcore.time.week import Week, zone_problems


def view(
    thing: object,
    language: Language = "en",
    *,
    names: object = (),
    ids: bool = False,
    zone: str = "",
) -> View:
    """Return the view of any value of the library, in English or in French.

    Make it the last line of a notebook cell, or `print` it. People and things are shown by the
    names that it knows, and that `names` has: a team, a charter, or several of these. With `ids`,
    their ids come after them in brackets. Instants are shown on the clocks of `zone`: by default,
    as they are.

    Raises:
        InvalidError: when it is not a value of the library, nothing is worded in the language, or
            there is no such time zone.

    Examples:
        >>> from cmcore import Plan, view
        >>> print(view(Plan([("maud", "author")]), "fr"))
        un plan pour 1 personne
          maud  author
    """
    refuse_any(zone_problems(zone) if zone else ())
    language = reader(language, names_of(thing) | names_of(names), ids=ids, zone=zone)
    if isinstance(thing, Viewable):
        return thing.view(language)
    if isinstance(thing, Enum):
        return View(title=inline(thing, language))
    if not attrs.has(type(thing)):
        raise refuse("not-shown", kind=type(thing).__name__)
    told = sentence(thing, language)
    if told is not None:
        lines: tuple[Line, ...] = (Line("", "", told),)
        return View(title=_kind(thing, language), lines=lines)
    return View(
        title=_title(thing, language),
        lines=tuple(_lines(thing, language)),
        tables=tuple(_tables(thing, language)),
    )


def _title(thing: object, language: Language) -> str:
    names = [getattr(thing, field, None) for field in _NAMES]
    name = next((name for name in names if isinstance(name, str)), "")
    return f"{_kind(thing, language)} {name}".strip()


#: The fields that name a thing, where it has one.
_NAMES: Final = ("id", "name")


def _kind(thing: object, language: Language) -> str:
    name = type(thing).__name__
    return say(f"kind {name}", language) if f"kind {name}" in SENTENCES else name


def field_name(field: str, language: Language) -> str:
    """Return what a field is called."""
    code = f"field {field}"
    return say(code, language) if code in SENTENCES else field.replace("_", " ")


@singledispatch
def sentence(thing: object, language: Language) -> str | None:
    """Return the sentence by which a thing says itself; None where it has none.

    A subject registers its values that have neither a method `text` nor words of their own.
    """
    text = getattr(type(thing), "text", None)
    if callable(text):
        return str(text(thing, language))
    own = "__str__" in type(thing).__dict__
    return str(thing) if own else None


@sentence.register
def _(week: Week, language: Language) -> str:
    return week_text(week, language)


@singledispatch
def part(thing: object, name: str, given: object, language: Language) -> str:
    """Write what a field of a thing holds in one line.

    A subject registers its values of which some fields have words that a language has its own for.
    """
    del thing, name  # the same for every field
    return inline(given, language)


def told_fields(thing: Any) -> Iterator[tuple[str, object]]:  # noqa: ANN401 - any value
    """Yield the fields that say something: neither empty, nor what they are unless told."""
    for field in attrs.fields(type(thing)):
        given = getattr(thing, field.name)
        is_empty = given is None or (isinstance(given, Sized) and not len(given))
        is_own = not field.init or field.name.startswith("_")
        if not is_empty and not is_own and given != default_of(field, thing):
            yield field.name, given


def _is_rows(given: object) -> bool:
    """Return whether something is values of one kind that no sentence says."""
    return (
        isinstance(given, tuple)
        and all(attrs.has(type(one)) and not isinstance(one, Viewable) for one in given)
        and len({type(one) for one in given}) == 1
        and sentence(given[0], "en") is None
    )


def _lines(thing: object, language: Language) -> Iterator[Line]:
    for name, given in told_fields(thing):
        if not _is_rows(given) and name not in _NAMES:
            are_many = isinstance(given, tuple) and any(attrs.has(type(one)) for one in given)
            for one in given if are_many and isinstance(given, tuple) else [given]:
                yield Line(field_name(name, language), "", part(thing, name, one, language))


def _tables(thing: object, language: Language) -> Iterator[Table]:
    for name, given in told_fields(thing):
        if _is_rows(given) and isinstance(given, tuple):
            rows = given[:_SHOWN]
            told = {field for row in rows for field, _ in told_fields(row)}
            fields = [one.name for one in attrs.fields(type(rows[0])) if one.name in told]
            cells = [tuple(part(row, field, getattr(row, field), language) for field in fields)
                     for row in rows]  # fmt: skip
            if len(given) > _SHOWN:
                more = say("and more", language, count=len(given) - _SHOWN)
                cells.append((more, *[""] * (len(fields) - 1)))
            if fields:
                heads = tuple(field_name(field, language) for field in fields)
                yield Table(heads, tuple(cells), field_name(name, language))


#: How many rows are shown of what a thing holds.
_SHOWN: Final = 20


def inline(given: object, language: Language) -> str:
    """Write anything that a field may hold in one line."""
    for kinds, write in _WRITERS:
        if isinstance(given, kinds):
            return write(given, language)
    return _brief(given, language) if attrs.has(type(given)) else str(given)


def _member(given: Enum, _: Language) -> str:
    return f"`{given.value}`" if isinstance(given.value, str) else given.name.lower()


def _set(given: frozenset[object], _: Language) -> str:
    return ", ".join(sorted(f"`{one}`" for one in given)) or "∅"


def _map(given: Mapping[str, object], language: Language) -> str:
    colon = say("incident colon", language)
    return ", ".join(f"`{name}`{colon}{inline(one, language)}" for name, one in given.items())


def _many(given: tuple[object, ...], language: Language) -> str:
    return ", ".join(inline(one, language) for one in given)


#: The kinds of things that fields hold, and how each is written; the first that fits.
_WRITERS: Final[tuple[tuple[Any, Callable[[Any, Language], str]], ...]] = (
    (NoneType, lambda _, __: "–"),
    (Enum, _member),
    ((bool, float, timedelta, date, WorkingDays), show),
    (frozenset, _set),
    (Mapping, _map),
    (tuple, _many),
)


def _brief(thing: object, language: Language) -> str:
    """Write a value within another one in one line."""
    if isinstance(thing, Viewable):
        return thing.view(language).title
    told = sentence(thing, language)
    if told is not None:
        return told
    colon = say("incident colon", language)
    parts = [f"{field_name(name, language)}{colon}{part(thing, name, given, language)}"
             for name, given in told_fields(thing)]  # fmt: skip
    return say("joint", language).join(parts) or "–"
