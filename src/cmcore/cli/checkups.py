"""The command that checks an organisation as a whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console

from cmcore.base.errors import Problem
from cmcore.cli.fail import asking
from cmcore.cli.given import instant
from cmcore.cli.inputs import value_of
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
    review_option,
    svg_option,
)
from cmcore.cli.show import complain, show, show_json
from cmcore.cli.usage import Command
from cmcore.codec.files import unstructure
from cmcore.display.wording import Language, say
from cmcore.organisations.checks.checkup import Checkup
from cmcore.organisations.checks.known import Known
from cmcore.organisations.checks.run import checkup as checkup_of
from cmcore.organisations.organisation import Organisation
from cmcore.reviews.review import Review

_EPILOG = exits(
    "nothing falls short, and nothing is unknown",
    "something falls short",
    "nothing is known to fall short, but something is unknown, or nothing applies",
)


@click.command(cls=Command, epilog=_EPILOG)
@click.argument("file")
@click.option(
    "--at",
    callback=instant,
    metavar="INSTANT",
    help="Check it as known at that moment; by default, now.",
)
@click.option(
    "--question",
    "questions",
    multiple=True,
    metavar="NUMBER",
    help="Ask this question only, as `001.6`, or those of a text, as `001`. Repeatable.",
)
@click.option(
    "--by",
    type=click.Choice(["theme", "text"]),
    default="theme",
    show_default=True,
    help="Group what is checked by theme, or by the texts that ask for it.",
)
@review_option
@svg_option
@reader_options
@json_option
def checkup(  # noqa: PLR0913 - one for each option
    *, file: str, at: datetime | None, questions: tuple[str, ...], by: str,
    reviews: tuple[str, ...], lang: Language, svg: Path | None, as_json: bool,
) -> int:  # fmt: skip
    """Check an organisation, and say what to do next.

    FILE is a .yaml, .json or .toml file that names those of its team, its charter and so on. What
    it leaves out is unknown.
    """
    with _waiting():
        given = value_of(file, Organisation)
        seen_after = [value_of(one, Review) for one in reviews]
        moment = at or datetime.now(UTC)
        with asking(file, questions="--question"):
            found = checkup_of(given, moment, questions=questions or None, reviews=seen_after)
    for row in given.unread:
        told = "; ".join(problem.text(lang) for problem in row.problems)
        complain(file, f"{row.place}: {told}", word="warning")
    shown = found.by_theme(lang)
    draw_into(svg, lang, shown)
    if as_json:
        show_json(unstructure(found))
    else:
        show(shown if by == "theme" else seen(found, lang))
    if not any(map(found.of, _ANSWERS)):
        complain(file, Problem.of("nothing-checked").text(lang), word="warning")
    return _code(found)


#: The answers of questions that apply.
_ANSWERS = (Known.YES, Known.NO, Known.UNKNOWN)


def _code(found: Checkup) -> int:
    if found.of(Known.NO):
        return SETTLED
    return UNSETTLED if found.of(Known.UNKNOWN) or not found.of(Known.YES) else GOOD


@contextmanager
def _waiting() -> Iterator[None]:
    """Show that something is going on, where somebody looks on."""
    with Console(stderr=True).status(say("checking", spoken())):
        yield
