"""Scopes: where, and how much, a charter covers."""

from collections.abc import Iterable, Iterator

from attrs import field

from cmcore.base.characters import WILDCARDS
from cmcore.base.counts import count_problems
from cmcore.base.errors import Problem, refuse, refuse_any
from cmcore.base.frozen import symbols
from cmcore.base.values import value
from cmcore.charters.conditions.condition import All, AnyOf, Condition, FactTest, Not
from cmcore.charters.conditions.counts import NO_COUNTS, Counts, counted_by
from cmcore.charters.conditions.forms import Form, form_problems, formed
from cmcore.charters.conditions.operands import Rate
from cmcore.charters.conditions.operators import Op
from cmcore.time.units import Window, as_window


@value
class Volume:
    """At most `at_most` acts of a kind within a window (`any` for all kinds).

    The kind may be a count of the charter, which checks that it exists. The window is a duration, a
    calendar unit (`"day"`, `"week"`), or None for all time.

    Raises:
        InvalidError: when the number is below 1, or the window is impossible.
    """

    at_most: int
    within: Window = field(converter=as_window)
    kind: str = "any"

    def __attrs_post_init__(self) -> None:
        refuse_any(count_problems(self.at_most, least=1))
        Rate(self.at_most, self.within)

    @property
    def name(self) -> str:
        """What the scope calls it: `volume.publish`."""
        return f"volume.{self.kind}"

    def condition(self, counts: Counts = NO_COUNTS) -> Condition:
        """Return the condition that is true for acts that are not counted, or within the volume.

        `counts` are those of the charter.
        """
        room = FactTest(f"recent.{self.kind}", Op.FEWER_THAN, Rate(self.at_most, self.within))
        if self.kind == "any":
            return room
        return AnyOf([Not(counted_by(counts, self.kind)), room])


def _volumes(many: Iterable[Volume]) -> tuple[Volume, ...]:
    return tuple(many)


def _networks(many: Iterable[str] | None) -> frozenset[str] | None:
    words = symbols(many)
    return None if words is None else formed(Form.NETWORK, words)


@value
class Scope:
    """Where and how much the charter covers; outside its scope nothing is covered.

    None for `networks` means every network. Source: text 001, commandment 6.

    Raises:
        InvalidError: when it covers no network at all.
    """

    networks: frozenset[str] | None = field(default=None, converter=_networks)
    volume: tuple[Volume, ...] = field(default=(), converter=_volumes)

    def __attrs_post_init__(self) -> None:
        if self.networks is not None and not self.networks:
            raise refuse("empty", "networks", key="networks", hint="for-every-network")
        refuse_any(form_problems(Form.NETWORK, self.networks or (), "networks"))
        refuse_any(
            Problem.of("no-word", "networks", given=word, hint="for-every-network")
            for word in sorted(WILDCARDS & (self.networks or frozenset()))
        )

    def condition(self, counts: Counts = NO_COUNTS) -> Condition:
        """Return the condition that is true for acts in scope, given the charter's `counts`."""
        return All([condition for _, condition in self.parts(counts)])

    def parts(self, counts: Counts = NO_COUNTS) -> Iterator[tuple[str, Condition]]:
        """Yield each limit of the scope with its name: `networks`, `volume.publish`."""
        if self.networks is not None:
            yield "networks", FactTest("network", Op.ONE_OF, self.networks)
        for volume in self.volume:
            yield volume.name, volume.condition(counts)
