"""Rows of a history that could not be read, as a table: those with the same problem told once."""

from collections.abc import Sequence
from itertools import islice
from typing import Final

from cmcore.charters.history import LATE, Unreadable
from cmcore.display.views import Table
from cmcore.display.wording import Language, place_text, say

#: How many problems are shown, and how many places of each (the rows are all there).
_SHOWN: Final = 20
_PLACES: Final = 3
#: How many rows are kept of a history of which only that is listed.
_MOST_KEPT: Final = 100


class Unread:
    """The rows of a history that could not be read: how many there are, and the first of them."""

    def __init__(self) -> None:
        self.count = 0
        self.rows: tuple[Unreadable, ...] = ()

    def take(self, row: Unreadable) -> None:
        """Count one more, and keep it if it is among the first."""
        self.count += 1
        if len(self.rows) < _MOST_KEPT:
            self.rows += (row,)


def unread_table(
    unread: Sequence[Unreadable], count: int, language: Language, late: int = 0
) -> Table | None:
    """Return the rows that could not be read, the first of `count`, of which some are only late."""
    alike: dict[str, list[str]] = {}
    for row in unread:
        alike.setdefault(row.told(language), []).append(row.place)
    counts = {problem: len(places) for problem, places in alike.items()}
    told_late = LATE.text(language)
    counts[told_late] = max(late, counts.get(told_late, 0))
    told = dict(islice(alike.items(), _SHOWN))
    rows = [
        (_places(places, counts[problem], language), problem) for problem, places in told.items()
    ]
    more = count - sum(counts[problem] for problem in told)
    rows += [("…", say("and more", language, count=more))] if more > 0 else []
    heads = tuple(say(code, language) for code in ("place", "problem"))
    return Table(heads, tuple(rows), say("unread", language)) if told else None


def _places(places: Sequence[str], count: int, language: Language) -> str:
    """Return the first places, and how many more there are."""
    more = count - len(places[:_PLACES])
    shown = [place_text(one, language) for one in places[:_PLACES]]
    return ", ".join([*shown, *([say("and more", language, count=more)] if more > 0 else [])])
