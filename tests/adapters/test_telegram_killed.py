"""A report on Telegram survives kill -9 of ``steward run`` between every two messages, by polling and by webhook."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.adapters.living import QUICK, SECRET, STORY, Union, free_port
from tests.conftest import CHECKOUT
from tests.playing import KEY
from tests.servers.telegram import TOKEN, TelegramServer


@dataclass
class Running:
    """``steward run`` in a folder of its own, as an operator has it."""

    folder: Path
    server: TelegramServer
    way: str

    def __post_init__(self) -> None:
        port = str(free_port())
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(CHECKOUT),
            "PYTHONUNBUFFERED": "1",
            "STEWARD_KEY": KEY,
            "MEMBERS": "open",
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_BASE_URL": self.server.url,
        }
        if self.way == "webhook":
            self.environment |= {
                "PUBLIC_URL": f"http://127.0.0.1:{port}",
                "PORT": port,
                "TELEGRAM_WEBHOOK_SECRET": SECRET,
            }

    @asynccontextmanager
    async def process(self, ending: signal.Signals = signal.SIGKILL) -> AsyncIterator[list[str]]:
        """Run it until the block ends, then send it a signal; yields what it prints, filled at the end."""
        printed: list[str] = []
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run",
            cwd=self.folder, env=self.environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        try:
            yield printed
        finally:
            process.send_signal(ending)
            written, _ = await process.communicate()
            printed += written.decode().splitlines()


@pytest.mark.parametrize(
    ("way", "lines"),
    [("polling", QUICK), ("webhook", STORY[1:])],  # each start costs seconds; ``test_telegram_chats`` has the rest
    ids=["polling-quick", "webhook-story"],
)
async def test_a_report_survives_kill_9_between_every_two_messages(
    way: str, lines: tuple[tuple[str, str], ...], tmp_path: Path
) -> None:
    async with TelegramServer(twice=True) as server:
        running = Running(tmp_path, server, way)
        books = Union(tmp_path, server)
        member = server.member()
        for said, (line, expected) in enumerate(lines, start=1):
            member.taps(line.strip("[]")) if line.startswith("[") else member.says(line)
            async with running.process():
                await member.hears(expected)
                if not expected:  # a piece of a story is taken in silence
                    await server.until(lambda: server.is_idle)
            assert books.count("seen") == said
        async with running.process(signal.SIGTERM) as printed:
            member.says("/status")
            await member.hears("You have sent one report")
            await server.until(lambda: server.is_idle)
        assert printed[-1] == "Stopped. Nothing is lost."
        way_said = "by long polling" if way == "polling" else "by webhook"
        assert f"telegram: @steward_bot, {way_said}" in printed
        # The process was killed the moment the receipt arrived: where that fell before the ledger's commit,
        # the same receipt comes twice, which is promised to be harmless.
        books.one_of_each(member, most=2)
        assert TOKEN not in "".join(printed)
