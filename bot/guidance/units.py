"""What of an article is searched: its title, its asked lines, its passages, and runs of a few sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bot.guidance.articles import Article
from bot.guidance.dense import Matrix
from bot.guidance.passages import Part, details, parts
from bot.guidance.words import terms

Starts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Unit:
    """One searched text: an article's title, an asked line or a passage; ``at`` counts within its kind."""

    article: int
    kind: Literal["title", "asked", "passage"]
    at: int = 0


class Units:
    """All units of a set of articles, article by article, with their texts and terms."""

    def __init__(self, articles: Sequence[Article], cut_up: Sequence[Sequence[Part]]) -> None:
        """``cut_up`` holds the passages of each article."""
        self.all: list[Unit] = []
        self.texts: list[str] = []
        for at, (article, own) in enumerate(zip(articles, cut_up, strict=True)):
            self.all.append(Unit(at, "title"))
            self.all += [Unit(at, "asked", i) for i in range(len(article.lines))]
            self.all += [Unit(at, "passage", i) for i in range(len(own))]
            self.texts += texts(article, own)
        self.terms = [terms(text) for text in self.texts]
        self.often = Counter(term for unit in self.terms for term in set(unit))
        self.owners = np.array([unit.article for unit in self.all], np.int64)
        self.starts = np.searchsorted(self.owners, np.arange(len(articles)))

    def of_articles(self, values: Matrix) -> Matrix:
        """Return the best unit's value for every article."""
        return best(values, self.starts)

    def of_article(self, article: int) -> slice:
        """Return where the units of an article stand."""
        last = article + 1 >= len(self.starts)
        return slice(int(self.starts[article]), len(self.all) if last else int(self.starts[article + 1]))

    def whole(self) -> list[list[str]]:
        """Return all terms of each article."""
        return [[term for unit in self.terms[self.of_article(at)] for term in unit] for at in range(len(self.starts))]


def best(values: Matrix, starts: Starts) -> Matrix:
    """Return the highest of the values that belong to each article; ``starts``: where each article's begin."""
    highest: Matrix = np.maximum.reduceat(values, starts)
    return highest


def unit_texts(articles: Sequence[Article]) -> list[str]:
    """Return every text of these articles that is searched by meaning, and so needs a vector."""
    cut_up = [(article, parts(article)) for article in articles]
    return [text for article, own in cut_up for text in (*texts(article, own), *runs(article, own))]


def texts(article: Article, own: Sequence[Part]) -> list[str]:
    """Return an article's title, asked lines and passages; a passage carries its title and heading."""
    passages = ["\n".join(filter(None, (article.title, part.heading, part.body))) for part in own]
    return [article.title, *article.lines, *passages]


def runs(article: Article, own: Sequence[Part]) -> list[str]:
    """Return the runs of sentences of an article, each under its heading."""
    return [f"{part.heading or article.title}: {text}" for part in own for text in details(part)]
