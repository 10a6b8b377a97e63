"""The index of a charter, made once for it and kept with it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from cmcore.base.ledgers import kept
from cmcore.charters.charter import Charter
from cmcore.charters.index._engine import Kernel

__all__ = ["Kernel", "kernel_of"]


def kernel_of(charter: Charter) -> Kernel:
    """Return the index of a charter."""
    return kept(charter.notes, "kernel", lambda: _made(charter))


def _made(charter: Charter) -> Kernel:
    with _nothing_collected():
        return Kernel(charter)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Make many objects that stay, without looking for garbage among them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
