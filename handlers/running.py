"""Any form, one message on: words, presses, questions in passing, and what follows when it is sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from bot.conversation import press, read, step
from bot.conversation.form import Form, is_safe
from bot.conversation.guide import Guide
from bot.conversation.show import choice, open_question
from bot.conversation.turn import Conversation, Turn
from bot.desk import Desk
from bot.messages import Incoming, Reply
from bot.records import Situation
from handlers.ask import question_reply
from handlers.words import CONTROL_WORDS, QUESTION

After: TypeAlias = Callable[[Incoming, Situation, Desk, Conversation, Turn], Awaitable[Turn]]

QUESTION_WORDS = 14  # a longer text that opens with "what" is an account, not a question


@dataclass(frozen=True, slots=True)
class Room:
    """A form and what is particular to it: its guide, and what happens after each message."""

    form: type[Form]
    guide: Callable[[Desk], Guide]
    after: After


async def run(said: Incoming, situation: Situation, desk: Desk, active: Conversation, room: Room) -> Turn:
    """Take one message into a form that is open."""
    guide = room.guide(desk)
    turn = _engine(said, desk, active, room, guide)
    turn = await room.after(said, situation, desk, active, turn)
    if turn.unclear and said.text and QUESTION.search(said.text.strip()):
        answered = question_reply(said.text, situation.member.language, desk)
        if answered is not None and turn.conversation is not None:
            open_again = step.opened(room.form, turn.conversation.now(unclear=0), said.at)
            return open_again.first(answered, Reply("back-to-form"))
    return turn


def _engine(said: Incoming, desk: Desk, active: Conversation, room: Room, guide: Guide) -> Turn:
    form = room.form
    if said.pressed is not None:
        return press.press(form, active, said, guide)
    words = said.text or ""
    wanted = CONTROL_WORDS.get(read.plain(words).lstrip("/"))
    if wanted is not None and said.edits is None and not active.leaving:
        return press.control(form, active, wanted, said, guide)
    passing = _asked_in_passing(said, desk, active, form)
    return passing if passing is not None else step.step(form, active, said, guide)


def _asked_in_passing(said: Incoming, desk: Desk, active: Conversation, form: type[Form]) -> Turn | None:
    """Answer a short, clear question in the middle of a story; the words can still become part of it."""
    held = step.loaded(form, active)
    question = open_question(form, held)
    words = (said.text or "").strip()
    if question is None or question.kind != "story" or said.edits is not None or active.leaving:
        return None
    if len(words.split()) > QUESTION_WORDS or not QUESTION.search(words):
        return None
    found = question_reply(words, said.language, desk, only_answers=True)
    if found is None:
        return None
    aside = held.now(aside=(said.id, words), paused=False)
    ways = (
        choice(aside, "button-aside", "!aside"),
        choice(aside, "button-all", "!done", question.name),
    )
    return Turn(aside, replies=(found, Reply("back-to-story", {}, ways)))


def resumed(said: Incoming, active: Conversation, rooms: Mapping[str, Room]) -> Turn:
    """Show the open question of a conversation again, where it was left."""
    room = rooms.get(active.form)
    if room is None:
        return Turn(closed=(active.id,), replies=(Reply("draft-gone"),))
    return step.opened(room.form, step.loaded(room.form, active).now(paused=False), said.at)


def with_open(turn: Turn, said: Incoming, active: Conversation | None, rooms: Mapping[str, Room]) -> Turn:
    """Return a turn about something else, followed by the question that is still open."""
    if active is None or turn.conversation is not None or active.id in turn.closed or active.form not in rooms:
        return turn
    again = resumed(said, active, rooms)
    return replace(
        turn, conversation=again.conversation, replies=(*turn.replies, Reply("back-to-form"), *again.replies)
    )


def safe(form: type[Form], conversation: Conversation) -> bool:
    """Whether the safety questions of a conversation are answered, so that words may be kept."""
    return is_safe(form, step.loaded(form, conversation).answers)
