"""``steward run`` as a process of its own, on a test server."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.adapters.living import SECRET, free_port
from tests.conftest import CHECKOUT
from tests.playing import KEY
from tests.servers.telegram import TOKEN, TelegramServer


@dataclass
class Running:
    """``steward run`` in a folder of its own, as an operator has it."""

    folder: Path
    server: TelegramServer
    way: str
    more: Mapping[str, str] = field(default_factory=dict)

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
        self.environment |= self.more
        self.pid = 0
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
        self.pid = process.pid
        try:
            yield printed
        finally:
            process.send_signal(ending)
            written, _ = await process.communicate()
            printed += written.decode().splitlines()
