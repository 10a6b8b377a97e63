"""Examining: whether rules can have some truths together, with an act that shows it."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial, reduce
from itertools import chain
from operator import and_, or_
from typing import Final

from cmcore.charters.act import Act
from cmcore.charters.analysis._board import Board
from cmcore.charters.analysis._budget import Budget
from cmcore.charters.analysis._counts import Counts
from cmcore.charters.analysis._formula import (
    BIT,
    FALSE,
    TRUE,
    UNKNOWN,
    Atom,
    Formula,
    Some,
    at_least,
    either,
    every,
)
from cmcore.charters.analysis._search import STEPS, Found, Search, World, holds
from cmcore.charters.analysis._theory import Question, Theory, truths
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import Condition
from cmcore.charters.conditions.facts import IN_TEXT
from cmcore.charters.context import Context
from cmcore.charters.decisions.judgement import judge_act
from cmcore.charters.meaning.kleene import truth
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.rule import Effect, Rule, Term

_ALWAYS: Final = Term()
#: How many acts are remembered, each with the truth of every rule.
_REMEMBERED: Final = 3000


class Sheet:
    """The rules of one charter as atoms of queries, each by its number among all rules."""

    def __init__(self, charter: Charter, first: int) -> None:
        self.charter = charter
        self.numbers = {rule.id: first + place for place, rule in enumerate(charter.rules)}
        self._of: dict[tuple[Effect, ...], list[Rule]] = {}

    def of(self, *effects: Effect) -> list[Rule]:
        """Return the rules of some effects."""
        if effects not in self._of:
            found = [rule for rule in self.charter.rules if rule.effect in effects]
            self._of[effects] = found
        return self._of[effects]

    def are(self, rules: Iterable[Rule], mask: int) -> list[Formula]:
        """Return the atoms by which rules have a truth among `mask`."""
        return [Atom(self.numbers[rule.id], mask) for rule in rules]

    def all_are(self, mask: int, *effects: Effect, but: Iterable[Rule] = ()) -> Formula:
        """Return what holds where all rules of some effects have a truth among `mask`."""
        left = [rule for rule in self.of(*effects) if rule not in but]
        return every(self.are(left, mask))

    def some_is(self, mask: int, *effects: Effect, but: Iterable[Rule] = ()) -> Formula:
        """Return what holds where some rule of some effects has a truth among `mask`."""
        left = [rule for rule in self.of(*effects) if rule not in but]
        return either(self.are(left, mask))

    @property
    def covered(self) -> Formula:
        """What holds where an act is covered."""
        barred = self.all_are(FALSE, Effect.FORBID, Effect.REFER)
        return every((self.some_is(TRUE, Effect.PERMIT), barred))

    @property
    def forbidden(self) -> Formula:
        """What holds where an act is forbidden."""
        return self.some_is(TRUE, Effect.FORBID)

    @property
    def not_forbidden(self) -> Formula:
        """What holds where an act is not forbidden."""
        return self.all_are(FALSE | UNKNOWN, Effect.FORBID)

    @property
    def not_covered(self) -> Formula:
        """What holds where an act is not covered."""
        barred = self.are(self.of(Effect.FORBID, Effect.REFER), TRUE | UNKNOWN)
        return either((*barred, self.all_are(FALSE | UNKNOWN, Effect.PERMIT)))

    @property
    def silent(self) -> Formula:
        """What holds where no rule says anything, so that the default circuit decides."""
        barred = self.all_are(FALSE, Effect.FORBID, Effect.REFER)
        return every((barred, self.all_are(FALSE | UNKNOWN, Effect.PERMIT)))

    @property
    def doubtful(self) -> Formula:
        """What holds where a rule that is unknown could change the outcome or the circuits."""
        forbids, refers = self.of(Effect.FORBID), self.of(Effect.REFER)
        permits = self.of(Effect.PERMIT)
        ways = [every((self.not_forbidden, either(self.are(forbids, UNKNOWN))))]
        unforbidden = self.are(forbids, FALSE)
        for circuit in sorted({name for rule in refers for name in rule.to}):
            named = [rule for rule in refers if circuit in rule.to]
            parts = [*unforbidden, either(self.are(named, UNKNOWN)),
                     *self.are(named, FALSE | UNKNOWN)]  # fmt: skip
            if circuit == self.charter.default:
                # it is asked all the same where no rule says anything
                others = [rule for rule in refers if circuit not in rule.to]
                parts.append(either(self.are([*others, *permits], TRUE | UNKNOWN)))
            ways.append(every(parts))
        unbarred = [*unforbidden, *self.are(refers, FALSE)]
        unpermitted = self.are(permits, FALSE | UNKNOWN)
        ways.append(every((*unbarred, *unpermitted, either(self.are(permits, UNKNOWN)))))
        return either(ways)

    def sent(self, circuit: str) -> Formula:
        """Return what holds where an act is an exception that goes to a circuit, among others."""
        default = self.charter.default
        named = [rule for rule in self.of(Effect.REFER) if circuit in rule.to]
        ways = self.are(named, TRUE | UNKNOWN)
        if circuit == default:
            ways += [*self.are(self.of(Effect.FORBID), UNKNOWN), self.silent]
        return every((self.not_forbidden, either(ways)))

    def not_sent(self, circuit: str) -> Formula:
        """Return what holds where an act is an exception that does not go to a circuit."""
        named = [rule for rule in self.of(Effect.REFER) if circuit in rule.to]
        parts = [self.not_forbidden, self.not_covered, *self.are(named, FALSE)]
        if circuit == self.charter.default:
            parts.append(self.all_are(FALSE, Effect.FORBID))
            parts.append(self.some_is(TRUE | UNKNOWN, Effect.REFER))
        return every(parts)


class Examiner:
    """Answers queries about the rules of charters, and remembers the acts that it found."""

    def __init__(
        self,
        *charters: Charter,
        steps: int = STEPS,
        budget: Budget | None = None,
        besides: Sequence[Condition] = (),
    ) -> None:
        """`besides` are conditions of the first charter that queries ask for, like its rules."""
        self.charters = charters
        self._besides = tuple(besides)
        self.sheets: list[Sheet] = []
        self._rules: list[tuple[Charter, Rule]] = []
        for charter in charters:
            self.sheets.append(Sheet(charter, len(self._rules)))
            self._rules += [(charter, rule) for rule in charter.rules]
        first = len(self._rules)
        self._rules += [(charters[0], _asking(charters[0], when)) for when in self._besides]
        #: What holds where each of the conditions besides is true.
        self.besides = [Atom(first + place, TRUE) for place in range(len(self._besides))]
        self.budget = budget or Budget()
        self._board = Board(charters, partial(Counts, self.budget))
        self._made: dict[tuple[int, int], Formula] = {}
        self._follows: dict[tuple[int, int], bool] = {}
        self._unsaid: dict[int, tuple[tuple[Atom, ...], ...]] = {}
        for number in range(len(self._rules)):
            self._rule(number, TRUE)
        self._board.close()
        self._search = Search(self._board, steps, self.budget)
        self._seen: list[World] = []
        self._kinds = set[tuple[int, ...]]()
        self._having = [dict.fromkeys(BIT.values(), 0) for _ in self._rules]

    def find(self, query: Formula) -> Found:
        """Return an act for which a query holds, or whether there is none."""
        known = self._where(query)
        if known:
            # the first of them: the same one, however long the budget lasts
            return Found(self._seen[(known & -known).bit_length() - 1], settled=True)
        return self._search.find(map(self._spelled, [query]), lambda made: self._shows(query, made))

    def both(self, one: Formula, other: Formula) -> Found:
        """Return an act for which two formulas hold, or whether there is none."""
        return self.find(every((one, other)))

    @property
    def facts(self) -> list[str]:
        """What the charters ask about: facts, each with what is measured of it."""
        return self._board.subjects

    @property
    def theories(self) -> list[Theory]:
        """What can be so of each of these facts."""
        return self._board.theories

    def closes(self, query: Formula, fact: str) -> bool:
        """Return whether it is proven that no act does what is asked if nobody says a fact of it.

        The fact is unknown then, unless it is known without being said.
        """
        place = self._board.subjects.index(fact)
        unknown = [Atom(number, UNKNOWN) for number, _ in self._board.theories[place].asked]
        return self.excludes(query, unknown) and all(
            self.excludes(query, way) for way in self._known_unsaid(place)
        )

    def _known_unsaid(self, place: int) -> tuple[tuple[Atom, ...], ...]:
        """Return what may be so of acts where nobody says a fact that is known all the same."""
        if place not in self._unsaid:
            self._unsaid[place] = tuple(dict.fromkeys(self._lacking(place)))
        return self._unsaid[place]

    def _lacking(self, place: int) -> Iterator[tuple[Atom, ...]]:
        """Yield each: some kinds of act have none, and what is in a text is known with it."""
        fact = self.facts[place]
        own = {number for number, _ in self.theories[place].asked}
        if fact in IN_TEXT:
            bits = self.leaves((Act(text="a"), Context()))
            yield tuple(Atom(number, bits[number]) for number in sorted(own))
        of_kind = {n for n in range(len(self.questions)) if self.fact_of(n) == "kind"}
        for bits in self._bare if fact != "kind" else ():
            if any(bits[number] != UNKNOWN for number in own):
                yield tuple(Atom(number, bits[number]) for number in sorted(own | of_kind))

    @cached_property
    def _bare(self) -> list[tuple[int, ...]]:
        """The truths of questions for acts of which only a kind is said that has not all facts."""
        kinds = {*chain.from_iterable(self.charters[0].vocabulary.without.values())}
        return [self.leaves((Act(kind=kind), Context())) for kind in sorted(kinds)]

    def find_among(self, query: Formula, leaves: Sequence[Formula]) -> Found:
        """Return the same of acts for which formulas about single questions hold."""

        def confirm(made: World) -> bool:
            if not self._shows(query, made):
                return False
            found = self.leaves(made)
            return all(holds(leaf, found) for leaf in leaves)

        return self._search.find([*leaves, self._spelled(query)], confirm)

    def excludes(
        self, query: Formula, leaves: Sequence[Formula] = (), steps: int | None = None
    ) -> bool:
        """Return whether it is proven that no act does what is asked: no act is made for it."""
        return self._search.excludes(chain(leaves, map(self._spelled, [query])), steps)

    def follows(self, one: int, other: int) -> bool:
        """Return whether it is proven that a rule is true or in doubt only where another is."""
        if (one, other) not in self._follows:
            is_same = self._rule(one, TRUE | UNKNOWN) == self._rule(other, TRUE | UNKNOWN)
            query = every((Atom(one, TRUE | UNKNOWN), Atom(other, FALSE)))
            self._follows[one, other] = is_same or self.excludes(query)
        return self._follows[one, other]

    def silences(self, leaves: Sequence[Formula], steps: int) -> bool:
        """Return whether it is proven that the first charter says nothing of acts of a kind.

        They are the acts for which formulas about single questions hold, and of which all is known.
        """
        return self._search.excludes_each(self._saying, leaves, steps)

    def silencing(self, leaves: Sequence[Formula], atoms: Sequence[Atom]) -> list[list[Atom]]:
        """Return which atoms alone silence each rule that may say something of a kind of acts."""
        return self._search.barring(self._saying, leaves, atoms)

    @cached_property
    def _saying(self) -> list[Formula]:
        """What holds where one rule or another of the first charter says something."""
        sheet = self.sheets[0]
        barring = sheet.are(sheet.of(Effect.FORBID, Effect.REFER), TRUE | UNKNOWN)
        permitting = sheet.are(sheet.of(Effect.PERMIT), TRUE)
        return [self._spelled(one) for one in (*barring, *permitting)]

    def impossible(self, leaves: Sequence[Formula]) -> bool:
        """Return whether it is proven that formulas about single questions hold of no act."""
        return self._search.excludes(leaves)

    def holds(self, query: Formula, known: Sequence[int]) -> bool:
        """Return whether a query holds where the truth of each question is known."""
        return holds(self._spelled(query), known)

    def leaves(self, made: World) -> tuple[int, ...]:
        """Return the truth of each question for an act."""
        return tuple(truths(list(enumerate(self.questions)), *made))

    def fact_of(self, number: int) -> str:
        """Return what a question is about: a fact, with what is measured of it."""
        return self._board.subjects[self._board.theory_of[number]]

    @property
    def questions(self) -> Sequence[Question]:
        """The questions that conditions consist of, by their numbers."""
        return self._board.questions

    def truths(self, made: World) -> list[int]:
        """Return the truth of each rule for an act, as it is decided by."""
        found: list[int] = []
        for charter in self.charters:
            held = {rule.id: BIT[known] for rule, known in judge_act(charter, *made).rules}
            found += [held.get(rule.id, FALSE) for rule in charter.rules]
        if self._besides:
            charter = self.charters[0]
            facts = Facts(charter, *made)
            is_on = charter.term.holds(facts.day)
            found += [BIT[is_on & truth(when, facts)] for when in self._besides]
        return found

    def _shows(self, query: Formula, made: World) -> bool:
        found = self.truths(made)
        self._remember(made, found)
        return holds(query, found)

    def _remember(self, made: World, found: list[int]) -> None:
        if tuple(found) in self._kinds or len(self._seen) >= _REMEMBERED:
            return
        self._kinds.add(tuple(found))
        for number, bit in enumerate(found):
            self._having[number][bit] |= 1 << len(self._seen)
        self._seen.append(made)

    def _where(self, query: Formula) -> int:
        """Return the acts that are remembered for which a query holds, as bits."""
        if isinstance(query, Atom):
            having = self._having[query.question]
            return sum(acts for truth, acts in having.items() if truth & query.mask)
        everything = (1 << len(self._seen)) - 1
        held = [self._where(part) for part in query.parts]
        if query.count == len(held):
            return reduce(and_, held, everything)
        return reduce(or_, held, 0) if query.count == 1 else 0

    def _spelled(self, query: Formula) -> Formula:
        """Return a query about rules as one about their conditions."""
        if isinstance(query, Atom):
            return self._rule(query.question, query.mask)
        return Some(query.count, tuple(map(self._spelled, query.parts)))

    def _rule(self, number: int, mask: int) -> Formula:
        key = (number, mask)
        if key not in self._made:
            charter, rule = self._rules[number]
            parts: list[Condition | Term] = [rule.when]
            parts += [] if rule.term == _ALWAYS else [rule.term]
            if rule.effect is Effect.PERMIT:
                parts.append(charter.framed)
                parts += [] if charter.term == _ALWAYS else [charter.term]
            self._made[key] = _asked(self._board, charter, parts, mask)
        return self._made[key]


def _asking(charter: Charter, when: Condition) -> Rule:
    """Return a rule that is true where a condition is, on days on which a charter is in force."""
    return Rule("asked", Effect.FORBID, when=when, because="asked", term=charter.term)


def _asked(board: Board, charter: Charter, parts: Sequence[Condition | Term], mask: int) -> Formula:
    return at_least(len(parts), parts, mask, board.numbers(charter))
