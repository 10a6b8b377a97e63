"""Weekly windows: hard spellings, the algebra of sets of minutes, and wall clocks."""

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.errors import InvalidError
from cmcore.time.week import (
    Week,
    _hinted_zones,
    check_zone,
    local,
    require_aware,
    zone_problems,
)

DAY = 1440
WEEK = 7 * DAY
ZONES = (
    "UTC",
    "Europe/Paris",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Casablanca",
)


def minutes_of(week: Week) -> set[int]:
    return {minute for start, stop in week.windows for minute in range(start, stop)}


def brute(windows: list[tuple[int, int]]) -> set[int]:
    held: set[int] = set()
    for start, stop in windows:
        minute = start
        while minute != stop % WEEK or (minute == start and stop != start):
            held.add(minute)
            minute = (minute + 1) % WEEK
            if minute == stop % WEEK:
                break
    return held


edges = st.integers(0, WEEK - 1) | st.sampled_from([d * DAY + m for d in range(7) for m in (0, 60)])
spans = st.tuples(edges, edges | st.just(WEEK)).filter(lambda span: span[0] != span[1])
spans_lists = st.lists(spans, max_size=6)
weeks = spans_lists.map(lambda windows: Week(tuple(windows)))

READ = [
    ("always", [(0, WEEK)], "always"),
    ("Never", [], "never"),
    ("toujours", [(0, WEEK)], "always"),
    ("jamais", [], "never"),
    ("never; Mon", [(0, DAY)], "Mon"),
    ("Mon-Sun", [(0, WEEK)], "always"),
    ("Wed-Tue", [(0, WEEK)], "always"),
    ("Mon 09:00-18:00", [(540, 1080)], "Mon 09:00-18:00"),
    ("mon 9:00-18:00;", [(540, 1080)], "Mon 09:00-18:00"),
    ("lundi 9h-18h", [(540, 1080)], "Mon 09:00-18:00"),
    ("lundi 9h à 18h", [(540, 1080)], "Mon 09:00-18:00"),
    ("lun. de 9 h 30 à 18 h", [(570, 1080)], "Mon 09:30-18:00"),
    ("du samedi au dimanche", [(5 * DAY, WEEK)], "Sat-Sun"),
    ("lun 9h30-18h05", [(570, 1085)], "Mon 09:30-18:05"),
    ("Monday – Tuesday 09:00 – 18:00", [(540, 1080), (1980, 2520)], "Mon-Tue 09:00-18:00"),
    ("Tue-Tue", [(DAY, 2 * DAY)], "Tue"),
    ("Sat-Sun", [(5 * DAY, WEEK)], "Sat-Sun"),
    ("Sam - Dim", [(5 * DAY, WEEK)], "Sat-Sun"),
    ("Fri-Mon", [(0, DAY), (4 * DAY, WEEK)], "Mon,Fri-Sun"),
    ("Sun 22:00-02:00", [(0, 120), (6 * DAY + 1320, WEEK)], "Sun 22:00-02:00"),
    ("Sun 22:00-24:00", [(6 * DAY + 1320, WEEK)], "Sun 22:00-24:00"),
    ("Sun 22:00-00:00", [(6 * DAY + 1320, WEEK)], "Sun 22:00-24:00"),
    ("Mon 22:00-02:00", [(1320, 1560)], "Mon 22:00-02:00"),
    ("Mon 12:00-24:00; Tue 00:00-12:00", [(720, 2160)], "Mon 12:00-24:00; Tue 00:00-12:00"),
    ("Mon 12:00-11:59", [(720, 2159)], "Mon 12:00-11:59"),
    ("Mon 00:00-24:00", [(0, DAY)], "Mon"),
    (
        "Mon,Wed 9:00-12:00,14:00-18:00",
        [(540, 720), (840, 1080), (3420, 3600), (3720, 3960)],
        "Mon,Wed 09:00-12:00,14:00-18:00",
    ),
    (
        "mer , lun 14:00-18:00 , 9:00-12:00",
        [(540, 720), (840, 1080), (3420, 3600), (3720, 3960)],
        "Mon,Wed 09:00-12:00,14:00-18:00",
    ),
    (
        "Fri 18:00-24:00; Sat-Sun; Mon 0:00-8:00",
        [(0, 480), (4 * DAY + 1080, WEEK)],
        "Mon 00:00-08:00; Fri 18:00-24:00; Sat-Sun",
    ),
    (
        "Mon-Fri 09:00-18:00; Sat 10:00-12:00",
        [*((d * DAY + 540, d * DAY + 1080) for d in range(5)), (5 * DAY + 600, 5 * DAY + 720)],
        "Mon-Fri 09:00-18:00; Sat 10:00-12:00",
    ),
    (
        "Mon-Sun 20:00-06:00",
        [(0, 360), *((d * DAY + 1200, d * DAY + 1800) for d in range(6)), (6 * DAY + 1200, WEEK)],
        "Mon-Sun 20:00-06:00",
    ),
]

REFUSED = [
    ("", ["empty"]),
    (" ; ;", ["empty"]),
    ("09:00-18:00", ["`09:00` is not a day", "`18:00` is not a day"]),
    ("Funday", ["`Funday` is not a day"]),
    ("Mon,,Tue", ["`` is not a day"]),
    ("Mon-Tue-Wed", ["`Mon-Tue-Wed` is not a range of days"]),
    ("Mon-Tue-Wod", ["`Mon-Tue-Wod` is not a range of days"]),
    ("-1 h", ["`-1` is not a range of days", "`h` is not a range of hours"]),
    ("1970-01-01T00:00Z", ["`1970-01-01T00:00Z` is not a range of days"]),
    ("Mon 9", ["`9` is not a range of hours"]),
    ("Mon Tue 9:00-10:00", ["`Tue 9:00`"]),
    ("Mon 9-10", ["`9` in `9-10`", "`10` in `9-10`"]),
    ("Mon 09:60-10:00", ["`09:60`"]),
    ("Mon 09:00-24:01", ["`24:01`"]),
    ("Mon 09:00-25:00", ["`25:00`"]),
    ("Mon 9:0-10:00", ["`9:0`"]),
    ("Mon 09:00-12:00-14:00", ["`12:00-14:00`"]),
    ("Mon 24:00-02:00", ["begins after the end"]),
    ("Mon 09:00-09:00", ["holds no minute"]),
    ("Mon 00:00-00:00", ["holds no minute"]),
    ("Mon \uff19:00-10:00", ["`\uff19:00`"]),
    ("Mon 09:00-18:00 Tue", ["`18:00 Tue`"]),
    (
        "Foo-Bar 09:61-10:00,8; Mon; Baz 24:00-25:00",
        ["`Foo`", "`Bar`", "`09:61`", "`8`", "`Baz`", "`25:00`"],
    ),
    ("x" * 100_000, ["`xxx"]),
    ("Mon " + " " * 100_000 + "?", ["`?`"]),
]


@pytest.mark.parametrize(("text", "windows", "shown"), READ)
def test_a_spelling_is_read(text: str, windows: list[tuple[int, int]], shown: str) -> None:
    week = Week.parse(text)
    assert list(week.windows) == windows
    assert str(week) == shown


@pytest.mark.parametrize(("text", "words"), REFUSED)
def test_a_bad_spelling_is_refused_with_every_problem(text: str, words: list[str]) -> None:
    with pytest.raises(InvalidError) as caught:
        Week.parse(text)
    problems = caught.value.problems
    assert len(problems) == len(words)
    for problem, word in zip(problems, words, strict=True):
        assert word in problem.message
        assert problem.hint
        assert len(str(problem)) < 400


@pytest.mark.parametrize("window", [(5, 5), (0, 0), (-1, 5), (WEEK, 5), (5, WEEK + 1), (5, -1)])
def test_an_odd_window_is_refused(window: tuple[int, int]) -> None:
    with pytest.raises(InvalidError, match="not a window") as caught:
        Week((window, (0, 10), window))
    assert len(caught.value.problems) == 2


def test_back_to_back_windows_leave_no_gap_and_no_overlap() -> None:
    morning, evening = Week.parse("Mon 09:00-12:00"), Week.parse("Mon 12:00-18:00")
    assert morning | evening == Week.parse("Mon 09:00-18:00")
    assert morning & evening == Week.never()
    assert morning.contains(719)
    assert not morning.contains(720)
    assert evening.contains(720)
    assert not evening.contains(1080)
    assert (morning | evening).minutes == morning.minutes + evening.minutes == 540


@pytest.mark.parametrize("minute", [-1, WEEK, WEEK + 5])
def test_a_minute_outside_the_week_is_refused(minute: int) -> None:
    with pytest.raises(InvalidError, match="not a minute of the week"):
        Week.always().contains(minute)


def test_always_and_never_are_complements() -> None:
    assert ~Week.always() == Week.never() == Week()
    assert ~Week.never() == Week.always()
    assert Week.always().minutes == WEEK
    assert Week.never().minutes == 0


@given(spans_lists)
def test_a_week_holds_the_minutes_of_its_windows(windows: list[tuple[int, int]]) -> None:
    week = Week(tuple(windows))
    held = brute(windows)
    assert minutes_of(week) == held
    assert week.minutes == len(held)
    assert all(week.contains(minute) == (minute in held) for minute in range(0, WEEK, 7))


@given(spans_lists)
def test_equality_is_that_of_the_minutes(windows: list[tuple[int, int]]) -> None:
    week = Week(tuple(windows))
    again = Week(tuple(reversed(week.windows + week.windows)))
    assert again == week
    assert hash(again) == hash(week)
    assert all(a[1] < b[0] for a, b in zip(week.windows, week.windows[1:], strict=False))


@given(weeks)
def test_a_night_is_of_two_days(week: Week) -> None:
    days = (Week(((day * 1440, day * 1440 + 1440),)) for day in range(7))
    beyond = [week.of_day(day) & ~whole for day, whole in enumerate(days)]
    assert week.has_nights is any(one.windows for one in beyond)


@given(weeks, weeks)
def test_the_operators_are_those_of_sets(a: Week, b: Week) -> None:
    assert minutes_of(a | b) == minutes_of(a) | minutes_of(b)
    assert minutes_of(a & b) == minutes_of(a) & minutes_of(b)
    assert minutes_of(~a) == set(range(WEEK)) - minutes_of(a)


@given(weeks, weeks, weeks)
def test_weeks_are_a_boolean_algebra(a: Week, b: Week, c: Week) -> None:
    assert a | b == b | a
    assert a & (b | c) == (a & b) | (a & c)
    assert ~(a | b) == ~a & ~b
    assert ~~a == a
    assert a | ~a == Week.always()
    assert a & ~a == Week.never()
    assert a | (a & b) == a


@given(weeks)
def test_reading_what_is_shown_gives_the_same_week(week: Week) -> None:
    assert Week.parse(str(week)) == week


@given(st.text(max_size=30) | st.text("MonTueSat0123459:-,; h", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        week = Week.parse(text)
    except InvalidError as error:
        hints = [problem.hint for problem in error.problems]
    else:
        hints = ["read"]
        assert Week.parse(str(week)) == week
    assert hints
    assert all(hints)


@pytest.mark.parametrize("zone", ZONES)
def test_a_week_follows_the_wall_clock_over_a_whole_year(zone: str) -> None:
    week = Week.parse("Mon-Fri 09:00-18:00; Sun 01:30-03:00; Sat 22:00-02:15")
    held = minutes_of(week)
    clock = zoneinfo.ZoneInfo(zone)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    hours = 0
    for step in range(366 * 24):
        at = start + timedelta(hours=step)
        wall = at.astimezone(clock)
        expected = (wall.isoweekday() - 1) * DAY + wall.hour * 60 + wall.minute in held
        assert week.holds(at, zone) == expected
        hours += expected
    # 45 working hours and about five more a week: neither nearly none nor nearly all
    assert 2400 < hours < 2800


def test_the_same_instant_is_held_or_not_by_the_zone_it_is_read_in() -> None:
    office = Week.parse("Mon-Fri 09:00-18:00")
    summer = datetime(2026, 7, 6, 7, 0, tzinfo=UTC)
    assert office.holds(summer, "Europe/Paris")
    assert not office.holds(summer - timedelta(microseconds=1), "Europe/Paris")
    assert not office.holds(summer, "UTC")
    assert not office.holds(datetime(2026, 1, 5, 7, 0, tzinfo=UTC), "Europe/Paris")
    assert office.holds(summer.astimezone(timezone(timedelta(hours=-11))), "Europe/Paris")


def test_a_repeated_hour_is_held_twice() -> None:
    early = Week.parse("Sun 02:00-03:00")
    held = [
        early.holds(datetime(2026, 10, 25, hour, 30, tzinfo=UTC), "Europe/Paris")
        for hour in range(3)
    ]
    assert held == [True, True, False]


def test_local_keeps_the_instant() -> None:
    at = datetime(2026, 7, 6, 7, 0, tzinfo=UTC)
    wall = local(at, "Asia/Kathmandu")
    assert wall == at
    assert (wall.hour, wall.minute) == (12, 45)


@pytest.mark.parametrize(
    ("at", "zone"),
    [
        (datetime.max.replace(tzinfo=UTC), "Asia/Tokyo"),
        (datetime.min.replace(tzinfo=UTC), "America/New_York"),
    ],
)
def test_a_local_time_beyond_the_calendar_is_refused(at: datetime, zone: str) -> None:
    with pytest.raises(InvalidError, match="no local time"):
        local(at, zone)


class Vague(tzinfo):
    """A zone that does not know its offset: the datetime is naive all the same."""

    def utcoffset(self, _: datetime | None) -> None: ...
    def dst(self, _: datetime | None) -> None: ...
    def tzname(self, _: datetime | None) -> None: ...


@pytest.mark.parametrize("name", ["local", "Local", "localtim", "posixrule", "right/UTC", "Pari"])
def test_a_zone_that_a_hint_names_is_one(name: str) -> None:
    (problem,) = zone_problems(name)
    near = problem.params.get("near", ())
    assert isinstance(near, tuple)
    assert not [problem for zone in near for problem in zone_problems(str(zone))]


@pytest.mark.parametrize("zone", [None, Vague()])
def test_a_naive_datetime_is_refused(zone: tzinfo | None) -> None:
    at = datetime(2026, 1, 1, tzinfo=zone)
    with pytest.raises(InvalidError, match=r"asked at: .* does not say its time zone"):
        require_aware(at, "asked at")
    with pytest.raises(InvalidError, match="does not say its time zone"):
        Week.always().holds(at, "UTC")


def test_an_aware_datetime_comes_back() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    assert require_aware(at, "at") is at


@pytest.mark.parametrize("name", [*ZONES, "Etc/GMT+5", "America/Argentina/Buenos_Aires"])
def test_a_known_zone_comes_back(name: str) -> None:
    assert check_zone(name) == name


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Europe/Pari", "did you mean `Europe/Paris`"),
        ("Europe/Pari", "`Europe/Paris`"),
        ("Paris", "`Europe/Paris`"),
        ("new york", "`America/New_York`"),
        ("europe/paris ", "`Europe/Paris`"),
        ("Europe", "did you mean `Europe/"),
        ("", "zones are named"),
        ("x" * 100_000, "zones are named"),
        ("!?", "zones are named"),
    ],
)
def test_an_unknown_zone_is_refused_with_the_nearest(name: str, hint: str) -> None:
    with pytest.raises(InvalidError, match="is not a known time zone") as caught:
        check_zone(name)
    (problem,) = caught.value.problems
    assert problem.hint is not None
    assert hint in problem.hint
    assert len(str(problem)) < 400


HOSTILE = [
    "../../etc/passwd",
    "/etc/passwd",
    "Europe/../../etc/passwd",
    "Europe/Paris\0",
    "Europe\\Paris",
    "C:/Windows",
    "Europe/Paris/",
    "Europe//Paris",
    ".",
    "-x",
    "\ud800",
    "Europe/Paris\n",
    "Éurope/Paris",
    "posix/Europe/Paris",
    "right/Europe/Paris",
    "localtime",
    "posixrules",
    "a" * 65,
    "a/" * 5000,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_never_reaches_the_file_system(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached: list[str] = []
    monkeypatch.setattr(zoneinfo, "ZoneInfo", reached.append)
    with pytest.raises(InvalidError, match="is not a known time zone"):
        check_zone(name)
    assert reached == []


@pytest.mark.parametrize(
    "error",
    [zoneinfo.ZoneInfoNotFoundError, ValueError, IsADirectoryError, PermissionError, ImportError],
)
def test_whatever_the_lookup_raises_is_told_the_same_way(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: str) -> tzinfo:
        raise error

    monkeypatch.setattr(zoneinfo, "ZoneInfo", fail)
    with pytest.raises(InvalidError, match="is not a known time zone"):
        check_zone("Europe/Paris")


@pytest.fixture
def zones_asked_anew() -> Iterator[None]:
    """Ask the machine for the names of zones anew, in a test and after it."""
    _hinted_zones.cache_clear()
    yield
    _hinted_zones.cache_clear()


@pytest.mark.usefixtures("zones_asked_anew")
def test_the_names_of_zones_are_asked_of_the_machine_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[set[str]] = []

    def ask() -> set[str]:
        asked.append({"Europe/Paris"})
        return asked[-1]

    monkeypatch.setattr(zoneinfo, "available_timezones", ask)
    for number in range(20):
        with pytest.raises(InvalidError, match="did you mean `Europe/Paris`"):
            check_zone(f"Europe/Pari{number}")
    assert len(asked) == 1


@pytest.mark.usefixtures("zones_asked_anew")
def test_a_machine_without_zones_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zoneinfo, "available_timezones", set[str])
    with pytest.raises(InvalidError, match=r"pip install 'cmcore\[zones\]'"):
        check_zone("Europe/Nowhere")


def test_what_is_wrong_with_a_zone_is_told_under_it() -> None:
    assert list(zone_problems("Europe/Paris")) == []
    (problem,) = zone_problems("Paris")
    assert problem.path == ("zone",)
    assert "`Paris` is not a known time zone" in problem.message


@pytest.mark.parametrize(
    ("zone", "hint"),
    [
        ("GMT+1", "name a place, such as `Europe/Paris`: an offset knows no summer time"),
        ("utc-05:00", "name a place, such as `Europe/Paris`: an offset knows no summer time"),
        ("+01:00", "name a place, such as `Europe/Paris`: an offset knows no summer time"),
        ("Europe/paris", "did you mean `Europe/Paris`?"),
        ("gmt", "did you mean `GMT`?"),
        ("france", "zones are named as in the IANA database, such as `Europe/Paris`"),
    ],
)
def test_what_is_told_of_a_zone_leads_to_none_that_is_not_meant(zone: str, hint: str) -> None:
    with pytest.raises(InvalidError) as caught:
        check_zone(zone)
    assert [problem.hint for problem in caught.value.problems] == [hint]
