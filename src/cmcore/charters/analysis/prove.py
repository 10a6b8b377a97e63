"""Proving what a charter guarantees, and trying its examples."""

from collections.abc import Iterator

import attrs

from cmcore.base.asked import checked
from cmcore.base.truth import Truth
from cmcore.charters.act import Act
from cmcore.charters.analysis._budget import WORK, Budget
from cmcore.charters.analysis._examiner import Examiner, Sheet
from cmcore.charters.analysis._formula import Formula, either, every
from cmcore.charters.analysis._search import STEPS
from cmcore.charters.analysis.proof import ExampleResult, GuaranteeResult, Proof
from cmcore.charters.charter import Charter
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
    return Proof(
        charter.id,
        charter.version,
        charter_digest=charter.digest,
        zone=charter.zone,
        guarantees=tuple(_guarantees(charter, steps, budget)),
        examples=tuple(_tried(charter, one) for one in charter.examples),
    ).with_names(charter)


def _tried(charter: Charter, one: Example) -> ExampleResult:
    """Return what the act of an example gets, and why it may be something else."""
    found = decide(charter, one.act, one.context, repair=False)
    result = ExampleResult(one, _ruling(found))
    if result.holds:
        return result
    lacks = [test for miss in found.near_misses for test in miss.lacks]
    facts = {test.test.fact for test in lacks if test.truth is Truth.UNKNOWN}
    facts.update(fact for rule in found.unknown for fact in rule.facts)
    return attrs.evolve(result, unknown=tuple(sorted(facts)), covers_nothing=found.closed)


def _guarantees(charter: Charter, steps: int, budget: int) -> Iterator[GuaranteeResult]:
    guarantees = charter.guarantees
    if not guarantees:
        return
    asked = [one.when for _, _, one in guarantees]
    examiner = Examiner(charter, steps=steps, budget=Budget(budget), besides=asked)
    sheet = examiner.sheets[0]
    for (word, _, one), is_meant in zip(guarantees, examiner.besides, strict=True):
        gets = _others(sheet, one) if word == "always" else _gets(sheet, one)
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


def _gets(sheet: Sheet, one: Guarantee) -> Formula:
    """Return what holds where an act gets what a guarantee is about."""
    if one.to is not None:
        return sheet.sent(one.to)
    return {
        Outcome.COVERED: sheet.covered,
        Outcome.EXCEPTION: every((sheet.not_forbidden, sheet.not_covered)),
        Outcome.FORBIDDEN: sheet.forbidden,
    }[one.outcome]


def _others(sheet: Sheet, one: Guarantee) -> Formula:
    """Return what holds where an act gets anything else."""
    if one.to is not None:
        return either((sheet.not_sent(one.to), sheet.covered, sheet.forbidden))
    return {
        Outcome.COVERED: sheet.not_covered,
        Outcome.EXCEPTION: either((sheet.covered, sheet.forbidden)),
        Outcome.FORBIDDEN: sheet.not_forbidden,
    }[one.outcome]
