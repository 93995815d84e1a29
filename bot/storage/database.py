"""One way to talk to SQLite and PostgreSQL: whole transactions, each in one thread from start to end."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache, partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL

from bot.ports import Conflict, StorageTrouble
from bot.storage.grouping import Body, Group, Lost, Outcome, failed, run_all
from bot.storage.troubles import UNWRITABLE, translated

P = ParamSpec("P")
T = TypeVar("T")

BUSY_SECONDS = 10
"""How long a writer waits for another process's transaction; ours take milliseconds."""
THREADS = 8
"""Enough for 16 members at once on 2 cores; PostgreSQL allows 100 to all processes."""
CONNECTIONS = 2 * THREADS
"""One for each thread of this database and of the other one: nobody waits for a connection while holding one."""
POOL_SECONDS = 30
PAUSE_SECONDS = 0.01

PRAGMAS = (
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # a commit is on the disk before anybody is told
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # what is erased is overwritten, not only unlinked
)


class Database:
    """An engine with its two kinds of transaction; ``name`` is what an operator knows it by.

    ``reading`` and ``writing`` block, and belong into a thread: ``read``, ``write`` and ``in_thread``
    bring a whole piece of work there in one step, since each step there and back costs more than a statement.
    """

    def __init__(self, url: str) -> None:
        """Make the engine; nothing is opened or created yet."""
        parsed = make_url(url)
        self.path = file_of(parsed)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self.name = str(self.path) if self.path else parsed.render_as_string(hide_password=True)
        self.engine = _engine(parsed.set(drivername="sqlite") if self.is_sqlite else parsed)
        self._writes = self.engine.execution_options(writes=True)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="storage")
        # SQLite lets one writer in at a time; its own waiting polls, so ours wait here.
        self._one_writer: AbstractContextManager[Any] = threading.Lock() if self.is_sqlite else nullcontext()
        self._group = Group(lambda bodies: self.in_thread(self._run_together, bodies)) if self.is_sqlite else None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that is committed whole at the end, or not at all.

        Raises ``Conflict`` when another transaction was first, ``StorageTrouble`` when the
        database cannot keep it.
        """
        with self._one_writer, translated(self.name), self._writes.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees committed data only; raises ``StorageTrouble``."""
        with translated(self.name), self.engine.connect() as connection:
            yield connection

    async def write(self, body: Body[T]) -> T:
        """Return what the body returned once it is durable; on SQLite it may share a transaction.

        Raises what the body raised, ``Conflict`` or ``StorageTrouble``; then nothing of it was written.
        """
        if self._group is not None:
            return await self._group.write(body)
        return await self.in_thread(self._run_whole, body)

    async def read(self, body: Body[T]) -> T:
        """Return what the body read of committed data; raises ``StorageTrouble``."""

        def run() -> T:
            with self.reading() as connection:
                return body(connection)

        return await self.in_thread(run)

    def in_thread(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> asyncio.Future[T]:
        """Do work that blocks in a thread of this database."""
        return asyncio.get_running_loop().run_in_executor(self._threads, partial(work, *args, **kwargs))

    def empty_journal(self) -> None:
        """Write SQLite's journal back and empty it; left alone where somebody is reading."""
        if not self.is_sqlite:
            return
        with translated(self.name), self.engine.execution_options(bare=True).connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let what is being written end, then close every connection."""
        self._threads.shutdown()
        self.engine.dispose()

    def _run_whole(self, body: Body[T]) -> T:
        with self.writing() as connection:
            return body(connection)

    def _run_alone(self, body: Body[Any]) -> Outcome:
        try:
            return self._run_whole(body), None
        except Exception as error:  # noqa: BLE001 - it is raised where somebody waits
            return None, error

    def _run_inside(self, connection: Connection, body: Body[Any]) -> Outcome:
        try:
            with translated(self.name):
                return body(connection), None
        except Exception as error:  # noqa: BLE001 - it is raised where somebody waits
            return None, error

    def _run_together(self, bodies: Sequence[Body[Any]]) -> list[Outcome]:
        """Write several bodies with one commit; if that cannot be kept, each of them alone."""
        has_begun = False
        try:
            if len(bodies) > 1:
                with self.writing() as connection:
                    has_begun = True
                    return run_all(connection, bodies, partial(self._run_inside, connection))
        except (Lost, Conflict):
            pass  # a constraint that is checked at commit does not say whose it was
        except StorageTrouble as trouble:
            if not has_begun:
                return failed(trouble, len(bodies))
        return [self._run_alone(body) for body in bodies]


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


def insert_new(connection: Connection, table: Table) -> Any:  # noqa: ANN401 - either dialect's insert
    """Return an insert that leaves an existing row as it is; its rowcount tells which (0 or 1)."""
    return _insert_new(connection.dialect.name, table)


@cache
def _insert_new(dialect: str, table: Table) -> Any:  # noqa: ANN401 - either dialect's insert
    # Made once for each table: SQLAlchemy finds the compiled SQL of a statement it has seen at once.
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


def _engine(url: URL) -> Engine:
    sqlite_rules = url.get_backend_name() == "sqlite"
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=THREADS,
        max_overflow=CONNECTIONS - THREADS,
        pool_timeout=POOL_SECONDS,
        pool_pre_ping=not sqlite_rules,
    )
    if sqlite_rules:
        event.listen(engine, "connect", _set_rules)
        event.listen(engine, "begin", _begin)
    return engine


def _set_rules(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own type
    # SQLAlchemy's recipe: the driver opens no transactions by itself, we do.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        _patiently(cursor, pragma)
    cursor.close()


def _patiently(cursor: sqlite3.Cursor, pragma: str) -> None:
    # Two first starts at once both turn the journal on, and there SQLite does not wait by itself.
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute(pragma)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(PAUSE_SECONDS)
        else:
            return


def _begin(connection: Connection) -> None:
    # A deferred transaction that turns writer later can fail half-way; IMMEDIATE waits its turn.
    options = connection.get_execution_options()
    if options.get("bare"):
        return
    writes = options.get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
