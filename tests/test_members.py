"""What members are promised: limits, stopping, their own data, erasure, and one report whatever is tapped at once."""

from __future__ import annotations

import asyncio
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import get_args

import pytest

from bot.app import opened
from bot.messages import Upload
from tests.hearing import answered, heard
from tests.playing import FRIDAY_NIGHT, Playing, settings_in

LINK = "https://www.tiktok.com/@some.account/video/7030000000000000000"
OTHER = "https://www.instagram.com/p/Csample00001/"
QUICK = ("no", "no", "mockery", "no violation", "send")
RECEIPT = re.compile(r"STW-[0-9A-Z]{4}-[0-9A-Z]{4}")
DAY = timedelta(days=1)


@pytest.fixture
async def playing(tmp_path: Path) -> AsyncIterator[Playing]:
    """One house that stays open."""
    one = Playing(settings_in(tmp_path), keeps=True)
    yield one
    await one.close()


def rows(playing: Playing, table: str, where: str = "1=1") -> int:
    """Count rows of the real file."""
    path = playing.settings.database_url.partition(":///")[2]
    with sqlite3.connect(path) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0])  # noqa: S608 - our own names


async def quick(playing: Playing, link: str = LINK, person: str = "a member") -> str:
    """Report by the quick way and return the receipt's message."""
    return await playing.say([f"/report {link}", *QUICK], person)


async def rounds(playing: Playing, later: timedelta = timedelta(0)) -> str:
    """Let time pass, do the timed work and return what the member is sent."""
    playing.at += later
    await playing.says(None)
    house = await playing.house()
    printed = StringIO()
    house.senders["terminal"] = house.member("a member", stdin=StringIO(), stdout=printed)
    await house.rounds()
    await house.drain()
    return printed.getvalue()


# --- the quick way, limits, invitations ---


async def test_the_quick_way_is_five_taps_after_the_link(playing: Playing) -> None:
    await playing.says(f"/report {LINK}")
    taps = ["[No]", "[No]", "[Mocking]", "[No violation]", "[Send]"]
    shown = [await playing.says(tap) for tap in taps]
    assert len(taps) == 5
    assert [bool(RECEIPT.search(one)) for one in shown] == [False, False, False, False, True]


async def test_without_an_invitation_questions_and_crisis_are_answered_and_reports_are_not(tmp_path: Path) -> None:
    playing = Playing(settings_in(tmp_path, members="invite"), keeps=True)
    assert "Sample guidance" in await playing.says("someone made a fake account of me on tiktok")
    crisis = await playing.says("i want to kill myself")
    assert "999" in crisis
    assert "116 123" in crisis
    assert "Ask an officer to write to me" not in crisis  # it would only be refused
    for line in ("/report", f"/report {LINK}", "report something", "/person", "talk to a person"):
        shown = await playing.says(line)
        assert "you need an invitation from the union" in shown, line
        assert "the union's line" in shown
    assert "You have sent no report" in await playing.says("/status")
    assert "some.account" not in await playing.says("/mydata")
    assert (rows(playing, "report"), rows(playing, "conversation")) == (0, 0)
    await playing.close()


async def test_twenty_messages_a_minute_and_a_crisis_beyond_them(playing: Playing) -> None:
    def hold() -> None:
        playing.at = FRIDAY_NIGHT

    for number in range(20):
        hold()
        assert "more than 20" not in await playing.says(f"what is question {number}")
    hold()
    assert "more than 20 messages in a minute" in await playing.says("and this one")
    hold()
    assert "116 123" in await playing.says("i want to kill myself")
    hold()
    assert "more than 20" in await playing.says("/report")
    playing.at = FRIDAY_NIGHT + timedelta(minutes=2)
    assert "Two safety questions" in await playing.says("/report")


async def test_the_sixth_report_of_a_day_is_kept_and_sent_the_next_day(playing: Playing) -> None:
    for number in range(5):
        assert RECEIPT.search(await quick(playing, f"{LINK[:-1]}{number}"))
    shown = await quick(playing, f"{LINK[:-1]}9")
    assert "You have sent 5 reports in a day. This one is kept" in shown
    assert not RECEIPT.search(shown)
    assert rows(playing, "report") == 5
    playing.at += DAY + timedelta(minutes=1)
    assert "that is not sent" in await playing.says("/report")
    assert "7030000000000000009" in await playing.says("[Go on]")
    assert RECEIPT.search(await playing.says("send"))
    assert rows(playing, "report") == 6


# --- stop, drafts ---


async def test_a_draft_is_reminded_of_once_and_deleted_after_fourteen_days_unsent(playing: Playing) -> None:
    await playing.say([f"/report {LINK}", *QUICK[:-1]])  # everything but Send
    assert await rounds(playing, 2 * DAY) == ""
    reminder = await rounds(playing, 2 * DAY)
    assert "It waits until 4 December 2026" in reminder
    assert await rounds(playing, DAY) == ""
    assert await rounds(playing, 8 * DAY) == ""
    assert rows(playing, "conversation") == 1
    assert await rounds(playing, 2 * DAY) == ""
    assert (rows(playing, "conversation"), rows(playing, "report")) == (0, 0)
    assert "Two safety questions" in await playing.says("/report")


async def test_nothing_unasked_is_sent_after_stop(playing: Playing) -> None:
    await playing.say([f"/report {LINK}", "no", "no", "not now", "stop"])
    assert await rounds(playing, 4 * DAY) == ""
    await playing.says("/start")
    assert "It waits until" in await rounds(playing, DAY)


async def test_a_reminder_that_waits_is_not_sent_after_stop(playing: Playing) -> None:
    await playing.say([f"/report {LINK}", "no", "no", "not now"])
    playing.at += 4 * DAY
    house = await playing.house()
    house.senders.clear()  # the adapter is away
    await house.rounds()
    assert rows(playing, "delivery", "unasked = 1 AND state = 'waiting'") == 1
    assert "It waits until" not in await playing.says("stop")
    assert await rounds(playing) == ""
    assert rows(playing, "delivery", "unasked = 1 AND state = 'sent'") == 0


async def test_stop_in_the_middle_of_a_report_keeps_the_report(playing: Playing) -> None:
    await playing.say([f"/report {LINK}", "no", "no"])
    shown = await playing.says("stop")
    assert "I will not write to you unasked" in shown
    assert "What is it mostly?" in shown
    assert RECEIPT.search(await playing.say(QUICK[2:]))


# --- own reports ---


async def test_a_sent_report_can_be_corrected_with_safety_asked_anew(playing: Playing) -> None:
    await quick(playing)
    assert "waits for an officer" in await playing.says("/status")
    assert "in danger right now" in await playing.says("[Correct it]")
    shown = await playing.say(["no", "no"])
    assert "Ready to send" in shown
    assert "7030000000000000000" in shown
    await playing.say(["[Change something]", "[Kind]"])
    assert "(x) Threat" in await playing.says("threat")
    assert "Mocking, Threat" in await playing.says("[Done]")
    assert "Corrected. Officers see the new version" in await playing.says("send")
    assert "Case 1, opened" in await playing.officer_says("open 1")
    assert rows(playing, "report") == 1
    assert "a member corrected a report" in playing.officers.getvalue()
    assert "Mocking, Threat" in await playing.says("/status")


async def test_danger_that_comes_up_when_correcting_makes_the_case_urgent(playing: Playing) -> None:
    await quick(playing)
    assert "URGENT" not in playing.officers.getvalue()
    await playing.say(["/status", "[Correct it]"])
    assert "999" in await playing.says("yes")
    await playing.say(["no", "send"])
    assert "URGENT · Case 1: a member corrected a report" in playing.officers.getvalue()
    assert "URGENT · Case 1" in await playing.officer_says("cases")


async def test_another_like_it_carries_neither_link_nor_account_nor_target_nor_safety(playing: Playing) -> None:
    await playing.say([f"/report {LINK}", "no", "no", "mockery", "no violation", "[Add more]"])
    await playing.say(["that is all", "skip", "me", "teacher", "[That is enough]", "send", "/status"])
    assert "in danger right now" in await playing.says("[Report another like this]")
    assert "under 18" in await playing.says("no")
    assert "Tell me what happened" in await playing.says("no")
    await playing.says("the same people made one more of these about somebody")
    shown = await playing.says("that is all")
    assert "Ready to send" in shown
    for carried in ("TikTok", "Mocking", "No violation", "Role: Teacher"):
        assert carried in shown, carried
    for left in ("7030000000000000000", "some.account", "About:"):
        assert left not in shown, left


async def test_mydata_shows_story_and_draft(playing: Playing) -> None:
    await quick(playing)
    await playing.say(["/report", "no", "no", "it began in the corridor on friday"])
    shown = await playing.says("/mydata")
    for told in ("7030000000000000000", "mockery", "it began in the corridor on friday"):
        assert told in shown, told


# --- erasure ---


async def test_forgetme_erases_everything_and_a_restored_backup_does_not_bring_it_back(tmp_path: Path) -> None:
    playing = Playing(settings_in(tmp_path), keeps=True)
    await playing.say([f"/report {LINK}", "no", "no", "mockery", "no violation", "[Add more]", "that is all"])
    await playing.say(["[That is enough]", "send"])
    await quick(playing, OTHER)
    await quick(playing, OTHER, "another member")
    await playing.say(["/report", "no", "no", "half a story of mine"])
    await playing.close()
    shutil.copytree(tmp_path / "data", tmp_path / "backup")

    house = await playing.house()
    mine, theirs = (house.store.pseudonym("terminal", one) for one in ("a member", "another member"))
    assert "Shall I erase everything?" in await playing.says("/forgetme")
    shown = await playing.says("[Yes, erase everything]")
    assert "Everything about you is erased" in shown
    assert "Back to where you were" not in shown  # there is nothing to go back to
    for table in ("conversation", "delivery", "seen", "report"):
        assert rows(playing, table, f"member = '{mine}'") == 0, table
    assert rows(playing, "member", f"id = '{mine}'") == 0
    assert (rows(playing, "report"), rows(playing, "item"), rows(playing, "case_")) == (1, 1, 1)
    assert "You have sent no report" in await playing.says("/status")
    await playing.close()

    shutil.rmtree(tmp_path / "data")
    shutil.copytree(tmp_path / "backup", tmp_path / "data")
    house = await playing.house()
    assert rows(playing, "report", f"member = '{mine}'") == 0
    assert rows(playing, "conversation", f"member = '{mine}'") == 0
    assert await house.store.own_reports(mine) == ()
    (other,) = await house.store.own_reports(theirs)
    assert other.answers["links"] == ["https://instagram.com/p/Csample00001"]
    assert "You have sent no report" in await playing.says("/status")
    assert "half a story of mine" not in await playing.says("/mydata")
    assert "You have sent one report" in await playing.says("/status", "another member")
    shown = (
        await playing.officer_says("cases")
        + await playing.officer_says("open 1")
        + await playing.officer_says("open 2")
    )
    assert "Csample00001" in shown
    assert "7030000000000000000" not in shown
    assert RECEIPT.search(await quick(playing))  # as if new
    await playing.close()


async def test_a_case_number_is_never_given_twice(playing: Playing) -> None:
    await quick(playing)
    await playing.say(["/forgetme", "[Yes, erase everything]"])
    assert rows(playing, "case_") == 0
    await quick(playing, OTHER, "another member")
    assert "Case 2" in playing.officers.getvalue()
    assert "There is no case 1" in await playing.officer_says("open 1")


async def test_an_old_button_to_erase_only_asks_again(playing: Playing) -> None:
    await quick(playing)
    await playing.says("/forgetme")
    playing.at += DAY
    assert "Shall I erase everything?" in await playing.says("[Yes, erase everything]")
    assert "You have sent one report" in await playing.says("/status")


# --- what adapters can hand over ---


@pytest.mark.parametrize("kind", get_args(Upload))
async def test_uploads_are_refused_kindly_everywhere(playing: Playing, kind: str) -> None:
    house = await playing.house()
    shown = await answered(house, heard(house, "1", upload=kind))
    assert "I can't take" in shown
    assert "I have not opened or kept it" in shown
    await playing.say(["/report", "no", "no", "it began on friday"])
    shown = await answered(house, heard(house, "2", upload=kind))
    assert "I can't take" in shown
    assert "Tell me what happened" in shown
    shown = await playing.say(["that is all", "tiktok", "mockery", "no answer"])
    assert "What happened: it began on friday\n" in shown


async def test_a_picture_with_words_is_refused_and_its_words_are_not_lost_in_silence(playing: Playing) -> None:
    house = await playing.house()
    await playing.say(["/report", "no", "no"])
    said = heard(house, "1", upload="photo", text="they posted this about me in the year nine group")
    shown = await answered(house, said)
    assert "I can't take pictures" in shown
    assert "Describe it in words" in shown


async def test_an_edit_replaces_its_own_piece_or_answer(playing: Playing) -> None:
    house = await playing.house()
    await playing.say(["/report", "no", "no"])
    await house.respond(heard(house, "p1", text="it began on friday"))
    await house.respond(heard(house, "p2", text="and by monday all had it"))
    shown = await answered(house, heard(house, "e1", text="it began on thursday", edits="p1"))
    assert "I have taken your changed words instead" in shown
    await playing.says("that is all")
    await house.respond(heard(house, "p3", text="tiktok"))
    shown = await answered(house, heard(house, "e2", text="instagram", edits="p3"))
    assert "I have taken your changed words instead" in shown
    await playing.say(["mockery", "no answer"])
    shown = await answered(house, heard(house, "e3", text="it began on wednesday", edits="p1"))
    assert "What happened: it began on wednesday and by monday all had it" in shown
    assert "Platform: Instagram" in shown
    shown = await answered(house, heard(house, "e4", text="yes", edits="never heard"))
    assert "I have not changed anything" in shown
    assert "Something changed since that was shown" in await playing.says("[Send]")  # the button of an older review
    assert RECEIPT.search(await playing.says("[Send]"))


async def test_an_edit_of_what_is_sent_changes_nothing_and_says_how_to_put_it_right(playing: Playing) -> None:
    house = await playing.house()
    await playing.say(["/report", "no", "no"])
    await house.respond(heard(house, "p1", text="it began on friday"))
    await playing.say(["that is all", "tiktok", "mockery", "no answer", "[Send]"])
    shown = await answered(house, heard(house, "e1", text="what about posh", edits="p1"))
    assert "what you sent stays as it was" in shown
    assert "/status" in shown
    assert "POSH" not in shown
    (own,) = await house.store.own_reports(house.store.pseudonym("terminal", "a member"))
    assert own.answers["what_happened"] == "it began on friday"
    await house.respond(heard(house, "p2", text="what about posh"))
    assert "POSH" in await answered(house, heard(house, "e2", text="what is posh", edits="p2"))  # no form: a question


async def test_the_same_message_twice_changes_nothing_and_is_not_answered_twice(playing: Playing) -> None:
    house = await playing.house()
    await playing.say([f"/report {LINK}", *QUICK[:-1]])
    said = heard(house, "send", text="send")
    await house.respond(said)
    assert await house.respond(said) == []
    again = await asyncio.gather(*(house.respond(said) for _ in range(4)))
    assert again == [[], [], [], []]
    assert (rows(playing, "report"), rows(playing, "delivery", "key LIKE 'receipt:%'")) == (1, 1)


async def test_one_member_tapping_at_once_sends_one_report(playing: Playing) -> None:
    house = await playing.house()
    await playing.say([f"/report {LINK}", *QUICK[:-1]])
    taps = [heard(house, f"tap {number}", text="send") for number in range(5)]
    shown = await asyncio.gather(*(answered(house, tap) for tap in [*taps, taps[0]]))
    assert all("Something went wrong" not in one for one in shown)
    await playing.says(None)
    for table in ("report", "case_", "item"):
        assert rows(playing, table) == 1, table
    assert rows(playing, "delivery", "key LIKE 'receipt:%'") == 1
    assert rows(playing, "delivery", "key LIKE 'card:%'") == 1
    assert playing.officers.getvalue().count("Case 1") == 1


async def test_a_safety_answer_tapped_twice_at_once_keeps_the_link_that_waited(playing: Playing) -> None:
    house = await playing.house()
    await playing.say([f"/report {LINK}", "no"])
    taps = [heard(house, f"tap {number}", text="no") for number in range(3)]
    await asyncio.gather(*(answered(house, tap) for tap in taps))
    shown = await playing.says("/report")
    assert "What is it mostly?" in shown
    assert "7030000000000000000" in await playing.say(["mockery", "no violation"])


async def test_words_that_come_at_once_before_the_safety_questions_are_all_kept_once(playing: Playing) -> None:
    house = await playing.house()
    await playing.says("/report")
    said = [f"{word} they put a video of me up" for word in ("first", "second", "third", "fourth")]
    await asyncio.gather(*(answered(house, heard(house, words, text=words)) for words in said))
    await playing.say(["no", "no", "that is all", "tiktok", "mockery"])
    shown = await playing.says("no answer")
    assert [shown.count(words) for words in said] == [1, 1, 1, 1]


async def test_one_member_tapping_at_once_in_two_processes_sends_one_report(playing: Playing) -> None:
    await playing.say([f"/report {LINK}", *QUICK[:-1]])
    async with (
        opened(playing.settings, "chat", clock=playing.clock) as one,
        opened(playing.settings, "chat", clock=playing.clock) as two,
    ):
        houses = [one, two] * 3
        taps = (house.respond(heard(house, f"tap {number}", text="send")) for number, house in enumerate(houses))
        await asyncio.gather(*taps)
        printed = StringIO()
        for house in (one, two):
            house.senders["terminal"] = house.member("a member", stdin=StringIO(), stdout=printed)
        await asyncio.gather(*(house.drain() for house in houses))
    assert len(RECEIPT.findall(printed.getvalue())) == 1
    for table in ("report", "case_", "item"):
        assert rows(playing, table) == 1, table


async def test_an_erasure_while_other_messages_come_leaves_nothing_behind(playing: Playing) -> None:
    house = await playing.house()
    await quick(playing)
    await playing.say(["/report", "no", "no", "half a story"])
    pressed = f"y:forgetme:{playing.at.date().isoformat()}"
    words = [heard(house, f"more {number}", text=f"and more {number}") for number in range(5)]
    erase = heard(house, "erase", pressed=pressed)
    shown = await asyncio.gather(*(answered(house, one) for one in [*words[:2], erase, *words[2:]]))
    assert "Everything about you is erased" in shown[2]
    assert all("Something went wrong" not in one for one in shown)
    assert (rows(playing, "report"), rows(playing, "conversation"), rows(playing, "case_")) == (0, 0, 0)
    assert "half a story" not in await playing.says("/mydata")


async def test_the_stop_rule_leaves_nothing_but_a_count(playing: Playing) -> None:
    await playing.says(f"/report {LINK} somebody made this of a pupil and it went round")
    await playing.says("no")
    assert "Stop here, please" in await playing.says("[Not sure]")
    for table in ("conversation", "report", "item", "case_", "delivery"):
        assert rows(playing, table) == 0, table
    assert rows(playing, "tally") == 1
    for line in ("/mydata", "/report", "no", "no"):
        assert "some.account" not in await playing.says(line)
    await playing.says("that is all")


async def test_the_stop_rule_erases_a_sent_report_that_is_being_put_right(playing: Playing) -> None:
    await quick(playing)
    await quick(playing, OTHER)
    await quick(playing, OTHER, "another member")
    await playing.say(["/status", "[Correct it]", "no"])  # the newest: the other post
    assert "I have kept nothing of this report" in await playing.says("[Yes]")
    assert "You have sent one report" in await playing.says("/status")
    assert "Csample00001" not in await playing.says("/mydata")
    await playing.say(["[Correct it]", "/status", "[Correct it]"])
    await playing.say(["no"])
    assert "I have kept nothing of this report" in await playing.says("[Not sure]")
    assert "You have sent no report" in await playing.says("/status")
    assert (rows(playing, "report"), rows(playing, "item"), rows(playing, "case_")) == (1, 1, 1)
    assert rows(playing, "erasure") == 0  # the keys are gone too
    assert "You have sent one report" in await playing.says("/status", "another member")


async def test_two_members_at_once_both_report_and_share_a_case(playing: Playing) -> None:
    house = await playing.house()
    people = [f"member {number}" for number in range(6)]
    for person in people:
        await playing.say([f"/report {LINK}", *QUICK[:-1]], person)
    sends = [heard(house, f"send {person}", person, text="send") for person in people]
    await asyncio.gather(*(house.respond(one) for one in sends))
    house.senders["officers"] = house.officer("one", stdin=StringIO(), stdout=playing.officers)
    await house.drain()
    assert (rows(playing, "report"), rows(playing, "case_"), rows(playing, "item")) == (6, 1, 1)
    shown = playing.officers.getvalue()
    assert shown.count("opened") == 1
    assert shown.count("+ one more report") == 5
    assert "now 6" in shown


async def test_a_second_report_of_the_same_post_joins_its_case(playing: Playing) -> None:
    await quick(playing)
    await quick(playing, f"{LINK}?_r=1&is_from_webapp=1", "another member")
    assert "Case 1: + one more report, now 2" in playing.officers.getvalue()
    shown = await playing.officer_says("open 1")
    assert "2 reports" in shown
    assert "Report 2" in shown


# --- buttons ---


async def test_a_button_of_a_finished_report_changes_nothing_and_shows_the_way_on(playing: Playing) -> None:
    await playing.say([f"/report {LINK}", *QUICK[:-1]])
    house = await playing.house()
    buttons = [
        button.pressed
        for message in await house.respond(heard(house, "1", text="/report"))
        for button in message.buttons
    ]
    await playing.says("send")
    for number, pressed in enumerate(buttons):
        shown = await answered(house, heard(house, f"old {number}", pressed=pressed))
        assert "belongs to something that is finished" in shown
    assert rows(playing, "report") == 1


async def test_a_safety_button_holds_only_while_its_question_is_open(playing: Playing) -> None:
    house = await playing.house()
    first = await house.respond(heard(house, "1", text="/report"))
    danger = {button.label: button.pressed for message in first for button in message.buttons}
    assert "under 18" in await answered(house, heard(house, "2", pressed=danger["No"]))
    shown = await answered(house, heard(house, "3", pressed=danger["No"]))
    assert "That button holds no more" in shown
    assert "under 18" in shown
    shown = await answered(house, heard(house, "4", pressed=danger["Yes"]))
    assert "That button holds no more" in shown
    assert "Tell me what happened" in await playing.says("no")
    foreign = await answered(house, heard(house, "5", "another member", pressed=danger["Yes"]))
    assert "belongs to something that is finished" in foreign
