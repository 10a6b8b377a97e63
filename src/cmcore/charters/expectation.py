"""Expectations: what a charter expects of a period, such as two posts a week at least."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from attrs import field

from cmcore.base.amounts import show_duration
from cmcore.base.counts import count_problems
from cmcore.base.errors import Problem, refuse, refuse_any
from cmcore.base.ids import id_problems, one_of
from cmcore.base.truth import Truth
from cmcore.base.typography import typeset
from cmcore.base.values import value
from cmcore.charters.conditions.facts import SAME
from cmcore.charters.conditions.operands import Rate, bound_text
from cmcore.charters.rule import Term
from cmcore.display.wording import (
    Language,
    check_language,
    say,
    show,
    week_text,
    within_text,
)
from cmcore.time.calendar import Calendar, WorkingDays
from cmcore.time.clocks import BusinessClock, Length, WorkingWeek, parse_hours
from cmcore.time.units import CalendarUnit, Window
from cmcore.time.week import Week

if TYPE_CHECKING:
    from fractions import Fraction


def _unit(given: CalendarUnit | str) -> CalendarUnit:
    return one_of(CalendarUnit, given)


@value
class Proportion:
    """A part of some acts, from 0 to 1, in each unit of the calendar: `20 % per month`.

    Raises:
        InvalidError: when it is not a share, or there is no such unit.
    """

    part: float
    per: CalendarUnit = field(converter=_unit)

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.part <= 1:
            raise refuse("wrong-value", given=self.part, wanted="share")

    def __str__(self) -> str:
        from decimal import Decimal  # needed by few, and slow to load

        percent = f"{100 * Decimal(repr(self.part)):f}"
        shown = percent.rstrip("0").rstrip(".") if "." in percent else percent
        return f"{shown} % per {self.per}"

    @property
    def exact(self) -> "Fraction":
        """The share as it is written: 0.2 is a fifth."""
        from fractions import Fraction  # needed by few, and slow to load

        return Fraction(repr(self.part))


Bound = Rate | Proportion


def _hours(given: str | Week | WorkingWeek | None) -> Week | WorkingWeek | None:
    return parse_hours(given) if isinstance(given, str) else given


def _week(given: str | Week | None) -> Week | None:
    return Week.parse(given) if isinstance(given, str) else given


def on_day(on: Week | WorkingWeek, day: date, calendar: Calendar | None) -> Truth:
    """Return whether any of some hours are on a local day, by the calendar of a charter."""
    if isinstance(on, WorkingWeek):
        return on.works(day, calendar)
    return Truth.of(on.touches(day.weekday()))


def on_at(on: Week | WorkingWeek, at: datetime, zone: str, calendar: Calendar | None) -> Truth:
    """Return whether an instant is in some hours, by the clocks and the calendar of a charter."""
    if isinstance(on, WorkingWeek):
        return on.holds(at, zone, calendar)
    return Truth.of(on.holds(at, zone))


def _words(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({given} if isinstance(given, str) else {*given}))


def _leads(given: timedelta | Iterable[timedelta]) -> tuple[timedelta, ...]:
    """Return each time once, the longest first."""
    return tuple(sorted({given} if isinstance(given, timedelta) else {*given}, reverse=True))


@value
class Expectation:
    """What is expected of a period: a number of acts, a share of them, or one act after another.

    `of` names what is counted: a kind of act, `any` or a count of the charter; `among` is what it
    is a share of. A number applies to each calendar unit (`2 per week`); a maximum may slide
    (`3 in 1 h`) and is then judged at each act. With `on`, only acts at these hours of the week
    count; with `on="working days"`, or those of other hours as in `working days Mon-Sat`, only days
    that the charter's calendar does not close. A period without any such hours is not judged.
    `because` says why. It applies only on the days of `term` on which the charter is in
    force.

    Instead of a bound, `after` may name acts each of which one of `of` is to follow `within` a
    time: a correction within a day after a fault, of the `same` link or the like; a label of the
    charter that is words is something in common too. That time may be working days, which are
    those that the charter's calendar does not close: from Monday to Friday, or those of the hours
    `during` which the time goes by.

    Or `before` names an event of the charter, each of which one of `of` is to come before `by` each
    of some times: an announcement three days before, and another 30 minutes before. None of them
    may be longer before it than `within`; without that, each is to come after the event before.

    Without `by`, `before` names acts each of which one of `of` is to come before, of the `same`
    message or the like: a copy that is kept before something is hidden. With `within`, one that
    came as long before, or longer, is none.

    Raises:
        InvalidError: with every problem: no bound, or two; a share of nothing, or of itself; a
            bound that nothing can miss; no hours at all; a number without a calendar unit; a time
            `within` which nothing must follow, or acts that may follow at any time.
    """

    id: str
    of: str = field(kw_only=True)
    at_least: Bound | None = field(default=None, kw_only=True)
    at_most: Bound | None = field(default=None, kw_only=True)
    among: str | None = field(default=None, kw_only=True)
    after: str | None = field(default=None, kw_only=True)
    within: Length | None = field(default=None, kw_only=True)
    during: Week | None = field(default=None, kw_only=True, converter=_week)
    before: str | None = field(default=None, kw_only=True)
    by: tuple[timedelta, ...] = field(default=(), kw_only=True, converter=_leads)
    same: tuple[str, ...] = field(default=(), kw_only=True, converter=_words)
    on: Week | WorkingWeek | None = field(default=None, kw_only=True, converter=_hours)
    because: str = field(default="", kw_only=True)
    term: Term = field(factory=Term, kw_only=True)

    def __attrs_post_init__(self) -> None:
        refuse_any(self._problems())

    @property
    def bound(self) -> Bound | None:
        """The number or the share that it is about; None where acts follow or come before."""
        return self.at_most if self.at_least is None else self.at_least

    @property
    def is_floor(self) -> bool:
        """Whether there may be more than the bound, and not fewer."""
        return self.at_least is not None

    @property
    def share(self) -> "Fraction | None":
        """The share that it is about; None where it is about a number."""
        return self.bound.exact if isinstance(self.bound, Proportion) else None

    @property
    def count(self) -> int:
        """The number of acts that it is about; 0 if it is about a share."""
        return self.bound.count if isinstance(self.bound, Rate) else 0

    @property
    def unit(self) -> CalendarUnit | None:
        """The calendar unit that is judged, None if each act is."""
        return None if isinstance(self._per, timedelta) else self._per

    @property
    def window(self) -> timedelta | None:
        """The window by which each act is judged, None if calendar units are."""
        return self._per if isinstance(self._per, timedelta) else None

    @property
    def _per(self) -> Window:
        if self.bound is None:
            return None
        return self.bound.within if isinstance(self.bound, Rate) else self.bound.per

    @property
    def event(self) -> str | None:
        """The event that acts are to come before, if it is about one."""
        return self.before if self.by else None

    @property
    def asking(self) -> str | None:
        """The acts each of which asks for another, before it or after it."""
        return self.after if self.before is None or self.by else self.before

    @property
    def limit(self) -> timedelta | None:
        """The time within which acts are to come before; None where none is said."""
        return self.within if isinstance(self.within, timedelta) else None

    def clock(self, zone: str, calendar: Calendar | None) -> BusinessClock | None:
        """Return the clock by which time goes by until an act is due; None: whatever the hour."""
        if self.during is None and not isinstance(self.within, WorkingDays):
            return None
        return BusinessClock(WorkingWeek().week if self.during is None else self.during, zone,
                             calendar)  # fmt: skip

    @property
    def names(self) -> dict[str, str]:
        """What it names of the acts, by field."""
        before = None if self.event else self.before
        more = {"among": self.among, "after": self.after, "before": before}
        return {"of": self.of, **{name: word for name, word in more.items() if word is not None}}

    def _problems(self) -> Iterator[Problem]:
        yield from id_problems(self.id, "id")
        week = self.on.week if isinstance(self.on, WorkingWeek) else self.on
        if week is not None and not week.windows:
            yield Problem.of("never-expected", "on", expectation=self.id)
        bounds = {name: getattr(self, name) for name in ("at_least", "at_most", *_MOMENTS)}
        given = [(name, bound) for name, bound in bounds.items() if bound is not None]
        if not given:
            yield Problem.of("expects-nothing", expectation=self.id)
        elif len(given) > 1:
            yield Problem.of("expects-twice", expectation=self.id)
        else:
            ((name, bound),) = given
            kind = name if name in _MOMENTS else type(bound)
            yield from _BOUND_PROBLEMS[kind](self, name, bound)
        for name, beside in _BESIDE.items():
            is_given = getattr(self, name) not in (None, ())
            if is_given and all(getattr(self, other) is None for other in beside):
                yield Problem.of("stands-alone", name, key=name, beside=beside)


#: What may stand instead of a bound.
_MOMENTS: Final = ("after", "before")
#: Field -> those of which one must be given with it.
_BESIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "within": _MOMENTS,
    "during": ("after",),
    "same": _MOMENTS,
    "by": ("before",),
}


def _moment_problems(one: Expectation) -> Iterator[Problem]:
    for name, given in (("among", one.among), ("on", one.on)):
        if given is not None:
            yield Problem.of("not-after-acts", name, given=name)
    if isinstance(one.within, WorkingDays) and one.before is not None:
        yield Problem.of("working-days-back", "within", given=str(one.within), before=one.before)
    elif one.limit is not None and one.limit <= timedelta(0):
        yield Problem.of("duration-not-positive", "within", given=show_duration(one.limit))


def _before_problems(one: Expectation, _: str, before: str) -> Iterator[Problem]:
    yield from _moment_problems(one)
    if not one.by:
        if one.of == before:
            yield Problem.of("before-itself", "before", of=one.of)
    else:
        yield from _event_problems(one)


def _event_problems(one: Expectation) -> Iterator[Problem]:
    if one.same:
        yield Problem.of("stands-alone", "same", key="same", beside=["after"])
    if one.by[-1] <= timedelta(0):
        yield Problem.of("duration-not-positive", "by", given=show_duration(one.by[-1]))
    elif one.limit is not None and timedelta(0) < one.limit <= one.by[0]:
        within, by = show_duration(one.limit), show_duration(one.by[0])
        yield Problem.of("before-in-no-time", "within", within=within, by=by)


def _duty_problems(one: Expectation, _: str, after: str) -> Iterator[Problem]:
    yield from _moment_problems(one)
    if one.within is None:
        yield Problem.of("after-at-any-time", "within", after=after)
    if one.of == after:
        yield Problem.of("after-itself", "after", of=one.of)


def _night_problems(one: Expectation) -> Iterator[Problem]:
    """Yield the problem of hours that are of two days where each day is judged by itself."""
    week = one.on.week if isinstance(one.on, WorkingWeek) else one.on
    if one.unit is CalendarUnit.DAY and week is not None and week.has_nights:
        yield Problem.of("night-by-day", "on", given=str(one.on))


def _rate_problems(one: Expectation, name: str, bound: Rate) -> Iterator[Problem]:
    given = str(bound)
    if one.is_floor:
        yield from count_problems(bound.count, name, least=1)
    if one.among is not None:
        yield Problem.of("no-share", "among", given=given)
    yield from _night_problems(one)
    if one.unit is None and (one.is_floor or one.window is None):
        yield Problem.of("not-of-calendar", name, given=given)
    elif one.unit is None and one.on is not None:
        yield Problem.of("not-of-calendar", "on", given=given)


def _share_problems(one: Expectation, name: str, bound: Proportion) -> Iterator[Problem]:
    given, sure = str(bound), 0 if one.is_floor else 1
    if bound.part == sure:
        yield Problem.of("bound-never-missed", name, given=given)
    yield from _night_problems(one)
    if one.among is None:
        yield Problem.of("share-of-nothing", "among", given=given)
    elif one.among == one.of:
        yield Problem.of("share-of-itself", "among", of=one.of)


_BOUND_PROBLEMS: Final[
    Mapping[type | str, Callable[[Expectation, str, Any], Iterator[Problem]]]
] = {
    Rate: _rate_problems,
    Proportion: _share_problems,
    "after": _duty_problems,
    "before": _before_problems,
}


# ----------------------------------------------------------------------------- what is shown of it


def expected_text(one: Expectation, language: Language = "en") -> str:
    """Say what is expected."""
    if one.after is not None:
        return _of_same(one, _after_text(one, language), language)
    if one.before is not None:
        return _of_same(one, _before_text(one, language), language)
    code = "at least so many" if one.is_floor else "at most so many"
    said = say(code, language, bound=_bound(one, language), of=one.of)
    if one.on is None:
        return said
    return say("counted on", language, expected=said, week=week_text(one.on, language))


def _after_text(one: Expectation, language: Language) -> str:
    if isinstance(one.within, WorkingDays):
        within = within_text(one.within, language)
        said = say("to follow in days", language, of=one.of, after=one.after, within=within)
    else:
        within = show(one.within, language)
        said = say("to follow", language, of=one.of, after=one.after, within=within)
    if one.during is None:
        return said
    return say("counted on", language, expected=said, week=week_text(one.during, language))


def _before_text(one: Expectation, language: Language) -> str:
    if one.event is None:
        said = say("to come before", language, of=one.of, before=one.before)
    else:
        by = say("and", language).join(show(lead, language) for lead in one.by)
        said = say("to precede", language, of=one.of, by=by, before=f"`{one.event}`")
    within = show(one.within, language)
    return say("at most before", language, expected=said, within=within) if one.within else said


def _of_same(one: Expectation, said: str, language: Language) -> str:
    same = ", ".join(_same_text(name, language) for name in one.same)
    return say("of the same", language, expected=said, same=same) if same else said


def _same_text(name: str, language: Language) -> str:
    if f"same_{name}" in SAME:
        return say(f"same {name}", language)
    return say("same label", language, label=name)


def _bound(one: Expectation, language: Language) -> str:
    if one.share is None:
        return bound_text(one.count, one.window or one.unit, language)
    share = typeset(str(one.bound).partition(" per ")[0], check_language(language))
    said = bound_text(share, one.unit, language)
    return say("bound share", language, bound=said, among=one.among)
