"""Histories: acts with their contexts, and the rows that could not be read as such."""

from datetime import datetime
from typing import Final

from cmcore.base.errors import Problem
from cmcore.base.values import value
from cmcore.charters.act import Act
from cmcore.charters.context import Context
from cmcore.display.wording import Language, place_text, say

#: The problem of a row of a stream that is out of order.
LATE: Final = Problem.of("late-row")


@value
class Case:
    """An act in its context, at its place in a history."""

    act: Act
    context: Context = Context()
    place: str = ""

    @property
    def name(self) -> str:
        """The act's id and its place, if known and different."""
        return self.text()

    def text(self, language: Language = "en") -> str:
        """Say which act it is, by its id and its place, in English or in French."""
        id_, place = self.act.id, place_text(self.place, language)
        return f"{id_} ({place})" if id_ and self.place not in {"", id_} else id_ or place


@value
class Unreadable:
    """A row of a history that could not be read; it counts as an exception.

    `at` is the moment of its act, if that much could be read. `lost` is how many more rows it may
    have swallowed. `casts_doubt` says that other rows may have been read or decided wrongly because
    of it, as with an unclosed quote or a row out of order, or that the file may not be what was
    exported, as with an empty row.
    """

    place: str
    problems: tuple[Problem, ...] = ()
    at: datetime | None = None
    lost: int = 0
    casts_doubt: bool = False

    @property
    def is_only_late(self) -> bool:
        """Whether the only thing wrong with it is that it is earlier than the row above it."""
        return self.problems == (LATE,)

    def text(self, language: Language = "en") -> str:
        """Say where the row stands and what is wrong with it, in English or in French."""
        place = place_text(self.place, language)
        return say("at place", language, place=place, what=self.told(language))

    def told(self, language: Language = "en") -> str:
        """Say what is wrong with the row, in English or in French."""
        return say("joint", language).join(problem.text(language) for problem in self.problems)

    def __str__(self) -> str:
        return self.text()
