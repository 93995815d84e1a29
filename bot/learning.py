"""Learns a content once, in a process of its own, and keeps what was learned for the next start."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Final

import numpy as np
from filelock import FileLock, Timeout

from bot.encoder.kept import KeptVectors
from bot.encoder.minilm import MODEL_SHA256, NoModel, minilm
from bot.guidance.answer import THRESHOLDS, WHOLE_LANGUAGE, by_language
from bot.guidance.articles import Article
from bot.guidance.fit import WORK, Fit, fit, packed, unpacked
from bot.guidance.units import unit_texts
from bot.shelf import contents, english_words

AT_ONCE: Final = 64  # texts between two lines of progress: about two seconds
PATIENCE: Final = 3_600.0  # seconds for a first build; 5,000 articles take about half of it
KEPT_FITS: Final = 24  # what was learned from the contents used last; switching back costs nothing
FEW: Final = 200  # texts up to here are learned in this process: starting another takes as long

Say = Callable[[str], None]


def cache_folder() -> Path:
    """Return where vectors and fits are kept: public guidance only, nothing of any member."""
    own = os.environ.get("XDG_CACHE_HOME")
    return (Path(own) if own else Path.home() / ".cache") / "steward"


class Learning:
    """The encoder with its memory, and what was learned from each content."""

    def __init__(self, folder: Path | None = None, say: Say = lambda _: None) -> None:
        """Load the model; without one ``encoder`` is None and ``trouble`` says why."""
        self._folder = folder or cache_folder()
        self._say = say
        self.trouble = ""
        self.encoder: KeptVectors | None = None
        try:
            self.encoder = KeptVectors(minilm().encode, self._folder)
        except NoModel as trouble:
            self.trouble = f"search by words only: {trouble}."

    def fits(self, content: Path, articles: Sequence[Article], outside: Sequence[str]) -> Mapping[str, Fit]:
        """Return what was learned from these articles, by language; learn it first if need be."""
        languages = by_language(articles)
        known = {language: found for language, own in languages.items() if (found := self._known(own, outside))}
        if len(known) == len(languages):
            return known
        texts = unit_texts(languages.get(WHOLE_LANGUAGE, ()))
        is_long = len(texts) > FEW or (self.encoder is not None and len(self.encoder.missing(outside)) > FEW)
        with self._alone():
            # Also where every vector is kept: while learning, this process could hardly answer, and would stay large.
            if is_long and not self._all_known(languages, outside) and self._in_a_child(content) and self.encoder:
                self.encoder.load()
            return {
                language: self._known(own, outside) or self._learn(own, outside, language)
                for language, own in languages.items()
            }

    def _all_known(self, languages: Mapping[str, Sequence[Article]], outside: Sequence[str]) -> bool:
        """Whether another process learned everything while this one waited."""
        return all(self._known(own, outside) for own in languages.values())

    def rest(self) -> None:
        """Give back the memory that only making a content searchable needs."""
        if self.encoder is not None:
            self.encoder.rest()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let one process learn at a time: the next one finds what the first has kept."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._folder / "learning.lock", timeout=PATIENCE)
            lock.acquire()
        except (OSError, Timeout):  # nothing can be kept there: everybody learns alone
            yield
            return
        try:
            yield
        finally:
            lock.release()

    def learn(self, articles: Sequence[Article], outside: Sequence[str]) -> None:
        """Encode and learn everything here and now, telling how far it is, and keep it."""
        languages = by_language(articles)
        if self.encoder is not None:
            new = self.encoder.missing([*unit_texts(languages.get(WHOLE_LANGUAGE, ())), *outside])
            for start in range(0, len(new), AT_ONCE):
                self.encoder.texts(new[start : start + AT_ONCE])
                self._say(f"reading guidance: {min(start + AT_ONCE, len(new))} of {len(new)}")
            self.encoder.save()
        for language, own in languages.items():
            self._learn(own, outside, language)

    def _learn(self, own: Sequence[Article], outside: Sequence[str], language: str) -> Fit:
        reads = self.encoder if language == WHOLE_LANGUAGE else None
        made = fit(own, outside, english_words(), reads, THRESHOLDS.precision)
        if self.encoder is not None:
            self.encoder.save()
        self.keep(own, outside, made)
        return made

    def _in_a_child(self, content: Path) -> bool:
        """Learn in a process that gives its memory back when it ends; tell whether that worked."""
        self._say("reading guidance for the first time, or after a change; later starts are quick")
        command = [sys.executable, "-m", "bot.learning", str(content), str(self._folder)]
        try:
            done = subprocess.run(command, check=False, timeout=PATIENCE, stdin=subprocess.DEVNULL)  # noqa: S603 - our own program
        except (OSError, subprocess.TimeoutExpired):
            return False
        return done.returncode == 0

    def _file(self, own: Sequence[Article], outside: Sequence[str]) -> Path:
        """Return where what is learned from exactly this is kept."""
        hashed = blake2b(digest_size=12)
        for text in (*unit_texts(own), *(one.slug for one in own), *outside):
            hashed.update(text.encode("utf-8", "surrogatepass") + b"\0")
        model = MODEL_SHA256[:8] if self.encoder is not None else "words"
        return self._folder / f"fit-{WORK}-{model}-{hashed.hexdigest()}.npz"

    def _known(self, own: Sequence[Article], outside: Sequence[str]) -> Fit | None:
        file = self._file(own, outside)
        try:
            with np.load(file, allow_pickle=False) as held:
                known = unpacked(held)
        except (OSError, ValueError, KeyError, TypeError, EOFError):
            return None
        with suppress(OSError):
            os.utime(file)  # so that what is in use is not the oldest
        return known

    def keep(self, own: Sequence[Article], outside: Sequence[str], made: Fit) -> None:
        """Write down what was learned from articles of one language; if that cannot be, it is only not kept."""
        file = self._file(own, outside)
        beside = file.with_name(f"{file.stem}.{os.getpid()}.npz")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            np.savez(beside, **packed(made))
            beside.replace(file)
            kept = sorted(self._folder.glob("fit-*.npz"), key=lambda one: one.stat().st_mtime)
            for old in kept[:-KEPT_FITS]:
                old.unlink(missing_ok=True)
        except OSError:  # it is only not kept
            beside.unlink(missing_ok=True)


def main(content: str, folder: str) -> None:
    """Learn one content; what ``Learning`` starts in a child process."""

    def say(line: str) -> None:
        sys.stderr.write(f"{line}\n")

    held = contents(Path(content))
    Learning(Path(folder), say).learn(held.articles, held.outside)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
