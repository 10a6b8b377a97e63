import json
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import (
    UNKNOWN,
    Act,
    Charter,
    Context,
    InvalidError,
    Label,
    Message,
    Rule,
    ValidationCircuit,
    audit,
    compare,
    decide,
    dump,
    fact,
    parse,
    structure,
    unstructure,
)
from cmcore.base import Problem, Truth
from cmcore.base.frozen import FrozenMap
from cmcore.base.ledgers import Extract, Ledger
from cmcore.charters import (
    ABSENT,
    All,
    AnyOf,
    Author,
    Case,
    Condition,
    Earlier,
    Not,
    Situation,
    Unreadable,
    Vocabulary,
)
from cmcore.charters.conditions.condition import ALWAYS
from cmcore.charters.conditions.domains import Domain
from cmcore.charters.conditions.facts import FactType
from cmcore.charters.rule import Effect
from cmcore.codec.bounds import Data, faults
from cmcore.codec.hooks import make_converter
from cmcore.strategies import (
    acts,
    audits,
    cases,
    charters,
    charters_and_cases,
    circuits,
    comparisons,
    contexts,
    decisions,
    labels,
    messages,
)

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def refused(data: object, kind: Data) -> tuple[Problem, ...]:
    with pytest.raises(InvalidError) as caught:
        structure(data, kind)
    return caught.value.problems


def is_plain(data: Data) -> bool:
    """Tell whether the data is made of nothing but the types of JSON, subclasses left out."""
    return not list(faults(data)) and json.loads(json.dumps(data)) == data


# ------------------------------------------------------------------------------- there and back


@pytest.mark.parametrize(
    ("kind", "strategy"),
    [
        (Act, acts()),
        (Message, messages()),
        (Context, contexts()),
        (Case, cases()),
        (Charter, charters()),
        (Label, labels()),
        (ValidationCircuit, circuits()),
    ],
    ids=lambda item: item.__name__ if isinstance(item, type) else "",
)
@given(st.data())
def test_a_value_written_reads_back_equal(
    kind: type, strategy: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    thing = data.draw(strategy)
    plain = unstructure(thing)
    assert is_plain(plain)
    assert structure(plain, kind) == thing


@given(decisions() | audits() | comparisons())
def test_every_verdict_is_plain_data(verdict: object) -> None:
    assert is_plain(unstructure(verdict))


@given(charters_and_cases(ill=True))
def test_verdicts_on_odd_acts_are_plain_data_too(drawn: tuple[Charter, Case]) -> None:
    charter, case = drawn
    history: list[Act | Case | Unreadable] = [
        case,
        case.act,
        Unreadable("line 3", (Problem("empty-week", ("a", 3)),)),
    ]
    for verdict in (
        decide(charter, case.act, case.context),
        audit(charter, history),
        compare(charter, charter.without_rule(*(r.id for r in charter.rules[:1])), history),
    ):
        assert is_plain(unstructure(verdict))


CASE = Case(
    Act(
        id="7",
        kind="publish",
        at=NOON,
        topics={"b", "a"},
        labels={
            "flag": True,
            "count": 3,
            "share": 0.5,
            "word": "calm",
            "words": {"b", "a"},
            "wait": HOUR,
            "due": NOON,
        },
        absent={"template"},
        in_reply_to=Message(ours=False, at=NOON, followers=0),
    ),
    Context(
        author=Author(roles={"editor"}),
        incident=Situation(open=False),
        earlier=Earlier([Act(kind="reply")], NOON),
        holidays=[date(2026, 1, 1), date(2025, 12, 25)],
        events={"launch": NOON, "outage": None},
    ),
    "line 3",
)
PLAIN = {
    "act": {
        "id": "7",
        "kind": "publish",
        "at": "2026-01-31T12:00:00+00:00",
        "topics": ["a", "b"],
        "in_reply_to": {"at": "2026-01-31T12:00:00+00:00", "ours": False, "followers": 0},
        "labels": {
            "count": 3,
            "due": {"instant": "2026-01-31T12:00:00+00:00"},
            "flag": True,
            "share": 0.5,
            "wait": {"duration": "1 h"},
            "word": "calm",
            "words": ["a", "b"],
        },
        "absent": ["template"],
    },
    "context": {
        "author": {"roles": ["editor"]},
        "incident": {"open": False},
        "earlier": {"acts": [{"kind": "reply"}], "since": "2026-01-31T12:00:00+00:00"},
        "holidays": ["2025-12-25", "2026-01-01"],
        "events": {"launch": "2026-01-31T12:00:00+00:00", "outage": None},
    },
    "place": "line 3",
}


def test_a_case_is_written_without_what_is_usual() -> None:
    assert unstructure(CASE) == PLAIN
    assert structure(PLAIN, Case) == CASE
    assert unstructure(Act()) == {}
    assert structure({}, Act) == Act()


@pytest.mark.parametrize(
    ("thing", "plain"),
    [
        (Truth.UNKNOWN, "unknown"),
        (UNKNOWN, {"absence": "unknown"}),
        (ABSENT, {"absence": "absent"}),
        (Effect.PERMIT, "permit"),
        (HOUR, "1 h"),
        (NOON, "2026-01-31T12:00:00+00:00"),
        (date(2026, 1, 31), "2026-01-31"),
        (frozenset({"b", "a"}), ["a", "b"]),
        (frozenset({"b", 1, "a"}), [1, "a", "b"]),
        (("b", HOUR), ["b", "1 h"]),
        (FrozenMap({"b": HOUR, "a": Effect.REFER}), {"a": "refer", "b": "1 h"}),
        (fact("paid").is_(True), {"paid": True}),
        (ALWAYS, {"all": []}),
        (~fact("paid").present(), {"not": {"paid": {"present": True}}}),
        (Rule.permit("a", because="so"), {"permit": "a", "because": "so"}),
        (Label(FactType.FLAG), "flag"),
        (True, True),
        (None, None),
    ],
    ids=lambda item: str(item) if isinstance(item, dict | list) else None,
)
def test_values_are_written_plainly(thing: object, plain: object) -> None:
    assert unstructure(thing) == plain
    assert is_plain(unstructure(thing))


class Text(str):
    __slots__ = ()


class Number(float):
    __slots__ = ()


class Rank(IntEnum):
    FIRST = 1


def test_subclasses_are_written_as_what_they_are() -> None:
    act = Act(
        id=Text("7"), text=Text("a"), labels={"x": Number(0.5), "y": Rank.FIRST, "z": Effect.REFER}
    )
    plain = unstructure(act)
    assert plain == {"id": "7", "text": "a", "labels": {"x": 0.5, "y": 1, "z": "refer"}}
    assert is_plain(plain)


def test_a_circuit_alone_has_its_name() -> None:
    data = {"desk": [{"ask": {"role": "editor"}, "need": "any", "else": "escalate"}]}
    made = structure(data, ValidationCircuit)
    assert made.id == "desk"
    assert unstructure(made) == data
    odd: list[dict[str, Data]] = [{}, {"a": [], "b": []}]
    for item in odd:
        (problem,) = refused(item, ValidationCircuit)
        assert problem.message == "a circuit is a name with its stages"
        assert problem.hint == "as in `{crisis: [...]}`"
    assert refused({"desk": [3]}, ValidationCircuit)[0].path == ("desk", 0)


def test_conditions_and_rules_alone_know_the_built_in_facts() -> None:
    assert structure({"paid": "yes"}, Condition) == fact("paid").is_(True)  # type: ignore[arg-type]
    assert refused({"tone": "calm"}, Condition)[0].path == ("tone",)
    rule = structure({"permit": "a", "because": "so", "when": {"paid": True}}, Rule)
    assert rule.when == fact("paid").is_(True)


def test_a_vocabulary_is_read_with_its_labels() -> None:
    words = Vocabulary({"tone": Label(FactType.SYMBOL, {"calm"})}, {"launch"})
    assert structure(unstructure(words), Vocabulary) == words


# ---------------------------------------------------------------------------------- labels of acts


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (True, True),
        (3, 3),
        (0.5, 0.5),
        ("2 h", "2 h"),
        (["b", "a"], frozenset({"a", "b"})),
        ({"duration": "2 h"}, 2 * HOUR),
        ({"instant": "2026-01-31T12:00Z"}, NOON),
    ],
    ids=lambda item: str(item) if isinstance(item, dict | list) else None,
)
def test_a_label_says_its_type(data: Data, value: object) -> None:
    found = structure({"labels": {"x": data}}, Act).labels["x"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("data", "path", "message"),
    [
        (None, (), "expected a flag, a number, text or a list of words, not nothing"),
        ({}, (), "expected a flag, a number, text or a list of words, not a mapping"),
        ({"days": "2"}, (), "expected a flag, a number, text or a list of words, not a"),
        ({"duration": "2 h", "instant": ""}, (), "expected a flag, a number, text or a"),
        ({"duration": 2}, (), "`2` is not a duration"),
        ({"instant": "2026-01-31T12:00"}, (), "`2026-01-31T12:00` does not say its time zone"),
        (["a", 3], (1,), "`3` is not text"),
    ],
    ids=lambda item: str(item) if not isinstance(item, tuple) else None,
)
def test_a_label_is_nothing_else(data: Data, path: tuple[Any, ...], message: str) -> None:
    (problem,) = refused({"labels": {"x": data}}, Act)
    assert problem.path == ("labels", "x", *path)
    assert problem.message.startswith(message)


# ---------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("data", "path", "message"),
    [
        ([], (), "expected a mapping, not a list"),
        ({"knd": "edit"}, ("knd",), "`knd` is not a known key"),
        ({"kind": 3}, ("kind",), "`3` is not text"),
        ({"kind": "publsh"}, ("kind",), "there is no kind of act `publsh`"),
        ({"paid": 1}, ("paid",), "`1` is not yes or no"),
        ({"at": "2026-01-31T12:00"}, ("at",), "`2026-01-31T12:00` does not say its time zone"),
        ({"topics": "a"}, ("topics",), "`a` is not a list"),
        ({"topics": ["a", 3]}, ("topics", 1), "`3` is not text"),
        ({"labels": []}, ("labels",), "expected a mapping, not a list"),
        ({"target": {"kin": "a"}}, ("target", "kin"), "`kin` is not a known key"),
        ({"target": {"followers": 1.5}}, ("target", "followers"), "`1.5` is not a whole"),
    ],
    ids=lambda item: str(item) if isinstance(item, dict | list) else None,
)
def test_an_act_that_makes_no_sense_is_refused_at_its_place(
    data: Data, path: tuple[Any, ...], message: str
) -> None:
    (problem,) = refused(data, Act)
    assert problem.path == path
    assert problem.message.startswith(message)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    found = refused(
        {"act": {"kin": 1, "at": 3, "links": [1, "a", 2]}, "context": {"events": {"x": 1}}, "y": 1},
        Case,
    )
    assert [problem.path for problem in found] == [
        ("y",),
        ("act", "kin"),
        ("act", "at"),
        ("act", "links", 0),
        ("act", "links", 2),
        ("context", "events", "x"),
    ]


def test_what_must_be_there_is_told() -> None:
    (problem,) = refused({}, Case)
    assert (problem.path, problem.message) == (("act",), "`act` is missing")


def test_a_condition_read_from_endless_data_is_refused() -> None:
    data: dict[str, Any] = {}
    data["not"] = data
    assert len(refused(data, Condition)) == 1


def test_every_converter_is_its_own() -> None:
    one, other = make_converter(), make_converter()
    one.register_unstructure_hook(Rule, lambda rule: rule.id)
    rule = Rule.permit("a", because="so")
    assert one.unstructure(rule) == "a"
    assert other.unstructure(rule) == {"permit": "a", "because": "so"}


def test_an_end_that_is_open_may_be_written_as_null() -> None:
    assert structure({"low": None, "high": 3}, Domain) == Domain(high=3)


@pytest.mark.parametrize("kind", [All, AnyOf])
def test_a_condition_of_one_kind_is_no_condition_of_another(kind: type[Condition]) -> None:
    with pytest.raises(InvalidError, match=f"of the kind `Not`, not `{kind.__name__}`"):
        structure(unstructure(Not(ALWAYS)), kind)


def test_a_row_of_another_length_is_refused() -> None:
    read = make_converter().structure
    assert read(["ana", "analyst"], tuple[str, str]) == ("ana", "analyst")
    with pytest.raises(InvalidError, match="1 are given, not 2"):
        read(["ana"], tuple[str, str])


@pytest.mark.parametrize("given", [None, True, 3, 1.5, "x", {}, [None]])
def test_what_is_no_list_of_earlier_acts_is_refused_at_its_place(given: object) -> None:
    with pytest.raises(InvalidError, match=r"^earlier\.acts"):
        structure({"earlier": {"acts": given}}, Context)


def test_earlier_acts_that_are_seen_in_a_history_are_written_as_the_list_they_are() -> None:
    before = Ledger([Act(kind="publish"), Act(kind="share")])
    case = Case(Act(), Context(earlier=Earlier(Extract(before, range(1)))))
    assert parse(dump(case, format="json"), Case, format="json") == case


@attrs.frozen
class Pair:
    """A value of which one field is usually twice the other."""

    one: int
    two: int = attrs.Factory(lambda pair: 2 * pair.one, takes_self=True)


def test_what_is_usual_beside_other_fields_is_not_written() -> None:
    write = make_converter().unstructure
    assert [write(Pair(3)), write(Pair(3, 6)), write(Pair(3, 5))] == [
        {"one": 3}, {"one": 3}, {"one": 3, "two": 5},
    ]  # fmt: skip
