"""Files to begin with: what the catalog has, written as YAML with comments for who fills it in."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import groupby
from textwrap import wrap
from typing import Any, Final

from cmcore import catalog
from cmcore.catalog.entries import Objective, Practice, Profile, Size
from cmcore.catalog.french_ids import ids_in_french
from cmcore.catalog.sentences import SENTENCES
from cmcore.charters.charter import Charter
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.codec.bounds import Data
from cmcore.codec.documents import dump_document
from cmcore.codec.files import unstructure
from cmcore.codec.french import in_french, level_of
from cmcore.display.wording import Language, say
from cmcore.incidents.playbook import Playbook
from cmcore.organisations.organisation import Organisation
from cmcore.teams.needs import Needs
from cmcore.teams.team import Team

#: How wide a comment is.
_WIDE: Final = 96
#: A word of a list, which stands in a row as it stands on a line; and how many are many.
_WORD: Final = re.compile(r"( *)- (?:[^\W_][\w' .*-]*|'[^'\n]*')")
_MANY: Final = 12
_KEY: Final = re.compile(r"(\w[\w' ]*):")


def _role(profile: Profile) -> Data:
    plain: Any = unstructure(Team("team", roles=[profile.role]))
    return {"roles": plain["roles"]}


#: Kind of value -> the plain data of a file, or of the part of one, that has it.
_PLAIN: Final[Mapping[type, Callable[[Any], Data]]] = {
    Charter: unstructure,
    Playbook: unstructure,
    ValidationCircuit: lambda circuit: {"circuits": unstructure(circuit)},
    Profile: _role,
    Objective: lambda one: unstructure(one.needs),
    Size: lambda one: unstructure(one.needs),
    Practice: lambda one: {"practices": [{one.id: "2026-01-31"}]},
}
#: Kind of value -> the kind of file that it is, or is a part of.
_FILES: Final[Mapping[type, type]] = {
    Charter: Charter,
    Playbook: Playbook,
    ValidationCircuit: Charter,
    Profile: Team,
    Objective: Needs,
    Size: Needs,
    Practice: Organisation,
}


def starter(shelf: str, id: str, language: Language = "en") -> str | None:  # noqa: A002
    """Return the file to begin with that an entry of the catalog is; None where it is none.

    A charter, a playbook, and the needs of a size or an objective are whole files; a circuit, a
    role and a practice stand under their key, to be put into the file that has them. KeyError when
    there is no such entry.
    """
    held = getattr(catalog, shelf).in_language(language)
    thing, entry = held[id], held.entry(id)
    if type(thing) not in _PLAIN:
        return None
    head = [entry.label.text(language), entry.about.text(language)]
    head.append(say("catalog sources", language, sources=", ".join(entry.sources)))
    return commented(_PLAIN[type(thing)](thing), _FILES[type(thing)], head, language)


def commented(
    data: Data,
    kind: type,
    head: Iterable[str],
    language: Language = "en",
    *,
    kept: Collection[str] = (),
) -> str:
    """Return plain data as YAML below a head, each key with what is known to be said of it.

    `kind` is what the file holds, or the part of one: its comments are those of the table. Keys,
    comments and ids of the catalog are in one language; `kept` are names that somebody chose.
    """
    lines = [line for text in head for line in _comment(text)]
    own, meant = (data, dict[str, str]())
    if language == "fr":
        own, meant = in_french(ids_in_french(data, kind, kept), kind), level_of(kind).english
    for line in _rows(dump_document(own, "yaml").splitlines()):
        found = _KEY.match(line)
        key = found[1] if found else ""
        code = f"comment {kind.__name__.lower()}.{meant.get(key, key)}"
        if code in SENTENCES:
            lines += _comment(say(code, language))
        lines.append(line)
    return "\n".join(lines) + "\n"


def _rows(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a text of YAML, with lists of many words in rows, as people write them."""
    for indent, group in groupby(lines, _indent_of_word):
        same = [*group]
        yield from same if indent is None else _rowed(same)


def _indent_of_word(line: str) -> str | None:
    """Return how far in a word of a list stands; None where the line is something else."""
    found = _WORD.fullmatch(line)
    return found[1] if found else None


def _rowed(items: list[str]) -> Iterator[str]:
    if len(items) < _MANY:
        yield from items
        return
    indent = items[0].index("-") + 2
    words = ", ".join(item[indent:] for item in items)
    rows = wrap(words, _WIDE - indent, break_long_words=False, break_on_hyphens=False)
    first, *others = rows
    yield f"{' ' * indent}[{first}"
    yield from (f"{' ' * (indent + 1)}{row}" for row in others[:-1])
    yield f"{' ' * (indent + 1)}{others[-1]}]"


def _comment(text: str) -> Iterator[str]:
    yield from (f"# {line}" for line in wrap(text, _WIDE - 2))
