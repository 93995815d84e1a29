"""What officers do with a case: open it, take it, set it, close it for a reason; each step is recorded."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from bot.app import Steward
from bot.messages import Filled, Incoming, Place
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


async def _does(playing: Playing, *lines: str) -> str:
    """Let one officer say and press several things at one terminal; return what they are shown."""
    house = await playing.house()
    terminal = house.officer("one", stdin=playing.officers, stdout=playing.officers)
    before = playing.officers.tell()
    for line in lines:
        await terminal.take(line, house.respond, house.drain)
    return playing.officers.getvalue()[before:]


def _detail(playing: Playing) -> int:
    """How many reports still have their detail."""
    with sqlite3.connect(playing.settings.database_url.partition(":///")[2]) as connection:
        return int(connection.execute("SELECT count(*) FROM report WHERE sealed IS NOT NULL").fetchone()[0])


async def test_a_case_waits_for_somebody_outside_and_its_member_sees_it(playing: Playing) -> None:
    await playing.say(QUICK)
    assert "Where does case 1 stand?" in await playing.officer_says("status 1")
    shown = await _does(playing, "status 1", "[Waits for somebody outside]", "[Waits for somebody outside]")
    assert "Case 1: waits for somebody outside the union" in shown
    assert "stands there already" in shown
    assert "waits for somebody outside the union" in await playing.says("/status")
    assert "waits for somebody outside the union" in await playing.officer_says("cases")
    assert audited(playing) == [("status: waiting", "case 1")]


async def test_a_case_opened_again_is_kept_as_long_as_one_that_was_never_closed(playing: Playing) -> None:
    await playing.say(QUICK)
    await _does(playing, "close 1", "[It was removed]")
    playing.at += timedelta(days=30)
    assert "open again" in await _does(playing, "status 1", "[Waits for an officer]")
    house = await playing.house()
    playing.at += timedelta(days=380)
    assert (await house.store.sweep(playing.clock()))["reports"] == 0
    await _does(playing, "close 1", "[It was removed]")
    playing.at += timedelta(days=300)
    assert (await house.store.sweep(playing.clock()))["reports"] == 0
    assert _detail(playing) == 1
    playing.at += timedelta(days=66)
    assert (await house.store.sweep(playing.clock()))["reports"] == 1
    assert _detail(playing) == 0
    assert [what for what, _ in audited(playing)] == ["closed: removed", "status: open", "closed: removed"]


def _sheet(house: Steward, pressed: str, filled: Filled, person: str = "slack:UOFFICER1") -> Incoming:
    place = Place("channel", "cases")
    values: dict[str, Any] = {"pressed": pressed, "filled": filled}
    return Incoming(uuid4().hex, "officer", person, place, house.clock(), "slack", "CCASES/UOFFICER1", **values)


async def test_a_sheet_sent_back_does_what_its_buttons_do(playing: Playing) -> None:
    await playing.say(QUICK)
    house = await playing.house()
    (asked,) = await house.respond(replace(_sheet(house, "c:close:1", {}), filled=None))
    assert asked.sheet is not None
    assert [blank.name for blank in asked.sheet.blanks] == ["reason"]
    assert asked.sheet.title == "Close case 1"
    assert [one.pressed for one in asked.buttons] == [
        f"c:close:1:{one.pressed}" for one in asked.sheet.blanks[0].options
    ]
    (told,) = await house.respond(_sheet(house, "c:close:1", {"reason": "removed"}))
    assert "Case 1 is closed" in told.text
    (again,) = await house.respond(_sheet(house, "c:status:1", {"status": "taken"}))
    assert "open again: an officer has taken it" in again.text
    assert [what for what, _ in audited(playing)] == ["closed: removed", "status: taken"]


@pytest.mark.parametrize("filled", [{}, {"reason": ""}, {"reason": "burned"}, {"reason": ("removed",)}])
async def test_a_sheet_that_lacks_an_answer_says_where_and_changes_nothing(playing: Playing, filled: Filled) -> None:
    await playing.say(QUICK)
    house = await playing.house()
    (told,) = await house.respond(_sheet(house, "c:close:1", filled))
    assert set(told.wrong) == {"reason"}
    assert "Why is case 1 done?" in told.text
    assert told.buttons
    assert audited(playing) == []


async def test_a_stranger_is_refused_and_recorded_once(playing: Playing) -> None:
    await playing.say(QUICK)
    house = await playing.house()
    said = replace(_sheet(house, "c:close:1", {"reason": "removed"}, "a stranger"), who="stranger")
    (told,) = await house.respond(said)
    assert "officers only" in told.text
    assert await house.respond(said) == []
    assert audited(playing) == [("refused", "cases")]
    assert [case.status for case in await house.store.cases()] == ["open"]
