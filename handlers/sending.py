"""What happens when a report is sent, put right, or stopped by the safety rule."""

from __future__ import annotations

from dataclasses import replace

from pydantic import JsonValue

from bot.changes import QuestionsErased, ReportCorrected, ReportErased, ReportSent, Tallied
from bot.conversation.turn import Conversation, Turn
from bot.desk import Desk
from bot.messages import Choice, Delivery, Incoming, Place, Reply, Text, Value
from bot.records import Situation
from bot.reports import outcomes, receipts
from handlers import packets
from handlers.ask import TO_PERSON
from handlers.cases import announce, announce_correction, announce_erasure
from handlers.incident import IncidentReport

REPORTS_A_DAY = 5  # PRODUCT section 6: more in a day is a wave, and a person should hear of it
RECEIPT_BITS = 35
WORD_BITS = 16


def stopped(said: Incoming, before: Conversation, turn: Turn) -> Turn:
    """Follow the stop rule: nothing is kept but a count; a person, and another post, may follow.

    What was sent already and was being put right is erased as well, and so is what was asked in the last day.
    """
    (stop,) = turn.replies
    choices = (
        TO_PERSON,
        Choice("t:child-images", Text("button-child-images")),
        Choice("do:report", Text("button-another-post")),
    )
    corrects = before.notes.get("corrects")
    erased = (ReportErased(corrects, announce_erasure(said)),) if isinstance(corrects, str) else ()
    return replace(turn, replies=(replace(stop, choices=choices),)).also(
        Tallied("stop_rule"), QuestionsErased(), *erased
    )


async def sent(said: Incoming, situation: Situation, desk: Desk, before: Conversation, turn: Turn) -> Turn:
    """Make the report durable, give the receipt once, and tell the case room."""
    corrects = before.notes.get("corrects")
    if corrects is None and situation.sent_today >= REPORTS_A_DAY:
        kept = before.now(paused=True)
        return Turn(kept, replies=(Reply("too-many-reports", {"limit": REPORTS_A_DAY}, (TO_PERSON,)),))
    form = turn.finished
    if not isinstance(form, IncidentReport):
        return turn
    answers: dict[str, JsonValue] = form.model_dump(mode="json")
    links = tuple(link for link in (desk.links.read(link) for link in form.links) if link is not None)
    urgent = bool(before.notes.get("urgent")) or form.in_danger
    if isinstance(corrects, str):
        if all(own.id != corrects for own in await desk.storage.own_reports(situation.member.id)):
            return replace(turn, replies=(Reply("report-not-found"),))  # erased meanwhile, by its age
        change = ReportCorrected(corrects, answers, links, urgent, announce_correction(said))
        return replace(turn, replies=(Reply("report-corrected"),)).also(change)
    identity = desk.new_id()
    code, word = receipts.make(desk.chance(RECEIPT_BITS)), receipts.word(desk.chance(WORD_BITS))
    report = ReportSent(
        report=identity,
        answers=answers,
        links=links,
        outcomes=outcomes.from_report(form.platform_reply, form.still_online, said.at),
        receipt=code,
        word=word,
        urgent=urgent,
        verified=situation.member.invited,
        announce=announce(said),
    )
    then = packets.next_best(desk, identity, answers, said.at.astimezone(desk.house.zone).date())
    values: dict[str, Value] = {"code": code, "word": word, "next": Text(then.key, then.values)}
    delivery = receipt(said, situation, identity, Reply("receipt", values, then.choices))
    return replace(turn, deliveries=(delivery,)).also(report)


def receipt(said: Incoming, situation: Situation, identity: str, reply: Reply) -> Delivery:
    """Return the delivery that says "sent": it goes out only once what was sent is durable."""
    return Delivery(
        key=f"receipt:{identity}",
        to=Place("chat", situation.member.id),
        reply=reply,
        due=said.at,
        order=f"member:{situation.member.id}",
        secret=True,
    )
