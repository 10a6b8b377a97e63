"""Forged: what a stored decision says of the context, its reasons and its repair holds together.

The context and the charter are not stored. What was found must have been found in one context; the
repair must be made by its changes; and the reasons are the charter's, before which it is brought.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cmcore import (
    UNKNOWN,
    Act,
    Approvers,
    Charter,
    Context,
    Decision,
    Effect,
    InvalidError,
    Member,
    Outcome,
    Rule,
    Stage,
    Team,
    ValidationCircuit,
    decide,
    dump,
    fact,
    hours,
    open_review,
    parse,
    structure,
    unstructure,
)
from cmcore.charters import ABSENT, Author, Case, Earlier, Situation
from cmcore.charters.conditions.facts import FactType, Label, Log
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.finding import Finding
from cmcore.strategies import charters, charters_and_cases

from .conftest import spoiled
from .spoiling import changed

NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
WORDS: Final = Vocabulary(events={"launch"})
LABELS: Final = {
    f"label_of_{kind}": Label(kind)
    for kind in FactType
    if kind not in {FactType.LOG, FactType.TEXT}
} | {"closed": Label("symbols", {"crisis", "product"}), "caption": Label("text")}
AROUND: Final = (
    *("author.roles", "author.roles.count", "author.seniority", "incident.open"),
    *("incident.severity", "holiday", "since.launch", "recent.any", "recent.publish", "at"),
)
ASKING: Final = charters(vocabulary=WORDS, facts=AROUND, min_rules=2, scoped=False)
MANY: Final = settings(max_examples=3 * settings().max_examples)


def found(decision: Decision) -> Iterator[Finding]:
    for rule in decision.rules:
        yield from rule.findings
    for miss in decision.near_misses:
        yield from miss.lacks


def read(decision: Decision) -> dict[str, set[Any]]:
    """Return what each fact was found to be: one thing, if nobody forged anything."""
    told: dict[str, set[Any]] = {}
    for one in found(decision):
        told.setdefault(one.test.fact, set()).add(one.got)
    return told


def against_another(decision: Decision) -> set[str]:
    """Return the facts that cannot have been found so in one context."""
    told = read(decision)
    wrong = {name for name, many in told.items() if len(many) > 1}
    one = {name: next(iter(many)) for name, many in told.items()}
    if {"incident.open", "incident.severity"} <= one.keys():
        severity = one["incident.severity"]
        may_be = {UNKNOWN: (True, UNKNOWN), ABSENT: (False,)}.get(severity, (True,))
        wrong |= {"incident.severity"} if one["incident.open"] not in may_be else set()
    if {"author.roles", "author.roles.count"} <= one.keys():
        roles, count = one["author.roles"], one["author.roles.count"]
        is_counted = count == (len(roles) if isinstance(roles, frozenset) else roles)
        wrong |= set() if is_counted else {"author.roles"}
    logs = {name: got for name, got in one.items() if name.startswith("recent.")}
    if len({type(log) for log in logs.values()}) > 1:
        wrong |= logs.keys()
    wrong |= {n for n, log in logs.items() if isinstance(log, Log) and log.now != decision.at}
    if decision.at is None:
        dated = {"since.launch": timedelta, "holiday": bool}
        wrong |= {name for name, kind in dated.items() if isinstance(one.get(name), kind)}
    return wrong


def placed(decision: Decision) -> Iterator[tuple[tuple[str | int, ...], Finding]]:
    """Yield each finding, with where it stands once it is written."""
    for index, rule in enumerate(decision.rules):
        for place, one in enumerate(rule.findings):
            yield ("rules", index, "findings", place), one
    for index, miss in enumerate(decision.near_misses):
        for place, one in enumerate(miss.lacks):
            yield ("near_misses", index, "lacks", place), one


def is_read(written: Any) -> Decision | None:  # noqa: ANN401 - plain data
    try:
        return structure(written, Decision)
    except InvalidError:
        return None


@given(charters_and_cases(ASKING), st.data())
def test_all_that_was_found_was_found_in_one_context(
    pair: tuple[Charter, Case], data: st.DataObject
) -> None:
    charter, case = pair
    decision = decide(charter, case.act, case.context)
    assert not against_another(decision)
    written = unstructure(decision)
    assert is_read(written) == decision
    pool: dict[str, list[Any]] = {}
    for _ in range(2):
        _, other = data.draw(charters_and_cases(st.just(charter)))
        for one in found(decide(charter, case.act, other.context, repair=False)):
            pool.setdefault(one.test.fact, []).append(unstructure(one)["got"])
    for path, one in placed(decision):
        for told in pool.get(one.test.fact, []):
            made = is_read(changed(written, (*path, "got"), told))
            assert made is None or made == decision or not against_another(made)


#: What authors write, and labels of any type.
WRITTEN: Final = ("topics", "text", "text.capitals", "paid", "hosts", "recent.any", *LABELS)
ASKED: Final = charters(
    vocabulary=Vocabulary(LABELS), facts=WRITTEN, min_rules=2, dated=False, scoped=False
)


def barring(charter: Charter, case: Case) -> Charter:
    """Return a charter that permits all but what is so of a case."""
    rules = [attrs.evolve(rule, effect=Effect.FORBID, to=None) for rule in charter.rules]
    strict = attrs.evolve(charter, rules=rules)
    held = decide(strict, case.act, case.context, repair=False).determining
    rules = [rule for rule in rules if rule.id in held]
    return attrs.evolve(charter, rules=[*rules, Rule.permit("all but", because="So it is.")])


@MANY
@given(charters_and_cases(ASKED), st.data())
def test_a_repair_is_what_its_changes_make_of_the_act(
    pair: tuple[Charter, Case], data: st.DataObject
) -> None:
    charter, drawn = pair
    absent = drawn.act.absent - {"kind"}
    case = attrs.evolve(drawn, act=attrs.evolve(drawn.act, kind="publish", absent=absent))
    decision = decide(barring(charter, case), case.act, case.context)
    if decision.repair is None:
        return
    written = unstructure(decision)
    assert is_read(written) == decision
    made = is_read({**written, "repair": spoiled(data, written["repair"])})
    # one that is left out was not looked for
    assert made is None or made == decision or made.repair is None


REASONS: Final = st.sampled_from(["", " ", "Whatever.", "C'est du quotidien. ", None])
OTHERWISE: Final = {"rule-against-charter", "part-against-rules"}


def refusals(decision: Decision, charter: Charter) -> set[str]:
    """Return the codes of why no review is opened."""
    try:
        open_review(decision, decision.act, charter, NOON, team=Team("t", [Member("ana")]))
    except InvalidError as error:
        return {problem.code for problem in error.problems}
    return set()


@given(charters_and_cases(charters(min_rules=1, max_rules=3)), st.data())
def test_no_review_is_opened_on_reasons_or_circuits_that_are_not_the_charters(
    pair: tuple[Charter, Case], data: st.DataObject
) -> None:
    charter, case = pair
    decision = decide(charter, case.act, case.context, repair=False)
    assume(decision.outcome is Outcome.EXCEPTION)
    assert not refusals(decision, charter) & OTHERWISE
    circuits = st.sampled_from([circuit.id for circuit in charter.circuits])
    forged: list[tuple[tuple[str | int, ...], object]] = [(("circuits",), [data.draw(circuits)])]
    for index in range(len(decision.rules)):
        forged.append((("rules", index, "because"), data.draw(REASONS)))
        forged.append((("rules", index, "to"), [data.draw(circuits)]))
        forged.append((("rules", index, "effect"), data.draw(st.sampled_from(Effect)).value))
    written = unstructure(decision)
    for path, told in forged:
        made = is_read(changed(written, path, told))
        assert made is None or made == decision or refusals(made, charter) & OTHERWISE


def test_a_fact_of_the_context_that_another_denies_is_refused_where_it_stands() -> None:
    when = (
        fact("author.roles").any_of("boss")
        & fact("author.roles.count").at_most(1)
        & fact("incident.open").is_(True)
        & ~fact("incident.severity").is_("high")
        & fact("recent.any").fewer_than(2, within=hours(1))
        & fact("recent.any.same_topic").fewer_than(2, within=hours(1))
        & fact("since.launch").above(hours(1))
        & ~fact("since.recall").above(hours(1))
        & fact("text").mentions("recall")
    )
    charter = Charter(
        "c",
        circuits=[ValidationCircuit("desk", [Stage(Approvers("role", ["boss"]))])],
        default="desk",
        events={"launch", "recall"},
        rules=[
            Rule.refer("all", to="desk", when=when, because="So it is."),
            Rule.permit("new", when=fact("author.seniority").is_("new"), because="So it is."),
            Rule.permit("rest", because="So it is."),
        ],
    )
    around = Context(
        at=NOON,
        author=Author(roles={"boss"}, seniority=" "),
        incident=Situation(open=True, severity="low"),
        earlier=Earlier(),
        events={"launch": NOON - hours(2), "recall": None},
    )
    decision = decide(charter, Act(kind="publish", text="A recall."), around)
    assert decision.repair
    where = {one.test.fact: (*path, "got") for path, one in placed(decision)}
    written = unstructure(decision)
    assert structure(written, Decision) == decision
    later = {"log": {"now": "2026-03-02T13:00:00+00:00"}}
    for name, told, against in (
        ("author.roles.count", 0, "author.roles.count"),
        ("author.roles", ["boss", "intern"], "author.roles.count"),
        ("incident.severity", {"absence": "absent"}, "incident.severity"),
        ("recent.any", later, "recent.any"),
    ):
        with pytest.raises(InvalidError) as caught:
            structure(changed(written, where[name], told), Decision)
        assert [(problem.code, problem.path) for problem in caught.value.problems] == [
            ("finding-against-rest", where[against])
        ]


@pytest.mark.parametrize(("topics", "decides"), [(None, True), ({"a", "b"}, False)])
def test_a_repair_may_hide_from_a_rule_that_decided_nothing(
    topics: set[str] | None,
    decides: bool,  # noqa: FBT001 - a case of the table
) -> None:
    circuits = [
        ValidationCircuit(name, [Stage(Approvers("role", {name}))]) for name in ("desk", "crisis")
    ]
    charter = Charter(
        "museum",
        rules=[
            Rule.permit("news", when=fact("topics").only("a"), because="Fine."),
            Rule.refer("fire", to="crisis", when=fact("text").mentions("fire"), because="Look."),
            Rule.forbid("rivals", when=fact("topics").any_of("b"), because="Never."),
        ],
        circuits=circuits,
        default="desk",
    )
    act = Act(kind="publish", text="A fire at the mill", topics=topics)
    decision = decide(charter, act)
    assert decision.repair is not None
    assert "fire" in {one.rule for one in decision.repair.hides}
    assert ("fire" in {one.rule for one in decision.rules}) is decides
    assert parse(dump(decision), Decision) == decision
