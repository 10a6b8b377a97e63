"""Requests: what somebody asks of us, and the events that befall it until it is resolved."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import field
from attrs.converters import optional

from cmcore.base.errors import InvalidError, Problem
from cmcore.base.frozen import each_once
from cmcore.base.ids import id_problems, one_of
from cmcore.base.values import value
from cmcore.charters.act import instant_problems
from cmcore.charters.conditions.forms import NORMAL, Form
from cmcore.text.languages import as_language, language_problems
from cmcore.text.names import as_network


class RequestMove(StrEnum):
    """What may happen to a request once it is received."""

    ASSIGNED = "assigned"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    HANDED_OVER = "handed over"
    TO_PRIVATE = "moved to private"
    WAITING = "waiting"
    WROTE_AGAIN = "wrote again"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    MERGED = "merged"


#: The required, then the optional details of each kind of event.
DETAILS: Final[Mapping[RequestMove, tuple[tuple[str, ...], tuple[str, ...]]]] = MappingProxyType(
    {
        RequestMove.ASSIGNED: (("to",), ("by",)),
        RequestMove.ACKNOWLEDGED: ((), ("by",)),
        RequestMove.ANSWERED: (("by",), ()),
        RequestMove.HANDED_OVER: (("to",), ("by", "reason")),
        RequestMove.TO_PRIVATE: ((), ("by",)),
        RequestMove.WAITING: ((), ("by",)),
        RequestMove.WROTE_AGAIN: ((), ()),
        RequestMove.RESOLVED: (("how",), ("by",)),
        RequestMove.REOPENED: (("reason",), ("by",)),
        RequestMove.MERGED: (("into",), ("by",)),
    }
)
_HINTS: Final = {
    "to": "name-holder",
    "by": "name-answerer",
    "how": "say-how",
    "reason": "say-why",
    "into": "name-into",
}


def _move(given: str) -> RequestMove:
    return one_of(RequestMove, given, "move")


@value
class Request:
    """What somebody asks of us; `at` is when it was received, stored in UTC.

    `author` is who asks; as far as possible, their requests go to the same person. None means
    unknown.

    Raises:
        InvalidError: with every problem: an impossible id, a naive instant.
    """

    id: str
    at: datetime
    network: str | None = field(default=None, kw_only=True, converter=optional(as_network))
    author: str | None = field(default=None, kw_only=True)
    text: str | None = field(default=None, kw_only=True)
    language: str | None = field(default=None, kw_only=True, converter=optional(as_language))
    topics: frozenset[str] = field(default=frozenset(), kw_only=True, converter=each_once)
    severity: str | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        found = [*id_problems(self.id, "id"), *instant_problems(self.at, "at")]
        found += language_problems(self.language, "language")
        if found:
            raise InvalidError(found)

    @property
    def sender(self) -> str | None:
        """The author as accounts compare: without case and `@`; None when nobody knows who it is.

        Examples:
            >>> from datetime import datetime, UTC
            >>> from cmcore import Request
            >>> Request("r1", datetime(2026, 3, 2, 9, tzinfo=UTC), author="@Lena").sender
            'lena'
        """
        return None if self.author is None else NORMAL[Form.ACCOUNT][self.author]


@value
class RequestEvent:
    """Something that happened to the request `request` at an instant, stored in UTC.

    `by` did it; the request goes `to` somebody, or continues in the request `into`; `how` it was
    resolved and the `reason` why it was reopened are free text.

    Raises:
        InvalidError: with every problem: an unknown move, a detail that is missing or does not
            belong to the move, a naive instant.
    """

    move: RequestMove = field(converter=_move)
    request: str
    at: datetime
    by: str | None = field(default=None, kw_only=True)
    to: str | None = field(default=None, kw_only=True)
    how: str | None = field(default=None, kw_only=True)
    reason: str | None = field(default=None, kw_only=True)
    into: str | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        found = list(self._problems())
        if found:
            raise InvalidError(found)

    def _problems(self) -> Iterator[Problem]:
        yield from id_problems(self.request, "request")
        yield from instant_problems(self.at, "at")
        needed, others = DETAILS[self.move]
        for name, hint in _HINTS.items():
            given = getattr(self, name)
            if given is None and name in needed:
                yield Problem.of("missing-detail", name, kind=self.move, detail=name, hint=hint)
            elif given is not None and name not in (*needed, *others):
                details = (*needed, *others)
                yield Problem.of(
                    "extra-detail",
                    name,
                    kind=self.move,
                    detail=name,
                    details=details,
                    hint=None if details else "takes-nothing",
                )
            elif given is not None:
                yield from _detail_problems(name, given, hint)


def _detail_problems(name: str, given: str, hint: str) -> Iterator[Problem]:
    if name not in {"how", "reason"}:
        yield from id_problems(given, name)
    elif not given.strip():
        yield Problem.of("empty", name, key=name, hint=hint)
