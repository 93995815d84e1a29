"""The daily and weekly digest: figures that passed the gate, and work that waits. Nothing else fits in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict, JsonValue

from bot.feedback.gate import INSIDE, Count, Released, gate, rounded
from bot.feedback.periods import Period, due, snap, week_of

__all__ = ["PLATFORMS", "Digest", "Part", "Period", "Work", "day", "due", "snap", "week", "week_of"]

USUAL_WEEKS = 8
"""Weeks that make "usual": about half a term, so that a season does not hide a change."""

USUAL_AT_LEAST = 2
"""Released weeks below which there is no range to speak of."""

PLATFORMS = (
    "tiktok", "instagram", "snapchat", "youtube", "x", "facebook",
    "whatsapp", "telegram", "discord", "review_site", "other",
)  # fmt: skip
"""Platforms a week can break down by (PRODUCT section 3)."""

TALLIES = ("crisis", "stop_rule")
"""Wordless counts a week shows, through the gate, whether or not there were any."""


class Cell(Protocol):
    """One cell of a table, as ``bot.ports.Cell``: the values it stands for and its count."""

    @property
    def of(self) -> tuple[str, ...]:
        """The values the cell stands for, one a dimension."""

    @property
    def count(self) -> Count:
        """How many, ungated."""


class Waiting(Protocol):
    """Work that waits for an officer, as ``bot.ports.Waiting``."""

    @property
    def open(self) -> int:
        """Cases nobody has closed."""

    @property
    def urgent(self) -> int:
        """Urgent ones of them."""

    @property
    def calls(self) -> int:
        """Members who asked for a person."""

    @property
    def oldest(self) -> datetime | None:
        """When the oldest was opened."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Part(_Part):
    """One released figure of a breakdown, by token."""

    of: str
    figure: Released


class Work(_Part):
    """What waits for officers: workload, not statistics; ``oldest`` is a day."""

    open: int
    urgent: int
    calls: int
    oldest: date | None


class Digest(_Part):
    """One released table. ``usual`` is the range of the weeks before; ``rest_hidden``: some parts are withheld."""

    period: Literal["day", "week"]
    starts: date
    ends: date
    total: Released
    waiting: Work
    heard: dict[str, datetime]
    usual: tuple[int, int] | None = None
    by_platform: tuple[Part, ...] = ()
    rest_hidden: bool = False
    replies: tuple[Part, ...] = ()
    tallies: dict[str, Released] = {}

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to say: no figure to show, and no work. Quiet days are not sent."""
        return self.total.is_hidden and not (self.waiting.open or self.waiting.urgent or self.waiting.calls)

    def to_json(self) -> dict[str, JsonValue]:
        """Return the table as JSON, to be kept for ever."""
        return self.model_dump(mode="json")

    @classmethod
    def from_json(cls, body: Mapping[str, JsonValue]) -> Digest:
        """Read a kept table again."""
        return cls.model_validate(body)


def day(starts: date, *, total: Count, waiting: Waiting, heard: Mapping[str, datetime], inside: int = INSIDE) -> Digest:
    """Return the digest of one day: the total rounded to 5, and the work that waits."""
    return Digest(
        period="day",
        starts=starts,
        ends=starts,
        total=rounded(total, inside),
        waiting=_work(waiting),
        heard=dict(heard),
    )


def week(  # noqa: PLR0913 - one argument a part of the table, all named
    starts: date,
    *,
    total: Count,
    platforms: Sequence[Cell],
    replies: Sequence[Cell],
    tallies: Mapping[str, Count],
    usual: Sequence[Digest],
    waiting: Waiting,
    heard: Mapping[str, datetime],
    inside: int = INSIDE,
) -> Digest:
    """Return the digest of the week from Monday ``starts``; raises ``ValueError`` for another weekday.

    The one breakdown is by platform; what platforms replied is for all of them together. ``usual``
    are the digests released for earlier weeks, in any order.
    """
    whole = week_of(starts)
    if whole.starts != starts:
        message = "a week starts on a Monday"
        raise ValueError(message)
    shown = _parts(platforms, inside)
    return Digest(
        period="week",
        starts=starts,
        ends=whole.ends,
        total=gate(total, inside),
        usual=usual_range(starts, usual),
        by_platform=shown,
        rest_hidden=not {part.of for part in shown}.issuperset(PLATFORMS),
        replies=_parts(replies, inside),
        tallies={what: gate(tallies.get(what, Count(0, 0)), inside) for what in TALLIES},
        waiting=_work(waiting),
        heard=dict(heard),
    )


def usual_range(starts: date, before: Sequence[Digest]) -> tuple[int, int] | None:
    """Return the smallest and largest total of up to 8 weeks before ``starts``.

    Only weeks whose totals were released count; None when there are fewer than two.
    """
    earliest = starts - timedelta(weeks=USUAL_WEEKS)
    totals = [
        digest.total.value
        for digest in before
        if digest.period == "week" and earliest <= digest.starts < starts and digest.total.value is not None
    ]
    return (min(totals), max(totals)) if len(totals) >= USUAL_AT_LEAST else None


def _parts(cells: Sequence[Cell], inside: int) -> tuple[Part, ...]:
    """Return the cells that passed, largest first; those that did not are left out altogether."""
    gated = [(cell.of[0], gate(cell.count, inside)) for cell in cells if cell.of and cell.of[0]]
    passed = [(of, figure) for of, figure in gated if figure.value is not None]
    passed.sort(key=lambda part: (-(part[1].value or 0), part[0]))
    return tuple(Part(of=of, figure=figure) for of, figure in passed)


def _work(waiting: Waiting) -> Work:
    oldest = waiting.oldest
    return Work(
        open=waiting.open,
        urgent=waiting.urgent,
        calls=waiting.calls,
        oldest=oldest.date() if oldest is not None else None,
    )
