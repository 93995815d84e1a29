"""Makes coroutines of methods that block, so that a whole transaction is one step to a thread and back."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import Connection

from bot.storage.database import Database

P = ParamSpec("P")
T = TypeVar("T")


class HasDatabase(Protocol):
    """What lives on a database."""

    _database: Database


H = TypeVar("H", bound=HasDatabase)


def in_thread(method: Callable[Concatenate[H, P], T]) -> Callable[Concatenate[H, P], Coroutine[Any, Any, T]]:
    """Make a coroutine of a method that blocks."""

    @wraps(method)
    async def run(self: H, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._database.in_thread(method, self, *args, **kwargs)

    return run


def one_write(
    method: Callable[Concatenate[H, Connection, P], T],
) -> Callable[Concatenate[H, P], Coroutine[Any, Any, T]]:
    """Make a coroutine of a method that is one writing transaction; see ``Database.write``."""

    @wraps(method)
    async def run(self: H, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._database.write(lambda connection: method(self, connection, *args, **kwargs))

    return run
