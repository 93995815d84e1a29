"""A digest holds only what passed the gate, and says it in keys."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feedback import digest, present
from bot.feedback.digest import Digest
from bot.feedback.gate import Count, Released
from bot.messages import Reply, Text
from bot.records import Cell, Waiting

LONDON = ZoneInfo("Europe/London")
MONDAY = date(2026, 11, 16)
HEARD = {"telegram": datetime(2026, 7, 6, 6, 59, tzinfo=UTC)}
WORK = Waiting(open=4, urgent=1, calls=0, oldest=datetime(2026, 11, 19, 9, 0, tzinfo=UTC))
NO_WORK = Waiting(open=0, urgent=0, calls=0, oldest=None)


@dataclass(frozen=True)
class Says:
    """What a week was made of, for tests that change one part."""

    total: Count = Count(31, 20)  # noqa: RUF009 - it does not change
    platforms: tuple[Cell, ...] = ()
    replies: tuple[Cell, ...] = ()
    usual: tuple[Digest, ...] = ()
    waiting: Waiting = WORK

    def week(self, starts: date = MONDAY) -> Digest:
        return digest.week(
            starts,
            total=self.total,
            platforms=self.platforms,
            replies=self.replies,
            tallies={"crisis": Count(7, 6), "stop_rule": Count(2, 2)},
            usual=self.usual,
            waiting=self.waiting,
            heard=HEARD,
        )


def cell(of: str, n: int, members: int) -> Cell:
    return Cell((of,), Count(n, members))


PLATFORMS = (cell("instagram", 5, 5), cell("tiktok", 22, 14), cell("snapchat", 4, 4), cell("", 9, 9))


def keys(reply: Reply) -> list[str]:
    lines = reply.values["lines"]
    assert isinstance(lines, tuple)
    return [line.key for line in lines]


def test_a_week_shows_what_passed() -> None:
    week = Says(platforms=PLATFORMS, replies=(cell("none", 6, 6), cell("removed", 3, 3))).week()
    assert week.total == Released(31)
    assert [(part.of, part.figure.value) for part in week.by_platform] == [("tiktok", 22), ("instagram", 5)]
    assert week.rest_hidden
    assert [part.of for part in week.replies] == ["none"]
    assert week.tallies == {"crisis": Released(7), "stop_rule": Released(None)}
    assert (week.starts, week.ends) == (MONDAY, date(2026, 11, 22))


def test_a_platform_with_few_looks_like_one_with_none() -> None:
    few = Says(platforms=PLATFORMS).week()
    none = Says(platforms=tuple(each for each in PLATFORMS if each.of != ("snapchat",))).week()
    assert few == none
    assert few.to_json() == none.to_json()


def test_nothing_is_hidden_when_every_platform_is_shown() -> None:
    assert not Says(platforms=tuple(cell(name, 9, 9) for name in digest.PLATFORMS)).week().rest_hidden


def test_the_usual_range_is_of_eight_released_weeks() -> None:
    before = tuple(
        Says(total=Count(n, n)).week(MONDAY - timedelta(weeks=back)) for back, n in enumerate([3, 12, 24, 15], 1)
    )
    long_ago = Says(total=Count(99, 99)).week(MONDAY - timedelta(weeks=9))
    itself = Says(total=Count(77, 77)).week()
    assert Says(usual=(*before, long_ago, itself)).week().usual == (12, 24)
    assert Says(usual=before[:2]).week().usual is None


def test_a_week_starts_on_a_monday() -> None:
    with pytest.raises(ValueError, match="Monday"):
        Says().week(date(2026, 11, 17))


def test_a_day_is_rounded() -> None:
    day = digest.day(MONDAY, total=Count(13, 9), waiting=WORK, heard=HEARD)
    assert day.total == Released(15, rounded=True)
    assert not day.is_quiet
    assert digest.day(MONDAY, total=Count(3, 3), waiting=NO_WORK, heard=HEARD).is_quiet
    assert present.as_json(day)["total"] == {"value": 15, "rounded": True}
    assert keys(present.reply(day, LONDON))[:2] == ["digest-heading-day", "digest-total-day"]


NUMBERS = st.integers(0, 12)


@given(NUMBERS, st.lists(st.tuples(st.sampled_from(digest.PLATFORMS), NUMBERS), unique_by=lambda pair: pair[0]))
def test_a_digest_is_kept_and_read_again(total: int, platforms: list[tuple[str, int]]) -> None:
    week = Says(total=Count(total, total), platforms=tuple(cell(of, n, n) for of, n in platforms)).week()
    assert Digest.from_json(json.loads(json.dumps(week.to_json()))) == week
    shown = {part.of for part in week.by_platform}
    assert shown == {of for of, n in platforms if n >= 5}
    json.dumps(present.as_json(week))


def test_a_week_is_said_in_keys() -> None:
    reply = present.reply(Says(platforms=PLATFORMS, replies=(cell("none", 6, 6),)).week(), LONDON)
    assert reply.key == "digest-week"
    assert keys(reply) == [
        "digest-heading-week",
        "digest-total-week",
        "digest-replies",
        "digest-tally-crisis",
        "digest-tally-stop_rule",
        "digest-waiting",
        "digest-urgent",
        "digest-heard",
    ]
    lines = reply.values["lines"]
    assert isinstance(lines, tuple)
    assert lines[1].values["total"] == Text("figure", {"n": 31})
    assert lines[4].values["figure"] == Text("figure-hidden", {"under": 5})
    assert lines[5].values == {"open": 4, "oldest": Text("digest-oldest", {"day": date(2026, 11, 19)})}
    adapters = lines[-1].values["adapters"]
    assert isinstance(adapters, Text)
    assert adapters.values["items"] == (
        Text("digest-heard-from", {"adapter": Text("adapter-telegram"), "time": "07:59"}),
    )


def test_a_hidden_week_says_so() -> None:
    week = Says(total=Count(2, 2), waiting=NO_WORK).week()
    lines = present.reply(week, LONDON).values["lines"]
    assert isinstance(lines, tuple)
    assert lines[1].values["total"] == Text("figure-hidden", {"under": 5})
    assert lines[1].values["platforms"] == Text("digest-platforms-hidden", {"under": 5})
    assert lines[1].values["usual"] == Text("digest-usual-unknown")
    assert present.as_json(week)["total"] == {"value": None, "fewer_than": 5}
