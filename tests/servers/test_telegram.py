"""The Telegram of the tests is as strict as the real one: each published limit is seen refusing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.servers.telegram import TOKEN, TelegramServer

CHAT = 5_000_000_001


def keyboard(**button: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Yes", **button}]]}


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as one:
        one.member(CHAT)
        yield one


async def call(server: TelegramServer, method: str, token: str = TOKEN, **given: object) -> tuple[int, str]:
    url = f"{server.url}/bot{token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=given) as answer:
        body = await answer.json()
        assert body["ok"] == (answer.status == 200)
        return answer.status, body.get("description", "")


@pytest.mark.parametrize(
    ("given", "description"),
    [
        ({"text": "w" * 4_096}, ""),
        ({"text": "w" * 4_097}, "message is too long"),
        ({"text": "<b>" + "w" * 4_096 + "</b>", "parse_mode": "HTML"}, ""),
        ({"text": " \n"}, "message text is empty"),
        ({}, "text is required"),
        ({"text": "<b>w", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "w", "parse_mode": "Text"}, "parse_mode"),
        ({"text": "w", "chat_id": 404}, "chat not found"),
        ({"text": "w", "chat_id": "somebody"}, "chat_id"),
        ({"text": "w", "reply_markup": keyboard(callback_data="p" * 64)}, ""),
        ({"text": "w", "reply_markup": keyboard(callback_data="é" * 33)}, "BUTTON_DATA_INVALID"),
        ({"text": "w", "reply_markup": keyboard(callback_data="")}, "BUTTON_DATA_INVALID"),
        ({"text": "w", "reply_markup": keyboard(url="javascript:x")}, "BUTTON_URL_INVALID"),
        ({"text": "w", "reply_markup": keyboard()}, "inline keyboard"),
        ({"text": "w", "reply_markup": {"buttons": []}}, "keyboard"),
        ({"text": "w", "colour": "red"}, "colour"),
    ],
)
async def test_messages(given: dict[str, Any], description: str, server: TelegramServer) -> None:
    status, told = await call(server, "sendMessage", **{"chat_id": CHAT, **given})
    assert (status == 200) == (not description)
    assert description in told


async def test_everything_else(server: TelegramServer) -> None:
    assert await call(server, "getMe", token="another") == (401, "Unauthorized")
    assert (await call(server, "sendSecrets"))[0] == 404
    for caption, status in (("w" * 1_024, 200), ("w" * 1_025, 400)):
        assert (await call(server, "sendPhoto", chat_id=CHAT, photo="f", caption=caption))[0] == status
    await call(server, "sendMessage", chat_id=CHAT, text="words")
    message = server.chats[CHAT][-1].id
    assert await call(server, "editMessageText", chat_id=CHAT, message_id=message, text="words") == (
        400,
        "Bad Request: message is not modified",
    )
    assert (await call(server, "editMessageText", chat_id=CHAT, message_id=message, text="others"))[0] == 200
    assert (await call(server, "answerCallbackQuery", callback_query_id="1"))[0] == 400
    assert (await call(server, "setMyCommands", commands=[{"command": "Report", "description": "w"}]))[0] == 400
    assert (await call(server, "setWebhook", url="https://example.org/", secret_token="not allowed"))[0] == 400
    server.member(CHAT).blocked = True
    assert await call(server, "sendMessage", chat_id=CHAT, text="w") == (403, "Forbidden: bot was blocked by the user")


async def test_updates_are_given_until_they_are_confirmed(server: TelegramServer) -> None:
    server.member(CHAT).says("one")
    server.member(CHAT).says("two")
    first, second = (update["update_id"] for update in server._pending)
    await call(server, "getUpdates")
    assert not server.is_idle
    await call(server, "getUpdates", offset=second)
    assert [update["update_id"] for update in server._pending] == [second] != [first]
    await call(server, "setWebhook", url="http://127.0.0.1:9/")
    assert (await call(server, "getUpdates"))[0] == 409
