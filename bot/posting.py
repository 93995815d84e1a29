"""`steward deliveries`: what could not be sent, and trying it again; never to whom, never the words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app import configure_logging, now
from bot.settings import Settings
from bot.storage.store import Store
from bot.storage.stuck import LISTED, StuckDeliveries


async def listed(settings: Settings) -> int:
    """Print how many deliveries are in each state, and one line for each that is stuck."""
    async with _ledger(settings) as ledger:
        counts = await ledger.counts()
        stuck = await ledger.listed(now())
    for one in stuck:
        due = f"{one.due.astimezone(settings.tz):%d %b %H:%M}"
        why = one.error or "nobody sends it"
        print(f"{one.state}: {one.kind} by {one.adapter}, tried {one.attempts} times, {why}, due {due}")
    print(f"In all: {', '.join(f'{count} {state}' for state, count in counts.items()) or 'none'}.")
    if not stuck:
        print("Nothing is stuck.")
        return 0
    count = f"The newest {LISTED}" if len(stuck) == LISTED else str(len(stuck))
    print(f"{count} stuck. `steward deliveries retry` tries the dead ones again.")
    if "unknown" in counts:
        print("Unknown ones may have arrived. `steward deliveries retry --unknown` sends them too, perhaps twice.")
    return 0


async def retried(settings: Settings, *, unknown: bool = False) -> int:
    """Let dead deliveries, and those of unknown fate if wanted, be tried again by whoever sends."""
    async with _ledger(settings) as ledger:
        count = await ledger.revive(now(), ("dead", "unknown") if unknown else ("dead",))
    print(f"{count} will be tried again by `steward run`.")
    return 0


@asynccontextmanager
async def _ledger(settings: Settings) -> AsyncIterator[StuckDeliveries]:
    """Open the databases and nothing else: broken content must not hide what could not be sent."""
    configure_logging()
    store = await Store.open(settings.database_url, settings.keys_url, settings.root_key(), now)
    try:
        yield store.stuck
    finally:
        await store.close()
