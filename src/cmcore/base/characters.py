"""Characters: which of them are seen, and how texts are brought to one form to be compared."""

import re
from functools import cache
from unicodedata import combining, normalize

from cmcore.base.regex import regex

# Control characters that are not spaces.
_CONTROLS = r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
# Fillers, joiners, variation selectors, direction marks and tags are all invisible.
UNSEEN = (
    rf"{_CONTROLS}"
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
# Accents of Latin, Greek and Cyrillic and what encloses letters, then vowel points of Hebrew and
# Arabic. Indic vowel signs and the voicing marks of kana are letters, and stay.
ACCENTS = (
    "\u0300-\u036f\u0488\u0489\ua670-\ua672\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\ufb1e"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0898-\u089f\u08ca-\u08e1\u08e3-\u08ff"
)
_SKINS = "\U0001f3fb-\U0001f3ff"
FLAGS = "\U0001f1e6-\U0001f1ff"

EMOJI = (
    "\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u23cf\u23e9-\u23fa\u25aa\u25ab\u25b6\u25c0"
    "\u25fb-\u25fe\u2600-\u2767\u2794-\u27bf\u2934\u2935\u2b00-\u2bff\u3030\u303d"
    "\U0001f000-\U0001f0ff\U0001f18e-\U0001f1ad\U0001f260-\U0001f265"
    "\U0001f300-\U0001f3fa\U0001f400-\U0001faff"
)
"""Ranges of emoji once folded, to be put in the brackets of a regular expression."""

# Scripts written without spaces: ideographs, kana, Thai, Lao, Khmer, Myanmar.
SINGLE = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U000323af"
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e80-\u0ecf\u1780-\u17d3\u17d7\u17dc\u17dd"
    "\u1000-\u103f\u1050-\u108f\u109a-\u109d\ua9e0-\ua9ef\uaa60-\uaa7f"
)
# Vowel signs and other marks inside words, for the scripts where `\w` leaves them out.
MARKS = (
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

_ALIKE = {
    "\u0261": "g", "\u0251": "a",
    **dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz", strict=True)),
    **dict.fromkeys("\u02b9\u02bb\u02bc\u02bd\ua78c", "'"),  # letters used as apostrophes
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **{chr(0x1F150 + n): chr(0x61 + n) for n in range(26)},  # white on a black disc
    **{chr(0x1F170 + n): chr(0x61 + n) for n in range(26)},  # white on a black square
}  # fmt: skip
_LETTERS = {
    "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ȷ": "j",
    "\u0131": "i", "ħ": "h", "ŧ": "t", "ŋ": "n", "ƀ": "b", "ɨ": "i", "ʉ": "u",
    **_ALIKE,
}  # fmt: skip
"""Folded letters that Unicode does not take apart; those of `_ALIKE` only look like others."""

_CONTROL_BYTES = bytes({*range(0x09), *range(0x0E, 0x20), 0x7F})
_HIDDEN = regex(f"[{UNSEEN}]+")
_DROPPED = regex(f"[{UNSEEN}{ACCENTS}{_SKINS}]+")
_SPECIAL = regex(f"[{''.join(_LETTERS)}]")
_LOOKALIKE = regex(f"[{''.join(_ALIKE)}]")


# No writing puts more marks on a letter; Unicode's Stream-Safe Text Format (annex 15) has no more.
_MOST_MARKS = 30
_LONG_RUN = regex(rf"(?>[^\w\x00-\x7f]|[{UNSEEN}{ACCENTS}{_SKINS}]){{{_MOST_MARKS + 1},}}+")
#: A replacement for surplus marks: invisible, so removed with other invisible characters.
_NOTHING = "\u200b"


def calm(text: str) -> str:
    """Return a text of the same length whose letters have thirty marks each at most.

    Bringing marks to one order takes as long as the square of their number.
    """
    return text if western(text) is not None else _LONG_RUN.sub(_calmed, text)


def _calmed(run: re.Match[str]) -> str:
    letters, marks = [], 0
    for letter in run[0]:
        if combining(letter):
            marks += 1
        elif not _DROPPED.match(letter):
            marks = 0
        letters.append(letter if marks <= _MOST_MARKS else _NOTHING)
    return "".join(letters)


#: What stands for a character that could not be read: U+FFFD, SUB, NUL, half of a character, and
#: the controls from U+0080 on, which are letters of Windows-1252 read as those of another set.
_LOST = "\x00\x1a\x80-\x9f\ufffd\ud800-\udfff"
#: The bytes that follow the first one of a letter in UTF-8, as Windows-1252 has them.
_LATER = "\xa0-\xbf" + bytes(range(0x80, 0xA0)).decode("cp1252", "ignore")
#: Those of them that may well follow the last letter of a word in capitals.
_CLOSING = "\xa0\xbb\u2019\u201d\u201c\u2026\u2013\u2014\u203a\u2022"
#: UTF-8 that was read as Windows-1252: a Latin letter, a sign such as an apostrophe, an emoji, or
#: two letters of any script. What may close a word does not count after one in capitals: `IRMÃ…`.
#: A blank that follows may have gone: a capital `Ã` after a small letter is one as well.
_TWICE = (
    rf"[\xc2\xc3](?:(?![{_CLOSING}])[{_LATER}]|(?<![A-Z\xc0-\xde]{{2}}[\xc2\xc3])[{_CLOSING}]"
    rf"|[{_CLOSING}](?=\w))|(?<=[a-z\xdf-\xff])[\xc2\xc3]|\xc5(?:[\xa1\xbe]|\u201c(?=\w))"
    rf"|\xe2[\u20ac\u201a\u201e\u2020\u0153\u02c6\u2039\u02dc][{_LATER}]|\xf0\u0178[{_LATER}]{{2}}"
    rf"|(?:[\xc4-\xdf][{_LATER}]|[\xe0-\xef][{_LATER}]{{2}}){{2}}"
)
_DAMAGE = regex(f"[{_LOST}]|{_TWICE}")
# where damage may begin: one look at each character, which nearly no text needs more than
_SUSPECT = regex(rf"[{_LOST}\xc2-\xf0](?:(?<=[{_LOST}\xc2\xc3])|[{_LATER}])")

#: What programs write where there is nothing, or nothing that they could work out; no case.
PLACEHOLDERS = frozenset({
    *("nan", "nat", "none", "null", "nil", "na", "n/a", "<na>", "undefined", "\\n"),
    *("#n/a", "#ref!", "#name?", "#value!", "#div/0!", "#num!", "#null!", "#spill!", "#calc!"),
    *("#error!", "#field!", "#blocked!", "#connect!", "#busy!", "#getting_data", "#unknown!"),
    *("#nom?", "#valeur!", "#nombre!", "#nul!", "#champ!", "#n/d"),
})  # fmt: skip
#: What people write for whatever there may be, which no fact is.
WILDCARDS = frozenset({"*", "all", "any", "anything", "every", "everything", "tous", "toutes"})
#: How long these are at most; a longer text is none.
LONGEST = max(map(len, PLACEHOLDERS))


def is_placeholder(text: str) -> bool:
    """Return whether a text is wholly what programs write for nothing, or for an error."""
    shown = text.strip()
    return len(shown) <= LONGEST and shown.lower() in PLACEHOLDERS


def damage(text: str) -> str | None:
    """Return what stands in a text for a character that nobody could read, None where nothing.

    It is one character, or several where a text in UTF-8 was read as Windows-1252.
    """
    if text.isascii() and "\x00" not in text and "\x1a" not in text:
        return None
    found = _SUSPECT.search(text) and _DAMAGE.search(text)
    return found and found[0]


def is_damaged(text: str) -> bool:
    """Return whether a text is empty, or contains a mark of an unreadable character."""
    return damage(text) is not None or is_placeholder(text)


def is_plain(text: str) -> bool:
    """Return whether a text is ASCII without controls, so that only case is left to fold."""
    return text.isascii() and len(text.encode().translate(None, _CONTROL_BYTES)) == len(text)


def western(text: str) -> bytes | None:
    """Return a text in Windows-1252, which has a byte a character; None where it is not to be."""
    try:
        return text.encode() if text.isascii() else text.encode("cp1252")
    except UnicodeEncodeError:
        return None


@cache
def _western() -> dict[int, str]:
    """Return how each character of Windows-1252 folds, none of which joins with another."""
    letters = bytes(range(256)).decode("cp1252", "ignore")
    return {ord(letter): unfold(letter) for letter in letters}


def seen(text: str) -> str:
    """Return the text as written, without the characters nobody sees."""
    return text if is_plain(text) else _HIDDEN.sub("", text)


def visible(text: str) -> str:
    """Return the text in NFKC without the characters nobody sees; case and accents stay."""
    return text if is_plain(text) else normalize("NFKC", _HIDDEN.sub("", calm(text)))


def caseless(text: str) -> str:
    """Return the text without case or characters nobody sees, as Unicode compares identifiers.

    Doing so twice changes nothing. It is Unicode's form NFKC_Casefold (annex 31); accents stay.
    """
    if is_plain(text):
        return text.lower()
    folded = normalize("NFKC", normalize("NFD", _HIDDEN.sub("", calm(text))).casefold())
    return normalize("NFKC", _HIDDEN.sub("", folded).casefold())


def fold(text: str) -> str:
    """Return the text as it is compared: no case, accents, invisible characters or fancy letters.

    Folding twice changes nothing. Bold, script, circled and full-width letters become plain ones,
    `œ` becomes `oe`, and skin tones of emoji go.
    """
    if is_plain(text):
        return text.lower()
    if western(text) is not None:
        return text.translate(_western())
    return normalize("NFC", unfold(calm(text)))


def accented(text: str) -> str:
    """Return the text as `fold` does, except that letters keep the accents that are part of them.

    An accent is part of a letter where Unicode has one character for both: strokes through each
    letter of a word are none, and go. `œ` stays as it is.
    """
    shown = _DROPPED.sub("", caseless(text))
    return _LOOKALIKE.sub(lambda found: _ALIKE[found[0]], shown)


def unfold(text: str) -> str:
    """Fold without composing again, so that a text folds as its characters do, one by one."""
    folded = _DROPPED.sub("", normalize("NFKD", text)).casefold()
    return _SPECIAL.sub(lambda found: _LETTERS[found[0]], folded)
