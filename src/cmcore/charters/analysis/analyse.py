"""Analysing a charter: every claim with a proof, or a witness that was tried, or left open."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import product

from cmcore.base.asked import checked
from cmcore.base.truth import Truth
from cmcore.charters.analysis._budget import WORK, Budget
from cmcore.charters.analysis._claims import culprits, decides, is_true, matters
from cmcore.charters.analysis._examiner import Examiner, Sheet
from cmcore.charters.analysis._formula import TRUE, Formula, every
from cmcore.charters.analysis._gaps import gaps
from cmcore.charters.analysis._labels import Alike, labelling
from cmcore.charters.analysis._search import STEPS, Found
from cmcore.charters.analysis.analysis import (
    MOST_NAMED,
    MOST_PAIRS,
    Analysis,
    Claim,
    ClaimCode,
    Closing,
    Overlap,
)
from cmcore.charters.audits.cases import History, cases
from cmcore.charters.audits.unread import Unread
from cmcore.charters.charter import Charter
from cmcore.charters.context import Context
from cmcore.charters.history import Case
from cmcore.charters.rule import Effect, Rule

_Query = Callable[[Sheet, Rule, Collection[str]], Formula]


@checked
def analyse(
    charter: Charter,
    *,
    history: History | None = None,
    context: Context | None = None,
    steps: int = STEPS,
    budget: int = WORK,
) -> Analysis:
    """Find what a charter can and cannot do, for every act that could exist.

    Of each rule it is asked whether it can be true, whether it ever decides, and whether leaving it
    out would change any decision; of each circuit, whether any act goes there; and of the charter,
    whether it covers anything and of what acts it says nothing. What is claimed is proven, or an
    act shows the contrary, which the charter decides as claimed. A search that takes
    more than `steps` is given up, and the claim left open. So is all that is left once the work
    of the `budget` is done, which is counted alike on any machine: less of it leaves more open, and
    changes nothing else. Claims come first, then conflicts and gaps.

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
    found = _Analyst(charter, steps, budget).analysis(history, context or Context())
    return found.with_names(charter)


class _Analyst:
    def __init__(self, charter: Charter, steps: int, budget: int) -> None:
        self._charter = charter
        self._examiner = Examiner(charter, steps=steps, budget=Budget(budget))
        self._sheet = self._examiner.sheets[0]
        self._ids = [rule.id for rule in charter.rules]
        self._known = frozenset(self._ids)

    def analysis(self, history: History | None, around: Context) -> Analysis:
        alike, unread = self._alike(history or (), around)
        touched = None if history is None else self._touched(alike)
        # what is worth the most comes first, lest the budget be spent before
        possible = {claim.about: claim for claim in self._possible()}
        others = [*self._of_charter(), *self._of_circuits()]
        rules = [*self._of_rules(possible)]
        overlaps, overlaps_left, pairs_left = self._overlaps(touched)
        found, more, besides = gaps(self._examiner)
        closings, closings_left = self._closings()
        labels = None if touched is None else labelling(self._examiner, alike, unread)
        return Analysis(
            self._charter.id,
            self._charter.version,
            charter_digest=self._charter.digest,
            claims=(*rules, *others),
            overlaps=overlaps,
            overlaps_left=overlaps_left,
            pairs_left=pairs_left,
            gaps=found,
            more_gaps=more,
            besides=besides,
            closings=closings,
            closings_left=closings_left,
            zone=self._charter.zone,
            spent=self._examiner.budget.is_spent,
            labelling=labels,
        )

    def _alike(self, history: History, around: Context) -> tuple[list[Alike], Unread]:
        """Return the acts of a history by what is so of them, and rows that cannot be read."""
        found, unread = Counter[tuple[int, ...]](), Unread()
        for row in cases(self._charter, history, around):
            if isinstance(row, Case):
                found[self._examiner.leaves((row.act, row.context))] += 1
            else:
                unread.take(row)
        return [Alike(truths, count) for truths, count in found.items()], unread

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

    def _possible(self) -> Iterator[Claim]:
        for rule in self._charter.rules:
            yield _claim("never true", rule.id, self._ask(is_true(self._sheet, rule)))

    def _of_rules(self, possible: Mapping[str, Claim]) -> Iterator[Claim]:
        for rule in self._charter.rules:
            yield possible[rule.id]
            if possible[rule.id].holds is Truth.TRUE:
                continue
            # an act that is decided otherwise without the rule mostly shows that it decides
            needless = self._by_others("needless", rule, matters)
            if rule.effect is not Effect.FORBID:
                yield self._by_others("never decides", rule, decides)
            yield needless

    def _by_others(self, code: ClaimCode, rule: Rule, query: _Query) -> Claim:
        found = self._ask(query(self._sheet, rule, self._known))
        claim = _claim(code, rule.id, found)
        if claim.holds is not Truth.TRUE:
            return claim
        others = culprits(self._examiner, lambda some: query(self._sheet, rule, some), self._ids)
        # with the budget spent, they may be more than it takes
        return Claim(code, rule.id, Truth.TRUE, () if self._examiner.budget.is_spent else others)

    def _of_circuits(self) -> Iterator[Claim]:
        for circuit in self._charter.circuits:
            yield _claim("not reached", circuit.id, self._ask(self._sheet.sent(circuit.id)))

    def _of_charter(self) -> Iterator[Claim]:
        yield _claim("covers nothing", "", self._ask(self._sheet.covered))

    def _ask(self, query: Formula) -> Found:
        return self._examiner.find(query)

    # ------------------------------------------------------------------------------------ reports

    def _overlaps(
        self, touched: Counter[tuple[str, str]] | None
    ) -> tuple[tuple[Overlap, ...], int, tuple[tuple[str, str], ...]]:
        """Return overlaps, those first that touch the most of a history; and what is left.

        Of what is left, that is how many pairs, and the first of those that were looked at.
        """
        permits = self._sheet.of(Effect.PERMIT)
        others = self._sheet.of(Effect.FORBID, Effect.REFER)
        pairs = [*product(permits, others)]
        if touched is not None:
            pairs.sort(key=lambda pair: -touched[pair[0].id, pair[1].id])
        left = max(len(pairs) - MOST_PAIRS, 0)
        overlaps: list[Overlap] = []
        open_: list[tuple[str, str]] = []
        for permit, other in pairs[:MOST_PAIRS]:
            found = self._ask(every(self._sheet.are((permit, other), TRUE)))
            open_ += [] if found.settled else [(permit.id, other.id)]
            if found.world is not None:
                count = None if touched is None else touched[permit.id, other.id]
                case = Case(*found.world)
                overlaps.append(Overlap(permit.id, other.id, other.effect, case, count))
        return tuple(overlaps), left + len(open_), tuple(open_[:MOST_NAMED])

    def _closings(self) -> tuple[tuple[Closing, ...], tuple[str, ...]]:
        """Return which facts close permits, and of which that is not settled for all of them."""
        found: list[Closing] = []
        left: list[str] = []
        deciding = [
            (query, self._ask(query), rule.id)
            for rule in self._sheet.of(Effect.PERMIT)
            for query in [decides(self._sheet, rule, self._known)]
        ]
        permits = [(query, id_) for query, made, id_ in deciding if made.world]
        budget = self._examiner.budget
        is_unfinished = budget.is_spent
        for fact in self._examiner.facts:
            closed = tuple(id_ for query, id_ in permits if self._examiner.closes(query, fact))
            if is_unfinished or budget.is_spent:
                left.append(fact)
            elif closed:
                found.append(Closing(fact, closed, len(permits)))
        return tuple(sorted(found, key=lambda one: (-len(one.permits), one.fact))), tuple(left)


def _claim(code: ClaimCode, about: str, found: Found) -> Claim:
    """Return a claim that an act would refute, and the proof that there is none hold."""
    if found.world is not None:
        return Claim(code, about, Truth.FALSE, witness=Case(*found.world))
    return Claim(code, about, Truth.TRUE if found.settled else Truth.UNKNOWN)
