"""Lists of words to find in texts."""

from collections.abc import Iterable, Iterator
from itertools import accumulate

import attrs

from cmcore.base.asked import checked_late
from cmcore.base.errors import InvalidError, Problem, refuse, refuse_any
from cmcore.base.ids import kind_problems
from cmcore.base.values import value
from cmcore.text._entries import entry_problem, is_exact, ways
from cmcore.text._stems import SNOWBALL
from cmcore.text.languages import language_of
from cmcore.text.readings import EXACT, aligned, names_of
from cmcore.text.tokens import BREAK, phrased, tokens
from cmcore.text.tree import Names, Place, walk


@value
class Match:
    """An entry found in a text, from token `start` up to, not including, token `stop`."""

    entry: str
    start: int
    stop: int


def _written(entries: Iterable[str]) -> tuple[str, ...]:
    if isinstance(entries, str):
        raise refuse("lone-text", given=entries)
    if not isinstance(entries, Iterable):
        raise refuse("wrong-value", given=entries, wanted="list-of-words")
    entries = tuple(entries)
    refuse_any(
        problem
        for at, entry in enumerate(entries)
        for problem in kind_problems(entry, str, "text", at)
    )
    return tuple(sorted(set(entries)))


def _compiled(words: "WordList") -> "tuple[Place, Place, frozenset[str]]":
    problems: list[Problem] = []
    readings = {words.inflected} - {None}
    trees = [Place(), Place()]
    for field, root in zip(("entries", "exceptions"), trees, strict=True):
        for entry in getattr(words, field):
            language = words.inflected if field == "entries" else None
            if problem := entry_problem(entry, inflected=language is not None):
                problems.append(problem.under(field))
                continue
            readings |= {EXACT} if is_exact(entry) else set()
            for path in ways(entry, broken=field == "exceptions", inflected=language):
                node = root
                for word in path:
                    node = node.add(word)
                node.entries.append(entry)
    if problems:
        raise InvalidError(problems)
    return trees[0], trees[1], frozenset(filter(None, readings))


def _language(given: str | None) -> str | None:
    """Return the language by whose rules words are inflected, if any."""
    if given is None:
        return None
    refuse_any(kind_problems(given, str, "text"))
    language = (language_of(given) or given).partition("-")[0]
    if language not in SNOWBALL:
        raise refuse("not-inflected", language=given)
    return language


@value
class WordList:
    """Words and phrases to find in texts, and exceptions that hide what they cover.

    An entry matches whole words only. An entry without a mark also matches the hashtag or mention
    whose body it is; one with `#` or `@` matches nothing else. A `*` at the end of a word stands
    for any ending, and at its start for any beginning. An entry that begins with `=` is found with
    its accents only. With `inflected`, the code of a language, words are found in whatever form
    Snowball's rules give one stem; exceptions, starts, ends, hashtags and mentions are found
    as written. A phrase is found across punctuation and new lines too, but as an exception
    only where it is in one run of text, or broken where it is written so. Entries are kept as
    written, sorted, each once.

    Raises:
        InvalidError: if entries have no word, are longer than 200 characters or twelve words, or
            have a misplaced `*`; all of them are listed.
        MissingExtraError: if words are inflected and snowballstemmer is not installed.
    """

    entries: tuple[str, ...] = attrs.field(converter=_written)
    exceptions: tuple[str, ...] = attrs.field(default=(), converter=_written)
    inflected: str | None = attrs.field(default=None, converter=_language)
    _read: tuple[Place, Place, frozenset[str]] = attrs.field(
        default=attrs.Factory(_compiled, takes_self=True), init=False, eq=False, repr=False
    )

    @checked_late
    def find(self, text: str) -> tuple[Match, ...]:
        """Return the matches in order of position, except those within an exception."""
        found = self._matches(text)
        return tuple(sorted(found, key=lambda match: (match.start, match.stop, match.entry)))

    @checked_late
    def holds(self, text: str) -> bool:
        """Return whether `find` would return a match, without looking for further ones."""
        return any(True for _ in self._matches(text))

    def _matches(self, text: str) -> Iterator[Match]:
        names = names_of(text, self.readings) if self.readings else None
        reach: list[int] | None = None
        for entry, start, stop in walk(self.tree, tokens(text), names):
            if reach is None and self.exceptions:
                reach = self.reach(phrased(text), names)
            if reach is None or stop > reach[start]:
                yield Match(str(entry), start, stop)

    @property
    def tree(self) -> Place:
        """The entries as a tree of words."""
        return self._read[0]

    @property
    def hiding(self) -> Place:
        """The exceptions as a tree of words."""
        return self._read[1]

    @property
    def readings(self) -> frozenset[str]:
        """How words are read, beside folded: `=` with accents, `fr` by their stems in French."""
        return self._read[2]

    @checked_late
    def reach(self, found: tuple[str, ...], names: Names | None = None) -> list[int]:
        """Return how far exceptions starting at each token of a phrased text, or earlier, reach.

        `names` are the other names of its tokens, breaks aside.
        """
        places = list(accumulate((token != BREAK for token in found), initial=0))
        stops = [0] * places[-1]
        others = aligned(names, found) if names else None
        for _, start, stop in walk(self.hiding, found, others, passing=0):
            stops[places[start]] = max(stops[places[start]], places[stop])
        return list(accumulate(stops, max))
