"""Forged: what stored data says against itself is refused, and no number costs much to show."""

from collections.abc import Iterator
from typing import Any, Final

import attrs
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from cmcore import (
    Act,
    Approvers,
    Charter,
    Decision,
    InvalidError,
    Label,
    Review,
    Rule,
    Stage,
    ValidationCircuit,
    decide,
    fact,
    hours,
    structure,
    unstructure,
)
from cmcore.base import Truth
from cmcore.charters import Scope
from cmcore.charters.decision import Outcome
from cmcore.reviews import ReviewStatus, Timeline
from cmcore.strategies import decisions, reviews

from .spoiling import changed

HUGE: Final = 10**17
FEW: Final = max(5, settings().max_examples // 10)


def numbers(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - plain data
    """Yield where whole numbers stand."""
    if isinstance(data, dict | list):
        for step, below in data.items() if isinstance(data, dict) else enumerate(data):
            yield from numbers(below, (*path, step))
    elif isinstance(data, int) and not isinstance(data, bool):
        yield path


@pytest.mark.parametrize("kind", [ReviewStatus, Timeline, Decision, Review])
@given(data=st.data())
@settings(max_examples=FEW, suppress_health_check=list(HealthCheck), deadline=None)
def test_a_huge_number_is_refused_or_shown_at_no_cost(kind: type[Any], data: st.DataObject) -> None:
    plain = unstructure(data.draw(st.from_type(kind)))
    for path in numbers(plain):
        try:
            found = structure(changed(plain, path, HUGE), kind)
        except InvalidError:
            continue
        assert len(str(found)) + len(found.text("fr")) < 10**6


@given(decisions(), st.sampled_from(Outcome))
def test_a_decision_says_nothing_against_its_rules(decision: Decision, outcome: Outcome) -> None:
    circuits = decision.circuits or ("desk",)
    for sent in ((), circuits):
        if (outcome, sent) == (decision.outcome, decision.circuits):
            continue
        with pytest.raises(InvalidError) as caught:
            attrs.evolve(decision, outcome=outcome, circuits=sent)
        assert {problem.path[0] for problem in caught.value.problems} <= {"outcome", "circuits"}
    with pytest.raises(InvalidError, match="determining"):
        attrs.evolve(decision, determining=("no such rule",))


TEXT: Final = "Un rappel !"
TOLD: Final = {"tone": "angry", "caption": "A mug", "size": "big", "mood": "odd"}
#: A change of the act that no rule asks about.
LEAVING: Final = {
    "changes": [{"action": "set", "fact": "described", "value": True}],
    "act": {"text": TEXT, "paid": True, "described": True, "labels": TOLD},
}
#: What is said at a place of a decision that is read, and the code of what is wrong with it.
FORGED: Final = [
    (("version",), 0, "bad-version"),
    (("version",), -5, "bad-version"),
    (("charter_digest",), "00", "wrong-value"),
    (("charter_digest",), "G" * 64, "wrong-value"),
    (("circuits",), ["desk", "desk"], "duplicate-id"),
    (("circuits",), ["desk", "other"], "part-against-rules"),
    (("determining",), [], "part-against-rules"),
    (("determining",), ["paid", "paid"], "duplicate-id"),
    (("repair_note",), "no repair", "part-needless"),
    (("rules", 0, "because"), " ", "no-reason"),
    (("rules", 0, "to"), [], "circuit-not-named"),
    (("rules", 1, "rule"), "paid", "duplicate-id"),
    (("rules", 0, "truth"), "false", "rule-against-findings"),
    (("rules", 0, "findings", 0, "truth"), "false", "finding-against-test"),
    (("rules", 0, "findings", 0, "zone"), "Mars", "unknown-zone"),
    (("rules", 0, "findings", 0, "zone"), "Asia/Tokyo", "other-zone"),
    (("rules", 0, "findings", 2, "got"), "a dull rappel", "finding-against-act"),
    (("rules", 0, "findings", 2, "hits"), ["accident"], "hits-against-test"),
    (("act", "text"), "Nothing.", "finding-against-act"),
    (("act", "paid"), False, "finding-against-act"),
    (("act", "labels", "tone"), "calm", "finding-against-act"),
    (("act", "labels", "caption"), "", "finding-against-act"),
    (("act", "labels", "size"), 2, "finding-against-act"),
    (("act", "labels", "mood"), "bad", "finding-against-act"),
    (("repair", "changes"), [], "repair-against-changes"),
    (("repair", "changes", 0, "fact"), "kind", "change-not-made"),
    (("repair", "changes", 0, "fact"), "nothing", "repair-against-changes"),
    (("repair", "changes", 0, "action"), "add", "change-not-made"),
    (("repair", "changes", 0, "value"), True, "change-not-made"),
    (("repair", "act", "paid"), True, "repair-against-changes"),
    (("repair",), LEAVING, "repair-leaves-rule"),
]
FOR_FORGERS: Final = Charter(
    "c",
    labels={
        "tone": Label("symbol"),
        "caption": Label("text"),
        "size": Label("number"),
        "mood": Label("symbol", {"good", "bad"}),
    },
    events={"launch"},
    circuits=[ValidationCircuit("desk", [Stage(Approvers("role", ["boss"]))])],
    default="desk",
    rules=[
        Rule.refer(
            "paid",
            to="desk",
            when=fact("text").mentions("rappel")
            & fact("paid").is_(True)
            & fact("tone").is_("angry")
            & fact("caption.length").above(3),
            because="so",
        ),
        Rule.permit("all", because="so"),
        Rule.permit(
            "new",
            when=fact("since.launch").above(hours(1))
            & fact("size").above(1)
            & fact("mood").is_("good"),
            because="so",
        ),
    ],
)


@pytest.mark.parametrize(("path", "given", "code"), FORGED, ids=str)
def test_a_decision_that_is_read_says_nothing_against_itself(
    path: tuple[Any, ...], given: object, code: str
) -> None:
    act = Act(text=TEXT, paid=True, labels=TOLD)
    decision = decide(FOR_FORGERS, act)
    assert decision.determining == ("paid",)
    written = unstructure(decision)
    assert structure(written, Decision) == decision
    with pytest.raises(InvalidError) as caught:
        structure(changed(written, path, given), Decision)
    assert code in {problem.code for problem in caught.value.problems}
    assert all(problem.path for problem in caught.value.problems)


def test_what_empties_a_fact_has_no_value() -> None:
    rule = Rule.permit("plain", when=fact("topics").none_of("rappel"), because="so")
    written: Any = unstructure(decide(attrs.evolve(FOR_FORGERS, rules=[rule]), Act(text=TEXT)))
    (change,) = written["repair"]["changes"]
    assert change["action"] == "empty"
    assert unstructure(structure(written, Decision)) == written
    with pytest.raises(InvalidError) as caught:
        structure(changed(written, ("repair", "changes", 0, "value"), "x"), Decision)
    assert {problem.path[0] for problem in caught.value.problems} == {"repair"}


def places(data: Any, key: str, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - plain data
    """Yield where findings say `key`."""
    if isinstance(data, dict | list):
        for step, below in data.items() if isinstance(data, dict) else enumerate(data):
            if step == key and "test" in data:
                yield (*path, step)
            yield from places(below, key, (*path, step))


@given(decisions(), st.data())
def test_a_finding_that_is_read_says_what_its_test_finds(
    decision: Decision, data: st.DataObject
) -> None:
    written = unstructure(decision)
    assert structure(written, Decision) == decision
    where = sorted(places(written, "truth"), key=str)
    assume(where)
    path = data.draw(st.sampled_from(where))
    said = {"true", "false", "unknown"} - {repr(pick(decision, path))}
    for forged in sorted(said):
        with pytest.raises(InvalidError) as caught:
            structure(changed(written, path, forged), Decision)
        assert [problem.path for problem in caught.value.problems] == [path]


def pick(thing: Any, path: tuple[Any, ...]) -> Any:  # noqa: ANN401 - whatever stands there
    for step in path:
        thing = thing[step] if isinstance(step, int) else getattr(thing, step)
    return thing


#: Whether its permit is true depends on the scope alone, and does not matter.
SCOPED: Final = Charter(
    "scoped",
    rules=[
        Rule.permit("daily", because="Everyday posts."),
        Rule.refer("all", to="desk", because="The desk sees everything."),
    ],
    circuits=FOR_FORGERS.circuits,
    default="desk",
    scope=Scope(networks={"bluesky"}),
)


@given(decisions())
@example(decide(SCOPED, Act()))
def test_a_rule_is_as_true_as_what_was_found_for_it(decision: Decision) -> None:
    """What is flipped brings another outcome, other determining rules, or is refused itself."""
    for index, rule in enumerate(decision.rules):
        for truth in {*Truth} - {rule.truth}:
            written = changed(unstructure(decision), ("rules", index, "truth"), repr(truth))
            with pytest.raises(InvalidError):
                structure(written, Decision)


@given(reviews())
def test_files_are_known_by_their_digests(review: Review) -> None:
    for odd in ("", "f", "f" * 63, "F" * 64, "g" * 64, "f" * 65):
        with pytest.raises(InvalidError) as caught:
            attrs.evolve(review.opening, files=["f" * 64, odd])
        assert [problem.path for problem in caught.value.problems] == [("files", 1)]


@given(decisions().filter(lambda decision: bool(decision.circuits)))
def test_no_name_in_a_decision_moves_the_cursor(decision: Decision) -> None:
    written = unstructure(decision)
    forged = "x\n\x1b[2J✓ covered"
    for key, told in (("charter", forged), ("circuits", [forged])):
        with pytest.raises(InvalidError, match=key):
            structure({**written, key: told}, Decision)
