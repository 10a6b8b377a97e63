"""Edits: the changes of an act's content that its author can make.

They set a flag or a word that the charter reads, add or remove a word of a set, take a listed word
or a link out of the text. Who acts, when, what kind of act it is, whom it answers and the situation
stay as they are; and so does what a deletion, a report or another act that says nothing of its own
is about, which others wrote, and what is measured: a score is what it is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final, Literal, NamedTuple, TypeGuard

import attrs

from cmcore.base.counts import is_held
from cmcore.base.frozen import FrozenMap
from cmcore.base.regex import regex
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import (
    Condition,
    FactTest,
    tests,
    words_asked,
)
from cmcore.charters.conditions.domains import Scalar
from cmcore.charters.conditions.facts import (
    IN_TEXT,
    OF_LINKS,
    UNKNOWN,
    WORKED_OUT,
    Bad,
    FactSpec,
    FactType,
    Missing,
    form_of,
)
from cmcore.charters.conditions.forms import NORMAL
from cmcore.charters.conditions.operands import limits
from cmcore.charters.conditions.operators import PATTERNED
from cmcore.charters.conditions.readings import fitted
from cmcore.charters.context import Context
from cmcore.charters.decision import Change
from cmcore.charters.meaning.observation import Facts, Worded
from cmcore.charters.meaning.readings import resaid
from cmcore.charters.rule import Rule
from cmcore.text.cut import cut, erase, linked
from cmcore.text.links import links_in
from cmcore.text.measures import pattern_found
from cmcore.text.tokens import hashtags_in, is_sign, mentions_in, tokens
from cmcore.text.words import WordList

#: The facts of an act that its author may change, besides the charter's labels.
EDITABLE: Final = frozenset(
    {"network", "account", "language", "topics", "text", "links", "hashtags", "mentions", "media"}
    | {"described", "paid", "template"}
)
FROM_TEXT: Final = frozenset({*IN_TEXT, *OF_LINKS})
#: What the author wrote in an act with a text, although its kind has no content of its own.
_WRITTEN: Final = frozenset({"text"}) | (FROM_TEXT & EDITABLE)
#: The types of labels that are measured, not written.
_MEASURED: Final = frozenset({FactType.NUMBER, FactType.DURATION, FactType.INSTANT})
MOST_CHANGES: Final = 4


def apply(change: Change, act: Act, charter: Charter) -> Act:
    """Return `act` with one change made."""
    return edited(change, act, charter.vocabulary.find(change.fact))


def edited(change: Change, act: Act, spec: FactSpec | None) -> Act:
    """Return `act` with one change made to a fact of which so much is known."""
    is_label = spec is not None and spec.source == "label"
    new: Any = renewed(change, current(act, change.fact, is_label=is_label), spec)
    if is_label:
        edit: dict[str, Any] = {"labels": {**act.labels, change.fact: new}}
    else:
        edit = {change.fact: new}
    return attrs.evolve(act, absent=act.absent - {change.fact}, **edit)


class Edit(NamedTuple):
    """A change that is tried: what it says is not looked at, as where a change is told."""

    action: str
    fact: str
    value: Any


def sketched(change: Change | Edit, act: Act, spec: FactSpec | None) -> Act:
    """Return `edited(change, act, spec)`, made without looking again at what was right before."""
    is_label = spec is not None and spec.source == "label"
    new = renewed(change, current(act, change.fact, is_label=is_label), spec)
    absent = act.absent - {change.fact} if change.fact in act.absent else act.absent
    if is_label:
        return resaid(act, absent=absent, labels=FrozenMap({**act.labels, change.fact: new}))
    return resaid(act, absent=absent, **{change.fact: new})


def current(act: Act, fact: str, *, is_label: bool) -> object:
    """Return what an act says of a fact."""
    return act.labels.get(fact) if is_label else getattr(act, fact)


def renewed(change: Change | Edit, old: object, spec: FactSpec | None) -> object:
    """Return what a change makes of what an act says of a fact."""
    held = None if spec is None else fitted(spec, old)
    if isinstance(held, Missing | Bad):
        held = None
    # the other words of a set stay as they are written
    return _renewed(change, old if isinstance(held, frozenset) else held)


def _renewed(change: Change | Edit, old: Any) -> object:  # noqa: ANN401 - as the fact has it
    match change.action:
        case "set":
            return change.value
        case "empty":
            return frozenset()
        case "add" | "only":
            return (old or frozenset()) | {change.value}
        case "remove":
            words = NORMAL[form_of(change.fact)]
            return frozenset(word for word in old if words[word] != words[str(change.value)])
        case "cut":
            found = _listed(str(change.value)).find(old)
            within = linked(old, found)
            return cut(old, (match for match in found if match not in within))
        case _:
            return erase(old, str(change.value))


@lru_cache(1024)
def _listed(entry: str) -> WordList:
    return WordList((entry,))


def edits(charter: Charter, act: Act, context: Context, field: str) -> list[Change]:
    """Return every edit of `field` that the charter's tests could tell, in a fixed order."""
    return edits_of(charter, act, context, field, asked_of(charter))


_START: Final = regex(r"\S*")
Asked = Mapping[str, list[FactTest]]


def asked_of(charter: Charter) -> Asked:
    """Return the charter's tests by the field of the act that they read."""
    asked: dict[str, list[FactTest]] = {}
    rules = sorted(charter.rules, key=by_id)
    for condition in (charter.framed, *(rule.when for rule in rules)):
        for test in tests(condition):
            asked.setdefault(field_of(test.fact), []).append(test)
    return asked


def by_id(rule: Rule) -> str:
    """Return the id of a rule, by which rules are taken in order."""
    return rule.id


def edits_of(
    charter: Charter, act: Act, context: Context, field: str, asked: Asked
) -> list[Change]:
    """Return the same, given the charter's tests by field."""
    spec = charter.vocabulary.find(field)
    if spec is None or not may_change(charter, act, field):
        return []
    given = Facts(charter, act, context).read(field)
    if spec.type is FactType.TEXT:
        names = sorted({field, *(FROM_TEXT if field == "text" else ())})
        found = text_edits(given, field, [t for name in names for t in asked.get(name, ())])
        return [change for change in found if has_words(_renewed(change, given))]
    if spec.type is FactType.SYMBOLS:
        own = act.labels.get(field) if spec.source == "label" else getattr(act, field)
        if field in FROM_TEXT and act.text is not None:
            if own is None:
                return []
            given = fitted(spec, own)  # what the text also contains is removed only from the text
        return list(set_edits(given, field, named_by(field, asked.get(field, []))))
    values = sorted(values_of(spec, asked.get(field, [])), key=distance(given))
    return [Change("set", field, one) for one in values if one != given]


def may_change(charter: Charter | Worded, act: Act, field: str) -> bool:
    """Return whether the author of `act` may change a field of it.

    Acts without content of their own are about what others wrote, and so are their labels; numbers,
    durations and instants are measured. Neither may change, unless the charter says that a label is
    not fixed.
    """
    silent = is_silent(charter, act)
    labels = charter.vocabulary.labels
    if field in labels:
        fixed, is_measured = labels[field].fixed, labels[field].type in _MEASURED
        return not (silent or is_measured if fixed is None else fixed)
    return field in (
        _WRITTEN if silent and act.text is not None else EDITABLE if not silent else ()
    )


def is_silent(charter: Charter | Worded, act: Act) -> bool:
    """Return whether an act has no content of its own, by its kind or by what it points at.

    What `may_change` says of an act depends on that, and on whether it has a text nevertheless.
    """
    silent = act.kind in charter.vocabulary.without["text"]
    return silent or (act.kind is None and act.target is not None)


def field_of(fact: str) -> str:
    """Return the field of an act that determines a fact, where an act has it.

    Where several do, it is the one whose edits are the last to be forbidden.
    """
    head = fact.partition(".")[0]
    return WORKED_OUT[head][0] if head in WORKED_OUT else head


def text_edits(given: object, field: str, asked: Iterable[FactTest]) -> Iterator[Change]:
    """Yield the edits of a text by what some tests find in it, each once.

    What is left of the text may have no words: then it is no edit to propose.
    """
    if isinstance(given, str):
        pieces = (change for test in asked for change in pieces_of(given, field, test))
        yield from dict.fromkeys(pieces)


def has_words(text: object) -> bool:
    """Return whether anything is left of a text that says something."""
    return isinstance(text, str) and not all(map(is_sign, tokens(text)))


def pieces_of(text: str, field: str, test: FactTest) -> Iterator[Change]:
    """Yield the edits that take out of a text what a test finds in it."""
    head = test.fact.partition(".")[0]
    if head == "links" or head in OF_LINKS:
        for link in sorted(links_in(text)):
            yield Change("erase", field, link)
    elif head in {"hashtags", "mentions"}:
        yield from _marked(text, field, head)
    elif isinstance(test.operand, WordList):
        found, matches = tokens(text), test.operand.find(text)
        links = linked(text, matches)
        for match in matches:
            if match in links:  # a word less would leave another address
                yield Change("erase", field, links[match])
                continue
            # a form of a word is cut as it is found there
            form = " ".join(found[match.start : match.stop])
            yield Change("cut", field, form if test.operand.inflected else match.entry)
    elif test.op in PATTERNED:
        piece = pattern_found(str(test.operand), text)
        if piece and piece.strip() in text:
            yield Change("erase", field, _whole(text, piece.strip()))


def _whole(text: str, piece: str) -> str:
    """Return the piece with what touches it, so that no word is cut in two."""
    start = text.index(piece)
    stop = start + len(piece)
    head = "" if text[:start][-1:].isspace() else "".join(text[:start].split()[-1:])
    tail = _START.match(text, stop)
    return f"{head}{piece}{tail[0] if tail else ''}"


def _marked(text: str, field: str, head: str) -> Iterator[Change]:
    mark, extract = _MARKS[head]
    for word in sorted(extract(text)):
        yield Change("cut", field, f"{mark}{word}")


def named_by(field: str, asked: Iterable[FactTest]) -> frozenset[str]:
    """Return the words of a set that some tests name."""
    return frozenset(word for t in asked if t.fact == field for word in words_asked(t))


def set_edits(given: object, field: str, named: frozenset[str]) -> Iterator[Change]:
    """Yield the edits of a set of words, of which the charter's tests name some."""
    present = given if isinstance(given, frozenset) else frozenset()
    for word in sorted(present):
        yield Change("remove", field, word)
    adding: Literal["add", "only"] = "only" if is_unknown(given) else "add"
    for word in sorted(named - present):
        yield Change(adding, field, word)
    if not isinstance(given, frozenset):
        yield Change("empty", field)


def is_unknown(given: object) -> bool:
    """Return whether nobody knows a fact, or what was given for it cannot be used."""
    return given is UNKNOWN or isinstance(given, Bad)


def values_of(spec: FactSpec, asked: Iterable[FactTest]) -> list[Any]:
    """Return the values of a fact that some tests tell apart, in order."""
    if spec.type is FactType.FLAG:
        return [False, True]
    if spec.type is FactType.SYMBOL:
        return sorted((spec.values or frozenset()).union(*map(words_asked, asked)))
    marks = sorted({mark for test in asked for mark in limits(test.operand)})
    return sorted(filter(_is_held, {*marks, *_around(marks)}))


def distance(given: object) -> Callable[[Any], Any]:
    """Return how far values to set are from what is given, by which the nearest is tried first."""
    if not has_distances(given):
        return lambda _: 0
    return lambda value: abs(value - given)


def has_distances(given: Any) -> TypeGuard[Any]:  # noqa: ANN401 - a reading
    """Return whether other values may be nearer to a given one, or farther from it."""
    return isinstance(given, Scalar) and not isinstance(given, bool)


def _is_held(given: object) -> bool:
    """Return whether an act can hold a value: whole numbers have a limited number of digits."""
    return not isinstance(given, int) or is_held(given)


def _around(marks: list[Any]) -> Iterator[Any]:
    """Yield values below, above and between some others, as far as there are any."""
    if not marks:
        return
    step: Any = 1 if isinstance(marks[0], int | float) else timedelta(minutes=1)
    ends = [lambda: marks[0] - step, lambda: marks[-1] + step]
    for make in (*ends, *(_middle(low, high) for low, high in pairwise(marks))):
        with suppress(OverflowError):
            yield make()


def _middle(low: Any, high: Any) -> Callable[[], Any]:  # noqa: ANN401 - numbers, durations, instants
    return lambda: low + (high - low) / 2


_MARKS: Final[Mapping[str, tuple[str, Callable[[str], frozenset[str]]]]] = {
    "hashtags": ("#", hashtags_in),
    "mentions": ("@", mentions_in),
}


def reads_of(condition: Condition) -> frozenset[str]:
    """Return the fields of an act that a condition reads."""
    heads = {test.fact.partition(".")[0] for test in tests(condition)}
    fields = {field for head in heads for field in WORKED_OUT.get(head, (head,))}
    return frozenset(fields | ({"text"} if fields & FROM_TEXT else set()))
