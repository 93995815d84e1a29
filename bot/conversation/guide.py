"""What a form's own subject adds to the engine: reading its special values, and remarks. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from bot.conversation import read
from bot.conversation.form import Question, SoFar
from bot.messages import Reply


class Guide:
    """The plain guide: no special values, nothing read from other answers, no remarks."""

    def value(self, question: Question, words: str, at: datetime) -> JsonValue:
        """Return the value the words give to a question, or None when they are no clear answer."""
        return read.value(question, words, at)

    def redirected(self, question: Question, words: str, at: datetime) -> tuple[str, JsonValue] | None:
        """Return another question these words answer instead (its name, the value), or None."""
        del question, words, at
        return None

    def prefilled(self, so_far: SoFar) -> Mapping[str, JsonValue]:
        """Return what the answers so far already tell about other questions (safety ones are ignored)."""
        del so_far
        return {}

    def remarks(self, question: Question, before: SoFar, after: SoFar) -> tuple[Reply, ...]:
        """Return what is worth saying once a question is answered, before the next is asked."""
        del question, before, after
        return ()

    def personal(self, words: str) -> tuple[str, ...]:
        """Return the kinds of personal details (``phone``, ``name`` ...) that stand in the words."""
        del words
        return ()

    def tidied(self, words: str) -> str:
        """Return the words without their personal details."""
        return words
