"""The command that lists everything an organisation owes."""

from datetime import UTC, datetime

import click

from cmcore.cli.fail import asking
from cmcore.cli.given import instant
from cmcore.cli.inputs import value_of
from cmcore.cli.options import (
    GOOD,
    SETTLED,
    UNSETTLED,
    exits,
    json_option,
    reader_options,
    review_option,
    tell,
)
from cmcore.cli.usage import Command
from cmcore.display.wording import Language
from cmcore.organisations.agendas import agenda
from cmcore.organisations.organisation import Organisation
from cmcore.reviews.review import Review

_EPILOG = exits(
    "nothing is overdue",
    "something is overdue",
    "nothing is known to be overdue, but something may be: no calendar, playbook or desk says",
)


@click.command(cls=Command, epilog=_EPILOG, short_help="List everything that is owed, by when.")
@click.argument("file")
@click.option(
    "--at",
    callback=instant,
    metavar="INSTANT",
    help="List what is owed at that moment; by default, now.",
)
@review_option
@reader_options
@json_option
def due(
    *, file: str, at: datetime | None, reviews: tuple[str, ...], lang: Language, as_json: bool
) -> int:
    """List everything that an organisation owes, in order of deadlines.

    FILE is a .yaml, .json or .toml file that names those of its incidents and playbook, of its
    requests and desk, and so on.
    """
    given = value_of(file, Organisation)
    found = [value_of(one, Review) for one in reviews]
    with asking(file):
        owed = agenda(given, at or datetime.now(UTC), found)
    tell(owed, lang, as_json=as_json)
    if owed.overdue:
        return SETTLED
    return UNSETTLED if owed.undated or owed.missing else GOOD
