"""The command that writes the report on an organisation."""

from datetime import UTC, datetime
from pathlib import Path

import click

from cmcore.cli.fail import asking, naming
from cmcore.cli.given import instant
from cmcore.cli.inputs import value_of
from cmcore.cli.options import GOOD, exits, json_option, reader_options, save_option
from cmcore.cli.show import show_json
from cmcore.cli.usage import Command
from cmcore.codec.files import write_text
from cmcore.codec.linked import files_named
from cmcore.display.wording import Language
from cmcore.organisations.organisation import Organisation
from cmcore.reports.compose import report as report_on


@click.command(cls=Command, epilog=exits("written"), short_help="Write a report to hand over.")
@click.argument("file")
@click.option(
    "--at",
    callback=instant,
    metavar="INSTANT",
    help="Report what is known at that moment; by default, now.",
)
@click.option("--title", default="", metavar="TEXT", help="The title on its cover.")
@save_option("FILE", "Write the page to this file, replacing it; by default, print it.")
@reader_options
@json_option
def report(  # noqa: PLR0913 - one for each option
    *, file: str, at: datetime | None, title: str, save: Path | None, lang: Language,
    as_json: bool,
) -> int:  # fmt: skip
    """Write a report on an organisation: one page of HTML, to read, print or hand over.

    FILE is a .yaml, .json or .toml file that names those of its team, its charter and so on. The
    page has no script, and needs no other file; on paper, it is A4.
    """
    given = value_of(file, Organisation)
    with naming(file):
        names = files_named(Path(file))
    with asking(file):
        page = report_on(given, at or datetime.now(UTC), lang, title=title, files=names)
    if save is not None:
        write_text(page, save)
    if as_json:
        show_json({"files": names, "page": page})
    elif save is None:
        click.echo(page.encode(), nl=False)
    return GOOD
