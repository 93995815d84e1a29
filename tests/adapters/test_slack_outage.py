"""While Slack refuses, hangs and asks to wait, every line of every case still arrives: once, and in its order."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from pathlib import Path

from handlers.cases import announce
from tests.adapters.slack_house import running, workspace
from tests.playing import settings_in
from tests.servers.slack import Fault, SlackServer, words
from tests.storage.people import link, message, report, say

CASES, REPORTS = 3, 12
LINE = re.compile(r"Case (\d+)(?:: \+ one more report, now (\d+)| · .*? · (\d+) report)")
TROUBLES: list[Fault] = [
    ("limited", 1),
    ("status", 500),
    ("error", "fatal_error"),
    ("hang", 0.5),
    ("html", 502),
    ("lost", 0),
    ("limited", 1),
]
PATIENCE = 90.0  # seconds; each failed line waits one to four before its next try


async def test_every_line_of_every_case_arrives_once_and_in_order(tmp_path: Path) -> None:
    async with workspace() as server, running(settings_in(tmp_path), server) as house:
        server.faults["chat.postMessage CCASES"] = list(TROUBLES)
        for number in range(REPORTS):
            said = message(house.store)
            sent = report(link(str(number % CASES)), announce=announce(said))
            await say(house.store, f"member {number}", sent)
        async with asyncio.timeout(PATIENCE):
            while not _is_whole(server):  # woken by the server's own patience, as often as it takes
                with suppress(TimeoutError):
                    await server.until(lambda: _is_whole(server))
        assert server.faults["chat.postMessage CCASES"] == []
        for case in range(1, CASES + 1):
            counts = [int(joined) for number, joined, _ in _lines(server) if int(number) == case and joined]
            assert counts == [2, 3, 4], (case, counts)
        assert not [answer for method, answer in server.refused if method.startswith("chat.")]
        lines = [one for one in server.channel("CCASES").messages if "thread_ts" in one]
        assert len(lines) == REPORTS - CASES, "each under its case's card"


def _is_whole(server: SlackServer) -> bool:
    """Whether each case's card shows the count of its last report."""
    lasts = [shown for _, _, shown in _lines(server) if shown]
    return len(_lines(server)) >= REPORTS and lasts == [str(REPORTS // CASES)] * CASES


def _lines(server: SlackServer) -> list[tuple[str, str, str]]:
    """Return what stands in the case room: case, and which report of it a line or card tells of."""
    return LINE.findall("\n".join(words(one) for one in server.channel("CCASES").messages))
