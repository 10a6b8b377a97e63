"""How much more counts and shares vary than if messages came one by one, estimated with care.

Every estimate leans to the side of more variation: to its upper bound at 90 % confidence, from how
much the days or weeks of the history differ as wholes (for what happens within one hangs
together), and by a few messages that count as if they had come in bursts.
"""

from collections.abc import Sequence
from math import log, sqrt
from typing import Final, NamedTuple

#: Student's quantile at 90 %, by powers of one over the degrees of freedom (R. A. Fisher and
#: E. A. Cornish, Technometrics 2, 1960).
_STUDENT: Final = (1.2816, 0.8466, 0.5709, 0.2586)
#: The bursts that are assumed, on how many messages.
_SUPPOSED: Final = 0.2
_MESSAGES: Final = 10
#: Windows are about equally busy if one has at most twice as many messages as the other; they, and
#: at least a third of all windows, show how counts vary.
_ALIKE: Final = log(2)
_PART: Final = 3
#: Recent growth of a page is allowed for, up to this factor.
_GROWN: Final = 1.5


def clustering(blocks: Sequence[float], weight: float, unit: float = 1.0) -> float:
    """Return the correlation of messages, from 0 to 1 or more, estimated from the excess.

    The excess of the squared deviations over those of lone messages, summed by block, is
    `weight` times the correlation, on the whole; `unit` is what one message weighs.
    """
    excess, free = sum(blocks), len(blocks) - 1.0
    spread = sum((block - excess / len(blocks)) ** 2 for block in blocks) * len(blocks) / free
    student = sum(term * free**-power for power, term in enumerate(_STUDENT))
    supposed = unit * _MESSAGES
    return (max(excess, 0.0) + student * sqrt(spread) + supposed * _SUPPOSED) / (weight + supposed)


class Row(NamedTuple):
    """Counts of comparable windows: their sum, their number, the mean of the latest week.

    `height` is the logarithm of their mean, one message added. `excess` has, for each column, the
    squared deviation from the mean over the mean, less its expectation for lone messages given
    the sum: zero where the count was left out.
    """

    total: int
    size: int
    recent: float | None
    height: float
    excess: tuple[float, ...]


def row(counts: Sequence[int | None], recent: int) -> Row:
    """Return what counts of comparable windows tell, the `recent` first of them being the latest.

    Those that were left out are None.
    """
    known = [count for count in counts if count is not None]
    latest = [count for count in counts[:recent] if count is not None]
    total, size = sum(known), len(known)
    mean = sum(latest) / len(latest) if latest else None
    height = log((total + 1) / max(size, 1))
    if size < 2 or total < 2:  # noqa: PLR2004 - one message or one window varies from nothing
        return Row(total, size, mean, height, (0.0,) * len(counts))
    usual, alone = total / size, 1 - 1 / size
    excess = tuple(0.0 if n is None else (n - usual) ** 2 / usual - alone for n in counts)
    return Row(total, size, mean, height, excess)


class Counts(NamedTuple):
    """What a count is compared with: its sum over other windows, and how it varies.

    `shape` is that of the negative binomial distribution, and `windows` are as many as the sum
    comes from, made fewer where the page has grown.
    """

    total: int
    windows: float
    shape: float

    @property
    def usual(self) -> float:
        """The mean number of a window."""
        return self.total / self.windows

    @property
    def dispersion(self) -> float:
        """The variance of the number of a window over its mean: 1 for lone messages."""
        return 1 + self.usual / self.shape if self.shape else float("inf")


def counts(rows: Sequence[Row], *, fewer: bool = False) -> Counts:
    """Return what the first row, which has windows, shows; the others show how counts vary.

    A page that has grown of late is given its growth; where `fewer` than usual are looked for, one
    that has shrunk is given that.

    Given the sum t of m windows, the squared deviations over the mean are (m - 1)(1 + (t - 1)c) on
    the whole, whatever the mean, where c is 1 / (1 + m·shape).
    """
    own = rows[0]
    telling = [one for one in rows if one.size > 1 and one.total > 1]
    telling.sort(key=lambda one: abs(one.height - own.height))
    alike = sum(abs(one.height - own.height) <= _ALIKE for one in telling)
    near = telling[: max(1, alike, len(rows) // _PART)]
    weight = sum((one.size - 1) * (one.total - 1) for one in near)
    blocks = [sum(column) for column in zip(*(one.excess for one in near or [own]), strict=True)]
    most = max(one.size for one in (own, *near))
    share = clustering(blocks, weight, most - 1)
    shape = (1 - share) / (most * share) if share < 1 else 0.0
    changed = _changed(rows)
    change = max(1 / _GROWN, min(1.0, changed)) if fewer else min(_GROWN, max(1.0, changed))
    return Counts(own.total, own.size / change, shape)


def _changed(rows: Sequence[Row]) -> float:
    """Return what the latest week is to the mean of all."""
    both = [(one.recent, one.total / one.size) for one in rows if one.recent is not None]
    usual = sum(mean for _, mean in both)
    if not usual:
        return 1.0
    return sum(recent for recent, _ in both) / usual


class Part(NamedTuple):
    """Some of the messages of a window, out of those that could be, and its pairs of copies."""

    some: int
    among: int
    pairs: int = 0


class Parts(NamedTuple):
    """The parts of comparable windows: sums of what is in them, of their squares and pairs.

    `excess` has, for each column, the squared deviation from the mean share over its variance,
    less its expectation for lone messages given the sums; `weight` is what the correlation of
    messages adds to it on the whole.
    """

    some: int
    among: int
    pairs: int
    squares: int
    weight: int
    excess: tuple[float, ...]


def parts(found: Sequence[Part | None]) -> Parts:
    """Return what the parts of comparable windows tell; those that were left out are None."""
    known = [part for part in found if part is not None]
    some, among = sum(part.some for part in known), sum(part.among for part in known)
    return Parts(
        some,
        among,
        sum(part.pairs for part in known),
        sum(part.among**2 for part in known),
        sum(part.among - 1 for part in known if part.among),
        tuple(0.0 if part is None else _excess(part, some, among) for part in found),
    )


def _excess(part: Part, some: int, among: int) -> float:
    if part.among < 2 or not 0 < some < among:  # noqa: PLR2004 - one message goes with no other
        return 0.0
    share = some / among
    deviation = (part.some - part.among * share) ** 2 / (part.among * share * (1 - share))
    return deviation - (among - part.among) / (among - 1)


class Shares(NamedTuple):
    """What a share is compared with: its mean, and how sure and steady that is.

    `share` is the mean, leaning up, and `strength` the sum of the parameters of its Beta
    distribution; `pairing` is the probability that two messages of a window are copies.
    """

    mean: float
    correlation: float
    share: float
    strength: float
    pairing: float

    def beta(self, among: int) -> tuple[float, float]:
        """Return the parameters of the Beta distribution of the share of `among` messages.

        Where the parts are copies, more messages have more of them.
        """
        share = min(1.0, max(self.share, (among - 1) * self.pairing / 2))
        return share * self.strength, (1 - share) * self.strength


def shares(near: Sequence[Parts], rows: Sequence[Parts]) -> Shares:
    """Return what windows at about the same time tell, the rows telling how shares vary.

    There is a message in some of the near ones. One success is added, which makes the test
    Fisher's when shares vary by chance alone.
    """
    some, among = sum(one.some for one in near), sum(one.among for one in near)
    squares, pairs = sum(one.squares for one in near), sum(one.pairs for one in near)
    blocks = [sum(column) for column in zip(*(one.excess for one in rows), strict=True)]
    correlation = min(1.0, clustering(blocks, sum(one.weight for one in rows)))
    sure = among / (1 + (squares / among - 1) * correlation)
    strength = 1 / (correlation + 1 / (sure + 2)) - 1
    share = (some / among * sure + 1) / (sure + 1)
    pairing = 2 * pairs / (squares - among) if squares > among else 0.0
    return Shares(some / among, correlation, share, max(strength, 0.0), pairing)
