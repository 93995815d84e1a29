"""The key store: a database of its own, without which nothing sealed can be read by anybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import (
    Connection,
    delete,
    func,
    select,
    text,
    update,
)
from uuid6 import uuid7

from bot import privacy
from bot.ports import Clock, Conflict, StorageTrouble
from bot.storage.database import Database, insert_new, make_private
from bot.storage.key_schema import WRAPPED, data_key, house_key, keeping, metadata

HOUSE_LABELS: Final = ("identity", "index", "receipt", "ledger")
CHECK = b"STEWARD_KEY fits"
PAGE = 500
"""Ids asked for in one statement; SQLite takes 32,766 and PostgreSQL 65,535 at most."""
LOCK = 0x57E3A2D1  # PostgreSQL's advisory lock for making the tables: any number, but always this
NOBODY = str(UUID(int=0))


class KeyStore:
    """Keys by id. House keys are held while open; data keys are unwrapped for one call only."""

    def __init__(self, database: Database, wrap: bytes, clock: Clock) -> None:
        """Use ``open``; this only remembers where things are."""
        self.database = database
        self._wrap = wrap
        self._clock = clock
        self._house: dict[str, tuple[str, bytes]] = {}
        self.id = ""

    @classmethod
    def open(cls, url: str, root: bytes, clock: Clock) -> KeyStore:
        """Open the store, making it and the house keys at first start.

        Raises ``StorageTrouble`` when STEWARD_KEY is not the one this store was made with.
        """
        database = Database(url)
        if database.path is not None:
            make_private(database.path)
        store = cls(database, privacy.derived(root, "wrap"), clock)
        try:
            with database.writing() as connection:
                _make_tables(connection)
                store._check(connection)
                store._load_house(connection, root)
        except BaseException:
            database.close()
            raise
        return store

    def house(self, label: str) -> bytes:
        """Return a house key: identity, index, receipt or ledger."""
        return self._house[label][1]

    def house_id(self, label: str) -> str:
        """Return the id a house key is named by in what it seals."""
        return self._house[label][0]

    def make(self, wanted: Mapping[str, str]) -> dict[str, bytes]:
        """Make a data key for each id (id -> kind) and return them once they are durable."""
        with self.database.writing() as connection:
            return self.make_in(connection, wanted)

    def make_in(self, connection: Connection, wanted: Mapping[str, str]) -> dict[str, bytes]:
        """Make a data key for each id (id -> kind) in the caller's transaction.

        A key left by an earlier try of the same turn is used again. Raises ``Conflict`` when one
        of the ids was erased.
        """
        keys = {key_id: privacy.new_key() for key_id in wanted}
        if not keys:
            return keys
        now = self._clock()
        rows = [
            {"id": key_id, "kind": wanted[key_id], "wrapped": self._wrapped(key_id, key), "created": now}
            for key_id, key in keys.items()
        ]
        if connection.execute(insert_new(connection, data_key), rows).rowcount == len(rows):
            return keys
        found = self.fetch_from(connection, keys)
        if len(found) < len(keys):
            raise Conflict
        return found

    def fetch(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Return the data keys that exist; an id that is left out has been erased."""
        wanted = list(ids)
        if not wanted:
            return {}
        with self.database.reading() as connection:
            return self.fetch_from(connection, wanted)

    def fetch_from(self, connection: Connection, ids: Iterable[str]) -> dict[str, bytes]:
        """Return the data keys that exist, as the caller's transaction sees them."""
        found: dict[str, bytes] = {}
        for page in pages(ids):
            for key_id, sealed in connection.execute(WRAPPED, {"ids": page}):
                if sealed is not None:
                    found[key_id] = self._unwrapped(key_id, sealed)
        return found

    def states(self, ids: Iterable[str]) -> dict[str, str]:
        """Return what became of each id that is known: ``live`` or ``faded``."""
        found: dict[str, str] = {}
        with self.database.reading() as connection:
            for page in pages(ids):
                query = select(data_key.c.id, data_key.c.wrapped.is_(None)).where(data_key.c.id.in_(page))
                for key_id, is_faded in connection.execute(query):
                    found[key_id] = "faded" if is_faded else "live"
        return found

    def erase(self, forgotten: Iterable[str], faded: Iterable[str] = ()) -> None:
        """Erase keys for good; faded ones leave a mark that their statistics may stay."""
        with self.database.writing() as connection:
            for page in pages(forgotten):
                connection.execute(delete(data_key).where(data_key.c.id.in_(page)))
            for page in pages(faded):
                blank = update(data_key).where(data_key.c.id.in_(page)).values(wrapped=None)
                connection.execute(blank)
        # The journal still holds the pages as they were; empty it as well.
        self.database.empty_journal()

    def counter(self) -> int:
        """Return how many erasures this store has carried out."""
        with self.database.reading() as connection:
            query = select(keeping.c.number).where(keeping.c.key == "erasures")
            return connection.execute(query).scalar() or 0

    def raise_counter(self, to: int) -> None:
        """Raise the erasure counter; it never goes down."""
        with self.database.writing() as connection:
            counter = keeping.c.key == "erasures", keeping.c.number < to
            connection.execute(update(keeping).where(*counter).values(number=to))

    def made_between(self, since: datetime | None, until: datetime, after: str) -> list[str]:
        """Return a page of key ids made in [since, until), in order, from the one after ``after`` on."""
        query = select(data_key.c.id).where(data_key.c.created < until, data_key.c.id > after)
        if since is not None:
            query = query.where(data_key.c.created >= since)
        with self.database.reading() as connection:
            return list(connection.execute(query.order_by(data_key.c.id).limit(PAGE)).scalars())

    def close(self) -> None:
        """Close the database and drop the house keys."""
        self._house.clear()
        self.database.close()

    def _wrapped(self, key_id: str, key: bytes) -> bytes:
        return wrapped(self._wrap, key_id, key)

    def _unwrapped(self, key_id: str, sealed: bytes) -> bytes:
        try:
            return unwrapped(self._wrap, key_id, sealed)
        except privacy.Unreadable:
            raise self._damaged() from None

    def _damaged(self) -> StorageTrouble:
        return StorageTrouble(f"{self.database.name} is damaged. Restore its last backup.")

    def _check(self, connection: Connection) -> None:
        check = connection.execute(select(house_key).where(house_key.c.label == "check")).first()
        if check is None:
            if connection.execute(select(func.count()).select_from(data_key)).scalar():
                raise self._damaged()
            mark = self._wrapped("check", CHECK)
            connection.execute(house_key.insert().values(label="check", id=NOBODY, wrapped=mark))
            return
        try:
            unwrapped(self._wrap, "check", check.wrapped)
        except privacy.Unreadable:
            message = (
                f"STEWARD_KEY does not fit {self.database.name}, so nothing can be read. "
                "Use the key this installation was made with."
            )
            raise StorageTrouble(message) from None

    def _load_house(self, connection: Connection, root: bytes) -> None:
        stored = {row.label: row for row in connection.execute(select(house_key))}
        for label in HOUSE_LABELS:
            if label in stored:
                row = stored[label]
                self._house[label] = (row.id, self._unwrapped(row.id, row.wrapped))
                continue
            key_id = str(uuid7())
            # Kept wrapped like the others, so that receipts outlive a change of STEWARD_KEY.
            key = privacy.derived(root, label) if label == "receipt" else privacy.new_key()
            fresh = {"label": label, "id": key_id, "wrapped": self._wrapped(key_id, key)}
            connection.execute(house_key.insert().values(**fresh))
            self._house[label] = (key_id, key)
        connection.execute(insert_new(connection, keeping).values(key="id", text=str(uuid7())))
        connection.execute(insert_new(connection, keeping).values(key="erasures", number=0))
        query = select(keeping.c.text).where(keeping.c.key == "id")
        self.id = connection.execute(query).scalar_one()


def wrapped(wrap: bytes, name: str, key: bytes) -> bytes:
    """Return a key sealed under the wrapping key, bound to its own name."""
    return privacy.seal(wrap, NOBODY, key, f"key/{name}")


def unwrapped(wrap: bytes, name: str, sealed: bytes) -> bytes:
    """Return a key that ``wrapped`` sealed; raise ``Unreadable`` under another wrapping key."""
    return privacy.unseal(wrap, sealed, f"key/{name}")


def _make_tables(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    metadata.create_all(connection)


def pages(ids: Iterable[str]) -> list[list[str]]:
    """Return the ids in pieces that fit one statement."""
    every = list(ids)
    return [every[start : start + PAGE] for start in range(0, len(every), PAGE)]
