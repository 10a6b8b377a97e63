"""Validation circuits: who must say yes, how many of them, and within what time."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Final

import attrs
from attrs import field
from attrs.converters import optional

from cmcore.base.asked import checked
from cmcore.base.errors import InvalidError, Problem, refuse, refuse_any
from cmcore.base.frozen import each_once
from cmcore.base.ids import id_problems, kind_problems, one_of
from cmcore.base.regex import regex
from cmcore.base.shown import Sort
from cmcore.base.values import value
from cmcore.display.names import cell, cells, named
from cmcore.display.pictures.diagram import Box, Chain, Diagram, Exit
from cmcore.display.views import Line, View, Viewable
from cmcore.display.wording import Language, say, say_many, show, week_text
from cmcore.teams.traits import Trait, as_trait
from cmcore.time.calendar import Calendar, WorkingDays
from cmcore.time.clocks import BusinessClock, Length, length_problems


class Source(StrEnum):
    """How approvers are found."""

    ROLE = "role"
    SKILL = "skill"
    TEAM = "team"
    NAME = "name"


class Timeout(StrEnum):
    """What happens to a stage at its deadline; approval is not among the choices."""

    ESCALATE = "escalate"
    REFUSE = "refuse"
    LAPSE = "lapse"


def _source(given: str) -> Source:
    return one_of(Source, given)


@value
class Approvers:
    """The people a stage may ask, found by the `names` of their role, skill, team or their own.

    Somebody with a role but without the skills it requires does not hold it, and is not asked.
    """

    __thing__ = "approvers"

    by: Source = field(converter=_source)
    names: frozenset[str] = field(converter=each_once)

    def __attrs_post_init__(self) -> None:
        found = [p for name in sorted(self.names) for p in id_problems(name, str(self.by))]
        if not self.names:
            found.append(Problem.of("empty", str(self.by), key=self.by))
        if found:
            raise InvalidError(found)

    def text(self, language: Language = "en") -> str:
        """Say in a few words who they are."""
        return say(f"by {self.by}", language, names=cells(sorted(self.names), self.sort, language))

    @property
    def sort(self) -> Sort:
        """What its names are the ids of."""
        return _SORTS[self.by]


_SORTS: Final[Mapping[Source, Sort]] = {
    Source.ROLE: "role",
    Source.SKILL: "skill",
    Source.TEAM: "team",
    Source.NAME: "member",
}
#: How many people a stage may ask for.
MOST_APPROVERS: Final = 10_000
#: How a number, a fraction or a percentage of the approvers is written.
SHARE: Final = r"(more than )?([0-9]{1,18})(?:/([0-9]{1,18})| ?(%))?"


@value
class Quorum:
    """How many of the approvers must agree: a `count`, or the share `count / out_of` of them.

    `beyond` asks for more than that share, as a majority is more than half.
    """

    __thing__ = "made-quorum"

    count: int
    out_of: int | None = None
    beyond: bool = False

    def __attrs_post_init__(self) -> None:
        top = self.count if self.out_of is None else self.out_of
        whole = {type(self.count), type(top)} == {int}
        if not (whole and 1 <= self.count <= top - bool(self.beyond)):
            raise refuse("bad-quorum", given=str(self))
        if not self.is_share and self.count > MOST_APPROVERS:
            raise refuse("quorum-too-large", given=str(self), most=MOST_APPROVERS)

    @property
    def is_share(self) -> bool:
        """Whether it asks for a share of the approvers rather than for a number."""
        return self.out_of is not None

    @classmethod
    def parse(cls, text: str | float) -> "Quorum":
        """Read `any`, `all`, `majority`, a number, a share such as `2/3`, `50%`, `more than 2/3`.

        Raises:
            InvalidError: when the text is none of these, or asks for nobody.
        """
        if isinstance(text, str) and text in NAMED:
            return NAMED[text]
        if isinstance(text, int) and not isinstance(text, bool):
            return cls(text)
        parts = _SHARE.fullmatch(str(text)) if not isinstance(text, bool) else None
        if parts is None:
            raise refuse("wrong-value", given=text, wanted="quorum")
        beyond, count, out_of, percent = parts.groups()
        whole = _PERCENT if percent else int(out_of) if out_of else None
        return cls(int(count), whole, beyond=beyond is not None)

    def __str__(self) -> str:
        for name, quorum in NAMED.items():
            if self == quorum:
                return name
        parts = {None: "", _PERCENT: "%"}
        share = f"{self.count}{parts.get(self.out_of, f'/{self.out_of}')}"
        return f"more than {share}" if self.beyond else share


_SHARE = regex(SHARE)
_PERCENT: Final = 100
ANY: Final = Quorum(1)
ALL: Final = Quorum(1, 1)
MAJORITY: Final = Quorum(1, 2, beyond=True)
#: The quorums that have a name.
NAMED: Final = {"any": ANY, "all": ALL, "majority": MAJORITY}


@value
class Silence:
    """Lazy consensus: nobody need agree, as long as nobody objects before the deadline."""

    __thing__ = "made-quorum"

    def __str__(self) -> str:
        return "no objection"


NO_OBJECTION: Final = Silence()


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


def _stages(many: Iterable[Stage]) -> tuple[Stage, ...]:
    given: object = many
    if isinstance(given, Stage) or not isinstance(given, Iterable):
        raise refuse("wrong-value", "stages", given=given, wanted="list-of-stages")
    return tuple(many)


@value
class ValidationCircuit(Viewable):
    """Stages in order, each of which must agree before an exception goes out.

    `emergency` is the shorter way, taken when a review is opened as an emergency: fewer stages,
    but at least one. An empty `emergency` means that there is no shorter way. Where its only stage
    is asked `afterwards`, the author publishes alone, and the review is owed.

    Raises:
        InvalidError: with every problem.
    """

    id: str
    stages: tuple[Stage, ...] = field(converter=_stages)
    emergency: tuple[Stage, ...] = field(default=(), converter=_stages)

    def __attrs_post_init__(self) -> None:
        refuse_any(self._problems())

    def on(self, calendar: Calendar | None) -> "ValidationCircuit":
        """Return the circuit with its hours on a calendar, where they have none of their own."""
        stages, emergency = (
            [stage.on(calendar) for stage in way] for way in (self.stages, self.emergency)
        )
        return attrs.evolve(self, stages=stages, emergency=emergency)

    @property
    def is_alone(self) -> bool:
        """Whether in an emergency the author publishes alone, and the review is owed afterwards."""
        return len(self.emergency) == 1 and self.emergency[0].afterwards

    def way(self, *, emergency: bool = False) -> tuple[Stage, ...]:
        """Return the stages to go through: the shorter ones in an emergency, if there are any."""
        return (emergency and self.emergency) or self.stages

    def _view(self, language: Language) -> View:
        """Return the view of the circuit for a terminal or a notebook."""
        ways = {"delay stage": self.stages, "delay emergency": self.emergency}
        return View(
            title=f"{say('track circuit', language)} {named(self.id, 'circuit', language)}",
            lines=tuple(
                Line(say(word, language), str(number),
                     stage.text(language, is_last=number == len(stages)))
                for word, stages in ways.items()
                for number, stage in enumerate(stages, 1)
            ),
            pictures=(self.drawn(language),),
        )  # fmt: skip

    def drawn(self, language: Language = "en") -> Diagram:
        """Return the circuit as a diagram: its stages in order, and the ways out of each."""
        names = {"": self.stages, say("in emergency", language): self.emergency}
        chains = tuple(
            Chain(tuple(_boxes(self.id, stages, language)), name)
            for name, stages in names.items() if stages
        )  # fmt: skip
        title = f"{say('track circuit', language)} {cell(self.id, 'circuit', language)}"
        return Diagram(title, chains=chains)

    def _problems(self) -> Iterator[Problem]:
        yield from id_problems(self.id, "id")
        ways = {"stages": self.stages, "emergency": self.emergency}
        placed = [(way, *one) for way, stages in ways.items() for one in enumerate(stages)]
        found = [
            problem
            for way, index, stage in placed
            for problem in kind_problems(stage, Stage, "stage", way, index)
        ]
        yield from found
        if not self.stages:
            yield Problem.of("no-stage", "stages")
        elif len(self.emergency) >= len(self.stages) and (found or not self.is_alone):
            yield Problem.of("emergency-not-shorter", "emergency")
        for way, index, stage in () if found else placed:
            if stage.afterwards and (way, len(ways[way])) != ("emergency", 1):
                yield Problem.of("afterwards-misplaced", way, index, "afterwards")


def _boxes(name: str, stages: tuple[Stage, ...], language: Language) -> Iterator[Box]:
    """Yield the box where a circuit begins, one for each stage, and the one where it ends well."""
    yield Box((cell(name, "circuit", language),), is_end=True)
    for number, stage in enumerate(stages, 1):
        late = stage.late(is_last=number == len(stages))
        silent = isinstance(stage.need, Silence)
        passed = say("arrow silence" if silent else "arrow yes", language)
        out = say("arrow objected" if silent else "arrow time out", language)
        onward = passed
        exits = [Exit(say("arrow no", language), say("state refused", language), "forbidden")]
        if stage.enough and number < len(stages):
            onward = say("arrow passed on", language)
            exits.insert(0, Exit(passed, say("state approved", language), "covered"))
        if late is Timeout.ESCALATE:
            onward = say("arrow both", language, one=onward, other=out)
        elif late is not None:
            state = "state refused" if late is Timeout.REFUSE else "state lapsed"
            exits.append(Exit(out, say(state, language), "forbidden"))
        lines = (say("track number", language, stage=number), *stage.said(language))
        yield Box(lines, onward, tuple(exits))
    yield Box((say("state approved", language),), tone="covered", is_end=True)


@checked
def join(*circuits: ValidationCircuit) -> tuple[ValidationCircuit, ...]:
    """Return the circuits without repetition, in order of their ids; they are asked in parallel.

    Raises:
        InvalidError: when two different circuits have the same id.

    Examples:
        >>> from cmcore import catalog
        >>> from cmcore.circuits import join
        >>> desk, crisis = catalog.circuits["desk"], catalog.circuits["crisis"]
        >>> [circuit.id for circuit in join(desk, crisis, desk)]
        ['crisis', 'desk']
    """
    joined: dict[str, ValidationCircuit] = {}
    for circuit in circuits:
        if joined.setdefault(circuit.id, circuit) != circuit:
            raise refuse("circuits-differ", id=circuit.id)
    return tuple(joined[id_] for id_ in sorted(joined))


def in_turn(circuit: ValidationCircuit, language: Language) -> str:
    """Say whom a circuit asks, one stage after the other: what it is called where ids are not."""
    asked = (
        say("or", language).join(
            cell(name, one.ask.sort, language) for name in sorted(one.ask.names)
        )
        for one in circuit.stages
    )
    return say("in turn", language).join(asked)
