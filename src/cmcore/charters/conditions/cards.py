"""How conditions are said in one line, where a notebook shows them."""

from typing import Final

import attrs

from cmcore.base.language import SENTENCES
from cmcore.charters.conditions.condition import All, AnyOf, AtLeast, Condition, FactTest, Not
from cmcore.charters.conditions.operands import Quiet, Rate, bound_text, on_clock
from cmcore.charters.conditions.operators import Op
from cmcore.charters.kinds import fact_text, words_text
from cmcore.display.cards import inline, sentence, told_fields
from cmcore.display.names import zone_of
from cmcore.display.wording import Language, say, show
from cmcore.text.words import WordList


@sentence.register
def _(test: FactTest, language: Language) -> str:
    return _test(test, "asks", language)


def _test(test: FactTest, way: str, language: Language) -> str:
    """Say what a test asks, or what its denial does."""
    if test.op is Op.PRESENT:
        code = f"{way} present" if test.operand else f"{way} absent"
        return f"{fact_text(test.fact, language)} {say(code, language)}"
    said = say(f"{way} {test.op.value}", language)
    return f"{fact_text(test.fact, language)} {said} {operand_text(test, language)}"


@sentence.register
def _(rate: Rate, language: Language) -> str:
    return bound_text(rate.count, rate.within, language)


@sentence.register
def _(quiet: Quiet, language: Language) -> str:
    return say("operand quiet", language, since=show(quiet.since, language))


def operand_text(test: FactTest, language: Language) -> str:
    """Write in one line what a test compares its fact with."""
    operand = test.operand
    if isinstance(operand, str | frozenset):
        return words_text(test.fact, operand, language)
    if isinstance(operand, Rate | Quiet) or not attrs.has(type(operand)):
        return inline(_clocked(operand, language), language)
    told = {
        name: _listed(_clocked(given, language), language) for name, given in told_fields(operand)
    }
    code = f"operand {' '.join(told)}"
    return say(code, language, **told) if code in SENTENCES else ", ".join(told.values())


def _clocked(given: object, language: Language) -> object:
    zone = zone_of(language)
    return on_clock(given, zone) if zone else given


#: What a fact is, or that it has no value.
_ALTERNATIVES: Final = 2
#: How many words of a list are said where it has more than the most.
_MOST, _SAID = 12, 6


def again(test: FactTest, language: Language) -> str:
    """Write the words of a test that were just written, if that is any shorter."""
    words = test.operand
    if not isinstance(words, WordList) or len(words.entries) <= _MOST:
        return operand_text(test, language)
    return say("list again", language, start=words.entries[0], count=len(words.entries))


def _listed(given: object, language: Language) -> str:
    """Write a list in one line: of a long one, how it begins, and how many it has."""
    if not isinstance(given, tuple) or len(given) <= _MOST:
        return inline(given, language)
    return say("list cut", language, start=inline(given[:_SAID], language), count=len(given))


@sentence.register
def _(condition: Not, language: Language) -> str:
    if isinstance(condition.of, FactTest):
        return _test(condition.of, "denies", language)
    return say("card not", language, of=inline(condition.of, language))


@sentence.register
def _(condition: AtLeast, language: Language) -> str:
    of = ", ".join(_parts(condition, language))
    return say("card at least", language, count=condition.count, of=of)


@sentence.register
def _(condition: All, language: Language) -> str:
    return say("and", language).join(_parts(condition, language)) or say("card always", language)


@sentence.register
def _(condition: AnyOf, language: Language) -> str:
    if optional := _optional(condition):
        return say("card known" if optional.op is Op.PRESENT else "card if any", language,
                   fact=fact_text(optional.fact, language),
                   asked=_test(optional, "asks", language))  # fmt: skip
    return say("or", language).join(_parts(condition, language)) or say("card never", language)


def _parts(condition: All | AnyOf | AtLeast, language: Language) -> list[str]:
    return [
        f"({told})" if _is_composed(one) else told
        for one in condition.of
        for told in [inline(one, language)]
    ]


def _optional(condition: Condition) -> FactTest | None:
    """Return what is asked of a fact, where that it has no value will do as well."""
    if not isinstance(condition, AnyOf) or len(condition.of) != _ALTERNATIVES:
        return None
    for one, other in (condition.of, condition.of[::-1]):
        if isinstance(one, FactTest) and other == FactTest(one.fact, Op.PRESENT, operand=False):
            return one
    return None


def _is_composed(one: Condition) -> bool:
    if _optional(one):
        return False
    return not isinstance(one.of if isinstance(one, Not) else one, FactTest)
