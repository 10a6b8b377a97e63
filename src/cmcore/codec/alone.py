"""Conditions and rules by themselves: the labels, events and counts they read come along."""

from collections.abc import Iterable, Iterator
from typing import Any, Final, cast, get_args

from cmcore.base.errors import refuse
from cmcore.charters.conditions.condition import DATED, Condition, FactTest, tests, words_asked
from cmcore.charters.conditions.facts import (
    LABEL_TYPES,
    LOGGED,
    MEASURES,
    WORDED,
    FactType,
    Label,
    label_of,
)
from cmcore.charters.conditions.fit import fit_problems
from cmcore.charters.conditions.operators import TAKES
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.kinds import KINDS, OwnKind
from cmcore.charters.rule import Rule
from cmcore.codec.bounds import Data
from cmcore.codec.conditions import read_condition, write_condition
from cmcore.codec.plain import Gather, Readers, Writers, as_mapping, as_words, opened
from cmcore.codec.rules import read_label, read_rule, write_rule

#: The keys that declare further facts, and the conditions.
_KNOWN: Final = frozenset({"labels", "events", "counts", "kinds"})
_WRAPPED: Final = _KNOWN | {"when"}
#: How what a dated rule asks is written in the findings of a decision.
_DATED: Final = write_condition(DATED)


# --------------------------------------------------------------------------------------- reading


def read_alone(data: object) -> Condition:
    """Return a condition over the built-in facts, or `when` it is over the labels beside it."""
    item = as_mapping(data)
    if item == _DATED:
        return DATED
    if "when" not in item:
        return read_condition(item, Vocabulary())
    item, gather = opened(item, _WRAPPED)
    known = _vocabulary(item, gather)
    found = gather.at(("when",), read_condition, item["when"], known)
    return cast("Condition", gather.made(found))


def read_rule_alone(data: object) -> Rule:
    """Return a rule over the built-in facts, and the labels beside it."""
    gather = Gather()
    item, known = opened_alone(data, gather)
    return gather.made(gather.at((), read_rule, item, known))


def opened_alone(data: object, gather: Gather) -> tuple[dict[str, Any], Vocabulary]:
    """Return a mapping without the keys that declare facts, and what these declare."""
    item = as_mapping(data)
    known = {key: item.pop(key) for key in _KNOWN if key in item}
    return item, _vocabulary(known, gather)


def _vocabulary(item: dict[str, Any], gather: Gather) -> Vocabulary:
    labels = gather.key(item, "labels", as_mapping, {})
    read = {name: gather.at(("labels", name), read_label, told) for name, told in labels.items()}
    events, counts, kinds = (
        frozenset(gather.key(item, key, as_words, ())) for key in ("events", "counts", "kinds")
    )
    own = {name: OwnKind(name, name) for name in sorted(kinds)}
    made = Vocabulary({name: one for name, one in read.items() if one}, events, counts, own)
    gather.add(made.problems())
    return made


# --------------------------------------------------------------------------------------- writing


def write_alone(condition: Condition) -> dict[str, Data]:
    """Return the plain data of a condition, with the labels, events and counts that it reads."""
    known, written = written_alone(condition), write_condition(condition)
    return {**known, "when": written} if known else written


def write_rule_alone(rule: Rule) -> dict[str, Data]:
    """Return the plain data of a rule, with the labels, events and counts that it reads."""
    return {**write_rule(rule), **written_alone(rule.when)}


def written_alone(condition: Condition) -> dict[str, Data]:
    """Return what must be known of facts that are not built in, as a charter declares it."""
    asked = [test for test in tests(condition) if Vocabulary().find(test.fact) is None]
    events = sorted({_rest(test.fact) for test in asked if test.fact.startswith("since.")})
    own = own_kinds(tests(condition))
    logs = [_rest(test.fact).split(".") for test in asked if test.fact.startswith("recent.")]
    counts = sorted({name for name, *_ in logs} - own - LOGGED)
    alike = {label for _, *same in logs for one in same if (label := label_of(one))}
    kinds: dict[str, list[FactType]] = {label: [*WORDED] for label in sorted(alike)}
    for test in asked:
        name, fitting = test.fact.partition(".")[0], list(_types(test))
        kinds[name] = [kind for kind in kinds.get(name, fitting) if kind in fitting]
    for made in ("since", "recent"):
        kinds.pop(made, None)
    labels = {name: str(next(iter(found), FactType.TEXT)) for name, found in sorted(kinds.items())}
    known: dict[str, Data] = {"labels": labels, "events": events, "counts": counts}
    known["kinds"] = sorted(own)
    return {key: told for key, told in known.items() if told}


def own_kinds(asked: Iterable[FactTest]) -> frozenset[str]:
    """Return the kinds of act in tests that are not built in."""
    words = (words_asked(test) for test in asked if test.fact == "kind")
    return frozenset(word for many in words for word in many) - KINDS.keys()


def _rest(fact: str) -> str:
    return fact.partition(".")[2]


def _types(test: FactTest) -> Iterator[FactType]:
    """Yield the types a label may have of which a charter can ask a test."""
    name, _, measure = test.fact.partition(".")
    for kind in LABEL_TYPES:
        made = measure in MEASURES.get(kind, {}) if measure else test.op in TAKES[kind]
        if made and not any(fit_problems(test, Vocabulary({name: Label(kind)}))):
            yield kind


def read_part(kind: type[Condition]) -> Any:  # noqa: ANN401 - a reader of conditions of that kind
    """Return a reader of conditions of one kind alone."""

    def read(data: object) -> Condition:
        found = read_alone(data)
        if not isinstance(found, kind):
            raise refuse("wrong-condition", found=type(found).__name__, wanted=kind.__name__)
        return found

    return read


#: Type -> its reader from plain data, and its writer.
READERS: Final[Readers] = {
    Condition: read_alone,
    **{kind: read_part(kind) for kind in get_args(Condition)},
    Rule: read_rule_alone,
}
WRITERS: Final[Writers] = {
    **dict.fromkeys(get_args(Condition), write_alone),
    Rule: write_rule_alone,
}
