"""Staffing: Erlang's formulas, against tables, exact fractions and a queue that is played out."""

import heapq
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import islice
from math import exp, sqrt
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cmcore import (
    InvalidError,
    Needs,
    RequestLog,
    Span,
    Team,
    Watch,
    Week,
    coverage,
    minutes,
    staffing,
)
from cmcore.requests import Arrivals, arrivals
from cmcore.requests.staff._erlang import blocking, people_for, taken_up, waiting
from cmcore.strategies import arrivals as arrivals_
from cmcore.strategies import request_logs, spans, teams
from cmcore.time.week import local

LOADS = st.floats(0.01, 300)
SHARES = st.floats(0.05, 0.999)
FEW = settings(max_examples=min(settings().max_examples, 500))


def exact_blocking(load: Fraction, people: int) -> Fraction:
    """Return Erlang's B by its own definition: a share of sums of powers over factorials."""
    terms = [Fraction(1)]
    for n in range(1, people + 1):
        terms.append(terms[-1] * load / n)
    return terms[-1] / sum(terms)


class TestTables:
    """What the tables of traffic engineers say."""

    @pytest.mark.parametrize(
        ("load", "people", "share"),
        [
            # the usual table of Erlang B at 1 %: the load that so many lines carry
            (0.0101, 1, 0.01), (0.1526, 2, 0.01), (1.361, 5, 0.01), (4.461, 10, 0.01),
            (12.03, 20, 0.01), (37.90, 50, 0.01), (84.06, 100, 0.01),
            # and at 5 %
            (2.219, 5, 0.05), (6.216, 10, 0.05), (15.25, 20, 0.05), (44.53, 50, 0.05),
            # as many erlangs as lines
            (1, 1, 0.5), (5, 5, 0.2849), (10, 10, 0.2146), (20, 20, 0.1589),
        ],
    )  # fmt: skip
    def test_blocking(self, load: float, people: int, share: float) -> None:
        found = next(islice(blocking(load), people, None))
        assert found == pytest.approx(share, rel=1e-3)

    @pytest.mark.parametrize(
        ("load", "people", "share"),
        [
            (0.5, 1, 0.5), (1, 2, 1 / 3), (2, 3, 4 / 9), (5, 7, 0.3241), (10, 12, 0.4494),
            # a hundred calls of three minutes in half an hour, fourteen people
            (10, 14, 0.1741),
        ],
    )  # fmt: skip
    def test_waiting(self, load: float, people: int, share: float) -> None:
        assert waiting(load, people) == pytest.approx(share, rel=1e-3)

    def test_a_call_centre_of_the_textbooks(self) -> None:
        """A hundred calls of 180 s in half an hour, 80 % within 20 s: 14 people, 88.8 %."""
        people, reached = people_for(10, 0.8, 20 / 180)
        assert people == 14
        assert reached == pytest.approx(0.888, abs=5e-4)
        assert taken_up(10, 13, 20 / 180) < 0.8

    def test_a_thousand_people_take_no_time_and_overflow_nothing(self) -> None:
        people, reached = people_for(20_000, 0.9, 0.01)
        assert 20_000 < people < 20_200
        assert 0.9 <= reached < 0.91


class TestErlang:
    """The recurrence is exact, and what it says grows and shrinks as it should."""

    @given(st.fractions(Fraction(1, 10), 60, max_denominator=10), st.integers(0, 80))
    def test_the_recurrence_is_the_definition(self, load: Fraction, people: int) -> None:
        exact = exact_blocking(load, people)
        found = next(islice(blocking(float(load)), people, None))
        assert found == pytest.approx(float(exact), rel=1e-12)
        if people > load:
            share = people * exact / (people - load * (1 - exact))
            assert waiting(float(load), people) == pytest.approx(float(share), rel=1e-9)

    @given(st.floats(0.01, 1), st.floats(0, 5))
    def test_one_person_is_a_queue_of_one(self, load: float, within: float) -> None:
        assume(load < 0.999)
        assert taken_up(load, 1, within) == pytest.approx(1 - load * exp(-(1 - load) * within))

    @given(LOADS, LOADS, SHARES, st.floats(0, 30))
    def test_more_work_takes_no_fewer_people(
        self, one: float, other: float, share: float, within: float
    ) -> None:
        low, high = sorted((one, other))
        assert people_for(low, share, within)[0] <= people_for(high, share, within)[0]

    @given(LOADS, SHARES, SHARES, st.floats(0, 30), st.floats(0, 30))
    def test_a_harder_target_takes_no_fewer_people(
        self, load: float, one: float, other: float, early: float, late: float
    ) -> None:
        (low, high), (early, late) = sorted((one, other)), sorted((early, late))
        assert people_for(load, low, late)[0] <= people_for(load, high, early)[0]

    @given(LOADS, SHARES, st.floats(0, 30))
    def test_it_is_enough_and_one_fewer_is_not(
        self, load: float, share: float, within: float
    ) -> None:
        people, reached = people_for(load, share, within)
        assert reached == pytest.approx(taken_up(load, people, within))
        assert taken_up(load, people, within) >= share
        assert taken_up(load, people - 1, within) < share

    @given(LOADS, st.integers(0, 400), st.floats(0, 30))
    def test_it_is_a_share(self, load: float, people: int, within: float) -> None:
        assert 0 <= waiting(load, people) <= 1
        assert 0 <= taken_up(load, people, within) <= 1
        assert (waiting(load, people) == 1) >= (people <= load)

    def test_no_work_takes_nobody(self) -> None:
        assert people_for(0, 0.9, 0) == (0, 1.0)


def play(load: float, people: int, within: float, messages: int, seed: int) -> float:
    """Play a queue out, message after message, and return the share taken up in time."""
    random = Random(seed)  # noqa: S311 - a simulation
    free = [0.0] * people
    now, in_time = 0.0, 0
    for _ in range(messages):
        now += random.expovariate(load)
        start = max(now, heapq.heappop(free))
        heapq.heappush(free, start + random.expovariate(1))
        in_time += start - now <= within
    return in_time / messages


class TestPlayedOut:
    """A queue that is played out does as the formula says, within what chance allows."""

    @pytest.mark.parametrize(
        ("load", "people", "within"),
        [(0.7, 1, 0.5), (2, 3, 0.0), (2, 3, 0.4), (8, 10, 0.1), (8, 10, 1.0), (20, 25, 0.1)],
    )
    def test_the_share_taken_up(self, load: float, people: int, within: float) -> None:
        runs = [play(load, people, within, 20_000, seed) for seed in range(8)]
        mean = sum(runs) / len(runs)
        spread = sqrt(sum((run - mean) ** 2 for run in runs) / (len(runs) - 1) / len(runs))
        # messages that follow each other wait together: the spread is that of whole runs
        assert taken_up(load, people, within) == pytest.approx(mean, abs=4.5 * spread + 1e-3)
        assert spread < 0.01


class TestHours:
    """Every hour of the week is told once, with what is needed and who is there."""

    @given(arrivals_(), st.floats(0.1, 0.99), st.integers(1, 60))
    def test_each_hour_is_that_of_its_rate(
        self, coming: Arrivals, share: float, handling: int
    ) -> None:
        found = staffing(coming, minutes(handling), share=share, within=minutes(30))
        for number, one in enumerate(found.hours):
            rate = coming.rates[number]
            assert (24 * one.day + one.hour, one.rate) == (number, rate)
            if rate is None:
                assert one.people is one.share is None
            else:
                needed = people_for(rate * handling / 60, share, 30 / handling)
                assert one.people == needed[0]
                assert one.share == pytest.approx(needed[1])
        assert found.total == sum(one.people or 0 for one in found.hours)
        assert found.most == max(one.people or 0 for one in found.hours)

    @FEW
    @given(teams(), spans(), st.integers(1, 3), st.data())
    def test_people_lack_where_a_watch_would_lack_them(
        self, team: Team, span: Span, least: int, data: st.DataObject
    ) -> None:
        """The rota is the one that `coverage` looks at, when so many are asked for all the time."""
        role = data.draw(st.sampled_from([None, *(role.id for role in team.roles)]))
        found = staffing(
            Arrivals([least / 2] * 168, "Europe/Paris"), minutes(60), share=0.5,
            within=minutes(120), team=team, role=role, start=span.start, stop=span.stop,
        )  # fmt: skip
        needed = found.most
        needs = Needs(
            "n", zone="Europe/Paris", hours=[Watch(Week.always(), "Europe/Paris", needed, role)]
        )
        heat = coverage(team, needs, start=span.start, stop=span.stop, absent=0).heat
        assert {(h.day, h.hour): h.lacking for h in heat} == {
            (one.day, one.hour): one.lacking for one in found.hours if one.on_duty is not None
        }

    @given(request_logs(), spans(), st.sampled_from(["UTC", "Europe/Paris", "Asia/Kolkata"]))
    def test_what_comes_in_is_counted_for_as_long_as_each_hour_lasted(
        self, log: RequestLog, span: Span, zone: str
    ) -> None:
        found = arrivals(log, span.start, span.stop, zone=zone)
        lasted = _minutes(span, zone)
        again = [event.at for event in log.events if event.move == "wrote again"]
        came = [one.at for one in log.requests] + again
        inside = sum(span.start <= at < span.stop for at in came)
        counted = sum((found.rates[n] or 0) * m / 60 for n, m in enumerate(lasted))
        assert counted == pytest.approx(inside)
        assert [rate is None for rate in found.rates] == [m == 0 for m in lasted]

    @given(request_logs(), st.sampled_from(["UTC", "Europe/Paris", "Asia/Kolkata"]))
    def test_an_hour_that_nobody_saw_is_not_known_and_no_zero(
        self, log: RequestLog, zone: str
    ) -> None:
        told = [*(one.at for one in log.requests), *(one.at for one in log.events)]
        assume(not told or max(told) - min(told) < timedelta(days=366))
        known = _seen(min(told), max(told), zone) if told else set()
        if known:
            rates = arrivals(log, zone=zone).rates
            assert {number for number, rate in enumerate(rates) if rate is not None} == known
        else:
            with pytest.raises(InvalidError, match="no whole hour was seen"):
                arrivals(log, zone=zone)


def _seen(first: datetime, last: datetime, zone: str) -> set[int]:
    """Return the hours of the week that lie between two instants whole, looking at each."""
    found: set[int] = set()
    at = first.replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    while at < last:
        begun = at - timedelta(minutes=local(at, zone).minute)
        if first <= begun and begun + timedelta(hours=1) <= last:
            wall = local(begun, zone)
            found.add(24 * wall.weekday() + wall.hour)
        at += timedelta(hours=1)
    return found


def _minutes(span: Span, zone: str) -> list[float]:
    """Return how many minutes each hour of the week lasted, by looking at every one of them."""
    lasted = [0.0] * 168
    at: datetime = span.start
    while at < span.stop:
        # hours of these zones begin on whole quarters of an hour of UTC
        until = at.replace(second=0, microsecond=0) + timedelta(minutes=15 - at.minute % 15)
        wall = local(at, zone)
        lasted[24 * wall.weekday() + wall.hour] += (min(until, span.stop) - at) / timedelta(
            minutes=1
        )
        at = until
    return lasted
