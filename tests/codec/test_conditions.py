from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.errors import InvalidError, Problem
from cmcore.charters.conditions.condition import (
    ALWAYS,
    DEEPEST,
    NEVER,
    All,
    AnyOf,
    Condition,
    at_least,
)
from cmcore.charters.conditions.fact import fact
from cmcore.charters.conditions.facts import FactType, Label
from cmcore.charters.conditions.operands import Quiet, Rate
from cmcore.charters.conditions.operators import TAKES, Op
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.codec.bounds import Data
from cmcore.codec.conditions import (
    BARE,
    BESIDE,
    read_condition,
    read_rate,
    write_condition,
    write_operand,
)
from cmcore.strategies import conditions

WORDS = Vocabulary(
    {
        "tone": Label(FactType.SYMBOL, {"calm", "angry"}),
        "claim": Label(FactType.FLAG),
        "caption": Label(FactType.TEXT),
        "tags": Label(FactType.SYMBOLS),
        "risk": Label(FactType.NUMBER),
        "wait": Label(FactType.DURATION),
        "due": Label(FactType.INSTANT),
    },
    {"launch"},
)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PAID = fact("paid").is_(True)
POSTS = fact("kind").is_("publish")
NOON = "2026-01-31T12:00+00:00"
AT_NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def read(data: object) -> Condition:
    return read_condition(data, WORDS)


def refused(data: object) -> tuple[Problem, ...]:
    with pytest.raises(InvalidError) as caught:
        read(data)
    return caught.value.problems


@given(conditions())
def test_a_condition_written_reads_back_equal(condition: Condition) -> None:
    from cmcore.strategies._conditions import USUAL

    plain = write_condition(condition)
    if condition != ALWAYS:
        assert read_condition(plain, USUAL) == condition
    assert write_condition(condition) == plain


# ------------------------------------------------------------------------------------- shorthand


@pytest.mark.parametrize(
    ("data", "condition"),
    [
        ({"kind": "publish"}, POSTS),
        ({"kind": {"is": "publish"}}, POSTS),
        ({"kind": ["publish", "reply"]}, fact("kind").one_of("publish", "reply")),
        ({"kind": ["publish"]}, fact("kind").one_of("publish")),
        ({"paid": True}, PAID),
        ({"paid": "yes"}, PAID),
        ({"paid": {"is": "true"}}, PAID),
        ({"topics": "event"}, fact("topics").any_of("event")),
        ({"topics": ["a", "b"]}, fact("topics").any_of("a", "b")),
        ({"topics": {"only": "a"}}, fact("topics").only("a")),
        ({"text": "rappel"}, fact("text").mentions("rappel")),
        ({"text": ["rappel", "accident"]}, fact("text").mentions("rappel", "accident")),
        (
            {"text": {"mentions": "rappel", "except": "rappel de produit"}},
            fact("text").mentions("rappel", exceptions=["rappel de produit"]),
        ),
        ({"text": {"length": {"above": 280}}}, fact("text").length.above(280)),
        ({"text.length": {"above": 280}}, fact("text.length").above(280)),
        ({"text": {"words": 3}}, fact("text").words.is_(3)),
        ({"text": {"fancy": "no"}}, fact("text").fancy.is_(False)),
        ({"topics": {"count": {"at most": 2}}}, fact("topics").count.at_most(2)),
        ({"local.hour": {"between": [9, 18]}}, fact("local.hour").between(9, 18)),
        ({"at": "Mon-Fri"}, fact("at").during("Mon-Fri")),
        ({"at": ["Mon", "Tue 09:00-12:00"]}, fact("at").during("Mon; Tue 09:00-12:00")),
        (
            {"at": {"during": "Mon", "zone": "Europe/Paris"}},
            fact("at").during("Mon", "Europe/Paris"),
        ),
        ({"at": {"below": NOON}}, fact("at").below(AT_NOON)),
        ({"wait": {"below": "1 h"}}, fact("wait").below(HOUR)),
        ({"wait": {"between": ["1 h", "1 d"]}}, fact("wait").between(HOUR, DAY)),
        ({"since.launch": {"at least": "1 d"}}, fact("since.launch").at_least(DAY)),
        ({"recent.any": {"more than": "3 in 1 h"}}, fact("recent.any").more_than(3, HOUR)),
        ({"recent.any": {"at least": "1 d since"}}, fact("recent.any").at_least_since(DAY)),
        ({"recent.any": {"at least": "3 in 1 h"}}, fact("recent.any").at_least(3, HOUR)),
        ({"template": {"present": "no"}}, fact("template").present(False)),  # noqa: FBT003
        ({"kind": "publish", "paid": True}, PAID & POSTS),
        ({"risk": {"above": 1, "below": 3}}, fact("risk").above(1) & fact("risk").below(3)),
        ({"not": {"paid": True}}, ~PAID),
        ({"all": [{"paid": True}]}, All((PAID,))),
        ({"any": [{"paid": True}, {"kind": "publish"}]}, PAID | POSTS),
        ({"all": []}, ALWAYS),
        ({"any": []}, NEVER),
        ({"at least": 1, "of": [{"paid": True}, {"kind": "publish"}]}, at_least(1, PAID, POSTS)),
        ({"not": {"paid": True}, "kind": "publish"}, All((~PAID, POSTS))),
        ({"any": [{"paid": True}], "kind": "publish"}, All((AnyOf((PAID,)), POSTS))),
    ],
    ids=lambda item: str(item) if isinstance(item, dict | list) else None,
)
def test_every_spelling_is_read(data: Data, condition: Condition) -> None:
    assert read(data) == condition


def test_tests_that_stand_together_are_one_level_deep() -> None:
    made = read({"text": {"mentions": "a", "length": {"below": 3}, "words": 2}, "paid": True})
    assert isinstance(made, All)
    assert len(made.of) == 4


@pytest.mark.parametrize(
    ("condition", "data"),
    [
        (PAID, {"paid": True}),
        (~PAID, {"not": {"paid": True}}),
        (PAID & POSTS, {"kind": "publish", "paid": True}),
        (PAID & ~POSTS, {"all": [{"paid": True}, {"not": {"kind": "publish"}}]}),
        (
            fact("risk").above(1) & fact("risk").below(3),
            {"all": [{"risk": {"above": 1}}, {"risk": {"below": 3}}]},
        ),
        (All((PAID,)), {"all": [{"paid": True}]}),
        (ALWAYS, {"all": []}),
        (NEVER, {"any": []}),
        (at_least(1, PAID, POSTS), {"at least": 1, "of": [{"kind": "publish"}, {"paid": True}]}),
        (fact("topics").any_of("b", "a"), {"topics": {"any of": ["a", "b"]}}),
        (fact("text").mentions("b", "a"), {"text": {"mentions": ["a", "b"]}}),
        (
            fact("text").mentions("a", exceptions=["c a"]),
            {"text": {"mentions": ["a"], "except": ["c a"]}},
        ),
        (fact("at").during("Mon-Fri"), {"at": {"during": "Mon-Fri"}}),
        (fact("at").during("Mon", "UTC"), {"at": {"during": "Mon", "zone": "UTC"}}),
        (
            fact("at").between(AT_NOON, AT_NOON),
            {"at": {"between": ["2026-01-31T12:00:00+00:00"] * 2}},
        ),
        (fact("wait").below(90 * HOUR), {"wait": {"below": "3 d 18 h"}}),
        (fact("recent.any").at_most(3, HOUR), {"recent.any": {"at most": "3 in 1 h"}}),
        (fact("recent.any").at_least_since(DAY), {"recent.any": {"at least": "1 d since"}}),
        (fact("template").present(), {"template": {"present": True}}),
        (fact("risk").is_(0.5), {"risk": 0.5}),
    ],
    ids=lambda item: str(item) if isinstance(item, dict | list) else None,
)
def test_a_condition_is_written_short_and_sorted(condition: Condition, data: Data) -> None:
    assert write_condition(condition) == data


def test_an_operand_of_no_special_type_is_written_as_it_is() -> None:
    assert write_operand(None) is None
    assert write_operand("a") == "a"


# -------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("data", "path", "message", "hint"),
    [
        ([], (), "expected a mapping, not a list", None),
        ({}, (), "a condition asks nothing", "leave `when` out for always"),
        (
            {"tpoics": "a"},
            ("tpoics",),
            "there is no fact `tpoics`",
            "did you mean `topics`?",
        ),
        ({"zzzz": 1}, ("zzzz",), "there is no fact `zzzz`", "declare it under `labels`"),
        ({"tone": "clam"}, ("tone",), "`tone` is never `clam`", "did you mean `calm`?"),
        (
            {"tone": {"one of": ["calm", "bold"]}},
            ("tone", "one of"),
            "`tone` is never `bold`",
            "one of `angry`, `calm`",
        ),
        ({"tone": []}, ("tone",), "for `tone`, `one of` takes a list of words, not `[]`", None),
        (
            {"topics": {"any of": []}},
            ("topics", "any of"),
            "for `topics`, `any of` takes a list of words, not `[]`",
            None,
        ),
        ({"kind": 3}, ("kind",), "`3` is not text", "put it in quotes"),
        ({"kind": ["edit", 3]}, ("kind", 1), "`3` is not text", "put it in quotes"),
        ({"kind": None}, ("kind",), "expected text, not nothing", None),
        ({"paid": "perhaps"}, ("paid",), "`perhaps` is not yes or no", "write `yes` or `no`"),
        ({"risk": "3"}, ("risk",), "`3` is not a number", "take off the quotes"),
        (
            {"risk": {"above": "3"}},
            ("risk", "above"),
            "`3` is not a number",
            "take off the quotes",
        ),
        (
            {"risk": {"between": [1, 2, 3]}},
            ("risk", "between"),
            "`between` takes two values, not 3",
            "as in `[1, 5]`; decimals have a point, as in `[0.2, 0.7]`",
        ),
        (
            {"risk": {"between": 3}},
            ("risk", "between"),
            "`3` is not a list",
            None,
        ),
        (
            {"risk": {"between": [1, "a"]}},
            ("risk", "between", 1),
            "`a` is not a number",
            None,
        ),
        (
            {"risk": {"between": [3, 1]}},
            ("risk", "between"),
            "for `risk`, `between` takes two numbers, the lower one first, not",
            None,
        ),
        (
            {"wait": {"below": 3}},
            ("wait", "below"),
            "`3` is not a duration such as `2 h`",
            "write `3 h`, or another unit",
        ),
        (
            {"wait": "2 h"},
            ("wait",),
            "a duration needs a question",
            "one of `below`, `at most`, `at least`, `above`, `between`, `present`",
        ),
        (
            {"recent.publish": 3},
            ("recent.publish",),
            "a log needs a question",
            "one of `more than`, `at most`, `fewer than`, `at least`",
        ),
        (
            {"recent.any": {"more than": "3 times"}},
            ("recent.any", "more than"),
            "`3 times` is not a rate",
            "write `3 in 1 h`, `3 per day` or `1 ever`",
        ),
        (
            {"recent.any": {"more than": "3 in 0 h"}},
            ("recent.any", "more than"),
            "`0 s` is not a duration above zero",
            "write one such as `30 min`",
        ),
        (
            {"due": {"below": "2026-01-31T09:00"}},
            ("due", "below"),
            "`2026-01-31T09:00` does not say its time zone",
            "add its offset, as in `2026-01-31T09:00+01:00`",
        ),
        ({"at": "Foo"}, ("at",), "`Foo` is not a day", None),
        ({"at": []}, ("at",), "the week is empty", None),
        (
            {"at": {"during": "Mon", "zone": 3}},
            ("at", "zone"),
            "`3` is not text",
            "put it in quotes",
        ),
        ({"at": {"during": "Mon", "zone": "Mars"}}, ("at", "zone"), "`Mars` is not a known", None),
        ({"at": {"zone": "UTC"}}, ("at", "zone"), "`zone` is on its own", "it goes with `during`"),
        (
            {"text": {"except": "a"}},
            ("text", "except"),
            "`except` is on its own",
            "it goes with `mentions`",
        ),
        (
            {"topics": {"any of": "a", "except": "b"}},
            ("topics", "except"),
            "`except` is on its own",
            "it goes with `mentions`",
        ),
        (
            {"text": {"mentions": []}},
            ("text", "mentions"),
            "for `text`, `mentions` takes words or phrases, not",
            None,
        ),
        ({"text": "!!"}, ("text",), "the entry `!!` holds no word", None),
        (
            {"text": {"mentions": ["a"], "except": ["?"]}},
            ("text", "mentions"),
            "the entry `?` holds no word",
            None,
        ),
        ({"text": {"mentions": {}}}, ("text", "mentions"), "expected a list, not a mapping", None),
        ({"text": {"matches": 3}}, ("text", "matches"), "`3` is not text", None),
        (
            {"text": {"length": {"mentions": "a"}}},
            ("text", "length", "mentions"),
            "a number cannot be asked `mentions`",
            None,
        ),
        (
            {"topics": {"one of": "a"}},
            ("topics", "one of"),
            "a set of words cannot be asked `one of`",
            "did you mean `any of`?",
        ),
        ({"kind": {}}, ("kind",), "nothing is asked of `kind`", "as in `{present: yes}`"),
        ({"at least": 1}, ("at least",), "`at least` goes with `of`, and nothing else", None),
        ({"of": []}, ("of",), "`at least` goes with `of`, and nothing else", None),
        (
            {"at least": 3, "of": [{"paid": True}]},
            (),
            "at least 3 of 1 makes no sense",
            "ask for 1 to 1",
        ),
        (
            {"at least": "1", "of": [{"paid": True}]},
            ("at least",),
            "`1` is not a whole number",
            None,
        ),
        ({"at least": 1, "of": {"paid": True}}, ("of",), "expected a list, not a mapping", None),
        ({"all": {"paid": True}}, ("all",), "expected a list, not a mapping", None),
        ({"not": [{"paid": True}]}, ("not",), "expected a mapping, not a list", None),
        ({"any": [{"paid": 3}]}, ("any", 0, "paid"), "`3` is not yes or no", "write `yes` or `no`"),
    ],
    ids=lambda item: str(item) if isinstance(item, dict | list) else None,
)
def test_what_makes_no_sense_is_refused_at_its_place(
    data: Data, path: tuple[Any, ...], message: str, hint: str | None
) -> None:
    (problem,) = refused(data)
    assert problem.path == path
    assert problem.message.startswith(message)
    if hint:
        assert problem.hint == hint


def test_a_pattern_that_does_not_read_is_refused_at_its_place() -> None:
    (problem,) = refused({"text": {"matches": "("}})
    assert problem.path == ("text", "matches")


def test_everything_that_is_wrong_is_told_at_once() -> None:
    found = refused(
        {
            "kind": "publsh",
            "text": {"mentions": 3, "length": {"above": "a", "uppon": 2}, "shape": 1, "except": 4},
            "topics": {"any of": [], "only": [3, 4]},
            "at": {"zone": "Mars", "during": "Foo", "below": "noon"},
            "all": [{"nope": 1}, {"not": {"any": [{"paid": 3}, {}]}}],
            "at least": 2,
        }
    )
    assert [problem.path for problem in found] == [
        ("kind",),
        ("text", "except"),
        ("text", "mentions"),
        ("text", "length", "above"),
        ("text", "length", "uppon"),
        ("text", "shape"),
        ("topics", "any of"),
        ("topics", "only", 0),
        ("topics", "only", 1),
        ("at", "zone"),
        ("at", "during"),
        ("at", "below"),
        ("all", 0, "nope"),
        ("all", 1, "not", "any", 0, "paid"),
        ("all", 1, "not", "any", 1),
        ("at least",),
    ]


def test_a_count_and_its_parts_are_both_told() -> None:
    found = refused({"at least": "a", "of": [{"nope": 1}]})
    assert [problem.path for problem in found] == [("at least",), ("of", 0, "nope")]


def nested(depth: int, wrap: str) -> dict[str, Any]:
    data: dict[str, Any] = {"paid": True}
    for _ in range(depth - 1):
        wrapped: dict[str, dict[str, Any]] = {
            "not": {"not": data},
            "all": {"all": [data]},
            "at least": {"at least": 1, "of": [data]},
        }
        data = wrapped[wrap]
    return data


@pytest.mark.parametrize("wrap", ["not", "all", "at least"])
def test_a_condition_too_deep_is_refused_however_deep(wrap: str) -> None:
    assert read(nested(DEEPEST, wrap)).depth == DEEPEST
    for depth in (DEEPEST + 1, 10_000):
        (problem,) = refused(nested(depth, wrap))
        assert problem.message == f"the condition is nested more than {DEEPEST} deep"
        assert problem.hint == "split the rule"


# ----------------------------------------------------------------------------------------- rates


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("3 in 1 h", Rate(3, HOUR)),
        ("  3   within 1 h ", Rate(3, HOUR)),
        ("3 par 1 jour", Rate(3, DAY)),
        ("3 en 1 h 30 min", Rate(3, HOUR * 1.5)),
        ("0 in 1 d", Rate(0, DAY)),
        ("14 days since", Quiet(14 * DAY)),
        ("1 h depuis", Quiet(HOUR)),
    ],
)
def test_a_rate_is_read(text: str, rate: object) -> None:
    assert read_rate(text) == rate


@given(st.integers(0, 10**18 - 1), st.timedeltas(min_value=timedelta(microseconds=1)))
def test_a_rate_written_reads_back_the_same(count: int, within: timedelta) -> None:
    for rate in (Rate(count, within), Quiet(within)):
        assert read_rate(write_operand(rate)) == rate


@pytest.mark.parametrize("text", ["", "3", "in 1 h", "3 in", "-3 in 1 h", "since", "3in 1 h"])
def test_anything_else_is_no_rate(text: str) -> None:
    with pytest.raises(InvalidError):
        read_rate(text)


@pytest.mark.parametrize("text", [" " * 300_000, "1 " * 200_000, "1 h " * 90_000 + "sinc"])
def test_a_long_rate_is_refused_at_once(text: str) -> None:
    with pytest.raises(InvalidError):
        read_rate(text)


# ----------------------------------------------------------------------------------------- tables


def test_the_tables_know_every_op_of_every_type() -> None:
    assert all(op in TAKES[kind] for kind, op in BARE.items())
    words = (Op.MENTIONS,)
    assert {"except": words, "inflected": words, "zone": (Op.DURING,)} == BESIDE
    assert set(FactType) - BARE.keys() == {FactType.DURATION, FactType.LOG}
