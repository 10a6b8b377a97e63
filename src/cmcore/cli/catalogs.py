"""The command that shows the catalog, and writes what it has as files to begin with."""

import click

from cmcore import catalog as shelves
from cmcore.base.errors import refuse
from cmcore.base.ids import nearest
from cmcore.catalog.shelves import Shelf
from cmcore.catalog.starters import starter
from cmcore.cli.options import GOOD, exits, json_option, reader_options
from cmcore.cli.show import show, show_json
from cmcore.cli.usage import Command
from cmcore.codec.files import unstructure
from cmcore.display.cards import view
from cmcore.display.views import Table, View
from cmcore.display.wording import Language, say

#: The shelves, in the order in which one comes to need them.
SHELVES = (
    *("objectives", "sizes", "models", "roles", "tasks", "charters", "circuits", "playbooks"),
    *("practices", "indicators", "dilemmas", "ideas"),
)


@click.command(cls=Command, epilog=exits("shown"))
@click.argument("shelf", required=False)
@click.argument("entry", required=False)
@reader_options
@json_option
def catalog(*, shelf: str | None, entry: str | None, lang: Language, as_json: bool) -> int:
    """Show the shelves of the catalog, one of them, or an entry.

    An entry that can be a file, or a part of one, is printed as such, with comments: `cmcore
    catalog charters small-brand > charter.yaml` writes a charter to begin with.
    """
    if shelf is None:
        _shelves(lang, as_json=as_json)
    elif shelf not in SHELVES:
        near = nearest(shelf, SHELVES)
        raise refuse("not-in-catalog", what="shelf", name=shelf, near=near, known=SHELVES)
    else:
        held: Shelf[object] = getattr(shelves, shelf).in_language(lang)
        if entry is None:
            _entries(held, lang, as_json=as_json)
        elif entry not in held:
            near, known = nearest(entry, held), [*held]
            raise refuse("not-in-catalog", what=shelf[:-1], name=entry, near=near, known=known)
        else:
            _entry(held, shelf, entry, lang, as_json=as_json)
    return GOOD


def _shelves(lang: Language, *, as_json: bool) -> None:
    rows = tuple(
        (name, say(f"catalog shelf {name}", lang), str(len(getattr(shelves, name))))
        for name in SHELVES
    )
    if as_json:
        show_json([{"shelf": name, "entries": [*getattr(shelves, name)]} for name in SHELVES])
        return
    heads = tuple(say(f"catalog {code}", lang) for code in ("shelf", "label", "count"))
    show(View(title=say("catalog shelves", lang), tables=(Table(heads, rows),)))


def _entries(held: Shelf[object], lang: Language, *, as_json: bool) -> None:
    if as_json:
        show_json([unstructure(held.entry(id_)) for id_ in held])
    else:
        show(held.view(lang))


def _entry(held: Shelf[object], shelf: str, id_: str, lang: Language, *, as_json: bool) -> None:
    text = None if as_json else starter(shelf, id_, lang)
    if as_json:
        show_json({"entry": unstructure(held.entry(id_)), "value": unstructure(held[id_])})
    elif text is None:
        show(view(held[id_], lang))
    else:
        click.echo(text.encode(), nl=False)
