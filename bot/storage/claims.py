"""What may be claimed from the ledger, and what a claimed row becomes: a delivery, or why it is none any more."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, exists, or_, select, update

from bot.records import Due
from bot.storage import schema
from bot.storage.bodies import unpacked
from bot.storage.keys import pages
from bot.storage.sealing import opened_text, place

OPEN = ("waiting", "sending")

row_of = schema.delivery
earlier = schema.delivery.alias("earlier")


def ready(adapters: Collection[str], *, bulk: bool) -> ColumnElement[bool]:
    """Rows that wait and have nothing open before them in their order; see ``Delivery.is_bulk``."""
    before = or_(
        earlier.c.created < row_of.c.created,
        and_(earlier.c.created == row_of.c.created, earlier.c.key < row_of.c.key),
    )
    blocked = exists().where(earlier.c.ord == row_of.c.ord, earlier.c.state.in_(OPEN), before)
    kind = and_(row_of.c.adapter.in_(adapters), row_of.c.unasked.is_(bulk))
    return and_(row_of.c.state == "waiting", kind, ~blocked)


def members(connection: Connection, ids: Collection[str], *, locked: bool = False) -> dict[str, RowMapping]:
    """Return the rows of these members who are there, by id; with ``locked`` those nobody else is changing."""
    member = schema.member
    found: dict[str, RowMapping] = {}
    for page in pages(sorted(ids)):
        query = select(member).where(member.c.id.in_(page))
        if locked:
            query = query.with_for_update(read=True, skip_locked=True)
        found |= {row["id"]: row for row in connection.execute(query).mappings()}
    return found


def remotes(connection: Connection, rows: Sequence[RowMapping]) -> dict[str | None, str | None]:
    """Return the adapter's ids of the earlier messages these rows belong to, by delivery key."""
    wanted = {row[name] for row in rows for name in ("under", "instead")} - {None}
    if not wanted:
        return {}
    found = select(row_of.c.key, row_of.c.remote_id).where(row_of.c.key.in_(wanted))
    return {row.key: row.remote_id for row in connection.execute(found)}


def due_of(
    row: RowMapping,
    member: RowMapping | None,
    keys: dict[str, bytes],
    remotes: Mapping[str | None, str | None],
    now: datetime,
) -> Due | str:
    """Return what to send, or why it must not be sent any more."""
    if row["until"] is not None and row["until"] < now:
        return "late"
    address: str | None = row["to_of"]
    if row["member"]:
        if member is None:
            return "member gone"
        if row["unasked"] and member["stopped"]:
            return "stopped"
        address = opened_text(keys, member["address"], place("member", "address", member["id"]))
    body = opened_text(keys, row["body"], place("delivery", "body", row["key"]))
    if body is None or address is None:
        return "erased"
    return Due(
        key=row["key"],
        adapter=row["adapter"],
        address=address,
        language=member["language"] if member else None,
        reply=unpacked(body.encode()),
        attempts=row["attempts"] + 1,
        repeatable=row["repeatable"],
        under=remotes.get(row["under"]),
        instead=remotes.get(row["instead"]),
        doubted=row["doubted"],
    )


def mark(connection: Connection, key: str, now: datetime, due: Due | str) -> None:
    """Note that a row is being sent, or why it is cancelled."""
    values: dict[str, Any] = {"state": "cancelled", "last_error": due, "ended": now}
    if isinstance(due, Due):
        values = {"state": "sending", "sending_since": now, "attempts": due.attempts}
    connection.execute(update(row_of).where(row_of.c.key == key).values(**values))
