"""What goes wrong, told as a list of problems, each with its place and a hint."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from cmcore.foundation.house import value

Path = tuple[str | int, ...]

#: The extra that brings each package which the base install does without.
EXTRAS: Final = MappingProxyType(
    {
        "PyYAML": "yaml",
        "altair": "charts",
        "click": "cli",
        "dask": "dask",
        "google-re2": "re2",
        "highspy": "solver",
        "narwhals": "frames",
        "numpy": "frames",
        "pandas": "pandas",
        "polars": "polars",
        "pyarrow": "frames",
        "rich": "cli",
        "tomli-w": "toml",
        "tzdata": "zones",
    }
)


def show_path(path: Path) -> str:
    """Write a path as people read it: `rules[3].when.topics`."""
    parts = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in path]
    return "".join(parts).removeprefix(".")


@value
class Problem:
    """One thing that is wrong: a sentence, where it is, and what to do about it."""

    message: str
    path: Path = ()
    line: int | None = None
    hint: str | None = None

    def under(self, *steps: str | int) -> "Problem":
        """Return the same problem, placed below `steps`."""
        return Problem(self.message, (*steps, *self.path), self.line, self.hint)

    def at_line(self, line: int | None) -> "Problem":
        """Return the same problem on `line` (counted from 1)."""
        return Problem(self.message, self.path, line, self.hint)

    def __str__(self) -> str:
        place = show_path(self.path)
        if self.line is not None:
            place = f"{place}, line {self.line}" if place else f"line {self.line}"
        head = f"{place}: {self.message}" if place else self.message
        return f"{head} ({self.hint})" if self.hint else head


class CmcoreError(Exception):
    """The base of every error the library raises on purpose."""


class InvalidError(CmcoreError, ValueError):
    """A value or a file is not valid; `problems` lists everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        if len(self.problems) == 1:
            return str(self.problems[0])
        return "\n".join([f"{len(self.problems)} problems", *(f"- {p}" for p in self.problems)])


class MissingExtraError(CmcoreError, ImportError):
    """A package of an optional extra is not installed; the message names the command to run."""

    def __init__(self, package: str) -> None:
        self.package = package
        self.extra = EXTRAS[package]
        super().__init__(package)

    def __str__(self) -> str:
        return f"`{self.package}` is not installed ({to_install(self.package)})"


def to_install(package: str) -> str:
    """Return what to do to have a package that an extra brings."""
    return f"run `pip install 'cmcore[{EXTRAS[package]}]'`"


def refuse(message: str, *path: str | int, hint: str | None = None) -> InvalidError:
    """Return an error made of one problem, to be raised by the caller."""
    return InvalidError([Problem(message, path, hint=hint)])
