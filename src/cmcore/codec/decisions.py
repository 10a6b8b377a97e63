"""Stored decisions: one that says something against itself is refused where it says so.

What `decide` makes agrees with itself; what is read from a file may have been written by anybody.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from cmcore.foundation.errors import Path, Problem
from cmcore.foundation.truth import Truth
from cmcore.foundation.weeks import zone_problems
from cmcore.nouns.acts import Act
from cmcore.nouns.conditions import DATED, TAKES
from cmcore.nouns.context import Context
from cmcore.nouns.decision import Decision, Finding, Outcome, RuleFinding
from cmcore.nouns.facts import MEASURES, Bad, FactSpec, FactType, Label, Vocabulary
from cmcore.nouns.rules import Effect
from cmcore.policy.deciding.explaining import found_by
from cmcore.policy.deciding.observing import Facts, Worded

_DIGEST: Final = re.compile("[0-9a-f]{64}")
_USUAL: Final = Vocabulary()
#: Facts of the context that are read from the act, and its moment, all the same.
_OF_ACTS: Final = frozenset({"author", "at", "local.weekday", "local.hour"})


_WORDED: Final = frozenset({FactType.SYMBOL, FactType.SYMBOLS})
#: What a label may be.
_KINDS: Final = tuple(kind for kind in FactType if kind is not FactType.LOG)


# --------------------------------------------------------------------------------------- findings


def finding_problems(found: Finding) -> Iterator[Problem]:
    """Yield what a finding says against its own test, or against what it says was read."""
    wrong = list(zone_problems(found.zone))
    yield from wrong
    again = [] if wrong else [_again(found, words) for words in _vocabularies(found)]
    if again and found.truth not in {one.truth for one in again}:
        yield Problem.of(
            "finding-against-test", "truth", given=repr(found.truth), found=repr(again[0].truth)
        )
    elif again and found.hits not in {one.hits for one in again}:
        yield Problem.of("hits-against-test", "hits", found=again[0].hits or ("none",))


def _again(found: Finding, words: Vocabulary) -> Finding:
    """Return what the test of a finding finds on what was read."""
    at = found.got if isinstance(found.got, datetime) else None
    facts = Facts(Worded(found.zone, words), Act(at=at), Context())
    if found.test == DATED and facts.day is None:  # the ends of the calendar have no local day
        return Finding(found.test, Truth.UNKNOWN, found.got, zone=found.zone)
    return found_by(found.test, found.got, facts)


def _vocabularies(found: Finding) -> Iterator[Vocabulary]:
    """Yield the words in which its test may have been asked: a label may be of several types."""
    name, _, rest = found.test.fact.partition(".")
    if _USUAL.find(found.test.fact):
        yield _USUAL
    elif name == "since":
        yield Vocabulary(events={rest})
    elif rest:
        yield from (
            Vocabulary({name: Label(kind)}) for kind in _KINDS if rest in MEASURES.get(kind, ())
        )
    elif isinstance(found.got, Bad):
        closed = found.got.values if found.got.expected in _WORDED else None
        yield Vocabulary({name: Label(found.got.expected, closed)})
    else:
        yield from (
            Vocabulary({name: Label(kind)}) for kind in _KINDS if found.test.op in TAKES[kind]
        )


# -------------------------------------------------------------------------------------- decisions


def decision_problems(decision: Decision) -> Iterator[Problem]:
    """Yield what a decision says against its rules, its act or the charter it is of."""
    if decision.version < 1:
        yield Problem.of("bad-version", "version", version=decision.version)
    if not _DIGEST.fullmatch(decision.charter_digest):
        given = decision.charter_digest
        yield Problem.of("wrong-value", "charter_digest", given=given, wanted="file-digest")
    for key in ("circuits", "determining"):
        for name, count in Counter(getattr(decision, key)).items():
            if count > 1:
                yield Problem.of("duplicate-id", key, id=name)
    yield from _rule_problems(decision)
    yield from _needless(decision)
    findings = list(_findings(decision))
    zone = findings[0][1].zone if findings else ""
    for path, found in findings:
        if found.zone != zone:
            yield Problem.of("other-zone", *path, "zone", found=zone)
        yield from _against_act(decision.act, found, path)


#: What comes of rules, by the first row that applies: the effect, and how far it must be true.
_ROWS: Final = (
    (Effect.FORBID, (Truth.TRUE,)),
    (Effect.FORBID, (Truth.UNKNOWN,)),
    (Effect.REFER, (Truth.TRUE, Truth.UNKNOWN)),
    (Effect.PERMIT, (Truth.TRUE,)),
)


def _rule_problems(decision: Decision) -> Iterator[Problem]:
    rows = ([r for r in decision.rules if r.effect is effect and r.truth in truths]
            for effect, truths in _ROWS)  # fmt: skip
    first = next(filter(None, rows), [])
    given, wanted = {*decision.determining}, {found.rule for found in first}
    if given != wanted:
        yield _against("determining", given, wanted)
    sent, due = {*decision.circuits}, {str(r.to) for r in first if r.effect is Effect.REFER}
    if decision.outcome is Outcome.EXCEPTION and (sent != due if due else len(sent) > 1):
        yield _against("circuits", sent, due or {decision.circuits[0]})
    for index, rule in enumerate(decision.rules):
        if not _agrees(rule):
            yield Problem.of("rule-against-findings", "rules", index, "truth", rule=rule.rule)


def _against(key: str, given: Iterable[str], wanted: Iterable[str]) -> Problem:
    given, wanted = sorted(given), sorted(wanted)
    return Problem.of("part-against-rules", key, given=given or ["none"], found=wanted or ["none"])


def _agrees(rule: RuleFinding) -> bool:
    """Return whether a rule is true or unknown as what was found for it makes it.

    Whether a permit is true depends on whether the charter is in force, too.
    """
    unknown = any(found.truth is Truth.UNKNOWN for found in rule.findings)
    if rule.truth is Truth.UNKNOWN:
        return unknown or not rule.findings or rule.effect is Effect.PERMIT
    return rule.truth is Truth.TRUE and not unknown


def _needless(decision: Decision) -> Iterator[Problem]:
    """Yield the problem of each part that no decision of that outcome has."""
    parts = ["near_misses", "repair", "repair_note", "closed"]
    if decision.outcome is Outcome.FORBIDDEN:
        parts = ["closed"]
    elif decision.outcome is Outcome.EXCEPTION:
        parts = ["repair_note"] if decision.repair else []
    for key in parts:
        if getattr(decision, key):
            yield Problem.of("part-needless", key, outcome=decision.outcome, part=key)


def _findings(decision: Decision) -> Iterator[tuple[Path, Finding]]:
    """Yield all that was found, each with its place."""
    for index, rule in enumerate(decision.rules):
        yield from _each(rule.findings, "rules", index, "findings")
    for index, miss in enumerate(decision.near_misses):
        yield from _each(miss.lacks, "near_misses", index, "lacks")
    if decision.closed:
        yield from _each(decision.closed.lacks, "closed", "lacks")


def _each(many: Iterable[Finding], *path: str | int) -> Iterator[tuple[Path, Finding]]:
    for index, found in enumerate(many):
        yield (*path, index), found


def _against_act(act: Act, found: Finding, path: Path) -> Iterator[Problem]:
    """Yield the problem of a fact of the act that the act itself says otherwise."""
    name = found.test.fact
    read = [
        Facts(Worded(found.zone, words), act, Context()).read(name)
        for words in _vocabularies(found)
        if _is_of_act(words.find(name))
    ]
    if read and found.got not in read:
        yield Problem.of("finding-against-act", *path, "got", fact=name)


def _is_of_act(spec: FactSpec | None) -> bool:
    return spec is not None and (spec.source != "context" or spec.name in _OF_ACTS)


#: What is looked at once it is read, by its class.
FORGED: Final[Mapping[type, Callable[[Any], Iterator[Problem]]]] = {
    Finding: finding_problems,
    Decision: decision_problems,
}
