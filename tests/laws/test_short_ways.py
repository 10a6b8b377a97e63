"""Short ways: texts in Latin letters are folded, cut and searched for damage as all others are."""

from hypothesis import example, given
from hypothesis import strategies as st

from cmcore.base.characters import _DAMAGE, damage, fold
from cmcore.text.tokens import phrased, spans, tokens

WINDOWS = bytes(range(256)).decode("cp1252", "ignore")
LATIN = "".join(map(chr, range(256)))
#: An ideograph is in none of the sets with a short way: a text with one goes the long way.
LONG = " \u4e00"
PIECES = st.one_of(
    st.sampled_from(["#", "@", "-", " 7", "é", "Œ", "«", "…", "\u00b7", "_", "https://a.eu/#b"]),
    st.text(WINDOWS, max_size=3),
    st.text("abcé %-#", max_size=4),
)
WRITTEN = st.lists(PIECES, max_size=8).map("".join)


class TestShortWays:
    """What is folded a byte at a time is what would be folded the long way."""

    @given(WRITTEN)
    @example("d\u00e9j\u00e0 \u00ab vu \u00bb\u2026 n\u00ba\u202f5 \u2013 \u0153uvre")
    @example("\u00e9\u00ad\u00e8 #a\u00b7b @a\u2013b -\u00a05 \x1f8 \u20ac5 \xb4a\x00")
    def test_a_text_folds_the_same_with_and_without_an_ideograph_behind_it(self, text: str) -> None:
        assert fold(text) + LONG == fold(text + LONG)

    @given(WRITTEN)
    @example(
        "l\u2019\u00e9t\u00e9 \u00ab vu \u00bb a_b, a-b \u2013 -5 - 5 a-5 \u0153uvre 10 % a\u00b7b"
    )
    @example("il fait -5, puis \u2013 7")
    @example(
        "#\u00e9t\u00e9 a#b @a.b\u2026c \u00df\u00b2\u00bd \u20ac5 \x1fa\x1fb \u00aa\u00ad\u00ba"
    )
    def test_it_is_cut_into_the_same_words(self, text: str) -> None:
        assert tokens(text + LONG) == (*tokens(text), LONG.strip())
        assert len(spans(text)) == len(tokens(text))
        assert [word for word in phrased(text) if word != "\n"] == list(tokens(text))

    @given(st.one_of(WRITTEN, st.text(LATIN, max_size=6)))
    @example("\u00c3\u00a9t\u00c3\u00a9 IRM\u00c3\u2026 \u00e0\u00a0\u00bb\u00e9\u00a0\u00bb")
    @example("caf\u00c3")
    @example("\u00f0\u0178\u2122\u201a")
    @example("nul\x00\x1a")
    def test_damage_is_found_wherever_it_may_begin(self, text: str) -> None:
        found = _DAMAGE.search(text)
        assert damage(text) == (found and found[0])
