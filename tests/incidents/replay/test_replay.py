"""Conducting: each kind of duty kept, breached and in doubt; what a charter would have stopped."""

from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest

from cmcore import (
    Act,
    BusinessClock,
    Charter,
    Incident,
    InvalidError,
    Message,
    Playbook,
    Week,
    WordList,
    conduct,
    hours,
    parse,
)
from cmcore.charters.act import LabelValue
from cmcore.charters.kinds import KINDS
from cmcore.incidents import (
    ActEvent,
    AlertEvent,
    Conduct,
    Duty,
    DutyFinding,
    FactEvent,
    HoldEvent,
    InboundEvent,
    IncidentEvent,
    Promise,
    RetrospectiveEvent,
    Scale,
    SeverityLevel,
    SignalEvent,
    StepEvent,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
OPENED = StepEvent("o", NOON, step="opened")
SCALE = Scale([SeverityLevel("watch"), SeverityLevel("serious", {"messages": 10})])
CHARTER = """\
charter: small
labels: {promise: flag, claim: flag, mood: text}
circuits:
  crisis: [{ask: {role: boss}}]
  desk: [{ask: {role: desk}}]
default: desk
rules:
  - permit: calm
    when: {kind: [publish, reply, delete], incident.open: no}
    because: Everyday.
  - permit: thanks
    when: {kind: reply, in_reply_to.tone: other, promise: no}
    because: Kind people.
  - refer: complaints
    to: crisis
    when: {kind: reply, in_reply_to.tone: critical}
    because: Two pairs of eyes.
  - forbid: block
    when: {kind: block}
    because: Never.
"""


def at(hour: float) -> datetime:
    return NOON + hours(hour)


def act(id_: str, hour: float, kind: str = "reply", **more: Any) -> ActEvent:  # noqa: ANN401
    own = {"text", "labels", "absent", "duration", "in_reply_to", "media", "target", "scheduled"}
    told = {name: more.pop(name) for name in own & more.keys()}
    return ActEvent(id_, at(hour), act=Act(kind=kind, **told), **more)


def fact(id_: str, hour: float, tolerance: float = 0, **that: Any) -> FactEvent:  # noqa: ANN401
    return FactEvent(id_, at(hour), that=that, tolerance=hours(tolerance))


def step(id_: str, hour: float, name: str, **more: Any) -> StepEvent:  # noqa: ANN401
    return StepEvent(id_, at(hour), step=name, **more)


def inbound(id_: str, hour: float, *, criticism: bool | None = True, **more: Any) -> InboundEvent:  # noqa: ANN401
    return InboundEvent(id_, at(hour), criticism=criticism, **more)


def found(
    duty: Duty, *events: IncidentEvent, until: float = 48, charter: Charter | None = None,
    **more: Any,  # noqa: ANN401
) -> tuple[DutyFinding, ...]:  # fmt: skip
    incident = Incident("it", [OPENED, *events], until=at(until), **more)
    return conduct(incident, Playbook("p", [duty]), charter).findings


def told(*findings: DutyFinding) -> list[tuple[str, str]]:
    return [(str(one.standing), one.code) for one in findings]


def timed(kind: str, **more: Any) -> Duty:  # noqa: ANN401
    return Duty("d", kind, within=hours(2), **more)


# -------------------------------------------------------------------------------------- deadlines


@pytest.mark.parametrize(
    ("events", "until", "expected"),
    [
        ([HoldEvent("h", at(1))], 48, ("kept", "done")),
        ([HoldEvent("h", at(2))], 48, ("kept", "done")),
        ([HoldEvent("h", at(3))], 48, ("breached", "late")),
        ([HoldEvent("h", at(-1))], 48, ("kept", "done")),
        ([], 48, ("breached", "not done")),
        ([], 2, ("breached", "not done")),
        ([], 1, ("unknown", "running")),
        ([HoldEvent("h", at(1.5), tolerance=hours(1))], 48, ("unknown", "doubt")),
        ([HoldEvent("h", at(0.5), tolerance=hours(1))], 48, ("kept", "done")),
        ([HoldEvent("h", at(-0.5), tolerance=hours(1))], 48, ("kept", "done")),
        ([HoldEvent("h", at(1), tolerance=hours(1))], 48, ("kept", "done")),
        ([HoldEvent("h", at(9), tolerance=hours(6))], 48, ("breached", "late")),
    ],
)
def test_a_deadline_is_kept_breached_or_in_doubt(
    events: list[IncidentEvent], until: float, expected: tuple[str, str]
) -> None:
    (one,) = found(timed("hold"), *events, until=until)
    assert (str(one.standing), one.code) == expected
    assert one.due == at(2)


def test_margins_go_by_the_instants_as_told() -> None:
    (early,) = found(timed("hold"), HoldEvent("h", at(1.5)))
    (late,) = found(timed("hold"), HoldEvent("h", at(5)))
    assert (early.margin, late.margin) == (hours(0.5), hours(-3))
    assert early.events == ("h",)
    assert early.text() == "done at 2026-03-02 13:30, 30 min before the deadline"
    assert (
        late.text("fr", "Europe/Paris")
        == "fait le 2\xa0mars\xa02026\xa018\xa0h, 3\xa0h après l’échéance"
    )
    (never,) = found(timed("hold"))
    assert never.margin is None


def test_silence_on_what_the_record_leaves_out_proves_nothing() -> None:
    assert told(*found(timed("hold"), untold=["held"])) == [("unknown", "untold")]
    (late,) = found(timed("hold"), HoldEvent("h", at(9)), untold=["held"])
    assert told(late) == [("unknown", "untold late")]
    assert late.text() == (
        "due at 2026-03-02 14:00: done by 2026-03-02 21:00 at the latest (`h`); "
        "nothing says whether it was done before"
    )
    kept = found(timed("hold"), HoldEvent("h", at(1)), untold=["held"])
    assert told(*kept) == [("kept", "done")]
    blurred = HoldEvent("h", at(2), tolerance=hours(1))
    assert told(*found(timed("hold"), blurred, untold=["held"])) == [("unknown", "doubt")]
    assert told(*found(timed("answer"), untold=["reply"])) == [("unknown", "untold")]


def test_a_duty_counts_from_when_its_level_is_reached() -> None:
    duty = timed("hold", level="serious")
    assert told(*found(duty, scale=SCALE)) == [("no occasion", "below level")]
    assert told(*found(duty, scale=SCALE, untold=["signal"])) == [("unknown", "idle untold")]
    reached = SignalEvent("s", at(4), measure="messages", number=10)
    (one,) = found(duty, reached, HoldEvent("h", at(5)), scale=SCALE)
    assert (one.due, one.at, one.events) == (at(6), at(5), ("h",))
    (one,) = found(duty, reached, HoldEvent("h", at(1)), HoldEvent("i", at(5)), scale=SCALE)
    assert (one.due, one.at, one.events) == (at(6), at(1), ("h",))


def test_a_duty_may_count_on_a_business_clock() -> None:
    clock = BusinessClock(Week.parse("Mon-Fri 09:00-13:00"))
    (one,) = found(timed("hold", clock=clock), HoldEvent("h", at(20)))
    assert (one.due, one.code) == (at(22), "done")
    never = BusinessClock(Week.never())
    (free,) = found(timed("hold", clock=never))
    assert (free.due, free.code) == (None, "running")
    (done,) = found(timed("hold", clock=never), HoldEvent("h", at(20)))
    assert done.text() == ("done at 2026-03-03 08:00; its hours never come, so it never falls due")


def test_everyone_who_must_be_told_is_looked_for() -> None:
    duty = timed("alert", roles={"boss", "desk"})
    findings = found(duty, AlertEvent("a", at(1), roles={"desk"}))
    assert [(one.subject, one.code) for one in findings] == [
        (("boss",), "not done"),
        (("desk",), "done"),
    ]


def test_an_answer_is_a_public_act_of_the_kinds_named() -> None:
    events = [act("m", 0.5, "message"), act("r", 1), step("n", 1.5, "acknowledged")]
    assert found(timed("answer"), *events)[0].events == ("r",)
    assert found(timed("answer", acts={"share"}), *events)[0].code == "not done"
    assert found(timed("acknowledge"), *events)[0].events == ("n",)


def test_an_advert_is_no_answer_and_breaks_the_hold() -> None:
    complaint = inbound("bad", 0)
    held = HoldEvent("held", at(1 / 6))
    adverts = [act("early", 1 / 9, "publish", scheduled=True, text="Buy!"),
               act("late", 3, "publish", scheduled=True, text="Buy!")]  # fmt: skip
    (word,) = found(timed("answer"), complaint, held, *adverts)
    assert (word.code, word.events) == ("not done", ())
    (hold,) = found(timed("hold"), complaint, held, *adverts)
    assert (str(hold.standing), hold.code, hold.events) == (
        "breached", "slipped", ("late", "held"))  # fmt: skip
    assert hold.text() == "`late` went out as scheduled, 1 h after the deadline"
    over = step("over", 2.5, "resolved")
    assert told(*found(timed("hold"), complaint, held, *adverts, over)) == [("kept", "done")]
    assert told(*found(timed("hold"), *adverts, untold=["held"])) == [("breached", "slipped")]


def test_what_nobody_says_is_scheduled_or_not_is_in_doubt() -> None:
    post = act("post", 1, "publish", text="Hello.")
    (word,) = found(timed("answer"), post)
    assert (str(word.standing), word.code, word.events) == (
        "unknown",
        "unsaid scheduled",
        ("post",),
    )
    assert word.text() == "due at 2026-03-02 14:00: nobody says whether `post` was scheduled"
    for sure in (act("post", 1, "publish", scheduled=False),
                 act("post", 1, "publish", claims={"sent": True})):  # fmt: skip
        assert told(*found(timed("answer"), sure)) == [("kept", "done")]
    later = act("post", 3, "publish", text="Hello.")
    (hold,) = found(timed("hold"), HoldEvent("held", at(1)), later)
    assert (str(hold.standing), hold.code, hold.events) == (
        "unknown", "perhaps slipped", ("post", "held"))  # fmt: skip


def test_the_act_that_caused_it_is_no_answer() -> None:
    joke = act("joke", 0, "publish", scheduled=False, tolerance=hours(1))
    opened = StepEvent("opening", at(0.5), step="opened", about="joke")
    for events, code in (([joke], "not done"), ([joke, act("sorry", 1)], "done")):
        incident = Incident("it", [opened, *events], until=at(48))
        (word,) = conduct(incident, Playbook("p", [timed("answer")])).findings
        assert word.code == code
        assert "joke" not in word.events
    assert "incident opened by joke" in str(incident)
    assert "incident ouvert par joke" in incident.text("fr")


def test_of_an_answer_at_the_very_opening_nobody_knows_which_came_first() -> None:
    (word,) = found(timed("answer"), act("a", 0), act("b", 5))
    assert (*told(word), word.events, word.margin) == (("unknown", "same moment"), ("a",), None)
    assert word.text() == (
        "due at 2026-03-02 14:00: `a` came at the very moment it began, perhaps before"
    )
    assert told(*found(timed("answer"), act("a", 0), act("b", 1))) == [("kept", "done")]
    assert told(*found(timed("answer"), act("a", -1))) == [("breached", "not done")]
    blurred = act("a", 0.5, tolerance=hours(1))
    assert told(*found(timed("answer"), blurred)) == [("unknown", "doubt")]


def test_an_answer_before_the_opening_is_none_and_is_told() -> None:
    (word,) = found(timed("answer"), inbound("m", -2), act("a", -1, about=["m"]))
    assert (*told(word), word.events) == (("breached", "not answered"), ("a",))
    assert word.text().endswith("no answer in `a`, which came before the incident opened")


NO_BLAME = Duty("no-blame", "never say", words=WordList(["idiots"]), label="hostile")


def answered(*events: IncidentEvent, ban: Duty = NO_BLAME) -> DutyFinding:
    """Return what became of an answer due within two hours, beside a ban."""
    incident = Incident("it", [OPENED, *events], until=at(48), scale=SCALE)
    return conduct(incident, Playbook("p", [timed("answer"), ban])).findings[0]


def test_what_is_never_said_is_no_answer() -> None:
    polite: dict[str, Any] = {"labels": {"hostile": False}}
    rude = act("rude", 1, text="Go away, idiots.", **polite)
    mocking = act("mocking", 1, text="How clever.", labels={"hostile": True})
    for word in (rude, mocking):
        one = answered(word)
        assert (*told(one), one.events, one.margin) == (
            ("breached", "not answered"), (word.id,), None)  # fmt: skip
        assert one.text() == (
            f"not done by 2026-03-02 14:00: no answer in `{word.id}`, against `no-blame`"
        )
    assert told(answered(rude, act("sorry", 1.5, text="Sorry.", **polite))) == [("kept", "done")]
    late = answered(rude, act("sorry", 5, text="Sorry.", **polite))
    assert (*told(late), late.events) == (("breached", "late"), ("sorry", "rude"))
    assert late.text().endswith("after the deadline; no answer in `rude`, against `no-blame`")
    calm = Duty("later", "never say", words=WordList(["idiots"]), level="serious")
    assert told(answered(rude, ban=calm)) == [("kept", "done")]
    assert told(answered(act("shared", 1, "share", scheduled=False))) == [("breached", "not done")]


def test_what_nobody_says_of_an_answer_leaves_it_in_doubt() -> None:
    (said, unheard), late = (
        (act("said", 1, text="Sorry."), act("unheard", 1, labels={"hostile": False})),
        act("late", 9, text="Sorry.", labels={"hostile": False}),
    )
    for word in (said, unheard):
        one = answered(word, late)
        assert (*told(one), one.events, one.margin) == (
            ("unknown", "unsaid banned"), (word.id,), None)  # fmt: skip
        assert one.text("fr") == (
            "échéance le 2\xa0mars\xa02026\xa014\xa0h\xa0: "
            f"rien ne dit si `no-blame` est respecté dans `{word.id}`"
        )
    assert told(answered(act("rude", 1, text="Idiots."))) == [("breached", "not answered")]


def test_what_says_nothing_is_no_answer_unless_it_shows_something() -> None:
    for more, code in (
        ({"text": "", "media": ()}, "not answered"),
        ({"text": " \u200b\n", "absent": {"media"}}, "not answered"),
        ({"absent": {"text", "media"}}, "not answered"),
        ({"text": ""}, "unsaid empty"),
        ({"text": "", "media": {"image"}}, "done"),
        ({"text": "", "claims": {"sent": True}}, "done"),
        ({"text": None}, "done"),
    ):
        (one,) = found(timed("answer"), act("a", 1, **more))
        assert one.code == code
    share = act("a", 1, "share", text="", media=(), scheduled=False)
    assert found(timed("answer", acts={"share"}), share)[0].code == "done"


def test_each_act_that_is_no_answer_is_told_for_its_own_reason() -> None:
    polite: dict[str, Any] = {"labels": {"hostile": False}}
    lie = act("lie", 1, text="It left.", claims={"sent": True}, **polite)
    rude = act("rude", 1.2, text="It left, idiots.", claims={"sent": False}, **polite)
    mute = act("mute", 1.4, text="", media=(), **polite)
    one = answered(fact("f", 0.5, sent=False), lie, rude, mute)
    assert one.text() == (
        "not done by 2026-03-02 14:00: no answer in `lie`, where what is claimed was false; "
        "no answer in `rude`, against `no-blame`; no answer in `mute`, which says nothing"
    )
    assert "`mute`, qui ne dit rien" in one.text("fr")


def test_of_an_answer_that_is_taken_down_nobody_knows_who_had_it() -> None:
    word = act("word", 1, text="Sorry.")
    for hour, code in ((1.1, "unsaid gone"), (2, "unsaid gone"), (2.1, "done undone")):
        (one,) = found(timed("answer"), word, act("gone", hour, "delete", about="word"))
        assert one.code == code
    hidden = [word, act("gone", 1.5, "hide", about="word"), act("again", 1.8, text="Sorry.")]
    assert found(timed("answer"), *hidden)[0].events == ("again",)
    late = act("late", 3, text="Sorry.")
    (one,) = found(timed("answer"), late, act("gone", 9, "delete", about="late"))
    assert told(one) == [("breached", "not answered")]
    assert one.text() == (
        "not done by 2026-03-02 14:00: `late` came too late, and was undone by `gone`"
    )


def test_a_lie_is_no_answer_where_it_was_known_to_be_one() -> None:
    lie = act("lie", 1, claims={"sent": True})
    for facts, expected in (
        ([fact("f", 0.5, sent=False)], ("breached", "not answered")),
        ([fact("f", 0.5, sent=True)], ("kept", "done")),
        ([fact("f", 2, sent=False)], ("kept", "done")),
        ([], ("kept", "done")),
        ([fact("f", 1, 0.5, sent=False)], ("unknown", "unsaid claimed")),
    ):
        (one,) = found(timed("answer"), lie, *facts)
        assert (*told(one), one.events) == (expected, ("lie",))
    (late,) = found(timed("answer"), lie, fact("f", 0.5, sent=False), act("b", 3))
    assert (*told(late), late.events) == (("breached", "late"), ("b", "lie"))


def test_what_is_in_doubt_is_shown_and_not_what_came_too_late() -> None:
    blurred = act("blurred", 2, tolerance=hours(1))
    (one,) = found(timed("answer"), act("post", 1, "publish"), act("late", 9))
    assert (one.code, one.events, one.margin) == ("unsaid scheduled", ("post",), None)
    (one,) = found(timed("answer"), blurred, act("late", 9))
    assert (one.code, one.events, one.margin) == ("doubt", ("blurred",), hours(0))
    truth = act("t", 3, "publish", claims={"left": 0})
    events = [fact("f", 1, left=3), fact("g", 2.5, 1, left=0)]
    one, *_ = found(timed("correct"), *events, act("c", 1.2, claims={"left": 5}), truth)
    assert (one.code, one.events) == ("unsaid claimed", ("c", "t"))


def test_a_pertinent_answer_is_about_what_came_in_or_what_is_at_stake() -> None:
    duty = timed("answer", pertinent=True)
    bad, stake = inbound("bad", 0.5), fact("f", 0.5, sent=False)
    for events, code in (
        ([act("a", 1)], "not done"),
        ([act("a", 1, about="bad")], "done"),
        ([act("z", 0.7), act("a", 1, about="z")], "not done"),
        ([act("a", 1, claims={"sent": False})], "done"),
        ([act("a", 1, promises=[Promise({"sent": True}, at(9))])], "done"),
        ([act("a", 1, claims={"price": 3})], "not done"),
    ):
        assert found(duty, bad, stake, *events)[0].code == code
    assert "about criticism that came in" in duty.text()
    assert told(*found(timed("answer", acts={"message"}), act("m", 1, "message"))) == [
        ("kept", "done")]  # fmt: skip


def test_a_review_is_owed_after_the_last_resolution() -> None:
    duty = timed("review")
    solved = step("r", 5, "resolved")
    (open_,) = found(duty)
    assert told(open_) == [("no occasion", "not begun")]
    assert open_.text() == "owed within 2 h of the resolution: it is not resolved"
    assert told(*found(duty, untold=["resolved"])) == [("unknown", "not begun untold")]
    assert told(*found(duty, solved)) == [("breached", "not done")]
    assert told(*found(duty, solved, RetrospectiveEvent("b", at(6)))) == [("kept", "done")]
    again = step("again", 6, "reopened", reason="not over")
    assert told(*found(duty, solved, again)) == [("no occasion", "not begun")]
    late = step("late", 8, "reopened", reason="not over")
    assert told(*found(duty, solved, late)) == [
        ("breached", "not done"), ("no occasion", "not begun"),
    ]  # fmt: skip
    (one,) = found(duty, solved, again, step("s", 9, "resolved"), RetrospectiveEvent("b", at(6)))
    assert (one.due, one.code) == (at(11), "not done")


def test_a_false_claim_is_to_be_corrected() -> None:
    duty = timed("correct")
    events = [fact("f", 1, refunded=False), act("c", 2, "publish", claims={"refunded": True})]
    (one,) = found(duty, *events)
    assert (one.code, one.subject, one.events, one.due) == (
        "not done", ("c", "refunded"), ("c",), at(4))  # fmt: skip
    truth = act("t", 3, "publish", claims={"refunded": False})
    assert told(*found(duty, *events, truth)) == [("kept", "done")]
    late = act("t", 6, "publish", claims={"refunded": False})
    assert told(*found(duty, *events, late)) == [("breached", "late")]
    private = act("t", 3, "message", claims={"refunded": False})
    assert told(*found(duty, *events, private)) == [("breached", "not done")]
    assert told(*found(duty, fact("f", 1, refunded=True), events[1])) == [
        ("no occasion", "idle correct")]  # fmt: skip
    assert told(*found(duty, events[1])) == [("unknown", "perhaps owed")]


# ------------------------------------------------------------------------------------- all along


def test_criticism_stays() -> None:
    duty = Duty("d", "keep criticism")
    events = [inbound("bad", 1), inbound("kind", 1, criticism=False),
              inbound("odd", 1, criticism=None), act("own", 1)]  # fmt: skip
    gone = act("x", 2, "delete", about=["bad", "kind", "odd", "own"])
    findings = found(duty, *events, gone, act("y", 3, "hide"), act("z", 3, "share", about="bad"))
    assert [(one.subject, str(one.standing)) for one in findings] == [
        (("x", "bad"), "breached"),
        (("x", "kind"), "kept"),
        (("x", "odd"), "unknown"),
        (("y",), "unknown"),
    ]
    assert findings[0].text() == "deletion: `bad` is criticism"
    assert findings[0].text("fr") == "suppression\xa0: `bad` est une critique"
    assert findings[-1].text() == "hiding: nobody says of which message"
    back = act("b", 4, "restore", about="bad")
    (first, *_) = found(duty, *events, gone, back, act("c", 5, "restore", about="x"))
    assert first.events == ("x", "bad", "b")
    assert first.text() == "deletion: `bad` is criticism; taken back by `b` at 2026-03-02 16:00"
    assert "annulé par `b`" in first.text("fr")
    for aside in (act("b", 4, "unhide", about="bad"), act("b", 4, "restore", about="odd"),
                  act("b", 2, "restore", about="bad")):  # fmt: skip
        assert found(duty, *events, gone, aside)[0].code == "criticism breached"
    ban = act("x", 2, "block", about="bad", duration=hours(3))
    (over,) = found(duty, *events, ban, until=5)
    assert over.text() == "blocking: `bad` is criticism; over by itself at 2026-03-02 17:00"
    assert over.text("fr").startswith(
        "blocage\xa0: `bad` est une critique\u202f; terminé de soi-même"
    )
    assert found(duty, *events, ban, until=4)[0].code == "criticism breached"
    soon = act("y", 3, "unblock", about="bad")
    assert found(duty, *events, ban, soon)[0].code.split()[1] == "back"
    late = act("y", 8, "unblock", about="bad")
    assert found(duty, *events, ban, late)[0].code.split()[1] == "over"
    other = Duty("d", "keep criticism", acts={"hide"})
    assert told(*found(other, *events, gone)) == [("no occasion", "idle keep criticism")]
    assert told(*found(other, *events, untold=["hide"])) == [("unknown", "idle untold")]


def test_what_is_on_the_list_is_never_said() -> None:
    words = WordList(["votre faute"])
    duty = Duty("d", "never say", words=words, label="hostile")
    events = [
        act("a", 1, text="C'est VOTRE FAUTE."),
        act("b", 1, text="Pardon.", labels={"hostile": False}),
        act("c", 1),
        act("d", 1, absent={"text"}, labels={"hostile": False}),
        act("e", 1, text="Bravo.", labels={"hostile": True}),
        act("f", 1, "hide"),
        act("g", 1, text="Il était agité."),
        act("h", 1, labels={"hostile": False}),
    ]
    findings = found(duty, *events)
    assert [str(one.standing)[0] for one in findings] == ["b", "k", "u", "k", "b", "u", "u"]
    assert findings[0].text() == "`a` says `votre faute`"
    assert findings[4].text() == "`e` is `hostile`"
    assert findings[5].text() == (
        "nothing on the list in `g`, but nobody says whether it is `hostile`"
    )
    assert findings[6].text() == "the text of `h` is not known"
    assert told(*found(Duty("d", "never say", words=words), act("g", 1, text="Oui."))) == [
        ("kept", "words kept")]  # fmt: skip
    assert told(*found(duty)) == [("no occasion", "idle never say")]


@pytest.mark.parametrize(
    ("given", "told"),
    [("perhaps", "`perhaps`"), (3, "3"), (0.5, "0.5"), (frozenset({"no one"}), "`no one`")],
)
@pytest.mark.parametrize("words", [None, WordList(()), WordList(["votre faute"])])
def test_what_a_label_says_and_cannot_is_told(
    given: LabelValue, told: str, words: WordList | None
) -> None:
    duty = Duty("d", "never say", words=words, label="hostile")
    (one,) = found(duty, act("a", 1, text="Oui.", labels={"hostile": given}))
    assert str(one.standing) == "unknown"
    assert f" says {told}, which is not yes or no" in one.text()
    assert f" dit {told}, ni oui ni non" in one.text("fr").replace("0,5", "0.5")


def test_a_label_alone_says_what_is_never_said() -> None:
    duty = Duty("d", "never say", label="hostile")
    events = [act(id_, 1, labels=told) for id_, told in zip(
        "abc", ({"hostile": True}, {"hostile": False}, {}), strict=True)]  # fmt: skip
    assert [one.text() for one in found(duty, *events)] == [
        "`a` is `hostile`", "`b` is not `hostile`", "nobody says whether `c` is `hostile`"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("keep criticism", {}),
        ("never say", {"words": WordList(["calm"])}),
        ("tell the truth", {}),
        ("keep promises", {}),
        ("never contradict", {}),
        ("ask the circuit", {}),
    ],
)
def test_silence_proves_nothing_where_what_is_left_out_would_be_an_occasion(
    kind: str, more: dict[str, Any]
) -> None:
    duty, charter = Duty("d", kind, **more), parse(CHARTER, Charter)
    earlier = [act("x", 1, claims={"sent": False})] if kind == "never contradict" else []
    events = [inbound("bad", 1), *earlier]
    for left_out in KINDS:
        loud = act("loud", 2, left_out, text="Keep calm.", about="bad", claims={"sent": True},
                   promises=[Promise({"sent": True}, by=at(4))])  # fmt: skip
        is_idle = found(duty, *events, loud, charter=charter)[0].code == f"idle {kind}"
        (silent,) = found(duty, *events, charter=charter, untold=[left_out])
        assert str(silent.standing) == ("no occasion" if is_idle else "unknown"), left_out


def test_what_is_claimed_is_true() -> None:
    duty = Duty("d", "tell the truth")
    lie = act("c", 2, claims={"refunded": True})
    assert told(*found(duty, lie)) == [("unknown", "claim unknown")]
    (one,) = found(duty, fact("f", 1, refunded=False), fact("g", 3, refunded=True), lie)
    assert one.text() == "`refunded` claimed to be yes, when it was no"
    assert one.events == ("c", "f")
    assert told(*found(duty, fact("f", 2, refunded=True), lie)) == [("kept", "claim kept")]
    blurred = found(duty, fact("f", 1.5, 1, refunded=False), lie)
    assert told(*blurred) == [("unknown", "claim unknown")]
    turned = found(duty, fact("e", 0, refunded=True), fact("f", 1.5, 1, refunded=False), lie)
    assert told(*turned) == [("unknown", "claim unknown")]


@pytest.mark.parametrize(
    ("facts", "until", "code", "margin"),
    [
        ([fact("f", 1, sent=False), fact("g", 5, sent=True)], 48, "promise kept", 1),
        ([fact("f", 1, sent=True)], 48, "promise kept", 4),
        ([fact("f", 1, sent=False), fact("g", 8, sent=True)], 48, "promise breached", -2),
        ([fact("f", 1, sent=False)], 48, "promise breached", None),
        ([fact("g", 8, sent=True)], 48, "promise unknown", None),
        ([], 48, "promise unknown", None),
        ([fact("f", 1, sent=False)], 5, "promise running unknown", None),
        ([fact("f", 1, sent=False), fact("g", 5.5, 1, sent=True)], 48, "promise unknown", 0.5),
    ],
)
def test_promises_come_true_in_time(
    facts: list[IncidentEvent], until: float, code: str, margin: float | None
) -> None:
    promise = act("p", 2, promises=[Promise({"sent": True}, at(6))])
    (one,) = found(Duty("d", "keep promises"), promise, *facts, until=until)
    assert one.code == code
    assert one.margin == (None if margin is None else hours(margin))
    assert one.subject == ("p", "0", "sent")


def test_nothing_said_goes_against_what_was_said() -> None:
    duty = Duty("d", "never contradict")
    yes, no = act("y", 2, claims={"sent": True}), act("n", 4, claims={"sent": False})
    assert told(*found(duty, yes)) == [("no occasion", "idle never contradict")]
    assert told(*found(duty, yes, no)) == [("unknown", "contradiction unknown")]
    (one,) = found(duty, fact("f", 1, sent=True), yes, no)
    assert (one.subject, one.code, one.events) == (
        ("n", "sent"), "contradiction breached", ("n", "y"))  # fmt: skip
    assert told(*found(duty, yes, fact("f", 3, sent=False), no)) == [
        ("kept", "change kept")]  # fmt: skip
    assert told(*found(duty, yes, fact("f", 3, 2, sent=False), no)) == [
        ("unknown", "contradiction unknown")]  # fmt: skip
    lie = fact("f", 1, sent=False)
    (right,) = found(duty, lie, yes, no)
    assert told(right) == [("kept", "correction kept")]
    assert right.text() == "`sent` claimed to be no: it corrects `y`"
    again = act("again", 6, claims={"sent": True})
    assert told(*found(duty, lie, yes, no, again)) == [
        ("kept", "correction kept"), ("breached", "contradiction breached")]  # fmt: skip
    same = act("s", 4, claims={"sent": True})
    assert told(*found(duty, yes, same)) == [("kept", "agreement kept")]


def test_before_a_duty_binds_nothing_breaches_it() -> None:
    duty = Duty("d", "keep criticism", level="serious")
    reached = SignalEvent("s", at(4), measure="messages", number=10, tolerance=hours(1))
    events = [inbound("bad", 1), reached]
    for hour, expected in ((2, [("no occasion", "early level")]),
                           (4, [("unknown", "perhaps bound")]),
                           (6, [("breached", "criticism breached")])):  # fmt: skip
        findings = found(duty, *events, act("x", hour, "delete", about="bad"), scale=SCALE)
        assert told(*findings) == expected
    assert told(*found(duty, inbound("bad", 1), act("x", 2, "delete", about="bad"),
                       scale=SCALE)) == [("no occasion", "below level")]  # fmt: skip


# ------------------------------------------------------------------------------------- the charter


def replayed(*events: IncidentEvent, **more: Any) -> Conduct:  # noqa: ANN401
    duty = Duty("d", "ask the circuit")
    incident = Incident("it", [OPENED, *events], until=at(48), **more)
    return conduct(incident, Playbook("p", [duty]), parse(CHARTER, Charter))


def test_without_a_charter_it_is_not_known_what_is_an_exception() -> None:
    duty = Duty("d", "ask the circuit")
    assert told(*found(duty, act("a", 1))) == [("unknown", "no charter")]
    assert told(*replayed().findings) == [("no occasion", "idle ask the circuit")]


def test_exceptions_go_through_their_circuit() -> None:
    bad, kind = inbound("bad", 1), inbound("kind", 1, criticism=False)
    result = replayed(
        bad, kind,
        act("before", -1, "publish"),
        act("thanks", 2, about="kind"),
        act("asked", 3, about=["kind", "bad"], review={"crisis", "desk"}),
        act("alone", 4, about="bad", review=()),
        act("who-knows", 5, about="bad"),
        act("blocked", 6, "block", about="bad"),
        act("ours", 7, about="alone", review={"crisis", "desk"}),
        act("tone-unknown", 8, about="alone", review={"crisis"}),
    )  # fmt: skip
    assert [(one.subject[0], one.code) for one in result.findings] == [
        ("thanks", "covered kept"),
        ("asked", "circuit kept"),
        ("alone", "circuit breached"),
        ("who-knows", "circuit unknown"),
        ("blocked", "forbidden breached"),
        ("ours", "circuit kept"),
        ("tone-unknown", "ruling unknown"),
    ]
    assert result.first is not None
    assert (result.first.event, result.first.decision.circuits) == ("alone", ("crisis",))
    assert "would have held back for `crisis`" in str(result)
    assert result.first.decision.repair_note is None


def test_what_is_told_of_a_message_is_what_the_charter_reads() -> None:
    tone = InboundEvent("m", at(1), message=Message(tone="angry"), criticism=True)
    assert told(*replayed(tone, act("a", 2, about="m", review=())).findings) == [
        ("breached", "circuit breached")]  # fmt: skip
    given = act("a", 2, in_reply_to=Message(tone="other"))
    assert told(*replayed(given).findings) == [("kept", "covered kept")]
    promising = act("a", 2, in_reply_to=Message(tone="other"), labels={"promise": True}, review=())
    assert told(*replayed(promising).findings) == [("breached", "circuit breached")]


def test_whom_an_act_is_against_is_what_the_charter_reads() -> None:
    charter = parse(
        CHARTER
        + "  - forbid: gag\n    when: {target.tone: critical}\n    because: Critics stay.\n",
        Charter,
    )
    duty, other = Duty("d", "ask the circuit"), Message(tone="other")
    for kind, more, code in (
        ("hide", {}, "forbidden breached"),
        ("hide", {"target": other}, "circuit kept"),
        ("publish", {}, "circuit kept"),
    ):
        done = act("a", 2, kind, about="bad", review={"desk"}, **more)
        assert found(duty, inbound("bad", 1), done, charter=charter)[0].code == code


def test_where_the_times_leave_open_what_is_decided_nobody_is_blamed() -> None:
    blurred = act("a", 0.5, "publish", tolerance=hours(1), review=())
    assert told(*replayed(blurred).findings) == [("unknown", "ruling unknown")]
    bad = inbound("bad", 2, tolerance=hours(1))
    sure = act("b", 4, about="bad", tolerance=hours(1), review=())
    assert told(*replayed(bad, sure).findings) == [("breached", "circuit breached")]


def test_an_incident_that_is_over_leaves_nothing_open() -> None:
    charter = parse(
        CHARTER
        + "  - refer: sad\n    to: desk\n    when: {mood: sad}\n    because: Nobody is sad.\n",
        Charter,
    )
    events = [step("over", 3, "resolved"), act("a", 5, "publish", review={"desk"})]
    findings = found(Duty("d", "ask the circuit"), *events, charter=charter)
    assert told(*findings) == [("kept", "circuit kept")]


def test_an_act_is_judged_by_what_was_so_before_it() -> None:
    post = act("post", 0, "publish", tolerance=hours(1))
    for about, unsure in (("post", ()), ((), ("post",))):
        opened = StepEvent("opening", at(0.5), step="opened", about=about)
        result = conduct(Incident("it", [opened, post]), Playbook("p"), parse(CHARTER, Charter))
        assert result.first is None
        assert (result.unsure.events if result.unsure else ()) == unsure
    at_once = conduct(Incident("it", [OPENED, act("post", 0, "publish")]), Playbook("p"),
                      parse(CHARTER, Charter))  # fmt: skip
    assert at_once.first is None


def test_earlier_acts_are_known_but_never_taken_for_all() -> None:
    charter = parse(
        CHARTER + "  - forbid: flood\n    when: {recent.publish: {more than: 1 in 2 h}}\n"
        "    because: Too much.\n",
        Charter,
    )
    duty = Duty("d", "ask the circuit")
    acts = [act(f"a{n}", n / 2 + 1, "publish", review={"desk"}) for n in range(3)]
    findings = found(duty, *acts, charter=charter)
    assert [one.code for one in findings] == [
        "ruling unknown", "ruling unknown", "forbidden breached"]  # fmt: skip
    far = act("far", 40, "publish", review={"desk"}, tolerance=timedelta(minutes=1))
    assert found(duty, act("b", 9, "publish", review={"desk"}), far, charter=charter)[
        0].code == "ruling unknown"  # fmt: skip


# ---------------------------------------------------------------------------------------- the whole


def test_levels_that_the_scale_has_not_are_refused() -> None:
    book = Playbook("p", [timed("hold", level="seriuos"), Duty("e", "keep promises", level="zzz")])
    with pytest.raises(InvalidError) as caught:
        conduct(Incident("it", [OPENED], scale=SCALE), book)
    assert [str(problem) for problem in caught.value.problems] == [
        "duties[0].level: no level is called `seriuos` (did you mean `serious`?)",
        "duties[1].level: no level is called `zzz` (one of `watch`, `serious`)",
    ]


def test_the_whole_is_as_good_as_its_worst_part() -> None:
    incident = Incident("it", [OPENED, HoldEvent("h", at(1))], until=at(48))
    hold, told_ = timed("hold"), Duty("t", "alert", within=hours(99), roles={"boss"})
    noted = Duty("n", "acknowledge", within=hours(1))
    idle = Duty("i", "keep promises")
    for duties, standing in (([], "no occasion"), ([idle], "no occasion"),
                             ([idle, hold], "kept"), ([hold, told_], "unknown"),
                             ([hold, told_, noted], "breached")):  # fmt: skip
        result = conduct(incident, Playbook("p", duties))
        assert result.standing == standing
        assert len(result.of(standing)) == min(1, len(duties))


def test_a_charter_that_lets_all_out_is_told() -> None:
    result = replayed(act("before", -1, "publish"))
    assert result.first is None
    sentence = "the charter small would have held back no act that its circuits had not seen"
    assert sentence in str(result)
    reviewed = replayed(inbound("bad", 1), act("a", 2, about="bad", review={"crisis"}))
    assert reviewed.first is None
    assert sentence in str(reviewed)
    assert "charte" not in replayed().text("fr").partition("\n\n")[0]


STARTER = """\
charter: starter
labels: {aggressive: flag}
circuits: {desk: [{ask: {role: desk}}], crisis: [{ask: {role: boss}}]}
default: desk
rules:
  - permit: calm
    when: {kind: publish, topics: {only: [news]}}
    because: Everyday.
  - refer: open-crisis
    to: crisis
    when: {incident.open: yes}
    because: Somebody decides.
  - forbid: aggression
    when: {aggressive: yes}
    because: Never.
  - forbid: ambassadors
    when: {author.roles: ambassador, account: brand}
    because: They have their own.
"""


def test_what_the_record_does_not_say_is_missing_and_no_exception() -> None:
    duty, law = Duty("d", "ask the circuit"), parse(STARTER, Charter)
    said: dict[str, Any] = {"labels": {"aggressive": False}, "topics": ["news"], "account": "own"}
    bare, full, other = (
        ActEvent(id_, at(hour), act=Act(kind="publish", **more))
        for id_, hour, more in (("bare", -2, {}), ("full", -1, said), ("other", -1, {
            **said, "account": "brand"}))
    )  # fmt: skip
    word = act("word", 1, text="Sorry.", review=())
    incident = Incident("it", [OPENED, bare, full, other, word], until=at(48))
    result = conduct(incident, Playbook("p", [duty]), law)
    assert result.first is not None
    assert (result.first.event, result.first.decision.circuits) == ("word", ("crisis",))
    assert result.first.decision.charter_digest == law.digest
    assert result.unsure is not None
    assert result.unsure.text() == (
        "not known whether the charter would have let out `bare`, `other`: "
        "`account`, `aggressive`, `author.roles`, `topics` unknown; "
        "to know, give each of them `account` and `topics` and `labels: {aggressive: …}`"
    )
    assert result.unsure.text() in result.text()
    facts = ["in_reply_to.tone", "in_reply_to.topics", "local.hour"]
    below = attrs.evolve(result.unsure, facts=facts, labels=["calm"])
    assert below.text().endswith(
        "to know, give each of them `in_reply_to: {tone: …, topics: …}` and `labels: {calm: …}`"
    )
    assert told(*result.findings) == [("breached", "circuit breached")]
    assert result.findings[0].text() == "went out without `crisis`: `word`"
    alone = conduct(Incident("it", [OPENED, other], until=at(48)), Playbook("p"), law)
    assert alone.first is None
    assert (
        "on ne sait pas si la charte aurait laissé sortir `other` (inconnu\xa0: `auteur.rôles`)"
        in (alone.text("fr"))
    )
    assert "every act" not in alone.text()
    sure = conduct(Incident("it", [OPENED, full], until=at(48)), Playbook("p"), law)
    assert (sure.first, sure.unsure) == (None, None)


def test_what_may_be_forbidden_is_not_kept_by_asking() -> None:
    duty, law = Duty("d", "ask the circuit"), parse(STARTER, Charter)
    for review, labels, code in (
        ({"crisis"}, {"aggressive": False}, "circuit kept"),
        ({"crisis", "desk"}, {}, "ruling unknown"),
        ({"desk"}, {}, "circuit breached"),
        (None, {}, "circuit unknown"),
        ({"crisis"}, {"aggressive": True}, "forbidden breached"),
    ):
        word = ActEvent("word", at(1), review=review,
                        act=Act(kind="publish", labels=labels, account="own"))  # fmt: skip
        assert [one.code for one in found(duty, word, charter=law)] == [code]
        result = conduct(Incident("it", [OPENED, word], until=at(48)), Playbook("p"), law)
        assert (result.first is None) is code.endswith(("kept", "ruling unknown"))
        assert (result.unsure is None) is (code != "ruling unknown")
        assert result.unsure is None or result.unsure.labels == ("aggressive",)


def test_an_act_that_is_forbidden_is_told_as_stopped() -> None:
    result = replayed(inbound("bad", 1), act("blocked", 2, "block", about="bad"))
    assert "`blocked` is the first act that the charter would have stopped" in str(result)
    unread = replayed(act("odd", 1, "share"))
    assert "nothing permits it" in str(unread)
