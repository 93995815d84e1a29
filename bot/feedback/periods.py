"""Days and whole weeks, and which digest is due when: local calendar time, summer time included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

DUE = time(8, 0)
"""When digests are due, local time: before lessons, when officers start."""

_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A day or a week, Monday to Sunday. ``ends`` is its last day."""

    starts: date
    ends: date
    period: Literal["day", "week"]

    def span(self, tz: ZoneInfo) -> tuple[datetime, datetime]:
        """Return [since, until) as aware local midnights; a week with a clock change is 167 or 169 hours."""
        since = datetime.combine(self.starts, time.min, tz)
        return since, datetime.combine(self.ends + _DAY, time.min, tz)


def day_of(day: date) -> Period:
    """Return one day as a period."""
    return Period(day, day, "day")


def week_of(day: date) -> Period:
    """Return the week, Monday to Sunday, that holds ``day``."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + _WEEK - _DAY, "week")


def due(now: datetime, tz: ZoneInfo, at: time = DUE) -> tuple[Period, ...]:
    """Return the latest day and the latest week whose digests are due at ``now`` (aware).

    A day is due the next morning, a week on the Monday after it. After downtime only the latest
    of each is due, so a restart never sends a pile. Raises ``ValueError`` for a naive ``now``.
    """
    if now.tzinfo is None:
        message = "now must be aware"
        raise ValueError(message)
    local = now.astimezone(tz)
    morning = local.date() if local.time().replace(tzinfo=None) >= at else local.date() - _DAY
    return day_of(morning - _DAY), week_of(week_of(morning).starts - _DAY)


def snap(since: date, until: date) -> list[Period]:
    """Return the whole weeks that hold ``since`` to ``until`` (both inclusive), widened outwards.

    Raises ``ValueError`` when ``until`` comes first.
    """
    if until < since:
        message = "the first day must not come after the last"
        raise ValueError(message)
    weeks = [week_of(since)]
    while weeks[-1].ends < until:
        weeks.append(week_of(weeks[-1].ends + _DAY))
    return weeks
