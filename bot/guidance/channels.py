"""The ways of looking at a question side by side: one value an article from each, and their weighted sum."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Final

import numpy as np

from bot.guidance.dense import Matrix

NEVER: Final = -1.0  # below anything an article that fits can have


@dataclass(frozen=True, slots=True)
class Mix:
    """How much each way of looking counts."""

    nearest: float
    centroid: float
    words: float
    letters: float
    learned: float


@dataclass(frozen=True, slots=True)
class Channels:
    """For every article: cosine of its nearest unit and of its middle, words (BM25), letters, and the classifier.

    Arrays of length n; ``learned`` is None where there is no classifier.
    """

    nearest: Matrix
    centroid: Matrix
    words: Matrix
    letters: Matrix
    learned: Matrix | None

    def total(self, mix: Mix) -> Matrix:
        """Return the weighted mean, about in [0, 1]; raw values are comparable from question to question."""
        learned = self.learned if self.learned is not None else np.zeros_like(self.words)
        weight = mix.nearest + mix.centroid + mix.words + mix.letters + (mix.learned if self.learned is not None else 0)
        total: Matrix = (
            mix.nearest * self.nearest
            + mix.centroid * self.centroid
            + mix.words * self.words
            + mix.letters * self.letters
            + mix.learned * learned
        ) / weight
        return total

    def agreement(self, article: int, mix: Mix) -> float:
        """Return the share of the ways of looking in use that put this article first."""
        asked = [one.name for one in fields(mix) if getattr(mix, one.name) > 0]
        used = [values for values in (getattr(self, name) for name in asked) if values is not None]
        return sum(int(np.argmax(values)) == article for values in used) / max(1, len(used))

    def without(self, article: int) -> Channels:
        """Return the same as if this article were not there."""

        def masked(values: Matrix) -> Matrix:
            left = values.copy()
            left[article] = NEVER
            return left

        learned = self.learned
        if learned is not None:
            learned = learned.copy()
            learned[article] = 0.0
            learned = learned / max(1e-9, float(learned.sum()))
        near, middle, words, letters = map(masked, (self.nearest, self.centroid, self.words, self.letters))
        return replace(self, nearest=near, centroid=middle, words=words, letters=letters, learned=learned)
