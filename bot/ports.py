"""What the house needs from outside, as protocols, and the typed changes storage applies."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import JsonValue

from bot.conversation.turn import Conversation, Turn
from bot.feedback.gate import Count
from bot.guidance.answer import Answer
from bot.messages import Change, Delivery, Incoming, Outgoing, Reply
from bot.reports.links import Link
from bot.reports.outcomes import Outcome

if TYPE_CHECKING:
    from bot.reports.links import Links

Clock: TypeAlias = Callable[[], datetime]


class Duplicate(Exception):  # noqa: N818 - it tells what happened; nothing is wrong
    """This message was heard before; nothing was written."""


class Conflict(Exception):  # noqa: N818 - the caller reads again and decides again
    """Another message of the same member was committed in between; nothing was written."""


class StorageTrouble(Exception):  # noqa: N818 - named for what the operator reads
    """The database could not keep it (no space, no connection); nothing was written.

    The message says what is wrong and how to mend it, and never holds data.
    """


@dataclass(frozen=True, slots=True)
class Member:
    """What is kept about somebody who writes to the bot. ``revision`` 0: not stored yet."""

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
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a member stands when a message arrives: read before deciding, checked at commit.

    ``recent`` counts messages of the last 60 seconds (inside a form six count as one),
    ``sent_today`` reports of the last 24 hours.
    """

    member: Member
    conversations: tuple[Conversation, ...] = ()
    recent: int = 0
    sent_today: int = 0


@dataclass(frozen=True, slots=True)
class OwnReport:
    """A report as its member sees it in lists. ``answers`` is the whole form, for correcting it."""

    id: str
    at: datetime
    platform: str | None
    case_status: str
    answers: Mapping[str, JsonValue] = field(repr=False)


@dataclass(frozen=True, slots=True)
class CaseCard:
    """What officers see of a case without opening it. ``reports`` counts its reports."""

    id: str
    number: int
    kind: Literal["item", "report", "call"]
    status: Literal["open", "taken", "closed"]
    urgent: bool
    opened: datetime
    reports: int
    platform: str | None = None
    kinds: tuple[str, ...] = ()
    platform_reply: str | None = None
    wish: str | None = None
    verified: bool = True


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case opened by an officer: the card and, per report, everything a member told the union.

    Each report is a mapping of the form's field names; words are unsealed, so never log it.
    """

    card: CaseCard
    reports: tuple[Mapping[str, JsonValue], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Filed:
    """What storage found when it filed a report or call; a card is made from it."""

    case: CaseCard
    report: str
    is_new_case: bool


Announce: TypeAlias = Callable[[Filed], Sequence[Delivery]]


@dataclass(frozen=True, slots=True)
class MemberChanged(Change):
    """Fields of the member's own row; ``None`` leaves a field as it is."""

    language: str | None = None
    nation: str | None = None
    notice: int | None = None
    stopped: bool | None = None
    topic: str | None = None
    topic_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sent(Change):
    """A form sent to the union after its review, durable and sealed.

    ``answers``: the form as JSON, stories as one string. ``announce`` turns what storage found into
    deliveries, inside the same transaction.
    """

    report: str
    answers: Mapping[str, JsonValue] = field(repr=False)
    receipt: str = field(default="", repr=False)
    word: str = field(default="", repr=False)
    urgent: bool = False
    verified: bool = True
    announce: Announce = field(default=lambda _: (), repr=False)


@dataclass(frozen=True, slots=True)
class ReportSent(Sent):
    """A report. It joins the case of the first of its ``links`` that already has one.

    Otherwise it opens a case, on its first link or on the report alone.
    """

    links: tuple[Link, ...] = field(default=(), repr=False)
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class CallSent(Sent):
    """A wish to talk to a person: a case of kind ``call``."""


@dataclass(frozen=True, slots=True)
class ReportCorrected(Change):
    """A sent report, as its member put it right. The case stays; the new answers replace the old."""

    report: str
    answers: Mapping[str, JsonValue] = field(repr=False)
    announce: Announce = field(default=lambda _: (), repr=False)


@dataclass(frozen=True, slots=True)
class Tallied(Change):
    """One more member for a count without words (``crisis``, ``stop_rule``): at most once a week each."""

    what: str


@dataclass(frozen=True, slots=True)
class Forgotten(Change):
    """Erase everything of the member who says so: rows in all tables, and every key."""


@dataclass(frozen=True, slots=True)
class Audited(Change):
    """An officer did something worth recording; ``about`` names a case, never a member."""

    what: str
    about: str


@dataclass(frozen=True, slots=True)
class DigestReleased(Change):
    """A table that passed the gate: kept for ever and shown again as it is."""

    period: Literal["day", "week"]
    starts: date
    ends: date
    body: Mapping[str, JsonValue] = field(repr=False)


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


class Storage(Protocol):
    """Everything that is kept. ``commit`` is one transaction; reads see committed data only."""

    async def since(self) -> datetime:
        """Return when this installation began."""

    async def situation(self, said: Incoming) -> Situation:
        """Read where this member stands; raise ``Duplicate`` if the message was heard before."""

    async def commit(self, said: Incoming, situation: Situation | None, turn: Turn) -> None:
        """Write seen mark, member, conversations, changes and deliveries, all or nothing.

        ``situation`` is None for officers. Raises ``Duplicate``, ``Conflict`` or ``StorageTrouble``.
        """

    async def own_reports(self, member: str) -> tuple[OwnReport, ...]:
        """Return the member's sent reports, newest first."""

    async def held(self, member: str) -> Mapping[str, JsonValue]:
        """Return everything held about a member, readable, for ``/mydata``."""

    async def cases(self, *, closed: bool = False) -> tuple[CaseCard, ...]:
        """Return cases, urgent first, then oldest first; closed ones only when asked for."""

    async def case(self, number: int) -> CaseFile | None:
        """Return one case with its reports unsealed. The caller must commit an ``Audited`` first."""

    async def cells(self, since: datetime, until: datetime, *dimensions: str) -> tuple[Cell, ...]:
        """Count reports and different members sent in [since, until), by report columns.

        No dimension gives one cell for all. Dimensions: platform, kinds, platform_reply, nation,
        phase, target_role. A report with two kinds counts in both.
        """

    async def tallies(self, since: datetime, until: datetime) -> Mapping[str, Count]:
        """Return the wordless counts of the weeks that begin in [since, until)."""

    async def waiting(self) -> Waiting:
        """Return how much work waits for officers now."""

    async def released(self, period: str, starts: date) -> Mapping[str, JsonValue] | None:
        """Return a table released before, or None."""

    async def release(self, table: DigestReleased, deliveries: Sequence[Delivery]) -> bool:
        """Keep a table and its deliveries once; False if another process was first."""


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery claimed for sending. ``language`` is None for rooms; ``attempts`` counts this one."""

    key: str
    adapter: str
    address: str = field(repr=False)
    language: str | None
    reply: Reply = field(repr=False)
    attempts: int
    repeatable: bool


class Ledger(Protocol):
    """What decides what was sent. Times are UTC; every method is one transaction.

    All raise ``StorageTrouble`` when the database cannot keep it.
    """

    async def take(self, now: datetime, adapters: Collection[str], limit: int) -> tuple[Due, ...]:
        """Claim up to ``limit`` due deliveries of these adapters, one of each ``order``."""

    async def sent(self, key: str, now: datetime, remote_id: str | None) -> None:
        """Say that a claimed delivery arrived."""

    async def retry(self, key: str, due: datetime, error: str) -> None:
        """Say that a claimed delivery did not arrive and is to be tried again at ``due``."""

    async def dead(self, key: str, now: datetime, error: str) -> None:
        """Say that a claimed delivery will never be tried again."""

    async def unknown(self, key: str, now: datetime, error: str) -> None:
        """Say that nobody can know whether a claimed delivery arrived; it is not repeated."""

    async def recover(self, adapters: Collection[str], now: datetime, *, sole: bool = False) -> int:
        """Settle deliveries a crash left claimed: repeatable ones wait again, others are unknown.

        Only claims older than the lease, or all when this process is the ``sole`` one.
        """

    async def next_due(self, adapters: Collection[str], now: datetime) -> datetime | None:
        """Return when ``take`` will next find something; None when nothing waits."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An unsent form that was left alone for a while."""

    conversation: str
    member: str
    form: str
    updated: datetime


class Keeper(Protocol):
    """What timed work needs of storage."""

    async def sweep(self, now: datetime) -> Mapping[str, int]:
        """Erase what has had its time at ``now``; return how much of what."""

    async def drafts_to_remind(self, now: datetime) -> tuple[Draft, ...]:
        """Return drafts left alone whose member wants to hear of them and was not reminded."""

    async def remind(self, drafts: Collection[Draft], deliveries: Sequence[Delivery]) -> None:
        """Mark drafts as reminded and write the reminders, in one transaction."""


class Answerer(Protocol):
    """Answers from the union's own guidance; never words of its own."""

    def answer(self, question: str, *, language: str = "en", topic: str | None = None) -> Answer:
        """Decide: answer, clarify, hand_over or crisis; at most three candidates."""

    def is_crisis(self, words: str) -> bool:
        """Whether the words speak of a risk to life or immediate danger."""

    def article(self, slug: str, *, language: str = "en") -> Answer | None:
        """Return the opening passage of one live article as an answer, or None."""


class Sender(Protocol):
    """The sending half of an adapter."""

    async def send(self, address: str, message: Outgoing) -> str | None:
        """Send and return the adapter's own id of what was sent, if it has one.

        Raises ``SendFailed`` with ``wait`` seconds, or ``permanent`` when trying again is useless.
        """


class SendFailed(Exception):  # noqa: N818 - named for the event
    """Sending did not work. ``reason`` names the kind of failure, never the words."""

    def __init__(self, reason: str, *, wait: float | None = None, permanent: bool = False) -> None:
        """Keep what delivery needs to decide on the next try."""
        super().__init__(reason)
        self.reason = reason
        self.wait = wait
        self.permanent = permanent


class HeldWords(Protocol):
    """Words said before the safety questions were answered: in memory only, for an hour, never stored."""

    def put(self, conversation: str, words: str, at: datetime) -> None:
        """Hold words for a conversation, behind those held before."""

    def look(self, conversation: str, at: datetime) -> str:
        """Return what is held and go on holding it, until the turn that reads it is durable."""

    def take(self, conversation: str, at: datetime) -> str:
        """Return what was held and hold it no more; empty after a restart."""


@dataclass(frozen=True, slots=True)
class House:
    """What handlers need to know about this installation."""

    union: str
    contact: str
    members: Literal["invite", "open"]
    has_officers: bool
    zone: ZoneInfo
    emergency: str = ""
    privacy_notice: str = ""
    data_contact: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a handler may reach: ports, never a database, a network or an adapter.

    ``next_open`` gives None while the office is open, else when it opens. ``chance`` gives that
    many random bits. ``crisis_lines`` gives the lines that may be shown on a day: those for the whole
    UK, always, and those for a nation or a profession.
    """

    storage: Storage
    answerer: Callable[[], Answerer]
    links: Links
    house: House
    held: HeldWords
    next_open: Callable[[datetime], datetime | None]
    crisis_lines: Callable[[date, str | None], tuple[Sequence[str], Sequence[str]]]
    chance: Callable[[int], int]
    new_id: Callable[[], str]


Decide: TypeAlias = Callable[[Incoming, Situation, Desk], Awaitable[Turn]]
DecideForOfficer: TypeAlias = Callable[[Incoming, Desk], Awaitable[Turn]]
