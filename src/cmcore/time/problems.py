"""What is wrong with instants, durations, days and weeks."""

from typing import Final

from cmcore.base.said import Said

_WEEK: Final = "write days, then hours, such as `Mon-Fri 09:00-18:00; Sat 10:00-12:00`"
_DURATION: Final = "write a number and a unit, such as `30 min`, `1 h 30 min`, `14 d` or `PT1H30M`"

PROBLEMS: Final[dict[str, Said]] = {
    "bad-day": Said("`{given}` is not a day", "days are {days}"),
    "bad-day-range": Said("`{given}` is not a range of days", _WEEK),
    "bad-duration": Said("`{given}` is not a number with a unit", _DURATION),
    "bad-hours": Said("`{given}` is not a range of hours", _WEEK),
    "bad-minute": Said("`{given}` is not a minute of the week", "from 0 to {most}"),
    "bad-time-of-day": Said(
        "`{given}` in `{hours}` is not a time of day",
        "write hours as `09:00`, from `00:00` to `24:00`",
    ),
    "bad-window": Said(
        "`{given}` is not a window of the week",
        "give two different minutes of the week, from 0 to {most}",
    ),
    "beyond-calendar": Said(
        "`{at}` is too close to an end of the calendar", "years run from 1 to 9999"
    ),
    "day-outside-years": Said(
        "{day} is in none of the years {years}", "add its year to `years`, or take the day out"
    ),
    "duration-too-fine": Said(
        "`{given}` is finer than a microsecond", "give at most six decimals of a second"
    ),
    "minutes-out-of-range": Said(
        "`{given}` is out of range", "from `0 min` to `{most}`", "too-large"
    ),
    "duration-too-long": Said(
        "the duration `{given}` is too long", "the longest is 999999999 days", "too-large"
    ),
    "duration-not-positive": Said(
        "`{given}` is not a duration above zero", "write one such as `30 min`"
    ),
    "empty-duration": Said("the duration is empty", _DURATION),
    "empty-week": Said("the week is empty", f"{_WEEK}, or `never`"),
    "empty-window": Said("`{given}` holds no minute", "for a whole day, write the day alone"),
    "naive-datetime": Said(
        "`{at}` does not say its time zone", "add its offset, as in `2026-01-31T09:00+01:00`"
    ),
    "negative-duration": Said("a duration cannot be negative", "give a duration of zero or more"),
    "no-such-day": Said("there is no day `{day}`", "check it against the calendar"),
    "no-local-time": Said("`{at}` has no local time in `{zone}`", "years run from 1 to 9999"),
    "stops-too-soon": Said(
        "it stops at {stop}, which is not after its start",
        "the start is included, the end is not",
    ),
    "unknown-unit": Said(
        "`{unit}` in `{given}` is not a unit of time",
        "units are `s`, `min`, `h`, `d` and `w`; months and years have no fixed length",
    ),
    "unknown-zone": Said(
        "`{zone}` is not a known time zone",
        "zones are named as in the IANA database, such as `Europe/Paris`",
        "unknown",
    ),
    "working-days-without-hours": Said(
        "`{given}` needs hours, which say what days are worked",
        "write them, as in `{key}: Mon-Fri 09:00-18:00`",
    ),
    "year-not-in-calendar": Said(
        "the calendar does not say which days of {year} are closed",
        "add {year} to its `years`, and the days that are closed in it",
    ),
    "window-after-midnight": Said(
        "`{given}` begins after the end of its day",
        "`24:00` can only end a window: begin the next day at `00:00`",
    ),
}
