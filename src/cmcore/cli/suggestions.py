"""The command that suggests a charter from a history."""

from collections.abc import Collection, Iterator
from pathlib import Path

import attrs
import click

from cmcore.catalog.starters import commented
from cmcore.charters.charter import Charter
from cmcore.charters.suggestions.suggest import BLANK, USUAL_LEAST
from cmcore.charters.suggestions.suggest import suggest as suggestion_of
from cmcore.charters.suggestions.suggestion import Suggestion
from cmcore.cli.given import Whole
from cmcore.cli.inputs import Asked, beginning, charter_of, history_of
from cmcore.cli.options import (
    GOOD,
    UNSETTLED,
    exits,
    from_start_option,
    history_options,
    json_option,
    reader_options,
    save_option,
    tell,
)
from cmcore.cli.usage import Command
from cmcore.codec.bounds import Data
from cmcore.codec.files import unstructure, write_text
from cmcore.display.wording import Language, say


@click.command(
    cls=Command,
    epilog=exits("something is suggested", unsettled="nothing is"),
    short_help="Suggest a charter from what was published.",
)
@click.argument("history")
@click.option("--on", "path", metavar="CHARTER", help=(
    "The charter to add to, whose rules stay; by default, one without rules, in the zone of "
    "`--zone`."))  # fmt: skip
@click.option(
    "--least",
    type=Whole(1),
    default=USUAL_LEAST,
    show_default=True,
    metavar="N",
    help="How often something must have been seen to count as usual.",
)
@save_option("FILE", "Write the charter to this YAML file, replacing it.")
@from_start_option
@history_options
@reader_options
@json_option
def suggest(  # noqa: PLR0913 - one for each option
    *, history: str, path: str | None, least: int, save: Path | None, from_start: bool,
    asked: Asked, lang: Language, as_json: bool,
) -> int:  # fmt: skip
    """Suggest a charter from what was published.

    Says which permits and volumes would have covered it, how much each of them, and what they would
    not have covered.

    HISTORY is a .csv or .jsonl file of facts, in order of time, or an archive that a network gives
    its users: a .zip, .tar.gz or .car file, or the file of its posts.
    """
    draft = _blank(asked) if path is None else charter_of(path)
    rows = history_of(history, draft, asked)
    found = suggestion_of(rows, draft, least=least, context=beginning(from_start=from_start))
    if save is not None:
        kept = () if path is None else {*_words(unstructure(draft))}
        write_text(_file(found, kept, lang), save)
    tell(found, lang, as_json=as_json)
    return GOOD if found.suggested else UNSETTLED


def _blank(asked: Asked) -> Charter:
    return BLANK if asked.zone is None else attrs.evolve(BLANK, zone=asked.zone)


def _file(found: Suggestion, kept: Collection[str], lang: Language) -> str:
    """Return the text of the charter suggested, with what it says of the history above it.

    The ids that are `kept` are those of the draft.
    """
    head = [say("suggestion file", lang, covered=found.covered, total=found.total)]
    return commented(unstructure(found.charter_in(lang)), Charter, head, lang, kept=kept)


def _words(data: Data) -> Iterator[str]:
    """Yield each key and each text of plain data."""
    if isinstance(data, dict):
        yield from data
        for one in data.values():
            yield from _words(one)
    elif isinstance(data, list):
        for one in data:
            yield from _words(one)
    elif isinstance(data, str):
        yield data
