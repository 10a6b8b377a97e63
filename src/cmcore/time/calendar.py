"""Calendars: the days on which nobody works, and deadlines counted in working days.

A calendar holds dates and nothing else: what holidays a country has is filled in at the edge.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Final

from attrs import Factory, field

from cmcore.base.asked import checked_late
from cmcore.base.counts import count_problems
from cmcore.base.errors import Problem, refuse_any
from cmcore.base.regex import regex
from cmcore.base.truth import Truth
from cmcore.base.values import value


def _days(many: Iterable[date]) -> frozenset[date]:
    return frozenset(many)


def _years(many: Iterable[int]) -> frozenset[int]:
    return frozenset(many)


@value
class Calendar:
    """The local days on which nobody works: public holidays, bridge and company days.

    It covers whole `years`: by default, the years of its days. Nothing is known about other years,
    not even that they have no holidays.

    Raises:
        InvalidError: with every problem: no year, a day of another year, an instant for a day.
    """

    closed: frozenset[date] = field(default=frozenset(), converter=_days)
    years: frozenset[int] = field(
        default=Factory(lambda made: _years(day.year for day in made.closed), takes_self=True),
        converter=_years,
    )

    def __attrs_post_init__(self) -> None:
        refuse_any(self._problems())

    @checked_late
    def closes(self, day: date) -> Truth:
        """Return whether nobody works on a local day; unknown in a year it does not cover."""
        return Truth.of(day in self.closed) if day.year in self.years else Truth.UNKNOWN

    def __or__(self, other: "Calendar") -> "Calendar":
        """Return the calendar of the days that either closes, in the years that both cover."""
        years = self.years & other.years
        return Calendar((day for day in self.closed | other.closed if day.year in years), years)

    def _problems(self) -> Iterator[Problem]:
        if not self.years:
            yield Problem.of("empty", "years", key="years")
        for day in sorted(self.closed, key=str):
            if isinstance(day, datetime):
                yield Problem.of("wrong-value", "closed", given=day, wanted="made-day")
            elif day.year not in self.years:
                yield Problem.of("day-outside-years", "closed", day=day, years=self.years)


_IN_WORDS: Final = {
    word: count
    for words in ("one two three four five six seven eight nine ten",
                  "un deux trois quatre cinq six sept huit neuf dix")
    for count, word in enumerate(words.split(), 1)
}  # fmt: skip
_COUNTED: Final = regex(
    rf"([0-9]{{1,9}}|{'|'.join(_IN_WORDS)}) (?:working days?|business days?|jours? ouvrés?)"
)
_DAY: Final = "(?:working|business) day"
#: Ways to say the end of a working day, this one or the next.
_ENDS: Final = (
    regex(rf"(?:the )?end of (?:the |this )?(?:same )?{_DAY}|(?:the )?same {_DAY}"
          "|(?:la )?fin du (?:même )?jour ouvré"),
    regex(rf"(?:(?:the )?end of )?(?:the )?(?:next|following) {_DAY}"
          "|(?:(?:la )?fin du |le )?(?:prochain jour ouvré|jour ouvré suivant)"),
)  # fmt: skip


@value
class WorkingDays:
    """A period that ends with a working day: the `count`-th after its first day.

    The first day is not counted, as in article 3 of Regulation (EEC, Euratom) No 1182/71. One
    working day ends with the next working day; zero, with the same one or, if none of its hours are
    left, with the next.

    Raises:
        InvalidError: when the count is not a whole number from 0.
    """

    count: int

    def __attrs_post_init__(self) -> None:
        refuse_any(count_problems(self.count, least=0))

    @classmethod
    @checked_late
    def parse(cls, text: str) -> "WorkingDays | None":
        """Read `2 working days` or `end of the next working day`; None where it is neither.

        Examples:
            >>> from cmcore.time import WorkingDays
            >>> WorkingDays.parse("end of the next working day") == WorkingDays(1)
            True
        """
        told = " ".join(text.casefold().split())
        for count, end in enumerate(_ENDS):
            if end.fullmatch(told):
                return cls(count)
        found = _COUNTED.fullmatch(told)
        return cls(_IN_WORDS.get(found[1]) or int(found[1])) if found else None

    def __str__(self) -> str:
        if self.count == 0:
            return "end of the working day"
        return f"{self.count} working day{'s' if self.count > 1 else ''}"
