"""Reading: what an act says of itself, as readings of facts."""

from collections.abc import Mapping
from operator import attrgetter
from typing import Any, Final

import attrs

from cmcore.charters.act import Act, Message
from cmcore.charters.conditions.facts import ABSENT, Missing
from cmcore.charters.kinds import WITHOUT

_FIELDS: Final = tuple(one.name for one in attrs.fields(Act))
_read: Final = attrgetter(*_FIELDS)
_WRITERS: Final = tuple(getattr(Act, name).__set__ for name in _FIELDS)


def resaid(act: Act, **said: Any) -> Act:  # noqa: ANN401 - as the fields have it
    """Return an act that says something else of some fields, which it may say as it is given.

    Unlike `attrs.evolve`, it looks at nothing again.
    """
    if type(act) is not Act:
        return attrs.evolve(act, **said)
    made = object.__new__(Act)
    for write, one in zip(_WRITERS, _read(act), strict=True):
        write(made, one)
    for name, one in said.items():
        object.__setattr__(made, name, one)
    return made


def said(act: Act, name: str, without: Mapping[str, frozenset[str]] = WITHOUT) -> object:
    """Return what an act says of a fact: nothing of what its kind has not."""
    given = getattr(act, name)
    nothing = name in act.absent or act.kind in without.get(name, ())
    return ABSENT if given is None and nothing else given


def settled(act: Act, without: Mapping[str, frozenset[str]]) -> Act:
    """Return an act that says itself of what its kind is `without` that there is none."""
    if without is WITHOUT:
        return act
    nothing = [n for n, kinds in without.items() if act.kind in kinds and getattr(act, n) is None]
    return resaid(act, absent=act.absent.union(nothing)) if nothing else act


def named(message: Message, name: str) -> object:
    """Return what is known of a message that an act points at."""
    given = getattr(message, name)
    return ABSENT if given is None and name in message.absent else given


def no_message(
    act: Act, target: str, without: Mapping[str, frozenset[str]] = WITHOUT
) -> Missing | None:
    """Return why an act has no message there: it points at none, or nobody knows."""
    return ABSENT if act.kind in without[target] or target in act.absent else None
