"""Stages: whom a circuit asks at once, how many must say yes, and within what time."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Final

import attrs
from attrs import field
from attrs.converters import optional

from cmcore.base.errors import Problem, refuse_any
from cmcore.base.ids import kind_problems, one_of
from cmcore.base.values import value
from cmcore.circuits.approvers import Approvers
from cmcore.circuits.quorum import ANY, NAMED, Quorum, Silence
from cmcore.display.wording import Language, say, say_many, show, week_text
from cmcore.teams.traits import Trait, as_trait
from cmcore.time.calendar import Calendar, WorkingDays
from cmcore.time.clocks import BusinessClock, Length, length_problems


class Timeout(StrEnum):
    """What happens to a stage at its deadline; approval is not among the choices."""

    ESCALATE = "escalate"
    REFUSE = "refuse"
    LAPSE = "lapse"


def _timeout(given: str) -> Timeout:
    return one_of(Timeout, given)


#: How few people can differ from each other.
_PAIR: Final = 2


@value
class Stage:
    """One step of a circuit: whom it asks, how many must agree, by when, and what happens if not.

    `deputies` are the people to whom those asked may delegate. The time is counted on `clock`, or
    on the wall clock without one; it may be working days, which are those of the clock. A stage
    that passes without objection must have a time. One that is `enough` completes the circuit: the
    next stage is only asked if it is passed on, or if time is out and it escalates. Those who agree
    must `differ` in a trait, where one is given: of people of one employer, say, one counts, and
    whoever's trait is unknown does not count. A deputy counts by their own trait. A stage asked
    `afterwards`, the only one of an emergency, lets the author publish alone: its time begins when
    the act goes out, and its review stays owed when it is late.

    Raises:
        InvalidError: with every problem, when its time is missing or makes no sense.
    """

    __thing__ = "stage"

    ask: Approvers
    need: Quorum | Silence = ANY
    within: Length | None = None
    otherwise: Timeout = field(default=Timeout.ESCALATE, converter=_timeout)
    deputies: Approvers | None = None
    clock: BusinessClock | None = None
    enough: bool = False
    differ: Trait | None = field(default=None, converter=optional(as_trait))
    afterwards: bool = False

    def __attrs_post_init__(self) -> None:
        refuse_any(self._problems())

    def _problems(self) -> Iterator[Problem]:
        found = [
            problem
            for name, (kinds, wanted) in _KINDS.items()
            for problem in kind_problems(getattr(self, name), kinds, wanted, name)
        ]
        return iter(found) if found else self._odd()

    def _odd(self) -> Iterator[Problem]:
        """Yield what makes no sense, of values each of which is of its kind."""
        if self.within is not None:
            yield from length_problems(self.within, self.clock, "within", key="during")
        if self.within is None and isinstance(self.need, Silence):
            yield Problem.of("silence-without-end", "within", need=str(self.need))
        if self.within is None and self.clock is not None:
            yield Problem.of("hours-without-time", "during")
        if self.clock is not None and not self.clock.week.windows:
            yield Problem.of("clock-never-runs", "during")
        if self.differ is not None and not _is_several(self.need):
            yield Problem.of("nobody-to-differ-from", "differ", need=str(self.need))
        if self.afterwards:
            yield from self._odd_afterwards()

    def _odd_afterwards(self) -> Iterator[Problem]:
        """Yield what makes no sense of a review that is owed once the act has gone out."""
        if self.within is None:
            yield Problem.of("owed-without-end", "within")
        if isinstance(self.need, Silence):
            yield Problem.of("nothing-owed", "need", need=str(self.need))
        if self.otherwise is not Timeout.ESCALATE:
            yield Problem.of("owed-when-late", "else", otherwise=self.otherwise)

    def on(self, calendar: Calendar | None) -> "Stage":
        """Return the stage with its hours on a calendar, unless they have one of their own."""
        clock = self.clock
        return self if clock is None else attrs.evolve(self, clock=clock.on(calendar))

    def said(self, language: Language = "en") -> tuple[str, ...]:
        """Return whom it asks, how many of them and within what time, a line for each."""
        need = _need(self.need, language)
        lines = [say("asks", language, need=need, who=self.ask.text(language))]
        if self.differ is not None:
            lines.append(who_differ(self.differ, language))
        if self.within is not None:
            lines.append(_time(self.within, self.clock, language))
        if self.afterwards:
            lines.append(say("asked afterwards", language))
        if self.enough:
            lines.append(say("is enough", language))
        if self.deputies is not None:
            lines.append(say("deputised by", language, who=self.deputies.text(language)))
        return tuple(lines)

    def late(self, *, is_last: bool) -> Timeout | None:
        """Return what happens at its deadline, None if it has none, or stays owed when it is late.

        The last stage has no next stage, so what would escalate lapses.
        """
        if self.within is None or self.afterwards:
            return None
        above = is_last and self.otherwise is Timeout.ESCALATE
        return Timeout.LAPSE if above else self.otherwise

    def text(self, language: Language = "en", *, is_last: bool = False) -> str:
        """Return in a line whom it asks, how, and what happens at its deadline."""
        late = self.late(is_last=is_last)
        code = "silence or else" if isinstance(self.need, Silence) else "or else"
        then = [] if late is None else [
            say(code, language, then=say(f"then {late}", language))]  # fmt: skip
        return say("joint", language).join([*self.said(language), *then])


def _is_several(need: Quorum | Silence) -> bool:
    """Return whether it asks for a number of people who can differ from each other."""
    return isinstance(need, Quorum) and not need.is_share and need.count >= _PAIR


def who_differ(trait: Trait, language: Language) -> str:
    """Say that people differ in a trait."""
    return say("who differ", language, trait=say(f"field {trait}", language))


def _time(within: Length, clock: BusinessClock | None, language: Language) -> str:
    time = show(within, language)
    if clock is None:
        return say("in time", language, time=time)
    week, code = week_text(clock.week, language), "in time counted"
    if isinstance(within, WorkingDays):
        code = "in working days" if within.count else "in the working day"
    return say(code, language, time=time, week=week, zone=clock.zone)


def _need(need: Quorum | Silence, language: Language) -> str:
    if isinstance(need, Silence) or str(need) in NAMED:
        return say(f"need {need}", language)
    if not need.is_share:
        return say_many("need people", need.count, language)
    if not need.beyond:
        return str(need)
    return say("need beyond", language, share=f"{need.count}/{need.out_of}")


#: field of a stage -> what it may be, how that is called, how it is written
_KINDS: Final[Mapping[str, tuple[tuple[type, ...], str]]] = {
    "ask": ((Approvers,), "approvers"),
    "need": ((Quorum, Silence), "made-quorum"),
    "within": ((timedelta, WorkingDays, type(None)), "duration"),
    "deputies": ((Approvers, type(None)), "approvers"),
    "clock": ((BusinessClock, type(None)), "clock"),
}
