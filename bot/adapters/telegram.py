"""Members on Telegram, in private chats only: what an update says, and how an answer is said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from telegram import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    Update,
    User,
)
from telegram.constants import ChatMemberStatus, ChatType, MessageEntityType

from bot.adapters import Pseudonym
from bot.adapters.split import split, utf16
from bot.messages import Incoming, Outgoing, Place, Shown, Upload

NAME = "telegram"
TEXT_LIMIT = 4_000
"""Of Telegram's 4,096 characters; the rest is room for how it counts."""
PRESS_LIMIT = 64
"""Bytes of a button's callback data (Bot API)."""
SHORT = 16
"""Characters of a label that stands beside another on a narrow phone."""
BLANK = "…"
"""Stands where a message is buttons only; Telegram takes no message without text."""
MENTIONED = re.compile(r"^(/\w+)@\w+")
UPLOADS: tuple[tuple[str, Upload], ...] = (
    ("photo", "photo"),
    ("voice", "voice"),
    ("video", "video"),
    ("video_note", "video"),
    ("animation", "video"),
    ("sticker", "sticker"),
    ("dice", "sticker"),
    ("document", "file"),
    ("audio", "file"),
    ("location", "file"),
    ("venue", "file"),
    ("contact", "file"),
    ("poll", "file"),
    ("story", "file"),
    ("paid_media", "file"),
    ("checklist", "file"),
    ("game", "file"),
)
"""What a message can carry and we refuse unopened, and what it is called to the member."""


KEPT = ("message_id", "from", "chat", "date", "edit_date", "text", "media_group_id")
"""All we need of a message that the library cannot read as a whole."""
UNREAD = {"file_id": "-", "file_unique_id": "-"}


def read(raw: Mapping[str, Any]) -> Update:
    """Return an update as the library reads it.

    The library refuses a whole message for one part it does not know yet, such as a poll of another
    year. Then only what we need is read, and the part is a file to us. Raises what the library raises.
    """
    try:
        return Update.de_json(dict(raw), None)
    except (TypeError, ValueError, KeyError, AttributeError):
        content = {name for name, _ in UPLOADS}
        less = dict(raw)
        for name in ("message", "edited_message"):
            if isinstance(message := raw.get(name), dict):
                less[name] = {part: message[part] for part in KEPT if part in message}
                less[name] |= {"document": UNREAD} if content & message.keys() else {}
        return Update.de_json(less, None)


def heard(update: Update, pseudonym: Pseudonym, at: datetime, language: str = "en") -> Incoming | None:
    """Return what a member said, tapped or edited in a private chat; None for everything else."""
    if update.callback_query is not None:
        return _pressed(update, update.callback_query, pseudonym, at, language)
    message = update.message or update.edited_message
    if message is None or message.from_user is None or message.chat.type != ChatType.PRIVATE:
        return None
    person = pseudonym(NAME, str(message.from_user.id))
    text = None if message.text is None else MENTIONED.sub(r"\1", _with_hidden_links(message))
    is_edit = update.edited_message is not None
    upload = None if is_edit else _upload(message)
    if text is None and upload is None:
        return None
    # Not the chat's own id: the mark of a message heard is kept, and must not name anybody.
    piece = f"{person}:m{message.message_id}"
    album = f"{person}:g{message.media_group_id}" if message.media_group_id else piece
    return Incoming(
        id=f"{person}:u{update.update_id}" if is_edit else album,
        who="member",
        person=person,
        place=Place("chat", person),
        at=at,
        adapter=NAME,
        address=str(message.chat.id),
        language=_language(message.from_user, language),
        text=text,
        upload=upload,
        edits=piece if is_edit else None,
    )


def _with_hidden_links(message: Message) -> str:
    """Return the text, followed by the addresses that stand behind its words."""
    text = message.text or ""
    hidden = [one.url for one in message.entities if one.type == MessageEntityType.TEXT_LINK and one.url]
    return " ".join([text, *(url for url in dict.fromkeys(hidden) if url not in text)])


def _upload(message: Message) -> Upload | None:
    if message.text is not None:
        return None
    return next((kind for name, kind in UPLOADS if getattr(message, name, None)), None)


def _pressed(
    update: Update, query: CallbackQuery, pseudonym: Pseudonym, at: datetime, language: str
) -> Incoming | None:
    if query.data is None or query.message is None or query.message.chat.type != ChatType.PRIVATE:
        return None
    person = pseudonym(NAME, str(query.from_user.id))
    return Incoming(
        # Not the query's own id: Telegram builds it from the user's.
        id=f"{person}:u{update.update_id}",
        who="member",
        person=person,
        place=Place("chat", person),
        at=at,
        adapter=NAME,
        address=str(query.message.chat.id),
        language=_language(query.from_user, language),
        pressed=query.data,
    )


def _language(user: User, default: str) -> str:
    """Return Welsh for somebody whose Telegram is in Welsh; every other setting says less than the union's own."""
    return "cy" if (user.language_code or "").casefold().partition("-")[0] == "cy" else default


def in_group(update: Update) -> tuple[str, bool] | None:
    """Return the group somebody speaks in, and whether an answer is due to each such message (a command)."""
    if update.my_chat_member is not None:
        member = update.my_chat_member
        came = member.new_chat_member.status in (ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR)
        return (str(member.chat.id), False) if came and _is_group(member.chat.type) else None
    message = update.message
    if message is None or not _is_group(message.chat.type) or (message.text is None and _upload(message) is None):
        return None
    return str(message.chat.id), (message.text or "").startswith("/")


def _is_group(kind: str) -> bool:
    return kind in (ChatType.GROUP, ChatType.SUPERGROUP)


def messages(message: Outgoing) -> tuple[Outgoing, ...]:
    """Return an answer as the messages it needs, the buttons under the last."""
    parts = split(message.text, TEXT_LIMIT, utf16) or ((BLANK,) if message.buttons else ())
    return (*(Outgoing(part) for part in parts[:-1]), *(Outgoing(part, message.buttons) for part in parts[-1:]))


def spoken(message: Outgoing) -> dict[str, Any]:
    """Return the parameters of ``sendMessage`` but the chat: plain text, no preview, buttons below."""
    said: dict[str, Any] = {"text": message.text, "link_preview_options": LinkPreviewOptions(is_disabled=True)}
    if message.buttons:
        said["reply_markup"] = InlineKeyboardMarkup(_rows(message.buttons))
    return said


def _rows(buttons: tuple[Shown, ...]) -> list[list[InlineKeyboardButton]]:
    rows: list[list[InlineKeyboardButton]] = []
    has_room, last = False, None
    for shown in buttons:
        if shown.row is not None:
            if shown.row == last:
                rows[-1].append(_button(shown))
            else:
                rows.append([_button(shown)])
            has_room, last = False, shown.row
            continue
        is_short = len(shown.label) <= SHORT
        if has_room and is_short:
            rows[-1].append(_button(shown))
            has_room = False
        else:
            rows.append([_button(shown)])
            has_room = is_short
    return rows


def _button(shown: Shown) -> InlineKeyboardButton:
    if shown.link is not None:
        return InlineKeyboardButton(shown.label, url=shown.link)
    assert 0 < len(shown.pressed.encode()) <= PRESS_LIMIT, "a button says more than Telegram carries"
    return InlineKeyboardButton(shown.label, callback_data=shown.pressed)
