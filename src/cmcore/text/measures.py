"""Numbers and patterns read from the text of a post; every one in linear time."""

from functools import lru_cache
from typing import Any
from unicodedata import category, decomposition, name, normalize

from cmcore.base.characters import EMOJI, calm, visible
from cmcore.base.errors import MissingExtraError, refuse
from cmcore.base.language import SENTENCES
from cmcore.base.regex import regex
from cmcore.text.links import between, link_spans
from cmcore.text.tokens import hashtags_in, is_sign, tokens

# --------------------------------------------------------------------------------------- numbers

_SKIN = "[\U0001f3fb-\U0001f3ff]"
_SIGN = rf"[{EMOJI}\u203c\u2049\u2139\u24c2\u3297\u3299\U0001f170-\U0001f18d\U0001f200-\U0001f25f]"
_ONE = rf"{_SIGN}[\ufe0e\ufe0f]?+{_SKIN}?+[\U000e0020-\U000e007f]*+"
#: A regular expression of an emoji as it is seen: a flag, a keycap, a family.
EMOJI_SHOWN = rf"[\U0001f1e6-\U0001f1ff]{{1,2}}|[0-9#*]\ufe0f?+\u20e3|{_ONE}(?:\u200d{_ONE})*+"
_SHOWN_EMOJI = regex(EMOJI_SHOWN)
_PLAIN = regex("[A-Za-z]")
_FANCY_KINDS = ("<font>", "<wide>", "<circle>", "<square>")
_BRACKETED = "\u249c-\u24b5\U0001f110-\U0001f129"
_WHITE = "\U0001f150-\U0001f189"  # on black, in a circle or a square
#: The letters that Unicode encloses without saying that they are these letters.
_ENCLOSED = regex(f"[{_BRACKETED}{_WHITE}]")
_ANY_ENCLOSED = f"{_BRACKETED}\u24b6-\u24e9\U0001f130-\U0001f14f{_WHITE}"
_DRESSED_WORD = regex(f"(?:[^\\W_]|[{_ANY_ENCLOSED}][\ufe0e\ufe0f]?)++")
#: Letters that are signs where no other is beside them: a litre, a set, a station, a blood group.
_SIGNS = "\u2100-\u214f\u24c2\U0001f170\U0001f171\U0001f17e\U0001f17f"
_ALONE = regex(f"[{_SIGNS}{_BRACKETED}]")
_RAISED_KINDS = ("<super>", "<sub>")
_SMALL_CAPITAL = "LATIN LETTER SMALL CAPITAL"
_DRESS = regex(rf"[\ufe0e\ufe0f]|{_SKIN}")
_BANGS = regex(r"[!\u2755\u2757](?:\s*+[!\u2755\u2757])*+")
_BANG = regex(r"[!\u2755\u2757]")
_DOT = regex(r"(?<=[^\W_])[\u00b7\u2022\u2027\u2219\u22c5](?=[^\W_])")
_WORD = regex(r"[^\W_]++")
# the words of a hashtag, whose letters are told as upper (U) and lower case (l)
_CAMEL = regex("U?l++|U+(?!l)")


def length(text: str) -> int:
    """Count code points, an accented letter counting once."""
    return len(normalize("NFC", calm(text)))


def word_count(text: str) -> int:
    """Count words, hashtags and mentions; each character of an unspaced script is a word."""
    return sum(
        token[0] in "#@" or token[0].isalnum() for token in tokens(text) if not is_sign(token)
    )


def capitals(text: str) -> float:
    """Return the share (0 to 1) of upper case among letters that have a case; 0 without any."""
    upper = sum(letter.isupper() for letter in text)
    lower = sum(letter.islower() for letter in text)
    return upper / (upper + lower) if upper else 0.0


def emoji_count(text: str) -> int:
    """Count emoji as they are seen: a flag, a family or a keycap is one."""
    return sum(1 for _ in _SHOWN_EMOJI.finditer(text))


def exclamations(text: str) -> int:
    """Count exclamation marks, double, full-width and emoji ones included."""
    return len(_BANG.findall(normalize("NFKC", calm(text))))


def exclamation_run(text: str) -> int:
    """Return how many exclamation marks stand in a row at most, blanks between them aside."""
    rows = _BANGS.findall(visible(text))
    return max((len(_BANG.findall(row)) for row in rows), default=0)


def emoji_run(text: str) -> int:
    """Return how often one emoji stands in a row at most, whatever its skin tone."""
    most = run = 0
    at, last = 0, ""
    for found in _SHOWN_EMOJI.finditer(text):
        emoji = _DRESS.sub("", found[0])
        follows = emoji == last and not visible(text[at : found.start()]).strip()
        run = run + 1 if follows else 1
        most, at, last = max(most, run), found.end(), emoji
    return most


def capital_words(text: str) -> int:
    """Count words of two letters or more, all of them capitals, save within addresses."""
    words = _WORD.findall(_unlinked(visible(text)))
    return sum(word.isupper() and sum(map(str.isupper, word)) > 1 for word in words)


def middle_dots(text: str) -> int:
    """Count dots at mid-height between two letters, as in `étudiant·e·s`, save within addresses."""
    return len(_DOT.findall(_unlinked(visible(text))))


def hashtag_word(text: str) -> int:
    """Return how many letters the longest word of a hashtag has, a capital beginning another.

    A screen reader makes one word of `#communitymanager` (16), and two of `#CommunityManager` (9).
    Letters of scripts without case do not count.
    """
    cases = ("".join(map(_case, hashtag)) for hashtag in hashtags_in(text))
    return max((len(word) for one in cases for word in _CAMEL.findall(one)), default=0)


def _case(letter: str) -> str:
    kind = category(letter)
    return {"Lu": "U", "Lt": "U", "Ll": "l"}.get(kind, "" if kind[0] == "M" else " ")


def _unlinked(text: str) -> str:
    """Return a text with a blank in the place of each address."""
    return " ".join(between(text, link_spans(text)))


def fancy(text: str) -> bool:
    """Return whether words stand in bold, script, full-width, circled, raised or small letters.

    A sign that looks like a letter, as that of a litre, is none; nor is a word with a raised end.
    """
    return not text.isascii() and any(
        _is_fancy(word) for word in _DRESSED_WORD.findall(text) if not word.isascii()
    )


def _is_fancy(word: str) -> bool:
    dressed = [letter for letter in word if _is_dressed(letter)]
    letters = [letter for letter in word if letter.isalpha() or letter in dressed]
    if dressed:
        return len(letters) > 1 or not _ALONE.match(dressed[0])
    return _is_raised(word[0]) and sum(map(_is_raised, word)) >= _RAISED_WORD


#: How many raised letters are a word, and no abbreviation.
_RAISED_WORD = 3


def _is_dressed(letter: str) -> bool:
    kind, _, _ = decomposition(letter).partition(" ")
    is_plain = kind in _FANCY_KINDS and _PLAIN.fullmatch(normalize("NFKC", letter))
    return bool(is_plain or _ENCLOSED.match(letter))


def _is_raised(letter: str) -> bool:
    kind, _, _ = decomposition(letter).partition(" ")
    is_raised = kind in _RAISED_KINDS or name(letter, "").startswith(_SMALL_CAPITAL)
    return is_raised and letter.isalpha()


# -------------------------------------------------------------------------------------- patterns

_LONGEST_PATTERN = 2000
_MEMORY = 4 << 20
_SURROGATES = regex("[\ud800-\udfff]")


@lru_cache(maxsize=128)
def compile_pattern(pattern: str, *, caseless: bool = False) -> Any:  # noqa: ANN401 (RE2 ships no types)
    r"""Compile a regular expression with RE2, which takes a time linear in the text.

    As RE2 has it, `\w`, `\d` and `\b` know ASCII only: write `\pL` for a letter of any script.

    Raises:
        InvalidError: if the pattern is too long, needs too much memory, or is not one of RE2.
        MissingExtraError: if google-re2 is not installed.
    """
    try:
        import re2  # pyright: ignore[reportMissingTypeStubs]
    except ImportError:
        raise MissingExtraError("google-re2") from None
    if len(pattern) > _LONGEST_PATTERN:
        raise refuse("pattern-too-long", pattern=pattern, most=_LONGEST_PATTERN)
    engine: Any = re2
    options = engine.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    options.case_sensitive = not caseless
    try:
        return engine.compile(normalize("NFC", pattern), options)
    except UnicodeError:
        raise refuse("half-character", pattern=pattern) from None
    except engine.error as error:
        reason, _, piece = error.args[0].decode("utf-8", "replace").partition(": ")
        known = reason if f"pattern {reason}" in SENTENCES else "not read"
        raise refuse("bad-pattern", pattern=pattern, reason=known, piece=piece or pattern) from None


def pattern_found(pattern: str, text: str, *, caseless: bool = False) -> str | None:
    """Return the first piece of the text that matches, or None; the piece may be empty.

    The text is read in NFKC, without invisible characters, and with its case unless `caseless`.

    Raises:
        InvalidError: if the pattern cannot be used.
        MissingExtraError: if google-re2 is not installed.
    """
    found = compile_pattern(pattern, caseless=caseless).search(
        _SURROGATES.sub("\ufffd", visible(text))
    )
    return None if found is None else str(found[0])


def finds_only_empty(pattern: str) -> bool:
    """Return whether all that a pattern can find is empty, as of `^$`, which no word is.

    Raises:
        InvalidError: if the pattern cannot be used.
        MissingExtraError: if google-re2 is not installed.
    """
    _, longest = compile_pattern(pattern).possiblematchrange(1)
    return not longest
