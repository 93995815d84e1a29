"""Looks at a question in every way there is: how well each unit and each article fits it by meaning, words, letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from bot.guidance import dense
from bot.guidance.articles import Article
from bot.guidance.channels import Channels, Mix
from bot.guidance.dense import Dense, Encoder, Matrix
from bot.guidance.grams import Grams
from bot.guidance.passages import Part
from bot.guidance.ranking import K1, Ranking
from bot.guidance.units import Starts, Units, best, runs

ENOUGH_ASKED: Final = 3  # lines; with fewer an article teaches the classifier nothing

# The weights measured before the house was built, and two ways of looking added since; half of the word channel looks
# at whole articles (docs/decisions/0007).
ASKED: Final = Mix(nearest=0.30, detail=0.15, centroid=0.30, words=0.20, letters=0.20, learned=0.40)
LONG: Final = Mix(nearest=0.25, detail=0.20, centroid=0.15, words=0.30, letters=0.30, learned=0.0)
LEXICAL: Final = Mix(nearest=0.0, detail=0.0, centroid=0.0, words=0.50, letters=0.50, learned=0.0)


class Ways:
    """All ways of looking at one set of articles; without ``encoder`` only by words and letters."""

    def __init__(
        self,
        articles: Sequence[Article],
        cut_up: Sequence[Sequence[Part]],
        units: Units,
        encoder: Encoder | None,
        learned: Matrix | None,
    ) -> None:
        """``learned``: the weights of the classifier, if they are known; else they are learned now."""
        self._articles = articles
        self._units = units
        self._words = Ranking(units.terms)
        self._whole = Ranking(units.whole())
        self._letters = Grams(units.texts)
        self._encoder = encoder
        reads = encoder if units.texts else None
        self.dense = Dense(reads.texts(units.texts), units.owners, len(articles)) if reads else None
        self._details = _detailed(articles, cut_up, reads)
        self.mix = self._mixed()
        self.learned = learned if learned is not None else self._learn()

    def look(self, spelt: str, weights: Mapping[str, float], rarity: float) -> tuple[Matrix, Channels, Matrix | None]:
        """Return how well every unit and every article fits, and the question's vector if there is an encoder.

        ``spelt``: the question with its slips put right; ``rarity``: how rare its terms are together.
        """
        words = (K1 + 1) * self._words.scores(weights) / rarity
        whole = (K1 + 1) * self._whole.scores(weights) / rarity
        letters = self._letters.likeness(spelt)
        of_words: Matrix = ((self._units.of_articles(words) + whole) / 2).astype(np.float32)
        of_letters = self._units.of_articles(letters)
        if self.dense is None or self._encoder is None:
            nothing = np.zeros(len(self._articles), np.float32)
            return words + letters, Channels(nothing, nothing, nothing, of_words, of_letters, None), None
        vector = self._encoder.question(spelt)
        near = self.dense.units(vector)
        found = Channels(
            nearest=self._units.of_articles(near),
            detail=best(self._details[0] @ vector, self._details[1]),
            centroid=self.dense.centroids(vector),
            words=of_words,
            letters=of_letters,
            learned=None if self.learned is None else dense.likely(self.learned, vector, letters),
        )
        return near + words + letters, found, vector

    def _mixed(self) -> Mix:
        if self.dense is None:
            return LEXICAL
        return ASKED if self._many_ask(1) else LONG

    def _many_ask(self, lines: int) -> bool:
        """Whether most articles say how they are asked for, with so many lines at least."""
        return sum(len(article.lines) >= lines for article in self._articles) * 2 > len(self._articles)

    def _learn(self) -> Matrix | None:
        few = len(self._units.all) <= dense.MOST_UNITS and len(self._articles) > 1
        if self.dense is None or not few or not self._many_ask(ENOUGH_ASKED):
            return None
        return dense.classifier(self.dense.vectors, self._letters.alike(), self._units.owners, len(self._articles))


def _detailed(
    articles: Sequence[Article], cut_up: Sequence[Sequence[Part]], encoder: Encoder | None
) -> tuple[Matrix, Starts]:
    """Return the vectors of all runs of sentences, and where those of each article begin."""
    if encoder is None:
        return np.zeros((0, 0), np.float32), np.zeros(0, np.int64)
    own = [runs(article, cut) for article, cut in zip(articles, cut_up, strict=True)]
    starts = np.cumsum([0, *map(len, own[:-1])])
    return encoder.texts([text for texts in own for text in texts]), starts
