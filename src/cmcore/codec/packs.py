"""Values as texts for a database, with the number of their format: later versions read them.

A file that people write says what it is by its keys. What a program stores lasts longer than the
version of the library that wrote it: it says which kind of value it is, and in which format.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import Final, TypeVar

from cmcore.base.asked import checked
from cmcore.base.errors import InvalidError, Problem, refuse
from cmcore.base.offers import homes
from cmcore.base.version import library_version
from cmcore.codec.bounds import Data
from cmcore.codec.documents import parse_document
from cmcore.codec.files import structure, unstructure
from cmcore.codec.plain import Gather, as_int, as_mapping, as_text, opened

_T = TypeVar("_T")
#: The number of the format of stored values: it grows when one is written otherwise than before.
FORMAT: Final = 1
#: Format -> what brings plain data of a kind of value from it into the next.
_MIGRATIONS: Final[Mapping[int, Callable[[str, Data], Data]]] = {}
_KEYS: Final = ("format", "kind", "library", "value")


@checked
def pack(thing: object) -> str:
    """Return the text by which a database stores a value: one line of JSON, with its format.

    Raises:
        InvalidError: when it is no value of the library, or holds what no file can.

    Examples:
        >>> from cmcore import Plan
        >>> from cmcore.codec import pack
        >>> pack(Plan([("maud", "author")]))
        '{"format":1,"kind":"Plan","library":"0.1.0","value":{"plan":{"maud":["author"]}}}'
    """
    kind = type(thing).__name__
    if _kind(kind) is not type(thing):
        raise refuse("no-plain-form", kind=kind)
    data = {"format": FORMAT, "kind": kind, "library": library_version()}
    text = json.dumps(
        {**data, "value": unstructure(thing)},
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )
    parse_document(text, "json")  # what could not be read back is not stored
    return text


@checked
def unpack(text: str | bytes, kind: type[_T]) -> _T:
    """Return the value of type `kind` that `pack` made a text of, in this version or before.

    Raises:
        InvalidError: when the text holds another kind of value, a format of a later version, or
            anything that is not valid, with its place.

    Examples:
        >>> from cmcore import Plan
        >>> from cmcore.codec import pack, unpack
        >>> unpack(pack(Plan([("maud", "author")])), Plan).pairs
        (('maud', 'author'),)
    """
    data = parse_document(text, "json")
    form = Gather().key(as_mapping(data), "format", as_int, FORMAT)
    if not 1 <= form <= FORMAT:  # which may well have other keys
        raise refuse("later-format", "format", given=form, wanted=FORMAT)
    item, gather = opened(data, _KEYS, dict.fromkeys(_KEYS))
    gather.key(item, "format", as_int, FORMAT)
    name = gather.key(item, "kind", as_text, "")
    gather.done()
    found = _kind(name)
    if found is None or not issubclass(found, kind):
        raise refuse("other-value", "kind", given=name, wanted=kind.__name__)
    data = item["value"]
    for step in range(form, FORMAT):
        data = _MIGRATIONS[step](name, data)
    try:
        return structure(data, kind)
    except InvalidError as error:
        raise InvalidError(_placed(error)) from None


def _kind(name: str) -> type | None:
    """Return the public class of that name, if there is one."""
    home = _homes().get(name)
    found = getattr(import_module(home), name) if home else None
    return found if isinstance(found, type) else None


_homes: Final = cache(homes)


def _placed(error: InvalidError) -> list[Problem]:
    return [problem.under("value") for problem in error.problems]
