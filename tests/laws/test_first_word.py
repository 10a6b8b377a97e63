"""What is a first word: held against a reading of whom each act answers, and of what it says."""

from datetime import UTC, datetime, timedelta
from typing import Final

import attrs
from hypothesis import assume, example, given
from hypothesis import strategies as st

from cmcore import Act, Incident, Playbook, WordList, conduct, due
from cmcore.incidents import ActEvent, Duty, FactEvent, InboundEvent, IncidentEvent, StepEvent

NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
TICK: Final = timedelta(minutes=30)
#: When our act came that the opening may be about, and how many ticks there are for an answer.
CAUSE, WITHIN = -2, 4
#: Kinds of act that are said to whoever wrote the message that they are about.
DIRECTED: Final = ("reply", "quote", "message", "share")


@attrs.frozen
class Word:
    """An act: what it answers, each with when it came and whether it blames us; what it says."""

    kind: str
    messages: tuple[tuple[int, bool | None], ...]
    is_on_cause: bool
    is_on_fact: bool


WORDS: Final = st.builds(
    Word,
    st.sampled_from([*DIRECTED, "publish"]),
    st.lists(st.tuples(st.sampled_from([-3, -1, 1]), st.sampled_from([True, False, None])),
             max_size=2).map(tuple),
    st.booleans(),
    st.booleans(),
)  # fmt: skip


def incident(word: Word, *, is_caused: bool) -> Incident:
    """Return an incident in which one act is said, opened about an act of ours or about none."""
    messages = [
        InboundEvent(f"m{n}", NOON + tick * TICK, criticism=blames)
        for n, (tick, blames) in enumerate(word.messages)
    ]
    about = [one.id for one in messages] + (["cause"] if word.is_on_cause else [])
    claims = {"sent": False} if word.is_on_fact else {}
    said = Act(kind=word.kind, text="At nine.", scheduled=False)
    events: list[IncidentEvent] = [
        *messages,
        ActEvent("cause", NOON + CAUSE * TICK, act=Act(kind="publish", text="Ha!")),
        FactEvent("fact", NOON + CAUSE * TICK, that={"sent": False}),
        StepEvent("o", NOON, step="opened", about="cause" if is_caused else ()),
        ActEvent("word", NOON + 2 * TICK, act=said, about=about, claims=claims),
    ]
    return Incident("it", events, until=NOON + 9 * TICK)


def playbook(*, pertinent: bool) -> Playbook:
    return Playbook("p", [Duty("d", "answer", within=WITHIN * TICK, pertinent=pertinent,
                               acts={*DIRECTED, "publish"})])  # fmt: skip


def read(word: Word, *, is_caused: bool, pertinent: bool) -> str:
    """Tell what becomes of the duty."""
    if word.kind == "message":
        return "breached"
    is_open = not word.messages or word.kind not in DIRECTED
    if word.is_on_fact or (word.is_on_cause and is_caused) or (is_open and not pertinent):
        return "kept"
    blaming = {blames for tick, blames in word.messages if not (is_caused and tick < CAUSE)}
    return "kept" if True in blaming else "unknown" if None in blaming else "breached"


@example(Word("reply", ((-3, False),), False, False), False, False)  # noqa: FBT003
@given(WORDS, st.booleans(), st.booleans())
def test_a_first_word_is_about_what_the_incident_is_about(
    word: Word,
    is_caused: bool,  # noqa: FBT001
    pertinent: bool,  # noqa: FBT001
) -> None:
    told, duties = incident(word, is_caused=is_caused), playbook(pertinent=pertinent)
    expected = read(word, is_caused=is_caused, pertinent=pertinent)
    (one,) = conduct(told, duties).findings
    assert str(one.standing) == expected
    if expected == "unknown":
        assert (one.code, one.events) == ("unsaid aside", ("word",))
    if expected == "breached" and word.messages and word.kind != "message":
        assert one.text().endswith("no answer in `word`, which is about something else")
    assert bool(due(told, duties, told.end).owed) is (expected != "kept")


#: What a version of a post may say.
GOOD, BAD = "good", ("ban", "false", "empty")
#: When each version of one post comes, the first being the post itself, and what it says.
Versions = list[tuple[int, str]]
VERSIONS: Final = st.lists(
    st.tuples(st.integers(-1, 9), st.sampled_from([GOOD, *BAD])),
    min_size=1,
    max_size=4,
    unique_by=lambda one: one[0],
).map(sorted)
#: What each version says, and claims.
SAID: Final = {
    GOOD: ("We are sorry.", {}),
    "ban": ("It is your fault.", {}),
    "false": ("All is sent.", {"sent": True}),
    "empty": ("", {}),
}
EDITED: Final = Playbook(
    "edited",
    [
        Duty("d", "answer", within=WITHIN * TICK),
        Duty("ban", "never say", words=WordList(["your fault"])),
    ],
)


def post(kind: str, versions: Versions) -> Incident:
    """Return an incident in which a post is edited again and again."""
    events: list[IncidentEvent] = [
        StepEvent("o", NOON, step="opened"),
        FactEvent("fact", NOON - 2 * TICK, that={"sent": False}),
    ]
    for n, (tick, what) in enumerate(versions):
        text, claims = SAID[what]
        act = Act(kind="edit" if n else kind, text=text, media=set(), scheduled=False)
        about = f"v{n - 1}" if n else ()
        events.append(ActEvent(f"v{n}", NOON + tick * TICK, act=act, claims=claims, about=about))
    return Incident("it", events, until=NOON + 20 * TICK)


@example("reply", [(1, "ban"), (2, "good")], 3)
@given(st.sampled_from(["reply", "publish"]), VERSIONS, st.integers(1, 12))
def test_what_counts_is_the_post_that_stands(kind: str, versions: Versions, now: int) -> None:
    assume(versions[0][0] != 0)
    told = post(kind, versions)
    in_time = [(tick, what) for tick, what in versions if tick <= WITHIN]
    right = [tick for tick, what in in_time if what == GOOD] if versions[0][0] > 0 else []
    one = next(one for one in conduct(told, EDITED).findings if one.duty == "d")
    if not right:
        assert str(one.standing) == "breached"
    elif in_time[-1][1] == GOOD:
        assert (str(one.standing), one.at) == ("kept", NOON + right[0] * TICK)
    else:
        assert (str(one.standing), one.code) == ("unknown", "unsaid changed")
    last = [what for tick, what in versions if tick <= now][-1:]
    if versions[0][0] > 0 and last == [GOOD]:
        assert due(told, EDITED, NOON + now * TICK).owed == ()


#: Replies to nobody in particular: when each comes, what it says, whether we deleted it in the end.
REPLIES: Final = st.lists(
    st.tuples(st.integers(1, 9), st.sampled_from([GOOD, *BAD]), st.booleans()),
    max_size=4,
    unique_by=lambda one: one[0],
).map(sorted)


def replies(many: list[tuple[int, str, bool]], *, is_told: bool) -> Incident:
    events: list[IncidentEvent] = [
        StepEvent("o", NOON, step="opened"),
        FactEvent("fact", NOON - 2 * TICK, that={"sent": False}),
    ]
    for tick, what, is_deleted in many:
        text, claims = SAID[what]
        act = Act(kind="reply", text=text, media=set())
        events.append(ActEvent(f"v{tick}", NOON + tick * TICK, act=act, claims=claims))
        if is_deleted:
            down = Act(kind="delete")
            events.append(ActEvent(f"x{tick}", NOON + 10 * TICK, act=down, about=f"v{tick}"))
    untold = [] if is_told else ["reply"]
    return Incident("it", events, until=NOON + 20 * TICK, untold=untold)


@example([(1, "ban", False), (9, "good", False)], False)  # noqa: FBT003
@example([(9, "good", True)], True)  # noqa: FBT003
@given(REPLIES, st.booleans())
def test_the_report_names_each_reply_that_was_no_answer(
    many: list[tuple[int, str, bool]],
    is_told: bool,  # noqa: FBT001
) -> None:
    right = [(tick, is_deleted) for tick, what, is_deleted in many if what == GOOD]
    one = next(one for one in conduct(replies(many, is_told=is_told), EDITED).findings
               if one.duty == "d")  # fmt: skip
    if any(tick <= WITHIN for tick, _ in right):
        assert str(one.standing) == "kept"
        return
    assert str(one.standing) == ("breached" if is_told else "unknown")
    done = next((tick for tick, is_deleted in right if not is_deleted), 99)
    named = {f"v{tick}" for tick, _, _ in many if tick < done}
    named |= {f"x{tick}" for tick, is_deleted in right if is_deleted and tick < done}
    named |= {f"v{done}"} if done < 99 else set()
    assert named <= {*one.events}
    is_exact = is_told and done < 99
    assert all(f"`{id_}`" in one.text() for id_ in named - ({f"v{done}"} if is_exact else set()))
