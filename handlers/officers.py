"""Officers: the cases that wait, opening one (recorded first), and digests."""

from __future__ import annotations

import re

from bot.conversation.turn import Turn
from bot.desk import Desk
from bot.messages import Incoming, Reply
from handlers import cases
from handlers.rounds import latest_digest

OPEN = re.compile(r"^(?:/?open|case)\s*#?\s*(\d{1,9})$", re.IGNORECASE)
PRESSED = re.compile(r"^c:open:(\d{1,9})$")


async def decide(said: Incoming, desk: Desk) -> Turn:
    """Return what one message of an officer leads to."""
    if said.is_arrival:
        return Turn()
    if said.pressed is not None:
        found = PRESSED.match(said.pressed)
        return await _open(int(found.group(1)), desk) if found else _unknown()
    words = " ".join((said.text or "").strip().lstrip("/").casefold().split())
    found = OPEN.match(words)
    if found:
        return await _open(int(found.group(1)), desk)
    if words in ("cases", "case", "list"):
        return await _list(desk)
    if words in ("digest", "digest week", "week", "digest day", "day"):
        return Turn(replies=await latest_digest("day" if words.endswith("day") else "week", said.at, desk))
    if words == "open":
        return Turn(replies=(Reply("case-which"),))
    return Turn(replies=(Reply("officer-hello"),)) if words in ("help", "start", "hello") else _unknown()


def _unknown() -> Turn:
    return Turn(replies=(Reply("officer-unknown"),))


async def _list(desk: Desk) -> Turn:
    waiting = await desk.storage.cases()
    if not waiting:
        return Turn(replies=(Reply("cases-none"),))
    return Turn(replies=(Reply("cases-head", {"count": len(waiting)}), *(cases.card(case) for case in waiting)))


async def _open(number: int, desk: Desk) -> Turn:
    """Open a case. What it holds is shown only once the record of the opening is committed."""
    file = await desk.storage.case(number)
    if file is None:
        return Turn(replies=(Reply("case-unknown", {"number": str(number)}),))
    return Turn(replies=cases.opened(file), changes=(cases.audit(number),))
