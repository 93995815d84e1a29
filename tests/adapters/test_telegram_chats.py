"""Members on Telegram: the real client library against a server as strict as the real one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.living import QUICK, SECRET, STORY, TOLD, Union
from tests.servers.telegram import TelegramServer


@pytest.fixture(params=["polling", "webhook"])
async def union(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Union]:
    async with TelegramServer() as server:
        one = Union(tmp_path, server, request.param)
        yield one
        await one.close()


@pytest.fixture
async def polling(tmp_path: Path) -> AsyncIterator[Union]:
    async with TelegramServer() as server:
        one = Union(tmp_path, server)
        yield one
        await one.close()


@pytest.mark.parametrize("lines", [QUICK, STORY], ids=["quick", "story"])
async def test_a_report_with_restarts_between_every_two_messages_and_every_update_twice(
    lines: tuple[tuple[str, str], ...], union: Union
) -> None:
    union.server.twice = True
    member = union.server.member()
    for line, expected in lines:
        await union.open()
        await union.tell(member, line, expected)
        await union.close()
    union.one_of_each(member)
    assert [one["command"] for one in union.server.commands][:3] == ["start", "help", "report"]


async def test_two_members_at_once_and_one_who_taps_twice_at_once(union: Union) -> None:
    await union.open()
    one, other = union.server.member(), union.server.member(5_000_000_002)
    for line, expected in QUICK[:-1]:
        for member in (one, other):
            member.taps(line.strip("[]")) if line.startswith("[") else member.says(line)
        for member in (one, other):
            await member.hears(expected)
    for member in (one, other):
        for _ in range(2):
            member.taps("Send")
    for member in (one, other):
        await member.hears("Your receipt")
    await union.server.until(lambda: all("finished" in "".join(p.text for p in m.shown) for m in (one, other)))
    assert union.count("report") == 2
    assert union.count("delivery", "key LIKE 'receipt:%'") == 2
    assert len(set(union.server.answered)) == len(union.server.answered) == len(union.server.queries)
    assert union.server.refused == []


async def test_pieces_sent_in_one_breath_stay_in_order(union: Union) -> None:
    await union.open()
    member = union.server.member()
    await union.tell_all(member, QUICK[:3])
    words = [f"piece{number}" for number in range(12)]
    for word in words:
        member.says(word)
    await union.server.until(lambda: union.count("seen") == 3 + len(words))
    told = await union.tell_all(member, TOLD)
    assert " ".join(words) in told


async def test_an_edit_replaces_its_own_piece_and_nothing_else(union: Union) -> None:
    await union.open()
    member = union.server.member()
    await union.tell_all(member, QUICK[:3])
    first = member.says("it was on monday")
    await member.hears("I'm listening")
    member.edits(first, "it was on friday")
    await member.hears("")
    await union.server.until(lambda: union.server.is_idle)
    told = await union.tell_all(member, TOLD)
    assert "it was on friday" in told
    assert "monday" not in told


async def test_a_story_of_four_thousand_characters_and_a_long_answer_fit(union: Union) -> None:
    await union.open()
    member = union.server.member()
    await union.tell_all(member, QUICK[:3])
    story = ("it went on and on " * 250)[:4_000].strip()
    await union.tell(member, story, "I'm listening")
    await union.tell_all(member, TOLD)
    await union.tell(member, "[Send]", "Your receipt")
    before = len(member.shown)
    await union.tell(member, "/mydata", "")
    await union.server.until(lambda: len(member.shown) >= before + 2, lambda: member.unread[:200])
    assert union.server.refused == []


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}], "caption": "words"}, "pictures"),
        ({"voice": {"file_id": "f", "file_unique_id": "u", "duration": 1}}, "voice messages"),
        ({"document": {"file_id": "f", "file_unique_id": "u"}}, "files"),
        (
            {
                "sticker": {
                    "file_id": "f",
                    "file_unique_id": "u",
                    "type": "regular",
                    "width": 1,
                    "height": 1,
                    "is_animated": False,
                    "is_video": False,
                }
            },
            "stickers",
        ),
    ],
)
async def test_what_is_no_text_is_refused_kindly_and_never_fetched(
    content: dict[str, Any], kind: str, polling: Union
) -> None:
    await polling.open()
    member = polling.server.member()
    member.sends(**content)
    await member.hears(f"I can't take {kind}")
    assert not [name for name, _ in polling.server.calls if name == "getFile"]
    assert polling.server.refused == []


async def test_an_album_is_refused_once(polling: Union) -> None:
    await polling.open()
    member = polling.server.member()
    for _ in range(3):
        photo = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}
        member.sends(photo=[photo], media_group_id="8")
    await polling.tell(member, "/help", "Write a question")
    assert sum("I can't take" in one.text for one in member.shown) == 1


async def test_in_a_group_it_says_that_it_talks_in_private_and_keeps_nothing(union: Union) -> None:
    await union.open()
    server = union.server
    member, group = server.member(), server.group()
    for _ in range(3):
        server.says_in_group(group, "one of my y9s put up a thing", member)
    server.says_in_group(group, "/report@steward_bot", member)
    await server.until(lambda: len(server.chats.get(group, [])) == 2)
    await server.until(lambda: server.is_idle)
    assert all("private chats only" in one.text for one in server.chats[group])
    assert [union.count(table) for table in ("seen", "member", "conversation")] == [0, 0, 0]
    assert not member.shown


async def test_a_blocked_bot_sends_nothing_and_goes_on_when_let_in_again(union: Union) -> None:
    await union.open()
    member = union.server.member()
    await union.tell(member, "/report", "in danger right now")
    member.says("no")
    member.blocked = True
    await union.server.until(lambda: any("blocked" in one for one in union.server.refused))
    member.blocks()
    await union.server.until(lambda: union.server.is_idle)
    sent = union.server.count("sendMessage")
    member.blocks(blocked=False)
    await union.tell(member, "/start", "under 18")
    assert union.server.count("sendMessage") > sent


async def test_a_tap_on_a_query_telegram_forgot_counts_all_the_same(polling: Union) -> None:
    await polling.open()
    member = polling.server.member()
    await polling.tell(member, "/report", "in danger right now")
    member.taps("No")
    polling.server.queries.clear()
    await member.hears("under 18")
    await polling.server.until(lambda: bool(polling.server.refused))


async def test_answers_wait_as_long_as_telegram_asks(polling: Union) -> None:
    await polling.open()
    member = polling.server.member()
    polling.server.fault("sendMessage", "429", seconds=1)
    polling.server.fault("sendMessage", "500")
    member.says("/report")
    await member.hears("in danger right now")
    assert [name for name, _ in polling.server.calls if name.startswith("fault")] == ["fault 429", "fault 500"]


async def test_an_answer_that_never_got_through_is_repeated_by_the_next_message(polling: Union) -> None:
    await polling.open()
    member = polling.server.member()
    polling.server.fault("sendMessage", "429", seconds=3_600)  # longer than an answer waits
    member.says("/report")
    await polling.server.until(lambda: "fault 429" in [name for name, _ in polling.server.calls])
    await polling.tell(member, "/help", "in danger right now")


async def test_the_webhook_hears_nobody_without_the_secret(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        union = Union(tmp_path, server, "webhook")
        await union.open()
        await server.until(lambda: bool(server.webhook))
        member = server.member()
        update = {"update_id": 1, "message": member.message(text="/report")}
        for secret in (None, "", "wrong", SECRET.upper(), "ünïcode"):
            assert await server.bring(update, secret) == 403
        assert await server.bring(b"no json", SECRET) == 400
        assert await server.bring({"update_id": 2, "message": {"nothing": "of use"}}, SECRET) == 200
        assert (union.count("seen"), member.shown) == (0, [])
        assert await server.bring(update, SECRET) == 200
        await member.hears("in danger right now")
        await union.close()
