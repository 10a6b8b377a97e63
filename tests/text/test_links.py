"""Addresses in texts, and the one form of a site: tables of hard texts, and laws."""

# ruff: noqa: RUF001 (look-alike letters are what these texts are made of)

from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cmcore.base.characters import fold
from cmcore.text.links import address, ends_with_link, host_of, link_count, links_in, site_of
from cmcore.text.tokens import hashtags_in, mentions_in, tokens

from ..counted import steps

LINKS = [
    ("", []),
    ("http:// https://... https://)", []),
    ("voir https://x.fr.", ["https://x.fr"]),
    ("(https://x.fr/a_(b)), ok", ["https://x.fr/a_(b)"]),
    ("[t](https://x.fr/a)!", ["https://x.fr/a"]),
    ("[{https://x.fr}]", ["https://x.fr"]),
    ("HTTPS://X.fr/a?b=c&d#e!", ["HTTPS://X.fr/a?b=c&d#e"]),
    ("« https://x.fr » “http://y.fr”", ["https://x.fr", "http://y.fr"]),
    ("看https://x.cn/a\uff0c更多", ["https://x.cn/a"]),
    ("https://a.fr https://a.fr", ["https://a.fr"]),
    ("ftp://x.fr/a (gopher://x.fr) @www.x.fr #x.fr a@x.fr", ["ftp://x.fr/a", "gopher://x.fr"]),
    ("//x.fr/a, //x.fr. //TODO // x et//ou a//b", ["//x.fr/a", "//x.fr"]),
    ("voirhttps://x.fr a-http://y.fr a:ftp://z.fr", ["https://x.fr", "http://y.fr", "ftp://z.fr"]),
    ("Fini.http://x.fr/a oui.non:y.fr", ["//x.fr/a", "y.fr"]),
    ("1.1.1.1/x 1.1.1.1 1.2.3 v1.2.3.4/a 1.5/2", ["1.1.1.1/x"]),
    ("canada.ca:evil.com x.fr:99999/a", ["canada.ca:evil.com", "x.fr:99999/a"]),
    ("www.x.fr, bit.ly/abc.", ["www.x.fr", "bit.ly/abc"]),
    ("Achetez sur concurrent.fr.", ["concurrent.fr"]),
    ("(Concurrent.FR) x.fr/ x.fr:80?a", ["Concurrent.FR", "x.fr/", "x.fr:80?a"]),
    ("x.local x.local/a oui.Comédie fin.été", ["x.local/a"]),
    ("見てbit.lyを見て 日本語.jp bit.ly를", ["bit.ly", "日本語.jp"]),
    ("https://bit\u200b.ly/a", ["https://bit\u200b.ly/a"]),
    ("https://bit.ly\u00ad/a", ["https://bit.ly\u00ad/a"]),
    ("https://bit．ly/a https://𝐛𝐢𝐭.𝐥𝐲/a", ["https://bit．ly/a", "https://𝐛𝐢𝐭.𝐥𝐲/a"]),
    ("https://bit。ly/a https://x.cn/a。次", ["https://bit。ly/a", "https://x.cn/a"]),
    ("https://bit.lyを見て https://t.co👍", ["https://bit.ly", "https://t.co"]),
    ("https://bit.ly—ici https://i❤.ws/x", ["https://bit.ly", "https://i❤.ws/x"]),
    ("https://x.fr/a… suite", ["https://x.fr/a"]),
    ("https://[evil.example/ http://[::1]:80/a", ["https://[evil.example/", "http://[::1]:80/a"]),
    (
        "Sur concurrent.fr.Les soldes, ici.concurrent.fr.Vite",
        ["concurrent.fr", "ici.concurrent.fr"],
    ),
    ("and/or M./Mme a@b.fr/x 1.5/2 etc.Les S.A.S. a.m.", []),
]

HOSTS = [
    ("https://WWW.Ex.com:8080/x?y#z", "ex.com"),
    ("https://user:pass@ex.com", "ex.com"),
    ("https://evil.com\\@good.com", "evil.com"),
    ("https://a@b@c.fr/@d", "c.fr"),
    ("https://ex.com.?x", "ex.com"),
    ("https://été.fr", "été.fr"),
    ("https://xn--t-9fab.fr", "été.fr"),
    ("http://[::1]:80/", "[::1]"),
    ("ex.com/a", "ex.com"),
    ("//ex.com", "ex.com"),
    ("https://www.www.fr", "www.fr"),
    ("https://www.fr", "www.fr"),
    ("https://bit\u200b.ly\u00ad/a", "bit.ly"),
    ("https://𝐛𝐢𝐭．𝐥𝐲/a", "bit.ly"),
    ("https://bit。ly", "bit.ly"),
    ("https://bit.lyを見て", "bit.ly"),
    ("https://bit.ly👍", "bit.ly"),
    ("https://bit.ly—ici", "bit.ly"),
    ("https://e\u0301t\u00e9.fr", "été.fr"),
    ("localhost", "localhost"),
    ("https://blog.shop.ours.example", "blog.shop.ours.example"),
    ("https://ours.fr.evil.onion", "ours.fr.evil.onion"),
    ("https://nas.fr.local/a", "nas.fr.local"),
    ("https://пример.рф—и", "пример.рф"),
]

ADDRESSES = [
    ("HTTP://WWW.X.fr:80/", "https://x.fr"),
    ("x.fr/A?b#c", "https://x.fr/A?b#c"),
    ("https://u:p@x.fr:8080\\a", "https://x.fr:8080/a"),
    ("ftp://x.fr/a", "ftp://x.fr/a"),
    ("//x.fr", "https://x.fr"),
    ("http://intranet/a", "https://intranet/a"),
]


@pytest.mark.parametrize(("text", "links"), LINKS)
def test_links_are_read(text: str, links: list[str]) -> None:
    assert links_in(text) == frozenset(links)


@pytest.mark.parametrize(("link", "host"), HOSTS)
def test_a_host_is_read(link: str, host: str) -> None:
    assert host_of(link) == host


@pytest.mark.parametrize(
    "link",
    ["", "https://", "http://[bad", "https://:80", "https:///x", "a b.fr", "canada.ca:evil.com",
     "https://canada.ca:evil.com/", "https://x.fr:65536", "https://x.fr:8a/", "//x.fr:-1",
     "a..fr", "*.fr", "https://ours.fr.evil.newdomain", "https://ours.frété.newdomain./a",
     "https://xn--\u00e9.fr", "https://xn--99999999.fr", "[x]", "“x.fr”"],
)  # fmt: skip
def test_an_address_without_a_host_gives_none(link: str) -> None:
    assert host_of(link) is None
    assert address(link) is None


PARTS = ["ours", "fr", "com", "evil", "shop", "newdomain", "été", "x-1", "www"]


@given(st.lists(st.sampled_from(PARTS), min_size=2))
def test_a_site_is_never_the_beginning_of_what_may_be_another(labels: list[str]) -> None:
    site = ".".join(labels)
    assert host_of(f"https://{site}/a") in {None, site, site.removeprefix("www.")}


@pytest.mark.parametrize(("given", "one"), ADDRESSES)
def test_an_address_has_one_form(given: str, one: str) -> None:
    assert address(given) == one


@pytest.mark.parametrize("word", ["rappel", "mailto:ana@x.fr", "ana@x.fr", "@ana", "x y"])
def test_a_word_is_no_address(word: str) -> None:
    assert address(word) is None


links_of_any_kind = st.one_of(
    st.text(max_size=12),
    st.text("htps:/.@#[]()aé?\\ w-xn\u200b\u0301👍を", max_size=20).map("https://".__add__),
    st.sampled_from([link for link, _ in (*HOSTS, *ADDRESSES)]),
)


@given(links_of_any_kind)
def test_a_form_is_its_own(link: str) -> None:
    for form in (host_of, address):
        once = form(link)
        assert once is None or form(once) == once


@example(["ftp://", "xn--", "xn--", "-"])
@example(["www.", "İ", "https://", "ß"])
@given(
    st.lists(st.sampled_from(["www.", "xn--", "İ", "https://", ".", "a", "-", "/", "ß", "x.fr"]))
)
def test_the_site_of_an_address_is_one(pieces: list[str]) -> None:
    one = address("".join(pieces))
    assert one is None or site_of(host_of(one) or "") is not None


def test_hashtags_and_mentions_are_read_as_written() -> None:
    text = "#Été \uff03Rappel_Produit #e\u0301te\u0301! @Jean.Dupont. via a@b.c C# @user@x.social"
    assert hashtags_in(text) == {"Été", "Rappel_Produit", "été"}
    assert mentions_in(text) == {"Jean.Dupont", "user@x.social"}


def test_hashtags_and_mentions_inside_addresses_are_not_read() -> None:
    text = "https://x.fr/#part https://m.social/@moi (https://x.fr): #vrai #t\u200bag"
    assert hashtags_in(text) == {"vrai", "tag"}
    assert mentions_in(text) == frozenset()


@given(st.text("aé#@._-\u0301𝗮 🇫\u200b涨", max_size=15))
def test_hashtags_and_mentions_are_those_of_the_tokens(text: str) -> None:
    for mark, read in (("#", hashtags_in), ("@", mentions_in)):
        assert {fold(word) for word in read(text)} == {
            token[1:] for token in tokens(text) if token[0] == mark and token[1:]
        }


@pytest.mark.parametrize(
    ("text", "closes"),
    [
        ("", False),
        ("https://x.fr", True),
        ("lire https://x.fr/a.\n", True),
        ("(https://x.fr)", True),
        ("https://x.fr ici", False),
        ("https://x.fr»", False),
        ("fin https://...", False),
        ("http://", False),
    ],
)
def test_a_text_may_end_with_a_link(text: str, closes: object) -> None:
    assert ends_with_link(text) is closes


@given(st.text() | st.text("htps:/.@#[]()aé?\\ ", max_size=30).map("https://".__add__))
def test_extraction_never_fails(text: str) -> None:
    links = links_in(text)
    assert all(link in text for link in links)
    if ends_with_link(text):
        assert links


@given(st.lists(st.sampled_from(["x.fr", "https://x.fr/a", "www.y.fr", "mot", "a@x.fr", "#x.fr"])))
def test_a_link_counts_as_often_as_it_is_written(pieces: list[str]) -> None:
    written = [piece for piece in pieces if links_in(piece)]
    assert link_count(" ".join(pieces)) == len(written)
    assert links_in(" ".join(pieces)) == {*written}


@pytest.mark.parametrize(
    ("begun", "again"),
    [("https://a", ")"), ("", "https://"), ("", "#")],
    ids=["ends", "starts", "#"],
)
def test_what_extraction_costs_grows_as_the_text_does(begun: str, again: str) -> None:
    def extract(count: int) -> None:
        links_in(begun + again * count)
        hashtags_in(begun + again * count)

    extract(1)
    assert steps(lambda: extract(2_000)) < 2.2 * steps(lambda: extract(1_000))
    extract(100_000)  # what a pattern tries is not counted: it would not end


@pytest.mark.parametrize(
    "many",
    [
        "https://a.fr, https://evil.com",
        "https://a.fr https://evil.com",
        "https://a.fr;https://evil.com",
        "https://a.fr|https://evil.com",
        "https://a.fr\nhttps://evil.com",
        "https://a.fr/x https://evil.com",
    ],
)
def test_several_addresses_in_one_are_none(many: str) -> None:
    assert host_of(many) is None
    assert address(many) is None


@pytest.mark.parametrize("top", ["ею", "рф", "ελ", "vermögensberatung", "fr"])
def test_a_site_is_found_in_the_letters_of_the_wire(top: str) -> None:
    wire = top if top.isascii() else f"xn--{top.encode('punycode').decode()}"
    assert links_in(f"Voir evil.{wire} vite") == {f"evil.{wire}"}
    assert host_of(f"evil.{wire}") == host_of(f"evil.{top}") == f"evil.{top}"


@given(st.text("abcßςσéſ", min_size=1, max_size=6))
def test_letters_that_differ_in_idna_2008_are_of_different_sites(label: str) -> None:
    site = normalize("NFKC", label)
    wire = f"xn--{site.encode('punycode').decode()}.de" if not site.isascii() else f"{site}.de"
    assert host_of(f"{label}.de") == host_of(wire) == f"{site}.de"
    assert host_of(f"{label.upper()}.de") == host_of(
        f"{label.upper().lower()}.de".replace("ς", "σ")
    )


def test_an_address_within_the_query_of_another_is_no_second_one() -> None:
    assert host_of("https://a.fr/?u=https://b.fr") == "a.fr"
