"""Zones that calendars describe are read as known zones with the same clock, or are refused."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cmcore import InvalidError, Member, Team
from cmcore.codec import read_rota
from cmcore.codec.ical.described import Described
from cmcore.codec.ical.happenings import reach
from cmcore.codec.ical.lines import parts_of
from cmcore.time import Span
from cmcore.time.intervals import Clocks, instant
from cmcore.time.week import local

pytest.importorskip("icalendar")

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

NAME = "(UTC+01:00) Amsterdam, Berlin"
TEAM = Team("desk", [Member("ana")])
YEAR = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
EVER = datetime(1601, 1, 1)  # noqa: DTZ001 - on a clock
NIGHT = "DTSTART;TZID={}:20260328T220000", "DURATION:PT8H", "RRULE:FREQ=DAILY;COUNT=2"


def part(start: datetime, before: str, after: str, *more: str, name: str = "STANDARD") -> str:
    return "\n".join([f"BEGIN:{name}", f"DTSTART:{start:%Y%m%dT%H%M%S}", f"TZOFFSETFROM:{before}",
                      f"TZOFFSETTO:{after}", *more, f"END:{name}"])  # fmt: skip


def calendar(parts: list[str], *event: str, name: str = NAME) -> str:
    escaped = name.replace(",", "\\,")
    lines = [one.format(f'"{name}"') for one in event]
    return "\n".join(["BEGIN:VCALENDAR", "BEGIN:VTIMEZONE", f"TZID:{escaped}", *parts,
                      "END:VTIMEZONE", "BEGIN:VEVENT", "UID:1", "SUMMARY:ana", *lines,
                      "END:VEVENT", "END:VCALENDAR"])  # fmt: skip


def rules(**changed: str) -> list[str]:
    """Return the parts by which Outlook describes the zone of Paris, with some texts replaced."""
    summer = "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"
    winter = "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10"
    return [
        part(EVER.replace(hour=3), "+0200", "+0100", changed.get("winter", winter)),
        part(EVER.replace(hour=2), "+0100", changed.get("to", "+0200"),
             changed.get("summer", summer), name="DAYLIGHT"),
    ]  # fmt: skip


def starts(text: str) -> list[str]:
    found = read_rota(text, TEAM, *YEAR).member("ana").availability.shifts
    return [f"{one.start:%m-%d %H:%M} {one.stop:%m-%d %H:%M}" for one in found]


def offset(length: timedelta) -> str:
    minutes, seconds = divmod(int(abs(length).total_seconds()), 60)
    return f"{'+-'[length < timedelta(0)]}{minutes // 60:02}{minutes % 60:02}{seconds or '':02}"


@given(
    zone=st.sampled_from(sorted({*WINDOWS_TO_OLSON.values()})),
    year=st.integers(1995, 2030),
    hours=st.lists(st.integers(0, 8759), min_size=1, max_size=8),
)
@example(zone="Australia/Lord_Howe", year=2026, hours=[0, 2266, 6600])
@example(zone="Africa/Casablanca", year=2026, hours=[1000, 2000])
@example(zone="UTC", year=2026, hours=[0])
def test_a_zone_under_any_name_reads_to_the_same_instants(
    zone: str, year: int, hours: list[int]
) -> None:
    window = Span(datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC))
    wide = Span(window.start - timedelta(days=60), window.stop + timedelta(days=60))
    pieces = Clocks(wide).pieces(zone)
    lengths = [timedelta(microseconds=one) for *_, one in pieces]
    parts = [part(EVER, offset(lengths[0]), offset(lengths[0]))]
    for (begin, *_), before, after in zip(pieces[1:], lengths, lengths[1:], strict=False):
        wall = instant(begin).replace(tzinfo=None) + before
        parts.append(part(wall, offset(before), offset(after)))
    walls = [datetime(year, 1, 1) + timedelta(hours=one) for one in {*hours}]  # noqa: DTZ001
    first, *others = sorted(walls)
    also = [f"RDATE;TZID={{}}:{one:%Y%m%dT%H%M%S}" for one in others]
    event = f"DTSTART;TZID={{}}:{first:%Y%m%dT%H%M%S}", "DURATION:PT1H", *also
    found = read_rota(calendar(parts, *event), TEAM, wide.start + timedelta(days=20),
                      wide.stop - timedelta(days=20))  # fmt: skip
    clock = local(window.start, zone).tzinfo
    assert {one.start for one in found.member("ana").availability.shifts} == {
        wall.replace(tzinfo=clock).astimezone(UTC) for wall in walls
    }


@pytest.mark.parametrize(
    "name", [NAME, "Customized Time Zone", "tzone://Microsoft/Custom", "Heure de la boutique"]
)
def test_zones_of_outlook_are_read_by_their_rules(name: str) -> None:
    found = ["03-28 21:00 03-29 04:00", "03-29 20:00 03-30 04:00"]
    night = "DTSTART;TZID={}:20260328T220000", "DTEND;TZID={}:20260329T060000", NIGHT[2]
    assert starts(calendar(rules(), *night, name=name)) == found


@pytest.mark.parametrize("until", ["20401025T010000Z", "20401025T030000", "20401025"])
def test_rules_of_clocks_may_end(until: str) -> None:
    rule = f"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10;UNTIL={until}"
    assert starts(calendar(rules(winter=rule), *NIGHT))


def test_a_rule_that_ends_when_clocks_are_changed_changes_them() -> None:
    rule = "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3;UNTIL=20260329T010000Z"
    assert starts(calendar(rules(summer=rule), *NIGHT)) == starts(calendar(rules(), *NIGHT))


def test_rules_that_ended_long_ago_say_what_holds_since() -> None:
    ended = {name: f"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH={month};UNTIL=20100101T000000Z"
             for name, month in (("summer", 3), ("winter", 10))}  # fmt: skip
    found = starts(calendar(rules(**ended), *NIGHT))
    assert found == ["03-28 21:00 03-29 05:00", "03-29 21:00 03-30 05:00"]


@pytest.mark.parametrize(
    "parts",
    [
        [],
        rules(to="+4000"),
        rules(to="+0230"),
        rules(to="two"),
        rules(summer="RRULE:FREQ=SECONDLY"),
        rules(summer="RRULE:FREQ=DAILY"),
        rules(summer="RRULE:FREQ=YEARLY;INTERVAL=2;BYDAY=-1SU;BYMONTH=3"),
        rules(summer="RRULE:FREQ=YEARLY;COUNT=900;BYDAY=-1SU;BYMONTH=3"),
        rules(summer="RRULE:FREQ=YEARLY;BYDAY=SU"),
        rules(summer="RDATE:20260329"),
        rules(summer="RDATE:20260329T010000Z"),
        rules()[1:],
        [*rules(), *rules(winter="RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11")],
        [part(datetime(2026, 3, 1), "+0100", "+0100")],  # noqa: DTZ001
        [part(EVER, "+0117", "+0117")],
        # the instants and what holds after them are those of Paris, but not what held before
        [rules()[0], rules()[1].replace("T020000", "T010000").replace("FROM:+0100", "FROM:+0000")],
        # the clock is changed twice at one instant
        [part(EVER, "+0100", "+0200"), part(EVER.replace(hour=1), "+0200", "+0100")],
        [part(datetime(1, 1, 1), "+0100", "+0100")],  # noqa: DTZ001
    ],
)
def test_what_describes_no_known_clock_for_sure_is_refused(parts: list[str]) -> None:
    with pytest.raises(InvalidError, match="is not a known time zone"):
        starts(calendar(parts, *NIGHT))


def test_what_is_told_goes_before_what_the_calendar_says() -> None:
    text = calendar(rules(), *NIGHT[:2])
    found = read_rota(text, TEAM, *YEAR, zones={NAME: "Asia/Tokyo"}).member("ana")
    assert found.availability.shifts[0].start == datetime(2026, 3, 28, 13, tzinfo=UTC)


def test_zones_without_end_are_looked_at_within_a_budget() -> None:
    names = [f"Desk {number}" for number in range(2000)]
    text = "\n".join(calendar(rules(), name=name) for name in names)
    _, zones = parts_of(text)
    described = Described(zones, Span(*YEAR))
    found = [described.alike(name, ["Europe/Paris"]) for name in names]
    assert found[0] == "Europe/Paris"
    assert found[-1] is None
    assert sorted({*found}, key=str) == ["Europe/Paris", None]


@given(st.integers(1, 9000))
@example(20_000_000)
def test_what_matters_holds_every_event_that_overlaps_the_window(days: int) -> None:
    text = calendar([], "DTSTART:20250101T000000Z", f"DURATION:P{days}D")
    events, _ = parts_of(text)
    assert reach(events, Span(*YEAR)).start <= max(
        datetime.min.replace(tzinfo=UTC), YEAR[0] - timedelta(days=min(days, 700_000))
    )
