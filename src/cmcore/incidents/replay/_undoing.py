"""Undoing: what later acts of ours left of an act, whichever duty it fulfils."""

from collections.abc import Callable, Iterator
from typing import Final

from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.incidents.events import ActEvent
from cmcore.incidents.replay._record import TAKING_DOWN, Record
from cmcore.incidents.replay.registry import any_of
from cmcore.time.instants import Around

#: Why nothing may be left of an act: it was taken down, or edited into something else.
WHYS: Final = ("gone", "changed")


@internal
class Undoing:
    """A later act that took an act down, or edited it; `spoils` tells whether nothing is left."""

    event: ActEvent
    spoils: Truth

    @property
    def why(self) -> str:
        """The code of what it did."""
        return "gone" if self.event.act.kind in TAKING_DOWN else "changed"


@internal
class Fate:
    """What later acts of ours left of an act."""

    event: ActEvent
    later: tuple[Undoing, ...]

    def undone(self, why: str, until: Around) -> Truth:
        """Tell whether an act was undone by some moment, or at any time where it came later.

        What an edit put back by then was not undone.
        """
        meant = [one for one in self.later if self._counts(one, until) is not Truth.FALSE]
        return any_of(
            one.spoils & self._counts(one, until) & ~any_of(
                one.event.around.before(other.event.around) & self._counts(other, until)
                & ~other.spoils
                for other in meant
            )
            for one in meant
            if one.why == why
        )  # fmt: skip

    @property
    def undoers(self) -> tuple[str, ...]:
        """The acts that surely undid it, at any time, unless one put it back."""
        return tuple(
            one.event.id for n, one in enumerate(self.later)
            if one.spoils is Truth.TRUE
            and self.event.around.before(one.event.around) is Truth.TRUE
            and all(other.spoils is Truth.TRUE for other in self.later[n:])
        )  # fmt: skip

    def _counts(self, one: Undoing, until: Around) -> Truth:
        moment = one.event.around
        in_time = moment.by(until) | until.before(self.event.around)
        return self.event.around.before(moment) & in_time


def fate(event: ActEvent, record: Record, spoils: Callable[[ActEvent], Truth]) -> Fate:
    """Return what became of an act; `spoils` tells of an edit whether it leaves nothing of it.

    An act, what it edits and every edit of these are one post: what befalls one befalls all.
    """
    touched = {one.id: one for version in versions(event, record)
               for one in record.touching.get(version.id, ())}  # fmt: skip
    return Fate(
        event,
        tuple(
            Undoing(one, Truth.TRUE if one.act.kind in TAKING_DOWN else spoils(one))
            for one in sorted(touched.values(), key=lambda one: (one.at, one.id))
            if one is not event
        ),
    )


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
