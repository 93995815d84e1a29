"""Opening hours: when somebody reads, and when next, told by weekday, bank holiday and time zone."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache
from typing import Self

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LOOK_AHEAD = timedelta(days=366)  # a year without one open day is a mistake in the settings
AUGUST = 8  # schools are closed in all of the UK for most of it; nobody is asked about work then
CHECK_IN = "check-in"
DAYTIME = "day"
DIVISIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern_ireland": "NIR"}

_DAY_RANGE = re.compile(r"([a-z]+)(?:\s*-\s*([a-z]+))?", re.IGNORECASE)
_TIMES = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of a day on some weekdays (Monday is 0), in local time; ``closes`` is not in it."""

    weekdays: frozenset[int]
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Hours:
    """A week of spans. Bank holidays and the time zone come with each question."""

    spans: tuple[Span, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``Mon-Fri 09:00-17:00``; more spans follow after ``;``, single days after ``,``.

        Raises ``ValueError`` with a sentence that does not repeat the text.
        """
        parts = [part.strip() for part in text.split(";") if part.strip()]
        if not parts:
            raise ValueError("no hours are given")
        return cls(tuple(_span(part) for part in parts))

    def is_open(self, at: datetime, tz: tzinfo, holidays: Container[date]) -> bool:
        """Whether somebody reads at this moment (an aware datetime)."""
        local = at.astimezone(tz)
        return local.date() not in holidays and any(
            local.weekday() in span.weekdays and span.opens <= local.time() < span.closes for span in self.spans
        )

    def closes(self, at: datetime, tz: tzinfo) -> datetime:
        """Return when the span that is open at this moment ends; ``at`` itself when none is."""
        local = at.astimezone(tz)
        ends = [
            datetime.combine(local.date(), span.closes, tz)
            for span in self.spans
            if local.weekday() in span.weekdays and span.opens <= local.time() < span.closes
        ]
        return max(ends, default=local)

    def next_open(self, at: datetime, tz: tzinfo, holidays: Container[date]) -> datetime:
        """Return the next moment at which somebody reads, in ``tz``; ``at`` itself when it is open.

        Raises ``ValueError`` when no day of the coming year is open.
        """
        local = at.astimezone(tz)
        if self.is_open(at, tz, holidays):
            return local
        for ahead in range(LOOK_AHEAD.days):
            day = local.date() + timedelta(days=ahead)
            if day in holidays:
                continue
            openings = (datetime.combine(day, span.opens, tz) for span in self.spans if day.weekday() in span.weekdays)
            coming = [opening for opening in openings if opening > local]
            if coming:
                return min(coming)
        raise ValueError("no day of the coming year is open")


DAY = Hours((Span(frozenset(range(7)), time(8), time(20)),))
"""When a phone that lights up wakes nobody: what is told unasked goes by day, at weekends too."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """When members may be written to unasked: asked in ``check_ins``, told news in ``daytime``.

    ``quiet`` gives the days on which nobody of a nation (None: unknown) is asked anything.
    """

    check_ins: Hours
    daytime: Hours
    zone: tzinfo
    quiet: Callable[[str | None], Container[date]]

    def goes_at(self, hours: str, at: datetime) -> datetime:
        """Return when something may go that keeps to these hours (``day``, ``check-in`` or ``check-in:<nation>``)."""
        if hours == DAYTIME:
            return self.daytime.next_open(at, self.zone, ())
        nation = hours.partition(":")[2] or None
        return self.check_ins.next_open(at, self.zone, self.quiet(nation))

    def may_ask(self, nation: str | None, at: datetime) -> bool:
        """Whether somebody of this nation may be asked now."""
        return self.check_ins.is_open(at, self.zone, self.quiet(nation))


@dataclass(frozen=True, slots=True)
class QuietDays(Container[date]):
    """August, and the bank holidays of any of these calendars."""

    calendars: tuple[Container[date], ...]

    def __contains__(self, day: object) -> bool:
        """Whether nobody is asked anything on a day."""
        return isinstance(day, date) and (day.month == AUGUST or any(day in one for one in self.calendars))


@cache
def quiet_days(nation: str | None) -> Container[date]:
    """Return August and a nation's bank holidays; those of every UK nation when it is unknown."""
    nations = (nation,) if nation in DIVISIONS else tuple(DIVISIONS)
    return QuietDays(tuple(bank_holidays(one) for one in nations))


def bank_holidays(nation: str | None = None) -> Container[date]:
    """Return the bank holidays of a nation (a token of the report form), England's when unknown."""
    from holidays import country_holidays  # noqa: PLC0415 - slow to import, and few commands need it

    return country_holidays("GB", subdiv=DIVISIONS.get(nation or "england", "ENG"))


def _span(part: str) -> Span:
    """Read one ``Mon-Fri 09:00-17:00``."""
    times = _TIMES.search(part)
    if times is None or times.end() != len(part) or times.start() == 0:
        raise ValueError("a part of the hours lacks days or times")
    hours = [int(number) for number in times.groups()]
    try:
        opens, closes = time(hours[0], hours[1]), time(hours[2], hours[3])
    except ValueError:
        raise ValueError("a time is not on the 24-hour clock") from None
    if opens >= closes:
        raise ValueError("hours end before they begin; split hours past midnight into two days")
    return Span(_weekdays(part[: times.start()].strip()), opens, closes)


def _weekdays(text: str) -> frozenset[int]:
    """Read ``Mon-Wed, Fri``; a range may pass Sunday."""
    found: set[int] = set()
    for piece in text.split(","):
        match = _DAY_RANGE.fullmatch(piece.strip())
        if match is None:
            raise ValueError("the days are not written as Mon-Fri or Mon, Wed")
        first = _weekday(match[1])
        last = first if match[2] is None else _weekday(match[2])
        found.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    return frozenset(found)


def _weekday(word: str) -> int:
    """Return a weekday by its first three letters; Monday is 0."""
    try:
        return DAYS.index(word[:3].capitalize())
    except ValueError:
        raise ValueError("a day is not an English weekday") from None
