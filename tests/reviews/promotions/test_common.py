"""What acts have in common, as tests, and what those tests make of others."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act, Charter, Context, fact
from cmcore.charters import ABSENT, FactTest, Op, Vocabulary
from cmcore.charters.conditions.facts import BUILTIN, FactSpec, FactType, Label
from cmcore.charters.meaning.observation import Facts
from cmcore.reviews.promotions._common import (
    ANYTHING,
    Look,
    compared,
    look,
    look_key,
    shared,
    splits,
)
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
UNWANTED: list[Look] = [("b", words("z")), ("c", None), (ABSENT, words("y")), (None, NONE)]


def test_splits_tell_whom_each_test_is_true_of_and_whom_it_is_false_of() -> None:
    made = {split.true: split.false for split in splits([SYMBOL, SYMBOLS], WANTED, UNWANTED, 1)}
    assert made == {
        0b0011: ANYTHING | 0b01110 | 0b01000,  # is `a`; none of `y`
        0b0100: ANYTHING | 0b01100,  # is `b`
        0b0010: ANYTHING | 0b01010,  # is empty
        0b1000: ANYTHING | 0b11010,  # has no topics
        0b0111: ANYTHING | 0b00010,  # has some, or none of `z`
    }


def test_splits_that_are_true_of_too_few_are_left_out() -> None:
    made = splits([SYMBOL, SYMBOLS], WANTED, UNWANTED, 2)
    assert [split.true for split in made] == [0b0011, 0b0111]


def test_an_op_is_one_that_charters_know() -> None:
    assert {test.op for test in shared([SYMBOL, SYMBOLS], WANTED[:3])} == {Op.ONE_OF, Op.ONLY}
