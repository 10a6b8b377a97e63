"""Completability: what is said of every moment agrees with trying everything at each."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import permutations, product
from typing import Any, NamedTuple

import attrs
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cmcore.foundation.clocks import BusinessClock
from cmcore.foundation.errors import InvalidError
from cmcore.foundation.spans import Span
from cmcore.foundation.weeks import Week
from cmcore.nouns.circuits import (
    ALL,
    ANY,
    MAJORITY,
    NO_OBJECTION,
    Approvers,
    Quorum,
    Silence,
    Stage,
    ValidationCircuit,
)
from cmcore.nouns.completability import Completability
from cmcore.nouns.people import Availability, Leave, Member, Role, Team
from cmcore.nouns.progress import ReviewStatus
from cmcore.nouns.reviews import Approved, Delegated, Opening, Panel, Review
from cmcore.policy.completing import completable
from cmcore.policy.completing.courses import Course
from cmcore.policy.completing.sweeping import Piece, Sweep
from cmcore.policy.electing import electorate
from cmcore.policy.reviewing import record, status

MINUTE = timedelta(minutes=1)
HALF = timedelta(minutes=30)
#: An instant of each half hour that is no end of anything, where all hours are on the half hour.
OFF = timedelta(minutes=7)
#: Weeks in which clocks are put on, and back, in one zone or another, and one in which none is.
TURNS = ("2026-03-06T18:00", "2026-03-28T00:00", "2026-10-24T12:00", "2026-06-05T12:00")
ZONES = ("UTC", "Europe/Paris", "America/New_York")
ROLES = ("a", "b", "c")
NEEDS: tuple[Quorum | Silence, ...] = (ANY, ANY, ANY, Quorum(2), MAJORITY, ALL, NO_OBJECTION)
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
        when = Availability(week, zone, leaves if draw(st.integers(0, 3)) == 0 else [])
        roles = draw(st.sets(st.sampled_from(ROLES), min_size=1))
        members.append(Member(f"m{number}", roles=roles, availability=when))
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
    return Stage(
        draw(st.sampled_from((*asked, Approvers("role", {"a", "b"}), Approvers("name", {"m0"})))),
        need,
        None if within is None else HALF * within,
        draw(st.sampled_from(("escalate", "escalate", "refuse", "lapse"))),
        None if plain else deputies,
        clock if has_clock else None,
    )


@st.composite
def circuits(draw: st.DrawFn, start: datetime, *, plain: bool = False) -> ValidationCircuit:
    return ValidationCircuit(
        "c", draw(st.lists(stages(start, plain=plain), min_size=1, max_size=3))
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
        for n in range(number + 1):
            need, asked, deputies = self.stages[n].need, self.asked[n], self.deputies[n]
            if n in out or isinstance(need, Silence):
                continue
            yes = {who for who, other in said.yes.items()
                   if who in asked or (other in asked and who in deputies)}  # fmt: skip
            if need.out_of is None:
                wanted += [yes] * need.count
                if len(asked) < need.count:
                    return False
            else:
                above = len(yes) * need.out_of - need.count * len(asked)
                if not yes or above < 0 or (need.beyond and above == 0):
                    return False
        return any(
            all(who in yes for who, yes in zip(some, wanted, strict=True))
            for some in permutations(said.yes, len(wanted))
        )


def on_duty(member: Member, now: datetime) -> bool:
    when = member.availability
    away = any(leave.start <= now < leave.stop for leave in when.leaves)
    return when.week is not None and when.week.holds(now, when.zone) and not away


def limit(stage: Stage, now: datetime) -> datetime:
    """Return when the time of a stage is out, gone through by half hours."""
    if stage.within is None:
        return NEVER
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


def fails(found: Completability, now: datetime) -> bool:
    return any(span.start <= now < span.stop for span in found.failing)


class TestBruteForce:
    """What is said of a moment is what trying every choice of people shows."""

    @MANY
    @given(cases(), st.data())
    def test_every_choice_of_people_is_tried(self, case: Case, data: st.DataObject) -> None:
        circuit, team, window = case
        found = completable(circuit, team, window)
        halves = window.length // HALF
        for number in data.draw(st.sets(st.integers(0, halves - 1), min_size=1, max_size=4)):
            now = window.start + HALF * number + OFF
            ends = [Brute(circuit, team, who).ends(now) for who in authors(team, now)]
            assert fails(found, now) == (None in ends)
            assert all(one.is_proven for one in found.circuits)
            if None not in ends:
                point = completable(circuit, team, Span(now, now + MINUTE))
                assert point.is_complete
                assert point.worst == max(end - now for end in ends if end)

    @given(cases(), st.data())
    def test_the_author_is_never_asked(self, case: Case, data: st.DataObject) -> None:
        circuit, team, window = case
        assume(team.members)
        author = data.draw(st.sampled_from([member.id for member in team.members]))
        found = completable(circuit, team, window, author=author)
        now = window.start + HALF * data.draw(st.integers(0, window.length // HALF - 1)) + OFF
        assert fails(found, now) == (Brute(circuit, team, author).ends(now) is None)


# ------------------------------------------------------------------------------------- the fold


def replayed(case: Case, author: str, at: datetime, way: Way) -> datetime | None:
    """Return when a review is approved if everybody says yes as soon as the fold lets them."""
    circuit, team, _ = case
    panels = [
        Panel(people, [d for d in electorate(s.deputies, team, author) if d not in people]
              if s.deputies else [])
        for s in circuit.stages
        for people in [electorate(s.ask, team, author)]
    ]  # fmt: skip
    opening = Opening(digest="d", author=author, circuits=[circuit], asked={"c": panels},
                      charter="t", version=1, at=at)  # fmt: skip
    review, now, stop = Review(opening), at, at + PATIENCE
    for deputy, person in way.items():
        review = record(review, Delegated(person, deputy, at=at))
    standing = status(review, at)
    while standing.state == "open" and now < stop:
        review, standing = said_yes(review, team, way, now)
        (track,) = standing.tracks
        now = min(on_the_half(now), track.until or NEVER)
        if now == track.until:
            standing, stop = status(review, now), now + PATIENCE
    return standing.at if standing.state == "approved" else None


def said_yes(review: Review, team: Team, way: Way, now: datetime) -> tuple[Review, ReviewStatus]:
    """Return the review once all who are there have said yes, where the fold lets them."""
    there = [m.id for m in team.members if on_duty(m, now)]
    spoken = {who for event in review.events if isinstance(event, Approved)
              for who in (event.by, event.instead_of)}  # fmt: skip
    tried: list[tuple[str, str | None]] = [(who, None) for who in there]
    tried += [(who, way[who]) for who in there if who in way and way[who] not in there]
    fresh = True
    while fresh:
        fresh = False
        for who, other in tried:
            if who not in spoken and other not in spoken - {None}:
                with suppress(InvalidError):
                    review = record(review, Approved(who, "d", other, at=now))
                    spoken |= {who, other}
                    fresh = True
    return review, status(review, now)


class TestFold:
    """What is said of a moment is what a review does whose log is written as people can."""

    @settings(max_examples=min(settings().max_examples, 200))
    @given(cases(plain=True), st.data())
    def test_a_review_ends_when_it_is_said_to(self, case: Case, data: st.DataObject) -> None:
        team, window = case.team, case.window
        author = data.draw(st.sampled_from([m.id for m in team.members] or ["m0"]))
        team = team if team.members else Team("t", [Member("m0")])
        now = window.start + HALF * data.draw(st.integers(0, window.length // HALF - 1)) + OFF
        found = completable(case.circuit, team, Span(now, now + MINUTE), author=author)
        end = replayed(case._replace(team=team), author, now, {})
        assert found.worst == (None if end is None else end - now)

    @settings(max_examples=min(settings().max_examples, 200))
    @given(cases(), st.data())
    def test_deputies_can_do_what_they_are_said_to(self, case: Case, data: st.DataObject) -> None:
        assume(case.team.members)
        author = data.draw(st.sampled_from([m.id for m in case.team.members]))
        start = case.window.start
        now = start + HALF * data.draw(st.integers(0, case.window.length // HALF - 1)) + OFF
        found = completable(case.circuit, case.team, Span(now, now + MINUTE), author=author)
        if found.worst is not None:
            ways = Brute(case.circuit, case.team, author).ways()
            assert any(replayed(case, author, now, way) == now + found.worst for way in ways)


# ---------------------------------------------------------------------------------------- changes


def with_stages(circuit: ValidationCircuit, stages: list[Stage]) -> ValidationCircuit:
    return attrs.evolve(circuit, stages=stages)


def within(inner: tuple[Span, ...], outer: tuple[Span, ...]) -> bool:
    return all(any(o.start <= i.start and i.stop <= o.stop for o in outer) for i in inner)


class TestChanges:
    """What becomes of a circuit when the team, the window or a deadline changes."""

    @given(cases(), st.data())
    def test_adding_a_person_never_opens_a_failure(self, case: Case, data: st.DataObject) -> None:
        """Numbers of people are asked, and only the first stage has a deadline.

        A share grows with those who share it, and a stage passed sooner starts the clock of the
        next one sooner: `test_haste_may_open_a_failure` shows it.
        """
        first, *others = (attrs.evolve(s, need=ANY) if needs_no_number(s) else s
                          for s in case.circuit.stages)  # fmt: skip
        first = attrs.evolve(first, otherwise="lapse")
        calm = [attrs.evolve(stage, within=None, clock=None) for stage in others]
        circuit = with_stages(case.circuit, [first, *calm])
        fresh = data.draw(teams(case.window.start, most=1))
        assume(fresh.members)
        more = case.team.with_member(attrs.evolve(fresh.members[0], id="new"))
        before = completable(circuit, case.team, case.window)
        after = completable(circuit, more, case.window)
        assert within(after.failing, before.failing)

    @given(cases(), st.data())
    def test_a_longer_deadline_never_hurts(self, case: Case, data: st.DataObject) -> None:
        """Save where silence is waited for, or where the next stage is opened by it."""
        circuit, team, window = case
        number = data.draw(st.integers(0, len(circuit.stages) - 1))
        stage = attrs.evolve(circuit.stages[number], within=HALF, otherwise="refuse")
        assume(not isinstance(stage.need, Silence))
        longer = attrs.evolve(stage, within=HALF * data.draw(st.integers(2, 40)))
        before, after = (
            completable(with_stages(circuit, put(circuit, number, one)), team, window)
            for one in (stage, longer)
        )
        assert within(after.failing, before.failing)

    @given(cases())
    def test_a_week_later_all_is_the_same(self, case: Case) -> None:
        """Where no clock changes between the two."""
        week = timedelta(days=7)

        def later(member: Member) -> Member:
            when = member.availability
            leaves = [Leave(one.start + week, one.stop + week) for one in when.leaves]
            return attrs.evolve(
                member, availability=Availability(when.week, "Asia/Kolkata", leaves)
            )

        people = [attrs.evolve(m, availability=attrs.evolve(m.availability, zone="Asia/Kolkata"))
                  for m in case.team.members]  # fmt: skip
        stages = [attrs.evolve(s, clock=s.clock and BusinessClock(s.clock.week))
                  for s in case.circuit.stages]  # fmt: skip
        circuit = with_stages(case.circuit, stages)
        span = Span(case.window.start + week, case.window.stop + week)
        (before,) = completable(circuit, Team("t", people, case.team.roles), case.window).circuits
        others = Team("t", [later(m) for m in case.team.members], case.team.roles)
        (after,) = completable(circuit, others, span).circuits
        assert after.worst_at == (before.worst_at and before.worst_at + week)
        moved = [attrs.evolve(f, when=tuple(Span(s.start + week, s.stop + week) for s in f.when))
                 for f in before.failures]  # fmt: skip
        assert after == attrs.evolve(before, failures=tuple(moved), worst_at=after.worst_at)

    @given(cases())
    def test_nobody_completes_nothing(self, case: Case) -> None:
        found = completable(case.circuit, Team("nobody"), case.window)
        assert found.failing == (case.window,)
        assert found.share == 0
        assert found.worst is found.typical is None
        numbers = [lack.stages[0] for lack in found.circuits[0].vacancies]
        assert numbers == list(range(1, len(case.circuit.stages) + 1))

    @given(cases(), st.data())
    def test_a_window_is_the_sum_of_its_parts(self, case: Case, data: st.DataObject) -> None:
        circuit, team, window = case
        cut = window.start + data.draw(st.integers(1, window.length // MINUTE - 1)) * MINUTE
        (whole,) = completable(circuit, team, window).circuits
        parts = [completable(circuit, team, span).circuits[0]
                 for span in (Span(window.start, cut), Span(cut, window.stop))]  # fmt: skip
        assert whole.completes == sum((one.completes for one in parts), timedelta(0))
        times = [one.worst for one in parts if one.worst is not None]
        assert whole.worst == max(times, default=None)
        failing = sum((one.length for one in whole.failures), timedelta(0))
        assert failing + whole.completes == whole.length

    @given(cases())
    def test_half_of_the_moments_take_the_median_at_most(self, case: Case) -> None:
        pieces = list(Sweep(Course(case.circuit.stages, case.team, case.window)).pieces())
        typical = completable(*case).typical
        total = sum(one.stop - one.start for one in pieces if one.takes is not None)
        assert (typical is None) == (total == 0)
        if typical is not None:
            least = typical // timedelta(microseconds=1)
            assert 2 * at_most(pieces, least) >= total > 2 * at_most(pieces, least - 1)


def at_most(pieces: list[Piece], time: int) -> int:
    """Return how many of the moments take a time at most."""
    return sum(
        min(one.stop - one.start, max(0, time - one.takes + one.stop - one.start))
        if one.shrinks else (one.stop - one.start) * (one.takes <= time)
        for one in pieces if one.takes is not None
    )  # fmt: skip


def needs_no_number(stage: Stage) -> bool:
    return isinstance(stage.need, Silence) or stage.need.is_share


def put(circuit: ValidationCircuit, number: int, stage: Stage) -> list[Stage]:
    return [*circuit.stages[:number], stage, *circuit.stages[number + 1 :]]
