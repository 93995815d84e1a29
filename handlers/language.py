"""Which language a member is answered in: the one they chose, else the one they clearly write."""

from __future__ import annotations

from dataclasses import replace

from bot.changes import Forgotten, MemberChanged, Tallied
from bot.conversation import read
from bot.conversation.turn import Turn
from bot.desk import Desk
from bot.messages import Choice, Incoming, Reply, Text, Value
from bot.records import Situation
from handlers.words import LANGUAGE_WORDS, only_of

LANGUAGES = ("cy", "en")
CHOICES = tuple(Choice(f"l:{language}", Text(f"button-language-{language}")) for language in LANGUAGES)


def in_force(said: Incoming, situation: Situation, desk: Desk) -> str:
    """Return the language to answer this message in.

    Inside a form nothing is recognised: a pasted post is in the words of whoever wrote it.
    """
    member = situation.member
    is_free = said.text is not None and said.edits is None and all(one.paused for one in situation.conversations)
    if member.chose_language or not is_free:
        return member.language
    words = said.text or ""
    return only_of(read.plain(words).lstrip("/")) or desk.recognise(words) or member.language


def offered(turn: Turn, language: str) -> Turn:
    """Return a turn that keeps the language just recognised, and offers the choice; not below emergency lines."""
    if any(isinstance(change, Forgotten) or _chooses(change) for change in turn.changes):
        return turn
    kept = turn.also(MemberChanged(language=language))
    if not turn.replies or Tallied("crisis") in turn.changes:
        return kept
    ways = tuple(
        Choice(choice.value, Text(f"button-stay-{language}") if choice.value == f"l:{language}" else choice.label)
        for choice in CHOICES
    )
    return replace(kept, replies=(*turn.replies, Reply("language-offer", {}, ways)))


async def language(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Change the language for good when one is named, else offer both."""
    del situation
    words = read.plain(said.text or "").lstrip("/")
    named = LANGUAGE_WORDS.get(words) or LANGUAGE_WORDS.get(words.partition(" ")[2])
    return _chosen(named, desk) if named else Turn(replies=(Reply("language-which", {}, CHOICES),))


async def pressed(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Take the choice on a button."""
    del situation
    named = (said.pressed or "").partition(":")[2]
    return _chosen(named, desk) if named in LANGUAGES else Turn(replies=(Reply("language-which", {}, CHOICES),))


def _chosen(named: str, desk: Desk) -> Turn:
    values: dict[str, Value] = {"translation": Text("translation-status"), "union": desk.house.union}
    chosen = MemberChanged(language=named, chose_language=True)
    return Turn(replies=(Reply("language-set", values),), changes=(chosen,))


def _chooses(change: object) -> bool:
    return isinstance(change, MemberChanged) and change.chose_language is True
