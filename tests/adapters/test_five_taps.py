"""The quick way is five taps after a pasted link, on every adapter."""

from __future__ import annotations

from pathlib import Path

from bot.adapters import slack_blocks, telegram
from bot.messages import Outgoing, Shown
from tests.adapters.living import Union
from tests.adapters.slack_house import OFFICER, clock, running
from tests.adapters.test_slack_report import Member
from tests.playing import Playing, settings_in
from tests.servers.slack import SlackServer
from tests.servers.telegram import TelegramServer

PASTED = "/report https://www.tiktok.com/@some.account/video/7030000000000000000"
TAPS = (
    ("[No]", "under 18"),
    ("[No]", "What is it mostly?"),
    ("[Mocking]", "what did it say?"),
    ("[No violation]", "Ready to send"),
    ("[Send]", "Your receipt"),
)


def test_it_is_five() -> None:
    assert len(TAPS) == 5
    assert all(line.startswith("[") for line, _ in TAPS)


async def test_in_the_terminal(tmp_path: Path) -> None:
    playing = Playing(settings_in(tmp_path), keeps=True)
    assert "in danger right now" in await playing.says(PASTED)
    for line, expected in TAPS:
        assert expected in await playing.says(line)
    await playing.close()


async def test_on_telegram(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        union = Union(tmp_path, server)
        await union.open()
        member = server.member()
        await union.tell_all(member, ((PASTED, "in danger right now"), *TAPS))
        await union.close()
        assert union.count("report") == 1


async def test_on_slack(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    async with SlackServer.started(lambda: clock().timestamp()) as server:
        server.channel("CCASES", OFFICER)
        member = Member(server, tmp_path)
        async with running(settings, server, "socket"):
            await member.says(PASTED, "in danger right now")
            for line, expected in TAPS:
                await member.says(line, expected)
        assert member.count("report") == 1


def test_what_stands_in_rows_is_shown_in_rows() -> None:
    said = Outgoing("words", tuple(Shown(f"k:r:{place}", "Still there", row=place // 3) for place in range(7)))
    keyboard = telegram.spoken(said)["reply_markup"].inline_keyboard
    assert [len(row) for row in keyboard] == [3, 3, 1]
    blocks = [block for block in slack_blocks.spoken(said)["blocks"] if block["type"] == "actions"]
    assert [len(block["elements"]) for block in blocks] == [3, 3, 1]
