"""The tree of the entries of word lists, walked from each word of a text."""

from collections.abc import Iterator, Sequence

from cmcore.text.tokens import is_sign

#: The other names of each token of a text.
Names = Sequence[tuple[str, ...]]


class Place:
    """A place in the tree of entries: the words that may follow, and the entries that end here.

    In a tree that several lists are grafted on, numbers of lists stand for their entries.
    """

    __slots__ = ("ends", "entries", "lengths", "starts", "words")

    def __init__(self) -> None:
        self.words: dict[str, Place] = _NOWHERE
        self.starts: dict[str, Place] = _NOWHERE
        self.ends: dict[str, Place] = _NOWHERE
        self.lengths: tuple[int, ...] = ()
        self.entries: list[str | int] = []

    def add(self, word: str) -> "Place":
        """Return the place after `word`, made if needed; a `*` leaves its end, or start, open."""
        if word.endswith("*"):
            word = word.removesuffix("*")
            self.starts = nodes = self.starts or {}
            self.lengths = tuple(sorted({*self.lengths, len(word)}))
        elif word.startswith("*"):
            word = word.removeprefix("*")
            self.ends = nodes = self.ends or {}
            self.lengths = tuple(sorted({*self.lengths, len(word)}))
        else:
            self.words = nodes = self.words or {}
        if word not in nodes:
            nodes[word] = Place()
        return nodes[word]

    def graft(self, tree: "Place", number: int) -> None:
        """Add what `tree` holds, with `number` in the place of its entries."""
        pairs = [(self, tree)]
        while pairs:
            mine, theirs = pairs.pop()
            if theirs.entries:
                mine.entries.append(number)
            pairs += [(mine.add(word), node) for word, node in theirs.branches]

    def scatter(self, tree: "Place") -> None:
        """Add to this tree of one level each word of `tree`, with the entries it is a word of."""
        nodes: list[tuple[Place, tuple[str, ...]]] = [(tree, ())]
        while nodes:
            node, path = nodes.pop()
            for word in path if node.entries else ():
                self.add(word).entries += node.entries
            nodes += [(following, (*path, word)) for word, following in node.branches]

    @property
    def branches(self) -> "Iterator[tuple[str, Place]]":
        """The words that may follow, open ends and starts with a `*`, and where they lead."""
        yield from self.words.items()
        yield from ((f"{word}*", place) for word, place in self.starts.items())
        yield from ((f"*{word}", place) for word, place in self.ends.items())

    def after(self, token: str, names: tuple[str, ...] = ()) -> "list[Place]":
        """Return the places that a token leads to, by itself, unmarked, or by its other `names`."""
        found: list[Place] = []
        unmarked = (token[1:],) if token[0] in "#@" and token[1:] else ()
        for name in (token, *unmarked, *names):
            if name in self.words:
                found.append(self.words[name])
            for length in self.lengths:
                if length > len(name):
                    break
                if (start := name[:length]) in self.starts:
                    found.append(self.starts[start])
                if (end := name[-length:]) in self.ends:
                    found.append(self.ends[end])
        return [*dict.fromkeys(found)] if len(found) > 1 else found


# shared by the many ends of the tree, to save their room; never changed
_NOWHERE: dict[str, Place] = {}


#: How many signs in a row may stand between two words of a phrase that names none.
_PASSED = 3


def walk(
    root: Place,
    found: tuple[str, ...],
    names: Names | None = None,
    passing: int = _PASSED,
) -> Iterator[tuple[str | int, int, int]]:
    """Walk the tree from each token; a step costs the same however many entries there are.

    Yields what ends at a place reached, with the tokens it goes from and up to. `names` are other
    names of the tokens. Of signs that an entry does not name, `passing` in a row are passed over.
    """
    others = names or ((),) * len(found)
    words = None if root.lengths or names else root.words
    for start, token in enumerate(found):
        if words is not None and token not in words and token[0] not in "#@":
            continue
        reached = [(place, 0) for place in root.after(token, others[start])]
        stop = start + 1
        while reached:
            for place, passed in reached:
                for entry in () if passed else place.entries:
                    yield entry, start, stop
            reached = [pair for pair in reached if pair[0].words or pair[0].lengths]
            if not reached or stop == len(found):
                break
            reached = _following(reached, found[stop], others[stop], passing)
            stop += 1


def _following(
    reached: list[tuple[Place, int]], token: str, names: tuple[str, ...], passing: int
) -> list[tuple[Place, int]]:
    """Return the places that a token leads to, each with the number of signs passed over."""
    following = [(node, 0) for place, _ in reached for node in place.after(token, names)]
    if not is_sign(token):
        return following
    following += [(place, passed + 1) for place, passed in reached if passed < passing]
    return list(dict.fromkeys(following))
