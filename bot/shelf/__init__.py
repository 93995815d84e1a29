"""Keeps answers from ``content/`` ready; changed, withdrawn and deleted files count at once.

The only room of guidance that touches files.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol, TypeAlias, TypeVar

from bot.guidance.alarm import Alarm
from bot.guidance.answer import Answers
from bot.guidance.articles import Article
from bot.guidance.dense import Encoder
from bot.guidance.fit import Fit
from bot.settings import SettingsError
from bot.shelf.reading import (
    CRISIS_LEARNED,
    SHIPPED,
    Contents,
    contents,
    crisis_learned,
    english_words,
    files,
)

__all__ = [
    "CRISIS_LEARNED",
    "LOOK_EVERY",
    "SHIPPED",
    "Contents",
    "NoContent",
    "Shelf",
    "contents",
    "crisis_learned",
    "english_words",
]

K = TypeVar("K")
V = TypeVar("V")

LOOK_EVERY: Final = 5.0  # seconds; a withdrawn article must be silent within 60
Stamp: TypeAlias = tuple[tuple[str, int, int], ...]


MOST_MADE: Final = 2  # contents a process keeps ready; a house that is opened again begins at once


class NoContent(SettingsError):  # noqa: N818 - named for what the operator reads
    """The content directory holds no article that can be read; the message says what to do."""


class Learns(Protocol):
    """What makes a content searchable, and keeps what it learned."""

    @property
    def encoder(self) -> Encoder | None:
        """Return what reads English, or None without a model."""

    def fits(self, content: Path, articles: Sequence[Article], outside: Sequence[str]) -> Mapping[str, Fit]:
        """Return what was learned from these articles, by language; it may take a while."""

    def rest(self) -> None:
        """Give back the memory that only making a content searchable needs."""


_READ: dict[Stamp, Contents] = {}
_MADE: dict[tuple[Stamp, bool], Answers] = {}


class Shelf:
    """The content directory as answers. ``problems`` lists files left out, one line each."""

    def __init__(
        self, content_dir: Path, clock: Callable[[], float], learning: Learns | None = None, *, beside: bool = False
    ) -> None:
        """Read everything once; ``clock`` gives monotonic seconds. Raises ``NoContent``. Learning waits for a question.

        ``beside``: after a change the new content is learned in a thread while the old one answers.
        """
        self._folder = content_dir
        self._clock = clock
        self._learning = learning
        self._beside = beside
        self._lock = threading.Lock()
        self._looked = clock()
        self._stamp = self._stamped()
        self._making = threading.Lock()
        self._answers: Answers | None = None
        self._alarm: Alarm | None = None
        held = self._read()
        self.problems, self.articles, self.rules = held.problems, held.articles, held.rules

    def answers(self) -> Answers:
        """Return answers from the files as they are now; what is learned beside comes when it is ready.

        What was withdrawn or deleted is silent within ``LOOK_EVERY`` seconds in any case.
        """
        self.refresh()
        with self._making:
            if self._answers is None:
                self._answers = self._made()
            return self._answers

    def is_crisis(self, words: str, *, by_patterns: bool = False) -> bool:
        """Whether the words speak of a risk to life or immediate danger; no article needs to be read for it."""
        self.refresh()
        if self._alarm is None or self._alarm.rules is not self.rules:
            encoder = self._learning.encoder if self._learning else None
            self._alarm = Alarm(self.rules, crisis_learned() if encoder else None, encoder)
        return self._alarm.rings(words, by_patterns=by_patterns)

    def refresh(self) -> bool:
        """Read again if it is time and something changed; True if it did."""
        if self._clock() - self._looked < LOOK_EVERY or not self._lock.acquire(blocking=False):
            return False
        handed_on = False
        try:
            self._looked = self._clock()
            stamp = self._stamped()
            if stamp == self._stamp:
                return False
            held = contents(self._folder)
            with self._making:
                if self._answers is not None:
                    live = [(one.language, one.slug) for one in held.articles if one.answers]
                    self._answers = self._answers.only(live)
            self._stamp = stamp
            if self._beside:
                threading.Thread(target=self._replace, args=(held,), daemon=True).start()
                handed_on = True
            else:
                self._swap(held)
            return True
        finally:
            if not handed_on:
                self._lock.release()

    def _replace(self, held: Contents) -> None:
        try:
            self._swap(held)
        finally:
            self._lock.release()

    def _swap(self, held: Contents) -> None:
        """Put the new content in the place of the old one, whole."""
        self._answers = self._learned(held)
        self.problems, self.articles, self.rules = held.problems, held.articles, held.rules

    def _read(self) -> Contents:
        """Return the content; what this process read of the same files before is taken as it is."""
        if self._stamp not in _READ:
            held = contents(self._folder)
            if not held.articles:
                raise NoContent(_no_content(self._folder, held.problems))
            _keep(_READ, self._stamp, held)
        return _READ[self._stamp]

    def _made(self) -> Answers:
        """Return answers from the content as it was read last; they never change, so they are made once a process."""
        held = _READ.get(self._stamp) or contents(self._folder)
        key = (self._stamp, self._learning is not None and self._learning.encoder is not None)
        if key not in _MADE:
            _keep(_MADE, key, self._learned(held))
        return _MADE[key]

    def _learned(self, held: Contents) -> Answers:
        fits = self._learning.fits(self._folder, held.articles, held.outside) if self._learning else None
        encoder = self._learning.encoder if self._learning else None
        alarm = crisis_learned() if encoder else None
        made = Answers(
            held.articles, held.rules, held.outside, english_words(), encoder=encoder, fits=fits, alarm=alarm
        )
        if self._learning is not None:
            self._learning.rest()
        return made

    def _stamped(self) -> Stamp:
        stamp = []
        for file in files(self._folder):
            with suppress(OSError):  # deleted meanwhile, or not there at all: both are a state
                seen = os.stat(file)  # noqa: PTH116 - a thousand files every few seconds: paths take ten times as long
                stamp.append((file, seen.st_mtime_ns, seen.st_size))
        return tuple(stamp)


def _keep(kept: dict[K, V], key: K, value: V) -> None:
    """Remember a value, and forget all but the last few."""
    kept[key] = value
    for old in list(kept)[:-MOST_MADE]:
        del kept[old]


def _no_content(folder: Path, problems: tuple[str, ...]) -> str:
    shown = "".join(f"\n  {problem}" for problem in problems[:5])
    return (
        f"No guidance can be read in {folder}. Set CONTENT_DIR (or --content) to a directory "
        f"with guidance/en/*.md.{shown}"
    )
