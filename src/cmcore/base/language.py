"""What the library says, found where it is written: each subject has tables of its own.

A folder of `cmcore` says what it says to people in `sentences`, and what goes wrong in `problems`.
Nothing has to be told that such a table is there; they are read when a sentence is first asked for.

Every code of a problem stays what it is from one version to the next; sentences may be bettered.
"""

import sys
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import import_module
from itertools import chain
from pkgutil import iter_modules
from typing import Final, Generic, Literal, TypeVar

import cmcore
from cmcore.base.hints import HINTS
from cmcore.base.offers import folders
from cmcore.base.said import GENERIC, Category, Said, Words
from cmcore.base.things import THINGS, Thing

__all__ = [
    "GENERIC",
    "HINTS",
    "LABELS",
    "LANGUAGES",
    "PROBLEMS",
    "SENTENCES",
    "THINGS",
    "Category",
    "Language",
    "Said",
    "Thing",
    "Words",
]

Language = Literal["en", "fr"]
#: The columns of the tables.
LANGUAGES: Final[tuple[Language, ...]] = ("en", "fr")

Row = TypeVar("Row")


class Gathered(Mapping[str, Row], Generic[Row]):
    """The rows of all tables of one name, in whatever folder of the library they stand."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._seen: dict[str, Row] = {}

    @cached_property
    def tables(self) -> Mapping[str, Mapping[str, Row]]:
        """The tables, by the folder that each is about."""
        return {folder: self._table(folder) for folder in self._folders}

    @cached_property
    def _folders(self) -> tuple[str, ...]:
        return tuple(_folders_with(self._module))

    def _table(self, folder: str) -> Mapping[str, Row]:
        module = import_module(f"cmcore.{folder}.{self._module}")
        table: Mapping[str, Row] = getattr(module, self._module.upper())
        return table

    def _search(self, code: str) -> Row:
        """Find a code, first in the folders that the program has loaded already."""
        near = sorted(self._folders, key=lambda folder: f"cmcore.{folder}" not in sys.modules)
        for table in map(self._table, near):
            if code in table:
                return table[code]
        raise KeyError(code)

    def __getitem__(self, code: str) -> Row:
        if code not in self._seen:
            self._seen[code] = self._search(code)
        return self._seen[code]

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self.tables.values())

    def __len__(self) -> int:
        return sum(map(len, self.tables.values()))


def _folders_with(module: str) -> Iterator[str]:
    """Yield the folders of the library that have such a module, without importing any."""
    for folder in folders():
        paths = [f"{root}/{folder}" for root in cmcore.__path__]
        if any(found.name == module for found in iter_modules(paths)):
            yield folder


#: code -> (English, French); `{name}` is a parameter of the reason.
SENTENCES: Final = Gathered[tuple[str, str]]("sentences")

#: Sort and id -> what a ready-made thing is called in English and in French: `role analyst`.
LABELS: Final = Gathered[Words]("labels")

#: code -> the sentence of that kind of problem.
PROBLEMS: Final = Gathered[Said]("problems")
