"""Histories: their rows in order of time, each with the acts before it."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain, pairwise
from typing import Final, cast

import attrs

from cmcore.base.errors import refuse
from cmcore.base.ledgers import Extract, Ledger
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.context import Context, Earlier
from cmcore.charters.history import LATE, Case, Unreadable

History = Iterable[Act | Case | Unreadable]


def cases(charter: Charter, history: History, around: Context) -> Iterator[Case | Unreadable]:
    """Yield the history's cases in order, each with the earlier acts that the charter needs."""
    rows, in_order = _in_order(history) if isinstance(history, Sequence) else (history, True)
    window = _Window(charter.lookback, around, in_order=in_order)
    bare = attrs.evolve(around, earlier=None)
    for number, row in enumerate(rows, 1):
        if isinstance(row, Unreadable):
            yield window.pass_over(row) if window.length else row
            continue
        case = row if isinstance(row, Case) else Case(row, bare)
        case = case if case.place else attrs.evolve(case, place=case.act.id or f"act {number}")
        yield window.place(case) if window.length else case


def last_case(
    charter: Charter, history: Iterable[Case | Unreadable], case: Case, around: Context
) -> Case:
    """Return a case that knows the acts before it in a history, as if it came last there.

    What comes later than it, or has its id, is left aside.
    """
    now, id_ = _moment(case), case.act.id
    before = (
        row
        for row in history
        if (now is None or (at := _moment(row)) is None or at <= now)
        and (id_ is None or isinstance(row, Unreadable) or row.act.id != id_)
    )
    return cast("Case", deque(cases(charter, chain(before, [case]), around), maxlen=1).pop())


_Row = Act | Case | Unreadable


def _in_order(history: Sequence[_Row]) -> tuple[Sequence[_Row], bool]:
    """Return the rows in order of time, and whether those without a moment stand where they belong.

    They do in a history that was in order as it came. In any other they come first, since each may
    belong anywhere. Rows of the same moment are put in order of their ids, as far as all are dated.
    """
    timed = [(_moment(row), row) for row in history]
    dated = [(at, row) for at, row in timed if at is not None]
    undated = [row for at, row in timed if at is None]
    if undated and all(one[0] <= two[0] for one, two in pairwise(dated)):
        return history, True
    dated.sort(key=lambda found: (found[0], _id(found[1])))
    return [*undated, *(row for _, row in dated)], not undated


def _id(row: _Row) -> str:
    act = row.act if isinstance(row, Case) else row
    return act.id or "" if isinstance(act, Act) else ""


def _moment(row: _Row) -> datetime | None:
    if isinstance(row, Case):
        return row.act.at or row.context.at
    if not isinstance(row, Act | Unreadable):
        raise refuse("foreign-type", "history", kind=type(row).__name__, wanted="row")
    return row.at


_NEVER: Final = datetime.max.replace(tzinfo=UTC)
#: This many acts set aside cost little.
_FEW: Final = 1_000


class _Window:
    """The acts that a charter still looks back at, as the history goes by.

    What cannot be read may have been anything: the log is incomplete from there on, for as long as
    the charter looks back; for good, where rows without a moment may belong anywhere.
    """

    def __init__(self, length: timedelta, around: Context, *, in_order: bool) -> None:
        self.length = length
        self._in_order = in_order
        self._is_known = around.earlier is not None
        self._since = around.earlier.since if around.earlier else None
        self._last: datetime | None = None
        self._is_blind = False
        self._acts = Ledger(around.earlier.acts if around.earlier else ())
        # the last moment at which each may have happened, as far as one after it is known
        self._bounds = [act.at or _NEVER for act in self._acts.rows]
        self._unbound = [place for place, at in enumerate(self._bounds) if at is _NEVER]
        self._start = 0
        self._anywhere = range(0)

    def place(self, case: Case) -> Case | Unreadable:
        """Return a case with the acts before it, or as unreadable where it comes too late."""
        at = _moment(case)
        if self._is_late(at):
            self._is_blind = True
            return Unreadable(case.place, (LATE,), at, casts_doubt=True)
        self._go_to(at)
        earlier = self._earlier(at)
        self._keep(case.act, at)
        if case.context.earlier is not None:
            return case
        return attrs.evolve(case, context=attrs.evolve(case.context, earlier=earlier))

    def pass_over(self, row: Unreadable) -> Unreadable:
        """Return an unreadable row, taking note that an act or more are unknown."""
        if self._is_late(row.at):
            self._is_blind = True
            return attrs.evolve(row, problems=(*row.problems, LATE), casts_doubt=True)
        self._go_to(row.at)
        if row.at is None or row.lost or row.casts_doubt:
            self._is_blind = True
        else:
            self._complete_from(row.at)
        return row

    def _is_late(self, at: datetime | None) -> bool:
        return at is not None and self._last is not None and at < self._last

    def _keep(self, act: Act, at: datetime | None) -> None:
        place = len(self._bounds)
        if at is None and not self._in_order:
            self._anywhere = range(self._anywhere.start if self._anywhere else place, place + 1)
        elif at is None:
            self._unbound.append(place)
        self._bounds.append(at or _NEVER)
        self._acts.rows.append(act if act.at else attrs.evolve(act, at=at))

    def _go_to(self, at: datetime | None) -> None:
        """Date what came before `at`, and forget what the charter looks back at no more."""
        if at is None:
            return
        self._last = at
        if not self._is_known:
            self._is_known, self._since = True, at
        if self._is_blind and self._in_order:
            self._is_blind = False
            self._complete_from(at)
        for place in self._unbound:
            self._bounds[place] = at
        self._unbound.clear()
        self._forget(at)

    def _forget(self, at: datetime) -> None:
        """Leave aside what is too old to count."""
        while (live := self._live()) and at - self._bounds[live.start] >= self.length:
            self._start = live.start + 1
        if self._start > max(_FEW, len(self._bounds) // 2):
            self._copy()

    def _live(self) -> range:
        """Return the places of the acts that may be forgotten one day."""
        is_met = self._start in self._anywhere
        return range(self._anywhere.stop if is_met else self._start, len(self._bounds))

    def _copy(self) -> None:
        """Go on with a ledger of what is left."""
        places = [*self._anywhere, *self._live()]
        self._acts = Ledger(self._acts.rows[place] for place in places)
        self._bounds = [self._bounds[place] for place in places]
        self._anywhere = range(len(self._anywhere))
        self._start = 0

    def _complete_from(self, at: datetime) -> None:
        self._since = max(at, self._since or at)

    def _earlier(self, at: datetime | None) -> Earlier | None:
        if not self._is_known:
            return None
        is_past = self._start > self._anywhere.start
        spans = (self._anywhere if is_past else range(0), range(self._start, len(self._bounds)))
        return Earlier(Extract(self._acts, *spans), at if self._is_blind else self._since)
