"""Earlier acts in the context of an act: their labels are those of the charter."""

import pytest

from cmcore import Act, Charter, InvalidError, parse
from cmcore.charters.context import Earlier
from cmcore.codec import read_case

CHARTER = parse(
    """
charter: town
labels: {tone: [soft, hard], wait: duration}
circuits: {desk: [{ask: {role: editor}}]}
default: desk
""",
    Charter,
)
SINCE = "2026-03-01T08:00+01:00"


def case(*acts: object) -> Earlier | None:
    context = {"earlier": {"acts": [*acts], "since": SINCE}}
    return read_case({"act": {"kind": "publish"}, "context": context}, CHARTER).context.earlier


@pytest.mark.parametrize("labels", [{"tone": "Soft", "wait": "2 h"}])
def test_labels_stand_beside_the_facts_or_under_labels(labels: dict[str, object]) -> None:
    beside, under = case({"at": SINCE, **labels}), case({"at": SINCE, "labels": labels})
    assert beside == under
    assert beside is not None
    assert beside.since is not None
    own = read_case({"at": SINCE, **labels}, CHARTER).act
    assert [*beside.acts] == [own]
    assert isinstance(own, Act)


def test_what_the_charter_does_not_know_is_told_of_each() -> None:
    with pytest.raises(InvalidError) as refused:
        case({"labels": {"tone": "x", "mood": "y"}}, {"kind": 5, "wait": "long"}, 7)
    found = {(problem.code, problem.path[3:]) for problem in refused.value.problems}
    assert found == {
        ("unknown-value", (0, "labels", "tone")),
        ("unknown-fact", (0, "labels", "mood")),
        ("bad-duration", (1, "wait")),
        ("wrong-value", (1, "kind")),
        ("wrong-value", (2,)),
    }


def test_a_label_may_be_known_to_be_nothing() -> None:
    found = case({"tone": "(none)"})
    assert found is not None
    assert found.acts[0].absent == {"tone"}
