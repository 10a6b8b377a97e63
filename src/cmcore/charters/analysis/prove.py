"""Proving what a charter guarantees, and trying its examples."""

from collections.abc import Iterator, Sequence

import attrs

from cmcore.base.asked import checked
from cmcore.base.truth import Truth
from cmcore.charters.act import Act
from cmcore.charters.analysis._budget import WORK, Budget
from cmcore.charters.analysis._examiner import Examiner, Sheet
from cmcore.charters.analysis._fewest import fewest
from cmcore.charters.analysis._formula import UNKNOWN, Atom, Formula, either, every
from cmcore.charters.analysis._search import STEPS
from cmcore.charters.analysis.proof import ExampleResult, GuaranteeResult, Proof
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import FactTest
from cmcore.charters.context import Context
from cmcore.charters.decision import Decision, Outcome, Ruling
from cmcore.charters.decisions.decide import decide
from cmcore.charters.guarantee import Example, Guarantee
from cmcore.charters.history import Case


@checked
def prove(charter: Charter, *, steps: int = STEPS, budget: int = WORK) -> Proof:
    """Prove the guarantees of a charter, or find acts that break them, and try its examples.

    A guarantee is about every act for which its condition is true, at any moment at which the
    charter is in force, whatever else is unknown of the act. An act that breaks it is decided by
    the charter as shown. A search that takes more than `steps` is given up, and the guarantee left
    open; so is what is left once the work of the `budget` is done, in the order of the file.

    Examples:
        >>> import attrs
        >>> from cmcore import catalog, fact
        >>> from cmcore.charters import Guarantee, prove
        >>> calm = Guarantee("covered", when=fact("incident.open").is_(True))
        >>> small = attrs.evolve(catalog.charters["small-brand"], never=[calm])
        >>> prove(small).holds
        true
    """
    work = Budget(budget)
    return Proof(
        charter.id,
        charter.version,
        charter_digest=charter.digest,
        zone=charter.zone,
        guarantees=tuple(_guarantees(charter, steps, work)),
        examples=tuple(_tried(charter, one, steps, work) for one in charter.examples),
        spent=work.is_spent,
    ).with_names(charter)


def _tried(charter: Charter, one: Example, steps: int, budget: Budget) -> ExampleResult:
    """Return what the act of an example gets, and why it may be something else."""
    found = decide(charter, one.act, one.context, repair=False)
    result = ExampleResult(one, _ruling(found))
    if result.holds:
        return result
    unknown = _wanting(Examiner(charter, steps=steps, budget=budget), one)
    return attrs.evolve(result, unknown=unknown, covers_nothing=found.closed)


def _wanting(examiner: Examiner, one: Example) -> tuple[str, ...]:
    """Return unknown facts with which an example could get what it must, as few as suffice."""
    sheet = examiner.sheets[0]
    bits = examiner.leaves((one.act, one.context))
    wanted = every((
        _gets(sheet, one.outcome),
        *(sheet.sent(circuit) for circuit in sorted(one.to)),
        *(sheet.not_sent(c.id) for c in sheet.charter.circuits if one.to and c.id not in one.to),
    ))  # fmt: skip
    own = [[number for number, _ in theory.asked] for theory in examiner.theories]

    def may_get(places: Sequence[int]) -> bool:
        kept = [
            Atom(number, bits[number])
            for place, numbers in enumerate(own)
            for number in numbers
            if place not in places or bits[number] != UNKNOWN
        ]
        return examiner.find_among(wanted, kept).world is not None

    left = [place for place, numbers in enumerate(own) if any(bits[n] == UNKNOWN for n in numbers)]
    if not may_get(left):
        return ()
    numbers = [n for place in fewest(left, may_get) for n in own[place] if bits[n] == UNKNOWN]
    leaves = (examiner.questions[number].leaf for number in numbers)
    return tuple(sorted({leaf.fact if isinstance(leaf, FactTest) else "at" for leaf in leaves}))


def _guarantees(charter: Charter, steps: int, budget: Budget) -> Iterator[GuaranteeResult]:
    guarantees = charter.guarantees
    if not guarantees:
        return
    asked = [one.when for _, _, one in guarantees]
    examiner = Examiner(charter, steps=steps, budget=budget, besides=asked)
    sheet = examiner.sheets[0]
    for (word, _, one), is_meant in zip(guarantees, examiner.besides, strict=True):
        gets = _others(sheet, one) if word == "always" else _meant(sheet, one)
        found = examiner.both(is_meant, gets)
        if found.world is None:
            is_idle = found.settled and examiner.excludes(is_meant)
            yield GuaranteeResult(word, one, Truth.of(found.settled or None), idle=is_idle)
        else:
            case = Case(*found.world)
            given = _given(charter, *found.world)
            yield GuaranteeResult(word, one, Truth.FALSE, witness=case, given=given)


def _given(charter: Charter, act: Act, context: Context) -> Ruling:
    return _ruling(decide(charter, act, context, repair=False))


def _ruling(found: Decision) -> Ruling:
    return Ruling(found.outcome, found.circuits, found.determining)


def _meant(sheet: Sheet, one: Guarantee) -> Formula:
    """Return what holds where an act gets what a guarantee is about."""
    return _gets(sheet, one.outcome) if one.to is None else sheet.sent(one.to)


def _gets(sheet: Sheet, outcome: Outcome) -> Formula:
    """Return what holds where an act has an outcome."""
    return {
        Outcome.COVERED: sheet.covered,
        Outcome.EXCEPTION: every((sheet.not_forbidden, sheet.not_covered)),
        Outcome.FORBIDDEN: sheet.forbidden,
    }[outcome]


def _others(sheet: Sheet, one: Guarantee) -> Formula:
    """Return what holds where an act gets anything else."""
    if one.to is not None:
        return either((sheet.not_sent(one.to), sheet.covered, sheet.forbidden))
    return {
        Outcome.COVERED: sheet.not_covered,
        Outcome.EXCEPTION: either((sheet.covered, sheet.forbidden)),
        Outcome.FORBIDDEN: sheet.not_forbidden,
    }[one.outcome]
