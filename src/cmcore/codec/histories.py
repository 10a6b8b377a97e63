"""Rows of facts: what a row of a history holds, and the act in its context that it is."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import partial
from typing import Any, Final, cast

import attrs

from cmcore.base.asked import checked
from cmcore.base.errors import Problem, refuse_any
from cmcore.base.ids import id_problems, nearest
from cmcore.charters.act import Act, Message, contradictions
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.facts import FactSpec, FactType
from cmcore.charters.context import Author, Context, Earlier, Situation
from cmcore.charters.history import Case, Unreadable
from cmcore.codec.acts import MESSAGES, NOTHING, Row, flat
from cmcore.codec.cells import JSON, Reads, damages, faults, how_read
from cmcore.codec.columns import (
    OF_MESSAGE,
    OWN,
    column_problems,
    columns,
    is_around,
    may_be_nothing,
)
from cmcore.codec.files import structure
from cmcore.codec.plain import (
    Gather,
    as_mapping,
    as_text,
    each,
    opened,
)
from cmcore.time.week import local


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
        reads: Reads,
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
            if is_around(self.known[name]):
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
        around = gather.at(("context",), self._circumstances, context or {})
        moment = at if around is None else around.at or at
        one = gather.at(under, self._case, row, place, moment)
        gather.done()
        case = cast("Case", one)
        # a case written as its parts says its own place, or has none
        return attrs.evolve(case, context=over(case.context, cast("Context", around)), place=place)

    def _circumstances(self, data: object) -> Context:
        """Return a context that stands by itself, of which earlier acts have labels of theirs."""
        item = as_mapping(data)
        earlier: Any = item.get("earlier")
        if not isinstance(earlier, Mapping) or not isinstance(earlier.get("acts"), list):
            return structure(item, Context)
        gather = Gather()
        made = gather.at(("earlier", "acts"), each, earlier["acts"], self._earlier)
        rest = {**item, "earlier": {**earlier, "acts": []}}
        found = gather.made(gather.at((), structure, rest, Context))
        since = None if found.earlier is None else found.earlier.since
        return attrs.evolve(found, earlier=Earlier(made or (), since))

    def _earlier(self, data: object) -> Act:
        """Return an earlier act, with its labels as the charter has them."""
        item = as_mapping(data)
        row, gather = flat(item), Gather()
        labels = {
            name: one for name, one in row.facts.items()
            if name in self._charter.labels or row.places[name][:-1] == ("labels",)
        }  # fmt: skip
        given: dict[str, Any] = {}
        nothing: set[str] = set()
        problems = Reader(self._charter, JSON).take(labels, given, nothing).problems
        gather.add(map(row.placed, problems))
        read = {row.places[name][0] for name in labels}
        rest = {key: one for key, one in item.items() if key not in read}
        act = gather.made(gather.at((), structure, rest, Act))
        return attrs.evolve(act, labels=given, absent=act.absent | nothing)

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
        found = gather.at((spec.name,), self._reads[how_read(spec)], data)
        gather.add(faults(spec, found))
        is_sound = len(gather.problems) == before and type(data) is str
        if is_sound and spec.type is not FactType.TEXT and len(sound) < _REMEMBERED:
            sound[str(data)] = found
        return found

    def row(self, row: Row, place: str, context: object = None) -> Case | Unreadable:
        """Return the case of one row, or what is wrong with it, with its moment if that reads."""
        spoilt = tuple(map(row.placed, damages({**row.facts, "context": context})))
        gather = Gather()
        read = (
            partial(self._around, row, place, context)
            if context
            else partial(self._case, row, place)
        )
        case = gather.at((), read)
        if case is not None and not spoilt:
            return case
        # the place says the line, and no problem of a row may say another
        others = (problem.at_line(None) for problem in gather.problems)
        problems = (*spoilt, *(one for one in others if not _is_within(one, spoilt)))
        at = Gather().at((), self._reads[FactType.INSTANT], row.facts.get("at"))
        return Unreadable(place, problems, at, casts_doubt=bool(spoilt))


def _is_within(problem: Problem, others: Iterable[Problem]) -> bool:
    """Return whether a problem is of what another one is of, or of a part of it."""
    return any(problem.path[: len(one.path)] == one.path for one in others)


#: How many cells of a fact, and how many contexts, a reader remembers.
_REMEMBERED: Final = 4096
#: How facts are called that are of the context of an act, but for the day.
_BESIDE: Final = ("author.", "incident.", "event.")


def act_of(
    charter: Charter,
    given: Mapping[str, Any],
    absent: AbstractSet[str] = frozenset(),
    id: str | None = None,  # noqa: A002
) -> Act:
    """Return the act that a row stands for: what is `given`, and what is known to be nothing."""
    labels = {name: given[name] for name in charter.labels if name in given}
    own: dict[str, Any] = {name: given[name] for name in OWN if name in given}
    for target in MESSAGES:
        own[target] = _message(given, absent, target)
    nothing = absent & {*OWN, *MESSAGES, *charter.labels} if absent else absent
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


#: The fields of each message, by the names of their columns.
_FIELDS: Final = {
    target: {f"{target}.{field}": field for field in OF_MESSAGE} for target in MESSAGES
}


def _message(given: Mapping[str, Any], absent: AbstractSet[str], target: str) -> Message | None:
    names = _FIELDS[target]
    if names.keys().isdisjoint(given) and names.keys().isdisjoint(absent):
        return None
    fields = {field: given[name] for name, field in names.items() if name in given}
    return Message(**fields, absent=[field for name, field in names.items() if name in absent])
