"""Sessions: one person labels acts, one question after the other."""

from collections import Counter
from collections.abc import Iterator, Sequence

import attrs

from cmcore.charters.history import Case
from cmcore.labellers.questions import Question, Questions
from cmcore.labellers.said import labelled_as, name_of, said_of, with_labels


class Session:
    """What is asked of a history next, and what was answered: before, in `told`, and since.

    Raises:
        InvalidError: when the history says something else of a label than was answered.
    """

    def __init__(
        self, questions: Questions, history: Sequence[Case], told: Sequence[Case] = ()
    ) -> None:
        with_labels(history, told)
        self.questions = questions
        self.history = history
        self._rows = questions.ordered(history)
        self._said: dict[str, dict[str, object]] = {}
        for row in told:
            self._said.setdefault(name_of(row.act), {}).update(said_of(row.act))
        here = {name_of(row.act) for row in self._rows}
        # what a charter asks for no more, or a history no longer has, is kept
        self._others = [row for row in told if name_of(row.act) not in here]
        self._at = 0
        self._reached = _reached(self._rows, told)
        self._skipped: set[int] = set()
        self._steps: list[tuple[int, str | None]] = []

    @property
    def answered(self) -> int:
        """How many answers were given in this session."""
        return sum(label is not None for _, label in self._steps)

    @property
    def place(self) -> int:
        """Which act is asked about, from 1."""
        return self._at + 1

    @property
    def length(self) -> int:
        """How many acts are asked about in all."""
        return len(self._rows)

    @property
    def skipped(self) -> int:
        """How many acts were left aside in this session."""
        return len(self._skipped)

    @property
    def left(self) -> int:
        """How many acts there still is something to ask of, those left aside among them."""
        return sum(self.questions.next_of(self._filled(row)) is not None for row in self._rows)

    def settled(self) -> int:
        """Return of how many rows of the history no label changes what is decided."""
        return sum(self.questions.is_settled(self._filled(row)) for row in self.history)

    def question(self) -> Question | None:
        """Return what to ask next; None where nothing is left."""
        while self._at < len(self._rows):
            found = self.questions.next_of(self._filled(self._rows[self._at]))
            if found and self._at not in self._skipped:
                return found
            self._at += 1
        return None

    def answer(self, question: Question, given: bool | str) -> None:  # noqa: FBT001 - an answer
        """Take an answer."""
        self._said.setdefault(name_of(question.case.act), {})[question.label] = given
        self._steps.append((self._at, question.label))

    def skip(self) -> None:
        """Leave an act aside."""
        self._skipped.add(self._at)
        self._steps.append((self._at, None))

    def back(self) -> bool:
        """Take back the last answer, or leave that act aside no more; False where there is none."""
        if not self._steps:
            return False
        self._at, label = self._steps.pop()
        if label is None:
            self._skipped.discard(self._at)
        else:
            del self._said[name_of(self._rows[self._at].act)][label]
        return True

    def labelled(self) -> Iterator[Case]:
        """Yield the acts that are labelled, with their labels.

        By lot, these are all acts that came up and were not left aside: so they are as good as
        drawn.
        """
        yield from self._others
        self.question()  # as far as all is known
        far = max(self._at + 1, self._reached)
        for row in self._rows[:far]:
            filled = self._filled(row)
            is_told = self._said.get(name_of(row.act)) or self.questions.next_of(filled) is None
            if is_told:
                yield attrs.evolve(
                    filled, context=attrs.evolve(filled.context, earlier=None), place=""
                )

    def _filled(self, row: Case) -> Case:
        said = self._said.get(name_of(row.act))
        return attrs.evolve(row, act=labelled_as(row.act, said)) if said else row


def _reached(rows: Sequence[Case], told: Sequence[Case]) -> int:
    """Return how far in a list of acts an earlier session came."""
    left = Counter(name_of(row.act) for row in told)
    far = 0
    for place, row in enumerate(rows, 1):
        name = name_of(row.act)
        if left[name]:
            left[name] -= 1
            far = place
    return far
