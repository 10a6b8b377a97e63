"""Labels and rules to and from plain data, the way charter files write them."""

from typing import Any, Final

from cmcore.base.errors import refuse
from cmcore.charters.conditions.condition import ALWAYS
from cmcore.charters.conditions.facts import FactType, Label, Vocabulary
from cmcore.charters.rule import Effect, Rule, Term
from cmcore.codec.bounds import Data
from cmcore.codec.conditions import BESIDE_WHEN, read_condition, write_condition
from cmcore.codec.plain import (
    BROKEN,
    Gather,
    as_date,
    as_flag,
    as_mapping,
    as_text,
    as_words,
    choice,
    kept,
    missing_key,
    opened,
)

TEXT_KEYS: Final = BESIDE_WHEN[:4]
RULE_KEYS: Final = frozenset({*map(str, Effect), *BESIDE_WHEN, "when"})
LABEL_KEYS: Final = frozenset({"type", "values", "about", "fixed"})


_TYPE: Final = choice(FactType, hidden={FactType.LOG})


def read_label(data: object) -> Label:
    """Return a label: a type, a list of values, or a mapping of type, values and meaning."""
    if isinstance(data, str):
        return Label(_TYPE(data))
    if isinstance(data, list):
        return Label(FactType.SYMBOL, as_words(data))
    item, gather = opened(data, LABEL_KEYS)
    kind = gather.key(item, "type", _TYPE, FactType.SYMBOL)
    values = gather.key(item, "values", as_words, None)
    about = gather.key(item, "about", as_text, "")
    fixed = gather.key(item, "fixed", as_flag, None)
    return gather.made(gather.at((), Label, kind, values, about, fixed))


def write_label(label: Label) -> Data:
    """Return the plain data of a label, the shortest that reads back equal."""
    kind, values = str(label.type), None if label.values is None else sorted(label.values)
    if label.about or label.fixed is not None:
        more = {"about": label.about or None, "fixed": label.fixed}
        return kept({"type": kind, "values": values, **more})
    if values is None:
        return kind
    return values if label.type is FactType.SYMBOL else {"type": kind, "values": values}


def read_term(item: dict[str, Any], gather: Gather) -> Term:
    """Return the days in force that `since` and `through` give."""
    since = gather.key(item, "since", as_date, None)
    through = gather.key(item, "through", as_date, None)
    return gather.at((), Term, since, through) or Term()


def write_term(term: Term) -> dict[str, Data]:
    """Return the plain data of the days in force."""
    days = {"since": term.since, "through": term.through}
    return {key: day.isoformat() for key, day in days.items() if day is not None}


def read_rule(data: object, vocabulary: Vocabulary) -> Rule:
    """Return one rule, its condition checked against `vocabulary`."""
    item, gather = opened(data, RULE_KEYS)
    effect = gather.at((), _effect, item)
    told: dict[str, Any] = {
        key: gather.key(item, key, as_text, BROKEN) for key in TEXT_KEYS if key in item
    }
    if effect is None:
        told.pop("to", None)
    if "because" not in item and not (effect and isinstance(item[effect], str)):  # it has no name
        gather.add([missing_key("because", "tell-author")])
        told["because"] = BROKEN
    made = gather.at(
        (),
        Rule,
        gather.key(item, effect, as_text, BROKEN) if effect else BROKEN,
        effect or Effect.FORBID,
        when=gather.key(item, "when", lambda when: read_condition(when, vocabulary), ALWAYS),
        term=read_term(item, gather),
        **told,
    )
    return gather.made(made)


def _effect(item: dict[str, Any]) -> Effect:
    found = [effect for effect in Effect if effect in item]
    if len(found) != 1:
        raise refuse("several-effects" if found else "no-effect")
    return found[0]


def stand_in(data: object, index: int) -> Rule:
    """Return what can still be checked of a rule that could not be read: its name and circuit."""
    item = Gather().at((), as_mapping, data) or {}
    nameless = Rule(f"{BROKEN}{index}", Effect.FORBID, because=BROKEN)
    named = [effect for effect in Effect if isinstance(item.get(effect), str)]
    if len(named) != 1:
        return nameless
    to = item.get("to") if named[0] is Effect.REFER else None
    effect, to = (Effect.REFER, to) if isinstance(to, str) else (Effect.FORBID, None)
    return Gather().at((), Rule, item[named[0]], effect, because=BROKEN, to=to) or nameless


def write_rule(rule: Rule) -> dict[str, Data]:
    """Return the plain data of one rule."""
    return kept(
        {
            str(rule.effect): rule.id,
            "to": rule.to,
            "when": None if rule.when == ALWAYS else write_condition(rule.when),
            "because": rule.because,
            "note": rule.note,
            "source": rule.source,
            **write_term(rule.term),
        }
    )
