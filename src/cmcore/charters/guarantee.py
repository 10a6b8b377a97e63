"""Guarantees and examples: what a charter says of its own decisions."""

from collections.abc import Iterator
from typing import Final, Literal

import attrs
from attrs import field

from cmcore.base.errors import Problem, refuse_any
from cmcore.base.ids import one_of
from cmcore.base.values import value
from cmcore.charters.act import Act, Message
from cmcore.charters.conditions.condition import Condition, require_condition
from cmcore.charters.conditions.facts import Bad
from cmcore.charters.conditions.readings import fitted
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.context import Context
from cmcore.charters.decision import Outcome, outcome_text
from cmcore.charters.rule import names_of
from cmcore.display.cards import inline
from cmcore.display.names import reader
from cmcore.display.wording import Language, say

#: What a guarantee says of an outcome.
Word = Literal["always", "never"]


def _outcome(given: Outcome | str) -> Outcome:
    return one_of(Outcome, given)


def _circuit_problems(outcome: Outcome, to: object) -> Iterator[Problem]:
    if to and outcome is not Outcome.EXCEPTION:
        yield Problem.of("outcome-without-circuit", "to", outcome=outcome)


@value
class Guarantee:
    """What acts always get, or never: `outcome`, for all acts for which `when` is true.

    Whether it is always or never so, the charter says by where it has the guarantee. With `to`, an
    exception is meant that goes to this circuit, whatever other circuits it goes to as well.
    `because` says why.

    Raises:
        InvalidError: when a circuit is named for what goes to none.
    """

    outcome: Outcome = field(converter=_outcome)
    when: Condition = field(kw_only=True)
    to: str | None = field(default=None, kw_only=True)
    because: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        require_condition(self.when)
        refuse_any(_circuit_problems(self.outcome, self.to))

    def text(self, language: Language = "en") -> str:
        """Say what acts get: `covered`, `exception → crisis`."""
        return outcome_text(self.outcome, (self.to,) if self.to else (), language)


@value
class Example:
    """An act in its context, with the outcome that it must get.

    Of an exception, `to` may name all the circuits that it must go to. `because` says why.

    Raises:
        InvalidError: when circuits are named for what goes to none.
    """

    outcome: Outcome = field(converter=_outcome)
    act: Act
    context: Context = field(factory=Context, kw_only=True)
    to: frozenset[str] = field(default=frozenset(), kw_only=True, converter=names_of)
    because: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        refuse_any(_circuit_problems(self.outcome, self.to))

    def text(self, language: Language = "en") -> str:
        """Say what the act must get: `covered`, `exception → crisis`."""
        return outcome_text(self.outcome, tuple(sorted(self.to)), language)


def guarantee_text(one: Guarantee, language: Language, zone: str) -> str:
    """Say what is guaranteed, in a line: what acts get, which acts, and why.

    Moments are those of the clocks in a zone.
    """
    when = inline(one.when, reader(language, zone=zone))
    told = say("guaranteed", language, gets=one.text(language), when=when)
    return f"{told} ({one.because})" if one.because else told


# ---------------------------------------------------------------------- what the charter must know

_NO_FACTS: Final = frozenset({"id", "labels", "absent", "in_reply_to", "target"})
_OWN: Final = frozenset(one.name for one in attrs.fields(Act)) - {"id", "labels", "absent"}


def act_problems(act: Act, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield what an act says that is no fact of a vocabulary, or no value that it can have."""
    for name in sorted(act.absent - _OWN - vocabulary.labels.keys()):
        yield vocabulary.missing(name).under("absent")
    for path, name, given in _said(act):
        spec = vocabulary.find(name)
        if spec is None and path[0] == "labels":
            yield vocabulary.missing(name).under(*path)
        elif spec is not None and isinstance(fitted(spec, given), Bad):
            known = spec.values or ()
            yield Problem.of("unknown-value", *path, fact=name, value=given, known=known)


def _said(act: Act) -> Iterator[tuple[tuple[str, ...], str, object]]:
    """Yield what an act says of each fact, with its place."""
    for one in attrs.fields(Act):
        given = getattr(act, one.name)
        if isinstance(given, Message):
            for inner in attrs.fields(Message):
                told = getattr(given, inner.name)
                yield (one.name, inner.name), f"{one.name}.{inner.name}", told
        elif one.name not in _NO_FACTS:
            yield (one.name,), one.name, given
    yield from ((("labels", name), name, given) for name, given in act.labels.items())
