"""What acts have in common, as tests."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act, Charter, Context, fact
from cmcore.charters import ABSENT, FactTest, Op, Vocabulary
from cmcore.charters.conditions.facts import BUILTIN, FactSpec, FactType, Label
from cmcore.charters.meaning.looks import Look, compared, look, look_key, shared
from cmcore.charters.meaning.observation import Facts
from cmcore.strategies import cases, charters

FLAG = FactSpec("paid", FactType.FLAG)
SYMBOL = FactSpec("network", FactType.SYMBOL)
SYMBOLS = FactSpec("topics", FactType.SYMBOLS)
NONE = frozenset[str]()


def words(*many: str) -> frozenset[str]:
    return frozenset(many)


def test_acts_are_compared_by_what_they_are_and_where_they_go() -> None:
    labels = {name: Label(name) for name in ("flag", "symbol", "symbols", "number", "text")}
    assert [spec.name for spec in compared(Vocabulary(labels))] == [
        *("account", "author.contract", "author.seniority", "described", "flag", "format"),
        *(
            "holiday",
            "hosts",
            "in_reply_to.author_kind",
            "in_reply_to.kind",
            "in_reply_to.language",
        ),
        *("in_reply_to.ours", "in_reply_to.tone", "in_reply_to.topics", "incident.open"),
        *("incident.severity", "kind", "language", "media", "network", "paid", "scheduled"),
        *("symbol", "symbols", "target.author_kind", "target.kind", "target.language"),
        *("target.ours", "target.tone", "target.topics", "template", "topics"),
    ]


@pytest.mark.parametrize(
    ("spec", "column", "asked"),
    [
        (FLAG, [True, True], fact("paid").is_(True)),
        (FLAG, [False], fact("paid").is_(False)),
        (FLAG, [True, False], None),
        (FLAG, [True, ABSENT], None),
        (FLAG, [True, None], None),
        (SYMBOL, ["a", "a"], fact("network").is_("a")),
        (SYMBOL, ["b", "a", "b"], fact("network").one_of("a", "b")),
        (SYMBOL, [ABSENT, ABSENT], fact("network").present(wanted=False)),
        (SYMBOL, [ABSENT, "a"], None),
        (SYMBOL, [None, "a"], None),
        (SYMBOLS, [words("a"), words("a", "b"), NONE], fact("topics").only("a", "b")),
        (SYMBOLS, [words("a"), ABSENT], fact("topics").only("a")),
        (SYMBOLS, [words("a"), None], None),
        (SYMBOLS, [NONE, NONE], fact("topics").count.is_(0)),
        (SYMBOLS, [ABSENT], fact("topics").present(wanted=False)),
        (SYMBOLS, [ABSENT, NONE], None),
    ],
)
def test_what_is_shared_is_asked_as_narrowly_as_can_be(
    spec: FactSpec, column: Sequence[Any], asked: FactTest | None
) -> None:
    assert shared([spec], [(one,) for one in column]) == (() if asked is None else (asked,))


@pytest.mark.parametrize("name", ["in_reply_to.tone", "target.topics", "incident.severity"])
def test_the_absence_of_parts_is_not_asked(name: str) -> None:
    assert shared([BUILTIN[name]], [(ABSENT,)]) == ()
    assert shared([BUILTIN["target.kind"]], [(ABSENT,)]) == (
        fact("target.kind").present(wanted=False),
    )


@given(st.data())
def test_every_test_is_true_of_all_that_share_it(data: st.DataObject) -> None:
    from cmcore.charters.meaning.kleene import test_truth as truth_of

    charter: Charter = data.draw(charters())
    many = data.draw(st.lists(cases(charter), min_size=1, max_size=3))
    specs = compared(charter.vocabulary)
    everybody = [Facts(charter, case.act, case.context) for case in many]
    for test in shared(specs, [look(specs, facts) for facts in everybody]):
        assert {truth_of(test, facts).name for facts in everybody} == {"TRUE"}


def test_what_no_test_can_name_is_as_if_unknown() -> None:
    vocabulary = Vocabulary({"tone": Label("symbol"), "odd": Label("symbol")})
    labels: dict[str, Any] = {"tone": "", "odd": 3}
    act = Act(kind="publish", topics=(), labels=labels)
    charter: Any = type("Reading", (), {"vocabulary": vocabulary, "labels": vocabulary.labels,
                                        "zone": "UTC", "calendar": None})  # fmt: skip
    specs = compared(vocabulary)
    seen = dict(zip((s.name for s in specs), look(specs, Facts(charter, act, Context())),
                    strict=True))  # fmt: skip
    assert (seen["tone"], seen["odd"], seen["network"]) == (None, None, None)
    assert (seen["kind"], seen["topics"], seen["in_reply_to.kind"]) == ("publish", NONE, ABSENT)


def test_looks_are_put_in_an_order_of_their_own() -> None:
    looks: list[Look] = [(words("b", "a"),), (None,), (ABSENT,), ("a",), (True,), (words("a"),)]
    turned = [*reversed(looks)]
    assert sorted(looks, key=look_key) == sorted(turned, key=look_key) != turned
    assert len({look_key(one) for one in looks}) == len(looks)


WANTED: list[Look] = [("a", words("x")), ("a", NONE), ("b", words("x", "y")), (None, ABSENT)]


def test_an_op_is_one_that_charters_know() -> None:
    assert {test.op for test in shared([SYMBOL, SYMBOLS], WANTED[:3])} == {Op.ONE_OF, Op.ONLY}
