"""What came of guarantees and examples: which hold, and the acts that show which do not."""

from collections.abc import Iterator
from typing import Final

from attrs import field

from cmcore.base.truth import Truth
from cmcore.base.values import value
from cmcore.charters.analysis.analysis import act_text, why_open
from cmcore.charters.decision import Closed, Ruling, outcome_text, version_text
from cmcore.charters.guarantee import Example, Guarantee, Word, guarantee_text
from cmcore.charters.history import Case
from cmcore.charters.kinds import fact_text
from cmcore.display.names import cells
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, say, say_many


@value
class GuaranteeResult:
    """Whether a guarantee holds: true is proven, false shown by an act, unknown not settled.

    Without it, `witness` is an act that breaks the guarantee, and `given` what it gets. A guarantee
    that holds may be `idle`: there is no act at all that it is about.
    """

    word: Word
    guarantee: Guarantee
    holds: Truth
    witness: Case | None = field(default=None, kw_only=True)
    given: Ruling | None = field(default=None, kw_only=True)
    idle: bool = field(default=False, kw_only=True)


@value
class ExampleResult:
    """What the act of an example gets.

    Where it is not what it must get, `unknown` names facts that the example leaves open, none of
    which can be left out, with which it could get that; `covers_nothing` says why the charter
    covers nothing there, if so.
    """

    example: Example
    given: Ruling
    unknown: tuple[str, ...] = field(default=(), kw_only=True)
    covers_nothing: Closed | None = field(default=None, kw_only=True)

    @property
    def holds(self) -> bool:
        """Whether that is what it must get."""
        wanted = self.example
        is_sent = not wanted.to or wanted.to == frozenset(self.given.circuits)
        return self.given.outcome is wanted.outcome and is_sent


@value
class Proof(Viewable):
    """How a charter stands to what it says of itself: its guarantees, and its examples.

    `spent` says that the work of the budget was done before everything was looked at.
    """

    charter: str
    version: int
    charter_digest: str = field(kw_only=True)
    guarantees: tuple[GuaranteeResult, ...] = field(default=(), kw_only=True)
    examples: tuple[ExampleResult, ...] = field(default=(), kw_only=True)
    spent: bool = field(default=False, kw_only=True)
    zone: str = field(default="UTC", kw_only=True)

    @property
    def broken(self) -> tuple[GuaranteeResult | ExampleResult, ...]:
        """The guarantees that an act breaks, and the examples that get something else."""
        guarantees = (one for one in self.guarantees if one.holds is Truth.FALSE)
        return (*guarantees, *(one for one in self.examples if not one.holds))

    @property
    def undecided(self) -> tuple[GuaranteeResult, ...]:
        """The guarantees that are neither proven nor broken."""
        return tuple(one for one in self.guarantees if one.holds is Truth.UNKNOWN)

    @property
    def holds(self) -> Truth:
        """Whether all guarantees and examples hold."""
        return Truth.of(False if self.broken else None if self.undecided else True)

    def _view(self, language: Language) -> View:
        """Return the view of the proof for a terminal or a notebook."""
        told = [
            say_many("guarantees", len(self.guarantees), language),
            say_many("examples", len(self.examples), language),
        ]
        count, left = len(self.broken), len(self.undecided)
        told += [say_many("broken", count, language)] if count else []
        told += [say("not settled", language, count=left)] if left else []
        told += [] if count or left else [say("none broken", language)]
        return View(
            title=say("joint", language).join(told),
            tone=_TONES[self.holds],
            lines=tuple(_lines(self, language)),
            tables=tuple(_tables(self, language)),
            foot=version_text(self.charter, self.version, language),
        )


_TONES: Final = {Truth.TRUE: "covered", Truth.FALSE: "forbidden", Truth.UNKNOWN: "exception"}


def _lines(found: Proof, language: Language) -> Iterator[Line]:
    """Yield each guarantee, with what came of it."""
    for one in found.guarantees:
        code = "idle" if one.idle else one.holds.name.lower()
        told = guarantee_text(one.guarantee, language, found.zone)
        told = say(f"guarantee {code}", language, of=told)
        yield Line(say(f"guarantee {one.word}", language), "", told)
    if found.undecided:
        yield why_open(found.spent, language)
    for result in found.examples:
        yield from (
            Line(say("restated example", language), "", told) for told in _why(result, language)
        )


def _why(one: ExampleResult, language: Language) -> Iterator[str]:
    """Yield what may be the reason why an example gets something else."""
    gets = one.example.text(language)
    if one.covers_nothing:
        yield say("guaranteed", language, gets=gets, when=one.covers_nothing.text(language))
    if one.unknown:
        facts = ", ".join(fact_text(fact, language) for fact in one.unknown)
        unknown = say_many("are unknown", len(one.unknown), language, facts=facts)
        yield say("guaranteed", language, gets=gets, when=unknown)


def _tables(found: Proof, language: Language) -> Iterator[Table]:
    shown = [
        (say(f"guarantee {one.word}", language) + " " + one.guarantee.text(language),
         one.witness, one.given)
        for one in found.guarantees if one.witness and one.given
    ]  # fmt: skip
    shown += [
        (one.example.text(language), Case(one.example.act, one.example.context), one.given)
        for one in found.examples if not one.holds
    ]  # fmt: skip
    if shown:
        yield Table(
            tuple(say(head, language) for head in ("must be", "is so", "by what", "the act")),
            tuple(
                (wanted, outcome_text(given.outcome, given.circuits, language),
                 cells(given.determining, "rule", language), act_text(case, language, found.zone))
                for wanted, case, given in shown
            ),
            say("what breaks", language),
            folded=True,
        )  # fmt: skip
