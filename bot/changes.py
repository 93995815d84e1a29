"""The typed changes of data: what a turn asks storage to do, in its one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias

from pydantic import JsonValue

from bot.messages import Change, Delivery
from bot.records import Filed, Heard
from bot.reports.links import Link
from bot.reports.names import Name
from bot.reports.outcomes import Outcome

Announce: TypeAlias = Callable[[Filed], Sequence[Delivery]]
Tell: TypeAlias = Callable[[Heard], Delivery | None]
"""One member who should hear of an outcome at once -> what tells them."""


def _untold(_: Heard) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class MemberChanged(Change):
    """Fields of the member's own row; ``None`` leaves a field as it is."""

    language: str | None = None
    nation: str | None = None
    notice: int | None = None
    stopped: bool | None = None
    topic: str | None = None
    topic_at: datetime | None = None
    chose_language: bool | None = None


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

    Otherwise it opens a case, on its first link or on the report alone. ``tell`` makes the deliveries to
    other members who should hear of its ``outcomes``.
    """

    links: tuple[Link, ...] = field(default=(), repr=False)
    names: tuple[Name, ...] = field(default=(), repr=False)
    outcomes: tuple[Outcome, ...] = ()
    tell: Tell = field(default=_untold, repr=False)


@dataclass(frozen=True, slots=True)
class CallSent(Sent):
    """A wish to talk to a person: a case of kind ``call``."""


@dataclass(frozen=True, slots=True)
class ReportCorrected(Change):
    """A sent report, as its member put it right. The case stays; the new answers replace the old.

    ``outcomes`` are only those it did not tell before: what was said once stays said.
    """

    report: str
    answers: Mapping[str, JsonValue] = field(repr=False)
    links: tuple[Link, ...] = field(default=(), repr=False)
    urgent: bool = False
    announce: Announce = field(default=lambda _: (), repr=False)
    names: tuple[Name, ...] = field(default=(), repr=False)
    outcomes: tuple[Outcome, ...] = ()
    tell: Tell = field(default=_untold, repr=False)


@dataclass(frozen=True, slots=True)
class ReportErased(Change):
    """A sent report is erased with everything only it had: its answers, links, case and key.

    It is the report of the member who says so, or of whoever holds its receipt, ``code`` and ``word``.
    """

    report: str
    announce: Announce = field(default=lambda _: (), repr=False)
    code: str = field(default="", repr=False)
    word: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ReceiptTried(Change):
    """Somebody looked a report up by receipt and second word; only wrong tries are counted, and never the words."""

    is_wrong: bool


@dataclass(frozen=True, slots=True)
class OutcomeNoted(Change):
    """A member says what became of their own report; a second tap on the same answer changes nothing."""

    report: str
    outcome: Outcome
    tell: Tell = field(default=_untold, repr=False)


@dataclass(frozen=True, slots=True)
class CaseOutcomeNoted(Change):
    """An officer says what became of what a case is about."""

    number: int
    outcome: Outcome
    tell: Tell = field(default=_untold, repr=False)


@dataclass(frozen=True, slots=True)
class CheckInPutOff(Change):
    """A member wants to be asked about a report again at ``until``, and not now."""

    report: str
    until: datetime


@dataclass(frozen=True, slots=True)
class CheckInsEnded(Change):
    """A member wants to be asked about a report no more."""

    report: str


@dataclass(frozen=True, slots=True)
class CheckInsBegun(Change):
    """A member wants to be asked about a report again, at the usual times counted from now."""

    report: str


@dataclass(frozen=True, slots=True)
class Tallied(Change):
    """One more member for a count without words (``crisis``, ``stop_rule``): at most once a week each."""

    what: str


@dataclass(frozen=True, slots=True)
class QuestionAsked(Change):
    """A question, without personal details; the member's last one makes way for it.

    ``hand_over``: nothing was found, so it is kept for the editors. ``last``: something was, so it is kept only for
    as long as the member may say that it did not help.
    """

    words: str = field(repr=False)
    kind: Literal["hand_over", "last"]


@dataclass(frozen=True, slots=True)
class QuestionJudged(Change):
    """What was found for the member's last question did not help: it is kept for the editors."""

    kind: Literal["not_helpful", "none_of_these"]


@dataclass(frozen=True, slots=True)
class QuestionsErased(Change):
    """What the member asked in the last day is erased: it may speak of what the stop rule is about."""


@dataclass(frozen=True, slots=True)
class Forgotten(Change):
    """Erase everything of the member who says so: rows in all tables, and every key."""


@dataclass(frozen=True, slots=True)
class Audited(Change):
    """An officer did something worth recording; ``about`` names a case, never a member."""

    what: str
    about: str


@dataclass(frozen=True, slots=True)
class CaseTaken(Change):
    """The officer who says so has taken a case; a closed one stays closed."""

    number: int
    announce: Announce = field(default=lambda _: (), repr=False)


@dataclass(frozen=True, slots=True)
class CaseClosed(Change):
    """A case is done, for a reason by its token. Its reports' detail is kept 12 months from now."""

    number: int
    reason: str
    announce: Announce = field(default=lambda _: (), repr=False)


@dataclass(frozen=True, slots=True)
class CaseStatusSet(Change):
    """A case stands somewhere else now; a closed one is open again, and not kept as a closed one any more.

    ``open`` waits for an officer, ``taken`` is the officer's who says so, ``waiting`` waits for
    somebody outside and stays whose it is.
    """

    number: int
    status: Literal["open", "taken", "waiting"]
    announce: Announce = field(default=lambda _: (), repr=False)


@dataclass(frozen=True, slots=True)
class DigestReleased(Change):
    """A table that passed the gate: kept for ever and shown again as it is."""

    period: Literal["day", "week"]
    starts: date
    ends: date
    body: Mapping[str, JsonValue] = field(repr=False)
