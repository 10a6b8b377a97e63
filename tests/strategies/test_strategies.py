"""The public strategies: valid values for every noun, found by `from_type`."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import cmcore
from cmcore import UNKNOWN, Act, Charter, Context, Effect, InvalidError, Outcome, Rule, decide
from cmcore import strategies as cs
from cmcore.base import Truth
from cmcore.base.language import HINTS, PROBLEMS
from cmcore.base.offers import offered
from cmcore.base.shown import fill, placeholders
from cmcore.charters import Condition, Earlier, Fact, Op, Unreadable, Vocabulary
from cmcore.charters.conditions.condition import tests as asked_by
from cmcore.charters.conditions.facts import Bad, Log
from cmcore.charters.conditions.fit import check
from cmcore.charters.history import Case
from cmcore.charters.meaning.kleene import test_truth as truth_of_test
from cmcore.charters.meaning.observation import Facts
from cmcore.strategies._conditions import USUAL
from cmcore.strategies._reviews import _apart
from cmcore.strategies._verdicts import _param

PUBLIC = offered()

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
FEW = settings(max_examples=min(settings().max_examples, 100))
A_FEW = settings(max_examples=max(6, FEW.max_examples // 6))
TYPES = [
    kind
    for name in PUBLIC
    if isinstance(kind := PUBLIC[name], type) and not issubclass(kind, Exception)
]
MADE = {
    **{name: getattr(cs, name) for name in cs.__all__ if name != "register_all"},
}


def first(strategy: st.SearchStrategy[Any], wanted: Callable[[Any], bool] = lambda _: True) -> Any:  # noqa: ANN401
    """Return the first value drawn that is wanted, as it comes."""
    quick = settings(max_examples=10_000, phases=[Phase.generate], derandomize=True,
                     suppress_health_check=list(HealthCheck))  # fmt: skip
    return find(strategy, wanted, settings=quick)


class TestFromType:
    """`from_type(Charter)` just works, and so it does for every public noun."""

    @pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
    @A_FEW
    @given(data=st.data())
    def test_every_public_type_has_a_strategy(self, kind: type[Any], data: st.DataObject) -> None:
        made = data.draw(st.from_type(kind))
        assert isinstance(made, kind)
        hash(made)

    @FEW
    @given(st.from_type(Condition))  # type: ignore[arg-type]
    def test_a_union_of_nouns_works_too(self, condition: Condition) -> None:
        assert list(asked_by(condition)) == list(asked_by(~~condition))

    @FEW
    @given(st.from_type(Fact))
    def test_a_fact_is_one_that_charters_know(self, fact: Fact) -> None:
        assert USUAL.find(fact.name)

    def test_starting_hypothesis_builds_no_strategy_and_loads_no_policy(self) -> None:
        code = "import hypothesis, sys; print(*sorted(m for m in sys.modules if 'cmcore' in m))"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)  # noqa: S603
        loaded = done.stdout.decode().split()
        assert "cmcore.strategies._registry" in loaded
        policy = ("charters.meaning", "charters.index", "teams.solver", "codec.files", "frames")
        assert not [m for m in loaded if m.startswith(tuple(f"cmcore.{one}" for one in policy))]
        assert "cmcore.strategies._charters" not in loaded


class TestThePackage:
    """Every strategy is a public, documented function of the package."""

    @pytest.mark.parametrize("name", sorted(MADE))
    def test_each_is_documented_and_draws_without_being_told_anything(self, name: str) -> None:
        assert MADE[name].__doc__
        assert first(MADE[name]()) is not None or name == "instants"

    def test_every_public_name_is_there(self) -> None:
        assert dir(cs) == sorted(cs.__all__)
        assert all(callable(getattr(cs, name)) for name in cs.__all__)

    def test_an_unknown_name_is_an_error(self) -> None:
        with pytest.raises(AttributeError, match="no attribute `acta`"):
            cs.acta  # noqa: B018 - looking it up is the test


class TestWhatIsDrawn:
    """What is drawn keeps to what was asked for."""

    @given(cs.charters())
    def test_charters_are_valid_and_their_conditions_checked(self, charter: Charter) -> None:
        for rule in charter.rules:
            check(rule.when, charter.vocabulary)
        assert len(charter.rules) <= 5

    @given(cs.charters(min_rules=1, max_rules=2, dated=False, scoped=False, facts=["paid"]))
    def test_charters_keep_to_their_options(self, charter: Charter) -> None:
        assert 1 <= len(charter.rules) <= 2
        assert all(rule.term.holds(None) is Truth.TRUE for rule in charter.rules)
        assert not list(asked_by(charter.scope.condition()))
        assert {t.fact for rule in charter.rules for t in asked_by(rule.when)} <= {"paid"}

    @given(cs.charters_and_cases(unknowns=False))
    def test_nothing_that_a_charter_reads_is_unknown_in_a_complete_case(
        self, pair: tuple[Charter, Case]
    ) -> None:
        charter, case = pair
        facts = Facts(charter, case.act, case.context)
        for test in (t for rule in charter.rules for t in asked_by(rule.when)):
            reading = facts.read(test.fact)
            assert reading is not UNKNOWN
            assert not isinstance(reading, Bad)
            # logs of acts, whose windows may begin before the record does
            assert truth_of_test(test, facts) is not Truth.UNKNOWN or isinstance(reading, Log)

    @given(cs.charters(), st.data())
    def test_complete_acts_and_contexts_go_together(
        self, charter: Charter, data: st.DataObject
    ) -> None:
        act = data.draw(cs.complete_acts(charter))
        context = data.draw(cs.complete_contexts(charter, at=act.at))
        assert Facts(charter, act, context).day is not None
        assert decide(charter, act, context).outcome in Outcome

    @pytest.mark.parametrize("outcome", list(Outcome))
    def test_every_outcome_comes_up(self, outcome: Outcome) -> None:
        def comes(pair: tuple[Charter, Case]) -> bool:
            return decide(pair[0], pair[1].act, pair[1].context).outcome is outcome

        found = first(cs.charters_and_cases(cs.charters(max_rules=2)), comes)
        assert comes(found)

    @pytest.mark.parametrize("op", list(Op))
    def test_every_op_comes_up(self, op: Op) -> None:
        assert first(cs.tests_(), lambda test: test.op is op).op is op

    def test_ill_typed_labels_come_up_when_they_are_asked_for(self) -> None:
        charter = parse_flag()

        def is_bad(act: Act) -> bool:
            return isinstance(Facts(charter, act, Context()).read("claim"), Bad)

        assert is_bad(first(cs.acts(charter, ill=True), is_bad))

    @given(cs.earlier(at=NOON))
    def test_the_acts_before_come_before(self, before: Earlier) -> None:
        assert all(act.at is None or act.at <= NOON for act in before.acts)

    @given(cs.rules(Vocabulary(), ["one", "two"]))
    def test_rules_refer_to_the_circuits_given(self, rule: Rule) -> None:
        assert rule.to <= {"one", "two"}
        assert bool(rule.to) == (rule.effect is Effect.REFER)

    @given(cs.durations(timedelta(hours=3)))
    def test_durations_begin_at_their_least(self, duration: timedelta) -> None:
        assert duration >= timedelta(hours=3)

    @given(cs.instants())
    def test_instants_are_aware_and_of_our_time(self, at: datetime) -> None:
        assert at.utcoffset() is not None
        assert 1989 <= at.year <= 2040

    @given(cs.histories(unknowns=False, max_size=3))
    def test_histories_are_short_lists_of_rows(self, history: list[Any]) -> None:
        assert len(history) <= 3
        assert all(isinstance(row, Act | Case | Unreadable) for row in history)

    def test_a_fact_that_is_not_there_is_refused(self) -> None:
        with pytest.raises(InvalidError, match="there is no fact `topic`"):
            first(cs.tests_(facts=["topic"]))

    @pytest.mark.parametrize("make", [cs.decisions, cs.audits])
    def test_verdicts_of_one_charter(self, make: Callable[[Charter], Any]) -> None:
        charter = parse_flag()
        assert first(make(charter)).charter == charter.id


def parse_flag() -> Charter:
    """Return a charter that reads one label."""
    charter: Charter = first(cs.charters(vocabulary=Vocabulary({"claim": cmcore.Label("flag")})))
    rule = Rule.permit("one", when=cmcore.fact("claim").is_(True), because="Fine.")
    return charter.with_rule(rule)


def test_what_people_are_called_by_is_told_apart_at_a_glance() -> None:
    assert _apart(["editor", "Editor", "desk"]) == ["Editor", "desk"]


SHOWN = sorted(
    {
        spec
        for sentence in [PROBLEMS[code].message for code in PROBLEMS] + [*HINTS.values()]
        for one in sentence
        for spec in placeholders(one).values()
    }
)


@pytest.mark.parametrize("spec", SHOWN)
@given(data=st.data())
def test_whatever_a_sentence_shows_can_be_drawn_and_is_shown(
    spec: str, data: st.DataObject
) -> None:
    drawn = {"it": data.draw(st.composite(_param)(spec))}
    assert all(fill(f"{{it:{spec}}}", drawn, column) for column in (0, 1))
