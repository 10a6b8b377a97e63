"""Obligations: what an organisation owes at an instant, of whatever kind, in one list."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from attrs import field

from cmcore.base.frozen import FrozenMap
from cmcore.base.values import value
from cmcore.display.names import cell, cells
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, say, say_many, show
from cmcore.incidents.timeline import written
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

    `what` says what of it: the duty, the circuit, the state of the request; the `subject` of a duty
    says whom an alert is for (`roles`), which `events` it is about, and which `facts` of these. It
    is `due` at an instant; if there is none, it has no deadline, or its deadline is unknown, since
    it depends on a `year` that a calendar does not cover. `people` are those who can do it now, or
    who have it. It is not `is_sure` if it is only perhaps owed.
    """

    kind: ObligationKind
    about: str
    what: str = ""
    due: datetime | None = field(default=None, kw_only=True)
    year: int | None = field(default=None, kw_only=True)
    people: tuple[str, ...] = field(default=(), kw_only=True)
    is_sure: bool = field(default=True, kw_only=True)
    subject: FrozenMap[tuple[str, ...]] = field(
        factory=FrozenMap[tuple[str, ...]], kw_only=True, converter=FrozenMap[tuple[str, ...]]
    )

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

    def _view(self, language: Language) -> View:
        """Return the view of the agenda for a terminal or a notebook."""
        name = cell(self.organisation, "organisation", language)
        told = {"organisation": name, "late": len(self.overdue)}
        is_open = self.owed or self.missing
        at = local(self.at, self.zone)
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
                cell(one.about, "incident", language),
                _what(one, language),
                self._due(one, language),
                self._left(one, language),
                cells(one.people, "member", language),
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
        return "–" if one.due is None else written(one.due, self.zone, language=language)

    def _left(self, one: Obligation, language: Language) -> str:
        if one.due is None:
            return "–"
        left = show(rounded(abs(one.due - self.at)), language)
        return f"−{left}" if one.is_overdue(self.at) else left


def _what(one: Obligation, language: Language) -> str:
    """Say what is owed: the duty and its subject, the state of a request, or the circuit."""
    if one.kind is ObligationKind.DUTY:
        duty, told = cell(one.what, "duty", language), ", ".join(_subject(one, language))
        return f"{duty} ({told})" if told else duty
    if one.kind is ObligationKind.REVIEW:
        return one.what or "–"
    return say(f"request state {one.what}", language) if one.what else "–"


def _subject(one: Obligation, language: Language) -> Iterator[str]:
    """Yield what a duty is about, by name: events are known by the incident that they are of."""
    roles, events, facts = (one.subject.get(part, ()) for part in ("roles", "events", "facts"))
    yield from (cell(id_, "role", language) for id_ in roles)
    for id_ in events:
        key = f"{one.about}: {id_}"
        told = cell(key, "occasion", language)
        yield id_ if told == key else told
    yield from (cell(id_, "fact", language) for id_ in facts)


def _kind(one: Obligation, language: Language) -> str:
    kind = say(f"agenda {one.kind}", language)
    return kind if one.is_sure else say("agenda perhaps", language, kind=kind)
