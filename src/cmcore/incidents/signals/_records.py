"""A history in order of time, so that what falls in any window is counted at once."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate
from typing import Final

from cmcore.base.errors import InvalidError, Problem
from cmcore.incidents.signals._dispersion import Part, Parts, Row, parts, row
from cmcore.incidents.signals._rhythms import Windows
from cmcore.incidents.signals.signal import Sighting, SignalKind
from cmcore.text.links import links_in
from cmcore.text.tokens import tokens
from cmcore.time.intervals import Stretch, count

#: Shorter texts are said by everybody.
_WORDS: Final = 4


def sightings(history: Iterable[object], tones: Collection[str]) -> tuple[list[Sighting], int]:
    """Return what a history shows, and how many of it have no known time.

    Raises:
        InvalidError: with every problem, each with its place.
    """
    problems: list[Problem] = []
    seen: list[Sighting] = []
    undated = 0
    for number, thing in enumerate(history):
        try:
            one = Sighting.of(thing, tones)
        except InvalidError as error:
            problems += [problem.under("history", number) for problem in error.problems]
            continue
        if one is None:
            undated += 1
        else:
            seen.append(one)
    if problems:
        raise InvalidError(problems)
    return seen, undated


def alike(text: str) -> str:
    """Return what a text has in common with its copies; nothing when it is too short to tell.

    Case, accents, punctuation, emoji, numbers, mentions, addresses and the mark of a repost make
    no difference.
    """
    for link in sorted(links_in(text), key=len, reverse=True):
        text = text.replace(link, " ")
    words = [
        token for token in tokens(text) if token[0].isalpha() or (token[0] == "#" and token[1:])
    ]
    words = words[words[:1] == ["rt"] :]
    return " ".join(words) if len(words) >= _WORDS else ""


class Record:
    """Sightings in order of time; windows are half-open and counted in microseconds."""

    def __init__(self, seen: Iterable[Sighting]) -> None:
        self._seen = sorted(seen, key=lambda one: one.at)
        self.moments = [count(one.at) for one in self._seen]
        self._negative = _sums([one.negative is True for one in self._seen])
        self._known = {
            SignalKind.MOOD: _sums([one.negative is not None for one in self._seen]),
            SignalKind.REPEATS: _sums([one.text is not None for one in self._seen]),
        }
        self._alike: dict[int, str] = {}
        self._rows: dict[tuple[Windows, int], Row] = {}
        self._part: dict[SignalKind, dict[Stretch, Part]] = {kind: {} for kind in self._known}
        self._parts: dict[tuple[SignalKind, Windows], Parts] = {}

    def networks(self) -> dict[str, "Record"]:
        """Return the record of each network, by name."""
        parts: dict[str, list[Sighting]] = {}
        for one in self._seen:
            if one.network is not None:
                parts.setdefault(one.network, []).append(one)
        return {name: Record(parts[name]) for name in sorted(parts)}

    def count(self, window: Stretch) -> int:
        """Count what is in a window."""
        first, last = self._within(window)
        return last - first

    def row(self, windows: Windows, recent: int) -> Row:
        """Return what the counts of comparable windows tell."""
        key = windows, recent
        if key not in self._rows:
            numbers = [None if one is None else self.count(one) for one in windows.each]
            self._rows[key] = row(numbers, recent)
        return self._rows[key]

    def parts(self, kind: SignalKind, windows: Windows) -> Parts:
        """Return what the shares of comparable windows tell, of moods or of repeated texts."""
        key = kind, windows
        if key not in self._parts:
            self._parts[key] = parts(
                [None if one is None else self.part(kind, one) for one in windows.each]
            )
        return self._parts[key]

    def part(self, kind: SignalKind, window: Stretch) -> Part:
        """Return the negative messages of a window, or the copies, out of what could be some.

        That is the messages whose mood is known, or the texts that are long enough.
        """
        if window not in self._part[kind]:
            self._part[kind][window] = self._counted(kind, window)
        return self._part[kind][window]

    def _counted(self, kind: SignalKind, window: Stretch) -> Part:
        first, last = self._within(window)
        if kind is SignalKind.REPEATS:
            return _copies(self._groups(first, last).values())
        return Part(self._negative[last] - self._negative[first], self.known(kind, window))

    def known(self, kind: SignalKind, window: Stretch) -> int:
        """Count the messages of a window whose mood, or whose text, is known."""
        first, last = self._within(window)
        return self._known[kind][last] - self._known[kind][first]

    def quote(self, window: Stretch) -> str:
        """Return the text of a window, which has some, that has the most copies in it."""
        first, last = self._within(window)
        groups = self._groups(first, last)
        most = min(groups, key=lambda text: (-groups[text], text))
        return min(self._seen[at].text or "" for at in range(first, last) if self._key(at) == most)

    def _within(self, window: Stretch) -> tuple[int, int]:
        start, stop = window
        return bisect_left(self.moments, start), bisect_left(self.moments, stop)

    def _groups(self, first: int, last: int) -> Counter[str]:
        return Counter(key for key in map(self._key, range(first, last)) if key)

    def _key(self, at: int) -> str:
        if at not in self._alike:
            self._alike[at] = alike(self._seen[at].text or "")
        return self._alike[at]


def _sums(flags: Sequence[bool]) -> list[int]:
    return [0, *accumulate(map(int, flags))]


def _copies(sizes: Iterable[int]) -> Part:
    found = list(sizes)
    pairs = sum(size * (size - 1) // 2 for size in found)
    return Part(sum(found) - len(found), sum(found), pairs)
