"""Validation circuits: stages in order, each of which must agree."""

from collections.abc import Iterable, Iterator

import attrs
from attrs import field

from cmcore.base.asked import checked
from cmcore.base.errors import Problem, refuse, refuse_any
from cmcore.base.ids import id_problems, kind_problems
from cmcore.base.values import value
from cmcore.circuits.quorum import Silence
from cmcore.circuits.stage import Stage, Timeout
from cmcore.display.names import cell, named
from cmcore.display.pictures.diagram import Box, Chain, Diagram, Exit
from cmcore.display.views import Line, View, Viewable
from cmcore.display.wording import Language, say
from cmcore.time.calendar import Calendar


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
