"""The command that looks over a file of AutoModerator, and writes the charter that it becomes."""

from pathlib import Path

import attrs
import click

from cmcore.automoderator.charter import imported
from cmcore.automoderator.lint import findings
from cmcore.cli.fail import naming
from cmcore.cli.names import seen
from cmcore.cli.options import GOOD, SETTLED, UNSETTLED, exits, json_option, reader_options
from cmcore.cli.show import complain, show, show_json
from cmcore.cli.usage import Command
from cmcore.codec.bounds import read_bounded
from cmcore.codec.files import unstructure, write
from cmcore.display.wording import Language


@click.command(
    cls=Command,
    epilog=exits(
        "nothing is found, and all that the rules decide is in the charter",
        "something is found",
        "nothing is found, but something cannot be said: a moderator looks first",
    ),
    short_help="Look over rules of AutoModerator, as a charter.",
)
@click.argument("file")
@click.option(
    "--save",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="CHARTER",
    help="Write the charter to this file, replacing it.",
)
@reader_options
@json_option
def automod(*, file: str, save: Path | None, lang: Language, as_json: bool) -> int:
    """Look over a file of Reddit's AutoModerator, and take it as a charter.

    Lists what is wrong with it, or otherwise than it looks, and says what came of each rule: what
    it decides is in the charter, or a moderator looks first, or it decides nothing.
    """
    with naming(file), Path(file).open("rb") as stream:
        text = read_bounded(stream)
        found = attrs.evolve(imported(text, lang), findings=tuple(findings(text)))
    if save is not None:
        write(found.charter, save)
    if as_json:
        show_json(unstructure(found))
    else:
        show(seen(found, lang))
        for problem in found.findings or ():
            told = attrs.evolve(problem, line=None).text(lang)
            complain(file, told, problem.line, word="warning")
    if found.findings:
        return SETTLED
    return UNSETTLED if found.safe else GOOD
