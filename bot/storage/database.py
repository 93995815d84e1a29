"""One way to talk to SQLite and PostgreSQL: whole transactions, and troubles an operator can mend."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Table, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.ports import Conflict, StorageTrouble

BUSY_SECONDS = 10
"""How long a writer waits for another process's transaction; ours take milliseconds."""
CONNECTIONS = 8
"""Enough for 16 members at once on 2 cores; PostgreSQL allows 100 to all processes."""
POOL_SECONDS = 30
RACES = frozenset({"40001", "40P01"})  # PostgreSQL: serialization failure, deadlock
TAKEN_OR_GONE = frozenset({"23505", "23503"})  # PostgreSQL: unique violation, foreign key violation
DISK_FULL = "53100"

FULL = (
    "No space left for {name}. Nothing was written and nothing is lost. Free space on that disk; it goes on by itself."
)
LOCKED = "{name} has been locked by another program for too long. Nothing was written. Close the program that holds it."
UNWRITABLE = (
    "{name} cannot be opened or written. Nothing was written. "
    "Check that the disk is sound and the folder belongs to the user that runs steward."
)
DAMAGED = "{name} is damaged or no database. Nothing was written. Restore the last backup."
SENTENCES = (
    (("is full",), FULL),
    (("locked",), LOCKED),
    (("readonly", "read-only", "unable to open", "disk i/o"), UNWRITABLE),
    (("malformed", "not a database"), DAMAGED),
)
"""What SQLite says (part of it) -> what the operator reads: what, where, how to mend."""

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # a commit is on the disk before anybody is told
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # what is erased is overwritten, not only unlinked
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
)


class Database:
    """An engine with its two kinds of transaction; ``name`` is what an operator knows it by."""

    def __init__(self, url: str) -> None:
        """Make the engine; nothing is opened or created yet."""
        parsed = make_url(url)
        self.path = file_of(parsed)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self.name = str(self.path) if self.path else parsed.render_as_string(hide_password=True)
        self.engine = _engine(parsed, sqlite_rules=self.is_sqlite)
        self._writes = self.engine.execution_options(writes=True)
        # SQLite lets one writer in at a time; waiting here is fair, its own waiting polls.
        self._one_writer = asyncio.Semaphore(1 if self.is_sqlite else CONNECTIONS)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that is committed whole at the end, or not at all.

        Raises ``Conflict`` when another transaction was first, ``StorageTrouble`` when the
        database cannot keep it.
        """
        async with self._one_writer:
            with translated(self.name):
                async with self._writes.begin() as connection:
                    yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that sees committed data only; raises ``StorageTrouble``."""
        with translated(self.name):
            async with self.engine.connect() as connection:
                yield connection

    async def empty_journal(self) -> None:
        """Write SQLite's journal back and empty it; left alone where somebody is reading."""
        if not self.is_sqlite:
            return
        with translated(self.name):
            async with self.engine.execution_options(bare=True).connect() as connection:
                await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


def file_of(url: URL) -> Path | None:
    """Return the SQLite file of an address, or None for a server."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database)


def make_private(path: Path) -> None:
    """Make sure a database file exists and only its owner can read it (folder 700 if new, file 600)."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        path.chmod(0o600)
    except OSError:
        raise StorageTrouble(UNWRITABLE.format(name=path)) from None


@contextmanager
def run_lock(database_url: str) -> Iterator[None]:
    """Hold the right to run on a SQLite file; raise ``StorageTrouble`` if another process has it.

    On PostgreSQL any number of processes may run, so nothing is held.
    """
    path = file_of(make_url(database_url))
    if path is None:
        yield
        return
    make_private(path)
    lock = FileLock(f"{path}.run.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        message = (
            f"Another steward is already running on {path}. Stop it first, or use PostgreSQL to run more than one."
        )
        raise StorageTrouble(message) from None
    try:
        yield
    finally:
        lock.release()


def insert_new(connection: AsyncConnection, table: Table) -> Any:  # noqa: ANN401 - either dialect's insert
    """Return an insert that leaves an existing row as it is; its rowcount tells which (0 or 1)."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    return dialect.insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Turn a driver's error into ours; its text may hold values, so it is dropped, not chained."""
    try:
        yield
    except (DBAPIError, PoolTimeoutError, OSError) as error:
        raise _ours(name, error) from None


def _ours(name: str, error: Exception) -> Exception:
    if not isinstance(error, DBAPIError):
        return StorageTrouble(_unreachable(name))
    state = getattr(error.orig, "sqlstate", None)
    if state in RACES or (isinstance(error, IntegrityError) and _lost_race(state, error)):
        return Conflict()
    # SQLite's own sentences hold no values (sqlite3_errstr); they are matched, never shown.
    said = "is full" if state == DISK_FULL else str(error.orig).lower() if state is None else ""
    for signs, sentence in SENTENCES:
        if any(sign in said for sign in signs):
            return StorageTrouble(sentence.format(name=name))
    if error.connection_invalidated or isinstance(error, (OperationalError, InterfaceError)):
        return StorageTrouble(_unreachable(name))
    # Anything else is a mistake of ours: its kind is enough to find it, its text stays out.
    return StorageTrouble(
        f"{name} refused a statement ({type(error.orig).__name__}, {state or 'no code'}). "
        "Nothing was written. Please report this."
    )


def _lost_race(state: str | None, error: IntegrityError) -> bool:
    """Whether a constraint failed because somebody else was first; any other is our mistake."""
    said = str(error.orig) if state is None else ""
    return state in TAKEN_OR_GONE or "UNIQUE" in said or "FOREIGN KEY" in said


def _unreachable(name: str) -> str:
    return (
        f"No connection to {name}. Nothing was written. "
        "Check that the database runs and the address is right; it goes on by itself."
    )


def _engine(url: URL, *, sqlite_rules: bool) -> AsyncEngine:
    engine = create_async_engine(
        url,
        hide_parameters=True,
        pool_size=CONNECTIONS,
        max_overflow=CONNECTIONS,
        pool_timeout=POOL_SECONDS,
        pool_pre_ping=not sqlite_rules,
    )
    if sqlite_rules:
        event.listen(engine.sync_engine, "connect", _set_rules)
        event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _set_rules(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own type
    # SQLAlchemy's recipe: the driver opens no transactions by itself, we do.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    # A deferred transaction that turns writer later can fail half-way; IMMEDIATE waits its turn.
    options = connection.get_execution_options()
    if options.get("bare"):
        return
    writes = options.get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
