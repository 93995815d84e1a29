"""A report on Slack survives kill -9 of the process between every two messages, with redeliveries on the way."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.adapters.slack_house import LINK, OFFICER, ROOMS, Way
from tests.adapters.test_slack_report import MEMBER, RECEIPT, STORY, Member, cards
from tests.conftest import CHECKOUT
from tests.playing import KEY
from tests.servers.slack import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, SlackServer

QUICK = (
    (f"/report {LINK}", "in danger right now"),
    ("[No]", "under 18"),
    ("[No]", "paste the link, or write it, once more"),
    (LINK, "What is it mostly?"),
    ("[Mocking]", "what did it say?"),
    ("no violation", "Ready to send"),
    ("[Send]", "Your receipt"),
)
SHORT_STORY = tuple(line for line in STORY if "An officer may write" not in line[0])
PATIENCE = 90.0  # seconds for one start on a busy machine


@asynccontextmanager
async def _process(folder: Path, server: SlackServer, port: int) -> AsyncIterator[None]:
    """Start the house in a process, and end it with kill -9."""
    before = len(server.calls)
    way = {"SLACK_SIGNING_SECRET": SIGNING_SECRET, "PORT": str(port)} if port else {"SLACK_APP_TOKEN": APP_TOKEN}
    rooms = {"CASES_CHANNEL": ROOMS.cases, "OFFICERS_CHANNEL": ROOMS.numbers, "OFFICERS": OFFICER}
    slack = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_BASE_URL": server.url, **way, **rooms}
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(CHECKOUT), "STEWARD_KEY": KEY, "MEMBERS": "open"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=folder, env={**environment, **slack}
    )
    try:
        await server.until(lambda: any(name == "auth.test" for name, _ in server.calls[before:]))
        if not port:
            await server.until(lambda: server.sockets)
        yield
    finally:
        process.kill()
        await process.wait()
        await server.until(lambda: not server.sockets)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.mark.parametrize(
    ("way", "lines"),
    [("socket", QUICK), ("http", SHORT_STORY)],  # each start costs seconds; ``test_slack_report`` has the rest
    ids=["socket-quick", "http-story"],
)
async def test_a_report_survives_kill_9_between_every_two_messages(
    tmp_path: Path, way: Way, lines: tuple[tuple[str, str], ...]
) -> None:
    async with SlackServer.started(time.time) as server:
        server.channel("CCASES", OFFICER)
        port = _free_port() if way == "http" else 0
        server.events_url = f"http://127.0.0.1:{port}/slack/events" if port else ""
        server.duplicates = 1
        member = Member(server, tmp_path)
        last = None
        for line, expected in lines:
            async with _process(tmp_path, server, port):
                if last is not None:
                    await server.again(last)  # as if the acknowledgement had died with the process
                last = await member.says(line, expected)
        async with _process(tmp_path, server, port):
            await server.until(lambda: cards(server))
            await member.says("status", "You have sent one report")
        assert len(set(RECEIPT.findall(server.shown(MEMBER)))) == 1
        assert 1 <= len(cards(server)) <= 2, "a second only where a kill fell between post and commit"
        assert server.refused == []
        assert member.count("report") == member.count("case_") == 1
        assert member.count("delivery", "key LIKE 'receipt:%'") == member.count("delivery", "key LIKE 'card:%'") == 1
