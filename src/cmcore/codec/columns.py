"""Columns: what the rows of a history may tell, fact by fact, and how that is misspelt."""

from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

import attrs

from cmcore.base.errors import Problem, refuse, refuse_any
from cmcore.base.ids import LONGEST_ID, clip, name_problems, nearest
from cmcore.charters.act import Act, Message
from cmcore.charters.conditions.facts import BUILTIN, MEASURES, WORKED_OUT, FactSpec, FactType
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.context import Author, Situation
from cmcore.codec.acts import MESSAGES
from cmcore.codec.french import key_in_english, key_in_french


def _fields(noun: type, *others: str) -> tuple[str, ...]:
    return tuple(f.name for f in attrs.fields(noun) if f.name not in others)


#: The facts that an act itself has, but for its labels.
OWN: Final = _fields(Act, "id", "in_reply_to", "target", "labels", "absent")
#: What is told of a message that an act points at.
OF_MESSAGE: Final = _fields(Message, "absent")
_AUTHOR: Final = _fields(Author)
_SITUATION: Final = _fields(Situation)
#: The columns that are instants and no facts: what is read of them is an age.
_INSTANTS: Final = frozenset(f"{target}.at" for target in MESSAGES)


def columns(vocabulary: Vocabulary) -> dict[str, FactSpec]:
    """Return what each column of a history holds; `id` and those that begin with `_` go beside."""
    names = [
        *OWN,
        *vocabulary.labels,
        *(f"{target}.{field}" for target in MESSAGES for field in OF_MESSAGE),
        *(f"author.{field}" for field in _AUTHOR),
        *(f"incident.{field}" for field in _SITUATION),
        "holiday",
    ]
    events = [f"event.{event}" for event in vocabulary.events]
    found = {name: vocabulary.find(name) for name in names}
    found |= {name: FactSpec(name, FactType.INSTANT) for name in _INSTANTS}
    found |= {name: FactSpec(name, FactType.INSTANT, source="context") for name in events}
    return {name: spec for name, spec in found.items() if spec}


def column_problems(names: Iterable[str], known: Mapping[str, FactSpec]) -> Iterator[Problem]:
    """Yield the problem of every fact of an act that means nothing there."""
    for name in names:
        if name not in known and name != "id" and not name.startswith("_"):
            yield _worked_out(name, known) or _of_event(name, known) or _unknown(name, known)


def _unknown(name: str, known: Iterable[str]) -> Problem:
    near = nearest(name, [*known, "id"])
    return Problem.of("unknown-fact", clip(name), fact=name, near=near, hint="or-underscore")


def _of_event(name: str, known: Iterable[str]) -> Problem | None:
    """Return the problem of the moment of an event that the charter does not declare."""
    head, _, event = name.partition(".")
    if head != "event" or any(name_problems(event)):
        return None
    events = [one.removeprefix("event.") for one in known if one.startswith("event.")]
    near = [f"event.{one}" for one in nearest(event, events)]
    return Problem.of("unknown-fact", name, hint="declare-event", fact=name, event=event, near=near)


def _worked_out(name: str, known: Container[str]) -> Problem | None:
    """Return the problem of a fact that is worked out from others, or from earlier acts."""
    head, _, rest = name.rpartition(".")
    of = _FROM.get(name, ())
    if head in known and rest in _MEASURED:
        of = (head,)
    elif head == "since" and f"event.{rest}" in known:
        of = (f"event.{rest}", "at")
    if of:
        return Problem.of("fact-worked-out", name, fact=name, of=of)
    if name in BUILTIN or name.startswith("recent."):
        return Problem.of("fact-worked-out", clip(name), fact=name, of=(), hint="from-earlier")
    return None


def held_by(
    names: Sequence[str], known: Mapping[str, FactSpec], asked: Mapping[str, str | None]
) -> dict[str, str]:
    """Return the column of each fact, of the columns that there are.

    `asked` names, by fact, the columns that are not called as their fact is; None says that no
    column holds it. Any other column is left alone, unless its name is nearly that of a fact that
    no column holds.

    Raises:
        InvalidError: with every fact that is unknown, and every column that is not there, stands
            twice or is misspelt.
    """
    facts = {*known, "id"}
    held = {name: name for name in names if name in facts and name not in asked}
    french = french_columns(names, facts)
    held = {fact: name for fact, name in french.items() if fact not in asked} | held
    held |= {fact: column for fact, column in asked.items() if column is not None}
    refuse_any([
        *asked_problems(names, facts, asked),
        *twice(names),
        *in_both(names, french, asked),
        *misspelt(names, facts, held, asked),
    ])  # fmt: skip
    if held.keys() <= {"id"}:
        raise refuse("no-columns", names=[clip(name) for name in names])
    return held


def french_columns(names: Iterable[str], facts: Container[str]) -> dict[str, str]:
    """Return the columns that are called in French as facts are in files of acts, by fact.

    What the charter calls so itself is its own.
    """
    meant = {name: key_in_english(name, Act) for name in names if name not in facts}
    return {fact: name for name, fact in meant.items() if fact in facts}


def in_both(
    names: Container[str], french: Mapping[str, str], asked: Container[str]
) -> Iterator[Problem]:
    """Yield the problem of each fact that has a column in either language."""
    for fact, column in french.items():
        if fact in names and fact not in asked:
            yield Problem.of("key-in-both", clip(column), key=column, other=fact)


def twice(names: Iterable[str]) -> Iterator[Problem]:
    """Yield the problem of each name that several columns have."""
    for name, count in Counter(names).items():
        if name and count > 1:
            yield Problem.of("column-twice", clip(name), column=name)


def asked_problems(
    names: Sequence[str], facts: Iterable[str], asked: Mapping[str, str | None]
) -> Iterator[Problem]:
    """Yield what is wrong with the columns that facts are asked to be read from."""
    for fact, column in asked.items():
        if fact not in facts:
            near = nearest(fact, facts)
            place = ("columns", fact)
            yield Problem.of("unknown-fact", *place, fact=fact, near=near, hint="columns-hold")
        if column is not None and column not in names:
            near = nearest(column, names)
            yield Problem.of("no-column", "columns", fact, column=column, near=near, known=names)


def misspelt(
    names: Iterable[str],
    facts: Collection[str],
    held: Mapping[str, str],
    asked: Mapping[str, str | None],
) -> Iterator[Problem]:
    """Yield the problem of columns whose name is nearly that of a fact, or of one no column holds.

    Such a column would be left alone, though whoever named it meant it to be read.
    """
    free = {*facts} - {*held} - {*asked}
    if french_columns(names, facts):
        told = {key_in_french(fact) for fact in free}
        free |= {one for one in told if key_in_english(one, Act) in free}
    heads = {fact.partition(".")[0] for fact in facts}  # `in_reply_to` is an id in many exports
    for name in dict.fromkeys(names):
        if _is_worked_out(name, facts):
            yield Problem.of("fact-of-no-column", clip(name), fact=name)
        spoken_for = name in facts or name in heads or name in held.values()
        is_left = spoken_for or name.startswith("_")
        near = () if is_left else _ending(name, free) or _nearly(name, tuple(sorted(free)))
        if near:
            yield Problem.of("unknown-fact", clip(name), fact=name, near=near, hint="or-underscore")


def _is_worked_out(name: str, facts: Container[str]) -> bool:
    """Return whether a fact is made of others, such as `hosts`, so that no column holds it."""
    head, _, rest = name.rpartition(".")
    is_made = name in BUILTIN or name.startswith(_MADE) or (head in facts and rest in _MEASURED)
    return is_made and name not in facts


#: What is counted, or timed, from what came before.
_MADE: Final = ("recent.", "since.")
_MEASURED: Final = frozenset(name for measures in MEASURES.values() for name in measures)


#: The facts that no act says of itself -> what each is worked out from.
_FROM: Final[Mapping[str, tuple[str, ...]]] = {
    **WORKED_OUT,
    **dict.fromkeys(("local.weekday", "local.hour"), ("at",)),
    **{f"{target}.age": (f"{target}.at", "at") for target in MESSAGES},
}


def _ending(name: str, facts: Container[str]) -> tuple[str, ...]:
    """Return the fact that a name ends with, as `labels.risk` and `act.text` do."""
    _, dot, rest = name.partition(".")
    return (rest,) if dot and rest in facts and rest != "id" else ()


@lru_cache(1000)
def _nearly(name: str, facts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the facts that are called so but for a letter or two, or for capitals."""
    return tuple(get_close_matches(name.casefold()[:LONGEST_ID], facts, n=2, cutoff=0.84))


def may_be_nothing(spec: FactSpec) -> bool:
    """Return whether a column may say that its fact has no value: what is around an act has one."""
    is_empty = spec.type is FactType.SYMBOLS or spec.name.startswith("event.")
    return is_empty or not is_around(spec)


def is_around(spec: FactSpec) -> bool:
    """Return whether a fact is of the context of an act, and not of the act."""
    return spec.source == "context" and spec.name != "author"
