"""The commands about incidents: how a team behaved in one, and what it owes now."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from cmcore.base.errors import InvalidError, Problem
from cmcore.cli.fail import BAD, BadFileError, Commands, asking
from cmcore.cli.given import instant
from cmcore.cli.inputs import charter_of, team_of, value_of
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
from cmcore.cli.show import show, show_json
from cmcore.codec.documents import format_of
from cmcore.codec.files import unstructure
from cmcore.codec.places import placed
from cmcore.display.wording import Language
from cmcore.incidents.incident import Incident
from cmcore.incidents.playbook import Playbook
from cmcore.incidents.replay.conduct import Standing
from cmcore.incidents.replay.due import due
from cmcore.incidents.replay.replay import conduct

_EPILOG: Final = exits(
    "something was owed and all of it was kept",
    "something is breached",
    "nothing is breached as far as is known, or nothing was looked at",
)
_BY_STANDING: Final = {
    Standing.KEPT: GOOD,
    Standing.BREACHED: SETTLED,
    Standing.UNKNOWN: UNSETTLED,
    Standing.NO_OCCASION: UNSETTLED,
}


@click.group(
    cls=Commands,
    epilog=_EPILOG,
    short_help="Replay an incident: what was owed, kept and breached.",
    invoke_without_command=True,
)
@click.pass_context
def incident(ctx: click.Context) -> None:
    """Replay an incident: what was kept, what was breached, and what is owed."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(BAD)


@incident.command(epilog=_EPILOG)
@click.argument("file")
@click.option("--playbook", metavar="FILE", help="The duties; without it, only the timeline.")
@click.option("--charter", metavar="FILE", help="Show the first act that it would have stopped.")
@click.option("--team", metavar="FILE", help="With `--at`, show who is on duty to do what is owed.")
@click.option(
    "--at",
    callback=instant,
    metavar="INSTANT",
    help="Look at that moment, as if nothing came after it, and show what is owed then.",
)
@svg_option
@reader_options
@json_option
def replay(  # noqa: PLR0913 - one for each option
    *, file: str, playbook: str | None, charter: str | None, team: str | None,
    at: datetime | None, lang: Language, svg: Path | None, as_json: bool,
) -> int:  # fmt: skip
    """Compare an incident with a playbook and a charter.

    FILE is a .yaml, .json or .toml file of what was said and done, and when.
    """
    told = value_of(file, Incident)
    owed = Playbook("none") if playbook is None else value_of(playbook, Playbook)
    rules = None if charter is None else charter_of(charter)
    people = None if team is None else team_of(team)
    if at is not None:
        with asking(file):
            told = told.as_of(at)
    if team is not None and at is None:
        raise click.UsageError(Problem.of("moment-needed").text(spoken()))
    with nullcontext() if playbook is None else _naming_lines(playbook):
        found = conduct(told, owed, rules)
        now = None if at is None else due(told, owed, at, people)
    draw_into(svg, lang, found)
    if as_json:
        show_json({"conduct": unstructure(found), **({"due": unstructure(now)} if now else {})})
    else:
        show(*(seen(one, lang) for one in (found, now) if one))
    return _BY_STANDING[found.standing]


@contextmanager
def _naming_lines(playbook: str) -> Iterator[None]:
    """Have the problems that an incident shows of a playbook name its file, its keys and lines."""
    try:
        yield
    except InvalidError as error:
        found, path = [_as_written(problem) for problem in error.problems], Path(playbook)
        if path.is_file():  # a pipe cannot be read twice
            found = placed(found, path.read_text(encoding="utf-8"), format_of(playbook))
        raise BadFileError(playbook, found) from None


def _as_written(problem: Problem) -> Problem:
    path = tuple("from" if step == "level" else step for step in problem.path)
    return problem.at(*path)
