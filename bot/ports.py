"""What the house needs from outside, as protocols, and what can go wrong there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeAlias

from pydantic import JsonValue

from bot.changes import DigestReleased
from bot.conversation.turn import Turn
from bot.feedback.gate import Count
from bot.guidance.answer import Answer
from bot.hours import Calendar
from bot.messages import Delivery, Incoming, Outgoing
from bot.records import (
    CameOf,
    CaseCard,
    CaseFile,
    Cell,
    CheckIn,
    Draft,
    Due,
    HeardTogether,
    LookedUp,
    OwnReport,
    Situation,
    Waiting,
)

Clock: TypeAlias = Callable[[], datetime]
Recognise: TypeAlias = Callable[[str], str | None]
"""Words -> the language they are clearly written in, or None when short, mixed or another."""


class Duplicate(Exception):  # noqa: N818 - it tells what happened; nothing is wrong
    """This message was heard before; nothing was written."""


class Conflict(Exception):  # noqa: N818 - the caller reads again and decides again
    """Another message of the same member was committed in between; nothing was written."""


class StorageTrouble(Exception):  # noqa: N818 - named for what the operator reads
    """The database could not keep it (no space, no connection); nothing was written.

    The message says what is wrong and how to mend it, and never holds data.
    """


class Storage(Protocol):
    """Everything that is kept. ``commit`` is one transaction; reads see committed data only."""

    async def since(self) -> datetime:
        """Return when this installation began: its first day, or that of the earliest report imported."""

    async def situation(self, said: Incoming) -> Situation:
        """Read where this member stands; raise ``Duplicate`` if the message was heard before."""

    async def commit(self, said: Incoming, situation: Situation | None, turn: Turn) -> None:
        """Write seen mark, member, conversations, changes and deliveries, all or nothing.

        ``situation`` is None for officers. Raises ``Duplicate``, ``Conflict`` or ``StorageTrouble``.
        """

    async def own_reports(self, member: str) -> tuple[OwnReport, ...]:
        """Return the member's sent reports, newest first."""

    async def by_receipt(self, member: str, code: str, word: str) -> LookedUp:
        """Look a report up by its receipt and second word, for whoever holds both.

        The caller must commit a ``ReceiptTried`` before it tells; too many wrong tries, and nothing is looked up.
        """

    async def outcomes(self, reports: Collection[str]) -> Mapping[str, CameOf]:
        """Return, by report, everything said about what became of its item, by whomever."""

    async def check_ins(self, member: str) -> Mapping[str, CheckIn]:
        """Return, by report, what a member is still asked about."""

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


class Ledger(Protocol):
    """What decides what was sent. Times are UTC; every method is one transaction.

    All raise ``StorageTrouble`` when the database cannot keep it.
    """

    async def take(
        self, now: datetime, adapters: Collection[str], limit: int, *, bulk: bool = False
    ) -> tuple[Due, ...]:
        """Claim up to ``limit`` due deliveries of these adapters, one of each ``order``.

        Either those that must not wait, or ``bulk`` ones with the slots they go ``at``: at most 25 a second
        and adapter, whoever asks.
        """

    async def sent(self, key: str, now: datetime, remote_id: str | None) -> None:
        """Say that a claimed delivery arrived."""

    async def retry(
        self, key: str, due: datetime, error: str, *, unclear: bool = False, hold: datetime | None = None
    ) -> None:
        """Say that a claimed delivery did not arrive, or perhaps did (``unclear``): tried again at ``due``.

        No bulk delivery of its adapter goes before ``hold``.
        """

    async def give_back(self, key: str, due: datetime) -> None:
        """Say that a claimed delivery was not tried at all: it waits until ``due``."""

    async def held(self, adapter: str, now: datetime) -> datetime | None:
        """Return until when no bulk delivery of an adapter may go; None when it may."""

    async def dead(self, key: str, now: datetime, error: str) -> None:
        """Say that a claimed delivery will never be tried again."""

    async def unknown(self, key: str, now: datetime, error: str) -> None:
        """Say that nobody can know whether a claimed delivery arrived; it is not repeated."""

    async def recover(self, adapters: Collection[str], now: datetime, *, sole: bool = False) -> int:
        """Let deliveries a crash left claimed wait again, in doubt; return how many.

        Only claims older than the lease, or all when this process is the ``sole`` one.
        """

    async def next_due(self, adapters: Collection[str], now: datetime, *, bulk: bool = False) -> datetime | None:
        """Return when ``take`` will next find something; None when nothing waits."""


class Keeper(Protocol):
    """What timed work needs of storage."""

    async def sweep(self, now: datetime) -> Mapping[str, int]:
        """Erase what has had its time at ``now``; return how much of what."""

    async def sweep_tries(self, now: datetime) -> int:
        """Erase wrong tries of receipts that count no more; return how many."""

    async def drafts_to_remind(self, now: datetime) -> tuple[Draft, ...]:
        """Return drafts left alone whose member wants to hear of them and was not reminded."""

    async def ask(
        self, now: datetime, calendar: Calendar, compose: Callable[[str, Sequence[CheckIn], datetime], Delivery]
    ) -> int:
        """Write what asks every member who is due and may be asked now, once each; return how many."""

    async def gather_news(
        self, now: datetime, compose: Callable[[str, Sequence[HeardTogether], datetime], Delivery]
    ) -> int:
        """Write the day's message to every member whom news waits for, once each; return how many."""

    async def remind(self, drafts: Collection[Draft], deliveries: Sequence[Delivery]) -> None:
        """Mark drafts as reminded and write the reminders, in one transaction."""


class Answerer(Protocol):
    """Answers from the union's own guidance; never words of its own."""

    def answer(self, question: str, *, language: str = "en", topic: str | None = None) -> Answer:
        """Decide: answer, clarify, hand_over or crisis; at most three candidates."""

    def article(self, slug: str, *, language: str = "en") -> Answer | None:
        """Return the opening passage of one live article as an answer, or None."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What goes with a delivery: a mark to find it again by, and the adapter's ids of earlier messages.

    It goes into the thread of ``under``, or takes the place of ``instead``, where the adapter can.
    """

    mark: str
    under: str | None = None
    instead: str | None = None


class Sender(Protocol):
    """The sending half of an adapter."""

    async def send(self, address: str, message: Outgoing, slip: Slip | None = None) -> str | None:
        """Send and return the adapter's own id of what was sent, if it has one.

        Raises ``SendFailed`` with ``wait`` seconds, ``limited`` when the service wants less of us in all,
        or ``permanent`` when trying again is useless;
        ``TimeoutError`` when it may have arrived.
        """

    async def find(self, address: str, slip: Slip, since: datetime) -> str | None:
        """Return the id of what was sent with this mark since then; None if it is not there or cannot be looked up.

        Raises ``SendFailed`` when the service does not answer now.
        """


class SendFailed(Exception):  # noqa: N818 - named for the event
    """Sending did not work. ``reason`` names the kind of failure, never the words."""

    def __init__(
        self, reason: str, *, wait: float | None = None, permanent: bool = False, limited: bool = False
    ) -> None:
        """Keep what delivery needs to decide on the next try."""
        super().__init__(reason)
        self.reason = reason
        self.wait = wait
        self.permanent = permanent
        self.limited = limited


class HeldWords(Protocol):
    """Words said before the safety questions were answered: in memory only, for an hour, never stored."""

    def put(self, conversation: str, words: str, at: datetime) -> None:
        """Hold words for a conversation, behind those held before."""

    def look(self, conversation: str, at: datetime) -> str:
        """Return what is held and go on holding it, until the turn that reads it is durable."""

    def take(self, conversation: str, at: datetime) -> str:
        """Return what was held and hold it no more; empty after a restart."""
