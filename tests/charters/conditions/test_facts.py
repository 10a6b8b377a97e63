from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.errors import InvalidError
from cmcore.base.language import THINGS
from cmcore.charters.conditions.facts import (
    ABSENT,
    BUILTIN,
    LOGGED,
    MEASURES,
    RESERVED,
    SAME,
    UNKNOWN,
    FactType,
    Label,
    Log,
)
from cmcore.charters.conditions.vocabulary import Vocabulary, label_map, no_labels
from cmcore.charters.formats import FORMATS
from cmcore.charters.kinds import KINDS
from cmcore.teams.contracts import CONTRACTS
from cmcore.time.week import WEEKDAYS

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
LABELS = {
    "tone": Label(FactType.SYMBOL, {"calm", "angry"}, "the tone"),
    "caption": Label(FactType.TEXT),
    "tags": Label(FactType.SYMBOLS),
}
WORDS = Vocabulary(LABELS, {"launch"})
hours = st.integers(-50, 10).map(lambda n: NOW + timedelta(hours=n))
logs = st.builds(
    Log,
    st.just(NOW),
    st.lists(hours, max_size=5).map(tuple),
    st.lists(hours, max_size=3).map(tuple),
    st.none() | hours,
)
windows = st.integers(1, 60).map(lambda n: timedelta(hours=n))


# ------------------------------------------------------------------------------------------- logs


@given(logs, windows)
def test_a_log_counts_the_acts_of_its_window(log: Log, within: timedelta) -> None:
    least, most = log.count(within)
    assert least == len([t for t in log.sure if NOW - within < t <= NOW])
    is_whole = log.since is None or log.since <= NOW - within
    assert (most is not None) == is_whole
    if most is not None:
        assert most - least == len([t for t in log.maybe if NOW - within < t <= NOW])


@given(logs, windows, windows)
def test_a_longer_window_never_counts_fewer(log: Log, one: timedelta, other: timedelta) -> None:
    short, long = sorted((one, other))
    assert log.count(short)[0] <= log.count(long)[0]
    shorter, longer = log.count(short)[1], log.count(long)[1]
    if longer is not None:
        assert shorter is not None
        assert shorter <= longer


def test_a_window_is_open_at_its_start_and_closed_at_its_end() -> None:
    hour = timedelta(hours=1)
    assert Log(NOW, (NOW - hour, NOW, NOW + hour)).count(hour) == (1, 1)
    assert Log(NOW, (NOW - hour,)).count(hour + timedelta(microseconds=1)) == (1, 1)
    assert Log(NOW, since=NOW - hour).count(hour) == (0, 0)
    assert Log(NOW, since=NOW - hour).count(2 * hour) == (0, None)


# ----------------------------------------------------------------------------------------- labels


@pytest.mark.parametrize("kind", [kind for kind in FactType if kind is not FactType.LOG])
def test_a_label_may_be_of_any_type_that_can_be_given(kind: FactType) -> None:
    assert Label(kind).type is kind
    assert Label(str(kind)) == Label(kind)


def test_a_label_keeps_its_values_as_a_set() -> None:
    label = Label(FactType.SYMBOL, ["a", "b", "a"])
    assert label.values == frozenset({"a", "b"})
    assert hash(label) == hash(Label(FactType.SYMBOL, {"b", "a"}))


@pytest.mark.parametrize(
    ("kind", "values", "message", "path", "hint"),
    [
        ("log", None, "a label cannot be a `log`", "type", "logs come from the history"),
        (
            "flag",
            {"a"},
            "a label of type `flag` has no list of values",
            "values",
            "only symbols have one",
        ),
        ("symbol", (), "`values` is empty", "values", "name one, or leave the list out"),
    ],
)
def test_a_label_that_makes_no_sense_is_refused(
    kind: FactType, values: set[str] | None, message: str, path: str, hint: str
) -> None:
    with pytest.raises(InvalidError) as caught:
        Label(kind, values)
    (problem,) = caught.value.problems
    assert (problem.message, problem.path, problem.hint) == (message, (path,), hint)


def test_a_label_is_no_lone_word_for_its_values() -> None:
    with pytest.raises(InvalidError, match="is one text, not a list of them"):
        Label(FactType.SYMBOL, "calm")


def test_labels_make_a_frozen_map() -> None:
    assert label_map(LABELS) == LABELS
    assert hash(label_map(LABELS)) == hash(label_map(dict(reversed(LABELS.items()))))
    assert no_labels() == {}


# ------------------------------------------------------------------------------------- vocabulary


def test_every_name_is_found_and_is_its_own() -> None:
    names = WORDS.names()
    assert list(names) == sorted(set(names))
    for name in names:
        spec = WORDS.find(name)
        assert spec is not None, name
        assert spec.name == name
        assert spec.english or name in {"caption", "tags"}
    assert {*BUILTIN, *LABELS, "since.launch", "caption.length", "tags.count"} <= set(names)
    assert {"text.length", "in_reply_to.text.fancy", "recent.any.same_topic"} <= set(names)


def test_every_built_in_fact_is_told_in_both_languages() -> None:
    for spec in BUILTIN.values():
        assert spec.english
        assert spec.french
        assert spec.english != spec.french
        assert spec.source in {"act", "context"}


def test_closed_facts_name_their_values() -> None:
    closed = {name: spec.values for name, spec in BUILTIN.items() if spec.values is not None}
    words = {
        "kind": KINDS,
        "format": FORMATS,
        "local.weekday": WEEKDAYS,
        "author.contract": CONTRACTS,
    }
    assert closed == {name: frozenset(values) for name, values in words.items()}


def test_a_label_is_a_fact_of_its_own_type() -> None:
    spec = WORDS.find("tone")
    assert spec is not None
    assert (spec.type, spec.values, spec.english, spec.source) == (
        FactType.SYMBOL,
        frozenset({"calm", "angry"}),
        "the tone",
        "label",
    )


def test_an_event_brings_the_time_since_it() -> None:
    spec = WORDS.find("since.launch")
    assert spec is not None
    assert (spec.type, spec.source) == (FactType.DURATION, "context")
    assert (spec.english, spec.french) == ("time since launch", "temps écoulé depuis launch")
    assert Vocabulary().find("since.launch") is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("text.length", FactType.NUMBER),
        ("text.fancy", FactType.FLAG),
        ("target.text.words", FactType.NUMBER),
        ("topics.count", FactType.NUMBER),
        ("caption.capitals", FactType.NUMBER),
        ("tags.count", FactType.NUMBER),
        ("recent.publish", FactType.LOG),
        ("recent.any.same_network", FactType.LOG),
        ("recent.reply.same_person.same_topic", FactType.LOG),
    ],
)
def test_measures_and_logs_are_found(name: str, kind: FactType) -> None:
    spec = WORDS.find(name)
    assert spec is not None
    assert spec.type is kind
    assert spec.values is None


def test_a_measure_says_what_it_measures() -> None:
    spec = WORDS.find("text.length")
    assert spec is not None
    assert (spec.english, spec.french) == ("length of the text", "length : le texte")


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "tpoics",
        "length",
        ".length",
        "text.",
        "text.size",
        "kind.length",
        "text.length.length",
        "recent",
        "recent.",
        "recent.post",
        "recent.publish.",
        "recent.publish.same",
        "recent.publish.same_topic.",
        "recent.publish.same_topic.same_topic",
        "since",
        "since.",
        "since.lunch",
        "since.launch.length",
        "tone.length",
        "labels.tone",
    ],
)
def test_nothing_else_is_a_fact(name: str) -> None:
    assert WORDS.find(name) is None


def test_a_name_that_is_not_there_is_told_with_the_nearest() -> None:
    near = WORDS.missing("tpoics", "rules", 3)
    assert near.message == "there is no fact `tpoics`"
    assert near.path == ("rules", 3)
    assert near.hint == "did you mean `topics`?"
    assert WORDS.missing("zzzzzz").hint == "declare it under `labels`"


@pytest.mark.parametrize("name", sorted(RESERVED - {"at least"} | set(BUILTIN) & {"kind", "at"}))
def test_a_word_of_the_language_is_no_label(name: str) -> None:
    (problem,) = Vocabulary({name: Label(FactType.FLAG)}).problems()
    assert problem.message == f"`{name}` already has a meaning of its own"
    assert (problem.path, problem.hint) == (("labels", name), "choose another name")


def test_every_odd_name_is_told() -> None:
    odd = Vocabulary({"a b": Label(FactType.FLAG), "3": Label(FactType.FLAG)}, {"x.y", "fine"})
    assert [(p.path, p.message) for p in odd.problems()] == [
        (("labels", "3"), "`3` cannot be a name"),
        (("labels", "a b"), "`a b` cannot be a name"),
        (("events",), "`x.y` cannot be a name"),
    ]
    assert list(WORDS.problems()) == []


# ------------------------------------------------------------------------------------------ words


def test_every_type_has_a_name_in_messages() -> None:
    assert all(str(kind) in THINGS for kind in FactType)


def test_logs_are_kept_of_every_kind() -> None:
    assert {*KINDS, "any"} == LOGGED
    assert len(set(SAME)) == len(SAME)


def test_measures_are_of_texts_and_sets() -> None:
    assert MEASURES.keys() == {FactType.TEXT, FactType.SYMBOLS}
    assert MEASURES[FactType.SYMBOLS]["count"][1](frozenset({"a", "b"})) == 2
    assert MEASURES[FactType.TEXT]["length"][1]("été") == 3


def test_absences_read_as_words() -> None:
    assert (repr(UNKNOWN), repr(ABSENT)) == ("unknown", "absent")


def test_what_earlier_acts_have_in_common_is_misspelt_by_itself() -> None:
    problem = Vocabulary().missing("recent.publish.same_persn")
    assert "`recent.publish.same_person`" in str(problem)
