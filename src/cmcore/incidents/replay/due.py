"""Owing: what a team still has to do in an incident at a moment, and who is there to do it."""

from collections.abc import Iterator
from datetime import datetime

import attrs

from cmcore.base.asked import checked
from cmcore.base.errors import InvalidError
from cmcore.base.truth import Truth
from cmcore.incidents.events import ActEvent, FactValue, Promise, same_value
from cmcore.incidents.incident import Incident
from cmcore.incidents.playbook import Duty, DutyKind, Playbook
from cmcore.incidents.replay._occasions import Occasion, occasions
from cmcore.incidents.replay._record import Record
from cmcore.incidents.replay.owed import Due, Owed
from cmcore.incidents.replay.registry import Registry
from cmcore.incidents.replay.replay import check_levels
from cmcore.teams.presence import may_be_on_duty, on_duty_from
from cmcore.teams.team import Team, unknown_role
from cmcore.time.clocks import known_deadline
from cmcore.time.instants import Around
from cmcore.time.week import require_aware


@checked
def due(incident: Incident, playbook: Playbook, at: datetime, team: Team | None = None) -> Due:
    """Return what is owed at `at`, from what had happened by then, ignoring tolerances.

    A duty is owed from when it begins until something fulfils it, in time or not. Duties owed from
    the opening end when the incident is closed, and are owed again if it is reopened; the duty to
    hold posts ends with the resolution. A promise is owed until it is kept, or until somebody says,
    after its deadline, that it was not; it is overdue until then, whenever it was made. A claim
    that the facts now contradict is perhaps to be corrected, if nothing says what was true when it
    was made. A duty fulfilled in time and since undone is perhaps owed again, from that moment on.
    The review of an unresolved incident has no deadline yet. Where the calendar of a duty does not
    cover a year, its deadline is unknown. With a team, each duty says who holds
    the role and is on duty, otherwise when somebody will be; an escalated duty says so for the role
    that it escalated to.

    Raises:
        InvalidError: when `at` is naive, or before the incident opens; when duties name levels that
            the scale does not have, or roles that the team does not have.

    Examples:
        >>> from datetime import datetime
        >>> from cmcore import Incident, Playbook, due, read
        >>> incident = read("examples/incidents/aquarelle.yaml", Incident)
        >>> playbook = read("examples/incidents/playbook.yaml", Playbook)
        >>> at = datetime.fromisoformat("2012-08-06T16:30+02:00")
        >>> [owed.duty for owed in due(incident, playbook, at).owed]
        ['decision-makers', 'decision-makers', 'noticed', 'first-word', 'lessons']
    """
    moment = require_aware(at, "at")
    known = incident.as_of(moment)
    check_levels(incident, playbook)
    if team is not None:
        _check_roles(team, playbook)
    found = [_manned(one, moment, team) for one in _owed(known, playbook, moment)]
    far = sorted((one for one in found if one.due is None), key=lambda one: one.year is None)
    near = sorted((one for one in found if one.due is not None), key=_deadline)
    result = Due(
        incident.title or incident.id,
        moment,
        zone=incident.zone,
        owed=(*near, *far),
        has_team=team is not None,
    )
    return result.with_names([team, incident])


def _deadline(one: Owed) -> tuple[datetime, str, tuple[str, ...]]:
    return one.due or one.since, one.duty, one.subject


def _check_roles(team: Team, playbook: Playbook) -> None:
    known = {role.id for role in team.roles}
    found = [
        problem
        for index, duty in enumerate(playbook.duties)
        for name, role in (
            ("role", duty.role),
            ("escalation", duty.escalation.role if duty.escalation else None),
        )
        if role is not None
        for problem in unknown_role(role, known, "duties", index, name)
    ]
    if found:
        raise InvalidError(found)


def _owed(known: Incident, playbook: Playbook, at: datetime) -> Iterator[Owed]:
    record = Record(known, playbook)
    for duty in playbook.duties:
        if duty.kind is DutyKind.KEEP_PROMISES:
            yield from _promises(known, record.registry, duty, at)
        elif duty.kind.is_timed:
            for one in occasions(duty, record):
                is_listed = one.binds is Truth.TRUE or bool(one.against)
                if not one.is_over and is_listed and one.at <= at:
                    yield from _one(duty, one, known, at)


def _one(duty: Duty, one: Occasion, known: Incident, at: datetime) -> Iterator[Owed]:
    """Yield what is owed on an occasion, if it is: again, perhaps, where what met it was undone."""
    owed = Owed(duty.id, duty.kind, since=one.at, due=one.due, tolerance=one.tolerance,
                subject=one.subject, role=duty.role,
                is_sure=one.binds is Truth.TRUE, year=one.year)  # fmt: skip
    if one.is_owed:
        yield _escalating(duty, owed, at)
    elif one.undoers:
        last = max((known.event(id_) for id_ in one.undoers), key=lambda event: event.at)
        until = known_deadline(last.at, duty.within, duty.clock)
        again = attrs.evolve(owed, since=last.at, due=until.at, tolerance=last.tolerance,
                             is_sure=False, year=until.year)  # fmt: skip
        yield _escalating(duty, again, at)


def _escalating(duty: Duty, one: Owed, at: datetime) -> Owed:
    """Return what is owed with the role that it goes to, or has gone to, and when."""
    escalation = duty.escalation
    if escalation is None or one.due is None:
        return one
    escalates = known_deadline(one.due, escalation.after, duty.clock)
    escalated = None if escalates.passed(at) is Truth.FALSE else escalation.role
    return attrs.evolve(one, escalated=escalated, escalates=escalates.at)


def _promises(known: Incident, registry: Registry, duty: Duty, at: datetime) -> Iterator[Owed]:
    start = known.start(duty.level)
    for event in known.of(ActEvent):
        for promise in event.promises if start is not None else ():
            for fact, wanted in promise.that.items():
                if not _is_settled(registry, promise, fact, wanted, at):
                    owed = Owed(duty.id, duty.kind, since=event.at, due=promise.by,
                                tolerance=promise.tolerance,
                                subject=(event.id, fact), role=duty.role)  # fmt: skip
                    yield _escalating(duty, owed, at)


def _is_settled(
    registry: Registry, promise: Promise, fact: str, wanted: FactValue, at: datetime
) -> bool:
    """Return whether what was promised is so, was so when its time was over, or was said not to be.

    That it was not so before shows nothing: there was time left to keep it.
    """
    last = registry.last(fact, at)
    if last is None or same_value(last.value, wanted):
        return last is not None
    is_over = promise.around.by(Around.exactly(at)) is Truth.TRUE
    was_so = registry.is_at(fact, wanted, promise.around)
    return is_over and (was_so is Truth.TRUE or (was_so is Truth.FALSE and last.at >= promise.by))


def _manned(one: Owed, at: datetime, team: Team | None) -> Owed:
    """Return what is owed with the people who are there to do it, or will be first."""
    role = one.escalated or one.role
    if team is None or role is None:
        return one
    fit = team.at(at).holders(role)
    there = [(on_duty_from(member, at, team.calendar), member.id) for member in fit]
    people = tuple(id_ for when, id_ in there if when == at)
    later = sorted(
        (when, id_)
        for when, id_ in there
        if when is not None and team.member(id_).at(when).holds(team.role(role))
    )
    if people or not later:
        unsure = tuple(one.id for one in fit if may_be_on_duty(one, at, team.calendar))
        return attrs.evolve(one, people=people, unsure=() if people else unsure)
    back, who = later[0]
    return attrs.evolve(one, next_up=who, back=back)
