"""Changes STEWARD_KEY: every key is wrapped anew in one transaction, and nothing sealed is touched."""

from __future__ import annotations

from sqlalchemy import select, update

from bot import privacy
from bot.ports import Clock
from bot.storage.keys import CHECK, PAGE, KeyStore, data_key, house_key, unwrapped, wrapped


async def rotate(keys_url: str, old_root: bytes, new_root: bytes, clock: Clock) -> int:
    """Wrap every key under the new root and return how many; the old root opens nothing afterwards.

    Nothing else may be running: an open process still wraps new keys under the old root.
    Raises ``StorageTrouble`` when the old root does not fit.
    """
    old, new = privacy.derived(old_root, "wrap"), privacy.derived(new_root, "wrap")
    store = await KeyStore.open(keys_url, old_root, clock)
    try:
        async with store.database.writing() as connection:
            house = (await connection.execute(select(house_key))).all()
            for row in house:
                name = "check" if row.label == "check" else row.id
                key = CHECK if row.label == "check" else unwrapped(old, name, row.wrapped)
                changed = update(house_key).where(house_key.c.label == row.label)
                await connection.execute(changed.values(wrapped=wrapped(new, name, key)))
            count, after = 0, ""
            while True:
                query = select(data_key).where(data_key.c.id > after, data_key.c.wrapped.is_not(None))
                page = (await connection.execute(query.order_by(data_key.c.id).limit(PAGE))).all()
                for row in page:
                    again = wrapped(new, row.id, unwrapped(old, row.id, row.wrapped))
                    await connection.execute(update(data_key).where(data_key.c.id == row.id).values(wrapped=again))
                count += len(page)
                if len(page) < PAGE:
                    break
                after = page[-1].id
        # The journal still holds the keys as they were wrapped before.
        await store.database.empty_journal()
        return count
    finally:
        await store.close()
