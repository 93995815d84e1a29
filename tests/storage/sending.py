"""A process that sends reports until it is killed, and names each one it was told is sent."""

from __future__ import annotations

import asyncio
import sys

from bot.storage.store import Store
from tests.storage.conftest import ROOT, Hands
from tests.storage.people import report, say


async def send(database_url: str, keys_url: str) -> None:
    """Send reports for ever."""
    store = await Store.open(database_url, keys_url, ROOT, Hands())
    while True:
        one = report(what_happened="words")
        await say(store, "one", one)
        sys.stdout.write(f"{one.report}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(send(sys.argv[1], sys.argv[2]))
