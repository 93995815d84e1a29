"""Looks reports up by their receipts, and counts wrong tries, so that nobody can guess one."""

from __future__ import annotations

import hmac
from datetime import datetime

from pydantic import JsonValue
from sqlalchemy import ColumnElement, Connection, delete, select, update
from uuid6 import uuid7

from bot.ports import Conflict
from bot.privacy import KEEP_WRONG_TRY, keyed_hash
from bot.records import FoundReport, LookedUp
from bot.storage import schema
from bot.storage.coming_of import outcomes_of
from bot.storage.keys import KeyStore

WRONG_OF_ONE = 5
"""Wrong tries of one member in an hour (PRODUCT section 3): more than slips of the keyboard need."""
WRONG_IN_ALL = 100
"""Wrong tries of all members in an hour: of 2**43 pairs a century tries the hundred-thousandth part."""
NO_WORD = "-"
"""Compared where no report has the code, so that both wrong ways take the same steps."""


def hashes(store: KeyStore, code: str, word: str) -> tuple[str, str]:
    """Return what a receipt's code and its second word are kept as."""
    key = store.house("receipt")
    return keyed_hash(key, "receipt", code), keyed_hash(key, "word", code, word)


def look_up(connection: Connection, marks: tuple[str, str], member: str, now: datetime) -> LookedUp:
    """Return the report of a code and its word (as hashes), unless too many tries were wrong."""
    until = closed_until(connection, member, now)
    if until is not None:
        return LookedUp(until=until)
    report, case = schema.report, schema.case_
    columns = (report.c.id, report.c.at, report.c.kind, report.c.platform, report.c.word_hash, case.c.status)
    query = select(*columns).join(case, case.c.id == report.c.case_id).where(report.c.receipt_hash == marks[0])
    row = connection.execute(query).first()
    is_right = hmac.compare_digest((row.word_hash if row else None) or NO_WORD, marks[1])
    if row is None or not is_right:
        return LookedUp()
    kind = schema.report_kind
    kinds = connection.execute(select(kind.c.kind).where(kind.c.report == row.id).order_by(kind.c.kind)).scalars()
    came_of = outcomes_of(connection, [row.id])[row.id]
    found = FoundReport(row.id, row.at, row.kind, row.platform, tuple(kinds), row.status, came_of)
    return LookedUp(found)


def note_try(connection: Connection, member: str, now: datetime, *, is_wrong: bool) -> None:
    """Count a wrong try; raise ``Conflict`` when meanwhile too many others were wrong, so that nothing is told."""
    house, table = schema.house, schema.wrong_try
    # Whoever tries waits for whoever is trying: the count is exact, however many processes there are.
    connection.execute(select(house.c.value).where(house.c.key == "since").with_for_update())
    if closed_until(connection, member, now) is not None:
        raise Conflict
    connection.execute(delete(table).where(table.c.at <= now - KEEP_WRONG_TRY))
    if is_wrong:
        connection.execute(table.insert(), {"id": str(uuid7()), "member": member, "at": now})


def closed_until(connection: Connection, member: str, now: datetime) -> datetime | None:
    """Return when a receipt may be tried again; None while it may."""
    table = schema.wrong_try
    limits: tuple[tuple[int, tuple[ColumnElement[bool], ...]], ...]
    limits = ((WRONG_OF_ONE, (table.c.member == member,)), (WRONG_IN_ALL, ()))
    waits = []
    for limit, whose in limits:
        recent = select(table.c.at).where(*whose, table.c.at > now - KEEP_WRONG_TRY)
        oldest = connection.execute(recent.order_by(table.c.at.desc()).offset(limit - 1).limit(1)).scalar()
        if oldest is not None:
            waits.append(oldest + KEEP_WRONG_TRY)
    return max(waits, default=None)


def own_tries(connection: Connection, member: str) -> list[JsonValue]:
    """Return when a member tried a receipt that was wrong, for ``/mydata``."""
    table = schema.wrong_try
    times = connection.execute(select(table.c.at).where(table.c.member == member).order_by(table.c.at)).scalars()
    return [at.isoformat() for at in times]


def forget_tries(connection: Connection, member: str) -> None:
    """Take a member out of the tries; they still count for all together, or forgetting would open the door again."""
    table = schema.wrong_try
    connection.execute(update(table).where(table.c.member == member).values(member=None))
