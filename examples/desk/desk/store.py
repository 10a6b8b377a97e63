"""What the desk keeps. A post is its events, in order: what happened to it is never overwritten."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

import sqlalchemy as sa
from sqlalchemy import Column, Connection, Engine, Float, Integer, String, Table, Text
from sqlalchemy.exc import DBAPIError

_T = TypeVar("_T")
_META: Final = sa.MetaData()

CHARTERS: Final = Table(
    "charters", _META, Column("digest", String(64), primary_key=True), Column("packed", Text)
)
PEOPLE: Final = Table(
    "people", _META, Column("member", String(200), primary_key=True), Column("password", Text)
)
SESSIONS: Final = Table(
    "sessions", _META,
    Column("token", String(64), primary_key=True),  # its digest: who reads the table enters nowhere
    Column("member", String(200)), Column("csrf", String(64)), Column("until", Float),
)  # fmt: skip
#: The tries of passwords that were not right, or are not answered yet.
TRIES: Final = Table(
    "tries", _META, Column("id", String(32), primary_key=True),
    Column("whose", String(300), index=True), Column("at", Float),
)  # fmt: skip
#: The first event of a post is its decision where it was covered, and else its review as it was
#: opened. That two people cannot both write the next event is the work of the primary key.
EVENTS: Final = Table(
    "events", _META,
    Column("post", String(64), primary_key=True), Column("number", Integer, primary_key=True),
    Column("kind", String(20), index=True), Column("packed", Text),
)  # fmt: skip
#: What goes out, in the transaction that lets it out: whatever publishes takes it from here.
SENT: Final = Table(
    "sent", _META, Column("post", String(64), primary_key=True),
    Column("at", Float, index=True), Column("digest", String(64)), Column("packed", Text),
)  # fmt: skip
#: What the word list said of each content of a post, beside what people said: the last counts.
_CALLED = [Column("number", Integer, primary_key=True), Column("post", String(64), index=True)]
CALLED: Final = Table("called", _META, *_CALLED, Column("packed", Text))
LOG: Final = Table("log", _META, Column("number", Integer, primary_key=True), Column("line", Text))

#: How a transaction begins that writes, one at a time, and one that reads a single state.
_BEGINS: Final = {
    "sqlite": ("BEGIN IMMEDIATE", "BEGIN"),
    "postgresql": (
        "SELECT pg_advisory_xact_lock(1302)",
        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
    ),
}


class Store:
    """A database: SQLite, or PostgreSQL by its address."""

    TRIES: Final = 5
    CONNECTIONS: Final = 8

    def __init__(self, url: str) -> None:
        """Open it, with its tables."""
        waits = {"timeout": 30} if url.startswith("sqlite") else {}
        self.engine = sa.create_engine(
            url, pool_size=self.CONNECTIONS, max_overflow=0, pool_timeout=10, pool_pre_ping=True,
            connect_args=waits,
        )  # fmt: skip
        _one_writer(self.engine)
        self._turn = threading.Lock()
        self.write(_META.create_all)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give one state of the database, which nobody waits for."""
        with self.engine.connect() as db:
            yield db.execution_options(desk_reads=True)

    def write(self, work: Callable[[Connection], _T]) -> _T:
        """Do work in one transaction, and again from the start if the database did not take it."""
        for turn in range(self.TRIES):
            try:
                with self._turn, self.engine.begin() as db:  # who waits holds no connection
                    return work(db)
            except DBAPIError:
                if turn == self.TRIES - 1:
                    raise
                time.sleep(0.05 * turn)
        raise AssertionError


def _one_writer(engine: Engine) -> None:
    """Let one at a time write, whatever others read, and what is written be on the disk."""
    writes, reads = _BEGINS[engine.dialect.name]

    @sa.event.listens_for(engine, "begin")
    def began(db: Connection) -> None:
        is_reading = db.get_execution_options().get("desk_reads")
        db.exec_driver_sql(reads if is_reading else writes)

    if engine.dialect.name == "sqlite":

        @sa.event.listens_for(engine, "connect")
        def opened(raw, _) -> None:  # noqa: ANN001 - of the driver
            raw.isolation_level = None
            raw.execute("PRAGMA journal_mode = WAL")
            raw.execute("PRAGMA synchronous = FULL")
