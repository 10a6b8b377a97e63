"""Instants: a value keeps them in UTC, so that what a wall clock shows never decides anything."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore import (
    Act,
    Approvers,
    BusinessClock,
    Charter,
    Context,
    Desk,
    Incident,
    Message,
    Organisation,
    Outcome,
    Playbook,
    RequestLog,
    Review,
    Rule,
    Stage,
    Team,
    ValidationCircuit,
    audit,
    backlog,
    checkup,
    decide,
    detect,
    due,
    fact,
    route,
    status,
)
from cmcore.base.offers import offered
from cmcore.charters import Earlier
from cmcore.charters.history import Case
from cmcore.incidents import Sighting
from cmcore.requests import response_times
from cmcore.reviews import timeline
from cmcore.strategies import (
    charters,
    charters_and_cases,
    clocks,
    desks,
    incidents_and_playbooks,
    instants,
    organisations,
    request_logs,
    reviews,
    sightings,
    teams,
)
from cmcore.time import deadline

PUBLIC = offered()

Pair = tuple[Charter, Case]
PARIS = ZoneInfo("Europe/Paris")
ZONES = (PARIS, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kolkata"))
#: Those of which nothing is drawn are made by functions that no strategy stands for.
VALUES = sorted(
    name for name in PUBLIC if isinstance(PUBLIC[name], type) and attrs.has(PUBLIC[name])
)
FEW = settings(max_examples=max(settings().max_examples // 6, 6))
#: Charters that tell how long ago something was.
TIMED = charters(
    facts=("recent.any", "in_reply_to.age", "at", "recent.publish", "target.age"),
    min_rules=1,
    max_rules=3,
    max_depth=1,
)
#: How long after, within the hour that a clock shows twice, and beyond.
STEPS = [timedelta(minutes=30 * count) for count in range(5)]
DESK = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])


def names_in(thing: object) -> list[str]:
    kind: Any = type(thing)
    return [part.name for part in attrs.fields(kind) if part.init]


def instants_in(thing: object) -> Iterator[datetime]:
    """Yield every instant that a value holds, however deep."""
    if isinstance(thing, datetime):
        yield thing
    elif attrs.has(type(thing)):
        yield from instants_in([getattr(thing, name) for name in names_in(thing)])
    elif isinstance(thing, Mapping):
        yield from instants_in(list(thing.values()))
    elif isinstance(thing, Iterable) and not isinstance(thing, str):
        for one in thing:
            yield from instants_in(one)


def on_clock(thing: Any, zone: ZoneInfo) -> Any:  # noqa: ANN401 - any part of a value
    """Return the same thing, in which each instant is given on the wall clock of `zone`."""
    if isinstance(thing, datetime):
        return thing.astimezone(zone)
    if attrs.has(type(thing)):
        told = {name: on_clock(getattr(thing, name), zone) for name in names_in(thing)}
        return type(thing)(**told)
    if isinstance(thing, Mapping):
        return {name: on_clock(one, zone) for name, one in thing.items()}
    return type(thing)(on_clock(o, zone) for o in thing) if isinstance(thing, tuple) else thing


class TestInstants:
    """A value keeps its instants in UTC, whatever clock they were given on."""

    @pytest.mark.parametrize("name", VALUES)
    @FEW
    @given(data=st.data())
    def test_every_instant_of_a_value_is_in_utc(self, name: str, data: st.DataObject) -> None:
        found = data.draw(st.from_type(PUBLIC[name]))
        assert {at.tzinfo for at in instants_in(found)} <= {UTC}

    @given(charters_and_cases(st.one_of(charters(), TIMED)), st.sampled_from(ZONES))
    def test_the_same_instants_on_another_clock_decide_the_same(
        self, pair: Pair, zone: ZoneInfo
    ) -> None:
        charter, case = pair
        other = on_clock(case, zone)
        assert other == case
        assert decide(charter, other.act, other.context) == decide(charter, case.act, case.context)


class TestMoments:
    """What is asked at a moment is the same on whatever clock the moment is given."""

    @given(charters_and_cases(st.one_of(charters(), TIMED)), instants(), st.sampled_from(ZONES))
    def test_of_decisions(self, pair: Pair, at: datetime, zone: ZoneInfo) -> None:
        charter, case = pair
        here, there = (decide(charter, case.act, case.context, at=a) for a in both(at, zone))
        assert here == there

    @given(reviews(), st.sampled_from(STEPS), st.sampled_from(ZONES))
    def test_of_reviews(self, review: Review, step: timedelta, zone: ZoneInfo) -> None:
        here, there = both(review.opening.at + step, zone)
        assert status(review, here) == status(review, there)
        assert timeline(review, here) == timeline(review, there)

    @given(incidents_and_playbooks(), st.sampled_from(STEPS), st.sampled_from(ZONES))
    def test_of_incidents(
        self, pair: tuple[Incident, Playbook], step: timedelta, zone: ZoneInfo
    ) -> None:
        incident, playbook = pair
        here, there = both(incident.opened.at + step, zone)
        assert incident.state(here) == incident.state(there)
        assert incident.as_of(here) == incident.as_of(there)
        assert incident.situation(here) == incident.situation(there)
        owed = due(incident, playbook, here)
        assert owed == due(incident, playbook, there)
        assert [o.left(here) for o in owed.owed] == [o.left(there) for o in owed.owed]

    @given(request_logs(), desks(), teams(), instants(), st.sampled_from(ZONES))
    def test_of_requests(
        self, log: RequestLog, desk: Desk, team: Team, at: datetime, zone: ZoneInfo
    ) -> None:
        here, there = both(at, zone)
        bare = attrs.evolve(desk, routes=())
        assert log.tracks(here) == log.tracks(there)
        assert backlog(log, here, bare, team) == backlog(log, there, bare, team)
        assert response_times(log, here, bare) == response_times(log, there, bare)
        for request in log.requests:
            assert route(request, team, bare, here, log) == route(request, team, bare, there, log)

    @given(clocks(), instants(), st.sampled_from(STEPS), st.sampled_from(ZONES))
    def test_of_clocks(
        self, clock: BusinessClock, at: datetime, step: timedelta, zone: ZoneInfo
    ) -> None:
        (here, there), later = both(at, zone), both(at + step, zone)[1]
        assert clock.add(here, step) == clock.add(there, step)
        assert clock.between(here, later) == clock.between(there, later)
        assert deadline(here, step) == deadline(there, step) == here + step

    @FEW
    @given(organisations(), instants(), st.sampled_from(ZONES))
    def test_of_checkups(self, organisation: Organisation, at: datetime, zone: ZoneInfo) -> None:
        here, there = both(at, zone)
        assert checkup(organisation, here) == checkup(organisation, there)

    @FEW
    @given(st.lists(sightings(), max_size=5), instants(), st.sampled_from(ZONES))
    def test_of_detections(self, seen: list[Sighting], at: datetime, zone: ZoneInfo) -> None:
        here, there = both(at, zone)
        assert detect(seen, at=here) == detect(seen, at=there)


def both(at: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return an instant in UTC, and on the wall clock of `zone`."""
    here = at.astimezone(UTC)
    return here, here.astimezone(zone)


class TestTheHourShownTwice:
    """At 03:00 on 25 October 2026 the clocks of Paris go back to 02:00."""

    def charter(self, *rules: Rule) -> Charter:
        return Charter("c", rules=rules, circuits=[DESK], default="desk", zone="Europe/Paris")

    def test_ninety_minutes_are_more_than_an_hour(self) -> None:
        answered = Message(at=datetime(2026, 10, 25, 2, 0, tzinfo=PARIS))
        act = Act(
            kind="reply",
            at=datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=PARIS),
            in_reply_to=answered,
        )
        soon = fact("in_reply_to.age").at_most(timedelta(hours=1))
        charter = self.charter(Rule.permit("soon", when=soon, because="Still warm."))
        assert decide(charter, act).outcome is Outcome.EXCEPTION

    def test_what_was_out_within_the_hour_is_counted(self) -> None:
        times = [datetime(2026, 10, 25, 2, m, fold=f, tzinfo=PARIS) for f, m in ((0, 50), (1, 10))]
        before, now = (Act(kind="publish", at=at) for at in times)
        few = fact("recent.publish").fewer_than(1, within=timedelta(hours=1))
        charter = self.charter(Rule.permit("few", when=few, because="Enough."))
        decision = decide(charter, now, Context(earlier=Earlier([before])))
        assert decision.outcome is Outcome.EXCEPTION
        assert audit(charter, [before, now], context=Context(earlier=Earlier())).covered == 1

    def test_an_embargo_ends_when_it_ends(self) -> None:
        until = datetime(2026, 10, 25, 2, 15, fold=1, tzinfo=PARIS)
        early = datetime(2026, 10, 25, 2, 30, tzinfo=PARIS)
        over = fact("at").at_least(until)
        charter = self.charter(Rule.permit("over", when=over, because="It is out."))
        assert decide(charter, Act(), at=early).outcome is Outcome.EXCEPTION
