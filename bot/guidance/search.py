"""Which articles a question is about, by its words alone (BM25), and which of their passages."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import bm25s
import numpy as np
from numpy.typing import NDArray

from bot.guidance.articles import Article
from bot.guidance.passages import Part, parts
from bot.guidance.words import QUESTION_TERMS, STOP_WORDS, Speller, cut, stem, surface, terms, wording

K1: Final = 1.5  # the usual BM25 constants: how soon a repeated word stops counting,
B: Final = 0.75  # and how much a long text is held against it
WHOLE: Final = 0.25  # share of an article's score that all its words together decide
CORRECTED: Final = 0.8  # a corrected word is a guess, so it counts for less
MOST_TERMS: Final = 200  # words of one question that are looked at; a 4,000 character story has more
CLOSELY_READ: Final = 20  # articles whose whole wording is compared; the rest are far behind
HEADING: Final = 3  # how often a heading counts inside its article: it says what the passage is for
STANDS_OUT: Final = 0.34  # a passage with less of the question is luck: the opening is safer
ASKED_LINE: Final = 0.5  # how much the asked line that was hit helps to choose the passage

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Unit:
    """One searched text: an article's title, an asked line, a passage, or a line out of scope."""

    article: int  # -1: out of scope
    kind: Literal["title", "asked", "passage", "outside"]
    at: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found. ``score``: share of a perfect match; ``coverage``: share of the question.

    Both are in [0, 1]. ``unit`` is the article's best unit.
    """

    article: int
    score: float
    coverage: float
    unit: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: hits, best first, and how well a line out of scope fits (in [0, 1]).

    ``exact``: the question is, word for word, an asked line or the title of the first hit only.
    """

    hits: tuple[Hit, ...]
    outside: float
    weights: dict[str, float] = field(repr=False)  # a member's words
    exact: bool = False


class Index:
    """A searchable set of articles, in memory; made once for a set and never changed."""

    def __init__(
        self,
        articles: Sequence[Article],
        out_of_scope: Iterable[str] = (),
        english: frozenset[str] = frozenset(),
    ) -> None:
        """Read all units; ``out_of_scope`` lines draw questions away, ``english`` words are right."""
        self.articles = tuple(articles)
        self.parts: tuple[tuple[Part, ...], ...] = tuple(parts(article) for article in articles)
        self._outside = tuple(out_of_scope)
        texts = self._units()
        self._terms = [terms(text) for text in texts]
        self._exact = self._exactly(texts)
        self._wordings = self._article_words()
        self._speller = Speller(
            (text for unit, text in zip(self.units, texts, strict=True) if unit.article >= 0),
            self._outside,
            english,
        )
        self._in_units = Counter(term for unit in self._terms for term in set(unit))
        self._mean_length = max(1.0, sum(map(len, self._terms)) / max(1, len(self._terms)))
        self._ranks = _ranking(self._terms) if any(self._terms) else None
        self._own: dict[int, Any] = {}

    def search(self, question: str) -> Found:
        """Return the articles a question may be about, best first."""
        weights = self._weights(question)
        exact = self._exact.get(wording(question), -1)
        if exact >= 0:
            weights = weights or dict.fromkeys(terms(self.articles[self.units[exact].article].title), 1.0)
        if not weights or not self.articles:
            return Found((), 0.0, weights)
        scores = self._scores(weights) / max(1e-9, self._self_score(weights))
        best: dict[int, int] = {}
        for at in np.argsort(-scores, kind="stable"):
            if scores[at] <= 0:
                break
            best.setdefault(self.units[at].article, int(at))
        outside = min(1.0, float(scores[best.pop(-1)])) if -1 in best else 0.0
        hits = [
            self._hit(article, unit, float(scores[unit]), weights)
            for article, unit in list(best.items())[:CLOSELY_READ]
        ]
        if exact >= 0:
            article = self.units[exact].article
            hits = [hit for hit in hits if hit.article != article]
            hits.append(Hit(article, 1.0, 1.0, exact))
        first = self.units[exact].article if exact >= 0 else None
        hits.sort(key=lambda hit: (hit.article != first, -hit.score, hit.article))
        return Found(tuple(hits), outside, weights, exact >= 0)

    def coverage(self, article: int, weights: dict[str, float]) -> float:
        """Return the share of a question, by rarity of its words, that an article's words cover."""
        total = sum(self._idf(term) for term in weights)
        wording = self._wordings[article]
        held = sum(self._idf(t) * weight for t, weight in weights.items() if t in wording)
        return held / total if total else 0.0

    def best_part(self, hit: Hit, found: Found) -> Part:
        """Return the passage of an article that answers best; the opening when none stands out.

        Passages compete inside their article only, so words all of them share decide nothing.
        """
        own = self.parts[hit.article]
        ranks = self._own_ranks(hit.article)
        if len(own) == 1 or ranks is None:
            return own[0]
        told = {t: weight for t, weight in found.weights.items() if t not in QUESTION_TERMS}
        if self.units[hit.unit].kind == "asked":
            for term in self._terms[hit.unit]:
                if term not in QUESTION_TERMS:
                    told[term] = told.get(term, 0.0) + ASKED_LINE
        scores = _scored(ranks, told, len(own))
        best = int(np.argmax(scores))
        held = set(terms(f"{own[best].heading}\n{own[best].body}"))
        total = sum(self._idf(term) * weight for term, weight in told.items())
        share = sum(self._idf(term) * weight for term, weight in told.items() if term in held)
        return own[best] if share and share >= STANDS_OUT * total else own[0]

    def position(self, slug: str) -> int | None:
        """Return where an article stands, or None if it is not here."""
        slugs = (article.slug for article in self.articles)
        return next((at for at, own in enumerate(slugs) if own == slug), None)

    def _units(self) -> list[str]:
        self.units: list[Unit] = []
        texts: list[str] = []
        for at, article in enumerate(self.articles):
            own = [("title", article.title, 0)]
            own += [("asked", line, i) for i, line in enumerate(article.asked)]
            for i, part in enumerate(self.parts[at]):
                own.append(("passage", f"{article.title}\n{part.heading}\n{part.body}", i))
            for kind, text, i in own:
                self.units.append(Unit(at, kind, i))  # type: ignore[arg-type]  # the three above
                texts.append(text)
        self.units += [Unit(-1, "outside", i) for i in range(len(self._outside))]
        return texts + list(self._outside)

    def _exactly(self, texts: Sequence[str]) -> dict[str, int]:
        """Return the unit of each title and asked line, by its wording; -1 if articles share it."""
        exact: dict[str, int] = {}
        for at, (unit, text) in enumerate(zip(self.units, texts, strict=True)):
            if unit.kind in {"title", "asked"}:
                said = wording(text)
                other = exact.setdefault(said, at)
                if other >= 0 and self.units[other].article != unit.article:
                    exact[said] = -1
        return exact

    def _article_words(self) -> tuple[frozenset[str], ...]:
        words: list[set[str]] = [set() for _ in self.articles]
        for unit, unit_terms in zip(self.units, self._terms, strict=True):
            if unit.article >= 0:
                words[unit.article].update(unit_terms)
        return tuple(map(frozenset, words))

    def _own_ranks(self, article: int) -> Any:  # noqa: ANN401 - bm25s carries no types
        """Return the ranking of one article's passages, made when first needed."""
        if article not in self._own:
            texts = [terms(f"{part.heading}\n" * HEADING + part.body) for part in self.parts[article]]
            self._own[article] = _ranking(texts) if any(texts) else None
        return self._own[article]

    def _weights(self, question: str) -> dict[str, float]:
        """Return the question's different terms; corrected ones count ``CORRECTED``."""
        weights: dict[str, float] = {}
        for word in surface(cut(question))[:MOST_TERMS]:
            corrected = self._speller.corrected(word)
            if corrected in STOP_WORDS:
                continue
            weight = CORRECTED if corrected else 1.0
            term = stem(corrected or word)
            weights[term] = max(weight, weights.get(term, 0.0))
        return weights

    def _idf(self, term: str) -> float:
        """Return how rare a term is; an unknown one counts as one that stands in a single unit."""
        often = max(1, self._in_units.get(term, 0))
        return math.log(1 + (len(self._terms) - often + 0.5) / (often + 0.5))

    def _scores(self, weights: dict[str, float]) -> Scores:
        return _scored(self._ranks, weights, len(self._terms))

    def _self_score(self, weights: dict[str, float]) -> float:
        """Return what a unit would score that says the question's words and nothing else."""
        length = 1 - B + B * len(weights) / self._mean_length
        return sum(map(self._idf, weights)) / (1 + K1 * length)

    def _hit(self, article: int, unit: int, share: float, weights: dict[str, float]) -> Hit:
        coverage = self.coverage(article, weights)
        score = (1 - WHOLE) * min(1.0, share) + WHOLE * coverage
        return Hit(article, score, coverage, unit)


def _ranking(texts: Sequence[Sequence[str]]) -> Any:  # noqa: ANN401 - bm25s carries no types
    ranks = bm25s.BM25(k1=K1, b=B, method="lucene")
    ranks.index([list(text) for text in texts], show_progress=False)
    return ranks


def _scored(ranks: Any, weights: dict[str, float], length: int) -> Scores:  # noqa: ANN401 - an array of the library
    """Return the BM25 score of every text; terms of one weight are looked up together."""
    total: Scores = np.zeros(length, dtype=np.float32)
    for weight in sorted(set(weights.values())):
        known = [t for t, w in weights.items() if w == weight and t in ranks.vocab_dict]
        if known:
            total = total + weight * np.asarray(ranks.get_scores(known), np.float32)
    return total
