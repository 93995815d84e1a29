"""Officers: the cases that wait, opening, taking and closing one (recorded), and digests."""

from __future__ import annotations

import re

from bot.changes import CaseClosed, CaseTaken
from bot.conversation.turn import Turn
from bot.desk import Desk
from bot.messages import Incoming, Reply
from bot.records import CaseCard
from handlers import cases
from handlers.rounds import latest_digest

TYPED = re.compile(r"^(open|case|take|close)\s*#?\s*(\d{1,9})$")
PRESSED = re.compile(r"^c:(open|take|close):(\d{1,9})(?::([a-z_]{1,20}))?$")


async def decide(said: Incoming, desk: Desk) -> Turn:
    """Return what one message of an officer leads to."""
    if said.is_arrival:
        return Turn()
    if said.pressed is not None:
        found = PRESSED.match(said.pressed)
        return await _with_case(found[1], int(found[2]), found[3], said, desk) if found else _unknown()
    words = " ".join((said.text or "").strip().lstrip("/").casefold().split())
    found = TYPED.match(words)
    if found:
        return await _with_case(found[1], int(found[2]), None, said, desk)
    if words in ("cases", "case", "list"):
        return await _list(desk)
    if words in ("digest", "digest week", "week", "digest day", "day"):
        return Turn(replies=await latest_digest("day" if words.endswith("day") else "week", said.at, desk))
    if words in ("open", "take", "close"):
        return Turn(replies=(Reply("case-which"),))
    return Turn(replies=(Reply("officer-hello"),)) if words in ("help", "start", "hello") else _unknown()


def _unknown() -> Turn:
    return Turn(replies=(Reply("officer-unknown"),))


async def _list(desk: Desk) -> Turn:
    waiting = await desk.storage.cases()
    if not waiting:
        return Turn(replies=(Reply("cases-none"),))
    return Turn(replies=(Reply("cases-head", {"count": len(waiting)}), *(cases.card(case) for case in waiting)))


async def _with_case(what: str, number: int, reason: str | None, said: Incoming, desk: Desk) -> Turn:
    """Open, take or close a case. What it holds is shown only once the record of the opening is committed."""
    file = await desk.storage.case(number)
    if file is None:
        return Turn(replies=(Reply("case-unknown", {"number": str(number)}),))
    if what == "take":
        return _take(file.card, said)
    if what == "close":
        return _close(file.card, reason, said)
    return Turn(replies=cases.opened(file), changes=(cases.audit("opened", number),))


def _take(card: CaseCard, said: Incoming) -> Turn:
    values = {"number": str(card.number)}
    if card.status == "closed":
        return Turn(replies=(Reply("case-is-closed", values),))
    changes = (CaseTaken(card.number, cases.announce_change(said)), cases.audit("took", card.number))
    return Turn(replies=(Reply("case-taken-now", values),), changes=changes)


def _close(card: CaseCard, reason: str | None, said: Incoming) -> Turn:
    """Close a case for one of the reasons, or ask for it; a second tap changes nothing."""
    values = {"number": str(card.number)}
    if card.status == "closed":
        return Turn(replies=(Reply("case-is-closed", values),))
    if reason not in cases.REASONS:
        return Turn(replies=(cases.reasons(card.number),))
    changes = (
        CaseClosed(card.number, reason, cases.announce_change(said)),
        cases.audit(f"closed: {reason}", card.number),
    )
    return Turn(replies=(Reply("case-closed-now", values),), changes=changes)
