"""The command about requests: where each is now, what is late, and how long people wait."""

from datetime import datetime
from pathlib import Path
from typing import Final

import click

from cmcore.base.errors import Problem
from cmcore.cli.fail import BadFileError, asking, naming
from cmcore.cli.given import instant
from cmcore.cli.inputs import team_of, value_of
from cmcore.cli.language import spoken
from cmcore.cli.names import seen
from cmcore.cli.options import (
    GOOD,
    SETTLED,
    UNSETTLED,
    draw_into,
    exits,
    json_option,
    reader_options,
    svg_option,
)
from cmcore.cli.show import complain, show, show_json
from cmcore.cli.usage import Command
from cmcore.codec.files import unstructure
from cmcore.codec.logs import read_requests
from cmcore.display.wording import Language
from cmcore.requests.desk import Desk
from cmcore.requests.follow_up.backlog import Backlog
from cmcore.requests.follow_up.track import backlog
from cmcore.requests.follow_up.waits import response_times

_EPILOG: Final = exits(
    "nothing is late",
    "something is overdue, or with somebody who is not in the team",
    "something is owed an answer, and no target or no calendar says by when; or nothing was "
    "received",
)
_SHORT: Final = "Show the state of every request, and what is late."


@click.command(cls=Command, epilog=_EPILOG, short_help=_SHORT)
@click.argument("file")
@click.option("--desk", metavar="FILE", help="The targets and the routes; by default none.")
@click.option(
    "--team",
    metavar="FILE",
    help="Show what nobody in this team holds, and with `--desk` who should take what is open.",
)
@click.option(
    "--at",
    callback=instant,
    metavar="INSTANT",
    help="Look at that moment, as if nothing came after it; by default the end of the log.",
)
@click.option(
    "--excuse",
    "excused",
    multiple=True,
    metavar="HOW",
    help="Exclude from the times what was resolved this way without an answer. Repeatable.",
)
@svg_option
@reader_options
@json_option
def requests(  # noqa: PLR0913 - one for each option
    *, file: str, desk: str | None, team: str | None, at: datetime | None,
    excused: tuple[str, ...], lang: Language, svg: Path | None, as_json: bool,
) -> int:  # fmt: skip
    """Say where every request is, what is late, and how long people wait.

    FILE is a .jsonl, .yaml or .json file of requests and of what happened to them.
    """
    with naming(file):
        log = read_requests(file)
    rules = Desk() if desk is None else value_of(desk, Desk)
    people = None if team is None else team_of(team)
    if team is not None and desk is None:
        complain("--team", Problem.of("needs-desk").text(spoken()), word="warning")
    if log.end is None and at is None:
        raise BadFileError(file, [Problem.of("nothing-received")])
    with asking(desk or file):
        found = backlog(log, at, None if desk is None else rules, people)
    times = response_times(log, at, rules, excused=excused)
    draw_into(svg, lang, found, times)
    if as_json:
        show_json({"backlog": unstructure(found), "times": unstructure(times)})
    else:
        show(seen(found, lang), seen(times, lang))
    return _code(found)


def _code(found: Backlog) -> int:
    if found.overdue or found.stranded:
        return SETTLED
    is_unsure = found.untargeted or found.undated or not found.total
    return UNSETTLED if is_unsure else GOOD
