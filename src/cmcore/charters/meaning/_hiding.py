"""Hiding: the rules that no longer see what an act is about once its words have gone.

A forbidden word taken out obeys the rule. A word that sends an act to somebody only gives away what
the act is about, as its topics do: taken out, it leaves the rest unseen.
"""

from collections.abc import Iterator
from typing import Final

from cmcore.base.truth import Truth
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import FactTest, Op, tests
from cmcore.charters.decision import Hidden
from cmcore.charters.meaning.evaluation import rule_truth, test_truth
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.rule import Effect, Rule

#: What is looked for in these is found as long as it is there.
_FOUND: Final = frozenset({Op.MENTIONS, Op.MATCHES, Op.ANY_OF, Op.ALL_OF})
#: What gives away the subject of an act, by the effect of the rule that looks for it.
_SUBJECT: Final = {
    Effect.REFER: frozenset({"topics", "text", "hashtags"}),
    Effect.FORBID: frozenset({"topics"}),
    Effect.PERMIT: frozenset[str](),
}


def hidden(charter: Charter, before: Facts, after: Facts) -> Iterator[Hidden]:
    """Yield the rules that saw an act by its subject, and do not see it any more."""
    for rule in sorted(charter.rules, key=_by_id):
        taken = (_is_taken(test, before, after) for test in tests(rule.when) if _tells(rule, test))
        if any(taken) and rule_truth(rule, before, Truth.TRUE) is not Truth.FALSE:
            yield Hidden(rule.id, rule.to)


def _by_id(rule: Rule) -> str:
    return rule.id


def _tells(rule: Rule, test: FactTest) -> bool:
    return test.op in _FOUND and test.fact in _SUBJECT[rule.effect]


def _is_taken(test: FactTest, before: Facts, after: Facts) -> bool:
    return test_truth(test, before) is Truth.TRUE and test_truth(test, after) is not Truth.TRUE
