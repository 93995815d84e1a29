"""`steward deliveries`: what could not be sent, and trying it again; never to whom, never the words."""

from __future__ import annotations

from bot.app import opened
from bot.settings import Settings


async def listed(settings: Settings) -> int:
    """Print one line for each delivery that is stuck."""
    async with opened(settings, "run") as house:
        stuck = await house.store.ledger.stuck()
    for one in stuck:
        due = one.due.astimezone(settings.tz)
        print(
            f"{one.state}: {one.kind} by {one.adapter}, tried {one.attempts} times, {one.error}, due {due:%d %b %H:%M}"
        )
    print(
        "Nothing is stuck."
        if not stuck
        else f"{len(stuck)} stuck. `steward deliveries retry` tries the dead ones again."
    )
    return 0


async def retried(settings: Settings) -> int:
    """Let dead deliveries be tried again by whoever sends."""
    async with opened(settings, "run") as house:
        count = await house.store.ledger.revive(house.clock())
    print(f"{count} will be tried again by `steward run`.")
    return 0
