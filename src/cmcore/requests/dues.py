"""Dues: what a desk owes to the requests of a log, by how often their authors wrote before."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import attrs

from cmcore.charters.conditions.facts import Log
from cmcore.requests.desk import Desk, Target
from cmcore.requests.log import RequestLog, Turn
from cmcore.requests.request import Request, RequestMove

#: When a message came, on what network, and in which request.
_Message = tuple[datetime, str | None, str]


class Dues:
    """What a desk owes to the requests of a log; without a log, nothing is known of earlier ones.

    It is owed since the first message that the desk does not ignore. Each message is looked at by
    itself: somebody who wrote too much yesterday is heard today. What was reopened is not ignored.
    """

    def __init__(self, desk: Desk, log: RequestLog | None) -> None:
        self.desk = desk
        self._log = log if desk.counts else None
        self._messages: dict[str | None, list[_Message]] = {}
        self._calls: dict[str, list[tuple[datetime, bool]]] = {}
        if log is not None and (desk.counts or desk.ignore):
            self._read(log)

    def _read(self, log: RequestLog) -> None:
        known = {request.id: request for request in log.requests}
        for request in log.requests:
            self._take(request, request.at)
        for event in log.events:
            if event.move is RequestMove.WROTE_AGAIN:
                self._take(known[event.request], event.at)
            elif event.move is RequestMove.REOPENED:
                self._calls[event.request].append((event.at, False))

    def _take(self, request: Request, at: datetime) -> None:
        self._messages.setdefault(request.sender, []).append((at, request.network, request.id))
        self._calls.setdefault(request.id, []).append((at, True))

    def earlier(self, request: Request, at: datetime) -> Log | None:
        """Return the messages that came from the author of a request before the one at `at`.

        None if the desk does not ask for them, or nothing is known of them.
        """
        if self._log is None or request.sender is None:
            return None
        sure: list[datetime] = []
        maybe: list[datetime] = []
        for sender in (request.sender, None):
            for when, network, id_ in self._messages.get(sender, ()):
                is_earlier = when <= at and (id_, when) != (request.id, at)
                is_open = None in (sender, network, request.network) or when == at
                if is_earlier and (
                    None in (network, request.network) or network == request.network
                ):
                    (maybe if is_open else sure).append(when)
        return Log(at, sure, maybe, self._log.begin, zone=self.desk.zone)

    def target(self, turn: Turn) -> Target | None:
        """Return the target of what is owed in a turn, if it has one."""
        return self.desk.target(turn.request, self.earlier(turn.request, turn.since))

    def due(self, turn: Turn) -> datetime | None:
        """Return when what is owed in a turn is due, if ever."""
        earlier = self.earlier(turn.request, turn.since)
        return self.desk.due(turn.request, turn.since, earlier)

    def role(self, request: Request) -> str | None:
        """Return the role that a request goes to, if a route matches."""
        return self.desk.role(request, self.earlier(request, request.at))

    def ignores(self, request: Request, at: datetime) -> bool:
        """Return whether the desk ignores the message of a request that came at some instant."""
        return self.desk.ignores(request, self.earlier(request, at))

    def turns(self, turns: Iterable[Turn], at: datetime) -> Iterator[Turn]:
        """Yield the turns in which something is owed, each since when it is."""
        for turn in turns:
            since = self._heard(turn, at)
            if since is not None:
                yield attrs.evolve(turn, since=since)

    def _heard(self, turn: Turn, at: datetime) -> datetime | None:
        """Return when the first message of a turn came that is not ignored, if there is one."""
        if not self.desk.ignore:
            return turn.since
        for when, is_message in sorted(self._calls[turn.request.id]):
            is_before = when <= at if turn.answered is None else when < turn.answered
            is_of_turn = when == turn.since or (turn.since < when and is_before)
            if is_of_turn and not (is_message and self.ignores(turn.request, when)):
                return when
        return None
