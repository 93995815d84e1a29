"""Asks members what became of their reports and tells them what others found: written once, dropped when it lapses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot.hours import DIVISIONS, Calendar
from bot.records import CameOf, CheckIn
from bot.storage.checking_in import MARGIN, Ask, Asking, check_ins_of
from bot.storage.coming_of import outcomes_of
from bot.storage.database import Database
from bot.storage.gathering import Gather, Gathering
from bot.storage.keys import KeyStore
from bot.storage.threads import in_thread


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
        return await self._page_by_page(
            lambda connection, start: Asking(connection, self._keys, now, calendar, compose, closes).page(start)
        )

    async def gather_news(self, now: datetime, compose: Gather) -> int:
        """Write the day's message to every member whom news waits for; return how many deliveries."""
        return await self._page_by_page(
            lambda connection, start: Gathering(connection, self._keys, now, compose).page(start)
        )

    async def _page_by_page(self, page: Callable[[Connection, str], tuple[int, str]]) -> int:
        """Write pages, each in its own transaction, until one ends the list; return how many deliveries."""
        written, after = 0, ""
        while True:

            def one(connection: Connection, start: str = after) -> tuple[int, str]:
                return page(connection, start)

            more, after = await self._database.write(one)
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
