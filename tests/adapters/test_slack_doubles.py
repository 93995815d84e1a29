"""Kills placed between Slack's taking a line and our knowing it: what is doubled is counted, printed and bounded."""

from __future__ import annotations

import re
import time
from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from bot.app import now
from bot.storage.store import Store
from handlers.cases import announce
from tests.adapters.slack_house import OFFICER
from tests.adapters.test_slack_killed import _process
from tests.playing import settings_in
from tests.servers.slack import Fault, SlackServer, words
from tests.servers.slack_workspace import Channel
from tests.storage.people import link, message, report, say

REPORTS, KILLS = 4, 3
UNANSWERED = 60.0  # seconds; the process is killed long before


@pytest.mark.parametrize("look_up", ["allowed", "refused"])
async def test_a_line_is_doubled_only_where_a_kill_fell_between_post_and_commit(
    tmp_path: Path, look_up: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await _left_behind(tmp_path)
    async with SlackServer.started(time.time) as server:
        room = server.channel("CCASES", OFFICER)
        if look_up == "refused":
            refused: Fault = ("error", "missing_scope")
            server.faults["conversations.history"] = [refused] * 100
            server.faults["conversations.replies"] = [refused] * 100
        for _ in range(KILLS):
            server.faults["chat.postMessage CCASES"] = [("late", UNANSWERED)]
            more = partial(_has_more, room, len(room.messages))
            async with _process(tmp_path, server, 0):
                await server.until(more)
        async with _process(tmp_path, server, 0):
            await server.until(lambda: "now 4" in words(room.messages[-1]))
    shown = [re.sub(r"\d+ reports?", "", words(one).partition("(")[0]) for one in room.messages]
    doubles = sum(times - 1 for times in Counter(shown).values())
    with capsys.disabled():
        print(f"\nSlack, look-up {look_up}: kills between post and commit {KILLS}, doubles {doubles}")  # noqa: T201 - it is asked for
    assert doubles == (0 if look_up == "allowed" else KILLS)
    assert list(dict.fromkeys(shown)) == sorted(dict.fromkeys(shown), key=_place)
    assert len(set(shown)) == REPORTS


def _has_more(room: Channel, than: int) -> bool:
    return len(room.messages) > than


def _place(line: str) -> int:
    found = re.search(r"now (\d+)", line)
    return int(found[1]) if found else 1


async def _left_behind(folder: Path) -> None:
    """Leave the card and lines of one case waiting, as a house without Slack does."""
    settings = settings_in(folder)
    store = await Store.open(settings.database_url, settings.keys_url, settings.root_key(), now)
    for number in range(REPORTS):
        said = message(store)
        await say(store, f"member {number}", report(link(), announce=announce(said)))
    await store.close()
