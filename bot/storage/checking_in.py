"""Which reports are asked about and when next; due ones of one member become one delivery, exactly once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TypeAlias

from sqlalchemy import Connection, RowMapping, delete, or_, select, update

from bot.hours import Calendar
from bot.messages import Delivery
from bot.ports import Conflict
from bot.records import CheckIn
from bot.reports.check_ins import next_slot
from bot.storage import ledger, schema
from bot.storage.claims import OPEN
from bot.storage.database import insert_new
from bot.storage.keys import KeyStore, pages
from bot.storage.lapsing import CHECK_IN

PAGE = 200
"""Members asked in one transaction."""
MARGIN = timedelta(minutes=2)
"""Nobody is asked so shortly before the hours end: it would arrive after them."""
WORTH_WAITING = timedelta(minutes=6)
"""What comes due later than this before the hours end is not waited for: several rounds must still follow."""
TURN = "asking"
"""The row of the house that lets one process at a time decide who is asked."""

Ask: TypeAlias = Callable[[str, Sequence[CheckIn], datetime], Delivery]
"""A member, their reports that are due, and the time -> the one delivery that asks about all of them."""

row = schema.check_in


def begin_check_ins(connection: Connection, report: str, member: str, since: datetime, now: datetime) -> None:
    """Ask about a report from now on, at the times counted from ``since`` that are still to come."""
    values = {"report": report, "member": member, "since": since, "due": next_slot(since, now), "put_off": 0}
    if not connection.execute(insert_new(connection, row), values).rowcount:
        connection.execute(update(row).where(row.c.report == report).values(**values))


def end_check_ins(connection: Connection, reports: Collection[str]) -> None:
    """Ask about these reports no more; what waits to be sent asks about the others only."""
    for page in pages(reports):
        connection.execute(delete(row).where(row.c.report.in_(page)))


def end_for_item(connection: Connection, item: str) -> None:
    """Ask nobody any more about an item that is gone; who reported several links is asked on about their first."""
    link = schema.report_item
    about = select(link.c.report).where(link.c.item == item, link.c.position == 0)
    connection.execute(delete(row).where(row.c.report.in_(about)))


def put_off(connection: Connection, report: str, member: str, until: datetime) -> None:
    """Ask about a report once more at ``until``. Raises ``Conflict`` when it is not asked about any more."""
    mine = row.c.report == report, row.c.member == member
    changed = update(row).where(*mine).values(due=until, put_off=row.c.put_off + 1)
    if not connection.execute(changed).rowcount:
        raise Conflict


def check_ins_of(connection: Connection, member: str) -> Mapping[str, CheckIn]:
    """Return, by report, what a member is still asked about."""
    report = schema.report
    query = select(row, report.c.platform, report.c.at).join(report, report.c.id == row.c.report)
    found = connection.execute(query.where(row.c.member == member)).mappings()
    return {one["report"]: _check_in(one) for one in found}


def _check_in(one: RowMapping) -> CheckIn:
    return CheckIn(one["report"], one["platform"], one["at"], one["due"], one["put_off"])


@dataclass(frozen=True, slots=True)
class Asking:
    """One look at who is due, in hours that are open until ``closes``."""

    connection: Connection
    store: KeyStore
    now: datetime
    calendar: Calendar
    ask: Ask
    closes: datetime

    def page(self, after: str) -> tuple[int, str]:
        """Ask the next members after this one; return how many deliveries were written, and the last member."""
        self._take_turn()
        members = self._due_members(after)
        if not members:
            return 0, ""
        rows, known, posted = self._rows(members), self._known(members), self._posted(members)
        written = sum(self._one(member, rows[member], known.get(member), posted[member]) for member in members)
        return written, members[-1] if len(members) == PAGE else ""

    def _take_turn(self) -> None:
        house = schema.house
        self.connection.execute(insert_new(self.connection, house), {"key": TURN, "value": ""})
        self.connection.execute(select(house.c.key).where(house.c.key == TURN).with_for_update())

    def _due_members(self, after: str) -> list[str]:
        query = select(row.c.member).where(row.c.due <= self.now, row.c.member > after).distinct()
        return list(self.connection.execute(query.order_by(row.c.member).limit(PAGE)).scalars())

    def _rows(self, members: Sequence[str]) -> Mapping[str, list[RowMapping]]:
        report = schema.report
        query = select(row, report.c.platform, report.c.at, report.c.nation)
        query = query.join(report, report.c.id == row.c.report).where(row.c.member.in_(members), row.c.due.is_not(None))
        found: defaultdict[str, list[RowMapping]] = defaultdict(list)
        for one in self.connection.execute(query.order_by(report.c.at, report.c.id)).mappings():
            found[one["member"]].append(one)
        return found

    def _known(self, members: Sequence[str]) -> Mapping[str, RowMapping]:
        table = schema.member
        query = select(table.c.id, table.c.nation, table.c.stopped).where(table.c.id.in_(members))
        return {one["id"]: one for one in self.connection.execute(query).mappings()}

    def _posted(self, members: Sequence[str]) -> Mapping[str, list[RowMapping]]:
        """Return the check-ins of these members that wait to be sent or ended today."""
        table, zone = schema.delivery, self.calendar.zone
        morning = datetime.combine(self.now.astimezone(zone).date(), time.min, zone)
        query = select(table.c.member, table.c.key, table.c.state).where(
            table.c.member.in_(members),
            table.c.key.startswith(f"{CHECK_IN}:"),
            or_(table.c.state.in_(OPEN), table.c.ended >= morning),
        )
        found: defaultdict[str, list[RowMapping]] = defaultdict(list)
        for one in self.connection.execute(query).mappings():
            found[one["member"]].append(one)
        return found

    def _one(
        self, member: str, rows: Sequence[RowMapping], known: RowMapping | None, posted: Sequence[RowMapping]
    ) -> int:
        due = [one for one in rows if one["due"] <= self.now]
        if known is None or known["stopped"]:
            self._advance(due, self.now)  # what comes due while somebody wants no messages is not made good later
            return 0
        waiting = {one["key"] for one in posted if one["state"] in OPEN}
        if waiting:
            self._advance([one for one in due if one["asked"] in waiting], self.closes)
        if posted:
            return 0  # once a day; the others come due again tomorrow
        asked = [one for one in due if self._may_ask(one, known)]
        soon = any(self.now < one["due"] <= self.closes - WORTH_WAITING and self._may_ask(one, known) for one in rows)
        if not asked or soon:
            return 0  # soon: then all of them together
        nations = {one["nation"] or known["nation"] for one in asked}
        made = self.ask(member, [_check_in(one) for one in asked], self.now)
        hours = f"check-in:{nations.pop()}" if len(nations) == 1 and None not in nations else "check-in"
        if not ledger.put(self.connection, self.store, [replace(made, hours=hours)], self.now):
            return 0
        self._advance(asked, self.closes, made.key)
        return 1

    def _may_ask(self, one: RowMapping, known: RowMapping) -> bool:
        return self.calendar.may_ask(one["nation"] or known["nation"], self.now)

    def _advance(self, rows: Sequence[RowMapping], after: datetime, key: str | None = None) -> None:
        """Wait for the next time after ``after``: what comes due until then is the same question."""
        for one in rows:
            values = {"due": next_slot(one["since"], after), "asked": key or one["asked"]}
            self.connection.execute(update(row).where(row.c.report == one["report"]).values(**values))
