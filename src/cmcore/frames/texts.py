"""Texts: the rows of a chunk told apart by the word lists of which their text has something.

Texts nearly all differ, and in nearly all there is nothing to find: a pattern says so of most of
them at once, and each of the others is read by itself.
"""

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cmcore.base.characters import LONGEST
from cmcore.charters.index.lexicon import Lexicon
from cmcore.frames.cells import Bools, Codes, Ints, Words
from cmcore.frames.chunks import Chunk
from cmcore.frames.groups import Part, exact

# its functions are made when it is loaded
_COMPUTE: Final[Any] = pc
#: The number of no text, and that of texts of which nothing is found.
_NO_TEXT, _NOTHING = 0, 1


def listed(name: str, lists: Lexicon) -> Part:
    """Tell apart the texts of a column by the lists of which something is found.

    Those that are blank or damaged, or that cannot be searched, are told from every other.
    """

    def codes(chunk: Chunk) -> Codes:
        cells = chunk.columns.get(name)
        if not isinstance(cells, Words):
            return exact(name)(chunk)
        is_coded = pa.types.is_dictionary(cells.array.type)
        texts = cells.array.dictionary if is_coded else cells.array
        numbers, count = _numbers(texts, lists)
        if is_coded:
            numbers = np.append(numbers, _NO_TEXT)[cells.places]
        return Codes(numbers, count).where(~cells.odd)

    return codes


def found_in(lists: Lexicon, text: object) -> frozenset[int] | None:
    """Return the numbers of the lists of which a text has something.

    None for what is no text, and where more than the lists says what is read of it.
    """
    return lists.found(text) if isinstance(text, str) and text.strip() else None


def _numbers(texts: Any, lists: Lexicon) -> tuple[Ints, int]:  # noqa: ANN401 - pyarrow ships no types
    """Return a number for each text of an array, and how many numbers there are."""
    known: dict[object, int] = {None: _NO_TEXT, frozenset(): _NOTHING}
    numbers = np.full(len(texts), _NOTHING, np.intp)
    rows = np.flatnonzero(~quiet(texts, lists))
    some = texts if len(rows) == len(texts) else texts.take(pa.array(rows))
    for row, text in zip(rows, some.to_pylist(), strict=True):
        found = found_in(lists, text)
        numbers[row] = known.setdefault(text if found is None else found, len(known))
    return numbers, len(known)


def quiet(texts: Any, lists: Lexicon) -> Bools:  # noqa: ANN401 - pyarrow ships no types
    """Say of which texts of an array it is sure at once that they hold nothing of any list."""
    pattern, kind = lists.pattern, texts.type
    if pattern is None or not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        return np.zeros(len(texts), np.bool_)
    is_long = _COMPUTE.greater(
        _COMPUTE.binary_length(_COMPUTE.ascii_trim_whitespace(texts)), LONGEST
    )
    may_hold = _COMPUTE.match_substring_regex(_COMPUTE.ascii_lower(texts), pattern)
    is_sure = _COMPUTE.and_not(_COMPUTE.and_(_COMPUTE.string_is_ascii(texts), is_long), may_hold)
    found: Bools = is_sure.fill_null(False).to_numpy(zero_copy_only=False)  # noqa: FBT003 - what nulls become
    return found
