"""The ways of looking at a question side by side: one value an article from each, and their weighted sum."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Final

import numpy as np

from bot.guidance.dense import Matrix

NEVER: Final = -1.0  # below anything an article that fits can have


@dataclass(frozen=True, slots=True)
class Mix:
    """How much each way of looking counts: three by meaning, words (BM25), letters, and the classifier."""

    nearest: float
    detail: float
    centroid: float
    words: float
    letters: float
    learned: float


@dataclass(frozen=True, slots=True)
class Channels:
    """For every article: cosine of its nearest unit, of its nearest few sentences, of its middle; as in ``Mix``.

    Arrays of length n; ``learned`` is None where there is no classifier.
    """

    nearest: Matrix
    detail: Matrix
    centroid: Matrix
    words: Matrix
    letters: Matrix
    learned: Matrix | None

    def total(self, mix: Mix) -> Matrix:
        """Return the weighted mean, about in [0, 1]; raw values are comparable from question to question."""
        used = [(getattr(mix, one.name), getattr(self, one.name)) for one in fields(mix)]
        counted = [(weight, values) for weight, values in used if values is not None]
        total: Matrix = sum(weight * values for weight, values in counted) / sum(weight for weight, _ in counted)
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
        others = {one.name: masked(getattr(self, one.name)) for one in fields(self) if one.name != "learned"}
        return replace(self, **others, learned=learned)
