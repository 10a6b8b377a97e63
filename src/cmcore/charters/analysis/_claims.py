"""Claims about rules: never true, never deciding, needless; what each comes to as a query."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final

from cmcore.charters.analysis._examiner import Examiner, Sheet
from cmcore.charters.analysis._fewest import fewest
from cmcore.charters.analysis._formula import FALSE, TRUE, UNKNOWN, Atom, Formula, either, every
from cmcore.charters.rule import Effect, Rule

_NOT_FALSE: Final = TRUE | UNKNOWN
_NOT_TRUE: Final = FALSE | UNKNOWN
_FORBID, _REFER, _PERMIT = Effect.FORBID, Effect.REFER, Effect.PERMIT
#: Makes a query of which only some other rules are asked to keep out of the way.
Query = Callable[[Collection[str]], Formula]


def is_true(sheet: Sheet, rule: Rule) -> Formula:
    """Return what holds where a rule is true."""
    return Atom(sheet.numbers[rule.id], TRUE)


def decides(sheet: Sheet, rule: Rule, others: Collection[str]) -> Formula:
    """Return what holds where a rule that forbids nothing is true and decides.

    That the rules which are none of the `others` keep out of the way is not asked.
    """
    if rule.effect is _REFER:
        rest = _among(sheet, others, rule, _FORBID)
        return every((is_true(sheet, rule), *sheet.are(rest, _NOT_TRUE)))
    rest = _among(sheet, others, rule, _FORBID, _REFER)
    return every((is_true(sheet, rule), *sheet.are(rest, FALSE)))


def matters(sheet: Sheet, rule: Rule, others: Collection[str]) -> Formula:
    """Return what holds where a decision would be another one without a rule.

    A decision is an outcome and the circuits. What the rules that are none of the `others` say is
    left open, so that what holds nowhere holds nowhere with them either.
    """
    return either(_MATTERS[rule.effect](sheet, rule, others))


def _forbid_matters(sheet: Sheet, rule: Rule, others: Collection[str]) -> Iterator[Formula]:
    forbids = _among(sheet, others, rule, _FORBID)
    yield every((is_true(sheet, rule), *sheet.are(forbids, _NOT_TRUE)))
    # in doubt it asks the default circuit: that is another thing where nothing else asks it
    refers = sheet.of(_REFER)
    default = sheet.charter.default
    same = [one for one in _among(sheet, others, rule, _REFER) if default in one.to]
    rest = [one for one in refers if default not in one.to]
    yield every((
        Atom(sheet.numbers[rule.id], UNKNOWN),
        *sheet.are(forbids, FALSE),
        *sheet.are(same, FALSE),
        either((sheet.some_is(TRUE, _PERMIT), *sheet.are(rest, _NOT_FALSE))),
    ))  # fmt: skip


def _refer_matters(sheet: Sheet, rule: Rule, others: Collection[str]) -> Iterator[Formula]:
    default = sheet.charter.default
    forbids = _among(sheet, others, rule, _FORBID)
    refers = _among(sheet, others, rule, _REFER)
    for circuit in sorted(rule.to):
        same = [one for one in refers if circuit in one.to]
        rest = [one for one in sheet.of(_REFER) if circuit not in one.to]
        is_default = circuit == default
        more = [either((sheet.some_is(TRUE, _PERMIT), *sheet.are(rest, _NOT_FALSE)))]
        yield every((
            Atom(sheet.numbers[rule.id], _NOT_FALSE),
            *sheet.are(forbids, FALSE if is_default else _NOT_TRUE),
            *sheet.are(same, FALSE),
            *(more if is_default else ()),
        ))  # fmt: skip


def _permit_matters(sheet: Sheet, rule: Rule, others: Collection[str]) -> Iterator[Formula]:
    permits = _among(sheet, others, rule, _PERMIT)
    barring = _among(sheet, others, rule, _FORBID, _REFER)
    yield every((
        is_true(sheet, rule), *sheet.are(permits, _NOT_TRUE), *sheet.are(barring, FALSE),
    ))  # fmt: skip


_MATTERS: Final[dict[Effect, Callable[[Sheet, Rule, Collection[str]], Iterator[Formula]]]] = {
    Effect.FORBID: _forbid_matters,
    Effect.REFER: _refer_matters,
    Effect.PERMIT: _permit_matters,
}


def _among(sheet: Sheet, others: Collection[str], rule: Rule, *effects: Effect) -> list[Rule]:
    return [one for one in sheet.of(*effects) if one.id in others and one.id != rule.id]


def culprits(examiner: Examiner, query: Query, others: Sequence[str]) -> tuple[str, ...]:
    """Return the rules, none of which can be left out, for which a query holds nowhere."""

    def is_proven(some: Sequence[str]) -> bool:
        return examiner.excludes(query(frozenset(some)))

    return tuple(sorted(fewest(others, is_proven)))
