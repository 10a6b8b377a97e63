"""Words of a post, folded so that spelling tricks do not hide them, and lists of words to find."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from unicodedata import category, combining, normalize

import attrs

from cmcore.base.asked import checked_late
from cmcore.base.characters import (
    EMOJI,
    FLAGS,
    MARKS,
    SINGLE,
    calm,
    fold,
    is_plain,
    unfold,
    visible,
)
from cmcore.base.errors import InvalidError, Problem, refuse, refuse_any
from cmcore.base.ids import kind_problems
from cmcore.base.values import value
from cmcore.text.links import link_spans

# ---------------------------------------------------------------------------------------- tokens

# possessive quantifiers: nothing is ever tried twice, so the time is linear whatever the text
_REST = rf"(?:[{MARKS}]++[^\W_{SINGLE}]*+)*+"
_WORD = rf"(?:[^\W_{SINGLE}]|[{MARKS}])[^\W_{SINGLE}]*+{_REST}"
_LETTERS = rf"[\w{MARKS}{SINGLE}]++"
# the middle dots that networks let stand inside a hashtag
_TAG = rf"{_LETTERS}(?:[\u00b7\u30fb\u0f0b\u0f0c]{_LETTERS})*+"
_NAME = rf"{_LETTERS}(?:[.-]{_LETTERS})*+"
_KEYCAP = "\ue0e3"  # of private use: what encloses a digit, once told from what strikes letters out
_ODD_SIGNS = (
    rf"\u00a2-\u00a7\u00a9\u00ac\u00ae\u00b0\u00b1\u00b6\u00d7\u00f7{_KEYCAP}\u058f\u060b"
    r"\u09f2\u09f3\u09fb\u0af1\u0bf9\u0e3f\u17db\u2030\u2031\u20a0-\u20cf\u2190-\u23ff\u2500-\u25ff"
    r"\u27c0-\u27ef\u2900-\u2aff\ua838"
)
_MINUS = r"-(?= ?[0-9])"
_SIGNS = rf"[%&+<=>|~^$#@{_ODD_SIGNS}]"
_TOKEN = re.compile(
    rf"{_WORD}|(?<![^\W_{SINGLE}])(?<![{MARKS}])(?:#{_TAG}|@{_NAME}(?:@{_NAME})?+|{_MINUS})"
    rf"|[{SINGLE}][\u3099\u309a]*+|[{EMOJI}]|[{FLAGS}]{{1,2}}|{_SIGNS}"
)
# the same tokens where the folded text is ASCII, as most are once folded, at half the cost
_PLAIN_NAME = r"\w++(?:[.-]\w++)*+"
_PLAIN = re.compile(
    rf"[a-z0-9]++|(?<![a-z0-9])(?:#\w++|@{_PLAIN_NAME}(?:@{_PLAIN_NAME})?+|{_MINUS})"
    r"|[%&+<=>|~^$#@]",
    re.ASCII,
)
_SIGN = re.compile(rf"(?![{EMOJI}])(?:{_SIGNS}|-)")
_HASHTAG = re.compile(_TAG)
_MENTION = re.compile(rf"{_NAME}(?:@{_NAME})?+")
_NAMED = re.compile(rf"(?:{_NAME}|{_TAG})\*?")
_ONE = re.compile(f"[{SINGLE}].*")
_STUCK = re.compile("[^ ][#@\uff03\uff20\ufe5f\ufe6b]")
_MARK = re.compile("[#@\uff03\uff20\ufe5f\ufe6b]")
_ENCLOSED = re.compile("([0-9#])(\ufe0f?)\u20e3")
_DASH = re.compile("[\u2012-\u2015\u2212\ufe31\ufe32\ufe58]")
# what stands between words of one run: spaces of a line, or a sign that joins without a space
_JOINT = re.compile(r"[ \t\u1680]*+|['’_\u00b7\u05be\u30fb-]")
#: Stands between two words that are not in one run of text; no token is so.
_BREAK = "\n"


def tokens(text: str) -> tuple[str, ...]:
    """Cut a text into folded words, hashtags, mentions, signs, emoji and letters that stand alone.

    Apostrophes, underscores and punctuation separate words; hashtags and mentions keep theirs and
    their mark, save within addresses, where there are none; ideographs, kana, Thai, Lao, Khmer and
    Myanmar characters stand alone. Signs are those of money and mathematics and their like (`%`).
    """
    folded = fold(_told(text))
    return tuple((_PLAIN if folded.isascii() else _TOKEN).findall(folded))


def phrased(text: str) -> tuple[str, ...]:
    """Return `tokens(text)` with a line break between those that are not in one run of text.

    In one run are words with nothing but spaces between them, or hyphens, apostrophes, underscores
    and middle dots without a space. Punctuation, brackets, quotes, dashes and new lines break it.
    """
    return tuple(_phrased(text, starred=False))


def _phrased(text: str, *, starred: bool) -> Iterator[str]:
    """Yield words and breaks; `starred`, with the `*` after a word, save one out of place."""
    told = _told(text)
    folded = fold(told)
    # folding makes hyphens of dashes, which break a run: here each is a comma, in the same place
    between = fold(_DASH.sub(",", told)) if _DASH.search(told) else folded
    at = len(folded)
    for word in _TOKEN.finditer(folded):
        gap = between[at : word.start()]
        if gap != " " and not _JOINT.fullmatch(gap):
            yield _BREAK
        star = "*" if starred and _is_start(folded, word) else ""
        yield word[0] + star
        at = word.end() + len(star)


def _is_start(folded: str, word: re.Match[str]) -> bool:
    """Return whether a word of an entry is long enough to be a start, and a `*` follows it."""
    letters = sum(letter.isalnum() for letter in word[0])
    return letters >= _SHORTEST_START and _STAR.match(folded, word.end()) is not None


@lru_cache(maxsize=1024)
def is_sign(token: str) -> bool:
    """Tell whether a token is a sign such as `%`, which is no word."""
    return _SIGN.fullmatch(token) is not None


def _told(text: str) -> str:
    """Return a text of the same length whose marks and keycaps are told from their look-alikes."""
    text = calm(text)
    if "\u20e3" in text:
        text = _ENCLOSED.sub(rf"\1\2{_KEYCAP}", text)
    if not _STUCK.search(text):
        return text
    pieces: list[str] = []
    at = 0
    for start, stop in link_spans(text):
        pieces += [text[at:start], _MARK.sub("/", text[start:stop])]
        at = stop
    return "".join([*pieces, text[at:]])


def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return where each of `tokens(text)` stands in the text as written, start and stop.

    A character that folds to several tokens belongs to each of them.
    """
    told = _told(text)
    if is_plain(told):
        return tuple(found.span() for found in _TOKEN.finditer(told.lower()))
    pieces = [unfold(letter) for letter in told]
    owners = _owners(pieces)
    folded = normalize("NFC", "".join(pieces))
    places: list[tuple[int, int]] = []
    for found in _TOKEN.finditer(folded):
        start, stop = owners[found.start()][0], max(owners[at][1] for at in range(*found.span()))
        while stop < len(text) and not pieces[stop]:
            stop += 1
        places.append((start, stop))
    return tuple(places)


def is_hashtag(word: str) -> bool:
    """Tell whether a folded word may be a hashtag, its mark aside."""
    return _HASHTAG.fullmatch(word) is not None


def is_mention(word: str) -> bool:
    """Tell whether a folded word may be a mention, its mark aside."""
    return _MENTION.fullmatch(word) is not None


def hashtags_in(text: str) -> frozenset[str]:
    """Return the hashtags as written, without `#` and without those inside addresses."""
    return _marked(text, "#")


def mentions_in(text: str) -> frozenset[str]:
    """Return the mentions as written, without `@` and without those inside addresses."""
    return _marked(text, "@")


def _marked(text: str, mark: str) -> frozenset[str]:
    found = zip(tokens(text), spans(text), strict=True)
    return frozenset(
        visible(text[start:stop])[1:]
        for token, (start, stop) in found
        if token[0] == mark and len(token) > 1
    )


def _owners(pieces: list[str]) -> list[tuple[int, int]]:
    """Tell, for each character of the composed text, which pieces it comes from."""
    letters = [(letter, at) for at, piece in enumerate(pieces) for letter in piece]
    runs = accumulate(int(combining(letter) == 0) for letter, _ in letters)
    # the canonical order of marks, which composing goes by
    ordered = sorted(
        zip(runs, letters, strict=True), key=lambda item: (item[0], combining(item[1][0]))
    )
    edges = [0]
    for letter in normalize("NFC", "".join(letter for _, (letter, _) in ordered)):
        edges.append(edges[-1] + len(normalize("NFD", letter)))
    sources = [[at for _, (_, at) in ordered[first:last]] for first, last in pairwise(edges)]
    return [(min(source), max(source) + 1) for source in sources]


# ------------------------------------------------------------------------------------------ lists

_LONGEST_ENTRY = 200
_LONGEST_PHRASE = 12
_SHORTEST_START = 2
_STAR = re.compile(rf"\*(?![\w*#@{MARKS}{EMOJI}])")


@value
class Match:
    """An entry found in a text, from token `start` up to, not including, token `stop`."""

    entry: str
    start: int
    stop: int


class Place:
    """A place in the tree of entries: the words that may follow, and the entries that end here.

    In a tree that several lists are grafted on, numbers of lists stand for their entries.
    """

    __slots__ = ("entries", "lengths", "starts", "words")

    def __init__(self) -> None:
        self.words: dict[str, Place] = _NOWHERE
        self.starts: dict[str, Place] = _NOWHERE
        self.lengths: tuple[int, ...] = ()
        self.entries: list[str | int] = []

    def add(self, word: str) -> "Place":
        """Return the place after `word`, made if needed; a final `*` leaves the end open."""
        if word.endswith("*"):
            word = word.removesuffix("*")
            self.starts = nodes = self.starts or {}
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
            pairs += [(mine.add(word), node) for word, node in theirs.words.items()]
            pairs += [(mine.add(f"{word}*"), node) for word, node in theirs.starts.items()]

    def after(self, token: str) -> "list[Place]":
        """Return the places the token leads to; a hashtag or a mention also counts unmarked."""
        found: list[Place] = []
        for name in (token, token[1:]) if token[0] in "#@" and token[1:] else (token,):
            if name in self.words:
                found.append(self.words[name])
            for length in self.lengths:
                if length > len(name):
                    break
                if (start := name[:length]) in self.starts:
                    found.append(self.starts[start])
        return found


# shared by the many ends of the tree, to save their room; never changed
_NOWHERE: dict[str, Place] = {}


#: How many signs in a row may stand between two words of a phrase that names none.
_PASSED = 3


def walk(
    root: Place, found: tuple[str, ...], passing: int = _PASSED
) -> Iterator[tuple[str | int, int, int]]:
    """Walk the tree from each token; a step costs the same however many entries there are.

    Yields what ends at a place reached, with the tokens it goes from and up to. Of signs that an
    entry does not name, `passing` in a row are passed over.
    """
    for start, token in enumerate(found):
        reached = [(place, 0) for place in root.after(token)]
        stop = start + 1
        while reached:
            for place, passed in reached:
                for entry in () if passed else place.entries:
                    yield entry, start, stop
            reached = _following(reached, found[stop], passing) if stop < len(found) else []
            stop += 1


def _following(
    reached: list[tuple[Place, int]], token: str, passing: int
) -> list[tuple[Place, int]]:
    """Return the places that a token leads to, each with the number of signs passed over."""
    following = [(node, 0) for place, _ in reached for node in place.after(token)]
    if not is_sign(token):
        return following
    following += [(place, passed + 1) for place, passed in reached if passed < passing]
    return list(dict.fromkeys(following))


def _plant(words: "WordList", field: str, problems: list[Problem]) -> Place:
    root = Place()
    for entry in getattr(words, field):
        problem, paths = _paths(entry, broken=field == "exceptions")
        if problem:
            problems.append(problem.under(field))
        for path in paths:
            node = root
            for word in path:
                node = node.add(word)
            node.entries.append(entry)
    return root


def _paths(entry: str, *, broken: bool) -> tuple[Problem | None, list[list[str]]]:
    """Return the ways through the tree that mean this entry, or what is wrong with it.

    Those of an exception, `broken`, have a break where its words as written are not in one run.
    """
    if len(entry) > _LONGEST_ENTRY:
        return Problem.of("entry-too-long", entry=entry, most=_LONGEST_ENTRY), []
    folded = fold(_told(entry)).strip()
    phrase = list(_phrased(entry, starred=True))
    words = [word for word in phrase if word != _BREAK]
    if not words or {"#", "@"}.issuperset(words):
        return Problem.of("entry-without-word", entry=entry), []
    if unread := _unread(folded):
        return Problem.of("entry-not-found", entry=entry, part=unread), []
    if folded.count("*") != "".join(words).count("*"):
        return Problem.of("misplaced-star", entry=entry), []
    if sum(1 if _ONE.fullmatch(word) else 4 for word in words) > 4 * _LONGEST_PHRASE:
        return Problem.of("entry-too-many-words", entry=entry, most=_LONGEST_PHRASE), []
    # what is several words in running text may be a single hashtag or mention
    is_name = len(words) > 1 and _NAMED.fullmatch(folded)
    return None, [phrase if broken else words, *([[folded]] if is_name else [])]


def _unread(folded: str) -> str | None:
    """Return a sign that is no token, which would be lost in silence; None where there is none."""
    left = _TOKEN.sub("", folded)
    return next((letter for letter in left if category(letter)[0] == "S"), None)


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


def _compiled(words: "WordList") -> tuple[Place, Place]:
    problems: list[Problem] = []
    trees = (
        _plant(words, "entries", problems),
        _plant(words, "exceptions", problems),
    )
    if problems:
        raise InvalidError(problems)
    return trees


@value
class WordList:
    """Words and phrases to find in texts, and exceptions that hide what they cover.

    An entry matches whole words only. One without a mark also matches the hashtag or the mention
    whose body it is; one with `#` or `@` matches nothing else. A `*` at the end of a word stands
    for any ending. A phrase is found across punctuation and new lines too, but as an exception only
    where it is in one run of text, or broken where it is written so. Entries are kept as written,
    sorted, each once.

    Raises:
        InvalidError: if entries hold no word, are longer than 200 characters or twelve words, or
            have a `*` out of place; all of them are listed.
    """

    entries: tuple[str, ...] = attrs.field(converter=_written)
    exceptions: tuple[str, ...] = attrs.field(default=(), converter=_written)
    _trees: tuple[Place, Place] = attrs.field(
        default=attrs.Factory(_compiled, takes_self=True), init=False, eq=False, repr=False
    )

    @checked_late
    def find(self, text: str) -> tuple[Match, ...]:
        """Return what is found, in order of position, save what lies within an exception."""
        found = self._matches(text)
        return tuple(sorted(found, key=lambda match: (match.start, match.stop, match.entry)))

    @checked_late
    def holds(self, text: str) -> bool:
        """Tell whether `find` would return a match, without looking for the others."""
        return any(True for _ in self._matches(text))

    def _matches(self, text: str) -> Iterator[Match]:
        reach: list[int] | None = None
        for entry, start, stop in walk(self._trees[0], tokens(text)):
            if reach is None and self.exceptions:
                reach = self.reach(phrased(text))
            if reach is None or stop > reach[start]:
                yield Match(str(entry), start, stop)

    @property
    def tree(self) -> Place:
        """The entries as a tree of words."""
        return self._trees[0]

    @checked_late
    def reach(self, found: tuple[str, ...]) -> list[int]:
        """Tell how far the exceptions go that begin at each token of a phrased text or before."""
        places = list(accumulate((token != _BREAK for token in found), initial=0))
        stops = [0] * places[-1]
        for _, start, stop in walk(self._trees[1], found, passing=0):
            stops[places[start]] = max(stops[places[start]], places[stop])
        return list(accumulate(stops, max))


# --------------------------------------------------------------------------------------- cutting

_SPACES = " \t\u00a0\u202f"
#: The words that are elided before a vowel, and the mark of what is somebody's own.
ELIDED = frozenset([*"cdjlmnst", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "quelqu"])
_LONGEST_LEANING = 1 + max(map(len, ELIDED)) + 1
_LEANING = re.compile(rf"(?<![\w'’])(?:{'|'.join(sorted(ELIDED))})['’]\Z", re.IGNORECASE)
_OWN = re.compile(r"['’]s(?!\w)", re.IGNORECASE)
_CLOSING = (",", ".", ")", "]", "…", "\n")
_AFTER_NONE = f"{_SPACES}\n"
_ENDING = ".!?…\n"
_LEFT_OVER = re.compile(rf"\A(?:[{_SPACES}]*[,;:.!?…)\]–—-]+(?=\s|\Z))+[{_SPACES}]*")


def cut(text: str, matches: Iterable[Match]) -> str:
    """Return the text as written without the words of the matches, spaces tidied.

    What is elided before a word goes with it ("l'incident"), and so does the mark of what is its
    own ("the recall's cause").

    What stood apart may then touch and match in its turn; the text only gets shorter, so cutting
    what is found until nothing is found comes to an end.
    """
    where = spans(text)
    holes = sorted(
        {_whole(text, where[match.start][0], where[match.stop - 1][1]) for match in matches}
    )
    if not holes:
        return text
    pieces: list[str] = []
    at = 0
    for start, stop in holes:
        pieces += [text[at:start]] if at < start or not pieces else []
        at = max(at, stop)
    return tidy([*pieces, text[at:]])


def _whole(text: str, start: int, stop: int) -> tuple[int, int]:
    """Return a stretch of a text with what leans on it before and after."""
    before = _LEANING.search(text, max(start - _LONGEST_LEANING, 0), start)
    after = _OWN.match(text, stop)
    return before.start() if before else start, after.end() if after else stop


def tidy(pieces: Sequence[str]) -> str:
    """Return what is left of a text around its holes, as one: the spaces of the holes go.

    Where what is gone began a text, a line or a sentence, the signs that followed it go with it.
    """
    text = pieces[0]
    for piece in pieces[1:]:
        left = piece.lstrip(_SPACES) if not text or text[-1] in _AFTER_NONE else piece
        if _is_beginning(text):
            left = _LEFT_OVER.sub("", left, count=1)
        if left.startswith(_CLOSING):
            text = text.rstrip(_SPACES)
        text += left
    return text.strip(_SPACES)


def _is_beginning(text: str) -> bool:
    """Return whether what comes next begins a text, a line or a sentence."""
    said = text.rstrip(_SPACES)
    return not said or said[-1] in _ENDING
