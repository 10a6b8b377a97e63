"""Dues: what a desk owes to the requests of a log, by how often their authors wrote before."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import product

import attrs
from attrs import field

from cmcore.base.ledgers import Merged
from cmcore.base.values import internal
from cmcore.charters.conditions.facts import Log
from cmcore.requests.desk import Desk, Target
from cmcore.requests.log import RequestLog, Turn
from cmcore.requests.request import Request, RequestMove
from cmcore.time.clocks import Deadline, known_deadline

#: Whose message it is, and on what network.
_Source = tuple[str | None, str | None]
#: Messages of one source in order of time, and the part of them that counts.
_Part = tuple[list[datetime], range]


@internal
class _Letters:
    """The messages of one source: when each came and in which request, in order of both."""

    times: list[datetime] = field(factory=list[datetime])
    ids: list[str] = field(factory=list[str])


class Dues:
    """What a desk owes to the requests of a log; without a log, nothing is known of earlier ones.

    It is owed since the first message that the desk does not ignore. Each message is looked at by
    itself: somebody who wrote too much yesterday is heard today. What was reopened is not ignored.
    """

    def __init__(self, desk: Desk, log: RequestLog | None) -> None:
        self.desk = desk
        self._log = log if desk.counts else None
        self._messages: dict[_Source, _Letters] = {}
        self._networks: dict[str | None, None] = {}
        self._calls: dict[str, list[tuple[datetime, bool]]] = {}
        if log is not None and (desk.counts or desk.ignore):
            self._read(log)

    def _read(self, log: RequestLog) -> None:
        known = {request.id: request for request in log.requests}
        again = [one for one in log.events if one.move is RequestMove.WROTE_AGAIN]
        messages = [
            *((request.at, request.id) for request in log.requests),
            *((event.at, event.request) for event in again),
        ]
        for at, id_ in sorted(messages):
            request = known[id_]
            letters = self._messages.setdefault((request.sender, request.network), _Letters())
            letters.times.append(at)
            letters.ids.append(id_)
            self._networks[request.network] = None
            self._calls.setdefault(id_, []).append((at, True))
        for event in log.events:
            if event.move is RequestMove.REOPENED:
                self._calls[event.request].append((event.at, False))

    def earlier(self, request: Request, at: datetime) -> Log | None:
        """Return the messages that came from the author of a request before the one at `at`.

        None if the desk does not ask for them, or nothing is known of them.
        """
        if self._log is None or request.sender is None:
            return None
        sure: list[_Part] = []
        maybe: list[_Part] = []
        networks = self._networks if request.network is None else (request.network, None)
        for source in product((request.sender, None), networks):
            letters = self._messages.get(source)
            if letters is not None:
                is_open = None in (*source, request.network)
                before, beside = _parts(letters, request.id, at)
                (maybe if is_open else sure).append(before)
                maybe += beside
        return Log(at, Merged(sure), Merged(maybe), self._log.begin, zone=self.desk.zone)

    def target(self, turn: Turn) -> Target | None:
        """Return the target of what is owed in a turn, if it has one."""
        return self.desk.target(turn.request, self.earlier(turn.request, turn.since))

    def due(self, turn: Turn) -> Deadline:
        """Return when what is owed in a turn is due, as far as the calendar says."""
        target = self.target(turn)
        if target is None:
            return Deadline()
        return known_deadline(turn.since, target.within, target.on(self.desk.calendar))

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


def _parts(letters: _Letters, id_: str, at: datetime) -> tuple[_Part, list[_Part]]:
    """Return the messages before an instant, and those that came with it in other requests."""
    times, ids = letters.times, letters.ids
    first, stop = bisect_left(times, at), bisect_right(times, at)
    own = range(bisect_left(ids, id_, first, stop), bisect_right(ids, id_, first, stop))
    beside = [(times, range(first, own.start)), (times, range(own.stop, stop))]
    return (times, range(first)), [part for part in beside if part[1]]
