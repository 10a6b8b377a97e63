"""A machine that tries to cheat a review, held against a model written from what reviews mean.

Whatever the model allows must be accepted, and nothing else.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import attrs
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cmcore import (
    Act,
    Charter,
    InvalidError,
    Member,
    Review,
    Rule,
    Team,
    ValidationCircuit,
    decide,
    dump,
    fact,
    open_review,
    parse,
    record,
    status,
)
from cmcore.reviews import (
    Amended,
    Approved,
    ChangesAsked,
    Delegated,
    Escalated,
    Objected,
    Published,
    Refused,
    ReviewEvent,
    Withdrawn,
    amend,
    regroup,
)

from .review_model import (
    ANYBODY,
    AUTHOR,
    EMPLOYERS,
    MINUTE,
    NEEDS,
    PEOPLE,
    RUNNING,
    START,
    STRANGER,
    Ask,
    Model,
)

DEEP = settings().max_examples > 1_000


def crew(names: set[str]) -> Team:
    return Team("crew", [Member(name, employer=EMPLOYERS.get(name)) for name in sorted(names)])


SOME: Final = st.frozensets(st.sampled_from((*PEOPLE, AUTHOR)), min_size=1)
NOBODY: Final[st.SearchStrategy[frozenset[str]]] = st.just(frozenset())
SILENT: Final = "no objection"


@st.composite
def asks(draw: st.DrawFn) -> Ask:
    need = draw(st.sampled_from([*NEEDS]))
    timed = need == SILENT or draw(st.booleans())
    return Ask(
        draw(SOME),
        draw(st.one_of(NOBODY, SOME, SOME)),
        need,
        draw(st.integers(1, 60)) if timed else None,
        draw(st.sampled_from(["escalate", "refuse", "lapse"])),
        timed and draw(st.booleans()),
        draw(st.integers(0, 3)) == 0,
        need == "2" and draw(st.booleans()),
    )


TRACKS: Final = st.lists(st.lists(asks(), min_size=1, max_size=3), min_size=1, max_size=2)
WHO: Final = st.sampled_from(ANYBODY)
FOR_WHOM: Final = st.sampled_from((None, None, None, *ANYBODY))
#: What is said -> what the charter says of it, once a review is open.
VERDICTS: Final = {
    "first": "sent",
    "second": "sent",
    "third": "sent",
    "daily": "covered",
    "daily too": "covered",
    "recall": "further",
    "recall again": "further",
    "rival": "forbidden",
}
TEXTS: Final = (*VERDICTS,)
TEXT: Final = st.sampled_from(TEXTS)
MORE: Final = "more"
#: The rules behind these verdicts, and another charter of the same name and version without them.
RULES: Final = [
    Rule.permit("daily", when=fact("text").mentions("daily"), because="so"),
    Rule.refer("recall", to=MORE, when=fact("text").mentions("recall"), because="so"),
    Rule.forbid("rival", when=fact("text").mentions("rival"), because="so"),
]
LATER: Final = st.sampled_from((0, 0, 0, 0, 1, 5))


def act_of(text: str, author: str = AUTHOR) -> Act:
    return Act(author=author, text=text)


def digest(text: str) -> str:
    return act_of(text).digest()


class Cheat(RuleBasedStateMachine):
    """Tries whatever people might, and compares with the model each time."""

    model: Model
    review: Review
    charter: Charter

    @initialize(
        tracks=TRACKS,
        more=st.lists(asks(), min_size=1, max_size=2),
        away=st.sets(st.sampled_from(PEOPLE), max_size=1),
    )
    def open(self, tracks: list[list[Ask]], more: list[Ask], away: set[str]) -> None:
        team = {*PEOPLE, AUTHOR} - away
        made = {f"c{t}": track for t, track in enumerate(tracks)} | {MORE: more}
        circuits = [
            ValidationCircuit(id_, [ask.made() for ask in way]) for id_, way in made.items()
        ]
        sent = [
            Rule.refer(id_, to=id_, when=~fact("text").mentions("daily"), because="so")
            for id_ in made
            if id_ != MORE
        ]
        self.charter = Charter("crew", circuits=circuits, default="c0", rules=[*sent, *RULES])
        act = act_of("first")
        decision = decide(self.charter, act)
        self.review = open_review(decision, act, self.charter, START, team=crew(team))
        self.model = Model(tracks, team, digest("first"), more, found={*team})
        self.model.begin()

    @property
    def now(self) -> datetime:
        return START + self.model.now * MINUTE

    def wait(self, minutes: int) -> None:
        for _ in range(minutes if self.model.now < 200 else 0):
            self.model.tick()

    def tries(self, event: ReviewEvent, *, allowed: bool) -> None:
        """Hold what is accepted against what the model allows."""
        why = None
        try:
            self.review = record(self.review, event)
        except InvalidError as error:
            why = str(error)
        assert why != ""
        assert (why is None) == allowed, f"{event} is {'legal' if allowed else 'illegal'}: {why}"

    @rule(by=WHO, later=LATER, text=st.sampled_from((None, None, None, *TEXTS)), instead=FOR_WHOM)
    def approve(self, by: str, later: int, text: str | None, instead: str | None) -> None:
        self.wait(later)
        seen = digest(text) if text else self.model.digest
        event = Approved(by, seen, instead, at=self.now)
        self.tries(event, allowed=self.model.approve(by, seen, instead))

    def asked_now(self, *, silent: bool = False) -> list[str]:
        """List those of the stages that are open: who is likely to be heard."""
        return sorted(
            {
                name
                for t, here in enumerate(self.model.at)
                if not self.model.is_done(t)
                for name in self.model.people(t, here)
                if not silent or self.model.tracks[t][here].need == SILENT
            }
        )

    @precondition(lambda self: self.asked_now())
    @rule(data=st.data(), later=st.sampled_from((0, 0, 0, 0, 1, 5)))
    def approve_when_asked(self, data: st.DataObject, later: int) -> None:
        self.approve(data.draw(st.sampled_from(self.asked_now())), later, None, None)

    @precondition(lambda self: self.asked_now())
    @rule(data=st.data(), twice=st.booleans())
    def approve_together(self, data: st.DataObject, *, twice: bool) -> None:
        """Say yes one after the other: those who are asked, in any order."""
        for name in data.draw(st.permutations(self.asked_now())):
            for _ in range(1 + twice):
                self.approve(name, 0, None, None)

    @precondition(lambda self: self.asked_now(silent=True))
    @rule(data=st.data())
    def object_when_asked(self, data: st.DataObject) -> None:
        self.objects(data.draw(st.sampled_from(self.asked_now(silent=True))), None, 0)

    @rule(
        data=st.data(), order=st.sampled_from(("not lent", "nobody", "deputy", "both", "own first"))
    )
    def delegate_to_a_deputy(self, data: st.DataObject, order: str) -> None:
        """Delegate, and let the two speak one after the other, or one of them."""
        pairs = {
            (name, deputy)
            for at in self.model.stages()
            for name in self.model.people(*at)
            for deputy in self.model.deputies(*at)
        }
        if pairs:
            whose, deputy = data.draw(st.sampled_from(sorted(pairs)))
            if order != "not lent":
                self.delegates(whose, deputy)
            if order == "own first":
                self.approve(whose, 0, None, None)
            if order != "nobody":
                self.approve(deputy, 0, None, whose)
            if order == "both":
                self.approve(whose, 0, None, None)
                self.objects(whose, None, 0)

    @rule(data=st.data())
    def approve_too_soon(self, data: st.DataObject) -> None:
        later = {
            name
            for t, here in enumerate(self.model.at)
            for s in range(here + 1, len(self.model.tracks[t]))
            for name in self.model.people(t, s)
        }
        if later:
            self.approve(data.draw(st.sampled_from(sorted(later))), 0, None, None)

    @precondition(lambda self: self.asked_now(silent=True))
    @rule(data=st.data(), how=st.sampled_from(("objects", "repents", "asks changes")))
    def break_the_silence_to_the_end(self, data: st.DataObject, how: str) -> None:
        name = data.draw(st.sampled_from(self.asked_now(silent=True)))
        if how == "asks changes":
            self.asks_changes(name, None)
        else:
            self.objects(name, None, 0)
        if how == "repents":
            self.approve(name, 1, None, None)
        self.until_the_end()

    @precondition(lambda self: self.asked_now())
    @rule(data=st.data(), text=TEXT)
    def approve_what_was_there_before(self, data: st.DataObject, text: str) -> None:
        """Have something approved, and change it."""
        name = data.draw(st.sampled_from(self.asked_now()))
        self.amends(AUTHOR, text, 0)
        self.approve(name, 0, data.draw(TEXT), None)

    @precondition(lambda self: self.asked_now())
    @rule(data=st.data())
    def leave_and_speak(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(self.asked_now()))
        self.regroups(self.model.found - {name})
        self.approve(name, 0, None, None)

    @precondition(lambda self: self.asked_now())
    @rule(data=st.data(), minutes=st.sampled_from((0, 0, 1)))
    def speak_at_the_end(self, data: st.DataObject, minutes: int) -> None:
        """Say yes when the time is just out, or a little later."""
        name = data.draw(st.sampled_from(self.asked_now()))
        self.until_the_end()
        self.approve(name, minutes, None, None)

    def until_the_end(self) -> None:
        """Wait until the time of some stage is out, if it ever is."""
        before, left = (self.model.state, [*self.model.at]), 90
        while left and before == (self.model.state, self.model.at) and any(self.model.left):
            self.wait(1)
            left -= 1

    @rule(by=WHO, instead=FOR_WHOM, later=LATER)
    def objects(self, by: str, instead: str | None, later: int) -> None:
        self.wait(later)
        event = Objected(by, "no", instead, at=self.now)
        self.tries(event, allowed=self.model.object(by, instead))

    @precondition(lambda self: len(self.review.events) > 4)
    @rule(by=WHO, instead=FOR_WHOM)
    def refuses(self, by: str, instead: str | None) -> None:
        event = Refused(by, instead_of=instead, at=self.now)
        self.tries(event, allowed=self.model.against(by, instead, "refused"))

    @precondition(lambda self: len(self.review.events) > 2)
    @rule(by=WHO, instead=FOR_WHOM)
    def asks_changes(self, by: str, instead: str | None) -> None:
        event = ChangesAsked(by, instead_of=instead, at=self.now)
        self.tries(event, allowed=self.model.against(by, instead, "changes asked"))

    @rule(by=st.sampled_from((AUTHOR, AUTHOR, "bob", STRANGER)), text=TEXT, later=LATER)
    def amends(self, by: str, text: str, later: int) -> None:
        self.wait(later)
        allowed = self.model.amend(by, digest(text), VERDICTS[text])
        try:
            after = amend(self.review, act_of(text, by), self.charter, self.now)
        except InvalidError:
            assert not allowed
        else:
            assert allowed
            self.review = after

    @rule(text=TEXT, how=st.sampled_from(("another charter", "fewer circuits", "no circuit")))
    def amends_by_what_did_not_decide(self, text: str, how: str) -> None:
        """Try to have another content by a decision of something else, or without its circuits."""
        lax = attrs.evolve(self.charter, rules=[Rule.permit("all", because="so")])
        charter = lax if how == "another charter" else self.charter
        decision = decide(charter, act_of(text))
        circuits = [] if how == "no circuit" else [*map(charter.circuit, decision.circuits)][1:]
        if how == "another charter" or decision.circuits:
            self.tries(Amended(decision, circuits, at=self.now), allowed=False)

    @rule(by=WHO, to=WHO)
    def delegates(self, by: str, to: str) -> None:
        self.tries(Delegated(by, to, at=self.now), allowed=self.model.delegate(by, to))

    @precondition(lambda self: len(self.review.events) > 2)
    @rule(by=WHO)
    def escalates(self, by: str) -> None:
        self.tries(Escalated(by, at=self.now), allowed=self.model.escalate(by))

    @precondition(lambda self: len(self.review.events) > 6)
    @rule(by=WHO)
    def withdraws(self, by: str) -> None:
        self.tries(Withdrawn(by, at=self.now), allowed=self.model.withdraw(by))

    @precondition(lambda self: self.model.state == "approved")
    @rule(text=TEXT)
    def publishes_what_is_approved_or_not(self, text: str) -> None:
        self.publishes(text, 0)

    @rule(text=TEXT, later=LATER)
    def publishes(self, text: str, later: int) -> None:
        self.wait(later)
        event = Published(digest(text), at=self.now)
        self.tries(event, allowed=self.model.publish(digest(text)))

    @precondition(lambda self: len(self.review.events) > 1)
    @rule(team=st.sets(st.sampled_from((*PEOPLE, AUTHOR)), min_size=2))
    def regroups(self, team: set[str]) -> None:
        allowed = self.model.regroup(team)
        try:
            after = regroup(self.review, crew(team), self.now)
        except InvalidError:
            assert not allowed
        else:
            assert allowed
            self.review = after

    @rule(minutes=st.sampled_from((1, 10, 40)))
    def waits(self, minutes: int) -> None:
        self.wait(minutes)

    @precondition(lambda self: self.review.events)
    @rule(by=WHO)
    def approves_before_what_happened(self, by: str) -> None:
        past = self.review.events[-1].at - MINUTE
        self.tries(Approved(by, self.model.digest, at=past), allowed=False)

    @precondition(lambda self: self.review.events)
    @rule(data=st.data())
    def repeats(self, data: st.DataObject) -> None:
        """Send again what was sent: an approval, a delegation, an amendment count once."""
        event = attrs.evolve(data.draw(st.sampled_from(self.review.events)), at=self.now)
        if isinstance(event, Approved | Delegated):
            is_fresh = getattr(event, "digest", None) == self.model.digest
            counted = {voice.by for voice in self.model.yes}
            if isinstance(event, Delegated) or (is_fresh and event.by in counted):
                self.tries(event, allowed=False)

    @precondition(lambda self: len(self.review.events) > 1)
    @rule()
    def swaps_what_was_said_at_once(self) -> None:
        """Approvals of the same instant may come in any order."""
        *before, one, other = self.review.events
        if isinstance(one, Approved) and isinstance(other, Approved) and one.at == other.at:
            try:
                swapped = record(Review(self.review.opening, before), other, one)
            except InvalidError:
                return  # one of them completes it, or opens the stage of the other
            assert _stand(swapped, self.now) == _stand(self.review, self.now)

    @invariant()
    def stands_where_the_model_does(self) -> None:
        if not hasattr(self, "model"):
            return
        found = status(self.review, self.now)
        assert str(found.state) == self.model.state
        assert found.digest == self.model.digest == self.review.digest
        if self.model.state in RUNNING:
            assert len(found.tracks) == len(self.model.tracks)
            for t, track in enumerate(found.tracks):
                assert track.is_complete == self.model.is_done(t)
                assert self.model.is_done(t) or track.stage == self.model.at[t] + 1
        for name in found.awaited:
            record(self.review, Approved(name, found.digest, at=self.now))

    @invariant()
    def reads_back_and_replays_the_same(self) -> None:
        if hasattr(self, "model"):
            again = Review(self.review.opening, self.review.events)
            assert status(again, self.now) == status(self.review, self.now)

    def teardown(self) -> None:
        if hasattr(self, "model"):
            assert parse(dump(self.review, format="json"), Review, format="json") == self.review


def _stand(review: Review, at: datetime) -> Mapping[str, Any]:
    return attrs.asdict(status(review, at))


TestCheat = Cheat.TestCase
TestCheat.settings = settings(
    max_examples=2_000 if DEEP else 25,
    stateful_step_count=50 if DEEP else 25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
