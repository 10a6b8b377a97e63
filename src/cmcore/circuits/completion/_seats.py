"""Seating: which voices fill the places of stages that ask for different people.

A voice is somebody who can say yes from some instant on, in some stages; a deputy's voice is that
of two people, the one who speaks and the one spoken for.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from cmcore.base.sharing import Sharing
from cmcore.circuits.completion._kinetics import Form
from cmcore.circuits.votes import differing
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
    skill, `author` is whom it would ask of what somebody else wrote. If those who agree must differ
    in a trait, `values` has what is known of it, by person.
    """

    stage: int
    people: tuple[str, ...]
    deputies: tuple[str, ...]
    needed: int
    is_share: bool = False
    is_silence: bool = False
    unfit: tuple[Unfit, ...] = ()
    author: str | None = None
    values: Mapping[str, str] | None = None

    @property
    def is_possible(self) -> bool:
        """Whether it asks as many people as it needs."""
        return self.needed <= min(len(self.people), self.most((*self.people, *self.deputies)))

    def most(self, people: Collection[str]) -> int:
        """Return how many of its places some people can fill, if they are all asked."""
        return len(people) if self.values is None else differing(people, self.values)

    def value(self, person: str) -> str | None:
        """Return the value by which somebody differs from others; None where that is not asked."""
        return None if self.values is None else self.values.get(person)

    def places(self) -> "Sequence[Place]":
        """Return the places where people may sit: one, or one for each value of a trait."""
        if self.values is None:
            return [(self.stage, None)]
        known = {self.values.get(one) for one in (*self.people, *self.deputies)}
        return [(self.stage, value) for value in sorted(filter(None, known))]


#: Where a voice may sit: a stage, and the value of the trait by which its people must differ.
Place = tuple[int, str | None]


def places_of(polls: Iterable[Poll], who: str, stages: int) -> set[Place]:
    """Return where somebody may sit, of some stages (a mask)."""
    mine = (poll for poll in polls if stages >> poll.stage & 1)
    return {
        (poll.stage, poll.value(who)) for poll in mine if poll.values is None or who in poll.values
    }


class Board:
    """The places of the stages opened so far, and the voices in them.

    Where people must differ, each value has one place; those that need not be filled go to a spare
    voice, that of nobody.
    """

    def __init__(self, polls: Sequence[Poll]) -> None:
        self._polls = polls
        self._able: dict[tuple[str, int], set[Place]] = {}
        self._sharing: Sharing[Voice, Place] = Sharing({}, self._places)
        self._before = self._sharing
        self.seated: set[tuple[str, ...]] = set()
        self._seated_before = set[tuple[str, ...]]()

    @property
    def seats(self) -> Mapping[int, list[Voice]]:
        """The voices in each stage."""
        found: dict[int, list[Voice]] = {}
        for (stage, _), voices in self._sharing.given.items():
            found.setdefault(stage, []).extend(voice for voice in voices if voice.who)
        return found

    def _places(self, voice: Voice) -> Sequence[Place]:
        """Return where a voice may sit, of the places that are open."""
        left = self._sharing.left
        if not voice.who:
            return [place for place in left if voice.stages >> place[0] & 1]
        who = voice.who[0], voice.stages
        able = self._able.get(who)
        if able is None:
            able = self._able[who] = places_of(self._polls, *who)
        return [place for place in left if place in able]

    def open(self, poll: Poll) -> None:
        """Add the places of a stage, as many of them free as it needs people."""
        self._before, self._seated_before = self._sharing, {*self.seated}
        places = poll.places()
        for place in places:
            most = poll.needed if poll.values is None else 1
            self._sharing = self._sharing.opened(place, most)
        if poll.values is not None:
            nobody = Voice((0, False), 0, (), 1 << poll.stage)
            self._sharing.give(nobody, len(places) - poll.needed)

    def close(self, stage: int) -> None:
        """Take the places of the stage opened last away, if it has any; all sit as before it."""
        if any(stage == opened for opened, _ in self._sharing.left):
            self._sharing, self.seated = self._before, self._seated_before

    def seat(self, voice: Voice) -> bool:
        """Seat one more voice if that can be, others moving from stage to stage to let it in."""
        if voice.who in self.seated or not self._sharing.give(voice):
            return False
        self.seated.add(voice.who)
        return True

    def crowded(self, stage: int) -> set[Place]:
        """Return the places that share people with those free in a stage, included.

        Whoever may sit in one of them, and has no seat yet, would bring one more.
        """
        left, given = self._sharing.left, self._sharing.given
        found, fresh = set[Place](), {place for place in left if place[0] == stage and left[place]}
        while fresh:
            found |= fresh
            fresh = {
                place for place, seats in given.items()
                if place not in found
                and any(not found.isdisjoint(self._places(one)) for one in seats)
            }  # fmt: skip
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
    board.open(poll)
    free = [voice for voice in voices if voice.who not in board.seated]
    now = [v for v in free if v.stages >> poll.stage & 1 and v.at <= opened]
    taken: list[Voice] = []
    is_enough = poll.most([voice.who[0] for voice in now]) >= poll.needed
    for voice in _ordered(now if is_enough else free, opened):
        if len(taken) == poll.needed:
            break
        if board.seat(voice):
            taken.append(voice)
    return taken
