from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from cmcore.base.errors import InvalidError, Problem
from cmcore.charters.conditions.condition import ALWAYS
from cmcore.charters.conditions.fact import fact
from cmcore.charters.conditions.facts import FactType, Label
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.rule import Effect, Rule, Term
from cmcore.codec.bounds import Data
from cmcore.codec.plain import BROKEN
from cmcore.codec.rules import (
    read_label,
    read_rule,
    stand_in,
    write_label,
    write_rule,
)
from cmcore.strategies import labels, rules, terms

NO_WORDS = Vocabulary()
DAY = date(2026, 1, 31)


def refused(read: Callable[..., object], *data: object) -> tuple[Problem, ...]:
    with pytest.raises(InvalidError) as caught:
        read(*data)
    return caught.value.problems


# ----------------------------------------------------------------------------------------- labels


@given(labels())
def test_a_label_written_reads_back_equal(label: Label) -> None:
    assert read_label(write_label(label)) == label


@pytest.mark.parametrize(
    ("data", "label", "written"),
    [
        ("flag", Label(FactType.FLAG), "flag"),
        (["b", "a"], Label(FactType.SYMBOL, {"a", "b"}), ["a", "b"]),
        ({"type": "flag"}, Label(FactType.FLAG), "flag"),
        ({}, Label(FactType.SYMBOL), "symbol"),
        ({"values": "a"}, Label(FactType.SYMBOL, {"a"}), ["a"]),
        (
            {"type": "symbols", "values": ["a"]},
            Label(FactType.SYMBOLS, {"a"}),
            {"type": "symbols", "values": ["a"]},
        ),
        (
            {"about": "the tone", "values": ["a"]},
            Label(FactType.SYMBOL, {"a"}, "the tone"),
            {"type": "symbol", "values": ["a"], "about": "the tone"},
        ),
        (
            {"type": "flag", "fixed": "yes"},
            Label(FactType.FLAG, fixed=True),
            {"type": "flag", "fixed": True},
        ),
    ],
    ids=lambda item: str(item) if isinstance(item, dict | list) else None,
)
def test_a_label_is_read_and_written_short(data: Data, label: Label, written: Data) -> None:
    assert read_label(data) == label
    assert write_label(label) == written


@pytest.mark.parametrize(
    ("data", "path", "message", "hint"),
    [
        (3, (), "`3` is not a mapping", None),
        ("simbol", (), "`simbol` is not a valid choice", "did you mean `symbol` or `symbols`?"),
        ("log", ("type",), "a label cannot be a `log`", "logs come from the history"),
        ([], ("values",), "`values` is empty", "name one, or leave the list out"),
        (["a", 3], (1,), "`3` is not text", "put it in quotes"),
        ({"type": 3}, ("type",), "`3` is not text", "put it in quotes"),
        ({"typ": "flag"}, ("typ",), "`typ` is not a known key", "did you mean `type`?"),
        ({"about": 3}, ("about",), "`3` is not text", "put it in quotes"),
        ({"fixed": 3}, ("fixed",), "`3` is not yes or no", "write `yes` or `no`"),
        (
            {"type": "flag", "values": ["a"]},
            ("values",),
            "a label of type `flag` has no list of values",
            "only symbols have one",
        ),
    ],
    ids=lambda item: str(item) if not isinstance(item, tuple) else None,
)
def test_a_label_that_makes_no_sense_is_refused_at_its_place(
    data: Data, path: tuple[Any, ...], message: str, hint: str | None
) -> None:
    (problem,) = refused(read_label, data)
    assert (problem.path, problem.message, problem.hint) == (path, message, hint)


def test_everything_that_is_wrong_with_a_label_is_told_at_once() -> None:
    found = refused(read_label, {"type": "simbol", "values": 3, "about": [], "x": 1})
    assert [p.path for p in found] == [("x",), ("type",), ("values",), ("about",)]


# ------------------------------------------------------------------------------------------ terms


@given(terms())
def test_a_term_written_reads_back_equal(term: Term) -> None:
    rule = Rule("late", Effect.FORBID, because="too late", term=term)
    assert read_rule(write_rule(rule), NO_WORDS).term == term


def test_what_is_wrong_with_a_term_is_told_at_its_place() -> None:
    rule = {"forbid": "late", "because": "too late"}
    found = refused(read_rule, {**rule, "since": "soon", "through": 3}, NO_WORDS)
    assert [p.path for p in found] == [("since",), ("through",)]
    days = {"since": "2026-02-01", "through": "2026-01-31"}
    assert [p.path for p in refused(read_rule, {**rule, **days}, NO_WORDS)] == [("through",)]


# ------------------------------------------------------------------------------------------ rules


@given(rules())
def test_a_rule_written_reads_back_equal(rule: Rule) -> None:
    from cmcore.strategies._conditions import USUAL

    assert read_rule(write_rule(rule), USUAL) == rule


def test_a_rule_is_written_in_the_order_people_read_it() -> None:
    rule = Rule(
        "angry",
        Effect.REFER,
        when=fact("paid").is_(True),
        because="Two see it.",
        to="desk",
        note="mind the trolls",
        source="§ 3",
        term=Term(DAY, DAY),
    )
    data = {
        "refer": "angry",
        "to": "desk",
        "when": {"paid": True},
        "because": "Two see it.",
        "note": "mind the trolls",
        "source": "§ 3",
        "since": "2026-01-31",
        "through": "2026-01-31",
    }
    assert write_rule(rule) == data
    assert list(write_rule(rule)) == list(data)
    assert read_rule(data, NO_WORDS) == rule


def test_a_rule_without_a_condition_holds_always() -> None:
    data = {"permit": "a", "because": "so"}
    assert read_rule(data, NO_WORDS).when == ALWAYS
    assert write_rule(read_rule(data, NO_WORDS)) == data


def test_an_empty_note_is_a_note() -> None:
    data = {"permit": "a", "because": "so", "note": "", "source": ""}
    assert write_rule(read_rule(data, NO_WORDS)) == data


@pytest.mark.parametrize(
    ("change", "path", "message", "hint"),
    [
        (
            {"permit": None, "forbid": "a"},
            (),
            "the rule has several effects",
            "write one of `permit`, `refer`, `forbid`, followed by the rule's name",
        ),
        ({"permit": 3}, ("permit",), "`3` is not text", "put it in quotes"),
        (
            {"permit": ""},
            ("permit",),
            "`` cannot be an id",
            "1 to 200 printable characters, no spaces at either end",
        ),
        ({"because": ""}, ("because",), "rule `a` gives no reason", "tell the author why"),
        ({"because": 3}, ("because",), "`3` is not text", "put it in quotes"),
        ({"note": 3}, ("note",), "`3` is not text", "put it in quotes"),
        ({"source": []}, ("source",), "expected text, not a list", None),
        (
            {"to": "desk"},
            ("to",),
            "a permit rule goes to no circuit",
            "make it a refer rule, or name no circuit",
        ),
        (
            {"becuse": "so"},
            ("becuse",),
            "`becuse` is not a known key",
            "did you mean `because`?",
        ),
        (
            {"when": {"tpoics": "a"}},
            ("when", "tpoics"),
            "there is no fact `tpoics`",
            "did you mean `topics`?",
        ),
        (
            {"since": "soon"},
            ("since",),
            "`soon` is not a day",
            "write it as `2026-01-31`",
        ),
        (
            {"since": "2026-02-01", "through": "2026-01-31"},
            ("through",),
            "it ends before it begins",
            "swap the two dates",
        ),
    ],
    ids=lambda item: str(item) if isinstance(item, dict) else None,
)
def test_a_rule_that_makes_no_sense_is_refused_at_its_place(
    change: dict[str, Any], path: tuple[Any, ...], message: str, hint: str | None
) -> None:
    data = {"permit": "a", "because": "so", **change}
    (problem,) = refused(read_rule, data, NO_WORDS)
    assert (problem.path, problem.message, problem.hint) == (path, message, hint)


def test_a_rule_that_goes_nowhere_is_refused() -> None:
    (problem,) = refused(read_rule, {"refer": "a", "because": "so"}, NO_WORDS)
    assert (problem.path, problem.message) == (("to",), "rule `a` refers to no circuit")


def test_a_rule_that_does_nothing_is_still_read_to_its_end() -> None:
    found = refused(read_rule, {"to": "desk", "because": 3, "when": {}, "x": 1}, NO_WORDS)
    assert [(p.path, p.message) for p in found] == [
        (("x",), "`x` is not a known key"),
        (("because",), "`3` is not text"),
        ((), "the rule has no effect"),
        (("when",), "a condition asks nothing"),
    ]
    assert refused(read_rule, "a", NO_WORDS)[0].message == "`a` is not a mapping"


@pytest.mark.parametrize(
    ("data", "id_", "effect", "to"),
    [
        ({"permit": "a"}, "a", Effect.FORBID, ()),
        ({"refer": "a", "to": "desk"}, "a", Effect.REFER, ("desk",)),
        ({"refer": "a", "to": ["desk", "crisis"]}, "a", Effect.REFER, ("crisis", "desk")),
        ({"refer": "a"}, "a", Effect.FORBID, ()),
        ({"refer": "a", "to": 3}, "a", Effect.FORBID, ()),
        ({"forbid": "a", "to": "desk"}, "a", Effect.FORBID, ()),
        ({"permit": "a", "forbid": "b"}, f"{BROKEN}7", Effect.FORBID, ()),
        ({"permit": " a"}, f"{BROKEN}7", Effect.FORBID, ()),
        ({"permit": 3}, f"{BROKEN}7", Effect.FORBID, ()),
        ({3: 4}, f"{BROKEN}7", Effect.FORBID, ()),
        ("a", f"{BROKEN}7", Effect.FORBID, ()),
    ],
    ids=str,
)
def test_what_stands_for_a_broken_rule_has_its_name_and_circuit(
    data: Data, id_: str, effect: Effect, to: tuple[str, ...]
) -> None:
    made = stand_in(data, 7)
    assert (made.id, made.effect, tuple(sorted(made.to))) == (id_, effect, to)
