"""Brings reports of the past in, page by page, so that a kill loses a page and a second run doubles nothing."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from pydantic import JsonValue
from sqlalchemy import Connection, Table, func, select, update
from uuid6 import uuid7

from bot.changes import ReportSent
from bot.messages import Delivery
from bot.ports import Conflict
from bot.privacy import pseudonym
from bot.records import Filed
from bot.reports.links import Link
from bot.reports.names import Name
from bot.reports.outcomes import from_report
from bot.storage import ledger, schema
from bot.storage.cases import IMPORT, LAST_CASE
from bot.storage.coming_of import Subject, outcome_rows
from bot.storage.database import Database, insert_new
from bot.storage.filing import Filing, Prepared, file, kinds_of, link_hash, report_row, sealed_item
from bot.storage.keys import KeyStore, pages
from bot.storage.naming import name_rows

TRIES = 8
"""Another process may file the same links meanwhile; a page that met it is written again, after
``PAUSE`` seconds times the number of the try."""
PAUSE = 0.1


@dataclass(frozen=True, slots=True)
class Past:
    """One report out of a file. ``mark`` is what tells its row from every other, so that it comes in once."""

    mark: str = field(repr=False)
    member: str = field(repr=False)
    at: datetime
    answers: Mapping[str, JsonValue] = field(repr=False)
    links: tuple[Link, ...] = field(default=(), repr=False)
    names: tuple[Name, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Origin:
    """The file reports come out of: its fingerprint, and whether they are news to officers (``announce``)."""

    fingerprint: str
    announce: Callable[[Filed], Sequence[Delivery]] | None = None


class Importing:
    """Writes pages of reports for one file."""

    def __init__(self, database: Database, store: KeyStore, now: datetime, origin: Origin) -> None:
        """Share the database and keys of the ``Store`` that made it."""
        self._database = database
        self._store = store
        self._now = now
        self._origin = origin

    async def unknown(self, page: Sequence[Past]) -> int:
        """Return how many of a page are not here yet."""
        ids = [self._id(one.mark) for one in page]
        return len(page) - len(await self._database.read(lambda connection: _known(connection, ids)))

    async def write(self, page: Sequence[Past]) -> int:
        """Write those of a page that are not here yet, in one transaction; return how many."""
        for attempt in range(1, TRIES):
            try:
                return await self._database.in_thread(self._write, page)
            except Conflict:
                await asyncio.sleep(PAUSE * attempt)
        return await self._database.in_thread(self._write, page)

    def _id(self, mark: str) -> str:
        """Return the id a row's report has for ever, which nobody can make without the key."""
        digest = hmac.new(self._store.house("index"), f"import {mark}".encode(), hashlib.sha256).digest()
        return str(UUID(bytes=digest[:16], version=5))

    def _write(self, page: Sequence[Past]) -> int:
        with self._database.reading() as connection:
            every = {self._id(one.mark): one for one in page}
            known = _known(connection, list(every))
            fresh = {report: one for report, one in every.items() if report not in known}
            marks = {link.canonical: link_hash(self._store, link) for one in fresh.values() for link in one.links}
            links = {marks[link.canonical]: link for one in fresh.values() for link in one.links}
            items = {mark: str(uuid7()) for mark in links.keys() - set(_items(connection, list(links)))}
        if not fresh:
            return 0
        wanted = dict.fromkeys(fresh, "report") | dict.fromkeys(items.values(), "item")
        prepared = Prepared(self._store.make(wanted), items, "")
        announce, case = self._origin.announce, self._id(f"case {self._origin.fingerprint}")
        # Sealed before the transaction: members of a running steward wait for it.
        new_items = [sealed_item(prepared, mark, links[mark], self._now) for mark in sorted(items)]
        of_reports = [] if announce else [self._row(report, one, case, prepared) for report, one in fresh.items()]
        with self._database.writing() as connection:
            if announce is None:
                self._keep_case(connection, case)
                self._as_past(connection, fresh, marks, new_items, of_reports)
            else:
                self._as_new(connection, fresh, prepared, announce)
            _begin_earlier(connection, min(one.at for one in fresh.values()))
        return len(fresh)

    def _as_past(
        self,
        connection: Connection,
        fresh: Mapping[str, Past],
        marks: Mapping[str, str],
        of_new_items: Sequence[Mapping[str, Any]],
        of_reports: Sequence[Mapping[str, Any]],
    ) -> None:
        """Write reports without news to anybody: all of one file in one closed case."""
        if of_new_items:
            connection.execute(insert_new(connection, schema.item), of_new_items)
        wanted = sorted(set(marks.values()))
        items = _items(connection, wanted, locked=True)
        if len(items) < len(wanted):
            raise Conflict  # erased since it was looked for
        if connection.execute(insert_new(connection, schema.report), of_reports).rowcount < len(of_reports):
            raise Conflict  # another import of the same file was first
        kinds, of_items, outcomes, named = [], [], [], []
        for report, one in fresh.items():
            kinds += [{"report": report, "kind": kind} for kind in kinds_of(one.answers)]
            own = list(dict.fromkeys(items[marks[link.canonical]] for link in one.links))
            of_items += [{"report": report, "item": item, "position": place} for place, item in enumerate(own)]
            seen = from_report(_token(one, "platform_reply"), _token(one, "still_online"), one.at)
            outcomes += outcome_rows(Subject(own[0] if own else None, report), seen)
            named += name_rows(self._store, report, one.names)
        _put(connection, schema.report_kind, kinds)
        _put(connection, schema.report_item, of_items)
        _put(connection, schema.outcome, outcomes)
        _put(connection, schema.named, named)

    def _row(self, report: str, one: Past, case: str, prepared: Prepared) -> dict[str, Any]:
        sent = ReportSent(report, one.answers, links=one.links)
        return report_row(prepared.keys, sent, case, one.member, one.at) | {"imported": True}

    def _as_new(
        self,
        connection: Connection,
        fresh: Mapping[str, Past],
        prepared: Prepared,
        announce: Callable[[Filed], Sequence[Delivery]],
    ) -> None:
        """File reports as if they had just been sent, with their cases and cards."""
        told: list[Delivery] = []
        for report, one in fresh.items():
            seen = from_report(_token(one, "platform_reply"), _token(one, "still_online"), one.at)
            sent = ReportSent(
                report,
                one.answers,
                urgent=one.answers.get("in_danger") is True,
                announce=announce,
                links=one.links,
                outcomes=seen,
                names=one.names,
            )
            told += file(Filing(connection, self._store, prepared, one.member, one.at), sent)
        ledger.put(connection, self._store, told, self._now)

    def _keep_case(self, connection: Connection, identity: str) -> None:
        """Make the closed case of this file with its first page. No officer meets a number below zero."""
        case, house = schema.case_, schema.house
        connection.execute(select(house.c.value).where(house.c.key == LAST_CASE).with_for_update())
        if connection.execute(select(case.c.id).where(case.c.id == identity)).first() is None:
            least = connection.execute(select(func.min(case.c.number))).scalar() or 0
            row = {"id": identity, "number": min(least, 0) - 1, "kind": IMPORT, "item": None, "status": "closed"}
            row |= {"urgent": False, "opened": self._now, "closed": self._now, "closed_reason": "imported"}
            connection.execute(case.insert(), row)


def _put(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(table.insert(), rows)


def member_of(store: KeyStore, name: str, fingerprint: str) -> str:
    """Return who a row's member counts as: their name in the file, or without one the file itself."""
    identity = store.house("identity")
    return pseudonym(identity, "import", name) if name else pseudonym(identity, "import file", fingerprint)


def _known(connection: Connection, ids: Sequence[str]) -> set[str]:
    report, found = schema.report, set[str]()
    for page in pages(ids):
        found.update(connection.execute(select(report.c.id).where(report.c.id.in_(page))).scalars())
    return found


def _items(connection: Connection, marks: Sequence[str], *, locked: bool = False) -> dict[str, str]:
    item, found = schema.item, dict[str, str]()
    for page in pages(marks):
        query = select(item.c.link_hash, item.c.id).where(item.c.link_hash.in_(page)).order_by(item.c.link_hash)
        found |= {row.link_hash: row.id for row in connection.execute(query.with_for_update() if locked else query)}
    return found


def _begin_earlier(connection: Connection, first: datetime) -> None:
    """Let the installation begin with its first report: before the beginning nothing is counted."""
    house = schema.house
    began = select(house.c.value).where(house.c.key == "since").with_for_update()
    if first < datetime.fromisoformat(connection.execute(began).scalar_one()):
        earlier = {"value": first.astimezone(UTC).isoformat()}
        connection.execute(update(house).where(house.c.key == "since").values(**earlier))


def _token(one: Past, name: str) -> str | None:
    value = one.answers.get(name)
    return value if isinstance(value, str) else None
