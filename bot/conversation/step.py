"""The engine: a form, a conversation and one message give a turn. Pure, for every form the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from pydantic import JsonValue, ValidationError

from bot.conversation import read
from bot.conversation.form import (
    Form,
    Question,
    digest,
    filled,
    is_open_for,
    is_safe,
    kept,
    questions,
    so_far,
    stage,
    story_text,
)
from bot.conversation.guide import Guide
from bot.conversation.show import UNCLEAR_TWICE, asked, choice, open_question, review
from bot.conversation.turn import Conversation, Turn
from bot.messages import Choice, Incoming, Reply, Text

PLAIN = Guide()
SEND = frozenset({"send", "send it", "yes send", "anfon", "anfonwch"})


def begin(
    form: type[Form], conversation: Conversation, at: datetime, prefilled: Mapping[str, JsonValue], guide: Guide = PLAIN
) -> Turn:
    """Start a form with what is known already; guarded questions are never prefilled."""
    known = questions(form)
    given = {name: value for name, value in prefilled.items() if name in known and not known[name].ask.guarded}
    started = conversation.now(answers=with_read(form, kept(form, given), frozenset(), guide)[0])
    return opened(form, started, at)


def loaded(form: type[Form], conversation: Conversation) -> Conversation:
    """Return the conversation with only the answers this form still accepts."""
    return conversation.now(answers=kept(form, conversation.answers))


def step(form: type[Form], conversation: Conversation, said: Incoming, guide: Guide = PLAIN) -> Turn:
    """Take one message that is words, an edit or an arrival; presses go to ``bot.conversation.press``."""
    held = loaded(form, conversation)
    if said.text is None:
        return opened(form, held, said.at)
    if said.edits is not None:
        return _edited(form, held, said, said.edits, guide)
    question = open_question(form, held)
    if held.leaving:
        return _leaving(form, held, said)
    if question is not None and question.kind == "story":
        return _told(form, held, question, said, guide)
    if read.plain(said.text) in SEND:
        return sent(form, held, held.shown, said.at)
    if question is None:
        return unclear(form, held, said)
    value = guide.value(question, said.text, said.at)
    if value is None or not question.accepts(value):
        return unclear(form, held, said)
    turn = answer(form, held, question, value, said, guide)
    if read.was_cut(question, said.text):
        return turn.first(Reply("answer-cut", {"parts": read.LIST_LIMIT, "limit": question.limit}))
    return turn


def _told(form: type[Form], held: Conversation, question: Question, said: Incoming, guide: Guide) -> Turn:
    """Take words into an open story, unless it has not begun and they answer something else."""
    text = said.text or ""
    other = None if pieces(held, question) else guide.redirected(question, text, said.at)
    if other is None:
        return piece(form, held, question, (said.id, text), said.at, guide)
    name, value = other
    return answer(form, held, questions(form)[name], value, said, guide)


def opened(form: type[Form], conversation: Conversation, at: datetime, *first: Reply) -> Turn:
    """Return a turn that asks the open question, or shows the review and notes what was shown."""
    question = open_question(form, conversation)
    if conversation.leaving:
        ways = (choice(conversation, "button-delete", "!leave", "yes"), choice(conversation, "button-keep", "!keep"))
        return Turn(conversation, replies=(*first, Reply("draft-leave", {}, ways)))
    if question is not None:
        return Turn(conversation, replies=(*first, asked(form, conversation, question, at)))
    seen = conversation.now(shown=digest(form, conversation.answers), adding=False)
    return Turn(seen, replies=(*first, review(form, seen)))


def with_read(
    form: type[Form], answers: Mapping[str, JsonValue], was_read: frozenset[str], guide: Guide
) -> tuple[dict[str, JsonValue], frozenset[str]]:
    """Return the answers with everything they tell about other questions, and which those are."""
    said = kept(form, {name: value for name, value in answers.items() if name not in was_read})
    known = questions(form)
    found = {
        name: value
        for name, value in guide.prefilled(so_far(form, said)).items()
        if name in known and name not in said and not known[name].ask.guarded and known[name].accepts(value)
    }
    both = kept(form, {**said, **found})
    return both, frozenset(name for name in found if name in both and known[name].ask.stage != "derived")


def answer(
    form: type[Form], conversation: Conversation, question: Question, value: JsonValue, said: Incoming, guide: Guide
) -> Turn:
    """Keep an answer, drop what it closes, and ask what is open now. A stopping answer erases the form."""
    if str(value) in question.ask.stops:
        return Turn(
            closed=(conversation.id,),
            replies=(Reply(f"{form.name}-{question.name}-stop"),),
            answered=(question.name,),
            stopped=question.name,
        )
    before = so_far(form, conversation.answers)
    was_read = frozenset({*conversation.read - {question.name}, *_derived(form)})
    answers, now_read = with_read(form, {**conversation.answers, question.name: value}, was_read, guide)
    heard = {name: by for name, by in conversation.heard.items() if name in answers}
    if said.text is not None and not question.ask.guarded:
        heard[question.name] = said.edits or said.id
    kept_on = conversation.now(
        answers=answers,
        read=now_read,
        heard=heard,
        focus=None if conversation.focus == question.name else conversation.focus,
        skipped=conversation.skipped - {question.name},
        unclear=0,
        leaving=False,
        paused=False,
    )
    remarks = guide.remarks(question, before, so_far(form, answers))
    return replace(opened(form, kept_on, said.at, *remarks), answered=(question.name,))


def _derived(form: type[Form]) -> set[str]:
    return {name for name, question in questions(form).items() if question.ask.stage == "derived"}


def piece(
    form: type[Form], conversation: Conversation, question: Question, words: tuple[str, str], at: datetime, guide: Guide
) -> Turn:
    """Add one message to a story, or replace the piece with the same id. Only the first gets a reply."""
    identity, text = words
    before = pieces(conversation, question)
    others = {old: held for old, held in before if old != identity}
    room = question.limit - len(story_text({"pieces": [[old, held] for old, held in others.items()]}, question.limit))
    text = " ".join(text.split())
    mine = {identity: text[: max(0, room)]} if text else {}
    after = {old: mine.get(old, held) for old, held in before if old != identity or mine} | mine
    story = _story(conversation, question, [(old, held) for old, held in after.items() if held])
    told = conversation.now(answers=story, unclear=0, paused=False)
    replies: tuple[Reply, ...] = ()
    if len(text) > room:
        replies += (Reply("story-full", {"limit": question.limit}),)
    if kinds := guide.personal(text):
        replies += (_warning(told, question, kinds),)
    if not before and not replies:
        replies += (Reply("story-go-on", {}, (choice(told, "button-all", "!done", question.name),)),)
    if open_question(form, told) != question:
        return opened(form, told, at, *replies)
    return Turn(told, replies=replies)


def _warning(conversation: Conversation, question: Question, kinds: tuple[str, ...]) -> Reply:
    found = Text("list", {"items": tuple(Text(f"personal-{kind}") for kind in kinds)})
    ways = (
        choice(conversation, "button-tidy", "!tidy", question.name),
        choice(conversation, "button-leave-it", "!keep"),
        choice(conversation, "button-all", "!done", question.name),
    )
    return Reply("personal-found", {"kinds": found}, ways)


def pieces(conversation: Conversation, question: Question) -> list[tuple[str, str]]:
    """Return a story's pieces as (message id, words), in the order they came."""
    value = conversation.answers.get(question.name)
    listed = value.get("pieces") if isinstance(value, dict) else None
    return (
        [(str(item[0]), str(item[1])) for item in listed if isinstance(item, list)] if isinstance(listed, list) else []
    )


def _story(
    conversation: Conversation, question: Question, words: list[tuple[str, str]], *, done: bool | None = None
) -> dict[str, JsonValue]:
    old = conversation.answers.get(question.name)
    was_done = bool(old.get("done")) if isinstance(old, dict) else False
    value: JsonValue = {"pieces": [[by, text] for by, text in words], "done": was_done if done is None else done}
    return {**conversation.answers, question.name: value}


def retold(conversation: Conversation, question: Question, words: list[tuple[str, str]], *, done: bool) -> Conversation:
    """Return the conversation with these pieces as the story."""
    return conversation.now(answers=_story(conversation, question, words, done=done))


def unclear(form: type[Form], conversation: Conversation, said: Incoming) -> Turn:
    """Words that fit no answer: keep them aside if that is allowed, say so, and ask again."""
    story = next((q for q in questions(form).values() if q.kind == "story"), None)
    may_keep = story is not None and is_safe(form, conversation.answers) and bool((said.text or "").strip())
    tried = conversation.now(
        unclear=conversation.unclear + 1,
        aside=(said.id, (said.text or "")[: story.limit]) if may_keep and story else None,
    )
    key = "unclear-twice" if tried.unclear >= UNCLEAR_TWICE else "unclear"
    if open_question(form, tried) is None:
        key = "unclear-review"
    ways: tuple[Choice, ...] = (choice(tried, "button-aside", "!aside"),) if may_keep else ()
    return replace(opened(form, tried, said.at, Reply(key, {}, ways)), unclear=True)


def _leaving(form: type[Form], conversation: Conversation, said: Incoming) -> Turn:
    sure = read.yes_or_no(said.text or "")
    if sure or read.plain(said.text or "") in ("delete", "delete it", "dileu", "ei ddileu"):
        return Turn(closed=(conversation.id,), replies=(Reply("draft-deleted"),))
    return opened(form, conversation.now(leaving=False), said.at, Reply("draft-stays"))


def sent(form: type[Form], conversation: Conversation, reviewed: str | None, at: datetime) -> Turn:
    """Finish the form, if it is complete and exactly what was reviewed; else show what is open."""
    question = open_question(form, conversation)
    missing = question is not None and stage(form, question, conversation.answers) == "now"
    if missing or reviewed != digest(form, conversation.answers):
        return opened(form, conversation.now(leaving=False), at, Reply("send-not-yet" if missing else "send-changed"))
    try:
        form_sent = filled(form, conversation.answers)
    except ValidationError:  # an answer was closed by a change of the form in between
        return opened(form, conversation, at, Reply("send-not-yet"))
    return Turn(closed=(conversation.id,), finished=form_sent)


def _edited(form: type[Form], conversation: Conversation, said: Incoming, edits: str, guide: Guide) -> Turn:
    """Let an edited message replace its own piece or answer; a safety answer is never changed by an edit."""
    for question in questions(form).values():
        if question.kind == "story" and edits in dict(pieces(conversation, question)):
            changed = piece(form, conversation, question, (edits, said.text or ""), said.at, guide)
            return changed if changed.replies else changed.first(Reply("edit-taken"))
        if conversation.heard.get(question.name) == edits and is_open_for(form, question, conversation.answers):
            value = guide.value(question, said.text or "", said.at)
            if value is not None and question.accepts(value):
                return answer(form, conversation, question, value, said, guide).first(Reply("edit-taken"))
    return opened(form, conversation, said.at, Reply("edit-nothing"))
