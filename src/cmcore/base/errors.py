"""What goes wrong, as a list of problems: each a code with its parameters, a place and a hint."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain, islice
from types import MappingProxyType
from typing import Final

import attrs

from cmcore.base.codes import Code
from cmcore.base.language import (
    GENERIC,
    HINTS,
    LANGUAGES,
    PROBLEMS,
    SENTENCES,
    Category,
    Language,
    Said,
    Words,
)
from cmcore.base.maps import FrozenMap
from cmcore.base.regex import regex
from cmcore.base.said import UNSAID
from cmcore.base.shown import SORTS, Param, cut, fill, in_code, placeholders, plain
from cmcore.base.values import value

Path = tuple[str | int, ...]

#: The most problems listed for one thing; the search for more ends there.
MAX_PROBLEMS: Final = 1_000

#: The extra that brings each package which the base install does without.
EXTRAS: Final = MappingProxyType(
    {
        "PyYAML": "yaml",
        "altair": "charts",
        "click": "cli",
        "dask": "dask",
        "google-re2": "re2",
        "highspy": "solver",
        "holidays": "holidays",
        "icalendar": "ical",
        "narwhals": "frames",
        "numpy": "frames",
        "pandas": "pandas",
        "polars": "polars",
        "pyarrow": "frames",
        "rich": "cli",
        "snowballstemmer": "stems",
        "tomli-w": "toml",
        "tzdata": "zones",
    }
)


#: What a sentence writes, or names.
_PIECE: Final = regex("`([^`]+)`")
#: If many things are given instead of one, the problem says so.
_MANY: Final = (list, tuple, set, frozenset, Mapping)


#: A longer step of a path is cut where it is shown.
_WIDE: Final = 200


def show_path(path: Path) -> str:
    """Write a path as people read it: `rules[3].when.topics`; what is not seen is escaped."""
    parts = [f"[{step}]" if isinstance(step, int) else f".{cut(step, _WIDE)}" for step in path]
    return "".join(parts).removeprefix(".")


#: A step that is the place of a row: `line 3`, `outbox.json: item 3`.
_ROW: Final = regex(r"(?:(.+): )?(line|item|act) ([0-9]+)")


def _step(step: str | int, language: "Language") -> str | int:
    """Return a step of a path, the place of a row as people read it."""
    found = _ROW.fullmatch(step) if isinstance(step, str) and step[-1:].isdecimal() else None
    if not found:
        return step
    row = said(f"row at {found[2]}", language, number=found[3])
    return said("row in file", language, file=found[1], row=row) if found[1] else row


class _Params(FrozenMap[Param]):
    """Parameters that are plain: a problem that moves keeps its own, however many they are."""

    __slots__ = ()


def _plain(params: Mapping[str, object]) -> FrozenMap[Param]:
    if isinstance(params, _Params):
        return params
    return _Params({name: plain(given) for name, given in params.items()})


@value
class Problem:
    """One thing that is wrong: its kind, its place, and what to do about it.

    Attributes:
        code: The kind of problem, such as `unknown-fact`; it stays the same from one version to the
            next, and is listed with its sentence on the page of problems.
        path: Where it is: keys and numbers of items, from the outermost.
        line: The line of its file, from 1; None when there is no file.
        file: The name of its file, where that is one which the file that is read names.
        spelt: What its sentences write, each with what the file has for it: a file in French has
            keys and words of its own.
        hint_code: Which hint is given, if it is not the hint of the code.
        params: The values in the sentence, by name: texts, numbers, flags, or several.
        called: The names of the people and things in the sentence, in English and in French, by
            their sort and id. They are not part of the problem.
    """

    code: Code
    path: Path = ()
    line: int | None = None
    hint_code: str | None = attrs.field(default=None, alias="hint")
    params: FrozenMap[Param] = attrs.field(factory=FrozenMap[Param], converter=_plain)
    file: str | None = attrs.field(default=None, kw_only=True)
    spelt: FrozenMap[str] = attrs.field(
        factory=FrozenMap[str], converter=FrozenMap[str], kw_only=True
    )
    called: FrozenMap[Words] = attrs.field(
        factory=FrozenMap[Words], converter=FrozenMap[Words], kw_only=True, eq=False, repr=False
    )

    def __attrs_post_init__(self) -> None:
        if self.hint_code not in {None, *HINTS}:
            raise refuse("unknown-code", given=self.hint_code)
        needed = {**placeholders(self._said.message[0]), **placeholders(next(self._hints())[0])}
        if missing := needed.keys() - self.params.keys():
            raise refuse("missing-parameters", "params", given=self.code, names=missing)

    @classmethod
    def of(
        cls, code: Code, *path: str | int, hint: str | None = None, **params: object
    ) -> "Problem":
        """Make a problem from its code and parameters; an empty list of known names is left out."""
        told = {name: one for name, one in params.items() if one or name not in GENERIC}
        if isinstance(told.get("given"), _MANY):
            told["given"] = type(told["given"]).__name__
        return cls(code, path, hint=hint, params=told)

    @property
    def category(self) -> Category:
        """What sort of problem it is, for a service that must distinguish them."""
        return self._said.category

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return self.message_in("en")

    @property
    def hint(self) -> str | None:
        """What to do about it, in English."""
        return self._hint("en")

    def text(self, language: Language = "en") -> str:
        """Say where it is, what is wrong and what to do about it, in English or in French."""
        place = show_path(tuple(_step(one, language) for one in self.path))
        if self.line is not None:
            line = said("at line", language, line=self.line)
            place = f"{place}, {line}" if place else line
        if self.file is not None:
            place = f"{self.file}, {place}" if place else self.file
        message, hint = self.message_in(language), self._hint(language)
        head = said("at place", language, place=place, what=message) if place else message
        return f"{head} ({hint})" if hint else head

    def __str__(self) -> str:
        return self.text()

    def under(self, *steps: str | int) -> "Problem":
        """Return the same problem with `steps` before its path."""
        return self.at(*steps, *self.path)

    def at(self, *steps: str | int) -> "Problem":
        """Return the same problem with `steps` as its path."""
        return attrs.evolve(self, path=steps)

    def at_line(self, line: int | None) -> "Problem":
        """Return the same problem on `line` (counted from 1)."""
        return attrs.evolve(self, line=line)

    @property
    def pieces(self) -> frozenset[str]:
        """What of a file its sentences write, in backticks."""
        said = [*self._said.message, *(self._hint(language) or "" for language in LANGUAGES)]
        return frozenset(piece for sentence in said for piece in _PIECE.findall(sentence))

    @property
    def named(self) -> frozenset[tuple[str, str]]:
        """The people and things in its sentences: their sorts, and their ids."""
        said = [*self._said.message, *(words for hint in self._hints() for words in hint)]
        asked = {name: spec for one in said for name, spec in placeholders(one).items()}
        return frozenset(
            (spec, str(self.params[name])) for name, spec in asked.items() if spec in SORTS
        )

    def in_file(self, name: str) -> "Problem":
        """Return the same problem in the file `name`, unless it is in another that this names."""
        return self if self.file is not None else attrs.evolve(self, file=name)

    @property
    def _said(self) -> Said:
        return PROBLEMS[self.code]

    def message_in(self, language: Language) -> str:
        """Say what is wrong, in English or in French, and neither where nor what to do about it."""
        column = check_language(language)
        sentence = self._respelt(self._said.message[column])
        return fill(sentence, self.params, column, self._namer(language))

    def _hint(self, language: Language) -> str | None:
        column = check_language(language)
        named = self._namer(language)
        hints = (fill(one[column], self.params, column, named) for one in self._hints())
        found = next(filter(None, hints), None)
        return found and self._respelt(found)

    def _namer(self, language: Language) -> Callable[[str, str], str]:
        """Return what says who or what an id is: by the name, and the id as well if it is asked."""
        column, is_told = check_language(language), getattr(language, "ids", False)

        def named(id_: str, sort: str) -> str:
            name = self.called.get(f"{sort} {id_}", UNSAID)[column]
            if not name:
                return in_code(id_, sort)
            return f"{name} (`{id_}`)" if is_told else name

        return named

    def _respelt(self, sentence: str) -> str:
        if not self.spelt:
            return sentence
        return _PIECE.sub(lambda piece: f"`{self.spelt.get(piece[1], piece[1])}`", sentence)

    def _hints(self) -> Iterator[Words]:
        """Yield the hints that might be given; the first that says something is."""
        if "near" in self.params:
            yield HINTS["did-you-mean"]
        if self.hint_code:
            yield HINTS[self.hint_code]
        if "write" in self.params:
            yield HINTS["write-this"]
        yield self._said.hint
        if "known" in self.params:
            yield HINTS["one-of"]


class CmcoreError(Exception):
    """The base of every error the library raises on purpose.

    `str(error)` is in English, whoever runs the program; `error.text("fr")` is in French.
    """

    def text(self, language: Language = "en") -> str:
        """Say what is wrong and what to do about it, in English or in French."""
        return said("some error", language)

    def __str__(self) -> str:
        return self.text()


class InvalidError(CmcoreError, ValueError):
    """A value or a file is not valid; `problems` lists what is wrong with it, at most 1,000."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(first_of(problems))
        super().__init__(self.problems)

    def text(self, language: Language = "en") -> str:
        """Say every problem on a line of its own, in English or in French."""
        lines = [problem.text(language) for problem in self.problems]
        if len(lines) == 1:
            return lines[0]
        head = said("several problems", language, count=len(lines))
        return "\n".join([head, *(f"- {line}" for line in lines)])


class MissingExtraError(CmcoreError, ImportError):
    """A package of an optional extra is not installed; the message names the command to run."""

    def __init__(self, package: str) -> None:
        self.package = package
        self.extra = EXTRAS[package]
        super().__init__(package)

    def text(self, language: Language = "en") -> str:
        """Say which package is missing and how to install it, in English or in French."""
        problem = Problem.of("not-installed", package=self.package, extra=self.extra)
        return problem.text(language)


def refuse(code: Code, *path: str | int, hint: str | None = None, **params: object) -> InvalidError:
    """Return an error made of one problem, to be raised by the caller."""
    return InvalidError([Problem.of(code, *path, hint=hint, **params)])


@cache
def more() -> Problem:
    """Return the last problem listed, which says that there were more.

    It is made on demand, because the tables that check a problem import this module.
    """
    return Problem.of("more-problems", most=MAX_PROBLEMS)


def enough(problems: Iterable[Problem]) -> list[Problem]:
    """Search for problems until there are more than are listed."""
    return list(islice(problems, MAX_PROBLEMS + 1))


def first_of(problems: Iterable[Problem]) -> list[Problem]:
    """Keep the first `MAX_PROBLEMS` problems, and say so when there were more."""
    kept = enough(problems)
    return [*kept[:-1], more()] if len(kept) > MAX_PROBLEMS else kept


def refuse_any(*problems: Iterable[Problem]) -> None:
    """Refuse a thing with its problems, searched for only until the list is full.

    Raises:
        InvalidError: with the first `MAX_PROBLEMS` of them.
    """
    found = first_of(chain.from_iterable(problems))
    if found:
        raise InvalidError(found)


def check_language(language: str) -> int:
    """Return the column of `language`, or refuse it."""
    if language not in LANGUAGES:
        raise refuse("unknown-language", language=language, known=LANGUAGES)
    return LANGUAGES.index(language)


def said(code: str, language: Language, **params: object) -> str:
    """Return a sentence of the tables in a language, its parameters filled in."""
    column = check_language(language)
    return fill(SENTENCES[code][column], params, column)
