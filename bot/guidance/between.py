"""What is wrong between articles: the same question twice, near copies, numbers and links that differ."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np

from bot.guidance.answer import WHOLE_LANGUAGE
from bot.guidance.checks import Finding, Page
from bot.guidance.dense import Encoder, Matrix
from bot.guidance.words import STOP_WORDS, terms, wording

MOST_SHARED: Final = 0.7
"""Share of the smaller article's different words the other has too. Neighbours among the shipped topics (two apps'
reporting steps) share up to .59, a copy nearly all; .7 leaves a new neighbour some room."""
MOST_ALIKE: Final = 0.85
"""Cosine of what two articles are asked. The nearest shipped neighbours have .77, the same topic twice over .9."""
NEAR: Final = 0.8  # cosine from which two short lines mean the same: below it shared names of apps decide
NEARER: Final = 0.1  # by how much another topic's line must be nearer before we speak of it
WINDOW: Final = 100  # characters before a number in which its service is named
FACTS: Final = re.compile(r"https?://\S+|\S+@\S+\w|\d[\d ,]*\d|\d|/[a-z]+\b")
"""What a translation must keep as it is: addresses, numbers, commands."""
_PHONE: Final = re.compile(r"(?<![\w/.,-])(?:0\d{1,4}(?: ?\d{2,4}){1,4}|116 ?123)(?![\w/-]|,\d)")
_EMAIL: Final = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
_LINK: Final = re.compile(r"https?://[^\s)>\]]+")
_NAMED_LINK: Final = re.compile(r"\[([^\]]+)\]\((https?://[^\s)]+)\)")
_NAME: Final = re.compile(r"[A-Z][\w\u2019'-]*(?: [A-Z][\w\u2019'-]*)*")
_SENTENCE: Final = re.compile(r"[.!?]\s|\n")
_NO_NAMES: Final = frozenset({
    "England", "Wales", "Scotland", "Northern Ireland", "England and Wales", "UK",
    "And", "Ask", "Call", "For", "If", "In", "It", "Its", "On", "Or", "Ring", "Tell", "Text", "The", "They",
    "Write", "You",
})  # fmt: skip
"""Capitals before a number that name no service: nations, and words that begin a sentence."""


class Fact(NamedTuple):
    """A number, address or link in one article, and what it is called there."""

    name: str
    same: str  # what it is whichever way it is written
    written: str
    page: Page


def faults_between(pages: Sequence[Page], encoder: Encoder | None = None) -> tuple[Finding, ...]:
    """Return what is wrong between these articles; without an encoder likeness is judged by words alone."""
    live = [page for page in pages if page.article.answers]
    found = [*_asked_twice(live), *_translated(live)]
    for language in sorted({page.article.language for page in live}):
        own = [page for page in live if page.article.language == language]
        found += _copied(own)
        if language == WHOLE_LANGUAGE:  # a translation keeps its facts, and Welsh names change their first letter
            found += _differing(own)
            found += [*_alike(own, encoder), *_strays(own, encoder)] if encoder else ()
    return tuple(found)


def _asked_twice(pages: Sequence[Page]) -> Iterator[Finding]:
    first: dict[tuple[str, str], Page] = {}
    for page in pages:
        for line in page.article.asked:
            other = first.setdefault((page.article.language, wording(line)), page)
            if other is not page:
                what = f'"{line}" is asked in {other.article.slug} too'
                yield page.found(page.line(line), what, "Keep it where the answer is, take it out of the other")


def _translated(pages: Sequence[Page]) -> Iterator[Finding]:
    """Compare each translation with its English article: as many sections, and every number and address of it."""
    english = {page.article.slug: page.article for page in pages if page.article.language == WHOLE_LANGUAGE}
    for page in pages:
        own, whole = page.article, english.get(page.article.slug)
        if own.language == WHOLE_LANGUAGE or whole is None:
            continue
        if f"\n{own.body}".count("\n## ") != f"\n{whole.body}".count("\n## "):
            line = page.line(own.body.split("\n", 1)[0])
            mend = "Give both the same sections in the same order"
            yield page.found(line, "other sections than the English article", mend, "release")
        lacking = sorted(set(FACTS.findall(whole.body)) - set(FACTS.findall(own.body)))
        if lacking:
            what = f"the English article says {', '.join(lacking)}, this one does not"
            line = page.line(own.body.split("\n", 1)[0])
            yield page.found(line, what, "Write it as it stands there", "release")


def _differing(pages: Sequence[Page]) -> Iterator[Finding]:
    """Compare what two articles say of one name: no number in common, or the same one written otherwise."""
    by_name: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    first: dict[str, Fact] = {}
    for fact in (fact for page in pages for fact in facts(page)):
        if fact.name:
            by_name[fact.name][fact.page.file].append(fact)
        before = first.setdefault(fact.same, fact)
        if before.written != fact.written:
            what = f'"{fact.written}" is written "{before.written}" in {before.page.article.slug}'
            yield fact.page.found(fact.page.line(fact.written), what, "Write it one way everywhere", "warning")
    for name, told in by_name.items():
        for one, other in combinations(told.values(), 2):
            if {fact.same for fact in one}.isdisjoint(fact.same for fact in other):
                mine, theirs = other[0], one[0]
                what = f"{name}: {mine.written} here, {theirs.written} in {theirs.page.article.slug}"
                mend = "Find out which is right and correct the other"
                yield mine.page.found(mine.page.line(mine.written), what, mend, "release")


def facts(page: Page) -> Iterator[Fact]:
    """Return the telephone numbers, e-mail addresses and titled links of an article.

    A number belongs to the last name in capitals before it in its sentence, an e-mail address to its domain, a link
    to its title.
    """
    body = page.article.body
    for found in _PHONE.finditer(body):
        before = _SENTENCE.split(body[max(0, found.start() - WINDOW) : found.start()])[-1]
        yield Fact(_service(before), found[0].replace(" ", ""), found[0], page)
    for mail in _EMAIL.finditer(body):
        yield Fact(f"e-mail of {mail[1].lower()}", mail[0].lower(), mail[0], page)
    titled = [*_NAMED_LINK.findall(body), *((one.title, one.link) for one in page.article.sources if one.link)]
    for title, link in titled:
        yield Fact(f'link "{title}"', _same_link(link), link, page)
    for link in _LINK.findall(_NAMED_LINK.sub("", body)):
        written = link.rstrip(".,;:")
        yield Fact("", _same_link(written), written, page)


def _service(before: str) -> str:
    """Return the last name in capitals that is one; "Ring Childline" is Childline."""
    for found in reversed(list(_NAME.finditer(before))):
        name = found[0]
        first, _, rest = name.partition(" ")
        own = rest if first in _NO_NAMES and name not in _NO_NAMES else name
        if own not in _NO_NAMES:
            return own.removesuffix("'s").removesuffix("\u2019s")
    return ""


def _same_link(link: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", link).rstrip("/").lower()


def _copied(pages: Sequence[Page]) -> Iterator[Finding]:
    words = {page.file: set(terms(page.article.body)) - STOP_WORDS for page in pages}
    for one, other in combinations(pages, 2):
        mine, theirs = words[other.file], words[one.file]
        shared = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
        if shared > MOST_SHARED:
            yield _as_alike(other, one, f"{shared:.0%} of its words")


def _alike(pages: Sequence[Page], encoder: Encoder) -> Iterator[Finding]:
    if not pages:
        return
    middles = np.stack([_middle(page, encoder) for page in pages])
    likeness = np.triu(middles @ middles.T, 1)
    for one, other in np.argwhere(likeness > MOST_ALIKE).tolist():
        yield _as_alike(pages[other], pages[one], f"{likeness[one, other]:.0%} of what it is asked")


def _as_alike(page: Page, other: Page, shared: str) -> Finding:
    mend = "Say the common part in one of them and name it in related"
    return page.found(1, f"shares {shared} with {other.article.slug}", mend, "warning")


def _middle(page: Page, encoder: Encoder) -> Matrix:
    article = page.article
    total = encoder.texts([article.title, *article.asked]).sum(axis=0)
    middle: Matrix = total / max(1e-9, float(np.linalg.norm(total)))
    return middle


def _strays(pages: Sequence[Page], encoder: Encoder) -> Iterator[Finding]:
    """Find asked lines that mean what another topic asks, more than anything their own topic asks."""
    lines = [(page, line) for page in pages for line in page.article.asked]
    if not lines:
        return
    vectors = encoder.texts([line for _, line in lines])
    owners = np.array([page.file for page, _ in lines])
    for at, (page, line) in enumerate(lines):
        likeness = vectors @ vectors[at]
        likeness[at] = 0.0
        own = owners == page.file
        theirs = np.where(own, 0.0, likeness)
        nearest = int(np.argmax(theirs))
        if theirs[nearest] >= NEAR and theirs[nearest] > likeness[own].max() + NEARER:
            other, said = lines[nearest]
            what = f'"{line}" is nearer to "{said}" in {other.article.slug} than to any line here'
            yield page.found(page.line(line), what, "Move it there, or say what makes it different", "warning")
