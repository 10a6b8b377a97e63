"""Standing in: which deputies speak for whom, so that each stage is done as early as possible.

A deputy may hold back, to speak instead of somebody who is asked and not on duty, and has said
nothing yet; then neither says anything else, and what is said counts too where the deputy is asked.
Whom each speaks for is chosen for the best, and is the same at all stages: what was chosen must do
for the stages already done, at the instants they were done.
"""

from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import Final, NamedTuple

from cmcore.base.sharing import Sharing
from cmcore.circuits.completion._course import Ballot, Course
from cmcore.circuits.completion._kinetics import FOREVER, Form, Found
from cmcore.circuits.completion._seats import Board, Place, Poll, Voice, places_of, reach

Reached = tuple[Form, Sequence[Voice]]
NEVER: Final[Form] = (FOREVER, True)
#: The most choices tried to complete one stage sooner.
BUDGET: Final = 50


class DoneStage(NamedTuple):
    """A stage that was done: its poll, when it was opened and done, and by whom."""

    poll: Poll
    opened: Form
    done: Form
    taken: Sequence[Voice]


class Help(NamedTuple):
    """When a deputy may speak, heard since which stage, for whom, and where it counts (a mask)."""

    at: Form
    since: int
    deputy: str
    people: Sequence[str]
    counts: int

    def pairs(self) -> Iterator[Voice]:
        """Yield the deputy with each person they may speak for."""
        for person in self.people:
            yield Voice(self.at, 0, (self.deputy, person), self.counts, self.since)


class StandIns:
    """The deputies of the stages opened so far in one review opened just after `at`.

    It knows what the review notes as it goes: the instants at which stages opened, those at which
    some were out of time, the voices of those asked, and the stages done.
    """

    def __init__(self, course: Course, ballot: Ballot, at: int) -> None:
        self.course, self.ballot = course, ballot
        self.opened: list[Form] = [(at, True)]
        self.out: dict[int, Form] = {}
        self.voices: dict[str, Voice] = {}
        self.levels: list[DoneStage] = []
        self.firsts: dict[tuple[str, int], Found | None] = {}
        self.is_proven = True

    def first(self, deputy: str, stage: int) -> Form | None:
        """Return when a deputy is first on duty once a stage is open; None when never."""
        if (deputy, stage) not in self.firsts:
            self.firsts[deputy, stage] = self.course.hours[deputy].first(self.opened[stage])
        found = self.firsts[deputy, stage]
        return found and found[0]

    def better(self, poll: Poll, known: Reached | None) -> Reached | None:
        """Return when the stage that is open is done, and by whom; None if no sooner than known.

        What was chosen for the stages before is tried first.
        """
        search = _Search(self, poll, known)
        search.judge(self._chosen())
        search.reckon()
        if not search.is_over:
            search.judge(search.guess())
        for chosen in (self._chosen(), ()):
            if not search.is_over:
                search.explore(chosen)
        self.is_proven &= search.left > 0
        if search.best is None or search.best is known:
            return None
        return search.best

    def _chosen(self) -> tuple[Voice, ...]:
        """Return the pairs that did for the last stage done."""
        taken = self.levels[-1].taken if self.levels else ()
        return tuple(dict.fromkeys(voice for voice in taken if len(voice.who) > 1))

    def comes(self, person: str) -> Form:
        """Return when somebody who is asked speaks for themselves."""
        voice = self.voices.get(person)
        return voice.at if voice else NEVER

    def helps(self) -> Iterator[Help]:
        """Yield when each deputy may speak, and for whom."""
        comes = {who: voice.at for who, voice in self.voices.items()}
        for deputy, people, together, counts in self.ballot.groups:
            at, since = self._speaks(deputy, together)
            if at < NEVER:
                later = [person for person in people if at < comes.get(person, NEVER)]
                if later:
                    yield Help(at, since, deputy, later, counts)

    def _speaks(self, deputy: str, stages: int) -> tuple[Form, int]:
        """Return when a deputy is first on duty while one of some stages hears them, and which."""
        for stage in range(len(self.opened)):
            at = self.first(deputy, stage) if stages >> stage & 1 else None
            if at is not None and at < self.out.get(stage, NEVER):
                return at, stage
        return NEVER, 0

    def kind(self, person: str) -> object:
        """Return what makes somebody like others, for all that may still be asked of them."""
        deputed = self.ballot.deputes.get(person, 0)
        stages = [n for n in range(len(self.opened)) if deputed >> n & 1]
        return (
            self.comes(person),
            self.ballot.asked.get(person, 0),
            self.values(person),
            deputed,
            tuple(self.first(person, stage) for stage in stages),
        )

    def values(self, person: str) -> tuple[str | None, ...]:
        """Return how somebody differs from others at each stage where that is asked."""
        return tuple(poll.value(person) for poll in self.ballot.polls if poll.values is not None)


class Violation(NamedTuple):
    """Places that too few people can fill, before an instant: those who can.

    Who speaks at a stage later than `stage` is too late.
    """

    places: set[Place]
    stage: int
    before: Form
    people: frozenset[str]


class _Search:
    """A search over who speaks for whom, which tries those who are alike once."""

    def __init__(self, stand_ins: StandIns, poll: Poll, known: Reached | None) -> None:
        self.among, self.poll, self.best = stand_ins, poll, known
        self.kinds: dict[str, object] = {}
        self.seen: set[object] = set()
        self.needed = {w for level in stand_ins.levels for v in level.taken for w in v.who}
        self.left = BUDGET
        self.soonest = stand_ins.opened[-1]

    @cached_property
    def helps(self) -> list[Help]:
        """What each deputy may do."""
        return [*self.among.helps()]

    @cached_property
    def options(self) -> list[tuple[Form, str, int]]:
        """When each may speak, and where it would count (a mask), whoever for."""
        own = [(voice.at, voice.who[0], voice.stages) for voice in self.among.voices.values()]
        return own + [(help_.at, help_.deputy, help_.counts) for help_ in self.helps]

    def reckon(self) -> None:
        """Work out when people would be enough, if deputies spoke for nobody in particular."""
        opened, most = self.soonest, self.best[0] if self.best else NEVER
        if most == opened:
            return
        times = sorted({max(at, opened) for at, _, _ in self.options if at < most})
        place = bisect(times, 0, key=lambda at: self._is_enough(_next(at)))
        self.soonest = times[place] if place < len(times) else NEVER

    def _is_enough(self, before: Form) -> bool:
        if not self.poll.is_share:
            return self._seated(before) is not None
        there = sum(mask >> self.poll.stage & 1 for mask in self._counts(before).values())
        return there >= self.poll.needed

    def _seated(self, before: Form) -> Board | None:
        """Return the places of all stages filled, whoever deputies speak for, if they can be."""
        board, free = Board(self.among.ballot.polls), 0
        for poll in (self.poll, *(level.poll for level in self.among.levels)):
            if not poll.is_share:
                board.open(poll)
                free += poll.needed
        for who, stages in self._counts(before).items():
            free -= board.seat(Voice(before, 0, (who,), stages))
            if not free:
                return board
        return None

    def _counts(self, before: Form) -> dict[str, int]:
        """Return in which stages (a mask) each would count who may speak before an instant."""
        counts: dict[str, int] = {}
        for at, who, stages in self.options:
            if at < before:
                counts[who] = counts.get(who, 0) | stages
        return counts

    def guess(self) -> tuple[Voice, ...]:
        """Return pairs for the deputies who sat where they are not asked, when all was soonest."""
        board = None if self.poll.is_share else self._seated(_next(self.soonest))
        if board is None:
            return ()
        seats = {voice.who[0]: stage for stage, many in board.seats.items() for voice in many}
        asked = self.among.ballot.asked
        may: dict[str, dict[str, Voice]] = {}
        for help_ in self.helps:
            stage = seats.get(help_.deputy)
            if stage is None or asked.get(help_.deputy, 0) >> stage & 1:
                continue
            free = (pair for pair in help_.pairs() if pair.who[1] not in seats)
            here = (pair for pair in free if pair.stages >> stage & 1)
            may.setdefault(help_.deputy, {}).update((pair.who[1], pair) for pair in here)
        people = dict.fromkeys(chain.from_iterable(may.values()), 1)
        late = {who: sorted(may[who], key=self.among.comes, reverse=True) for who in may}
        sharing = Sharing(people, late.__getitem__)
        for deputy in may:
            sharing.give(deputy)
        taken = ((deputy, who) for who, given in sharing.given.items() for deputy in given)
        return tuple(may[deputy][who] for deputy, who in taken)

    def explore(self, chosen: tuple[Voice, ...]) -> None:
        """Try some pairs, and then one more of each kind that may fill what is missing."""
        self.left -= 1
        lacks = self.judge(chosen)
        if lacks is None:
            return
        alike: dict[object, Voice] = {}
        for voice in self._mending(lacks, chosen):
            kind = self._kind(voice)
            alike[kind] = max(alike.get(kind, voice), voice, key=self._returns)
        for voice in sorted(alike.values(), key=self._costs):
            more = (*chosen, voice)
            if self.is_over:
                return
            kinds = frozenset(Counter(map(self._kind, more)).items())
            if kinds not in self.seen:
                self.seen.add(kinds)
                self.explore(more)

    @property
    def is_over(self) -> bool:
        """Whether nothing can be better, or enough was tried."""
        return self.left <= 0 or (self.best[0] if self.best else NEVER) <= self.soonest

    def _mending(self, lacks: Violation, chosen: tuple[Voice, ...]) -> Iterator[Voice]:
        """Yield the pairs that add somebody new where people are missing, and remove nobody."""
        taken = lacks.people.union(*(voice.who for voice in chosen))
        polls = self.among.ballot.polls
        for help_ in self.helps:
            if (
                not lacks.places.isdisjoint(places_of(polls, help_.deputy, help_.counts))
                and help_.since <= lacks.stage
                and help_.at < lacks.before
                and help_.deputy not in taken
            ):
                yield from (pair for pair in help_.pairs() if pair.who[1] not in taken)

    def _kind(self, voice: Voice) -> object:
        """Return the kind of a pair; a person who is nobody's deputy is like all asked alike."""
        deputy, person = voice.who
        ballot = self.among.ballot
        alike = ballot.asked[person], self.among.values(person)
        return self._like(deputy), self._like(person) if person in ballot.deputes else alike

    def _like(self, person: str) -> object:
        if person not in self.kinds:
            self.kinds[person] = self.among.kind(person)
        return self.kinds[person]

    def _costs(self, voice: Voice) -> tuple[bool, Form]:
        """Return whether the deputy is needed elsewhere: those who are to spare are tried first."""
        return voice.who[0] in self.needed, voice.at

    def _returns(self, voice: Voice) -> Form:
        """Return when the person spoken for is back: it is best to speak for who comes last."""
        return self.among.comes(voice.who[1])

    def judge(self, chosen: tuple[Voice, ...]) -> Violation | None:
        """Keep the result of some pairs if it is best; return what they would need to improve."""
        spoken = {who for voice in chosen for who in voice.who}
        voices = [v for who, v in self.among.voices.items() if who not in spoken]
        voices += chosen
        board = Board(self.among.ballot.polls)
        taken: list[Voice] = []
        for level in self.among.levels:
            before = _next(level.done)
            heard = _heard(voices, level.poll.stage, before)
            found = reach(board, level.poll, heard, level.opened)
            if found is None:
                return self._violation(board, level.poll, heard, before)
            taken += found[1]
        opened = self.among.opened[-1]
        before = self.best[0] if self.best else NEVER
        while before > self.soonest:
            heard = _heard(voices, self.poll.stage, before)
            found = reach(board, self.poll, heard, opened)
            if found is None:
                return self._violation(board, self.poll, heard, before)
            self.best = found[0], [*taken, *found[1]]
            before = found[0]
            board.close(self.poll.stage)
        return None

    def _violation(self, board: Board, poll: Poll, heard: list[Voice], before: Form) -> Violation:
        polls = self.among.ballot.polls
        places = {*poll.places()} if poll.is_share else board.crowded(poll.stage)
        people = frozenset(
            voice.who[0]
            for voice in heard
            if not places.isdisjoint(places_of(polls, voice.who[0], voice.stages))
        )
        return Violation(places, poll.stage, before, people)


def _heard(voices: Iterable[Voice], stage: int, before: Form) -> list[Voice]:
    return [voice for voice in voices if voice.since <= stage and voice.at < before]


def _next(form: Form) -> Form:
    """Return the form just after another."""
    at, moves = form
    return at + moves, not moves
