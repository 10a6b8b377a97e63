"""A server of PostgreSQL of our own, in a folder that is thrown away, behind a socket alone."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

#: Where a distribution keeps the programs that it does not put on the path.
_ELSEWHERE: Final = "/usr/lib/postgresql"
#: Nothing here outlives its test: what a crash of the machine would lose may be lost.
_QUICK: Final = ["fsync=off", "synchronous_commit=off", "listen_addresses=", "max_connections=50"]
_LONGEST: Final = 60


class NoServerError(Exception):
    """A server that is here does not start."""


def programs() -> Path | None:
    """Return the folder with the programs of the newest server on this machine."""
    found = shutil.which("initdb")
    newest = sorted(Path(_ELSEWHERE).glob("*/bin/initdb"), key=lambda one: int(one.parts[-3]))
    many = [Path(found)] if found else newest
    return many[-1].resolve().parent if many else None


@contextmanager
def served(where: Path) -> Iterator[Callable[[str], str]]:
    """Run a server, and give what makes an empty place of a name and returns its address."""
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # sockets want it short
    told: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT}
    if os.geteuid() == 0:  # as which it refuses to run
        shutil.chown(folder, "nobody")
        told |= {"user": "nobody", "extra_groups": []}
    data = f"{folder}/data"
    make = [f"{where}/initdb", "-D", data, "-U", "desk", "-A", "trust", "-E", "UTF8", "--no-sync"]
    try:
        subprocess.run([*make, "--locale=C"], check=True, cwd=folder, **told)  # noqa: S603 - found
    except (OSError, subprocess.SubprocessError) as error:
        shutil.rmtree(folder)
        raise NoServerError(error) from None
    options = [part for one in _QUICK for part in ("-c", one)]
    run = [f"{where}/postgres", "-D", data, "-k", str(folder), *options]
    server = subprocess.Popen(run, cwd=folder, **told)  # noqa: S603
    try:
        yield lambda name: _created(f"postgresql+psycopg://desk@/postgres?host={folder}", name)
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: nothing need be kept
        server.wait(_LONGEST)
        shutil.rmtree(folder)


def _created(address: str, name: str) -> str:
    """Make a schema, once the server answers: who is given its address sees no other.

    A database for each test would be seven megabytes each to write and to throw away.
    """
    from sqlalchemy import create_engine
    from sqlalchemy.exc import OperationalError

    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    until = time.monotonic() + _LONGEST
    while True:
        try:
            with engine.connect() as db:
                db.exec_driver_sql(f"CREATE SCHEMA {name}")
            break
        except OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
    engine.dispose()
    return f"{address}&options=-csearch_path%3D{name}"
