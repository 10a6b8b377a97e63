"""What came of an expectation: whether a history meets it, and the periods in which it does not."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby
from typing import Final

from attrs import field

from cmcore.base.values import value
from cmcore.charters.audits.figures import Interval, Period
from cmcore.charters.expectation import Expectation, expected_text
from cmcore.display.names import cell
from cmcore.display.pictures.canvas import Picture
from cmcore.display.pictures.columns import Column, Columns
from cmcore.display.views import Table
from cmcore.display.wording import Language, percent, say


class Fulfilment(StrEnum):
    """Whether an expectation is met, over a history or on one occasion.

    There is no occasion if nothing happened that it is about, such as a share of no acts. An
    occasion that is only partly in the history, or in force, is neither met nor missed unless that
    part alone decides.
    """

    MET = "met"
    MISSED = "missed"
    UNDECIDED = "not enough evidence"
    PARTIAL = "partial"
    IDLE = "no occasion"


@value
class Occasion:
    """One period, or one act, on which an expectation is judged.

    `count` acts are counted, and `maybe` more may be; for a share, they are among `total`, to which
    `more` may belong. Acts of which not even the day is known are excluded. `number` sorts the
    periods, None for an act.
    """

    name: str
    standing: Fulfilment
    count: int
    maybe: int = 0
    total: int | None = None
    more: int = 0
    number: int | None = None

    @property
    def share(self) -> float | None:
        """The share that is certain; None if there is none."""
        return self.count / self.total if self.total else None

    def counted(self) -> str:
        """Write what was counted: `1`, `1–3`, `2/12`."""
        counted = _span(self.count, self.maybe)
        return counted if self.total is None else f"{counted}/{_span(self.total, self.more)}"


def _span(least: int, more: int) -> str:
    return f"{least}–{least + more}" if more else str(least)


def _years(many: Iterable[int]) -> frozenset[int]:
    return frozenset(many)


@value
class ExpectationResult:
    """The result of judging a history by an expectation.

    `met`, `missed`, `undecided`, `partial` and `idle` count the occasions, which are calendar
    periods, including empty ones, or acts. They add up, although some period may be certainly
    missed while it is unknown which: the `standing` then says so. `occasions` lists all periods; if
    there are more than a thousand, and for acts, it lists the first thousand that are not met.
    `periods` counts those judged, and met, over time.

    An expectation about a share has the `share` of all acts, and its `interval` at the confidence
    level of the audit: each period is simply counted, and only all acts together say something
    about others like them. A count has neither.

    `unknown_years` are those of the history of which the charter's calendar says nothing, where
    only working days count: what stands in them may be undecided for that.
    """

    expectation: Expectation
    standing: Fulfilment
    met: int = field(default=0, kw_only=True)
    missed: int = field(default=0, kw_only=True)
    undecided: int = field(default=0, kw_only=True)
    partial: int = field(default=0, kw_only=True)
    idle: int = field(default=0, kw_only=True)
    occasions: tuple[Occasion, ...] = field(default=(), kw_only=True)
    periods: tuple[Period, ...] = field(default=(), kw_only=True)
    share: float | None = field(default=None, kw_only=True)
    interval: Interval | None = field(default=None, kw_only=True)
    unknown_years: frozenset[int] = field(default=frozenset(), kw_only=True, converter=_years)

    @property
    def judged(self) -> int:
        """How many occasions were met or missed."""
        return self.met + self.missed

    @property
    def failures(self) -> tuple[Occasion, ...]:
        """The occasions that were missed, in order of time."""
        return tuple(one for one in self.occasions if one.standing is Fulfilment.MISSED)

    def text(self, language: Language = "en") -> str:
        """Say what is expected: `at least 2 per week: publish`."""
        return expected_text(self.expectation, language)


# ----------------------------------------------------------------------------- what is shown of it

#: The tone of each standing.
TONES: Final = {
    Fulfilment.MET: "covered",
    Fulfilment.MISSED: "forbidden",
    Fulfilment.UNDECIDED: "exception",
    Fulfilment.PARTIAL: "",
    Fulfilment.IDLE: "",
}


def headline(results: Sequence[ExpectationResult], language: Language) -> str:
    """Say how many expectations are not met; nothing where all are."""
    for code, standings in _NOT_MET.items():
        count = sum(one.standing in standings for one in results)
        if count:
            return say(code, language, count=count, total=len(results))
    return ""


_NOT_MET: Final = {
    "some missed": {Fulfilment.MISSED},
    "some undecided": {Fulfilment.UNDECIDED, Fulfilment.PARTIAL},
}


def tables(
    results: Sequence[ExpectationResult], confidence: float, language: Language
) -> Iterator[Table]:
    """Yield what came of expectations, and where they were missed."""
    if not results:
        return
    yield Table(
        tuple(say(code, language) for code in ("expectation", "verdict", "expected", "found")),
        tuple(
            (cell(one.expectation.id, "expectation", language),
             say(f"expect {one.standing}", language), one.text(language),
             _found(one, confidence, language))
            for one in results
        ),
        say("what is expected", language),
        tuple(("", TONES[one.standing], "", "") for one in results),
    )  # fmt: skip
    rows = [row for one in results for row in _failures(one, language)]
    if rows:
        heads = tuple(say(code, language) for code in ("expectation", "counted", "periods"))
        yield Table(heads, tuple(rows), say("where missed", language))


def over(results: Sequence[ExpectationResult]) -> list[dict[str, str]]:
    """Return how often each expectation was met of how many times, by period of the evolution."""
    return [{one.name: f"{one.covered}/{one.total}" for one in each.periods} for each in results]


def _found(one: ExpectationResult, confidence: float, language: Language) -> str:
    unit = one.expectation.unit
    code = "kept acts" if unit is None else "kept periods"
    code = code if one.expectation.event is None else "kept times"
    units = "" if unit is None else say(f"units {unit}", language)
    told = [say(code, language, met=one.met, judged=one.judged, units=units)]
    more = {"undecided": one.undecided, "in part": one.partial, "idle": one.idle}
    told += [say(f"expect {code}", language, count=n) for code, n in more.items() if n]
    if one.unknown_years:
        years = ", ".join(map(str, sorted(one.unknown_years)))
        told.append(say("expect calendar", language, years=years))
    if one.interval is not None:
        low, high = percent(one.interval.low, language), percent(one.interval.high, language)
        told.append(say("share overall", language, share=percent(one.share, language), low=low,
                        high=high, level=percent(confidence, language, 0)))  # fmt: skip
    return say("joint", language).join(told)


def _failures(one: ExpectationResult, language: Language) -> Iterator[tuple[str, str, str]]:
    """Yield the occasions on which it was missed, those of which as much was counted together."""
    name = cell(one.expectation.id, "expectation", language)
    alike: dict[str, list[Occasion]] = {}
    for occasion in one.failures:
        alike.setdefault(occasion.counted(), []).append(occasion)
    worst = sorted(alike.items(), key=lambda told: _size(told[1][0]),
                   reverse=not one.expectation.is_floor)[:_SHOWN]  # fmt: skip
    for counted, some in worst:
        runs = [*_runs(some)]
        named = ", ".join(run for run, _ in runs[:_RUNS])
        more = sum(count for _, count in runs[_RUNS:])
        told = f"{named}, {say('and more', language, count=more)}" if more else named
        yield name, counted, told
    left = one.missed - sum(len(some) for _, some in worst)
    if left:
        yield name, "…", say("and more", language, count=left)


def _size(one: Occasion) -> float:
    return one.count if one.total is None else one.share or 0.0


def _runs(some: Iterable[Occasion]) -> Iterator[tuple[str, int]]:
    """Yield each run of periods that follow each other, with how many there are; acts alone."""
    for _, group in groupby(enumerate(some), lambda told: _place(*told)):
        run = [occasion for _, occasion in group]
        first, last = run[0].name, run[-1].name
        yield (f"{first} … {last}" if len(run) > 1 else first), len(run)


def _place(index: int, one: Occasion) -> tuple[bool, int]:
    """Return what periods that follow each other have in common, and acts have not."""
    return (True, one.number - index) if one.number is not None else (False, index)


def pictures(results: Sequence[ExpectationResult], language: Language) -> Iterator[Picture]:
    """Yield what was counted in each period, beside the bound."""
    for one in results:
        if one.expectation.unit is None or len(one.occasions) < _FEWEST:
            continue
        share = one.expectation.share
        goal = float(one.expectation.count if share is None else share)
        columns = tuple(_column(one, occasion) for occasion in one.occasions[-_COLUMNS:])
        top = max([goal, *(column.height or 0 for column in columns)])
        yield Columns(
            cell(one.expectation.id, "expectation", language),
            columns=columns,
            top=top * _ABOVE if share is None else 1,
            goal=goal,
            goal_told=one.text(language).replace("`", ""),
        )


def _column(one: ExpectationResult, occasion: Occasion) -> Column:
    told, tone = occasion.counted(), TONES[occasion.standing]
    if one.expectation.share is None:
        return Column(occasion.name, float(occasion.count), told, told, tone)
    return Column(occasion.name, occasion.share, told, told, tone)


#: How many rows of missed occasions are shown of an expectation, and how many runs in each.
_SHOWN: Final = 10
_RUNS: Final = 12
#: From how many periods on they are drawn, and how many of the last.
_FEWEST: Final = 2
_COLUMNS: Final = 60
#: How much higher than the bound a drawing of numbers reaches.
_ABOVE: Final = 1.1
