"""Sweeping: what comes of a review at every moment of a window, piece by piece."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cmcore.circuits.completion._chain import Outcome, follow
from cmcore.circuits.completion._course import Course
from cmcore.circuits.completion.completability import Shortage


class Piece(NamedTuple):
    """A stretch of moments of opening, and what comes of the worst author's review in all of it.

    `author` is None where it was given, or where it comes alike to all, or as badly when somebody
    of no team writes.
    `takes` is the time to completion at the start of it, None where it never comes; over the
    piece that stays so, or shrinks as the moment of opening draws nearer to the end.
    """

    start: int
    stop: int
    author: str | None
    takes: int | None
    shrinks: bool
    lacks: Shortage | None
    escalated: tuple[int, ...]


class Sweep:
    """The pieces of a course, for one author or for the worst of those on duty.

    Where nobody is on duty, somebody outside the team writes.
    """

    def __init__(self, course: Course, author: str | None = None) -> None:
        self.course, self.author = course, author
        self.followed = 0
        self.is_proven = True
        self._known: dict[str | None, Outcome] = {}

    def pieces(self) -> Iterator[Piece]:
        """Yield the pieces in order, without a hole."""
        if self.author is not None:
            yield from self._cut(self.course.start, self.course.stop, None)
            return
        for start, stop, there in self.course.shifts():
            yield from self._cut(start, stop, there)

    def _cut(self, start: int, stop: int, there: frozenset[str] | None) -> Iterator[Piece]:
        at = start
        while at < stop:
            piece = self._piece(at, stop, self._authors(at, there))
            yield piece
            at = piece.stop

    def _authors(self, at: int, there: frozenset[str] | None) -> Sequence[str | None]:
        """Return who may write: of those for whom it comes alike, nobody in particular."""
        if there is None:
            return [self.author]
        heeded = self._outcome(None, at).heeded
        alike: list[str | None] = [] if there and there <= heeded else [None]
        return alike + sorted(there & heeded)

    def _outcome(self, author: str | None, at: int) -> Outcome:
        known = self._known.get(author)
        if known is None or not known.opened <= at < known.opened + known.lasts:
            self.followed += 1
            known = self._known[author] = follow(self.course, author, at)
            self.is_proven &= known.is_proven
        return known

    def _piece(self, at: int, stop: int, authors: Sequence[str | None]) -> Piece:
        """Return the piece that starts at a moment, up to where another author is the worst."""
        runs = [(author, self._outcome(author, at)) for author in authors]
        base = (self.author, self._outcome(self.author, at))
        ends = [run.opened + run.lasts for _, run in (*runs, base)]
        author, worst = min(runs, key=lambda one: _goodness(one[1], at))
        if worst.end is None and base[1].end is None:
            author, worst = base
        takes, shrinks = _takes(worst, at)
        if takes is not None and shrinks:
            steady = (_takes(run, at) for _, run in runs)
            ends += [at + takes - other for other, also in steady if other is not None and not also]
        told = author if self.author is None else None
        return Piece(at, min(stop, *ends), told, takes, shrinks, worst.lacks, worst.escalated)


def _takes(run: Outcome, at: int) -> tuple[int | None, bool]:
    """Return the time to completion of a review opened just after `at`, and whether it shrinks."""
    if run.end is None:
        return None, False
    end, moves = run.end
    return end - (run.opened if moves else at), not moves


def _goodness(run: Outcome, at: int) -> tuple[bool, int, bool]:
    """Rank what comes of reviews, the worst first; of two alike, the one that stays so."""
    takes, shrinks = _takes(run, at)
    return takes is not None, -(takes or 0), shrinks
