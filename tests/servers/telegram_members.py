"""Members with phones on the Telegram of the tests: what they say, tap, edit and send, and what they are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

OLD = 1_600_000_000  # a date; what the rules need is only that there is one
BOT = {"id": 1, "is_bot": True, "first_name": "Steward", "username": "steward_bot"}


class Server(Protocol):
    """What members need of a server."""

    chats: dict[int, list[Posted]]
    queries: set[str]

    def next_id(self) -> int: ...
    def happens(self, **what: Mapping[str, Any]) -> None: ...
    async def until(self, condition: Callable[[], bool], what: Callable[[], str] = ...) -> None: ...


def membership(chat: Mapping[str, Any], who: Mapping[str, Any], *, kicked: bool) -> dict[str, Any]:
    """Return an update about the bot's own membership."""
    before: dict[str, Any] = {"user": BOT, "status": "member"}
    after: dict[str, Any] = {"user": BOT, "status": "kicked", "until_date": 0}
    if not kicked:
        before, after = after, before
    return {"chat": chat, "from": who, "date": OLD, "old_chat_member": before, "new_chat_member": after}


@dataclass(frozen=True)
class Posted:
    """A message of the bot as it stands in a chat."""

    id: int
    text: str
    rows: tuple[tuple[Mapping[str, str], ...], ...] = ()
    preview: bool = True

    @property
    def labels(self) -> list[str]:
        """What stands on its buttons."""
        return [button["text"] for row in self.rows for button in row]


@dataclass
class Member:
    """Somebody with a phone."""

    server: Server
    id: int
    blocked: bool = False
    read: int = 0  # how many of the bot's messages were looked at

    def _from(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "first_name": "A member", "language_code": "en"}

    def _chat(self) -> dict[str, Any]:
        return {"id": self.id, "type": "private", "first_name": "A member"}

    def message(self, **content: object) -> dict[str, Any]:
        """Return a message of this member's, as Telegram writes it."""
        return {
            "message_id": self.server.next_id(),
            "from": self._from(),
            "chat": self._chat(),
            "date": OLD,
            **content,
        }

    def says(self, text: str, **more: object) -> int:
        """Send words and return the message's id."""
        if text.startswith("/"):
            command = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
            more = {"entities": [command], **more}
        return self.sends(text=text, **more)

    def sends(self, **content: object) -> int:
        """Send anything and return the message's id."""
        message = self.message(**content)
        self.server.happens(message=message)
        return int(message["message_id"])

    def edits(self, message: int, text: str) -> None:
        """Change words sent before."""
        changed = {**self.message(text=text), "message_id": message, "edit_date": OLD + 1}
        self.server.happens(edited_message=changed)

    def taps(self, label: str) -> None:
        """Tap the newest button with this label."""
        posted, data = next(
            (one, button["callback_data"])
            for one in reversed(self.shown)
            for row in one.rows
            for button in row
            if button["text"] == label
        )
        message = {
            "message_id": posted.id,
            "chat": self._chat(),
            "date": OLD,
            "from": BOT,
            "text": posted.text,
        }
        query = str(self.id << 32 | self.server.next_id())
        self.server.queries.add(query)
        self.server.happens(
            callback_query={
                "id": query,
                "from": self._from(),
                "message": message,
                "chat_instance": "1",
                "data": data,
            }
        )

    def blocks(self, *, blocked: bool = True) -> None:
        """Block the bot, or let it in again."""
        self.blocked = blocked
        self.server.happens(my_chat_member=membership(self._chat(), self._from(), kicked=blocked))

    @property
    def shown(self) -> list[Posted]:
        """The bot's messages in this chat."""
        return self.server.chats.setdefault(self.id, [])

    @property
    def unread(self) -> str:
        """The words of what was not looked at yet, buttons in brackets."""
        return "\n".join(
            "\n".join([one.text, *(f"[{label}]" for label in one.labels)]) for one in self.shown[self.read :]
        )

    async def hears(self, words: str) -> str:
        """Wait until these words are shown and return everything new; it then counts as looked at."""
        await self.server.until(lambda: words in self.unread, lambda: f"{words!r} in {self.unread!r}")
        told = self.unread
        self.read = len(self.shown)
        return told
