"""What is wrong with word lists and patterns."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "bad-pattern": Said(
        "the pattern `{pattern}` cannot be used: {reason}",
        "patterns are those of RE2: no look-around and no back-reference, so that time is linear",
    ),
    "entry-not-found": Said(
        "`{part}` in the entry `{entry}` cannot be found",
        "look for it with `matches`, or leave it out",
    ),
    "entry-too-long": Said(
        "the entry `{entry}` is too long", "{most} characters at most", "too-large"
    ),
    "entry-too-many-words": Said(
        "the entry `{entry}` has too many words",
        "{most} words at most; four characters of a script without spaces count as a word",
        "too-large",
    ),
    "entry-without-word": Said(
        "the entry `{entry}` holds no word",
        "write a word or a phrase, a `#hashtag`, a `@mention` or an emoji",
    ),
    "half-character": Said("the pattern `{pattern}` holds half a character", "save it in UTF-8"),
    "misplaced-star": Said(
        "the entry `{entry}` has a `*` out of place",
        "put one `*` beside two letters or more of a word, as in `rappel*` or `*gesetz`",
    ),
    "not-inflected": Said(
        "there are no rules of inflection for `{language}`",
        "write the code of a language that Snowball knows, as in `fr`",
        "unknown",
    ),
    "pattern-too-long": Said(
        "the pattern `{pattern}` is too long", "{most} characters at most", "too-large"
    ),
}
