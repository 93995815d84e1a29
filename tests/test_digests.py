"""Digests: once per period however many houses ask, small figures hidden, and a released table stays as it is."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine

from bot import cli
from bot.app import Steward, opened
from bot.feedback.periods import day_of, week_of
from bot.ports import Clock
from bot.settings import Settings
from handlers.rounds import released
from tests.playing import KEY, Playing, settings_in

WEDNESDAY = datetime(2026, 11, 11, 10, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 16, 8, 1, tzinfo=UTC)
LINK = "https://www.tiktok.com/@some.account/video/70300000000000{n:05d}"
INSTAGRAM = "https://www.instagram.com/p/Csample{n:05d}/"


@pytest.fixture
async def playing(tmp_path: Path) -> AsyncIterator[Playing]:
    """One house that stays open, in the middle of a week."""
    one = Playing(settings_in(tmp_path), at=WEDNESDAY, keeps=True)
    yield one
    await one.close()


async def report(playing: Playing, number: int, link: str = LINK, reply: str = "no violation") -> None:
    """Let a member of that number report the post of that number."""
    lines = [f"/report {link.format(n=number)}", "no", "no", "mockery", reply, "send"]
    assert "Your receipt" in await playing.say(lines, f"member {number}")


async def digests(playing: Playing) -> str:
    """Do the timed work and return what the numbers room is sent."""
    house = await playing.house()
    printed = StringIO()
    house.senders["officers"] = house.officer("one", stdin=StringIO(), stdout=printed)
    await house.rounds()
    await house.drain()
    return printed.getvalue()


async def several(stack: AsyncExitStack, settings: Settings, clock: Clock, printed: StringIO) -> list[Steward]:
    """Open several houses on one database, all sending into one room."""
    houses = [await stack.enter_async_context(opened(settings, "chat", clock=clock)) for _ in range(4)]
    for house in houses:
        house.senders["officers"] = house.officer("one", stdin=StringIO(), stdout=printed)
    return houses


async def test_four_houses_at_once_send_each_digest_once_a_period(playing: Playing) -> None:
    for number in range(6):
        await report(playing, number)
    playing.at = MONDAY
    printed = StringIO()
    async with AsyncExitStack() as stack:
        houses = await several(stack, playing.settings, playing.clock, printed)
        for _ in range(2):
            await asyncio.gather(*(house.rounds() for house in houses))
            await asyncio.gather(*(house.drain() for house in houses))
        assert printed.getvalue().count("Week from 9 November 2026 to 15 November 2026") == 1
        assert printed.getvalue().count("The day of 15 November 2026") == 1  # nothing new, but cases wait
        playing.at = MONDAY + timedelta(days=1)
        await asyncio.gather(*(house.rounds() for house in houses))
        await asyncio.gather(*(house.drain() for house in houses))
    assert printed.getvalue().count("Week from") == 1
    assert printed.getvalue().count("The day of") == 2


async def test_nothing_is_sent_before_eight_in_the_morning(playing: Playing) -> None:
    for number in range(6):
        await report(playing, number)
    playing.at = MONDAY - timedelta(minutes=5)
    assert "Week from" not in await digests(playing)
    playing.at = MONDAY
    assert "Week from 9 November" in await digests(playing)


async def test_figures_below_five_members_are_hidden(playing: Playing) -> None:
    for number in range(6):
        await report(playing, number)
    for number in range(6, 10):
        await report(playing, number, INSTAGRAM, "no answer")
    playing.at = MONDAY
    shown = await digests(playing)
    week = shown[shown.index("Week from") :]
    assert "New reports: 10" in week
    assert "TikTok 6" in week
    assert "the rest hidden (fewer than 5)" in week
    assert "Instagram" not in week
    assert "No violation 6" in week
    assert "No answer" not in week
    assert "Members who were shown the emergency lines: fewer than 5" in week


async def test_one_member_with_many_reports_is_hidden(playing: Playing) -> None:
    for number in range(5):
        lines = [f"/report {LINK.format(n=number)}", "no", "no", "mockery", "no answer", "send"]
        assert "Your receipt" in await playing.say(lines)
    playing.at = MONDAY
    shown = await digests(playing)
    assert "New reports: fewer than 5" in shown
    assert "TikTok" not in shown


async def test_a_released_table_is_shown_again_as_it_was(playing: Playing) -> None:
    for number in range(6):
        await report(playing, number)
    playing.at = MONDAY
    first = await digests(playing)
    assert "New reports: 6" in first
    house = await playing.house()
    for number in range(3):
        await playing.say(["/forgetme", "[Yes, erase everything]"], f"member {number}")
    assert len(await house.store.cases()) == 3
    again = await playing.officer_says("digest")
    assert "New reports: 6" in again
    assert "TikTok 6" in again
    assert await digests(playing) == ""
    kept = await released(house.router.desk, week_of(WEDNESDAY.date()), playing.clock())
    assert kept is not None
    assert kept.total.value == 6


async def test_a_period_that_is_not_over_is_not_released(playing: Playing) -> None:
    for number in range(6):
        await report(playing, number)
    desk = (await playing.house()).router.desk
    assert await released(desk, week_of(WEDNESDAY.date()), playing.clock()) is None
    assert await released(desk, day_of(WEDNESDAY.date()), playing.clock()) is None
    assert await desk.storage.released("week", week_of(WEDNESDAY.date()).starts) is None


def _digest(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = cli.main(["digest", *arguments])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_the_command_shows_text_and_json_and_refuses_what_is_not_over(
    empty_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (empty_folder / ".env").write_text(f"STEWARD_KEY={KEY}\n")
    (empty_folder / ".env").chmod(0o600)
    monkeypatch.setenv("UNION_NAME", "the union")

    async def fill() -> None:
        playing = Playing(settings_in(empty_folder), at=WEDNESDAY, keeps=True)
        for number in range(6):
            await report(playing, number)
        await playing.close()

    asyncio.run(fill())
    with time_machine.travel(MONDAY, tick=True):
        code, text, complained = _digest("--text", capsys=capsys)
        assert (code, complained) == (0, "")
        assert "Week from 9 November 2026" in text
        assert "New reports: 6" in text
        code, as_json, _ = _digest("--json", capsys=capsys)
        body = json.loads(as_json)
        assert (code, body["total"], body["by_platform"]) == (0, {"value": 6}, {"tiktok": {"value": 6}})
        code, as_json, _ = _digest("--period", "day", "--json", capsys=capsys)
        assert json.loads(as_json)["total"] == {"value": None, "fewer_than": 5}
        code, text, _ = _digest("--since", "2026-11-11", "--until", "2026-11-12", "--json", capsys=capsys)
        assert json.loads(text)["starts"] == "2026-11-09"
        code, text, complained = _digest("--since", "2026-11-16", "--until", "2026-11-18", capsys=capsys)
        assert text == ""
        assert complained == "That period is not over. Its digest comes on Monday 23 November, 08:00.\n"
        assert code == 2
        code, text, complained = _digest("--since", "2026-11-18", "--until", "2026-11-16", capsys=capsys)
        assert (code, text) == (2, "")
        assert "the first day must not come after the last" in complained.casefold()
        for wrong in (("--since", "not a day"), ("--since", "0001-01-01"), ("--until", "0001-01-01")):
            code, text, complained = _digest(*wrong, capsys=capsys)
            assert code in (0, 2), wrong
            assert "did not expect" not in complained, wrong
        for coming in (("--since", "2099-01-01"), ("--since", "9999-12-31"), ("--until", "9999-12-31")):
            code, text, complained = _digest(*coming, capsys=capsys)
            assert (code, text) == (2, ""), coming
            assert "That period is not over" in complained, coming
