"""Failures: why a labeller gave no score, and for how many acts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from attrs import field

from cmcore.base.counts import count_problems
from cmcore.base.errors import Problem
from cmcore.base.frozen import FrozenMap
from cmcore.display.wording import Language, say, say_many
from cmcore.labellers.labeller import Scores

#: Kinds of errors, and for how many acts each was raised.
Failures = Mapping[str, int]


def _counts(given: Failures) -> FrozenMap[int]:
    return FrozenMap(given)


def _none() -> FrozenMap[int]:
    return FrozenMap()


def failures_field() -> FrozenMap[int]:
    """Return the field of a value that counts failures."""
    found: FrozenMap[int] = field(factory=_none, converter=_counts, kw_only=True)
    return found


def failures_of(many: Iterable[Scores]) -> FrozenMap[int]:
    """Return how often a labeller failed, by the kind of error."""
    return FrozenMap(Counter(one.failure for one in many if one.failure is not None))


def failure_problems(failures: Failures, total: int) -> Iterator[Problem]:
    """Yield what forbids such counts, of a total of acts."""
    for kind, count in failures.items():
        yield from count_problems(count, "failures", kind, least=1, most=total)


def failure_lines(failures: Failures, total: int, language: Language) -> Iterator[str]:
    """Yield how often a labeller failed, and why, if it ever did."""
    if failures:
        kinds = say("joint", language).join(
            f"{kind} ({count})" for kind, count in sorted(failures.items(), key=lambda one: -one[1])
        )
        failed = sum(failures.values())
        yield say_many("labeller failed", failed, language, total=total, kinds=kinds)
