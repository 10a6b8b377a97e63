"""Labels and rules to and from plain data, the way charter files write them."""

from typing import Any, Final

from cmcore.codec.conditions import read_condition, write_condition
from cmcore.codec.plain import (
    Gather,
    as_date,
    as_mapping,
    as_text,
    as_words,
    choice,
    kept,
    known_keys,
)
from cmcore.foundation.errors import refuse
from cmcore.nouns.conditions import ALWAYS, Condition
from cmcore.nouns.facts import FactType, Label, Vocabulary
from cmcore.nouns.rules import Effect, Rule, Term

_RULE_KEYS: Final = frozenset(
    {*map(str, Effect), "to", "when", "because", "note", "source", "since", "through"}
)
_LABEL_KEYS: Final = frozenset({"type", "values", "about"})
#: Stands for a part that could not be read, so that the rest is checked all the same.
BROKEN: Final = "?"

def read_label(data: object) -> Label:
    """Return a label: a type, a list of values, or a mapping of type, values and meaning."""
    if isinstance(data, str):
        return Label(choice(FactType)(data))
    if isinstance(data, list):
        return Label(FactType.SYMBOL, as_words(data))
    item = as_mapping(data)
    gather = Gather()
    gather.add(known_keys(item, _LABEL_KEYS))
    kind = gather.at(("type",), choice(FactType), item.get("type", "symbol"))
    values = gather.at(("values",), as_words, item["values"]) if "values" in item else None
    about = gather.at(("about",), as_text, item.get("about", ""))
    gather.done()
    return Label(kind or FactType.SYMBOL, values, about or "")


def write_label(label: Label) -> Any:
    """Return the plain data of a label, the shortest that reads back equal."""
    values = sorted(label.values) if label.values is not None else None
    if label.about:
        return kept({"type": str(label.type), "values": values, "about": label.about})
    if values is None:
        return str(label.type)
    return values if label.type is FactType.SYMBOL else {"type": str(label.type), "values": values}




def read_term(item: dict[str, Any], gather: Gather) -> Term:
    """Return the days in force that `since` and `through` give."""
    since = gather.at(("since",), as_date, item["since"]) if "since" in item else None
    through = gather.at(("through",), as_date, item["through"]) if "through" in item else None
    return gather.at((), Term, since, through) or Term()


def write_term(term: Term) -> dict[str, Any]:
    """Return the plain data of the days in force."""
    days = {"since": term.since, "through": term.through}
    return {key: day.isoformat() for key, day in days.items() if day is not None}


def read_rule(data: object, vocabulary: Vocabulary) -> Rule:
    """Return one rule, its condition checked against `vocabulary`."""
    item = as_mapping(data)
    gather = Gather()
    gather.add(known_keys(item, _RULE_KEYS))
    effect = gather.at((), _effect, item)
    texts = {
        key: gather.at((key,), as_text, item[key]) or BROKEN
        for key in ("because", "to", "note", "source", *([effect] if effect else []))
        if key in item
    }
    when: Condition | None = ALWAYS
    if "when" in item:
        when = gather.at(("when",), read_condition, item["when"], vocabulary)
    made = gather.at(
        (),
        lambda: Rule(
            texts[effect] if effect else BROKEN,
            effect or Effect.FORBID,
            when=when or ALWAYS,
            because=texts.get("because", ""),
            to=texts.get("to") if effect else None,
            note=texts.get("note"),
            source=texts.get("source"),
            term=read_term(item, gather),
        ),
    )
    gather.done()
    return made  # type: ignore[return-value]


def _effect(item: dict[str, Any]) -> Effect:
    found = [effect for effect in Effect if effect in item]
    if len(found) != 1:
        told = "one thing only" if found else "something"
        hint = "write one of `permit`, `refer`, `forbid`, followed by the rule's name"
        raise refuse(f"a rule does {told}", hint=hint)
    return found[0]


def write_rule(rule: Rule) -> dict[str, Any]:
    """Return the plain data of one rule."""
    when = None if rule.when == ALWAYS else write_condition(rule.when)
    return kept(
        {
            str(rule.effect): rule.id,
            "to": rule.to,
            "when": when,
            "because": rule.because,
            "note": rule.note,
            "source": rule.source,
            **write_term(rule.term),
        }
    )
