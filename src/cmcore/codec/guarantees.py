"""Guarantees and examples to and from plain data, the way charter files write them."""

from typing import Any, Final, cast

from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import NEVER
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.context import Context
from cmcore.charters.decision import Outcome
from cmcore.charters.guarantee import Example, Guarantee
from cmcore.charters.history import Case
from cmcore.codec.alone import opened_alone, written_alone
from cmcore.codec.bounds import Data
from cmcore.codec.conditions import read_which, write_condition
from cmcore.codec.files import structure, unstructure
from cmcore.codec.forms import Form, Key
from cmcore.codec.histories import over, read_case
from cmcore.codec.plain import Gather, Readers, Writers, as_mapping, key_of
from cmcore.codec.shapes import ref
from cmcore.codec.values import NAMES, TEXT, Value

_GETS: Final = {
    Outcome.COVERED: "{} that goes out as it is.",
    Outcome.EXCEPTION: "{} that must be seen first.",
    Outcome.FORBIDDEN: "{} that may not go out.",
}
_BECAUSE: Final = Key("because", TEXT, "Why that is so.", missing="")
GUARANTEE: Final = Form(
    Guarantee,
    "guarantee",
    "What some acts always get, or never: an outcome with a condition.",
    *(
        Key(str(one), Value(read_which, ref("condition"), write_condition),
            about.format("What every act is like"), "when", broken=NEVER, written=False, later=True)
        for one, about in _GETS.items()
    ),
    Key("to", TEXT, "The circuit that the exceptions go to, among others."),
    _BECAUSE,
    more={
        "oneOf": [{"required": [str(one)]} for one in Outcome],
        "dependentRequired": {"to": [str(Outcome.EXCEPTION)]},
    },
)  # fmt: skip


def _read_act(data: object, words: Charter | None) -> Act | Case:
    item = as_mapping(data)
    return structure(item, Act) if words is None else read_case(item, words)


def _read_context(data: object) -> Context:
    return structure(data, Context)


EXAMPLE: Final = Form(
    Example,
    "example",
    "An act with the outcome that it must get.",
    *(
        Key(str(one), Value(_read_act, ref("act")), about.format("The facts of an act"), "act",
            broken=Act(), written=False, later=True)
        for one, about in _GETS.items()
    ),
    Key("context", Value(_read_context, ref("context"), unstructure),
        "What is known around the act.", missing=Context()),
    Key("to", NAMES, "The circuit that it must go to, or all of several.", missing=()),
    _BECAUSE,
    more=GUARANTEE.more,
)  # fmt: skip


def _outcome(item: dict[str, Any]) -> Outcome:
    return key_of(Outcome, item, "no-outcome", "several-outcomes")


def read_guarantee(data: object, vocabulary: Vocabulary) -> Guarantee:
    """Return a guarantee, its condition checked against a vocabulary."""
    reading = GUARANTEE.open(data)
    outcome = reading.gather.at((), _outcome, reading.item)
    reading.told["when"] = NEVER
    if outcome is not None:
        reading.key(str(outcome), vocabulary)
    return reading.made(outcome=outcome or Outcome.EXCEPTION)


def read_example(data: object, words: Charter | None) -> Example:
    """Return an example, the facts of its act in the words of a charter, or as programs write."""
    reading = EXAMPLE.open(data)
    outcome = reading.gather.at((), _outcome, reading.item)
    reading.told["act"] = Act()
    if outcome is not None:
        reading.key(str(outcome), words)
    found = reading.told["act"]
    if isinstance(found, Case):  # some facts are of what is around an act
        reading.told["act"] = found.act
        reading.told["context"] = over(found.context, cast("Context", reading.told["context"]))
    return reading.made(outcome=outcome or Outcome.EXCEPTION)


def write_guarantee(one: Guarantee) -> dict[str, Data]:
    """Return the plain data of a guarantee."""
    return {str(one.outcome): write_condition(one.when), **GUARANTEE.write(one)}


def write_example(one: Example) -> dict[str, Data]:
    """Return the plain data of an example."""
    return {str(one.outcome): unstructure(one.act), **EXAMPLE.write(one)}


def _read_alone(data: object) -> Guarantee:
    """Return a guarantee over the built-in facts, and the labels beside it."""
    gather = Gather()
    item, known = opened_alone(data, gather)
    return gather.made(gather.at((), read_guarantee, item, known))


def _write_alone(one: Guarantee) -> dict[str, Data]:
    return {**write_guarantee(one), **written_alone(one.when)}


#: Type -> its reader from plain data, and its writer.
READERS: Final[Readers] = {
    Guarantee: _read_alone,
    Example: lambda data: read_example(data, None),
}
WRITERS: Final[Writers] = {Guarantee: _write_alone, Example: write_example}
