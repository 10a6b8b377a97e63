"""Shelves: immutable mappings of ready-made values, read from the data of the package when used."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, Generic, TypeVar

from cmcore.base.ids import clip, did_you_mean
from cmcore.catalog.entries import Entry, Idea
from cmcore.charters.charter import Charter
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.codec.documents import parse_document
from cmcore.codec.files import structure
from cmcore.display.views import Table, View, Viewable
from cmcore.display.wording import LANGUAGES, Language, check_language, say
from cmcore.incidents.playbook import Playbook

_T = TypeVar("_T")
_ENTRY: Final = ("label", "about", "sources")


class Shelf(Mapping[str, _T], Viewable, Generic[_T]):
    """Ready-made values by id, in one language; a value is kept once it has been read.

    Texts for people are in English, unless the values come from `in_language("fr")`.
    """

    __slots__ = ("_kind", "_language", "_name")

    def __init__(self, name: str, kind: type[_T], language: Language = "en") -> None:
        self._name, self._kind, self._language = name, kind, language

    def in_language(self, language: Language) -> "Shelf[_T]":
        """Return the same shelf with its values in another language.

        Raises:
            InvalidError: when nothing is worded in that language.
        """
        check_language(language)
        return Shelf(self._name, self._kind, language)

    def entry(self, id: str) -> Entry | Idea:  # noqa: A002
        """Return the label and the sources of an entry; KeyError when there is none."""
        return self._pair(id)[0]

    def __getitem__(self, key: str) -> _T:
        found: _T = self._pair(key)[1]
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __repr__(self) -> str:
        return f"<catalog.{self._name}: {', '.join(self)}>"

    @property
    def _held(self) -> Mapping[str, tuple[Entry | Idea, Any]]:
        kind: Any = self._kind
        return _shelf(self._name, kind, self._language)

    def _pair(self, key: str) -> tuple[Entry | Idea, Any]:
        held = self._held
        if key not in held:
            hint = did_you_mean(str(key), held) or f"one of {', '.join(held)}"
            message = f"the catalog has no `{clip(key)}` among its {self._name}: {hint}"
            raise KeyError(message)
        return held[key]

    def _view(self, language: Language) -> View:
        """Return the list of what is there."""
        rows = tuple(_row(self.entry(key), language) for key in self)
        last = "how" if self._name == "ideas" else "from"
        heads = tuple(say(f"catalog {code}", language) for code in ("id", "label", last))
        return View(
            title=say(f"catalog shelf {self._name}", language), tables=(Table(heads, rows),)
        )


def _row(entry: Entry | Idea, language: Language) -> tuple[str, str, str]:
    if isinstance(entry, Idea):
        how = "words" if entry.prose else "part" if entry.not_carried else "whole"
        return (entry.id, entry.text(language), say(f"catalog how {how}", language))
    return (entry.id, entry.label.text(language), ", ".join(entry.sources))


@cache
def _data(name: str) -> dict[str, Any]:
    text = files("cmcore.catalog").joinpath("data", f"{name}.json").read_bytes()
    found: Any = parse_document(text, "json")
    return dict(found)


@cache
def _shelf(name: str, kind: type[Any], language: Language) -> dict[str, tuple[Entry | Idea, Any]]:
    made: dict[str, tuple[Entry | Idea, Any]] = {}
    for id_, item in _data(name).items():
        if kind in _READY:
            told = {key: item[key] for key in _ENTRY}
            raw = _spoken(_READY[kind](id_, item), check_language(language))
            made[id_] = (structure({"id": id_, **told}, Entry), structure(raw, kind))
        else:
            entry = structure({"id": id_, **item}, kind)
            made[id_] = (entry, entry)
    return made


def _charter(_: str, item: dict[str, Any]) -> object:
    circuits = {name: _data("circuits")[name]["value"] for name in item["circuits"]}
    return {**item["value"], "circuits": circuits}


#: How the library's own nouns are written in the data.
_READY: Final[Mapping[type, Callable[[str, dict[str, Any]], object]]] = {
    Charter: _charter,
    ValidationCircuit: lambda id_, item: {id_: item["value"]},
    Playbook: lambda _, item: item["value"],
}


def _spoken(data: Any, column: int) -> Any:  # noqa: ANN401 - plain data
    """Put a text in the place of each given in both languages, and what is shared in its name's."""
    if isinstance(data, list):
        return [_spoken(one, column) for one in data]
    if not isinstance(data, dict):
        return data
    if data.keys() == {*LANGUAGES}:
        return data[LANGUAGES[column]]
    if data.keys() == {"words"}:
        return _words(data["words"])
    if data.keys() == {"condition"}:
        return _spoken(_data("conditions")[data["condition"]], column)
    return {key: _spoken(one, column) for key, one in data.items()}


def _words(name: str) -> dict[str, list[str]]:
    """Return a list of words that several charters share, its groups put together."""
    shared = _data("words")[name]
    entries = [word for group in shared["mentions"].values() for word in group]
    return {"mentions": entries, "except": shared["except"]}
