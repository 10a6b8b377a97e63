"""Folding, tokens and word lists: tables of hard texts, and laws against a slow matcher."""

# ruff: noqa: RUF001 (look-alike letters are what these texts are made of)

import pickle
import unicodedata
from itertools import pairwise
from typing import Any
from unicodedata import combining

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cmcore.base.characters import accented, calm, fold, visible
from cmcore.base.errors import InvalidError
from cmcore.text import _entries
from cmcore.text.cut import cut, linked
from cmcore.text.links import link_spans
from cmcore.text.measures import length
from cmcore.text.tokens import TOKEN, is_sign, phrased, spans, tokens
from cmcore.text.words import Match, WordList

from ..counted import steps

FAMILY = "👨\u200d👩\u200d👧"

FOLDED = [
    ("RAPPEL!", "rappel!"),
    ("𝗿𝗮𝗽𝗽𝗲𝗹", "rappel"),
    ("𝓡𝓪𝓹𝓹𝓮𝓵", "rappel"),
    ("Ｒappel", "rappel"),
    ("ⓡⓐⓟⓟⓔⓛ", "rappel"),
    ("🅡🅐🅟 🆁🅰🅿 🅁🄰🄿", "rap rap rap"),
    ("ʀᴀᴘᴘᴇʟ", "rappel"),
    ("ra\u200bp\u00adp\u2060e\ufeffl", "rappel"),
    ("r\u202ea\u2066p\U000e0061", "rap"),
    ("rappele\u0301 rappelé", "rappele rappele"),
    ("r\u0336a\u0336p\u0336", "rap"),
    ("cœur CŒUR", "coeur coeur"),
    ("Ægir Łódź Øre Đuro Þór", "aegir lodz ore duro thor"),
    ("Straße STRASSE ẞ", "strasse strasse ss"),
    ("İstanbul ıslak", "istanbul islak"),
    ("ΣΊΣΥΦΟΣ Ϊ", "σισυφοσ ι"),
    ("Ёлка й", "елка и"),
    ("שָׁלוֹם", "שלום"),
    ("عَرَبِـيّ آ", "عربي ا"),
    ("हिन्दी", "हिन्दी"),
    ("ｶﾞ ガ", "ガ ガ"),
    ("한국어", "한국어"),
    ("＃Tag ＠x", "#tag @x"),
    ("👍🏽 ❤\ufe0f", "👍 ❤"),
    ("1️⃣", "1"),
    ("l\u02bcaccident", "l'accident"),
]

TOKENS = [
    ("", ()),
    ("!? …", ()),
    ("l’accident d'hier", ("l", "accident", "d", "hier")),
    ("l\u02bcaccident", ("l", "accident")),
    ("foo_bar rendez-vous", ("foo", "bar", "rendez", "vous")),
    ("3,5 %", ("3", "5", "%")),
    ("#Rappel_Produit's", ("#rappel_produit", "s")),
    ("##x # y C# a#b", ("#", "#x", "#", "y", "c", "#", "a", "#", "b")),
    ("@Jean.Dupont. @a-b- @x..y @_z", ("@jean.dupont", "@a-b", "@x", "y", "@_z")),
    ("jean@exemple.fr", ("jean", "@", "exemple", "fr")),
    ("@user@mastodon.social", ("@user@mastodon.social",)),
    ("a\u0301@b", ("a", "@", "b")),
    ("我们#产品 召回@客服", ("我", "们", "#产品", "召", "回", "@客服")),
    ("のＡ1", ("の", "a1")),
    ("あ\u3099", ("あ\u3099",)),
    ("ภาษา", ("ภ", "า", "ษ", "า")),
    ("हिन्दी में।", ("हिन्दी", "में")),
    ("#हिन्दी @हि.न्दी", ("#हिन्दी", "@हि.न्दी")),
    ("हि#x", ("हि", "#", "x")),
    ("৳500", ("৳", "500")),
    ("한국어 문장", ("한국어", "문장")),
    ("שָׁלוֹם עולם", ("שלום", "עולם")),
    ("🇫🇷🇩🇪🇪", ("🇫🇷", "🇩🇪", "🇪")),
    (FAMILY, ("👨", "👩", "👧")),
    ("bon👍🏽jour❤️", ("bon", "👍", "jour", "❤")),
    ("\U0001f3fd", ()),
    ("㏂ ½", ("a", "m", "1", "2")),
    ("a\ud800b", ("a", "b")),
    ("-50 % − 3 – 10-50 a-b", ("-", "50", "%", "-", "3", "-", "10", "50", "a", "b")),
    ("C++ C# 1 € 12€", ("c", "+", "+", "c", "#", "1", "€", "12", "€")),
    ("1️⃣ #️⃣ r\u20e3p", ("1", "\ue0e3", "#", "\ue0e3", "rp")),
    ("#สวัสดี #မြန်မာ #ភាសា", ("#สวัสดี", "#မြန်မာ", "#ភាសា")),
    ("#col·lega col·lega", ("#col·lega", "col", "lega")),
    (
        "https://ex.org/#promo https://m.social/@ana",
        ("https", "ex", "org", "promo", "https", "m", "social", "ana"),
    ),
    ("ex.org/a.#b #c", ("ex", "org", "a", "b", "#c")),
    ("r\u0488ap\u0489pel r\x07ap\x1fpel", ("rappel", "rappel")),
]

# entries, exceptions, text, what is found: entry and tokens
FOUND = [
    (["ass"], [], "a classic assassin", []),
    (["cunt"], [], "Scunthorpe", []),
    (["mettre"], ["mettre en avant"], "Mettre en avant, puis mettre", [("mettre", 4, 5)]),
    (["rappel"], ["rappel de produit"], "un rappel de produits", [("rappel", 1, 2)]),
    (["rappel"], ["rappel"], "un rappel", []),
    (["rappel de produit"], ["rappel"], "rappel de produit", [("rappel de produit", 0, 3)]),
    (["a b", "b c"], ["b c d"], "a b c d", [("a b", 0, 2)]),
    (["a b"], [], "a. (b", [("a b", 0, 2)]),
    (["rappel"], [], "𝗿𝗮𝗽𝗽𝗲𝗹 ra\u200bppel RAPPEL!", [("rappel", n, n + 1) for n in range(3)]),
    (["coeur"], [], "cœur", [("coeur", 0, 1)]),
    (["cœur"], [], "COEUR", [("cœur", 0, 1)]),
    (["rappel"], [], "#Rappel @rappel #rappelproduit", [("rappel", 0, 1), ("rappel", 1, 2)]),
    (["#rappel"], [], "rappel @rappel #Rappel", [("#rappel", 2, 3)]),
    (["@jean.dupont"], [], "jean.dupont @Jean.Dupont.", [("@jean.dupont", 2, 3)]),
    (["jean.dupont"], [], "Jean Dupont", [("jean.dupont", 0, 2)]),
    (["jean.dupont"], [], "@jean.dupont", [("jean.dupont", 0, 1)]),
    (["rappel_produit"], [], "#rappel_produit", [("rappel_produit", 0, 1)]),
    (["rappel_prod*"], [], "#rappel_produit", [("rappel_prod*", 0, 1)]),
    (["rappel*"], [], "rappels rappelé rappe", [("rappel*", 0, 1), ("rappel*", 1, 2)]),
    (["rappel*"], [], "#rappelproduit", [("rappel*", 0, 1)]),
    (["#rappel*"], [], "#rappelproduit rappels", [("#rappel*", 0, 1)]),
    (["rappel* de prod*"], [], "rappels de produits", [("rappel* de prod*", 0, 3)]),
    (["ab*", "abc*", "abcd"], [], "abc", [("ab*", 0, 1), ("abc*", 0, 1)]),
    (["a b", "a", "a b c"], [], "a b", [("a", 0, 1), ("a b", 0, 2)]),
    (["Rappel", "rappel"], [], "rappel", [("Rappel", 0, 1), ("rappel", 0, 1)]),
    (["召回"], [], "产品召回通知", [("召回", 2, 4)]),
    (["召回"], [], "#召回", [("召回", 0, 1)]),
    (["🇫🇷"], [], "allez 🇫🇷!", [("🇫🇷", 1, 2)]),
    (["👩"], [], FAMILY, [("👩", 1, 2)]),
    ([FAMILY], [], f"la {FAMILY}", [(FAMILY, 1, 4)]),
    (["שלום"], [], "שָׁלוֹם!", [("שלום", 0, 1)]),
    (["accident"], [], "l’accident", [("accident", 1, 2)]),
    ([], ["x"], "x", []),
    (["-50 %"], [], "Les 50 ans", []),
    (["-50 %"], [], "50 % puis − 50 % et -50%", [("-50 %", 3, 6), ("-50 %", 7, 10)]),
    (["C++"], [], "Plan C, C+ ou C++", [("C++", 5, 8)]),
    (["C#"], [], "Plan C et C#", [("C#", 3, 5)]),
    (["50%"], [], "50 ans, 50 %", [("50%", 2, 4)]),
    (["1 €"], [], "1 an pour 1€ ?", [("1 €", 3, 5)]),
    (["1️⃣"], [], "1 puis 1️⃣", [("1️⃣", 2, 4)]),
    (["1"], [], "1️⃣", [("1", 0, 1)]),
    (["12 par an"], [], "12 € par an", [("12 par an", 0, 4)]),
    (["a b"], [], "a +++ b a ++++ b", [("a b", 0, 5)]),
    (["$"], [], "5 $", [("$", 1, 2)]),
    (["สวัสดี"], [], "#สวัสดี", [("สวัสดี", 0, 1)]),
    (["collega"], [], "#col·lega", []),
    (["col·lega"], [], "#col·lega col·lega", [("col·lega", 0, 1), ("col·lega", 1, 3)]),
    (["#promo"], [], "https://ex.org/#promo", []),
    (["@ana"], [], "https://m.social/@ana", []),
    (
        ["rappel"],
        [],
        "r\u0488appel rap\u0489pel rap\x07pel",
        [("rappel", n, n + 1) for n in range(3)],
    ),
]

# an exception, a text in which it hides "recall", and one in which it does not
HIDDEN = [
    ("total recall", "Total recall!", "In total, recall of 12 mugs"),
    *(("total recall", "total\trecall", f"total{mark}recall") for mark in '.!?;:,/|…。、«"*•'),
    *(("total recall", "TOTAL-RECALL", f"total {mark} recall") for mark in "+%&=<>-–—’·"),
    *(
        ("total recall", "total\xa0recall", f"total{line}recall")
        for line in ("\n", "\r\n", "\u2028")
    ),
    *(("total recall", "total-recall", f"total{dash}recall") for dash in ("--", "–", "—", "﹘")),
    ("total recall", "(total recall)", "in total (recall)"),
    *(
        ("total recall", f"total{joint}recall", f"total{joint * 2}recall")
        for joint in "'’_\u00b7\u05be\u30fb"
    ),
    ("total recall", "total_recall", "total” recall"),
    ("total's recall", "total’s recall", "total, s recall"),
    ("total recall", "ex.org/total-recall", "ex.org/total#recall"),
    ("total.recall", "total.recall", "total recall"),
    ("tot* recall", "total recall", "total* recall"),
    ("tot*. recall", "total. recall", "total recall"),
    ("#total recall", "#total recall", "#total. recall"),
    ("5 % recall", "5% recall", "5. % recall"),
    ("« total recall »", "total recall", "« total » recall"),
    ("-5 recalls", "−5 recalls", "—5, recalls"),
    ("total : recall", "total, recall", "total recall"),
    ("产品recall", "产品 recall", "产。品 recall"),
]

REFUSED = [
    ("", "holds no word"),
    ("!?", "holds no word"),
    ("#", "holds no word"),
    ("*", "holds no word"),
    ("a*", "out of place"),
    ("#a*", "out of place"),
    *((entry, "out of place") for entry in ("*a", "*ab*", "**ab", "x*ab", "*#ab", "* ab", "=*ab*")),
    ("ra*pel", "out of place"),
    ("ab**", "out of place"),
    ("ab* * cd", "out of place"),
    ("ab*é", "out of place"),
    ("涨价*", "out of place"),
    ("👍👍*", "out of place"),
    ("🇫🇷*", "out of place"),
    ("@", "holds no word"),
    ("un `mot`", "cannot be found"),
    ("🂡▲ 🯅 x", "cannot be found"),
    ("x" * 201, "too long"),
    ("a b c d e f g h i j k l m", "too many words"),
    ("涨" * 49, "too many words"),
]

small = st.text("aAbéß #@*_.-涨\u0301\u200b𝗮🅰", max_size=12)
letters = st.characters() | st.sampled_from(
    "aé\u0301\u0345\u3099\u093c\u1161\u11a8각かİßǆﷺ①\u200d\ud800"
)
texts = st.text(max_size=20) | st.text(letters, max_size=12) | small


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_a_text_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(("text", "expected"), TOKENS)
def test_a_text_is_cut_into_tokens(text: str, expected: tuple[str, ...]) -> None:
    assert tokens(text) == expected


@given(st.text(st.sampled_from("abZ19_#@.-' \n*,é\u0301"), max_size=16))
def test_a_plain_text_is_cut_as_any_other(text: str) -> None:
    folded = fold(text)
    assert list(tokens(text)) == TOKEN.findall(folded)


def test_visible_keeps_case_and_accents() -> None:
    assert visible("R\u200bAPPEL") == "RAPPEL"
    assert visible("\ufb01n e\u200d\u0301té 𝗮") == "fin été a"
    assert visible("Plain") == "Plain"


@given(texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert unicodedata.normalize("NFC", fold(text)) == fold(text)


@pytest.mark.usefixtures("long_loop")
def test_folding_any_single_character_twice_changes_nothing() -> None:
    odd = [hex(n) for n in range(0x30000) if fold(fold(chr(n))) != fold(chr(n))]
    assert odd == []


@given(texts)
def test_case_and_composition_do_not_matter(text: str) -> None:
    assert fold(text.casefold()) == fold(text)
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert fold(unicodedata.normalize(form, text)) == fold(text)


@given(texts)
def test_every_token_has_its_place_in_the_text_as_written(text: str) -> None:
    places = spans(text)
    assert len(places) == len(tokens(text))
    for token, (start, stop) in zip(tokens(text), places, strict=True):
        assert 0 <= start < stop <= len(text)
        assert token in fold(text[start:stop])


def test_a_place_takes_the_accents_that_follow() -> None:
    assert spans("e\u0301t\u200be\u0301 x") == ((0, 6), (7, 8))
    assert spans("㏂!") == ((0, 1), (0, 1))
    assert spans("un 𝗿𝗮") == ((0, 2), (3, 5))


# -------------------------------------------------------------------------------- slow and obvious


def same(word: str, token: str) -> bool:
    names = {token, token[1:]} if token[0] in "#@" else {token}
    if word.endswith("*"):
        return any(name.startswith(word[:-1]) for name in names)
    if word.startswith("*"):
        return any(name.endswith(word[1:]) for name in names)
    return word in names


def own(text: str) -> str:
    """Return a text with its accents, but without case or fancy letters."""
    return unicodedata.normalize("NFKC", text).casefold()


def ways(entry: str) -> list[list[str]]:
    """Words split by hand: entries of the law are made of words joined by one separator."""
    spoken = own(entry[1:]) if entry[0] == "=" else fold(entry)
    parts = [part for part in spoken.replace("_", " ").replace("-", " ").split(" ") if part]
    return [parts, [spoken]] if len(parts) > 1 and " " not in spoken else [parts]


def slow_ends(way: list[str], found: tuple[str, ...], at: int, most: int = 3) -> set[int]:
    """Return where the words of a way may end that begin at a token: `most` signs may be passed."""
    if at >= len(found) or not same(way[0], found[at]):
        return set()
    if len(way) == 1:
        return {at + 1}
    signs = [n for n in range(most + 1) if all(map(is_sign, found[at + 1 : at + 1 + n]))]
    return {end for n in signs for end in slow_ends(way[1:], found, at + 1 + n, most)}


def slow_find(entries: list[str], text: str, most: int = 3) -> set[tuple[int, int, str]]:
    folded = tokens(text)
    written = tuple(own(text[start:stop]) for start, stop in spans(text))
    return {
        (start, stop, entry)
        for entry in entries
        for way in ways(entry)
        for start in range(len(folded))
        for stop in slow_ends(way, written if entry[0] == "=" else folded, start, most)
    }


def slow_hidden(exceptions: list[str], text: str) -> set[tuple[int, int]]:
    """Return what exceptions without punctuation hide: in one run of text, with no sign passed."""
    places = spans(text)
    gaps = [text[stop:start] for (_, stop), (start, _) in pairwise(places)]
    found = slow_find(exceptions, text, 0)
    return {
        (start, stop)
        for start, stop, _ in found
        if {"", " ", "_", "-"}.issuperset(gaps[start : stop - 1])
    }


stems = st.text("ab", min_size=1, max_size=3)
parts = st.text("ab", min_size=2, max_size=3)
starred = parts.map("{}*".format)
plain_words = stems | starred | parts.map("*{}".format) | st.sampled_from(["é", "ß", "Ab", "aé*"])
marked_words = st.tuples(st.sampled_from("#@"), stems | starred).map("".join)
signs = st.sampled_from(["+", "%"])
phrases = st.lists(plain_words | marked_words | signs, min_size=1, max_size=3).map(" ".join)
glued = st.tuples(stems, st.sampled_from("_-"), stems | starred).map("".join)
exact = phrases.filter(lambda phrase: phrase[0] in "#@abé").map("={}".format)
entries_lists = st.lists(phrases | glued | exact, max_size=6)
words_of_texts = stems | st.tuples(st.sampled_from("#@"), stems | glued).map("".join) | glued
posts = st.lists(
    words_of_texts.map(lambda word: word.replace("*", ""))
    | st.sampled_from(
        [
            "𝗮",
            "É",
            "e",
            "E\u0301",
            "ae",
            "aéb",
            "SS",
            "b!",
            "+",
            "%",
            "+ % +",
            ",",
            "a\n",
            "(b",
            "–",
            "_",
        ]
    ),
    max_size=8,
).map(" ".join)


@given(entries_lists, entries_lists, posts)
def test_finding_agrees_with_the_slow_matcher(
    entries: list[str], exceptions: list[str], text: str
) -> None:
    words = WordList(tuple(entries), tuple(exceptions))
    hidden = slow_hidden(exceptions, text)
    expected = [
        (start, stop, entry)
        for start, stop, entry in sorted(slow_find(entries, text))
        if not any(first <= start and stop <= last for first, last in hidden)
    ]
    assert [(match.start, match.stop, match.entry) for match in words.find(text)] == expected
    assert words.holds(text) == bool(expected)


@pytest.mark.parametrize(
    ("entry", "found", "missed"),
    [
        ("=dû", "DÛ du\u0302 𝗱𝘂̂ d\u0336û\u0336 #dû d\u200bû", "du Dù dúû dûment"),
        ("=jeûn*", "jeûner #Jeûne", "jeuner le jeune"),
        ("=l'été indien", "L’été, Indien", "l'ete indien, l'été, l'indien"),
        ("=#été", "#Été", "été #ete"),
        ("=œuvre", "ŒUVRE", "oeuvre"),
        ("=rappel", "ʀᴀᴘᴘᴇʟ 🆁🅰🅿🅿🅴🅻", "rappelé"),
        ("=prix à 50 %", "PRIX À 50%", "prix a 50 %"),
        ("*gesetz", "Grundgesetz #Grundgesetz gesetz ge\u0301setz", "gesetze"),
        ("das *gesetz", "Das Grundgesetz", "das neue Grundgesetz"),
        ("=*gêne", "Oxygêne sans-gêne", "oxygene"),
        ("=>ici", "=>ici", "=ici"),
    ],
)
def test_an_entry_may_ask_for_accents_or_leave_the_start_open(
    entry: str, found: str, missed: str
) -> None:
    words = WordList([entry])
    for text in (found, *found.split()) if " " not in entry.strip("= ") else [found]:
        assert words.holds(text), text
    assert not words.holds(missed)


@given(texts)
def test_accents_are_all_that_folding_takes_from_an_exact_word(text: str) -> None:
    assert fold(accented(text)) == fold(text)
    assert accented(accented(text)) == accented(text)
    assert accented(text.casefold()) == accented(text)


@pytest.mark.parametrize(("exception", "hidden", "seen"), HIDDEN)
def test_an_exception_hides_only_what_is_in_one_run_of_text(
    exception: str, hidden: str, seen: str
) -> None:
    words = WordList(["recall*"], [exception])
    assert (words.holds(hidden), words.holds(seen)) == (False, True)


@given(texts | st.text(st.sampled_from("a1é–—−-' @#._,\n+½½\u3099"), max_size=12))
def test_phrases_are_the_tokens_with_breaks_in_between(text: str) -> None:
    found = phrased(text)
    assert tuple(" ".join(found).split()) == tokens(text)
    assert "\n" not in {*found[:1], *found[-1:]}


@given(
    st.lists(st.sampled_from(["deux", "de* un", "un fr", "fr deux", "fr https"]), min_size=1),
    st.lists(st.sampled_from(["deux", "un.fr", "https://ex.fr/un/deux", "un,"])).map(" ".join),
)
@example(["de* un"], "deux un.fr")
@example(["fr deux"], "un.fr deux")
def test_what_is_found_is_in_an_address_where_it_shares_a_letter_with_one(
    entries: list[str], text: str
) -> None:
    found, where = WordList(entries).find(text), spans(text)
    shared = {
        match: {
            text[start:stop]
            for start, stop in link_spans(text)
            if where[match.start][0] < stop and start < where[match.stop - 1][1]
        }
        for match in found
    }
    links = linked(text, found)
    assert links.keys() == {match for match, some in shared.items() if some}
    assert all(link in shared[match] for match, link in links.items())


@given(entries_lists, posts)
def test_cutting_what_is_found_comes_to_an_end(entries: list[str], text: str) -> None:
    words = WordList(tuple(entries))
    while found := words.find(text):
        shorter = cut(text, found)
        assert len(shorter) < len(text)
        text = shorter
    assert cut(text, ()) == text


@given(texts, st.data())
def test_cutting_any_token_shortens_the_text(text: str, data: st.DataObject) -> None:
    count = len(tokens(text))
    if count:
        start = data.draw(st.integers(0, count - 1))
        stop = data.draw(st.integers(start + 1, count))
        assert len(cut(text, [Match("x", start, stop)])) < len(text)


@pytest.mark.parametrize(
    ("entry", "text", "left"),
    [
        ("rappel", "Un rappel, hier", "Un, hier"),
        ("rappel", "Rappel : lisez", "lisez"),
        ("rappel", "Rappel: portes ouvertes", "portes ouvertes"),
        ("rappel", "Bonjour. Rappel – lisez\nRappel, venez !", "Bonjour. lisez\nvenez !"),
        ("rappel", "Fin. Rappel.", "Fin."),
        ("rappel", "Rappel -5 %", "-5 %"),
        ("rappel", "Petit rappel : lisez", "Petit : lisez"),
        ("rappel", "Le 𝗿𝗮𝗽𝗽𝗲𝗹", "Le"),
        ("rappel", "un rappel rappel ici", "un ici"),
        ("rappel", "rappel a rappel b\nrappel c rappel\nd", "a b\nc\nd"),
        ("rappel*", "voir #rappels (rappelé) ici", "voir () ici"),
        ("a b", "x a, b y", "x y"),
        ("accident", "l'accident", ""),
        ("incident", "Suite à l'incident d'hier", "Suite à d'hier"),
        ("incident", "parce qu’Incident il y eut", "parce il y eut"),
        ("recall", "the Recall's cause", "the cause"),
        ("incident", "aujourd'hui, incident", "aujourd'hui,"),
        ("召回", "产品召回通知", "产品通知"),
        ("absent", "  two  spaces ", "  two  spaces "),
        ("rappel", "voir rappel .fr", "voir .fr"),
        ("rappel", "voir rappel ...", "voir..."),
        ("rappel", "ici.rappel , fr", "ici. fr"),
    ],
)
def test_what_is_cut_leaves_a_tidy_text(entry: str, text: str, left: str) -> None:
    assert cut(text, WordList((entry,)).find(text)) == left


def test_overlapping_matches_are_cut_together() -> None:
    words = WordList(("a b", "b c", "a b c d", "b"))
    assert cut("x a b c d y", words.find("x a b c d y")) == "x y"


@pytest.mark.parametrize(("entries", "exceptions", "text", "expected"), FOUND)
def test_a_list_finds_its_entries(
    entries: list[str], exceptions: list[str], text: str, expected: list[tuple[str, int, int]]
) -> None:
    words = WordList(tuple(entries), tuple(exceptions))
    assert words.find(text) == tuple(Match(*found) for found in expected)
    assert words.holds(text) == bool(expected)


@pytest.mark.parametrize(("entry", "why"), REFUSED)
@pytest.mark.parametrize("field", ["entries", "exceptions"])
def test_a_bad_entry_is_refused(entry: str, why: str, field: str) -> None:
    fields: dict[str, Any] = {"entries": ("fine",), "exceptions": (), field: (entry, "fine")}
    with pytest.raises(InvalidError) as caught:
        WordList(**fields)
    (problem,) = caught.value.problems
    assert why in problem.message
    assert problem.path == (field,)
    assert problem.hint
    assert len(str(problem)) < 300


def test_every_bad_entry_is_listed() -> None:
    with pytest.raises(InvalidError) as caught:
        WordList(tuple(entry for entry, _ in REFUSED), ("!", "?", "good"))
    assert len(caught.value.problems) == len(REFUSED) + 2


@pytest.mark.parametrize("entry", ["x" * 200, "a b c d e f g h i j k l", "涨" * 48, "ab*.", "#ab*"])
def test_an_entry_at_the_limit_is_accepted(entry: str) -> None:
    assert WordList((entry,)).holds(entry.replace("*", ""))


def test_a_text_is_not_a_list_of_words() -> None:
    with pytest.raises(InvalidError, match="is one text, not a list of them"):
        WordList("rappel")


def test_entries_are_kept_as_written_sorted_and_once() -> None:
    words = WordList(["b", "É", "b", "a*a".replace("*", "")], ["z", "y", "z"])
    assert words.entries == ("aa", "b", "É")
    assert words.exceptions == ("y", "z")
    assert words == WordList(("É", "aa", "b"), ("y", "z"))
    assert hash(words) == hash(WordList(("É", "aa", "b"), ("y", "z")))
    assert (
        repr(words) == "WordList(entries=('aa', 'b', 'É'), exceptions=('y', 'z'), inflected=None)"
    )


def test_a_copy_finds_the_same() -> None:
    words = WordList(("rappel*", "a b"), ("rappels",))
    again = pickle.loads(pickle.dumps(words))  # noqa: S301 (our own bytes)
    assert again == words
    assert again.find("rappel a b") == words.find("rappel a b") != ()
    assert attrs.evolve(words, entries=("x",)).find("x rappel") == (Match("x", 0, 1),)


@pytest.mark.parametrize(
    ("begun", "again", "count"),
    [
        ("", "हि", 100_000),
        ("@", "a.", 100_000),
        ("", "#@", 100_000),
        ("", "e\u0301", 100_000),
        ("", "か\u3099", 100_000),
        ("", "+", 30_000),
        ("", "a.fr", 50_000),
        ("", "a/#", 50_000),
    ],
)
def test_what_a_hostile_text_costs_grows_as_it_does(begun: str, again: str, count: int) -> None:
    words = WordList(("a b c", "@ab*", "हि हि", "+ + a"), ("x",))
    few, more = (steps(lambda n=n: words.find(begun + again * n))  # type: ignore[misc]
                 for n in (1_000, 2_000))  # fmt: skip
    assert more < 2.2 * few
    words.find(begun + again * count)  # what a pattern tries is not counted: it would not end


def test_the_cost_of_a_post_does_not_grow_with_the_list() -> None:
    post = " ".join(f"mot{n}a" for n in range(19)) + " rappel"
    entries = ("rappel", *(f"produit{n} retire" if n % 3 else f"rappele{n}" for n in range(20_000)))
    few, many = WordList(entries[:100]), WordList(entries)
    few.find(post)
    assert steps(lambda: many.find(post)) < 1.5 * steps(lambda: few.find(post))


MARKS_OF = ["\u0301", "\u0323\u0301", "\u0327\u200d", "\u05b0\U0001f3fb", "\u3099"]


@pytest.mark.parametrize("mark", MARKS_OF)
@pytest.mark.parametrize("count", [0, 1, 15, 31, 5_000])
def test_a_letter_has_thirty_marks_at_most(mark: str, count: int) -> None:
    text = "e" + mark * count
    shown = calm(text)
    kept = sum(combining(letter) > 0 for letter in shown)
    assert len(shown) == len(text)
    assert kept == min(sum(combining(letter) > 0 for letter in text), 30)
    assert fold(shown) == fold(text)
    assert calm(f"{text} {text}") == f"{shown} {shown}"
    assert calm(f"{text}\u2014{text}") == f"{shown}\u2014{shown}"  # a dash takes marks anew


def test_marks_without_end_cost_what_their_number_does() -> None:
    words = WordList(("rappel",))

    def read(marks: int) -> None:
        text = "un rappel" + "\u0301\u0323" * marks
        assert words.holds(text)
        assert cut(text, words.find(text)) == "un"
        assert length(text) > 2 * marks

    read(1)
    assert steps(lambda: read(2_000)) < 2.2 * steps(lambda: read(1_000))
    read(100_000)  # what sorts them is not counted: as the square of their number, it took minutes


@pytest.mark.parametrize("inflected", [None, "fr"])
def test_a_bare_entry_is_read_as_any_other(
    inflected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Entries of Latin letters, digits and spaces are read by a shorter way, to the same end."""
    if inflected:
        pytest.importorskip("snowballstemmer")
    letters = [*map(chr, range(0x180)), *"\u02bc\u2009\u2014\u2019\u2026\u20ac\u20e3\u4e00\ufb01"]
    around = ("{}", "a{}", "{}a", "1{}b  c", "ab {} cd", "Éa\t{}1", "={}a", "#a{}", "*ab{}")
    entries = [entry.format(letter) for entry in around for letter in letters]
    entries += ["", " ", "x" * 200, "x" * 201, *("a " * count for count in (6, 7, 12, 13))]

    def read() -> list[object]:
        ways = _entries.ways
        return [
            entry_problem
            or (ways(entry, broken=False, inflected=inflected), ways(entry, broken=True))
            for entry in entries
            for entry_problem in [_entries.entry_problem(entry, inflected=inflected is not None)]
        ]

    shortly = read()
    assert sum(bool(_entries._bare(entry)) for entry in entries) > len(entries) / 8  # noqa: SLF001
    monkeypatch.setattr(_entries, "_bare", lambda _: [])
    assert read() == shortly
