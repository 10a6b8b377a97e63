"""Response times: how long people wait for a first answer, those still waiting included."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

import attrs
from attrs import field

from cmcore.base.shown import Sort
from cmcore.base.values import value
from cmcore.display.names import cell
from cmcore.display.pictures.canvas import Picture
from cmcore.display.pictures.columns import Column, Columns
from cmcore.display.pictures.ranges import RangeBar, Ranges
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, percent, say, say_many, show, time_text
from cmcore.time.durations import rounded
from cmcore.time.week import local

MEDIAN = 0.5


@value
class Quantile:
    """The time within which a share of the requests is answered, as far as possible known.

    It is between `low` and `high`, whether the requests not yet answered are answered at once or
    never. Both are equal if that makes no difference. `high` is None, not yet known, if the share
    cannot be reached without them; `low` is None only if there is no request.
    """

    share: float
    low: timedelta | None = None
    high: timedelta | None = None

    @property
    def is_known(self) -> bool:
        """Whether the time is known exactly."""
        return self.low is not None and self.low == self.high

    def text(self, language: Language = "en") -> str:
        """Return the time as people read it, rounded."""
        if self.low is None:
            return "–"
        low = show(rounded(self.low), language)
        if self.high is None:
            return say("request not known", language, low=low)
        high = show(rounded(self.high), language)
        return high if low == high else say("request between", language, low=low, high=high)


@value
class Timing:
    """The response times of some requests, `count` in all.

    Those `answered` have a first answer; the others are still waiting for one. Of those with a
    target, `met` had their first answer in time, `missed` did not, and `pending` are neither
    answered nor due; of the `undated` nobody knows, since no calendar covers the year in which they
    are due. The `untargeted` have no target. `name` is the network, or the hour.
    """

    name: str = ""
    count: int = 0
    answered: int = 0
    quantiles: tuple[Quantile, ...] = ()
    met: int = 0
    missed: int = 0
    pending: int = 0
    untargeted: int = 0
    undated: int = 0

    @property
    def unanswered(self) -> int:
        """How many have no answer yet."""
        return self.count - self.answered

    @property
    def share(self) -> float | None:
        """The share within target of those that are answered or due; None if none is."""
        judged = self.met + self.missed
        return self.met / judged if judged else None

    def quantile(self, share: float) -> Quantile:
        """Return the time for one of the shares asked for; KeyError for any other."""
        for quantile in self.quantiles:
            if quantile.share == share:
                return quantile
        message = f"no quantile of {share:g} was asked for"
        raise KeyError(message)


@value
class ResponseTimes(Viewable):
    """Response times of the requests received by `at`, as known then.

    `overall` has the first answers to all of them, `by_network` to those of each network, and
    `by_hour` to those that came in each hour of the day on the clock of `zone`; so have `by_topic`,
    by each of their topics, `by_severity`, and `by_holder`, by who has them. `turns` has every
    answer that was owed: a first one, and one each time that somebody wrote again after an answer,
    or that a request was reopened. `acknowledgements` has the times until what people
    wrote was acknowledged, at the latest by its answer. `resolution` has the times until requests
    were resolved. `excused` counts those left out because they were
    resolved in a way that needs no answer, `ignored` those that the desk ignores.
    """

    at: datetime
    zone: str = field(default="UTC", kw_only=True)
    overall: Timing = field(default=Timing(), kw_only=True)
    by_network: tuple[Timing, ...] = field(default=(), kw_only=True)
    by_hour: tuple[Timing, ...] = field(default=(), kw_only=True)
    by_topic: tuple[Timing, ...] = field(default=(), kw_only=True)
    by_severity: tuple[Timing, ...] = field(default=(), kw_only=True)
    by_holder: tuple[Timing, ...] = field(default=(), kw_only=True)
    turns: Timing = field(default=Timing(), kw_only=True)
    acknowledgements: Timing = field(default=Timing(), kw_only=True)
    resolution: Timing = field(default=Timing(), kw_only=True)
    excused: int = field(default=0, kw_only=True)
    ignored: int = field(default=0, kw_only=True)

    def _view(self, language: Language) -> View:
        """Return the view of the response times for a terminal or a notebook."""
        return View(
            title=_title(self.overall, language),
            lines=tuple(_lines(self, language)),
            tables=tuple(_tables(self, language)),
            pictures=tuple(_pictures(self, language)),
            foot=say("request as of", language, zone=self.zone,
                     at=local(self.at, self.zone)),
        )  # fmt: skip


def _title(found: Timing, language: Language) -> str:
    if not found.count:
        return say("request times none", language)
    return say_many("request times", found.count, language)


def _lines(found: ResponseTimes, language: Language) -> Iterator[Line]:
    overall = found.overall
    for quantile in overall.quantiles:
        yield Line(_head(quantile, language), "", quantile.text(language))
    if overall.unanswered:
        told = say("request unanswered told", language, count=overall.unanswered)
        yield Line(say("request unanswered", language), "", told)
    if overall.count != overall.untargeted:
        told = say("request on time told", language, share=percent(overall.share, language),
                   met=overall.met, missed=overall.missed, pending=overall.pending,
                   untargeted=overall.untargeted)  # fmt: skip
        yield Line(say("request on time", language), "", told)
    if overall.undated:
        told = say("request undated told", language, count=overall.undated)
        yield Line(say("request on time", language), "", told)
    if found.excused:
        told = say("request excused told", language, count=found.excused)
        yield Line(say("request excused", language), "", told)
    if found.ignored:
        told = say_many("request ignored", found.ignored, language)
        yield Line(say("request excused", language), "", told)


def _pictures(found: ResponseTimes, language: Language) -> Iterator[Picture]:
    """Draw the times on one scale, and how many came in each hour."""
    quantiles = [one for one in found.overall.quantiles if one.low is not None]
    if quantiles:
        yield _times(quantiles, language)
    most = max((one.count for one in found.by_hour), default=0)
    if most:
        columns = tuple(
            Column(one.name, float(one.count), str(one.count), str(one.count))
            for one in _hours(found, language)
        )
        title = say("request by hour", language, zone=found.zone)
        yield Columns(title, columns=columns, top=float(most))


def _times(quantiles: list[Quantile], language: Language) -> Ranges:
    ends = [end for one in quantiles for end in (one.low, one.high) if end is not None]
    top = max(*ends, timedelta(minutes=1))
    ranges = tuple(
        RangeBar(
            _head(one, language),
            one.text(language),
            one.low.total_seconds(),
            None if one.high is None else one.high.total_seconds(),
            one.low.total_seconds() if one.is_known else None,
        )
        for one in quantiles if one.low is not None
    )  # fmt: skip
    return Ranges(
        say("request picture", language),
        ranges=ranges,
        top=top.total_seconds(),
        ends=("0", show(rounded(top), language)),
    )


def _head(quantile: Quantile, language: Language) -> str:
    return say("request quantile", language, share=_percent(quantile.share, language))


def _percent(share: float, language: Language) -> str:
    return percent(share, language, 0 if round(share, 2) == share else 1)


def _tables(found: ResponseTimes, language: Language) -> Iterator[Table]:
    made = [
        ("request by network", "network", _named(found.by_network, "network", language)),
        ("request by hour", "request hour", _hours(found, language)),
        ("request by topic", "request topic", _several(found.by_topic)),
        ("request by severity", "request severity", _several(found.by_severity)),
        (
            "request by holder",
            "request holder",
            _several(_named(found.by_holder, "member", language)),
        ),
        ("request beyond", "request beyond what", _beyond(found, language)),
    ]
    for title, head, timings in made:
        if timings:
            shares = [_head(quantile, language) for quantile in timings[0].quantiles]
            counts = ("request count", "request unanswered")
            heads = (say(head, language), *(say(code, language) for code in counts), *shares)
            rows = tuple(_row(timing, language) for timing in timings)
            on_time = say("request on time", language)
            yield Table((*heads, on_time), rows, say(title, language, zone=found.zone))


def _hours(found: ResponseTimes, language: Language) -> tuple[Timing, ...]:
    """Return the times of each hour, by the time of day at which it begins."""
    return tuple(
        attrs.evolve(one, name=time_text(time(int(one.name)), language)) for one in found.by_hour
    )


def _named(many: tuple[Timing, ...], sort: Sort, language: Language) -> tuple[Timing, ...]:
    """Return the times of people or of networks, by what they are called."""
    return tuple(
        attrs.evolve(one, name=one.name and cell(one.name, sort, language)) for one in many
    )


def _several(timings: tuple[Timing, ...]) -> tuple[Timing, ...]:
    """Return the times by name where there is more than one to tell apart."""
    return timings if len(timings) > 1 else ()


def _beyond(found: ResponseTimes, language: Language) -> tuple[Timing, ...]:
    """Return the other times, where they say more than those of the first answers."""
    signs, turns, end = found.acknowledgements, found.turns, found.resolution
    is_promised = signs.count != signs.untargeted
    is_more = turns.count != found.overall.count or end.answered
    parts = {
        **({"request acknowledgement": signs} if is_promised else {}),
        **({"request all answers": turns, "request resolution": end} if is_more else {}),
    }
    return tuple(attrs.evolve(one, name=say(code, language)) for code, one in parts.items())


def _row(timing: Timing, language: Language) -> tuple[str, ...]:
    return (
        timing.name or "–",
        str(timing.count),
        str(timing.unanswered),
        *(quantile.text(language) for quantile in timing.quantiles),
        percent(timing.share, language),
    )
