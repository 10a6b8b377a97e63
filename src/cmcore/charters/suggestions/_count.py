"""What would have been covered by a suggested charter, counted act by act, and why not more."""

from collections import Counter
from collections.abc import Iterator, Sequence

import attrs

from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import All, tests
from cmcore.charters.decision import Outcome
from cmcore.charters.history import Case, Unreadable
from cmcore.charters.meaning.evaluation import ruled
from cmcore.charters.meaning.kleene import truth
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.rule import Rule
from cmcore.charters.suggestions._draw import PUBLISHED, Drawn
from cmcore.charters.suggestions.suggestion import (
    MOST_NAMED,
    Left,
    Suggested,
    Suggestion,
    Uncovered,
    reason,
)


@internal
class _Reason:
    """Why an act is not covered: what acts that are not are counted by."""

    why: Left
    rule: str | None = None
    facts: tuple[str, ...] = ()

    def order(self) -> tuple[str, str, tuple[str, ...]]:
        """Return what puts reasons for as many acts in order."""
        return self.why, self.rule or "", self.facts


class Count:
    """Counts a history under the charter suggested."""

    def __init__(
        self, draft: Charter, made: Charter, permits: Sequence[Drawn], volumes: Sequence[Rule]
    ) -> None:
        self._draft = draft
        self._made = made
        self._permits = {rule.id: rule for rule, _ in permits}
        self._of = {number: rule for rule, many in permits for number in many}
        self._volumes = {rule.id: rule for rule in volumes}
        self._total = self._covered = self._already = 0
        self._support: Counter[str] = Counter()
        self._reasons: Counter[_Reason] = Counter()
        self._names: dict[_Reason, list[str]] = {}

    def take(self, row: Case | Unreadable, seen: Facts | None) -> None:
        """Count one row, of which some was `seen` as rules were drawn."""
        number, self._total = self._total, self._total + 1
        if isinstance(row, Unreadable):
            self._leave(_Reason(Left.UNREADABLE), row.place)
            return
        facts = seen or Facts(self._made, row.act, row.context)
        ruling, is_open = ruled(self._made, facts)
        for id_, rule in self._volumes.items():
            self._within(id_, rule, facts)
        if ruling.outcome is Outcome.COVERED:
            self._cover(ruling.determining)
        else:
            why = self._why(number, ruling.determining, is_open, facts)
            self._leave(why, row.name)

    def _within(self, id_: str, rule: Rule, facts: Facts) -> None:
        """Count an act of the kind of a volume that is known to stay within it."""
        kind, log = tests(rule.when)
        if truth(kind, facts) is Truth.TRUE and truth(log, facts) is Truth.FALSE:
            self._support[id_] += 1

    def _cover(self, determining: Sequence[str]) -> None:
        self._covered += 1
        new = [id_ for id_ in determining if id_ in self._permits]
        if len(new) == len(determining):
            self._support[new[0]] += 1
        else:
            self._already += 1

    def _why(
        self, number: int, determining: Sequence[str], is_open: Truth, facts: Facts
    ) -> _Reason:
        held = [id_ for id_ in determining if id_ not in self._volumes]
        if determining:
            return _Reason(Left.HELD if held else Left.BUSY, (held or determining)[0])
        if is_open is not Truth.TRUE:
            return _Reason(Left.OUTSIDE)
        if facts.act.kind not in PUBLISHED:
            return _Reason(Left.OTHER)
        if number not in self._of:
            return _Reason(Left.RARE)
        rule = self._of[number]
        return _Reason(Left.UNUSUAL, rule.id, tuple(_failing(rule, facts)))

    def _leave(self, why: _Reason, name: str) -> None:
        self._reasons[why] += 1
        names = self._names.setdefault(why, [])
        if len(names) < MOST_NAMED:
            names.append(name)

    def suggestion(self, least: int) -> Suggestion:
        """Return the suggestion, with what was counted."""
        return Suggestion(
            self._draft,
            suggested=tuple(self._suggested()),
            uncovered=tuple(self._uncovered()),
            total=self._total,
            covered=self._covered,
            already=self._already,
            least=least,
        )

    def _suggested(self) -> Iterator[Suggested]:
        left: Counter[str | None] = Counter()
        for why, count in self._reasons.items():
            left[why.rule] += count
        ranked = sorted(self._permits.items(), key=lambda one: -self._support[one[0]])
        for id_, rule in (*ranked, *self._volumes.items()):
            support = self._support[id_]
            because = reason(rule.effect, support)
            yield Suggested(attrs.evolve(rule, because=because), support, left[id_])

    def _uncovered(self) -> Iterator[Uncovered]:
        found = sorted(self._reasons.items(), key=lambda one: (-one[1], one[0].order()))
        for why, count in found:
            yield Uncovered(why.why, count, why.rule, why.facts, tuple(self._names[why]))


def _failing(rule: Rule, facts: Facts) -> Iterator[str]:
    """Yield the facts of a permit that are not as it asks."""
    parts = rule.when.of if isinstance(rule.when, All) else (rule.when,)
    for part in parts:
        if truth(part, facts) is not Truth.TRUE:
            yield from dict.fromkeys(test.fact for test in tests(part))
