"""Risks: one for all, one for each side, or one for each label."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act, Approvers, Charter, InvalidError, Label, Stage, ValidationCircuit
from cmcore.labellers import by_function, by_several, calibrate

NAMES = ("claim", "promise")
TWO = by_several(
    by_function("claim", lambda act: int((act.text or "")[0]), version="1"),
    by_function("promise", lambda act: int((act.text or "")[1]), version="1"),
)
ACTS = [
    Act(id=f"{n}", text=f"{n % 2}{n % 3}", labels={"claim": n % 2 == 1, "promise": n % 3 == 2})
    for n in range(300)
]
shares = st.sampled_from([0.01, 0.05, 0.2])
sides = shares | st.dictionaries(st.sampled_from(["no", "yes"]), shares, min_size=1)


@given(sides | st.dictionaries(st.sampled_from(NAMES), sides, min_size=1))
def test_each_label_and_side_has_the_risk_that_it_is_given(risk: Any) -> None:  # noqa: ANN401 - drawn
    found = calibrate(TWO, ACTS, risk=risk)
    of_labels = isinstance(risk, Mapping) and not {"no", "yes"} & risk.keys()
    each = risk if of_labels else dict.fromkeys(NAMES, risk)
    expected = {
        (label, says): one if isinstance(one, float) else one[word]
        for label, one in each.items()
        for word, says in (("no", False), ("yes", True))
        if isinstance(one, float) or word in one
    }
    assert {(one.label, one.says): one.risk for one in found.thresholds} == expected


def test_promises_that_are_not_made_spend_no_chance() -> None:
    # 59 examples show 5 % of one promise, 72 of two
    few = ACTS[:60]
    only = calibrate(TWO, few, risk={"claim": {"no": 0.05}})
    both = calibrate(TWO, few, risk={"claim": {"no": 0.05}, "promise": {"yes": 0.05}})
    assert [one.at for one in only.thresholds] == [0.0]
    assert [one.at for one in both.thresholds] == [None, None]


CHARTER = Charter(
    "brume",
    labels={name: Label("flag") for name in NAMES},
    circuits=[ValidationCircuit("desk", [Stage(Approvers("role", {"coordinator"}))])],
    default="desk",
)
ALONE = ("a promise about the outcome of a charter has one risk, of all acts together (give one "
         "number as the risk, and ask for nothing else)")  # fmt: skip


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"risk": True}, ["risk: expected `Mapping` or `float` or `int`, not `bool`"]),
        ({"risk": "0.02"}, ["risk: expected `Mapping` or `float` or `int`, not `str`"]),
        ({"risk": {False: 0.1}}, ["risk: `False` is not text"]),
        ({"risk": 2, "confidence": 0},
         ["risk: `2` is not a share (above 0, below 1)",
          "confidence: `0` is not a share (above 0, below 1)"]),
        ({"risk": {}}, ["risk: `risk` is empty (name at least one)"]),
        ({"risk": {"claim": {}}}, ["risk.claim: `risk` is empty (name at least one)"]),
        ({"risk": {"no": 1.5, "yess": 0.1}},
         ["risk.no: `1.5` is not a share (above 0, below 1)",
          "risk: `yess` is not a valid choice (did you mean `yes`?)"]),
        ({"risk": {"clam": 0.1, "promise": {"maybe": 0.1}}},
         ["risk: `clam` is not a valid choice (did you mean `claim`?)",
          "risk.promise: `maybe` is not a valid choice (one of `no`, `yes`)"]),
        ({"risk": {"no": 0.1}, "of": "truth", "by": "network", "charter": CHARTER},
         [f"risk: {ALONE}", f"of: {ALONE}", f"by: {ALONE}"]),
        ({"risk": 0.1, "by": "network", "charter": CHARTER}, [f"by: {ALONE}"]),
    ],
)  # fmt: skip
def test_what_cannot_be_a_risk_is_told_all_at_once(
    options: dict[str, Any], said: list[str]
) -> None:
    with pytest.raises(InvalidError) as failure:
        calibrate(TWO, [], **options)
    assert [one.text() for one in failure.value.problems] == said
