"""What could not be sent is listed without words or names, and tried again when asked."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest

from bot.cli import main
from bot.messages import Outgoing
from bot.ports import SendFailed, Slip
from tests.playing import KEY, Playing, settings_in

LINK = "https://www.tiktok.com/@some.account/video/7030000000000000000"


class Refusing:
    """A room that takes nothing."""

    async def send(self, address: str, message: Outgoing, slip: Slip | None = None) -> str | None:
        """Refuse for good."""
        del address, message, slip
        raise SendFailed("channel_not_found", permanent=True)

    async def find(self, address: str, slip: Slip, since: datetime) -> None:
        """Find nothing."""


async def _left_behind(folder: Path) -> None:
    """Leave a card behind that its room refused."""
    playing = Playing(settings_in(folder), keeps=True)
    await playing.say([f"/report {LINK}", "no", "no", "mockery", "no violation"])
    house = await playing.house()
    terminal = house.member("a member", stdin=playing.officers, stdout=playing.officers)
    house.senders["terminal"] = terminal
    house.senders["officers"] = Refusing()
    await terminal.take(None, house.respond, house.drain)
    await terminal.take("send", house.respond, house.drain)
    await playing.close()


def test_a_dead_delivery_is_listed_and_can_be_tried_again(
    empty_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STEWARD_KEY", KEY)
    asyncio.run(_left_behind(empty_folder))
    assert main(["deliveries", "list"]) == 0
    shown = capsys.readouterr().out
    assert "dead: card by officers, tried 1 times, channel_not_found" in shown
    assert "some.account" not in shown
    assert "Mocking" not in shown
    assert "In all: 1 sent, 1 dead." in shown
    assert main(["deliveries", "retry"]) == 0
    assert "1 will be tried again" in capsys.readouterr().out
    assert main(["deliveries", "list"]) == 0
    assert "Nothing is stuck" in capsys.readouterr().out
    assert main(["deliveries", "retry"]) == 0
    assert "0 will be tried again" in capsys.readouterr().out


def test_what_may_have_arrived_is_sent_again_only_when_asked_and_without_readable_content(
    empty_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STEWARD_KEY", KEY)
    asyncio.run(_left_behind(empty_folder))
    with sqlite3.connect(empty_folder / "data" / "steward.db") as connection:
        connection.execute("UPDATE delivery SET state = 'unknown', doubted = due WHERE state = 'dead'")
    monkeypatch.setenv("CONTENT_DIR", str(empty_folder / "nowhere"))
    assert main(["deliveries", "list"]) == 0
    shown = capsys.readouterr().out
    assert "unknown: card by officers" in shown
    assert "In all: 1 sent, 1 unknown." in shown
    assert "retry --unknown" in shown
    assert main(["deliveries", "retry"]) == 0
    assert "0 will be tried again" in capsys.readouterr().out
    assert main(["deliveries", "retry", "--unknown"]) == 0
    assert "1 will be tried again" in capsys.readouterr().out
    assert main(["deliveries", "list"]) == 0
    assert "In all: 1 waiting, 1 sent.\nNothing is stuck." in capsys.readouterr().out
