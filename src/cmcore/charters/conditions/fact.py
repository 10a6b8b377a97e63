"""`fact("topics").any_of("event")`: conditions as they read in Python."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final, cast

from cmcore.base.asked import checked
from cmcore.base.errors import refuse, refuse_any
from cmcore.base.ids import clip, did_you_mean, kind_problems
from cmcore.base.values import value
from cmcore.charters.conditions.condition import FactTest
from cmcore.charters.conditions.domains import Scalar
from cmcore.charters.conditions.facts import BUILTIN, MEASURES
from cmcore.charters.conditions.operands import Hours, Quiet, Range, Rate
from cmcore.charters.conditions.operators import Op
from cmcore.text.words import WordList
from cmcore.time.units import Every
from cmcore.time.week import Week

_MEASURES: Final = frozenset(name for measures in MEASURES.values() for name in measures)


@value
class Fact:
    """A fact by its name, to make tests from; measures are attributes, as in `.length`."""

    name: str

    def __getattr__(self, part: str) -> "Fact":
        name = f"{self.name}.{part}"
        is_open = self.name.startswith(("recent", "since")) and not part.startswith("_")
        if part in _MEASURES or name in BUILTIN or is_open:
            return Fact(name)
        known = [*_MEASURES, *(op for op in dir(Fact) if op[0] != "_")]
        hint = did_you_mean(part, known) or "name it whole, as in `fact(...)`"
        raise AttributeError(f"nothing is called `{clip(part)}` on a fact ({hint})")

    def is_(self, wanted: bool | str | float) -> FactTest:  # noqa: FBT001 - the value asked for
        """Ask whether the flag, symbol or number is `wanted`."""
        return FactTest(self.name, Op.IS, wanted)

    def one_of(self, *wanted: str) -> FactTest:
        """Ask whether the symbol is one of `wanted`."""
        return FactTest(self.name, Op.ONE_OF, _words(wanted))

    def any_of(self, *wanted: str) -> FactTest:
        """Ask whether the set holds at least one of `wanted`."""
        return FactTest(self.name, Op.ANY_OF, _words(wanted))

    def all_of(self, *wanted: str) -> FactTest:
        """Ask whether the set holds all of `wanted`."""
        return FactTest(self.name, Op.ALL_OF, _words(wanted))

    def none_of(self, *unwanted: str) -> FactTest:
        """Ask whether the set or symbol holds none of `unwanted`."""
        return FactTest(self.name, Op.NONE_OF, _words(unwanted))

    def only(self, *wanted: str) -> FactTest:
        """Ask whether the set holds nothing but `wanted` (an empty set does)."""
        return FactTest(self.name, Op.ONLY, _words(wanted))

    def below(self, limit: Scalar) -> FactTest:
        """Ask whether the number, duration or instant is below `limit`."""
        return FactTest(self.name, Op.BELOW, limit)

    def above(self, limit: Scalar) -> FactTest:
        """Ask whether the number, duration or instant is above `limit`."""
        return FactTest(self.name, Op.ABOVE, limit)

    def at_most(
        self,
        limit: Scalar,
        within: timedelta | None = None,
        *,
        per: Every | None = None,
        ever: bool = False,
    ) -> FactTest:
        """Ask whether it is at most `limit`; for a log, at most `limit` acts in a window."""
        return FactTest(self.name, Op.AT_MOST, _limit(limit, within, per, ever=ever))

    def at_least(
        self,
        limit: Scalar,
        within: timedelta | None = None,
        *,
        per: Every | None = None,
        ever: bool = False,
    ) -> FactTest:
        """Ask whether it is at least `limit`; for a log, `limit` acts or more in a window."""
        return FactTest(self.name, Op.AT_LEAST, _limit(limit, within, per, ever=ever))

    def more_than(
        self,
        count: int,
        within: timedelta | None = None,
        *,
        per: Every | None = None,
        ever: bool = False,
    ) -> FactTest:
        """Ask whether a log holds more than `count` acts in a window that ends now.

        It goes back as far as `within`, to the beginning of a day, week or month (`per="week"`), in
        the zone of the charter, or to the first act of all (`ever=True`).
        """
        return FactTest(self.name, Op.MORE_THAN, _rate(count, within, per, ever=ever))

    def fewer_than(
        self,
        count: int,
        within: timedelta | None = None,
        *,
        per: Every | None = None,
        ever: bool = False,
    ) -> FactTest:
        """Ask whether a log holds fewer than `count` acts in a window, as `more_than` has it."""
        return FactTest(self.name, Op.FEWER_THAN, _rate(count, within, per, ever=ever))

    def at_least_since(self, quiet: timedelta) -> FactTest:
        """Ask whether at least `quiet` has passed since the last act in a log."""
        return FactTest(self.name, Op.AT_LEAST, Quiet(quiet))

    def between(self, low: Scalar, high: Scalar) -> FactTest:
        """Ask whether it is between `low` and `high`, both included."""
        return FactTest(self.name, Op.BETWEEN, Range(low, high))

    def mentions(
        self, *words: str, exceptions: Iterable[str] = (), inflected: str | None = None
    ) -> FactTest:
        """Ask whether the text has one of `words`, or phrases, outside the `exceptions`.

        With `inflected`, the code of a language, words are found in their other forms as well.
        """
        return FactTest(
            self.name, Op.MENTIONS, WordList(tuple(_words(words)), exceptions, inflected)
        )

    def matches(self, pattern: str) -> FactTest:
        """Ask whether an RE2 pattern is found in the text (extra `re2`)."""
        return FactTest(self.name, Op.MATCHES, pattern)

    def all_match(self, pattern: str) -> FactTest:
        """Ask whether an RE2 pattern is found in every element of the set (an empty one passes)."""
        return FactTest(self.name, Op.ALL_MATCH, pattern)

    def during(self, week: str | Week, zone: str | None = None) -> FactTest:
        """Ask whether the instant falls in hours of the week such as `Mon-Fri 09:00-18:00`."""
        return FactTest(self.name, Op.DURING, Hours(week, zone))

    def present(self, wanted: bool = True) -> FactTest:  # noqa: FBT001, FBT002 - the value asked for
        """Ask whether the fact has a value at all (`False`: whether it is known to have none)."""
        return FactTest(self.name, Op.PRESENT, wanted)


def _words(given: tuple[object, ...]) -> frozenset[str]:
    """Return the words that were given one by one, or else in one collection."""
    (one, *more) = given or (None,)
    lone = not more and isinstance(one, list | tuple | set | frozenset)
    words = cast("tuple[str, ...]", tuple(one) if lone else given)  # type: ignore[arg-type]
    refuse_any(p for word in words for p in kind_problems(word, str, "text"))
    return frozenset(words)


def _limit(
    limit: Scalar, within: timedelta | None, per: Every | None, *, ever: bool
) -> Scalar | Rate:
    is_plain = within is None and per is None and not ever
    return limit if is_plain else _rate(limit, within, per, ever=ever)


def _rate(count: Any, within: timedelta | None, per: Every | None, *, ever: bool) -> Rate:  # noqa: ANN401 - refused, if no count
    """Return a rate in the one window that is named."""
    if [within is not None, per is not None, ever].count(True) != 1:
        raise refuse("not-one-window")
    return Rate(count, per if within is None else within)


@checked
def fact(name: str) -> Fact:
    """Return a fact by its name, to make a condition from it.

    Examples:
        >>> from cmcore import fact, view
        >>> print(view(fact("topics").only("product", "recipe") & ~fact("paid").is_(True)))
        all conditions
          `topics` has only `product`, `recipe` and `paid` is not yes
    """
    return Fact(name)
