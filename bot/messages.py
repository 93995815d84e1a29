"""The words all floors share: what comes in, what goes out, and what must leave the house later.

Nothing here knows an adapter, a database or a language. What a member wrote is never part of
a ``repr``, so it cannot slip into a log line or a traceback.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

Value: TypeAlias = "str | int | date | datetime | Text | tuple[Text, ...]"
Upload: TypeAlias = Literal["photo", "voice", "video", "sticker", "file"]
Filled: TypeAlias = "Mapping[str, str | tuple[str, ...]]"
"""A sheet as it was sent back: what was chosen or written, by question; what was left out is not there."""


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence by its key in ``content/strings``; only ``bot.texts`` turns it into words."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what a press says, and what stands on it. ``link`` opens an address instead.

    ``row``: buttons of one row stand beside each other where an adapter has rows; without, it lays them out itself.
    """

    value: str
    label: Text
    link: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere words can be sent: a member's chat (``of``: member id) or a room (``of``: its name)."""

    kind: Literal["chat", "channel", "thread", "only_me", "home"]
    of: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of guidance, quoted as it stands. ``body`` is the Markdown of one section or part.

    ``translation``: ``unapproved`` or ``approved`` where the text is one.
    """

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
    translation: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message, tap or edit as an adapter heard it.

    ``person`` is a pseudonym (member, stranger) or an officer's id; a stranger is somebody in an
    officers' room who is none. ``address`` is where an answer goes and is sealed before it is kept.
    ``filled`` is a sheet sent back, and ``pressed`` then the button that opened it. Without any of
    them it is an arrival: somebody opened the chat (again).
    """

    id: str
    who: Literal["member", "officer", "stranger"]
    person: str
    place: Place
    at: datetime
    adapter: str
    address: str = field(default="", repr=False)
    language: str = "en"
    text: str | None = field(default=None, repr=False)
    pressed: str | None = field(default=None, repr=False)
    filled: Filled | None = field(default=None, repr=False)
    upload: Upload | None = None
    edits: str | None = None

    @property
    def is_arrival(self) -> bool:
        """Whether somebody only opened the chat, without saying anything."""
        return self.text is None and self.pressed is None and self.upload is None and self.filled is None


@dataclass(frozen=True, slots=True)
class Reply:
    """One thing the bot says, in keys: words come later, in the member's language.

    ``sheet`` is a ``Form`` to be shown whole where an adapter can; elsewhere the choices stand for
    it. ``wrong`` says what a sheet sent back lacks, by question. Neither is kept with a delivery.
    """

    key: str
    values: Mapping[str, Value] = field(default_factory=dict, repr=False)
    choices: tuple[Choice, ...] = ()
    quote: Passage | None = None
    sheet: type[Any] | None = None
    wrong: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """A button in words. ``pressed`` is sent back by a press; ``link`` opens an address instead; ``row`` as chosen."""

    pressed: str
    label: str
    link: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Blank:
    """One question of a sheet, in words. ``options`` are those of ``one`` and ``many``.

    ``limit``: characters of a ``line`` or of several ``lines``.
    """

    name: str
    kind: Literal["one", "many", "line", "lines", "day"]
    label: str
    options: tuple[Shown, ...] = ()
    limit: int = 200
    is_needed: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form shown whole, in words: its title, what stands on the button that sends it, its questions."""

    title: str
    send: str
    blanks: tuple[Blank, ...]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Words and buttons, ready for an adapter. One that cannot show a ``sheet`` shows the buttons.

    ``wrong``: what a sheet sent back lacks, by question.
    """

    text: str = field(repr=False)
    buttons: tuple[Shown, ...] = ()
    sheet: Sheet | None = None
    wrong: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something that must leave the house once; the ledger keeps it until it has.

    ``key`` is unique for ever (``card:<case>``), so the same delivery asked for twice is sent once.
    ``unasked`` ones stop with ``/stop`` and are bulk; ``repeatable`` ones are sent again when a crash left it
    unknown whether they arrived; the text of ``secret`` ones (receipts) is erased once sent.
    ``under`` and ``instead`` are keys of earlier deliveries to the same place: this one goes into the
    thread of the first, or replaces the second, where the adapter can. Outside its ``hours`` (as the
    calendar knows them) it waits for the next time they are open.
    """

    key: str
    to: Place
    reply: Reply
    due: datetime
    until: datetime | None = None
    hours: str | None = None
    order: str | None = None
    unasked: bool = False
    repeatable: bool = True
    secret: bool = False
    under: str | None = None
    instead: str | None = None

    @property
    def is_bulk(self) -> bool:
        """Whether it may wait behind others, so that receipts, cards and relays never wait behind it.

        What nobody asked for can wait, and only that is written to many at once.
        """
        return self.unasked


class Change:
    """A typed change of data, applied by storage in the turn's transaction (see ``bot.changes``)."""

    __slots__ = ()
