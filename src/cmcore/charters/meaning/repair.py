"""Repairing: the smallest change of an act's content that would cover it.

The changes looked at are those its author can make: set a flag or a word that the charter reads,
add or remove a word of a set, take a listed word or a link out of the text. Who acts, when, what
kind of act it is, whom it answers and the situation stay as they are; and so does what a deletion,
a report or another act that says nothing of its own is about, which others wrote, and what is
measured: a score is what it is.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final, Literal

import attrs

from cmcore.base.counts import is_held
from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import (
    Condition,
    FactTest,
    Not,
    tests,
    threshold,
    words_asked,
)
from cmcore.charters.conditions.facts import (
    OF_LINKS,
    UNKNOWN,
    Bad,
    FactSpec,
    FactType,
    Missing,
    form_of,
)
from cmcore.charters.conditions.forms import NORMAL
from cmcore.charters.conditions.operands import edges
from cmcore.charters.conditions.operators import PATTERNED
from cmcore.charters.context import Context
from cmcore.charters.decision import Change, Repair
from cmcore.charters.meaning._bounds import least_edits
from cmcore.charters.meaning.concealment import hidden
from cmcore.charters.meaning.evaluation import gate, rule_truth
from cmcore.charters.meaning.kleene import truth
from cmcore.charters.meaning.observation import Facts, Worded
from cmcore.charters.meaning.readings import fitted
from cmcore.charters.rule import Effect, Rule
from cmcore.text.cut import cut, tidy
from cmcore.text.links import links_in
from cmcore.text.measures import pattern_found
from cmcore.text.tokens import hashtags_in, is_sign, mentions_in, tokens
from cmcore.text.words import WordList

#: The facts of an act that its author may change, besides the charter's labels.
EDITABLE: Final = frozenset(
    {"network", "account", "language", "topics", "text", "links", "hashtags", "mentions", "media"}
    | {"described", "paid", "template"}
)
_FROM_TEXT: Final = frozenset({"links", "hashtags", "mentions", *OF_LINKS})
#: What the author wrote in an act with a text, although its kind has no content of its own.
_WRITTEN: Final = frozenset({"text"}) | (_FROM_TEXT & EDITABLE)
#: The types of labels that are measured, not written.
_MEASURED: Final = frozenset({FactType.NUMBER, FactType.DURATION, FactType.INSTANT})
MOST_CHANGES: Final = 4
#: How much work a search may do before it gives up: about 0.2 s. One test or rule costs one.
BUDGET: Final = 40_000
#: How many characters of a text, words of a set or edits to choose from cost as much as a test.
_CHARACTERS, _WORDS, _EDITS = 8, 16, 4
#: What it costs to make an edit.
_MADE: Final = 4


@internal
class Search:
    """What came of the search: a repair, or none, and whether every change was looked at."""

    repair: Repair | None
    complete: bool


def seek_repair(charter: Charter, act: Act, context: Context) -> Search:
    """Return the smallest change of `act` that `charter` covers, of at most four edits.

    Every smaller change has been tried when a repair is returned. `complete` is False when the
    budget ended first, or when more than four edits might do.
    """
    seeker = _Seeker(charter, context)
    if seeker.hopeless(act):
        return Search(None, complete=True)
    for size in range(1, MOST_CHANGES + 1):
        seeker.begin()
        found = seeker.seek(act, (), size)
        if found is not None:
            return Search(_told(charter, act, context, found), complete=True)
        if seeker.spent > BUDGET:
            return Search(None, complete=False)
        if not seeker.cut_short:
            return Search(None, complete=True)
    return Search(None, complete=False)


def _told(charter: Charter, act: Act, context: Context, found: Repair) -> Repair:
    """Return a repair with the rules from which it hides what the act is about."""
    before, after = Facts(charter, act, context), Facts(charter, found.act, context)
    return attrs.evolve(found, hides=tuple(hidden(charter, before, after)))


def apply(change: Change, act: Act, charter: Charter) -> Act:
    """Return `act` with one change made."""
    return edited(change, act, charter.vocabulary.find(change.fact))


def edited(change: Change, act: Act, spec: FactSpec | None) -> Act:
    """Return `act` with one change made to a fact of which so much is known."""
    is_label = spec is not None and spec.source == "label"
    old = current(act, change.fact, is_label=is_label)
    held = None if spec is None else fitted(spec, old)
    if isinstance(held, Missing | Bad):
        held = None
    # the other words of a set stay as they are written
    new: Any = _edited(change, old if isinstance(held, frozenset) else held)
    if is_label:
        edit: dict[str, Any] = {"labels": {**act.labels, change.fact: new}}
    else:
        edit = {change.fact: new}
    return attrs.evolve(act, absent=act.absent - {change.fact}, **edit)


def current(act: Act, fact: str, *, is_label: bool) -> object:
    """Return what an act says of a fact."""
    return act.labels.get(fact) if is_label else getattr(act, fact)


def _edited(change: Change, old: Any) -> object:  # noqa: ANN401 - as the fact has it
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
            entry = WordList((str(change.value),))
            return cut(old, entry.find(old))
        case _:
            return tidy([_apart(piece) for piece in old.split(str(change.value))]).strip()


def _apart(piece: str) -> str:
    """Return what stands before a hole, so that it does not touch what comes after."""
    return piece if not piece or piece[-1].isspace() else f"{piece} "


def edits(charter: Charter, act: Act, context: Context, field: str) -> list[Change]:
    """Return every edit of `field` that the charter's tests could tell, in a fixed order."""
    return _edits(charter, act, context, field, asked_of(charter))


_START: Final = re.compile(r"\S*")
Asked = Mapping[str, list[FactTest]]


def asked_of(charter: Charter) -> Asked:
    """Return the charter's tests by the field of the act that they read."""
    asked: dict[str, list[FactTest]] = {}
    rules = sorted(charter.rules, key=_by_id)
    for condition in (charter.framed, *(rule.when for rule in rules)):
        for test in tests(condition):
            asked.setdefault(_field_of(test.fact), []).append(test)
    return asked


def _by_id(rule: Rule) -> str:
    return rule.id


def _edits(charter: Charter, act: Act, context: Context, field: str, asked: Asked) -> list[Change]:
    spec = charter.vocabulary.find(field)
    if spec is None or not may_change(charter, act, field):
        return []
    given = Facts(charter, act, context).read(field)
    if spec.type is FactType.TEXT:
        names = sorted({field, *(_FROM_TEXT if field == "text" else ())})
        return list(_text_edits(given, field, [t for name in names for t in asked.get(name, ())]))
    if spec.type is FactType.SYMBOLS:
        own = act.labels.get(field) if spec.source == "label" else getattr(act, field)
        if field in _FROM_TEXT and act.text is not None:
            if own is None:
                return []
            given = fitted(spec, own)  # what the text also contains is removed only from the text
        return list(_set_edits(given, field, asked.get(field, [])))
    return [Change("set", field, v) for v in _values(spec, asked.get(field, [])) if v != given]


def may_change(charter: Charter | Worded, act: Act, field: str) -> bool:
    """Return whether the author of `act` may change a field of it.

    Acts without content of their own are about what others wrote, and so are their labels; numbers,
    durations and instants are measured. Neither may change, unless the charter says that a label is
    not fixed.
    """
    silent = act.kind in charter.vocabulary.without["text"]
    silent = silent or (act.kind is None and act.target is not None)
    labels = charter.vocabulary.labels
    if field in labels:
        fixed, is_measured = labels[field].fixed, labels[field].type in _MEASURED
        return not (silent or is_measured if fixed is None else fixed)
    return field in (
        _WRITTEN if silent and act.text is not None else EDITABLE if not silent else ()
    )


def _field_of(fact: str) -> str:
    head = fact.partition(".")[0]
    return "links" if head in OF_LINKS else head


def _text_edits(given: object, field: str, asked: list[FactTest]) -> Iterator[Change]:
    if not isinstance(given, str):
        return
    seen: dict[Change, None] = {}
    for test in asked:
        for change in _pieces(given, field, test):
            seen.setdefault(change)
    yield from (change for change in seen if has_words(_edited(change, given)))


def has_words(text: object) -> bool:
    """Return whether anything is left of a text that says something."""
    return isinstance(text, str) and not all(map(is_sign, tokens(text)))


def _pieces(text: str, field: str, test: FactTest) -> Iterator[Change]:
    head = test.fact.partition(".")[0]
    if head == "links" or head in OF_LINKS:
        for link in sorted(links_in(text)):
            yield Change("erase", field, link)
    elif head in {"hashtags", "mentions"}:
        yield from _marked(text, field, head)
    elif isinstance(test.operand, WordList):
        found = tokens(text)
        for match in test.operand.find(text):
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


def _set_edits(given: object, field: str, asked: list[FactTest]) -> Iterator[Change]:
    present = given if isinstance(given, frozenset) else frozenset()
    named = {word for t in asked if t.fact == field for word in words_asked(t)}
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


def _values(spec: FactSpec, asked: list[FactTest]) -> list[Any]:
    if spec.type is FactType.FLAG:
        return [False, True]
    if spec.type is FactType.SYMBOL:
        return sorted((spec.values or frozenset()).union(*map(words_asked, asked)))
    limits = sorted({limit for t in asked for limit in _limits(t)})
    return sorted(filter(_is_held, {*limits, *_around(limits)}))


def _is_held(given: object) -> bool:
    """Return whether an act can hold a value: whole numbers have a limited number of digits."""
    return not isinstance(given, int) or is_held(given)


def _limits(test: FactTest) -> list[Any]:
    scalars = [one for one in edges(test.operand) if isinstance(one, _SCALARS)]
    return [one for one in scalars if not isinstance(one, bool)]


_SCALARS: Final = (int, float, timedelta, datetime)


def _around(limits: list[Any]) -> Iterator[Any]:
    """Yield values below, above and between the limits, as far as there are any."""
    if not limits:
        return
    step: Any = 1 if isinstance(limits[0], int | float) else timedelta(minutes=1)
    ends = [lambda: limits[0] - step, lambda: limits[-1] + step]
    for make in (*ends, *(_middle(low, high) for low, high in pairwise(limits))):
        with suppress(OverflowError):
            yield make()


def _middle(low: Any, high: Any) -> Callable[[], Any]:  # noqa: ANN401 - numbers, durations, instants
    return lambda: low + (high - low) / 2


_MARKS: Final[Mapping[str, tuple[str, Callable[[str], frozenset[str]]]]] = {
    "hashtags": ("#", hashtags_in),
    "mentions": ("@", mentions_in),
}


def _reads(rule: Rule) -> frozenset[str]:
    fields = {_field_of(test.fact) for test in tests(rule.when)}
    return frozenset(fields | ({"text"} if fields & _FROM_TEXT else set()))


class _Seeker:
    """Depth-first search that always edits for a rule in the way, so no needed edit is missed."""

    def __init__(self, charter: Charter, context: Context) -> None:
        self.charter = charter
        self.context = context
        self.spent = 0
        scope = Rule.permit("scope", when=charter.framed, because="scope")
        self._scope = _reads(scope)
        self._rules = sorted(charter.rules, key=_by_id)
        self._reads = {rule.id: _reads(rule) for rule in charter.rules}
        self._permits: frozenset[str] = frozenset()
        self._asked = asked_of(charter)
        self._tests = [test for asked in self._asked.values() for test in asked]
        self._cost = _MADE + len(self._tests) + len(charter.rules)

    def hopeless(self, act: Act) -> bool:
        """Return whether no change of content could ever do, and note which permits might."""
        facts = Facts(self.charter, act, self.context)
        is_open = self.charter.term.holds(facts.day) is Truth.TRUE
        if not is_open or not self._can_be(Truth.TRUE, self.charter.framed, facts):
            return True
        permitted = False
        for rule in self._rules:
            in_force = rule.term.holds(facts.day)
            if rule.effect is not Effect.PERMIT:
                can_go = in_force is Truth.FALSE or self._can_be(Truth.FALSE, rule.when, facts)
                if not can_go:
                    return True
            elif in_force is Truth.TRUE and self._can_be(Truth.TRUE, rule.when, facts):
                self._permits |= self._reads[rule.id]
                permitted = True
        return not permitted

    def _can_be(self, goal: Truth, condition: Condition, facts: Facts) -> bool:
        """Return whether changes of content might make a condition true, or false.

        What no edit changes stays as it is, and unknown where it is unknown.
        """
        if isinstance(condition, FactTest):
            is_free = may_change(self.charter, facts.act, _field_of(condition.fact))
            return is_free or truth(condition, facts) is goal
        if isinstance(condition, Not):
            return self._can_be(~goal, condition.of, facts)
        count, parts = threshold(condition)
        needed = count if goal is Truth.TRUE else len(parts) - count + 1
        return sum(self._can_be(goal, part, facts) for part in parts) >= needed

    def begin(self) -> None:
        """Forget what was tried with fewer edits."""
        self.cut_short = False
        self._seen: set[frozenset[Change]] = set()

    def seek(self, act: Act, made: tuple[Change, ...], left: int) -> Repair | None:
        fields, least = self._in_the_way(act)
        if not fields:
            return Repair(made, act) if not least and made else None
        if least > left:
            self.cut_short = True
            return None
        for change in self._options(act, fields):
            after = (*made, change)
            if frozenset(after) in self._seen or self.spent > BUDGET:
                continue
            self._seen.add(frozenset(after))
            found = self.seek(apply(change, act, self.charter), after, left - 1)
            if found is not None:
                return found
        return None

    def _options(self, act: Act, fields: frozenset[str]) -> list[Change]:
        around = self.context
        found = (_edits(self.charter, act, around, name, self._asked) for name in sorted(fields))
        options = [change for changes in found for change in changes]
        self.spent += _size(act) + len(options) // _EDITS
        return options

    def _in_the_way(self, act: Act) -> tuple[frozenset[str], int]:
        """Return the fields of what keeps `act` from being covered, and how many edits at least.

        None and none when nothing does.
        """
        self.spent += self._cost + _size(act)
        facts = Facts(self.charter, act, self.context)
        is_open = gate(self.charter, facts)
        if is_open is not Truth.TRUE:
            return self._scope, 1
        permitted = False
        for rule in self._rules:
            is_true = rule_truth(rule, facts, is_open)
            if rule.effect is Effect.PERMIT:
                permitted = permitted or is_true is Truth.TRUE
            elif is_true is not Truth.FALSE:
                least = least_edits(rule.when, facts, self._tests, Truth.FALSE)
                return self._reads[rule.id], max(least, 1)
        return (frozenset(), 0) if permitted else (self._permits, 1)


def _size(act: Act) -> int:
    """Return what it costs to read what an act holds, or to change it."""
    held = [getattr(act, name) for name in sorted(EDITABLE)] + [*act.labels.values()]
    characters = sum(str.__len__(one) for one in held if isinstance(one, str))
    words = sum(frozenset.__len__(one) for one in held if isinstance(one, frozenset))
    return characters // _CHARACTERS + words // _WORDS
