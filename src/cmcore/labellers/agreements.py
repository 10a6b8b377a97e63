"""Agreement: how far two people, or more, give the same labels, beyond what chance would do."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final

from attrs import field

from cmcore.base.asked import checked, each_of
from cmcore.base.counts import count_problems
from cmcore.base.errors import refuse, refuse_any
from cmcore.base.ids import name_problems
from cmcore.base.values import value
from cmcore.charters.act import Act
from cmcore.charters.history import Case
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, decimal_text, percent, say, say_many
from cmcore.labellers.said import name_of, said_of


@checked
def cohen_kappa(one: Iterable[Hashable | None], other: Iterable[Hashable | None]) -> float | None:
    """Return Cohen's kappa of what two people said of the same things, in the same order.

    It is 1 where they agree on all, and 0 where they agree as often as by chance: as if each had
    said as often what they did, of whichever things. Where either said nothing, None, it does not
    count. It is None where it is undefined: nothing was said twice, or always the same.

    Source: J. Cohen, A coefficient of agreement for nominal scales, 1960.

    Raises:
        InvalidError: when one of them is longer.

    Examples:
        >>> from cmcore.labellers import cohen_kappa
        >>> cohen_kappa(["yes", "yes", "no", "no"], ["yes", "no", "no", "no"])
        0.5
    """
    pairs = [pair for pair in _paired([*one], [*other]) if None not in pair]
    total = len(pairs)
    mine, theirs = (Counter(side) for side in zip(*pairs, strict=True)) if pairs else ({}, {})
    by_chance = sum(count * theirs.get(said, 0) for said, count in mine.items())
    if by_chance == total**2:
        return None
    agreed = sum(a == b for a, b in pairs)
    return float(Fraction(agreed * total - by_chance, total**2 - by_chance))


def _paired(
    one: Sequence[Hashable | None], other: Sequence[Hashable | None]
) -> Iterator[tuple[Hashable | None, Hashable | None]]:
    if len(one) != len(other):
        raise refuse("unequal-ratings", "other", one=len(one), other=len(other))
    return zip(one, other, strict=True)


@checked
def krippendorff_alpha(ratings: Iterable[Sequence[Hashable | None]]) -> float | None:
    """Return Krippendorff's alpha of what several people said: for each thing, what each said.

    It is 1 where all agree, and 0 where they agree as often as if all that was said had been given
    out by chance. What is None was not said; a thing of which fewer than two spoke does not count.
    It is None where it is undefined: nothing was said twice, or always the same.

    Source: K. Krippendorff, Computing Krippendorff's alpha-reliability, 2011, for nominal data.

    Examples:
        >>> from cmcore.labellers import krippendorff_alpha
        >>> krippendorff_alpha([(True, True), (True, True), (False, False), (True, None)])
        1.0
    """
    said: Counter[Hashable] = Counter()
    apart = Fraction(0)
    for each in ratings:
        told = Counter(one for one in each if one is not None)
        count = told.total()
        if count > 1:
            said += told
            apart += Fraction(count**2 - sum(n**2 for n in told.values()), count - 1)
    total = said.total()
    by_chance = total**2 - sum(n**2 for n in said.values())
    return float(1 - (total - 1) * apart / by_chance) if by_chance else None


@value
class LabelAgreement:
    """How far two people agree on a label: `agreed` of the `both` acts of which both said it.

    `kappa` and `alpha` are Cohen's and Krippendorff's; None where they are undefined. `apart` names
    the acts on which they do not agree.
    """

    label: str
    both: int = field(default=0, kw_only=True)
    agreed: int = field(default=0, kw_only=True)
    kappa: float | None = field(default=None, kw_only=True)
    alpha: float | None = field(default=None, kw_only=True)
    apart: tuple[str, ...] = field(default=(), kw_only=True)

    def __attrs_post_init__(self) -> None:
        refuse_any(
            name_problems(self.label, "label"),
            count_problems(self.both, "both"),
            count_problems(self.agreed, "agreed", most=self.both),
        )


@value
class Agreement(Viewable):
    """How far two people agree on the labels of the same acts: what `agreement` returns.

    `alone` acts are among those of only one of them.
    """

    labels: tuple[LabelAgreement, ...] = ()
    alone: int = field(default=0, kw_only=True)

    def __attrs_post_init__(self) -> None:
        refuse_any(count_problems(self.alone, "alone"))

    def _view(self, language: Language) -> View:
        """Return the view of the agreement for a terminal or a notebook."""
        heads = ("field label", "agreed by both", "agreed on", "cohen", "krippendorff", "disputed")
        rows = tuple(_row(one, language) for one in self.labels)
        alone = (say_many("labelled by one", self.alone, language),) if self.alone else ()
        return View(
            title=say("agreement of two", language),
            lines=tuple(Line("", "", one) for one in alone),
            tables=(Table(tuple(say(one, language) for one in heads), rows),) if rows else (),
        )


#: How many of the acts on which two people do not agree are shown.
_SHOWN: Final = 5


def _row(one: LabelAgreement, language: Language) -> tuple[str, ...]:
    share = percent(one.agreed / one.both if one.both else None, language)
    rates = ("–" if rate is None else decimal_text(rate, language, ".2f")
             for rate in (one.kappa, one.alpha))  # fmt: skip
    more = ("…",) if len(one.apart) > _SHOWN else ()
    return one.label, str(one.both), share, *rates, ", ".join((*one.apart[:_SHOWN], *more))


@checked
def agreement(one: Iterable[Act | Case], other: Iterable[Act | Case]) -> Agreement:
    """Return how far two people agree on the labels that they put on the same acts.

    Acts are the same by their ids, or by their content where they have none; of one that comes
    twice, the last counts. What a person said has no value, they said as well.

    Examples:
        >>> from cmcore import Act
        >>> from cmcore.labellers import agreement
        >>> ana = [Act(id=f"{n}", labels={"promise": n < 2}) for n in range(4)]
        >>> bo = [Act(id=f"{n}", labels={"promise": n < 1}) for n in range(4)]
        >>> print(agreement(ana, bo))
        agreement of two people
        <BLANKLINE>
          label    said by both  the same  Cohen's kappa  Krippendorff's alpha  not the same
          promise  4             75.0%     0.50           0.53                  1
    """
    mine, theirs = (_by_name(many, name) for many, name in ((one, "one"), (other, "other")))
    shared = [name for name in mine if name in theirs]
    sides = [[found[name] for name in shared] for found in (mine, theirs)]
    labels = sorted({label for acts in sides for act in acts for label in said_of(act)})
    return Agreement(
        tuple(found for label in labels if (found := _of_label(label, shared, *sides)).both),
        alone=len(mine.keys() ^ theirs.keys()),
    )


def _by_name(many: Iterable[Act | Case], name: str) -> dict[str, Act]:
    acts = (one.act if isinstance(one, Case) else one for one in each_of(many, name, Act, Case))
    return {name_of(act): act for act in acts}


def _of_label(
    label: str, names: Sequence[str], one: Sequence[Act], other: Sequence[Act]
) -> LabelAgreement:
    said = [[said_of(act).get(label) for act in acts] for acts in (one, other)]
    pairs = [(name, a, b) for name, a, b in zip(names, *said, strict=True)
             if a is not None and b is not None]  # fmt: skip
    apart = tuple(name for name, a, b in pairs if a != b)
    return LabelAgreement(
        label,
        both=len(pairs),
        agreed=len(pairs) - len(apart),
        kappa=cohen_kappa(*said),
        alpha=krippendorff_alpha(zip(*said, strict=True)),
        apart=apart,
    )
