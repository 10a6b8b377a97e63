"""The command that writes a charter as policies of Cedar."""

from datetime import date

import click

from cmcore.cli.given import only_day
from cmcore.cli.inputs import charter_of
from cmcore.cli.options import GOOD, SETTLED, exits, json_option, reader_options
from cmcore.cli.show import complain, show_json
from cmcore.cli.usage import Command
from cmcore.codec.cedar import to_cedar
from cmcore.codec.files import unstructure
from cmcore.display.wording import Language


@click.command(
    cls=Command,
    epilog=exits("everything is said", "something cannot be said: the policies are stricter"),
    short_help="Write a charter as policies of Cedar.",
)
@click.argument("charter")
@click.option(
    "--on",
    callback=only_day,
    metavar="DAY",
    help="The day for which rules are in force; by default, what depends on the day is not said.",
)
@click.option(
    "--schema",
    "part",
    flag_value="schema",
    default="policies",
    help="Print the schema of requests instead, as JSON.",
)
@click.option(
    "--tests",
    "part",
    flag_value="tests",
    help="Print the examples instead, as JSON, for `cedar run-tests`.",
)
@reader_options
@json_option
def cedar(*, charter: str, on: date | None, part: str, lang: Language, as_json: bool) -> int:
    """Write a charter as policies of Cedar, which allow what it covers.

    What Cedar cannot say is listed, and makes the policies stricter, never more open. The examples
    of the charter become tests for Cedar.
    """
    made = to_cedar(charter_of(charter), on, lang=lang)
    if as_json:
        show_json(unstructure(made))
    else:
        for problem in made.problems:
            complain(charter, problem.text(lang), word="warning")
        click.echo(getattr(made, part).rstrip("\n"))
    return SETTLED if made.problems else GOOD
