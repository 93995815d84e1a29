"""Sends the answers of one turn, which no ledger holds: a few tries each, then one line that names no words."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from bot.adapters import pause
from bot.messages import Outgoing
from bot.ports import SendFailed
from bot.privacy import place_of

TRIES = 4
"""With pauses of 1, 2 and 4 seconds; later the next message repeats the open question."""
LONGEST_ASKED = 60.0
"""Seconds an answer waits because the service asks for it; an older one is no answer any more."""

log = structlog.get_logger()

Send = Callable[[str, Outgoing], Awaitable[object]]
"""Address, answer: ``send`` of ``bot.ports.Sender``."""


class Answering:
    """The patience with which one adapter answers."""

    def __init__(self, adapter: str, send: Send, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        """``send`` sends and may fail as a ``Sender`` does."""
        self._adapter = adapter
        self._send = send
        self._sleep = sleep

    async def say(self, address: str, answers: Sequence[Outgoing]) -> None:
        """Send the answers of one turn in order; behind one that cannot be sent now, the others would wait as long."""
        for answer in answers:
            failure = await self._failure(address, answer)
            if failure is None:
                continue
            log.warning("answer not sent", adapter=self._adapter, reason=failure.reason)
            if not failure.permanent:
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
