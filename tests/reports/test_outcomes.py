"""What a report says became of its item."""

from datetime import UTC, datetime

import pytest

from bot.reports.outcomes import Outcome, from_report

AT = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
GONE = Outcome(AT, "gone")
REMOVED = Outcome(AT, "gone", by_platform=True)
UP = Outcome(AT, "still_up")
NONE = Outcome(AT, "no_answer")
FINE = Outcome(AT, "no_violation")
OTHERWISE = Outcome(AT, "answered_otherwise")


@pytest.mark.parametrize(
    ("reply", "online", "outcomes"),
    [
        (None, None, ()),
        ("not_reported", None, ()),
        ("not_reported", "unknown", ()),
        ("not_reported", "yes", (UP,)),
        ("not_reported", "no", (GONE,)),
        ("removed", None, (REMOVED,)),
        ("removed", "no", (REMOVED,)),
        ("removed", "yes", (REMOVED, UP)),
        ("no_violation", "yes", (FINE, UP)),
        ("no_violation", "no", (FINE, GONE)),
        ("none", "unknown", (NONE,)),
        ("partly", None, (OTHERWISE,)),
        ("other", "yes", (OTHERWISE, UP)),
    ],
)
def test_outcomes_of_a_report(reply: str | None, online: str | None, outcomes: tuple[Outcome, ...]) -> None:
    assert from_report(reply, online, AT) == outcomes
