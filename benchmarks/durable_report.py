"""Measures what a sent report costs until it is on the disk, beside a bare aiosqlite loop of the same rows.

Run it from the checkout: ``python -m benchmarks.durable_report``. It stops by itself, in about half a minute.
Both sides write the same tables with the same indexes and settings, on real files, in turns.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TypeAlias

import aiosqlite
from pydantic import JsonValue
from uuid6 import uuid7

from bot.changes import ReportSent
from bot.conversation.turn import Turn
from bot.messages import Delivery, Incoming, Place, Reply
from bot.records import Filed, Member, Situation
from bot.reports.links import Link
from bot.reports.outcomes import Outcome
from bot.storage.database import PRAGMAS
from bot.storage.store import Store

AT_ONCE = 16
ROOT = b"a root key for measuring, 32 byt"
SEALED = 45  # bytes a seal adds: format, key id, nonce, tag
WORDS = "What happened, told in a few sentences as members tell it. " * 6
STATE = os.urandom(1_200)  # a draft about to be sent
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
NOW_TEXT = "2026-11-16 09:00:00.000000"
ANSWERS: dict[str, JsonValue] = {
    "platform": "tiktok",
    "kinds": ["mockery"],
    "platform_reply": "none",
    "wish": "advice",
    "what": WORDS,
}

numbers = count(1)
Send: TypeAlias = Callable[[int, str], Awaitable[None]]
"""Send one report of the numbered member, whose draft has that id."""


@dataclass
class Side:
    """One way of sending a report, and how long each took (seconds; at once: the whole divided)."""

    name: str
    folder: Path
    send: Send
    alone: list[float] = field(default_factory=list)
    together: list[float] = field(default_factory=list)

    def drafts(self, members: int, each: int) -> list[list[str]]:
        """Lay out the drafts these members are about to send; not part of what is measured."""
        ids = [[str(uuid7()) for _ in range(each)] for _ in range(members)]
        with closing(sqlite3.connect(self.folder / "data.db")) as connection, connection:
            for number, some in enumerate(ids):
                rows = [(one, person(number), "IncidentReport", STATE, NOW_TEXT, NOW_TEXT, False) for one in some]
                columns = "(id, member, form, state, started, updated, paused)"
                connection.executemany(f"INSERT INTO conversation {columns} VALUES (?,?,?,?,?,?,?)", rows)  # noqa: S608 - our own names
        return ids

    async def measure(self, reports: int) -> None:
        """Send so many reports one after the other, then as many for each of those at once."""
        (mine,) = self.drafts(1, reports)
        for draft in mine:
            began = time.perf_counter()
            await self.send(0, draft)
            self.alone.append(time.perf_counter() - began)
        each = max(1, reports // 4)
        theirs = self.drafts(AT_ONCE, each)
        began = time.perf_counter()
        await asyncio.gather(*(self._one_after_the_other(number, some) for number, some in enumerate(theirs)))
        self.together.append((time.perf_counter() - began) / (AT_ONCE * each))

    async def _one_after_the_other(self, number: int, drafts: list[str]) -> None:
        for draft in drafts:
            await self.send(number, draft)


def person(number: int) -> str:
    """Return a member's id of the right length."""
    return f"{number:024d}"


def steward(store: Store) -> Send:
    """Send as the router does, without reading the situation first."""
    revisions = dict.fromkeys(range(AT_ONCE), 1)

    async def send(number: int, draft: str) -> None:
        who = person(number)
        member = Member(who, "telegram", "en", NOW, revision=revisions[number])
        to = Place("chat", who)
        said = Incoming(f"m{next(numbers)}", "member", who, to, NOW, "telegram", f"address {number}", text="send")

        def announce(filed: Filed) -> tuple[Delivery, ...]:
            room, reply = Place("channel", "cases"), Reply("card", {"words": WORDS})
            receipt = Delivery(f"receipt:{filed.report}", to, reply, NOW, order=f"chat:{who}")
            return receipt, Delivery(f"card:{filed.report}", room, reply, NOW, order="cases")

        report, post = str(uuid7()), str(next(numbers))
        link = Link(f"https://www.tiktok.com/@account/video/{post}", "tiktok", "account", post)
        seen = Outcome(NOW, "no_violation", "member", by_platform=True)
        code = f"STW-{report}"
        sent = ReportSent(report, ANSWERS, code, "harbour", announce=announce, links=(link,), outcomes=(seen,))
        await store.commit(said, Situation(member), Turn(changes=(sent,), closed=(draft,)))
        revisions[number] += 1

    return send


def bare(main: aiosqlite.Connection, keys: aiosqlite.Connection, lock: asyncio.Lock) -> Send:
    """Insert the same rows, statement by statement: keys durable first, then the rest in one transaction."""

    async def send(number: int, draft: str) -> None:
        who, report, item, case, outcome = person(number), *(str(uuid7()) for _ in range(4))
        number_of_case = next(numbers)
        words = os.urandom(len(WORDS) + 150 + SEALED)
        async with lock:
            wrapped = [(one, kind, os.urandom(32 + SEALED), NOW_TEXT) for one, kind in ((report, "r"), (item, "i"))]
            await keys.execute("BEGIN IMMEDIATE")
            await keys.executemany("INSERT INTO data_key VALUES (?,?,?,?)", wrapped)
            await keys.execute("COMMIT")
            await main.execute("BEGIN IMMEDIATE")
            await main.execute("INSERT INTO seen VALUES ('telegram',?,?,?,1)", (str(next(numbers)), who, NOW_TEXT))
            await main.execute("UPDATE member SET revision = revision + 1 WHERE id = ?", (who,))
            await main.execute("DELETE FROM conversation WHERE id = ?", (draft,))
            mark = os.urandom(12).hex()
            row: tuple[object, ...] = (item, mark, "tiktok", os.urandom(150), None, NOW_TEXT)
            await main.execute("INSERT INTO item VALUES (?,?,?,?,?,?)", row)
            row = (case, number_of_case, item, NOW_TEXT)
            await main.execute("INSERT INTO case_ VALUES (?,?,'item',?,'open',NULL,0,?,NULL,NULL)", row)
            row = (report, who, case, NOW_TEXT, words, os.urandom(12).hex(), os.urandom(12).hex())
            await main.execute(REPORT, row)
            await main.execute("INSERT INTO report_kind VALUES (?,'mockery')", (report,))
            await main.execute("INSERT INTO report_item VALUES (?,?,0)", (report, item))
            row = (outcome, item, report, NOW_TEXT, "no_violation", "member", None, 1)
            await main.execute("INSERT INTO outcome VALUES (?,?,?,?,?,?,?,?)", row)
            await main.execute(DELIVERY, (f"receipt:{report}", "chat", who, who, words, NOW_TEXT, who, NOW_TEXT))
            await main.execute(DELIVERY, (f"card:{report}", "room", "cases", None, words, NOW_TEXT, "cases", NOW_TEXT))
            await main.execute("COMMIT")

    return send


REPORT = (
    "INSERT INTO report (id, member, case_id, kind, at, platform, platform_reply, wish, may_contact, keep_me_posted,"
    " may_pass_on, urgent, verified, sealed, receipt_hash, word_hash)"
    " VALUES (?,?,?,'report',?,'tiktok','none','advice',0,0,0,0,1,?,?,?)"
)
DELIVERY = (
    "INSERT INTO delivery (key, adapter, to_kind, to_of, member, body, due, ord, unasked, repeatable, secret, state,"
    " attempts, created) VALUES (?,'telegram',?,?,?,?,?,?,0,1,0,'waiting',0,?)"
)


async def installed(folder: Path) -> Store:
    """Make an installation with the members that will send."""
    store = await Store.open(f"sqlite:///{folder}/data.db", f"sqlite:///{folder}/keys.db", ROOT, lambda: NOW)
    for number in range(AT_ONCE):
        who = person(number)
        said = Incoming(
            f"m{next(numbers)}", "member", who, Place("chat", who), NOW, "telegram", f"address {number}", text="hello"
        )
        await store.commit(said, await store.situation(said), Turn())
    return store


async def connected(path: Path, stack: AsyncExitStack) -> aiosqlite.Connection:
    """Connect with the settings steward uses."""
    connection = await stack.enter_async_context(aiosqlite.connect(path, isolation_level=None))
    for pragma in PRAGMAS:
        await connection.execute(pragma)
    return connection


async def compare(rounds: int, reports: int) -> tuple[Side, Side]:
    """Measure both sides in turns and return them: the bare loop, then steward."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=".")))
        await (await installed(folder / "bare")).close()
        main, keys = [await connected(folder / "bare" / f"{name}.db", stack) for name in ("data", "keys")]
        store = await installed(folder / "steward")
        stack.push_async_callback(store.close)
        sides = (
            Side("bare aiosqlite", folder / "bare", bare(main, keys, asyncio.Lock())),
            Side("steward", folder / "steward", steward(store)),
        )
        for number in range(rounds + 1):
            for side in sides if number % 2 else sides[::-1]:
                await side.measure(reports)
                if number == 0:  # warming up
                    side.alone.clear()
                    side.together.clear()
        return sides


def main() -> None:
    """Measure and print one table and the two ratios."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=10, help="turns each side gets (default 10)")
    asked.add_argument("--reports", type=int, default=40, help="reports a turn, one writer (default 40)")
    told = asked.parse_args()
    sides = asyncio.run(compare(told.rounds, told.reports))
    lines = [f"{'milliseconds a report':24}{'one writer':>12}{'p95':>8}{f'{AT_ONCE} at once':>14}{'a second':>10}"]
    middles = []
    for side in sides:
        alone, p95 = statistics.median(side.alone), statistics.quantiles(side.alone, n=20)[-1]
        together = statistics.median(side.together)
        middles.append((alone, together))
        lines.append(f"{side.name:24}{alone * 1e3:12.2f}{p95 * 1e3:8.2f}{together * 1e3:14.2f}{1 / together:10.0f}")
    ratios = [ours / theirs for ours, theirs in zip(middles[1], middles[0], strict=True)]
    lines.append(f"{'steward : bare':24}{ratios[0]:11.2f}x{'':8}{ratios[1]:13.2f}x")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
