"""Normal forms: each its own, the same for every spelling, and remembered for a while only."""

# ruff: noqa: RUF001 (spellings are written as people write them)

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.language import HINTS as SENTENCES
from cmcore.charters.conditions import forms
from cmcore.charters.conditions.forms import (
    HINTS,
    NORMAL,
    NORMAL_SETS,
    Form,
    covering,
    form_problems,
    formed,
    within,
)

SAME = [
    (Form.EXACT, ["Mon"], "Mon"),
    (Form.MESSAGE, ["dQw4", " dQw4 "], "dQw4"),
    (Form.MESSAGE, ["at://did:plc:a/post/3k, b"], "at://did:plc:a/post/3k, b"),
    (Form.WORD, ["Été", "e\u0301te\u0301", " ÉTÉ ", "été\u200b", "ét\x07é"], "été"),
    (Form.WORD, ["Straße", "STRASSE"], "strasse"),
    (Form.WORD, ["a  b", "A\tb"], "a b"),
    (Form.WORD, ["ＰＲＯ", "𝗽𝗿𝗼"], "pro"),
    (Form.WORD, ["l'été"], "l'été"),
    (Form.NETWORK, ["X", "twitter", "Twitter "], "x"),
    (Form.LANGUAGE, ["pt_BR", "PT-br", "por-BR"], "pt-br"),
    (Form.LANGUAGE, ["he", "iw", "Hebrew"], "he"),
    (Form.LANGUAGE, ["id", "in"], "id"),
    (Form.LANGUAGE, ["yi-US", "ji_us"], "yi-us"),
    (Form.LANGUAGE, ["fr", "Français", "FRENCH", "fra"], "fr"),
    (Form.TONE, ["Critique", "critical"], "critical"),
    (Form.CONTRACT, ["CDI", "permanent", "Salariée"], "permanent"),
    (Form.ACCOUNT, ["@Ana", "ana", " ANA"], "ana"),
    (Form.ACCOUNT, ["Ville de Lyon"], "ville de lyon"),
    (Form.ID, ["@Zoé", "zoe\u0301"], "zoé"),
    (Form.HASHTAG, ["#Été", "＃ete", "ETE"], "ete"),
    (Form.HASHTAG, ["#col·lega"], "col·lega"),
    (Form.MENTION, ["@Ana@M.social", "ana@m.social"], "ana@m.social"),
    (Form.LINK, ["bit.ly/a", "HTTP://www.Bit.ly/a"], "https://bit.ly/a"),
    (Form.HOST, ["https://bit.ly/", "WWW.Bit.ly.", "bit.ly:443"], "bit.ly"),
    (Form.HOST, ["Straße.de", "xn--strae-oqa.de"], "straße.de"),
    (Form.HOST, ["ΟΔΟΣ.gr", "οδοσ.gr"], "οδοσ.gr"),
    (Form.LINK, ["https://a.fr/x,y", "a.fr/x,y"], "https://a.fr/x,y"),
    (Form.HOST, ["*.GOUV.fr", "*.www.gouv.fr"], "*.gouv.fr"),
]
NONE = [
    *((Form.WORD, word) for word in ("", " ", "\u200b", "“kep”", "'kep'", "« a »", '"a"', "kep”")),
    *((Form.WORD, word) for word in ("a, b", "a;b", "a|b", "a\nb", "['a']", "{a}", "(none)", "、")),
    *((Form.NETWORK, word) for word in ("", "x, tiktok", "(none)")),
    *((Form.LANGUAGE, word) for word in ("“fr”", "francien", "fr, en", "klingon")),
    (Form.CONTRACT, ""),
    *((Form.ACCOUNT, word) for word in ("@", "“ana”")),
    *((Form.ID, word) for word in ("@", "a" * 201, "“ana”", "p\u0430ul")),
    *((Form.HASHTAG, word) for word in ("", "#", "a b", "covid-19", "“promo”")),
    *((Form.MENTION, word) for word in ("@", "a b", "@a@b@c")),
    *((Form.LINK, word) for word in ("rappel", "https://[x", "@ana")),
    *((Form.LINK, word) for word in ("https://a.fr/x,https://b.fr", "a.fr/x;b.fr")),
    *((Form.HOST, word) for word in ("", "a b", "a.*", "*.", "https://[x", "**.fr")),
    *((Form.MESSAGE, word) for word in ("", " ", "(none)", "n/a", "\ufffd")),
    *((Form.HOST, word) for word in ("a.fr/x", "*.a.fr/x", "a.fr?x", "a.fr:8080")),
]


@pytest.mark.parametrize(("form", "words", "one"), SAME)
def test_every_spelling_has_one_form(form: Form, words: list[str], one: str) -> None:
    assert {NORMAL[form][word] for word in words} == {one}
    assert NORMAL_SETS[form][frozenset(words)] == frozenset({one})


@pytest.mark.parametrize(("form", "word"), NONE)
def test_what_is_no_word_has_none(form: Form, word: str) -> None:
    assert NORMAL[form][word] is None
    assert NORMAL_SETS[form][frozenset({word, "a.fr"})] is None
    (problem,) = form_problems(form, [word], "there")
    assert problem.hint
    assert problem.path == ("there",)


@given(
    st.sampled_from(Form),
    st.text(max_size=8) | st.sampled_from([w for _, ws, _ in SAME for w in ws]),
)
def test_a_normal_form_is_its_own_and_of_every_composition(form: Form, word: str) -> None:
    one = NORMAL[form][word]
    if one is not None:
        assert NORMAL[form][one] == one
    if form is not Form.EXACT:
        assert NORMAL[form][normalize("NFC", word)] == one == NORMAL[form][normalize("NFD", word)]


def test_every_form_has_a_hint() -> None:
    assert {*HINTS} == {*Form}
    assert {*HINTS.values()} <= {*SENTENCES}


def test_words_without_a_form_stay_to_be_refused() -> None:
    assert formed(Form.NETWORK, ["Twitter", "“x”"]) == {"x", "“x”"}


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "_MOST", 3)
    words = forms._Words(Form.WORD)  # noqa: SLF001 - its room is what is tested
    sets = forms._Sets(words)  # noqa: SLF001 - the same
    for number in range(20):
        assert words[f"W{number}"] == f"w{number}"
        assert sets[frozenset({f"W{number}"})] == frozenset({f"w{number}"})
        assert len(words) <= 3
        assert len(sets) <= 3
    long = "x" * 1000
    assert words[long] == long
    assert sets[frozenset({long, "y"})] == frozenset({long, "y"})
    assert long not in words
    assert sets[frozenset(map(str, range(100)))] == frozenset(map(str, range(100)))
    assert len(sets) <= 3


def test_what_is_no_text_is_no_word() -> None:
    odd: frozenset[str] = frozenset({"a", 1})  # type: ignore[arg-type]
    assert NORMAL_SETS[Form.WORD][odd] is None


def test_all_sites_below_one_are_covered() -> None:
    hosts, named = frozenset({"a.b.fr", "b.fr", "c.org"}), frozenset({"*.b.fr", "c.org"})
    assert covering(hosts, named) == hosts | {"*.b.fr"}
    assert covering(hosts, named, only=True) == {"*.b.fr", "b.fr", "c.org"}
    assert covering(hosts, frozenset({"b.fr"})) is hosts


def test_a_domain_holds_itself_and_every_site_below_it() -> None:
    hosts, named = frozenset({"a.b.fr", "b.fr", "eb.fr"}), frozenset({"b.fr", "c.org"})
    assert within(hosts, named) == hosts | {"b.fr"}
    assert within(hosts, named, only=True) == {"b.fr", "eb.fr"}
    assert within(hosts, frozenset({"fr"}), only=True) == {"fr"}
