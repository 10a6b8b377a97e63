"""The record that conduct is judged by: an incident, what was so in it, and what is never said."""

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from cmcore.base.values import internal
from cmcore.charters.kinds import REMOVING, undoes, undoing
from cmcore.incidents.events import ActEvent
from cmcore.incidents.incident import Incident
from cmcore.incidents.playbook import USUAL, Duty, DutyKind, Playbook
from cmcore.incidents.replay._ruled import ActRuling
from cmcore.incidents.replay.registry import Registry

#: The kinds of act that change what happened to what we said.
_TOUCHING: Final = frozenset({"edit"}) | REMOVING | undoing(*REMOVING)


@internal
class Record:
    """An incident, the playbook it is compared with, and what a charter decides, if there is one.

    The rulings are in order of time.
    """

    incident: Incident
    playbook: Playbook
    rulings: tuple[ActRuling, ...] = ()
    has_charter: bool = False

    @cached_property
    def registry(self) -> Registry:
        """What was so at each moment."""
        return Registry(self.incident)

    @cached_property
    def bans(self) -> tuple[Duty, ...]:
        """The duties that say what is never said."""
        return tuple(one for one in self.playbook.duties if one.kind is DutyKind.NEVER_SAY)

    @cached_property
    def correcting(self) -> frozenset[str]:
        """The kinds of act that take a claim back, as far as the duties to correct say."""
        many = [one.meant for one in self.playbook.duties if one.kind is DutyKind.CORRECT]
        return frozenset().union(*many) if many else USUAL[DutyKind.CORRECT]

    @cached_property
    def touching(self) -> dict[str, list[ActEvent]]:
        """The acts that took down, put back or edited an act of ours, by its id."""
        found: dict[str, list[ActEvent]] = {}
        for event in self.incident.of(ActEvent):
            for id_ in self._touched(event) if event.act.kind in _TOUCHING else ():
                found.setdefault(id_, []).append(event)
        return found

    def _touched(self, event: ActEvent) -> Iterator[str]:
        """Yield what an act is about: of one that undoes another act of ours, what that was."""
        for id_ in event.about:
            other = self.incident.event(id_)
            if isinstance(other, ActEvent) and undoes(event.act.kind, other.act.kind):
                yield from other.about
            else:
                yield id_
