"""Backlogs: where every request is at some time, what is owed, and what is late."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from attrs import field

from cmcore.base.frozen import FrozenMap
from cmcore.base.values import value
from cmcore.display.names import cell
from cmcore.display.pictures.bars import Bar, Bars, Piece
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, moment_text, say, say_many, show
from cmcore.requests.log import RequestState, RequestTrack
from cmcore.requests.routing import Routing
from cmcore.time.durations import rounded
from cmcore.time.week import local

#: How many rows are shown; the backlog has them all.
_SHOWN: Final = 20
#: How many requests are named where many are alike.
_NAMED: Final = 3


@value
class Item:
    """A request at the time of the backlog.

    An answer has been owed since `owed`, and is due at `due`: the earliest deadline of the request
    and those merged into it. `has_target` says whether a target applies; if the hours of the target
    never come, it is never due. `is_untargeted` says that none does; where the desk promises no
    answers, none of an acknowledgement or a resolution either. If the desk promises an
    acknowledgement, and there was neither that nor an answer, it is due at `acknowledge_by`; if it
    promises a resolution, at `resolve_by`. `overdue` is by how much the first of these deadlines is
    missed, on the wall clock. A deadline that depends on a `year` that its calendar does not cover
    is unknown, and left out. `is_ignored` says that the desk ignores what waits for an answer, and
    `is_stranded` that its holder is not in the team.
    """

    track: RequestTrack
    owed: datetime | None = None
    due: datetime | None = None
    acknowledge_by: datetime | None = None
    resolve_by: datetime | None = None
    overdue: timedelta | None = None
    has_target: bool = False
    is_untargeted: bool = False
    year: int | None = None
    is_ignored: bool = False
    is_stranded: bool = False


def _count(given: FrozenMap[int]) -> FrozenMap[int]:
    return FrozenMap(given)


@value
class Backlog(Viewable):
    """Every request received by `at`, each in one state; `counts` has the number in each state.

    `routings` say who should take the requests nobody has, if a team was given.
    """

    at: datetime
    zone: str = "UTC"
    items: tuple[Item, ...] = ()
    counts: FrozenMap[int] = field(factory=FrozenMap[int], converter=_count)
    routings: tuple[Routing, ...] = ()

    @property
    def total(self) -> int:
        """The number of requests."""
        return len(self.items)

    @property
    def owed(self) -> tuple[Item, ...]:
        """The requests owed an answer: by deadline, then by how long they have waited."""
        some = [item for item in self.items if item.owed is not None]
        return tuple(sorted(some, key=_urgency))

    @property
    def overdue(self) -> tuple[Item, ...]:
        """The late requests, the latest first."""
        return tuple(sorted((one for one in self.items if one.overdue is not None), key=_urgency))

    @property
    def unresolved(self) -> tuple[Item, ...]:
        """The requests whose resolution the desk promises: by deadline."""
        some = [item for item in self.items if item.resolve_by is not None]
        return tuple(sorted(some, key=lambda one: (one.resolve_by, one.track.request.id)))

    @property
    def untargeted(self) -> tuple[Item, ...]:
        """The requests owed an answer without a target that says by when."""
        return tuple(item for item in self.owed if item.is_untargeted)

    @property
    def undated(self) -> tuple[Item, ...]:
        """The requests with a deadline that is unknown: a calendar does not cover its year."""
        return tuple(item for item in self.items if item.year is not None)

    @property
    def ignored(self) -> tuple[Item, ...]:
        """The requests that are owed nothing, because the desk ignores them."""
        return tuple(item for item in self.items if item.is_ignored)

    @property
    def stranded(self) -> tuple[Item, ...]:
        """The requests held by somebody who is not in the team."""
        return tuple(item for item in self.items if item.is_stranded)

    @property
    def is_on_time(self) -> bool:
        """Whether nothing is late, or may be, or is held by somebody outside the team."""
        return not (self.overdue or self.undated or self.stranded)

    def state(self, state: RequestState | str) -> int:
        """Return how many requests are in a state."""
        return self.counts.get(str(state), 0)

    def _view(self, language: Language) -> View:
        """Return the view of the backlog for a terminal or a notebook."""
        late = len(self.overdue)
        said = say_many("request late", late, language) if late else say(
            "request late none", language)  # fmt: skip
        return View(
            title=say_many("request backlog", self.total, language, late=said),
            tone=_tone(self),
            lines=tuple(_lines(self, language)),
            tables=tuple(_tables(self, language)),
            pictures=(_bars(self, language),) if self.total else (),
            foot=say("request as of", language, at=local(self.at, self.zone), zone=self.zone),
        )


def earliest(instants: Iterable[datetime | None]) -> datetime | None:
    """Return the first of the instants that there are, if there is any."""
    return min((at for at in instants if at is not None), default=None)


def _urgency(item: Item) -> tuple[bool, datetime, datetime, str]:
    owed = item.owed or item.track.request.at
    due = earliest((item.due, item.acknowledge_by, item.resolve_by))
    return due is None, due or owed, owed, item.track.request.id


def _tone(found: Backlog) -> str:
    if found.overdue or found.stranded:
        return "forbidden"
    is_unsure = found.untargeted or found.undated or not found.total
    return "exception" if is_unsure else "covered"


def _shown(at: datetime, found: Backlog, language: Language) -> str:
    return moment_text(local(at, found.zone), language, brief=True)


def _lines(found: Backlog, language: Language) -> Iterator[Line]:
    for state in RequestState:
        if found.state(state):
            yield Line(_many(state, found, language), "", str(found.state(state)))
    if found.untargeted:
        told = say_many("request untargeted", len(found.untargeted), language)
        yield Line("", "", told)
    if found.undated:
        years = ", ".join(map(str, sorted({item.year for item in found.undated if item.year})))
        told = say_many("request undated", len(found.undated), language, years=years)
        yield Line("", "", told)
    if found.ignored:
        yield Line("", "", say_many("request ignored", len(found.ignored), language))
    yield from (Line("", "", told) for told in _stranded(found, language))


def _stranded(found: Backlog, language: Language) -> Iterator[str]:
    """Say what is with people who are not in the team, those first who have the most."""
    holders: dict[str, list[str]] = {}
    for item in found.stranded:
        holders.setdefault(str(item.track.holder), []).append(f"`{item.track.request.id}`")
    ranked = sorted(holders.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    for who, ids in ranked[:_SHOWN]:
        few = ", ".join(_first(ids, _NAMED, language))
        yield say_many("request stranded", len(ids), language, who=who, requests=few)
    if len(ranked) > _SHOWN:
        yield say_many("request more stranded", len(ranked) - _SHOWN, language)


def _first(words: list[str], most: int, language: Language) -> Iterator[str]:
    """Yield the first words, and how many more there are."""
    yield from words[:most]
    if len(words) > most:
        yield say("and more", language, count=len(words) - most)


def _many(state: RequestState, found: Backlog, language: Language) -> str:
    """Return what a state is called when as many requests are in it."""
    code = "request states" if found.state(state) > 1 else "request state"
    return say(f"{code} {state}", language)


def _bars(found: Backlog, language: Language) -> Bars:
    """Draw how many requests are in each state."""
    pieces = tuple(
        Piece(_many(state, found, language), found.state(state),
              str(found.state(state)), _STATES.get(state, ""))
        for state in RequestState
    )  # fmt: skip
    return Bars("", bars=(Bar("", pieces),))


#: The tones of states; those of the others are plain.
_STATES: Final = {
    RequestState.OPEN: "exception",
    RequestState.RESOLVED: "covered",
}


def _tables(found: Backlog, language: Language) -> Iterator[Table]:
    is_promised = any(item.acknowledge_by is not None for item in found.owed)
    sign = ("acknowledge by",) if is_promised else ()
    made = [
        (
            "request owed",
            ("id", "state", "who", "since", *sign, "due", "overdue by"),
            [_owed_row(item, found, language, *sign) for item in found.owed],
        ),
        (
            "request to resolve",
            ("id", "state", "who", "resolve by", "overdue by"),
            [_unresolved_row(item, found, language) for item in found.unresolved],
        ),
        (
            "request to assign",
            ("id", "who", "why"),
            [_routing_row(routing, language) for routing in found.routings],
        ),
    ]
    for title, codes, rows in made:
        if rows:
            heads = tuple(say(f"request {code}", language) for code in codes)
            yield Table(heads, tuple(_few(rows, language)), say(title, language))


def _few(rows: list[tuple[str, ...]], language: Language) -> Iterator[tuple[str, ...]]:
    yield from rows[:_SHOWN]
    more = len(rows) - _SHOWN
    if more > 0:
        blank = [""] * (len(rows[0]) - 2)
        yield ("…", say("and more", language, count=more), *blank)


def _beginning(item: Item, language: Language) -> tuple[str, str, str]:
    track = item.track
    state = say(f"request state {track.state}", language)
    return track.request.id, state, cell(track.holder, "member", language) if track.holder else "–"


def _overdue(found: Backlog, language: Language, *deadlines: datetime | None) -> str:
    """Say by how much the first of the deadlines of a row is missed."""
    late = [found.at - one for one in deadlines if one is not None and one < found.at]
    return show(rounded(max(late)), language) if late else ""


def _unresolved_row(item: Item, found: Backlog, language: Language) -> tuple[str, ...]:
    by = "" if item.resolve_by is None else _shown(item.resolve_by, found, language)
    return (*_beginning(item, language), by, _overdue(found, language, item.resolve_by))


def _owed_row(item: Item, found: Backlog, language: Language, *sign: str) -> tuple[str, ...]:
    by = item.acknowledge_by
    return (
        *_beginning(item, language),
        _shown(item.owed, found, language) if item.owed else "",
        *("" if by is None else _shown(by, found, language) for _ in sign),
        _due(item, found, language),
        _overdue(found, language, item.acknowledge_by, item.due),
    )


def _due(item: Item, found: Backlog, language: Language) -> str:
    if item.due is not None:
        return _shown(item.due, found, language)
    if item.year is not None:
        return say("request no calendar", language, year=item.year)
    if item.has_target:
        return say("request never due", language)
    return say("request no target" if item.is_untargeted else "request no promise", language)


def _routing_row(routing: Routing, language: Language) -> tuple[str, ...]:
    who = routing.member and cell(routing.member, "member", language)
    nobody = say("request nobody", language)
    return routing.request.id, who or nobody, routing.reason(language)
