"""The command that looks over a file of AutoModerator, and writes the charter that it becomes."""

from pathlib import Path

import attrs
import click

from cmcore.automoderator.charter import as_charter, found_in
from cmcore.automoderator.lint import findings_in
from cmcore.cli.fail import naming
from cmcore.cli.names import seen
from cmcore.cli.options import (
    GOOD,
    SETTLED,
    UNSETTLED,
    exits,
    json_option,
    reader_options,
    save_option,
)
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
@save_option("CHARTER", "Write the charter to this file, replacing it.")
@reader_options
@json_option
def automod(*, file: str, save: Path | None, lang: Language, as_json: bool) -> int:
    """Look over a file of Reddit's AutoModerator, and take it as a charter.

    Lists what is wrong with it, or otherwise than it looks, and says what came of each rule: what
    it decides is in the charter, or a moderator looks first, or it decides nothing.
    """
    with naming(file), Path(file).open("rb") as stream:
        read = found_in(read_bounded(stream))
        found = attrs.evolve(as_charter(read, lang), findings=tuple(findings_in(read)))
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
