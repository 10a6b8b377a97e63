"""Digests: what pins a value, the same in every run and on every machine."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any, Final

import attrs

from cmcore.base.fields import default_of, in_utc

#: What a digest looks like.
DIGEST: Final = re.compile("[0-9a-f]{64}")


def digest_of(thing: object) -> str:
    """Return the SHA-256 digest, in hexadecimal, of a value; equal values have equal ones.

    It distinguishes values of different kinds, and never depends on the order of sets and mappings.
    A field that says what goes without saying is left out: what a later version of the library adds
    to a class does not change the digests of values that do not say it.
    """
    from hashlib import sha256  # needed by few, and slow to load

    return sha256(canonical(thing)).hexdigest()


def canonical(thing: object) -> bytes:
    """Return the one way of writing a value that its digest is of: JSON, in ASCII, keys sorted."""
    import json

    written = json.dumps(_plain(thing), sort_keys=True, separators=(",", ":"))
    return written.encode("ascii")


def _plain(thing: object) -> object:
    kind = type(thing)
    if attrs.has(kind):
        said = ((f, getattr(thing, f.name)) for f in attrs.fields(kind) if f.eq)
        told = {f.name: given for f, given in said if given != default_of(f, thing)}
        return {kind.__name__: _plain(told)}
    write = next((write for kind, write in _WRITTEN.items() if isinstance(thing, kind)), None)
    return thing if write is None else write(thing)


_WRITTEN: Final[Mapping[type, Callable[[Any], object]]] = {
    Mapping: lambda items: {str(key): _plain(item) for key, item in items.items()},
    tuple: lambda many: [_plain(one) for one in many],
    list: lambda many: [_plain(one) for one in many],
    frozenset: lambda many: sorted((_plain(one) for one in many), key=str),
    Enum: lambda word: word.value,
    datetime: lambda at: in_utc(at).isoformat(),
    date: date.isoformat,
    timedelta: lambda span: [span.days, span.seconds, span.microseconds],
    float: lambda number: int(number) if number.is_integer() else number,
}
