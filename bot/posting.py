"""`steward deliveries`: what could not be sent, and trying it again; never to whom, never the words."""

from __future__ import annotations

from bot.app import opened
from bot.settings import Settings
from bot.storage.ledger import LISTED


async def listed(settings: Settings) -> int:
    """Print one line for each delivery that is stuck."""
    async with opened(settings, "run") as house:
        stuck = await house.store.ledger.stuck(house.clock())
    for one in stuck:
        due = f"{one.due.astimezone(settings.tz):%d %b %H:%M}"
        why = one.error or "nobody sends it"
        print(f"{one.state}: {one.kind} by {one.adapter}, tried {one.attempts} times, {why}, due {due}")
    if not stuck:
        print("Nothing is stuck.")
        return 0
    count = f"The newest {LISTED}" if len(stuck) == LISTED else str(len(stuck))
    print(f"{count} stuck. `steward deliveries retry` tries the dead ones again.")
    return 0


async def retried(settings: Settings) -> int:
    """Let dead deliveries be tried again by whoever sends."""
    async with opened(settings, "run") as house:
        count = await house.store.ledger.revive(house.clock())
    print(f"{count} will be tried again by `steward run`.")
    return 0
