"""What files that are checked together say of each other, and parts of one that are never used."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from cmcore.base.errors import Path, Problem
from cmcore.base.ids import nearest
from cmcore.charters.charter import Charter
from cmcore.circuits.approvers import Approvers, Source
from cmcore.circuits.quorum import Quorum
from cmcore.circuits.stage import Stage, Timeout
from cmcore.circuits.votes import differing, electorate, known_values, needed
from cmcore.codec.organisations import PARTS
from cmcore.decisionlog.redactions import Redaction, stray_names
from cmcore.display.names import names_of, told_by_name
from cmcore.display.wording import show
from cmcore.incidents.events import ActEvent
from cmcore.incidents.incident import Incident
from cmcore.organisations.organisation import Organisation
from cmcore.requests.desk import Desk, Selector, Target
from cmcore.teams.team import Team
from cmcore.teams.traits import WORDED, Trait, look_of
from cmcore.time.calendar import WorkingDays
from cmcore.time.intervals import day_span
from cmcore.time.week import local


def parts_of(held: Organisation) -> dict[str, object]:
    """Return what an organisation holds that has a file of its own, by its key."""
    parts = {key: getattr(held, key) for key in PARTS}
    return {key: part for key, part in parts.items() if part is not None}


def crossed(held: object, others: Sequence[object], at: date | None = None) -> Iterator[Problem]:
    """Yield what is odd about a thing beside the others: it is valid, and asks in vain.

    People are looked for in the teams among them, and circuits in the charters, if there are any.
    Skills with an end are those of `at`; without it, they may all hold.
    """
    teams = [_judged(one, at) for one in others if isinstance(one, Team)]
    charters = [one for one in others if isinstance(one, Charter)]
    if isinstance(held, Charter):
        yield from _stages(held, teams)
    if isinstance(held, Team):
        yield from _doubles(held)
        reviews = [one.review_by for one in charters if one.review_by]
        yield from told_by_name(_endings(held, at, reviews), names_of(held))
    if isinstance(held, Incident) and charters:
        yield from _reviews(held, {circuit.id for one in charters for circuit in one.circuits})
    if isinstance(held, Redaction) and charters:
        yield from stray_names(held, charters)
    if isinstance(held, Desk):
        for key in ("targets", "acknowledge", "resolve", "routes"):
            yield from _hidden(key, getattr(held, key))
        yield from _slow_signs(held)
        if teams:
            yield from _roles(held, {role.id for team in teams for role in team.roles})


def _instant(team: Team, at: date) -> datetime:
    return at if isinstance(at, datetime) else day_span(at, at, team.zone)[0]


def _judged(team: Team, at: date | None) -> Team:
    """Return a team with the skills of an instant; without one, with all that somebody may have."""
    if at is not None:
        return team.at(_instant(team, at))
    return team.with_member(*(one.learning(*one.expiring) for one in team.members))


def _endings(team: Team, at: date | None, reviews: Sequence[date]) -> Iterator[Problem]:
    """Yield the skills whose end is unknown, past, or before a charter is reviewed."""
    for member in team.members:
        for skill, end in member.expiring.items():
            place, who = ("members", member.id, "skills"), member.id
            if end is None:
                yield Problem.of("skill-end-unknown", *place, member=who, skill=skill)
                continue
            day = local(end, member.availability.zone).date()
            if at is not None and end <= _instant(team, at):
                yield Problem.of("skill-expired", *place, member=who, skill=skill, day=day)
            elif reviews and day <= min(reviews):
                first = min(reviews)
                yield Problem.of(
                    "skill-expires", *place, member=who, skill=skill, day=day, review=first
                )


def _doubles(team: Team) -> Iterator[Problem]:
    """Yield the values of a trait that look like an earlier one, and so count as it."""
    seen: dict[tuple[Trait, str], str] = {}
    for member in team.members:
        for trait in WORDED:
            known = member.trait(trait)
            if known is None:
                continue
            first = seen.setdefault((trait, look_of(known)), known)
            if first != known:
                place = ("members", member.id, str(trait))
                yield Problem.of("trait-looks-alike", *place, value=known, first=first)


def _stages(charter: Charter, teams: Sequence[Team]) -> Iterator[Problem]:
    for circuit in charter.circuits:
        ways = {"stages": circuit.stages, "emergency": circuit.emergency}
        for way, stages in ways.items():
            head: Path = ("circuits", circuit.id, *([way] if circuit.emergency else []))
            for index, stage in enumerate(stages):
                yield from _stage(stage, teams, (*head, index))


def _stage(stage: Stage, teams: Sequence[Team], place: Path) -> Iterator[Problem]:
    if stage.within is None and stage.otherwise is not Timeout.ESCALATE:  # which is the usual
        yield Problem.of("time-never-out", *place, "else", otherwise=stage.otherwise)
    if teams:
        yield from _beside(stage, teams, place)
    elif stage.ask.by is Source.NAME and isinstance(stage.need, Quorum):
        yield from _too_few(stage.need, len(stage.ask.names), place)


def _too_few(need: Quorum, size: int, place: Path) -> Iterator[Problem]:
    want = needed(need, size)
    if want > size:
        yield Problem.of("too-few-asked", *place, "need", want=want, size=size)


def _beside(stage: Stage, teams: Sequence[Team], place: Path) -> Iterator[Problem]:
    for key, asked in (("ask", stage.ask), ("deputies", stage.deputies)):
        if asked is not None and not _found(asked, teams):
            names = sorted(asked.names)
            yield Problem.of("nobody-asked", *place, key, by=asked.by, names=names)
            return
    size = max(_found(stage.ask, [team]) for team in teams)
    if not isinstance(stage.need, Quorum):
        return
    want = needed(stage.need, size)
    if want > size:
        yield from _too_few(stage.need, size, place)
    elif stage.differ is not None:
        size = max(_differing(stage, stage.differ, team) for team in teams)
        if want > size:
            trait = stage.differ
            yield Problem.of("too-few-differ", *place, "differ", want=want, trait=trait, size=size)


def _differing(stage: Stage, trait: Trait, team: Team) -> int:
    """Return how many people of a team who may agree to a stage differ in a trait."""
    asked = filter(None, (stage.ask, stage.deputies))
    people = (person for one in asked for person in electorate(one, team))
    return differing(people, known_values(trait, team))


def _found(asked: Approvers, teams: Iterable[Team]) -> int:
    """Return how many people of the teams are asked."""
    return sum(len(electorate(asked, team)) for team in teams)


def _reviews(incident: Incident, known: set[str]) -> Iterator[Problem]:
    for index, event in enumerate(incident.events):
        named = event.review or () if isinstance(event, ActEvent) else ()
        for name in sorted({*named} - known):
            near = nearest(name, known)
            yield Problem.of("unknown-circuit", "events", index, "review", name=name, near=near)


def _roles(desk: Desk, known: set[str]) -> Iterator[Problem]:
    for index, route in enumerate(desk.routes):
        if route.role not in known:
            near = nearest(route.role, known)
            place = ("routes", index, "role")
            yield Problem.of("unknown-role", *place, name=route.role, near=near, known=known)


def _hidden(key: str, many: Sequence[Selector]) -> Iterator[Problem]:
    """Yield the entries that are never come to, since one before means all that they mean."""
    for index, one in enumerate(many):
        if any(_means_all(before, one) for before in many[:index]):
            yield Problem.of("never-reached", key, index)


def _means_all(one: Selector, other: Selector) -> bool:
    """Return whether whatever `other` means, `one` means as well."""
    names = ("topics", "networks", "languages", "severities")
    pairs = ((getattr(one, name), getattr(other, name)) for name in names)
    is_wide = all(wide is None or (words is not None and words <= wide) for wide, words in pairs)
    return is_wide and one.when in (None, other.when)


def _slow_signs(desk: Desk) -> Iterator[Problem]:
    """Yield the acknowledgements that are due after the answer, which acknowledges too."""
    for index, sign in enumerate(desk.acknowledge):
        answer = next((one for one in desk.targets if _means_all(one, sign)), None)
        if answer is not None and _is_later(sign, answer):
            late, soon = show(sign.within), show(answer.within)
            place = ("acknowledge", index)
            yield Problem.of("acknowledged-after-answer", *place, given=late, answer=soon)


def _is_later(one: Target, other: Target) -> bool:
    """Return whether a target is always due after another: a clock that stops only gives time."""
    is_slow = one.clock == other.clock or other.clock is None
    match one.within, other.within:
        case timedelta() as time, timedelta() as limit:
            return is_slow and time > limit
        case WorkingDays() as days, WorkingDays() as limit:
            return one.clock == other.clock and days.count > limit.count
        case _:
            return False
