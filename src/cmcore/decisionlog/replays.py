"""Replays: a log whose decisions were made again, what differs, and why."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from attrs import field

from cmcore.base.counts import count_problems
from cmcore.base.errors import Problem, refuse_any
from cmcore.base.frozen import FrozenMap
from cmcore.base.values import value
from cmcore.base.version import library_version
from cmcore.charters.decision import Ruling, outcome_text, rules_text
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, place_text, say, say_many

#: How many entries that are not equal are listed.
MOST_LISTED: Final = 100


class ReplayVerdict(StrEnum):
    """What comes of deciding an entry again."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNTOLD = "cannot tell"


class ReplayReason(StrEnum):
    """Why an entry is not equal, or cannot be told to be."""

    NO_CHARTER = "no charter"
    CHARTER = "another charter"
    LIBRARY = "another library"
    REDACTED = "redacted"
    UNREADABLE = "unreadable"
    UNEXPLAINED = "unexplained"


@value
class Replayed:
    """An entry decided again: what the log says, what is found, and why they are not equal.

    `found` is None where nothing could be decided.
    """

    id: str
    verdict: ReplayVerdict
    reason: ReplayReason | None = None
    logged: Ruling | None = None
    found: Ruling | None = None

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence."""
        why = say(f"replay {self.reason}", language) if self.reason else ""
        told = [why] if why else []
        if self.verdict is ReplayVerdict.DIFFERENT and self.logged and self.found:
            pair = [_shown(self.logged, language), _shown(self.found, language)]
            told.insert(0, say("replay instead", language, logged=pair[0], found=pair[1]))
        return say("joint", language).join(told)


def _shown(ruling: Ruling, language: Language) -> str:
    outcome = outcome_text(ruling.outcome, ruling.circuits, language)
    rules = rules_text(ruling.determining, language)
    return f"{outcome} ({rules})" if rules else outcome


def _counts(given: Mapping[str, int]) -> FrozenMap[int]:
    return FrozenMap(given)


def _nothing() -> FrozenMap[int]:
    return FrozenMap()


@value
class Replay(Viewable):
    """A log decided again: how many of its entries come out equal, and the others with the reason.

    The three numbers and `total` add up. `reasons` says how many entries have each reason; of those
    that are not equal, the first are `listed`, those that are different before the others.

    Raises:
        InvalidError: when the numbers do not add up.
    """

    equal: int = 0
    different: int = 0
    untold: int = 0
    reasons: FrozenMap[int] = field(factory=_nothing, converter=_counts)
    listed: tuple[Replayed, ...] = ()

    def __attrs_post_init__(self) -> None:
        refuse_any(
            *(count_problems(getattr(self, key), key) for key in ("equal", "different", "untold")),
            *(count_problems(count, "reasons", name) for name, count in self.reasons.items()),
            self._sum_problems(),
        )

    def _sum_problems(self) -> Iterator[Problem]:
        told = sum(self.reasons.values())
        if told != self.different + self.untold:
            yield Problem.of(
                "reasons-not-counted", "reasons", count=told, wanted=self.total - self.equal
            )

    @property
    def total(self) -> int:
        """How many entries there are."""
        return self.equal + self.different + self.untold

    def _view(self, language: Language) -> View:
        """Return the view of the replay for a terminal or a notebook."""
        told = {"equal": self.equal, "different": self.different, "untold": self.untold}
        tone = "forbidden" if self.different else "exception" if self.untold else "covered"
        lines = [
            Line(say_many("replay entries", count, language), "", say(f"replay {name}", language))
            for name, count in sorted(self.reasons.items())
        ]
        return View(
            title=say_many("replay", self.total, language, **told),
            tone=tone if self.total else "exception",
            lines=tuple(lines),
            tables=(self._table(language),) if self.listed else (),
            foot=say("replay by", language, library=library_version()),
        )

    def _table(self, language: Language) -> Table:
        rows = tuple(
            (
                place_text(one.id, language) if one.reason is ReplayReason.UNREADABLE else one.id,
                say(f"replay verdict {one.verdict}", language),
                one.text(language) or "–",
            )
            for one in self.listed
        )
        tones = tuple(("", _TONES[one.verdict], "") for one in self.listed)
        names = tuple(say(f"replay head {name}", language) for name in ("entry", "verdict", "why"))
        left = self.total - self.equal - len(self.listed)
        title = say_many("replay listed", left, language) if left else say("replay all", language)
        return Table(names, rows, title, tones)


_TONES: Final = {
    ReplayVerdict.EQUAL: "covered",
    ReplayVerdict.DIFFERENT: "forbidden",
    ReplayVerdict.UNTOLD: "exception",
}
