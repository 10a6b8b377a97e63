"""Staffing: how many people each hour of the week takes, and where there are not enough."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from attrs import field

from cmcore.base.asked import checked_late
from cmcore.base.counts import count_problems
from cmcore.base.errors import InvalidError, Problem, refuse_any
from cmcore.base.values import value
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.week_map import Shade, week_map
from cmcore.display.wording import Language, percent, say, say_many, show, week_text
from cmcore.teams.cover.coverage import untold, years
from cmcore.time.intervals import Span
from cmcore.time.week import Week, check_zone

#: The hours of a week.
HOURS = 168


def _rates(many: Iterable[float | None]) -> tuple[float | None, ...]:
    return tuple(many)


@value
class Arrivals:
    """The incoming messages: `rates` per hour for each hour of the week in `zone`, from Monday.

    None means that nothing is known about an hour.

    Raises:
        InvalidError: when the zone is unknown, there are not 168 rates, or one is below zero.
    """

    rates: tuple[float | None, ...] = field(converter=_rates)
    zone: str = "UTC"

    def __attrs_post_init__(self) -> None:
        found = list(self._problems())
        if found:
            raise InvalidError(found)

    def _problems(self) -> Iterator[Problem]:
        try:
            check_zone(self.zone)
        except InvalidError as error:
            yield from (problem.under("zone") for problem in error.problems)
        if len(self.rates) != HOURS:
            yield Problem.of("rates-of-week", "rates", count=len(self.rates), due=HOURS)
        for index, rate in enumerate(self.rates):
            if rate is not None and not 0 <= rate < float("inf"):
                yield Problem.of("wrong-value", "rates", index, given=rate, wanted="rate-an-hour")

    @property
    def total(self) -> float:
        """The messages of a week, in the known hours."""
        return sum(rate for rate in self.rates if rate is not None)


@value
class Staffed:
    """The people needed in one hour of the week: `day` from 0 (Monday), `hour` from 0 to 23.

    At `rate` messages an hour, `people` answer the `share` of them in time. Both are None if the
    rate is unknown. `on_duty` is how many are there at the worst moment of the hour; None if no
    team was given.
    """

    day: int
    hour: int
    rate: float | None = None
    people: int | None = None
    share: float | None = None
    on_duty: int | None = None

    @property
    def lacking(self) -> int:
        """How many people are missing."""
        if self.people is None or self.on_duty is None:
            return 0
        return max(0, self.people - self.on_duty)


@value
class Staffing(Viewable):
    """How many people answer a share of the messages in time, for each hour of the week.

    Every message takes `handling` on average; somebody should start on `share` of them `within`
    that time. `window` is the time over which the hours of the team were checked; `unknown_years`
    are those of it in which somebody counts as absent, since their calendar says nothing of them.
    """

    share: float
    within: timedelta
    handling: timedelta
    zone: str = field(default="UTC", kw_only=True)
    role: str | None = field(default=None, kw_only=True)
    window: Span | None = field(default=None, kw_only=True)
    hours: tuple[Staffed, ...] = field(default=(), kw_only=True)
    unknown_years: frozenset[int] = field(default=frozenset(), kw_only=True, converter=years)

    @property
    def most(self) -> int:
        """The most people needed at once."""
        return max((one.people for one in self.hours if one.people is not None), default=0)

    @property
    def total(self) -> int:
        """The total hours of work in a week of the people needed."""
        return sum(one.people for one in self.hours if one.people is not None)

    @property
    def gaps(self) -> tuple[Staffed, ...]:
        """The hours in which people are missing."""
        return tuple(one for one in self.hours if one.lacking)

    @property
    def unknown(self) -> tuple[Staffed, ...]:
        """The hours about which nothing is known."""
        return tuple(one for one in self.hours if one.people is None)

    @checked_late
    def hour(self, day: int, hour: int) -> Staffed:
        """Return one hour of the week, `day` from 0 (Monday)."""
        refuse_any(count_problems(day, "day", most=6), count_problems(hour, "hour", most=23))
        return self.hours[24 * day + hour]

    def when(self, lacking: int) -> Week:
        """Return the hours of the week in which this many people are missing."""
        starts = [60 * (24 * one.day + one.hour) for one in self.hours if one.lacking == lacking]
        return Week(tuple((start, start + 60) for start in starts))

    def _view(self, language: Language) -> View:
        """Return the view of the staffing for a terminal or a notebook."""
        told = {"share": percent(self.share, language, 0), "within": show(self.within, language)}
        foot = {"handling": show(self.handling, language), "zone": self.zone}
        return View(
            title=say_many("request staffing", self.most, language, total=self.total, **told),
            tone=_tone(self),
            lines=tuple(_lines(self, language)),
            tables=(_table(self, language),),
            foot=say("request staffing foot", language, **foot),
        )


def _tone(found: Staffing) -> str:
    if found.gaps:
        return "forbidden"
    return "exception" if found.unknown else "covered" if found.window else ""


def _lines(found: Staffing, language: Language) -> Iterator[Line]:
    for lacking in sorted({one.lacking for one in found.gaps}, reverse=True):
        word = say("request staffing lack", language, count=lacking)
        yield Line(word, "", week_text(found.when(lacking), language))
    if found.unknown:
        told = say_many("request staffing unknown told", len(found.unknown), language)
        yield Line(say("request staffing unknown", language), "", told)
    yield from untold(found.unknown_years, language)


def _table(found: Staffing, language: Language) -> Table:
    """Draw the week: a column for each day, a row for the hours that are alike."""
    title = "request staffing rota" if found.window else "request staffing week"
    hours = {(one.day, one.hour): _drawn(one, found.most) for one in found.hours}
    return week_map(hours, say(title, language), language)


def _drawn(one: Staffed, most: int) -> Shade:
    """Return what stands for an hour, and its tone; without a team, the more people the deeper."""
    if one.people is None:
        return Shade("?", "exception")
    if one.on_duty is None:
        if not one.people:
            return Shade("·")
        return Shade(str(one.people), "exception", _DEPTHS * (one.people - 1) // most)
    if not one.people and not one.on_duty:
        return Shade("·")
    if one.lacking:
        return Shade(f"{one.on_duty}/{one.people} ✗", "forbidden", one.lacking - 1)
    return Shade(f"{one.on_duty}/{one.people} ✓", "covered", one.on_duty - one.people)


#: How many shades tell few people from many.
_DEPTHS = 3
