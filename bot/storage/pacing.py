"""When the next bulk delivery of an adapter may go: one row each, shared by all processes (GCRA)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from bot.storage import schema
from bot.storage.database import insert_new

SLOT = timedelta(milliseconds=41)
"""From one bulk delivery to the next: 25 a second, and a millisecond more, so that a second which begins
and ends with one holds 25 and not 26. Services allow 30; the other 5 are left for replies."""
AHEAD = timedelta(milliseconds=300)
"""How far ahead slots are taken, so that a late wake-up loses none: at most 8 deliveries over all processes,
which is also what a crash can leave in doubt."""
REFILL = timedelta(milliseconds=200)
"""No more are taken while so much is: a few at a time cost less than one at a time."""

row = schema.pace


def first_slot(connection: Connection, adapter: str, now: datetime) -> datetime:
    """Return the first slot of an adapter that nobody has taken.

    The row is locked until the caller's transaction ends, so that no other process takes the same slot.
    """
    asked = select(row.c.free_at, row.c.held_until).where(row.c.adapter == adapter).with_for_update()
    found = connection.execute(asked).one_or_none()
    if found is None:
        connection.execute(insert_new(connection, row), {"adapter": adapter, "free_at": now})
        found = connection.execute(asked).one()
    first: datetime = max(found.free_at, found.held_until or now, now)
    return first


def slots(first: datetime, now: datetime) -> int:
    """Return how many slots may be taken at ``now`` when ``first`` is the first that is free."""
    return 0 if first - now > REFILL else (now + AHEAD - first) // SLOT + 1


def spend(connection: Connection, adapter: str, first: datetime, count: int) -> None:
    """Say that so many slots were taken, from ``first`` on."""
    connection.execute(update(row).where(row.c.adapter == adapter).values(free_at=first + count * SLOT))


def hold(connection: Connection, adapter: str, until: datetime) -> None:
    """Let no bulk delivery of an adapter go before then; a longer hold of before stays."""
    first = {"adapter": adapter, "free_at": until, "held_until": until}
    if connection.execute(insert_new(connection, row), first).rowcount:
        return
    shorter = row.c.held_until.is_(None) | (row.c.held_until < until)
    connection.execute(update(row).where(row.c.adapter == adapter, shorter).values(held_until=until))


def held(connection: Connection, adapter: str, now: datetime) -> datetime | None:
    """Return until when no bulk delivery of an adapter may go; None when it may."""
    until: datetime | None = connection.execute(select(row.c.held_until).where(row.c.adapter == adapter)).scalar()
    return until if until is not None and until > now else None


def next_look(connection: Connection, adapter: str, due: datetime) -> datetime:
    """Return when a bulk delivery due at ``due`` may be taken; only a look, which locks nothing."""
    found = connection.execute(select(row.c.free_at, row.c.held_until).where(row.c.adapter == adapter)).one_or_none()
    return due if found is None else max(due, found.free_at - REFILL, (found.held_until or due) - REFILL)
