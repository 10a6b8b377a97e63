"""Kinds of act: the built-in ones, and those that a charter declares."""

from datetime import UTC, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import (
    Act,
    Charter,
    Context,
    Decision,
    InvalidError,
    Message,
    Rule,
    decide,
    fact,
    hours,
    promote,
)
from cmcore.base.characters import fold
from cmcore.base.language import LANGUAGES, Language
from cmcore.charters import Case, Earlier, Guarantee, OwnKind, analyse, contrast, prove
from cmcore.charters.conditions.facts import BUILTIN
from cmcore.charters.kinds import (
    KINDS,
    SILENT,
    WITHOUT,
    Trait,
    kinds,
    undoes,
    undoing,
    words_text,
)
from cmcore.charters.meaning.observation import Facts
from cmcore.circuits.approvers import Approvers, Source
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.stage import Stage
from cmcore.codec import read_case, structure, unstructure
from cmcore.incidents import ActEvent
from cmcore.reviews import Reviewed
from cmcore.strategies import acts, instants
from cmcore.time.week import WEEKDAYS

DESK = ValidationCircuit("desk", [Stage(Approvers(Source.ROLE, {"editor"}))])
OWN = {
    "open-account": OwnKind("Open an account", "Ouvrir un compte", silent=True),
    "ask-to-edit": OwnKind("Ask somebody to edit", "Demander une modification"),
    "keep-copy": OwnKind("Keep a copy", "Garder une copie", like="hide"),
}


def charter(*rules: Rule, own: dict[str, OwnKind] = OWN) -> Charter:
    return Charter("c", rules=rules, circuits=[DESK], default="desk", kinds=own)


def told(error: pytest.ExceptionInfo[InvalidError]) -> list[str]:
    return [str(problem) for problem in error.value.problems]


def test_what_undoes_a_kind_acts_upon_what_that_acts_upon() -> None:
    for name, kind in KINDS.items():
        assert "-" not in name
        for undone in kind.undoes:
            assert undone in KINDS
            assert {name, undone} <= kinds(Trait.TARGETS) & SILENT
            assert undoes(name, undone)
            assert not undoes(undone, name)
    assert undoing(*kinds(Trait.REMOVES)) == {"restore", "unhide"}
    assert undoing(*kinds(Trait.LASTS)) == {"unblock", "unmute"}
    assert not undoes(None, "hide")
    assert not undoes("open-account", "hide")


def test_a_charter_has_kinds_of_its_own() -> None:
    permit = Rule.permit("p", when=fact("kind").is_("open-account"), because="Fine.")
    calm = Rule.forbid("f", when=fact("text").mentions("rappel"), because="No.")
    found = charter(permit, calm)
    assert decide(found, Act(kind="open-account")).outcome == "covered"
    assert decide(found, Act(kind="ask-to-edit", text="Bonjour")).outcome == "exception"
    assert found.kinds["open-account"].name("fr") == "Ouvrir un compte"
    assert found.kinds["open-account"].name() == "Open an account"
    assert structure(unstructure(found), Charter) == found
    for kind in found.kinds:
        decision = decide(found, Act(kind=kind))
        assert structure(unstructure(decision), Decision) == decision


def test_a_kind_that_is_silent_says_nothing_and_points_nowhere_unless_it_is_given() -> None:
    for name in ("text", "target.tone", "recipient", "duration"):
        absent = Rule.permit("p", when=~fact(name).present(), because="Nothing there.")
        assert decide(charter(absent), Act(kind="open-account")).outcome == "covered"
        assert decide(charter(absent), Act(kind="ask-to-edit")).outcome == "exception"
    rude = Rule.forbid("f", when=fact("target.tone").is_("critical"), because="No.")
    act = Act(kind="open-account", target=Message(tone="critical"))
    assert decide(charter(rude), act).outcome == "forbidden"


def test_under_a_charter_that_does_not_declare_it_a_kind_is_not_known() -> None:
    permit = Rule.permit("p", because="Fine.")
    never = Rule.forbid("f", when=fact("kind").is_("delete"), because="Never.")
    found = charter(permit, never, own={})
    assert decide(found, Act(kind="open-account")).outcome == "exception"
    with pytest.raises(InvalidError) as caught:
        read_case({"kind": "ask-to-edits"}, charter(permit))
    assert told(caught) == ["kind: `kind` is never `ask-to-edits` (did you mean `ask-to-edit`?)"]
    with pytest.raises(InvalidError) as caught:
        charter(Rule.permit("p", when=fact("kind").is_("shut-down"), because="Fine."))
    assert told(caught)[0].endswith("`kind` is never `shut-down` (declare it under `kinds`)")


@pytest.mark.parametrize(
    "name", ["publsh", "tweet", "un-hide", "un-block", "", "-", "a.b-c", "open"]
)
def test_a_kind_that_no_charter_may_declare_is_none(name: str) -> None:
    with pytest.raises(InvalidError):
        Act(kind=name)
    with pytest.raises(InvalidError):
        charter(own={name: OWN["open-account"]})


def test_a_kind_is_called_something_in_both_languages() -> None:
    with pytest.raises(InvalidError) as caught:
        OwnKind("", " ")
    assert [problem.path for problem in caught.value.problems] == [("en",), ("fr",)]


def test_a_kind_is_like_one_that_is_built_in_or_says_nothing() -> None:
    with pytest.raises(InvalidError) as caught:
        OwnKind("a", "b", like="hid")
    assert told(caught) == [
        "like: there is no kind of act `hid` (did you mean `hide` or `unhide`?)"
    ]
    with pytest.raises(InvalidError) as caught:
        OwnKind("a", "b", silent=True, like="hide")
    assert [problem.path for problem in caught.value.problems] == [("silent",)]


@given(one=acts(charter()), kind=st.sampled_from(sorted(KINDS)))
def test_whoever_is_like_a_kind_reads_as_it_does(one: Act, kind: str) -> None:
    own = charter(own={"our-own": OwnKind("a", "b", like=kind)})
    built_in, alike = attrs.evolve(one, kind=kind), attrs.evolve(one, kind="our-own")
    context = Context(earlier=Earlier([]))
    for name in {*BUILTIN} - {"kind"}:
        assert Facts(own, alike, context).read(name) == Facts(own, built_in, context).read(name)


@pytest.mark.parametrize(
    ("target", "outcome"),
    [("m1", "exception"), ("m2", "covered"), (None, "exception")],
)
def test_a_copy_of_some_message_is_not_known_to_be_none_of_this(
    target: str | None, outcome: str
) -> None:
    """What an own kind acts on is unknown where it is not told, as of the kind it is like."""
    copied = fact("recent.keep-copy.same_message").fewer_than(1, ever=True)
    found = charter(
        Rule.permit("uncopied", when=fact("kind").is_("hide") & copied, because="."),
        own=OWN,
    )
    now = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    copy = Act(
        kind="keep-copy", at=now - timedelta(hours=1), target=Message(id=target) if target else None
    )
    context = Context(at=now, earlier=Earlier([copy]))
    act = Act(kind="hide", target=Message(id="m1"))
    assert decide(found, act, context).outcome == outcome


def test_a_count_and_a_kind_have_different_names() -> None:
    with pytest.raises(InvalidError) as caught:
        Charter("c", circuits=[DESK], default="desk", kinds=OWN,
                counts={"open-account": fact("kind").is_("publish")})  # fmt: skip
    assert "already has a meaning of its own" in told(caught)[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", OWN)
def test_whoever_reads_of_a_rule_reads_what_a_kind_is_called(kind: str, language: Language) -> None:
    label = OWN[kind].name(language)
    calm = fact("incident.open").is_(False)
    one = Rule.refer("r", to="desk", when=fact("kind").is_(kind), because="Ask.")
    many = Rule.permit("p", when=fact("kind").one_of("publish", kind) & calm, because="Fine.")
    found = charter(one, many)
    act = Act(id="a", kind=kind)
    other = Act(kind=next(name for name in OWN if name != kind))
    wide = attrs.evolve(found, version=2, always=[Guarantee("covered", when=one.when)])
    reviewed = [Reviewed(Case(act), "approved") for _ in range(3)]
    for shown in (
        decide(found, act),
        decide(found, other),
        analyse(charter(one)),
        contrast(found, wide),
        prove(wide),
        promote(charter(), reviewed),
    ):
        told = shown.text(language)
        assert label in told
        assert f"`{kind}`" not in told
        assert f"{label} (`{kind}`)" in shown.text(language, ids=True)
    stored = structure(unstructure(decide(found, act)), Decision)
    assert f"`{kind}`" in stored.text(language)
    assert stored.text(language, names=found) == decide(found, act).text(language)


@given(instants())
def test_acts_of_own_kinds_are_counted(at: datetime) -> None:
    rare = fact("recent.open-account").fewer_than(1, within=hours(1))
    found = charter(Rule.permit("p", when=rare, because="Fine."))
    for kind, outcome in (("open-account", "exception"), ("ask-to-edit", "covered")):
        earlier = Earlier([Act(kind=kind, at=at)])
        assert (
            decide(found, Act(kind="publish", at=at), Context(earlier=earlier)).outcome == outcome
        )


def test_an_incident_is_told_in_built_in_kinds() -> None:
    with pytest.raises(InvalidError) as caught:
        ActEvent("e", datetime(2026, 3, 2, tzinfo=UTC), act=Act(kind="open-account"))
    assert "there is no kind of act `open-account`" in told(caught)[0]


def test_what_kinds_are_without_names_facts() -> None:
    from cmcore.charters.conditions.facts import BUILTIN, TARGETS

    assert all(name in BUILTIN or name in TARGETS for name in WITHOUT)


@given(days=st.sets(st.sampled_from(WEEKDAYS), min_size=1), language=st.sampled_from(LANGUAGES))
def test_days_are_listed_as_they_come(days: set[str], language: Language) -> None:
    told = words_text("local.weekday", days, language).split(", ")
    assert told == [words_text("local.weekday", day, language) for day in WEEKDAYS if day in days]


@given(
    many=st.sets(st.sampled_from(sorted(KINDS)), min_size=2), language=st.sampled_from(LANGUAGES)
)
def test_words_are_listed_in_the_order_of_whoever_reads_them(
    many: set[str], language: Language
) -> None:
    told = words_text("kind", many, language).split(", ")
    assert sorted(map(fold, told)) == [*map(fold, told)]
