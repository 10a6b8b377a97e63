"""Write the classes of characters that tell grapheme clusters: `python docs/.site/clusters.py`.

They come from the tables of wcwidth, which are those of Unicode.
"""  # noqa: INP001 - a script

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from pathlib import Path
from textwrap import fill

from wcwidth import list_versions, table_grapheme

PAGE = Path(__file__).parents[2] / "src" / "cmcore" / "text" / "_clusters.py"
#: How each class is called -> the tables of its characters.
CLASSES = {
    "CONTROL": ("GRAPHEME_CONTROL",),
    "EXTEND": ("GRAPHEME_EXTEND",),
    "SPACING_MARK": ("GRAPHEME_SPACINGMARK",),
    "PREPEND": ("GRAPHEME_PREPEND",),
    "PICTOGRAPHIC": ("EXTENDED_PICTOGRAPHIC",),
    "CONSONANT": ("INCB_CONSONANT",),
    "LINKER": ("INCB_LINKER",),
    "BETWEEN": ("INCB_EXTEND",),
}


def ranges(points: Iterable[int]) -> Iterator[str]:
    """Yield the ranges of some code points, `300-36f`."""
    every = sorted(set(points))
    starts = [at for at, point in enumerate(every) if not at or every[at - 1] != point - 1]
    for start, stop in pairwise([*starts, len(every)]):
        first, last = every[start], every[stop - 1]
        yield f"{first:x}" if first == last else f"{first:x}-{last:x}"


def written() -> Iterator[str]:
    """Yield the lines of the module."""
    version = list_versions()[-1]
    yield f'"""The classes of characters that grapheme clusters are told by, of Unicode {version}.'
    yield ""
    yield "Source: GraphemeBreakProperty, emoji-data and DerivedCoreProperties of the Unicode"
    yield "Character Database, as docs/.site/clusters.py writes them; each word is a character or a"
    yield 'range.\n"""'
    yield "\nfrom typing import Final"
    for name, tables in CLASSES.items():
        pairs = chain.from_iterable(getattr(table_grapheme, table) for table in tables)
        points = chain.from_iterable(range(first, last + 1) for first, last in pairs)
        yield f'\n{name}: Final = """'
        yield fill(" ".join(ranges(points)), 100, break_on_hyphens=False)
        yield '"""'


if __name__ == "__main__":
    PAGE.write_text("\n".join(written()) + "\n", encoding="utf-8")
