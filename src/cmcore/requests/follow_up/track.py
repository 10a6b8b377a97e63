"""Tracking: where every request is at some time, what is owed, and by how much it is late."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from cmcore.base.asked import checked
from cmcore.base.errors import refuse
from cmcore.base.frozen import FrozenMap
from cmcore.requests.desk import Desk, of_acknowledgements, of_resolutions
from cmcore.requests.dues import Dues
from cmcore.requests.follow_up.backlog import Backlog, Item, earliest
from cmcore.requests.follow_up.route import Dispatch
from cmcore.requests.log import RequestLog, RequestState, RequestTrack, Turn
from cmcore.teams.team import Team
from cmcore.time.clocks import Deadline
from cmcore.time.week import require_aware


@checked
def backlog(
    log: RequestLog,
    at: datetime | None = None,
    desk: Desk | None = None,
    team: Team | None = None,
) -> Backlog:
    """Return the state of every request received by `at`; the default is the end of the log.

    Later events are ignored. The targets of the desk say when an owed answer is due, an owed
    acknowledgement, and the resolution; each is overdue after that instant. A request into which
    others were merged is due at the earliest deadline among them. A deadline of a year that the
    calendar of its target does not cover is unknown. With a team, the backlog says which requests
    are held by somebody outside it, and with a desk too, who should take the requests that nobody
    has, one after the other as they came.

    Raises:
        InvalidError: when `at` is naive, or missing for an empty log, or the desk names roles that
            the team does not have.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Request, RequestLog, backlog
        >>> log = RequestLog([Request("r1", at=datetime(2026, 3, 2, 9, tzinfo=UTC))])
        >>> dict(backlog(log).counts)
        {'assigned': 0, 'merged': 0, 'open': 1, 'resolved': 0, 'waiting': 0}
    """
    moment = moment_of(log, at)
    rules = desk or Desk()
    tracks = log.tracks(moment)
    families = _families(tracks)
    made = rules, of_acknowledgements(rules), of_resolutions(rules)
    promises = [Dues(one, log) for one in made]
    items = tuple(
        _item(track, families.get(track.request.id, ()), promises, team, moment) for track in tracks
    )
    states = Counter(track.state.value for track in tracks)
    found = Backlog(
        moment,
        rules.zone,
        items,
        FrozenMap({state.value: states[state.value] for state in RequestState}),
        tuple(Dispatch(team, promises[0], moment).deal(tracks)) if desk and team else (),
    )
    return found.with_names(team) if team else found


def moment_of(log: RequestLog, at: datetime | None) -> datetime:
    """Return `at` in UTC, or the end of the log.

    Raises:
        InvalidError: when `at` is naive, or not said of an empty log.
    """
    moment = log.end if at is None else require_aware(at, "at")
    if moment is None:
        raise refuse("nothing-received", "at")
    return moment


def _families(tracks: Iterable[RequestTrack]) -> Mapping[str, list[RequestTrack]]:
    """Return, for each request that was not merged, itself and all that ended up in it."""
    known = {track.request.id: track for track in tracks}
    families: dict[str, list[RequestTrack]] = {}
    for track in known.values():
        above = track
        while above.into is not None:
            above = known[above.into]
        families.setdefault(above.request.id, []).append(track)
    return families


def _item(
    track: RequestTrack,
    family: Iterable[RequestTrack],
    promises: Sequence[Dues],
    team: Team | None,
    at: datetime,
) -> Item:
    if not track.state.is_live:
        return Item(track)
    answers, signs, ends = promises
    many = [*family]
    raw = [Turn(one.request, one.owed) for one in many if one.owed is not None]
    owed = [*answers.turns(raw, at)]
    seen = [Turn(one.request, at_) for one in many if (at_ := one.unacknowledged) is not None]
    due = Deadline.earliest(answers.due(turn) for turn in owed)
    acknowledge_by = Deadline.earliest(signs.due(turn) for turn in signs.turns(seen, at))
    whole = [Turn(one.request, one.request.at) for one in many]
    resolve_by = Deadline.earliest(ends.due(turn) for turn in ends.turns(whole, at))
    dates = (due, acknowledge_by, resolve_by)
    first = earliest(one.at for one in dates)
    has_target = any(answers.target(turn) is not None for turn in owed)
    return Item(
        track,
        owed=earliest(turn.since for turn in owed),
        due=due.at,
        acknowledge_by=acknowledge_by.at,
        resolve_by=resolve_by.at,
        overdue=at - first if first is not None and first < at else None,
        has_target=has_target,
        is_untargeted=not has_target and not _is_promised(owed, promises),
        year=min((one.year for one in dates if one.year is not None), default=None),
        is_ignored=bool(raw) and not owed,
        is_stranded=team is not None and track.holder is not None and _is_gone(track.holder, team),
    )


def _is_promised(owed: Iterable[Turn], promises: Sequence[Dues]) -> bool:
    """Return whether a desk that promises no answers promises anything else for what is owed."""
    answers, *others = promises
    turns = [] if answers.desk.targets else [*owed]
    return any(one.target(turn) is not None for one in others for turn in turns)


def _is_gone(who: str, team: Team) -> bool:
    return who not in {member.id for member in team.members}
