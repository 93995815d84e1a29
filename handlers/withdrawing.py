"""Withdrawing a sent report: the member is told what that does, confirms once, and it is erased."""

from __future__ import annotations

from bot.changes import ReceiptTried, ReportErased
from bot.conversation.turn import Turn
from bot.desk import Desk
from bot.messages import Choice, Incoming, Reply, Text
from bot.records import OwnReport, Situation
from bot.reports.receipts import Typed
from handlers import by_receipt
from handlers.cases import announce_withdrawal

CHOSEN_AMONG = 8  # buttons of one message: a phone shows them at once; older reports have their receipts


async def withdraw(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Ask which report is meant; a single one, or that of a receipt, is asked about directly."""
    receipt = by_receipt.typed(said)
    if receipt is not None:
        return await with_receipt(said, situation, desk, receipt)
    own = await _own(situation, desk)
    if not own:
        return Turn(replies=(Reply("withdraw-none"),))
    if len(own) == 1:
        return _sure(_short(own[0]), f"w:do:{own[0].id}")
    choices = tuple(Choice(f"w:ask:{one.id}", _short(one)) for one in own[:CHOSEN_AMONG])
    return Turn(replies=(Reply("withdraw-which", {"more": Text(_more(own))}, choices),))


async def with_receipt(said: Incoming, situation: Situation, desk: Desk, receipt: Typed) -> Turn:
    """Ask about the report of a receipt; the button holds code and word, for only they prove whose it is."""
    found = await by_receipt.looked_up(said, situation, desk, receipt, "withdraw")
    if isinstance(found, Turn):
        return found
    asked = _sure(by_receipt.described(found), f"w:by:{receipt.code}:{receipt.word}")
    return asked.also(ReceiptTried(is_wrong=False))


async def pressed(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Ask about one report, keep it, or erase it; an old button does what it says or finds nothing."""
    _, step, rest = ((said.pressed or "") + "::").split(":", 2)
    identity = rest.rstrip(":")
    if step == "keep":
        return kept()
    if step == "by":
        return await _by_receipt(said, situation, desk, *identity.partition(":")[::2])
    own = next((one for one in await _own(situation, desk) if one.id == identity), None)
    if own is None:
        return Turn(replies=(Reply("report-not-found"),))
    if step == "ask":
        return _sure(_short(own), f"w:do:{own.id}")
    return _gone(situation, ReportErased(own.id, announce_withdrawal(said)))


def kept(*choices: Choice) -> Turn:
    """Say that nothing has changed."""
    return Turn(replies=(Reply("withdraw-kept", {}, choices),))


async def _by_receipt(said: Incoming, situation: Situation, desk: Desk, code: str, word: str) -> Turn:
    found = await by_receipt.looked_up(said, situation, desk, Typed(code, word), "withdraw")
    if isinstance(found, Turn):
        return found
    erased = ReportErased(found.id, announce_withdrawal(said), code, word)
    return _gone(situation, erased).also(ReceiptTried(is_wrong=False))


def _gone(situation: Situation, erased: ReportErased) -> Turn:
    """Erase a report, and a draft of this member that was putting it right: it is a copy."""
    copies = tuple(one.id for one in situation.conversations if one.notes.get("corrects") == erased.report)
    return Turn(closed=copies, replies=(Reply("withdrawn"),), changes=(erased,))


def _sure(what: Text, confirmed: str) -> Turn:
    choices = (Choice(confirmed, Text("button-withdraw-sure")), Choice("w:keep", Text("button-pause")))
    return Turn(replies=(Reply("withdraw-sure", {"what": what}, choices),))


async def _own(situation: Situation, desk: Desk) -> list[OwnReport]:
    return [one for one in await desk.storage.own_reports(situation.member.id) if one.platform is not None]


def _short(own: OwnReport) -> Text:
    kinds = own.answers.get("kinds")
    listed = tuple(str(kind) for kind in kinds) if isinstance(kinds, list) else ()
    return by_receipt.short(own.at, own.platform or "other", listed)


def _more(own: list[OwnReport]) -> str:
    return "withdraw-more" if len(own) > CHOSEN_AMONG else "nothing"
