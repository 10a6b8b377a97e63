"""Parts of a table that several machines hold: decided and counted each by itself, in Arrow."""

import pickle
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa

from cmcore.base.errors import refuse
from cmcore.base.values import internal
from cmcore.charters.audits.tally import Tally
from cmcore.charters.charter import Charter
from cmcore.charters.context import Context
from cmcore.frames.batches import Decider, decide_batch, decider
from cmcore.frames.count import (
    Counter,
    Piece,
    arrow_pieces,
    counting_plan,
    id_column,
    tally_pieces,
)
from cmcore.frames.decide import Told
from cmcore.frames.intake import Asked, Intake, intake
from cmcore.time.units import Every

#: What a tally travels as.
TALLIES: Any = pa.schema([("tally", pa.binary())])


@internal
class Deciding:
    """Decides the batches of a part; it may be sent to other machines."""

    charter: Charter
    names: tuple[str, ...]
    asked: Asked
    around: Context
    told: Told

    def decider(self) -> Decider:
        """Return what decides, made again on each machine."""
        return decider(self.charter, list(self.names), self.asked, self.around, self.told)

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Yield the batches with the answers beside their rows, the outcome as plain strings."""
        made = self.decider()
        for batch in named(batches, self.names):
            found = decide_batch(made, batch)
            place = found.schema.get_field_index("outcome")
            outcome = found.column(place).cast(pa.string())
            yield found.set_column(place, "outcome", outcome)


@internal
class Counting:
    """Counts the batches of a part; it may be sent to other machines."""

    charter: Charter
    names: tuple[str, ...]
    asked: Asked
    around: Context
    every: Every

    def intake(self) -> Intake:
        """Return which column of a part holds each fact."""
        return intake(self.charter, self.names, self.asked)

    def tally(self, pieces: Iterable[Piece]) -> Tally:
        """Return the tally of the pieces of a part."""
        ids, plan = id_column(self.names), counting_plan(self.charter, self.around)
        count = Counter(plan, self.intake(), self.every, ids)
        return tally_pieces(count, pieces, self.around)

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Yield one batch of one row: the tally of a part."""
        counted = pickle.dumps(self.tally(arrow_pieces(named(batches, self.names))))
        yield pa.record_batch([pa.array([counted])], schema=TALLIES)


def named(batches: Iterable[Any], names: Sequence[str]) -> Iterator[Any]:
    """Yield the batches with their columns under the names they have where they come from."""
    return (pa.RecordBatch.from_arrays(batch.columns, list(names)) for batch in batches)


def refuse_looking_back(charter: Charter) -> None:
    """Refuse to count apart what a charter counts together.

    Raises:
        InvalidError: when the charter counts earlier acts, which another part may hold.
    """
    if charter.lookback:
        raise refuse("looks-back", charter=charter.id)
