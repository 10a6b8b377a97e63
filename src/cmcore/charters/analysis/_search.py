"""Searching: an act for which formulas hold, or the proof that there is none.

Questions are given truths one by one; what follows is drawn at once, from the formulas and from
what is known of each fact. An act that is found is tried before it is returned.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import chain
from typing import Final

from cmcore.base.values import internal
from cmcore.charters.act import Act
from cmcore.charters.analysis._board import Board
from cmcore.charters.analysis._budget import Budget
from cmcore.charters.analysis._formula import ANY, FALSE, TRUE, Atom, Formula, apart, asked
from cmcore.charters.analysis._theory import Ways
from cmcore.charters.analysis._worlds import Parts, world
from cmcore.charters.context import Context

#: How many truths are tried, and how many acts, before an answer is left open.
STEPS: Final = 1000
_TRIES: Final = 20
#: So many questions that are thought about at once cost as much as one formula.
_AT_ONCE: Final = 8
_HELD, _OPEN, _DEAD = 1, 0, -1
#: An act in its context.
World = tuple[Act, Context]


@internal
class Found:
    """An act for which all is as wanted; without one, `settled` says that there is none."""

    world: World | None
    settled: bool


class Search:
    """Searches one board again and again, until its budget is spent."""

    def __init__(self, board: Board, steps: int = STEPS, budget: Budget | None = None) -> None:
        self.board = board
        self.budget = budget or Budget()
        self._steps = steps
        self._first = [ANY] * len(board.questions)
        for theory in board.theories:
            theory.narrow(self._first)

    @cached_property
    def _known(self) -> list[int]:
        """What can be so of each question where all of them are known."""
        masks = [mask & (TRUE | FALSE) for mask in self._first]
        for theory in self.board.theories:
            theory.narrow(masks)
        return masks

    def find(self, formulas: Iterable[Formula], confirm: Callable[[World], bool]) -> Found:
        """Return an act for which all formulas hold, and that `confirm` accepts."""
        if self.budget.is_spent:
            return Found(None, settled=False)
        run = self._run(formulas, self._steps)
        run.confirm = confirm
        found = run.go(self._first)
        return Found(found, settled=found is not None or run.sure)

    def excludes(
        self,
        formulas: Iterable[Formula],
        steps: int | None = None,
        first: Sequence[int] | None = None,
    ) -> bool:
        """Return whether it is sure that no act does what all formulas say.

        `first` are the truths that questions can have at all.
        """
        if self.budget.is_spent:
            return False
        run = self._run(formulas, steps or self._steps)
        run.go(first or self._first)
        return run.sure

    def excludes_each(
        self, formulas: Sequence[Formula], given: Iterable[Formula], steps: int
    ) -> bool:
        """Return whether it is sure that no act does what any one formula says with those given.

        Acts count of which all questions are known. Most formulas fail already by what follows from
        those given.
        """
        held = list(given)
        masks = self._run(held, steps).follow(self._known)
        self.budget.spend(len(formulas))
        return masks is None or all(
            self.excludes([*held, one], steps, self._known)
            for one in formulas
            if _state(one, masks) != _DEAD
        )

    def barring(
        self, formulas: Sequence[Formula], given: Iterable[Formula], atoms: Sequence[Atom]
    ) -> list[list[Atom]]:
        """Return which atoms alone make each formula fail that does not by what is given.

        Acts count of which all questions are known.
        """
        masks = self._run(given, 1).follow(self._known) or []
        self.budget.spend(len(formulas) + len(atoms))
        of = {atom.question: atom for atom in atoms}
        return [
            [of[n] for n in asked(formula) if n in of and _fails(formula, masks, of[n])]
            for formula in (formulas if masks else ())
            if _state(formula, masks) != _DEAD
        ]

    def _run(self, formulas: Iterable[Formula], steps: int) -> "_Run":
        parts = [part for one in formulas for part in apart(one)]
        return _Run(self.board, [*parts, *self.board.rules], steps, self.budget)


class _Run:
    def __init__(self, board: Board, formulas: list[Formula], steps: int, budget: Budget) -> None:
        #: What tries an act; without it, nothing is made, and the first hope ends the search.
        self.confirm: Callable[[World], bool] | None = None
        self._board = board
        self._budget = budget
        self._formulas = formulas
        self._steps = steps
        self._tries = _TRIES
        self.sure = True
        self._watching: dict[int, list[int]] = {}
        for place, formula in enumerate(formulas):
            for number in asked(formula):
                self._watching.setdefault(number, []).append(place)

    def follow(self, first: Sequence[int]) -> list[int] | None:
        """Return the truths that are left once all is drawn that follows; None where none are."""
        masks = list(first)
        everything = range(len(self._formulas))
        return None if self._follow(masks, everything, everything) is None else masks

    def go(self, first: Sequence[int]) -> World | None:
        """Return a world, if one is found."""
        self._first = first
        masks = list(first)
        everything = range(len(self._formulas))
        stack: list[tuple[list[int], Sequence[int], Sequence[int]]]
        stack = [(masks, everything, everything)]
        while stack:
            masks, opened, touched = stack.pop()
            left = self._follow(masks, opened, touched)
            if self._budget.is_spent:
                self.sure = False
                return None
            if left is None:
                continue
            if not left:
                found = self._try(masks)
                if found is not None:
                    return found
                if not self.sure and self._tries <= 0:
                    return None
                continue
            atom = _atom(self._formulas[left[0]], masks)
            self._steps -= 1
            if self._steps < 0:
                self.sure = False
                return None
            for wanted in (~atom.mask & masks[atom.question], atom.mask & masks[atom.question]):
                other = list(masks)
                other[atom.question] = wanted
                theory = self._board.theories[self._board.theory_of[atom.question]]
                if theory.narrow(other):
                    changed = (n for n, _ in theory.asked if other[n] != masks[n])
                    stack.append((other, left, self._touched(changed)))
        return None

    def _touched(self, changed: Iterable[int]) -> list[int]:
        return list(dict.fromkeys(chain.from_iterable(self._watching.get(n, ()) for n in changed)))

    def _follow(
        self, masks: list[int], opened: Sequence[int], touched: Sequence[int]
    ) -> list[int] | None:
        """Draw what follows; return the formulas that still are open, or None where one fails."""
        left = dict.fromkeys(opened)
        queue = touched
        while queue:
            self._budget.spend(len(queue))
            changed: dict[int, None] = {}
            for place in queue:
                if place in left:
                    state = _force(self._formulas[place], masks, changed)
                    if state == _DEAD:
                        return None
                    if state == _HELD:
                        del left[place]
            theories = dict.fromkeys(self._board.theory_of[number] for number in changed)
            for one in theories:
                theory = self._board.theories[one]
                self._budget.spend(1 + len(theory.asked) // _AT_ONCE)
                before = list(masks)
                if not theory.narrow(masks):
                    return None
                if masks != before:
                    numbers = (number for number, _ in theory.asked)
                    changed.update(dict.fromkeys(n for n in numbers if masks[n] != before[n]))
            queue = self._touched(changed)
        return list(left)

    def _try(self, masks: list[int]) -> World | None:
        """Return a world with such truths, if one is found and confirmed."""
        if self.confirm is None:
            self.sure, self._tries = False, 0
            return None
        found: list[Ways] = []
        for theory in self._board.theories:
            if any(masks[number] != self._first[number] for number, _ in theory.asked):
                ways = theory.ways(masks)
                if not ways.parts:
                    self.sure = self.sure and ways.exact
                    return None
                found.append(ways)
        for parts in _mixed(found):
            self._budget.spend(1 + len(masks) // _AT_ONCE)
            made = self._made(parts, self.confirm)
            if made is not None:
                return made
        self.sure = False
        self._tries -= 1
        return None

    def _made(self, parts: Parts, confirm: Callable[[World], bool]) -> World | None:
        try:
            made = world(self._board.charters, parts)
        except Exception:  # noqa: BLE001 - what cannot be made is no witness, whatever the reason
            return None
        return made if confirm(made) else None


def _mixed(found: Sequence[Ways]) -> Iterable[Parts]:
    """Yield the best of all ways together, then one other way at a time."""
    best = [ways.parts[0] for ways in found]
    yield _together(best)
    for place, ways in enumerate(found):
        for other in ways.parts[1:_OTHERS]:
            yield _together([*best[:place], other, *best[place + 1 :]])


_OTHERS: Final = 6


def _together(parts: Iterable[Parts]) -> Parts:
    made: dict[str, object] = {}
    for one in parts:
        made.update(one)
    return made


def holds(formula: Formula, truths: Sequence[int]) -> bool:
    """Return whether a formula holds of questions whose truths are settled."""
    return _state(formula, truths) == _HELD


def _state(formula: Formula, masks: Sequence[int]) -> int:
    """Return whether a formula holds whatever is still open, or fails, or neither."""
    if isinstance(formula, Atom):
        mask = masks[formula.question]
        if not mask & ~formula.mask:
            return _HELD
        return _OPEN if mask & formula.mask else _DEAD
    held = opened = 0
    for part in formula.parts:
        state = _state(part, masks)
        held += state == _HELD
        opened += state == _OPEN
    if held >= formula.count:
        return _HELD
    return _OPEN if held + opened >= formula.count else _DEAD


def _fails(formula: Formula, masks: list[int], atom: Atom) -> bool:
    """Return whether a formula fails once an atom holds as well."""
    before = masks[atom.question]
    masks[atom.question] &= atom.mask
    found = _state(formula, masks)
    masks[atom.question] = before
    return found == _DEAD


def _force(formula: Formula, masks: list[int], changed: dict[int, None]) -> int:
    """Make a formula hold as far as that takes no choice; return what is then so of it."""
    if isinstance(formula, Atom):
        mask = masks[formula.question]
        left = mask & formula.mask
        if left != mask and left:
            masks[formula.question] = left
            changed[formula.question] = None
        return _HELD if left else _DEAD
    states = [_state(part, masks) for part in formula.parts]
    held, opened = states.count(_HELD), states.count(_OPEN)
    if held >= formula.count:
        return _HELD
    if held + opened < formula.count:
        return _DEAD
    if held + opened > formula.count:
        return _OPEN
    found = [
        _force(part, masks, changed)
        for part, state in zip(formula.parts, states, strict=True)
        if state == _OPEN
    ]
    return min(found)


def _atom(formula: Formula, masks: Sequence[int]) -> Atom:
    """Return an atom to decide, so that a formula may hold of which that is open."""
    if isinstance(formula, Atom):
        return formula
    return _atom(next(part for part in formula.parts if _state(part, masks) == _OPEN), masks)
