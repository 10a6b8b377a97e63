"""Dask: the same over its partitions."""

from typing import Any

import narwhals as nw
import pandas as pd

from cmcore.base.values import internal
from cmcore.charters.audits.tally import Tally, summed
from cmcore.charters.charter import Charter
from cmcore.charters.context import Context
from cmcore.frames.batches import decide_eager
from cmcore.frames.count import native_pieces
from cmcore.frames.decide import Told
from cmcore.frames.intake import Asked
from cmcore.frames.parted import Counting, Deciding, refuse_looking_back
from cmcore.time.units import Every


@internal
class _Decided:
    """Decides a partition."""

    run: Deciding

    def __call__(self, part: Any) -> Any:  # noqa: ANN401 - a frame of pandas
        return decide_eager(self.run.decider(), nw.from_native(part)).to_native()


@internal
class _Counted:
    """Counts a partition."""

    run: Counting

    def __call__(self, part: Any) -> Any:  # noqa: ANN401 - a frame of pandas
        return pd.Series([self.run.tally(native_pieces(nw.from_native(part)))], dtype=object)


def decide(charter: Charter, frame: Any, asked: Asked, around: Context, told: Told) -> Any:  # noqa: ANN401 - a frame of Dask
    """Return a frame of Dask with the answers beside its rows, when Dask comes to ask for it."""
    run = _Decided(Deciding(charter, tuple(frame.columns), asked, around, told))
    return frame.map_partitions(run, meta=run(_empty(frame)))


def tally(
    charter: Charter,
    frame: Any,  # noqa: ANN401
    asked: Asked,
    around: Context,
    every: Every,
) -> Tally:
    """Return the tally of a frame of Dask, each partition counted where it is."""
    refuse_looking_back(charter)
    run = _Counted(Counting(charter, tuple(frame.columns), asked, around, every))
    nothing = run(_empty(frame))
    return summed([nothing[0], *frame.map_partitions(run, meta=(None, "object")).compute()])


def _empty(frame: Any) -> Any:  # noqa: ANN401 - a frame of pandas
    from dask.dataframe.dispatch import make_meta

    make: Any = make_meta
    return make(frame)
