from datetime import UTC, datetime, timedelta
from math import nan
from typing import Any

import pytest

from cmcore.base.errors import InvalidError
from cmcore.incidents.signals.attention import Attention
from cmcore.incidents.signals.signal import Rhythm, SignalKind
from cmcore.time.durations import days, hours, minutes, weeks
from cmcore.time.intervals import Span

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_the_rate_is_shared_by_the_windows_of_the_week_and_the_signals() -> None:
    assert Attention().level == pytest.approx(0.05 / 168 / 4)
    assert Attention(kinds=["volume"]).level == pytest.approx(0.05 / 168)
    assert Attention(every=minutes(5)).level == pytest.approx(0.05 / 2016 / 4)
    assert Attention(window=days(1), false_alarms=0.7, kinds=["mood"]).level == pytest.approx(0.1)


def test_the_rate_is_shared_by_several_windows_that_slide() -> None:
    asked = Attention(window=[hours(6), hours(1), hours(6)], slide=minutes(25))
    assert (asked.windows, asked.window, asked.pace) == ((hours(1), hours(6)), hours(6), hours(1))
    assert asked.steps == (timedelta(0), minutes(25), minutes(50))
    assert asked.level == pytest.approx(0.05 / 168 / 4 / 2 / 3)
    assert (Attention().clock, Attention(zone="Europe/Paris").clock) == ("UTC", "Europe/Paris")


def test_kinds_are_kept_in_order_and_once() -> None:
    asked = Attention(
        kinds=["spread", "volume", SignalKind.SPREAD], leave_out=[Span(NOON, NOON + hours(1))]
    )
    assert asked.kinds == (SignalKind.VOLUME, SignalKind.SPREAD)
    assert Attention(kinds="mood").kinds == (SignalKind.MOOD,)
    assert asked.beat is None
    assert Attention(rhythm="day").beat is Rhythm.DAY
    hash(asked)


LENGTH = "is not a usable length of time (from a minute to a week)"
RATE = "is not a valid number here (a number above 0, up to 67.2, for each quiet week)"


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("every", timedelta(0), f"`0 s` {LENGTH}"),
        ("every", minutes(0.1), f"`6 s` {LENGTH}"),
        ("baseline", weeks(1), "`7 d` is not a long enough baseline (two weeks at least)"),
        ("zone", "Nowhere/Else", "`Nowhere/Else` is not a known time zone (zones are named"),
        ("window", [], "`window` is empty (give a length, as in 1 h)"),
        ("slide", hours(2), "`2 h` is longer than `1 h` (a slide is no longer than"),
        ("slide", minutes(0.5), f"`30 s` {LENGTH}"),
        ("kinds", [], "`kinds` is empty (one of `volume`, `silence`, `mood`, `repeats`, `spread`)"),
        ("kinds", ["volum"], "`volum` is not a valid choice (did you mean `volume`?)"),
        ("since", NOON.replace(tzinfo=None), "`2026-03-02T12:00:00` does not say its time zone"),
        ("false_alarms", 0, f"`0` {RATE}"),
        ("false_alarms", 68, f"`68` {RATE}"),
        ("rhythm", "around", "`around` is not a valid choice (one of `week`, `workdays`, `day`)"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(name: str, given: object, told: str) -> None:
    with pytest.raises(InvalidError) as caught:
        Attention(**{name: given})  # type: ignore[arg-type]
    (problem,) = caught.value.problems
    assert str(problem).startswith(f"{name}: {told}")


def test_a_window_is_of_a_minute_to_a_week() -> None:
    for length in (minutes(1), weeks(1)):
        assert Attention(window=length).window == length
    for length in (minutes(0.9), weeks(1) + minutes(1)):
        with pytest.raises(InvalidError) as caught:
            Attention(window=length)
        assert [problem.path[0] for problem in caught.value.problems] == ["window"]


def test_a_day_has_no_window_longer_than_it() -> None:
    assert Attention(rhythm="workdays", window=days(1)).beat is Rhythm.WORKDAYS
    assert Attention(rhythm="week", window=days(2)).beat is Rhythm.WEEK
    with pytest.raises(InvalidError, match="rhythm: the window is too long for `day`"):
        Attention(rhythm="day", window=days(2))


def test_a_lone_tone_is_refused() -> None:
    with pytest.raises(InvalidError, match="`angry` is one text, not a list of them"):
        Attention(tones="angry")


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(InvalidError) as caught:
        Attention(
            window=days(9),
            baseline=days(1),
            zone="nowhere",
            rhythm="moon",
            kinds=["x"],
            false_alarms=-1,
        )
    places = [problem.path[0] for problem in caught.value.problems]
    assert places == ["window", "baseline", "zone", "kinds", "false_alarms", "rhythm"]


RIGHT: dict[str, Any] = {
    "window": [minutes(5), hours(3)], "every": minutes(30), "slide": minutes(5),
    "baseline": weeks(3), "zone": "Europe/Paris", "kinds": ["volume", "mood"], "rhythm": "day",
    "false_alarms": 100, "since": NOON,
}  # fmt: skip
WRONG: dict[str, list[Any]] = {
    "window": [[], minutes(-60), timedelta.max, [minutes(5), days(8)]], "kinds": [[], ["volum"]],
    "every": [timedelta(0), minutes(-60), days(8)], "slide": [timedelta(0), days(8), hours(2)],
    "baseline": [weeks(1)], "zone": ["", "Paris"], "rhythm": ["moon"],
    "false_alarms": [-1, 0, nan, 1e9], "since": [NOON.replace(tzinfo=None)],
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_a_wrong_setting_is_told_and_nothing_that_follows_from_it(name: str) -> None:
    others = {key: told for key, told in RIGHT.items() if key != name}
    Attention(**RIGHT)
    Attention(**others)
    for given in WRONG[name]:
        for rest in (others, {}, {"rhythm": "day"} if name != "rhythm" else {}):
            with pytest.raises(InvalidError) as caught:
                Attention(**{name: given, **rest})
            assert [problem.path[0] for problem in caught.value.problems] == [name]
