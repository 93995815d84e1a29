"""Reporting: start, resume, and what follows each answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pydantic import JsonValue

from bot.changes import Tallied
from bot.conversation import press, step
from bot.conversation.form import is_safe, questions
from bot.conversation.show import button, open_question
from bot.conversation.turn import Conversation, Turn
from bot.desk import Desk
from bot.messages import Choice, Incoming, Reply, Text
from bot.records import Situation
from bot.reports.spans import without_links
from handlers import sending
from handlers.incident import WORDS_WORTH_KEEPING, IncidentGuide, IncidentReport
from handlers.safety import crisis_reply

CONVERSATION_BITS = 30  # six letters in a button; a member has a handful of conversations open
OF_A_SENT_ONE: Mapping[str, str] = {
    "draft-leave": "correct-leave",
    "draft-deleted": "correct-dropped",
    "draft-kept": "correct-kept",
}
"""What is said of a draft that corrects a report, by what is said of any other."""
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def guide(desk: Desk) -> IncidentGuide:
    """Return what reads links and words in a report."""
    return IncidentGuide(desk.links)


def conversation_id(desk: Desk) -> str:
    """Return a new short name for a conversation, for its buttons."""
    bits = desk.chance(CONVERSATION_BITS)
    return "".join(LETTERS[(bits >> shift) & 31] for shift in range(0, CONVERSATION_BITS, 5))


def refusal(said: Incoming, situation: Situation, desk: Desk) -> Turn | None:
    """Return why this member may not report or call yet, or None when they may."""
    del said
    if desk.house.members == "invite" and not situation.member.invited:
        contact = desk.house.contact or Text("contact-unknown")
        return Turn(replies=(Reply("needs-invitation", {"union": desk.house.union, "contact": contact}),))
    return None


async def report(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Start a report, or offer the one that is not finished. Words behind the command are held, not kept."""
    refused = refusal(said, situation, desk)
    if refused is not None:
        return refused
    words = (said.text or "").partition(" ")[2].strip()
    draft = next((one for one in situation.conversations if one.form == IncidentReport.name), None)
    if draft is None:
        return begin(said, desk, {}, {}, words)
    return _unfinished(said, desk, draft, words)


def _unfinished(said: Incoming, desk: Desk, draft: Conversation, words: str) -> Turn:
    """Offer a draft again; words behind the command wait beside it until it is clear where they belong."""
    held = step.loaded(IncidentReport, draft)
    if words:
        is_known = is_safe(IncidentReport, held.answers)
        held = held.now(aside=(said.id, words)) if is_known else _hold(desk, held, words, said)
    offer = (beside(held),) if words else ()
    if not draft.paused:
        return step.opened(IncidentReport, held, said.at, Reply("draft-open"), *offer)
    ways = (
        Choice(button(draft, "!go"), Text("button-go-on")),
        Choice(button(draft, "!again"), Text("button-start-again")),
        Choice(button(draft, "!cancel"), Text("button-delete")),
    )
    return Turn(held, replies=(Reply("draft-resume", {"started": draft.started.date()}, ways),))


def beside(draft: Conversation) -> Reply:
    """Offer to add the words that came with the command; before the safety questions they only wait."""
    if draft.aside is None:
        return Reply("report-held")
    return Reply("draft-aside", {}, (Choice(button(draft, "!aside"), Text("button-aside")),))


def begin(
    said: Incoming, desk: Desk, prefilled: Mapping[str, JsonValue], notes: dict[str, JsonValue], words: str = ""
) -> Turn:
    """Begin a report; what was pasted with it waits in memory until the safety questions are answered."""
    fresh = Conversation(id=conversation_id(desk), form=IncidentReport.name, started=said.at, notes=notes)
    if words:
        fresh = _hold(desk, fresh, words, said)
    intro = Reply("correct-intro" if "corrects" in notes else "report-intro")
    return step.begin(IncidentReport, fresh, said.at, prefilled, guide(desk)).first(intro)


async def after(said: Incoming, situation: Situation, desk: Desk, before: Conversation, turn: Turn) -> Turn:
    """Add what only a report needs; of one that was sent already, say that it stays as long as nothing is changed."""
    turn = await _followed(said, situation, desk, before, turn)
    if "corrects" not in before.notes:
        return turn
    replies = tuple(replace(one, key=OF_A_SENT_ONE.get(one.key, one.key)) for one in turn.replies)
    return replace(turn, replies=replies)


async def _followed(said: Incoming, situation: Situation, desk: Desk, before: Conversation, turn: Turn) -> Turn:
    """Add what only a report needs: danger, the stop rule, held words, a fresh start, sending."""
    if is_safe(IncidentReport, before.answers):
        desk.held.take(before.id, said.at)  # they were read in a turn that is durable by now
    if turn.finished is not None:
        return await sending.sent(said, situation, desk, before, turn)
    if turn.stopped is not None:
        desk.held.take(before.id, said.at)
        return sending.stopped(said, before, turn)
    pressed = press.address(said.pressed or "")
    if pressed == (before.id, "!again", ""):
        words = before.aside[1] if before.aside else desk.held.look(before.id, said.at)
        return replace(begin(said, desk, {}, {}, words), closed=(before.id,))
    now = turn.conversation
    if now is None:
        desk.held.take(before.id, said.at)
        return turn
    if pressed == (before.id, "!go", "") and now.aside is not None:
        turn = turn.first(beside(now))
    if not is_safe(IncidentReport, now.answers):
        turn = _holding(said, desk, turn, now)
    elif "shows_child" in turn.answered:
        turn = _fed(said, desk, turn, now)
    if "in_danger" in turn.answered and now.answers.get("in_danger") is True and turn.conversation:
        urgent = turn.conversation.now(notes={**turn.conversation.notes, "urgent": True})
        danger = replace(turn, conversation=urgent).also(Tallied("crisis"))
        return danger.first(crisis_reply(said, situation, desk), Reply("crisis-draft"))
    return turn


def _hold(desk: Desk, conversation: Conversation, words: str, said: Incoming) -> Conversation:
    """Hold words in memory; the conversation only notes that there were some."""
    desk.held.put(conversation.id, words, said.at)
    return conversation.now(notes={**conversation.notes, "held": True})


def _holding(said: Incoming, desk: Desk, turn: Turn, now: Conversation) -> Turn:
    """Before the safety questions are answered, words are held in memory and nothing is kept."""
    if not turn.unclear or not (said.text or "").strip() or said.edits is not None:
        return turn
    question = step.opened(IncidentReport, _hold(desk, now, said.text or "", said), said.at)
    return replace(question, replies=(Reply("report-held"), *question.replies), unclear=True)


def _fed(said: Incoming, desk: Desk, turn: Turn, now: Conversation) -> Turn:
    """Take the words that waited: links first, and an account if there is one."""
    words = desk.held.look(now.id, said.at)
    held = bool(now.notes.get("held"))
    now = now.now(notes={name: note for name, note in now.notes.items() if name != "held"})
    turn = replace(turn, conversation=now)
    if not words:
        return turn.first(Reply("report-held-lost")) if held else turn
    reading = guide(desk)
    known = questions(IncidentReport)
    account = " ".join(without_links(words).split())
    heard = replace(said, id=f"{said.id}.held", pressed=None, text=words)
    links = reading.value(known["links"], words, said.at)
    if links is not None:
        turn = replace(step.answer(IncidentReport, now, known["links"], links, heard, reading), answered=turn.answered)
    if turn.conversation is None or len(account.split()) < WORDS_WORTH_KEEPING:
        return turn
    story = known["what_happened"]
    told = step.piece(IncidentReport, turn.conversation, story, (heard.id, account), said.at, reading)
    if told.conversation is None:
        return turn
    if open_question(IncidentReport, told.conversation) == story:
        return replace(told, answered=turn.answered, replies=(Reply("report-have"), *told.replies))
    done = step.retold(told.conversation, story, step.pieces(told.conversation, story), done=True)
    full = step.answer(IncidentReport, done, story, done.answers[story.name], heard, reading)
    remarks = tuple(reply for reply in turn.replies if reply.key.startswith("report-read"))
    return replace(full.first(*remarks), answered=turn.answered)
