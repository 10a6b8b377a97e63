"""Numbers and patterns read from the text of a post; every one in linear time."""

import re
from functools import lru_cache
from typing import Any
from unicodedata import decomposition, normalize

from cmcore.base.characters import EMOJI, calm, visible
from cmcore.base.errors import MissingExtraError, refuse
from cmcore.text.words import is_sign, tokens

# --------------------------------------------------------------------------------------- numbers

_SKIN = "[\U0001f3fb-\U0001f3ff]"
_SIGN = rf"[{EMOJI}\u203c\u2049\u2139\u24c2\u3297\u3299\U0001f170-\U0001f18d\U0001f200-\U0001f25f]"
_ONE = rf"{_SIGN}[\ufe0e\ufe0f]?+{_SKIN}?+[\U000e0020-\U000e007f]*+"
_SHOWN_EMOJI = re.compile(
    rf"[\U0001f1e6-\U0001f1ff]{{1,2}}|[0-9#*]\ufe0f?+\u20e3|{_ONE}(?:\u200d{_ONE})*+"
)
_PLAIN = re.compile("[A-Za-z]")
_FANCY_KINDS = ("<font>", "<wide>", "<circle>", "<square>")
_METRO = "\u24c2"  # the emoji of Paris stations, though Unicode calls it a circled letter


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
    return sum(map(normalize("NFKC", calm(text)).count, "!❕❗"))


def fancy(text: str) -> bool:
    """Tell whether letters stand in bold, script, full-width or circled forms of plain ones."""
    return not text.isascii() and any(map(_is_fancy, text))


def _is_fancy(letter: str) -> bool:
    kind, _, _ = decomposition(letter).partition(" ")
    plain = kind in _FANCY_KINDS and _PLAIN.fullmatch(normalize("NFKC", letter))
    return bool(plain) and letter != _METRO


# -------------------------------------------------------------------------------------- patterns

_LONGEST_PATTERN = 2000
_MEMORY = 4 << 20
_SURROGATES = re.compile("[\ud800-\udfff]")


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
        reason = _in_words(error.args[0].decode("utf-8", "replace"))
        raise refuse("bad-pattern", pattern=pattern, reason=reason) from None


#: What RE2 says of a pattern -> the same in words; the piece it is about follows.
_REASONS = {
    "missing )": "a `(` is never closed",
    "unexpected )": "a `)` closes nothing",
    "missing ]": "a `[` is never closed",
    "no argument for repetition operator": "nothing stands before a sign of repetition",
    "bad repetition operator": "a sign of repetition follows another",
    "invalid repetition size": "a number of repetitions is not possible",
    "invalid escape sequence": "a backslash stands before what it has no meaning for",
    "invalid perl operator": "a `(?` begins what RE2 does not have",
    "invalid character class range": "a range of characters is not possible",
    "invalid named capture group": "the name of a group is not possible",
    "trailing \\": "nothing follows the backslash at its end",
}


def _in_words(reason: str) -> str:
    """Say in words why RE2 cannot use a pattern, with the piece that it is about."""
    kind, _, piece = reason.partition(": ")
    said = _REASONS.get(kind)
    return reason if said is None else f"{said}, at `{piece}`" if piece else said


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
    """Tell whether all that a pattern can find is empty, as of `^$`, which no word is.

    Raises:
        InvalidError: if the pattern cannot be used.
        MissingExtraError: if google-re2 is not installed.
    """
    _, longest = compile_pattern(pattern).possiblematchrange(1)
    return not longest
