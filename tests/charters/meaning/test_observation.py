"""What each fact reads, where it is unknown, absent, or cannot be used."""

from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from cmcore import (
    UNKNOWN,
    Act,
    Approvers,
    Charter,
    Context,
    InvalidError,
    Label,
    Message,
    Rule,
    Stage,
    ValidationCircuit,
    decide,
    fact,
    hours,
)
from cmcore.charters import ABSENT, CALM, Author, Earlier
from cmcore.charters.conditions.facts import Bad, FactType, Log, Reading
from cmcore.charters.meaning.observation import EXTRACTS, Facts
from cmcore.charters.meaning.readings import resaid
from cmcore.strategies import acts

NOON = datetime(2026, 3, 30, 12, 0, tzinfo=UTC)
CHARTER = Charter(
    "facts",
    circuits=[ValidationCircuit("desk", [Stage(Approvers("role", {"coordinator"}))])],
    default="desk",
    zone="Europe/Paris",
    labels={
        "promise": Label("flag"),
        "tone": Label("symbol", {"calm", "angry"}),
        "note": Label("text"),
    },
    events={"launch"},
)


def read(name: str, act: Act, context: Context | None = None) -> Reading:
    return Facts(CHARTER, act, context or Context()).read(name)


class Failing(str):
    """A word that cannot even be compared."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        raise RuntimeError

    def __hash__(self) -> int:
        raise RuntimeError


READINGS: list[tuple[str, dict[str, Any], Reading]] = [
    ("text.length", {"text": "héhé"}, 4),
    ("text.length", {}, UNKNOWN),
    ("text.length", {"kind": "delete"}, ABSENT),
    ("topics.count", {"topics": {"a", "b"}}, 2),
    ("hashtags", {"text": "#Rappel"}, frozenset({"rappel"})),
    ("hashtags", {"hashtags": {"KubeCon"}}, frozenset({"kubecon"})),
    ("hosts", {"text": "https://www.Ex.fr/a"}, frozenset({"ex.fr"})),
    ("hosts", {}, UNKNOWN),
    ("links", {"kind": "mute"}, ABSENT),
    ("template", {"absent": {"template"}}, ABSENT),
    ("tone", {"labels": {"tone": "calm"}}, "calm"),
    ("tone", {"absent": {"tone"}}, ABSENT),
    ("in_reply_to.tone", {"kind": "publish"}, ABSENT),
    ("in_reply_to.tone", {"kind": "reply"}, UNKNOWN),
    ("in_reply_to.tone", {"in_reply_to": Message(absent={"tone"})}, ABSENT),
    ("in_reply_to.age", {"at": NOON, "in_reply_to": Message(at=NOON)}, timedelta(0)),
    ("in_reply_to.age", {"in_reply_to": Message(at=NOON)}, UNKNOWN),
    ("local.hour", {"at": NOON}, 14),
    ("local.weekday", {"at": NOON}, "mon"),
    ("local.hour", {}, UNKNOWN),
    ("local.hour", {"at": datetime.max.replace(tzinfo=UTC)}, UNKNOWN),
    ("recent.publish", {"at": NOON}, UNKNOWN),
    ("no.such.fact", {}, UNKNOWN),
]


@pytest.mark.parametrize(("name", "given", "expected"), READINGS)
def test_a_fact_reads(name: str, given: dict[str, Any], expected: Reading) -> None:
    assert read(name, Act(**given)) == expected


AROUND: list[tuple[str, Context, Reading]] = [
    ("author.roles", Context(author=Author(roles={"analyst"})), frozenset({"analyst"})),
    ("author.contract", Context(), UNKNOWN),
    ("incident.open", Context(incident=CALM), False),
    ("incident.severity", Context(incident=CALM), ABSENT),
    ("incident.severity", Context(), UNKNOWN),
    ("holiday", Context(holidays=[NOON.date()]), True),
    ("holiday", Context(), UNKNOWN),
    ("since.launch", Context(events={"launch": NOON - timedelta(hours=2)}), timedelta(hours=2)),
    ("since.launch", Context(events={"launch": None}), ABSENT),
    ("since.launch", Context(events={"launch": NOON + timedelta(hours=2)}), ABSENT),
    ("since.launch", Context(events={"launch": NOON}), timedelta(0)),
    ("since.launch", Context(), UNKNOWN),
]


@pytest.mark.parametrize(("name", "context", "expected"), AROUND)
def test_the_context_reads(name: str, context: Context, expected: Reading) -> None:
    assert read(name, Act(at=NOON), context) == expected


UNUSABLE: list[tuple[str, dict[str, Any], FactType]] = [
    ("tone", {"labels": {"tone": "furious"}}, FactType.SYMBOL),
    ("tone", {"labels": {"tone": 5}}, FactType.SYMBOL),
    ("note.length", {"labels": {"note": 5}}, FactType.TEXT),
]


@pytest.mark.parametrize(("name", "given", "expected"), UNUSABLE)
def test_a_value_that_does_not_fit_is_bad(
    name: str, given: dict[str, Any], expected: FactType
) -> None:
    reading = read(name, Act(**given))
    assert isinstance(reading, Bad)
    assert reading.expected is expected


@pytest.mark.parametrize(("given", "expected"), [("yes", True), ("no", False)])
def test_a_label_that_is_a_flag_reads_the_words_of_files(given: str, *, expected: bool) -> None:
    assert read("promise", Act(labels={"promise": given})) is expected
    assert read("tone", Act(labels={"tone": given})) != expected


def test_a_word_that_fails_when_compared_is_taken_for_what_it_says() -> None:
    assert read("tone", Act(labels={"tone": Failing("calm")})) == "calm"


def test_logs_tell_sure_acts_from_possible_ones() -> None:
    earlier = [
        Act(kind="publish", network="x", at=NOON - timedelta(minutes=30)),
        Act(kind="publish", at=NOON - timedelta(minutes=20)),
        Act(kind="publish", network="y", at=NOON - timedelta(minutes=10)),
        Act(kind="reply", network="x", at=NOON - timedelta(minutes=5)),
    ]
    act = Act(kind="publish", network="x", at=NOON)
    log = read("recent.publish.same_network", act, Context(earlier=Earlier(earlier)))
    assert log == Log(NOON, (earlier[0].at,), (earlier[1].at,), zone="Europe/Paris")  # type: ignore[arg-type]


def test_an_earlier_act_at_an_unknown_moment_leaves_no_upper_count() -> None:
    log = read("recent.any", Act(at=NOON), Context(earlier=Earlier([Act(kind="publish")])))
    assert isinstance(log, Log)
    assert log.count(timedelta(hours=1)) == (0, None)


def test_acts_known_to_have_nothing_in_common_are_not_alike() -> None:
    theirs = Act(kind="publish", template="news", at=NOON - timedelta(hours=1))
    context = Context(earlier=Earlier([theirs]))
    for mine in (Act(kind="publish", absent={"template"}), Act(kind="delete")):
        log = read("recent.any.same_template", attrs.evolve(mine, at=NOON), context)
        assert isinstance(log, Log)
        assert log.count(timedelta(days=1)) == (0, 0)
    person = read("recent.any.same_person", Act(kind="publish", at=NOON), context)
    assert isinstance(person, Log)
    assert person.count(timedelta(days=1)) == (0, 0)


def test_earlier_acts_are_alike_by_what_they_have_in_common() -> None:
    mine = Act(at=NOON, topics={"a"}, text="https://ex.fr", in_reply_to=Message(author="@jo"))
    theirs = attrs.evolve(mine, topics={"a", "b"}, at=NOON - timedelta(hours=1))
    context = Context(earlier=Earlier([theirs]))
    for same in ("same_topic", "same_link", "same_person"):
        log = read(f"recent.any.{same}", mine, context)
        assert isinstance(log, Log)
        assert len(log.sure) == 1


@drawn(
    st.lists(st.sampled_from(["Voir https://bit.ly/x", "#promo", "@ana", "12 €"]), max_size=3),
    st.sampled_from(sorted(EXTRACTS)),
    st.none() | st.frozensets(st.sampled_from(["a", "b"])) | st.just("absent"),
    st.sampled_from(["publish", "hide", None]),
)
def test_nothing_given_beside_a_text_hides_what_it_holds(
    pieces: list[str], name: str, beside: frozenset[str] | str | None, kind: str | None
) -> None:
    if isinstance(beside, frozenset) and name == "links":
        beside = frozenset(f"{word}.fr" for word in beside)
    act = Act(kind=kind, text=" ".join(pieces))
    given_: dict[str, Any] = {"absent": {name}} if beside == "absent" else {name: beside}
    found, alone = read(name, attrs.evolve(act, **given_)), read(name, act)
    assert isinstance(alone, frozenset)
    if alone:
        assert isinstance(found, frozenset)
        assert alone <= found
    if isinstance(beside, frozenset) and isinstance(found, frozenset):
        told = read(name, Act(**given_))
        assert found == alone | told  # type: ignore[operator]


@pytest.mark.parametrize(("many", "told"), [(1, "an earlier act has"), (2, "2 earlier acts have")])
def test_an_explanation_says_that_an_earlier_act_has_no_moment(many: int, told: str) -> None:
    rule = Rule.permit(
        "few", when=fact("recent.any").fewer_than(3, within=hours(1)), because="Few."
    )
    charter = attrs.evolve(CHARTER, rules=[rule])
    earlier = Earlier([Act(kind="publish")] * many)
    decision = decide(charter, Act(kind="publish", at=NOON), Context(earlier=earlier))
    assert f"`recent.any` unknown ({told} no moment)" in str(decision)
    dated = Earlier([Act(kind="publish", at=NOON)] * many)
    assert "no moment" not in str(decide(charter, Act(at=NOON), Context(earlier=dated)))


def test_a_charter_without_permits_says_so() -> None:
    decision = decide(CHARTER, Act(kind="publish"))
    assert "the charter has no permit rule: it covers nothing" in str(decision)
    permit = Rule.permit("paid", when=fact("paid").is_(True), because="Paid.")
    charter = attrs.evolve(CHARTER, rules=[permit])
    assert "no permit rule" not in str(decide(charter, Act(paid=False)))


class TestResaid:
    """What an act says otherwise is that act with these fields, as where all is looked at again."""

    @drawn(acts(), acts())
    def test_it_is_the_act_that_says_so(self, act: Act, other: Act) -> None:
        for one in attrs.fields(Act):
            given = getattr(other, one.name)
            try:
                due = attrs.evolve(act, **{one.name: given})
            except InvalidError:
                continue
            made = resaid(act, **{one.name: given})
            assert made == due
            assert hash(made) == hash(due)
            assert type(made) is Act

    def test_an_act_of_a_class_of_ones_own_stays_one(self) -> None:
        class Post(Act):
            """An act of somebody's own."""

        made = resaid(Post(kind="publish", text="Hello"), at=NOON)
        assert (type(made), made.at, made.text) == (Post, NOON, "Hello")
