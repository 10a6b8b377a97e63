"""Routing: the right role for a request, then the right person, with what was said of the others.

The rules are data, in the routes of a desk. Among those who hold the role and are able to take the
request, the one who had the last request of the same author keeps it when on duty; else it goes to
whoever on duty has the least at hand, the order of the ids deciding between equals.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

import attrs

from cmcore.base.asked import checked
from cmcore.base.errors import InvalidError
from cmcore.requests.desk import Desk
from cmcore.requests.dues import Dues
from cmcore.requests.log import RequestLog, RequestState, RequestTrack, Turn
from cmcore.requests.request import Request
from cmcore.requests.routing import Candidate, NoRoute, Routing, RoutingReason
from cmcore.teams.member import Member
from cmcore.teams.presence import on_duty_from
from cmcore.teams.role import Role
from cmcore.teams.team import Team, unknown_role
from cmcore.time.week import require_aware


@checked
def route(
    request: Request,
    team: Team,
    desk: Desk,
    at: datetime | None = None,
    log: RequestLog | None = None,
) -> Routing:
    """Return who should take a request at `at`; the default is when it was received.

    People can take it if they hold the role of the desk's first matching route, have the skills for
    it, and speak the language of the request, if known. What the desk ignores goes to nobody. The
    log says who had the last request from
    the same author on the same network, and how many requests everybody has.

    Raises:
        InvalidError: when `at` is naive, or a route names a role that the team does not have.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Availability, Desk, Member, Request, Role, Team, Week, route
        >>> from cmcore.requests import Route
        >>> always = Availability(Week.always())
        >>> ana = Member("ana", roles={"care"}, availability=always)
        >>> team = Team("crew", [ana], [Role("care")])
        >>> desk = Desk("care", routes=[Route("care")])
        >>> at = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> print(route(Request("r1", at=at), team, desk))
        `r1` goes to `ana` as `care`
          →  ana  the only one on duty who can
          (at 2026-03-02 09:00, UTC)
    """
    moment = request.at if at is None else require_aware(at, "at")
    tracks = () if log is None else log.tracks(moment)
    return Dispatch(team, Dues(desk, log), moment).route(request, tracks).with_names(team)


class Dispatch:
    """The people of a team at some time, and where requests go among them.

    Raises:
        InvalidError: when a route names a role that the team has not.
    """

    def __init__(self, team: Team, dues: Dues, at: datetime) -> None:
        _check_roles(team, dues.desk)
        self._team, self._dues, self._at = team.at(at), dues, at
        self._members = {member.id for member in team.members}
        self._back: dict[str, datetime | None] = {}

    def deal(self, tracks: Sequence[RequestTrack]) -> Iterator[Routing]:
        """Yield where each open request goes, one after the other, as if the others had gone."""
        now = {track.request.id: track for track in tracks}
        for track in tracks:
            found = None
            if track.state is RequestState.OPEN:
                found = self.route(track.request, tuple(now.values()))
            if found is not None and found.gap is not NoRoute.IGNORED:
                now[track.request.id] = attrs.evolve(track, holder=found.member)
                yield found

    def _is_ignored(self, request: Request, tracks: Sequence[RequestTrack]) -> bool:
        """Return whether the desk ignores all that a request is owed; alone, its one message."""
        track = next((one for one in tracks if one.request.id == request.id), None)
        if track is None:
            return self._dues.ignores(request, request.at)
        turns = [] if track.owed is None else [Turn(request, track.owed)]
        return bool(turns) and not any(self._dues.turns(turns, self._at))

    def route(self, request: Request, tracks: Sequence[RequestTrack]) -> Routing:
        """Return where a request goes, `tracks` telling where all of them are."""
        if self._is_ignored(request, tracks):
            zone = self._dues.desk.zone
            return Routing(request, self._at, zone=zone, gap=NoRoute.IGNORED)
        role = self._dues.role(request)
        contact = _contact(request, tracks)
        others = [track for track in tracks if track.request.id != request.id]
        load = Counter(track.holder for track in others if track.state.is_live)
        found = _chosen(
            [
                self._candidate(request, member, str(role), load[member.id])
                for member in self._team.members
                if role in member.roles
            ],
            contact,
        )
        chosen = next((one.member for one in found if one.why.is_chosen), None)
        return Routing(
            request,
            self._at,
            zone=self._dues.desk.zone,
            role=role,
            member=chosen,
            gap=None if chosen is not None else _gap(role, found),
            candidates=found,
            contact=contact,
            contact_gone=contact is not None and contact not in self._members,
        )

    def _candidate(self, request: Request, member: Member, role: str, load: int) -> Candidate:
        if member.id not in self._back:
            self._back[member.id] = on_duty_from(member, self._at, self._team.calendar)
        back = self._back[member.id]
        why = _why(request, member, self._team.role(role), back, self._at)
        return Candidate(member.id, why, load, back)


def _check_roles(team: Team, desk: Desk) -> None:
    known = {role.id for role in team.roles}
    found = [
        problem
        for index, route_ in enumerate(desk.routes)
        for problem in unknown_role(route_.role, known, "routes", index, "role")
    ]
    if found:
        raise InvalidError(found)


def _contact(request: Request, tracks: Sequence[RequestTrack]) -> str | None:
    """Return who has the request, or had the last one of the same author on the same network."""
    held = [track for track in tracks if track.holder is not None]
    own = [track for track in held if track.request.id == request.id]
    same = [
        track
        for track in held
        if request.sender is not None
        and (track.request.sender, track.request.network) == (request.sender, request.network)
    ]
    return next((track.holder for track in (*own, *reversed(same))), None)


def _why(
    request: Request, member: Member, role: Role, back: datetime | None, at: datetime
) -> RoutingReason:
    """Return what keeps somebody from a request, or that nothing does."""
    if member.lacks(role):
        return RoutingReason.SKILLS
    if request.language is not None and request.language not in member.languages:
        return RoutingReason.LANGUAGE
    if back is None:
        return RoutingReason.NEVER
    return RoutingReason.OFF if back > at else RoutingReason.NOT_FIRST


def _chosen(candidates: Sequence[Candidate], contact: str | None) -> tuple[Candidate, ...]:
    """Choose one of those who are ready, if any is."""
    ready = [one for one in candidates if one.why is RoutingReason.NOT_FIRST]
    if not ready:
        return tuple(candidates)
    first, *others = sorted(ready, key=lambda one: (one.member != contact, one.load, one.member))
    why = RoutingReason.LEAST
    if first.member == contact:
        why = RoutingReason.CONTACT
    elif not others:
        why = RoutingReason.ALONE
    elif others[0].load == first.load:
        why = RoutingReason.TIE
    taken = attrs.evolve(first, why=why)
    return tuple(taken if one is first else one for one in candidates)


def _gap(role: str | None, candidates: Sequence[Candidate]) -> NoRoute:
    whys = {one.why for one in candidates}
    if role is None:
        return NoRoute.NO_ROUTE
    if not whys:
        return NoRoute.NO_HOLDER
    if RoutingReason.OFF in whys:
        return NoRoute.OFF_DUTY
    return NoRoute.NEVER if RoutingReason.NEVER in whys else NoRoute.UNABLE
