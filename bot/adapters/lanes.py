"""People beside one another, each in order: their messages are decided one by one, and answered in that order."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias, TypeVar

import structlog

from bot.privacy import place_of

DECIDED_AT_ONCE = 16
"""Messages decided beside one another; more only wait for the same database."""
LONGEST_LINE = 50
"""Turns of one person whose answers wait; the oldest go, for the next message repeats the open question."""

log = structlog.get_logger()

T = TypeVar("T")
Saying: TypeAlias = Callable[[], Awaitable[object]]
"""Sends what one turn leads to, trying as often as it makes sense."""


@dataclass(slots=True)
class _Lane:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    hearing: int = 0
    line: deque[Saying] = field(default_factory=lambda: deque(maxlen=LONGEST_LINE))
    saying: asyncio.Task[None] | None = None


class Lanes:
    """One lane for each person (or chat) with whom something is going on. Hearing never waits for answering."""

    def __init__(self, adapter: str) -> None:
        """``adapter`` is named where an answer fails in a way nobody foresaw."""
        self._adapter = adapter
        self._lanes: dict[str, _Lane] = {}
        self._seats = asyncio.Semaphore(DECIDED_AT_ONCE)

    async def hear(self, who: str, decide: Callable[[], Awaitable[T]], say: Callable[[T], Awaitable[object]]) -> None:
        """Decide on one message behind those heard of them before, and return once that is durable.

        What was decided is said behind what is still being said to them.
        """
        lane = self._lanes.setdefault(who, _Lane())
        lane.hearing += 1
        try:
            async with lane.turn, self._seats:
                decided = await decide()
                if decided:  # inside the lock, so that answers line up as their messages did
                    self._put(who, lane, partial(say, decided))
        finally:
            lane.hearing -= 1
            self._leave(who, lane)

    def put(self, who: str, saying: Saying) -> None:
        """Say something behind what is still being said to them."""
        self._put(who, self._lanes.setdefault(who, _Lane()), saying)

    async def close(self, seconds: float) -> None:
        """Let what is being said end for so many seconds, then give it up."""
        under_way = {lane.saying for lane in self._lanes.values() if lane.saying is not None}
        if not under_way:
            return
        _, late = await asyncio.wait(under_way, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _put(self, who: str, lane: _Lane, saying: Saying) -> None:
        lane.line.append(saying)
        if lane.saying is None:
            lane.saying = asyncio.create_task(self._empty(who, lane))

    async def _empty(self, who: str, lane: _Lane) -> None:
        try:
            while lane.line:
                await self._said(lane.line.popleft())
        finally:
            lane.saying = None
            self._leave(who, lane)

    async def _said(self, saying: Saying) -> None:
        try:
            await saying()
        except Exception as error:  # noqa: BLE001 - what comes behind it must be said all the same
            log.error("answer failed", adapter=self._adapter, error=type(error).__name__, at=place_of(error))

    def _leave(self, who: str, lane: _Lane) -> None:
        if not lane.hearing and lane.saying is None and self._lanes.get(who) is lane:
            del self._lanes[who]
