"""Changes STEWARD_KEY: every key is wrapped anew in one transaction, and nothing sealed is touched."""

from __future__ import annotations

import asyncio

from sqlalchemy import Connection, select, update

from bot import privacy
from bot.ports import Clock
from bot.storage.key_schema import data_key, house_key
from bot.storage.keys import PAGE, KeyStore, unwrapped, wrapped


async def rotate(keys_url: str, old_root: bytes, new_root: bytes, clock: Clock) -> int:
    """Wrap every key under the new root and return how many; the old root opens nothing afterwards.

    Nothing else may be running: an open process still wraps new keys under the old root.
    Raises ``StorageTrouble`` when the old root does not fit.
    """
    return await asyncio.to_thread(_rotate, keys_url, old_root, new_root, clock)


def _rotate(keys_url: str, old_root: bytes, new_root: bytes, clock: Clock) -> int:
    old, new = privacy.derived(old_root, "wrap"), privacy.derived(new_root, "wrap")
    store = KeyStore.open(keys_url, old_root, clock)
    try:
        with store.database.writing() as connection:
            _rewrap_house(connection, old, new)
            count = _rewrap_data(connection, old, new)
        # The journal still holds the keys as they were wrapped before.
        store.database.empty_journal()
        return count
    finally:
        store.close()


def _rewrap_house(connection: Connection, old: bytes, new: bytes) -> None:
    for row in connection.execute(select(house_key)).all():
        name = "check" if row.label == "check" else row.id
        again = wrapped(new, name, unwrapped(old, name, row.wrapped))
        connection.execute(update(house_key).where(house_key.c.label == row.label).values(wrapped=again))


def _rewrap_data(connection: Connection, old: bytes, new: bytes) -> int:
    count, after = 0, ""
    while True:
        query = select(data_key).where(data_key.c.id > after, data_key.c.wrapped.is_not(None))
        page = connection.execute(query.order_by(data_key.c.id).limit(PAGE)).all()
        for row in page:
            again = wrapped(new, row.id, unwrapped(old, row.id, row.wrapped))
            connection.execute(update(data_key).where(data_key.c.id == row.id).values(wrapped=again))
        count += len(page)
        if len(page) < PAGE:
            return count
        after = page[-1].id
