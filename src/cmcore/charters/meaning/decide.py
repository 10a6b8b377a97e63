"""Deciding: may this go out as it is, or who must see it first, and why."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

import attrs

from cmcore.base.asked import checked
from cmcore.base.truth import Truth
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import DATED, Condition, FactTest
from cmcore.charters.context import Context
from cmcore.charters.decision import (
    Closed,
    Decision,
    Dormant,
    Finding,
    NearMiss,
    Outcome,
    RepairNote,
    RuleFinding,
    Ruling,
)
from cmcore.charters.meaning.evaluation import combine, gate, rule_truths
from cmcore.charters.meaning.explanation import evidence, finding, lacks
from cmcore.charters.meaning.kleene import truth
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.meaning.repair import Search, seek_repair
from cmcore.charters.rule import Effect, Rule

NEAREST: Final = 3
Judged = list[tuple[Rule, Truth]]


@checked
def decide(
    charter: Charter,
    act: Act,
    context: Context | None = None,
    *,
    at: datetime | None = None,
    repair: bool = True,
) -> Decision:
    """Decide whether `act` may go out under `charter`, with every reason.

    The moment is the act's own `at`, otherwise `at` here, otherwise the context's. Facts that
    neither the act nor the context gives are unknown, and unknown facts never let more through.

    Finding the smallest change that would cover the act takes longer than everything else; with
    `repair=False` it is skipped, and the decision has no repair.

    Raises:
        InvalidError: when `at` is a naive datetime.

    Examples:
        >>> from cmcore import Act, catalog, decide
        >>> decision = decide(catalog.charters["small-brand"], Act(kind="delete", network="x"))
        >>> decision.outcome, decision.circuits
        (<Outcome.EXCEPTION: 'exception'>, ('owner', 'troll'))
    """
    context = context or Context()
    if at is not None:
        context = attrs.evolve(context, at=at)
    facts = Facts(charter, act, context)
    is_open = gate(charter, facts)
    decision = explained(charter, facts, is_open, rule_truths(charter, facts, is_open))
    if not repair or decision.outcome is Outcome.COVERED:
        return decision
    search = seek_repair(charter, decision.act, context)
    return attrs.evolve(decision, repair=search.repair, repair_note=_note(search))


def explained(charter: Charter, facts: Facts, is_open: Truth, judged: Judged) -> Decision:
    """Return what follows from rules judged on facts, with every reason, and no repair.

    `is_open` is the gate of the charter.
    """
    ruling = combine(charter, judged)
    moment = facts.read("at")
    act = facts.act
    act = attrs.evolve(act, at=moment) if isinstance(moment, datetime) else act
    return Decision(
        charter.id,
        charter.version,
        ruling.outcome,
        circuits=ruling.circuits,
        determining=ruling.determining,
        rules=tuple(_rules(judged, ruling, facts)),
        act=act,
        charter_digest=charter.digest,
        near_misses=_near_misses(judged, ruling, facts),
        dormant=tuple(sorted(_dormant(charter, judged, ruling, facts, is_open), key=_rule_of)),
        closed=_closed(charter, ruling, facts, is_open),
    )


def _note(search: Search) -> RepairNote | None:
    if search.repair:
        return None
    return "no repair" if search.complete else "repair not found"


def _rules(judged: Judged, ruling: Ruling, facts: Facts) -> Iterator[RuleFinding]:
    """Yield the determining rules, then the unknown ones, each with its evidence."""
    shown = sorted(judged, key=lambda pair: (pair[0].id not in ruling.determining, pair[0].id))
    for rule, is_true in shown:
        if rule.id in ruling.determining or is_true is Truth.UNKNOWN:
            found = tuple(dict.fromkeys([*_undated(rule, facts), *findings(rule.when, facts)]))
            yield RuleFinding(rule.id, rule.effect, is_true, rule.because, rule.to, found)


def _undated(rule: Rule, facts: Facts) -> Iterator[Finding]:
    if rule.term.holds(facts.day) is Truth.UNKNOWN:
        yield Finding(DATED, Truth.UNKNOWN, facts.read("at"), zone=facts.zone)


def findings(condition: Condition, facts: Facts) -> Iterator[Finding]:
    """Yield what the tests found that make `condition` what it is."""
    for test in evidence(condition, facts):
        yield finding(test, facts)


def _near_misses(judged: Judged, ruling: Ruling, facts: Facts) -> tuple[NearMiss, ...]:
    permits = [(r, t) for r, t in judged if r.effect is Effect.PERMIT]
    if ruling.outcome is Outcome.COVERED or any(t is Truth.TRUE for _, t in permits):
        return ()
    awake = [rule for rule, _ in permits if rule.term.holds(facts.day) is not Truth.FALSE]
    missing = [(rule.id, lacks(rule.when, facts)) for rule in awake]
    near = sorted((_far(found), id_, found) for id_, found in missing if found)
    return tuple(
        NearMiss(id_, tuple(finding(test, facts) for test in found))
        for _, id_, found in near[:NEAREST]
    )


def _far(found: tuple[FactTest, ...]) -> tuple[bool, int]:
    """Return how far a permit with these gaps is; one for another kind of act is never near."""
    return any(test.fact == "kind" for test in found), len(found)


def _dormant(
    charter: Charter, judged: Judged, ruling: Ruling, facts: Facts, is_open: Truth
) -> Iterator[Dormant]:
    for index, (rule, is_true) in enumerate(judged):
        if rule.term.holds(facts.day) is Truth.TRUE:
            continue
        awake = truth(rule.when, facts)
        if rule.effect is Effect.PERMIT:
            awake = awake & is_open
        if awake is is_true:
            continue
        woken = combine(charter, [*judged[:index], (rule, awake), *judged[index + 1 :]])
        if (woken.outcome, woken.circuits) != (ruling.outcome, ruling.circuits):
            yield _asleep(rule, facts)


def _rule_of(dormant: Dormant) -> str:
    return dormant.rule


def _asleep(rule: Rule, facts: Facts) -> Dormant:
    term, day = rule.term, facts.day
    if day is None:
        return Dormant(rule.id, "undated")
    if term.since is not None and day < term.since:
        return Dormant(rule.id, "not yet", term.since)
    return Dormant(rule.id, "expired", term.through)


def _closed(charter: Charter, ruling: Ruling, facts: Facts, is_open: Truth) -> Closed | None:
    if ruling.outcome is Outcome.FORBIDDEN:
        return None
    if is_open is Truth.TRUE:
        permits = any(rule.effect is Effect.PERMIT for rule in charter.rules)
        return None if permits or ruling.determining else Closed("no permits")
    in_force = charter.term.holds(facts.day)
    if in_force is not Truth.TRUE:
        return Closed("charter undated" if in_force is Truth.UNKNOWN else "charter closed")
    found = findings(charter.framed, facts)
    return Closed("out of scope", tuple(one for one in found if one.truth is not Truth.TRUE))
