"""Analysing a charter: every claim with a proof, or a witness that was tried, or left open."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import product
from typing import Final

import attrs

from cmcore.base.asked import checked
from cmcore.base.truth import Truth
from cmcore.charters.analysis._claims import culprits, decides, is_true, matters
from cmcore.charters.analysis._examiner import Examiner, Sheet
from cmcore.charters.analysis._formula import TRUE, Formula
from cmcore.charters.analysis._gaps import gaps
from cmcore.charters.analysis._labels import Alike, labelling
from cmcore.charters.analysis._search import STEPS, Found
from cmcore.charters.analysis.analysis import Analysis, Claim, ClaimCode, Closing, Overlap
from cmcore.charters.audits.cases import History, cases
from cmcore.charters.charter import Charter
from cmcore.charters.context import Context
from cmcore.charters.history import Case
from cmcore.charters.rule import Effect, Rule

#: How many pairs of a permit and another rule are looked at.
MOST_PAIRS: Final = 10_000
_Query = Callable[[Sheet, Rule, Collection[str]], Formula]


@checked
def analyse(
    charter: Charter,
    *,
    history: History | None = None,
    context: Context | None = None,
    steps: int = STEPS,
) -> Analysis:
    """Find what a charter can and cannot do, for every act that could exist.

    Of each rule it is asked whether it can be true, whether it ever decides, and whether leaving it
    out would change any decision; of each circuit, whether any act goes there; and of the charter,
    whether it covers anything and of what acts it says nothing. What is claimed is proven, or an
    act shows the contrary, which the charter decides as claimed. A search that takes
    more than `steps` is given up, and the claim left open.

    Every act that could exist counts, those of which facts are unknown as well.

    With a `history`, which is read as `audit` reads it, conflicts come first that touch the most of
    its acts, and it is said which facts would settle it once they are supplied.

    Examples:
        >>> from cmcore import Rule, catalog, fact
        >>> from cmcore.charters import analyse
        >>> small = catalog.charters["small-brand"]
        >>> wide = Rule.permit("tidying", when=fact("kind").is_("delete"), because="Tidy up.")
        >>> found = analyse(small.with_rule(wide)).findings
        >>> [(claim.code, claim.about, claim.rules) for claim in found]
        [('needless', 'slips', ('tidying',))]
    """
    return _Analyst(charter, steps).analysis(history, context or Context())


class _Analyst:
    def __init__(self, charter: Charter, steps: int) -> None:
        self._charter = charter
        self._examiner = Examiner(charter, steps=steps)
        self._sheet = self._examiner.sheets[0]
        self._ids = [rule.id for rule in charter.rules]
        self._complete = True

    def analysis(self, history: History | None, around: Context) -> Analysis:
        alike, unreadable = self._alike(history or (), around)
        touched = None if history is None else self._touched(alike)
        claims = [*self._of_rules(), *self._of_circuits(), *self._of_charter()]
        found, more = gaps(self._examiner)
        return Analysis(
            self._charter.id,
            self._charter.version,
            charter_digest=self._charter.digest,
            claims=tuple(claims),
            overlaps=tuple(self._ranked(touched)),
            gaps=found,
            more_gaps=more,
            closings=tuple(self._closings()),
            is_complete=self._complete,
            zone=self._charter.zone,
            labelling=None if touched is None else labelling(self._examiner, alike, unreadable),
        )

    def _alike(self, history: History, around: Context) -> tuple[list[Alike], int]:
        """Return the acts of a history by what is so of them, and how many cannot be read."""
        found, unreadable = Counter[tuple[int, ...]](), 0
        for row in cases(self._charter, history, around):
            if isinstance(row, Case):
                found[self._examiner.leaves((row.act, row.context))] += 1
            else:
                unreadable += 1
        return [Alike(truths, count) for truths, count in found.items()], unreadable

    def _touched(self, alike: Collection[Alike]) -> Counter[tuple[str, str]]:
        """Count the acts of which a permit is true, and another rule as well."""
        rules = {rule: is_true(self._sheet, rule) for rule in self._charter.rules}
        found = Counter[tuple[str, str]]()
        for one in alike:
            true = [r for r, query in rules.items() if self._examiner.holds(query, one.truths)]
            permits = [rule.id for rule in true if rule.effect is Effect.PERMIT]
            others = [rule.id for rule in true if rule.effect is not Effect.PERMIT]
            for pair in product(permits, others):
                found[pair] += one.count
        return found

    # ------------------------------------------------------------------------------------- claims

    def _of_rules(self) -> Iterator[Claim]:
        for rule in self._charter.rules:
            found = self._ask(is_true(self._sheet, rule))
            yield _claim("never true", rule.id, found)
            if found.world is None:
                continue
            if rule.effect is not Effect.FORBID:
                yield self._by_others("never decides", rule, decides)
            yield self._by_others("needless", rule, matters)

    def _by_others(self, code: ClaimCode, rule: Rule, query: _Query) -> Claim:
        found = self._ask(query(self._sheet, rule, self._ids))
        claim = _claim(code, rule.id, found)
        if claim.holds is not Truth.TRUE:
            return claim
        others = culprits(self._examiner, lambda some: query(self._sheet, rule, some), self._ids)
        return Claim(code, rule.id, Truth.TRUE, others)

    def _of_circuits(self) -> Iterator[Claim]:
        for circuit in self._charter.circuits:
            yield _claim("not reached", circuit.id, self._ask(self._sheet.sent(circuit.id)))

    def _of_charter(self) -> Iterator[Claim]:
        yield _claim("covers nothing", "", self._ask(self._sheet.covered))

    def _ask(self, query: Formula) -> Found:
        return self._examiner.find(query)

    # ------------------------------------------------------------------------------------ reports

    def _ranked(self, touched: Counter[tuple[str, str]] | None) -> Iterable[Overlap]:
        """Return overlaps, those first that touch the most of a history."""
        if touched is None:
            return self._overlaps()
        found = sorted(self._overlaps(), key=lambda one: -touched[one.permit, one.other])
        return [attrs.evolve(one, touched=touched[one.permit, one.other]) for one in found]

    def _overlaps(self) -> Iterator[Overlap]:
        permits = self._sheet.of(Effect.PERMIT)
        others = self._sheet.of(Effect.FORBID, Effect.REFER)
        pairs = [(permit, other) for permit in permits for other in others]
        self._complete = len(pairs) <= MOST_PAIRS
        for permit, other in pairs[:MOST_PAIRS]:
            found = self._examiner.both(*self._sheet.are((permit, other), TRUE))
            self._complete = self._complete and found.settled
            if found.world is not None:
                yield Overlap(permit.id, other.id, other.effect, Case(*found.world))

    def _closings(self) -> Iterator[Closing]:
        permits = [
            rule
            for rule in self._sheet.of(Effect.PERMIT)
            if self._ask(decides(self._sheet, rule, self._ids)).world
        ]
        found = [
            Closing(fact, closed, len(permits))
            for fact in self._examiner.facts
            if (closed := tuple(self._closed(fact, permits)))
        ]
        yield from sorted(found, key=lambda one: (-len(one.permits), one.fact))

    def _closed(self, fact: str, permits: Collection[Rule]) -> Iterator[str]:
        """Yield the permits that decide of no act of which a fact is unknown."""
        for rule in permits:
            if self._examiner.closes(decides(self._sheet, rule, self._ids), fact):
                yield rule.id


def _claim(code: ClaimCode, about: str, found: Found) -> Claim:
    """Return a claim that an act would refute, and the proof that there is none hold."""
    if found.world is not None:
        return Claim(code, about, Truth.FALSE, witness=Case(*found.world))
    return Claim(code, about, Truth.TRUE if found.settled else Truth.UNKNOWN)
