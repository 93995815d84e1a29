"""``steward content``: what editors check, preview and begin, in words they can act on."""

from __future__ import annotations

import re
import sys
import time
from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path
from typing import Final, TextIO

from bot.guidance.answer import WHOLE_LANGUAGE
from bot.guidance.articles import Article
from bot.guidance.between import faults_between
from bot.guidance.checks import Finding, Page, faults
from bot.guidance.passages import passage
from bot.guidance.search import Index
from bot.guidance.trials import reliability, untrue
from bot.learning import Learning
from bot.messages import Reply
from bot.settings import Settings, SettingsError, find_content
from bot.shelf import NoContent, Shelf, contents, english_words
from bot.texts import Texts

FAULTY: Final = 1  # exit code: something must be mended first
REVIEW_AFTER: Final = timedelta(days=91)  # three months: as long as a platform's menus stay the same
SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG: Final = 50  # a button names it and has 64 bytes
LANGUAGES: Final = {"en": "English", "cy": "Welsh"}

SKELETON: Final = """\
---
title: {title}
asked:
  # 5 to 15 lines, the way members really type it, such as:
  # - what do i do about {words}
# One sentence that goes with every passage, if a passage alone could mislead; else leave it empty.
always: ""
checked: {checked}
review_by: {review_by}
# Filled in when the union has read it: a role, not a name, and the day.
approved_by: ""
approved:
sources:
  # - title: Who says so
  #   link: https://
nations: [england, wales, scotland, northern_ireland]
related: []
# live: members get it. draft: nobody does. withdrawn: not any more.
status: draft
{translation}---
## What to do first

Write what to do, the most urgent first, in short sentences.

## Who helps

Write who helps, how to reach them, and when.
"""


class Refused(SettingsError):  # noqa: N818 - named for what the editor reads
    """What was asked for cannot be done; the message says why and what would work."""


def check(folder: Path, commands: Collection[str], today: date, out: TextIO, *, release: bool = False) -> int:
    """Write every fault of a content to ``out``; return 0, or 1 when something must be mended first."""
    held = contents(folder)
    pages = [_page(folder, article) for article in held.articles]
    if not pages:
        raise NoContent(f"No guidance can be read in {folder}. Name a folder with guidance/en/*.md.")
    learning = Learning(say=_tell)
    shelf = Shelf(folder, time.monotonic, learning)
    slugs: dict[str, bool] = defaultdict(bool)
    for page in pages:
        slugs[page.article.slug] |= page.article.answers
    found = [fault for page in pages for fault in faults(page, slugs, commands, today)]
    found += [*faults_between(pages, learning.encoder), *untrue(pages, shelf.answers())]
    bad = [one for one in found if one.weight == "error" or (release and one.weight == "release")]
    shown = sorted((one for one in found if release or not _is_approval(one)), key=_place)
    out.writelines(f"error: {problem.rstrip('.')}.\n" for problem in held.problems)
    out.writelines(f"{'error' if one in bad else 'warning'}: {one}\n" for one in shown)
    if len(shown) < len(found):
        waiting = len({one.file for one in found if _is_approval(one)})
        out.write(f"{waiting} articles wait for the union's approval; `--release` lists them and fails.\n")
    errors = len(bad) + len(held.problems)
    out.write(f"{len(pages)} articles: {errors or 'nothing'} to mend, {len(shown) - len(bad)} to look at.\n")
    for language in LANGUAGES:
        fitted = shelf.answers().fitted(language)
        if fitted is not None:
            out.write(f"\nHow far the confidence can be believed, {LANGUAGES[language]}, on lines held out:\n")
            out.writelines(f"{line}\n" for line in reliability(fitted.calibration))
    if learning.trouble:
        out.write(f"\n{learning.trouble.capitalize()}\n")
    return FAULTY if bad or held.problems else 0


def preview(settings: Settings, folder: Path, slug: str, language: str, out: TextIO) -> int:
    """Write an article as members see it, passage by passage, with the asked lines that lead to each."""
    articles = contents(folder).articles
    own = next((one for one in articles if (one.slug, one.language) == (slug, language)), None)
    if own is None:
        file = Path("guidance") / language / f"{slug}.md"
        raise Refused(f"{file} cannot be read in {folder}. `steward content check` says why, or write it first.")
    if not own.answers:
        out.write(f"This article is marked {own.status}, so members do not get it. This is how it would look.\n\n")
    texts = Texts(_strings(folder), settings.union_name, settings.tz)
    beside = [one for one in articles if one.answers and one.language == language and one.slug != slug]
    encoder = Learning(say=_tell).encoder if language == WHOLE_LANGUAGE else None
    index = Index([own, *beside], english_words(), encoder)
    led, lost = _led(index)
    for at, part in enumerate(index.parts[0]):
        said = texts.outgoing(Reply("answer", {}, (), passage(own, part)), language, "terminal")
        out.write(f"=== Passage {at + 1} of {len(index.parts[0])} ===\n{said.text}\n\n")
        out.writelines(f"  asked: {line}\n" for line in led[at])
        out.write("\n" if led[at] else "  No asked line leads here.\n\n")
    out.writelines(f"Another article is found first: {line} -> {other}\n" for line, other in lost)
    return 0


def new(folder: Path, slug: str, language: str, today: date, out: TextIO) -> int:
    """Write a skeleton of an article, as a draft; refuse a name that is taken or that cannot be one."""
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        message = (
            f"{slug}: a topic is named in small letters, digits and hyphens, at most {LONGEST_SLUG}, "
            "such as staff-photos."
        )
        raise Refused(message)
    file = folder / "guidance" / language / f"{slug}.md"
    if file.exists():
        raise Refused(f"{file} is there already. Open it, or choose another name.")
    words = slug.replace("-", " ")
    text = SKELETON.format(
        title=words.capitalize(),
        words=words,
        checked=today,
        review_by=today + REVIEW_AFTER,
        translation="" if language == WHOLE_LANGUAGE else "translation: unapproved\n",
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("x", encoding="utf-8") as begun:
        begun.write(text)
    out.write(f"{file} is begun, as a draft. Write it, look at it with `steward content preview {slug}`,\n")
    out.write("and set status: live when `steward content check` is content with it.\n")
    return 0


def _page(folder: Path, article: Article) -> Page:
    file = Path("guidance") / article.language / f"{article.slug}.md"
    text = (folder / file).read_text("utf-8-sig").replace("\r\n", "\n")
    return Page(str(file), text, article)


def _strings(folder: Path) -> Path:
    """Return the sentences of this content, or the shipped ones when it has none of its own."""
    own = folder / "strings"
    return own if own.is_dir() else find_content() / "strings"


def _led(index: Index) -> tuple[dict[int, list[str]], list[tuple[str, str]]]:
    """Return which asked lines of the first article lead to which of its passages, and which lead elsewhere."""
    led: dict[int, list[str]] = defaultdict(list)
    lost: list[tuple[str, str]] = []
    for line in index.articles[0].asked:
        found = index.search(line)
        if not found.hits or found.hits[0].article != 0:
            lost.append((line, index.articles[found.hits[0].article].slug if found.hits else "nothing"))
            continue
        led[index.parts[0].index(index.best_part(found.hits[0], found))].append(line)
    return led, lost


def _place(one: Finding) -> tuple[str, int, str]:
    return one.file, one.line, one.what


def _is_approval(one: Finding) -> bool:
    """Whether it is what every article lacks until the union has read it: before a release it is only counted."""
    return one.weight == "release" and "approved" in one.what


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
