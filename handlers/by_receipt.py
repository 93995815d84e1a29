"""A report looked up by its receipt and second word, by whoever holds both; neither is kept or logged."""

from __future__ import annotations

from datetime import datetime

from bot.changes import ReceiptTried
from bot.conversation.turn import Turn
from bot.desk import Desk
from bot.messages import Choice, Incoming, Reply, Text, Value
from bot.records import FoundReport, Situation
from bot.reports import receipts
from bot.reports.receipts import Typed
from handlers.ask import TO_PERSON
from handlers.hearing import phrase

MY_REPORTS = Choice("do:status", Text("button-my-reports"))


def typed(said: Incoming) -> Typed | None:
    """Return the receipt behind a command, or None when there are no words that could be one."""
    if said.text is None:
        return None
    return receipts.typed(behind(said.text), asked=True)


def behind(words: str) -> str:
    """Return what stands behind the first word of a command."""
    return words.strip().partition(" ")[2].strip()


def unread(said: Incoming) -> Turn | None:
    """Say how a receipt looks when the words behind a ``/command`` are none; None when there are no words."""
    if said.text is None or not said.text.lstrip().startswith("/") or not behind(said.text):
        return None
    return Turn(replies=(Reply("receipt-unread", {}, (MY_REPORTS, TO_PERSON)),))


async def status(said: Incoming, situation: Situation, desk: Desk, receipt: Typed) -> Turn:
    """Tell how the report of a receipt stands, or which of the two is missing."""
    found = await looked_up(said, situation, desk, receipt, "status")
    return (
        found
        if isinstance(found, Turn)
        else Turn(replies=(_told(found, desk),), changes=(ReceiptTried(is_wrong=False),))
    )


async def looked_up(
    said: Incoming, situation: Situation, desk: Desk, receipt: Typed, command: str
) -> FoundReport | Turn:
    """Return the report of a receipt, or the turn that says why there is none."""
    if receipt.code is None:
        return Turn(replies=(Reply("receipt-letter", {}, (TO_PERSON,)),))
    waiting = _waiting(situation)
    desk.held.take(waiting, said.at)
    if not receipt.word:
        desk.held.put(waiting, f"{command} {receipt.code}", said.at)
        return Turn(replies=(Reply("receipt-word", {"meant": command, "code": receipt.code}),))
    found = await desk.storage.by_receipt(situation.member.id, receipt.code, receipt.word)
    if found.until is not None:
        return Turn(replies=(_later(found.until, desk),))
    if found.report is None:
        reply = Reply("receipt-wrong", {}, (MY_REPORTS, TO_PERSON))
        return Turn(replies=(reply,), changes=(ReceiptTried(is_wrong=True),))
    return found.report


def waited_for(said: Incoming, situation: Situation, desk: Desk) -> tuple[str, Typed] | None:
    """Return the command and the receipt whose second word this single word is, if one was just asked for."""
    words = (said.text or "").split()
    if len(words) != 1 or not receipts.plain_word(words[0]):
        return None
    command, _, code = desk.held.take(_waiting(situation), said.at).partition(" ")
    return (command, Typed(code, receipts.plain_word(words[0]))) if code else None


def _waiting(situation: Situation) -> str:
    return f"receipt:{situation.member.id}"


def _later(until: datetime, desk: Desk) -> Reply:
    """Say when a receipt may be tried again; within the hour, so the time is enough."""
    minutes = until.astimezone(desk.house.zone)
    return Reply("receipt-later", {"time": f"{minutes:%H:%M}"}, (MY_REPORTS, TO_PERSON))


def _told(found: FoundReport, desk: Desk) -> Reply:
    values: dict[str, Value] = {"what": described(found), "status": Text(f"case-{found.case_status}")}
    what = phrase(found.came_of, desk.house.zone)
    values["became"] = Text("became-nothing") if what.key == "nothing" else Text("became-what", {"what": what})
    return Reply("receipt-status", values, (TO_PERSON,))


def described(found: FoundReport) -> Text:
    """Return what a report is, as its list shows it: day, platform, kind; never its words."""
    if found.kind == "call":
        return Text("report-short-call", {"day": found.at.date()})
    return short(found.at, found.platform or "other", found.kinds)


def short(at: datetime, platform: str, kinds: tuple[str, ...]) -> Text:
    """Return a report in one line: day, platform, kind."""
    listed = tuple(Text(f"report-kinds-{kind}") for kind in kinds)
    values: dict[str, Value] = {"day": at.date(), "platform": Text(f"report-platform-{platform}")}
    return Text("report-short", {**values, "kinds": Text("list", {"items": listed})})
