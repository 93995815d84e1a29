"""When a report's member is asked what became of it. Opening hours and free days reach it as arguments."""

from __future__ import annotations

from datetime import datetime, timedelta

SLOTS = (timedelta(hours=24), timedelta(hours=72), timedelta(days=7), timedelta(days=21))
"""After sending. Platforms promise a day or two; after three weeks what is still there mostly stays."""
PUT_OFF_AT_MOST = 3
"""How often "later" gives another day: after that only the times that come anyway."""


def next_slot(since: datetime, after: datetime) -> datetime | None:
    """Return the first time to ask that comes later than ``after``; None when the last one has been."""
    return next((since + slot for slot in SLOTS if since + slot > after), None)
