"""Short ways: texts in Latin letters are folded, cut and searched for damage as all others are."""

import pyarrow as pa
from hypothesis import example, given
from hypothesis import strategies as st

from cmcore import WordList
from cmcore.base.characters import _DAMAGE, damage, fold, is_damaged
from cmcore.charters.index.lexicon import Lexicon
from cmcore.frames.texts import quiet
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
ENTRIES = (
    *("rappel", "rappel*", "*rappel", "lot 7", "#rappel", "a_b", "#a\u00b7b", "=\u00e9t\u00e9"),
    *(
        "\u20ac",
        "@a.b",
        "10 %",
        "petit rappel",
        "\u0153uvre",
        "\u043b\u044e\u0431\u043e\u0432\u044c",
    ),
)
#: Words that no text has: with them, first words are looked up, and not each looked for.
MANY = tuple(f"mot{n}" for n in range(9))
FILLED = st.sampled_from([(), MANY, tuple(f"#m_{n}" for n in range(9))])
LISTS = st.lists(st.lists(st.sampled_from(ENTRIES), min_size=1, max_size=3), min_size=1, max_size=3)
SAID = st.sampled_from(
    (*ENTRIES, "Rappel", "un-rappel", "\u00c9T\u00c9", "\u0152uvre !", "na", "\x00", "\u4e00")
)
TOLD = st.lists(st.one_of(SAID, PIECES), max_size=5).map(" ".join)


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

    @given(LISTS, FILLED, TOLD)
    @example([["rappel"], ["lot 7"]], (), "Un rappel du lot 7")
    @example([["rappel"], ["lot 7"]], MANY, "Un petit rappel, et un rappel du lot 7")
    @example([["rappel"], ["petit rappel"]], MANY, "petit rappel, petit rappel, rappel rappel")
    @example([["rappel"], ["=\u00e9t\u00e9"]], (), "\u00e9t\u00e9, ete")
    @example([["rappel*"]], ("mot1", "mot2"), "des rappels et un #rappel, na")
    @example([["#a\u00b7b"], ["a_b", "@a.b"]], MANY, "#a\u00b7b de @a.b et #a_b")
    @example([["#a\u00b7b"]], (), "un petit mot de #a\u00b7b")
    @example([["rappel"]], (), "na")
    def test_what_says_at_once_that_no_word_is_there_is_right(
        self, lists: list[list[str]], more: tuple[str, ...], text: str
    ) -> None:
        each = {at: WordList((*entries, *more), ["petit rappel"] if at % 2 else ())
                for at, entries in enumerate(lists, 1)}  # fmt: skip
        found = {at for at, words in each.items() if words.holds(text)}
        assert Lexicon(each).found(text) == (None if is_damaged(text) else found)

    @given(LISTS, FILLED, st.lists(TOLD, max_size=4))
    @example([["rappel"], ["lot 7"]], MANY, ["Un RAPPEL", "un-rappel_", "lot", "un lot\x1f7", "na"])
    @example([["rappel*"], ["*rappel"]], (), ["des rappels", "prérappel", "prerappel", "\x00"])
    @example([["10 %"], ["#rappel"]], MANY, ["10 %", "10", "Un #rappel, #Rappel", ""])
    @example([["=\u00e9t\u00e9"]], (), ["été, ete"])
    def test_what_says_so_of_a_whole_column_is_right(
        self, lists: list[list[str]], more: tuple[str, ...], texts: list[str]
    ) -> None:
        each = {at: WordList((*entries, *more)) for at, entries in enumerate(lists, 1)}
        told = [*texts, *(f"{text}, but this is long enough" for text in texts)]
        lexicon = Lexicon(each)
        for text, is_quiet in zip(told, quiet(pa.array(told, pa.string()), lexicon), strict=True):
            assert not is_quiet or lexicon.found(text) == frozenset()
