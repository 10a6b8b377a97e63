"""One review, followed from stage to stage, from the moment it is opened.

Everybody says yes as soon as they are asked and on duty, and each stage in turn is completed as
early as possible. The result is the same until the moment of opening has moved by `lasts`.
"""

from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from attrs import evolve

from cmcore.circuits.completion._course import Course
from cmcore.circuits.completion._deputies import NEVER, DoneStage, Reached, StandIns
from cmcore.circuits.completion._kinetics import FOREVER, Form, steady, until
from cmcore.circuits.completion._reasons import Crowd, shortage
from cmcore.circuits.completion._seats import Board, Poll, Voice, reach
from cmcore.circuits.completion.completability import Shortage
from cmcore.circuits.stage import Timeout


class Outcome(NamedTuple):
    """The result of a review: when it completes, or what is missing, and how long that holds.

    `heeded` are the people who would change the result if they were the author. If not `is_proven`,
    deputies may do better than this.
    """

    opened: int
    lasts: int
    end: Form | None
    lacks: Shortage | None
    heeded: frozenset[str]
    escalated: tuple[int, ...]
    is_proven: bool


def follow(course: Course, author: str | None, at: int) -> Outcome:
    """Follow a review opened just after `at`, by `author` or somebody outside the team."""
    return _Review(course, author, at).outcome()


class _Review:
    def __init__(self, course: Course, author: str | None, at: int) -> None:
        self.course, self.ballot = course, course.ballot(author)
        self.stand_ins = StandIns(course, self.ballot, at)
        self.opened, self.out = self.stand_ins.opened, self.stand_ins.out
        self.voices, self.levels = self.stand_ins.voices, self.stand_ins.levels
        self.board = Board(self.ballot.polls)
        self.is_plain = True
        self.lasts = FOREVER
        self.heeded: set[str] = set()
        self.escalated: list[int] = []

    def outcome(self) -> Outcome:
        for poll in self.ballot.polls:
            self._ask(poll)
            limit, lasts = self.course.limit(poll.stage, self.opened[-1]) or (None, FOREVER)
            self._hold([lasts])
            done = self._done(poll, limit)
            if done is not None and self.course.stages[poll.stage].enough:
                return self._told(done, None)
            done = done or self._escalated(poll, limit)
            if done is None:
                return self._told(None, self._shortage(poll, limit))
            self.opened.append(done)
        return self._told(self.opened[-1], None)

    def _told(self, end: Form | None, lacks: Shortage | None) -> Outcome:
        return Outcome(self.opened[0][0], self.lasts, end, lacks, frozenset(self.heeded),
                       tuple(self.escalated), self.stand_ins.is_proven)  # fmt: skip

    def _hold(self, spans: Iterable[int]) -> None:
        self.lasts = min([self.lasts, *spans])

    def _hold_all(self, limit: Form | None, people: Container[str] | None = None) -> None:
        """Hold as long as nobody, or none of some people, comes or goes, before or after others."""
        spans = [
            (one.at, one.lasts)
            for who, one in self.voices.items()
            if people is None or who in people
        ]
        for (who, _), found in self.stand_ins.firsts.items():
            if found and (people is None or who in people):
                spans.append(found)
        forms = [*self.opened, *(at for at, _ in spans), *([limit] if limit else [])]
        self._hold([steady(forms), *(lasts for _, lasts in spans)])

    def _ask(self, poll: Poll) -> None:
        """Hear, from now on, those whom no stage has asked before."""
        for person in poll.people:
            if person not in self.voices:
                found = self.course.hours[person].first(self.opened[-1])
                if found:
                    self.voices[person] = Voice(*found, (person,), self.ballot.asked[person])

    def _done(self, poll: Poll, limit: Form | None) -> Form | None:
        """Return when a stage is done, if it is in time."""
        if poll.is_silence:
            self.heeded.update(poll.people if len(poll.people) == 1 else ())
            return limit if poll.is_possible else None
        if poll.is_share:
            self.heeded.update(poll.people)
        found = self._reached(poll, limit)
        if found is None:
            return None
        done, taken = found
        if limit is not None:
            self._hold([until(done, limit)])
            if done >= limit:
                return None
        self._hold(until(form, done) for form in (self.opened[-1], *(one.at for one in taken)))
        self._hold(voice.lasts for voice in taken if len(voice.who) == 1)
        self.heeded.update(who for voice in taken for who in voice.who)
        self.levels.append(DoneStage(poll, self.opened[-1], done, taken))
        return done

    def _reached(self, poll: Poll, limit: Form | None) -> Reached | None:
        """Return when a stage has enough voices, and whose, those of deputies where that helps."""
        opened = self.opened[-1]
        found = reach(self.board, poll, self.voices.values(), opened) if self.is_plain else None
        if not self._has_deputies(poll) or (found and found[0] == opened):
            return found
        better = self.stand_ins.better(poll, found)
        at_once = better and better[0] == opened and {who for one in better[1] for who in one.who}
        self._hold_all(limit, at_once or None)
        if better:
            self.is_plain = False
        return better or found

    def _has_deputies(self, poll: Poll) -> bool:
        return poll.is_possible and any(one.deputies for one in self.ballot.polls[: poll.stage + 1])

    def _escalated(self, poll: Poll, limit: Form | None) -> Form | None:
        """Return when the next stage is opened in the place of one that is out of time."""
        stage = self.course.stages[poll.stage]
        is_last = poll.stage + 1 == len(self.course.stages)
        if limit is None or is_last or stage.otherwise is not Timeout.ESCALATE:
            return None
        self.board.close(poll.stage)
        self.escalated.append(poll.stage + 1)
        self.out[poll.stage] = limit
        self._unhear(poll, limit)
        return limit

    def _unhear(self, poll: Poll, limit: Form) -> None:
        """Forget those who were not in time for a stage, until another one asks them."""
        heard = sum(1 << n for n in range(poll.stage) if n not in self.out)
        for person in poll.people:
            voice, asked = self.voices.get(person), self.ballot.asked[person]
            later = (asked | self.ballot.deputes.get(person, 0)) >> poll.stage > 1
            if voice and later and not asked & heard:
                self._hold([until(voice.at, limit)])
                if voice.at >= limit:
                    del self.voices[person]

    def _shortage(self, poll: Poll, limit: Form | None) -> Shortage:
        def crowd(polls: Sequence[Poll]) -> Crowd:
            asked = {person for one in polls for person in one.people}
            people = {p for p in asked if _in_time(self.stand_ins.comes(p), limit)}
            deputies = {
                deputy
                for one in polls
                for deputy in one.deputies
                if _in_time(self.stand_ins.first(deputy, one.stage), limit)
            }
            return Crowd(frozenset(people), frozenset(deputies - asked), len(asked - people))

        done = [level.poll for level in self.levels]
        found = shortage(self.course.stages, poll, done, crowd)
        self._hold_all(limit)
        return evolve(found, escalated=tuple(self.escalated))


def _in_time(at: Form | None, limit: Form | None) -> bool:
    return at is not None and at < (limit or NEVER)
