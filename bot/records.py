"""What storage shows of what it keeps: members, situations, cases, counts, claimed deliveries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from pydantic import JsonValue

from bot.conversation.turn import Conversation
from bot.feedback.gate import Count
from bot.messages import Reply
from bot.reports.outcomes import News, Outcome, visible


@dataclass(frozen=True, slots=True)
class Member:
    """What is kept about somebody who writes to the bot. ``revision`` 0: not stored yet.

    ``chose_language``: the language is their own choice, not what we recognised.
    """

    id: str
    adapter: str
    language: str
    since: datetime
    nation: str | None = None
    notice: int = 0
    stopped: bool = False
    invited: bool = False
    topic: str | None = None
    topic_at: datetime | None = None
    chose_language: bool = False
    revision: int = 0


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question nothing helped with. ``member`` is for counting only."""

    member: str
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a member stands when a message arrives: read before deciding, checked at commit.

    ``recent`` counts messages of the last 60 seconds (inside a form six count as one),
    ``sent_today`` reports of the last 24 hours. ``edits_form``: the message now edited was heard inside a form.
    """

    member: Member
    conversations: tuple[Conversation, ...] = ()
    recent: int = 0
    sent_today: int = 0
    edits_form: bool = False


@dataclass(frozen=True, slots=True)
class OwnReport:
    """A report as its member sees it in lists. ``answers`` is the whole form, for correcting it."""

    id: str
    at: datetime
    platform: str | None
    case_status: str
    answers: Mapping[str, JsonValue] = field(repr=False)


@dataclass(frozen=True, slots=True)
class FoundReport:
    """A report or call as its receipt shows it: never its words, its links or who sent it."""

    id: str
    at: datetime
    kind: Literal["report", "call"]
    platform: str | None
    kinds: tuple[str, ...]
    case_status: str
    came_of: CameOf | None = None


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What a receipt and its second word lead to; neither a report nor ``until``: one of the two is wrong.

    ``until``: too many were wrong, so nothing was looked up, and nothing will be before then.
    """

    report: FoundReport | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseCard:
    """What officers see of a case without opening it. ``reports`` counts its reports."""

    id: str
    number: int
    kind: Literal["item", "report", "call"]
    status: Literal["open", "taken", "waiting", "closed"]
    urgent: bool
    opened: datetime
    reports: int
    platform: str | None = None
    kinds: tuple[str, ...] = ()
    platform_reply: str | None = None
    wish: str | None = None
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Related:
    """Other cases that name the same account or hashtag, by number: suggested, never merged by itself."""

    kind: str
    cases: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case opened by an officer: the card and, per report, everything a member told the union.

    Each report is a mapping of the form's field names; words are unsealed, so never log it.
    ``outcomes`` are those of its item, oldest first.
    """

    card: CaseCard
    reports: tuple[Mapping[str, JsonValue], ...] = field(repr=False)
    related: tuple[Related, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class Filed:
    """What storage found when it filed, changed or erased something of a case; a card is made from it.

    ``report`` is empty when the case itself changed. ``others``: how many other members reported the same item.
    """

    case: CaseCard
    report: str = ""
    is_new_case: bool = False
    others: int = 0


@dataclass(frozen=True, slots=True)
class CameOf:
    """What became of a report's item: what its member said of it, and what everybody else did, oldest first."""

    mine: tuple[Outcome, ...] = ()
    others: tuple[Outcome, ...] = ()

    @property
    def visible(self) -> tuple[Outcome, ...]:
        """What its member may know: their own words, and of others' only what anybody could see to have changed."""
        return visible(self.mine, self.others)


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A report its member is still asked about. ``due`` is None once the last time has been.

    ``put_off`` counts how often the member wanted to be asked later.
    """

    report: str
    platform: str | None
    at: datetime
    due: datetime | None
    put_off: int


@dataclass(frozen=True, slots=True)
class Heard:
    """One member who hears of an outcome, by their own report of its item (its id, day and platform)."""

    member: str
    report: str
    at: datetime
    platform: str | None
    what: News
    outcome: str


@dataclass(frozen=True, slots=True)
class HeardTogether:
    """What a member hears with the day's message: how many members say so, of how many who reported the item.

    Both are 0 of what anybody could see.
    """

    heard: Heard
    saying: int
    reporting: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: the values it stands for (one a dimension) and its count, ungated."""

    of: tuple[str, ...]
    count: Count


@dataclass(frozen=True, slots=True)
class Waiting:
    """Work that waits for an officer."""

    open: int
    urgent: int
    calls: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery claimed for sending. ``language`` is None for rooms; ``attempts`` counts this one.

    ``under`` and ``instead`` are the adapter's own ids of earlier messages. ``doubted``: an earlier try
    at that time may have arrived. ``at``: the slot of a bulk delivery, before which it does not go.
    """

    key: str
    adapter: str
    address: str = field(repr=False)
    language: str | None
    reply: Reply = field(repr=False)
    attempts: int
    repeatable: bool
    under: str | None = None
    instead: str | None = None
    doubted: datetime | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An unsent form that was left alone for a while."""

    conversation: str
    member: str
    form: str
    updated: datetime


@dataclass(frozen=True, slots=True)
class Stuck:
    """A delivery that did not arrive: what kind it is and what happened, never to whom or with what words."""

    kind: str
    adapter: str
    state: str
    attempts: int
    error: str
    due: datetime
