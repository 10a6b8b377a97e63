"""Stored decisions: one that says something against itself is refused where it says so.

What `decide` makes agrees with itself; what is read from a file may have been written by anybody.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from cmcore.base.digests import DIGEST
from cmcore.base.errors import InvalidError, Problem
from cmcore.base.truth import Truth
from cmcore.charters.audits.audit import Audit
from cmcore.charters.audits.expected import ExpectationResult
from cmcore.charters.decision import Decision, Outcome, RuleFinding, strictest
from cmcore.charters.finding import Finding
from cmcore.charters.rule import Effect, Rule
from cmcore.codec.audits import audit_problems, result_problems
from cmcore.codec.findings import Placed, context_of, finding_problems, together_problems
from cmcore.codec.repairs import repair_problems


def decision_problems(decision: Decision) -> Iterator[Problem]:
    """Yield what a decision says against its rules, its act or the charter it is of."""
    if decision.version < 1:
        yield Problem.of("bad-version", "version", version=decision.version)
    if not DIGEST.fullmatch(decision.charter_digest):
        given = decision.charter_digest
        yield Problem.of("wrong-value", "charter_digest", given=given, wanted="file-digest")
    named = {
        "circuits": decision.circuits,
        "determining": decision.determining,
        "rules": [found.rule for found in decision.rules],
        "near_misses": [miss.rule for miss in decision.near_misses],
        "dormant": [dormant.rule for dormant in decision.dormant],
    }
    for key, many in named.items():
        for name, count in Counter(many).items():
            if count > 1:
                yield Problem.of("duplicate-id", key, id=name)
    yield from _rule_problems(decision)
    yield from _needless(decision)
    placed = list(_findings(decision))
    around = context_of(decision.act, placed)
    yield from together_problems(decision.act, around, placed)
    yield from repair_problems(decision, around)


def _rule_problems(decision: Decision) -> Iterator[Problem]:
    _, deciding = strictest((found.effect, found.truth, found) for found in decision.rules)
    given, wanted = {*decision.determining}, {found.rule for found in deciding}
    if given != wanted:
        yield _against("determining", given, wanted)
    told = {r.rule for r in decision.rules if r.truth is Truth.UNKNOWN} | wanted
    given = {found.rule for found in decision.rules}
    if given != told:
        yield _against("rules", given, told)
    if decision.outcome is Outcome.EXCEPTION:
        yield from _circuit_problems(decision.circuits, [found.to for found in deciding])
    for index, rule in enumerate(decision.rules):
        yield from (problem.under("rules", index) for problem in _no_rule(rule))
        if not _agrees(rule):
            yield Problem.of("rule-against-findings", "rules", index, "truth", rule=rule.rule)


def _circuit_problems(sent: Sequence[str], asked: Sequence[frozenset[str]]) -> Iterator[Problem]:
    """Yield what is wrong with the circuits of an exception, by those its rules ask.

    What names no circuit asks the default one, of which a decision does not say which it is.
    """
    named = frozenset[str]().union(*asked)
    others = sorted({*sent} - named)
    default = [] if asked and all(asked) else others[:1]
    if {*sent} != {*named, *default}:
        yield _against("circuits", sent, {*named, *default})


def _no_rule(found: RuleFinding) -> Iterator[Problem]:
    """Yield why no charter has such a rule."""
    try:
        Rule(found.rule, found.effect, because=found.because, to=found.to)
    except InvalidError as error:
        yield from error.problems


def _against(key: str, given: Iterable[str], wanted: Iterable[str]) -> Problem:
    given, wanted = sorted(given), sorted(wanted)
    return Problem.of("part-against-rules", key, named=given or ["none"], found=wanted or ["none"])


def _agrees(rule: RuleFinding) -> bool:
    """Return whether a rule is true or unknown as what was found for it makes it.

    Whether a permit is true depends on whether the charter is in force, too.
    """
    unknown = any(found.truth is Truth.UNKNOWN for found in rule.findings)
    if rule.truth is Truth.UNKNOWN:
        return unknown or rule.effect is Effect.PERMIT
    return rule.truth is Truth.TRUE and not unknown


def _needless(decision: Decision) -> Iterator[Problem]:
    """Yield the problem of each part that no decision of that outcome has."""
    parts = {
        Outcome.COVERED: ["near_misses", "repair", "repair_note", "closed"],
        Outcome.EXCEPTION: ["repair_note"] if decision.repair else [],
        Outcome.FORBIDDEN: ["closed", *(["repair_note"] if decision.repair else [])],
    }[decision.outcome]
    for key in parts:
        if getattr(decision, key):
            yield Problem.of("part-needless", key, outcome=decision.outcome, part=key)


def _findings(decision: Decision) -> Iterator[Placed]:
    """Yield all that was found, each with its place."""
    for index, rule in enumerate(decision.rules):
        yield from _each(rule.findings, "rules", index, "findings")
    for index, miss in enumerate(decision.near_misses):
        yield from _each(miss.lacks, "near_misses", index, "lacks")
    if decision.closed:
        yield from _each(decision.closed.lacks, "closed", "lacks")


def _each(many: Iterable[Finding], *path: str | int) -> Iterator[Placed]:
    for index, found in enumerate(many):
        yield (*path, index), found


#: What is checked once it is read, by its class.
FORGED: Final[Mapping[type, Callable[[Any], Iterator[Problem]]]] = {
    Finding: finding_problems,
    Decision: decision_problems,
    Audit: audit_problems,
    ExpectationResult: result_problems,
}
