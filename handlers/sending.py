"""What happens when a report is sent, put right, or stopped by the safety rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pydantic import JsonValue

from bot.changes import QuestionsErased, ReportCorrected, ReportErased, ReportSent, Tallied
from bot.conversation.turn import Conversation, Turn
from bot.desk import Desk
from bot.messages import Choice, Delivery, Incoming, Place, Reply, Text, Value
from bot.records import Filed, OwnReport, Situation
from bot.reports import outcomes, receipts
from bot.reports.names import names
from bot.reports.outcomes import ENOUGH
from handlers import packets
from handlers.ask import TO_PERSON
from handlers.cases import announce, announce_correction, announce_erasure
from handlers.hearing import teller
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
    told = outcomes.from_report(form.platform_reply, form.still_online, said.at, form.route)
    if isinstance(corrects, str):
        own = await desk.storage.own_reports(situation.member.id)
        mine = next((one for one in own if one.id == corrects), None)
        if mine is None:
            return replace(turn, replies=(Reply("report-not-found"),))  # erased meanwhile, by its age
        change = ReportCorrected(
            corrects,
            answers,
            links,
            urgent,
            announce_correction(said),
            names(answers, links, desk.links),
            tuple(one for one in told if one not in _told_before(mine, said, form.route)),
            teller(said.at, desk.house.zone),
        )
        return replace(turn, replies=(Reply("report-corrected"),)).also(change)
    identity = desk.new_id()
    code, word = receipts.make(desk.chance(RECEIPT_BITS)), receipts.word(desk.chance(WORD_BITS))
    then = packets.next_best(desk, identity, answers, said.at.astimezone(desk.house.zone).date())
    cards = announce(said)

    def announced(filed: Filed) -> Sequence[Delivery]:
        values: dict[str, Value] = {"code": code, "word": word, "next": Text(then.key, then.values)}
        values["others"] = (
            Text("receipt-others", {"count": filed.others}) if filed.others >= ENOUGH else Text("nothing")
        )
        return (receipt(said, situation, identity, Reply("receipt", values, then.choices)), *cards(filed))

    report = ReportSent(
        report=identity,
        answers=answers,
        links=links,
        names=names(answers, links, desk.links),
        outcomes=told,
        tell=teller(said.at, desk.house.zone),
        receipt=code,
        word=word,
        urgent=urgent,
        verified=situation.member.invited,
        announce=announced,
    )
    return turn.also(report)


def _told_before(mine: OwnReport, said: Incoming, route: str | None) -> tuple[outcomes.Outcome, ...]:
    """Return what the report told already, as if it were said now of this route."""
    reply, online = (mine.answers.get(name) for name in ("platform_reply", "still_online"))
    return outcomes.from_report(str(reply) if reply else None, str(online) if online else None, said.at, route)


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
