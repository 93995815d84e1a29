"""Which articles a question is about, by words, letters and meaning together, and which of their passages."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal

import bm25s
import numpy as np
from numpy.typing import NDArray

from bot.guidance import dense
from bot.guidance.articles import Article
from bot.guidance.channels import Channels, Mix
from bot.guidance.dense import Dense, Encoder, Matrix
from bot.guidance.grams import Grams
from bot.guidance.passages import Part, details, parts
from bot.guidance.words import QUESTION_TERMS, STOP_WORDS, Speller, cut, normalised, stem, surface, terms, wording

K1: Final = 1.5  # the usual BM25 constants: how soon a repeated word stops counting,
B: Final = 0.75  # and how much a long text is held against it
CORRECTED: Final = 0.8  # a corrected word is a guess, so it counts for less
MOST_TERMS: Final = 200  # words of one question that are looked at; a 4,000 character story has more
MOST_HITS: Final = 20  # articles named; the rest are far behind
HEADING: Final = 3  # how often a heading counts inside its article: it says what the passage is for
STANDS_OUT: Final = 0.34  # a passage with less of the question is luck: the opening is safer
ASKED_LINE: Final = 0.5  # how much the asked line that was hit helps to choose the passage
ENOUGH_ASKED: Final = 3  # lines; with fewer an article teaches the classifier nothing
_RUN: Final = re.compile(r"[^\W_]+|[\W_]+")

# The weights measured before the house was built, and two ways of looking added since; half of the word channel looks
# at whole articles (docs/decisions/0007).
ASKED: Final = Mix(nearest=0.30, detail=0.15, centroid=0.30, words=0.20, letters=0.20, learned=0.40)
LONG: Final = Mix(nearest=0.25, detail=0.20, centroid=0.15, words=0.30, letters=0.30, learned=0.0)
LEXICAL: Final = Mix(nearest=0.0, detail=0.0, centroid=0.0, words=0.50, letters=0.50, learned=0.0)
NO_PARTS: Final[Mapping[int, tuple[Part, ...]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Unit:
    """One searched text: an article's title, an asked line or a passage; ``at`` counts within its kind."""

    article: int
    kind: Literal["title", "asked", "passage"]
    at: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found: its score, how much of the question it covers (both in [0, 1]), and its best unit."""

    article: int
    score: float
    coverage: float
    unit: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: hits, best first.

    ``exact``: the question is, word for word, an asked line or the title of the first hit only.
    ``known``: the share of the question's different words that stand anywhere in the content.
    """

    hits: tuple[Hit, ...]
    weights: dict[str, float] = field(repr=False)  # a member's words
    exact: bool = False
    known: float = 0.0
    outside: float = 0.0  # cosine with the nearest line out of scope; 0 without an encoder
    channels: Channels | None = field(default=None, repr=False)
    vector: Matrix | None = field(default=None, repr=False)


class Index:
    """A searchable set of articles, in memory; made once for a set and never changed.

    Without ``encoder`` it searches by words and letters only.
    """

    def __init__(
        self,
        articles: Sequence[Article],
        english: frozenset[str] = frozenset(),
        encoder: Encoder | None = None,
        learned: Matrix | None = None,
        cut_parts: Mapping[int, tuple[Part, ...]] = NO_PARTS,
        outside: Sequence[str] = (),
    ) -> None:
        """Read all units; ``english`` words are right. ``cut_parts`` stands in for some articles' passages.

        ``outside``: lines nobody here can answer, to tell how near to them a question is.
        """
        self.articles = tuple(articles)
        self.parts = tuple(cut_parts.get(at) or parts(article) for at, article in enumerate(self.articles))
        self.texts = self._units()
        self._owners = np.array([unit.article for unit in self.units], np.int64)
        self._starts = np.searchsorted(self._owners, np.arange(len(self.articles)))
        self._terms = [terms(text) for text in self.texts]
        self._exact = self._exactly()
        self._wordings = self._article_words()
        self._speller = Speller(self.texts, (), english)
        self._in_units = Counter(term for unit in self._terms for term in set(unit))
        self._ranks = _ranking(self._terms)
        self._whole_ranks = _ranking(self._whole_terms())
        self._grams = Grams(self.texts)
        self._encoder = encoder
        self._dense = (
            Dense(encoder.texts(self.texts), self._owners, len(self.articles)) if encoder and self.texts else None
        )
        self._details = self._detailed()
        self._outside = [wording(line) for line in outside] if encoder else []
        self._outside_vectors = encoder.texts(outside) if encoder and outside else np.zeros((0, 0), np.float32)
        self.mix = self._mixed()
        self.learned = learned if learned is not None else self._learn()
        self._own: dict[int, Any] = {}

    def search(self, question: str) -> Found:
        """Return the articles a question may be about, best first."""
        weights = self._weights(question)
        exact = self._exact.get(wording(question), -1)
        if exact >= 0:
            weights = weights or dict.fromkeys(terms(self.articles[self.units[exact].article].title), 1.0)
        if not weights or not self.articles:
            return Found((), weights)
        units, channels, vector = self._channels(question, weights)
        total = channels.total(self.mix)
        first = self.units[exact].article if exact >= 0 else None
        order = sorted(np.argsort(-total, kind="stable")[:MOST_HITS].tolist(), key=lambda at: at != first)
        hits = tuple(self._hit(at, float(total[at]), units, weights) for at in order if total[at] > 0 or at == first)
        known = sum(term in self._in_units for term in weights) / len(weights)
        return Found(hits, weights, exact >= 0, known, self._outside_of(question, vector), channels, vector)

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
        if found.vector is not None and self._dense is not None:
            meaning = self._dense.vectors[self._passages(hit.article)] @ found.vector
            scores = scores / max(1e-9, float(scores.max())) + meaning
            return own[int(np.argmax(scores))]
        best = int(np.argmax(scores))
        held = set(terms(f"{own[best].heading}\n{own[best].body}"))
        total = sum(self._idf(term) * weight for term, weight in told.items())
        share = sum(self._idf(term) * weight for term, weight in told.items() if term in held)
        return own[best] if share and share >= STANDS_OUT * total else own[0]

    def position(self, slug: str) -> int | None:
        """Return where an article stands, or None if it is not here."""
        slugs = (article.slug for article in self.articles)
        return next((at for at, own in enumerate(slugs) if own == slug), None)

    def _channels(self, question: str, weights: dict[str, float]) -> tuple[Matrix, Channels, Matrix | None]:
        """Return how well every unit and every article fits, by each way of looking."""
        rarity = max(1e-9, sum(map(self._idf, weights)))
        spelt = self._spelt(question)
        words = (K1 + 1) * _scored(self._ranks, weights, len(self.units)) / rarity
        whole = (K1 + 1) * _scored(self._whole_ranks, weights, len(self.articles)) / rarity
        letters = self._grams.likeness(spelt)
        of_words: Matrix = ((self._of_articles(words) + whole) / 2).astype(np.float32)
        of_letters = self._of_articles(letters)
        if self._dense is None or self._encoder is None:
            nothing = np.zeros(len(self.articles), np.float32)
            return words + letters, Channels(nothing, nothing, nothing, of_words, of_letters, None), None
        vector = self._encoder.question(spelt)
        near = self._dense.units(vector)
        found = Channels(
            nearest=self._of_articles(near),
            detail=_best(self._details[0] @ vector, self._details[1]),
            centroid=self._dense.centroids(vector),
            words=of_words,
            letters=of_letters,
            learned=None if self.learned is None else dense.likely(self.learned, vector, letters),
        )
        return near + words + letters, found, vector

    def _outside_of(self, question: str, vector: Matrix | None) -> float:
        """Return the cosine with the nearest line out of scope that says anything else than the question does."""
        if vector is None or not self._outside:
            return 0.0
        said = wording(question)
        other = np.array([line != said for line in self._outside])
        return float((self._outside_vectors @ vector)[other].max(initial=0.0))

    def _of_articles(self, units: Matrix) -> Matrix:
        """Return the best unit's value for every article."""
        return _best(units, self._starts)

    def _detailed(self) -> tuple[Matrix, NDArray[np.int64]]:
        """Return the vectors of all runs of sentences, and where those of each article begin."""
        if self._encoder is None or not self.articles:
            return np.zeros((0, 0), np.float32), np.zeros(0, np.int64)
        own = [_details(article, cut) for article, cut in zip(self.articles, self.parts, strict=True)]
        starts = np.cumsum([0, *map(len, own[:-1])])
        return self._encoder.texts([text for texts in own for text in texts]), starts

    def _passages(self, article: int) -> slice:
        """Return where the passages of an article stand among the units: behind its title and asked lines."""
        start = int(self._starts[article]) + 1 + len(self.articles[article].lines)
        return slice(start, start + len(self.parts[article]))

    def _mixed(self) -> Mix:
        if self._dense is None:
            return LEXICAL
        return ASKED if self._many_ask(1) else LONG

    def _many_ask(self, lines: int) -> bool:
        """Whether most articles say how they are asked for, with so many lines at least."""
        return sum(len(article.lines) >= lines for article in self.articles) * 2 > len(self.articles)

    def _learn(self) -> Matrix | None:
        few = len(self.units) <= dense.MOST_UNITS and len(self.articles) > 1
        if self._dense is None or not few or not self._many_ask(ENOUGH_ASKED):
            return None
        return dense.classifier(self._dense.vectors, self._grams.alike(), self._owners, len(self.articles))

    def _units(self) -> list[str]:
        self.units: list[Unit] = []
        texts: list[str] = []
        for at, article in enumerate(self.articles):
            self.units.append(Unit(at, "title"))
            self.units += [Unit(at, "asked", i) for i in range(len(article.lines))]
            self.units += [Unit(at, "passage", i) for i in range(len(self.parts[at]))]
            texts += _texts(article, self.parts[at])
        return texts

    def _exactly(self) -> dict[str, int]:
        """Return the unit of each title and asked line, by its wording; -1 if articles share it."""
        exact: dict[str, int] = {}
        for at, (unit, text) in enumerate(zip(self.units, self.texts, strict=True)):
            if unit.kind != "passage":
                said = wording(text)
                other = exact.setdefault(said, at)
                if other >= 0 and self.units[other].article != unit.article:
                    exact[said] = -1
        return exact

    def _whole_terms(self) -> list[list[str]]:
        whole: list[list[str]] = [[] for _ in self.articles]
        for unit, unit_terms in zip(self.units, self._terms, strict=True):
            whole[unit.article] += unit_terms
        return whole

    def _article_words(self) -> tuple[frozenset[str], ...]:
        return tuple(map(frozenset, self._whole_terms()))

    def _own_ranks(self, article: int) -> Any:  # noqa: ANN401 - bm25s carries no types
        """Return the ranking of one article's passages, made when first needed."""
        if article not in self._own:
            texts = [terms(f"{part.heading}\n" * HEADING + part.body) for part in self.parts[article]]
            self._own[article] = _ranking(texts)
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

    def _spelt(self, question: str) -> str:
        """Return the question with its slips put right, for the ways of looking that read it whole."""
        return "".join(self._speller.corrected(run) or run for run in _RUN.findall(normalised(question)))

    def _idf(self, term: str) -> float:
        """Return how rare a term is; an unknown one counts as one that stands in a single unit."""
        often = max(1, self._in_units.get(term, 0))
        return math.log(1 + (len(self._terms) - often + 0.5) / (often + 0.5))

    def _hit(self, article: int, score: float, units: Matrix, weights: dict[str, float]) -> Hit:
        start = self._starts[article]
        end = self._starts[article + 1] if article + 1 < len(self.articles) else len(self.units)
        best = int(start + np.argmax(units[start:end]))
        return Hit(article, min(1.0, score), self.coverage(article, weights), best)


def unit_texts(articles: Sequence[Article]) -> list[str]:
    """Return every text of these articles that is searched by meaning, and so needs a vector."""
    cut_up = [(article, parts(article)) for article in articles]
    return [text for article, own in cut_up for text in (*_texts(article, own), *_details(article, own))]


def _texts(article: Article, own: Sequence[Part]) -> list[str]:
    """Return an article's title, asked lines and passages; a passage carries its title and heading."""
    passages = ["\n".join(filter(None, (article.title, part.heading, part.body))) for part in own]
    return [article.title, *article.lines, *passages]


def _details(article: Article, own: Sequence[Part]) -> list[str]:
    """Return the runs of sentences of an article, each under its heading."""
    return [f"{part.heading or article.title}: {text}" for part in own for text in details(part)]


def _best(values: Matrix, starts: NDArray[np.int64]) -> Matrix:
    """Return the highest of the values that belong to each article; ``starts``: where each article's begin."""
    best: Matrix = np.maximum.reduceat(values, starts)
    return best


def _ranking(texts: Sequence[Sequence[str]]) -> Any:  # noqa: ANN401 - bm25s carries no types
    if not any(texts):
        return None
    ranks = bm25s.BM25(k1=K1, b=B, method="lucene")
    ranks.index([list(text) for text in texts], show_progress=False)
    return ranks


def _scored(ranks: Any, weights: dict[str, float], length: int) -> NDArray[np.float32]:  # noqa: ANN401 - an array of the library
    """Return the BM25 score of every text; terms of one weight are looked up together."""
    total: NDArray[np.float32] = np.zeros(length, dtype=np.float32)
    for weight in sorted(set(weights.values())) if ranks is not None else ():
        known = [t for t, w in weights.items() if w == weight and t in ranks.vocab_dict]
        if known:
            total = total + weight * np.asarray(ranks.get_scores(known), np.float32)
    return total
