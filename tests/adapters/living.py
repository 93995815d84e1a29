"""The house living on a test server: opened, serving and delivering, as ``steward run`` does it."""

from __future__ import annotations

import asyncio
import re
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.adapters import Adapter
from bot.app import Steward, engine_of, opened
from bot.serving import serving, telegram
from bot.settings import Settings
from tests.playing import FRIDAY_NIGHT, settings_in
from tests.servers.telegram import TOKEN, TelegramServer
from tests.servers.telegram_members import Member

LINK = "https://www.tiktok.com/@some.account/video/7030000000000000000"
SECRET = "webhook-secret_1"
QUICK = (
    ("/report", "in danger right now"),
    ("[No]", "under 18"),
    ("[No]", "Tell me what happened"),
    (LINK, "What is it mostly?"),
    ("[Mocking]", "what did it say?"),
    ("[No violation]", "Ready to send"),
    ("[Send]", "Your receipt"),
)
STORY = (
    ("/start from_a_poster", "Hello"),
    ("/report@steward_bot", "in danger right now"),
    ("no", "under 18"),
    ("no", "Tell me what happened"),
    ("it began in class on friday", "I'm listening"),
    ("and by monday the whole year had it", ""),
    ("[That is all]", "Which platform"),
    ("instagram", "What is it mostly?"),
    ("mockery", "what did it say?"),
    ("[No answer]", "Ready to send"),
    ("[Send]", "Your receipt"),
)
TOLD = (("[That is all]", "platform"), ("tiktok", "mostly"), ("mockery", "say?"), ("[No answer]", "Ready to send"))


@dataclass
class Ticking:
    """A clock that goes on a second each time it is asked."""

    at: datetime = field(default=FRIDAY_NIGHT)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@asynccontextmanager
async def living(settings: Settings, clock: Ticking) -> AsyncIterator[Steward]:
    """Keep the house running on Telegram until the block ends."""
    async with opened(settings, "run", clock=clock) as house:
        adapter = telegram(settings, house)
        assert not isinstance(adapter, str)
        async with working(settings, house, adapter):
            yield house


@asynccontextmanager
async def working(settings: Settings, house: Steward, adapter: Adapter) -> AsyncIterator[None]:
    """Let one adapter and the engine work on an open house."""
    engine = engine_of(house)
    async with serving(settings, house, [adapter]):
        task = asyncio.create_task(engine.run())
        try:
            yield
        finally:
            engine.stop()
            await task


def free_port() -> int:
    """Return a port nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Union:
    """One installation: a folder, a server, and the house, which can be closed and opened again."""

    folder: Path
    server: TelegramServer
    way: str = "polling"
    more: dict[str, Any] = field(default_factory=dict)
    clock: Ticking = field(default_factory=Ticking)

    def __post_init__(self) -> None:
        self._stack = AsyncExitStack()
        values: dict[str, Any] = {"telegram_token": TOKEN, "telegram_base_url": self.server.url}
        if self.way == "webhook":
            port = free_port()
            values |= {"public_url": f"http://127.0.0.1:{port}/", "port": port, "telegram_webhook_secret": SECRET}
        self.settings = settings_in(self.folder, **values, **self.more)

    async def open(self) -> Steward:
        """Open the house."""
        return await self._stack.enter_async_context(living(self.settings, self.clock))

    async def close(self) -> None:
        """Close it."""
        await self._stack.aclose()
        self._stack = AsyncExitStack()

    async def tell(self, member: Member, line: str, expected: str) -> str:
        """Say one line (``[Label]`` is a tap) and wait until it is answered."""
        heard = self.count("seen")
        if line.startswith("["):
            member.taps(line.strip("[]"))
        else:
            member.says(line)
        told = await member.hears(expected)
        await self.server.until(lambda: self.count("seen") > heard, lambda: line)
        return told

    async def tell_all(self, member: Member, lines: tuple[tuple[str, str], ...]) -> str:
        """Say several lines and return what the last was answered."""
        told = ""
        for line, expected in lines:
            told = await self.tell(member, line, expected)
        return told

    def count(self, table: str, where: str = "1=1") -> int:
        """Count rows of the real file."""
        with sqlite3.connect(f"file:{self.folder}/data/steward.db?mode=ro", uri=True) as connection:
            return int(connection.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0])  # noqa: S608 - our own names

    def one_of_each(self, member: Member, *, most: int = 1) -> None:
        """One report, one receipt (the same one shown at most so often), one card; nothing refused."""
        told = "\n".join(one.text for one in member.shown)
        receipts = re.findall(r"STW-[0-9A-Z]{4}-[0-9A-Z]{4}", told)
        assert len(set(receipts)) == 1
        assert len(receipts) <= most
        assert self.count("report") == 1
        assert self.count("delivery", "key LIKE 'receipt:%' AND state = 'sent'") == 1
        assert self.count("delivery", "key LIKE 'card:%'") == 1
        assert self.server.refused == []
        assert not any(one.preview for one in member.shown)
