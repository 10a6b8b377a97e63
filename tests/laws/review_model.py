"""What a review is, written from what it means: it knows nothing of the code.

It walks minute by minute, and tries every way to give the places of a circuit to people.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import permutations
from typing import Final

import attrs

from cmcore import Approvers, BusinessClock, Quorum, Stage, Week
from cmcore.circuits import Silence

#: Monday morning in winter: Paris is an hour ahead.
START: Final = datetime(2026, 1, 5, 7, 50, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)
AUTHOR, STRANGER = "ana", "zed"
PEOPLE: Final = ("bob", "cat", "dan", "eve")
#: Who employs them; nobody knows of dan.
EMPLOYERS: Final = {"bob": "acme", "cat": "acme", "eve": "bolt"}
ANYBODY: Final = (*PEOPLE, AUTHOR, STRANGER)
#: Two hours in the morning of Paris, every day: 08:00 to 10:00 in UTC.
OFFICE: Final = BusinessClock(Week.parse("Mon-Sun 09:00-11:00"), "Europe/Paris")
NEEDS: Final[Mapping[str, Quorum | Silence]] = {
    **{text: Quorum.parse(text) for text in ("any", "2", "all", "majority", "2/3", "50%")},
    "no objection": Silence(),
}
SHARES: Final = {
    "all": (Fraction(1), False),
    "majority": (Fraction(1, 2), True),
    "2/3": (Fraction(2, 3), False),
    "50%": (Fraction(1, 2), False),
}
NUMBERS: Final = {"any": 1, "2": 2}
RUNNING: Final = ("open", "changes asked")


@attrs.define
class Ask:
    """A stage as the model knows it."""

    names: frozenset[str]
    deputies: frozenset[str]
    need: str
    minutes: int | None
    otherwise: str
    office: bool
    enough: bool = False
    apart: bool = False

    def made(self) -> Stage:
        return Stage(
            Approvers("name", self.names),
            NEEDS[self.need],
            None if self.minutes is None else self.minutes * MINUTE,
            self.otherwise,
            Approvers("name", self.deputies) if self.deputies else None,
            OFFICE if self.office else None,
            self.enough,
            "employer" if self.apart else None,
        )


@attrs.define
class Voice:
    """Somebody's yes or objection: the stages where it counts, each as whose."""

    by: str
    instead: str | None
    counts: dict[tuple[int, int], str]


@attrs.define
class Model:
    """What a review is, minute by minute; `more` may come to be asked too."""

    tracks: list[list[Ask]]
    team: set[str]
    digest: str
    more: list[Ask] = attrs.field(factory=list)
    now: int = 0
    state: str = "open"
    at: list[int] = attrs.field(factory=list)
    left: list[int | None] = attrs.field(factory=list)
    skipped: list[set[int]] = attrs.field(factory=list)
    #: the tracks of which a stage was enough
    ended: set[int] = attrs.field(factory=set)
    yes: list[Voice] = attrs.field(factory=list)
    no: list[Voice] = attrs.field(factory=list)
    delegated: set[tuple[str, str]] = attrs.field(factory=set)
    #: who was found: the team of the last time it was looked at
    found: set[str] = attrs.field(factory=set)

    def begin(self) -> None:
        self.at = [0] * len(self.tracks)
        self.left = [track[0].minutes for track in self.tracks]
        self.skipped = [set() for _ in self.tracks]
        self.ended = set()
        self.yes, self.no = [], []

    def people(self, t: int, s: int) -> set[str]:
        return {*self.tracks[t][s].names} & self.found - {AUTHOR}

    def deputies(self, t: int, s: int) -> set[str]:
        return ({*self.tracks[t][s].deputies} & self.found) - {AUTHOR} - self.people(t, s)

    def stages(self) -> Iterator[tuple[int, int]]:
        return ((t, s) for t, track in enumerate(self.tracks) for s in range(len(track)))

    def is_done(self, t: int) -> bool:
        return t in self.ended or self.at[t] == len(self.tracks[t])

    def is_heard(self, t: int, s: int) -> bool:
        return s <= self.at[t] and s not in self.skipped[t]

    def is_open(self, t: int, s: int) -> bool:
        return s == self.at[t] and t not in self.ended

    # ---- time

    def tick(self) -> None:
        """Let a minute go by."""
        is_office = 10 <= self.now < 130  # from 08:00 to 10:00 UTC; a machine stays within a day
        self.now += 1
        if self.state not in RUNNING:
            return
        due = []
        for t, track in enumerate(self.tracks):
            left = None if self.is_done(t) else self.left[t]
            if left is not None and (is_office or not track[self.at[t]].office):
                self.left[t] = left - 1
                due += [t] if left == 1 else []
        self.strike(due)

    def strike(self, due: list[int]) -> None:
        ends = {t: self.end(t) for t in due}
        for end, state in (("refuse", "refused"), ("lapse", "lapsed")):
            if end in ends.values():
                self.state = state
                return
        for t in due:
            if ends[t] == "escalate":
                self.skipped[t].add(self.at[t])
                self.go_on(t)
            else:
                self.go_through(t)
        self.look()

    def end(self, t: int) -> str:
        ask = self.tracks[t][self.at[t]]
        objected = any((t, self.at[t]) in voice.counts for voice in self.no)
        silent = ask.need == "no objection" and self.state == "open" and not objected
        if silent and self.people(t, self.at[t]):
            return "pass"
        is_last = self.at[t] == len(self.tracks[t]) - 1
        return "lapse" if ask.otherwise == "escalate" and is_last else ask.otherwise

    def go_through(self, t: int) -> None:
        if self.tracks[t][self.at[t]].enough:
            self.ended.add(t)
        else:
            self.go_on(t)

    def go_on(self, t: int) -> None:
        self.at[t] += 1
        self.left[t] = None if self.is_done(t) else self.tracks[t][self.at[t]].minutes

    def look(self) -> None:
        """Pass what can be passed."""
        if self.state == "open":
            for t in range(len(self.tracks)):
                while not self.is_done(t) and self.is_enough(t):
                    self.go_through(t)
            if all(map(self.is_done, range(len(self.tracks)))):
                self.state = "approved"

    def is_enough(self, t: int) -> bool:
        here = self.at[t]
        need = self.tracks[t][here].need
        if need == "no objection":
            return False
        counted = {v.counts[t, here] for v in self.yes if (t, here) in v.counts}
        size = len(self.people(t, here) | counted)
        if need in SHARES:
            share, beyond = SHARES[need]
            enough = len(counted) > share * size if beyond else len(counted) >= share * size
            if not (size and enough):
                return False
        elif size < NUMBERS[need]:
            return False
        places = [
            (s, {v.by for v in self.yes if (t, s) in v.counts})
            for s in range(here + 1)
            if s not in self.skipped[t]
            for _ in range(NUMBERS.get(self.tracks[t][s].need, 0))
        ]
        everybody = sorted({v.by for v in self.yes})
        ways = (
            [(s, p, p in able) for p, (s, able) in zip(way, places, strict=True)]
            for way in permutations(everybody, len(places))
        )
        return any(all(able for *_, able in way) and self.differ(t, way) for way in ways)

    def differ(self, t: int, way: list[tuple[int, str, bool]]) -> bool:
        known = [(s, EMPLOYERS.get(p)) for s, p, _ in way if self.tracks[t][s].apart]
        return len(known) == len({*known}) and all(firm for _, firm in known)

    # ---- what people do

    def counts(self, by: str, instead: str | None) -> dict[tuple[int, int], str]:
        own = {at: by for at in self.stages() if by in self.people(*at)}
        if instead is None:
            return own
        lent = {at: instead for at in self.stages()
                if instead in self.people(*at) and by in self.deputies(*at)}  # fmt: skip
        return {**lent, **own}

    def may_speak(self, by: str, instead: str | None, *, where: str) -> bool:
        """Tell whether somebody is heard now, for themselves or for another."""
        if AUTHOR in {by, instead}:
            return False
        for voice in (*self.yes, *self.no):
            if voice.by != by and {by, instead} & ({voice.by, voice.instead} - {None}):
                return False
        if instead is not None and (instead, by) not in self.delegated:
            return False
        whose = instead or by
        mine = [at for at, counts in self.counts(by, instead).items() if counts == whose]
        rules: dict[str, Callable[[int, int], bool]] = {
            "anywhere": self.is_heard,
            "running": lambda t, s: self.is_heard(t, s) and not self.is_done(t),
            "silence": lambda t, s: self.is_open(t, s) and self.tracks[t][s].need == "no objection",
        }
        return any(rules[where](t, s) for t, s in mine)

    def approve(self, by: str, digest: str, instead: str | None) -> bool:
        if self.state != "open" or digest != self.digest or by in {v.by for v in self.yes}:
            return False
        if not self.may_speak(by, instead, where="running"):
            return False
        self.no = [voice for voice in self.no if voice.by != by]
        self.yes.append(Voice(by, instead, self.counts(by, instead)))
        self.look()
        return True

    def object(self, by: str, instead: str | None) -> bool:
        spoke = by in {v.by for v in (*self.yes, *self.no)}
        if self.state != "open" or spoke or not self.may_speak(by, instead, where="silence"):
            return False
        self.no.append(Voice(by, instead, self.counts(by, instead)))
        return True

    def against(self, by: str, instead: str | None, state: str) -> bool:
        if self.state not in RUNNING or not self.may_speak(by, instead, where="anywhere"):
            return False
        self.state = state
        return True

    def amend(self, by: str, digest: str, verdict: str) -> bool:
        """Change the content, which the charter covers, sends on, sends further, or forbids."""
        may = self.state in {*RUNNING, "approved"}
        if not may or by != AUTHOR or digest == self.digest or verdict == "forbidden":
            return False
        self.state, self.digest = "open", digest
        if verdict == "further" and self.more:
            self.tracks, self.more = [*self.tracks, self.more], []
        self.begin()
        return True

    def withdraw(self, by: str) -> bool:
        if self.state not in {*RUNNING, "approved"} or by != AUTHOR:
            return False
        self.state = "withdrawn"
        return True

    def publish(self, digest: str) -> bool:
        if self.state != "approved" or digest != self.digest:
            return False
        self.state = "published"
        return True

    def delegate(self, by: str, to: str) -> bool:
        able = any(by in self.people(*at) and to in self.deputies(*at) for at in self.stages())
        if self.state not in RUNNING or not able or (by, to) in self.delegated:
            return False
        self.delegated.add((by, to))
        return True

    def escalate(self, by: str) -> bool:
        mine = [
            t
            for t, track in enumerate(self.tracks)
            if not self.is_done(t)
            and self.at[t] < len(track) - 1
            and by in self.people(t, self.at[t])
        ]
        if self.state != "open" or not mine:
            return False
        for t in mine:
            self.skipped[t].add(self.at[t])
            self.go_on(t)
        self.look()
        return True

    def regroup(self, team: set[str]) -> bool:
        if self.state not in RUNNING:
            return False
        self.found = {*team}
        for voice in (*self.yes, *self.no):
            fresh = self.counts(voice.by, voice.instead)
            own = {at: by for at, by in {**voice.counts, **fresh}.items() if by == voice.by}
            own |= {at: by for at, by in voice.counts.items() if by == voice.by}
            voice.counts = {**fresh, **voice.counts, **own}
        self.look()
        return True
