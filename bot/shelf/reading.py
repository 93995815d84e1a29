"""Reads the files under ``content/`` and what ships beside them; what is unusable is a problem, never an error."""

from __future__ import annotations

import glob
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from pydantic import ValidationError

from bot.guidance.articles import MOST_BYTES, Article, ArticleProblem, parse
from bot.guidance.crisis import BUILT_IN, Rules, read
from bot.guidance.crisis_learned import LearnedAlarm, unpacked

MOST_ARTICLES: Final = 5_000  # files read; a folder with more is not guidance
_HERE: Final = Path(__file__).resolve().parent.parent
ENGLISH: Final = _HERE / "guidance" / "english.txt"
# In an installed wheel the content lies inside the package, in a checkout beside it.
SHIPPED: Final = _HERE / "content" if (_HERE / "content").is_dir() else _HERE.parent / "content"
HEARD: Final = "heard.tsv"
CRISIS_LEARNED: Final = "crisis_learned.npz"


@dataclass(frozen=True, slots=True)
class Contents:
    """A content directory, read: what can be used, and one line for each file that was left out."""

    articles: tuple[Article, ...]
    outside: tuple[str, ...]
    rules: Rules
    problems: tuple[str, ...]


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


def files(folder: Path) -> list[str]:
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
