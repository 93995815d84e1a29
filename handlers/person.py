"""Talk to a person: one optional line, a case of kind call, and an honest word on when somebody reads it."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, ClassVar

from bot.changes import CallSent
from bot.conversation import step
from bot.conversation.form import Ask, Form, Reads
from bot.conversation.guide import Guide
from bot.conversation.turn import Conversation, Turn
from bot.desk import Desk
from bot.messages import Choice, Incoming, Reply, Text, Value
from bot.records import Situation
from bot.reports import receipts
from handlers.cases import announce
from handlers.report import conversation_id, refusal
from handlers.safety import office
from handlers.sending import RECEIPT_BITS, WORD_BITS, receipt

ABOUT_LIMIT = 500  # characters; one line is asked for, a longer story belongs in a report


class PersonCall(Form):
    """A wish to talk to a person at the union."""

    name: ClassVar[str] = "person"

    about: Annotated[str | None, Reads("words", ABOUT_LIMIT), Ask(skippable=True)] = None
    may_contact: Annotated[bool, Ask()]


def guide(desk: Desk) -> Guide:
    """Return the plain guide: a call has no special values."""
    del desk
    return Guide()


async def person(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Open the way to a person, or give the union's line where nobody reads here."""
    if not desk.house.has_officers:
        contact = desk.house.contact or Text("contact-unknown")
        return Turn(replies=(Reply("person-nobody", {"union": desk.house.union, "contact": contact}),))
    refused = refusal(said, situation, desk)
    if refused is not None:
        return refused
    draft = next((one for one in situation.conversations if one.form == PersonCall.name), None)
    if draft is not None:
        return step.opened(PersonCall, step.loaded(PersonCall, draft).now(paused=False), said.at)
    fresh = Conversation(id=conversation_id(desk), form=PersonCall.name, started=said.at)
    turn = step.begin(PersonCall, fresh, said.at, {})
    contact = desk.house.contact or Text("contact-unknown")
    return turn.first(Reply("person-intro", {"office": office(said, desk), "contact": contact}))


async def after(said: Incoming, situation: Situation, desk: Desk, before: Conversation, turn: Turn) -> Turn:
    """When the call is sent: a case, a receipt, and when somebody reads it."""
    form = turn.finished
    if not isinstance(form, PersonCall):
        return turn
    identity = desk.new_id()
    code, word = receipts.make(desk.chance(RECEIPT_BITS)), receipts.word(desk.chance(WORD_BITS))
    call = CallSent(
        report=identity,
        answers=form.model_dump(mode="json"),
        receipt=code,
        word=word,
        urgent=bool(before.notes.get("urgent")),
        verified=situation.member.invited,
        announce=announce(said),
    )
    values: dict[str, Value] = {"code": code, "word": word, "office": office(said, desk)}
    choices = tuple(
        Choice("do:report", Text("button-go-on")) for one in situation.conversations if one.form == "report"
    )
    delivery = receipt(said, situation, identity, Reply("person-receipt", values, choices[:1]))
    return replace(turn, deliveries=(delivery,)).also(call)
