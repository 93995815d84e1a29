"""Opening hours: local time, weekends and bank holidays of each nation."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.hours import Hours, Span, bank_holidays

LONDON = ZoneInfo("Europe/London")
OFFICE = Hours.parse("Mon-Fri 09:00-17:00")


def test_hours_are_read_in_parts() -> None:
    week = Hours.parse("Mon-Thu 9:00-17:00; fri 09:00 - 12:30; Sat,Sun 10:00-11:00")
    assert week.spans == (
        Span(frozenset({0, 1, 2, 3}), time(9), time(17)),
        Span(frozenset({4}), time(9), time(12, 30)),
        Span(frozenset({5, 6}), time(10), time(11)),
    )
    assert Hours.parse("Sat-Mon 10:00-11:00").spans[0].weekdays == {5, 6, 0}


@pytest.mark.parametrize(
    "text", ["", ";", "09:00-17:00", "Mon 09:00", "Mon-Fri", "Mon 09:00-17:00 or so", "Mo? 09:00-10:00"]
)
def test_unclear_hours_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Hours.parse(text)


def test_office_hours_are_local_in_winter_and_summer() -> None:
    assert not OFFICE.is_open(datetime(2026, 1, 5, 8, 59, tzinfo=UTC), LONDON, ())
    assert OFFICE.is_open(datetime(2026, 1, 5, 9, 0, tzinfo=UTC), LONDON, ())
    assert OFFICE.is_open(datetime(2026, 7, 6, 8, 0, tzinfo=UTC), LONDON, ())
    assert not OFFICE.is_open(datetime(2026, 7, 6, 16, 0, tzinfo=UTC), LONDON, ())


def test_after_friday_evening_comes_monday_morning() -> None:
    friday = datetime(2026, 11, 20, 22, 10, tzinfo=UTC)
    assert OFFICE.next_open(friday, LONDON, ()) == datetime(2026, 11, 23, 9, 0, tzinfo=LONDON)


def test_while_open_the_next_opening_is_now() -> None:
    noon = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    assert OFFICE.next_open(noon, LONDON, ()) == noon


def test_bank_holidays_of_the_nation_are_closed() -> None:
    christmas_eve = datetime(2026, 12, 24, 18, 0, tzinfo=UTC)  # 25 is Friday, 26 a Saturday made good on Monday
    assert OFFICE.next_open(christmas_eve, LONDON, bank_holidays("england")).date() == date(2026, 12, 29)
    st_andrew = date(2026, 11, 30)
    assert st_andrew in bank_holidays("scotland")
    assert st_andrew not in bank_holidays("wales")
    assert st_andrew not in bank_holidays()
    assert date(2026, 7, 13) in bank_holidays("northern_ireland")


def test_a_union_that_never_opens_is_an_error_not_a_loop() -> None:
    class Always:
        def __contains__(self, _: object) -> bool:
            return True

    with pytest.raises(ValueError, match="no day"):
        OFFICE.next_open(datetime(2026, 11, 20, 22, 10, tzinfo=UTC), LONDON, Always())


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis adds UTC
def test_the_next_opening_is_open_and_not_in_the_past(at: datetime) -> None:
    coming = OFFICE.next_open(at, LONDON, ())
    assert coming >= at
    assert OFFICE.is_open(coming, LONDON, ())
