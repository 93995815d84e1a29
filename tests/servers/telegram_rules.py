"""What Telegram takes: the parameters of each method we call, their kinds, and the published limits."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TEXT = 4_096  # characters, after entities
CAPTION = 1_024
PRESS = 64  # bytes of callback data
COMMANDS = 100
BUTTONS = 100
ACTIONS = {"url", "callback_data", "web_app", "login_url", "switch_inline_query", "copy_text", "pay"}
UPDATES = {"message", "edited_message", "callback_query", "my_chat_member", "channel_post", "chat_member", "poll"}
PARSE_MODES = {"HTML", "MarkdownV2", "Markdown"}

# method -> parameter -> (its kind, whether it is required)
KINDS: Mapping[str, Mapping[str, tuple[type, bool]]] = {
    "getMe": {},
    "deleteWebhook": {"drop_pending_updates": (bool, False)},
    "getUpdates": {
        "offset": (int, False),
        "limit": (int, False),
        "timeout": (int, False),
        "allowed_updates": (list, False),
    },
    "setWebhook": {
        "url": (str, True),
        "ip_address": (str, False),
        "max_connections": (int, False),
        "allowed_updates": (list, False),
        "drop_pending_updates": (bool, False),
        "secret_token": (str, False),
    },
    "setMyCommands": {"commands": (list, True), "scope": (dict, False), "language_code": (str, False)},
    "answerCallbackQuery": {
        "callback_query_id": (str, True),
        "text": (str, False),
        "show_alert": (bool, False),
        "url": (str, False),
        "cache_time": (int, False),
    },
    "sendMessage": {
        "chat_id": (int, True),
        "text": (str, True),
        "parse_mode": (str, False),
        "entities": (list, False),
        "link_preview_options": (dict, False),
        "disable_notification": (bool, False),
        "protect_content": (bool, False),
        "reply_parameters": (dict, False),
        "reply_markup": (dict, False),
    },
    "sendPhoto": {"chat_id": (int, True), "photo": (str, True), "caption": (str, False), "parse_mode": (str, False)},
    "editMessageText": {
        "chat_id": (int, True),
        "message_id": (int, True),
        "text": (str, True),
        "parse_mode": (str, False),
        "entities": (list, False),
        "link_preview_options": (dict, False),
        "reply_markup": (dict, False),
    },
}


@dataclass
class Refusal(Exception):  # noqa: N818 - Telegram refuses; nothing of ours is broken
    """An answer that is no."""

    code: int
    description: str
    parameters: Mapping[str, int] = field(default_factory=dict)

    @property
    def body(self) -> dict[str, Any]:
        """As Telegram writes it."""
        said: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return {**said, "parameters": dict(self.parameters)} if self.parameters else said


def checked(method: str, sent: Mapping[str, Any], *, is_known: bool) -> dict[str, Any]:
    """Return the parameters in their kinds, or raise the refusal Telegram would; ``is_known``: the token is right."""
    if not is_known:
        raise Refusal(401, "Unauthorized")
    if method not in KINDS:
        raise Refusal(404, "Not Found")
    known = KINDS[method]
    if unknown := set(sent) - set(known):
        raise Refusal(400, f"Bad Request: parameters unknown to this test: {sorted(unknown)}")
    if missing := [name for name, (_, required) in known.items() if required and name not in sent]:
        raise Refusal(400, f"Bad Request: parameter {missing[0]} is required")
    given: dict[str, Any] = {name: _typed(name, value, known[name][0]) for name, value in sent.items()}
    if "text" in given and method != "answerCallbackQuery":
        _text(given["text"], given.get("parse_mode"))
    if len(given.get("caption", "")) > CAPTION:
        raise Refusal(400, "Bad Request: message caption is too long")
    if "reply_markup" in given:
        _keyboard(given["reply_markup"])
    if method == "setMyCommands":
        _commands(given["commands"])
    _listening(given)
    return given


def _listening(given: Mapping[str, Any]) -> None:
    if unheard := set(given.get("allowed_updates", ())) - UPDATES:
        raise Refusal(400, f"Bad Request: allowed_updates unknown: {sorted(unheard)}")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", given.get("secret_token", "x")):
        raise Refusal(400, "Bad Request: secret token contains unallowed characters")
    if not 1 <= given.get("limit", 1) <= 100:
        raise Refusal(400, "Bad Request: limit")


def _typed(name: str, value: object, kind: type) -> object:
    try:
        found = json.loads(value) if isinstance(value, str) and kind is not str else value
    except ValueError:
        raise Refusal(400, f"Bad Request: can't parse {name}") from None
    if not isinstance(found, kind):
        raise Refusal(400, f"Bad Request: {name} is no {kind.__name__}")
    return found


def _text(text: str, mode: str | None) -> None:
    if mode is not None and mode not in PARSE_MODES:
        raise Refusal(400, "Bad Request: unsupported parse_mode")
    if mode == "HTML":
        if len(re.findall(r"<[a-z]", text)) != len(re.findall(r"</[a-z]+>", text)):
            raise Refusal(400, "Bad Request: can't parse entities: unclosed tag")
        text = re.sub(r"</?[a-z][^>]*>", "", text)
    if not text.strip():
        raise Refusal(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > TEXT:
        raise Refusal(400, "Bad Request: message is too long")


def _keyboard(markup: Mapping[str, Any]) -> None:
    rows = markup.get("inline_keyboard")
    if set(markup) != {"inline_keyboard"} or not isinstance(rows, list):
        raise Refusal(400, "Bad Request: can't parse reply keyboard markup JSON object")
    buttons = [button for row in rows for button in row]
    if len(buttons) > BUTTONS:
        raise Refusal(400, "Bad Request: reply markup is too long")
    for button in buttons:
        if (
            not str(button.get("text", "")).strip()
            or len(ACTIONS & set(button)) != 1
            or set(button) - ACTIONS - {"text"}
        ):
            raise Refusal(400, "Bad Request: text buttons are unallowed in the inline keyboard")
        if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= PRESS:
            raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        if "url" in button and not re.match(r"(https?|tg)://\S+$", button["url"]):
            raise Refusal(400, "Bad Request: BUTTON_URL_INVALID")


def _commands(commands: list[Mapping[str, str]]) -> None:
    if len(commands) > COMMANDS:
        raise Refusal(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command.get("command", "")):
            raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise Refusal(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
