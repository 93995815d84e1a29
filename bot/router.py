"""One message in, one turn out, one transaction; a message heard twice changes nothing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

import structlog

from bot.changes import MemberChanged
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
class Answered:
    """The replies to one message, and the language they are said in."""

    replies: tuple[Reply, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Router:
    """Hands each message to the members' or officers' decision and commits what it leads to.

    ``members`` decides for members, ``officers`` for officers and for strangers in their rooms.
    """

    desk: Desk
    members: Decide
    officers: DecideForOfficer

    async def respond(self, said: Incoming) -> Answered:
        """Return the replies to one message; empty when it was heard before. Never raises."""
        said = _clean(replace(said, at=said.at.astimezone(self.desk.house.zone)))
        try:
            return await self._committed(said)
        except StorageTrouble as trouble:
            log.error("storage trouble", reason=str(trouble))
            return Answered((Reply("trouble-storage", {"contact": self.desk.house.contact}),), said.language)
        except Exception as error:  # noqa: BLE001 - a member always gets an answer, an operator the place
            log.error("unexpected error", error=type(error).__name__, at=place_of(error))
            return Answered((Reply("trouble", {"contact": self.desk.house.contact}),), said.language)

    async def _committed(self, said: Incoming) -> Answered:
        for attempt in range(TRIES):
            try:
                return await self._turn(said)
            except Duplicate:
                return Answered((), said.language)
            except Conflict:
                await asyncio.sleep(PAUSE * (attempt + 1))
        return Answered((Reply("too-busy"),), said.language)

    async def _turn(self, said: Incoming) -> Answered:
        storage = self.desk.storage
        if said.who != "member":
            turn = await self.officers(said, self.desk)
            await storage.commit(said, None, turn)
            return Answered(turn.replies, said.language)
        situation = await storage.situation(said)
        turn = await self.members(said, situation, self.desk)
        if not said.is_arrival:  # then nothing was said, so nothing is kept; what is open is only shown again
            await storage.commit(said, situation, turn)
        return Answered(turn.replies, _language(turn, situation.member.language))


def _language(turn: Turn, before: str) -> str:
    """Return the language a member is answered in: what this turn changed it to, else as before."""
    changed = (change.language for change in turn.changes if isinstance(change, MemberChanged) and change.language)
    return next(changed, before)


def _clean(said: Incoming) -> Incoming:
    """Return a message whose words can be kept and shown to anybody: nothing in them steers a screen."""
    if said.text is None and said.pressed is None and said.filled is None:
        return said
    text = None if said.text is None else printable(said.text)
    filled = None if said.filled is None else {name: _printable(value) for name, value in said.filled.items()}
    return replace(said, text=text, filled=filled, pressed=None if said.pressed is None else printable(said.pressed))


def _printable(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    return printable(value) if isinstance(value, str) else tuple(printable(one) for one in value)
