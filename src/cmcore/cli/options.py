"""What commands share: options, exit codes, and how what they find is printed."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import click

from cmcore.cli.fail import BAD, FAULT, INTERRUPTED, asking
from cmcore.cli.given import day, separator, zone
from cmcore.cli.inputs import Asked
from cmcore.cli.language import spoken
from cmcore.cli.names import ask_for_ids, seen, speaking_to
from cmcore.cli.show import show, show_json
from cmcore.codec.files import unstructure, write_text
from cmcore.display.views import View, Viewable, svg_of
from cmcore.display.wording import LANGUAGES, Language

#: Exit codes, beside those of failures.
GOOD: Final = 0
SETTLED: Final = 1
UNSETTLED: Final = 3
_F = TypeVar("_F", bound=Callable[..., Any])


def exits(
    good: str, settled: str = "", unsettled: str = "", bad: str = "bad input or usage"
) -> str:
    """Return what the help of a command says of its exit codes, last of all."""
    codes = {GOOD: good, SETTLED: settled, BAD: bad, UNSETTLED: unsettled,
             FAULT: "a fault of cmcore itself: no verdict", INTERRUPTED: "interrupted"}  # fmt: skip
    told = [f"  {code:<5}{means}" for code, means in sorted(codes.items()) if means]
    return "\n".join(["\b", "Exit codes:", *told])


def json_option(command: _F) -> _F:
    """Let a command print JSON."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def lang_option(command: _F) -> _F:
    """Let a command speak English or French."""
    choice = click.Choice(LANGUAGES)
    return click.option("--lang", type=choice, default=spoken, help="English or French.")(command)


def reader_options(command: _F) -> _F:
    """Let a command speak English or French, and show ids beside names.

    What the command takes for the language is then whoever reads it.
    """
    lang = click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        default=spoken,
        callback=speaking_to,
        help="English or French.",
    )
    ids = click.option(
        "--ids",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=ask_for_ids,
        help="Show ids after the names of people, roles and other things.",
    )
    return lang(ids(command))


def history_options(command: _F) -> _F:
    """Let a command read histories whose columns are called otherwise, as it is `asked`."""
    told = "A fact of every row that does not say otherwise: `kind=publish`. May be repeated."
    fact = click.option("--fact", "usual", multiple=True, metavar="NAME=VALUE", help=told)
    return column_options(fact(command))


def column_options(command: _F) -> _F:
    """Let a command read histories with other columns, where facts are those of something else."""

    @wraps(command)
    def run(
        *,
        columns: tuple[str, ...],
        separator: str,
        zone: str | None,
        usual: tuple[str, ...] = (),
        **rest: object,
    ) -> int:
        done: int = command(asked=Asked(columns, separator, usual, zone), **rest)
        return done

    for option in _COLUMNS:
        run = option(run)
    return cast("_F", run)


#: How a history is to be read.
_COLUMNS: Final = (
    click.option("--separator", default=",", show_default=True, metavar="TEXT", callback=separator,
                 help="What separates the cells of a CSV file: `;`, `tab`."),
    click.option("--columns", multiple=True, metavar="FACT=COLUMN|FILE", help=(
        "The column of a fact that is not called as the fact is: `text=Message`; or a file of "
        "those, or the name of a ready-made map, as `meta-instagram`. May be repeated.")),
    click.option("--zone", metavar="ZONE", callback=zone, help=(
        "The time zone of moments in a CSV file that do not say theirs: `Europe/Paris`.")),
)  # fmt: skip


def from_start_option(command: _F) -> _F:
    """Let a command know that nothing came before its history."""
    told = "The history begins with the first act there was: rules that count know it all."
    return click.option("--from-start", is_flag=True, help=told)(command)


def window_options(zone: str) -> Callable[[_F], _F]:
    """Give a command the window over which hours are looked at; days are in the zone of `zone`."""
    start = click.option(
        "--start",
        callback=day,
        metavar="DAY|INSTANT",
        help=f"When to start: a day, from midnight in the zone of {zone}, or an instant.",
    )
    stop = click.option(
        "--stop",
        callback=day,
        metavar="DAY|INSTANT",
        help="When to stop, excluded; by default, a week after the start.",
    )
    return lambda command: start(stop(command))


def review_option(command: _F) -> _F:
    """Let a command take reviews, of acts that went out alone, besides an organisation."""
    told = "Look at this review too, of an act that went out alone. Repeatable."
    return click.option("--review", "reviews", multiple=True, metavar="FILE", help=told)(command)


_TARGET: Final = click.Path(dir_okay=False, path_type=Path)


def save_option(metavar: str, told: str) -> Callable[[_F], _F]:
    """Let a command write what it makes into a file."""
    return click.option("--save", type=_TARGET, metavar=metavar, help=told)


def svg_option(command: _F) -> _F:
    """Let a command draw what it shows into a file."""
    told = "Draw the pictures of it into this SVG file, replacing it."
    return click.option("--svg", type=_TARGET, metavar="FILE", help=told)(command)


def draw_into(svg: Path | None, lang: Language, *shown: Viewable | View) -> None:
    """Draw what is shown into a file, if one is asked for: its views are made then only.

    Raises:
        BadFileError: there is nothing to draw.
    """
    if svg is not None:
        views = [one if isinstance(one, View) else seen(one, lang) for one in shown]
        with asking("--svg"):
            drawn = svg_of(views, lang)
        write_text(drawn, svg)


def tell(thing: Viewable, lang: Language, *, as_json: bool, svg: Path | None = None) -> None:
    """Print what was found, for people or as JSON, and draw it if that is asked for."""
    draw_into(svg, lang, thing)
    if as_json:
        show_json(unstructure(thing))
    else:
        show(seen(thing, lang))
