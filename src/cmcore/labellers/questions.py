"""Questions: which labels of which acts people are asked for, and in which order."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import product
from math import prod
from operator import itemgetter
from typing import Final

from cmcore.base.errors import Problem, refuse_any
from cmcore.base.ids import nearest
from cmcore.base.values import internal
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.facts import FactType, Label
from cmcore.charters.decision import Outcome
from cmcore.charters.decisions.compiled import CompiledCharter, compiled
from cmcore.charters.decisions.decide import decide
from cmcore.charters.history import Case
from cmcore.labellers.calibration import asked_by
from cmcore.labellers.draws import Draw
from cmcore.labellers.said import labelled_as, name_of, said_of

#: So many ways to label an act are looked at; where there are more, any label may matter.
_MOST: Final = 243
#: What is decided: the outcome, and the circuits.
_Decided = tuple[Outcome, tuple[str, ...]]


class Order(StrEnum):
    """In which order acts are shown: what settles the most first, or all of them, by lot."""

    WORTH = "worth"
    LOT = "lot"


@internal
class Question:
    """A label that somebody is asked for, of an act: one of the `answers`."""

    case: Case
    label: str
    answers: tuple[bool | str, ...]
    about: str


def answers_of(label: Label) -> tuple[bool | str, ...]:
    """Return what a label can be, if these are few words; nothing otherwise."""
    if label.type is FactType.FLAG:
        return (True, False)
    return tuple(sorted(label.values or ())) if label.type is FactType.SYMBOL else ()


def askable(charter: Charter) -> dict[str, tuple[bool | str, ...]]:
    """Return the labels that people may be asked for, with the answers: flags, and lists."""
    return {name: found for name, label in charter.labels.items() if (found := answers_of(label))}


def asked_labels(charter: Charter, names: Iterable[str] = ()) -> dict[str, tuple[bool | str, ...]]:
    """Return the labels that people are asked for, of those that a charter asks for itself.

    They are the ones that are yes or no, or one of a list; those named are asked for in any case.

    Raises:
        InvalidError: with each name that is not that of such a label.
    """
    known = askable(charter)
    named = list(dict.fromkeys(names))
    refuse_any(_unasked(name, charter) for name in named if name not in known)
    asked = asked_by(charter)
    return {name: known[name] for name in named or known if named or name in asked}


def unasked_labels(charter: Charter) -> tuple[str, ...]:
    """Return the labels that a charter asks for itself, and that nobody can be asked for."""
    return tuple(sorted(asked_by(charter) - askable(charter).keys()))


def _unasked(name: str, charter: Charter) -> Problem:
    """Return why nobody can be asked for a label."""
    if name in charter.labels:
        kind = charter.labels[name].type
        return Problem.of("label-not-asked", "label", label=name, type=kind)
    known = sorted(askable(charter))
    return Problem.of("not-a-choice", "label", given=name, near=nearest(name, known), known=known)


@internal
class Questions:
    """What to ask of acts, so that a charter can decide about them."""

    charter: CompiledCharter
    asked: Mapping[str, tuple[bool | str, ...]]
    order: Order

    @classmethod
    def of(cls, charter: Charter, order: Order, names: Iterable[str] = ()) -> "Questions":
        """Return the questions about some labels, or about those that the charter asks for."""
        return cls(compiled(charter), asked_labels(charter, names), order)

    def ordered(self, rows: Sequence[Case]) -> list[Case]:
        """Return the acts that are asked about, in order.

        By worth, each comes once, and those first of which an answer settles the most rows; by lot,
        all come.
        """
        if self.order is Order.LOT:
            return _by_lot(rows)
        counts = Counter(name_of(row.act) for row in rows)
        once = {name_of(row.act): row for row in rows}
        worth = {name: counts[name] / len(wanted) for name, row in once.items()
                 if (wanted := self.wanted(row))}  # fmt: skip
        return [once[name] for name in sorted(worth, key=lambda name: -worth[name])]

    def next_of(self, case: Case) -> Question | None:
        """Return what to ask first of an act; nothing where no answer would matter."""
        labels = self.wanted(case) if self.order is Order.WORTH else self._open(case)
        if not labels:
            return None
        about = self.charter.charter.labels[labels[0]].about
        return Question(case, labels[0], self.asked[labels[0]], about)

    def _open(self, case: Case) -> list[str]:
        known = said_of(case.act)
        return [label for label in self.asked if label not in known]

    def is_settled(self, case: Case) -> bool:
        """Return whether no label changes what is decided about an act, asked for or not.

        Where it would take too long to see, or depends on a label that has no list of words, it is
        not settled.
        """
        found = decide(self.charter.charter, case.act, case.context, repair=False)
        known = askable(self.charter.charter)
        missing = {fact for rule in found.unknown for fact in rule.facts}
        labels = sorted(missing.intersection(self.charter.charter.labels))
        if found.outcome is not Outcome.EXCEPTION or not labels:
            return True
        if not known.keys() >= set(labels) or _is_much(known[label] for label in labels):
            return False
        return len({made for _, made in self._ways(case, labels)}) == 1

    def wanted(self, case: Case) -> list[str]:
        """Return the labels that matter, those first of which most answers settle the act."""
        labels = self._open(case)
        if _is_much(self.asked[label] for label in labels):
            return labels
        decided = dict(self._ways(case, labels))
        matter = [place for place, _ in enumerate(labels) if _matters(decided, place)]
        settling = {
            place: sum(_is_one(decided, place, given) for given in self.asked[labels[place]])
            / len(self.asked[labels[place]])
            for place in matter
        }
        return [labels[place] for place in sorted(matter, key=lambda place: -settling[place])]

    def _ways(
        self, case: Case, labels: Sequence[str]
    ) -> Iterator[tuple[tuple[bool | str | None, ...], _Decided]]:
        """Yield what is decided for each way to label an act, labels left unknown among them."""
        known = askable(self.charter.charter)
        for given in product(*((None, *known[label]) for label in labels)):
            told = zip(labels, given, strict=True)
            said = {label: one for label, one in told if one is not None}
            made = self.charter.rule(labelled_as(case.act, said), case.context)
            yield given, (made.outcome, made.circuits)


def _is_much(answers: Iterable[Sequence[object]]) -> bool:
    """Return whether there are too many ways to label an act to look at each."""
    return prod(len(one) + 1 for one in answers) > _MOST


def _by_lot(rows: Sequence[Case]) -> list[Case]:
    """Return acts as drawn, one after the other; those of one name are drawn apart."""
    lot, seen = Draw().lot, Counter[str]()
    drawn: list[tuple[float, Case]] = []
    for row in rows:
        name = name_of(row.act)
        drawn.append((lot("label", name, str(seen[name])), row))
        seen[name] += 1
    return [row for _, row in sorted(drawn, key=itemgetter(0))]


_Ways = Mapping[tuple[bool | str | None, ...], _Decided]


def _matters(decided: _Ways, place: int) -> bool:
    """Return whether a label changes what is decided, whatever the others are."""
    found: dict[tuple[bool | str | None, ...], _Decided] = {}
    return any(
        found.setdefault(given[:place] + given[place + 1 :], one) != one
        for given, one in decided.items()
    )


def _is_one(decided: _Ways, place: int, answer: bool | str) -> bool:  # noqa: FBT001 - an answer
    """Return whether all is decided once a label is known."""
    return len({one for given, one in decided.items() if given[place] == answer}) == 1
