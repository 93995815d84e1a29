"""Erases for good: the rows in one transaction, then the keys, and again after a restored backup."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, case, cast, delete, exists, select, update
from sqlalchemy import Integer as SqlInteger
from sqlalchemy import String as SqlString

from bot.privacy import KEEP_ORPHAN_KEY, keyed_hash
from bot.storage import schema
from bot.storage.database import Database, insert_new
from bot.storage.keys import PAGE, KeyStore, pages
from bot.storage.receipts import forget_tries

COUNTER = "erasures"
NOT_ARRIVED = ("waiting", "dead", "unknown", "cancelled")
OF_REPORT = (schema.news, schema.told, schema.check_in, schema.named)  # no statistics need them


def forget(connection: Connection, store: KeyStore, member: str) -> None:
    """Delete everything of one member from all tables and note the keys to erase."""
    report = schema.report
    mine = list(connection.execute(select(report.c.id).where(report.c.member == member)).scalars())
    row = schema.member
    own = list(connection.execute(select(row.c.key).where(row.c.id == member)).scalars())
    items = erase_reports(connection, mine)
    _erase_tallies(connection, store, member)
    forget_tries(connection, member)
    for table in (schema.conversation, schema.question, schema.delivery, schema.seen):
        connection.execute(delete(table).where(table.c.member == member))
    connection.execute(delete(row).where(row.c.id == member))
    note(connection, [*own, *mine, *items])


def erase_reports(connection: Connection, reports: Collection[str]) -> list[str]:
    """Delete reports with the cases and items only they had; return the items' ids."""
    report, case_, link = schema.report, schema.case_, schema.report_item
    items: set[str] = set()
    cases: set[str] = set()
    for page in pages(reports):
        of_items, of_cases = select(link.c.item).where(link.c.report.in_(page)), select(report.c.case_id)
        items |= set(connection.execute(of_items).scalars())
        cases |= set(connection.execute(of_cases.where(report.c.id.in_(page))).scalars())
    hold_items(connection, items)
    for page in pages(reports):
        _cancel_posts(connection, page)
        for table in (*OF_REPORT, schema.outcome, schema.report_kind, link):
            connection.execute(delete(table).where(table.c.report.in_(page)))
        connection.execute(delete(report).where(report.c.id.in_(page)))
    for page in pages(sorted(cases)):
        empty = case_.c.id.in_(page), ~exists().where(report.c.case_id == case_.c.id)
        gone = list(connection.execute(select(case_.c.id).where(*empty)).scalars())
        _cancel_posts(connection, gone)
        connection.execute(delete(case_).where(case_.c.id.in_(gone)))
    erased: list[str] = []
    for page in pages(sorted(items)):
        erased += erase_lonely_items(connection, page)
    return erased


def hold_items(connection: Connection, items: Collection[str]) -> None:
    """Lock items as filing does, first and in one order: whoever joins one now has joined or waits."""
    item = schema.item
    for page in pages(sorted(items)):
        held = select(item.c.id).where(item.c.id.in_(page)).order_by(item.c.link_hash).with_for_update()
        connection.execute(held)


def erase_lonely_items(connection: Connection, page: list[str]) -> list[str]:
    """Delete those of a page of items that no report names any more; return their ids."""
    item, link = schema.item, schema.report_item
    alone = item.c.id.in_(page), ~exists().where(link.c.item == item.c.id)
    gone = list(connection.execute(select(item.c.id).where(*alone)).scalars())
    connection.execute(update(schema.case_).where(schema.case_.c.item.in_(gone)).values(item=None))
    of_item = schema.outcome.c.item.in_(gone)
    connection.execute(delete(schema.outcome).where(of_item, schema.outcome.c.report.is_(None)))
    connection.execute(update(schema.outcome).where(of_item).values(item=None))
    connection.execute(delete(item).where(item.c.id.in_(gone)))
    return gone


def _cancel_posts(connection: Connection, ids: list[str]) -> None:
    """Delete what did not reach the officers about reports or cases that are no more: it could be tried again."""
    row = schema.delivery
    for one in ids:
        about = row.c.state.in_(NOT_ARRIVED), row.c.member.is_(None), row.c.key.contains(one, autoescape=True)
        connection.execute(delete(row).where(*about))


def cancel_for_member(connection: Connection, member: str, report: str) -> None:
    """Delete what waits to be told to a member about one report (its id stands in the key), and words already sent."""
    row = schema.delivery
    about = row.c.member == member, row.c.key.contains(report, autoescape=True)
    connection.execute(delete(row).where(*about, row.c.state.in_(NOT_ARRIVED)))
    connection.execute(update(row).where(*about).values(body=None))


def _erase_tallies(connection: Connection, store: KeyStore, member: str) -> None:
    tally = schema.tally
    for what, week in connection.execute(select(tally.c.what, tally.c.week).distinct()).all():
        mark = tally_mark(store, what, week.isoformat(), member)
        connection.execute(delete(tally).where(tally.c.what == what, tally.c.week == week, tally.c.mark == mark))


def tally_mark(store: KeyStore, what: str, week: str, member: str) -> str:
    """Return what one member counts as in one week; it cannot be joined with another week's."""
    return keyed_hash(store.house("index"), "tally", what, week, member)


def note(connection: Connection, key_ids: Collection[str], *, kind: str = "forgotten") -> None:
    """Put keys into the outbox of this transaction and raise its erasure counter."""
    erasure = schema.erasure
    for key_id in key_ids:
        connection.execute(insert_new(connection, erasure).values(id=key_id, kind=kind))
    raise_counter(connection, counter(connection) + 1)


def counter(connection: Connection) -> int:
    """Return how many erasures this database knows of."""
    house = schema.house
    value = connection.execute(select(house.c.value).where(house.c.key == COUNTER)).scalar()
    return int(value or 0)


def raise_counter(connection: Connection, to: int) -> None:
    """Set the counter to at least ``to`` and at least one more than another writer set it to."""
    house = schema.house
    connection.execute(insert_new(connection, house).values(key=COUNTER, value="0"))
    number = cast(house.c.value, SqlInteger)
    higher = case((number >= to, number + 1), else_=to)
    raised = update(house).where(house.c.key == COUNTER).values(value=cast(higher, SqlString))
    connection.execute(raised)


def empty_outbox(database: Database, store: KeyStore) -> int:
    """Erase the keys noted by committed transactions; called after commit, at open and in the sweep."""
    erasure = schema.erasure
    with database.reading() as connection:
        rows = connection.execute(select(erasure.c.id, erasure.c.kind)).all()
        reached = counter(connection)
    if not rows:
        return 0
    faded = [row.id for row in rows if row.kind == "faded"]
    store.erase([row.id for row in rows if row.kind != "faded"], faded)
    store.raise_counter(reached)
    with database.writing() as connection:
        for page in pages(row.id for row in rows):
            connection.execute(delete(erasure).where(erasure.c.id.in_(page)))
    return len(rows)


def settle(database: Database, store: KeyStore, now: datetime) -> None:
    """Make database and key store agree at open, whichever of them was restored from a backup."""
    with database.reading() as connection:
        known = counter(connection)
    carried_out = store.counter()
    if known > carried_out:
        # A crash before the keys were erased, or an older key store: keys nobody needs must go.
        erase_orphans(database, store, None, now - KEEP_ORPHAN_KEY)
        store.raise_counter(known)
    empty_outbox(database, store)
    if known < carried_out:
        _erase_restored(database, store)
        with database.writing() as connection:
            raise_counter(connection, carried_out)


def _erase_restored(database: Database, store: KeyStore) -> None:
    """Erase again what was erased after the backup that this database was restored from."""
    for row in _keyless(database, store, schema.member, schema.member.c.key):
        with database.writing() as connection:
            forget(connection, store, row.id)
    reports = _keyless(database, store, schema.report, schema.report.c.id)
    with database.writing() as connection:
        faded = [row.id for row in reports if row.state == "faded"]
        erase_reports(connection, [row.id for row in reports if row.state is None])
        blank_reports(connection, faded)
    items = _keyless(database, store, schema.item, schema.item.c.id)
    with database.writing() as connection:
        blank_items(connection, [row.id for row in items])
    empty_outbox(database, store)


class _Row:
    """A row whose data key no longer opens it; ``state`` is None or ``faded``."""

    __slots__ = ("id", "state")

    def __init__(self, row_id: str, state: str | None) -> None:
        self.id = row_id
        self.state = state


def _keyless(database: Database, store: KeyStore, table: Table, key: Any) -> list[_Row]:  # noqa: ANN401 - a column
    found: list[_Row] = []
    after = ""
    while True:
        query = select(table.c.id, key.label("key")).where(table.c.id > after).order_by(table.c.id).limit(PAGE)
        if "sealed" in table.c:
            query = query.where(table.c.sealed.is_not(None))
        with database.reading() as connection:
            page = connection.execute(query).all()
        if not page:
            return found
        after = page[-1].id
        states = store.states(row.key for row in page)
        found += [_Row(row.id, states.get(row.key)) for row in page if states.get(row.key) != "live"]


def blank_reports(connection: Connection, ids: Collection[str]) -> None:
    """Take detail, names and member out of reports and ask about them no more; what statistics count stays."""
    empty = {"sealed": None, "member": None, "receipt_hash": None, "word_hash": None}
    for page in pages(ids):
        connection.execute(update(schema.report).where(schema.report.c.id.in_(page)).values(**empty))
        for table in OF_REPORT:
            connection.execute(delete(table).where(table.c.report.in_(page)))


def blank_items(connection: Connection, ids: Collection[str]) -> None:
    """Take link and account out of items; a new report of the same link makes a new item."""
    for page in pages(ids):
        empty = {"sealed": None, "link_hash": None}
        connection.execute(update(schema.item).where(schema.item.c.id.in_(page)).values(**empty))


def erase_orphans(database: Database, store: KeyStore, since: datetime | None, until: datetime) -> int:
    """Erase keys made in [since, until) that no row uses; return how many."""
    erased, after = 0, ""
    while page := store.made_between(since, until, after):
        after = page[-1]
        used: set[str] = set()
        with database.reading() as connection:
            for column in (schema.member.c.key, schema.report.c.id, schema.item.c.id):
                used |= set(connection.execute(select(column).where(column.in_(page))).scalars())
        unused = [key_id for key_id in page if key_id not in used]
        store.erase(unused)
        erased += len(unused)
    return erased
