"""An outside judge: on charters without unknowns the combiner agrees with Cedar (`cedarpy`)."""

import json
import struct
from collections.abc import Iterable, Sequence
from typing import Any, Final

import attrs
import cedarpy
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from cmcore import (
    Act,
    Approvers,
    Charter,
    Context,
    Effect,
    Label,
    Outcome,
    Rule,
    Stage,
    ValidationCircuit,
    decide,
    fact,
)
from cmcore.base.truth import Truth
from cmcore.charters import Case, Condition, Vocabulary, analyse, contrast
from cmcore.charters.analysis.analysis import Claim
from cmcore.charters.conditions.condition import FactTest, Not, threshold
from cmcore.charters.conditions.condition import tests as asked_by
from cmcore.charters.conditions.operators import Op
from cmcore.charters.meaning.evaluation import gate, judge, rule_truths
from cmcore.charters.meaning.observation import Facts
from cmcore.strategies import charters, complete_acts

MANY = settings(max_examples=min(2 * settings().max_examples, 20_000))
WORDS: Final = Vocabulary(
    {
        "claim": Label("flag"),
        "pii": Label("flag"),
        "tone": Label("symbol", {"calm", "angry", "ironic"}),
        "place": Label("symbol"),
        "themes": Label("symbols"),
        "risk": Label("number"),
        "reach": Label("number"),
    }
)
FACTS: Final = (*WORDS.labels, "kind", "network", "topics", "media", "paid")


def without_patterns(charter: Charter) -> Charter:
    """Leave out the rules that match a pattern: Cedar has none."""
    asked = {rule.id: [test.op for test in asked_by(rule.when)] for rule in charter.rules}
    patterns = {Op.MATCHES, Op.ALL_MATCH}
    return charter.without_rule(
        *(id_ for id_, ops in asked.items() if not patterns.isdisjoint(ops))
    )


RANDOM: Final = charters(
    vocabulary=WORDS, facts=FACTS, min_rules=1, max_rules=50, dated=False, scoped=False
).map(without_patterns)
SCOPE: Final = "(principal, action, resource)"
WHO: Final = {"principal": 'User::"team"', "action": 'Action::"act"', "resource": 'Act::"one"'}

#: op -> how Cedar asks it of an attribute that is there; `{w}` is wanted, `{g}` is got.
CEDAR: Final = {
    Op.IS: "{g} == {w}",
    Op.ONE_OF: "{w}.contains({g})",
    Op.ANY_OF: "{g}.containsAny({w})",
    Op.ALL_OF: "{g}.containsAll({w})",
    Op.ONLY: "{w}.containsAll({g})",
    Op.BELOW: "{g} < {w}",
    Op.AT_MOST: "{g} <= {w}",
    Op.AT_LEAST: "{g} >= {w}",
    Op.ABOVE: "{g} > {w}",
}
_TYPES: Final = {name: spec.type for name in FACTS if (spec := WORDS.find(name))}


def whole(number: float) -> int:
    """Return the place of a number among all floats: Cedar knows whole numbers only."""
    assume(number == float(number))  # what no float holds would stand where another does
    place = int.from_bytes(struct.pack(">d", abs(number)), "big")
    return place if number > 0 else -place


def literal(thing: object) -> str:
    if isinstance(thing, frozenset):
        return f"[{', '.join(map(literal, sorted(thing)))}]"
    if isinstance(thing, int | float) and not isinstance(thing, bool):
        return str(whole(thing))
    return json.dumps(thing)


def asked(test: FactTest) -> str:
    """Return a test in Cedar; a missing attribute is a fact known to have no value."""
    got, has = f'context["{test.fact}"]', f'context has "{test.fact}"'
    want: Any = test.operand
    if test.op is Op.PRESENT:
        return has if want else f"!({has})"
    if test.op is Op.NONE_OF:
        many = str(_TYPES[test.fact]) == "symbols"
        some = "{g}.containsAny({w})" if many else "{w}.contains({g})"
        return f"!({has} && {some.format(g=got, w=literal(want))})"
    if test.op is Op.BETWEEN:
        return f"({has} && {got} >= {literal(want.low)} && {got} <= {literal(want.high)})"
    question = CEDAR[test.op].format(g=got, w=literal(want))
    return f"(!({has}) || {question})" if test.op is Op.ONLY else f"({has} && {question})"


def translated(condition: Condition) -> str:
    if isinstance(condition, FactTest):
        return asked(condition)
    if isinstance(condition, Not):
        return f"!({translated(condition.of)})"
    count, parts = threshold(condition)
    ones = [f"(if {translated(part)} then 1 else 0)" for part in parts]
    return f"({' + '.join(['0', *ones])}) >= {count}"


def policy(effect: str, rule: Rule) -> str:
    return f"{effect}{SCOPE} when {{ {translated(rule.when)} }};"


class Judge:
    """Cedar, with one policy for each rule, in the order of the rules."""

    def __init__(self, rules: Iterable[tuple[str, Rule]], *blanket: str) -> None:
        given = list(rules)
        written = [policy(effect, rule) for effect, rule in given] + list(blanket)
        self.policies = cedarpy.PolicySet.from_str("\n".join(written))
        self.ids = [rule.id for _, rule in given] + ["blanket"] * len(blanket)

    def __call__(self, contexts: list[dict[str, Any]]) -> list[tuple[bool, set[str]]]:
        requests = [{**WHO, "context": context} for context in contexts]
        answers = cedarpy.is_authorized_batch(requests, self.policies, "[]")
        assert not [answer.diagnostics.errors for answer in answers if answer.diagnostics.errors]
        return [(answer.allowed, self._named(answer.diagnostics.reasons)) for answer in answers]

    def _named(self, policies: Iterable[str]) -> set[str]:
        return {self.ids[int(name.removeprefix("policy"))] for name in policies}


def facts_of(charter: Charter, act: Act) -> dict[str, Any]:
    """Return what Cedar is told of an act: everything that is read, and has a value."""
    told: dict[str, Any] = {}
    for name in FACTS:
        value = Facts(charter, act, Context()).read(name)
        if isinstance(value, bool | str):
            told[name] = value
        elif isinstance(value, int | float):
            told[name] = whole(value)
        elif isinstance(value, frozenset):
            told[name] = sorted(value)
    return told


def cedar(charter: Charter, told: list[dict[str, Any]]) -> list[tuple[Outcome, set[str]]]:
    """Return the outcome and the determining rules, as Cedar has them from two runs.

    First, forbids against a blanket permit: forbidden or not. Then permits, against forbids and
    refers which all forbid: covered or not.
    """
    forbids = [rule for rule in charter.rules if rule.effect is Effect.FORBID]
    first = Judge([("forbid", rule) for rule in forbids], f"permit{SCOPE};")
    effects = {Effect.PERMIT: "permit", Effect.REFER: "forbid", Effect.FORBID: "forbid"}
    second = Judge([(effects[rule.effect], rule) for rule in charter.rules])
    return [
        (Outcome.FORBIDDEN, why)
        if not may
        else (Outcome.COVERED if out else Outcome.EXCEPTION, determining)
        for (may, why), (out, determining) in zip(first(told), second(told), strict=True)
    ]


class TestCedar:
    """On charters without unknowns the combiner must agree with Cedar."""

    @MANY
    @given(RANDOM, st.data())
    def test_outcomes_and_determining_rules_agree(
        self, charter: Charter, data: st.DataObject
    ) -> None:
        # an act drawn without unknowns may still leave out what no rule reads
        acts = data.draw(st.lists(complete_acts(charter), min_size=12, max_size=12))
        judged = cedar(charter, [facts_of(charter, act) for act in acts])
        for act, (outcome, determining) in zip(acts, judged, strict=True):
            ours = judge(charter, Facts(charter, act, Context()))
            event(outcome)
            assert (ours.outcome, set(ours.determining)) == (outcome, determining)


#: Charters small enough to be analysed again and again.
SMALL: Final = charters(
    vocabulary=WORDS, facts=FACTS, min_rules=1, max_rules=6, dated=False, scoped=False
).map(without_patterns)
FEW: Final = settings(max_examples=max(settings().max_examples // 3, 10))


def refutes(charter: Charter, claim: Claim, judged: tuple[Outcome, set[str]]) -> bool:
    """Return whether a claim is refuted by what Cedar says of an act."""
    outcome, determining = judged
    if claim.code == "covers nothing":
        return outcome is Outcome.COVERED
    if claim.code == "never decides":
        return claim.about in determining
    asked = [charter.rule(rule).sent_to(charter.default) for rule in determining]
    circuits = frozenset[str]().union(*(asked or [frozenset({charter.default})]))
    return outcome is Outcome.EXCEPTION and claim.about in circuits


class TestAnalysis:
    """What is claimed of a charter, by Cedar's judgement."""

    @FEW
    @given(SMALL, st.data())
    def test_each_witness_is_one_and_no_act_refutes_what_is_proven(
        self, charter: Charter, data: st.DataObject
    ) -> None:
        assume(charter.rules)
        codes = {"covers nothing", "never decides", "not reached"}
        claims = [claim for claim in analyse(charter).claims if claim.code in codes]
        drawn = data.draw(st.lists(complete_acts(charter), min_size=4, max_size=4))
        acts = cedar(charter, [facts_of(charter, act) for act in drawn])
        for claim in claims:
            if claim.witness:
                facts = Facts(charter, claim.witness.act, claim.witness.context)
                known = rule_truths(charter, facts, gate(charter, facts))
                if Truth.UNKNOWN not in {truth for _, truth in known}:
                    (judged,) = cedar(charter, [facts_of(charter, claim.witness.act)])
                    event(f"witness of {claim.code}")
                    assert refutes(charter, claim, judged)
            elif claim.holds is Truth.TRUE:
                event(f"proven: {claim.code}")
                assert not any(refutes(charter, claim, judged) for judged in acts)

    @FEW
    @given(SMALL, SMALL, st.data())
    def test_of_two_charters_it_judges_as_cedar_does(
        self, before: Charter, other: Charter, data: st.DataObject
    ) -> None:
        assume(before.rules)
        assume(other.rules)
        gone = data.draw(st.sets(st.sampled_from([rule.id for rule in before.rules]), max_size=2))
        more = [attrs.evolve(one, id=f"{one.id}-too", to=before.default if one.to else None)
                for one in other.rules[: data.draw(st.integers(0, 2))]]  # fmt: skip
        after = before.without_rule(*gone).with_rule(*more)
        assume(after.rules)
        found = contrast(before, after)
        acts = data.draw(st.lists(complete_acts(before.with_rule(*more)), min_size=4, max_size=4))
        ranks = {outcome: rank for rank, outcome in enumerate(Outcome)}

        def ranked(some: Sequence[Act]) -> list[tuple[int, int]]:
            judged = [cedar(one, [facts_of(one, act) for act in some]) for one in (before, after)]
            return [(ranks[old[0]], ranks[new[0]]) for old, new in zip(*judged, strict=True)]

        event(f"no more open: {found.no_more_open}; no less: {found.no_less_open}")
        for old, new in ranked(acts):
            assert found.no_more_open is not Truth.TRUE or new >= old
            assert found.no_less_open is not Truth.TRUE or new <= old
        for one in found.differences:
            case = one.changed.case if one.changed else None
            if case and one.way in {"opens", "closes"} and is_known(case, before, after):
                ((old, new),) = ranked([case.act])
                assert (new < old) is (one.way == "opens")
                assert new != old


def is_known(case: Case, *charters: Charter) -> bool:
    """Return whether no rule is in doubt of an act."""
    held = [Facts(charter, case.act, case.context) for charter in charters]
    known = [
        truth
        for charter, facts in zip(charters, held, strict=True)
        for _, truth in rule_truths(charter, facts, gate(charter, facts))
    ]
    return Truth.UNKNOWN not in known


CRISIS: Final = Charter(
    "crisis",
    rules=[
        Rule.permit("all", because="Everyday posts."),
        Rule.forbid("crisis", when=fact("mood").one_of("crisis", "troll"), because="Silence."),
    ],
    circuits=[ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])],
    default="desk",
    labels={"mood": Label("symbol")},
)
#: `in` is for entities, and fails on a string: an easy slip.
FAILING: Final = f"""
permit{SCOPE};
forbid{SCOPE} when {{ context.mood in ["crisis", "troll"] }};
"""


class TestWhereCedarLetsTheActOut:
    """Where Cedar skips a failing forbid and lets the act out, we must not."""

    def test_cedar_allows_what_its_failing_forbid_was_meant_for(self) -> None:
        answer = cedarpy.is_authorized({**WHO, "context": {"mood": "crisis"}}, FAILING, "[]")
        assert answer.allowed
        assert len(answer.diagnostics.errors) == 1

    def test_a_forbid_that_works_is_heard_by_both(self) -> None:
        assert decide(CRISIS, Act(labels={"mood": "crisis"})).outcome is Outcome.FORBIDDEN
        assert decide(CRISIS, Act(labels={"mood": "calm"})).outcome is Outcome.COVERED

    def test_an_ill_typed_fact_makes_the_act_an_exception_that_says_so(self) -> None:
        decision = decide(CRISIS, Act(labels={"mood": ["crisis"]}))
        assert decision.outcome is Outcome.EXCEPTION
        assert decision.circuits == ("desk",)
        assert decision.determining == ("crisis",)
        (found,) = [found for found in decision.rules if found.rule == "crisis"]
        assert found.facts == ("mood",)
        assert "cannot tell whether `crisis` forbids this: `mood` unknown" in decision.text()
        french = "impossible de dire si `crisis` l’interdit\xa0: `mood` inconnu"
        assert french in decision.text("fr")

    def test_so_does_a_missing_fact(self) -> None:
        decision = decide(CRISIS, Act())
        assert decision.outcome is Outcome.EXCEPTION
        assert decision.determining == ("crisis",)
        assert "cannot tell whether `crisis` forbids this: `mood` unknown" in decision.text()
