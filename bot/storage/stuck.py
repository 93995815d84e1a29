"""What the ledger could not send: counted and listed without a word of it, and tried again when somebody asks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, case, func, or_, select, update

from bot.records import Stuck
from bot.storage import schema
from bot.storage.database import Database
from bot.storage.threads import in_thread, one_write

OVERDUE = timedelta(hours=1)
"""A delivery due longer ago and never tried has nobody who sends it: an adapter is off."""
LISTED = 200
"""Stuck deliveries shown at once: more have one cause, which the first ones name."""
STATES = ("waiting", "sending", "sent", "cancelled", "dead", "unknown")
"""In the order of a delivery's life."""

row = schema.delivery.c


class StuckDeliveries:
    """Nothing here needs a key: what was to be said stays sealed."""

    def __init__(self, database: Database) -> None:
        """Look at the ledger of the main database."""
        self._database = database

    @in_thread
    def counts(self) -> dict[str, int]:
        """Return how many deliveries are in each state there is, in the order of a delivery's life."""
        query = select(row.state, func.count()).group_by(row.state)
        with self._database.reading() as connection:
            found = {state: int(count) for state, count in connection.execute(query)}
        return {state: found[state] for state in STATES if state in found}

    @in_thread
    def listed(self, now: datetime) -> tuple[Stuck, ...]:
        """Return what is dead, of unknown fate, tried in vain or long overdue; the newest ``LISTED``."""
        waits = and_(row.state == "waiting", or_(row.attempts > 0, row.due < now - OVERDUE))
        troubled = or_(row.state.in_(("dead", "unknown")), waits)
        query = select(row.key, row.adapter, row.state, row.attempts, row.last_error, row.due).where(troubled)
        with self._database.reading() as connection:
            found = connection.execute(query.order_by(row.due.desc(), row.key).limit(LISTED)).all()
        return tuple(Stuck(one.key.partition(":")[0], *one[1:4], one.last_error or "", one.due) for one in found)

    @one_write
    def revive(self, connection: Connection, now: datetime, states: Collection[str] = ("dead",)) -> int:
        """Let deliveries of these states whose words are kept and whose time is not over be tried again.

        Return how many. One of unknown fate may arrive twice; who asks for it has decided that.
        """
        in_time = or_(row.until.is_(None), row.until >= now)
        wanted = and_(row.state.in_(states), row.body.is_not(None), in_time)
        doubted = case((row.state == "unknown", None), else_=row.doubted)
        again = {"state": "waiting", "due": now, "attempts": 0, "ended": None, "doubted": doubted}
        return connection.execute(update(schema.delivery).where(wanted).values(**again)).rowcount
