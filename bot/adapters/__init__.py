"""Adapters: how we talk to people. Each turns what it heard into an ``Incoming`` and speaks an ``Outgoing``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeAlias

from bot.messages import Incoming, Outgoing
from bot.ports import Slip

if TYPE_CHECKING:  # the terminal needs no web server, and waits for none to be imported
    from aiohttp.web import RouteDef

Respond: TypeAlias = Callable[[Incoming], Awaitable[Sequence[Outgoing]]]
"""The house: one message in, its answers out, durable when it returns. It never raises."""
Pseudonym: TypeAlias = Callable[[str, str], str]
"""Adapter, the service's user id -> who that is in this house."""
Say: TypeAlias = Callable[[str], None]
"""Tells the operator one line; it never holds words, names or tokens."""

LONGEST_PAUSE = 300.0
"""Seconds; after five minutes of silence a service is as likely to be back in the next five."""


class Adapter(Protocol):
    """One chat service: it hears for ``run``, sends as a ``Sender``, and may want web addresses of its own."""

    name: str
    serves: tuple[str, ...]
    """The ledger's adapters it sends for: its own name, and ``officers`` where it has their rooms."""

    @property
    def is_up(self) -> bool:
        """Whether the service answered when it was last spoken to."""

    def routes(self) -> Sequence[RouteDef]:
        """Return what the one web server serves for this adapter."""

    async def run(self, respond: Respond) -> None:
        """Hear and answer until cancelled; never raises because of the service."""

    async def send(self, address: str, message: Outgoing, slip: Slip | None = None) -> str | None:
        """Send, as ``bot.ports.Sender`` says."""

    async def find(self, address: str, slip: Slip, since: datetime) -> str | None:
        """Look for what may have arrived, as ``bot.ports.Sender`` says."""


def pause(failures: int) -> float:
    """Return seconds to wait after so many failures in a row: a second, doubled up to five minutes."""
    return 0.0 if failures < 1 else float(min(LONGEST_PAUSE, 2.0 ** min(failures - 1, 16)))
