"""Words pasted with ``/report``: in memory only until the safety questions are answered."""

from __future__ import annotations

from datetime import datetime, timedelta

HELD_FOR = timedelta(hours=1)  # as long as somebody hesitates over a safety question
HELD_AT_MOST = 1_000  # conversations at once; with 4,000 characters each about 4 MB
HELD_CHARACTERS = 4_000


class Held:
    """Words by conversation, forgotten after an hour or a restart; they are never written anywhere."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._words: dict[str, tuple[datetime, str]] = {}

    def __repr__(self) -> str:
        """Tell how much is held, never what."""
        return f"Held({len(self._words)})"

    def put(self, conversation: str, words: str, at: datetime) -> None:
        """Hold words for a conversation, behind those held before."""
        self._expire(at)
        before = self._words.pop(conversation, (at, ""))[1]
        if f" {words} " not in f" {before} ":  # a message decided a second time is not said a second time
            before = f"{before} {words}".strip()[:HELD_CHARACTERS]
        self._words[conversation] = (at, before)
        while len(self._words) > HELD_AT_MOST:
            self._words.pop(next(iter(self._words)))

    def look(self, conversation: str, at: datetime) -> str:
        """Return what is held and go on holding it, until the turn that reads it is durable."""
        self._expire(at)
        return self._words.get(conversation, (at, ""))[1]

    def take(self, conversation: str, at: datetime) -> str:
        """Return what was held and hold it no more; empty after a restart."""
        self._expire(at)
        return self._words.pop(conversation, (at, ""))[1]

    def _expire(self, at: datetime) -> None:
        for conversation, (since, _) in list(self._words.items()):
            if at - since > HELD_FOR:
                del self._words[conversation]
