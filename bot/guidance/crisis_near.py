"""Whether what somebody wrote lies much nearer to sentences of danger than to calm ones.

A second line behind the patterns of ``bot.guidance.crisis``: it may add an alarm, never take one away.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np
from numpy.typing import NDArray

# Measured with MiniLM on the tune half of crisis_unseen.tsv, the older set and 1,181 questions of other fields: the
# mean of three neighbours with this lead found more at fewer false alarms than one neighbour or a logistic regression.
NEIGHBOURS: Final = 3
NEAR_ENOUGH: Final = 0.40  # mean cosine to the crisis sentences; below, the question is about something else
LEAD: Final = 0.10  # by which they must be nearer than the calm ones
MOST_SENTENCES: Final = 8  # of a long message, its last ones: each costs an encoding

Vectors = NDArray[np.float32]

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


class Near:
    """Compares vectors of length 1 with those of the content's own crisis and calm sentences."""

    def __init__(self, crisis: Vectors, calm: Vectors) -> None:
        """Take the vectors of both kinds of sentences, (n, d) each; both must have rows."""
        if not len(crisis) or not len(calm):
            message = "nearness needs sentences of both kinds"
            raise ValueError(message)
        self._crisis = crisis
        self._calm = calm

    def alarms(self, vectors: Vectors) -> bool:
        """Whether one of these vectors, (n, d), is near to danger and clearly nearer than to calm."""
        danger = _nearness(vectors, self._crisis)
        lead = danger - _nearness(vectors, self._calm)
        return bool(((danger >= NEAR_ENOUGH) & (lead >= LEAD)).any())


def readings(words: str) -> tuple[str, ...]:
    """Return what to encode of a message: all of it, and its last sentences if it has several."""
    sentences = [part for part in _SENTENCE_END.split(words.strip()) if len(part.split()) > 1]
    return (words, *(sentences[-MOST_SENTENCES:] if len(sentences) > 1 else ()))


def _nearness(vectors: Vectors, known: Vectors) -> Vectors:
    """Return the mean cosine of each vector to its nearest known ones, (n,)."""
    nearest: Vectors = np.sort(vectors @ known.T, axis=1)[:, -NEIGHBOURS:]
    mean: Vectors = nearest.mean(axis=1)
    return mean
