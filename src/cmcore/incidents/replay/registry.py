"""The registry of facts: what was so at each moment, as far as the times of events are known."""

from collections.abc import Iterable
from datetime import datetime

from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.incidents.events import FactEvent, FactValue, same_value
from cmcore.incidents.incident import Incident
from cmcore.time.instants import Around


@internal
class Turn:
    """A fact took a value, according to an event."""

    event: str
    value: FactValue
    at: datetime
    around: Around


class Registry:
    """The turns of each fact, which keeps its value until it takes another; before, it has none."""

    def __init__(self, incident: Incident) -> None:
        self._turns: dict[str, list[Turn]] = {}
        for event in incident.of(FactEvent):
            for name, given in event.that.items():
                turn = Turn(event.id, given, event.at, event.around)
                self._turns.setdefault(name, []).append(turn)

    def turns(self, name: str) -> list[Turn]:
        """Return the turns of a fact, in order of time."""
        return self._turns.get(name, [])

    def is_at(self, name: str, wanted: FactValue, moment: Around) -> Truth:
        """Return whether a fact has a value at a moment; unknown before the record mentions it."""
        same, other = self._parted(name, wanted)
        if _stands(same, other, moment) is Truth.TRUE:
            return Truth.TRUE
        is_other = _stands(other, same, moment) is Truth.TRUE
        return Truth.FALSE if is_other else Truth.UNKNOWN

    def is_other(self, name: str, wanted: FactValue, moment: Around) -> Truth:
        """Return whether the record gives a fact another value; false before it is mentioned."""
        same, other = self._parted(name, wanted)
        return _stands(other, same, moment)

    def _parted(self, name: str, wanted: FactValue) -> tuple[list[Turn], list[Turn]]:
        """Return when a fact took a value, and when it took any other."""
        same, other = list[Turn](), list[Turn]()
        for turn in self.turns(name):
            (same if same_value(turn.value, wanted) else other).append(turn)
        return same, other

    def became(self, name: str, wanted: FactValue, since: Around, until: Around) -> Truth:
        """Return whether a fact took a value after one moment, and by another."""
        turns = [turn for turn in self.turns(name) if same_value(turn.value, wanted)]
        return any_of(since.before(turn.around) & turn.around.by(until) for turn in turns)

    def last(self, name: str, at: datetime) -> Turn | None:
        """Return the turn that stands at an instant, tolerances aside."""
        return next((turn for turn in reversed(self.turns(name)) if turn.at <= at), None)


def _stands(same: list[Turn], other: list[Turn], moment: Around) -> Truth:
    """Return whether one of `same` has come by the moment, and none of `other` since."""
    return any_of(
        turn.around.by(moment)
        & all_of(one.around.before(turn.around) | moment.before(one.around) for one in other)
        for turn in same
    )


def any_of(truths: Iterable[Truth]) -> Truth:
    """Return whether one of several is true."""
    found = Truth.FALSE
    for truth in truths:
        found |= truth
    return found


def all_of(truths: Iterable[Truth]) -> Truth:
    """Return whether all of several are true."""
    found = Truth.TRUE
    for truth in truths:
        found &= truth
    return found
