"""Stored repairs: one that is no change of the act, or leaves a rule in the way, is refused."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

from cmcore.base.errors import InvalidError, Problem
from cmcore.base.truth import Truth
from cmcore.charters.act import Act
from cmcore.charters.conditions.facts import BUILTIN, FactSpec, FactType, Label, Vocabulary
from cmcore.charters.context import Context
from cmcore.charters.decision import Change, Decision
from cmcore.charters.meaning._repair import MOST_CHANGES, edited, may_change
from cmcore.charters.meaning.observation import Worded
from cmcore.charters.meaning.readings import fitted
from cmcore.charters.rule import Effect
from cmcore.codec.findings import KINDS, may_turn

_USUAL: Final = Worded("UTC", Vocabulary())
_SET: Final = frozenset({"set"})
#: How a fact of a type is changed.
_ACTIONS: Final[Mapping[FactType, frozenset[str]]] = {
    **dict.fromkeys(FactType, _SET),
    FactType.SYMBOLS: frozenset({"add", "remove", "empty"}),
    FactType.TEXT: frozenset({"cut", "erase"}),
    FactType.LOG: frozenset(),
}
#: What is there to be changed, by how it is changed.
_HELD: Final[Mapping[str, type]] = {"remove": frozenset, "cut": str, "erase": str}


def repair_problems(decision: Decision, around: Context) -> Iterator[Problem]:
    """Yield why the repair of a decision is none: by its changes, or by what it leaves."""
    repair = decision.repair
    if repair is None:
        return
    acts = {decision.act}
    for index, change in enumerate(repair.changes):
        acts = {made for act in acts for made in _made(change, act)}
        if not acts:
            yield Problem.of("change-not-made", "repair", "changes", index, fact=change.fact)
            return
    if repair.act not in acts or not 1 <= len(repair.changes) <= MOST_CHANGES:
        yield Problem.of("repair-against-changes", "repair", "act")
        return
    for rule in decision.rules:
        in_the_way = rule.effect is not Effect.PERMIT and rule.truth is Truth.TRUE
        turned = (may_turn(found, decision.act, repair.act, around) for found in rule.findings)
        if in_the_way and not any(turned):
            yield Problem.of("repair-leaves-rule", "repair", "changes", rule=rule.rule)


def _made(change: Change, act: Act) -> Iterator[Act]:
    """Yield what a change makes of an act, for each type that its fact may have."""
    for spec in _specs(change):
        if spec.source != "label" and not may_change(_USUAL, act, change.fact):
            continue
        old = act.labels.get(change.fact) if spec.source == "label" else getattr(act, change.fact)
        holds = isinstance(fitted(spec, old), _HELD.get(change.action, object))
        if holds and change.action in _ACTIONS[spec.type] and _is_usual(change, spec):
            with suppress(InvalidError):
                made = edited(change, act, spec)
                if made != act:
                    yield made


def _specs(change: Change) -> Iterator[FactSpec]:
    """Yield what the fact of a change may be: any label, and one that knows that value alone."""
    name = change.fact
    if name in BUILTIN:
        yield BUILTIN[name]
        return
    labels = [Label(kind) for kind in KINDS]
    if change.action == "add":
        labels.append(Label(FactType.SYMBOLS, {str(change.value)}))
    found = (Vocabulary({name: label}).find(name) for label in labels)
    yield from (spec for spec in found if spec is not None)


def _is_usual(change: Change, spec: FactSpec) -> bool:
    """Return whether the value of a change is written as the charter would have it."""
    given: Any = change.value
    if change.action == "empty":
        return bool(given == "")
    if spec.type is FactType.TEXT:
        return isinstance(given, str) and given.strip() == given != ""
    if spec.type is FactType.SYMBOLS:
        given = frozenset({given})
    return bool(fitted(spec, given) == given)
