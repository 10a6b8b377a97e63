"""The commands about what comes in: how many people it takes, and whether it is unusual."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

import click

from cmcore.base.errors import refuse, refuse_any
from cmcore.cli.fail import asking, naming
from cmcore.cli.given import (
    duration,
    durations,
    instant,
    window_of,
    window_problems,
    without_team,
    zone,
)
from cmcore.cli.inputs import team_of
from cmcore.cli.options import (
    GOOD,
    SETTLED,
    UNSETTLED,
    exits,
    json_option,
    reader_options,
    svg_option,
    tell,
    window_options,
)
from cmcore.cli.usage import Command
from cmcore.codec.logs import read_requests
from cmcore.display.wording import Language
from cmcore.incidents.signals.detect import detect as detection_of
from cmcore.incidents.signals.signal import USUALLY, SignalKind, SignalState
from cmcore.requests.log import RequestLog
from cmcore.requests.staff.staff import arrivals, seen
from cmcore.requests.staff.staff import staffing as staffing_of

_STAFFING: Final = exits(
    "enough people at every hour, or no team to compare with",
    "too few people at some hour",
    "enough people as far as is known, but of some hours nothing is",
)
_DETECT: Final = exits("nothing is unusual", "something is", "nothing can be told")
_HOW_MANY: Final = "Show how many people it takes to answer in time."
_UNUSUAL: Final = "Say whether the incoming messages are unusual."
_BY_STATE: Final = {SignalState.UNUSUAL: SETTLED, SignalState.USUAL: GOOD}
_Days = tuple[date | None, date | None]


@click.command(cls=Command, epilog=_STAFFING, short_help=_HOW_MANY)
@click.argument("file")
@click.option(
    "--handling",
    callback=duration,
    required=True,
    metavar="TIME",
    help="How long a message takes on average, as in `8 min`.",
)
@click.option(
    "--within",
    callback=duration,
    default="1 h",
    show_default=True,
    metavar="TIME",
    help="How soon somebody should start on a message.",
)
@click.option(
    "--share",
    type=float,
    default=0.8,
    show_default=True,
    help="The share of messages somebody should have started on by then, between 0 and 1.",
)
@click.option(
    "--zone",
    callback=zone,
    default="UTC",
    show_default=True,
    metavar="ZONE",
    help="The time zone of the hours.",
)
@click.option("--team", metavar="FILE", help="Compare with who is on duty.")
@click.option("--role", metavar="ROLE", help="Count only people who hold this role.")
@window_options("`--zone`")
@svg_option
@reader_options
@json_option
def staffing(  # noqa: PLR0913 - one for each option
    *, file: str, handling: timedelta, within: timedelta, share: float, zone: str,
    team: str | None, role: str | None, start: date | None, stop: date | None, lang: Language,
    svg: Path | None, as_json: bool,
) -> int:  # fmt: skip
    """Say how many people it takes to answer in time, for each hour of the week.

    FILE is a .jsonl, .yaml or .json file of requests and of what happened to them. What comes in is
    counted over the full hours from the first event to the last, unless a window is given.
    """
    refuse_any(without_team({"--role": role}) if team is None else ())
    with naming(file):
        log = read_requests(file)
    people = None if team is None else team_of(team)
    with naming(file):
        first, last = _window(log, (start, stop), zone)
    with asking(file):
        found = staffing_of(
            arrivals(log, first, last, zone=zone), handling, share=share, within=within,
            team=people, role=role, start=first if people else None,
            stop=last if people else None,
        )  # fmt: skip
    tell(found, lang, as_json=as_json, svg=svg)
    if found.gaps:
        return SETTLED
    return UNSETTLED if found.unknown else GOOD


def _window(log: RequestLog, days: _Days, zone: str) -> tuple[datetime, datetime]:
    """Return the window that was said, or else the full hours that the log saw."""
    first, last = window_of(*days, zone)
    refuse_any(window_problems(first, last, is_needed=False))
    if first is not None and last is not None:
        return first, last
    _end(log, "start-and-stop")
    whole = seen(log, zone=zone)
    return whole.start, whole.stop


def _end(log: RequestLog, hint: str) -> datetime:
    if log.end is None:
        raise refuse("nothing-came-in", hint=hint)
    return log.end


@click.command(cls=Command, epilog=_DETECT, short_help=_UNUSUAL)
@click.argument("file")
@click.option(
    "--at",
    callback=instant,
    metavar="INSTANT",
    help="When the window stops; by default the end of the log.",
)
@click.option(
    "--window",
    "windows",
    callback=durations,
    multiple=True,
    default=["1 h"],
    show_default=True,
    metavar="TIME",
    help="How long the window is; several windows share one false-alarm rate.",
)
@click.option(
    "--every",
    callback=duration,
    metavar="TIME",
    help="How often you ask; by default, once per shortest window.",
)
@click.option(
    "--slide",
    callback=duration,
    metavar="TIME",
    help="Also check windows that have stopped since you last asked, one every TIME.",
)
@click.option("--silence", is_flag=True, help="Look for too few messages, too.")
@click.option(
    "--false-alarms",
    "rate",
    type=float,
    default=0.05,
    show_default=True,
    help="How many you expect at most in a quiet week.",
)
@click.option("--zone", callback=zone, metavar="ZONE", help=(
    "The time zone of your audience; by default UTC."))  # fmt: skip
@reader_options
@json_option
def detect(  # noqa: PLR0913 - one for each option
    *, file: str, at: datetime | None, windows: tuple[timedelta, ...], every: timedelta | None,
    slide: timedelta | None, silence: bool, rate: float, zone: str | None, lang: Language,
    as_json: bool,
) -> int:  # fmt: skip
    """Return whether what comes in is unusual, against the same hours of the weeks before.

    FILE is a .jsonl, .yaml or .json file of requests and of what happened to them.
    """
    with naming(file):
        log = read_requests(file)
    with naming(file):
        end = _end(log, "at-option") if at is None else at
    with asking(file):
        found = detection_of(
            log.requests, at=end, window=windows, every=every, slide=slide, false_alarms=rate,
            zone=zone, kinds=SignalKind if silence else USUALLY,
        )  # fmt: skip
    tell(found, lang, as_json=as_json)
    return _BY_STATE.get(found.state, UNSETTLED)
