"""Presses and plain control words: back, skip, change, cancel, pause, resume, send."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pydantic import JsonValue

from bot.conversation import step as engine
from bot.conversation.form import (
    Form,
    Question,
    is_answered,
    is_open_for,
    is_safe,
    questions,
    stage,
    story_text,
)
from bot.conversation.guide import Guide
from bot.conversation.show import can_skip, changeable, open_question, shown
from bot.conversation.turn import Conversation, Turn
from bot.messages import Incoming, Reply

CONTROLS = frozenset({"back", "skip", "cancel", "pause"})


def address(pressed: str) -> tuple[str, str, str] | None:
    """Return conversation, target and value of a button of a form, or None if it is none."""
    parts = pressed.split(":", 3)
    return (parts[1], parts[2], parts[3]) if len(parts) == 4 and parts[0] == "a" else None  # noqa: PLR2004 - four parts


def press(form: type[Form], conversation: Conversation, said: Incoming, guide: Guide = engine.PLAIN) -> Turn:
    """Take a press on one of this conversation's buttons; a button that holds no more changes nothing."""
    held = engine.loaded(form, conversation).now(paused=False)
    found = address(said.pressed or "")
    if found is None or found[0] != conversation.id:
        return engine.opened(form, held, said.at, Reply("button-old"))
    _, target, value = found
    if target.startswith("!"):
        return _control(form, held, said, (target[1:], value), guide)
    question = questions(form).get(target)
    if question is None or not _holds(form, held, question):
        return engine.opened(form, held, said.at, Reply("button-old"))
    given = _end_state(held, question, value)
    if given is None:  # the last toggle went out: unanswered again, and still open for another
        without = {name: kept for name, kept in held.answers.items() if name != question.name}
        return engine.opened(form, held.now(answers=without), said.at)
    if not question.accepts(given):
        return engine.opened(form, held, said.at, Reply("button-old"))
    told = _told(form, held) if open_question(form, held) != question else held
    turn = engine.answer(form, told, question, given, said, guide)
    if value[:1] in "+-" and value and turn.conversation is not None and held.focus == question.name:
        return engine.opened(form, turn.conversation.now(focus=question.name), said.at)
    return turn


def _holds(form: type[Form], conversation: Conversation, question: Question) -> bool:
    """Whether a button of this question still means something: a safety one only while it is open."""
    if question.ask.guarded:
        return open_question(form, conversation) == question and not conversation.leaving
    if question.ask.stage == "derived" or question.kind in ("story", "words", "list"):
        return False  # these have no buttons: a press is never read as words
    return is_safe(form, conversation.answers) and is_open_for(form, question, conversation.answers)


def _end_state(conversation: Conversation, question: Question, value: str) -> JsonValue:
    if question.kind == "yes_no":
        return {"yes": True, "no": False}.get(value, value)
    if question.kind != "many":
        return value
    old = conversation.answers.get(question.name)
    chosen: list[JsonValue] = list(old) if isinstance(old, list) else []
    option = value[1:]
    if value.startswith("+"):
        return chosen if option in chosen else [*chosen, option]
    if value.startswith("-"):
        return [one for one in chosen if one != option] or None
    return [value]


def _told(form: type[Form], conversation: Conversation) -> Conversation:
    """Return the conversation with an open story closed: another answer ends it."""
    question = open_question(form, conversation)
    if question is None or question.kind != "story" or not story_text(conversation.answers.get(question.name)):
        return conversation
    told = engine.retold(conversation, question, engine.pieces(conversation, question), done=True)
    return told.now(focus=None) if told.focus == question.name else told


def control(
    form: type[Form], conversation: Conversation, what: str, said: Incoming, guide: Guide = engine.PLAIN
) -> Turn:
    """Take a typed control word (one of ``CONTROLS``) as if its button had been pressed."""
    held = engine.loaded(form, conversation)
    question = open_question(form, held)
    return _control(form, held, said, (what, question.name if question else ""), guide)


def _control(form: type[Form], held: Conversation, said: Incoming, wanted: tuple[str, str], guide: Guide) -> Turn:
    what, value = wanted
    ended = _end(form, held, said, what, value)
    if ended is not None:
        return ended
    held = held.now(leaving=False)
    question = questions(form).get(value)
    if question is not None and question.kind == "story" and what in ("done", "anew", "tidy"):
        return _story(form, held, said, (what, question), guide)
    if what == "aside":
        return _aside(form, held, said, guide)
    taken = MOVES.get(what, _stay)
    return taken(form, held, said, question)


def _end(form: type[Form], held: Conversation, said: Incoming, what: str, value: str) -> Turn | None:
    """Return the turn of a control that sends, leaves or pauses; None for any other."""
    if what == "send":
        return engine.sent(form, held, value or held.shown, said.at)
    if what == "leave" and value == "yes" and held.leaving:
        return Turn(closed=(held.id,), replies=(Reply("draft-deleted"),))
    if what == "cancel":
        return engine.opened(form, held.now(leaving=True), said.at)
    if what == "pause":
        return Turn(held.now(paused=True, leaving=False, focus=None), replies=(Reply("draft-kept"),))
    return None


def _stay(form: type[Form], held: Conversation, said: Incoming, question: Question | None) -> Turn:
    del question
    return engine.opened(form, held, said.at)


def _more(form: type[Form], held: Conversation, said: Incoming, question: Question | None) -> Turn:
    del question
    if not is_safe(form, held.answers):
        return engine.opened(form, held, said.at)
    return engine.opened(form, held.now(adding=True, skipped=frozenset()), said.at)


def _enough(form: type[Form], held: Conversation, said: Incoming, question: Question | None) -> Turn:
    del question
    return engine.opened(form, held.now(adding=False, focus=None), said.at)


def _done(form: type[Form], held: Conversation, said: Incoming, question: Question | None) -> Turn:
    del question
    return engine.opened(form, held.now(focus=None), said.at)


def _seen(form: type[Form], held: Conversation, said: Incoming, question: Question | None) -> Turn:
    del question
    return engine.opened(form, held, said.at, Reply(f"{form.name}-seen-by"))


def _back(form: type[Form], held: Conversation, said: Incoming, question: Question | None) -> Turn:
    del question
    current = open_question(form, held)
    earlier: list[Question] = []
    for one in questions(form).values():
        if one == current:
            break
        was_asked = one.name not in held.read and stage(form, one, held.answers) in ("now", "later")
        if was_asked and (is_answered(one, held.answers) or one.name in held.skipped):
            earlier.append(one)
    if not earlier:
        return engine.opened(form, held, said.at, Reply("back-first"))
    return engine.opened(form, _focused(held, earlier[-1]), said.at)


def _focused(held: Conversation, question: Question) -> Conversation:
    return held.now(focus=question.name, skipped=held.skipped - {question.name}, unclear=0)


def _skip(form: type[Form], held: Conversation, said: Incoming, question: Question | None) -> Turn:
    if question is None:
        return engine.opened(form, held, said.at)
    if not can_skip(form, held, question):
        return engine.opened(form, held, said.at, Reply("skip-cannot"))
    focus = None if held.focus == question.name else held.focus
    return engine.opened(form, held.now(skipped=held.skipped | {question.name}, focus=focus, unclear=0), said.at)


def _change(form: type[Form], held: Conversation, said: Incoming, question: Question | None) -> Turn:
    if not is_safe(form, held.answers):
        return engine.opened(form, held, said.at)
    if question is None:
        return Turn(held, replies=(changeable(form, held),))
    if question.ask.guarded or not is_open_for(form, question, held.answers):
        return engine.opened(form, held, said.at, Reply("button-old"))
    return engine.opened(form, _focused(held, question), said.at)


def _story(form: type[Form], held: Conversation, said: Incoming, wanted: tuple[str, Question], guide: Guide) -> Turn:
    what, question = wanted
    words = engine.pieces(held, question)
    if not is_safe(form, held.answers):
        return engine.opened(form, held, said.at)
    if what == "anew":
        return engine.opened(form, _focused(engine.retold(held, question, [], done=False), question), said.at)
    if what == "tidy":
        cleaned = [(by, guide.tidied(text)) for by, text in words]
        tidy = engine.retold(held, question, cleaned, done=is_answered(question, held.answers))
        reads = shown(form, question, tidy.answers[question.name])
        return engine.opened(form, tidy, said.at, Reply("personal-tidied", {"words": reads}))
    if words:
        told = engine.retold(held, question, words, done=True)
        return engine.answer(form, told, question, told.answers[question.name], said, guide)
    if can_skip(form, held, question):
        return _skip(form, held, said, question)
    return engine.opened(form, held, said.at, Reply("story-empty"))


def _aside(form: type[Form], held: Conversation, said: Incoming, guide: Guide) -> Turn:
    """Add the words that answered nothing to the account."""
    story = next((question for question in questions(form).values() if question.kind == "story"), None)
    if story is None or held.aside is None or not is_safe(form, held.answers):
        return engine.opened(form, held, said.at)
    is_telling = open_question(form, held) == story
    turn = engine.piece(form, held.now(aside=None), story, held.aside, said.at, guide)
    if turn.conversation is None or is_telling:
        return turn.first(Reply("aside-added"))
    added = engine.retold(turn.conversation, story, engine.pieces(turn.conversation, story), done=True)
    full = tuple(reply for reply in turn.replies if reply.key in ("story-full", "personal-found"))
    told = engine.answer(form, added, story, added.answers[story.name], said, guide)
    return told.first(Reply("aside-added"), *full)


MOVES: Mapping[str, Callable[[type[Form], Conversation, Incoming, Question | None], Turn]] = {
    "back": _back,
    "skip": _skip,
    "change": _change,
    "more": _more,
    "enough": _enough,
    "done": _done,
    "seen": _seen,
}
