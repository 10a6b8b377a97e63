"""The index of a charter, made once for it and kept with it."""

from cmcore.base.ledgers import built
from cmcore.charters.charter import Charter
from cmcore.charters.index._engine import Kernel

__all__ = ["Kernel", "kernel_of"]


def kernel_of(charter: Charter) -> Kernel:
    """Return the index of a charter."""
    return built(charter.notes, "kernel", lambda: Kernel(charter))
