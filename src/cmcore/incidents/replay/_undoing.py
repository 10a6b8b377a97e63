"""Undoing: what later acts of ours left of an act, whichever duty it fulfils."""

from collections.abc import Callable, Iterator
from typing import Final

from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.kinds import REMOVING, undoes
from cmcore.incidents.events import ActEvent
from cmcore.incidents.replay._record import Record
from cmcore.incidents.replay.registry import any_of
from cmcore.time.instants import Around

#: Why nothing may be left of an act: it was taken down, or edited into something else.
WHYS: Final = ("gone", "changed")


@internal
class Undoing:
    """A later act that took an act down, put it back or edited it.

    `spoils` says whether it leaves nothing of the act.
    """

    event: ActEvent
    spoils: Truth

    @property
    def why(self) -> str:
        """The code of what it did."""
        return "gone" if self.event.act.kind in REMOVING else "changed"

    def undoes(self, other: "Undoing") -> Truth:
        """Return whether it puts right what another did: an edit may, whatever that was."""
        is_undone = undoes(self.event.act.kind, other.event.act.kind)
        return Truth.of(is_undone) if self.event.act.kind != "edit" else ~self.spoils


@internal
class Fate:
    """What later acts of ours left of an act."""

    event: ActEvent
    later: tuple[Undoing, ...]

    def undone(self, why: str, until: Around) -> Truth:
        """Return whether an act was undone by some moment, or at any time where it came later.

        What an edit, or the act that undoes it, put back by then was not undone.
        """
        counted = [one for one in self.later if self._counts(one, until) is not Truth.FALSE]
        return any_of(
            one.spoils & self._counts(one, until) & ~any_of(
                one.event.around.before(other.event.around) & self._counts(other, until)
                & other.undoes(one)
                for other in counted
            )
            for one in counted
            if one.why == why
        )  # fmt: skip

    @property
    def undoers(self) -> tuple[str, ...]:
        """The acts that surely undid it, at any time, unless one put it back."""
        return tuple(
            one.event.id for n, one in enumerate(self.later)
            if one.spoils is Truth.TRUE
            and self.event.around.before(one.event.around) is Truth.TRUE
            and all(other.undoes(one) is Truth.FALSE for other in self.later[n:])
        )  # fmt: skip

    def _counts(self, one: Undoing, until: Around) -> Truth:
        moment = one.event.around
        in_time = moment.by(until) | until.before(self.event.around)
        return self.event.around.before(moment) & in_time


def fate(event: ActEvent, record: Record, spoils: Callable[[ActEvent], Truth]) -> Fate:
    """Return what happened to an act; `spoils` says whether an edit leaves nothing of it.

    An act, what it edits and every edit of these are one post: what happens to one happens to all.
    """
    touched = {one.id: one for version in versions(event, record)
               for one in record.touching.get(version.id, ())}  # fmt: skip
    return Fate(
        event,
        tuple(
            Undoing(one, _taken(one) if one.act.kind != "edit" else spoils(one))
            for one in sorted(touched.values(), key=lambda one: (one.at, one.id))
            if one is not event
        ),
    )


def _taken(event: ActEvent) -> Truth:
    return Truth.of(event.act.kind in REMOVING)


def versions(event: ActEvent, record: Record) -> Iterator[ActEvent]:
    """Yield an act, what it edits, and all edits of these."""
    seen, left = set[str](), [event]
    while left:
        one = left.pop()
        if one.id not in seen:
            seen.add(one.id)
            yield one
            left += [edit for edit in record.touching.get(one.id, ()) if edit.act.kind == "edit"]
            about = one.about if one.act.kind == "edit" else ()
            acts = map(record.incident.event, about)
            left += [act for act in acts if isinstance(act, ActEvent)]
