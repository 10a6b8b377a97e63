"""Obstacles: where no score is believed, it is said why, and only what is known."""

from collections.abc import Sequence
from math import comb

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cmcore import Act, Approvers, Charter, Label, Rule, Stage, ValidationCircuit, fact
from cmcore.labellers import (
    Calibration,
    Obstacle,
    OutcomeRisk,
    RiskOf,
    Threshold,
    by_function,
    calibrate,
)
from cmcore.strategies import calibrations

FEW = max(5, settings().max_examples // 8)
#: A score, and whether the label is truly yes.
Pair = tuple[float, bool]
DIGITS = by_function("x", lambda act: float(act.text or ""), version="1")
RULE = Rule.permit("p", when=fact("x").is_(False), because="It may.")
CHARTER = Charter(
    "brume",
    labels={"x": Label("flag")},
    circuits=[ValidationCircuit("desk", [Stage(Approvers("role", {"coordinator"}))])],
    default="desk",
    rules=[RULE],
)
pairs = st.lists(st.tuples(st.sampled_from([0.0, 1.0, 2.0]), st.booleans()), max_size=12)


def told(some: Sequence[Pair], name: str = "a") -> list[Act]:
    """Return acts with a score and the label that a person put on them."""
    return [Act(id=f"{name}{n}", text=str(score), labels={"x": truth})
            for n, (score, truth) in enumerate(some)]  # fmt: skip


def promised(acts: Sequence[Act], risk: float, of: RiskOf = RiskOf.ACTS) -> Threshold:
    """Return what is promised of acts that are called no."""
    (found,) = calibrate(DIGITS, acts, risk={"no": risk}, of=of).thresholds
    return found


def outcome(acts: Sequence[Act], risk: float) -> OutcomeRisk:
    """Return what is promised of the decisions of a charter."""
    found = calibrate(DIGITS, acts, risk=risk, charter=CHARTER).outcome
    assert found is not None
    return found


# ----------------------------------------------------------------------------- what is said of all


@given(calibrations())
def test_it_is_said_why_where_no_score_is_believed_and_nowhere_else(found: Calibration) -> None:
    for one in found.thresholds:
        assert (one.obstacle is None) is (one.at is not None or found.outcome is not None)
        assert one.wrong <= min(one.called, one.among)
        assert max(one.called, one.among) <= one.examples
    used = any(one.at is not None for one in found.thresholds)
    if found.outcome is not None:
        assert (found.outcome.obstacle is None) is used


@example([(0.0, True)], RiskOf.ACTS, 0.3)
@example([], RiskOf.TRUTH, 0.3)
@given(pairs, st.sampled_from(RiskOf), st.sampled_from([0.05, 0.3]))
@settings(max_examples=FEW, deadline=None)
def test_as_many_more_as_are_said_would_do(some: list[Pair], of: RiskOf, risk: float) -> None:
    found = promised(told(some), risk, of)
    if found.obstacle not in {Obstacle.FEW, Obstacle.DOUBTFUL}:
        return
    assert found.still_needed is not None
    # none of them wrong: of those that are truly yes, with a score that is called so last
    right = (min((score for score, _ in some), default=0.0), False)
    more = [right] * found.still_needed if of is RiskOf.ACTS else [(9.0, True)] * found.still_needed
    assert promised([*told(some), *told([*more, right], "b")], risk, of).at is not None


@given(st.integers(0, 40), st.sampled_from([0.05, 0.3]))
@settings(max_examples=FEW, deadline=None)
def test_where_none_is_wrong_one_fewer_would_not_do(count: int, risk: float) -> None:
    found = promised(told([(0.0, False)] * count), risk)
    for more, is_believed in (
        (found.still_needed or 0, True),
        ((found.still_needed or 1) - 1, False),
    ):
        later = promised(told([(0.0, False)] * (count + more)), risk)
        assert (later.at is not None) is is_believed or found.at is not None


@pytest.mark.parametrize("size", [1, 2, 3, 10, 25])
@pytest.mark.parametrize("share", [0.1, 0.3])
def test_errors_that_are_kept_are_seldom_called_too_frequent(size: int, share: float) -> None:
    # not by simulation: however many are wrong, their chance is added up
    chance = sum(
        comb(size, wrong) * share**wrong * (1 - share) ** (size - wrong)
        for wrong in range(size + 1)
        if promised(told([(0.0, True)] * wrong + [(0.0, False)] * (size - wrong)), 0.3).obstacle
        in {Obstacle.WRONG, Obstacle.NEVER}
    )
    assert chance <= 0.05


def test_a_single_error_of_a_single_example_is_not_yet_too_frequent() -> None:
    found = promised(told([(0.0, True)]), 0.01)
    assert found.obstacle is Obstacle.DOUBTFUL
    assert promised(told([(0.0, True)] * 2), 0.01).obstacle is Obstacle.NEVER
    assert promised(told([(0.0, True)] * 9 + [(0.0, False)]), 0.01).obstacle is Obstacle.WRONG


# ------------------------------------------------------------------------------- of the outcome


@example([(0.0, True)] * 3)
@example([])
@example([(0.0, False)])
@given(pairs)
@settings(max_examples=FEW, deadline=None)
def test_of_few_examples_it_is_said_how_many_more_an_outcome_takes(some: list[Pair]) -> None:
    found = outcome(told(some), 0.1)
    assert found.obstacle in {Obstacle.FEW, Obstacle.DOUBTFUL, Obstacle.WRONG}
    if found.obstacle is not Obstacle.WRONG:
        assert found.still_needed is not None
        assert found.still_needed > 0


@pytest.mark.parametrize("count", [0, 1, 2, 7, 20])
def test_as_many_more_as_are_said_make_the_promise_of_an_outcome(count: int) -> None:
    acts = told([(0.0, False)] * count)
    more = outcome(acts, 0.1).still_needed
    assert more is not None
    assert outcome([*acts, *told([(0.0, False)] * more, "b")], 0.1).obstacle is None
    fewer = outcome([*acts, *told([(0.0, False)] * (more - 1), "b")], 0.1)
    assert fewer.still_needed == 1


def test_where_no_act_needs_its_label_nothing_would_be_won() -> None:
    few, many = (outcome(told([(0.0, True)] * count), 0.1) for count in (20, 100))
    assert (few.obstacle, few.still_needed) == (Obstacle.FEW, 38)
    assert (many.obstacle, many.still_needed) == (Obstacle.NEEDLESS, None)


def test_an_outcome_that_no_score_speaks_of_says_so() -> None:
    silent = by_function("x", lambda _: None, version="1")
    found = calibrate(silent, told([(0.0, False)] * 100), risk=0.1, charter=CHARTER)
    assert found.outcome is not None
    assert found.outcome.obstacle is Obstacle.UNSCORED
    unsaid = calibrate(silent, [Act(text="0")], risk=0.1, charter=CHARTER)
    assert unsaid.outcome is not None
    assert unsaid.outcome.obstacle is Obstacle.UNSAID
    none = calibrate(silent, [], risk=0.1, charter=CHARTER).outcome
    assert none is not None
    assert (none.obstacle, none.still_needed) == (Obstacle.FEW, 58)


# -------------------------------------------------------------------------------- how it is said

SAID: dict[str, tuple[list[Act], dict[str, object], str, str]] = {
    "few": (told([(0.0, False)] * 20), {"risk": {"no": 0.01}},
            "about 279 labelled acts more would do",
            "il faudrait encore environ 279 actes étiquetés"),
    "one": (told([(0.0, False)] * 298), {"risk": {"no": 0.01}},
            "about 1 labelled act more would do",
            "il faudrait encore environ 1 acte étiqueté"),
    "few truly": (told([(0.0, True)] * 40), {"risk": {"yes": 0.1}, "of": "truth"},
                  "about 29 more that are truly otherwise would do",
                  "il en faudrait encore environ 29 dont l’étiquette est en vérité l’inverse"),
    "doubtful": (told([(0.0, True), *[(0.0, False)] * 19]), {"risk": {"no": 0.01}},
                 "wrong too often, perhaps by chance: at least 453 labelled acts more",
                 "trop d’erreurs, peut-être par hasard\xa0: au moins 453 actes étiquetés de plus"),
    "wrong": (told([(0.0, True), (0.0, False)] * 20), {"risk": {"no": 0.01}},
              "wrong too often, even at the safest score",
              "trop d’erreurs, même au score le plus sûr"),
    "never": (told([(0.0, False)] * 300), {"risk": 0.02},
              "no example is truly yes", "aucun exemple n’est en vérité un oui"),
    "otherwise": (told([(0.0, False), (0.0, False), (0.0, True)] * 100), {"risk": 0.75},
                  "these scores are called no", "ces scores sont déjà des non"),
    "unsaid": ([Act(id="a", text="0", labels={"z": True})], {"risk": 0.1},
               "no example is labelled",
               "aucun exemple n’est étiqueté"),
    "unscored": ([Act(id="a", text="?", labels={"x": True})], {"risk": 0.1},
                 "no labelled example has a score", "aucun exemple étiqueté n’a de score"),
    "very many": ([], {"risk": 1e-7},
                  "more than 1,000,000 labelled acts",
                  "il faudrait encore plus de 1\u202f000\u202f000 actes étiquetés"),
    "needless": (told([(0.0, True)] * 400), {"risk": 0.1, "charter": CHARTER},
                 "nothing would be won", "il n’y a rien à gagner"),
    "one act": (told([(0.0, True)]), {"risk": 0.1, "charter": CHARTER},
                "laid out on 1 act, tried on 0: 0 may be covered wrongly",
                "préparé sur 1 acte, éprouvé sur 0\xa0: 0 peut être couvert à tort"),
}  # fmt: skip


@pytest.mark.parametrize("case", SAID)
def test_it_is_said_in_both_languages(case: str) -> None:
    acts, options, english, french = SAID[case]
    found = calibrate(DIGITS, acts, **options)  # type: ignore[arg-type]
    assert english in str(found)
    assert french in found.text("fr")
