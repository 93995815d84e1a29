"""How a question, the review and the list of changes are put: replies with their buttons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from pydantic import JsonValue

from bot.conversation.form import (
    Form,
    Question,
    digest,
    is_answered,
    is_open_for,
    questions,
    stage,
    story_text,
)
from bot.conversation.turn import Conversation
from bot.messages import Choice, Reply, Text, Value

BUTTON_LIMIT = 64  # bytes; Telegram Bot API, InlineKeyboardButton.callback_data
REVIEW_STORY = 600  # characters of a story shown at the review; the rest is kept and counted
UNCLEAR_TWICE = 2  # after the second unclear answer the ways out are offered


def button(conversation: Conversation, target: str, value: str = "") -> str:
    """Return what a press says: conversation, question (or ``!`` and a control) and end state."""
    return f"a:{conversation.id}:{target}:{value}"


def choice(conversation: Conversation, key: str, target: str, value: str = "") -> Choice:
    """Return a button with the label ``key``."""
    return Choice(button(conversation, target, value), Text(key))


def label(form: type[Form], question: Question, value: str) -> Text:
    """Return what an option is called."""
    return Text(value) if question.kind == "yes_no" else Text(f"{form.name}-{question.name}-{value}")


def open_question(form: type[Form], conversation: Conversation) -> Question | None:
    """Return the question that is open now, computed from the answers; None at the review."""
    answers, known = conversation.answers, questions(form)
    focus = known.get(conversation.focus or "")
    if focus is not None and is_open_for(form, focus, answers):
        return focus
    for wanted in ("now", "later") if conversation.adding else ("now",):
        for question in known.values():
            if (
                question.name not in conversation.skipped
                and not is_answered(question, answers)
                and stage(form, question, answers) == wanted
                and is_open_for(form, question, answers)
            ):
                return question
    return None


def asked(form: type[Form], conversation: Conversation, question: Question, at: datetime) -> Reply:
    """Return the reply that asks a question, with its buttons."""
    values: dict[str, Value] = {}
    if conversation.focus == question.name and question.name in conversation.answers:
        values["now"] = Text("ask-now", {"value": shown(form, question, conversation.answers[question.name])})
    else:
        values["now"] = Text("nothing")
    choices = _options(form, conversation, question, at)
    if can_skip(form, conversation, question):
        choices += (choice(conversation, "button-skip", "!skip", question.name),)
    if conversation.adding:
        choices += (choice(conversation, "button-enough", "!enough"),)
    if conversation.unclear >= UNCLEAR_TWICE:
        choices += (Choice("do:person", Text("button-person")),)
    return Reply(f"{form.name}-{question.name}", values, choices)


def _options(form: type[Form], conversation: Conversation, question: Question, at: datetime) -> tuple[Choice, ...]:
    if question.kind in ("yes_no", "one") or (question.kind == "many" and conversation.focus != question.name):
        return tuple(
            Choice(button(conversation, question.name, option), label(form, question, option))
            for option in question.options
        )
    if question.kind == "many":
        chosen = conversation.answers.get(question.name)
        on = chosen if isinstance(chosen, list) else []
        toggles = tuple(
            Choice(
                button(conversation, question.name, f"{'-' if option in on else '+'}{option}"),
                Text("switch-on" if option in on else "switch-off", {"name": label(form, question, option)}),
            )
            for option in question.options
        )
        return (*toggles, choice(conversation, "button-done", "!done", question.name))
    if question.kind == "story":
        over = (choice(conversation, "button-all", "!done", question.name),)
        has_words = bool(story_text(conversation.answers.get(question.name)))
        return (*over, choice(conversation, "button-anew", "!anew", question.name)) if has_words else over
    if question.kind == "day":
        today = at.date()
        return tuple(
            choice(conversation, key, question.name, (today - timedelta(days=ago)).isoformat())
            for key, ago in (("button-today", 0), ("button-yesterday", 1))
        )
    return ()


def can_skip(form: type[Form], conversation: Conversation, question: Question) -> bool:
    """Whether a question may be left out: never a safety question."""
    if question.ask.guarded:
        return False
    return question.ask.skippable or stage(form, question, conversation.answers) == "later"


def shown(form: type[Form], question: Question, value: JsonValue) -> Text:
    """Return an answer as the member sees it."""
    if question.kind == "yes_no":
        return Text("yes" if value else "no")
    if question.kind == "one":
        return label(form, question, str(value))
    if question.kind == "story":
        words = story_text(value, question.limit)
        if len(words) > REVIEW_STORY:
            return Text("words-cut", {"words": words[:REVIEW_STORY], "more": len(words) - REVIEW_STORY})
        return Text("words", {"words": words})
    if question.kind == "day":
        return Text("day", {"day": date.fromisoformat(str(value))})
    if isinstance(value, list):
        if question.kind == "many":
            return Text("list", {"items": tuple(label(form, question, str(item)) for item in value)})
        return Text("list", {"items": tuple(Text("words", {"words": str(item)}) for item in value)})
    return Text("words", {"words": str(value)})


def review(form: type[Form], conversation: Conversation) -> Reply:
    """Return everything that would be sent, the switches, and the ways on. Only this can be sent."""
    answers, known = conversation.answers, questions(form)
    lines = tuple(
        Text("review-line", {"name": Text(f"{form.name}-{name}-name"), "value": shown(form, question, answers[name])})
        for name, question in known.items()
        if name in answers and not question.ask.guarded and question.ask.stage not in ("switch", "derived")
    )
    return Reply(
        f"{form.name}-review",
        {"lines": lines or (Text("nothing"),), "read": Text("review-read" if conversation.read else "nothing")},
        (*_switches(form, conversation, answers), *_ways_on(form, conversation)),
    )


def _switches(form: type[Form], conversation: Conversation, answers: Mapping[str, JsonValue]) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            button(conversation, name, "no" if answers.get(name) else "yes"),
            Text("switch-on" if answers.get(name) else "switch-off", {"name": Text(f"{form.name}-{name}-name")}),
        )
        for name, question in questions(form).items()
        if question.ask.stage == "switch"
    )


def _ways_on(form: type[Form], conversation: Conversation) -> tuple[Choice, ...]:
    answers = conversation.answers
    more = any(
        stage(form, question, answers) == "later"
        and not is_answered(question, answers)
        and is_open_for(form, question, answers)
        for question in questions(form).values()
    )
    return (
        choice(conversation, f"{form.name}-send", "!send", digest(form, answers)),
        *((choice(conversation, "button-more", "!more"),) if more else ()),
        *((choice(conversation, "button-change", "!change"),) if answers else ()),
        choice(conversation, "button-pause", "!pause"),
        choice(conversation, "button-seen-by", "!seen"),
    )


def changeable(form: type[Form], conversation: Conversation) -> Reply:
    """Return the answers that can be changed, one button each."""
    choices = tuple(
        Choice(button(conversation, "!change", name), Text(f"{form.name}-{name}-name"))
        for name, question in questions(form).items()
        if name in conversation.answers and question.ask.stage not in ("switch", "derived") and not question.ask.guarded
    )
    return Reply("review-change", {}, (*choices, choice(conversation, "button-keep", "!keep")))
