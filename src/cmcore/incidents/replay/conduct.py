"""Conduct: what was kept of a playbook in an incident, what was breached, and what shows it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, TypeAlias

import attrs
from attrs import field

from cmcore.base.asked import checked_late
from cmcore.base.frozen import FrozenMap
from cmcore.base.shown import Sort
from cmcore.base.values import value
from cmcore.charters.act import Act, LabelValue
from cmcore.charters.decision import Decision, Outcome, rule_line
from cmcore.charters.kinds import fact_text
from cmcore.display.names import (
    Names,
    all_named,
    cell,
    cells,
    handle,
    name_list,
    named,
    names_of,
    own_names,
)
from cmcore.display.pictures.track import Track
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, say, say_many, show, within_text
from cmcore.incidents.events import ActEvent, IncidentEvent
from cmcore.incidents.incident import Incident
from cmcore.incidents.playbook import DutyKind
from cmcore.incidents.timeline import tell, track, who, written
from cmcore.time.calendar import WorkingDays
from cmcore.time.durations import rounded


class Standing(StrEnum):
    """Whether a duty was kept.

    Unknown if the record does not say; no occasion if nothing happened that the duty is about.
    """

    KEPT = "kept"
    BREACHED = "breached"
    UNKNOWN = "unknown"
    NO_OCCASION = "no occasion"


_NOTHING: Final = timedelta(0)
#: Standing -> its mark, and the tone it is shown in.
MARKS: Final = {
    Standing.KEPT: ("✓", "covered"),
    Standing.BREACHED: ("✗", "forbidden"),
    Standing.UNKNOWN: ("?", "exception"),
    Standing.NO_OCCASION: ("–", ""),
}
#: The overall standing, by its parts; the order in which they are shown.
_RANKED: Final = (Standing.BREACHED, Standing.UNKNOWN, Standing.KEPT, Standing.NO_OCCASION)


#: What a sentence is told of a finding.
Told: TypeAlias = LabelValue | WorkingDays


def _told(given: Mapping[str, Told]) -> FrozenMap[Told]:
    return FrozenMap(given)


def _nothing() -> FrozenMap[Told]:
    return FrozenMap()


def _ids(given: Mapping[str, Iterable[str]]) -> FrozenMap[tuple[str, ...]]:
    return FrozenMap({name: tuple(many) for name, many in given.items()})


@value
class DutyFinding:
    """The verdict on one duty, or on one occasion to breach it.

    `subject` distinguishes occasions: the act, the role to alert, the promised fact. `events` show
    it. `margin` is the time left before the deadline `due`, below zero if it was missed. Both are
    based on the recorded instants, and may be off by their tolerance, either way; where both count
    from one event, the margin is off by no more than `apart`. `at` is None if
    it is unknown what kept the duty, or whether something earlier did. `code` and `told` make the
    sentence that says it, with the `ids` of the events, duties and circuits that it names.
    """

    duty: str
    kind: DutyKind
    standing: Standing
    code: str = field(kw_only=True)
    subject: tuple[str, ...] = field(default=(), kw_only=True)
    events: tuple[str, ...] = field(default=(), kw_only=True)
    at: datetime | None = field(default=None, kw_only=True)
    due: datetime | None = field(default=None, kw_only=True)
    at_tolerance: timedelta = field(default=_NOTHING, kw_only=True)
    due_tolerance: timedelta = field(default=_NOTHING, kw_only=True)
    apart: timedelta | None = field(default=None, kw_only=True)
    told: FrozenMap[Told] = field(factory=_nothing, kw_only=True, converter=_told)
    ids: FrozenMap[tuple[str, ...]] = field(
        factory=FrozenMap[tuple[str, ...]], kw_only=True, converter=_ids
    )

    @property
    def margin(self) -> timedelta | None:
        """The time left when it was done; None if it was not done, or has no deadline."""
        return None if self.at is None or self.due is None else self.due - self.at

    @property
    def margin_tolerance(self) -> timedelta:
        """How far the margin may be off, either way."""
        return self.at_tolerance + self.due_tolerance if self.apart is None else self.apart

    @checked_late
    def text(self, language: Language = "en", zone: str = "UTC") -> str:
        """Return it as a sentence, instants on the clock of `zone`."""
        instants = {"at": (self.at, self.at_tolerance), "due": (self.due, self.due_tolerance)}
        told: dict[str, Any] = {name: "–" if at is None else written(at, zone, tolerance, language)
                                for name, (at, tolerance) in instants.items()}  # fmt: skip
        told |= {name: _shown(given, language, zone) for name, given in self.told.items()}
        told |= {name: name_list(many, _SORTS.get(name, "event"), language)
                 for name, many in self.ids.items()}  # fmt: skip
        told["margin"] = "–" if self.margin is None else (
            _length(self.margin, self.margin_tolerance, language))  # fmt: skip
        if (within := self.told.get("within")) and isinstance(within, timedelta | WorkingDays):
            told["within"] = within_text(within, language)
        if "act" in told:
            told["act"] = say(f"incident act {told['act']}", language)
        reasons = [
            say(f"incident no answer {why}", language, event=told[why], bans=told["bans"],
                undoers=told["undoers"])
            for why in (SPOILING if self.code in SPOILT else ())
            if why in self.ids
        ]  # fmt: skip
        joint = say("incident duty joint", language)
        is_free = self.due is None and self.code in _DUE
        end = "uncovered" if "year" in self.told else "never"
        code = f"{self.code} {end}" if is_free else self.code
        if self.code == "not answered":
            return say(f"incident said {code}", language, reasons=joint.join(reasons), **told)
        return joint.join([say(f"incident said {code}", language, **told), *reasons])


#: Why an act does not count as an answer: it came before the opening, claims something false,
#: breaks a `never say`, says nothing, or is about something else; or it came too late, and was
#: undone.
SPOILING: Final = ("early", "claimed", "banned", "empty", "aside", "undone")
#: The codes of the sentences that also say which acts would otherwise have met the duty.
SPOILT: Final = frozenset({"not answered", "late", "late at most", "untold", "untold late"})
#: The codes of what is in doubt for what is unknown of some events.
DOUBTS: Final = frozenset(
    {
        *("unsaid scheduled", "unsaid banned", "unsaid claimed", "unsaid released"),
        *("unsaid repeated", "unsaid empty", "unsaid gone", "unsaid changed", "unsaid aside"),
        *("same moment", "doubt"),
    }
)
#: The sentences that name the deadline; each has another where the duty never falls due.
_DUE: Final = DOUBTS | {
    *("done", "done undone", "running", "untold", "perhaps owed", "perhaps owed since")
}


def _shown(given: Told, language: Language, zone: str) -> str:
    if isinstance(given, datetime):
        return written(given, zone, language=language)
    return show(given, language)


#: What the ids of a parameter are of, if not events.
_SORTS: Final[Mapping[str, Sort]] = {"bans": "duty", "circuits": "circuit"}


@value
class Stopped:
    """The first act that a charter would have stopped, as far as known without a review."""

    event: str
    decision: Decision

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence."""
        code = "incident forbidden" if self.decision.outcome is Outcome.FORBIDDEN else (
            "incident stopped")  # fmt: skip
        circuits = all_named(self.decision.circuits, "circuit", language)
        event = named(self.event, "event", language)
        return say(code, language, event=event, circuits=circuits)

    def reasons(self, language: Language = "en") -> Iterator[Line]:
        """Yield the rules that stop it, or the fact that none permits it."""
        found = [one for one in self.decision.rules if one.rule in self.decision.determining]
        yield from [rule_line(one, language) for one in found] or [
            Line("", "", say("nothing permits", language))
        ]


def _names(many: Iterable[str]) -> tuple[str, ...]:
    return tuple(many)


#: The messages that an act points to, about which a record may say anything.
_POINTED: Final = ("in_reply_to", "target")


@value
class Unsure:
    """Acts of which it is unknown whether a charter would have let them out, and what is missing.

    `labels` are those that the charter declares, `facts` all others.
    """

    events: tuple[str, ...] = field(converter=_names)
    facts: tuple[str, ...] = field(converter=_names)
    labels: tuple[str, ...] = field(converter=_names)

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence, then what to add to the record, if anything can be added."""
        events = name_list(self.events, "event", language)
        wanted = sorted((*self.facts, *self.labels))
        missing = ", ".join(fact_text(one, language) for one in wanted)
        told = say("incident cannot tell", language, events=events, missing=missing)
        own = attrs.fields_dict(Act)
        given = [fact_text(one, language) for one in self.facts if one in own]
        points = [fact_text(one, language).strip("`").split(".", 1)
                  for one in self.facts if one.partition(".")[0] in _POINTED]  # fmt: skip
        below = {head: [rest for of, rest in points if of == head] for head, _ in points}
        if self.labels:
            below[say("field labels", language)] = [*self.labels]
        given += [f"`{key}: {{{', '.join(f'{one}: …' for one in names)}}}`"
                  for key, names in below.items()]  # fmt: skip
        if not given:
            return told
        joint = say("and", language).join(given)
        return f"{told}{say('findings', language)}{say('incident to know', language, given=joint)}"


@value
class Conduct(Viewable):
    """An incident checked against a playbook: a finding for each duty or occasion to breach it.

    `first` is the first act, in order of time, that the `charter` would certainly not have let out
    and that, as far as the record says, did not go through its circuits; None if there is no such
    act, or no charter. `unsure` covers earlier acts for which this is unknown; None if there are
    none.
    """

    incident: Incident
    playbook: str
    findings: tuple[DutyFinding, ...] = field(default=(), kw_only=True)
    charter: str | None = field(default=None, kw_only=True)
    first: Stopped | None = field(default=None, kw_only=True)
    unsure: Unsure | None = field(default=None, kw_only=True)

    def of(self, standing: Standing | str) -> tuple[DutyFinding, ...]:
        """Return the findings of one standing."""
        return tuple(found for found in self.findings if found.standing == standing)

    @property
    def standing(self) -> Standing:
        """The overall verdict: breached if anything is, else unknown if anything is, else kept.

        No occasion if there was nothing to check.
        """
        found = {one.standing for one in self.findings}
        return next((one for one in _RANKED if one in found), Standing.NO_OCCASION)

    def _view(self, language: Language) -> View:
        """Return the view of the conduct for a terminal or a notebook."""
        return View(
            title=_title(self, language),
            tone=MARKS[self.standing][1],
            lines=tuple(_lines(self, language)),
            tables=tuple(_tables(self, language)),
            pictures=(_track(self, language),),
            foot=_foot(self, language),
        )


@own_names.register
def _(found: Conduct) -> Names:
    return names_of(found.incident)


def _title(found: Conduct, language: Language) -> str:
    name = found.incident.title or found.incident.id
    if not found.findings:
        return name
    told = [say_many(f"incident count {one}", len(found.of(one)), language) for one in _RANKED
            if one is not Standing.NO_OCCASION or found.of(one)]  # fmt: skip
    return say("incident conduct", language, incident=name, told=", ".join(told))


def _foot(found: Conduct, language: Language) -> str:
    told = {
        "zone": found.incident.zone,
        "playbook": cell(found.playbook, "playbook", language),
        "charter": found.charter and cell(found.charter, "charter", language),
    }
    until = written(found.incident.end, found.incident.zone, language=language)
    code = "incident by playbook" if found.charter is None else "incident by both"
    return say(code, language, until=until, **told)


def _lines(found: Conduct, language: Language) -> Iterator[Line]:
    if found.charter is None or not found.incident.of(ActEvent):
        return
    if found.first is not None:
        event = found.incident.event(found.first.event)
        at = written(event.at, found.incident.zone, event.tolerance, language)
        first = found.first.text(language)
        yield Line("", "", say("incident first", language, at=at, what=first))
        yield from found.first.reasons(language)
    if found.unsure is not None:
        yield Line("", "", found.unsure.text(language))
    elif found.first is None:
        yield Line("", "", say("incident unstopped", language, charter=found.charter))


def _tables(found: Conduct, language: Language) -> Iterator[Table]:
    yield _timeline(found, language)
    if found.findings:
        yield _findings(found, language)


def _timeline(found: Conduct, language: Language) -> Table:
    """Draw what happened, with a mark for each breach and each doubt that an event shows."""
    rows: list[tuple[str, ...]] = []
    tones: list[tuple[str, ...]] = []
    zone = found.incident.zone
    for number, event in enumerate(found.incident.events, 1):
        seen = _seen(found, event)
        at = written(event.at, zone, event.tolerance, language)
        place = handle(event.id, "event", language) or str(number)
        told = tell(event, language, zone)
        rows.append((at, place, who(event, language), told, _marks(seen, language)))
        tone = MARKS[_worst(seen)][1] if seen else ""
        tones.append(("", "", "", "", tone))
    return Table(_heads(("time", "event", "who", "what", "marks"), language), tuple(rows),
                 say("incident timeline", language), tuple(tones))  # fmt: skip


def _track(found: Conduct, language: Language) -> Track:
    """Draw the events as they came, with the duties that each one breaches or puts in doubt."""
    marks = track(found.incident.events, found.incident.zone, language)
    for n, (mark, event) in enumerate(zip(marks, found.incident.events, strict=True)):
        seen = _seen(found, event)
        if seen:
            note, tone = _marks(seen, language), MARKS[_worst(seen)][1]
            marks[n] = attrs.evolve(mark, note=note, tone=tone)
    return Track(say("incident timeline", language), marks=tuple(marks))


def _seen(found: Conduct, event: IncidentEvent) -> list[DutyFinding]:
    """Return the breaches and the doubts that an event is the first to show."""
    bad = (*found.of(Standing.BREACHED), *found.of(Standing.UNKNOWN))
    return [one for one in bad if one.events[:1] == (event.id,)]


def _worst(seen: list[DutyFinding]) -> Standing:
    is_bad = any(one.standing is Standing.BREACHED for one in seen)
    return Standing.BREACHED if is_bad else Standing.UNKNOWN


def _marks(seen: list[DutyFinding], language: Language) -> str:
    """Name the duties that are breached, then those in doubt."""
    parts: list[str] = []
    for standing in (Standing.BREACHED, Standing.UNKNOWN):
        duties = dict.fromkeys(one.duty for one in seen if one.standing is standing)
        parts += [f"{MARKS[standing][0]} {cells(duties, 'duty', language)}"] if duties else []
    return " · ".join(parts)


def _findings(found: Conduct, language: Language) -> Table:
    """Show the findings, breaches first; findings that say the same are grouped."""
    zone = found.incident.zone
    groups: dict[tuple[object, ...], list[DutyFinding]] = {}
    for standing in _RANKED:
        for number, one in enumerate(found.of(standing)):
            same = (one.ids.get("circuits"),) if one.code in _ALIKE else (standing, number)
            groups.setdefault((one.duty, one.code, *same), []).append(one)
    rows = tuple(
        (f"{MARKS[one.standing][0]} {say(f'incident {one.standing}', language)}",
         _named(one, language), _margin(one, language), _together(one, more, language, zone),
         ", ".join(cell(id_, "event", language) for id_ in
                   dict.fromkeys(id_ for each in (one, *more) for id_ in each.events)))
        for one, *more in groups.values()
    )  # fmt: skip
    tones = tuple((MARKS[one.standing][1], "", "", "", "") for one, *_ in groups.values())
    heads = _heads(("standing", "duty", "margin", "why", "shown by"), language)
    return Table(heads, rows, say("incident duties", language), tones)


#: The sentences that can be told of several acts at once.
_ALIKE: Final = frozenset(
    {
        "words kept",
        "flag kept",
        "covered kept",
        "ruling unknown",
        "circuit kept",
        "circuit unknown",
        "circuit breached",
    }
)


def _together(found: DutyFinding, more: list[DutyFinding], language: Language, zone: str) -> str:
    if not more:
        return found.text(language, zone)
    events = [id_ for one in (found, *more) for id_ in one.ids["event"]]
    return attrs.evolve(found, ids={**found.ids, "event": events}).text(language, zone)


def _named(found: DutyFinding, language: Language) -> str:
    duty, told = cell(found.duty, "duty", language), cells(found.subject, "role", language)
    return f"{duty} ({told})" if found.kind is DutyKind.ALERT else duty


def _margin(found: DutyFinding, language: Language) -> str:
    margin = found.margin
    if margin is None:
        return "–"
    sign = "−" if margin < _NOTHING else "+" if margin else ""
    return f"{sign}{_length(margin, found.margin_tolerance, language)}"


def _length(margin: timedelta, tolerance: timedelta, language: Language) -> str:
    """Say how long it is, either way, and how far that may be off."""
    length = rounded(abs(margin))
    told = show(length, language) if length else "0 s"
    return f"{told} ±{show(rounded(tolerance), language)}" if tolerance else told


def _heads(codes: tuple[str, ...], language: Language) -> tuple[str, ...]:
    return tuple(say(f"incident head {code}", language) for code in codes)
