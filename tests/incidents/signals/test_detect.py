"""What is found unusual, what is not, and what cannot be told."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cmcore.base.errors import InvalidError
from cmcore.charters.act import Act, Message
from cmcore.charters.context import Context
from cmcore.charters.history import Case
from cmcore.incidents.signals.attention import Attention
from cmcore.incidents.signals.detect import Lookout, detect
from cmcore.incidents.signals.signal import (
    Detection,
    Rhythm,
    Sighting,
    Signal,
    SignalKind,
    SignalState,
    Undetectable,
)
from cmcore.time.durations import days, hours, minutes, weeks
from cmcore.time.intervals import Span

NOW = datetime(2026, 3, 23, 15, tzinfo=UTC)
PLEA = "please send our parcels back"


def usual(
    an_hour: int = 2, weeks_: int = 8, networks: Iterable[str | None] = (None,), now: datetime = NOW
) -> list[Sighting]:
    """Return an even history: so many messages every hour on each network, one in ten negative."""
    return [
        Sighting(
            now - hours(hour) - minutes(1 + 7 * number),
            f"message {'abcdefghij'[hour % 10] * (number + 1)} of the day {'xyz'[hour % 3] * hour}",
            (hour + 5 * number) % 10 == 0,
            network,
        )
        for hour in range(1, weeks_ * 168 + 3)
        for number in range(an_hour)
        for network in networks
    ]


def burst(size: int, network: str | None = None, **more: Any) -> list[Sighting]:  # noqa: ANN401 - fields
    return [
        Sighting(NOW - minutes(59) + timedelta(seconds=number), network=network, **more)
        for number in range(size)
    ]


def look(
    history: Iterable[object],
    kind: SignalKind = SignalKind.VOLUME,
    **settings: Any,  # noqa: ANN401
) -> Signal:
    (found,) = detect(history, at=NOW, kinds=[kind], **settings).signals
    return found


class TestVolume:
    """Messages against their usual number at that time of the week."""

    def test_a_burst_is_unusual_and_says_how_rare_it_is(self) -> None:
        found = look(usual() + burst(30))
        assert found.state is SignalState.UNUSUAL
        assert (found.seen, found.usual) == (30, 2)
        assert found.chance is not None
        assert found.chance <= found.level == pytest.approx(0.05 / 168)
        assert (found.rhythm, found.weeks, found.windows) == (Rhythm.WEEK, 8, 8)
        assert found.since == NOW - hours(1)

    def test_the_least_that_is_unusual_is_told(self) -> None:
        least = look(usual() + burst(1)).least
        assert least is not None
        assert look(usual() + burst(least)).state is SignalState.UNUSUAL
        assert look(usual() + burst(least - 1)).state is SignalState.USUAL

    def test_fewer_false_alarms_take_more_messages(self) -> None:
        often, seldom = (look(usual(), false_alarms=rate).least for rate in (1.0, 0.001))
        assert often is not None
        assert seldom is not None
        assert often < seldom

    def test_a_busy_time_of_the_week_is_usual_when_it_always_is(self) -> None:
        letters = [one for week in range(1, 9) for one in shifted(burst(30), -weeks(week))]
        assert look(usual() + letters + burst(30)).state is SignalState.USUAL
        assert look(usual() + letters + burst(200)).state is SignalState.UNUSUAL

    def test_the_local_clock_tells_the_time_of_the_week(self) -> None:
        """What comes every Monday at three keeps its time when clocks are put on."""
        paris = ZoneInfo("Europe/Paris")
        now = datetime(2026, 3, 30, 15, tzinfo=paris)
        past = usual(now=now.astimezone(UTC))
        for week in range(9):
            end = now - weeks(week)
            past += [Sighting(end.astimezone(UTC) - minutes(1)) for _ in range(30)]
        kinds = ["volume"]
        assert detect(past, at=now, zone="Europe/Paris", kinds=kinds).state is SignalState.USUAL
        assert detect(past, at=now, zone="UTC", kinds=kinds).state is SignalState.UNUSUAL

    def test_past_incidents_can_be_left_out(self) -> None:
        incidents = [shifted(burst(40), -weeks(week)) for week in (1, 2)]
        history = usual() + burst(25) + [one for each in incidents for one in each]
        gone = [Span(NOW - weeks(week) - hours(2), NOW - weeks(week)) for week in (1, 2)]
        assert look(history).state is SignalState.USUAL
        found = look(history, leave_out=gone)
        assert (found.state, found.windows) == (SignalState.UNUSUAL, 6)

    def test_a_surge_is_told_since_its_first_hour(self) -> None:
        surge = [one for hour in range(4) for one in shifted(burst(40), -hours(hour))]
        assert look(usual() + surge).since == NOW - hours(4)

    def test_a_surge_that_lasts_does_not_hide_itself(self) -> None:
        surge = [one for hour in range(60) for one in shifted(burst(20), -hours(hour))]
        assert look(usual(1) + surge).since == NOW - hours(60)

    def test_nothing_looks_further_back_than_it_has_to(self) -> None:
        surge = [one for step in range(230) for one in shifted(burst(40), -minutes(10 * step))]
        surge = shifted(surge, minutes(50))
        found = look(usual(1) + surge, window=minutes(10))
        assert found.since == NOW - 200 * minutes(10)

    def test_what_comes_later_is_not_looked_at(self) -> None:
        later = [*shifted(burst(50), hours(2)), Sighting(NOW)]
        assert look(usual() + later) == look(usual())


@pytest.mark.usefixtures("long_loop")
class TestHistoryTooShort:
    """Not enough history is neither an alarm nor calm."""

    @pytest.mark.parametrize("settings", [{}, {"since": NOW - weeks(2) + hours(1)}])
    def test_nothing_is_told_from_nothing(self, settings: dict[str, Any]) -> None:
        for history in ([], burst(100)):
            found = detect(history, at=NOW, **settings)
            assert found.state is SignalState.UNTOLD
            assert not found.unusual
            assert {one.lack for one in found.signals} == {Undetectable.SHORT}
            assert found.total == len(history)

    def test_a_silent_history_tells_nothing_either(self) -> None:
        found = detect(burst(100), at=NOW, since=NOW - weeks(9))
        assert {one.kind: one.lack for one in found.signals} == {
            SignalKind.VOLUME: Undetectable.EMPTY,
            SignalKind.MOOD: Undetectable.EMPTY,
            SignalKind.REPEATS: Undetectable.EMPTY,
            SignalKind.SPREAD: Undetectable.ALONE,
        }
        assert found.state is SignalState.UNTOLD

    @pytest.mark.parametrize(
        ("history", "rhythm"), [(1, None), (2, Rhythm.WORKDAYS), (3, Rhythm.WEEK)]
    )
    def test_the_rhythm_is_as_fine_as_the_history_allows(
        self, history: int, rhythm: Rhythm | None
    ) -> None:
        found = look(usual(4, history) + burst(4))
        assert found.rhythm is rhythm
        assert found.weeks == history
        assert found.state is (SignalState.UNTOLD if rhythm is None else SignalState.USUAL)
        assert look(usual(4, history) + burst(60)).state is (
            SignalState.UNTOLD if rhythm is None else SignalState.UNUSUAL
        )

    def test_more_of_the_baseline_than_is_asked_for_is_not_looked_at(self) -> None:
        found = look(usual(2, 8), baseline=weeks(4))
        assert (found.weeks, found.windows) == (4, 4)

    def test_so_few_false_alarms_may_need_more_history(self) -> None:
        found = look(usual(1, 3), false_alarms=1e-12)
        assert (found.state, found.lack, found.cap) == (SignalState.UNTOLD, Undetectable.BLIND, 20)
        assert look(usual(1, 3) + burst(20), false_alarms=1e-12).lack is Undetectable.BLIND
        assert look(usual(1, 3) + burst(100_000), false_alarms=1e-12).state is SignalState.UNUSUAL

    def test_the_history_begins_where_it_is_said_to(self) -> None:
        assert look(usual(), since=NOW - weeks(5)).weeks == 4
        assert look(usual(2, 3), since=NOW - weeks(9)).weeks == 8


class TestShares:
    """Negative messages, and texts that repeat another."""

    def test_a_bad_mood_is_unusual(self) -> None:
        found = look(usual() + burst(12, negative=True), SignalKind.MOOD)
        assert found.state is SignalState.UNUSUAL
        assert (found.seen, found.among) == (12, 12)
        assert found.usual == pytest.approx(0.1, abs=0.03)
        assert found.rhythm is Rhythm.AROUND
        assert found.windows == 8 * 7 * 5 - 4 * 3 - 1
        assert look(usual() + burst(12, negative=False), SignalKind.MOOD).state is SignalState.USUAL

    def test_only_known_moods_count(self) -> None:
        found = look(usual() + burst(9) + burst(3, negative=True), SignalKind.MOOD)
        assert (found.seen, found.among) == (3, 3)

    @pytest.mark.parametrize("kind", [SignalKind.MOOD, SignalKind.REPEATS])
    def test_what_is_not_known_is_not_told(self, kind: SignalKind) -> None:
        assert look(usual() + burst(9), kind).lack is Undetectable.NOT_GIVEN
        past = [Sighting(one.at) for one in usual()]
        assert look(past + burst(9, negative=True, text=PLEA), kind).lack is Undetectable.NOT_GIVEN

    @pytest.mark.parametrize("kind", [SignalKind.MOOD, SignalKind.REPEATS])
    def test_no_message_is_as_usual(self, kind: SignalKind) -> None:
        found = look(usual(), kind)
        assert (found.state, found.seen, found.among, found.chance) == (SignalState.USUAL, 0, 0, 1)
        assert found.least is None

    def test_what_is_always_so_can_never_be_unusual(self) -> None:
        always = [Sighting(one.at, one.text, negative=True) for one in usual()]
        found = look(always + burst(50, negative=True), SignalKind.MOOD)
        assert (found.lack, found.cap) == (Undetectable.BLIND, 100)

    def test_copies_are_unusual_and_quoted(self) -> None:
        found = look(usual() + burst(12, text=PLEA), SignalKind.REPEATS)
        assert found.state is SignalState.UNUSUAL
        assert (found.seen, found.among, found.quote) == (11, 12, PLEA)
        assert (
            look(usual() + burst(12, text="thanks"), SignalKind.REPEATS).state is SignalState.USUAL
        )

    def test_copies_are_usual_where_they_always_come(self) -> None:
        past = [Sighting(one.at, PLEA if one.at.minute > 45 else one.text) for one in usual(4)]
        found = look(past + burst(2, text=PLEA), SignalKind.REPEATS)
        assert (found.state, found.seen, found.quote) == (SignalState.USUAL, 1, "")
        assert found.usual == pytest.approx(0.25)


class TestSpread:
    """Several networks at once, each unusual in its own right."""

    NETWORKS = ("bluesky", "linkedin", "mastodon")

    def test_two_networks_are_a_spread(self) -> None:
        past = usual(2, 8, self.NETWORKS)
        found = look(past + burst(40, "mastodon") + burst(40, "bluesky"), SignalKind.SPREAD)
        assert found.state is SignalState.UNUSUAL
        assert (found.seen, found.among, found.least) == (2, 3, 2)
        assert found.networks == ("bluesky", "mastodon")
        assert found.windows == 8

    def test_one_network_is_none(self) -> None:
        found = look(usual(2, 8, self.NETWORKS) + burst(200, "mastodon"), SignalKind.SPREAD)
        assert (found.state, found.seen) == (SignalState.USUAL, 1)
        assert found.networks == ("mastodon",)

    def test_the_chance_is_that_of_the_second_network(self) -> None:
        """It is the bound of Benjamini and Heller, from the chances of each network alone."""
        sizes = dict(zip(self.NETWORKS, (8, 30, 5), strict=True))
        history = usual(2, 8, self.NETWORKS)
        for name, size in sizes.items():
            history += burst(size, name)
        alone = sorted(
            look(one for one in history if one.network == name).chance or 0 for name in sizes
        )
        assert look(history, SignalKind.SPREAD).chance == pytest.approx(min(1, 2 * alone[1]))

    def test_a_network_without_history_counts_for_none(self) -> None:
        past = usual(2, 8, ["bluesky"]) + usual(2, 1, ["mastodon"])
        found = look(past + burst(40, "mastodon") + burst(40, "bluesky"), SignalKind.SPREAD)
        assert (found.state, found.lack) == (SignalState.UNTOLD, Undetectable.ALONE)


class TestHistories:
    """Anything that happens at an instant may be looked at."""

    def test_acts_cases_and_messages_are_seen(self) -> None:
        tone = {"tone": "angry"}
        history: list[object] = [
            Act(at=NOW - minutes(1), labels=tone, network="bluesky"),
            Case(Act(labels=tone), Context(at=NOW - minutes(2))),
            Message(at=NOW - minutes(3), tone="angry"),
            Message(at=NOW - minutes(4), tone="calm"),
            Message(),
        ]
        found = detect([*usual(), *history], at=NOW)
        assert (found.total, found.undated) == (4, 1)
        assert (found.signal("mood").seen, found.signal("mood").among) == (3, 4)
        other = detect([*usual(), *history], at=NOW, tones=["calm"])
        assert other.signal("mood").seen == 1

    def test_a_naive_instant_is_refused(self) -> None:
        with pytest.raises(InvalidError, match="does not say its time zone"):
            detect([], at=NOW.replace(tzinfo=None))

    def test_a_lookout_may_be_asked_again_and_again(self) -> None:
        history = usual() + burst(30)
        lookout = Lookout(history, Attention(zone="Europe/Paris"))
        for at in (NOW - days(2), NOW, NOW - minutes(30), NOW + days(30)):
            assert lookout.at(at) == detect(history, at=at, zone="Europe/Paris")
        assert Lookout(history).attention == Attention()

    def test_what_was_asked_is_told(self) -> None:
        found = detect(usual(), at=NOW, every=minutes(5), kinds=["spread", "volume"])
        assert isinstance(found, Detection)
        assert [one.kind for one in found.signals] == ["volume", "spread"]
        assert (found.at, found.window, found.every) == (NOW, hours(1), minutes(5))


def shifted(history: Iterable[Sighting], by: timedelta) -> list[Sighting]:
    return [Sighting(one.at + by, one.text, one.negative, one.network) for one in history]
