from collections.abc import Callable
from datetime import date, timedelta
from itertools import permutations
from typing import Any, TypeAlias

import pytest
from hypothesis import given

from cmcore.base.errors import InvalidError
from cmcore.charters.charter import USUAL_TARGET, Approval, Charter
from cmcore.charters.conditions.condition import All, FactTest, any_of
from cmcore.charters.conditions.fact import fact
from cmcore.charters.conditions.facts import FactType, Label
from cmcore.charters.conditions.operands import Rate
from cmcore.charters.conditions.operators import Op
from cmcore.charters.rule import Rule
from cmcore.charters.scope import Scope, Volume
from cmcore.circuits.approvers import Approvers, Source
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.stage import Stage
from cmcore.strategies import charters

Data: TypeAlias = Any
HOUR = timedelta(hours=1)
DESK = ValidationCircuit("desk", [Stage(Approvers(Source.ROLE, {"editor"}))])
CRISIS = ValidationCircuit("crisis", [Stage(Approvers(Source.ROLE, {"boss"}))])
DAILY = Rule.permit("daily", when=fact("kind").is_("publish"), because="Everyday.")
ANGRY = Rule.refer("angry", to="crisis", when=fact("tone").is_("angry"), because="Two see it.")


def charter(**given_: Data) -> Charter:
    usual: dict[str, Any] = {
        "id": "airline",
        "rules": [DAILY, ANGRY],
        "circuits": [DESK, CRISIS],
        "default": "desk",
        "labels": {"tone": Label(FactType.SYMBOL, {"calm", "angry"})},
    }
    return Charter(**{**usual, **given_})


def test_a_charter_has_its_usual_parts() -> None:
    made = Charter("a", circuits=[DESK], default="desk")
    assert (made.rules, made.version, made.zone, made.title) == ((), 1, "UTC", "")
    assert made.target == USUAL_TARGET
    assert made.scope == Scope()
    assert made.approval is None
    assert made.review_by is None


def test_the_order_of_circuits_means_nothing() -> None:
    assert charter() == charter(circuits=[CRISIS, DESK])
    assert hash(charter()) == hash(charter(circuits=[CRISIS, DESK]))


def test_rules_and_circuits_are_found_by_id() -> None:
    made = charter()
    assert made.rule("angry") is ANGRY
    assert made.circuit("crisis") is CRISIS
    for find in (made.rule, made.circuit):
        with pytest.raises(KeyError, match="`nope`"):
            find("nope")


def test_a_rule_is_put_in_its_place_or_added() -> None:
    made = charter()
    other = Rule.forbid("daily", because="No more.")
    fresh = Rule.permit("new", because="So.")
    assert made.with_rule(other, fresh).rules == (other, ANGRY, fresh)
    assert made.with_rule(DAILY) == made
    assert made.with_rule() == made
    assert made.rules == (DAILY, ANGRY)


@given(charters())
def test_a_rule_taken_away_and_put_back_changes_only_the_order(made: Charter) -> None:
    ids = [rule.id for rule in made.rules]
    assert made.without_rule(*ids).rules == ()
    for rule in made.rules:
        less = made.without_rule(rule.id)
        assert rule not in less.rules
        assert set(less.with_rule(rule).rules) == set(made.rules)
        assert made.with_rule(rule) == made


def test_what_a_charter_looks_back_at_is_its_longest_window() -> None:
    rate = Rule.permit("a", when=fact("recent.any").fewer_than(3, within=HOUR), because="x")
    quiet = Rule.permit("b", when=~fact("recent.any").at_least_since(3 * HOUR), because="x")
    assert charter().lookback == timedelta(0)
    assert charter(rules=[rate]).lookback == HOUR
    assert charter(rules=[rate, quiet]).lookback == 3 * HOUR
    assert charter(rules=[rate], scope=Scope(volume=[Volume(1, 9 * HOUR)])).lookback == 9 * HOUR


@pytest.mark.parametrize(
    ("given_", "path", "message", "hint"),
    [
        (
            {"id": ""},
            ("charter",),
            "`` cannot be an id",
            "1 to 200 printable characters, no spaces at either end",
        ),
        (
            {"target": 95},
            ("target",),
            "`95` is not a share",
            "write a number from 0 to 1",
        ),
        (
            {"target": -0.1},
            ("target",),
            "`-0.1` is not a share",
            "write a number from 0 to 1",
        ),
        (
            {"target": float("nan")},
            ("target",),
            "`nan` is not a share",
            "write a number from 0 to 1",
        ),
        ({"version": 0}, ("version",), "there is no version `0`", "count versions from 1"),
        (
            {"zone": "Europe/Pari"},
            ("zone",),
            "`Europe/Pari` is not a known time zone",
            "did you mean",
        ),
        (
            {"default": "dsk"},
            ("default",),
            "no circuit is called `dsk`",
            "did you mean `desk`?",
        ),
        (
            {"default": "zzz"},
            ("default",),
            "no circuit is called `zzz`",
            "one of `crisis`, `desk`",
        ),
        (
            {"circuits": [DESK], "rules": [ANGRY]},
            ("rules", 0, "to"),
            "no circuit is called `crisis`",
            "one of `desk`",
        ),
        (
            {"circuits": [DESK, CRISIS, DESK]},
            ("circuits", "desk"),
            "the id `desk` is used more than once",
            "give each an id of its own",
        ),
        (
            {"rules": [DAILY, ANGRY, DAILY]},
            ("rules", 2),
            "the id `daily` is used more than once",
            "rules[0] has it already",
        ),
        ({"labels": {}}, ("rules", 1, "when", "tone"), "there is no fact `tone`", "declare it"),
        (
            {"labels": {"tone": Label(FactType.SYMBOL, {"calm"})}},
            ("rules", 1, "when", "tone", "is"),
            "`tone` is never `angry`",
            "one of `calm`",
        ),
        (
            {"events": ["a.b"]},
            ("events",),
            "`a.b` cannot be a name",
            "a name starts with a letter",
        ),
    ],
    ids=lambda item: str(item)[:40] if isinstance(item, dict) else None,
)
def test_a_charter_that_makes_no_sense_is_refused(
    given_: dict[str, Any], path: tuple[Any, ...], message: str, hint: str
) -> None:
    with pytest.raises(InvalidError) as caught:
        charter(**given_)
    (problem,) = caught.value.problems
    assert (problem.path, problem.message) == (path, message)
    assert problem.hint is not None
    assert problem.hint.startswith(hint)


def test_a_charter_tells_everything_that_is_wrong_with_it() -> None:
    with pytest.raises(InvalidError) as caught:
        Charter("", rules=[ANGRY, ANGRY], circuits=[], default="x", version=0, target=2, zone="?")
    found = [problem.path for problem in caught.value.problems]
    assert found == [
        ("charter",),
        ("zone",),
        ("target",),
        ("version",),
        ("circuits",),
        ("rules", 0, "when", "tone"),
        ("rules", 1),
        ("rules", 1, "when", "tone"),
    ]
    none = caught.value.problems[4]
    assert none.message == "the charter has no circuit"


def test_a_scope_is_a_condition() -> None:
    assert Scope().condition() == All(())
    scope = Scope({"bluesky"}, [Volume(3, HOUR), Volume(1, HOUR, "reply")])
    assert scope.condition() == All(
        (
            FactTest("network", Op.ONE_OF, frozenset({"bluesky"})),
            FactTest("recent.any", Op.FEWER_THAN, Rate(3, HOUR)),
            any_of(
                ~FactTest("kind", Op.IS, "reply"),
                FactTest("recent.reply", Op.FEWER_THAN, Rate(1, HOUR)),
            ),
        )
    )
    assert [name for name, _ in scope.parts()] == ["networks", "volume.any", "volume.reply"]
    orders = permutations([Volume(3, HOUR), Volume(1, HOUR, "reply")])
    assert len({Scope(None, order).condition() for order in orders}) == 1


@pytest.mark.parametrize(
    ("make", "path", "message"),
    [
        (lambda: Scope(networks=[]), ("networks",), "`networks` is empty"),
        (lambda: Approval(()), (), "no approver is named"),
        (lambda: Volume(-1, HOUR), (), "`-1` is not a valid number here"),
        (lambda: Volume(1, 0 * HOUR), (), "`0 s` is not a duration above zero"),
        (lambda: Volume(1, HOUR, 3), ("kind",), "`3` is not text"),  # type: ignore[arg-type]
    ],
    ids=["scope", "approval", "count", "window", "no kind"],
)
def test_a_part_that_makes_no_sense_is_refused(
    make: Callable[[], object], path: tuple[Any, ...], message: str
) -> None:
    with pytest.raises(InvalidError) as caught:
        make()
    (problem,) = caught.value.problems
    assert (problem.path, problem.message) == (path, message)
    assert problem.hint or path == ("kind",)


@pytest.mark.parametrize(("kind", "hint"), [("publsh", "did you mean `publish`?"), ("zzz", None)])
def test_a_volume_is_of_a_kind_of_act_or_of_a_count(kind: str, hint: str | None) -> None:
    counts = {"posts": FactTest("kind", Op.ONE_OF, frozenset({"publish", "quote"}))}
    right = charter(counts=counts, scope=Scope(volume=[Volume(1, "week", "posts")]))
    assert right.lookback == timedelta(days=8)
    with pytest.raises(InvalidError) as caught:
        charter(counts=counts, scope=Scope(volume=[Volume(1, HOUR, kind)]))
    (problem,) = caught.value.problems
    assert problem.path == ("scope", "volume", kind)
    assert problem.message == f"there is no kind of act `{kind}`"
    assert problem.hint == hint if hint else "`posts`" in str(problem.hint)


def test_an_approval_is_by_somebody() -> None:
    made = Approval(["Ann", "Bob", "Ann"], date(2026, 1, 31))
    assert made == Approval({"Ann", "Bob"}, date(2026, 1, 31))


SHOWN = """\
The airline's charter
  permit  daily  Everyday.
  refer   angry  Two see it. → crisis
  (The airline's charter, version 1; target 95.0%; otherwise desk decides)"""


def test_a_charter_shows_itself() -> None:
    assert str(charter(title="The airline's charter")) == SHOWN
    assert charter().view("fr").title == "airline"
    assert "renvoie" in charter().text("fr")


@pytest.mark.parametrize("word", ["all", "Any", "*", "none", "tous", "N/A"])
def test_what_stands_for_any_network_or_none_is_no_network(word: str) -> None:
    with pytest.raises(InvalidError) as caught:
        Scope([word, "bluesky"])
    assert [one.path for one in caught.value.problems] == [("networks",)]
    assert caught.value.problems[0].hint
