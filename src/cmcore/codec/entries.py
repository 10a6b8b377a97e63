"""Entries of a decision log from plain data; what most lines of a log repeat is read once."""

from collections.abc import Callable
from marshal import dumps
from typing import Any, Final, TypeVar

import cattrs

from cmcore.charters.context import Context
from cmcore.codec.bounds import Data
from cmcore.codec.hooks import class_reader
from cmcore.codec.plain import Hooks, each
from cmcore.decisionlog.entries import LogEntry, LogReason

_T = TypeVar("_T")
#: How many parts are kept, and the longest that is: together, a few megabytes at most.
_MOST: Final = 2048
_LONGEST: Final = 2000
#: The format of what they are known by: since the third, equal data may differ there.
_VERSION: Final = 2


def hooks(made: cattrs.Converter) -> Hooks:
    """Return what reads entries, with a converter for their parts."""
    context, reason = (once(_reader(made, kind)) for kind in (Context, LogReason))
    reasons = once(lambda data: tuple(each(data, reason)))
    own = {Context: context, tuple[LogReason, ...]: reasons}
    read = class_reader(LogEntry, made, own=own)
    return {LogEntry: lambda data: read(data, LogEntry)}, {}


def _reader(made: cattrs.Converter, kind: Any) -> Callable[[object], Any]:  # noqa: ANN401 - a type
    return lambda data: made.structure(data, kind)


def once(read: Callable[[object], _T]) -> Callable[[object], _T]:
    """Return a reader that reads plain data once, as long as it is short and few others are met.

    What it makes is shared, and must not change. What cannot be read is not kept.
    """
    known: dict[bytes, _T] = {}

    def found(data: Data) -> _T:
        try:
            key = dumps(data, _VERSION)  # which tells 1 from true, and a text from a number
        except ValueError:  # of somebody else's class, or too deep
            return read(data)
        if key in known:
            return known[key]
        made = read(data)
        if len(known) < _MOST and len(key) <= _LONGEST:
            known[key] = made
        return made

    return found
