"""What Slack sends to what the house hears: direct messages, edits, files, buttons, the two commands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from bot.adapters.slack_rooms import NO_ROOMS, Rooms
from bot.adapters.slack_sheets import CHAT, filled
from bot.messages import Incoming, Place, Text, Upload

__all__ = ["NO_ROOMS", "Excuse", "Rooms", "acknowledgement", "excuse", "heard", "plain", "trigger"]

ADAPTER = "slack"
HEARD_SUBTYPES = (None, "file_share", "me_message", "thread_broadcast")
"""What people say themselves; every other subtype is Slack telling about the channel."""
FILES: tuple[tuple[str, Upload], ...] = (("image/", "photo"), ("audio/", "voice"), ("video/", "video"))
MARKED = re.compile(r"<([^<>|\n]+)(?:\|([^<>\n]*))?>")
MENTION_FIRST = re.compile(r"^\s*(?:<@[A-Z0-9]+(?:\|[^>]*)?>\s*)+")

Pseudonym: TypeAlias = Callable[[str, str], str]
Update: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Excuse:
    """A sentence for one person only, in the channel where they said or pressed something."""

    channel: str
    user: str = field(repr=False)
    text: Text


def heard(update: Update, pseudonym: Pseudonym, at: datetime, rooms: Rooms = NO_ROOMS) -> Incoming | None:
    """Return what an event, a press, a sheet or a command says, or None when it says nothing to the house.

    ``update`` is the body as Slack sends it. A message is known by a keyed hash of its channel and
    time stamp, the same when it comes again and in the event that tells of its edit.
    """
    kind = update.get("type")
    if kind == "event_callback":
        return _event(update, pseudonym, at, rooms)
    if kind == "block_actions":
        return _press(update, pseudonym, at, rooms)
    if kind == "view_submission":
        return _sheet(update, pseudonym, at, rooms)
    return _command(update, pseudonym, at, rooms) if update.get("command") else None


def trigger(update: Update) -> str:
    """Return what a press lets us open a sheet by, for three seconds; "" for all else. Never kept nor logged."""
    return _id(update, "trigger_id") if update.get("type") == "block_actions" else ""


def excuse(update: Update, rooms: Rooms = NO_ROOMS) -> Excuse | None:
    """Return the sentence for somebody who names us in a channel where nobody is heard, or None."""
    event = update.get("event") or {}
    if update.get("type") != "event_callback" or event.get("type") != "app_mention" or _is_bot(event):
        return None
    channel = _id(event, "channel")
    return None if rooms.name(channel) else Excuse(channel, _id(event, "user"), Text("slack-direct-only"))


def acknowledgement(update: Update, rooms: Rooms = NO_ROOMS) -> Text | None:
    """Return what only the person who typed a command sees in that channel, or None."""
    if not update.get("command") or _speaks_as_officer(update, rooms):
        return None
    return None if _id(update, "channel_id").startswith("D") else Text("slack-answered-in-direct")


def plain(text: str) -> str:
    """Return words as they were typed: Slack's marks for links and mentions, and its escapes, undone."""
    said = MARKED.sub(_unmarked, text)
    return said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _unmarked(mark: re.Match[str]) -> str:
    target, label = mark.group(1), mark.group(2) or ""
    if target.startswith("@"):
        return mark.group(0)  # a person: the id says least
    if target.startswith("#"):
        return f"#{label}" if label else mark.group(0)
    if target.startswith("!"):
        return label or f"@{target[1:].split('^')[0]}"
    address = target.removeprefix("mailto:").removeprefix("tel:")
    return address if not label or label in address or address in label else f"{label} ({address})"


def _event(update: Update, pseudonym: Pseudonym, at: datetime, rooms: Rooms) -> Incoming | None:
    event = update.get("event") or {}
    if event.get("type") == "app_mention" or (event.get("type") == "message" and not _is_direct(event)):
        return _in_room(event, pseudonym, at, rooms)
    if event.get("type") != "message":
        return None
    if event.get("subtype") == "message_changed":
        return _edit(update, event, pseudonym, at)
    if event.get("subtype") not in HEARD_SUBTYPES or _is_bot(event):
        return None
    channel, user = _id(event, "channel"), _id(event, "user")
    files = event.get("files") or ()
    text = plain(_words(event))
    if not user or not (files or text.strip()):
        return None
    piece = _piece(pseudonym, channel, _id(event, "ts"))
    return _member(pseudonym, user, piece, at, channel, text=text or None, upload=_upload(files))


def _edit(update: Update, event: Update, pseudonym: Pseudonym, at: datetime) -> Incoming | None:
    """Hear an edit. Slack also tells of "changes" when it adds a preview: there the words are the same."""
    now, before = event.get("message") or {}, event.get("previous_message") or {}
    user, channel = _id(now, "user"), _id(event, "channel")
    if _is_bot(now) or not user or not _words(now).strip() or _words(now) == _words(before):
        return None
    edits = _piece(pseudonym, channel, _id(now, "ts"))
    return _member(pseudonym, user, _id(update, "event_id"), at, channel, text=plain(_words(now)), edits=edits)


def _in_room(event: Update, pseudonym: Pseudonym, at: datetime, rooms: Rooms) -> Incoming | None:
    """Hear an officer in the case room, and whoever names us in either room."""
    channel, user = _id(event, "channel"), _id(event, "user")
    room = rooms.name(channel)
    mentions = event.get("type") == "app_mention"
    if room is None or not user or _is_bot(event) or event.get("subtype") not in HEARD_SUBTYPES:
        return None
    if not mentions and (room != "cases" or event.get("thread_ts") or user not in rooms.officers):
        return None
    text = plain(MENTION_FIRST.sub("", _words(event))).strip() or "help"
    return _here(pseudonym, user, _piece(pseudonym, channel, _id(event, "ts")), at, (channel, rooms), text=text)


def _press(update: Update, pseudonym: Pseudonym, at: datetime, rooms: Rooms) -> Incoming | None:
    value, channel, user = _value(update), _channel(update), _id(update.get("user") or {}, "id")
    if value is None or not user:
        return None
    again = f"{channel}:{user}:{_id(update['actions'][0], 'action_ts')}"
    key = pseudonym("slack-trigger", _id(update, "trigger_id") or again)
    if rooms.name(channel) is not None:
        return _here(pseudonym, user, key, at, (channel, rooms), pressed=value)
    return _member(pseudonym, user, key, at, channel, pressed=value) if channel.startswith("D") else None


def _sheet(update: Update, pseudonym: Pseudonym, at: datetime, rooms: Rooms) -> Incoming | None:
    """Hear a sheet sent back. It tells by itself what it is about and where it was asked for."""
    view, user = update.get("view") or {}, _id(update.get("user") or {}, "id")
    about, room = _id(view, "private_metadata"), _id(view, "callback_id")
    if not user or not about:
        return None
    again = json.dumps([view.get("id"), view.get("state")], sort_keys=True)
    key = pseudonym("slack-trigger", _id(update, "trigger_id") or again)
    said = {"pressed": about, "filled": filled(view)}
    if room == CHAT:
        return _member(pseudonym, user, key, at, user, **said)
    channel = rooms.channel(room)
    return _here(pseudonym, user, key, at, (channel, rooms), **said) if channel else None


def _command(update: Update, pseudonym: Pseudonym, at: datetime, rooms: Rooms) -> Incoming | None:
    """Hear ``/report …`` and ``/steward <word>``. A member's answer goes to the direct messages."""
    user, channel, said = (
        _id(update, "user_id"),
        _id(update, "channel_id"),
        plain(str(update.get("text") or "")).strip(),
    )
    if not user or not _id(update, "trigger_id"):
        return None
    key = pseudonym("slack-trigger", _id(update, "trigger_id"))
    if _speaks_as_officer(update, rooms):
        return _here(pseudonym, user, key, at, (channel, rooms), text=said or "help")
    if update["command"] == "/report":
        text = f"/report {said}".strip()
    else:
        text = said if " " in said else f"/{said or 'help'}"
    return _member(pseudonym, user, key, at, user, text=text)


def _speaks_as_officer(update: Update, rooms: Rooms) -> bool:
    return rooms.name(_id(update, "channel_id")) is not None and update.get("command") != "/report"


def _member(pseudonym: Pseudonym, user: str, key: str, at: datetime, address: str, **said: Any) -> Incoming:  # noqa: ANN401 - fields of Incoming
    person = pseudonym(ADAPTER, user)
    return Incoming(key, "member", person, Place("chat", person), at, ADAPTER, address, **said)


def _here(pseudonym: Pseudonym, user: str, key: str, at: datetime, where: tuple[str, Rooms], **said: Any) -> Incoming:  # noqa: ANN401 - fields of Incoming
    """Return what an officer says in one of their rooms, or that a stranger says something: not what.

    Strangers have a pseudonym of their own kind: the audit, kept for years, must not lead to a member.
    """
    channel, rooms = where
    place, address = Place("channel", rooms.name(channel) or ""), f"{channel}/{user}"
    if user not in rooms.officers:
        return Incoming(key, "stranger", pseudonym("slack-stranger", user), place, at, ADAPTER, address)
    return Incoming(key, "officer", f"{ADAPTER}:{user}", place, at, ADAPTER, address, **said)


def _piece(pseudonym: Pseudonym, channel: str, ts: str) -> str:
    return pseudonym("slack-message", f"{channel}:{ts}")


def _words(message: Update) -> str:
    """Return a message's words; of one that only shares another, the other's."""
    text = str(message.get("text") or "")
    shared = (str(one.get("text") or one.get("fallback") or "") for one in message.get("attachments") or ())
    return text if text.strip() else "\n".join(one for one in shared if one)


def _upload(files: Sequence[Update]) -> Upload | None:
    if not files:
        return None
    kind = str(files[0].get("mimetype") or "")
    return next((upload for start, upload in FILES if kind.startswith(start)), "file")


def _value(update: Update) -> str | None:
    actions: Sequence[Update] = update.get("actions") or ({},)
    value = actions[0].get("value") if actions[0].get("type") == "button" else None
    return value if isinstance(value, str) and value else None  # a button that opens an address says nothing


def _channel(update: Update) -> str:
    return _id(update.get("channel") or {}, "id") or _id(update.get("container") or {}, "channel_id")


def _is_direct(event: Update) -> bool:
    return event.get("channel_type") == "im" or (
        not event.get("channel_type") and _id(event, "channel").startswith("D")
    )


def _is_bot(message: Update) -> bool:
    return bool(message.get("bot_id")) or message.get("subtype") == "bot_message" or message.get("user") == "USLACKBOT"


def _id(held: Update, name: str) -> str:
    value = held.get(name)
    return value if isinstance(value, str) else ""
