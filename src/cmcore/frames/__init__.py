"""Frames: many rows decided and audited at once, from tables of any kind.

What does the work is imported when it is used, since it comes with an extra.
"""

from collections.abc import Mapping
from typing import Final, TypeVar

from cmcore.foundation.errors import MissingExtraError
from cmcore.nouns.charter import Charter
from cmcore.nouns.context import Context

_F = TypeVar("_F")
_PACKAGES: Final = ("narwhals", "numpy", "pyarrow")


def need(extra: str, *packages: str) -> None:
    """Check that packages are installed.

    Raises:
        MissingExtraError: when one of them is not.
    """
    from importlib import import_module

    for package in packages:
        try:
            import_module(package)
        except ImportError:
            raise MissingExtraError(package, extra) from None


def decide_frame(
    charter: Charter,
    frame: _F,
    *,
    columns: Mapping[str, str] | None = None,
    context: Context | None = None,
    explain: bool = False,
) -> _F:
    """Decide every row of a frame, and return the frame with the answers beside its rows.

    The columns are those of a history, each called as its fact is; `columns` names, by fact, those
    that are called otherwise. Nulls are not known, and neither is what no column gives; `context`
    stands for what is the same around every row. A value that does not fit its fact counts as not
    known. Instants are read in UTC, to the microsecond.

    The columns added are `outcome`, `circuits` and `rules` (those that determine the outcome), and
    with `explain` also `unknowns`: the facts for want of which it is not covered.

    Raises:
        InvalidError: with every column that cannot hold its fact.
        MissingExtraError: when narwhals, numpy or pyarrow is not installed.
    """
    need("frames", *_PACKAGES)
    from cmcore.frames.tables import decide_any

    decided: _F = decide_any(charter, frame, columns, context or Context(), explain=explain)
    return decided
