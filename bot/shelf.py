"""Reads ``content/`` and keeps answers ready; changed, withdrawn and deleted files count at once.

The only part of guidance that touches files.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeAlias

from pydantic import ValidationError

from bot.guidance.answer import Answers
from bot.guidance.articles import MOST_BYTES, Article, ArticleProblem, parse
from bot.guidance.crisis import BUILT_IN, Rules, read
from bot.settings import SettingsError

LOOK_EVERY: Final = 5.0  # seconds; a withdrawn article must be silent within 60
MOST_ARTICLES: Final = 5_000  # files read; a folder with more is not guidance
_HERE: Final = Path(__file__).resolve().parent
ENGLISH: Final = _HERE / "guidance" / "english.txt"
# In an installed wheel the content lies inside the package, in a checkout beside it.
SHIPPED: Final = _HERE / "content" if (_HERE / "content").is_dir() else _HERE.parent / "content"

Stamp: TypeAlias = tuple[tuple[str, int, int], ...]


class NoContent(SettingsError):  # noqa: N818 - named for what the operator reads
    """The content directory holds no article that can be read; the message says what to do."""


class Shelf:
    """The content directory as answers. ``problems`` lists files left out, one line each."""

    def __init__(self, content_dir: Path, clock: Callable[[], float]) -> None:
        """Read everything once; ``clock`` gives monotonic seconds. Raises ``NoContent``."""
        self._folder = content_dir
        self._clock = clock
        self._lock = threading.Lock()
        self.problems: tuple[str, ...] = ()
        self.articles: tuple[Article, ...] = ()
        self.rules: Rules = BUILT_IN
        self._looked = clock()
        self._stamp = self._stamped()
        self._answers = self._read()
        if not self.articles:
            raise NoContent(_no_content(content_dir, self.problems))

    def answers(self) -> Answers:
        """Return answers from the files as they are now, or were at most ``LOOK_EVERY`` s ago."""
        self.refresh()
        return self._answers

    def refresh(self) -> bool:
        """Read again if it is time and something changed; True if it did.

        May be called from another thread: while one reads, others go on with the old answers.
        """
        if self._clock() - self._looked < LOOK_EVERY or not self._lock.acquire(blocking=False):
            return False
        try:
            self._looked = self._clock()
            stamp = self._stamped()
            if stamp == self._stamp:
                return False
            self._answers = self._read()
            self._stamp = stamp
            return True
        finally:
            self._lock.release()

    def _files(self) -> list[Path]:
        """Return every file that counts, in a fixed order."""
        found = sorted(self._folder.glob("guidance/*/*.md"))[:MOST_ARTICLES]
        return [*found, self._folder / "crisis.toml", self._folder / "out_of_scope.txt"]

    def _stamped(self) -> Stamp:
        stamp = []
        for file in self._files():
            try:
                seen = file.stat()
            except OSError:  # deleted meanwhile, or not there at all: both are a state
                continue
            stamp.append((str(file), seen.st_mtime_ns, seen.st_size))
        return tuple(stamp)

    def _read(self) -> Answers:
        problems: list[str] = []
        articles = []
        for file in self._files()[:-2]:
            try:
                text = _text(file, self._folder)
                name = str(file.relative_to(self._folder))
                articles.append(parse(text, file.stem, file.parent.name, file=name))
            except ArticleProblem as problem:
                problems.append(str(problem))
        rules = self._rules(problems)
        outside = self._outside(problems)
        answers = Answers(articles, rules, outside, _english())
        self.problems = tuple(problems)
        self.articles = tuple(articles)
        self.rules = rules
        return answers

    def _rules(self, problems: list[str]) -> Rules:
        """Return the crisis rules; the built-in ones, and a problem, if the file is unusable."""
        try:
            return read(_text(self._folder / "crisis.toml", self._folder))
        except ArticleProblem as problem:
            problems.append(f"{problem} Until then the built-in crisis lines are used.")
        except ValidationError as wrong:
            where = wrong.errors(include_input=False, include_url=False)[0]
            place = ".".join(map(str, where["loc"]))
            problems.append(_built_in(f"{place}: {where['msg']}"))
        except ValueError as wrong:  # not TOML, or a line for the whole UK is missing
            problems.append(_built_in(str(wrong)))
        return BUILT_IN

    def _outside(self, problems: list[str]) -> tuple[str, ...]:
        """Return the questions nobody here can answer; the file may be missing."""
        file = self._folder / "out_of_scope.txt"
        if not file.exists():
            return ()
        try:
            rows = _text(file, self._folder).splitlines()
        except ArticleProblem as problem:
            problems.append(str(problem))
            return ()
        return tuple(row.strip() for row in rows if row.strip() and not row.startswith("#"))


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
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
