"""Sets: which sets of words do what tests want of a fact, found by choosing words one by one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, permutations
from typing import Any, Final

import attrs

from cmcore.base.values import internal
from cmcore.charters.analysis._formula import FALSE, TRUE
from cmcore.charters.analysis._patterns import samples
from cmcore.charters.analysis._scalars import IN_TEXTS, other_words, specs_of, tests_of
from cmcore.charters.analysis._theory import Asked, Ways, fits, holds_of, makes, masked, signature
from cmcore.charters.conditions.condition import FactTest, words_asked
from cmcore.charters.conditions.facts import ABSENT, BUILTIN, OF_LINKS, UNKNOWN, FactSpec, FactType
from cmcore.charters.conditions.forms import NORMAL, within
from cmcore.charters.conditions.operands import edges
from cmcore.charters.conditions.operators import OPERATORS, PATTERNED, TAKES, Op, Relation
from cmcore.text.links import host_of

_COUNT: Final = ".count"
_SITE_COUNTS: Final = frozenset(f"{one}{_COUNT}" for one in OF_LINKS)
_LINKS: Final = (BUILTIN["links"],)
#: No set of more words is tried, and no more choices than this.
_LARGEST: Final = 60
_BUDGET: Final = 400
#: So many samples of two patterns are put together.
_JOINED: Final = 200
_MORE: Final = ("k", "kk")


@internal
class _Wanted:
    """What a set has to do: hold a word of each of `hits`, and not of all parts of any `breaks`."""

    hits: tuple[frozenset[str], ...]
    breaks: tuple[tuple[frozenset[str], ...], ...]
    banned: frozenset[str]
    sizes: frozenset[int]
    #: How many sites addresses may have; None where that is not asked.
    sites: frozenset[int] | None = None

    @property
    def may_be(self) -> bool:
        """Whether a set of some size may have addresses of as many sites as are wanted."""
        return self.sites is None or any(
            few <= size and (few > 0) is (size > 0) for size in self.sizes for few in self.sites
        )


class Sets:
    """The sets of words that a fact may be; the addresses, with what is asked of their sites."""

    def __init__(self, fact: str, asked: Asked) -> None:
        self.asked = asked
        self._masked = masked(asked)
        self._fact = fact
        tests = tests_of(asked)
        self._own = [test for test in tests if not test.fact.endswith(_COUNT)]
        counts = [test for test in tests if test.fact == f"{fact}{_COUNT}"]
        site_counts = [test for test in tests if test.fact in _SITE_COUNTS]
        specs = specs_of(asked, fact)
        #: The sites that tests name, or the domains.
        self._bases = frozenset(
            host.removeprefix("*.")
            for test in self._own
            if test.fact in OF_LINKS
            for host in words_asked(test)
        )
        self._exact = len({spec.values for spec in specs}) <= 1 and not any(
            test.op in PATTERNED for test in tests
        )
        self._counted = bool(counts)
        self._sizes = self._lengths(counts)
        self._sites = self._lengths(site_counts) if site_counts else None
        words = self._universe(specs)
        self._words = frozenset(words)
        self._order = {word: place for place, word in enumerate(words)}
        self._by_number = {n: one.leaf for n, one in asked if isinstance(one.leaf, FactTest)}
        self._members = {
            n: self._member(test) for n, test in self._by_number.items() if test in self._own
        }
        self._counts = self._fitting(counts, self._sizes)
        self._site_counts = self._fitting(site_counts, self._sites or ())
        self._site_of = {word: host_of(word) or "" for word in words} if site_counts else {}
        self._lone = [
            (parts, found)
            for parts in ({fact: ABSENT}, {fact: UNKNOWN})
            if (found := signature(asked, parts))
        ]
        self._known: dict[tuple[int, ...], Ways] = {}

    def _lengths(self, counts: list[FactTest]) -> frozenset[int]:
        """Return the sizes to try: all that the tests could tell apart, where these are few."""
        if not counts:
            return frozenset(range(_LARGEST))
        named = {int(edge) for test in counts for edge in edges(test.operand)}
        self._exact = self._exact and max(named) < _LARGEST
        most = max(size for size in (0, *named) if size < _LARGEST)
        return frozenset(range(most + 2 + len(self._own)))

    def _fitting(
        self, counts: Sequence[FactTest], sizes: Iterable[int]
    ) -> dict[int, frozenset[int]]:
        """Return the sizes for which each question about a size holds, by its number."""
        return {
            number: frozenset(size for size in sizes if holds_of(test, size))
            for number, test in self._by_number.items()
            if test in counts
        }

    def _universe(self, specs: list[FactSpec]) -> list[str]:
        """Return words to choose from: those named, and as many others as may be needed."""
        named = frozenset[str]().union(
            *(words_asked(test) for test in self._own if test.fact not in OF_LINKS)
        )
        values = frozenset[str]().union(*(spec.values or () for spec in specs))
        made = [one for test in self._own if test.op in PATTERNED for one in samples(test.operand)]
        # what one pattern finds at the beginning and another at the end, and more than one of each
        made += [
            f"{one}{other}" for one, other in islice(permutations([*made, *_MORE], 2), _JOINED)
        ]
        most = max(self._sizes)
        made += self._addresses(most if self._counted else 1, max(self._sites or (1,)))
        forms = [] if values else [spec.domain.form for spec in specs[:1] or _LINKS]
        new = [NORMAL[form][one] for form in forms for one in made]
        new += [word for form in forms for word in other_words(form, named, most)]
        free = [one for one in new if one is not None and one not in named]
        # what is in a text is in the set as well: it comes last, and is taken first to fill a set
        free.sort(key=IN_TEXTS.__contains__)
        return list(dict.fromkeys([*sorted(named), *sorted(values), *free]))

    def _addresses(self, count: int, sites: int) -> list[str]:
        """Return addresses, `count` of each site for which tests may differ.

        These are the sites that are named, as many as `sites` says within each of them that are in
        no other of them that is longer, and as many that are in none.
        """
        if not self._bases and self._sites is None:
            return []
        needed = len(self._bases) + sites + 1
        labels = ["other", *(f"other{number}" for number in range(2, needed + 1))]
        beyond = ("other.example", *(f"{label}.example" for label in labels[1:]), *labels)
        below = [
            host
            for base in sorted(self._bases)
            for host in islice(self._free(f"{label}.{base}" for label in labels), sites)
        ]
        apart = (one for one in beyond if within(frozenset({one}), self._bases) == {one})
        hosts = [*sorted(self._bases), *below, *islice(self._free(apart), sites)]
        made = {f"https://{host}/{number or ''}": host for host in hosts for number in range(count)}
        self._exact = self._exact and all(host_of(link) == host for link, host in made.items())
        return list(made)

    def _free(self, hosts: Iterable[str]) -> Iterator[str]:
        return (host for host in hosts if host not in self._bases)

    def _member(self, test: FactTest) -> tuple[Relation, bool, tuple[frozenset[str], ...]]:
        """Return how a test looks at a set, and which words of the universe it looks for."""
        relation, negated = TAKES[FactType.SYMBOLS][test.op].relation, OPERATORS[test.op].negated
        if relation is Relation.EACH:
            each = [attrs.evolve(test, operand=frozenset({w})) for w in sorted(words_asked(test))]
            return relation, negated, tuple(self._held(one, negated=False) for one in each)
        return relation, negated, (self._held(test, negated=negated),)

    def _held(self, test: FactTest, *, negated: bool) -> frozenset[str]:
        of_sites = test.fact in OF_LINKS
        read = {word: (host_of(word) or "") if of_sites else word for word in self._words}
        return frozenset(
            word for word, one in read.items() if holds_of(test, frozenset({one})) is not negated
        )

    def narrow(self, masks: list[int]) -> bool:
        """Return whether some set, or none, does what is wanted."""
        found = self.ways(masks)
        return bool(found.parts) or not found.exact

    def ways(self, masks: Sequence[int]) -> Ways:
        """Return sets that do what is wanted, small ones first."""
        key = self._masked(masks)
        if key not in self._known:
            self._known[key] = self._found(masks, key)
        return self._known[key]

    def _found(self, masks: Sequence[int], key: tuple[int, ...]) -> Ways:
        parts: list[dict[str, Any]] = []
        exact = self._exact or self._is_none(masks)
        if all(mask & (TRUE | FALSE) for mask in key) and (wanted := self._wanted(masks)):
            chosen, sure = self._chooser(wanted).choose()
            if chosen is not None and makes(self.asked, {self._fact: chosen}, masks):
                parts.append({self._fact: chosen})
            exact = exact and sure and (chosen is None or bool(parts))
            if chosen == frozenset():  # nothing can be shared of what is empty
                parts += self._filled(wanted, masks)
        parts += [one for one, found in self._lone if fits(found, key)]
        return Ways(tuple(parts), exact)

    def _chooser(self, wanted: _Wanted) -> "_Chooser":
        return _Chooser(self._words, self._order, wanted, self._site_of)

    def _filled(self, wanted: _Wanted, masks: Sequence[int]) -> Iterator[dict[str, Any]]:
        """Yield a set that is not empty and does what is wanted, if there is one."""
        some = attrs.evolve(wanted, hits=(*wanted.hits, self._words))
        chosen, _ = self._chooser(some).choose()
        if chosen is not None and makes(self.asked, {self._fact: chosen}, masks):
            yield {self._fact: chosen}

    def _is_none(self, masks: Sequence[int]) -> bool:
        """Return whether it is wanted that the fact has no value, which no set does."""
        return any(
            test.op is Op.PRESENT and test.fact == self._fact and masks[number] == unwanted
            for number, test in self._by_number.items()
            for unwanted in [FALSE if test.operand else TRUE]
        )

    def _wanted(self, masks: Sequence[int]) -> _Wanted | None:
        """Return what a set has to do; None where there may be none."""
        hits: list[frozenset[str]] = []
        breaks: list[tuple[frozenset[str], ...]] = []
        banned = frozenset[str]()
        for number, (relation, negated, words) in self._members.items():
            mask = masks[number] & (TRUE | FALSE)
            if mask == TRUE | FALSE:
                continue
            there = (mask == TRUE) is not negated
            if relation is Relation.THERE:
                if there is not bool(words[0]):
                    return None
            elif there:
                hits += words
            elif relation is Relation.EACH and len(words) > 1:
                breaks.append(words)
            else:
                banned = banned.union(*words)
        sizes = _left(self._sizes, self._counts, masks)
        sites = self._sites
        if sites is not None:
            sites = _left(sites, self._site_counts, masks)
        return _Wanted(tuple(hits), tuple(breaks), banned, sizes, sites)


def _left(
    sizes: frozenset[int], counts: Mapping[int, frozenset[int]], masks: Sequence[int]
) -> frozenset[int]:
    """Return the sizes that do what is wanted of questions about them."""
    for number, fitting in counts.items():
        mask = masks[number] & (TRUE | FALSE)
        if mask != TRUE | FALSE:
            sizes = sizes & fitting if mask == TRUE else sizes - fitting
    return sizes


class _Chooser:
    """Chooses words until each hit is there, and takes choices back where that fails."""

    def __init__(
        self,
        words: frozenset[str],
        order: Mapping[str, int],
        wanted: _Wanted,
        site_of: Mapping[str, str],
    ) -> None:
        self._order = order
        self._free = words - wanted.banned
        self._wanted = wanted
        self._site_of = site_of
        self._left = _BUDGET

    def choose(self) -> tuple[frozenset[str] | None, bool]:
        """Return a set, if any, and whether the answer is sure."""
        if not self._wanted.may_be:
            return None, True
        return self._with(frozenset()), self._left > 0

    def _with(self, chosen: frozenset[str]) -> frozenset[str] | None:
        self._left -= 1
        if self._left <= 0 or self._is_broken(chosen):
            return None
        missing = next((words for words in self._wanted.hits if words.isdisjoint(chosen)), None)
        if missing is None:
            return next(self._filled(chosen), None)
        for word in self._choices(chosen, missing):
            if found := self._with(chosen | {word}):
                return found
        return None

    def _choices(self, chosen: frozenset[str], missing: frozenset[str]) -> Iterator[str]:
        """Yield the words by which a set may go on, one of each sort, unless it is large enough."""
        wanted, own = self._wanted, self._sites(chosen)
        if len(chosen) >= max(wanted.sizes, default=0):
            return
        is_full = wanted.sites is not None and len(own) >= max(wanted.sites, default=0)
        sorts = set[object]()
        for word in self._sorted(missing & self._free):
            site = self._site_of.get(word)
            sort = (
                site if site in own else None,
                *(word in words for words in (*wanted.hits, *chain.from_iterable(wanted.breaks))),
            )
            if sort not in sorts and (site in own or not is_full):
                sorts.add(sort)
                yield word

    def _filled(self, chosen: frozenset[str]) -> Iterator[frozenset[str]]:
        """Yield a set made large enough, words that nobody names first."""
        if self._wanted.sites is None:
            yield from self._grown(chosen, self._free)
            return
        for more in (chosen, *self._spread(chosen)):
            own = self._sites(more)
            if len(own) in self._wanted.sites:
                yield from self._grown(more, {w for w in self._free if self._site_of[w] in own})

    def _grown(self, chosen: frozenset[str], words: Iterable[str]) -> Iterator[frozenset[str]]:
        """Yield a set with as many more words as are wanted, the first that are possible."""
        if len(chosen) in self._wanted.sizes:
            yield chosen
        for word in reversed(self._sorted(frozenset(words) - chosen)):
            more = chosen | {word}
            if not self._is_broken(more):
                chosen = more
            if len(chosen) in self._wanted.sizes:
                yield chosen

    def _spread(self, chosen: frozenset[str]) -> Iterator[frozenset[str]]:
        """Yield a set with addresses of one more site after the other."""
        for word in reversed(self._sorted(self._free - chosen)):
            more = chosen | {word}
            if self._site_of[word] not in self._sites(chosen) and not self._is_broken(more):
                chosen = more
                yield chosen

    def _sites(self, chosen: frozenset[str]) -> set[str]:
        return {self._site_of[word] for word in chosen} if self._site_of else set()

    def _is_broken(self, chosen: frozenset[str]) -> bool:
        breaks = self._wanted.breaks
        return any(all(not words.isdisjoint(chosen) for words in parts) for parts in breaks)

    def _sorted(self, words: frozenset[str]) -> list[str]:
        return sorted(words, key=lambda word: self._order.get(word, len(self._order)))
