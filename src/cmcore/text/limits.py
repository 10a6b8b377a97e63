"""Limits: how long a post may be on each network, and whether a text is within it."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from cmcore.base.values import internal
from cmcore.text.graphemes import grapheme_count
from cmcore.text.lengths import length_on_mastodon, length_on_threads, length_on_x

#: When the limits were last looked up.
CHECKED: Final = date(2026, 11, 29)


def _units(text: str) -> int:
    """Count the units of UTF-16, as programs of the web do: two for most emoji."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@internal
class Limit:
    """The most that a post may have, as a network counts it.

    Where it does not say how it counts, `least` and `most` are between what two ways of counting
    give: what is short enough by both fits, and what is too long by both does not.
    """

    limit: int
    least: Callable[[str], int]
    most: Callable[[str], int]
    source: str

    def holds(self, text: str) -> bool | None:
        """Return whether a text fits; None where that depends on how the network counts."""
        if self.most(text) <= self.limit:
            return True
        is_unsure = self.least is not self.most and self.least(text) <= self.limit
        return None if is_unsure else False


def _counted(limit: int, count: Callable[[str], int], source: str) -> Limit:
    return Limit(limit, count, count, source)


_TOOLS: Final = "developers.buffer.com/guides/character-limits"
#: The limit of a post without a subscription, on a server that has the usual one.
LIMITS: Final[Mapping[str, Limit]] = MappingProxyType({
    "x": _counted(280, length_on_x, "docs.x.com/fundamentals/counting-characters"),
    "mastodon": _counted(500, length_on_mastodon, "app/validators/status_length_validator.rb"),
    "bluesky": _counted(300, grapheme_count, "app.bsky.feed.post"),
    "threads": _counted(500, length_on_threads, "developers.facebook.com/documentation/threads"),
    "linkedin": Limit(3000, grapheme_count, _units, _TOOLS),
    "instagram": Limit(2200, grapheme_count, _units, _TOOLS),
    "facebook": Limit(63_206, grapheme_count, _units, _TOOLS),
})  # fmt: skip


def fits(text: str, network: str | None) -> bool | None:
    """Return whether a text is within the limit of a network; None where nobody can tell.

    On a network that is None, or whose limit is not known, it fits if it does on all the others.

    Examples:
        >>> from cmcore.text.limits import fits
        >>> fits("a" * 290, "bluesky"), fits("a" * 290, "x"), fits("a" * 290, "blog")
        (True, False, None)
    """
    limit = LIMITS.get(network or "")
    if limit is not None:
        return limit.holds(text)
    return True if all(one.holds(text) for one in LIMITS.values()) else None
