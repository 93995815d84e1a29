"""Questions: answered from the union's guidance, offered as choices, or handed over; never invented."""

from __future__ import annotations

import re

from bot.changes import MemberChanged, QuestionAsked, QuestionJudged
from bot.conversation.turn import Turn
from bot.desk import Desk
from bot.guidance.answer import Answer
from bot.messages import Choice, Incoming, Reply, Text
from bot.privacy import KEEP_TOPIC
from bot.records import Situation
from bot.reports.personal import without
from bot.reports.spans import without_links
from handlers.safety import crisis_reply, office

RELATED = 2  # buttons to related articles; more push the way to a person off a phone's screen
TITLES = 3  # PRODUCT section 2: at most three titles when unsure

ACCOUNT = re.compile(r"[@#][\w.]+")
LONGEST_KEPT = 300  # characters of a question kept for the editors; what is longer is a story, and theirs

TO_PERSON = Choice("do:person", Text("button-person"))
TO_REPORT = Choice("do:report", Text("button-report"))


async def ask(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Answer a question, offer choices, or say honestly that there is nothing."""
    words = (said.text or "").strip()
    if not words:
        return Turn(replies=(Reply("say-something"),))
    member = situation.member
    is_fresh = member.topic_at is not None and said.at - member.topic_at < KEEP_TOPIC
    answer = desk.answerer().answer(words, language=member.language, topic=member.topic if is_fresh else None)
    turn = Turn(replies=(reply(answer, said, situation, desk),), changes=_kept(answer, words))
    if answer.decision == "answer" and answer.passage is not None:
        return turn.also(MemberChanged(topic=answer.passage.article, topic_at=said.at))
    return turn


def _kept(answer: Answer, words: str) -> tuple[QuestionAsked, ...]:
    """Return the question for the editors, without links, accounts and personal details; never words of a crisis.

    What is pasted is not kept before the safety questions are answered, so no link is.
    """
    kept = without(ACCOUNT.sub("", without_links(words)).strip()[:LONGEST_KEPT])
    if answer.decision == "crisis" or not kept:
        return ()
    return (QuestionAsked(kept, "hand_over" if answer.decision == "hand_over" else "last"),)


def question_reply(words: str, language: str, desk: Desk, *, only_answers: bool = False) -> Reply | None:
    """Return the reply to a question asked in passing, or None when guidance has no clear answer."""
    answer = desk.answerer().answer(words, language=language)
    if answer.decision == "answer" and answer.passage is not None:
        return Reply("answer", {}, (), answer.passage)
    if answer.decision == "clarify" and not only_answers:
        return _titles(answer)
    return None


def reply(answer: Answer, said: Incoming, situation: Situation, desk: Desk) -> Reply:
    """Return what is said for one of the four decisions."""
    if answer.decision == "crisis":
        return crisis_reply(said, situation, desk)
    if answer.decision == "answer" and answer.passage is not None:
        return quoted(answer, desk)
    if answer.decision == "clarify" and answer.candidates:
        return _titles(answer)
    return hand_over(said, desk)


def quoted(answer: Answer, desk: Desk) -> Reply:
    """Return a passage with its ways on."""
    passage = answer.passage
    if passage is None:
        return Reply("article-gone")
    related = (desk.answerer().article(slug, language=answer.language) for slug in passage.related)
    choices = tuple(
        Choice(f"t:{other.passage.article}", Text("words", {"words": other.passage.title}))
        for other in related
        if other is not None and other.passage is not None
    )[:RELATED]
    helped = (
        Choice(f"f:yes:{passage.article}", Text("button-helped")),
        Choice(f"f:no:{passage.article}", Text("button-not-helped")),
    )
    return Reply("answer", {}, (*choices, TO_REPORT, TO_PERSON, *helped), passage)


def _titles(answer: Answer) -> Reply:
    choices = tuple(
        Choice(f"t:{candidate.article}", Text("words", {"words": candidate.title}))
        for candidate in answer.candidates[:TITLES]
    )
    return Reply("clarify", {}, (*choices, Choice("f:none:", Text("button-none-of-these"))))


def hand_over(said: Incoming, desk: Desk) -> Reply:
    """Say that there is nothing on it, and offer a person and the union's line."""
    contact = desk.house.contact or Text("contact-unknown")
    choices = (TO_PERSON, TO_REPORT) if desk.house.has_officers else (TO_REPORT,)
    return Reply("hand-over", {"contact": contact, "office": office(said, desk)}, choices)


async def article(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Show the opening passage of an article whose button was pressed."""
    slug = (said.pressed or "").partition(":")[2]
    found = desk.answerer().article(slug, language=situation.member.language)
    if found is None or found.passage is None:
        return Turn(replies=(Reply("article-gone"), hand_over(said, desk)))
    return Turn(replies=(quoted(found, desk),)).also(MemberChanged(topic=slug, topic_at=said.at))


async def helpful(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Take "this helped", "it did not", "none of these"."""
    del situation
    pressed = said.pressed or ""
    if pressed.startswith("f:yes"):
        return Turn(replies=(Reply("helped", {}, (TO_REPORT,)),))
    judged = QuestionJudged("none_of_these" if pressed.startswith("f:none") else "not_helpful")
    return Turn(replies=(hand_over(said, desk),), changes=(judged,))
