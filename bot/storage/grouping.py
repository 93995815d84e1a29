"""Lets those who wait to write share one transaction: one commit to disk for all, and each can fail alone."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Connection

from bot.ports import StorageTrouble

T = TypeVar("T")
Body: TypeAlias = Callable[[Connection], T]
"""The statements of one transaction. It may be run again from the start, so it changes nothing else."""
Outcome: TypeAlias = tuple[Any, BaseException | None]
"""What a body returned, or what it raised."""

MOST = 64
"""Bodies in one transaction: the last waits for all, about a millisecond each."""


class Lost(Exception):  # noqa: N818 - named for what happened
    """SQLite gave up the whole transaction because of one statement; nothing of it is kept."""


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    body: Body[Any]
    told: asyncio.Future[Any]


class Group:
    """A queue in front of the one writer. While a batch is being written the next one gathers.

    ``run`` writes a batch in another thread and returns an outcome for each body once all that
    succeeded are durable; nobody is told before.
    """

    def __init__(self, run: Callable[[Sequence[Body[Any]]], asyncio.Future[list[Outcome]]]) -> None:
        """Start empty."""
        self._run = run
        self._waiting: deque[_Waiting] = deque()
        self._writer: asyncio.Task[None] | None = None

    async def write(self, body: Body[T]) -> T:
        """Return what the body returned once it is durable, or raise what it raised.

        Cancelled before its turn, it is not written; cancelled later, it is written and not told.
        """
        told: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(body, told))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())
        return await told

    async def _write(self) -> None:
        while self._waiting:
            taken = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
            batch = [one for one in taken if not one.told.done()]
            if batch:
                self._tell(batch, await self._outcomes(batch))

    async def _outcomes(self, batch: Sequence[_Waiting]) -> list[Outcome]:
        try:
            return await self._run([one.body for one in batch])
        except Exception as error:  # noqa: BLE001 - whatever it is, somebody waits to hear it
            return [(None, error)] * len(batch)

    def _tell(self, batch: Sequence[_Waiting], outcomes: Sequence[Outcome]) -> None:
        for one, (value, error) in zip(batch, outcomes, strict=True):
            if one.told.done():
                continue
            if error is None:
                one.told.set_result(value)
            else:
                one.told.set_exception(error)


def run_all(connection: Connection, bodies: Sequence[Body[Any]], run: Callable[[Body[Any]], Outcome]) -> list[Outcome]:
    """Run bodies in an open SQLite transaction, each in a savepoint of its own; raise ``Lost`` if it is gone."""
    driver: Any = connection.connection.driver_connection
    outcomes = []
    try:
        for body in bodies:
            # Said to the driver: nobody else has a savepoint here, and SQLAlchemy's way costs ten times as much.
            driver.execute("SAVEPOINT one")
            outcomes.append(run(body))
            # A full disk can end the whole transaction, and what was written before with it.
            if not driver.in_transaction:
                raise Lost
            if outcomes[-1][1] is not None:
                driver.execute("ROLLBACK TO one")
            driver.execute("RELEASE one")
    except sqlite3.Error:
        raise Lost from None
    return outcomes


def failed(trouble: StorageTrouble, many: int) -> list[Outcome]:
    """Return the same trouble for each of many, as an error of its own."""
    return [(None, StorageTrouble(str(trouble))) for _ in range(many)]
