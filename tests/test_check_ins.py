"""Check-ins as a member meets them: asked in their hours, answered in a tap, and nothing more than wanted."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.conversation.show import BUTTON_LIMIT
from bot.conversation.turn import Conversation, Turn
from bot.hours import DAY, DAYTIME, Calendar, Hours, quiet_days
from bot.reports.check_ins import PUT_OFF_AT_MOST, next_slot
from tests.playing import Playing, settings_in

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
LINK = "https://www.tiktok.com/@some.account/video/7030000000000000001"
QUICK = [f"/report {LINK}", "[No]", "[No]", "[Mocking]", "[No answer]", "[( ) Tell me what becomes of it]", "[Send]"]


@pytest.fixture
async def playing(tmp_path: Path) -> AsyncIterator[Playing]:
    """One house that stays open, on a Monday morning."""
    one = Playing(settings_in(tmp_path), at=MONDAY, keeps=True)
    yield one
    await one.close()


async def round_at(playing: Playing, at: datetime, person: str = "a member") -> str:
    """Let a minute's round happen at a moment and return what a member's terminal prints."""
    playing.at = at
    house = await playing.house()
    printed = playing._printed[person]
    house.senders["terminal"] = playing._terminals[person]
    before = printed.tell()
    await house.rounds()
    await house.drain()
    return printed.getvalue()[before:]


def calendar(hours: str = "Mon-Fri 16:00-19:00") -> Calendar:
    """The calendar of a house."""
    return Calendar(Hours.parse(hours), DAY, LONDON, quiet_days)


@pytest.mark.parametrize(
    ("hours", "at", "goes"),
    [
        ("check-in", "2026-11-20T18:59", "2026-11-20T18:59"),
        ("check-in", "2026-11-20T19:00", "2026-11-23T16:00"),
        ("check-in", "2026-07-31T19:00", "2026-09-01T16:00"),  # never in August
        ("check-in:england", "2026-12-24T19:00", "2026-12-29T16:00"),
        ("check-in:scotland", "2026-11-30T10:00", "2026-12-01T16:00"),  # St Andrew's Day
        ("check-in:wales", "2026-11-30T10:00", "2026-11-30T16:00"),
        ("check-in", "2026-11-30T10:00", "2026-12-01T16:00"),  # nation unknown: any nation's holiday
        ("check-in", "2026-07-13T10:00", "2026-07-14T16:00"),  # Northern Ireland's
        ("check-in", "2026-03-27T19:00", "2026-03-30T16:00"),  # summer time begins between
        (DAYTIME, "2026-08-15T20:00", "2026-08-16T08:00"),
        (DAYTIME, "2026-12-25T09:00", "2026-12-25T09:00"),
    ],
)
def test_when_members_are_written_to(hours: str, at: str, goes: str) -> None:
    moment, wanted = (datetime.fromisoformat(one).replace(tzinfo=LONDON) for one in (at, goes))
    assert calendar().goes_at(hours, moment) == wanted


def test_the_times_are_counted_from_sending() -> None:
    assert [next_slot(MONDAY, MONDAY + timedelta(hours=hours)) for hours in (0, 24, 71, 72, 168, 504)] == [
        MONDAY + timedelta(hours=24),
        MONDAY + timedelta(hours=72),
        MONDAY + timedelta(hours=72),
        MONDAY + timedelta(days=7),
        MONDAY + timedelta(days=21),
        None,
    ]


async def test_a_member_is_asked_the_next_afternoon_and_both_rows_stay_usable(playing: Playing) -> None:
    await playing.say(QUICK)
    assert await round_at(playing, MONDAY + timedelta(hours=25)) == ""
    shown = await round_at(playing, datetime(2026, 11, 17, 16, 0, tzinfo=UTC))
    assert shown.startswith("You asked me to keep you posted about something you sent here on 16 November 2026")
    assert "You need not look again; say only what you know" in shown
    rows = ["Still there", "Gone", "Haven't looked", "They refused", "Other answer", "No answer", "Ask me later"]
    assert [line.partition("] ")[2] for line in shown.splitlines() if "[" in line] == [*rows, "Stop asking"]
    assert "Noted: still there" in await playing.says("[Still there]")
    assert "Noted: they refused" in await _late(playing, "refused")
    assert "Noted: gone" in await _late(playing, "gone")
    house = await playing.house()
    (own,) = await house.store.own_reports(house.store.pseudonym("terminal", "a member"))
    told = (await house.store.outcomes([own.id]))[own.id].mine
    assert [one.what for one in told] == ["no_answer", "still_up", "no_violation", "gone"]
    assert await round_at(playing, datetime(2026, 11, 19, 16, 0, tzinfo=UTC)) == ""


async def _late(playing: Playing, code: str, person: str = "a member") -> str:
    """Tap a button of an old message, long after others were shown."""
    house = await playing.house()
    (own, *_) = await house.store.own_reports(house.store.pseudonym("terminal", person))
    pressed = f"k:{own.id}:{code}"
    assert len(pressed.encode()) <= BUTTON_LIMIT
    terminal = playing._terminals[person]
    said = terminal._incoming("x")
    return "\n".join(one.text for one in await house.respond(replace(said, text=None, pressed=pressed)))


async def test_several_are_listed_and_each_is_said_by_itself(playing: Playing) -> None:
    await playing.say(QUICK)
    playing.at += timedelta(minutes=30)
    await playing.say([QUICK[0].replace("0001", "0002"), *QUICK[1:]])
    shown = await round_at(playing, datetime(2026, 11, 17, 16, 0, tzinfo=UTC))
    assert "about some things you sent here: 2 of them" in shown
    number = next(line.split("]")[0].strip(" [") for line in shown.splitlines() if "09:3" in line)
    shown = await playing.says(number)
    assert "What you sent on 16 November 2026, 09:3" in shown
    assert "Noted: gone" in await playing.says("[Gone]")
    shown = await playing.says("/status")
    assert shown.count("gone since 17 November 2026") == 1
    shown = await round_at(playing, datetime(2026, 11, 19, 16, 0, tzinfo=UTC))
    assert "something you sent here on 16 November 2026, 09:0" in shown


async def test_later_is_the_next_day_and_not_for_ever(playing: Playing) -> None:
    await playing.say(QUICK)
    day = datetime(2026, 11, 17, 16, 0, tzinfo=UTC)
    for put_off in range(PUT_OFF_AT_MOST):
        assert "keep you posted" in await round_at(playing, day + timedelta(days=put_off)), put_off
        assert "ask again tomorrow" in await playing.says("[Ask me later]")
        assert "ask again tomorrow" in await _late(playing, "later")  # twice is once
    assert "keep you posted" in await round_at(playing, day + timedelta(days=3))
    assert "put this off a few times" in await playing.says("[Ask me later]")
    assert await round_at(playing, day + timedelta(days=4)) == ""


async def test_stop_asking_is_for_one_report_and_stop_for_all_until_start(playing: Playing) -> None:
    await playing.say(QUICK)
    await playing.say([QUICK[0].replace("0001", "0002"), *QUICK[1:]])
    assert "not ask about this one again" in await _late(playing, "stop")
    shown = await round_at(playing, datetime(2026, 11, 17, 16, 0, tzinfo=UTC))
    assert "something you sent here" in shown
    await playing.says("/stop")
    assert await round_at(playing, datetime(2026, 11, 19, 16, 0, tzinfo=UTC)) == ""
    await playing.says("/start")
    assert await round_at(playing, datetime(2026, 11, 20, 16, 0, tzinfo=UTC)) == ""
    assert "something you sent here" in await round_at(playing, datetime(2026, 11, 23, 16, 0, tzinfo=UTC))


async def test_a_button_of_a_report_that_is_no_more_says_so(playing: Playing) -> None:
    await playing.say(QUICK)
    await playing.says("hello", "another member")
    house = await playing.house()
    (own,) = await house.store.own_reports(house.store.pseudonym("terminal", "a member"))
    said = playing._terminals["another member"]._incoming("x")
    for code in ("gone", "later", "stop", "again", "ask", "nonsense"):
        (told,) = await house.respond(replace(said, id=code, text=None, pressed=f"k:{own.id}:{code}"))
        assert "can't find that report" in told.text
    assert (await house.store.outcomes([own.id]))[own.id].others == ()


async def test_the_receipt_says_how_many_others_from_five_up_only(playing: Playing) -> None:
    for number in range(6):
        shown = await playing.say(QUICK, f"member {number}")
        assert ("5 other members have reported the same" in shown) == (number == 5), number
        assert ("other members" in shown) == (number == 5)
    again = await playing.say(QUICK, "member 5")
    assert "5 other members have reported the same" in again


async def test_others_hear_that_it_is_gone_and_can_say_otherwise(playing: Playing) -> None:
    for person in ("a member", "member two"):
        await playing.say(QUICK, person)
    playing.at = datetime(2026, 11, 16, 23, 0, tzinfo=UTC)
    await playing.say(["update", "[Gone]"], "member two")
    assert await round_at(playing, datetime(2026, 11, 17, 7, 0, tzinfo=UTC)) == ""
    shown = await round_at(playing, datetime(2026, 11, 17, 8, 0, tzinfo=UTC))
    assert shown.startswith("Something you sent here on 16 November 2026 does not seem to be there any more.")
    assert "member" not in shown
    assert "Noted: it was gone and is there again" in await playing.say(["[Say what you know]", "[Still there]"])
    shown = await round_at(playing, datetime(2026, 11, 17, 12, 0, tzinfo=UTC), "member two")
    assert "was gone and seems to be there again" in shown


async def test_who_disagree_do_not_make_everybodys_telephone_buzz(playing: Playing) -> None:
    for person in ("a member", "member two", "member three"):
        await playing.say(QUICK, person)
    playing.at = datetime(2026, 11, 16, 23, 0, tzinfo=UTC)
    await playing.say(["update", "[Gone]"], "member two")
    for label in ("[Still there]", "[Gone]", "[Still there]", "[Gone]", "[Still there]"):
        playing.at += timedelta(minutes=5)
        await playing.say(["update", label])
    three = "member three"
    shown = await round_at(playing, datetime(2026, 11, 17, 8, 0, tzinfo=UTC), three)
    assert shown.count("Something you sent here") == shown.count("does not seem to be there any more") == 1
    assert await round_at(playing, datetime(2026, 11, 17, 15, 0, tzinfo=UTC), three) == ""
    shown = await round_at(playing, datetime(2026, 11, 17, 16, 0, tzinfo=UTC), three)
    told = shown[shown.index("Here is what") :]
    assert told.startswith("Here is what has become known since I last wrote to you about what you sent here.")
    line = "16 November 2026, TikTok: it was gone and seems to be there again."
    assert [one.strip() for one in told.splitlines() if "2026" in one] == [line]
    assert "member" not in told
    shown = await round_at(playing, datetime(2026, 11, 17, 17, 0, tzinfo=UTC))
    assert shown.count("does not seem to be there any more") == 1  # what their terminal was not open for
    assert "there again" not in shown  # they said so themselves
    assert "there again" not in await round_at(playing, datetime(2026, 11, 18, 16, 0, tzinfo=UTC), three)


async def test_an_officer_notes_what_became_of_a_case(playing: Playing) -> None:
    await playing.say(QUICK)
    await playing.say([QUICK[0].replace("0001", "0002"), *QUICK[1:]], "member two")
    assert "[4] What became of it" in await playing.officer_says("cases")
    assert "What became of what case 1 is about?" in await playing.officer_says("outcome 1")
    house = await playing.house()
    house.senders["terminal"] = playing._terminals["a member"]  # who sits there now
    printed = StringIO()
    terminal = house.officer("one", stdin=StringIO(), stdout=printed)
    for line in ("outcome 1", "[It is gone]"):
        await terminal.take(line, house.respond, house.drain)
    assert "Case 1: noted" in printed.getvalue()
    opened = await playing.officer_says("open 1")
    assert "16 November 2026: gone (an officer says so)" in opened
    assert "The same account: cases 2" in opened
    assert "does not seem to be there any more" in playing._printed["a member"].getvalue()
    assert "does not seem" not in playing._printed["member two"].getvalue()


async def test_a_correction_tells_what_became_of_it_too(playing: Playing) -> None:
    await playing.say(QUICK)
    await playing.say(QUICK, "member two")
    await playing.say(["/status", "[Correct it]", "no", "no", "[Change something]", "[What the platform said]"])
    assert "Corrected" in await playing.say(["[Removed it]", "[Send]"])
    assert "removed by the platform" in await playing.says("/status")
    playing.at += timedelta(hours=1)
    assert "does not seem to be there any more" in await round_at(playing, playing.at, "member two")


async def test_a_draft_of_the_code_before_this_issue_still_resumes(playing: Playing) -> None:
    state = json.loads((Path(__file__).parent / "stored_draft.json").read_text("utf-8"))
    await playing.say([QUICK[0], *QUICK[1:3]])
    house = await playing.house()
    said = playing._terminals["a member"]._incoming("x")
    situation = await house.store.situation(said)
    old = Conversation.model_validate(state)
    await house.store.commit(said, situation, Turn(old, closed=tuple(one.id for one in situation.conversations)))
    shown = await playing.says("/report")
    assert "You are in the middle of a report" in shown
    assert "Has the platform been told" in shown
    assert "Ready to send" in await playing.says("[No answer]")
    assert "Sent. Your receipt" in await playing.says("[Send]")
