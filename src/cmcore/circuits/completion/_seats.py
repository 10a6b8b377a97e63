"""Seating: which voices fill the places of stages that ask for different people.

A voice is somebody who can say yes from some instant on, in some stages; a deputy's voice is that
of two people, the one who speaks and the one spoken for.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cmcore.base.sharing import Sharing
from cmcore.circuits.completion._kinetics import Form
from cmcore.teams.gap import Unfit


class Voice(NamedTuple):
    """Who can say yes, from when, how long that stays so, and in which stages (a mask).

    `since` is the stage that hears them first: what came of the ones before is not their doing.
    """

    at: Form
    lasts: int
    who: tuple[str, ...]
    stages: int
    since: int = 0


class Poll(NamedTuple):
    """A stage as it asks the people of a team: its place, whom, their deputies, and how many.

    Where silence is enough, one person must be asked at all. A stage that `is_share` asks how its
    people stand, whoever of them fills a place elsewhere. `unfit` are whom it would ask but for a
    skill, `author` is whom it would ask of what somebody else wrote.
    """

    stage: int
    people: tuple[str, ...]
    deputies: tuple[str, ...]
    needed: int
    is_share: bool = False
    is_silence: bool = False
    unfit: tuple[Unfit, ...] = ()
    author: str | None = None

    @property
    def is_possible(self) -> bool:
        """Whether it asks as many people as it needs."""
        return self.needed <= len(self.people)


class Board:
    """The places of the stages opened so far, and the voices in them."""

    def __init__(self) -> None:
        self._sharing: Sharing[Voice, int] = Sharing({}, self._stages)
        self._before = self._sharing
        self.seated: set[tuple[str, ...]] = set()
        self._seated_before = set[tuple[str, ...]]()

    @property
    def seats(self) -> Mapping[int, Iterable[Voice]]:
        """The voices in each stage."""
        return self._sharing.given

    def _stages(self, voice: Voice) -> Sequence[int]:
        return [stage for stage in self._sharing.left if voice.stages >> stage & 1]

    def open(self, stage: int, places: int) -> None:
        """Add the places of a stage, all free."""
        self._before, self._seated_before = self._sharing, {*self.seated}
        self._sharing = self._sharing.opened(stage, places)

    def close(self, stage: int) -> None:
        """Take the places of the stage opened last away, if it has any; all sit as before it."""
        if stage in self._sharing.left:
            self._sharing, self.seated = self._before, self._seated_before

    def seat(self, voice: Voice) -> bool:
        """Seat one more voice if that can be, others moving from stage to stage to let it in."""
        if voice.who in self.seated or not self._sharing.give(voice):
            return False
        self.seated.add(voice.who)
        return True

    def crowded(self, stage: int, voices: Sequence[Voice]) -> int:
        """Return the stages (a mask) that share people with a stage short of some, included.

        None of the voices can still be seated in any of them.
        """
        found, fresh = 0, 1 << stage
        while fresh:
            found |= fresh
            near = {voice.who for voice in voices if voice.stages & found}
            fresh = ~found & sum(
                1 << n for n, seats in self.seats.items() if any(one.who in near for one in seats)
            )
        return found


def reach(
    board: Board, poll: Poll, voices: Iterable[Voice], opened: Form
) -> tuple[Form, Sequence[Voice]] | None:
    """Return when a stage has enough voices, and those it took, steadiest first; None when never.

    They are seated on the board, where all earlier stages have theirs.
    """
    if not poll.is_possible:
        return None
    taken = _share(poll, voices, opened) if poll.is_share else _seated(board, poll, voices, opened)
    if len(taken) < poll.needed:
        return None
    return max([opened, *(voice.at for voice in taken)]), taken


def _ordered(voices: Iterable[Voice], opened: Form) -> list[Voice]:
    keys = ((max(voice.at, opened), -voice.lasts, voice) for voice in voices)
    return [voice for _, _, voice in sorted(keys)]


def _share(poll: Poll, voices: Iterable[Voice], opened: Form) -> list[Voice]:
    mine = [voice for voice in voices if voice.stages >> poll.stage & 1]
    return _ordered(mine, opened)[: poll.needed]


def _seated(board: Board, poll: Poll, voices: Iterable[Voice], opened: Form) -> list[Voice]:
    """Seat those who can sit at once if they are enough, or let them move to make room."""
    board.open(poll.stage, poll.needed)
    free = [voice for voice in voices if voice.who not in board.seated]
    now = [v for v in free if v.stages >> poll.stage & 1 and v.at <= opened]
    taken: list[Voice] = []
    for voice in _ordered(now if len(now) >= poll.needed else free, opened):
        if len(taken) == poll.needed:
            break
        if board.seat(voice):
            taken.append(voice)
    return taken
