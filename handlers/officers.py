"""Officers: the cases that wait, opening, taking, setting and closing one (recorded), digests; no strangers."""

from __future__ import annotations

import re
from typing import TypeAlias

from bot.changes import Audited, CaseClosed, CaseOutcomeNoted, CaseStatusSet, CaseTaken
from bot.conversation.form import Form
from bot.conversation.sheet import Filling, Wrong, from_sheet
from bot.conversation.turn import Turn
from bot.desk import Desk
from bot.messages import Filled, Incoming, Reply, Text, Value
from bot.records import CaseCard
from bot.reports.outcomes import Outcome
from handlers import cases
from handlers.hearing import teller
from handlers.rounds import latest_digest
from handlers.sheets import CaseClosing, CaseOutcome, CaseStatus

TYPED = re.compile(r"^(open|case|take|status|outcome|close)\s*#?\s*(\d{1,9})$")
PRESSED = re.compile(r"^c:(open|take|status|outcome|close):(\d{1,9})(?::([a-z_]{1,20}))?$")

Chosen: TypeAlias = "Filled | str | None"
"""A sheet sent back, the end of a button, or nothing yet."""


async def decide(said: Incoming, desk: Desk) -> Turn:
    """Return what one message of an officer, or of a stranger in their rooms, leads to."""
    if said.who == "stranger":
        return Turn(replies=(Reply("not-officer"),), changes=(Audited("refused", said.place.of),))
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
    if words in ("open", "take", "status", "outcome", "close"):
        return Turn(replies=(Reply("case-which"),))
    return Turn(replies=(Reply("officer-hello"),)) if words in ("help", "start", "hello") else _unknown()


def _unknown() -> Turn:
    return Turn(replies=(Reply("officer-unknown"),))


async def _list(desk: Desk) -> Turn:
    waiting = await desk.storage.cases()
    if not waiting:
        return Turn(replies=(Reply("cases-none"),))
    return Turn(replies=(Reply("cases-head", {"count": len(waiting)}), *(cases.card(case) for case in waiting)))


async def _with_case(what: str, number: int, end: str | None, said: Incoming, desk: Desk) -> Turn:
    """Do something with a case. What it holds is shown only once the record of the opening is committed.

    ``end`` is the end of a button: what was chosen, if nothing came by a sheet.
    """
    file = await desk.storage.case(number)
    if file is None:
        return Turn(replies=(Reply("case-unknown", {"number": str(number)}),))
    if what == "take":
        return _take(file.card, said)
    chosen = end if said.filled is None else said.filled
    if what == "status":
        return _set(file.card, chosen, said)
    if what == "outcome":
        return _note(file.card, chosen, said, desk)
    if what == "close":
        return _close(file.card, chosen, said)
    return Turn(replies=cases.opened(file), changes=(cases.audit("opened", number),))


def _take(card: CaseCard, said: Incoming) -> Turn:
    values = {"number": str(card.number)}
    if card.status == "closed":
        return Turn(replies=(Reply("case-is-closed", values),))
    changes = (CaseTaken(card.number, cases.announce_change(said)), cases.audit("took", card.number))
    return Turn(replies=(Reply("case-taken-now", values),), changes=changes)


def _set(card: CaseCard, chosen: Chosen, said: Incoming) -> Turn:
    """Set where a case stands, or ask for it. "Taken" is said anew: it may be another officer who says it."""
    form = _form(CaseStatus, "status", chosen)
    if not isinstance(form, CaseStatus):
        return Turn(replies=(cases.statuses(card, form),))
    values: dict[str, Value] = {"number": str(card.number), "status": Text(f"case-{form.status}")}
    if form.status == card.status != "taken":
        return Turn(replies=(Reply("case-status-same", values),))
    changes = (
        CaseStatusSet(card.number, form.status, cases.announce_change(said)),
        cases.audit(f"status: {form.status}", card.number),
    )
    told = Reply("case-status-again" if card.status == "closed" else "case-status-now", values)
    return Turn(replies=(told,), changes=changes)


def _note(card: CaseCard, chosen: Chosen, said: Incoming, desk: Desk) -> Turn:
    """Note what became of what a case is about, or ask for it; its members hear of it as of any outcome."""
    values = {"number": str(card.number)}
    if card.kind == "call":
        return Turn(replies=(Reply("case-outcome-none", values),))
    form = _form(CaseOutcome, "what", chosen)
    if not isinstance(form, CaseOutcome):
        return Turn(replies=(cases.becoming(card.number, form),))
    outcome = Outcome(said.at, form.what, "officer")
    changes = (
        CaseOutcomeNoted(card.number, outcome, teller(said.at, desk.house.zone)),
        cases.audit(f"outcome: {form.what}", card.number),
    )
    return Turn(replies=(Reply("case-outcome-now", values),), changes=changes)


def _close(card: CaseCard, chosen: Chosen, said: Incoming) -> Turn:
    """Close a case for one of the reasons, or ask for it; a second tap changes nothing."""
    values = {"number": str(card.number)}
    if card.status == "closed":
        return Turn(replies=(Reply("case-is-closed", values),))
    form = _form(CaseClosing, "reason", chosen)
    if not isinstance(form, CaseClosing):
        return Turn(replies=(cases.reasons(card.number, form),))
    changes = (
        CaseClosed(card.number, form.reason, cases.announce_change(said)),
        cases.audit(f"closed: {form.reason}", card.number),
    )
    return Turn(replies=(Reply("case-closed-now", values),), changes=changes)


def _form(form: type[Filling], name: str, chosen: Chosen) -> Filling | Wrong | None:
    """Return the form that a sheet, or a button for its one question, makes; else what a sheet lacks."""
    if chosen is None:
        return None
    if not isinstance(chosen, str):
        return from_sheet(form, chosen)
    made = from_sheet(form, {name: chosen})
    return made if isinstance(made, Form) else None
