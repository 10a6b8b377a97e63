"""Failures: a labeller that fails is told from one that has nothing to say."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import cast

import attrs
import pytest

from cmcore import (
    Act,
    Approvers,
    Charter,
    InvalidError,
    Label,
    Rule,
    Stage,
    ValidationCircuit,
    fact,
)
from cmcore.labellers import (
    Labeller,
    Scores,
    audit_labelled,
    by_answers,
    by_function,
    by_several,
    by_words,
    calibrate,
    score,
    watch,
)

CHARTER = Charter(
    "brume",
    labels={"x": Label("flag")},
    circuits=[ValidationCircuit("desk", [Stage(Approvers("role", {"coordinator"}))])],
    default="desk",
    rules=[Rule.permit("p", when=fact("x").is_(False), because="It may.")],
)
DIGITS = by_function("x", lambda act: int(act.text or ""), version="1")
WORDS = by_words("y", ["fog"], version="1")
ACTS = [Act(id=f"{n}", text="0" if n % 4 else "?", labels={"x": False}) for n in range(200)]


def raising(*_: object) -> float:
    """Fail, as a service that is down does."""
    raise ConnectionError


def answering(answer: object) -> Labeller:
    """Return a labeller that gives something as the score of each act."""

    def ask(acts: Sequence[Act]) -> list[Mapping[str, object]]:
        return [{"x": answer} for _ in acts]

    return by_answers(["x"], ask, name="model", version="1")


@pytest.mark.parametrize(
    ("labeller", "scores", "failure"),
    [
        (by_function("x", raising, version="1"), {}, "ConnectionError"),
        (by_answers(["x"], raising, name="x", version="1"), {}, "ConnectionError"),  # type: ignore[arg-type]
        (by_answers(["x"], lambda _: [], name="x", version="1"), {}, "ValueError"),
        (by_several(by_function("x", raising, version="1"), WORDS), {"y": 1.0}, "ConnectionError"),
        (by_several(WORDS, by_function("x", raising, version="1")), {"y": 1.0}, "ConnectionError"),
        (by_function("x", lambda _: None, version="1"), {}, None),
        (answering(None), {}, None),
        (answering("0.9"), {}, "ValueError"),
        (answering(float("nan")), {}, "ValueError"),
        (answering(object()), {}, "ValueError"),
        (answering(1), {"x": 1.0}, None),
        (DIGITS, {}, "ValueError"),
    ],
)
def test_scores_say_why_there_is_none(
    labeller: Labeller, scores: dict[str, float], failure: str | None
) -> None:
    (found,) = score(labeller, [Act(text="fog")])
    assert found == Scores(labeller.name, labeller.version, scores, failure)


def test_it_is_said_how_often_and_why_a_labeller_failed() -> None:
    found = calibrate(DIGITS, ACTS, risk={"no": 0.05})
    seen = watch(found, DIGITS, ACTS)
    audited = audit_labelled(CHARTER, ACTS, DIGITS, found)
    for one in (found, seen, audited):
        assert one.failures == {"ValueError": 50}
        assert "the labeller failed for 50 of 200 acts: ValueError (50)" in one.text()
        assert "l’étiqueteur a échoué sur 50 actes sur 200\xa0: ValueError (50)" in one.text("fr")
    good = [act for act in ACTS if act.text == "0"]
    for fine in (calibrate(DIGITS, good, risk=0.05), watch(found, DIGITS, good)):
        assert not fine.failures
        assert "failed" not in fine.text()


def test_a_labeller_that_always_fails_does_not_look_like_too_few_examples() -> None:
    down = by_function("x", raising, version="1")
    for options in ({}, {"charter": CHARTER}):
        told = str(calibrate(down, ACTS, risk=0.05, **options))  # type: ignore[arg-type]
        assert "the labeller failed for 200 of 200 acts: ConnectionError (200)" in told
        assert "no labelled example has a score" in told
        assert "more would do" not in told


def test_what_fails_most_comes_first_and_one_act_is_one() -> None:
    texts = iter([*"ab", "c"])
    odd = by_function("x", lambda _: {"a": 1, "b": 2}[next(texts)] / 0, version="1")
    found = calibrate(odd, ACTS[:3], risk=0.05)
    assert "for 3 of 3 acts: ZeroDivisionError (2); KeyError (1)" in str(found)
    assert "sur 1 acte sur 1" in calibrate(DIGITS, ACTS[:1], risk=0.05).text("fr")


def bad(values: Callable[[], object]) -> str:
    """Return why values cannot be."""
    with pytest.raises(InvalidError) as failure:
        values()
    return failure.value.problems[0].text()


def test_impossible_counts_of_failures_are_refused() -> None:
    found = calibrate(DIGITS, ACTS, risk={"no": 0.05})
    for one in (found, watch(found, DIGITS, ACTS), audit_labelled(CHARTER, ACTS, DIGITS, found)):
        for count in (0, 999, -1):
            failures = {"OSError": count}
            assert "failures.OSError" in bad(partial(attrs.evolve, one, failures=failures))


def test_a_charter_that_declares_no_label_of_the_labeller_is_refused() -> None:
    other = attrs.evolve(CHARTER, labels={"price": Label("flag")}, rules=[])
    named = by_words("prise", ["euro*"], version="1")
    made = calibrate(named, [Act(id="a", labels={"prise": True})], risk=0.1)
    for asked in (
        lambda: calibrate(named, [], risk=0.1, charter=other),
        lambda: audit_labelled(other, ACTS, named, made),
    ):
        assert bad(asked) == (
            "labels.prise: the charter `brume` declares no label `prise` (did you mean `price`?)"
        )
    both = by_several(by_words("price", ["euro*"], version="1"), WORDS)
    assert bad(lambda: calibrate(both, [], risk=0.1, charter=other)).startswith("labels.y: ")
    # a calibration that promises labels may serve charters that ask for some of them
    some = calibrate(both, [], risk=0.1)
    assert audit_labelled(other, ACTS, both, some).by_machines == 0


@pytest.mark.parametrize(("history", "machines"), [([], 0), (["?"], 0), (["0"], 1)])
def test_nothing_is_promised_of_labels_that_cover_nothing(
    history: list[str], machines: int
) -> None:
    good = [act for act in ACTS if act.text == "0"]
    found = calibrate(DIGITS, good, risk={"no": 0.05})
    audited = audit_labelled(CHARTER, [Act(text=one) for one in history], DIGITS, found)
    assert audited.by_machines == machines
    english, french = audited.text(), audited.text("fr")
    assert ("no act is covered by a machine's label" in english) is (not machines)
    assert ("covered rightly" in english) is bool(machines)
    assert ("aucun acte n’est couvert par une étiquette de machine" in french) is (not machines)
    assert ("à juste titre" in french) is bool(machines)


def test_answers_without_end_are_a_failure() -> None:
    endless = ({"x": 0.5} if n < 1000 else pytest.fail("read on") for n in range(2000))

    class Endless:
        name, version, labels = "endless", "1", ("x",)

        def scores(self, acts: Sequence[Act]) -> Sequence[Mapping[str, object]]:
            del acts
            return cast("Sequence[Mapping[str, object]]", endless)

    for made in (by_answers(["x"], lambda _: endless, name="a", version="1"), Endless()):
        (found,) = score(made, [Act(text="x")])
        assert not found.of
        assert found.failure == "ValueError"
