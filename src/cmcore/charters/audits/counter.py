"""Counting the acts of a history that the expectations of its charter are about."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Final

import attrs

from cmcore.base.ids import nearest
from cmcore.base.truth import Truth
from cmcore.charters.act import Act
from cmcore.charters.audits.counted import CountedActs, Key
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import ALWAYS, NEVER, All, Condition
from cmcore.charters.conditions.counts import counted_by
from cmcore.charters.context import Context, Earlier
from cmcore.charters.expectation import Expectation, on_at
from cmcore.charters.history import Case, Unreadable
from cmcore.charters.meaning.kleene import truth
from cmcore.charters.meaning.observation import Facts, words_shared
from cmcore.time.week import local_if_any


class ActCounter:
    """Looks out for the acts that the expectations of a charter count."""

    def __init__(self, charter: Charter, around: Context) -> None:
        self._charter = charter
        self._asked = [(one, *_conditions(charter, one)) for one in charter.expectations]
        self._found: Counter[Key] = Counter()
        #: Whether it is known that there was nothing before the rows.
        self.is_first = bool(self._asked) and around.earlier == Earlier()
        #: The first and the last local day of the rows.
        self.days: tuple[date, date] | None = None

    @property
    def acts(self) -> Iterator[CountedActs]:
        """What was seen, in no order."""
        return (CountedActs(*key, count) for key, count in self._found.items())

    def see(self, row: Case | Unreadable) -> None:
        """Take note of a row; of an unreadable one anything may be so."""
        if not self._asked:
            return
        if isinstance(row, Unreadable):
            self._note(row.at, None)
            self._note_events({})
        else:
            at = row.act.at or row.context.at
            act = row.act if row.act.at else attrs.evolve(row.act, at=at)
            self._note(at, act)
            self._note_events(row.context.events)

    def _note(self, at: datetime | None, act: Act | None) -> None:
        day = self._day(at)
        if day is not None:
            first, last = self.days or (day, day)
            self.days = min(first, day), max(last, day)
        facts = None if act is None else Facts(self._charter, self._as_meant(act), Context())
        for one, of, among in self._asked:
            is_out = self._is_out(one, at, day)
            if is_out and one.bound is not None:
                continue  # what follows an act may come when nothing is expected any more
            among_ = Truth.UNKNOWN if facts is None else truth(among, facts)
            among_ = Truth.FALSE if is_out else among_
            of_ = Truth.UNKNOWN if facts is None else truth(of, facts)
            is_on = self._is_on(one, at, day)  # a day of a year of no calendar may be closed
            of_, among_ = of_ & is_on, among_ & is_on
            if _is_idle(one, of_, among_):
                continue
            moment = at if one.unit is None and day is not None else None
            shared = tuple(None if act is None else _shared(self._charter, act, name)
                           for name in one.same)  # fmt: skip
            self._found[one.id, day, of_, among_, moment, shared] += 1

    def _note_events(self, told: Mapping[str, datetime | None]) -> None:
        """Take note of when the events are that acts are to come before, as a row says."""
        for one in (one for one, *_ in self._asked if one.event is not None):
            at = told.get(str(one.event))
            if at is None and one.event in told:
                continue  # it is known that there was none
            day = self._day(at)
            if day is None:
                self._found[one.id, None, Truth.FALSE, Truth.UNKNOWN, None, ()] += 1
            elif not self._is_out(one, at, day):
                self._found[one.id, day, Truth.FALSE, Truth.TRUE, at, ()] += 1

    def _day(self, at: datetime | None) -> date | None:
        """Return the local day of a moment, if it is known and in the calendar."""
        here = None if at is None else local_if_any(at, self._charter.zone)
        return None if here is None else here.date()

    def _as_meant(self, act: Act) -> Act:
        """Return an act whose network may be a slip for one of the charter's with none known."""
        ours = self._charter.scope.networks
        if not act.network or not ours or not _is_slip(act.network, ours):
            return act
        return attrs.evolve(act, network=None)

    def _is_out(self, one: Expectation, at: datetime | None, day: date | None) -> bool:
        """Return whether what happened then is surely none of what an expectation counts."""
        in_force = self._charter.term.holds(day) & one.term.holds(day)
        return (in_force & self._is_on(one, at, day)) is Truth.FALSE

    def _is_on(self, one: Expectation, at: datetime | None, day: date | None) -> Truth:
        """Return whether a moment is in the hours of an expectation, as it may be where unknown."""
        if day is None or at is None or one.on is None:
            return Truth.TRUE
        return on_at(one.on, at, self._charter.zone, self._charter.calendar)


@lru_cache(maxsize=1024)  # a history has few networks, and names are compared letter by letter
def _is_slip(name: str, ours: frozenset[str]) -> bool:
    return name not in ours and bool(nearest(name, ours))


def _is_idle(one: Expectation, of: Truth, among: Truth) -> bool:
    """Tell whether an act is surely nothing that an expectation is about."""
    if one.bound is None:
        return of is Truth.FALSE and among is Truth.FALSE
    return among is Truth.FALSE or (one.among is None and of is Truth.FALSE)


def _shared(charter: Charter, act: Act, name: str) -> frozenset[str] | None:
    """Return what an act may have in common with others; None where it is not known."""
    words = words_shared(charter, f"same_{name}", act)
    known = frozenset(word for word in words if isinstance(word, str))
    return known if len(known) == len(words) else None


def _conditions(charter: Charter, one: Expectation) -> tuple[Condition, Condition]:
    """Return what is true of the acts that are counted, and of those a share is taken of.

    Nothing outside the networks of the charter is either.
    """
    networks = [part for name, part in charter.scope.parts(charter.counts) if name == _NETWORKS]
    of = counted_by(charter.counts, one.of)
    if one.event is not None:
        return All([*networks, of]), NEVER
    if one.asking is not None:
        return All([*networks, of]), All([*networks, counted_by(charter.counts, one.asking)])
    if one.among is None:
        return All([*networks, of]), ALWAYS
    return of, All([*networks, counted_by(charter.counts, one.among)])


_NETWORKS: Final = "networks"
