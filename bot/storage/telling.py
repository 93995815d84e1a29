"""Asks members what became of their reports and tells them what others found: written once, dropped when it lapses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Connection, RowMapping, delete, select

from bot.hours import DIVISIONS, Calendar
from bot.messages import Delivery
from bot.records import CameOf, CheckIn, Heard, HeardTogether
from bot.storage import ledger, schema
from bot.storage.checking_in import MARGIN, PAGE, Ask, Asking, check_ins_of
from bot.storage.coming_of import may_tell, outcomes_of, reporters, saying
from bot.storage.database import Database
from bot.storage.keys import KeyStore
from bot.storage.threads import in_thread

Gather: TypeAlias = Callable[[str, Sequence[HeardTogether], datetime], Delivery]
"""A member, what there is to tell, and the time -> the day's one delivery."""


class Telling:
    """The half of ``Store`` that writes to members about what becomes of their reports."""

    _database: Database
    _keys: KeyStore
    on_delivery: Callable[[], None]

    async def ask(self, now: datetime, calendar: Calendar, compose: Ask) -> int:
        """Write what asks every member who is due and may be asked now; return how many deliveries."""
        closes = calendar.check_ins.closes(now, calendar.zone)
        anybody = any(calendar.may_ask(nation, now) for nation in (None, *DIVISIONS))
        if not anybody or closes - now < MARGIN:
            return 0
        written, after = 0, ""
        while True:

            def page(connection: Connection, start: str = after) -> tuple[int, str]:
                return Asking(connection, self._keys, now, calendar, compose, closes).page(start)

            more, after = await self._database.write(page)
            written += more
            if not after:
                break
        if written:
            self.on_delivery()
        return written

    async def gather_news(self, now: datetime, compose: Gather) -> int:
        """Write the day's message to every member whom news waits for; return how many deliveries."""
        written, after = 0, ""
        while True:

            def page(connection: Connection, start: str = after) -> tuple[int, str]:
                return _gathered(connection, self._keys, now, compose, start)

            more, after = await self._database.write(page)
            written += more
            if not after:
                break
        if written:
            self.on_delivery()
        return written

    @in_thread
    def check_ins(self, member: str) -> Mapping[str, CheckIn]:
        """Return, by report, what a member is still asked about."""
        with self._database.reading() as connection:
            return check_ins_of(connection, member)

    @in_thread
    def outcomes(self, reports: Collection[str]) -> Mapping[str, CameOf]:
        """Return, by report, everything said about what became of its item."""
        with self._database.reading() as connection:
            return outcomes_of(connection, reports)


def _gathered(connection: Connection, store: KeyStore, now: datetime, compose: Gather, after: str) -> tuple[int, str]:
    """Write the day's message of the next members after this one; return how many, and the last member."""
    news, report, outcome, member = schema.news, schema.report, schema.outcome, schema.member
    some = select(news.c.member).where(news.c.member > after).distinct().order_by(news.c.member).limit(PAGE)
    members = list(connection.execute(some).scalars())
    query = (
        select(
            news.c.member, news.c.outcome, news.c.report, report.c.at, report.c.platform, report.c.keep_me_posted,
            report.c.sealed, member.c.stopped, outcome.c.item, outcome.c.what, outcome.c.says,
        )
        .join(report, report.c.id == news.c.report)
        .join(outcome, outcome.c.id == news.c.outcome)
        .join(member, member.c.id == news.c.member, isouter=True)
        .where(news.c.member.in_(members))
        .order_by(news.c.at, news.c.outcome)
        .with_for_update(of=news)
    )  # fmt: skip
    waiting: defaultdict[str, list[RowMapping]] = defaultdict(list)
    for one in connection.execute(query).mappings():
        waiting[one["member"]].append(one)
    written = 0
    for who, rows in waiting.items():
        told = [heard for one in rows if (heard := _heard(connection, one)) is not None]
        deliveries = [compose(who, told, now)] if told else []
        if deliveries and not ledger.put(connection, store, deliveries, now):
            continue  # written to today already
        written += len(deliveries)
        connection.execute(
            delete(news).where(news.c.member == who, news.c.outcome.in_([one["outcome"] for one in rows]))
        )
    return written, members[-1] if len(members) == PAGE else ""


def _heard(connection: Connection, one: RowMapping) -> HeardTogether | None:
    """Return what is to be told of an outcome with how many say so; None when it lapsed while it waited."""
    if one["stopped"] is not False or not one["keep_me_posted"] or one["sealed"] is None:
        return None
    reporting = reporters(connection, one["item"])
    if not may_tell(one["what"], reporting, is_officer=one["says"] == "officer"):
        return None
    heard = Heard(one["member"], one["report"], one["at"], one["platform"], one["what"], one["outcome"])
    return HeardTogether(heard, saying(connection, one["item"], one["what"]), reporting)
