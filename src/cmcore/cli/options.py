"""What commands share: options, exit codes, and how what they find is printed."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar, cast

import click

from cmcore.cli.inputs import Asked, day, separator
from cmcore.cli.show import show, show_json
from cmcore.codec import unstructure
from cmcore.foundation.view import Viewable
from cmcore.foundation.wording import LANGUAGES, Language

#: Exit codes, beside those of failures.
GOOD: Final = 0
SETTLED: Final = 1
UNSETTLED: Final = 3
EPILOG: Final = """\b
Exit codes:
  0    covered, target met, nothing changes, valid, completable
  1    forbidden, target missed, something changes, gaps or overloads, not completable
  2    bad input or usage
  3    exception, not enough evidence, not proven
  70   a fault of cmcore itself: no verdict
  130  interrupted
"""
_F = TypeVar("_F", bound=Callable[..., Any])


def json_option(command: _F) -> _F:
    """Let a command print JSON."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def lang_option(command: _F) -> _F:
    """Let a command speak English or French."""
    choice = click.Choice(LANGUAGES)
    return click.option("--lang", type=choice, default="en", help="English or French.")(command)


def history_options(command: _F) -> _F:
    """Let a command read histories whose columns are called otherwise, as it is `asked`."""

    @wraps(command)
    def run(
        *, columns: tuple[str, ...], separator: str, usual: tuple[str, ...], **rest: object
    ) -> int:
        done: int = command(asked=Asked(columns, separator, usual), **rest)
        return done

    for option in _HISTORY:
        run = option(run)
    return cast("_F", run)


#: How a history is to be read.
_HISTORY: Final = (
    click.option("--fact", "usual", multiple=True, metavar="NAME=VALUE", help=(
        "A fact of every row that does not say otherwise: `kind=publish`. May be repeated.")),
    click.option("--separator", default=",", show_default=True, metavar="TEXT", callback=separator,
                 help="What stands between the cells of a CSV file: `;`, `tab`."),
    click.option("--columns", multiple=True, metavar="FACT=COLUMN|FILE", help=(
        "The column of a fact that is not called as the fact is: `text=Message`; or a file of "
        "those. May be repeated.")),
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
        help=f"Look at hours from here on; a day begins at its midnight, in the zone of {zone}.",
    )
    stop = click.option(
        "--stop",
        callback=day,
        metavar="DAY|INSTANT",
        help="Stop looking here, which is out; a week after the start, unless said.",
    )
    return lambda command: start(stop(command))


def tell(thing: Viewable, lang: Language, *, as_json: bool) -> None:
    """Print what was found, for people or as JSON."""
    if as_json:
        show_json(unstructure(thing))
    else:
        show(thing.view(lang))
