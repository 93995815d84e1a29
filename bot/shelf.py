"""Reads ``content/`` and keeps answers ready; changed, withdrawn and deleted files count at once.

The only part of guidance that touches files.
"""

from __future__ import annotations

import glob
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Protocol, TypeAlias, TypeVar

import numpy as np
from pydantic import ValidationError

from bot.guidance.alarm import Alarm
from bot.guidance.answer import Answers
from bot.guidance.articles import MOST_BYTES, Article, ArticleProblem, parse
from bot.guidance.crisis import BUILT_IN, Rules, read
from bot.guidance.crisis_learned import LearnedAlarm, unpacked
from bot.guidance.dense import Encoder
from bot.guidance.fit import Fit
from bot.settings import SettingsError

K = TypeVar("K")
V = TypeVar("V")

LOOK_EVERY: Final = 5.0  # seconds; a withdrawn article must be silent within 60
MOST_ARTICLES: Final = 5_000  # files read; a folder with more is not guidance
_HERE: Final = Path(__file__).resolve().parent
ENGLISH: Final = _HERE / "guidance" / "english.txt"
# In an installed wheel the content lies inside the package, in a checkout beside it.
SHIPPED: Final = _HERE / "content" if (_HERE / "content").is_dir() else _HERE.parent / "content"

Stamp: TypeAlias = tuple[tuple[str, int, int], ...]


HEARD: Final = "heard.tsv"
CRISIS_LEARNED: Final = "crisis_learned.npz"


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


@dataclass(frozen=True, slots=True)
class Contents:
    """A content directory, read: what can be used, and one line for each file that was left out."""

    articles: tuple[Article, ...]
    outside: tuple[str, ...]
    rules: Rules
    problems: tuple[str, ...]


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
        for file in _files(self._folder):
            with suppress(OSError):  # deleted meanwhile, or not there at all: both are a state
                seen = os.stat(file)  # noqa: PTH116 - a thousand files every few seconds: paths take ten times as long
                stamp.append((file, seen.st_mtime_ns, seen.st_size))
        return tuple(stamp)


def _keep(kept: dict[K, V], key: K, value: V) -> None:
    """Remember a value, and forget all but the last few."""
    kept[key] = value
    for old in list(kept)[:-MOST_MADE]:
        del kept[old]


def contents(folder: Path) -> Contents:
    """Read a content directory; what cannot be used becomes a problem, never an error."""
    problems: list[str] = []
    articles = []
    for file in sorted(folder.glob("guidance/*/*.md"))[:MOST_ARTICLES]:
        try:
            text = _text(file, folder)
            name = str(file.relative_to(folder))
            articles.append(parse(text, file.stem, file.parent.name, file=name))
        except ArticleProblem as problem:
            problems.append(str(problem))
    rules = _rules(folder, problems)
    outside = _outside(folder, problems)
    return Contents(_with_heard(articles, folder, problems), outside, rules, tuple(problems))


def _with_heard(articles: Sequence[Article], folder: Path, problems: list[str]) -> tuple[Article, ...]:
    """Return the articles with the questions of ``heard.tsv``: English ones, each with the article that answers it."""
    file = folder / HEARD
    heard: dict[str, list[str]] = {article.slug: [] for article in articles if article.language == "en"}
    try:
        rows = _text(file, folder).splitlines() if file.exists() else []
    except ArticleProblem as problem:
        problems.append(str(problem))
        return tuple(articles)
    for number, row in enumerate(rows, start=1):
        question, _, slug = row.partition("\t")
        if not row.strip() or row.startswith("#") or slug.strip() == "topic_slug":
            continue
        if slug.strip() in heard and question.strip():
            heard[slug.strip()].append(question.strip())
        else:
            problems.append(f"{HEARD}:{number}: no such article. Write the question, a tab, and the name of its file.")
    return tuple(
        article.model_copy(update={"heard": tuple(heard[article.slug])}) if article.language == "en" else article
        for article in articles
    )


def _files(folder: Path) -> list[str]:
    """Return every file that counts, in a fixed order."""
    found = sorted(glob.glob(f"{glob.escape(str(folder))}/guidance/*/*.md"))[:MOST_ARTICLES]  # noqa: PTH207 - as in ``_stamped``
    return [*found, *(str(folder / name) for name in ("crisis.toml", "out_of_scope.txt", HEARD))]


def _rules(folder: Path, problems: list[str]) -> Rules:
    """Return the crisis rules; the built-in ones, and a problem, if the file is unusable."""
    try:
        return read(_text(folder / "crisis.toml", folder))
    except ArticleProblem as problem:
        problems.append(f"{problem} Until then the built-in crisis lines are used.")
    except ValidationError as wrong:
        where = wrong.errors(include_input=False, include_url=False)[0]
        place = ".".join(map(str, where["loc"]))
        problems.append(_built_in(f"{place}: {where['msg']}"))
    except ValueError as wrong:  # not TOML, or a line for the whole UK is missing
        problems.append(_built_in(str(wrong)))
    return BUILT_IN


def _outside(folder: Path, problems: list[str]) -> tuple[str, ...]:
    """Return questions nobody here can answer; the shipped ones when the content names none."""
    file = folder / "out_of_scope.txt"
    if not file.exists():
        folder, file = SHIPPED, SHIPPED / "out_of_scope.txt"
    try:
        rows = _text(file, folder).splitlines()
    except ArticleProblem as problem:
        problems.append(str(problem))
        return ()
    return tuple(row.strip() for row in rows if row.strip() and not row.startswith("#"))


@lru_cache(maxsize=1)
def crisis_learned() -> LearnedAlarm:
    """Return what the shipped examples of danger taught; it ships with the program (``bot.crisis_model``)."""
    with np.load(SHIPPED / CRISIS_LEARNED, allow_pickle=False) as held:
        return unpacked(held)


@lru_cache(maxsize=1)
def english_words() -> frozenset[str]:
    """Return the words spelling correction leaves alone; it ships with the program."""
    return frozenset(ENGLISH.read_text("utf-8").split("\n"))


def _built_in(what: str) -> str:
    return f"crisis.toml: {what}. Mend it; until then the built-in crisis lines are used."


def _text(file: Path, folder: Path) -> str:
    """Return a file's text; raise ``ArticleProblem`` when it cannot or should not be read."""
    name = str(file.relative_to(folder))
    try:
        if file.stat().st_size > MOST_BYTES:
            what = f"larger than {MOST_BYTES // 1000} kB"
            raise ArticleProblem(name, 1, what, "Split it or take it away.")
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise ArticleProblem(name, 1, "not UTF-8 text", "Save the file as UTF-8.") from None
    except OSError as wrong:
        what = wrong.strerror or "cannot be read"
        raise ArticleProblem(name, 1, what.lower(), "Check the file and who may read it.") from None


def _no_content(folder: Path, problems: tuple[str, ...]) -> str:
    shown = "".join(f"\n  {problem}" for problem in problems[:5])
    return (
        f"No guidance can be read in {folder}. Set CONTENT_DIR (or --content) to a directory "
        f"with guidance/en/*.md.{shown}"
    )
