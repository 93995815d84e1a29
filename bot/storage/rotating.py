"""Changes STEWARD_KEY: every key is wrapped anew in one transaction, and nothing sealed is touched."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import privacy
from bot.ports import Clock
from bot.storage.keys import PAGE, KeyStore, data_key, house_key, unwrapped, wrapped


async def rotate(keys_url: str, old_root: bytes, new_root: bytes, clock: Clock) -> int:
    """Wrap every key under the new root and return how many; the old root opens nothing afterwards.

    Nothing else may be running: an open process still wraps new keys under the old root.
    Raises ``StorageTrouble`` when the old root does not fit.
    """
    old, new = privacy.derived(old_root, "wrap"), privacy.derived(new_root, "wrap")
    store = await KeyStore.open(keys_url, old_root, clock)
    try:
        async with store.database.writing() as connection:
            await _rewrap_house(connection, old, new)
            count = await _rewrap_data(connection, old, new)
        # The journal still holds the keys as they were wrapped before.
        await store.database.empty_journal()
        return count
    finally:
        await store.close()


async def _rewrap_house(connection: AsyncConnection, old: bytes, new: bytes) -> None:
    for row in (await connection.execute(select(house_key))).all():
        name = "check" if row.label == "check" else row.id
        again = wrapped(new, name, unwrapped(old, name, row.wrapped))
        await connection.execute(update(house_key).where(house_key.c.label == row.label).values(wrapped=again))


async def _rewrap_data(connection: AsyncConnection, old: bytes, new: bytes) -> int:
    count, after = 0, ""
    while True:
        query = select(data_key).where(data_key.c.id > after, data_key.c.wrapped.is_not(None))
        page = (await connection.execute(query.order_by(data_key.c.id).limit(PAGE))).all()
        for row in page:
            again = wrapped(new, row.id, unwrapped(old, row.id, row.wrapped))
            await connection.execute(update(data_key).where(data_key.c.id == row.id).values(wrapped=again))
        count += len(page)
        if len(page) < PAGE:
            return count
        after = page[-1].id
