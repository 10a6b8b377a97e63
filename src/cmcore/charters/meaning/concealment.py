"""Concealment: the rules that no longer see what an act is about once something else is said of it.

A forbidden word taken out obeys the rule, and so does another network. A word that sends an act to
somebody only gives away what the act is about: taken out, it leaves the rest unseen. What a person
says of an act (its topics, its labels, that it is paid for) is so, whatever is said instead.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from cmcore.base.truth import Truth
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import FactTest, tests
from cmcore.charters.conditions.operators import OPERATORS, Relation
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.decision import Hidden
from cmcore.charters.meaning.evaluation import rule_truth
from cmcore.charters.meaning.kleene import sense, test_truth
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.rule import Effect, Rule

#: What a person says about an act, besides its labels.
_SAID: Final = frozenset({"topics", "paid"})
#: The facts that show a refer rule what an act is about, as long as it is found there.
_SIGNS: Final = frozenset({"text", "hashtags"})
_FOUND: Final = frozenset({Relation.WORDS, Relation.PATTERN, Relation.SOME, Relation.EACH})


def hidden(
    charter: Charter, before: Facts, after: Facts, rules: Iterable[Rule] | None = None
) -> Iterator[Hidden]:
    """Yield the rules that saw an act by what was said of it, and do not see it any more.

    `rules` are those that may have seen it, or all.
    """
    asked = charter.rules if rules is None else rules
    for rule in sorted(asked, key=lambda rule: rule.id):
        hides = (
            is_hidden(rule.effect, test, charter.vocabulary, before, after)
            for test in tests(rule.when)
        )
        if any(hides) and rule_truth(rule, before, Truth.TRUE) is not Truth.FALSE:
            yield Hidden(rule.id, rule.to)


def is_hidden(
    effect: Effect, test: FactTest, words: Vocabulary, before: Facts, after: Facts
) -> bool:
    """Return whether a test of a rule of that effect turned because the act is called otherwise."""
    if effect is Effect.PERMIT:
        return False
    said = _is_said(test.fact, words)
    if not said and (effect is not Effect.REFER or test.fact not in _SIGNS):
        return False
    was, now = test_truth(test, before), test_truth(test, after)
    if was is now:
        return False
    if said:
        return was is not Truth.UNKNOWN
    is_found = was is Truth.TRUE and not OPERATORS[test.op].negated
    return is_found and sense(test, before).relation in _FOUND


def _is_said(name: str, words: Vocabulary) -> bool:
    spec = words.find(name)
    is_label = spec is not None and spec.source == "label"
    return is_label or name.partition(".")[0] in _SAID
