"""The command that designs a team for an organisation, and writes the files to begin with."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import attrs
import click

from cmcore import catalog
from cmcore.base.errors import InvalidError, refuse
from cmcore.base.ids import nearest
from cmcore.catalog.designs import Design
from cmcore.catalog.designs import design as design_of
from cmcore.catalog.sentences import EXAMPLES, NAMES
from cmcore.catalog.starters import commented
from cmcore.charters.charter import Charter
from cmcore.cli.fail import asking, naming
from cmcore.cli.given import week, zone
from cmcore.cli.names import seen
from cmcore.cli.options import GOOD, exits, json_option, reader_options
from cmcore.cli.show import show, show_json
from cmcore.cli.usage import Command
from cmcore.codec.bounds import Data, read_bounded
from cmcore.codec.documents import format_of, parse_document
from cmcore.codec.files import unstructure
from cmcore.codec.forms import Form, Key
from cmcore.codec.places import placed
from cmcore.codec.values import ID, SOME, TEXT, WEEK, ZONE
from cmcore.display.views import Line, View
from cmcore.display.wording import Language, say
from cmcore.incidents.playbook import Playbook
from cmcore.organisations.organisation import Organisation
from cmcore.teams.needs import Needs, Watch
from cmcore.teams.team import Team

#: Size -> the charter to begin with, unless another is asked for.
_CHARTERS: Final = {"small": "small-brand", "medium": "large-group", "large": "large-group"}
#: The kinds of the files to begin with, in their order; the last names the others.
_KINDS: Final = (Team, Needs, Charter, Playbook, Organisation)
#: What a few facts about an organisation are: the keys of a file of them.
FACTS: Final[Form[dict[str, Any]]] = Form(
    dict,
    "facts",
    "A few facts about an organisation, of which a team is designed.",
    Key("organisation", ID, "Its name."),
    Key("size", TEXT, "How large it is, as in the catalog."),
    Key("objectives", SOME, "What it wants of social media, as in the catalog.", missing=None),
    Key("networks", SOME, "The networks it is on.", missing=None),
    Key("languages", SOME, "The languages it speaks there.", missing=None),
    Key("sites", SOME, "Its places or countries.", missing=None),
    Key("zone", ZONE, "Its IANA time zone."),
    Key("hours", WEEK, "When somebody must be there."),
    Key("charter", TEXT, "The charter to begin with, as in the catalog."),
)
#: What stands where neither the file nor an option says so.
_USUAL: Final[Mapping[str, Any]] = {
    "organisation": "my-organisation", "size": "small", "objectives": (), "networks": (),
    "languages": (), "sites": (), "zone": "UTC", "hours": None, "charter": None,
}  # fmt: skip


def _several(flag: str, name: str, about: str) -> Callable[[Any], Any]:
    return click.option(flag, name, multiple=True, metavar="NAME", help=f"{about} Repeatable.")


@click.command(cls=Command, epilog=exits("designed"))
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--facts", "path", metavar="FILE", help="A file of these facts; options go first.")
@click.option("--name", "organisation", metavar="NAME", help="The name of the organisation.")
@click.option("--size", metavar="NAME", help="How large it is: `cmcore catalog sizes`.")
@_several("--objective", "objectives", "What it wants: `cmcore catalog objectives`.")
@_several("--network", "networks", "A network that it is on.")
@_several("--language", "languages", "A language that it speaks there.")
@_several("--site", "sites", "A place or a country that it is in.")
@click.option("--zone", callback=zone, metavar="ZONE", help="Its time zone, as `Europe/Paris`.")
@click.option(
    "--hours",
    callback=week,
    metavar="HOURS",
    help="When somebody must be there, as `Mon-Fri 09:00-18:00`.",
)
@click.option("--charter", metavar="NAME", help="Which charter to begin with.")
@reader_options
@json_option
def design(
    *,
    folder: Path | None,
    path: str | None,
    lang: Language,
    as_json: bool,
    **given: Any,  # noqa: ANN401 - a fact for each option
) -> int:
    """Design a team from a few facts about an organisation.

    Says which roles it needs, and with FOLDER, which must be empty or new, writes the files to
    begin with there: team, needs, charter, playbook, and the organisation that names them.
    """
    facts = {**_USUAL, **({} if path is None else _facts(path))}
    facts |= {name: one for name, one in given.items() if one}
    with asking(path, objective="--objective", id="--name"):
        found = _designed(facts)
        texts = _files(found, facts, lang)
    if folder is not None:
        write_all(folder, texts)
    if as_json:
        told: dict[str, Any] = {"design": unstructure(found)}
        show_json({**told, **({} if folder is None else {"files": [*texts]})})
    else:
        show(
            seen(found, lang),
            *([] if folder is None else [_written(folder, texts, lang)]),
        )
    return GOOD


def _facts(path: str) -> dict[str, Any]:
    """Return the facts that a file gives.

    Raises:
        BadFileError: it does not read.
    """
    with naming(path):
        file = Path(path)
        with file.open("rb") as stream:
            form, text = format_of(path), read_bounded(stream)
        data = parse_document(text, form)
        try:
            found = FACTS.read(data)
        except InvalidError as error:
            raise InvalidError(placed(error.problems, text.decode(), form)) from None
    return {name: one for name, one in found.items() if one is not None}


def _designed(facts: Mapping[str, Any]) -> Design:
    """Return the design that some facts make, with the hours that are asked for."""
    found = design_of(
        facts["objectives"], facts["size"], networks=facts["networks"], sites=facts["sites"],
        languages=facts["languages"], zone=facts["zone"], id=facts["organisation"],
    )  # fmt: skip
    if facts["hours"] is None:
        return found
    watch = Watch(facts["hours"], facts["zone"], role="communicator")
    needs = attrs.evolve(found.needs, hours=[*found.needs.hours, watch])
    return attrs.evolve(found, needs=needs)


def _files(found: Design, facts: Mapping[str, Any], lang: Language) -> dict[str, str]:
    """Return the text of each file to begin with, by its name; that which names them is last."""
    name = facts["charter"] or _CHARTERS[found.size]
    if name not in catalog.charters:
        near, known = nearest(name, catalog.charters), [*catalog.charters]
        raise refuse("not-in-catalog", "charter", what="charter", name=name, near=near, known=known)
    charter = attrs.evolve(found.charter(name, lang), id=found.id, title="")
    playbook = catalog.playbooks.in_language(lang)["crisis"]
    parts = (found.team(), found.needs, charter, playbook)
    plain: dict[type, Any] = {type(one): unstructure(one) for one in parts}
    del plain[Team]["members"]  # nobody yet: the example below says how
    whole: dict[str, Data] = {"organisation": found.id, "zone": found.needs.zone}
    whole |= {kind.__name__.lower(): _name(kind, lang) for kind in plain}
    lists = {"objectives": sorted(found.objectives), "sites": sorted(facts["sites"])}
    whole |= {key: many for key, many in lists.items() if many}
    plain[Organisation] = whole
    kept = _chosen(facts)
    return {_name(kind, lang): _text(kind, data, lang, kept) for kind, data in plain.items()}


def _name(kind: type, lang: Language) -> str:
    """Return the name of the file of a kind."""
    return NAMES[kind.__name__.lower()][lang == "fr"]


def _chosen(facts: Mapping[str, Any]) -> frozenset[str]:
    """Return the names that somebody chose, which are no ids of the catalog."""
    name = facts["organisation"]
    own = () if name == _USUAL["organisation"] else (name,)
    return frozenset([*own, *facts["sites"], *facts["networks"], *facts["languages"]])


def _text(kind: type, data: Data, lang: Language, kept: Collection[str]) -> str:
    """Return the text of a file, with comments, and below it what may be added."""
    name = kind.__name__.lower()
    head = [say(f"design {name}", lang)]
    added = EXAMPLES.get(name, ("", ""))[lang == "fr"]
    below = "".join(f"# {line}\n" if line else "#\n" for line in added.splitlines())
    return commented(data, kind, head, lang, kept=kept) + below


def write_all(folder: Path, texts: Mapping[str, str]) -> None:
    """Write files into a folder that is new or empty: all of them, or none.

    Raises:
        InvalidError: there is something in the folder.
        OSError: it cannot be written; nothing is left of what was.
    """
    is_new = not folder.exists()
    if not is_new and any(folder.iterdir()):
        raise refuse("folder-not-empty", folder=str(folder))
    made: list[Path] = []
    try:
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            with (folder / name).open("x", encoding="utf-8", newline="\n") as stream:
                made.append(folder / name)
                stream.write(text)
    except BaseException:
        _take_back(made, [folder] if is_new else [])
        raise


def _take_back(files: Iterable[Path], folders: Iterable[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)
    for folder in folders:
        if folder.is_dir():
            folder.rmdir()


def _written(folder: Path, texts: Iterable[str], lang: Language) -> View:
    file = folder / _name(Organisation, lang)
    return View(
        title=say("design written", lang, folder=str(folder)),
        tone="covered",
        lines=tuple(_lines(texts, lang)),
        foot=say("design next", lang, team=_name(Team, lang), file=str(file)),
    )


def _lines(texts: Iterable[str], lang: Language) -> Iterator[Line]:
    for name, kind in zip(texts, _KINDS, strict=True):
        yield Line(name, "", say(f"design {kind.__name__.lower()}", lang))
