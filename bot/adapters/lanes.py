"""Chats beside one another, one chat in order: messages are heard one by one, and answered in that order."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import structlog

from bot.adapters import Respond, pause
from bot.messages import Incoming, Outgoing
from bot.ports import SendFailed
from bot.privacy import place_of

HEARD_AT_ONCE = 16
"""Messages decided beside one another; more only wait for the same database."""
LONGEST_LINE = 50
"""Answers waiting for one chat; the oldest go, for the next message repeats the open question."""

TRIES = 4
"""With pauses of 1, 2 and 4 seconds; later the next message repeats the open question."""
LONGEST_ASKED = 60.0
"""Seconds an answer waits because the service asks for it; an older one is no answer any more."""

log = structlog.get_logger()

Send = Callable[[str, Outgoing], Awaitable[object]]
"""Address, answer: ``send`` of ``bot.ports.Sender``."""


@dataclass(slots=True)
class _Lane:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    hearing: int = 0
    line: deque[Sequence[Outgoing]] = field(default_factory=lambda: deque(maxlen=LONGEST_LINE))
    posting: asyncio.Task[None] | None = None


class Lanes:
    """One lane for each chat in which something is going on. Hearing never waits for sending."""

    def __init__(
        self, adapter: str, respond: Respond, send: Send, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    ) -> None:
        """``respond`` decides and keeps, ``send`` sends and may fail as a ``Sender`` does."""
        self._adapter = adapter
        self._respond = respond
        self._send = send
        self._sleep = sleep
        self._lanes: dict[str, _Lane] = {}
        self._seats = asyncio.Semaphore(HEARD_AT_ONCE)

    async def hear(self, said: Incoming) -> None:
        """Have one message answered behind those of its chat heard before; return once it is durable."""
        lane = self._lanes.setdefault(said.address, _Lane())
        lane.hearing += 1
        try:
            async with lane.turn, self._seats:
                answers = await self._respond(said)
            self._put(said.address, lane, answers)
        finally:
            lane.hearing -= 1
            self._leave(said.address, lane)

    def put(self, address: str, answers: Sequence[Outgoing]) -> None:
        """Send something to a chat behind the answers that wait there."""
        self._put(address, self._lanes.setdefault(address, _Lane()), answers)

    async def close(self, seconds: float) -> None:
        """Let answers under way end for so many seconds, then give them up."""
        posting = {lane.posting for lane in self._lanes.values() if lane.posting is not None}
        if not posting:
            return
        _, late = await asyncio.wait(posting, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _put(self, address: str, lane: _Lane, answers: Sequence[Outgoing]) -> None:
        if not answers:
            return
        lane.line.append(answers)
        if lane.posting is None:
            lane.posting = asyncio.create_task(self._empty(address, lane))

    async def _empty(self, address: str, lane: _Lane) -> None:
        try:
            while lane.line:
                await self._post(address, lane.line.popleft())
        finally:
            lane.posting = None
            self._leave(address, lane)

    async def _post(self, address: str, answers: Sequence[Outgoing]) -> None:
        """Send the answers of one turn in order; what cannot be sent is one line that names no words."""
        for answer in answers:
            failure = await self._failure(address, answer)
            if failure is None:
                continue
            log.warning("answer not sent", adapter=self._adapter, reason=failure.reason)
            if not failure.permanent:  # the next would only wait as long
                return

    async def _failure(self, address: str, answer: Outgoing) -> SendFailed | None:
        """Try to send a few times; return the last failure."""
        failure: SendFailed | None = None
        for attempt in range(1, TRIES + 1):
            if failure is not None:
                await self._sleep(max(pause(attempt - 1), failure.wait or 0.0))
            try:
                await self._send(address, answer)
            except SendFailed as failed:
                failure = failed
            except TimeoutError:  # it may have arrived; an answer that comes twice does no harm
                failure = SendFailed("no answer")
            except Exception as error:  # noqa: BLE001 - an answer of a service can be broken in any way
                failure = SendFailed(f"{type(error).__name__}, {place_of(error)}")
            else:
                return None
            if failure.permanent or (failure.wait or 0.0) > LONGEST_ASKED:
                break
        return failure

    def _leave(self, address: str, lane: _Lane) -> None:
        if not lane.hearing and lane.posting is None and self._lanes.get(address) is lane:
            del self._lanes[address]
