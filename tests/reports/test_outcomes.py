"""What became of an item: what a report says, what several say together, and what of it is news to whom."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.reports.outcomes import History, Outcome, Says, What, from_report, history, is_same_tap, news, visible

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


def later(hours: float, what: What, says: Says = "member", *, by_platform: bool = False) -> Outcome:
    """An outcome some hours on."""
    return Outcome(AT + timedelta(hours=hours), what, says, by_platform=by_platform)


def test_gone_and_back_again_both_stay_visible_with_who_says_so() -> None:
    told = [later(72, "still_up"), later(24, "still_up"), later(48, "gone", "officer"), later(96, "gone")]
    found = history(told)
    assert [(turn.what, turn.says) for turn in found.turns] == [
        ("up", "member"),
        ("gone", "officer"),
        ("back_up", "member"),
        ("gone", "member"),
    ]
    assert found.last_seen_up == AT + timedelta(hours=72)
    assert found.first_seen_gone == AT + timedelta(hours=48)
    assert found.now is not None
    assert found.now.at == AT + timedelta(hours=96)


def test_an_answer_is_not_forgotten_for_want_of_another() -> None:
    assert history([later(1, "no_answer")]).answer == later(1, "no_answer")
    assert history([later(1, "no_violation"), later(2, "no_answer")]).answer == later(1, "no_violation")
    assert history([later(1, "no_violation"), later(2, "answered_otherwise")]).answer == later(2, "answered_otherwise")
    assert history([later(1, "not_looked")]) == History()


def test_news_is_what_nobody_had_said_before() -> None:
    assert news([], later(1, "gone")) == "gone"
    assert news([later(1, "gone")], later(2, "gone")) is None
    assert news([], later(1, "still_up")) is None
    assert news([later(1, "gone")], later(2, "still_up")) == "back_up"
    assert news([later(1, "gone"), later(2, "still_up")], later(3, "still_up")) is None
    assert news([], later(1, "no_violation")) == "no_violation"
    assert news([later(1, "no_violation")], later(9, "no_violation")) is None
    assert news([later(1, "no_violation")], later(9, "answered_otherwise")) == "answered_otherwise"
    assert all(news([], later(1, what)) is None for what in ("not_looked", "no_answer"))


def test_the_same_tap_is_one_and_a_change_of_mind_another() -> None:
    up, gone = later(0, "still_up"), later(1, "gone")
    assert is_same_tap([up], later(1, "still_up"))
    assert is_same_tap([up, later(1, "no_violation")], later(2, "still_up"))  # the other row is another question
    assert not is_same_tap([up, gone], later(2, "still_up"))
    assert not is_same_tap([up], later(24, "still_up"))  # the next check-in
    assert not is_same_tap([], up)


def test_of_others_only_what_anybody_could_see_is_shown() -> None:
    mine = (later(1, "no_answer"),)
    others = (later(2, "still_up"), later(3, "no_violation"), later(4, "gone"), later(5, "still_up"))
    assert visible(mine, others) == (*mine, later(4, "gone"), later(5, "still_up"))
    assert visible((), others[:2]) == ()
