"""The command line: check a charter, decide an act, audit a history, compare two charters."""

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import NoReturn

from cmcore.base.errors import MissingExtraError


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command that `args` names (None: those of the process), then leave with its code.

    Raises:
        SystemExit: always.
    """
    _open_streams()
    for package in ("click", "rich"):
        try:
            import_module(package)
        except ModuleNotFoundError:
            missing = MissingExtraError(package)
            print(f"cmcore: error: {missing}", file=sys.stderr)  # noqa: T201 - rich may be missing
            sys.exit(2)
    from cmcore.cli.app import app

    with _tidy_when_told_to_stop():
        app.main(args, prog_name="cmcore")


@contextmanager
def _tidy_when_told_to_stop() -> Iterator[None]:
    """Have a polite signal to stop end the process as an error would: nothing half done is left."""
    is_main = threading.current_thread() is threading.main_thread()  # others get no signals
    before = signal.signal(signal.SIGTERM, _stop) if is_main else None
    try:
        yield
    finally:
        if is_main:
            signal.signal(signal.SIGTERM, before)


def _stop(number: int, _: object) -> NoReturn:
    sys.exit(128 + number)


def _open_streams() -> None:
    """Give the process the streams that it was started without."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123, SIM115 - for good
            setattr(sys, name, stream)
