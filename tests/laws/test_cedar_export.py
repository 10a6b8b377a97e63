"""Cedar out: the policies allow what the charter covers, and nothing that it does not."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

import attrs
import cedarpy
import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cmcore import Act, Charter, Context, Label, Outcome, Rule, fact
from cmcore.base.truth import Truth
from cmcore.charters import BLANK, Case, Example, Scope, Term
from cmcore.charters.meaning.evaluation import gate, judge, rule_truths
from cmcore.charters.meaning.observation import Facts
from cmcore.codec import CedarExport, cedar_context, to_cedar
from cmcore.strategies import cases, charters, complete_acts

from .test_cedar import WORDS

WHO: Final = {"principal": 'User::"ana"', "action": 'Action::"act"', "resource": 'Act::"one"'}
RANK: Final = {outcome: rank for rank, outcome in enumerate(Outcome)}
SAYABLE: Final = (
    *("claim", "pii", "tone", "place", "themes", "kind", "network", "topics", "media", "paid"),
    *("in_reply_to.kind", "in_reply_to.replies", "in_reply_to.age", "text.length", "duration"),
)
LIKELY: Final = charters(vocabulary=WORDS, facts=SAYABLE, max_rules=12, dated=False)
ANY: Final = charters(max_rules=8)
DAY: Final = st.none() | st.dates(date(2025, 1, 1), date(2027, 1, 1))


def asked(made: CedarExport, contexts: Iterable[dict[str, Any]]) -> list[Outcome]:
    """Return the outcomes that Cedar gives."""
    policies = cedarpy.PolicySet.from_str(made.policies)
    effects = [line[9:-2] for line in made.policies.splitlines() if line.startswith("@effect(")]
    answers = cedarpy.is_authorized_batch(
        [{**WHO, "context": one} for one in contexts], policies, "[]"
    )
    found = []
    for answer in answers:
        assert not answer.diagnostics.errors
        why = {effects[int(name.removeprefix("policy"))] for name in answer.diagnostics.reasons}
        denied = Outcome.FORBIDDEN if "forbid" in why else Outcome.EXCEPTION
        found.append(Outcome.COVERED if answer.allowed else denied)
    return found


def is_known(charter: Charter, facts: Facts) -> bool:
    truths = rule_truths(charter, facts, gate(charter, facts))
    return Truth.UNKNOWN not in {truth for _, truth in truths}


class TestAgreement:
    """Where everything can be said, Cedar and the charter say the same."""

    @given(LIKELY, st.data())
    def test_outcomes_agree_whatever_is_unknown(
        self, charter: Charter, data: st.DataObject
    ) -> None:
        many = st.one_of(cases(charter), complete_acts(charter).map(Case))
        drawn = data.draw(st.lists(many, min_size=8, max_size=8))
        made = to_cedar(charter)
        contexts = [cedar_context(charter, one.act, one.context) for one in drawn]
        unsaid = [one for one in made.problems if one.code == "not-in-cedar"]
        event("all said" if not unsaid else "some not said")
        for one, theirs in zip(drawn, asked(made, contexts), strict=True):
            facts = Facts(charter, one.act, one.context)
            ours = judge(charter, facts).outcome
            event(f"{ours}, {'known' if is_known(charter, facts) else 'unknown'}")
            assert (
                theirs is ours
                if not unsaid
                else RANK[theirs] >= RANK[ours] or ours is Outcome.FORBIDDEN
            )


class TestNeverMoreOpen:
    """What cannot be said never lets more through."""

    @given(ANY, st.data(), DAY)
    def test_what_cedar_allows_is_covered(
        self, charter: Charter, data: st.DataObject, day: date | None
    ) -> None:
        made = to_cedar(charter, day)
        drawn = data.draw(st.lists(cases(charter), min_size=4, max_size=4))
        contexts = [cedar_context(charter, one.act, one.context) for one in drawn]
        for one, theirs in zip(drawn, asked(made, contexts), strict=True):
            facts = Facts(charter, one.act, one.context)
            if day is None or facts.day == day:
                ours = judge(charter, facts).outcome
                event(f"{theirs}, ours {ours}")
                assert theirs is not Outcome.COVERED or ours is Outcome.COVERED
                assert theirs is not Outcome.FORBIDDEN or ours is Outcome.FORBIDDEN

    @given(ANY)
    def test_what_is_made_is_valid_by_its_own_schema(self, charter: Charter) -> None:
        made = to_cedar(charter)
        found = cedarpy.validate_policies(made.policies, json.loads(made.schema))
        assert found.validation_passed, (found.errors, made.policies)


def with_examples(charter: Charter, drawn: Iterable[Case], outcomes: Iterable[Outcome]) -> Charter:
    examples = [
        Example(gets, one.act, context=one.context)
        for one, gets in zip(drawn, outcomes, strict=False)
    ]
    return attrs.evolve(charter, examples=examples)


def run_test(made: CedarExport, test: dict[str, Any]) -> None:
    """Do what `cedar run-tests` does with a test, whose policies are named by their `@id`."""
    ids = [json.loads(line[4:-1]) for line in made.policies.splitlines() if line.startswith("@id(")]
    answer = cedarpy.is_authorized(
        test["request"], made.policies, test["entities"], schema=made.schema
    )
    reasons = {ids[int(name.removeprefix("policy"))] for name in answer.diagnostics.reasons}
    assert ("allow" if answer.allowed else "deny") == test["decision"]
    assert len(answer.diagnostics.errors) == test["num_errors"]
    assert set(test["reason"]) <= reasons


class TestTests:
    """The examples of a charter are tests of the policies, and no test is anything else."""

    @given(st.one_of(LIKELY, ANY), st.data(), DAY)
    def test_cedar_decides_each_test_as_it_says(
        self, charter: Charter, data: st.DataObject, day: date | None
    ) -> None:
        drawn = data.draw(st.lists(cases(charter), min_size=4, max_size=4))
        wanted = [
            data.draw(st.sampled_from([judge(charter, Facts(charter, one.act, one.context)).outcome,
                                       *Outcome]))
            for one in drawn
        ]  # fmt: skip
        full = with_examples(charter, drawn, wanted)
        made = to_cedar(full, day)
        tests = json.loads(made.tests)
        for test in tests:
            event(f"{test['decision']}, {'by' if test['reason'] else 'without'} a rule")
            run_test(made, test)
        left = [one.path for one in made.problems if one.code == "example-not-in-cedar"]
        assert len(tests) + len(left) == len(full.examples)

    @given(LIKELY, st.data())
    def test_where_all_is_said_each_example_that_holds_is_a_test(
        self, charter: Charter, data: st.DataObject
    ) -> None:
        drawn = data.draw(st.lists(cases(charter), min_size=4, max_size=4))
        outcomes = [judge(charter, Facts(charter, one.act, one.context)).outcome for one in drawn]
        made = to_cedar(with_examples(charter, drawn, outcomes))
        unsaid = any(one.code == "not-in-cedar" for one in made.problems)
        event("all said" if not unsaid else "some not said")
        tests = json.loads(made.tests)
        if not unsaid:
            allowed = [one is Outcome.COVERED for one in outcomes]
            assert [one["decision"] == "allow" for one in tests] == allowed


#: What the command line of Cedar reads of a test (`UncheckedTestCase`, and its request).
TEST: Final = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "request": {
                "type": "object",
                "properties": {
                    **{key: {"type": "string"} for key in ("principal", "action", "resource")},
                    "context": {"type": "object"},
                },
                "required": ["principal", "action", "resource", "context"],
                "additionalProperties": False,
            },
            "entities": {"type": "array"},
            "decision": {"enum": ["allow", "deny"]},
            "reason": {"type": "array", "items": {"type": "string"}},
            "num_errors": {"type": "integer", "minimum": 0},
        },
        "required": ["request", "entities", "decision", "reason", "num_errors"],
        "additionalProperties": False,
    },
}


def test_tests_are_shaped_as_the_command_line_of_cedar_reads_them() -> None:
    rules = [
        Rule.permit("daily", when=fact("kind").is_("publish"), because="B."),
        Rule.forbid("erased", when=fact("kind").is_("delete"), because="B."),
        Rule.refer("recalls", to="desk", when=WORDY, because="B."),
    ]
    post = Act(id='a "1"', kind="publish", author="ana", text="Hello")
    examples = [
        Example("covered", post, because="Everyday."),
        Example("forbidden", Act(kind="delete"), because="We keep it."),
        Example("exception", Act(), to="desk"),
        Example("exception", post),
    ]
    made = to_cedar(attrs.evolve(BLANK, rules=rules, examples=examples))
    told = json.loads(made.tests)
    Draft202012Validator(TEST).validate(told)
    assert told == [
        {
            "name": "examples[1]: We keep it.",
            "request": {
                "principal": 'User::"author"',
                "action": 'Action::"act"',
                "resource": 'Act::"examples[1]"',
                "context": {"kind": "delete", "not known": []},
            },
            "entities": [],
            "decision": "deny",
            "reason": ["erased"],
            "num_errors": 0,
        },
        {
            "name": "examples[2]",
            "request": {
                "principal": 'User::"author"',
                "action": 'Action::"act"',
                "resource": 'Act::"examples[2]"',
                "context": {"not known": ["kind"]},
            },
            "entities": [],
            "decision": "deny",
            "reason": ["erased in doubt", "recalls"],
            "num_errors": 0,
        },
        {
            "name": "examples[3]",
            "request": {
                "principal": 'User::"ana"',
                "action": 'Action::"act"',
                "resource": 'Act::"a \\"1\\""',
                "context": {"kind": "publish", "not known": []},
            },
            "entities": [],
            "decision": "deny",
            "reason": ["recalls"],
            "num_errors": 0,
        },
    ]
    assert [one.path for one in made.problems] == [("rules", "recalls"), ("examples", 0)]
    for one in told:
        run_test(made, one)


def test_what_is_longer_than_cedar_can_count_is_not_known() -> None:
    rule = Rule.permit("a", when=fact("duration").below(timedelta(days=1)), because="B.")
    charter = BLANK.with_rule(rule)
    assert cedar_context(charter, Act(duration=timedelta.max)) == {"not known": ["duration"]}


WORDY: Final = fact("text").mentions("recall")


@pytest.mark.parametrize(
    ("rule", "said", "unsaid"),
    [
        (Rule.permit("a", when=WORDY, because="B."), "", ["text mentions"]),
        (Rule.refer("a", to="desk", when=WORDY, because="B."), "when { true };", ["text mentions"]),
        (Rule.permit("a", when=~WORDY | fact("paid").is_(True), because="B."),
         'context["paid"] == true', ["text mentions"]),
        (Rule.permit("a", when=fact("recent.any").fewer_than(3, per="day"), because="B."), "",
         ["recent.any fewer than"]),
        (Rule("a", "permit", because="B.", term=Term(since=date(2026, 1, 1))), "", ["term"]),
        (Rule.permit("a", when=fact("hosts").only("a.example"), because="B."), "", ["hosts only"]),
        (Rule.permit("a", because='A "quoted" \\ line\n\u2028'),
         '@because("A \\"quoted\\" \\\\ line\\u{a}\\u{2028}")', []),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_listed(rule: Rule, said: str, unsaid: list[str]) -> None:
    made = to_cedar(BLANK.with_rule(rule))
    assert [problem.params["what"] for problem in made.problems] == unsaid
    assert all(problem.path == ("rules", "a") for problem in made.problems)
    assert said in made.policies
    assert ("permit (" in made.policies) is bool(said and rule.effect == "permit")
    assert all(f"`{one}`" in made.policies for one in unsaid)


def test_what_two_tests_ask_is_listed_once() -> None:
    rule = Rule.permit("a", when=WORDY | fact("text").mentions("fire"), because="B.")
    assert len(to_cedar(BLANK.with_rule(rule)).problems) == 1


def test_a_day_says_which_rules_are_in_force() -> None:
    rule = Rule("a", "permit", because="B.", term=Term(since=date(2026, 1, 1)))
    before, after = (to_cedar(BLANK.with_rule(rule), date(year, 6, 1)) for year in (2025, 2026))
    assert not before.problems + after.problems
    assert ("permit" in before.policies, "permit" in after.policies) == (False, True)


def test_numbers_with_decimals_are_not_said_and_lengths_of_time_are_microseconds() -> None:
    asked_ = fact("score").below(1), fact("duration").below(timedelta(days=1))
    rules = [Rule.permit(f"r{n}", when=one, because="B.") for n, one in enumerate(asked_)]
    charter = Charter("c", rules=rules, circuits=BLANK.circuits, default="desk",
                      labels={"score": Label("number")})  # fmt: skip
    made = to_cedar(charter)
    assert [problem.params["what"] for problem in made.problems] == ["score below"]
    assert 'context["duration"] < 86400000000' in made.policies
    block = Act(kind="block", duration=timedelta(hours=1), labels={"score": 0.5})
    assert cedar_context(charter, block) == {"duration": 3600000000, "not known": []}


def test_what_is_outside_the_scope_is_not_allowed() -> None:
    rule = Rule.permit("a", because="B.")
    scoped = Charter("c", rules=[rule], circuits=BLANK.circuits, default="desk",
                     scope=Scope(networks={"x"}))  # fmt: skip
    given_ = [cedar_context(scoped, Act(network=one), Context()) for one in ("x", "y", None)]
    assert asked(to_cedar(scoped), given_) == [
        Outcome.COVERED, Outcome.EXCEPTION, Outcome.EXCEPTION,
    ]  # fmt: skip
