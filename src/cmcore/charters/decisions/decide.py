"""Deciding: may this go out as it is, or who must see it first, and why."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import TYPE_CHECKING, Final

import attrs

from cmcore.base.asked import checked
from cmcore.base.truth import Truth
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import DATED
from cmcore.charters.context import Context
from cmcore.charters.decision import (
    Closed,
    Decision,
    Dormant,
    NearMiss,
    Outcome,
    RepairNote,
    RuleFinding,
    Ruling,
)
from cmcore.charters.decisions.findings import findings, found
from cmcore.charters.finding import Finding
from cmcore.charters.meaning.evaluation import combine
from cmcore.charters.meaning.kleene import truth
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.meaning.repair import Search
from cmcore.charters.rule import Effect, Rule

if TYPE_CHECKING:
    from cmcore.charters.decisions.judgement import Judged, Judgement

NEAREST: Final = 3
_NO_CONTEXT: Final = Context()


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

    The first decision under a charter makes tables of its rules, which are kept with it. With
    `repair=False`, the smallest change that would cover the act is not looked for.

    Raises:
        InvalidError: when `at` is a naive datetime.

    Examples:
        >>> from cmcore import Act, catalog, decide
        >>> decision = decide(catalog.charters["small-brand"], Act(kind="delete", network="x"))
        >>> decision.outcome, decision.circuits
        (<Outcome.EXCEPTION: 'exception'>, ('owner', 'troll'))
    """
    # the index is imported by whoever decides, not by whoever writes a charter
    from cmcore.charters.decisions.judgement import judge_act

    context = context or _NO_CONTEXT
    if at is not None:
        context = attrs.evolve(context, at=at)
    return explained(judge_act(charter, act, context), repair=repair)


def explained(
    judgement: "Judgement", without: AbstractSet[str] = frozenset(), *, repair: bool = False
) -> Decision:
    """Return what follows from a judgement, with every reason.

    The rules in `without` are not counted.
    """
    charter, facts = judgement.charter, judgement.facts
    judged = [(rule, is_true) for rule, is_true in judgement.rules if rule.id not in without]
    ruling = combine(charter, judged)
    is_due = repair and ruling.outcome is not Outcome.COVERED
    search = judgement.search() if is_due else None
    return Decision(
        charter.id,
        charter.version,
        ruling.outcome,
        circuits=ruling.circuits,
        determining=ruling.determining,
        rules=tuple(_rules(charter, judged, ruling, facts)),
        act=facts.act,
        charter_digest=charter.digest,
        near_misses=_near_misses(judgement, judged, ruling),
        repair=search.repair if search else None,
        repair_note=_note(search),
        dormant=tuple(sorted(_dormant(judgement, judged, ruling, without), key=_rule_of)),
        closed=_closed(charter, ruling, facts, judgement.is_open),
    ).with_names(charter)


def _note(search: Search | None) -> RepairNote | None:
    if search is None or search.repair:
        return None
    return "no repair" if search.complete else "repair not found"


def _rules(
    charter: Charter, judged: "Judged", ruling: Ruling, facts: Facts
) -> Iterator[RuleFinding]:
    """Yield the determining rules, then the unknown ones, each with its evidence."""
    shown = sorted(judged, key=lambda pair: (pair[0].id not in ruling.determining, pair[0].id))
    for rule, is_true in shown:
        if rule.id in ruling.determining or is_true is Truth.UNKNOWN:
            undated = tuple(_undated(rule, facts))
            own = (one for one in findings(charter, rule.when, facts) if one not in undated)
            told = (*undated, *own)
            yield RuleFinding(rule.id, rule.effect, is_true, rule.because, rule.to, told)


def _undated(rule: Rule, facts: Facts) -> Iterator[Finding]:
    if rule.term.holds(facts.day) is Truth.UNKNOWN:
        yield Finding(DATED, Truth.UNKNOWN, facts.read("at"), zone=facts.zone)


def _near_misses(judgement: "Judgement", judged: "Judged", ruling: Ruling) -> tuple[NearMiss, ...]:
    is_permitted = any(r.effect is Effect.PERMIT and t is Truth.TRUE for r, t in judged)
    if ruling.outcome is Outcome.COVERED or is_permitted:
        return ()
    charter, facts = judgement.charter, judgement.facts
    return tuple(
        NearMiss(id_, tuple(found(charter, test, facts) for test in lacks))
        for _, id_, lacks in judgement.nearest(NEAREST)
    )


def _dormant(
    judgement: "Judgement", judged: "Judged", ruling: Ruling, without: AbstractSet[str]
) -> Iterator[Dormant]:
    charter, facts = judgement.charter, judgement.facts
    known = {rule.id: is_true for rule, is_true in judged}
    for rule in judgement.dated:
        if rule.id in without or rule.term.holds(facts.day) is Truth.TRUE:
            continue
        awake = truth(rule.when, facts)
        if rule.effect is Effect.PERMIT:
            awake = awake & judgement.is_open
        if awake is known.get(rule.id, Truth.FALSE):
            continue
        others = [pair for pair in judged if pair[0].id != rule.id]
        woken = combine(charter, [*others, (rule, awake)])
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
    told = findings(charter, charter.framed, facts)
    return Closed("out of scope", tuple(one for one in told if one.truth is not Truth.TRUE))
