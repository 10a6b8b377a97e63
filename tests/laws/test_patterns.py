"""A pattern that is refused matches nothing that its fact may be, and the other way round."""

import re
from functools import partial
from typing import Final

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cmcore import InvalidError, fact
from cmcore.base import Problem
from cmcore.base.characters import visible
from cmcore.charters.conditions.facts import BUILTIN
from cmcore.charters.conditions.fit import fit_problems
from cmcore.charters.conditions.forms import NORMAL, Form
from cmcore.charters.conditions.patterns import Piece, finds, lacking
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.text.measures import pattern_found

#: Each form of words, and texts.
FORMS: Final = [*Form, None]
#: Letters that some form changes, or that stand in few words.
LETTERS: Final = "aZ9 é…\u00a0\u200d#@/._-:[]µßİςK\u0301q\n*'Ⅷ🎉"
#: How words of some forms are written.
WAYS: Final = (
    "{}",
    "a{}",
    "{}.fr",
    "https://a{0}.fr/{0}",
    "fr-{}",
    "[::{}]",
    "{}@a.fr",
    "a{0}b{0}",
)
words: Final = st.builds(
    str.format, st.sampled_from(WAYS), st.text(LETTERS, max_size=4) | st.text(max_size=4)
)


def normal(form: Form | None, word: str) -> str | None:
    return visible(word) if form is None else NORMAL[form][word]


@given(st.sampled_from(FORMS), words)
def test_what_stands_in_a_value_may_be_matched_there(form: Form | None, word: str) -> None:
    found = normal(form, word) or ""
    assume(form is not Form.HOST or not found.startswith("*"))  # as charters have it, and no act
    for place, letter in enumerate(found):
        assert finds(form, Piece(re.escape(letter), caseless=False))[place > 0], (found, letter)


pieces: Final = st.sampled_from(
    [
        *map(re.escape, LETTERS),
        ".",
        "[^a]",
        "[A-Z]",
        r"\pL",
        r"\d",
        r"\x{e9}",
        "[[:upper:]]",
        r"\Q…a\E",
        r"\C",
    ]
)
anchors: Final = st.sampled_from(["^", "$", r"\A", r"\z", r"\b"])
patterns: Final = st.recursive(
    pieces | anchors,
    lambda part: st.one_of(
        st.lists(part, min_size=1, max_size=3).map("".join),
        st.lists(part, min_size=2, max_size=3).map("|".join),
        st.builds("({}{})".format, st.sampled_from(["", "?:", "?i:", "?-i:", "?P<n>"]), part),
        st.builds("(?:{}){}".format, part, st.sampled_from(["?", "*", "+", "{0}", "{2}", "*?"])),
        st.builds("{}{}".format, st.sampled_from(["(?i)", "(?-i)", "(?m)"]), part),
    ),
    max_leaves=5,
)  # fmt: skip


def sound(pattern: str) -> bool:
    try:
        pattern_found(pattern, "")
    except InvalidError:
        return False
    return True


@given(st.sampled_from(FORMS), patterns, st.lists(words, min_size=5, max_size=5))
def test_a_pattern_that_is_said_to_match_nothing_matches_nothing(
    form: Form | None, pattern: str, many: list[str]
) -> None:
    assume(sound(pattern))
    if lacking(pattern, partial(finds, form), caseless=form is not None) is not None:
        values = [value for word in many if (value := normal(form, word)) is not None]
        found = [
            one
            for one in values
            if pattern_found(pattern, one, caseless=form is not None) is not None
        ]
        assert found == []


def told(name: str, pattern: str) -> list[Problem]:
    return [*fit_problems(fact(name).matches(pattern), Vocabulary())]


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(st.sampled_from(["links", "hosts", "domains", "hashtags", "mentions", "topics"]), words)
def test_the_pattern_of_a_whole_value_is_accepted(name: str, word: str) -> None:
    form = BUILTIN[name].domain.form
    found = normal(form, word) or ""
    assume(found and re.fullmatch(r"[a-z0-9:/._-]+", found))
    assert told(name, f"^{re.escape(found)}$") == []


@pytest.mark.parametrize(
    ("name", "pattern", "hint"),
    [
        ("hosts", r"\x2f", r"no `\x2f`"),
        ("hosts", "a.fr/blog", "no `/`"),
        ("hosts", ":80", "leave it out"),
        ("hosts", "www", "leave it out"),
        ("hosts", "(?:www)", "leave it out"),
        ("hosts", "https?://a", "leave it out"),
        ("hosts", "^xn--", "in their own letters"),
        ("links", "^https://www[.]a", "leave it out"),
        ("links", "^https://xn--a", "in their own letters"),
        ("links", "^ours[.]example", "begin with `https://`"),
        ("links", "(?:^http://a)", "begin with `https://`"),
        ("links", "^.ours", "begin with `https://`"),
        ("links", "^(ours|www2)[.]", "begin with `https://`"),
        ("network", "twitter", "look for `x`"),
        ("network", "tw[i]tter", "look for `x`"),
        ("network", "(?-i)[A-Z]", "no `[A-Z]`"),
        ("topics", "(?-i:Promo)", "no `P`: write `(?-i:promo)`"),
        ("author", "^@ana", "leave it out"),
        ("language", "fr_ca", "write `fr-ca`"),
        ("hashtags", "[é]", "no `[é]`"),
        ("hashtags", "[#]", "no `[#]`"),
        ("hashtags", r"\x23", r"no `\x23`"),
        ("hashtags", "(é|#)+", "no `é`"),
        ("text", r"\Qa…b\E", "in which there is no `…`"),
        ("text", "[…]", "no `[…]`"),
        ("text", r"\x{2026}", r"write `\.\.\.`"),
        ("text", "12\u00a0€", "no `U+00A0 (no-break space)`: write `12 €`"),
        ("text", "a\u200db", "no `U+200D (zero width joiner)`: write `ab`"),
        ("text", "a^", "nothing comes before the beginning"),
        ("text", "$a", "nothing comes before the beginning"),
        ("text", r"(a|b)\A", "nothing comes before the beginning"),
        ("text", r"[^\s\S]", r"no `[^\s\S]`"),
    ],
)  # fmt: skip
def test_a_pattern_that_cannot_match_is_refused_with_what_to_write(
    name: str, pattern: str, hint: str
) -> None:
    (problem,) = told(name, pattern)
    assert hint in (problem.hint or "")


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("hosts", "httpbin"),
        ("hosts", "wwwhats"),
        ("hosts", r"\[2001:db8"),
        ("hosts", "[.]gouv[.]fr$"),
        ("links", "a.fr/b"),
        ("links", "^https://a"),
        ("links", "^https?://a"),
        ("links", "^h"),
        ("links", "^ho*"),
        ("links", "^ours|b[.]fr"),
        ("links", "(^ours)?[.]example"),
        ("links", r"^https:\/\/a"),
        ("network", "twitch"),
        ("network", "^(x|twitter)$"),
        ("author", r"@mastodon[.]social$"),
        ("hashtags", "(é|e)"),
        ("hashtags", "#?promo"),
        ("text", "(?i)été"),
        ("text", r"(^|\s)a$"),
        ("text", "(?m)a$\n^b"),
        ("text", "a*^b"),
        ("text", r"\p{Greek}{2,}"),
        ("text", "q\u0303"),
        ("text", ".[]]"),
        ("text", r"\Qa.b\E+"),
        ("text", r"a\C"),
        ("text", "^(?:^a|$)+"),
    ],
)
def test_a_pattern_that_may_match_is_accepted(name: str, pattern: str) -> None:
    assert told(name, pattern) == []
