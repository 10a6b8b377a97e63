"""Words of a post, folded so that spelling tricks do not hide them, and lists of words to find."""

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from unicodedata import combining, normalize

import attrs

from cmcore.foundation.errors import InvalidError, Problem
from cmcore.foundation.house import value

# ------------------------------------------------------------------------------------ characters

# Fillers, joiners, variation selectors, direction marks and tags: nothing of them is seen.
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
# Accents of Latin, Greek and Cyrillic, then vowel points of Hebrew and Arabic. Indic vowel signs
# and the voicing marks of kana are letters, and stay.
_ACCENTS = (
    "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\ufb1e"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0898-\u089f\u08ca-\u08e1\u08e3-\u08ff"
)
_SKINS = "\U0001f3fb-\U0001f3ff"
_FLAGS = "\U0001f1e6-\U0001f1ff"

EMOJI = (
    "\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u23cf\u23e9-\u23fa\u25aa\u25ab\u25b6\u25c0"
    "\u25fb-\u25fe\u2600-\u2767\u2794-\u27bf\u2934\u2935\u2b00-\u2bff\u3030\u303d"
    "\U0001f000-\U0001f0ff\U0001f18e-\U0001f1ad\U0001f260-\U0001f265"
    "\U0001f300-\U0001f3fa\U0001f400-\U0001faff"
)
"""Ranges of emoji once folded, to be put in the brackets of a regular expression."""

# Scripts written without spaces: ideographs, kana, Thai, Lao, Khmer, Myanmar.
_SINGLE = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U000323af"
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e80-\u0ecf\u1780-\u17d3\u17d7\u17dc\u17dd"
    "\u1000-\u103f\u1050-\u108f\u109a-\u109d\ua9e0-\ua9ef\uaa60-\uaa7f"
)
# Vowel signs and other marks that stand inside words, for the scripts where `\w` leaves them out.
_MARKS = (
    "\u0483-\u0487\u0711\u0730-\u074a\u07a6-\u07b0\u07eb-\u07f3\u07fd\u0816-\u082d\u0859-\u085b"
    "\u0900-\u0963\u0966-\u096f\u0971-\u09f1\u09f4-\u09fa\u09fc-\u0af0\u0af2-\u0bf8\u0bfa-\u0df3"
    "\u0df5-\u0dff"
    "\u0f18\u0f19\u0f35\u0f37\u0f39\u0f3e\u0f3f\u0f71-\u0f84\u0f86-\u0fbc\u0fc6\u135d-\u135f"
    "\u1712-\u1734\u1752\u1753\u1772\u1773\u1885\u1886\u18a9\u1920-\u193b\u1a17-\u1a1b\u1a55-\u1a7f"
    "\u1b00-\u1b04\u1b34-\u1b44\u1b80-\u1b82\u1ba1-\u1bad\u1be6-\u1bf3\u1c24-\u1c37\u1cd0-\u1cf9"
    "\u2cef-\u2cf1\u2d7f\u2de0-\u2dff\u302a-\u302f\u3099\u309a\ua66f\ua674-\ua67d\ua69e\ua69f"
    "\ua802-\ua827\ua880-\ua8c5\ua8e0-\ua8f1\ua926-\ua92d\ua947-\ua953\ua980-\ua9c0"
    "\uaa29-\uaa4d\uaab0-\uaac1\uaaeb-\uaaef\uaaf5\uaaf6\uabe3-\uabea\uabec\uabed"
)

_LETTERS = {
    "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ȷ": "j",
    "\u0131": "i", "ħ": "h", "ŧ": "t", "ŋ": "n", "ƀ": "b", "ɨ": "i", "ʉ": "u", "\u0261": "g",
    "\u0251": "a",
    **dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz", strict=True)),
    **dict.fromkeys("\u02b9\u02bb\u02bc\u02bd\ua78c", "'"),  # letters used as apostrophes
    **{chr(0x1F150 + n): chr(0x61 + n) for n in range(26)},  # white on a black disc
    **{chr(0x1F170 + n): chr(0x61 + n) for n in range(26)},  # white on a black square
}  # fmt: skip
"""Folded letters that Unicode does not take apart."""

_HIDDEN = re.compile(f"[{_UNSEEN}]+")
_DROPPED = re.compile(f"[{_UNSEEN}{_ACCENTS}{_SKINS}]+")
_SPECIAL = re.compile(f"[{''.join(_LETTERS)}]")

# possessive quantifiers: nothing is ever tried twice, so the time is linear whatever the text
_REST = rf"(?:[{_MARKS}]++[^\W_{_SINGLE}]*+)*+"
_WORD = rf"(?:[^\W_{_SINGLE}]|[{_MARKS}])[^\W_{_SINGLE}]*+{_REST}"
_TAG = rf"(?:\w|[{_MARKS}])\w*+(?:[{_MARKS}]++\w*+)*+"
_NAME = rf"{_TAG}(?:[.-]{_TAG})*+"
_TOKEN = re.compile(
    rf"{_WORD}|(?<![^\W_{_SINGLE}])(?<![{_MARKS}])(?:#{_TAG}|@{_NAME}(?:@{_NAME})?+)"
    rf"|[{_SINGLE}][\u3099\u309a]*+|[{EMOJI}]|[{_FLAGS}]{{1,2}}"
)
# the same tokens where the folded text is ASCII, as most are once folded, at half the cost
_PLAIN_NAME = r"\w++(?:[.-]\w++)*+"
_PLAIN = re.compile(
    rf"[a-z0-9]++|(?<![a-z0-9])(?:#\w++|@{_PLAIN_NAME}(?:@{_PLAIN_NAME})?+)", re.ASCII
)
_NAMED = re.compile(rf"{_NAME}\*?")
_ONE = re.compile(f"[{_SINGLE}].*")


def visible(text: str) -> str:
    """Return the text in NFKC without the characters nobody sees; case and accents stay."""
    return text if text.isascii() else normalize("NFKC", _HIDDEN.sub("", text))


def fold(text: str) -> str:
    """Return the text as it is compared: no case, accents, invisible characters or fancy letters.

    Folding twice changes nothing. Bold, script, circled and full-width letters become plain ones,
    `œ` becomes `oe`, and skin tones of emoji go.
    """
    return text.lower() if text.isascii() else normalize("NFC", _unfold(text))


def _unfold(text: str) -> str:
    """Fold without composing again, so that a text folds as its characters do, one by one."""
    folded = _DROPPED.sub("", normalize("NFKD", text)).casefold()
    return _SPECIAL.sub(lambda found: _LETTERS[found[0]], folded)


# ---------------------------------------------------------------------------------------- tokens


def tokens(text: str) -> tuple[str, ...]:
    """Cut a text into folded words, hashtags, mentions, emoji and characters of unspaced scripts.

    Apostrophes, underscores and punctuation separate words; hashtags and mentions keep theirs and
    their mark; ideographs, kana, Thai, Lao, Khmer and Myanmar characters stand alone.
    """
    folded = fold(text)
    return tuple((_PLAIN if folded.isascii() else _TOKEN).findall(folded))


def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return where each of `tokens(text)` stands in the text as written, start and stop.

    A character that folds to several tokens belongs to each of them.
    """
    if text.isascii():
        return tuple(found.span() for found in _TOKEN.finditer(text.lower()))
    pieces = [_unfold(letter) for letter in text]
    owners = _owners(pieces)
    folded = normalize("NFC", "".join(pieces))
    places: list[tuple[int, int]] = []
    for found in _TOKEN.finditer(folded):
        start, stop = owners[found.start()][0], max(owners[at][1] for at in range(*found.span()))
        while stop < len(text) and not pieces[stop]:
            stop += 1
        places.append((start, stop))
    return tuple(places)


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
_SHOWN = 60
_STAR = re.compile(rf"\*(?![\w*#@{_MARKS}{EMOJI}])")
_WORD_HINT = "write a word or a phrase, a `#hashtag`, a `@mention` or an emoji"
_LONG_HINT = f"{_LONGEST_ENTRY} characters at most"
_PHRASE_HINT = "twelve words at most; four characters of a script without spaces count as a word"
_STAR_HINT = "put `*` at the end of a word, after two letters or more, as in `rappel*`"


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
        for name in (token, token[1:]) if token[0] in "#@" else (token,):
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


def walk(root: Place, found: tuple[str, ...]) -> Iterator[tuple[str | int, int, int]]:
    """Walk the tree from each token; a step costs the same however many entries there are.

    Yields what ends at a place reached, with the tokens it goes from and up to.
    """
    for start, token in enumerate(found):
        places = root.after(token)
        stop = start + 1
        while places:
            for place in places:
                for entry in place.entries:
                    yield entry, start, stop
            following = found[stop : stop + 1]
            places = [
                node for place in places for after in following for node in place.after(after)
            ]
            stop += 1


def _plant(entries: tuple[str, ...], field: str, problems: list[Problem]) -> Place:
    root = Place()
    for entry in entries:
        problem, paths = _paths(entry)
        if problem:
            problems.append(problem.under(field))
        for path in paths:
            node = root
            for word in path:
                node = node.add(word)
            node.entries.append(entry)
    return root


def _paths(entry: str) -> tuple[Problem | None, list[list[str]]]:
    """Return the ways through the tree that mean this entry, or what is wrong with it."""
    shown = f"`{entry[:_SHOWN]}`"
    if len(entry) > _LONGEST_ENTRY:
        return Problem(f"the entry {shown} is too long", hint=_LONG_HINT), []
    folded = fold(entry).strip()
    words = _starred(folded) if "*" in folded else _TOKEN.findall(folded)
    if not words:
        return Problem(f"the entry {shown} holds no word", hint=_WORD_HINT), []
    if folded.count("*") != "".join(words).count("*"):
        return Problem(f"the entry {shown} has a `*` out of place", hint=_STAR_HINT), []
    if sum(1 if _ONE.fullmatch(word) else 4 for word in words) > 4 * _LONGEST_PHRASE:
        return Problem(f"the entry {shown} has too many words", hint=_PHRASE_HINT), []
    # what is several words in running text may be a single hashtag or mention
    name = _NAMED.match(folded) if len(words) > 1 else None
    return None, [words, [folded]] if name and name.end() == len(folded) else [words]


def _starred(folded: str) -> list[str]:
    """Return the words with the `*` that follows them; one out of place is left out."""
    words: list[str] = []
    for word in _TOKEN.finditer(folded):
        letters = sum(letter.isalnum() for letter in word[0])
        is_start = letters >= _SHORTEST_START and _STAR.match(folded, word.end())
        words.append(f"{word[0]}*" if is_start else word[0])
    return words


def _written(entries: Iterable[str]) -> tuple[str, ...]:
    if isinstance(entries, str):
        message = f"the text `{entries[:_SHOWN]}` stands where a list of words is expected"
        raise InvalidError([Problem(message, hint="put it in a list or a tuple")])
    return tuple(sorted(set(entries)))


def _compiled(words: "WordList") -> tuple[Place, Place]:
    problems: list[Problem] = []
    trees = (
        _plant(words.entries, "entries", problems),
        _plant(words.exceptions, "exceptions", problems),
    )
    if problems:
        raise InvalidError(problems)
    return trees


@value
class WordList:
    """Words and phrases to find in texts, and exceptions that hide what they cover.

    An entry matches whole words only. One without a mark also matches the hashtag or the mention
    whose body it is; one with `#` or `@` matches nothing else. A `*` at the end of a word stands
    for any ending. Entries are kept as written, sorted, each once.

    Raises:
        InvalidError: if entries hold no word, are longer than 200 characters or twelve words, or
            have a `*` out of place; all of them are listed.
    """

    entries: tuple[str, ...] = attrs.field(converter=_written)
    exceptions: tuple[str, ...] = attrs.field(default=(), converter=_written)
    _trees: tuple[Place, Place] = attrs.field(
        default=attrs.Factory(_compiled, takes_self=True), init=False, eq=False, repr=False
    )

    def find(self, text: str) -> tuple[Match, ...]:
        """Return what is found, in order of position, save what lies within an exception."""
        found = self._matches(tokens(text))
        return tuple(sorted(found, key=lambda match: (match.start, match.stop, match.entry)))

    def holds(self, text: str) -> bool:
        """Tell whether `find` would return a match, without looking for the others."""
        return any(True for _ in self._matches(tokens(text)))

    def _matches(self, found: tuple[str, ...]) -> Iterator[Match]:
        reach: list[int] | None = None
        for entry, start, stop in walk(self._trees[0], found):
            if reach is None:
                reach = self.reach(found)
            if stop > reach[start]:
                yield Match(str(entry), start, stop)

    @property
    def tree(self) -> Place:
        """The entries as a tree of words."""
        return self._trees[0]

    def reach(self, found: tuple[str, ...]) -> list[int]:
        """Tell how far the exceptions go that begin at each of the tokens or before it."""
        stops = [0] * len(found)
        for _, start, stop in walk(self._trees[1], found):
            stops[start] = max(stops[start], stop)
        return list(accumulate(stops, max))


# --------------------------------------------------------------------------------------- cutting

_SPACES = " \t\u00a0\u202f"
_CLOSING = (",", ".", ")", "]", "…", "\n")


def cut(text: str, matches: Iterable[Match]) -> str:
    """Return the text as written without the words of the matches, spaces tidied.

    What stood apart may then touch and match in its turn; the text only gets shorter, so cutting
    what is found until nothing is found comes to an end.
    """
    where = spans(text)
    holes = sorted({(where[match.start][0], where[match.stop - 1][1]) for match in matches})
    if not holes:
        return text
    pieces: list[str] = []
    at = 0
    for start, stop in holes:
        pieces += [text[at:start]] if at < start else []
        at = max(at, stop)
    return _tidy([*pieces, text[at:]])


def _tidy(pieces: list[str]) -> str:
    for at, (left, right) in enumerate(pairwise(pieces)):
        if not pieces[at] or pieces[at][-1] in _SPACES or left.endswith("\n"):
            pieces[at + 1] = right.lstrip(_SPACES)
        if pieces[at + 1].startswith(_CLOSING):
            pieces[at] = pieces[at].rstrip(_SPACES)
    return "".join(pieces).strip(_SPACES)
