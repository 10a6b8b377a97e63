"""Agendas: everything that an organisation owes at an instant, whoever owes it, by when."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

from cmcore.base.asked import checked
from cmcore.incidents.replay.due import due
from cmcore.organisations.obligations import Agenda, Obligation, ObligationKind
from cmcore.organisations.organisation import Organisation
from cmcore.requests.follow_up.backlog import Item
from cmcore.requests.follow_up.track import backlog
from cmcore.reviews.due import due_reviews
from cmcore.reviews.review import Review
from cmcore.time.week import require_aware


@checked
def agenda(organisation: Organisation, at: datetime, reviews: Iterable[Review] = ()) -> Agenda:
    """Return everything that an organisation owes at `at`, in order of deadlines.

    That is what its playbook owes in its incidents, as `due` says; what its desk promises to the
    requests of its log, as `backlog` says; and the reviews owed of acts that went out alone, as
    `due_reviews` says. What had not begun by then is left out.

    Raises:
        InvalidError: when `at` is naive; when duties or routes name levels or roles that there are
            not.

    Examples:
        >>> from datetime import datetime
        >>> from cmcore import Incident, Organisation, Playbook, read
        >>> from cmcore.organisations import agenda
        >>> incident = read("examples/incidents/aquarelle.yaml", Incident)
        >>> playbook = read("examples/incidents/playbook.yaml", Playbook)
        >>> shop = Organisation("shop", playbook=playbook, incidents=[incident])
        >>> found = agenda(shop, datetime.fromisoformat("2012-08-06T16:30+02:00"))
        >>> [one.what for one in found.overdue if one.is_sure][-2:]
        ['noticed', 'first-word']
    """
    moment = require_aware(at, "at")
    found = [
        *_duties(organisation, moment),
        *_reviews([one for one in reviews if one.opening.at <= moment], moment),
        *_requests(organisation, moment),
    ]
    has_begun = any(one.opened.at <= moment for one in organisation.incidents or ())
    needed = (
        ("playbook", has_begun and organisation.playbook is None),
        ("desk", organisation.requests is not None and organisation.desk is None),
    )
    result = Agenda(
        organisation.id,
        moment,
        zone=organisation.zone,
        owed=tuple(sorted(found, key=_order)),
        missing=tuple(name for name, is_missing in needed if is_missing),
    )
    return result.with_names(organisation)


def _order(one: Obligation) -> tuple[bool, bool, datetime, str, str, str]:
    is_open = one.due is None
    return is_open, one.year is None, one.due or _NEVER, one.kind, one.about, one.what


#: Where nothing is due: of those, none comes before another by its deadline.
_NEVER: Final = datetime(9999, 12, 31, tzinfo=UTC)


def _duties(organisation: Organisation, at: datetime) -> Iterator[Obligation]:
    for incident in organisation.incidents or ():
        if organisation.playbook is not None and incident.opened.at <= at:
            for one in due(incident, organisation.playbook, at, organisation.team).owed:
                later = () if one.next_up is None else (one.next_up,)
                yield Obligation(
                    ObligationKind.DUTY,
                    incident.id,
                    one.duty,
                    subject=one.about,
                    due=one.due,
                    year=one.year,
                    people=one.people or later,
                    is_sure=one.is_sure,
                )


def _reviews(reviews: Iterable[Review], at: datetime) -> Iterator[Obligation]:
    for one in due_reviews(reviews, at).owed:
        for track in one.owed:
            yield Obligation(
                ObligationKind.REVIEW,
                one.act or one.digest[:12],
                track.circuit,
                due=track.until,
                people=track.awaited,
            )


def _requests(organisation: Organisation, at: datetime) -> Iterator[Obligation]:
    log = organisation.requests
    if log is not None:
        for item in backlog(log, at, organisation.desk, organisation.team).items:
            yield from _promised(item)


def _promised(item: Item) -> Iterator[Obligation]:
    """Yield what is owed to a request: an answer, also without a deadline, and what is promised."""
    track = item.track
    dates = {
        ObligationKind.ACKNOWLEDGEMENT: item.acknowledge_by,
        ObligationKind.ANSWER: item.due,
        ObligationKind.RESOLUTION: item.resolve_by,
    }
    for kind, until in dates.items():
        is_owed = kind is ObligationKind.ANSWER and item.owed is not None
        year = item.year if kind is _undated(item) else None
        if until is not None or is_owed or year is not None:
            yield Obligation(
                kind,
                track.request.id,
                str(track.state),
                due=until,
                year=year,
                people=() if track.holder is None else (track.holder,),
            )


def _undated(item: Item) -> ObligationKind:
    """Return what of a request has the deadline that is unknown, where one is."""
    if item.has_target and item.due is None:
        return ObligationKind.ANSWER
    is_ended = item.resolve_by is not None
    return ObligationKind.ACKNOWLEDGEMENT if is_ended else ObligationKind.RESOLUTION
