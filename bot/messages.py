"""The words all floors share: what comes in, what goes out, and what must leave the house later.

Nothing here knows an adapter, a database or a language. What a member wrote is never part of
a ``repr``, so it cannot slip into a log line or a traceback.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias

Value: TypeAlias = "str | int | date | datetime | Text | tuple[Text, ...]"
Upload: TypeAlias = Literal["photo", "voice", "video", "sticker", "file"]


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence by its key in ``content/strings``; only ``bot.texts`` turns it into words."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what a press says, and what stands on it. ``link`` opens an address instead."""

    value: str
    label: Text
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere words can be sent: a member's chat (``of``: member id) or a room (``of``: its name)."""

    kind: Literal["chat", "channel", "thread", "only_me", "home"]
    of: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of guidance, quoted as it stands. ``body`` is the Markdown of one section or part."""

    article: str
    title: str
    heading: str
    body: str
    always: str
    checked: date | None
    approved_by: str
    approved: date | None
    source_title: str
    source_link: str
    nations: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message, tap or edit as an adapter heard it.

    ``person`` is a pseudonym (member) or an officer's id; ``address`` is where an answer goes and
    is sealed before it is kept. Without text, press or upload it is an arrival: somebody opened
    the chat (again).
    """

    id: str
    who: Literal["member", "officer"]
    person: str
    place: Place
    at: datetime
    adapter: str
    address: str = field(default="", repr=False)
    language: str = "en"
    text: str | None = field(default=None, repr=False)
    pressed: str | None = field(default=None, repr=False)
    upload: Upload | None = None
    edits: str | None = None

    @property
    def is_arrival(self) -> bool:
        """Whether somebody only opened the chat, without saying anything."""
        return self.text is None and self.pressed is None and self.upload is None


@dataclass(frozen=True, slots=True)
class Reply:
    """One thing the bot says, in keys: words come later, in the member's language."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict, repr=False)
    choices: tuple[Choice, ...] = ()
    quote: Passage | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A button in words. ``pressed`` is sent back by a press; ``link`` opens an address instead."""

    pressed: str
    label: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Words and buttons, ready for an adapter."""

    text: str = field(repr=False)
    buttons: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something that must leave the house once; the ledger keeps it until it has.

    ``key`` is unique for ever (``card:<case>``), so the same delivery asked for twice is sent once.
    ``unasked`` ones stop with ``/stop``; ``repeatable`` ones are sent again when a crash left it
    unknown whether they arrived; the text of ``secret`` ones (receipts) is erased once sent.
    ``under`` and ``instead`` are keys of earlier deliveries to the same place: this one goes into the
    thread of the first, or replaces the second, where the adapter can.
    """

    key: str
    to: Place
    reply: Reply
    due: datetime
    until: datetime | None = None
    order: str | None = None
    unasked: bool = False
    repeatable: bool = True
    secret: bool = False
    under: str | None = None
    instead: str | None = None


class Change:
    """A typed change of data, applied by storage in the turn's transaction (see ``bot.changes``)."""

    __slots__ = ()
