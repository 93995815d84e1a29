"""Whether what somebody wrote is like many examples of danger, by meaning and by letters.

A second line behind the patterns of ``bot.guidance.crisis``: it may add an alarm, never take one away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.guidance.dense import Matrix, classifier
from bot.guidance.grams import Grams, counted
from bot.guidance.words import normalised

# At 0.85 it and the patterns caught 87 of 100 sentences neither had seen, the patterns alone 63; of calm ones written
# to tempt it 2 in 100 more alarmed (docs/decisions/0008).
ALARM: Final = 0.85
MOST_SENTENCES: Final = 8  # of a long message, its last ones: each costs an encoding

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True, slots=True)
class LearnedAlarm:
    """A logistic regression: weights of a vector (d,), of runs of letters (by place), and the constant.

    ``idf`` is the rarity of each of ``places``, ``rarest`` that of a run no example had.
    """

    vector: Matrix
    places: NDArray[np.int64]
    letters: Matrix
    idf: Matrix
    rarest: float
    constant: float

    def sure(self, words: str, vector: Matrix) -> float:
        """Return the probability that words mean danger; ``vector`` (d,) is what the encoder makes of them."""
        places, counts = counted(words)
        at = np.minimum(np.searchsorted(self.places, places), len(self.places) - 1)
        known = self.places[at] == places
        weights = counts * np.where(known, self.idf[at], self.rarest)
        length = max(1e-9, float(np.sqrt((weights**2).sum())))
        said = float(weights[known] @ self.letters[at[known]]) / length
        return float(1 / (1 + np.exp(-(float(vector @ self.vector) + said + self.constant))))


def readings(words: str) -> tuple[str, ...]:
    """Return what is read of a message, in one shape: all of it, and its last sentences if it has several."""
    sentences = [part for part in _SENTENCE_END.split(words.strip()) if len(part.split()) > 1]
    return tuple(map(normalised, (words, *(sentences[-MOST_SENTENCES:] if len(sentences) > 1 else ()))))


def learned_alarm(texts: Sequence[str], vectors: Matrix, danger: Sequence[bool]) -> LearnedAlarm:
    """Learn from examples, as ``readings`` shapes them; ``vectors`` (n, d), ``danger`` tells which mean danger."""
    grams = Grams(texts)
    weights = classifier(vectors, grams.alike(), np.array(danger, np.int64), 2)
    apart = weights[:, 1] - weights[:, 0]
    width = vectors.shape[1]
    letters = grams.together(apart[width:-1])
    used = np.flatnonzero(letters)
    places, rarity = grams.places[used], grams.rarity[used]
    return LearnedAlarm(apart[:width], places, letters[used], rarity, grams.rarest, float(apart[-1]))


def packed(alarm: LearnedAlarm) -> dict[str, Any]:
    """Return what was learned as arrays for ``numpy.savez``; half precision is enough."""
    held = {one.name: getattr(alarm, one.name) for one in fields(alarm)}
    return {name: np.float16(value) if name in {"letters", "idf"} else np.array(value) for name, value in held.items()}


def unpacked(held: Any) -> LearnedAlarm:  # noqa: ANN401 - what numpy.load gives
    """Return what ``packed`` made arrays of. Raises ``KeyError`` or ``ValueError`` for anything else."""
    arrays = {name: np.asarray(held[name], np.float32) for name in ("vector", "letters", "idf")}
    return LearnedAlarm(
        **arrays,
        places=np.asarray(held["places"], np.int64),
        rarest=float(held["rarest"]),
        constant=float(held["constant"]),
    )
