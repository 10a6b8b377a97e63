"""Circuits, teams and windows, and every way a review can go, half hour by half hour."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import permutations, product
from typing import Any, Final, NamedTuple

import attrs
from hypothesis import settings
from hypothesis import strategies as st

from cmcore.circuits.approvers import Approvers
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.completion.completability import Completability
from cmcore.circuits.quorum import ALL, ANY, MAJORITY, NO_OBJECTION, Quorum, Silence
from cmcore.circuits.stage import Stage
from cmcore.teams.availability import Availability, Leave, Shift
from cmcore.teams.member import Member
from cmcore.teams.role import Role
from cmcore.teams.team import Team
from cmcore.time.calendar import WorkingDays
from cmcore.time.clocks import BusinessClock, deadline
from cmcore.time.intervals import Span
from cmcore.time.week import Week

MINUTE = timedelta(minutes=1)
HALF = timedelta(minutes=30)
#: An instant of each half hour that is no end of anything, where all hours are on the half hour.
OFF = timedelta(minutes=7)
#: Weeks in which clocks are put on, and back, in one zone or another, and one in which none is.
TURNS = ("2026-03-06T18:00", "2026-03-28T00:00", "2026-10-24T12:00", "2026-06-05T12:00")
ZONES = ("UTC", "Europe/Paris", "America/New_York")
ROLES = ("a", "b", "c")
NEEDS: tuple[Quorum | Silence, ...] = (ANY, ANY, ANY, Quorum(2), MAJORITY, ALL, NO_OBJECTION)
FIRMS: Final = ("acme", "bolt", "cork", None)
MANY = settings(max_examples=2 * settings().max_examples)


# -------------------------------------------------------------------------------------- drawing


def hours(draw: st.DrawFn, start: datetime) -> Week:
    """Draw hours of the days after an instant, on the half hour."""
    first = start.weekday() * 1440 + start.hour * 60
    windows: list[tuple[int, int]] = []
    for _ in range(draw(st.integers(1, 4))):
        opens = (first + 30 * draw(st.integers(-20, 120))) % 10080
        windows.append((opens, (opens + 30 * draw(st.integers(1, 40))) % 10080))
    return Week(tuple(windows))


@st.composite
def teams(draw: st.DrawFn, start: datetime, most: int = 4) -> Team:
    members: list[Member] = []
    for number in range(draw(st.integers(0, most))):
        left = start + HALF * draw(st.integers(-20, 60))
        leaves = [Leave(left, left + HALF * draw(st.integers(1, 40)))]
        rare = draw(st.integers(0, 9))
        week = {8: None, 9: Week.always()}.get(rare, hours(draw, start))
        zone = draw(st.sampled_from(ZONES))
        came = start + HALF * draw(st.integers(-20, 60))
        shifts = [Shift(came, came + HALF * draw(st.integers(1, 20)))]
        when = Availability(
            week, zone, leaves if draw(st.integers(0, 3)) == 0 else [],
            shifts=shifts if draw(st.integers(0, 3)) == 0 else [],
        )  # fmt: skip
        roles = draw(st.sets(st.sampled_from(ROLES), min_size=1))
        firm = draw(st.sampled_from(FIRMS))
        members.append(Member(f"m{number}", roles=roles, availability=when, employer=firm))
    return Team("t", members, map(Role, ROLES))


@st.composite
def stages(draw: st.DrawFn, start: datetime, *, plain: bool = False) -> Stage:
    need = draw(st.sampled_from(NEEDS))
    within = draw(st.sampled_from((None, 1, 2, 3, 5, 8, 16, 40)))
    if isinstance(need, Silence):
        within = within or 4
    clock = BusinessClock(hours(draw, start), draw(st.sampled_from(ZONES)))
    has_clock = within is not None and draw(st.integers(0, 3)) == 0
    asked = [Approvers("role", {role}) for role in ROLES]
    deputies = draw(st.sampled_from((None, *asked)))
    days = WorkingDays(draw(st.integers(0, 2))) if has_clock and draw(st.booleans()) else None
    must_differ = need == Quorum(2) and draw(st.booleans())
    return Stage(
        draw(st.sampled_from((*asked, Approvers("role", {"a", "b"}), Approvers("name", {"m0"})))),
        need,
        days if days or within is None else HALF * within,
        draw(st.sampled_from(("escalate", "escalate", "refuse", "lapse"))),
        None if plain else deputies,
        clock if has_clock else None,
        draw(st.integers(0, 3)) == 0,
        "employer" if must_differ else None,
    )


@st.composite
def circuits(draw: st.DrawFn, start: datetime, *, plain: bool = False) -> ValidationCircuit:
    return ValidationCircuit(
        "c", draw(st.lists(stages(start, plain=plain), min_size=1, max_size=3))
    )


#: Numbers of people, who mostly must differ.
APART: Final = (Quorum(2), Quorum(2), ANY)


@st.composite
def cases_apart(draw: st.DrawFn) -> "Case":
    """Draw people of three employers at most, and stages of which most ask for different ones."""
    found = draw(cases())
    stages = [draw(_apart(stage)) for stage in found.circuit.stages]
    circuit = ValidationCircuit("c", stages)
    start, days = found.window.start, Availability(Week.always())
    there = [
        Member(f"n{number}", roles=ROLES, employer=draw(st.sampled_from(FIRMS)), availability=when)
        for number in range(draw(st.integers(1, 3)))
        for when in [draw(st.sampled_from((days, Availability(hours(draw, start)))))]
    ]
    few = found.team.without(*(f"m{number}" for number in range(2, 9)))
    return found._replace(circuit=circuit, team=few.with_member(*there))


def _apart(stage: Stage) -> st.SearchStrategy[Stage]:
    return st.sampled_from(APART).map(
        lambda need: attrs.evolve(
            stage, need=need, differ="employer" if need == Quorum(2) else None, enough=False
        )
    )


class Case(NamedTuple):
    circuit: ValidationCircuit
    team: Team
    window: Span


@st.composite
def cases(draw: st.DrawFn, *, plain: bool = False) -> Case:
    start = datetime.fromisoformat(f"{draw(st.sampled_from(TURNS))}+00:00")
    span = Span(start, start + HALF * draw(st.integers(1, 96)))
    return Case(draw(circuits(start, plain=plain)), draw(teams(start)), span)


# ------------------------------------------------------------------------------------ brute force

NEVER = datetime.max.replace(tzinfo=UTC)
BASE = datetime(2026, 1, 1, tzinfo=UTC)
#: Within so long of anything, everybody who ever comes has come.
PATIENCE = timedelta(days=18)
#: Whom each deputy speaks for.
Way = dict[str, str]


def on_the_half(now: datetime) -> datetime:
    """Return the half hour after an instant."""
    return now - (now - BASE) % HALF + HALF


class Said:
    """Who spoke, and instead of whom; nobody hears any more of who was spoken for."""

    def __init__(self) -> None:
        self.yes: dict[str, str] = {}

    def has(self, who: str) -> bool:
        return who in self.yes or who in self.yes.values()


class Brute:
    """Every way a review can go when all say yes as soon as they can, half hour by half hour."""

    def __init__(self, circuit: ValidationCircuit, team: Team, author: str | None) -> None:
        self.stages = circuit.stages
        self.members = {m.id: m for m in team.members if m.id != author}
        self.asked = [self.found(stage.ask) for stage in self.stages]
        self.deputies = [
            self.found(stage.deputies) - asked if stage.deputies else set[str]()
            for stage, asked in zip(self.stages, self.asked, strict=True)
        ]
        self.known: dict[Any, Any] = {}

    def found(self, approvers: Approvers) -> set[str]:
        by_role = approvers.by == "role"
        return {
            id_ for id_, m in self.members.items()
            if not approvers.names.isdisjoint(m.roles if by_role else {id_})
        }  # fmt: skip

    def there(self, who: str, now: datetime) -> bool:
        if (who, now) not in self.known:
            self.known[who, now] = on_duty(self.members[who], now)
        return bool(self.known[who, now])

    def limit(self, number: int, now: datetime) -> datetime:
        if (number, now) not in self.known:
            self.known[number, now] = limit(self.stages[number], now)
        found: datetime = self.known[number, now]
        return found

    def ways(self) -> Iterator[Way]:
        """Yield every choice of whom each deputy speaks for, or of nobody."""
        pairs = list(zip(self.deputies, self.asked, strict=True))
        who = sorted({d for many, _ in pairs for d in many})
        over = [["", *sorted({e for many, asked in pairs if d in many for e in asked})]
                for d in who]  # fmt: skip
        for chosen in product(*over):
            way = {d: e for d, e in zip(who, chosen, strict=True) if e}
            if len({*way, *way.values()}) == 2 * len(way):
                yield way

    def ends(self, at: datetime) -> datetime | None:
        """Return when the review is approved, each stage in turn as early as can be."""
        runs = [list(self.run(at, way)) for way in self.ways()]
        for stage in range(len(self.stages)):
            best = min(run[stage] for run in runs)
            runs = [run for run in runs if run[stage] == best]
        return None if runs[0][-1] == NEVER else runs[0][-1]

    def run(self, now: datetime, way: Way) -> Iterator[datetime]:
        """Yield when each stage is left, whether people are enough or the time is out."""
        said, out = Said(), set[int]()
        for number, stage in enumerate(self.stages):
            due = self.limit(number, now)
            stop = min(due, now + PATIENCE)
            is_silence = isinstance(stage.need, Silence)
            while now < stop:
                self.speak(number, said, out, way, now)
                if not is_silence and self.is_enough(number, said, out):
                    break
                now = min(on_the_half(now), stop)
            if now == stop and not (is_silence and self.asked[number] and due < NEVER):
                is_last = number + 1 == len(self.stages)
                if stage.otherwise != "escalate" or is_last or due == NEVER:
                    yield from [NEVER] * (len(self.stages) - number)
                    return
                out.add(number)
            now = due if now == stop else now
            yield now
            if stage.enough and number not in out:
                yield from [now] * (len(self.stages) - number - 1)
                return

    def speak(self, number: int, said: Said, out: set[int], way: Way, now: datetime) -> None:
        heard = [n for n in range(number + 1) if n not in out]
        there = [who for who in self.members if self.there(who, now)]
        for who in there:
            other = way.get(who)
            if said.has(who) or (other and (said.has(other) or other in there)):
                continue
            if other is None and any(who in self.asked[n] for n in heard):
                said.yes[who] = who
            if other and any(who in self.deputies[n] and other in self.asked[n] for n in heard):
                said.yes[who] = other

    def is_enough(self, number: int, said: Said, out: set[int]) -> bool:
        wanted: list[set[str]] = []
        apart: list[range] = []
        for n in range(number + 1):
            need, asked, deputies = self.stages[n].need, self.asked[n], self.deputies[n]
            if n in out or isinstance(need, Silence):
                continue
            yes = {who for who, other in said.yes.items()
                   if who in asked or (other in asked and who in deputies)}  # fmt: skip
            if need.out_of is None:
                if self.stages[n].differ:
                    apart.append(range(len(wanted), len(wanted) + need.count))
                wanted += [yes] * need.count
                if len(asked) < need.count:
                    return False
            else:
                above = len(yes) * need.out_of - need.count * len(asked)
                if not yes or above < 0 or (need.beyond and above == 0):
                    return False
        return any(
            all(who in yes for who, yes in zip(some, wanted, strict=True))
            and all(self.differ([some[n] for n in places]) for places in apart)
            for some in permutations(said.yes, len(wanted))
        )

    def differ(self, people: list[str]) -> bool:
        employers = {self.members[who].employer for who in people}
        return None not in employers and len(employers) == len(people)


def on_duty(member: Member, now: datetime) -> bool:
    when = member.availability
    away = any(leave.start <= now < leave.stop for leave in when.leaves)
    is_usual = when.week is not None and when.week.holds(now, when.zone)
    return (is_usual or any(one.start <= now < one.stop for one in when.shifts)) and not away


def limit(stage: Stage, now: datetime) -> datetime:
    """Return when the time of a stage is out, gone through by half hours."""
    if stage.within is None:
        return NEVER
    if isinstance(stage.within, WorkingDays):
        return deadline(now, stage.within, stage.clock) or NEVER
    if stage.clock is None:
        return now + stage.within
    left, last = stage.within, now + 40 * PATIENCE
    while now < last:
        after = on_the_half(now)
        if stage.clock.week.holds(now, stage.clock.zone):
            if after - now >= left:
                return now + left
            left -= after - now
        now = after
    return NEVER


def authors(team: Team, now: datetime) -> list[str | None]:
    return [m.id for m in team.members if on_duty(m, now)] or [None]


def blamed(found: Completability, now: datetime) -> list[str | None]:
    """Return the author of each failure at a moment; None is somebody of no team."""
    many = (one for circuit in found.circuits for one in circuit.failures)
    return [one.author for one in many if any(s.start <= now < s.stop for s in one.when)]


def fails(found: Completability, now: datetime) -> bool:
    return any(span.start <= now < span.stop for span in found.failing)
