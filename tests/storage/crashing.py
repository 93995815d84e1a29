"""A process in which 16 members send a report at once, and that ends where the common commit begins."""

from __future__ import annotations

import asyncio
import os
import sys

from sqlalchemy import event

from bot.conversation.turn import Turn
from bot.storage.store import Store
from tests.storage.conftest import ROOT, Hands
from tests.storage.people import message, report, say

CRASHED = 9


async def send(database_url: str, keys_url: str, commits: int) -> None:
    """Send one report each, name those told to be sent, and end before one more than ``commits``."""
    store = await Store.open(database_url, keys_url, ROOT, Hands())
    for number in range(16):
        await say(store, f"member {number}")
    left = [commits]

    def stop(_: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            os._exit(CRASHED)

    event.listen(store._database.engine, "commit", stop)

    async def one(number: int) -> None:
        said = message(store, f"member {number}")
        sent = report(what_happened="words")
        await store.commit(said, await store.situation(said), Turn(changes=(sent,)))
        sys.stdout.write(f"{sent.report}\n")
        sys.stdout.flush()

    await asyncio.gather(*(one(number) for number in range(16)))
    stop(None)
    os._exit(CRASHED)


if __name__ == "__main__":
    asyncio.run(send(sys.argv[1], sys.argv[2], int(sys.argv[3])))
