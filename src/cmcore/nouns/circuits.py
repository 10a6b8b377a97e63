"""Validation circuits: who must say yes, how many of them, and within what time."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from enum import StrEnum
from typing import Final

from attrs import field

from cmcore.foundation.errors import InvalidError, Problem
from cmcore.foundation.frozen import each_once
from cmcore.foundation.house import value
from cmcore.foundation.names import clip, id_problems


class Source(StrEnum):
    """What approvers are found by."""

    ROLE = "role"
    SKILL = "skill"
    TEAM = "team"
    NAME = "name"


class Timeout(StrEnum):
    """What happens to a stage when its time is out; approval is never a choice here."""

    ESCALATE = "escalate"
    REFUSE = "refuse"
    LAPSE = "lapse"


@value
class Approvers:
    """The people a stage may ask: those found `by` role, skill, team or name under `names`."""

    by: Source = field(converter=Source)
    names: frozenset[str] = field(converter=each_once)

    def __attrs_post_init__(self) -> None:
        found = [p for name in sorted(self.names) for p in id_problems(name, str(self.by))]
        if not self.names:
            hint = "name at least one"
            found.append(Problem("nobody is asked", (str(self.by),), hint=hint))
        if found:
            raise InvalidError(found)


@value
class Quorum:
    """How many of the approvers must agree: a `count`, or the share `count / out_of` of them."""

    count: int
    out_of: int | None = None

    def __attrs_post_init__(self) -> None:
        top = self.count if self.out_of is None else self.out_of
        if not 1 <= self.count <= top:
            hint = "ask for at least one, and no more than all"
            raise InvalidError([Problem(f"`{self}` approvals make no sense", hint=hint)])

    @classmethod
    def parse(cls, text: str | int) -> "Quorum":
        """Read `any`, `all`, a number, a fraction such as `2/3` or a percentage.

        Raises:
            InvalidError: when the text is none of these, or asks for nobody.
        """
        if text in _NAMED:
            return _NAMED[str(text)]
        parts = _SHARE.fullmatch(str(text)) if not isinstance(text, bool) else None
        if parts is None:
            hint = "write `any`, `all`, a number, `2/3` or `50%`"
            raise InvalidError([Problem(f"`{clip(text)}` is not a quorum", hint=hint)])
        count, out_of, percent = parts.groups()
        return cls(int(count), 100 if percent else int(out_of) if out_of else None)

    def __str__(self) -> str:
        for name, quorum in _NAMED.items():
            if self == quorum:
                return name
        return str(self.count) if self.out_of is None else f"{self.count}/{self.out_of}"


_SHARE = re.compile(r"([0-9]{1,6})(?:/([0-9]{1,6})|(%))?")
ANY: Final = Quorum(1)
ALL: Final = Quorum(1, 1)
_NAMED: Final = {"any": ANY, "all": ALL}


@value
class Stage:
    """One step of a circuit: whom it asks, how many must agree, within what time, or else."""

    ask: Approvers
    need: Quorum = ANY
    within: timedelta | None = None
    otherwise: Timeout = field(default=Timeout.ESCALATE, converter=Timeout)

    def __attrs_post_init__(self) -> None:
        if self.within is not None and self.within <= timedelta(0):
            hint = "write a duration above zero, as in `30 min`"
            raise InvalidError([Problem("a stage has no time", ("within",), hint=hint)])


def _stages(many: Iterable[Stage]) -> tuple[Stage, ...]:
    return tuple(many)


@value
class ValidationCircuit:
    """Stages in order, each of which must agree before an exception goes out."""

    id: str
    stages: tuple[Stage, ...] = field(converter=_stages)

    def __attrs_post_init__(self) -> None:
        found = list(self._problems())
        if found:
            raise InvalidError(found)

    def _problems(self) -> Iterator[Problem]:
        yield from id_problems(self.id, "id")
        if not self.stages:
            hint = "name who is asked; nothing is approved by nobody"
            yield Problem("a circuit needs a stage", ("stages",), hint=hint)
