"""Durations: a table of hard spellings, and the round trip as a law."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.amounts import UNITS, show_duration
from cmcore.base.errors import InvalidError
from cmcore.time.durations import days, hours, minutes, parse_duration, rounded, weeks

READ = [
    ("30 min", timedelta(minutes=30)),
    ("30min", timedelta(minutes=30)),
    ("1 minute", timedelta(minutes=1)),
    ("90 Minutes", timedelta(minutes=90)),
    ("1 h 30 min", timedelta(hours=1, minutes=30)),
    ("1h30min", timedelta(hours=1, minutes=30)),
    ("2h30", timedelta(hours=2, minutes=30)),
    ("1 h 05", timedelta(hours=1, minutes=5)),
    ("2 heures 15", timedelta(hours=2, minutes=15)),
    ("30 mn", timedelta(minutes=30)),
    ("30 min 1 h", timedelta(hours=1, minutes=30)),
    ("1.5 h", timedelta(hours=1, minutes=30)),
    ("0.1 s", timedelta(microseconds=100_000)),
    ("0.000001 s", timedelta(microseconds=1)),
    ("0.0000010 s", timedelta(microseconds=1)),
    ("0.3 d", timedelta(hours=7, minutes=12)),
    ("1 sec", timedelta(seconds=1)),
    ("2 seconds", timedelta(seconds=2)),
    ("2 secondes", timedelta(seconds=2)),
    ("2 jours", timedelta(days=2)),
    ("2 j", timedelta(days=2)),
    ("1 jour 2 heures", timedelta(days=1, hours=2)),
    ("3 semaines", timedelta(weeks=3)),
    ("14 d", timedelta(days=14)),
    ("2 weeks 1 day", timedelta(days=15)),
    ("1 w", timedelta(days=7)),
    ("- 5 min", timedelta(minutes=-5)),
    ("-1 h 30 min", timedelta(minutes=-90)),
    ("  7\u202fmin\n", timedelta(minutes=7)),
    ("0 s", timedelta()),
    ("-0 s", timedelta()),
    ("1,5 h", timedelta(minutes=90)),
    ("1 h 0,5 min", timedelta(minutes=60, seconds=30)),
    ("0,125 h", timedelta(seconds=450)),
    ("PT1H30M", timedelta(hours=1, minutes=30)),
    ("pt1h30m", timedelta(hours=1, minutes=30)),
    ("P2D", timedelta(days=2)),
    ("P1W", timedelta(weeks=1)),
    ("P1W2DT3H4M5.000006S", timedelta(9, 3 * 3600 + 4 * 60 + 5, 6)),
    ("-PT15M", timedelta(minutes=-15)),
    ("PT0.5H", timedelta(minutes=30)),
    ("999999999 d 23 h 59 min 59.999999 s", timedelta.max),
    ("-999999999 d", timedelta.min),
]

# the text, and a word of each problem expected, in order
REFUSED = [
    ("", ["empty"]),
    ("   ", ["empty"]),
    ("-", ["empty"]),
    ("30", ["`30`"]),
    ("min", ["`min`"]),
    ("5 parsecs", ["`parsecs`"]),
    ("5 m", ["`m`"]),
    ("1 month 2 years", ["`month`", "`years`"]),
    ("2 calendar days", ["`calendar`"]),
    ("2 calendar full days, 3 miles", ["`calendar`", "`miles`"]),
    ("2 working days", ["`2 working days`"]),
    ("fin du jour ouvré", ["`fin du jour ouvré`"]),
    ("end of play", ["`end of play`"]),
    ("1 h oops 3 miles", ["`oops`", "`miles`"]),
    ("1h3", ["`3`"]),
    ("1h60", ["`60`"]),
    ("1,5,2 h", ["`1,5,2`", "`h`"]),
    ("1, 5 h", ["`1,`"]),
    ("1 h,5 min", ["`,5`", "`min`"]),
    ("1.5.2 h", ["`1.5.2`", "`h`"]),
    (".5 h", ["`.5`", "`h`"]),
    ("1. h", ["`1.`", "`h`"]),
    ("1e3 s", ["`e`"]),
    ("--5 min", ["`-5`", "`min`"]),
    ("5 min -1 s", ["`-1`", "`s`"]),
    ("+5 min", ["`+5`", "`min`"]),
    ("\uff15 min", ["`\uff15`", "`min`"]),
    ("\u0665 min", ["`\u0665`", "`min`"]),
    ("P", ["`p`"]),
    ("PT", ["`pt`"]),
    ("P1DT", ["`p1dt`"]),
    ("P1Y", ["`p1y`"]),
    ("P1M", ["`p1m`"]),
    ("PT1M1H", ["`pt1m1h`"]),
    ("0.0000001 s", ["microsecond"]),
    ("0.00000001 min", ["microsecond"]),
    ("999999999 d 24 h", ["too long"]),
    ("-999999999 d 1 s", ["too long"]),
    ("9" * 150 + " d", ["too long"]),
    ("1 h" + " " * 500, ["too long"]),
    ("1 h " * 10_000, ["too long"]),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_a_spelling_is_read(text: str, expected: timedelta) -> None:
    assert parse_duration(text) == expected


@pytest.mark.parametrize(("text", "words"), REFUSED)
def test_a_bad_spelling_is_refused_with_every_problem(text: str, words: list[str]) -> None:
    with pytest.raises(InvalidError) as caught:
        parse_duration(text)
    problems = caught.value.problems
    assert len(problems) == len(words)
    for problem, word in zip(problems, words, strict=True):
        assert word in problem.message
        assert problem.hint
        assert len(str(problem)) < 400


@pytest.mark.parametrize(
    ("duration", "shown"),
    [
        (timedelta(), "0 s"),
        (timedelta(hours=1, minutes=30), "1 h 30 min"),
        (timedelta(days=14), "14 d"),
        (timedelta(microseconds=1), "0.000001 s"),
        (timedelta(seconds=1, milliseconds=500), "1.5 s"),
        (timedelta(days=1, seconds=1), "1 d 1 s"),
        (timedelta(seconds=100), "1 min 40 s"),
        (timedelta(seconds=-30), "-30 s"),
        (-timedelta(days=1, hours=2), "-1 d 2 h"),
        (timedelta.max, "999999999 d 23 h 59 min 59.999999 s"),
        (timedelta.min, "-999999999 d"),
    ],
)
def test_a_duration_is_shown(duration: timedelta, shown: str) -> None:
    assert show_duration(duration) == shown


def test_the_units_may_have_other_names() -> None:
    shown = show_duration(timedelta(days=14, hours=1, minutes=2, seconds=3), ("J", "H", "M", "S"))
    assert shown == "14 J 1 H 2 M 3 S"
    assert show_duration(timedelta(), [*UNITS][::-1]) == "0 d"
    with pytest.raises(ValueError, match="shorter"):
        show_duration(timedelta(), ("d", "h"))


def test_the_helpers_count_in_their_own_unit() -> None:
    assert minutes(90) == timedelta(hours=1, minutes=30)
    assert hours(1.5) == timedelta(minutes=90)
    assert days(2) == timedelta(hours=48)
    assert weeks(2) == timedelta(days=14)


@given(st.timedeltas())
def test_reading_what_is_shown_gives_the_same_duration(duration: timedelta) -> None:
    assert parse_duration(show_duration(duration)) == duration


@given(st.timedeltas())
def test_showing_is_canonical(duration: timedelta) -> None:
    shown = show_duration(duration)
    assert show_duration(parse_duration(shown)) == shown


@given(st.text(max_size=30) | st.text("-0123456789.hmindPTSs ", max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        duration = parse_duration(text)
    except InvalidError as error:
        hints = [problem.hint for problem in error.problems]
    else:
        hints = ["read"]
        assert parse_duration(show_duration(duration)) == duration
    assert hints
    assert all(hints)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("0.4 s", "0 s"),
        ("59 min 59.6 s", "1 h"),
        ("1 h 59 min 31 s", "2 h"),
        ("1 h 1 min 29 s", "1 h 1 min"),
        ("23 h 59 min 59 s", "1 d"),
        ("3 d 4 h 31 min", "3 d 5 h"),
        ("-1 d 4 h 31 min", "-1 d 5 h"),
    ],
)
def test_a_duration_is_rounded_for_people(given: str, shown: str) -> None:
    assert show_duration(rounded(parse_duration(given))) == shown
