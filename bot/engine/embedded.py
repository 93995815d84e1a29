"""Wakes deliveries and timed rounds inside the process, whatever fails, and never in a busy loop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol

from bot.ports import Clock
from bot.privacy import place_of

ROUND_SECONDS = 60.0
"""How often the rounds run; each decides itself whether its time has come."""
LONGEST_SLEEP = 60.0
"""Deliveries are looked for at least this often: another process may have written some."""
SHORTEST_SLEEP = 0.05
"""Between two looks, so that something due that cannot be had yet costs no processor."""
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 300.0
"""After failures: doubling from a second to five minutes, long enough to mend a disk in."""

Report = Callable[[str, str, str], None]
"""What failed, the kind of error, and the place in our code; never an error's own text."""


class Sleep(Protocol):
    """Waits for an event at most so many seconds; tests hand in one that does not."""

    async def __call__(self, event: asyncio.Event, seconds: float) -> None:
        """Return when the event is set or the time is over."""


async def until_set(event: asyncio.Event, seconds: float) -> None:
    """Wait for an event at most so many seconds."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return


class Lane(Protocol):
    """Deliveries that hold up no others."""

    async def next_due(self) -> datetime | None:
        """Return when there will next be something to send; None when nothing waits."""

    async def drain(self, is_ending: Callable[[], bool] = ...) -> int:
        """Send what is due, ending early when told to; return how many arrived."""


class Embedded:
    """The engine of one process. ``run`` ends after ``stop``, when what is under way has ended."""

    def __init__(
        self,
        lanes: Callable[[], Sequence[Lane]],
        rounds: Sequence[Callable[[], Awaitable[object]]],
        clock: Clock,
        report: Report,
        *,
        sleep: Sleep = until_set,
    ) -> None:
        """``lanes`` are asked for when it runs; ``report`` is told of failures; ``rounds`` run every minute in turn."""
        self._lanes = lanes
        self._rounds = rounds
        self._clock = clock
        self._report = report
        self._sleep = sleep
        self._woken: list[asyncio.Event] = []
        self._stopped = asyncio.Event()

    def wake(self) -> None:
        """Look for deliveries now: called after a commit that wrote some. From the same loop only."""
        for woken in self._woken:
            woken.set()

    def stop(self) -> None:
        """End ``run`` soon, leaving nothing half-done."""
        self._stopped.set()
        self.wake()

    async def run(self) -> None:
        """Work until stopped."""
        lanes = self._lanes()
        self._woken = [asyncio.Event() for _ in lanes]
        async with asyncio.TaskGroup() as group:
            for lane, woken in zip(lanes, self._woken, strict=True):
                group.create_task(self._deliver(lane, woken))
            group.create_task(self._go_round())

    async def _deliver(self, lane: Lane, woken: asyncio.Event) -> None:
        failures = 0
        while not self._stopped.is_set():
            # Cleared before looking, so that a commit during the look is not missed.
            woken.clear()
            if self._stopped.is_set():
                return
            try:
                arrived = await lane.drain(self._stopped.is_set)
                seconds = self._until(await lane.next_due())
            except Exception as error:  # noqa: BLE001 - the engine outlives every failure
                failures += 1
                self._tell("deliveries", error)
                # A wake-up does not shorten this pause: the trouble would meet every commit.
                await self._sleep(self._stopped, pause(failures))
                continue
            failures = 0
            if not arrived:
                await self._sleep(self._stopped, SHORTEST_SLEEP)
            await self._sleep(woken, seconds)

    async def _go_round(self) -> None:
        failures = 0
        while not self._stopped.is_set():
            failed = False
            for one in self._rounds:
                try:
                    await one()
                except Exception as error:  # noqa: BLE001 - one round's failure is not the others'
                    failed = True
                    self._tell("round", error)
            failures = failures + 1 if failed else 0
            await self._sleep(self._stopped, max(ROUND_SECONDS, pause(failures)))

    def _until(self, due: datetime | None) -> float:
        if due is None:
            return LONGEST_SLEEP
        return min(LONGEST_SLEEP, max(0.0, (due - self._clock()).total_seconds()))

    def _tell(self, what: str, error: Exception) -> None:
        self._report(what, type(error).__name__, place_of(error))


def pause(failures: int) -> float:
    """Return seconds to wait after so many failures in a row; none after none."""
    if failures == 0:
        return 0.0
    return float(min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(failures - 1, 16)))
