"""Days, weeks and what is due, in local time."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feedback.periods import day_of, due, snap, week_of

LONDON = ZoneInfo("Europe/London")
MOMENTS = st.integers(0, 20 * 366 * 24 * 60).map(lambda minutes: utc("2020-01-01") + timedelta(minutes=minutes))
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "day", "monday"),
    [
        ("2026-11-23T07:59", "2026-11-21", "2026-11-09"),  # Monday before eight: nothing new yet
        ("2026-11-23T08:00", "2026-11-22", "2026-11-16"),
        ("2026-11-29T23:59", "2026-11-28", "2026-11-16"),
        ("2026-07-06T06:59", "2026-07-04", "2026-06-22"),  # summer time: 07:59 local
        ("2026-07-06T07:00", "2026-07-05", "2026-06-29"),
        ("2026-03-29T07:00", "2026-03-28", "2026-03-16"),  # the morning the clocks went forward
        ("2026-10-25T07:59", "2026-10-23", "2026-10-12"),  # the morning they went back
        ("2026-10-25T08:00", "2026-10-24", "2026-10-12"),
        ("2027-01-01T00:00", "2026-12-30", "2026-12-21"),
    ],
)
def test_what_is_due(now: str, day: str, monday: str) -> None:
    assert due(utc(now), LONDON) == (day_of(date.fromisoformat(day)), week_of(date.fromisoformat(monday)))


@given(MOMENTS)
def test_what_is_due_is_over(now: datetime) -> None:
    day, week = due(now, LONDON)
    for period in (day, week):
        assert period.span(LONDON)[1] <= now
    assert now - day.span(LONDON)[1] < timedelta(hours=33)
    assert now - week.span(LONDON)[1] < timedelta(days=7, hours=9)


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=20)))
def test_nothing_due_goes_backwards(now: datetime, later: timedelta) -> None:
    before, after = due(now, LONDON), due(now + later, LONDON)
    assert all(first.starts <= second.starts for first, second in zip(before, after, strict=True))


def test_a_naive_now_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        due(datetime(2026, 1, 1), LONDON)  # noqa: DTZ001 - that is the case


@pytest.mark.parametrize(("monday", "hours"), [("2026-03-23", 167), ("2026-10-19", 169), ("2026-11-16", 168)])
def test_weeks_follow_the_clock(monday: str, hours: int) -> None:
    since, until = week_of(date.fromisoformat(monday)).span(LONDON)
    assert until.astimezone(UTC) - since.astimezone(UTC) == timedelta(hours=hours)


@given(DAYS)
def test_a_week_holds_its_days(day: date) -> None:
    week = week_of(day)
    assert week.starts.weekday() == 0
    assert week.starts <= day <= week.ends
    assert week.ends - week.starts == timedelta(days=6)


@given(DAYS, st.integers(0, 400))
def test_spans_snap_outwards_to_whole_weeks(since: date, length: int) -> None:
    until = since + timedelta(days=length)
    weeks = snap(since, until)
    assert weeks[0] == week_of(since)
    assert weeks[-1] == week_of(until)
    assert all(b.starts - a.ends == timedelta(days=1) for a, b in pairwise(weeks))


def test_a_span_turned_round_is_refused() -> None:
    with pytest.raises(ValueError, match="first day"):
        snap(date(2026, 1, 2), date(2026, 1, 1))
