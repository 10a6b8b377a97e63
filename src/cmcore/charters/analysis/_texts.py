"""Texts: a text that has what the tests want, and what no text can do at once."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Any, Final

from cmcore.base.characters import fold
from cmcore.charters.analysis._formula import FALSE, TRUE
from cmcore.charters.analysis._formula import UNKNOWN as OPEN
from cmcore.charters.analysis._lists import Pieces, pieces
from cmcore.charters.analysis._patterns import samples
from cmcore.charters.analysis._scalars import numbers, specs_of
from cmcore.charters.analysis._theory import Asked, Ways, fits, holds_of, masked, signature
from cmcore.charters.conditions.condition import FactTest
from cmcore.charters.conditions.facts import ABSENT, UNKNOWN, FactType
from cmcore.charters.conditions.operators import PATTERNED, Op
from cmcore.text.words import WordList

#: So many texts are tried, with so many for each list.
_TRIED, _FEW = 60, 8
#: A text that says nothing of note, and what makes one longer in one respect or another.
_PLAIN: Final = "ok"
_MORE: Final[Mapping[str, str]] = {
    "fancy": " \N{MATHEMATICAL BOLD SMALL O}\N{MATHEMATICAL BOLD SMALL K}",
    "emoji_run": "\N{PARTY POPPER}",
    "emoji": " \N{PARTY POPPER}",
    "exclamation_run": "!",
    "exclamations": " ok!",
    "middle_dots": " e\N{MIDDLE DOT}e",
    "capital_words": " OK",
    "capitals": "K",
    "hashtag_word": " #okokokokokokokokokokok",
    "words": " ok",
    **dict.fromkeys(
        ("length", "graphemes", "length_on_x", "length_on_mastodon", "length_on_threads"), "k"
    ),
    "ends_with_link": " https://other.example/",
}
_TIMES: Final = (*range(1, 40), *range(40, 600, 10), *range(600, 6000, 500))
#: No text is made longer by more than that.
_MOST: Final = 6000


class Texts:
    """The texts that a fact may be."""

    def __init__(self, fact: str, asked: Asked) -> None:
        self.asked = asked
        self._masked = masked(asked)
        self._fact = fact
        self._tests = {n: one.leaf for n, one in asked if isinstance(one.leaf, FactTest)}
        self._lone = [
            (parts, found)
            for parts in ({fact: ABSENT}, {fact: UNKNOWN})
            if (found := signature(asked, parts))
        ]
        self._measures: dict[str, list[Any]] = {}
        for name in sorted({test.fact for test in self._tests.values()} - {fact}):
            spec = specs_of(asked, name)[0]
            own = [test for test in self._tests.values() if test.fact == name]
            is_flag = spec.type is FactType.FLAG
            self._measures[name] = [True, False] if is_flag else numbers(spec, own)
        self._words = {
            n: test.operand for n, test in self._tests.items() if isinstance(test.operand, WordList)
        }
        self._made: dict[tuple[int, ...], Pieces] = {}
        self._known: dict[tuple[int, ...], Ways] = {}
        self._seen: dict[str, list[int] | None] = {}

    def narrow(self, masks: list[int]) -> bool:
        """Return whether it is not sure that no text does what is wanted."""
        key = self._masked(masks)
        return any(self._alone(key)) or not self._impossible(masks)

    def ways(self, masks: Sequence[int]) -> Ways:
        """Return texts that do what is wanted, and nothing where there need be none."""
        key = self._masked(masks)
        if key not in self._known:
            self._known[key] = self._found(masks, key)
        return self._known[key]

    def _found(self, masks: Sequence[int], key: tuple[int, ...]) -> Ways:
        alone = tuple(self._alone(key))
        if self._impossible(masks):
            return Ways(alone)
        texts = islice(self._texts(masks), _TRIED)
        found = next((one for one in texts if self._does(one, key)), None)
        own = () if found is None else ({self._fact: found},)
        return Ways((*own, *alone), exact=False)

    def _alone(self, key: Sequence[int]) -> Iterator[dict[str, Any]]:
        for one, found in self._lone:
            if fits(found, key):
                yield one

    def _does(self, text: str, key: Sequence[int]) -> bool:
        if text not in self._seen:
            self._seen[text] = signature(self.asked, {self._fact: text})
        found = self._seen[text]
        return found is not None and fits(found, key)

    def _impossible(self, masks: Sequence[int]) -> bool:
        """Return whether no text at all does what is wanted, as far as is sure."""
        known = (n for n, test in self._tests.items() if test.op not in PATTERNED)
        if not all(masks[number] & (TRUE | FALSE) for number in known):
            return True
        if any(one.sure and not one.texts for _, one in self._pieces(masks)):
            return True
        presence = (
            (masks[number] & ~OPEN) in {TRUE, FALSE}
            and test.op is Op.PRESENT
            and (masks[number] & TRUE > 0) is not test.operand
            for number, test in self._tests.items()
        )
        return any(presence) or any(not self._fitting(name, masks) for name in self._measures)

    def _fitting(self, name: str, masks: Sequence[int]) -> bool:
        """Return whether a value of a measure does what is wanted of it by itself."""
        own = [(masks[n], test) for n, test in self._tests.items() if test.fact == name]
        return any(
            all(mask & (TRUE if holds_of(test, value) else FALSE) for mask, test in own)
            for value in self._measures[name]
        )

    def _pieces(self, masks: Sequence[int]) -> Iterator[tuple[WordList, Pieces]]:
        """Yield each list that is to find something, with texts in which no other list does."""
        unwanted = self._lists(masks, FALSE)
        for number in self._lists(masks, TRUE):
            key = (number, *unwanted)
            if key not in self._made:
                words, *others = (self._words[one] for one in key)
                self._made[key] = pieces(words, others)
            yield self._words[number], self._made[key]

    def _lists(self, masks: Sequence[int], truth: int) -> list[int]:
        """Return the numbers of the questions about lists that have a truth."""
        return [number for number in self._words if masks[number] & ~OPEN == truth]

    def _texts(self, masks: Sequence[int]) -> Iterator[str]:
        """Yield texts to try: words that are wanted, longer and longer where that is asked for."""
        unwanted = [self._words[number] for number in self._lists(masks, FALSE)]
        choices = [
            _best([*_entries(words), *one.texts], words, unwanted)
            for words, one in self._pieces(masks)
        ]
        choices += [
            samples(test.operand)
            for number, test in self._tests.items()
            if test.op in PATTERNED and masks[number] & ~OPEN == TRUE
        ]
        for chosen in islice(product(*choices), _TRIED):
            parts = list(dict.fromkeys(chosen))
            for between in (". ", f". {_PLAIN}. ")[: max(len(parts), 1)]:
                text = between.join(parts) or _PLAIN
                yield text
                if self._measures:
                    yield self._grown(text, masks)

    def _grown(self, text: str, masks: Sequence[int]) -> str:
        """Return a text with more of what is measured of it, as much as is wanted."""
        for measure, more in _MORE.items():
            name = f"{self._fact}.{measure}"
            own = self._of(name) if name in self._measures else []
            longer = (text + more * times for times in self._times(name, text))
            fitting = (one for one in (text, *longer) if self._fits(own, one, masks))
            text = next(fitting, text) if own else text
        return text

    def _times(self, name: str, text: str) -> list[int]:
        """Return how often to try to make a text longer: up to each size that tests tell apart."""
        sizes = [int(one) for one in self._measures.get(name, ()) if not isinstance(one, bool)]
        have = (0, len(text), len(text.split()))
        wanted = {size - some + more for size in sizes for some in have for more in (-1, 0, 1)}
        return sorted({*_TIMES, *(times for times in wanted if 0 < times <= _MOST)})

    def _fits(self, own: Asked, text: str, masks: Sequence[int]) -> bool:
        """Return whether what is measured of a text does what is wanted of that alone."""
        found = signature(own, {self._fact: text})
        return found is not None and fits(found, (masks[number] for number, _ in own))

    def _of(self, name: str) -> Asked:
        return [
            (number, one)
            for number, one in self.asked
            if isinstance(one.leaf, FactTest) and one.leaf.fact == name
        ]


def _best(texts: Sequence[str], words: WordList, unwanted: Sequence[WordList]) -> list[str]:
    """Return a few texts in which a list finds something, those first in which no other does."""
    found = [text for text in dict.fromkeys(texts) if words.holds(text)]
    return sorted(found, key=lambda text: any(one.holds(text) for one in unwanted))[:_FEW]


def _entries(words: WordList) -> list[str]:
    """Return the entries of a list as texts in which it finds something."""
    said = [_said(entry) for entry in words.entries]
    said += [f"{one}s" for one in said if words.inflected]
    said += [entry.strip().replace("*", "s") for entry in words.entries if "*" in entry]
    return [text for text in dict.fromkeys([*said, *map(fold, said)]) if words.holds(text)]


def _said(entry: str) -> str:
    """Return a text that has an entry: without its marks."""
    return entry.strip().removeprefix("=").replace("*", "")
