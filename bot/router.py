"""One message in, one turn out, one transaction; a message heard twice changes nothing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

import structlog

from bot.conversation.read import printable
from bot.conversation.turn import Turn
from bot.desk import Decide, DecideForOfficer, Desk
from bot.messages import Incoming, Reply
from bot.ports import Conflict, Duplicate, StorageTrouble
from bot.privacy import place_of

TRIES = 8  # a member who taps eight times at once is answered; more is refused with a sentence
PAUSE = 0.02  # seconds before deciding again, times the number of the try

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Router:
    """Hands each message to the members' or officers' decision and commits what it leads to.

    ``members`` decides for members, ``officers`` for officers and for strangers in their rooms.
    """

    desk: Desk
    members: Decide
    officers: DecideForOfficer

    async def respond(self, said: Incoming) -> tuple[Reply, ...]:
        """Return the replies to one message; empty when it was heard before. Never raises."""
        said = _clean(replace(said, at=said.at.astimezone(self.desk.house.zone)))
        try:
            return await self._committed(said)
        except StorageTrouble as trouble:
            log.error("storage trouble", reason=str(trouble))
            return (Reply("trouble-storage", {"contact": self.desk.house.contact}),)
        except Exception as error:  # noqa: BLE001 - a member always gets an answer, an operator the place
            log.error("unexpected error", error=type(error).__name__, at=place_of(error))
            return (Reply("trouble", {"contact": self.desk.house.contact}),)

    async def _committed(self, said: Incoming) -> tuple[Reply, ...]:
        for attempt in range(TRIES):
            try:
                turn = await self._turn(said)
            except Duplicate:
                return ()
            except Conflict:
                await asyncio.sleep(PAUSE * (attempt + 1))
                continue
            return turn.replies
        return (Reply("too-busy"),)

    async def _turn(self, said: Incoming) -> Turn:
        storage = self.desk.storage
        if said.who != "member":
            turn = await self.officers(said, self.desk)
            await storage.commit(said, None, turn)
            return turn
        situation = await storage.situation(said)
        turn = await self.members(said, situation, self.desk)
        if said.is_arrival:  # nothing was said, so nothing is kept; what is open is only shown again
            return turn
        await storage.commit(said, situation, turn)
        return turn


def _clean(said: Incoming) -> Incoming:
    """Return a message whose words can be kept and shown to anybody: nothing in them steers a screen."""
    if said.text is None and said.pressed is None and said.filled is None:
        return said
    text = None if said.text is None else printable(said.text)
    filled = None if said.filled is None else {name: _printable(value) for name, value in said.filled.items()}
    return replace(said, text=text, filled=filled, pressed=None if said.pressed is None else printable(said.pressed))


def _printable(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    return printable(value) if isinstance(value, str) else tuple(printable(one) for one in value)
