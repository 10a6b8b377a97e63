"""Conduct: what is an answer, what takes back a lie, how long a promise is owed."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from cmcore import Act, Charter, Incident, Label, Playbook, WordList, conduct, due, hours
from cmcore.charters import Vocabulary
from cmcore.incidents import (
    ActEvent,
    Conduct,
    Duty,
    DutyKind,
    FactEvent,
    HoldEvent,
    IncidentEvent,
    Promise,
    Standing,
    StepEvent,
)
from cmcore.incidents.events import FactValue
from cmcore.strategies import charters, incidents, incidents_and_playbooks

from .true_incidents import untied

NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
ANSWERS: Final = Playbook(
    "answers",
    [
        Duty("public", "answer", within=hours(4)),
        Duty("to-the-point", "answer", within=hours(4), pertinent=True),
        Duty("any", "answer", within=hours(4), acts={"publish", "reply", "share", "message"}),
        Duty("private", "answer", within=hours(4), acts={"message"}),
    ],
)
HOLD: Final = Playbook("hold", [Duty("hold", "hold", within=hours(2))])
HONESTY: Final = Playbook(
    "honesty",
    [
        Duty("truth", "tell the truth"),
        Duty("one-story", "never contradict"),
        Duty("mistakes", "correct", within=hours(1)),
        Duty("word", "keep promises"),
    ],
)
PROMISES: Final = Playbook("promises", [Duty("word", "keep promises")])
#: Labels that the record itself fills, from what acts promise and claim.
FILLED: Final = {"promise", "claim"}


def exact(incident: Incident) -> Incident:
    events = [attrs.evolve(event, tolerance=timedelta(0), after=None) for event in incident.events]
    return attrs.evolve(incident, events=events, until=max(incident.end, events[-1].at))


def standings(found: Conduct) -> dict[tuple[str, tuple[str, ...]], Standing]:
    return {(one.duty, one.subject): one.standing for one in found.findings}


#: What may be banned in words, by a label, or both.
BANS: Final = tuple(
    Duty("ban", "never say", words=words, label=label)
    for words, label in (
        (WordList(["never"]), None), (None, "hostile"), (WordList(["never"]), "hostile"),
    )
)  # fmt: skip
POLITE: Final = Act(kind="reply", text="Sorry.", labels={"hostile": False})


def with_ban(ban: Duty) -> Playbook:
    return Playbook("answers and a ban", [*ANSWERS.duties, ban])


@st.composite
def quarrels(draw: st.DrawFn) -> Incident:
    """Return a strategy for incidents in which everything is said, and little of it known."""
    acts = [
        ActEvent(
            f"a{n}",
            NOON + draw(st.sampled_from([0, 1, 2, 6, 7])) * hours(1),
            act=Act(
                kind=draw(st.sampled_from(["publish", "reply"])),
                text=draw(st.sampled_from([None, "Sorry.", "We never did."])),
                labels=draw(st.sampled_from([{}, {"hostile": False}, {"hostile": False}])),
                scheduled=draw(st.sampled_from([None, None, False, True])),
            ),
            claims=draw(st.sampled_from([{}, {}, {"safe": True}, {"safe": False}])),
        )
        for n in range(draw(st.integers(2, 3)))
    ]
    fact = FactEvent("f", NOON + draw(st.integers(-2, 4)) * hours(1), that={"safe": False})
    opened = StepEvent("o", NOON, step="opened")
    return Incident("quarrel", [opened, fact, *acts], until=NOON + hours(24))


def answered(found: Conduct) -> dict[str, Standing]:
    """Return what became of each answer that was owed since the opening."""
    return {one.duty: one.standing for one in found.findings
            if one.kind is DutyKind.ANSWER and not one.subject}  # fmt: skip


def last_told(incident: Incident, fact: str, at: datetime) -> object:
    """Return what a fact was last told to be by an instant, None where nothing was."""
    told = [one.that[fact] for one in incident.of(FactEvent) if fact in one.that and one.at <= at]
    return told[-1] if told else None


class TestAnswers:
    """What is no answer never counts as one."""

    @given(incidents())
    def test_an_answer_is_public_unscheduled_and_after_what_it_answers(
        self, incident: Incident
    ) -> None:
        for one in conduct(incident, ANSWERS).of("kept"):
            event = incident.event(one.events[0])
            assert isinstance(event, ActEvent)
            assert event.around.first > incident.opened.around.last
            assert event.id not in incident.opened.about
            assert event.act.scheduled is not True
            assert (event.act.kind == "message") is (one.duty == "private")

    @given(incidents(), st.data())
    def test_what_is_no_answer_changes_no_verdict(
        self, incident: Incident, data: st.DataObject
    ) -> None:
        when = exact(incident).opened.at
        before = Act(kind="publish", text="Hello", scheduled=False)
        advert = Act(kind="publish", text="Buy", scheduled=True)
        aside = Act(kind="message", text="Psst")
        at, act = data.draw(
            st.sampled_from([(when - hours(1), before), (when + hours(1), advert),
                             (when + hours(1), aside)])
        )  # fmt: skip
        assume(at <= incident.end)
        more = ActEvent("another", at, act=act)
        true = exact(incident)
        told = {**standings(conduct(true, ANSWERS))}
        then = standings(conduct(attrs.evolve(true, events=[*true.events, more]), ANSWERS))
        told.pop(("private", ()))
        assert {occasion: then[occasion] for occasion in told} == told

    @given(incidents(), st.sampled_from(["publish", "reply"]))
    def test_an_act_of_the_instant_of_the_opening_decides_nothing(
        self, incident: Incident, kind: str
    ) -> None:
        true = exact(incident)
        act = Act(kind=kind, text="Hello", scheduled=False)
        more = ActEvent("another", true.opened.at, act=act)
        told = answered(conduct(true, ANSWERS))
        then = answered(conduct(attrs.evolve(true, events=[*true.events, more]), ANSWERS))
        is_kept = told["public"] is Standing.KEPT
        assert then["public"] is (Standing.KEPT if is_kept else Standing.UNKNOWN)
        assert then["private"] is told["private"]

    @given(incidents(), st.sampled_from(BANS), st.integers(1, 12), st.data())
    def test_what_is_false_or_never_said_answers_nobody(
        self, incident: Incident, ban: Duty, half_hours: int, data: st.DataObject
    ) -> None:
        true, playbook = exact(incident), with_ban(ban)
        known = FactEvent("known", true.opened.at, that={"safe": False})
        at = true.opened.at + half_hours * timedelta(minutes=30)
        false = ActEvent("bad", at, act=POLITE, claims={"safe": True})
        worded = ActEvent("bad", at, act=attrs.evolve(POLITE, text="We never did."))
        labelled = ActEvent("bad", at, act=attrs.evolve(POLITE, labels={"hostile": True}))
        mute = ActEvent("bad", at, act=attrs.evolve(POLITE, text=" ", media=set()))
        acts = [false, mute, *([worded] if ban.words else []), *([labelled] if ban.label else [])]
        without, given_so = (
            conduct(attrs.evolve(true, events=[*true.events, known, *more],
                                 until=max(at, true.end)), playbook)
            for more in ([], [data.draw(st.sampled_from(acts))])
        )  # fmt: skip
        assert answered(given_so) == answered(without)

    @given(incidents(), st.sampled_from(["delete", "hide"]), st.integers(1, 47))
    def test_what_we_took_down_in_time_answered_nobody_for_sure(
        self, incident: Incident, kind: str, minutes: int
    ) -> None:
        true = exact(incident)
        at = true.opened.at + timedelta(minutes=minutes)
        word = ActEvent("word", at, act=POLITE)
        down = ActEvent(
            "down", at + minutes * timedelta(minutes=4), act=Act(kind=kind), about="word"
        )
        without, then = (
            answered(conduct(attrs.evolve(true, events=[*true.events, *more],
                                          until=max(down.at, true.end)), ANSWERS))
            for more in ([], [word, down])
        )  # fmt: skip
        for duty, standing in then.items():
            assert (standing is Standing.KEPT) is (without[duty] is Standing.KEPT)

    @given(quarrels(), st.sampled_from(BANS))
    def test_an_answer_is_not_known_to_be_false_and_known_not_to_be_banned(
        self, incident: Incident, ban: Duty
    ) -> None:
        for one in conduct(incident, with_ban(ban)).of("kept"):
            event = incident.event(one.events[0])
            if one.kind is DutyKind.ANSWER and isinstance(event, ActEvent):
                text = event.act.text
                assert not ban.words or (text is not None and not ban.words.find(text))
                assert not ban.label or event.act.labels.get(ban.label) is False
                for fact, claimed in event.claims.items():
                    assert last_told(incident, fact, event.at) in {None, claimed}

    @given(quarrels(), st.sampled_from(BANS))
    def test_what_is_in_doubt_is_shown_by_what_may_have_been_in_time(
        self, incident: Incident, ban: Duty
    ) -> None:
        for one in conduct(incident, with_ban(ban)).of("unknown"):
            if one.kind is DutyKind.ANSWER and one.due is not None:
                named = [incident.event(id_) for id_ in one.events]
                assert named
                assert all(incident.opened.at <= event.at <= one.due for event in named)

    @given(incidents(), st.integers(1, 40))
    def test_a_scheduled_post_after_the_deadline_breaks_the_hold(
        self, incident: Incident, hour: int
    ) -> None:
        true = exact(incident)
        at = true.opened.at + hours(2) + timedelta(hours=hour, seconds=1)
        held = HoldEvent("held", true.opened.at + hours(1))
        advert = ActEvent("advert", at, act=Act(kind="publish", scheduled=True))
        then = attrs.evolve(true, events=[*true.events, held, advert], until=max(at, true.end))
        broken = [one for one in conduct(then, HOLD).findings if "advert" in one.events]
        assert all(one.standing is Standing.BREACHED for one in broken)
        assert broken or not true.situation(at).open


@st.composite
def stories(draw: st.DrawFn) -> Incident:
    """Return a strategy for incidents in which one fact changes, and is claimed again and again."""
    events: list[IncidentEvent] = [StepEvent("o", NOON, step="opened")]
    for n in range(draw(st.integers(2, 7))):
        at, so = NOON + (n + 1) * timedelta(minutes=15), draw(st.booleans())
        if draw(st.booleans()):
            events.append(FactEvent(f"e{n}", at, that={"refunded": so}))
        else:
            acts = [one.id for one in events if isinstance(one, ActEvent)]
            about = draw(st.lists(st.sampled_from(acts), max_size=1)) if acts else []
            events.append(attrs.evolve(says(f"e{n}", at, refunded=so), about=about))
    return Incident("it", events, until=NOON + hours(24))


class TestCorrections:
    """To put right what was wrong is never held against anybody."""

    @given(stories())
    def test_to_say_it_again_takes_nothing_back(self, incident: Incident) -> None:
        for one in conduct(incident, HONESTY).findings:
            if one.duty == "mistakes" and one.subject:
                lie, *shown = [incident.event(id_) for id_ in one.events]
                assert isinstance(lie, ActEvent)
                for event in shown:
                    if isinstance(event, FactEvent):
                        assert one.code == "perhaps owed since"
                        assert event.that != lie.claims
                        continue
                    assert isinstance(event, ActEvent)
                    is_again = event.claims == lie.claims
                    assert is_again is (one.code == "unsaid repeated")
                    assert one.standing is Standing.UNKNOWN or not is_again

    @given(stories(), st.booleans())
    def test_a_promise_missed_shows_what_it_was(
        self,
        incident: Incident,
        is_number: bool,  # noqa: FBT001
    ) -> None:
        values = {True: 100, False: 140} if is_number else {True: "found", False: "lost"}
        told = {True: "100", False: "140"} if is_number else {True: "found", False: "lost"}
        events = [
            attrs.evolve(one, that={"refunded": values[bool(one.that["refunded"])]})
            for one in incident.of(FactEvent)
        ]
        for so in (True, False):
            by = NOON + hours(1)
            promise = Promise({"refunded": values[so]}, by)
            word = attrs.evolve(says("word", NOON), promises=[promise])
            opened = StepEvent("o", NOON, step="opened")
            whole = Incident("it", [opened, word, *events], until=NOON + hours(24))
            (one,) = [one for one in conduct(whole, HONESTY).findings if one.duty == "word"]
            last = [event for event in events if event.at <= by][-1:]
            if one.standing is Standing.BREACHED:
                assert last
                assert last[0].that["refunded"] == values[not so]
                assert told[not so] in one.text()
                assert told[not so] in one.text("fr")

    @given(stories())
    def test_only_what_says_the_same_is_in_keeping(self, incident: Incident) -> None:
        for one in conduct(incident, HONESTY).of("kept"):
            if one.duty == "one-story":
                claim, *before = [incident.event(id_) for id_ in one.events]
                assert isinstance(claim, ActEvent)
                same = {isinstance(was, ActEvent) and was.claims == claim.claims for was in before}
                assert same == {one.code == "agreement kept"}

    @given(
        stories(),
        st.lists(st.sampled_from(("publish", "message", "share", "edit")), min_size=9, max_size=9),
        st.sets(st.sampled_from(("message", "share", "publish")), max_size=2),
    )
    def test_only_what_counts_as_a_correction_is_told_as_one(
        self, incident: Incident, kinds: list[str], meant: set[str]
    ) -> None:
        events = [
            attrs.evolve(one, act=attrs.evolve(one.act, kind=kind))
            if isinstance(one, ActEvent) else one
            for one, kind in zip(incident.events, kinds, strict=False)
        ]  # fmt: skip
        mistakes = Duty("mistakes", "correct", within=hours(19), acts=meant or None)
        playbook = Playbook("p", [mistakes, Duty("one-story", "never contradict")])
        found = conduct(attrs.evolve(incident, events=events), playbook).findings
        owed = {one.subject[0]: one for one in found if one.duty == "mistakes" and one.subject}
        for one in found:
            lies = one.events[1:] if one.code in {"correction kept", "aside kept"} else ()
            for lie in lies:
                assert (owed[lie].code == "not done") <= (one.code == "aside kept")
                assert one.code == "correction kept" or one.events[0] not in owed[lie].events

    @given(stories(), st.integers(1, 90), st.sampled_from([{}, {"refunded": True}]))
    def test_to_own_up_takes_back_what_was_false(
        self, incident: Incident, minutes: int, claims: dict[str, bool]
    ) -> None:
        at = incident.events[-1].at + hours(1)
        lie = says("lie", at, refunded=True)
        facts = [
            FactEvent("unpaid", at - hours(1) / 2, that={"refunded": False}),
            FactEvent("paid", at + timedelta(minutes=minutes) / 2, that={"refunded": True}),
        ]
        word = says("word", at + timedelta(minutes=minutes), **claims)
        owned, repeated = (
            standings(conduct(attrs.evolve(incident, events=[*incident.events, lie, *facts, one]),
                              HONESTY))
            for one in (attrs.evolve(word, corrects="lie"), attrs.evolve(word, about="lie"))
        )  # fmt: skip
        about = ("mistakes", ("lie", "refunded"))
        assert owned[about] is (Standing.KEPT if minutes <= 60 else Standing.BREACHED)
        assert repeated[about] is not Standing.KEPT
        told = owned.get(("one-story", ("word", "refunded")), Standing.KEPT)
        assert told is Standing.KEPT

    @given(stories())
    def test_a_change_of_story_names_the_facts_that_were_told_between(
        self, incident: Incident
    ) -> None:
        for one in conduct(incident, HONESTY).findings:
            if one.code == "change kept":
                claim, *shown = map(incident.event, one.events)
                told = [event for event in shown if isinstance(event, FactEvent)]
                assert isinstance(claim, ActEvent)
                assert told
                first = min(event.at for event in shown)
                for event in told:
                    assert event.that == claim.claims
                    assert first < event.at <= claim.at
                    assert f"`{event.id}`" in one.text()

    @given(incidents(), st.booleans(), st.booleans())
    def test_a_true_correction_adds_no_breach(
        self,
        incident: Incident,
        truth: bool,  # noqa: FBT001
        repeated: bool,  # noqa: FBT001
    ) -> None:
        true = exact(incident)
        at = [true.end + timedelta(minutes=n + 1) for n in range(5)]
        lies = [says(f"lie{n}", at[n], refunded=not truth) for n in range(1, 2 + repeated)]
        facts = FactEvent("books", at[0], that={"refunded": truth})
        right = says("right", at[3], refunded=truth)
        without, corrected = (
            conduct(attrs.evolve(true, events=[*true.events, facts, *lies, *more], until=at[4]),
                    HONESTY)
            for more in ([], [right])
        )  # fmt: skip
        told = standings(without)
        assert told["truth", ("lie1", "refunded")] is Standing.BREACHED
        for occasion, standing in standings(corrected).items():
            if standing is Standing.BREACHED:
                assert told.get(occasion) is Standing.BREACHED
            if occasion == ("one-story", ("right", "refunded")):
                assert (standing is Standing.KEPT) or "refunded" in _claimed(true)


def says(id_: str, at: datetime, **claims: bool) -> ActEvent:
    return ActEvent(id_, at, act=Act(kind="publish"), claims=claims)


def _claimed(incident: Incident) -> set[str]:
    return {name for event in incident.of(ActEvent) for name in event.claims}


class TestPromises:
    """A promise is owed until it is kept, or shown to be broken."""

    @given(incidents(), st.data())
    def test_a_promise_is_owed_until_the_facts_say_how_it_ended(
        self, incident: Incident, data: st.DataObject
    ) -> None:
        true = exact(incident)
        at = true.opened.at + data.draw(st.integers(0, 90)) * timedelta(minutes=20)
        known = exact(true.as_of(at))
        owed = {one.subject for one in due(known, PROMISES, at).owed}
        for one in conduct(known, PROMISES).findings:
            if one.kind is DutyKind.KEEP_PROMISES and one.subject:
                id_, number, name = one.subject
                made = known.event(id_)
                assert isinstance(made, ActEvent)
                wanted = made.promises[int(number)].that[name]
                facts = [event.that[name] for event in known.of(FactEvent) if name in event.that]
                is_so = bool(facts) and facts[-1] == wanted
                by = made.promises[int(number)].by
                is_told = any(e.at >= by and name in e.that for e in known.of(FactEvent))
                is_open = one.standing is Standing.UNKNOWN or (
                    one.standing is Standing.BREACHED and not is_told
                )
                if is_open and not is_so:
                    assert (id_, name) in owed

    @given(st.integers(0, 200), st.integers(1, 40))
    def test_of_which_nothing_is_told_it_is_overdue_for_ever(self, later: int, within: int) -> None:
        by = NOON + timedelta(hours=within)
        events: list[IncidentEvent] = [
            StepEvent("o", NOON, step="opened"),
            ActEvent("p", NOON, act=Act(kind="reply"), promises=[Promise({"sent": True}, by)]),
        ]
        found = due(Incident("it", events), PROMISES, by + timedelta(hours=later, seconds=1))
        assert [one.subject for one in found.overdue] == [("p", "sent")]


#: Charters that ask for a label of acts.
LABELLED: Final = charters(
    vocabulary=Vocabulary({"hostile": Label("flag")}),
    facts=("kind", "hostile", "incident.open"),
    min_rules=1,
    max_rules=4,
    max_depth=1,
    dated=False,
)


def labelled(incident: Incident, *, hostile: bool) -> Incident:
    """Return the incident with the label of every act that lacks it."""
    events = [
        attrs.evolve(
            one, act=attrs.evolve(one.act, labels={"hostile": hostile, **one.act.labels})
        )
        if isinstance(one, ActEvent) else one
        for one in incident.events
    ]  # fmt: skip
    return attrs.evolve(incident, events=events)


class TestSilence:
    """Where nobody said, nothing is kept."""

    @given(incidents(), charters(max_rules=3), st.data())
    def test_to_take_a_label_away_keeps_nothing(
        self, incident: Incident, charter: Charter, data: st.DataObject
    ) -> None:
        acts = [event for event in incident.of(ActEvent) if {*event.act.labels} - FILLED]
        assume(acts)
        chosen = data.draw(st.sampled_from(acts))
        label = data.draw(st.sampled_from(sorted({*chosen.act.labels} - FILLED)))
        rest = {name: told for name, told in chosen.act.labels.items() if name != label}
        bare = attrs.evolve(chosen, act=attrs.evolve(chosen.act, labels=rest))
        less = attrs.evolve(
            incident, events=[bare if one is chosen else one for one in incident.events]
        )
        words = Duty("words", "never say", words=WordList(["never"]), label=label)
        playbook = Playbook("labels", [words, Duty("asked", "ask the circuit")])
        told = standings(conduct(incident, playbook, charter))
        for occasion, standing in standings(conduct(less, playbook, charter)).items():
            if standing is Standing.KEPT:
                assert told[occasion] is Standing.KEPT

    @given(incidents(), LABELLED, st.booleans())
    def test_what_is_said_of_an_act_without_its_label_holds_with_it(
        self,
        incident: Incident,
        charter: Charter,
        hostile: bool,  # noqa: FBT001
    ) -> None:
        playbook = Playbook("asked", [Duty("asked", "ask the circuit")])
        bare = conduct(incident, playbook, charter)
        told = conduct(labelled(incident, hostile=hostile), playbook, charter)
        then = standings(told)
        for occasion, standing in standings(bare).items():
            assert standing in {Standing.UNKNOWN, then.get(occasion, standing)}
        acts = [event.id for event in incident.of(ActEvent)]
        if bare.first is not None:
            assert told.first is not None
            assert acts.index(told.first.event) <= acts.index(bare.first.event)
        if bare.unsure is None:
            assert told.unsure is None
            assert (told.first and told.first.event) == (bare.first and bare.first.event)
        elif told.first is not None and bare.first is None:
            assert told.first.event in bare.unsure.events

    @given(incidents_and_playbooks())
    def test_every_duty_is_accounted_for(self, pair: tuple[Incident, Playbook]) -> None:
        incident, playbook = pair
        found = conduct(incident, playbook)
        assert {one.duty for one in found.findings} == {duty.id for duty in playbook.duties}
        assert (found.standing is Standing.KEPT) <= bool(found.of("kept"))
        for one in found.of("no occasion"):
            assert len([each for each in found.findings if each.duty == one.duty]) == 1


#: Ways to write one word.
WRITTEN: Final = (str.lower, str.upper, str.title, "  {} ".format)


class TestFacts:
    """What is said of one fact is judged by what is told of that fact, and of no other."""

    @given(incidents(), st.data())
    def test_text_says_the_same_however_it_is_written(
        self, incident: Incident, data: st.DataObject
    ) -> None:
        def write(so: FactValue) -> FactValue:
            if isinstance(so, bool | str):
                return data.draw(st.sampled_from(WRITTEN))(f"état {so}")
            return so

        def written(that: Mapping[str, FactValue]) -> dict[str, FactValue]:
            return {name: write(so) for name, so in that.items()}

        events = [
            attrs.evolve(one, claims=written(one.claims), promises=[
                attrs.evolve(each, that=written(each.that)) for each in one.promises])
            if isinstance(one, ActEvent)
            else attrs.evolve(one, that=written(one.that)) if isinstance(one, FactEvent) else one
            for one in incident.events
        ]  # fmt: skip
        again = attrs.evolve(incident, events=events)
        assert standings(conduct(again, HONESTY)) == standings(conduct(incident, HONESTY))
        for at in (incident.opened.at, incident.opened.at + hours(8)):
            owed, then = (due(one, HONESTY, at).owed for one in (incident, again))
            assert owed == then

    @given(incidents())
    def test_each_fact_is_judged_alone(self, incident: Incident) -> None:
        incident = untied(incident)
        whole = verdicts(incident)
        for fact in {one.subject[-1] for one in conduct(incident, HONESTY).findings if one.subject}:
            told = of_fact(incident, fact)
            alone = attrs.evolve(incident, until=incident.end, events=told, names={})
            assert verdicts(alone) == {one: n for one, n in whole.items() if one[1][-1] == fact}


def verdicts(incident: Incident) -> Counter[tuple[str, tuple[str, ...], Standing]]:
    """Count the verdicts on what is said, by duty, act and fact."""
    return Counter(
        (one.duty, (one.subject[0], one.subject[-1]), one.standing)
        for one in conduct(incident, HONESTY).findings
        if one.subject
    )


def of_fact(incident: Incident, fact: str) -> list[IncidentEvent]:
    """Return what happened, with what is told, claimed and promised of one fact only."""
    events: list[IncidentEvent] = []
    for event in incident.events:
        if isinstance(event, ActEvent):
            promises = [attrs.evolve(one, that={fact: one.that[fact]})
                        for one in event.promises if fact in one.that]  # fmt: skip
            claims = {name: value for name, value in event.claims.items() if name == fact}
            events.append(attrs.evolve(event, promises=promises, claims=claims))
        elif not isinstance(event, FactEvent):
            events.append(event)
        elif fact in event.that:
            events.append(attrs.evolve(event, that={fact: event.that[fact]}))
    return events


class TestCounterfactual:
    """An act is judged by what was so before it."""

    @given(incidents(), charters(max_rules=2, facts=("kind", "incident.open")))
    def test_what_went_through_its_circuits_is_not_the_first_held_back(
        self, incident: Incident, charter: Charter
    ) -> None:
        circuits = {one.id for one in charter.circuits}
        reviewed = [attrs.evolve(one, review=circuits) if isinstance(one, ActEvent)
                    else one for one in incident.events]  # fmt: skip
        playbook = Playbook("asked", [Duty("asked", "ask the circuit")])
        found = conduct(attrs.evolve(incident, events=reviewed), playbook, charter)
        if found.first is not None:
            assert found.first.decision.outcome == "forbidden"
            assert not any(found.first.event in one.subject for one in found.of("kept"))

    @given(
        charters(min_rules=1, max_rules=3, facts=("kind", "incident.open", "incident.severity")),
        st.sampled_from(["publish", "reply", "delete"]),
        st.sampled_from([timedelta(0), hours(1)]),
        st.booleans(),
    )
    def test_an_offence_is_not_judged_by_the_incident_that_it_causes(
        self,
        charter: Charter,
        kind: str,
        tolerance: timedelta,
        is_named: bool,  # noqa: FBT001
    ) -> None:
        offence = ActEvent("offence", NOON, act=Act(kind=kind), tolerance=tolerance)
        about = "offence" if is_named else ()
        assume(is_named or not tolerance)
        here = StepEvent("o", NOON, step="opened", tolerance=tolerance, about=about)
        later = StepEvent("o", NOON + hours(24), step="opened")
        playbook = Playbook("none")
        caused, calm = (
            conduct(Incident("it", [offence, opening]), playbook, charter)
            for opening in (here, later)
        )
        assert (caused.first, caused.unsure) == (calm.first, calm.unsure)
