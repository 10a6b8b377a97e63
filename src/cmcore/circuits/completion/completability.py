"""Completability: when the people there are enough for a circuit, how fast, and what is missing."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import field

from cmcore.base.asked import checked_late
from cmcore.base.ids import held
from cmcore.base.values import value
from cmcore.circuits.approvers import Approvers
from cmcore.circuits.stage import who_differ
from cmcore.display.names import cell, named
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import (
    Language,
    moment_text,
    percent,
    say,
    show,
    time_text,
    week_text,
)
from cmcore.teams.cover.coverage import untold, years
from cmcore.teams.gap import Unfit
from cmcore.teams.traits import Trait
from cmcore.time.intervals import Span, count, instant, joined
from cmcore.time.week import Week, local

if TYPE_CHECKING:
    from cmcore.base.shown import Sort

_ZERO: Final = timedelta(0)


class Want(StrEnum):
    """Why stages do not have enough people.

    Nobody in the team is asked (`nobody found`), or fewer than are needed (`few found`): both are
    true at any hour. There are people, but not enough of them are on duty in time (`few there`).
    The deadline of a stage that waits for objections never comes (`no end`).
    """

    NOBODY_FOUND = "nobody found"
    FEW_FOUND = "few found"
    FEW_THERE = "few there"
    NO_END = "no end"


@value
class Shortage:
    """What stages are missing: `needed` people among those they `ask`, of whom `have` can answer.

    `stages` are counted from 1. There are several if each alone has enough people, but all of them
    together do not have enough different ones, and no smaller set is short of people. `there` are
    those who can answer in time, including deputies. `escalated` are the stages that escalated
    before. `unfit` have a role that is asked, but not the skills it requires; with the skills, they
    would be asked too. If too few are asked at all, `author` would be asked about other authors'
    acts. If those who agree must `differ` in traits, people who do not differ count as one.
    """

    kind: Want
    stages: tuple[int, ...]
    ask: tuple[Approvers, ...]
    needed: int
    have: int = 0
    there: tuple[str, ...] = ()
    escalated: tuple[int, ...] = ()
    unfit: tuple[Unfit, ...] = ()
    author: str | None = None
    differ: tuple[Trait, ...] = ()

    @property
    def lacking(self) -> int:
        """How many more people are needed."""
        return max(0, self.needed - self.have)

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence."""
        alone = f"want {self.kind} else" if self.author else f"want {self.kind}"
        told = say(
            alone if len(self.stages) == 1 else "want few together",
            language,
            author=self.author,
            stages=_numbers(self.stages, language),
            who=self._who(language),
            needed=self.needed,
            have=str(self.have or say("have nobody", language)),
        )
        return say("joint", language).join([told, *self._unfit(language)])

    def _who(self, language: Language) -> str:
        """Say whom it asks, and in what they must differ."""
        pairs: set[tuple[str, Sort]] = {(name, one.sort) for one in self.ask for name in one.names}
        told = [named(name, sort, language) for name, sort in sorted(pairs)[:_NAMED]]
        more = ["…"] if len(pairs) > _NAMED else []
        differ = [who_differ(trait, language) for trait in self.differ]
        return " ".join([", ".join([*told, *more]), *differ])

    def _unfit(self, language: Language) -> Iterator[str]:
        for one in self.unfit:
            lacks = one.told(language)
            yield say("lacks skills of", language, who=one.member, role=one.role, lacks=lacks)


#: How many of those who are asked a sentence names.
_NAMED: Final = 6


def _numbers(stages: Iterable[int], language: Language) -> str:
    *most, last = map(str, stages)
    return say("and", language).join([", ".join(most), last]) if most else last


@value
class Failure:
    """When a review could not be completed, for one reason.

    `when` are the moments at which it would be opened, as separate spans in order. `author` is
    the author for whom it fails, if none was given and somebody outside the team would succeed.
    `week` has the same moments on the clock of the zone, if the window is a week or more.
    """

    reason: Shortage
    when: tuple[Span, ...]
    author: str | None = None
    week: Week | None = None

    @property
    def length(self) -> timedelta:
        """How long it lasts in total."""
        return sum((span.length for span in self.when), _ZERO)

    def text(self, language: Language = "en") -> str:
        """Return the reason in a sentence, with the author."""
        told = self.reason.text(language)
        if self.author is None:
            return told
        return say("when writing", language, author=self.author, told=told)


@value
class StageEscalation:
    """For how much of the window a stage escalates and the circuit still completes."""

    stage: int
    length: timedelta


@value
class Completion:
    """Whether one circuit can be completed, at every moment of a window of some `length`.

    `vacancies` are the stages that are short of people at any hour, even those that escalate.
    `completes` is how much of the window completes; over that, `typical` is the median time to
    completion and `worst` the longest, first reached at `worst_at`. `author` is the author for
    whom it fails or takes longest; None if the author makes no difference, or was given.
    `is_proven` means that deputies can do no better; otherwise no better way was found within the
    budget of the search. `unknown_years` are those in which some of the team count as absent, since
    their calendar says nothing of them.
    """

    circuit: str
    length: timedelta
    completes: timedelta
    vacancies: tuple[Shortage, ...] = ()
    failures: tuple[Failure, ...] = ()
    typical: timedelta | None = None
    worst: timedelta | None = None
    worst_at: datetime | None = None
    author: str | None = None
    escalations: tuple[StageEscalation, ...] = ()
    is_proven: bool = True
    unknown_years: frozenset[int] = field(default=frozenset(), converter=years)

    @property
    def is_complete(self) -> bool:
        """Whether it completes at every moment."""
        return not self.failures

    @property
    def share(self) -> float:
        """The share of the window that completes, from 0 to 1."""
        return self.completes / self.length


@value
class Completability(Viewable):
    """Whether a team can complete the circuits of `subject`, a circuit or a charter.

    `circuits` has the result for each, in order of their ids. `author` is the author, if given.
    Weeks and days are on the clock of `zone`.
    """

    subject: str
    team: str
    window: Span
    circuits: tuple[Completion, ...]
    zone: str = field(default="UTC", kw_only=True)
    author: str | None = field(default=None, kw_only=True)
    emergency: bool = field(default=False, kw_only=True)

    @property
    def is_complete(self) -> bool:
        """Whether every circuit completes at every moment."""
        return all(one.is_complete for one in self.circuits)

    @property
    def failing(self) -> tuple[Span, ...]:
        """The moments at which any circuit does not complete, as separate spans in order."""
        return together(span for one in self.circuits for f in one.failures for span in f.when)

    @property
    def share(self) -> float:
        """The share of the window in which every circuit completes, from 0 to 1."""
        failing = sum((span.length for span in self.failing), _ZERO)
        return 1 - failing / self.window.length

    @property
    def worst(self) -> timedelta | None:
        """The longest time to completion of any circuit; None if none ever completes."""
        return max((one.worst for one in self.circuits if one.worst is not None), default=None)

    @property
    def typical(self) -> timedelta | None:
        """The median time of the circuit that typically takes longest; None if none completes."""
        return max((one.typical for one in self.circuits if one.typical is not None), default=None)

    @checked_late
    def circuit(self, id: str) -> Completion:  # noqa: A002
        """Return the result for the circuit `id`; KeyError when it was not checked."""
        return held("circuit", id, {one.circuit: one for one in self.circuits})

    def _view(self, language: Language) -> View:
        """Return the view for a terminal or a notebook."""
        shown = 1 if self.is_complete else min(self.share, _ALMOST)
        code = "can complete" if self.is_complete else "cannot complete"
        return View(
            title=say(code, language, team=named(self.team, "team", language),
                      subject=_subject(self, language),
                      share=percent(shown, language)),
            tone="covered" if self.is_complete else "forbidden",
            lines=tuple(_lines(self, language)),
            tables=(_table(self, language),),
            foot=_foot(self, language),
        )  # fmt: skip


#: An incomplete share is never rounded to a complete one.
_ALMOST: Final = 0.999


def _subject(found: Completability, language: Language) -> str:
    """Return what is completed: a circuit, or all those of a charter."""
    if [one.circuit for one in found.circuits] == [found.subject]:
        return named(found.subject, "circuit", language)
    return say("circuits of", language, charter=named(found.subject, "charter", language))


def together(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the same instants in as few spans as possible, in order."""
    made = joined((count(span.start), count(span.stop)) for span in spans)
    return tuple(Span(instant(start), instant(stop)) for start, stop in made)


def _lines(found: Completability, language: Language) -> Iterator[Line]:
    """Yield what is missing whatever the hour, then what fails and when, the longest first."""
    for one in found.circuits:
        for vacancy in one.vacancies:
            yield Line(
                say("vacant", language),
                cell(one.circuit, "circuit", language),
                vacancy.text(language),
            )
    for one in found.circuits:
        alike: dict[str, list[Failure]] = {}
        for failure in one.failures:
            alike.setdefault(failure.text(language), []).append(failure)
        told = [(sum((f.length for f in some), _ZERO), text, some) for text, some in alike.items()]
        for length, text, some in sorted(told, key=lambda row: -row[0]):
            when = _when(some, found.zone, language)
            said = say("fails when", language, when=when, why=text, length=show(length, language))
            yield Line(say("fails", language), cell(one.circuit, "circuit", language), said)

    yield from untold({year for one in found.circuits for year in one.unknown_years}, language)


def _when(failures: list[Failure], zone: str, language: Language) -> str:
    weeks = [failure.week for failure in failures if failure.week is not None]
    if weeks:
        whole = Week(tuple(window for week in weeks for window in week.windows))
        return week_text(whole, language)
    spans = together(span for failure in failures for span in failure.when)
    told = [_span(span, zone, language) for span in spans[:_SHOWN]]
    more = len(spans) - _SHOWN
    return ", ".join([*told, *([say("and more", language, count=more)] if more > 0 else [])])


#: How many spans are shown of one reason; the failures have them all.
_SHOWN: Final = 6


def _span(span: Span, zone: str, language: Language) -> str:
    """Write a span as `Sat 2026-03-07 22:00-24:00`, with the other day where it ends on one."""
    start, stop = local(span.start, zone), local(span.stop, zone)
    first = _moment(start, language)
    if stop.date() == start.date():
        return say("until hour", language, first=first, last=time_text(stop.time(), language))
    if stop.time() == time() and stop.date() == start.date() + timedelta(days=1):
        return say("until midnight", language, first=first)
    return f"{first} – {_moment(stop, language)}"


def _moment(at: datetime, language: Language) -> str:
    """Write an instant of the wall clock with the name of its day."""
    day = say("days", language).split()[at.weekday()]
    date = moment_text(at.date(), language, brief=True)
    return f"{day} {date} {time_text(at.time(), language)}"


def _table(found: Completability, language: Language) -> Table:
    heads = ("circuit", "completes", "typical", "worst", "worst from", "worst author", "escalates")
    rows = tuple(_row(one, found.zone, language) for one in found.circuits)
    return Table(tuple(say(code, language) for code in heads), rows, say("completion", language))


def _row(one: Completion, zone: str, language: Language) -> tuple[str, ...]:
    worst_at = one.worst_at and local(one.worst_at, zone)
    return (
        cell(one.circuit, "circuit", language),
        _share(one, language),
        "–" if one.typical is None else show(_rounded(one.typical), language),
        "–" if one.worst is None else show(one.worst, language),
        _moment(worst_at, language) if worst_at else "–",
        cell(one.author, "member", language) if one.author else "–",
        say("joint", language).join(
            say("escalates for", language, stage=each.stage, length=show(each.length, language))
            for each in one.escalations
        ) or "–",
    )  # fmt: skip


def _rounded(span: timedelta) -> timedelta:
    """Round a time to the second, where it is finer."""
    return timedelta(seconds=round(span.total_seconds()))


def _share(one: Completion, language: Language) -> str:
    told = percent(1 if one.is_complete else min(one.share, _ALMOST), language)
    return told if one.is_proven else f"{told} ({say('not proven', language)})"


def _foot(found: Completability, language: Language) -> str:
    start, stop = (local(at, found.zone) for at in (found.window.start, found.window.stop))
    told = [say("window", language, start=start, stop=stop, zone=found.zone)]
    if found.author is not None:
        told.append(say("written by", language, author=found.author))
    if found.emergency:
        told.append(say("in emergency", language))
    return say("joint", language).join(told)
