"""What officers do with a case: open it, take it, close it for a reason; each step is recorded."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.playing import Playing, settings_in

LINK = "https://www.tiktok.com/@some.account/video/7030000000000000000"
QUICK = (f"/report {LINK}", "no", "no", "mockery", "no violation", "send")


@pytest.fixture
async def playing(tmp_path: Path) -> AsyncIterator[Playing]:
    """A house that stays open."""
    one = Playing(settings_in(tmp_path), keeps=True)
    yield one
    await one.close()


def audited(playing: Playing) -> list[tuple[str, str]]:
    """What the audit says was done."""
    with sqlite3.connect(playing.settings.database_url.partition(":///")[2]) as connection:
        return connection.execute("SELECT what, about FROM audit ORDER BY at, id").fetchall()


async def test_a_case_is_taken_and_closed_and_its_member_sees_it(playing: Playing) -> None:
    await playing.say(QUICK)
    assert "Take" in await playing.officer_says("cases")
    assert "is yours" in await playing.officer_says("take 1")
    assert "an officer has taken it" in await playing.says("/status")
    assert "Why is case 1 done?" in await playing.officer_says("close 1")
    assert audited(playing) == [("took", "case 1")]


async def test_a_closing_needs_a_reason_and_happens_once(playing: Playing) -> None:
    await playing.say(QUICK)
    house = await playing.house()
    terminal = house.officer("one", stdin=playing.officers, stdout=playing.officers)
    before = playing.officers.tell()
    for line in ("close 1", "[Nothing more to do]", "[Nothing more to do]", "take 1", "cases"):
        await terminal.take(line, house.respond, house.drain)
    shown = playing.officers.getvalue()[before:]
    assert "Case 1 is closed. What members wrote is kept for 12 months" in shown
    assert shown.count("Case 1 is closed. A new report") == 2
    assert "No case is waiting" in shown
    assert "closed" in await playing.says("/status")
    assert audited(playing) == [("closed: no_action", "case 1")]


async def test_a_new_report_of_the_same_post_opens_a_closed_case_again(playing: Playing) -> None:
    await playing.say(QUICK)
    house = await playing.house()
    terminal = house.officer("one", stdin=playing.officers, stdout=playing.officers)
    for line in ("close 1", "[It was removed]"):
        await terminal.take(line, house.respond, house.drain)
    await playing.say(QUICK, "another member")
    assert "2 reports" in await playing.officer_says("cases")


@pytest.mark.parametrize("line", ["take 9", "close 9", "open 9"])
async def test_a_case_that_is_not_there_is_said_to_be_none(playing: Playing, line: str) -> None:
    assert "There is no case 9" in await playing.officer_says(line)
    assert audited(playing) == []
