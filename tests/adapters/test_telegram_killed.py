"""A report on Telegram survives kill -9 of ``steward run`` between every two messages, by polling and by webhook."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.adapters.living import QUICK, STORY, Union
from tests.adapters.running import Running
from tests.servers.telegram import TOKEN, TelegramServer


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
