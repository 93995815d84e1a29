"""Sends what the ledger holds, each delivery once as far as anybody can know, and never gives up too early."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from bot.messages import Outgoing, Reply
from bot.ports import Clock, Ledger, Sender, SendFailed, Slip
from bot.records import Due

BATCH = 8
"""Claimed and sent together: with ``SEND_SECONDS`` far below the ledger's lease of 5 minutes."""
SEND_SECONDS = 30.0
"""Longer than a slow adapter's own time-outs; then nobody knows whether it arrived."""
ATTEMPTS = 24
"""With the waits below: about half a day of trying, so that a night's outage loses nothing."""
FIRST_WAIT = 2.0
LONGEST_WAIT = 3600.0
LONGEST_ASKED = 24 * 3600.0
"""Retry-After is obeyed up to a day; more is a mistake of the other side."""
MARK_LETTERS = 32  # half of the hash: 128 bits
RECOVERY = timedelta(minutes=1)
"""How often claims that outlived their lease are looked for."""

Words = Callable[[Reply, str, str], Outgoing]
"""Reply, language, adapter -> words."""


class Deliveries:
    """The ledger's rows, made words and handed to the adapters that can send them."""

    def __init__(
        self,
        ledger: Ledger,
        senders: Mapping[str, Sender],
        words: Words,
        clock: Clock,
        chance: Callable[[], float],
        *,
        language: str = "en",
    ) -> None:
        """``chance`` returns [0, 1) for jitter; ``language`` is what rooms are written to in."""
        self._ledger = ledger
        self._senders = senders
        self._words = words
        self._clock = clock
        self._chance = chance
        self._language = language
        self._recovered: datetime | None = None

    async def recover(self, *, sole: bool) -> int:
        """Settle what a crash left claimed; ``sole`` when no other process can be sending now."""
        self._recovered = self._clock()
        return await self._ledger.recover(tuple(self._senders), self._recovered, sole=sole)

    async def next_due(self) -> datetime | None:
        """Return when there will next be something to send; None when nothing waits."""
        return await self._ledger.next_due(tuple(self._senders), self._clock())

    async def drain(self) -> int:
        """Send everything that is due, adapters beside each other, and return how many arrived.

        Raises ``StorageTrouble`` after every send that was under way has ended.
        """
        now = self._clock()
        if self._recovered is None or now - self._recovered >= RECOVERY:
            await self.recover(sole=False)
        return sum(await _every(*(self._drain(adapter) for adapter in self._senders)))

    async def _drain(self, adapter: str) -> int:
        arrived = 0
        while batch := await self._ledger.take(self._clock(), (adapter,), BATCH):
            arrived += sum(await _every(*(self._send(due) for due in batch)))
        return arrived

    async def _send(self, due: Due) -> bool:
        try:
            async with asyncio.timeout(SEND_SECONDS):
                remote_id = await self._posted(due)
        except SendFailed as failed:
            await self._failed(due, failed)
            return False
        except TimeoutError:
            await self._failed(due, SendFailed("TimeoutError"), unclear=True)
            return False
        except _Lost:
            await self._ledger.unknown(due.key, self._clock(), "it may have arrived")
            return False
        except Exception as error:  # noqa: BLE001 - an adapter's mistake must not stop the others
            # Its text may hold words or addresses; its kind is enough to find it.
            await self._failed(due, SendFailed(type(error).__name__))
            return False
        await self._ledger.sent(due.key, self._clock(), remote_id)
        return True

    async def _posted(self, due: Due) -> str | None:
        """Send, unless an earlier try in doubt is found to have arrived."""
        sender = self._senders[due.adapter]
        slip = Slip(mark(due.key), due.under, due.instead)
        if due.doubted is not None and due.instead is None:  # to put words in their place twice does no harm
            found = await sender.find(due.address, slip, due.doubted)
            if found is not None:
                return found
            if not due.repeatable:
                raise _Lost
        message = self._words(due.reply, due.language or self._language, due.adapter)
        return await sender.send(due.address, message, slip)

    async def _failed(self, due: Due, failed: SendFailed, *, unclear: bool = False) -> None:
        now = self._clock()
        if failed.permanent or due.attempts >= ATTEMPTS:
            await self._ledger.dead(due.key, now, failed.reason)
            return
        seconds = wait(due.attempts, self._chance(), failed.wait)
        await self._ledger.retry(due.key, now + timedelta(seconds=seconds), failed.reason, unclear=unclear)


class _Lost(Exception):  # noqa: N818 - it tells what happened; nothing is wrong
    """Nobody can know whether it arrived, and it must not be sent twice."""


def mark(key: str) -> str:
    """Return what a delivery is found again by: it names nothing, and nobody can guess it."""
    return sha256(key.encode()).hexdigest()[:MARK_LETTERS]


def wait(attempt: int, chance: float, asked: float | None = None) -> float:
    """Return seconds until the next try: doubling from 2 s to 1 h with jitter, never less than asked for.

    ``attempt`` counts from 1, ``chance`` is in [0, 1). The jitter takes up to half away, so that
    what failed together does not come back together.
    """
    seconds = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** (min(attempt, ATTEMPTS) - 1)) * (1 - chance / 2)
    if asked is None:
        return seconds
    return max(seconds, min(asked, LONGEST_ASKED))


async def _every(*work: Coroutine[None, None, int]) -> list[int]:
    """Let everything end, then raise the first trouble: a claim must not be left by a neighbour's."""
    counts = []
    for result in await asyncio.gather(*work, return_exceptions=True):
        if isinstance(result, BaseException):
            raise result
        counts.append(result)
    return counts
