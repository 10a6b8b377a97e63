"""Organisations: all that is given of a company on social media, to be checked as a whole."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from attrs import field
from attrs.converters import optional

from cmcore.base.counts import count_problems
from cmcore.base.errors import InvalidError, Problem, refuse_any
from cmcore.base.frozen import FrozenMap, symbols
from cmcore.base.ids import id_problems, nearest
from cmcore.base.values import value
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.context import Context
from cmcore.charters.expectation import expected_text
from cmcore.charters.history import Case, Unreadable
from cmcore.circuits.circuit import in_turn
from cmcore.display.names import NO_NAMES, Label, Names, names_by_sort, names_of, own_names, reader
from cmcore.display.wording import say
from cmcore.incidents.incident import Incident
from cmcore.incidents.playbook import Playbook, demands
from cmcore.incidents.timeline import numbered
from cmcore.organisations.questions import ASKED
from cmcore.organisations.words import as_departments, as_objectives
from cmcore.requests.desk import Desk
from cmcore.requests.log import RequestLog
from cmcore.teams.needs import Needs
from cmcore.teams.team import Team
from cmcore.text.names import as_network
from cmcore.time.week import check_zone

#: The practices that the source texts ask for, as in `catalog.practices`.
PRACTICES: Final = frozenset(
    {
        "presence-study",
        "strategy-approved",
        "strategy-review",
        "report",
        "watch-report",
        "team-meeting",
        "training",
        "webschool",
        "employee-briefing",
        "celebration",
        "open-access",
        "content-by-employees",
        "co-design",
        "subscriber-survey",
        "news-briefing",
        "meeting-in-person",
        "tools-review",
        "contest",
        "shop",
        "series",
    }
)


@value
class Deed:
    """A good practice carried out on a day, such as a report, a training or a meeting.

    `practice` is its id, as in `catalog.practices`; `by` names who did it.

    Raises:
        InvalidError: when there is no such practice, or an id is invalid.
    """

    practice: str
    on: date
    by: str | None = field(default=None, kw_only=True)
    note: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        found = list(_practice_problems(self.practice))
        found += [] if self.by is None else id_problems(self.by, "by")
        if found:
            raise InvalidError(found)


def _practice_problems(practice: str) -> Iterator[Problem]:
    if practice not in PRACTICES:
        near = nearest(practice, PRACTICES)
        known = sorted(PRACTICES)
        yield Problem.of("unknown-practice", "practice", name=practice, near=near, known=known)


@value
class Figures:
    """What was counted on one network at the end of a day; None means unknown.

    `followers` is a head count; `engagement`, the likes, comments and shares of that day;
    `reach`, the people who saw something of it; `posts`, what went out; `orders`, the orders that
    came from it, and `revenue` what they brought, in whole units of the organisation's currency.

    Raises:
        InvalidError: when a number is below zero, or the network cannot be an id.
    """

    on: date
    network: str = field(converter=as_network)
    followers: int | None = field(default=None, kw_only=True)
    engagement: int | None = field(default=None, kw_only=True)
    reach: int | None = field(default=None, kw_only=True)
    posts: int | None = field(default=None, kw_only=True)
    orders: int | None = field(default=None, kw_only=True)
    revenue: int | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        found = list(id_problems(self.network, "network"))
        for name in ("followers", "engagement", "reach", "posts", "orders", "revenue"):
            given = getattr(self, name)
            found += [] if given is None else count_problems(given, name)
        if found:
            raise InvalidError(found)


def _incidents(many: Iterable[Incident] | None) -> tuple[Incident, ...] | None:
    return None if many is None else tuple(sorted(many, key=lambda one: one.id))


def _history(
    many: Iterable[Act | Case | Unreadable] | None,
) -> Any:  # noqa: ANN401 - rows that could not be read are taken out afterwards
    if many is None:
        return None
    return tuple(Case(one, Context()) if isinstance(one, Act) else one for one in many)


#: What a history is given as: its unreadable rows are kept apart once it is made.
_Rows = tuple[Case | Unreadable, ...] | None


def _unread(many: Iterable[Unreadable]) -> tuple[Unreadable, ...]:
    return tuple(many)


def _figures(many: Iterable[Figures] | None) -> tuple[Figures, ...] | None:
    return None if many is None else tuple(sorted(many, key=lambda one: (one.network, one.on)))


def _reasons(many: Mapping[str, str]) -> FrozenMap[str]:
    return FrozenMap(many)


def _no_reasons() -> FrozenMap[str]:
    return FrozenMap()


def _deeds(many: Iterable[Deed] | None) -> tuple[Deed, ...] | None:
    if many is None:
        return None
    return tuple(sorted(many, key=lambda one: (one.practice, one.on, one.by or "", one.note)))


@value
class Organisation:
    """What is known about a company on social media; None means unknown.

    `name` is what people call it. Whatever else is given is taken to be complete: `incidents=()`
    says that there were none, `deeds` that nothing else was done. `history` is what it published;
    unreadable rows are kept as `unread`. `leaders` are the ids of those who direct the company,
    `contact` is the id of the one person to turn to, `sites` are its places or countries.
    `departments` are the ids of its departments: questions about others do not apply.
    `not_applicable` has what else does not, each with the reason: a check, such as `returns
    measured`, or a whole question, such as `004.4`. Days are those of `zone`.

    Raises:
        InvalidError: with every problem: an impossible id or zone, incidents that share an id,
            figures given twice for a network and a day, something said not to apply that is not
            asked, or without a reason.
    """

    id: str
    name: str = field(default="", kw_only=True)
    zone: str = field(default="UTC", kw_only=True)
    team: Team | None = field(default=None, kw_only=True)
    needs: Needs | None = field(default=None, kw_only=True)
    charter: Charter | None = field(default=None, kw_only=True)
    playbook: Playbook | None = field(default=None, kw_only=True)
    incidents: tuple[Incident, ...] | None = field(default=None, kw_only=True, converter=_incidents)
    requests: RequestLog | None = field(default=None, kw_only=True)
    desk: Desk | None = field(default=None, kw_only=True)
    history: tuple[Case, ...] | None = field(
        default=None, kw_only=True, converter=_history, metadata={"takes": _Rows}
    )
    unread: tuple[Unreadable, ...] = field(default=(), kw_only=True, converter=_unread)
    figures: tuple[Figures, ...] | None = field(default=None, kw_only=True, converter=_figures)
    deeds: tuple[Deed, ...] | None = field(default=None, kw_only=True, converter=_deeds)
    objectives: frozenset[str] | None = field(
        default=None, kw_only=True, converter=optional(as_objectives)
    )
    leaders: frozenset[str] | None = field(default=None, kw_only=True, converter=symbols)
    contact: str | None = field(default=None, kw_only=True)
    sites: frozenset[str] | None = field(default=None, kw_only=True, converter=symbols)
    departments: frozenset[str] | None = field(
        default=None, kw_only=True, converter=optional(as_departments)
    )
    not_applicable: FrozenMap[str] = field(factory=_no_reasons, kw_only=True, converter=_reasons)

    def __attrs_post_init__(self) -> None:
        rows: tuple[Case | Unreadable, ...] = self.history or ()
        unread = [one for one in rows if isinstance(one, Unreadable)]
        if unread:
            read = tuple(one for one in rows if not isinstance(one, Unreadable))
            object.__setattr__(self, "history", read)
            object.__setattr__(self, "unread", (*self.unread, *unread))
        refuse_any(self._problems())

    def _problems(self) -> Iterator[Problem]:
        yield from id_problems(self.id, "organisation")
        try:
            check_zone(self.zone)
        except InvalidError as error:
            yield from (problem.under("zone") for problem in error.problems)
        for name in ("objectives", "leaders", "sites", "departments"):
            for one in sorted(getattr(self, name) or ()):
                yield from id_problems(one, name)
        if self.contact is not None:
            yield from id_problems(self.contact, "contact")
        for id_ in _doubles(one.id for one in self.incidents or ()):
            yield Problem.of("duplicate-id", "incidents", id_, id=id_)
        days = _doubles(f"{one.network}, {one.on}" for one in self.figures or ())
        for day, count in days.items():
            yield Problem.of("counted-twice", "figures", day=day, count=count)
        for name, reason in self.not_applicable.items():
            if name not in ASKED:
                near = nearest(name, ASKED)
                yield Problem.of("not-asked-for", "not_applicable", name, name=name, near=near)
            elif not reason.strip():
                yield Problem.of("reason-missing", "not_applicable", name)


def _doubles(names: Iterable[str]) -> Mapping[str, int]:
    return {name: count for name, count in Counter(names).items() if count > 1}


@own_names.register
def _(organisation: Organisation) -> Names:
    """Return what its people and things are called; what has no title goes by what it is."""
    name = organisation.name
    charter, needs, playbook = organisation.charter, organisation.needs, organisation.playbook
    duties = demands(playbook) if playbook else NO_NAMES
    parts: dict[str, Mapping[str, str | Label]] = {
        "team": {organisation.team.id: name} if organisation.team and name else {},
        "needs": {needs.id: _words("needs")} if needs else {},
        "charter": {charter.id: _words("charter")} if charter else {},
        "playbook": {playbook.id: _words("playbook")} if playbook else {},
        "rule": {one.id: one.because for one in charter.rules} if charter else {},
        "incident": {one.id: one.title for one in organisation.incidents or () if one.title},
        "occasion": dict(_happened(organisation.incidents or (), duties)),
    }
    called = names_by_sort(organisation={organisation.id: name}, **parts)
    incidents = [*(organisation.incidents or ())]
    events = numbered(incidents[0].events) if len(incidents) == 1 else NO_NAMES
    known = called | events | names_of([charter, organisation.team, playbook, *incidents])
    return known | _told(charter, known) | duties if charter else known | duties


def _told(charter: Charter, known: Names) -> Names:
    """Return what circuits and expectations are called: by whom they ask, and what is expected."""
    english, french = reader("en", known), reader("fr", known)
    return names_by_sort(
        circuit={one.id: (in_turn(one, english), in_turn(one, french)) for one in charter.circuits},
        expectation={
            one.id: (expected_text(one, english), expected_text(one, french))
            for one in charter.expectations
        },
    )


def _words(part: str) -> Label:
    """Return what a part of an organisation is called that has no name of its own."""
    return say(f"organisation {part}", "en"), say(f"organisation {part}", "fr")


def _happened(incidents: Iterable[Incident], duties: Names) -> Iterator[tuple[str, Label]]:
    """Yield events and duties of incidents, as evidence names them: the number, or the demand."""
    many = [*incidents]
    for incident in many:
        title = incident.title or incident.id
        known = {**duties.labels.get("duty", {}), **numbered(incident.events).labels["event"]}
        for id_, (english, french) in known.items():
            before = f"{title}, " if len(many) > 1 else ""
            told = (f"{before}{english}", f"{before}{french}")
            yield f"{incident.id}: {id_}", told
