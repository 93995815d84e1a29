"""Finds the case a report belongs to, or opens one under a number never given before; takes, sets and closes cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Integer, String, cast, func, select, update
from uuid6 import uuid7

from bot.records import CaseCard
from bot.storage import schema
from bot.storage.cards import Row, cards
from bot.storage.database import insert_new

LAST_CASE = "last case"
"""The row of the house that counts cases on, whatever is erased: cards and the audit name erased cases too."""
IMPORT = "import"
"""The kind of a closed case that holds the reports of one imported file; it is in no list and opens for nobody."""
COUNTED_ON = cast(cast(schema.house.c.value, Integer) + 1, String)
OPENED_AGAIN: dict[str, Any] = {"status": "open", "closed": None, "closed_reason": None, "taken_by": None}
"""What a closed case loses: the sweep counts 12 months from ``closed``, and only of a case that is."""
NEXT_NUMBER = (
    update(schema.house).where(schema.house.c.key == LAST_CASE).values(value=COUNTED_ON).returning(schema.house.c.value)
)
"""Locks the row until commit, so that two processes never take the same number."""


def begin_counting(connection: Connection) -> None:
    """Begin at zero, once for an installation."""
    connection.execute(insert_new(connection, schema.house), {"key": LAST_CASE, "value": "0"})


def known_case(connection: Connection, items: Sequence[str], *, urgent: bool) -> Row | None:
    """Return the case of the first item that has one, opened again if it was closed."""
    case = schema.case_
    query = select(case.c.item, case.c.id, case.c.status).where(case.c.item.in_(items))
    known = {row["item"]: row for row in connection.execute(query).mappings()}
    found = next((known[item] for item in items if item in known), None)
    changes: dict[str, Any] = {"urgent": True} if urgent else {}
    if found is not None and found["status"] == "closed":
        changes |= OPENED_AGAIN
    if found is not None and changes:
        connection.execute(update(case).where(case.c.id == found["id"]).values(changes))
    return found


def new_case(connection: Connection, now: datetime, kind: str, items: Sequence[str], *, urgent: bool) -> Row:
    """Open a case under the next number."""
    row: dict[str, Any] = {"id": str(uuid7()), "number": int(connection.execute(NEXT_NUMBER).scalar_one())}
    row |= {"kind": kind, "item": items[0] if items else None, "status": "open", "urgent": urgent, "opened": now}
    connection.execute(schema.case_.insert(), row)
    return row


def take(connection: Connection, number: int, officer: str) -> CaseCard:
    """Note who has taken a case, and return it; a closed one stays as it is."""
    case = schema.case_
    mine = update(case).where(case.c.number == number, case.c.status != "closed")
    connection.execute(mine.values(status="taken", taken_by=officer))
    return cards(connection, case.c.number == number)[0]


def close(connection: Connection, number: int, reason: str, now: datetime) -> CaseCard:
    """Close a case, and return it; one that is closed keeps its day and reason."""
    case = schema.case_
    done = update(case).where(case.c.number == number, case.c.status != "closed")
    connection.execute(done.values(status="closed", closed=now, closed_reason=reason))
    return cards(connection, case.c.number == number)[0]


def set_status(connection: Connection, number: int, status: str, officer: str) -> CaseCard:
    """Set a case open, taken or waiting, and return it; its reports are kept as those of a case never closed."""
    case = schema.case_
    whose = {"open": None, "taken": officer}.get(status, func.coalesce(case.c.taken_by, officer))
    values = {**OPENED_AGAIN, "status": status, "taken_by": whose}
    connection.execute(update(case).where(case.c.number == number).values(values))
    return cards(connection, case.c.number == number)[0]
