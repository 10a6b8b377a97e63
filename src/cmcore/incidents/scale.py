"""Scales: how severe an incident is, from the measures that are taken of it."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import field

from cmcore.base.asked import checked_late
from cmcore.base.errors import InvalidError, Problem, refuse, refuse_any
from cmcore.base.frozen import FrozenMap
from cmcore.base.ids import id_problems, nearest
from cmcore.base.values import value


def _thresholds(given: Mapping[str, float]) -> FrozenMap[float]:
    return FrozenMap(given)


def _none() -> FrozenMap[float]:
    return FrozenMap()


@value
class SeverityLevel:
    """One level of a scale, reached when any measure named in `when` reaches its number.

    Raises:
        InvalidError: with every problem of its id, its measures and its numbers.
    """

    id: str
    when: FrozenMap[float] = field(factory=_none, converter=_thresholds)

    def __attrs_post_init__(self) -> None:
        found = [*id_problems(self.id, "level"), *self._problems()]
        if found:
            raise InvalidError(found)

    def _problems(self) -> Iterator[Problem]:
        for measure, number in self.when.items():
            yield from id_problems(measure, "when")
            yield from number_problems(number, "when", measure)

    @checked_late
    def holds(self, measure: str, number: float) -> bool:
        """Return whether a measure reaches the level."""
        return measure in self.when and number >= self.when[measure]


def number_problems(given: object, *path: str | int) -> Iterator[Problem]:
    """Yield what forbids `given` as what is measured: a finite number, zero or more."""
    number = given if isinstance(given, int | float) and not isinstance(given, bool) else -1
    if not 0 <= number < float("inf"):
        yield Problem.of("wrong-value", *path, given=given, wanted="measure")


def _levels(many: Iterable[SeverityLevel]) -> tuple[SeverityLevel, ...]:
    return tuple(many)


#: The level of the incidents whose file declares no scale.
ONLY: SeverityLevel = SeverityLevel("incident")


@value
class Scale:
    """Levels from the least severe to the most; every open incident is at least at the first.

    Raises:
        InvalidError: with every problem: no level, two of the same name, a first level with
            measures, another level without any.
    """

    levels: tuple[SeverityLevel, ...] = field(default=(ONLY,), converter=_levels)

    def __attrs_post_init__(self) -> None:
        refuse_any(self._problems())

    def _problems(self) -> Iterator[Problem]:
        if not self.levels:
            yield Problem.of("empty", key="scale")
        seen: set[str] = set()
        for index, level in enumerate(self.levels):
            if level.id in seen:
                yield Problem.of("duplicate-id", index, id=level.id)
            seen.add(level.id)
            if index == 0 and level.when:
                yield Problem.of("first-level-asks", index, "when", level=level.id)
            if index > 0 and not level.when:
                yield Problem.of("level-never-reached", index, level=level.id)

    @property
    def names(self) -> tuple[str, ...]:
        """The levels by name, the least severe first."""
        return tuple(level.id for level in self.levels)

    def rank(self, name: str) -> int:
        """Return the place of a level, 0 for the least severe.

        Raises:
            InvalidError: when there is no such level.
        """
        if name in self.names:
            return self.names.index(name)
        near = nearest(name, self.names)
        raise refuse("unknown-level", name=name, near=near, known=self.names)

    @checked_late
    def reached(self, measure: str, number: float) -> int:
        """Return the place of the highest level that a measure reaches."""
        found = (n for n, one in enumerate(self.levels) if one.holds(measure, number))
        return max(found, default=0)
