"""Calendars in iCalendar: what is read of a rota, what is written, and what is refused."""

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cmcore import Availability, InvalidError, Member, Needs, Team, Watch, Week, coverage
from cmcore.base.errors import MissingExtraError
from cmcore.codec import read_rota, to_ical
from cmcore.codec.ical.repeats import Budget, occurrences, rule_of
from cmcore.display.wording import Language
from cmcore.strategies import reviews, teams
from cmcore.teams import Leave, Shift
from cmcore.teams.presence import presence
from cmcore.time import Span
from cmcore.time.intervals import Clocks, count
from cmcore.time.week import local

pytest.importorskip("icalendar")
from dateutil.rrule import rrulestr
from icalendar import Calendar
from icalendar.prop import vRecur

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
YEAR = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
PARIS = Availability(Week.never(), "Europe/Paris")
TEAM = Team("desk", [Member("ana", name="Ana Li", availability=PARIS), Member("bo"),
                     Member("cléo", name="Cléo")])  # fmt: skip


def event(*lines: str, uid: str = "1") -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"])


def calendar(*events: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *events, "END:VCALENDAR", ""])


def on(day: str, length: str = "PT8H", *more: str) -> tuple[str, ...]:
    return (f"DTSTART;TZID=Europe/Paris:{day}", f"DURATION:{length}", *more)


def shifts(text: str, zones: dict[str, str] | None = None) -> list[str]:
    found = read_rota(text, TEAM, *YEAR, zones=zones).member("ana").availability.shifts
    return [f"{one.start:%m-%d %H:%M} {one.stop - one.start}" for one in found]


def refused(call: Callable[[], object]) -> list[str]:
    with pytest.raises(InvalidError) as error:
        call()
    return [str(one) for one in error.value.problems]


# ------------------------------------------------------------------------------------- round trip


Time = TypeVar("Time", Shift, Leave)


def whole(team: Team) -> Team:
    """Return a team whose times are in whole seconds."""

    def rounded(one: Time) -> Time:
        start = one.start.replace(microsecond=0)
        return type(one)(start, max(start + timedelta(seconds=1), one.stop.replace(microsecond=0)))

    return attrs.evolve(team, members=[
        attrs.evolve(m, availability=attrs.evolve(
            m.availability,
            shifts=map(rounded, m.availability.shifts),
            leaves=map(rounded, m.availability.leaves),
        ))
        for m in team.members
    ])  # fmt: skip


@given(teams(), st.sampled_from(["en", "fr"]))
def test_what_is_written_of_a_team_reads_back_equal(team: Team, language: Language) -> None:
    team = whole(team)
    bare = attrs.evolve(team, members=[
        attrs.evolve(m, availability=attrs.evolve(m.availability, shifts=(), leaves=()))
        for m in team.members
    ])  # fmt: skip
    written = to_ical(team, at=NOON, language=language)
    every = [t for m in team.members for t in (*m.availability.shifts, *m.availability.leaves)]
    read = bare
    for year in (1, 1900, *range(1990, 2060, 10)):
        start = datetime(year, 1, 1, tzinfo=UTC)
        read = read_rota(written, read, start, start + timedelta(days=3653))
    assert read == team
    uids = [str(one["UID"]) for one in Calendar.from_ical(written).walk("VEVENT")]
    assert len({*uids}) == len(uids) == len(every)


def test_a_fraction_of_a_second_is_not_written() -> None:
    odd = Shift(NOON, NOON + timedelta(hours=1, microseconds=1))
    team = Team("t", [Member("ana", availability=Availability(shifts=[odd]))])
    assert refused(lambda: to_ical(team, at=NOON)) == [
        (
            "members.ana.availability.shifts[0].stop: `2026-03-02T13:00:00.000001+00:00` is not in "
            "whole seconds, as calendars have it (round it)"
        )
    ]


@given(st.lists(reviews(), max_size=3))
def test_each_deadline_that_is_still_to_come_is_an_event(many: list[Any]) -> None:
    from cmcore.reviews import status

    last = max((one.opening.at for one in many), default=NOON)
    last = max([last, *(e.at for one in many for e in one.events)])
    tracks = [t for one in many for t in status(one, last).tracks if t.is_running and t.until]
    events = Calendar.from_ical(to_ical(many, at=last)).walk("VEVENT")
    assert [one.decoded("DTSTART") for one in events] == [
        t.until.replace(microsecond=0) for t in tracks if t.until
    ]
    french = to_ical(many, at=last, language="fr")
    openings = {(one.digest, one.opening.act.id, one.opening.at) for one in many}
    if len(openings) == len(many):  # of one review twice, a deadline is the same event
        check_lines(french, last)
    assert not tracks or b"\r\nSUMMARY:\xc3\x89ch\xc3\xa9ance" in french


ZONES: Final = st.sampled_from(["UTC", "Europe/Paris", "America/Lima", "Asia/Kathmandu"])
#: A calendar has no other controls than ends of lines, and one kind of these.
SAID: Final = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=90)


def check_lines(written: bytes, at: datetime) -> None:
    """Check what RFC 5545 asks of the lines of a calendar, and of the events in it."""
    assert written.endswith(b"\r\n")
    lines = written.split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line or len(line) > 75 for line in lines)
    whole = written.replace(b"\r\n ", b"").decode().split("\r\n")
    assert whole[0] == "BEGIN:VCALENDAR"
    assert {"VERSION:2.0", "PRODID:-//cmcore//cmcore//EN"} <= {*whole}
    names = [line.partition(":")[0] for line in whole]
    count = names.count("UID")
    stamp = f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    assert [line for line in whole if line.startswith("DTSTAMP")] == [stamp] * count
    assert whole.count("BEGIN:VEVENT") == names.count("DTSTART") == count
    assert len({line for line in whole if line.startswith("UID:")}) == count
    assert not any("TZID" in name for name in names)  # no zone is named, so none is to be described


@given(teams(), ZONES)
def test_the_calendar_of_a_team_is_as_the_standard_has_it(team: Team, zone: str) -> None:
    at = NOON.astimezone(ZoneInfo(zone))
    check_lines(to_ical(whole(team), at=at), at)


@example([(("🕯 " * 40) + "fin", "ana"), ("a,b;c\\d", "bo")])
@given(st.lists(st.tuples(SAID, st.sampled_from(["ana", "bo", "cy"])),
                max_size=3, unique_by=lambda pair: pair[1]))  # fmt: skip
def test_no_name_breaks_the_lines_of_a_calendar(people: list[tuple[str, str]]) -> None:
    on_duty = Availability(shifts=[Shift(NOON, NOON + timedelta(hours=1))])
    try:
        members = [Member(id_, name=name, availability=on_duty) for name, id_ in people]
    except InvalidError:
        return
    team = Team("t", members)
    written = to_ical(team, at=NOON)
    check_lines(written, NOON)
    read = Calendar.from_ical(written).walk("VEVENT")
    assert [str(one["SUMMARY"]) for one in read] == [one.name for one in team.members]


# ------------------------------------------------------------------------------------- repetitions

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SOME_DAYS = st.lists(st.sampled_from(WEEKDAYS), min_size=1,
                     unique=True)  # fmt: skip


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Draw a rule that falls on some day at least, since dateutil never gives up on others."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 3))}"]
    dated = frequency in {"MONTHLY", "YEARLY"}
    if draw(st.booleans()):
        which = [1, 2, 4, -1, -4] if dated and draw(st.booleans()) else [0]
        days = draw(SOME_DAYS)
        nth = draw(st.sampled_from(which))
        parts.append("BYDAY=" + ",".join(f"{nth or ''}{day}" for day in days))
    elif dated and draw(st.booleans()):
        numbers = draw(st.lists(st.sampled_from([1, 15, 28, 31, -1, -28]), min_size=1, unique=True))
        parts.append("BYMONTHDAY=" + ",".join(map(str, [*numbers, 7])))
    if frequency == "YEARLY" and draw(st.booleans()):
        parts.append(f"BYMONTH={draw(st.integers(1, 12))}")
    if dated and draw(st.booleans()):
        parts.append("BYSETPOS=" + draw(st.sampled_from(["1", "-1", "1,-1"])))
    if frequency == "WEEKLY":
        parts.append("WKST=" + draw(st.sampled_from(["MO", "SU", "WE"])))
    end = draw(
        st.sampled_from(["", "COUNT=1", "COUNT=9", "UNTIL=20250301T120000", "UNTIL=20240105"])
    )
    return ";".join([*parts, *([end] if end else [])])


@settings(max_examples=200)
@given(rules(), st.datetimes(datetime(2022, 1, 1), datetime(2024, 12, 31)), st.integers(0, 900))  # noqa: DTZ001 - of a clock
def test_a_rule_falls_on_the_days_that_dateutil_finds(
    text: str, start: datetime, length: int
) -> None:
    start = start.replace(second=0, microsecond=0)
    first = date(2024, 1, 1)
    last = first + timedelta(days=length)
    rule = rule_of(vRecur.from_ical(text), start)
    found = list(occurrences(rule, start, first, last, Budget(10**6)))
    ends = datetime.combine(first, time()), datetime.combine(last, time.max)
    until = text.replace("UNTIL=20240105", "UNTIL=20240105T235959")
    assert found == rrulestr(until, dtstart=start).between(*ends, inc=True)


def test_a_place_in_a_week_is_counted_from_its_first_day() -> None:
    """Unlike by dateutil, which counts from the start in the first week."""
    start = datetime(2024, 9, 5, 22)  # noqa: DTZ001 - a Thursday, on some clock
    rule = rule_of(vRecur.from_ical("FREQ=WEEKLY;BYDAY=TU,TH,FR;BYSETPOS=2"), start)
    found = occurrences(rule, start, start.date(), start.date() + timedelta(days=13), Budget(99))
    assert [one.day for one in found] == [5, 12]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY;INTERVAL=40;UNTIL=20260601T070000Z", ["03-02", "04-11", "05-21"]),
        ("FREQ=DAILY;INTERVAL=40;UNTIL=20260521T065959Z", ["03-02", "04-11"]),
        ("FREQ=DAILY;INTERVAL=40;UNTIL=20260411", ["03-02", "04-11"]),
        ("FREQ=MONTHLY;INTERVAL=3", ["03-02", "06-02", "09-02", "12-02"]),
        ("FREQ=MONTHLY;BYDAY=1MO;COUNT=2;BYHOUR=9;BYMINUTE=0", ["03-02", "04-06"]),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", ["03-27", "04-24"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", ["03-31", "04-30"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1,1;COUNT=3", ["03-02", "03-31", "04-01"]),
        ("FREQ=YEARLY", ["03-02"]),
        ("FREQ=YEARLY;BYMONTH=5,6;BYDAY=2SU", ["05-10", "06-14"]),
        ("FREQ=YEARLY;BYDAY=20MO,-1MO", ["05-18", "12-28"]),
        ("FREQ=YEARLY;BYMONTHDAY=31;COUNT=2", ["03-31", "05-31"]),
        ("FREQ=WEEKLY;INTERVAL=30;WKST=SU;BYDAY=SU,MO", ["03-02", "09-27", "09-28"]),
    ],
)
def test_a_rule_falls_on_its_days(rule: str, days: list[str]) -> None:
    text = calendar(event("SUMMARY:Ana Li", *on("20260302T090000"), f"RRULE:{rule}"))
    assert [one.split()[0] for one in shifts(text)] == days


@pytest.mark.parametrize("frequency", ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
def test_no_rule_goes_beyond_the_last_year(frequency: str) -> None:
    text = calendar(event("SUMMARY:bo", "DTSTART:20261231T000000Z", "DURATION:PT1H",
                          f"RRULE:FREQ={frequency}"))  # fmt: skip
    start = datetime(9999, 12, 30, tzinfo=UTC)
    found = read_rota(text, TEAM, start, start + timedelta(hours=40)).member("bo")
    assert start + timedelta(days=1) in {one.start for one in found.availability.shifts} | (
        {start + timedelta(days=1)} if frequency == "WEEKLY" else set()
    )


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=HOURLY;INTERVAL=8", "FREQ=DAILY;BYHOUR=1,2", "FREQ=DAILY;BYMINUTE=5",
     "FREQ=YEARLY;BYWEEKNO=3", "FREQ=YEARLY;BYYEARDAY=3", "FREQ=DAILY;INTERVAL=0", "BYDAY=MO",
     "FREQ=DAILY;COUNT=0", "FREQ=WEEKLY;BYDAY=1MO", "FREQ=MONTHLY;BYDAY=0MO", "FREQ=DAILY;X-A=3",
     "FREQ=YEARLY;BYMONTH=13", "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=MONTHLY;BYDAY=XX", "FREQ=;;", ""],
)  # fmt: skip
def test_a_rule_that_is_not_read_is_refused(rule: str) -> None:
    text = calendar(event("SUMMARY:Ana Li", *on("20260302T090000"), f"RRULE:{rule}"))
    (problem,) = refused(lambda: read_rota(text, TEAM, *YEAR))
    assert problem.startswith("events.1, line 8: ")


@pytest.mark.parametrize(("lines", "said"), [
    (("RRULE:FREQ=DAILY;INTERVAL=0",), "line 8: `INTERVAL=0` says nothing that a repetition can"),
    (("RRULE:FREQ=DAILY;COUNT=0",), "line 8: `COUNT=0` says nothing that a repetition can be"),
    (("RRULE:FREQ=YEARLY;BYMONTH=13",), "line 8: `BYMONTH=13` says nothing"),
    (("RRULE:FREQ=WEEKLY;BYDAY=1MO",), "line 8: `BYDAY=1MO` says nothing"),
    (("RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"), "line 9: the event has more than one `RRULE`"),
    (("EXRULE:FREQ=WEEKLY",), "line 8: a repetition with `EXRULE` is not read"),
    (("RRULE:FREQ=HOURLY",), "line 8: a repetition with `FREQ=HOURLY` is not read"),
])  # fmt: skip
def test_what_is_wrong_with_a_rule_is_not_what_is_not_read(
    lines: tuple[str, ...], said: str
) -> None:
    text = calendar(event("SUMMARY:Ana Li", *on("20260302T090000"), *lines))
    (problem,) = refused(lambda: read_rota(text, TEAM, *YEAR))
    assert problem.startswith(f"events.1, {said}")


@pytest.mark.parametrize(("off", "starts"), [
    ("EXDATE:20260303T080000Z", None),
    ("EXDATE;TZID=Europe/Paris:20260303T090000", None),
    ("EXDATE;VALUE=DATE:20260303", None),
    ("EXDATE;TZID=Europe/Paris:20260303T080000", "09:00"),
    ("EXDATE:20260303T090000Z", "09:00"),
    ("EXDATE:20260303T080000", "09:00"),
    ("EXDATE;TZID=Europe/Paris:20260330T080000", None),
    ("EXDATE;VALUE=DATE:20260330", None),
])  # fmt: skip
def test_what_should_take_out_an_occurrence_and_takes_none_is_told(
    off: str, starts: str | None
) -> None:
    text = calendar(
        event("SUMMARY:Ana Li", *on("20260302T090000"), "RRULE:FREQ=DAILY;COUNT=3", off)
    )
    if starts is None:
        days = [
            one.start.day for one in read_rota(text, TEAM, *YEAR).member("ana").availability.shifts
        ]
        assert days == ([2, 3, 4] if "0330" in off else [2, 4])
        return
    (problem,) = refused(lambda: read_rota(text, TEAM, *YEAR))
    assert problem.startswith("events.1, line 3: ")
    assert "takes nothing out" in problem
    assert starts in problem
    later = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
    assert read_rota(text, TEAM, *later) == TEAM


def test_a_change_of_an_occurrence_that_there_is_not_is_told() -> None:
    daily = event("SUMMARY:Ana Li", *on("20260302T090000"), "RRULE:FREQ=DAILY;COUNT=3")
    moved = event("SUMMARY:Ana Li", *on("20260303T140000"), "RECURRENCE-ID:20260303T093000Z")
    (problem,) = refused(lambda: read_rota(calendar(daily, moved), TEAM, *YEAR))
    assert "takes nothing out" in problem


@pytest.mark.parametrize(
    "rule", ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30,31"]
)
def test_a_rule_that_never_falls_ends(rule: str) -> None:
    assert (
        shifts(calendar(event("SUMMARY:bo ana li", *on("00010101T090000"), f"RRULE:{rule}"))) == []
    )


def over_budget(count: int) -> list[str]:
    daily = on("00010101T090000", "PT1H", f"RRULE:FREQ=DAILY;COUNT={count}")
    many = [event("SUMMARY:Ana Li", *daily, uid=str(n)) for n in range(3)]
    return refused(lambda: read_rota(calendar(*many), TEAM, *YEAR))


@pytest.mark.usefixtures("long_loop")
def test_rules_are_looked_at_within_a_budget() -> None:
    assert over_budget(999_999) == [
        (
            "events.2, line 17: its repetitions have too many days to look at: 2,000,000 at most "
            "(ask for a shorter window)"
        )
    ]


def test_so_they_are_within_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cmcore.codec.ical.read.MOST_DAYS", 2_000)
    (one,) = over_budget(999)
    assert one.startswith("events.2, line 17: its repetitions have too many days to look at: 2,000")


# ------------------------------------------------------------------------------------- what is read


def test_exceptions_changes_and_cancellations_of_a_repeated_event() -> None:
    daily = event("SUMMARY:Ana Li", *on("20260302T090000"), "RRULE:FREQ=DAILY;COUNT=6",
                  "EXDATE;TZID=Europe/Paris:20260303T090000", "EXDATE;VALUE=DATE:20260304",
                  "RDATE;TZID=Europe/Paris:20260401T090000")  # fmt: skip
    moved = event(
        "SUMMARY:Ana Li", *on("20260305T140000", "PT1H"), "RECURRENCE-ID:20260305T080000Z"
    )
    off = event("SUMMARY:Ana Li", *on("20260306T090000"), "STATUS:CANCELLED",
                "RECURRENCE-ID;TZID=Europe/Paris:20260306T090000")  # fmt: skip
    gone = event("SUMMARY:Ana Li", *on("20260501T090000"), "STATUS:CANCELLED", uid="2")
    text = calendar(daily, moved, off, gone)
    assert shifts(text) == [
        "03-02 08:00 8:00:00", "03-05 13:00 1:00:00", "03-07 08:00 8:00:00", "04-01 07:00 8:00:00",
    ]  # fmt: skip


def test_the_latest_version_of_an_event_counts() -> None:
    old, new = (event("SUMMARY:Ana Li", *on(f"2026030{n}T090000"), f"SEQUENCE:{n}") for n in (2, 3))
    assert shifts(calendar(new, old)) == shifts(calendar(old, new)) == ["03-03 08:00 8:00:00"]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (("DTSTART:20260302T090000Z", "DTEND:20260302T100000Z"), ["03-02 09:00 1:00:00"]),
        (("DTSTART:20260302T090000", "DTEND:20260302T100000"), ["03-02 08:00 1:00:00"]),
        (("DTSTART;VALUE=DATE:20260302",), ["03-01 23:00 1 day, 0:00:00"]),
        (("DTSTART;VALUE=DATE:20260328", "DTEND;VALUE=DATE:20260330"),
         ["03-27 23:00 1 day, 23:00:00"]),
        (("DTSTART:19000101T000000Z", "DTEND:20260102T000000Z"),
         ["01-01 00:00 46022 days, 0:00:00"]),
        (on("20260328T120000", "P1D"), ["03-28 11:00 23:00:00"]),
        (on("20260328T120000", "PT24H"), ["03-28 11:00 1 day, 0:00:00"]),
        (on("20260328T120000", "P1DT1H"), ["03-28 11:00 1 day, 0:00:00"]),
        (on("20260328T120000", "P1W"), ["03-28 11:00 6 days, 23:00:00"]),
        (("DTSTART;TZID=Romance Standard Time:20260302T090000", "DURATION:PT1H"),
         ["03-02 08:00 1:00:00"]),
        (("DTSTART;TZID=/example.org/2026/Europe/Paris:20260302T090000", "DURATION:PT1H"),
         ["03-02 08:00 1:00:00"]),
        (("DTSTART;TZID=Desk:20260302T090000", "DURATION:PT1H"), ["03-02 00:00 1:00:00"]),
        (("DTSTART;TZID=Europe/Paris:20260302T090000", "DTEND;TZID=Europe/London:20260302T090000"),
         ["03-02 08:00 1:00:00"]),
        (("DTSTART:20250302T090000Z",), []),
        (("DTSTART:20260302T090000Z", "DTEND:20260302T090000Z"), []),
        (("DTSTART:20260302T090000Z", "STATUS:CANCELLED"), []),
        (on("20250302T090000"), []),
        (on("20251231T220000"), ["12-31 21:00 8:00:00"]),
    ],
)  # fmt: skip
def test_times_are_read_as_their_clock_shows_them(said: tuple[str, ...], found: list[str]) -> None:
    text = calendar(event("SUMMARY:Ana Li", *said))
    assert shifts(text, zones={"Desk": "Asia/Tokyo"}) == found


@pytest.mark.parametrize(
    ("zone", "start", "stop", "lasts"),
    [
        ("Europe/Paris", "20260328T220000", "20260329T060000", 7),
        ("Europe/Paris", "20261024T220000", "20261025T060000", 9),
        ("Europe/Paris", "20260329T023000", "20260329T050000", 1.5),  # it begins in no hour
        ("America/Sao_Paulo", "20181103T220000", "20181104T060000", 7),
        ("America/Sao_Paulo", "20180217T220000", "20180218T060000", 9),
        ("America/Sao_Paulo", "20181104", "20181105", 23),
        ("Australia/Lord_Howe", "20260404T220000", "20260405T060000", 8.5),
        ("Australia/Lord_Howe", "20261003T220000", "20261004T060000", 7.5),
    ],
)
def test_a_night_in_which_clocks_change_ends_when_the_clock_says(
    zone: str, start: str, stop: str, lasts: float
) -> None:
    value = "VALUE=DATE" if len(start) == len("20260101") else f"TZID={zone}"
    text = calendar(event("SUMMARY:x", f"DTSTART;{value}:{start}", f"DTEND;{value}:{stop}"))
    team = Team("t", [Member("a", availability=Availability(zone=zone))])
    day = datetime.strptime(start[:8], "%Y%m%d").replace(tzinfo=UTC)
    read = read_rota(text, team, day - timedelta(days=2), day + timedelta(days=3), whose="a")
    (found,) = read.members[0].availability.shifts
    assert (found.stop - found.start) / timedelta(hours=1) == lasts


@pytest.mark.parametrize("stop", ["20260329T030000", "20260329T033000"])
def test_an_event_of_which_clocks_leave_nothing_is_told_and_none_is_stretched(stop: str) -> None:
    times = ("DTSTART;TZID=Europe/Paris:20260329T023000", f"DTEND;TZID=Europe/Paris:{stop}")
    (said,) = refused(lambda: read_rota(calendar(event("SUMMARY:Ana Li", *times)), TEAM, *YEAR))
    assert said.startswith("events.1, line 3: nothing is left of the event: clocks skip `")
    assert "02:30" in said
    assert shifts(calendar(event("SUMMARY:Ana Li", *on("20260329T023000", "PT1H")))) == [
        "03-29 01:30 1:00:00"
    ]
    earlier = tuple(one.replace("0329T", "0328T") for one in times)
    found = shifts(calendar(event("SUMMARY:Ana Li", *earlier, "RRULE:FREQ=DAILY;COUNT=2")))
    assert [one[:11] for one in found] == ["03-28 01:30"]  # what is repeated is left out that day


SKIPPING: Final = {"Europe/Paris": date(2026, 3, 29), "America/Sao_Paulo": date(2018, 11, 4),
                   "Australia/Lord_Howe": date(2026, 10, 4)}  # fmt: skip


@given(st.sampled_from([*SKIPPING]), st.integers(0, 95), st.integers(1, 60))
@example("Europe/Paris", 8, 4)
@example("Europe/Paris", 10, 3)
def test_what_is_repeated_lasts_from_what_the_clock_shows_to_what_it_shows_and_no_longer(
    zone: str, begins: int, lasts: int
) -> None:
    day, clock = SKIPPING[zone], ZoneInfo(zone)
    walls = [datetime.combine(day + timedelta(days=n), time()) + begins * QUARTER
             for n in range(-3, 4)]  # fmt: skip
    first, stop = walls[0], walls[0] + lasts * QUARTER
    text = calendar(event(
        "SUMMARY:x", f"DTSTART;TZID={zone}:{first:%Y%m%dT%H%M%S}",
        f"DTEND;TZID={zone}:{stop:%Y%m%dT%H%M%S}", "RRULE:FREQ=DAILY;COUNT=7",
    ))  # fmt: skip
    spans = [
        (one.replace(tzinfo=clock).timestamp(),
         (one + lasts * QUARTER).replace(tzinfo=clock).timestamp())
        for one in walls
    ]  # fmt: skip
    noon = datetime.combine(day, time(12), UTC)
    read = read_rota(text, Team("t", [Member("a", availability=Availability(zone=zone))]),
                     noon - timedelta(days=9), noon + timedelta(days=9), whose="a")  # fmt: skip
    found = [(one.start.timestamp(), one.stop.timestamp())
             for one in read.members[0].availability.shifts]  # fmt: skip
    assert sorted(found) == [span for span in spans if span[0] < span[1]]


def test_a_calendar_that_we_wrote_of_nobody_s_time_is_read() -> None:
    assert read_rota(to_ical(TEAM, at=NOON), TEAM, *YEAR) == TEAM


@given(
    st.sampled_from(["Europe/Paris", "America/Sao_Paulo", "Australia/Lord_Howe"]),
    st.sampled_from([2018, 2026]),
    SOME_DAYS,
    st.sampled_from([("0800", "1730"), ("2200", "0600"), ("1200", "0400")]),
)
@settings(max_examples=12)
def test_a_weekly_shift_is_on_duty_as_the_hours_of_a_week_are(
    zone: str, year: int, days: list[str], hours: tuple[str, str]
) -> None:
    opens, shuts = hours
    over = opens > shuts
    first = date(year - 1, 12, 21)
    first += timedelta(days=(WEEKDAYS.index(days[0])
                             - first.weekday()) % 7)  # fmt: skip
    text = calendar(event(
        "SUMMARY:x", f"DTSTART;TZID={zone}:{first:%Y%m%d}T{opens}00",
        f"DTEND;TZID={zone}:{first + timedelta(days=over):%Y%m%d}T{shuts}00",
        f"RRULE:FREQ=WEEKLY;BYDAY={','.join(days)}",
    ))  # fmt: skip
    names = dict(zip(WEEKDAYS, ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], strict=True))
    told = f"{opens[:2]}:{opens[2:]}-{shuts[:2]}:{shuts[2:]}"
    week = Week.parse("; ".join(f"{names[day]} {told}" for day in days))
    window = Span(datetime(year, 1, 7, tzinfo=UTC), datetime(year, 12, 20, tzinfo=UTC))
    bare = Team("t", [Member("a", availability=Availability(Week.never(), zone))])
    (rota,) = read_rota(text, bare, window.start, window.stop, whose="a").members
    (usual,) = bare.with_member(Member("a", availability=Availability(week, zone))).members
    clocks = Clocks(window)
    assert presence(rota, clocks, None).surely == presence(usual, clocks, None).surely


@pytest.mark.parametrize(
    ("lines", "whose"),
    [
        (("SUMMARY:On call: ana LI (desk)",), ["ana"]),
        (("SUMMARY:Cleo + Bo",), ["bo", "cléo"]),
        (("SUMMARY:x", "ATTENDEE;CN=Ana Li:mailto:a@example.org"), ["ana"]),
        (("SUMMARY:Bo", "ATTENDEE:MAILTO:Chef@example.org", "ATTENDEE;CUTYPE=ROOM:mailto:r@x.org"),
         ["cléo"]),
        (("SUMMARY:Bo", "ATTENDEE;PARTSTAT=DECLINED;CN=Ana Li:mailto:a@x.org"), []),
        (("SUMMARY:Bo", "ATTENDEE;PARTSTAT=TENTATIVE;CN=Ana Li:mailto:a@x.org"), []),
        (("SUMMARY:x", "ATTENDEE:mailto:lunch", "ATTENDEE;CN=Bo:mailto:b@x.org"), ["bo"]),
        (("SUMMARY:shift", "ORGANIZER;CN=bo:mailto:b@x.org"), ["bo"]),
        (("SUMMARY:lunch of all",), []),
        (("SUMMARY:bo", "X-CMCORE-MEMBER:ana"), ["ana"]),
        (("SUMMARY:bo", "STATUS:TENTATIVE"), []),
    ],
)  # fmt: skip
def test_whose_an_event_is(lines: tuple[str, ...], whose: list[str]) -> None:
    people = {"chef@example.org": "cléo", "lunch": None}
    text = calendar(event(*lines, *on("20260302T090000")))
    read = read_rota(text, TEAM, *YEAR, people=people)
    assert [one.id for one in read.members if one.availability.shifts] == whose
    mine = read_rota(text, TEAM, *YEAR, whose="bo")
    tentative = "STATUS:TENTATIVE" in lines
    assert [o.id for o in mine.members if o.availability.shifts] == ([] if tentative else ["bo"])


@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        (("SUMMARY:Bo",), {"leaves": True}),
        (("SUMMARY:Congés Bo", "STATUS:TENTATIVE"), {"leave_words": ["conges"]}),
        (("SUMMARY:Bo", "CATEGORIES:Sick,Team"), {"leave_words": ["sick", ""]}),
        (("SUMMARY:Bo", "X-MICROSOFT-CDO-BUSYSTATUS:OOF"), {}),
        (("ATTENDEE;CN=Bo;PARTSTAT=TENTATIVE:mailto:b@x.org",), {"leaves": True}),
    ],
)
def test_what_is_a_leave(lines: tuple[str, ...], asked: dict[str, Any]) -> None:
    text = calendar(event(*lines, *on("20260302T090000")))
    when = read_rota(text, TEAM, *YEAR, **asked).member("bo").availability
    assert (when.shifts, len(when.leaves)) == ((), 1)


def test_words_stand_by_themselves() -> None:
    text = calendar(event("SUMMARY:Bossick\\, bo: sickness", *on("20260302T090000")))
    when = read_rota(text, TEAM, *YEAR, leave_words=["sick"]).member("bo").availability
    assert (len(when.shifts), when.leaves) == (1, ())


# ------------------------------------------------------------------------------------- what is not


def test_every_problem_is_said_at_once_with_its_place() -> None:
    text = calendar(
        event("SUMMARY:Zed", *on("20260302T090000"), uid="a"),
        event("SUMMARY:Ana Li", "DTSTART;TZID=Mars/Base:20260302T090000", uid="b"),
        event("SUMMARY:Ana Li", "DTSTART:20260232", "RDATE:x", "DURATION:-P1D", uid="c"),
        event("SUMMARY:Ana Li", uid="d"),
        event("SUMMARY:Ana Li", "DTSTART:20260302T090000Z", "DTEND:20260301T090000Z", uid="e"),
        event("SUMMARY:Ana Li", *on("20260302T090000", "P1X"), uid="f"),
        event("SUMMARY:Ana Li", *on("20260302T090000", "-P1D"), uid="g"),
        event("SUMMARY:Ana Li", *on("20260302T090000"), "EXRULE:FREQ=DAILY",
              "RECURRENCE-ID;RANGE=THISANDFUTURE:20260302T080000Z", uid="h"),
        event("SUMMARY:Ana Li", "DTSTART:20260302T090000Z", "DTEND:20260302T100000", uid="i"),
        event("ATTENDEE:mailto:who@example.org", *on("20260302T090000"), uid="j"),
    )  # fmt: skip
    found = refused(lambda: read_rota(text, TEAM, *YEAR))
    places = [one.split(": ")[0] for one in found]
    assert places == [
        "events.b, line 12", "events.c, line 17", "events.c, line 18", "events.d, line 21",
        "events.e, line 29", "events.f, line 35", "events.g, line 41", "events.h, line 48",
        "events.h, line 49", "events.i, line 55", "events.a, line 5", "events.j, line 59",
    ]  # fmt: skip
    with pytest.raises(InvalidError) as error:
        read_rota(text, TEAM, *YEAR)
    french = error.value.problems[-1].text("fr").replace("\xa0", " ").replace("\u202f", " ")
    assert french == (
        "events.j, ligne 59 : personne ne sait à qui est l’événement `who@example.org` "
        "(dites qui c’est dans `people`, ou `None` pour l’écarter)"
    )


def test_an_event_without_end_is_told_where_it_is_somebodys_and_in_the_window() -> None:
    bare = "DTSTART;TZID=Europe/Paris:20251231T090000"
    text = calendar(event("SUMMARY:Ana Li", bare, "RRULE:FREQ=WEEKLY;COUNT=2"))
    (said,) = refused(lambda: read_rota(text, TEAM, *YEAR))
    assert said.startswith("events.1, line 3: the event has no end: neither `DTEND` nor `DURATION`")
    assert shifts(calendar(event("SUMMARY:Ana Li", bare))) == []
    people = {"Zed": None}
    text = calendar(event("SUMMARY:Zed", "DTSTART:20260302T090000Z"))
    assert read_rota(text, TEAM, *YEAR, people=people) == TEAM


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ["this is no calendar"]),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n", ["line 1: `BEGIN:VCALENDAR` never ends",
                                                    "line 2: `BEGIN:VEVENT` never ends"]),
        ("BEGIN:VCALENDAR\nEND:VEVENT\n", ["this is no", "line 2: `END:VEVENT` ends what"]),
        ("BEGIN:VCALENDAR\n<html>\nA;B:c\n;:\nEND:VCALENDAR", ["line 2: `<html>` is no line",
                                                        "line 3: `A;B:c`", "line 4: `;:`"]),
        ("BEGIN:A\n" * 9, ["line 9: what it holds is nested"]),
        (calendar("BEGIN:VFREEBUSY", "FREEBUSY:20260302T090000Z/PT8H", "END:VFREEBUSY"),
         ["the calendar has no event: no `VEVENT` (export the events"]),
        (b"BEGIN:VCALENDAR\nX:\xff\nEND:VCALENDAR", ["line 2: "]),
        ("BEGIN:VCALENDAR".encode("utf-16"), ["line 1: the text is not in UTF-8"]),
        ("BEGIN:VCALENDAR".encode("utf-16-be"), ["line 1: the text is not in UTF-8"]),
        (b"\xef\xbb\xbfBEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 50_001
         + b"END:VCALENDAR", ["the calendar has too much to read: 50,000 at most"]),
    ],
)  # fmt: skip
def test_what_is_no_calendar_is_refused(text: str | bytes, said: list[str]) -> None:
    found = refused(lambda: read_rota(text, TEAM, *YEAR))
    assert [one[: len(start)] for one, start in zip(found, said, strict=True)] == said


def test_the_ends_of_the_calendar_are_no_traceback() -> None:
    far = (
        event("SUMMARY:bo", "DTSTART:00010101T000000Z", "DTEND:99991231T000000Z", uid="a"),
        event("SUMMARY:bo", "DTSTART:20260302T000000", "DURATION:P3000000D", uid="b"),
        event("SUMMARY:bo", "DTSTART:20260302T000000Z", "DURATION:PT99999999H", uid="c"),
        event("SUMMARY:bo", "DTSTART;VALUE=DATE:00010101", "RRULE:FREQ=WEEKLY;WKST=SU", uid="d"),
    )
    found = refused(lambda: read_rota(calendar(*far), TEAM, *YEAR))
    assert [one.split(":")[0] for one in found] == ["events.b, line 9", "events.c, line 15"]
    first, last = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)
    odd = calendar(*far[::3])
    for start in (first, last - timedelta(days=9)):
        assert read_rota(odd, TEAM, start, start + timedelta(days=9)) != TEAM


def test_lines_that_are_folded_are_one() -> None:
    text = calendar(
        event("SUMM", " ARY:Ana", "\t Li", *on("20260302T090000")), "X-NOTE:a\\nb\\;\r\n"
    )
    assert shifts("\ufeffX-BEFORE:all\n" + text) == ["03-02 08:00 8:00:00"]


def test_what_is_asked_is_checked_first() -> None:
    ask = {"people": {"x": "anna", "y": None}, "whose": "zed"}
    found = refused(lambda: read_rota("", TEAM, NOON, NOON + timedelta(days=4000), **ask))  # type: ignore[arg-type]
    assert [one.split(":")[0] for one in found] == ["stop", "people.x", "whose"]


def too_much(days: int) -> str:
    many = calendar(*(event(*on("20260301T000000", "PT1H", "RRULE:FREQ=DAILY"), uid=str(n))
                      for n in range(60)))  # fmt: skip
    (one,) = refused(lambda: read_rota(many, TEAM, NOON, NOON + timedelta(days=days), whose="bo"))
    return one


@pytest.mark.usefixtures("long_loop")
def test_no_more_is_read_than_is_said() -> None:
    assert "the calendar has too much to read: 200,000 at most" in too_much(3600)


def test_so_it_is_with_any_other_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cmcore.codec.ical.read.MOST_TIMES", 200)
    assert "the calendar has too much to read: 200 at most" in too_much(36)


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    for call in (lambda: read_rota("", TEAM, *YEAR), lambda: to_ical(TEAM, at=NOON)):
        with pytest.raises(MissingExtraError, match=r"pip install 'cmcore\[ical\]'"):
            call()


# ------------------------------------------------------------------------- a year of five people

FIVE = ("ana", "bo", "cy", "di", "ed")
FIRST = date(2026, 1, 5)


def rota_of_five() -> Iterator[str]:
    """Yield the events of people who take turns by the week, with what a year brings."""
    for n, who in enumerate(FIVE):
        monday = FIRST + timedelta(weeks=n)
        friday = monday + timedelta(days=4)
        yield event(
            f"SUMMARY:{who} on duty", f"DTSTART;TZID=Europe/Paris:{monday:%Y%m%d}T080000",
            f"DTEND;TZID=Europe/Paris:{monday:%Y%m%d}T200000",
            "RRULE:FREQ=WEEKLY;INTERVAL=5;BYDAY=MO,TU,WE,TH,FR",
            "EXDATE;TZID=Europe/Paris:20260506T080000", uid=f"day-{who}",
        )  # fmt: skip
        yield event(
            f"SUMMARY:{who} on duty", f"DTSTART;TZID=Europe/Paris:{friday:%Y%m%d}T220000",
            f"DTEND;TZID=Europe/Paris:{friday + timedelta(days=1):%Y%m%d}T060000",
            "RRULE:FREQ=WEEKLY;INTERVAL=5;BYDAY=FR,SA", uid=f"night-{who}",
        )  # fmt: skip
    yield event("SUMMARY:ana on duty", "DTSTART;TZID=Europe/Paris:20260105T100000",
                "DTEND;TZID=Europe/Paris:20260105T110000",
                "RECURRENCE-ID;TZID=Europe/Paris:20260105T080000", uid="day-ana")  # fmt: skip
    yield event("SUMMARY:bo: vacances", "DTSTART;VALUE=DATE:20260801", "DTEND;VALUE=DATE:20260901",
                uid="august")  # fmt: skip


def on_duty(at: datetime) -> set[str]:
    """Return who is on duty by the rules of the rota as people would say them."""
    now = local(at, "Europe/Paris")
    found: set[str] = set()
    for day, opens, shuts in ((now.date(), 8, 20), (now.date(), 22, 30),
                              (now.date() - timedelta(days=1), 22, 30)):  # fmt: skip
        since = (now.date() - day).days * 24 + now.hour
        weeks, weekday = divmod((day - FIRST).days, 7)
        is_night = opens == 22
        if weeks < 0 or weekday not in ({4, 5} if is_night else range(5)):
            continue
        if day == date(2026, 5, 6) and not is_night:
            continue
        if day == FIRST and not is_night:
            opens, shuts = 10, 11  # noqa: PLW2901 - the day that was changed
        if opens <= since < shuts:
            found.add(FIVE[weeks % 5])
    return found - ({"bo"} if now.month == 8 else set())


def test_a_year_of_five_people_is_covered_as_counted_by_the_quarter_of_an_hour() -> None:
    bare = Team("five", [Member(who, availability=PARIS) for who in FIVE])
    team = read_rota(calendar(*rota_of_five()), bare, *YEAR, leave_words=["vacances"])
    weeks = [Week.parse("Mon-Fri 07:30-20:30"), Week.parse("Fri-Sun 21:00-07:00")]
    needs = Needs("n", hours=[Watch(week, "Europe/Paris") for week in weeks])
    short = [timedelta(0), timedelta(0)]
    at = YEAR[0]
    while at < YEAR[1]:
        for index, week in enumerate(weeks):
            if week.holds(at, "Europe/Paris") and not on_duty(at):
                short[index] += QUARTER
        at += QUARTER
    gaps = {
        gap.path: gap.size
        for gap in coverage(team, needs, start=YEAR[0], stop=YEAR[1], absent=0).gaps
    }
    assert [gaps[("hours", index)] for index in range(2)] == short
    again = read_rota(to_ical(team, at=NOON), bare, *YEAR)
    assert again == team
    clocks = Clocks(Span(*YEAR))
    for who in team.members:
        there = presence(who, clocks, None).surely
        total = sum(stop - start for start, stop in there)
        moments = (YEAR[0] + n * QUARTER for n in range(365 * 96))
        counted = sum(who.id in on_duty(moment) for moment in moments)
        assert total == counted * (count(YEAR[0] + QUARTER) - count(YEAR[0]))


def test_a_calendar_of_nothing_at_all_gives_nobody_any_time() -> None:
    assert read_rota("BEGIN:VCALENDAR\nEND:VCALENDAR\n", TEAM, *YEAR, leaves=True) == TEAM
    assert read_rota(calendar("BEGIN:VTIMEZONE", "TZID:X", "END:VTIMEZONE"), TEAM, *YEAR) == TEAM
