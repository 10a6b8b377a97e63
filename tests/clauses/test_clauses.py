"""The clauses of ten real charters, each said as a rule, shown at work and shown at rest.

An entry is numbered after the clause's line in the list the clauses were gathered in. Its `caught`
and `passed` are the facts of two acts, or of two lists of acts where a rule has several parts, on
top of the `usual` facts of its file, where `null` takes a usual fact away. `earlier` lists the
facts of acts that went before; without it there were none.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import attrs
import pytest

import cmcore
from cmcore import Act, Charter, Effect, Outcome, Rule
from cmcore.base import Truth
from cmcore.base.offers import offered
from cmcore.charters import Case, Earlier
from cmcore.charters.meaning.evaluation import gate, rule_truth
from cmcore.charters.meaning.observation import Facts
from cmcore.codec import read_case
from cmcore.codec.circuits import read_circuit
from cmcore.codec.documents import parse_document

HERE = Path(__file__).parent
#: Charter -> the lines of its clauses; those in PROCESS ask nothing of a single act.
LINES = {
    "nodejs_bluesky": range(2, 7),
    "nodejs_tweet": range(7, 14),
    "nodejs_social_team": range(14, 17),
    "forwards": range(17, 29),
    "mattermost": range(29, 44),
    "gitlab": range(44, 55),
    "cncf": range(55, 62),
    "owasp": range(62, 66),
    "us_18f": range(66, 73),
    "digitalgov": range(73, 85),
}
PROCESS = frozenset({15, 16, 50, 60, 76})
#: Clauses that say who approves, and how many of them.
APPROVALS = frozenset({5, 21, 22, 23, 24, 47, 66})
OUTCOMES = {
    Effect.PERMIT: Outcome.COVERED,
    Effect.REFER: Outcome.EXCEPTION,
    Effect.FORBID: Outcome.FORBIDDEN,
}
ENTRY = frozenset({"line", "clause", "rule", "asks", "caught", "passed", "and"})
NAMES = sorted(LINES)


@cache
def charter_of(name: str) -> Charter:
    return cmcore.read(HERE / f"{name}.yaml", Charter)


@cache
def entries_of(name: str) -> dict[str, Any]:
    text = (HERE / f"{name}.clauses.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = parse_document(text, "yaml")
    return found


def clauses() -> Iterator[tuple[str, dict[str, Any]]]:
    for name in LINES:
        for entry in entries_of(name)["clauses"]:
            yield name, entry


def proofs(side: str) -> Iterator[Any]:
    """Yield each rule that says a clause, or a part of one, with each act it is shown on."""
    for name, entry in clauses():
        for part in (entry, *entry.get("and", ())):
            for number, facts in enumerate(acts_of(part, side)):
                label = f"{name}-{entry['line']}-{part['rule']}" + f"-{number}" * (number > 0)
                yield pytest.param(name, part["rule"], facts, id=label)


def acts_of(part: dict[str, Any], side: str) -> list[dict[str, Any]]:
    given = part[side]
    return given if isinstance(given, list) else [given]


def processes() -> Iterator[Any]:
    for name in LINES:
        for entry in entries_of(name).get("process", ()):
            yield pytest.param(name, entry, id=f"{name}-{entry['line']}")


def case_of(name: str, facts: dict[str, Any]) -> Case:
    merged = {**entries_of(name)["usual"], **facts}
    charter = charter_of(name)
    before = [read_case(act, charter).act for act in merged.pop("earlier", ())]
    case = read_case(merged, charter)
    return attrs.evolve(case, context=attrs.evolve(case.context, earlier=Earlier(before)))


def truth_of(name: str, rule: Rule, case: Case) -> Truth:
    charter = charter_of(name)
    facts = Facts(charter, case.act, case.context)
    return rule_truth(rule, facts, gate(charter, facts))


every_charter = pytest.mark.parametrize("name", NAMES)
caught = pytest.mark.parametrize(("name", "id_", "facts"), list(proofs("caught")))
passed = pytest.mark.parametrize(("name", "id_", "facts"), list(proofs("passed")))
every_process = pytest.mark.parametrize(("name", "entry"), list(processes()))


def test_seventy_eight_clauses_are_said_and_five_answered_otherwise() -> None:
    lines = list(chain.from_iterable(LINES.values()))
    assert lines == list(range(2, 85))
    assert len(set(lines) - PROCESS) == 78


@every_charter
def test_each_clause_has_one_entry_and_each_entry_a_clause(name: str) -> None:
    said = Counter(entry["line"] for entry in entries_of(name)["clauses"])
    assert said == Counter(line for line in LINES[name] if line not in PROCESS)
    assert set(entries_of(name)) <= {"usual", "clauses", "process"}


@every_charter
def test_each_process_clause_has_one_answer(name: str) -> None:
    answered = Counter(entry["line"] for entry in entries_of(name).get("process", ()))
    assert answered == Counter(line for line in LINES[name] if line in PROCESS)


@pytest.mark.parametrize(
    ("name", "entry"),
    [pytest.param(name, entry, id=f"{name}-{entry['line']}") for name, entry in clauses()],
)
def test_an_entry_is_well_formed(name: str, entry: dict[str, Any]) -> None:
    assert entry["clause"].strip()
    assert set(entry) <= ENTRY
    for part in entry.get("and", ()):
        assert set(part) == {"rule", "caught", "passed"}
    assert entry["line"] in LINES[name]


@caught
def test_the_rule_is_true_of_the_act_caught_and_decides_it(
    name: str, id_: str, facts: dict[str, Any]
) -> None:
    charter = charter_of(name)
    rule, case = charter.rule(id_), case_of(name, facts)
    assert truth_of(name, rule, case) is Truth.TRUE
    decision = cmcore.decide(charter, case.act, case.context)
    assert decision.outcome is OUTCOMES[rule.effect]
    assert rule.id in decision.determining
    assert rule.to <= {*decision.circuits}
    for language in ("en", "fr"):
        assert rule.id in decision.text(language)


@passed
def test_the_rule_is_false_of_the_act_passed(name: str, id_: str, facts: dict[str, Any]) -> None:
    rule = charter_of(name).rule(id_)
    assert truth_of(name, rule, case_of(name, facts)) is Truth.FALSE


def test_a_clause_on_approvals_is_a_referral_that_says_who_and_how_many() -> None:
    asking = {entry["line"] for _, entry in clauses() if "asks" in entry}
    assert asking >= APPROVALS
    for name, entry in clauses():
        if "asks" in entry:
            rule = charter_of(name).rule(entry["rule"])
            assert rule.effect is Effect.REFER
            (circuit,) = rule.to
            assert read_circuit(circuit, entry["asks"]) == charter_of(name).circuit(circuit)


@every_charter
def test_each_rule_serves_a_clause_or_says_why_it_is_there(name: str) -> None:
    entries = entries_of(name)["clauses"]
    used = Counter(part["rule"] for e in entries for part in (e, *e.get("and", ())))
    assert set(used.values()) == {1}
    for rule in charter_of(name).rules:
        based = rule.source is not None and rule.source.startswith("base permit: ")
        assert (rule.id in used) is not based
        assert based is False or rule.effect is Effect.PERMIT


@every_charter
@pytest.mark.parametrize("form", ["yaml", "json", "toml"])
def test_a_charter_comes_back_from_text_as_it_was(name: str, form: str) -> None:
    charter = charter_of(name)
    assert cmcore.parse(cmcore.dump(charter, format=form), Charter, format=form) == charter


@every_charter
def test_the_usual_act_is_covered(name: str) -> None:
    case = case_of(name, {})
    assert cmcore.decide(charter_of(name), case.act, case.context).outcome is Outcome.COVERED


@every_charter
def test_an_act_that_nothing_is_known_of_is_not_covered(name: str) -> None:
    assert cmcore.decide(charter_of(name), Act()).outcome is Outcome.EXCEPTION


@every_process
def test_what_answers_a_process_clause_exists(name: str, entry: dict[str, Any]) -> None:
    assert entry["clause"].strip()
    assert entry["how"].strip()
    for path in entry["names"]:
        thing, _, field = path.partition(".")
        assert field in {f.name for f in attrs.fields(offered()[thing])}
    ANSWERS[entry["answered_by"]](name, entry)


def check_circuit(name: str, entry: dict[str, Any]) -> None:
    circuit = charter_of(name).circuit(entry["circuit"])
    assert circuit == read_circuit(entry["circuit"], entry["asks"])


def check_metadata(name: str, entry: dict[str, Any]) -> None:
    approval = charter_of(name).approval
    assert approval is not None
    assert approval.by == frozenset(entry["approved_by"])


def check_audit(name: str, entry: dict[str, Any]) -> None:
    parts = [p for e in entries_of(name)["clauses"] for p in (e, *e.get("and", ()))]
    history = [case_of(name, facts) for part in parts for facts in acts_of(part, "caught")]
    fired = {tally.rule: tally.fired for tally in cmcore.audit(charter_of(name), history).rules}
    assert all(fired[rule] > 0 for rule in entry["counts"])


ANSWERS = {"circuit": check_circuit, "charter metadata": check_metadata, "audit": check_audit}
