"""Stored repairs: one that is no change of the act, or leaves a rule in the way, is refused."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

from cmcore.base.errors import InvalidError, Problem
from cmcore.base.truth import Truth
from cmcore.charters.act import Act
from cmcore.charters.conditions.facts import BUILTIN, LABEL_TYPES, FactSpec, FactType, Label
from cmcore.charters.conditions.readings import fitted
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.context import Context
from cmcore.charters.decision import Change, Decision, Hidden, Repair
from cmcore.charters.meaning.edits import (
    MOST_CHANGES,
    current,
    edited,
    has_words,
    is_unknown,
    may_change,
)
from cmcore.charters.meaning.observation import Worded
from cmcore.charters.rule import Effect
from cmcore.codec.findings import is_hiding, may_turn

_USUAL: Final = Worded("UTC", Vocabulary())
_SET: Final = frozenset({"set"})
#: How a fact of a type is changed.
_ACTIONS: Final[Mapping[FactType, frozenset[str]]] = {
    **dict.fromkeys(FactType, _SET),
    FactType.SYMBOLS: frozenset({"add", "only", "remove", "empty"}),
    FactType.TEXT: frozenset({"cut", "erase"}),
    FactType.LOG: frozenset(),
}
#: What must be there for a change, by its action.
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
    yield from _hiding_problems(decision, repair, around)


def _hiding_problems(decision: Decision, repair: Repair, around: Context) -> Iterator[Problem]:
    """Yield each rule that a repair hides something from in silence, or that it could not."""
    seeing = {Hidden(rule.rule, rule.to): rule
              for rule in decision.rules if rule.effect is not Effect.PERMIT}  # fmt: skip
    told = {rule.rule for rule in decision.rules}
    for index, one in enumerate(repair.hides):
        # a rule that decided nothing is not in the decision, but may still look at the fact
        if one not in seeing and one.rule in told:
            yield Problem.of("hides-from-no-rule", "repair", "hides", index, rule=one.rule)
    for one, rule in seeing.items():
        acts = decision.act, repair.act
        hides = (is_hiding(found, rule.effect, *acts, around) for found in rule.findings)
        if one not in repair.hides and any(hides):
            yield Problem.of("repair-hides-from-rule", "repair", "hides", rule=one.rule)


def _made(change: Change, act: Act) -> Iterator[Act]:
    """Yield what a change makes of an act, for each type that its fact may have."""
    for spec in _specs(change):
        if spec.source != "label" and not may_change(_USUAL, act, change.fact):
            continue
        read = fitted(spec, _current(act, spec))
        holds = (
            is_unknown(read)
            if change.action == "only"
            else isinstance(read, _HELD.get(change.action, object))
        )
        if holds and change.action in _ACTIONS[spec.type] and _is_usual(change, spec):
            with suppress(InvalidError):
                made = edited(change, act, spec)
                is_left = spec.type is not FactType.TEXT or has_words(_current(made, spec))
                if made != act and is_left:
                    yield made


def _current(act: Act, spec: FactSpec) -> object:
    return current(act, spec.name, is_label=spec.source == "label")


def _specs(change: Change) -> Iterator[FactSpec]:
    """Yield what the fact of a change may be: any label, and one that knows that value alone."""
    name = change.fact
    if name in BUILTIN:
        yield BUILTIN[name]
        return
    labels = [Label(kind) for kind in LABEL_TYPES]
    if change.action in {"add", "only"}:
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
