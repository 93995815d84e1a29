"""Brings stored items to the canonical form their links have now, and never joins two by itself."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from sqlalchemy import Connection, select, update

from bot.ports import Conflict
from bot.reports.links import Link
from bot.storage import schema
from bot.storage.database import Database, insert_new
from bot.storage.filing import link_hash
from bot.storage.keys import KeyStore
from bot.storage.sealing import opened_json, place

PAGE = 500
"""Items of one transaction: reports that are being sent wait no longer than this takes, some 100 ms."""
TRIES = 5
RULES = "link_rules"
"""Under this key the house remembers which rules its items were last gone through with."""


async def rehash(database: Database, store: KeyStore, read: Callable[[str], Link | None], mark: str) -> int:
    """Give every item the hash its link has by the rules of this mark, and return how many changed.

    An item whose new hash another one has already stays as it is: officers merge, never we.
    Rules that were gone through once are not gone through again; stopped in between, they are.
    """
    if await database.read(_last) == mark:
        return 0
    changed, after = 0, ""
    while True:
        start = after

        def page(connection: Connection, start: str = start) -> tuple[int, str]:
            return _page(connection, store, read, start)

        count, after = await _written(database, page)
        changed += count
        if not after:
            await database.write(lambda connection: _remember(connection, mark))
            return changed


async def _written(database: Database, page: Callable[[Connection], tuple[int, str]]) -> tuple[int, str]:
    """Write a page; where a report of the same link was filed meanwhile, look again."""
    for _ in range(TRIES - 1):
        with suppress(Conflict):
            return await database.write(page)
    return await database.write(page)


def _last(connection: Connection) -> str | None:
    house = schema.house
    found: str | None = connection.execute(select(house.c.value).where(house.c.key == RULES)).scalar()
    return found


def _remember(connection: Connection, mark: str) -> None:
    house = schema.house
    connection.execute(insert_new(connection, house), {"key": RULES, "value": mark})
    connection.execute(update(house).where(house.c.key == RULES).values(value=mark))


def _page(connection: Connection, store: KeyStore, read: Callable[[str], Link | None], after: str) -> tuple[int, str]:
    """Return how many items of this page changed, and the last one's id, empty at the end."""
    item = schema.item
    query = select(item.c.id, item.c.link_hash, item.c.sealed)
    query = query.where(item.c.id > after, item.c.link_hash.is_not(None), item.c.sealed.is_not(None))
    rows = connection.execute(query.order_by(item.c.id).limit(PAGE)).all()
    keys = store.fetch([row.id for row in rows])
    wanted: dict[str, tuple[str, Link]] = {}
    for row in rows:
        body = opened_json(keys, row.sealed, place("item", "sealed", row.id))
        link = read(str(body["link"])) if body is not None else None
        if link is not None and (mark := link_hash(store, link)) != row.link_hash:
            wanted.setdefault(mark, (row.id, link))
    taken = set(connection.execute(select(item.c.link_hash).where(item.c.link_hash.in_(wanted))).scalars())
    free = {mark: found for mark, found in wanted.items() if mark not in taken}
    for mark, (identity, link) in free.items():
        new = {"link_hash": mark, "posted": link.posted} if link.posted else {"link_hash": mark}
        connection.execute(update(item).where(item.c.id == identity).values(**new))
    return len(free), rows[-1].id if len(rows) == PAGE else ""
