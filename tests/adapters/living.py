"""The house living on a test server: opened, serving and delivering, as ``steward run`` does it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.adapters import Adapter
from bot.app import Steward, engine_of, opened
from bot.serving import serving, telegram
from bot.settings import Settings
from tests.playing import FRIDAY_NIGHT


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


def count(folder: Path, table: str, where: str = "1=1") -> int:
    """Count rows of the real file."""
    with sqlite3.connect(f"file:{folder}/data/steward.db?mode=ro", uri=True) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0])
