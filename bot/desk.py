"""Everything a handler may reach: ports and facts about the house, never a database or an adapter."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol, TypeAlias
from zoneinfo import ZoneInfo

from bot.conversation.turn import Turn
from bot.messages import Incoming
from bot.ports import Answerer, HeldWords, Recognise, Storage
from bot.records import Situation
from bot.reports.links import Links
from bot.reports.routes import Routes


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


class IsCrisis(Protocol):
    """Hears danger in words; ``by_patterns``: without the encoder, for words that are known."""

    def __call__(self, words: str, *, by_patterns: bool = False) -> bool:
        """Whether the words speak of a risk to life or immediate danger."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a handler may reach: ports, never a database, a network or an adapter.

    ``next_open`` gives None while the office is open, else when it opens. ``chance`` gives that
    many random bits. ``crisis_lines`` gives the lines that may be shown on a day, by nation and
    language: those for the whole UK, always, and those for a nation or a profession.
    """

    storage: Storage
    answerer: Callable[[], Answerer]
    is_crisis: IsCrisis
    links: Links
    routes: Routes
    house: House
    held: HeldWords
    next_open: Callable[[datetime], datetime | None]
    crisis_lines: Callable[[date, str | None, str], tuple[Sequence[str], Sequence[str]]]
    recognise: Recognise
    chance: Callable[[int], int]
    new_id: Callable[[], str]


Decide: TypeAlias = Callable[[Incoming, Situation, Desk], Awaitable[Turn]]


DecideForOfficer: TypeAlias = Callable[[Incoming, Desk], Awaitable[Turn]]
