"""Names for people: a command shows what its files name by their names, and ids when asked to."""

from typing import Final, TypeVar

import click

from cmcore.base.language import Language
from cmcore.display.names import reader
from cmcore.display.views import View, Viewable

_READ: Final = f"{__name__}.read"
_IDS: Final = f"{__name__}.ids"
_T = TypeVar("_T")


def noted(held: _T) -> _T:
    """Return what a file holds, whose names are known from now on to the command."""
    click.get_current_context().meta.setdefault(_READ, []).append(held)
    return held


def seen(thing: Viewable, lang: Language) -> View:
    """Return what is shown of a thing to whoever reads the command, by the names it has read."""
    return thing.view(lang, names=click.get_current_context().meta.get(_READ, []))


def ask_for_ids(context: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - as click calls it
    """Note whether ids are shown beside names."""
    context.meta[_IDS] = asked


def speaking_to(context: click.Context, _: click.Parameter, language: Language) -> Language:
    """Return who reads what is shown in a language."""
    return reader(language, ids=context.meta.get(_IDS, False))
