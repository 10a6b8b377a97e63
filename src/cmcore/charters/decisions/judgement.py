"""Judging: what each rule of a charter is of an act, by its sheet or by the plain evaluation."""

from datetime import datetime
from typing import Final

from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.context import Context
from cmcore.charters.index.kernels import kernel_of
from cmcore.charters.index.nearest import Near, how_far, nearest
from cmcore.charters.index.repair import repaired
from cmcore.charters.index.sheet import Look, OddReading, sheet_of
from cmcore.charters.meaning.evaluation import gate, rule_truths
from cmcore.charters.meaning.explanation import missing
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.meaning.readings import resaid
from cmcore.charters.meaning.repair import Search, seek_repair
from cmcore.charters.rule import Effect, Rule, Term

Judged = list[tuple[Rule, Truth]]
_ALWAYS: Final = Term()


@internal
class Judgement:
    """The rules of a charter that are true or unknown of an act, and what else is asked of it.

    `is_open` is the gate of the charter. The act has its moment, if that is known. There is no
    `look` at the sheet where the charter is too large for one, or a value is of an unusual class.
    """

    charter: Charter
    facts: Facts
    is_open: Truth
    rules: Judged
    look: Look | None

    @property
    def dated(self) -> tuple[Rule, ...]:
        """The rules that are not in force on all days."""
        if self.look is not None:
            return self.look.sheet.dated
        return tuple(rule for rule in self.charter.rules if rule.term != _ALWAYS)

    def nearest(self, most: int) -> list[Near]:
        """Return the permits nearest to being true, and what is missing from each."""
        if self.look is not None:
            return nearest(self.look, most)
        facts = self.facts
        awake = (rule for rule in self.charter.rules if rule.effect is Effect.PERMIT
                 and rule.term.holds(facts.day) is not Truth.FALSE)  # fmt: skip
        missing_from = missing(self.charter, facts)
        found = ((rule.id, missing_from(rule)) for rule in awake)
        return sorted((how_far(lacking), id_, lacking) for id_, lacking in found if lacking)[:most]

    def search(self) -> Search:
        """Return the smallest change that would cover the act, or that there is none."""
        if self.look is not None:
            try:
                return repaired(self.look)
            except OddReading:
                pass
        return seek_repair(self.charter, self.facts.act, self.facts.context)


def judge_act(charter: Charter, act: Act, context: Context) -> Judgement:
    """Return what the rules of a charter are of an act in its context."""
    facts = _facts(charter, act, context)
    sheet = sheet_of(charter)
    if sheet is None:
        found, _ = kernel_of(charter).judged(facts.act, context)
        return Judgement(charter, facts, gate(charter, facts), [*found.judged], None)
    try:
        look = Look(sheet, facts)
    except OddReading:
        return judge_plainly(charter, act, context)
    return Judgement(charter, facts, look.is_open, look.judged(), look)


def judge_plainly(charter: Charter, act: Act, context: Context) -> Judgement:
    """Return the same, by the plain evaluation of every rule."""
    facts = _facts(charter, act, context)
    is_open = gate(charter, facts)
    judged = rule_truths(charter, facts, is_open)
    held: Judged = [(rule, is_true) for rule, is_true in judged if is_true is not Truth.FALSE]
    return Judgement(charter, facts, is_open, held, None)


def _facts(charter: Charter, act: Act, context: Context) -> Facts:
    """Return the readings of an act, at its moment if that is known."""
    facts = Facts(charter, act, context)
    moment = facts.read("at")
    if not isinstance(moment, datetime) or moment is act.at:
        return facts
    return facts.edited(resaid(act, at=moment), "at")
