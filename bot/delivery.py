"""Sends what the ledger holds, each delivery once as far as anybody can know, and never gives up too early."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from bot.messages import Outgoing, Reply
from bot.ports import Clock, Ledger, Sender, SendFailed, Slip
from bot.records import Due

AT_ONCE = 8
"""Under way together in one lane of one process."""
BULK_AT_ONCE = 24
"""With 25 a second, enough while a service takes almost a second to answer. An adapter opens 32 connections
at most: when all of these hang, 8 are left for what must not wait."""
LOOK_SECONDS = 0.25
"""While something is under way, how long what became due meanwhile can be overlooked."""
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

    def __init__(  # noqa: PLR0913 - each is what sending needs from outside
        self,
        ledger: Ledger,
        senders: Mapping[str, Sender],
        words: Words,
        clock: Clock,
        chance: Callable[[], float],
        *,
        language: str = "en",
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """``chance`` returns [0, 1) for jitter; ``language`` is what rooms are written to in."""
        self._sleep = sleep
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

    def lanes(self) -> tuple[Lane, ...]:
        """Return a lane for what must not wait and one for bulk, for each adapter there is now."""
        return tuple(
            Lane(self._ledger, adapter, self._clock, self._send, self._look_back, is_bulk=is_bulk)
            for is_bulk in (False, True)
            for adapter in self._senders
        )

    async def next_due(self) -> datetime | None:
        """Return when there will next be something to send; None when nothing waits."""
        every = [await lane.next_due() for lane in self.lanes()]
        return min((due for due in every if due is not None), default=None)

    async def drain(self) -> int:
        """Send everything that is due, lanes beside each other, and return how many arrived.

        Raises ``StorageTrouble`` after every send that was under way has ended.
        """
        every = await asyncio.gather(*(lane.drain() for lane in self.lanes()), return_exceptions=True)
        for trouble in every:
            if isinstance(trouble, BaseException):
                raise trouble
        return sum(arrived for arrived in every if isinstance(arrived, int))

    async def _look_back(self) -> None:
        """Look for claims of a process that is gone, now and then."""
        now = self._clock()
        if self._recovered is None or now - self._recovered >= RECOVERY:
            await self.recover(sole=False)

    async def _send(self, due: Due) -> bool:
        if due.at is not None and not await self._may_go(due, due.at):
            return False
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

    async def _may_go(self, due: Due, at: datetime) -> bool:
        """Wait for the slot of a bulk delivery; give it back if the service asked for a pause meanwhile."""
        await self._sleep(max(0.0, (at - self._clock()).total_seconds()))
        until = await self._ledger.held(due.adapter, max(at, self._clock()))
        if until is not None:
            await self._ledger.give_back(due.key, until)
        return until is None

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
        again = now + timedelta(seconds=wait(due.attempts, self._chance(), failed.wait))
        # To a service that asks us to slow down no bulk goes for as long; what must not wait has the rest.
        hold = now + timedelta(seconds=min(failed.wait or FIRST_WAIT, LONGEST_ASKED)) if failed.limited else None
        await self._ledger.retry(due.key, again, failed.reason, unclear=unclear, hold=hold)


class Lane:
    """One adapter's deliveries of one kind: what a lane waits for holds up no other."""

    def __init__(
        self,
        ledger: Ledger,
        adapter: str,
        clock: Clock,
        send: Callable[[Due], Coroutine[None, None, bool]],
        look_back: Callable[[], Awaitable[None]],
        *,
        is_bulk: bool,
    ) -> None:
        """``send`` settles a delivery and says whether it arrived; ``is_bulk`` as in ``bot.messages.Delivery``."""
        self._ledger = ledger
        self._adapter = adapter
        self._clock = clock
        self._send = send
        self._look_back = look_back
        self._is_bulk = is_bulk
        self._most = BULK_AT_ONCE if is_bulk else AT_ONCE

    async def next_due(self) -> datetime | None:
        """Return when there will next be something to send; None when nothing waits."""
        return await self._ledger.next_due((self._adapter,), self._clock(), bulk=self._is_bulk)

    async def drain(self, is_ending: Callable[[], bool] = lambda: False) -> int:
        """Send what is due until nothing is, or the house ``is_ending``; return how many arrived.

        Raises ``StorageTrouble`` after every send that was under way has ended.
        """
        under_way: set[asyncio.Task[bool]] = set()
        try:
            return await self._work(under_way, is_ending)
        except asyncio.CancelledError:
            for task in under_way:
                task.cancel()
            raise
        finally:  # a claim must not be left by a neighbour's trouble
            await asyncio.gather(*under_way, return_exceptions=True)

    async def _work(self, under_way: set[asyncio.Task[bool]], is_ending: Callable[[], bool]) -> int:
        arrived = 0
        await self._look_back()
        while True:
            seconds = LOOK_SECONDS
            if len(under_way) < self._most and not is_ending():
                begun, seconds = await self._begin(self._most - len(under_way))
                under_way |= begun
                if begun:
                    continue
            if not under_way:
                return arrived
            ended, _ = await asyncio.wait(under_way, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            under_way -= ended
            arrived += sum(await asyncio.gather(*ended))

    async def _begin(self, room: int) -> tuple[set[asyncio.Task[bool]], float]:
        """Begin to send what is due, at most ``room``; if nothing is, return after how many seconds to look again."""
        due = await self.next_due()
        now = self._clock()
        if due is None:
            return set(), LOOK_SECONDS
        if due > now:
            return set(), min(LOOK_SECONDS, (due - now).total_seconds())
        batch = await self._ledger.take(now, (self._adapter,), room, bulk=self._is_bulk)
        return {asyncio.create_task(self._send(one)) for one in batch}, LOOK_SECONDS


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
