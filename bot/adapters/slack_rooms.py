"""Who is an officer in Slack and where: two rooms, people by their ids, and the members of user groups, kept fresh."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import structlog

from bot.adapters import Say
from bot.ports import SendFailed

GROUP = "S"  # how the id of a user group begins; people's begin with U or W
REFRESH_SECONDS = 600.0
"""Until groups are asked for again: whoever is put into one, or taken out, waits ten minutes at most."""
UNKNOWN_SECONDS = 60.0
"""The same while a group was never known: its officers are refused until then."""
NO_SUCH_GROUP = "no_such_subteam"

Ask: TypeAlias = Callable[..., Awaitable[Any]]
"""Asks Slack for the people of the group ``usergroup``; raises ``SendFailed``."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Rooms:
    """The officers' rooms by channel id, and who is an officer by user id."""

    cases: str = ""
    numbers: str = ""
    officers: frozenset[str] = field(default=frozenset(), repr=False)

    def name(self, channel: str) -> str | None:
        """Return a room's name in the house, or None for any other channel."""
        return {self.cases: "cases", self.numbers: "officers"}.get(channel) if channel else None

    def channel(self, name: str) -> str | None:
        """Return the channel of a room, "" if it has none, None if the name is no room's."""
        return {"cases": self.cases, "officers": self.numbers}.get(name)


NO_ROOMS = Rooms()


class Officers:
    """The rooms with the people who are officers now: those named, and those in the groups named."""

    def __init__(self, rooms: Rooms, ask: Ask, say: Say, seconds: float = REFRESH_SECONDS) -> None:
        """Know those named. ``seconds`` pass between two looks at the groups."""
        self._named = rooms
        self._ask = ask
        self._say = say
        self._seconds = seconds
        self._groups = sorted(one for one in rooms.officers if one.startswith(GROUP))
        self._people: dict[str, frozenset[str]] = {}

    @property
    def rooms(self) -> Rooms:
        """The rooms, with everybody who is an officer as far as is known."""
        named = self._named.officers.difference(self._groups)
        return replace(self._named, officers=named.union(*self._people.values()))

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Know the groups' people from here to the end of the block."""
        if not self._groups:
            yield
            return
        await self.look(is_first=True)
        looking = asyncio.create_task(self._go_on())
        try:
            yield
        finally:
            looking.cancel()

    async def look(self, *, is_first: bool = False) -> None:
        """Ask who is in the groups. When Slack does not say, those last known stay."""
        troubles = []
        for group in self._groups:
            try:
                answer = await self._ask(usergroup=group)
                self._people[group] = frozenset(str(one) for one in answer.get("users") or ())
            except SendFailed as failed:
                troubles.append(failed.reason)
                if failed.reason == NO_SUCH_GROUP:  # that is an answer: nobody is in it
                    self._people[group] = frozenset()
        if troubles and is_first:
            self._say(_trouble(troubles))
        elif troubles:
            log.warning("slack did not tell who is in a user group", reason=troubles[0])

    async def _go_on(self) -> None:
        while True:
            is_known = len(self._people) == len(self._groups)
            await asyncio.sleep(self._seconds if is_known else min(self._seconds, UNKNOWN_SECONDS))
            await self.look()


def _trouble(troubles: list[str]) -> str:
    """Return one line for the operator: what does not work, why, what to do."""
    groups = "one user group" if len(troubles) == 1 else f"{len(troubles)} user groups"
    why = {
        "missing_scope": "The scope usergroups:read is missing: install the app again from slack-manifest.yaml.",
        NO_SUCH_GROUP: "There is no such group.",
    }.get(troubles[0], f"Slack says {troubles[0]}.")
    return f"slack: who is in {groups} of OFFICERS is not known. {why} Asking again and again."
