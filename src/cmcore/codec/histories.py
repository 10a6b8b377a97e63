"""Rows of facts: what the columns of a history hold, and the act in its context that a row is."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from difflib import get_close_matches
from functools import lru_cache
from math import isfinite
from typing import Any, Final, cast

import attrs

from cmcore.base.asked import checked
from cmcore.base.characters import damage, is_placeholder
from cmcore.base.errors import InvalidError, Problem, refuse, refuse_any
from cmcore.base.ids import LONGEST_ID, clip, id_problems, nearest
from cmcore.base.numbers import NUMBER, WHOLE, refuse_grouped
from cmcore.charters.act import Act, Message, contradictions
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.facts import BUILTIN, MEASURES, FactSpec, FactType, Vocabulary
from cmcore.charters.conditions.forms import NORMAL
from cmcore.charters.context import Author, Context, Earlier, Situation
from cmcore.charters.history import Case, Unreadable
from cmcore.codec.acts import MESSAGES, NOTHING, Row, flat
from cmcore.codec.bounds import named
from cmcore.codec.files import structure
from cmcore.codec.plain import (
    Gather,
    as_duration,
    as_flag,
    as_instant,
    as_mapping,
    as_number,
    as_text,
    as_words,
    no_number,
    opened,
)
from cmcore.text.names import listed
from cmcore.time.week import local

#: What separates the words of a set within a cell.
SEPARATOR: Final = "|"


# --------------------------------------------------------------------------------------- columns


def _fields(noun: type, *others: str) -> tuple[str, ...]:
    return tuple(f.name for f in attrs.fields(noun) if f.name not in others)


_OWN: Final = _fields(Act, "id", "in_reply_to", "target", "labels", "absent")
_MESSAGE: Final = _fields(Message, "absent")
_AUTHOR: Final = _fields(Author)
_SITUATION: Final = _fields(Situation)
#: The columns that are instants and no facts: what is read of them is an age.
_INSTANTS: Final = frozenset(f"{target}.at" for target in MESSAGES)


def columns(vocabulary: Vocabulary) -> dict[str, FactSpec]:
    """Return what each column of a history holds; `id` and those that begin with `_` go beside."""
    names = [
        *_OWN,
        *vocabulary.labels,
        *(f"{target}.{field}" for target in MESSAGES for field in _MESSAGE),
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
    """Yield the problem of every column that means nothing."""
    for name in names:
        if name not in known and name != "id" and not name.startswith("_"):
            near = nearest(name, [*known, "id"])
            yield Problem.of("unknown-fact", clip(name), fact=name, near=near, hint="or-underscore")


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
    held |= {fact: column for fact, column in asked.items() if column is not None}
    refuse_any([
        *asked_problems(names, facts, asked),
        *twice(names),
        *misspelt(names, facts, held, asked),
    ])  # fmt: skip
    if held.keys() <= {"id"}:
        raise refuse("no-columns", names=[clip(name) for name in names])
    return held


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
    return is_empty or not _is_around(spec)


def _is_around(spec: FactSpec) -> bool:
    """Return whether a fact is of the context of an act, and not of the act."""
    return spec.source == "context" and spec.name != "author"


# ----------------------------------------------------------------------------------------- cells

_Read = Callable[[object], Any]
#: How facts of each type are read; counts are numbers that are whole.
_Reads = Mapping[str, _Read]
_COUNT: Final = "count"
JSON: Final[_Reads] = {
    FactType.FLAG: as_flag,
    FactType.SYMBOL: as_text,
    FactType.SYMBOLS: lambda data: _words(as_words(data)),
    FactType.NUMBER: as_number,
    _COUNT: lambda data: as_number(data, WHOLE),
    FactType.DURATION: as_duration,
    FactType.INSTANT: as_instant,
    FactType.TEXT: as_text,
}
_WHOLE: Final = re.compile(r"[-+]?[0-9]{1,18}")
_REAL: Final = re.compile(r"[-+]?(?:[0-9]{1,300}(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")


def _cell_number(cell: object, wanted: str = NUMBER) -> int | float:
    text = as_text(cell)
    refuse_grouped(text, wanted)
    if _WHOLE.fullmatch(text):
        return int(text)
    if _REAL.fullmatch(text) and (wanted == NUMBER or float(text).is_integer()):
        number = float(text)
        if isfinite(number):
            return number
    raise no_number(text, wanted)


def _cell_words(cell: object) -> frozenset[str]:
    text = as_text(cell)
    return _words([part.strip() for part in text.split(SEPARATOR)] if text.strip() else [])


def _words(words: Collection[str]) -> frozenset[str]:
    """Return a set of words of which none was lost."""
    if any(not word.strip() for word in words):
        raise refuse("empty-word")
    return frozenset(words)


#: How spreadsheets and exports write flags.
_BITS: Final = {"1": "yes", "0": "no"}
CELL: Final[_Reads] = {
    **JSON,
    FactType.FLAG: lambda cell: as_flag(_BITS.get(as_text(cell), as_text(cell).lower())),
    FactType.SYMBOLS: _cell_words,
    FactType.NUMBER: _cell_number,
    _COUNT: lambda cell: _cell_number(cell, WHOLE),
}


# ----------------------------------------------------------------------------------------- cases


@checked
def read_case(
    data: object, charter: Charter, *, place: str = "", at: datetime | None = None
) -> Case:
    """Return the case that a mapping of facts describes, as in one line of a JSON lines history.

    Messages and labels may be nested mappings, as `dump` writes an act, or written among the
    facts, as in `in_reply_to.tone`. A whole case has an `act` and a `context`. `at` is the moment
    of the act if the facts do not say: of its day, `holiday` says whether it is one.

    Raises:
        InvalidError: with every fact that is unknown to the charter or of the wrong type.

    Examples:
        >>> from cmcore import catalog
        >>> from cmcore.codec import read_case
        >>> facts = {"kind": "publish", "topics": ["product"]}
        >>> case = read_case(facts, catalog.charters["small-brand"])
        >>> case.act.topics
        frozenset({'product'})
    """
    return Reader(charter, JSON).case(as_mapping(data), place, at)


def usual_facts(charter: Charter, usual: Mapping[str, object]) -> dict[str, Any]:
    """Return the facts that plain data gives for every row, none of them known to be nothing.

    Raises:
        InvalidError: with every fact that is unknown to the charter or of the wrong type.
    """
    given: dict[str, Any] = {}
    absent: set[str] = set()
    problems = Reader(charter, JSON).take(usual, given, absent).problems
    absent |= {name for name, one in given.items() if one is None}
    nothing = (Problem.of("cannot-be-none", name, fact=name, none=NOTHING)
               for name in sorted(absent))  # fmt: skip
    refuse_any(problems, nothing)
    return given


#: The keys of a case that is written as its parts.
PARTS: Final = ("act", "context", "place")


def parts_of(item: Mapping[str, object]) -> tuple[Mapping[str, object], object]:
    """Return the act that an item writes, and its context where it is distinguished."""
    act = item.get("act")
    if not isinstance(act, Mapping):
        return item, None
    return cast("Mapping[str, object]", act), item.get("context")


def over(under: Context, told: Context) -> Context:
    """Return one context with all that another knows."""
    parts = {name: _laid(getattr(under, name), getattr(told, name))
             for name in ("author", "incident")}  # fmt: skip
    events = {**under.events, **told.events}
    whole: Context = attrs.evolve(_laid(under, told), **parts, events=events)
    return whole


def _laid(under: Any, told: Any) -> Any:  # noqa: ANN401 - two values of one class
    """Return one value with every field that another knows."""
    names = [field.name for field in attrs.fields(type(under))]
    known = {name: found for name in names if (found := getattr(told, name)) is not None}
    return attrs.evolve(under, **known)


class Reader:
    """Reads rows of facts in the words of a charter, each fact as `reads` says for its type."""

    def __init__(
        self,
        charter: Charter,
        reads: _Reads,
        usual: Mapping[str, object] | None = None,
    ) -> None:
        self._charter = charter
        self._reads = reads
        self.known = columns(charter.vocabulary)
        #: What was read of the cells of each fact, of those in which nothing is wrong.
        self._sound: dict[str, dict[str, Any]] = {name: {} for name in self.known}
        self._beside = [name for name in self.known if name.startswith(_BESIDE)]
        self._contexts: dict[tuple[object, ...], Context] = {}
        self._usual: dict[str, Any] = {}
        self._absent: set[str] = set()
        if usual:
            own = Reader(charter, JSON)
            refuse_any(own.take(usual, self._usual, self._absent).problems)

    def case(self, item: Mapping[str, object], place: str, at: datetime | None = None) -> Case:
        """Return the case of one row, of an act at a moment if the row itself does not say.

        Raises:
            InvalidError: with every problem of the row.
        """
        act, context = parts_of(item)
        if act is item:
            return self._case(flat(item), place, at)
        return self._whole(item, context, place, at)

    def _case(self, row: Row, place: str, at: datetime | None = None) -> Case:
        given = {name: one for name, one in self._usual.items() if not row.lacks(name)}
        absent = {*self._absent, *row.absent}
        gather = self.take(row.facts, given, absent)
        if row.absent:
            gather.add(self._absences(row.absent - {*MESSAGES}))
            gather.add(contradictions(row.absent, given))
            gather.add(self._nothing_around(row.absent, given, absent))
        own = row.facts.get("id")
        id_ = None if own is None else gather.at(("id",), as_text, own)
        gather.add(id_problems(id_, "id") if id_ else ())
        if gather.problems:
            refuse_any(map(row.placed, gather.problems))
        act = act_of(self._charter, given, absent, id_ or None)
        bare: dict[str, Any] = {
            name: Message() for name in row.messages if getattr(act, name) is None
        }
        act = attrs.evolve(act, **bare) if bare else act
        return Case(act, self._context(given, at), place or id_ or "")

    def _context(self, given: Mapping[str, Any], at: datetime | None) -> Context:
        """Return the context that a row stands for, made once for all rows that say the same."""
        if "holiday" in given:  # which day it is, the moment of the act says
            return context_of(self._charter, given, at)
        told = tuple((name, given[name]) for name in self._beside if name in given)
        made = self._contexts.get(told)
        if made is None:
            made = context_of(self._charter, given)
            if len(self._contexts) < _REMEMBERED:
                self._contexts[told] = made
        return made

    def _absences(self, names: AbstractSet[str]) -> Iterator[Problem]:
        """Yield the problem of each fact said to be nothing that the charter does not know."""
        for name in sorted(names - self.known.keys()):
            near = nearest(name, self.known)
            yield Problem.of("unknown-absence", "absent", name=name, near=near)

    def _nothing_around(
        self, names: AbstractSet[str], given: dict[str, Any], absent: set[str]
    ) -> Iterator[Problem]:
        """Take note of what is nothing around the act, as where its own column says so."""
        for name in sorted(names & self.known.keys()):
            if _is_around(self.known[name]):
                yield from _absence(self.known[name], given, absent)

    def _whole(
        self, item: Mapping[str, object], context: object, place: str, at: datetime | None
    ) -> Case:
        """Return a case written as its parts: the act, its context, its place."""
        parts, gather = opened(item, PARTS)
        named = gather.key(parts, "place", as_text, "")
        act = gather.at(("act",), flat, as_mapping(parts["act"]))
        place = place or named
        one = gather.at((), self._around, act, place, context, at, "act") if act else None
        return gather.made(one)

    def _around(
        self, row: Row, place: str, context: object, at: datetime | None = None, *under: str
    ) -> Case:
        """Return the case of a row `under` a key, with its separate context."""
        gather = Gather()
        around = gather.at(("context",), structure, context or {}, Context)
        moment = at if around is None else around.at or at
        one = gather.at(under, self._case, row, place, moment)
        gather.done()
        case = cast("Case", one)
        # a case written as its parts says its own place, or has none
        return attrs.evolve(case, context=over(case.context, cast("Context", around)), place=place)

    def take(self, item: Mapping[str, object], given: dict[str, Any], absent: set[str]) -> Gather:
        """Take what an item says into what is given and what is known to be nothing."""
        gather = Gather()
        if not item.keys() <= self._sound.keys():
            gather.add(column_problems(item, self.known))
        for name, data in item.items():
            spec = self.known.get(name)
            if spec is None or data is None:
                continue
            given.pop(name, None)
            absent.discard(name)
            if type(data) is str and data in self._sound[name]:
                given[name] = self._sound[name][data]
            elif data == NOTHING:
                gather.add(_absence(spec, given, absent))
            else:
                given[name] = self._cell(spec, data, gather)
        return gather

    def _cell(self, spec: FactSpec, data: object, gather: Gather) -> Any:  # noqa: ANN401 - as the fact has it
        """Return what a cell says, taking note of it for other rows that say the same."""
        sound = self._sound[spec.name]
        before = len(gather.problems)
        found = gather.at((spec.name,), self._reads[_sort(spec)], data)
        gather.add(_faults(spec, found))
        is_sound = len(gather.problems) == before and type(data) is str
        if is_sound and spec.type is not FactType.TEXT and len(sound) < _REMEMBERED:
            sound[str(data)] = found
        return found

    def row(self, row: Row, place: str, context: object = None) -> Case | Unreadable:
        """Return the case of one row, or what is wrong with it, with its moment if that reads."""
        spoilt = tuple(map(row.placed, damages({**row.facts, "context": context})))
        try:
            if not spoilt:
                return self._around(row, place, context) if context else self._case(row, place)
        except InvalidError as error:
            # the place says the line, and no problem of a row may say another
            problems = tuple(problem.at_line(None) for problem in error.problems)
        else:
            problems = spoilt
        at = Gather().at((), self._reads[FactType.INSTANT], row.facts.get("at"))
        return Unreadable(place, problems, at, casts_doubt=bool(spoilt))


#: How many cells of a fact, and how many contexts, a reader remembers.
_REMEMBERED: Final = 4096
#: How facts are called that are of the context of an act, but for the day.
_BESIDE: Final = ("author.", "incident.", "event.")


def damages(told: Mapping[str, object]) -> Iterator[Problem]:
    """Yield the problem of each fact in which a character could not be read."""
    for name, data in told.items():
        found = damage(data) if isinstance(data, str) else _damaged(data)
        if found:
            yield _damage(name, found)


def _damaged(data: object) -> str | None:
    """Return the first character that could not be read in the texts within plain data."""
    return next(filter(None, map(damage, _texts(data))), None)


def _damage(name: str, found: str) -> Problem:
    if "\xc2" <= found[0] <= "\xf0":
        return Problem.of("encoded-twice", name, fact=name, given=found)
    return Problem.of("damaged-text", name, fact=name, character=named(found))


def _texts(data: object) -> Iterator[str]:
    """Yield the texts within plain data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, list | dict):
        for part in cast("Iterable[object]", data.values() if isinstance(data, dict) else data):
            yield from _texts(part)


def act_of(
    charter: Charter,
    given: Mapping[str, Any],
    absent: AbstractSet[str] = frozenset(),
    id: str | None = None,  # noqa: A002
) -> Act:
    """Return the act that a row stands for: what is `given`, and what is known to be nothing."""
    labels = {name: given[name] for name in charter.labels if name in given}
    own: dict[str, Any] = {name: given[name] for name in _OWN if name in given}
    for target in MESSAGES:
        own[target] = _message(given, absent, target)
    nothing = absent & {*_OWN, *MESSAGES, *charter.labels} if absent else absent
    return Act(id=id, labels=labels, absent=nothing, **own)


def context_of(
    charter: Charter,
    given: Mapping[str, Any],
    at: datetime | None = None,
    earlier: Earlier | None = None,
) -> Context:
    """Return the context that a row stands for, of which it says what is `given`."""
    holidays, at = None, given.get("at", at)
    if "holiday" in given and isinstance(at, datetime):
        holidays = [local(at, charter.zone).date()] if given["holiday"] else []
    return Context(
        author=Author(**_below("author", given)),
        incident=Situation(**_below("incident", given)),
        holidays=holidays,
        events=_below("event", given),
        earlier=earlier,
    )


def _below(head: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is given under `head`, as in `author.roles`."""
    start = f"{head}."
    return {name.removeprefix(start): x for name, x in given.items() if name.startswith(start)}


def _sort(spec: FactSpec) -> str:
    return _COUNT if spec.domain.whole else spec.type


def _absence(spec: FactSpec, given: dict[str, Any], absent: set[str]) -> Iterator[Problem]:
    """Take note that a fact has no value: a set is then empty."""
    if not may_be_nothing(spec):
        yield Problem.of("cannot-be-none", spec.name, fact=spec.name, none=NOTHING)
    elif spec.type is FactType.SYMBOLS:
        given[spec.name] = frozenset()
    elif spec.name.startswith("event."):
        given[spec.name] = None
    else:
        absent.add(spec.name)


def _faults(spec: FactSpec, found: object) -> Iterator[Problem]:
    """Yield what is wrong with what a cell says."""
    yield from _written_for_nothing(spec, found)
    yield from _closed(spec, found)
    yield from _several(spec, found)
    yield from _outside(spec, found)


def _written_for_nothing(spec: FactSpec, found: object) -> Iterator[Problem]:
    """Yield the problem of each word, or text, that programs write where there is none."""
    for word in sorted(_texts([*found] if isinstance(found, frozenset) else found)):
        if is_placeholder(word) and word.strip().lower() not in (spec.values or ()):
            yield Problem.of("placeholder", spec.name, fact=spec.name, given=word, none=NOTHING)


def _closed(spec: FactSpec, found: object) -> Iterator[Problem]:
    if spec.values is None or found is None:
        return
    words = found if isinstance(found, frozenset) else {found}
    normal = NORMAL[spec.domain.form]
    for word in sorted(word for word in map(str, words) if normal[word] not in spec.values):
        yield Problem.of(
            "unknown-value",
            spec.name,
            fact=spec.name,
            value=word,
            near=nearest(word, spec.values),
            known=spec.values,
        )


def _outside(spec: FactSpec, found: object) -> Iterator[Problem]:
    """Yield the problem of a number or a duration below the least that the fact can be."""
    least = spec.domain.low
    if found is not None and least is not None and not spec.domain.holds(found):
        yield Problem.of(
            "unknown-value",
            spec.name,
            fact=spec.name,
            value=found,
            least=least,
            hint="or-more",
        )


def _several(spec: FactSpec, found: object) -> Iterator[Problem]:
    """Yield the problem of each word that is several in one, which no act can have."""
    if not isinstance(found, frozenset) or spec.values is not None:
        return
    normal = NORMAL[spec.domain.form]
    for word in sorted(found):
        parts = listed(word) if normal[word] is None else ()
        if parts == (word.strip(),):
            yield Problem.of("list-of-nothing", spec.name, given=word, none=NOTHING)
        elif parts:
            yield Problem.of("several-words", spec.name, given=word, cell=SEPARATOR.join(parts))


#: The fields of each message, by the names of their columns.
_FIELDS: Final = {target: {f"{target}.{field}": field for field in _MESSAGE} for target in MESSAGES}


def _message(given: Mapping[str, Any], absent: AbstractSet[str], target: str) -> Message | None:
    names = _FIELDS[target]
    if names.keys().isdisjoint(given) and names.keys().isdisjoint(absent):
        return None
    fields = {field: given[name] for name, field in names.items() if name in given}
    return Message(**fields, absent=[field for name, field in names.items() if name in absent])
