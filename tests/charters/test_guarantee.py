"""Guarantees and examples: what a charter may say of its own decisions."""

from typing import Any, Final

import attrs
import pytest

from cmcore import Act, Charter, InvalidError, Label, Message, catalog, fact, structure, unstructure
from cmcore.base.errors import show_path
from cmcore.charters import Context, Example, Guarantee, OwnKind, Situation, prove

SMALL: Final = catalog.charters["small-brand"]
BASE: Final[dict[str, Any]] = {
    "charter": "c",
    "labels": {"price": "flag", "took": "duration"},
    "circuits": {"desk": [{"ask": {"role": "lead"}}], "crisis": [{"ask": {"role": "boss"}}]},
    "default": "desk",
    "rules": [{"permit": "posts", "when": {"kind": "publish", "price": False}, "because": "Yes."}],
}


@pytest.mark.parametrize(
    ("told", "place", "code"),
    [
        ({"never": [{"covered": {"kynd": "x"}}]}, "never[0].covered.kynd", "unknown-fact"),
        ({"always": [{"covered": {"kind": "no"}}]}, "always[0].covered.kind", "unknown-value"),
        ({"never": [{"covered": {"prise": True}}]}, "never[0].covered.prise", "unknown-fact"),
        ({"never": [{"because": "Why."}]}, "never[0]", "no-outcome"),
        (
            {"never": [{"covered": {"price": True}, "forbidden": {"price": True}}]},
            "never[0]",
            "several-outcomes",
        ),
        (
            {"never": [{"covered": {"price": True}, "to": "desk"}]},
            "never[0].to",
            "outcome-without-circuit",
        ),
        (
            {"always": [{"exception": {"price": True}, "to": "dusk"}]},
            "always[0].to",
            "unknown-circuit",
        ),
        ({"never": {"covered": {"price": True}}}, "never", "wrong-shape"),
        ({"examples": [{"covered": {"prise": True}}]}, "examples[0].covered.prise", "unknown-fact"),
        ({"examples": [{"covered": {"kind": "no"}}]}, "examples[0].covered.kind", "unknown-value"),
        ({"examples": [{"act": {}}]}, "examples[0].act", "unknown-key"),
        (
            {"examples": [{"covered": {"kind": "publish"}, "context": {"incidnt": {}}}]},
            "examples[0].context.incidnt",
            "unknown-key",
        ),
        (
            {"examples": [{"forbidden": {"kind": "publish"}, "to": "desk"}]},
            "examples[0].to",
            "outcome-without-circuit",
        ),
        (
            {"examples": [{"covered": 3}, {"exception": {"kind": "publish"}, "to": "dusk"}]},
            "examples[1].to",
            "unknown-circuit",
        ),
    ],
)
def test_what_is_wrong_with_one_is_told_with_its_place(
    told: dict[str, Any], place: str, code: str
) -> None:
    with pytest.raises(InvalidError) as error:
        structure({**BASE, **told}, Charter)
    assert (place, code) in [
        (show_path(problem.path), problem.code) for problem in error.value.problems
    ]


def test_an_act_has_one_kind() -> None:
    with pytest.raises(InvalidError) as error:
        structure({**BASE, "examples": [{"covered": {"kind": ["publish", "reply"]}}]}, Charter)
    (problem,) = error.value.problems
    assert problem.text() == "examples[0].covered.kind: expected one word, not a list"
    assert problem.text("fr").endswith("il faut un seul mot, et non une liste")


def test_a_label_that_does_not_read_is_told_of_once() -> None:
    told = {**BASE, "labels": {"price": "flog"}, "never": [{"covered": {"price": True}}]}
    with pytest.raises(InvalidError) as error:
        structure({**told, "examples": [{"covered": {"price": True}}]}, Charter)
    assert [show_path(problem.path) for problem in error.value.problems] == ["labels.price"]


@pytest.mark.parametrize(
    ("act", "place"),
    [
        (Act(labels={"prise": True}), "examples[0].act.labels.prise"),
        (Act(labels={"price": "dear"}), "examples[0].act.labels.price"),
        (Act(absent={"prise"}), "examples[0].act.absent"),
        (Act(kind="open-account"), "examples[0].act.kind"),
        (Act(target=Message(replies=-1)), "examples[0].act.target.replies"),
    ],
)
def test_an_example_says_no_more_than_the_charter_knows(act: Act, place: str) -> None:
    charter = structure(BASE, Charter)
    with pytest.raises(InvalidError) as error:
        attrs.evolve(charter, examples=[Example("covered", act)])
    assert [show_path(problem.path) for problem in error.value.problems] == [place]


def test_an_example_may_say_all_that_the_charter_knows() -> None:
    act = Act(kind="open-account", labels={"price": True}, absent={"took"}, target=Message())
    charter = attrs.evolve(
        structure(BASE, Charter), kinds={"open-account": OwnKind("Open", "Ouvrir")},
        labels={"price": Label("flag"), "took": Label("duration")},
        examples=[Example("exception", act, to="desk", because="Because.")],
    )  # fmt: skip
    assert structure(unstructure(charter), Charter) == charter


def test_the_facts_of_an_example_may_be_of_what_is_around_the_act() -> None:
    told = {"covered": {"kind": "publish", "price": False, "incident.open": False}}
    context = {"author": {"roles": ["cm"]}}
    found = structure({**BASE, "examples": [{**told, "context": context}]}, Charter)
    (example,) = found.examples
    assert example.act == Act(kind="publish", labels={"price": False})
    assert example.context.incident == Situation(open=False)
    assert example.context.author.roles == frozenset({"cm"})
    assert prove(found).examples[0].holds


def test_no_decision_and_every_digest_depends_on_what_is_guaranteed() -> None:
    calm = Guarantee("covered", when=fact("incident.open").is_(True))
    made = attrs.evolve(structure(BASE, Charter), never=[calm])
    assert made.digest != structure(BASE, Charter).digest
    assert made.guarantees == (("never", 0, calm),)


def test_circuits_are_named_of_exceptions_only() -> None:
    for make in (
        lambda: Guarantee("covered", when=fact("paid").is_(True), to="desk"),
        lambda: Example("forbidden", Act(), context=Context(), to=["desk"]),
    ):
        with pytest.raises(InvalidError, match="goes to no circuit"):
            make()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", sorted(catalog.charters))
def test_the_charters_to_start_from_keep_what_they_guarantee(name: str, language: Any) -> None:  # noqa: ANN401 - a language
    found = prove(catalog.charters.in_language(language)[name])
    assert len(found.guarantees) > 4
    assert len(found.examples) > 2
    assert not found.broken
    assert not found.undecided
    assert not any(one.idle for one in found.guarantees)


@pytest.mark.parametrize("name", sorted(catalog.charters))
def test_without_one_of_its_rules_a_charter_to_start_from_keeps_less(name: str) -> None:
    charter = catalog.charters[name]
    for rule in ("open-crisis", "criticism-deleted", "negative-reviews"):
        assert prove(charter.without_rule(rule)).broken


def test_a_guarantee_made_in_python_asks_for_facts_that_there_are() -> None:
    asked = Guarantee("covered", when=fact("prise").is_(True))
    with pytest.raises(InvalidError) as error:
        attrs.evolve(structure(BASE, Charter), never=[asked])
    (problem,) = error.value.problems
    assert (show_path(problem.path), problem.code) == ("never[0].when.prise", "unknown-fact")
