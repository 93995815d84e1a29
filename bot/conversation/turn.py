"""What a turn leaves behind: replies, a conversation to keep, and changes for storage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from bot.messages import Change, Delivery, Reply


class Conversation(BaseModel):
    """A form being filled in, as plain JSON: answers by question, never a step number.

    ``focus`` is the one question the member asked to see again; otherwise the open question is
    computed from the answers. ``heard`` tells which message answered a question, so that an edit
    finds it. ``read`` names answers taken from other answers, not said by themselves. ``shown`` is
    the digest of the answers last shown at the review: only those can be sent. ``aside`` keeps the
    last words that answered no question (message id, words), so that they can still be added to the
    account. ``notes`` are the handler's own remarks.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True, extra="ignore")

    id: str
    form: str
    started: datetime
    answers: dict[str, JsonValue] = Field(default_factory=dict, repr=False)
    heard: dict[str, str] = Field(default_factory=dict, repr=False)
    skipped: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    focus: str | None = None
    adding: bool = False
    paused: bool = False
    leaving: bool = False
    unclear: int = 0
    shown: str | None = None
    aside: tuple[str, str] | None = Field(default=None, repr=False)
    notes: dict[str, JsonValue] = Field(default_factory=dict, repr=False)

    def now(self, **changes: Any) -> Conversation:  # noqa: ANN401 - fields of different types
        """Return the same conversation with some fields changed."""
        return self.model_copy(update=changes)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one message leads to. ``conversation`` is kept; those in ``closed`` are erased.

    ``answered`` names the questions this message answered, ``stopped`` the one whose answer ended
    the form, ``finished`` holds a form that was sent after its review, ``unclear`` says that the
    words fitted no answer.
    """

    conversation: Conversation | None = None
    closed: tuple[str, ...] = ()
    replies: tuple[Reply, ...] = ()
    changes: tuple[Change, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    answered: tuple[str, ...] = ()
    stopped: str | None = None
    finished: BaseModel | None = None
    unclear: bool = False

    def first(self, *replies: Reply) -> Turn:
        """Return the same turn, saying ``replies`` before everything else."""
        return replace(self, replies=(*replies, *self.replies))

    def also(self, *changes: Change) -> Turn:
        """Return the same turn with more changes of data."""
        return replace(self, changes=(*self.changes, *changes))
