"""Agendas: everything that an organisation owes at an instant, whoever owes it, by when."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from attrs import field

from cmcore.base.asked import checked
from cmcore.base.values import value
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, say, say_many, show
from cmcore.incidents.replay.due import due
from cmcore.organisations.organisation import Organisation
from cmcore.requests.follow_up.backlog import Item
from cmcore.requests.follow_up.track import backlog
from cmcore.reviews.due import due_reviews
from cmcore.reviews.review import Review
from cmcore.time.durations import rounded
from cmcore.time.week import local, require_aware


class ObligationKind(StrEnum):
    """What is owed: a duty of an incident, a review, or something to whoever wrote to us."""

    DUTY = "duty"
    REVIEW = "review"
    ANSWER = "answer"
    ACKNOWLEDGEMENT = "acknowledgement"
    RESOLUTION = "resolution"


@value
class Obligation:
    """Something that is owed at an instant, about an incident, an act or a request.

    `what` says what of it: the duty, the circuit, the state of the request. It is `due` at an
    instant; if there is none, it has no deadline, or its deadline is unknown, since it depends on a
    `year` that a calendar does not cover. `people` are those who can do it now, or who have it. It
    is not `is_sure` if it is only perhaps owed.
    """

    kind: ObligationKind
    about: str
    what: str = ""
    due: datetime | None = field(default=None, kw_only=True)
    year: int | None = field(default=None, kw_only=True)
    people: tuple[str, ...] = field(default=(), kw_only=True)
    is_sure: bool = field(default=True, kw_only=True)

    def is_overdue(self, at: datetime) -> bool:
        """Return whether its deadline is known, and has passed at `at`.

        Raises:
            InvalidError: when `at` is naive.
        """
        return self.due is not None and require_aware(at, "at") > self.due


@value
class Agenda(Viewable):
    """Everything that is owed at an instant, in order of deadlines.

    `missing` names what was not given, so that it is unknown what is owed besides: the `playbook`
    of incidents, the `desk` of requests.
    """

    organisation: str
    at: datetime
    zone: str = field(default="UTC", kw_only=True)
    owed: tuple[Obligation, ...] = field(default=(), kw_only=True)
    missing: tuple[str, ...] = field(default=(), kw_only=True)

    @property
    def overdue(self) -> tuple[Obligation, ...]:
        """What should have been done."""
        return tuple(one for one in self.owed if one.is_overdue(self.at))

    @property
    def undated(self) -> tuple[Obligation, ...]:
        """What may be overdue or not: no calendar says by when it is owed."""
        return tuple(one for one in self.owed if one.year is not None)

    @property
    def next(self) -> Obligation | None:
        """What falls due next: a service need not ask again before that."""
        dated = (one for one in self.owed if one.due is not None)
        return next((one for one in dated if not one.is_overdue(self.at)), None)

    def view(self, language: Language = "en") -> View:
        """Return the view of the agenda for a terminal or a notebook."""
        told = {"organisation": self.organisation, "late": len(self.overdue)}
        is_open = self.owed or self.missing
        at = show(local(self.at, self.zone), language)
        return View(
            title=say_many("agenda", len(self.owed), language, **told),
            tone="forbidden" if self.overdue else "exception" if is_open else "covered",
            lines=tuple(Line("", "", say(f"agenda no {name}", language)) for name in self.missing),
            tables=(self._table(language),) if self.owed else (),
            foot=say("agenda at", language, at=at, zone=self.zone),
        )

    def _table(self, language: Language) -> Table:
        heads = ("kind", "about", "what", "due", "left", "people")
        rows = tuple(
            (
                _kind(one, language),
                one.about,
                one.what or "–",
                self._due(one, language),
                self._left(one, language),
                ", ".join(one.people) or "–",
            )
            for one in self.owed
        )
        tones = tuple(
            ("", "", "", "", "forbidden" if one.is_overdue(self.at) else "", "")
            for one in self.owed
        )
        named = tuple(say(f"agenda head {code}", language) for code in heads)
        return Table(named, rows, say("agenda owed", language), tones)

    def _due(self, one: Obligation, language: Language) -> str:
        if one.year is not None:
            return say("agenda undated", language, year=one.year)
        return "–" if one.due is None else show(local(one.due, self.zone), language)[:16]

    def _left(self, one: Obligation, language: Language) -> str:
        if one.due is None:
            return "–"
        left = show(rounded(abs(one.due - self.at)), language)
        return f"−{left}" if one.is_overdue(self.at) else left


def _kind(one: Obligation, language: Language) -> str:
    kind = say(f"agenda {one.kind}", language)
    return kind if one.is_sure else say("agenda perhaps", language, kind=kind)


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
    return Agenda(
        organisation.id,
        moment,
        zone=organisation.zone,
        owed=tuple(sorted(found, key=_order)),
        missing=tuple(name for name, is_missing in needed if is_missing),
    )


def _order(one: Obligation) -> tuple[bool, bool, datetime, str, str, str]:
    is_open = one.due is None
    return is_open, one.year is None, one.due or _NEVER, one.kind, one.about, one.what


#: Where nothing is due: of those, none comes before another by its deadline.
_NEVER: Final = datetime(9999, 12, 31, tzinfo=UTC)


def _duties(organisation: Organisation, at: datetime) -> Iterator[Obligation]:
    for incident in organisation.incidents or ():
        if organisation.playbook is not None and incident.opened.at <= at:
            for one in due(incident, organisation.playbook, at, organisation.team).owed:
                about = f" ({', '.join(one.subject)})" if one.subject else ""
                later = () if one.next_up is None else (one.next_up,)
                yield Obligation(
                    ObligationKind.DUTY,
                    incident.id,
                    f"{one.duty}{about}",
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
