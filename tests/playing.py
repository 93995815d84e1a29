"""Whole conversations in a test: the real house on a real SQLite file, restarted between every two lines."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

from bot.adapters.terminal import Terminal
from bot.app import Steward, opened
from bot.settings import Settings, alone

FRIDAY_NIGHT = datetime(2026, 11, 20, 22, 10, tzinfo=UTC)
KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()


def settings_in(folder: Path, **more: object) -> Settings:
    """Return settings that touch only one folder."""
    values: dict[str, object] = {
        "database_url": f"sqlite:///{folder}/data/steward.db",
        "keys_url": f"sqlite:///{folder}/keys/keys.db",
        "steward_key": KEY,
        "members": "open",
        "union_name": "the union",
        "union_contact": "the union's line",
    }
    return alone(**{**values, **more})


@dataclass
class Playing:
    """People and the house; every line is heard by a house just opened, as after a restart.

    ``keeps`` False restarts between every two lines; True leaves the house open.
    """

    settings: Settings
    at: datetime = FRIDAY_NIGHT
    keeps: bool = False
    officers: StringIO = field(default_factory=StringIO)
    _printed: dict[str, StringIO] = field(default_factory=dict)
    _terminals: dict[str, Terminal] = field(default_factory=dict)
    _open: Steward | None = None
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    def clock(self) -> datetime:
        """Return the time, a second later each time it is asked."""
        self.at += timedelta(seconds=1)
        return self.at

    async def house(self) -> Steward:
        """Return the house, opened again if it is closed between lines."""
        if self._open is None or not self.keeps:
            await self.close()
            self._open = await self._stack.enter_async_context(opened(self.settings, "chat", clock=self.clock))
        return self._open

    async def close(self) -> None:
        """Close the house."""
        self._open = None
        await self._stack.aclose()
        self._stack = AsyncExitStack()

    async def says(self, line: str | None, person: str = "a member") -> str:
        """Let a member say one line (``[Label]`` is a press) and return what they are shown."""
        house = await self.house()
        printed = self._printed.setdefault(person, StringIO())
        terminal = house.member(person, stdin=StringIO(), stdout=printed)
        if person in self._terminals:  # a person still sees the old buttons after a restart of the bot
            terminal.see(self._terminals[person])
        self._terminals[person] = terminal
        house.senders["terminal"] = terminal
        house.senders["officers"] = house.officer("one", stdin=StringIO(), stdout=self.officers)
        before = printed.tell()
        await terminal.take(line, house.respond, house.drain)
        return printed.getvalue()[before:]

    async def say(self, lines: Sequence[str], person: str = "a member") -> str:
        """Let a member say several lines; return what the last one was answered."""
        shown = ""
        for line in lines:
            shown = await self.says(line, person)
        return shown

    async def officer_says(self, line: str) -> str:
        """Let an officer say one line and return what they are shown."""
        house = await self.house()
        printed = StringIO()
        terminal = house.officer("one", stdin=StringIO(), stdout=printed)
        house.senders["officers"] = terminal
        await terminal.take(line, house.respond, house.drain)
        return printed.getvalue()
