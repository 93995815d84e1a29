"""Likeness by meaning: vectors of an encoder, and which article a vector most likely belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Matrix: TypeAlias = NDArray[np.float32]


class Encoder(Protocol):
    """Words to vectors of length 1. What somebody asks is never kept; the content's own texts may be."""

    def texts(self, texts: Sequence[str]) -> Matrix:
        """Return one row for each text of the content, (n, d)."""

    def question(self, words: str) -> Matrix:
        """Return the vector of what somebody asks, (d,)."""


MOST_UNITS: Final = 4_500  # past it the classifier takes minutes to learn and memory it does not earn
LOOSENESS: Final = 30.0  # the inverse weight of the penalty; chosen on held-out asked lines, flat from 10 to 100
ROUNDS: Final = 60  # of L-BFGS; further ones change no first place


class Dense:
    """The vectors of all units, article by article."""

    def __init__(self, vectors: Matrix, owners: NDArray[np.int64], articles: int) -> None:
        """``owners`` names the article of each row; rows of one article stand together, in order."""
        self.vectors = vectors
        sums = np.zeros((articles, vectors.shape[1]), np.float32)
        np.add.at(sums, owners, vectors)
        self._centroids = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)

    def units(self, question: Matrix) -> Matrix:
        """Return the cosine of a question (d,) with every unit."""
        likeness: Matrix = self.vectors @ question
        return likeness

    def centroids(self, question: Matrix) -> Matrix:
        """Return the cosine of a question with the middle of every article."""
        likeness: Matrix = self._centroids @ question
        return likeness


def classifier(vectors: Matrix, owners: NDArray[np.int64], articles: int) -> Matrix:
    """Return weights (d + 1, articles) of a softmax regression from units to their articles, L2-regularised.

    Ridge regression, tried first, was 3 points worse on held-out asked lines (docs/decisions/0006).
    """
    from scipy.optimize import minimize  # noqa: PLC0415 - half a second to import, needed only when content changed

    inputs = np.hstack([vectors, np.ones((len(vectors), 1), np.float32)])
    wanted = np.zeros((len(vectors), articles), np.float32)
    wanted[np.arange(len(vectors)), owners] = 1.0
    shape = (inputs.shape[1], articles)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(shape).astype(np.float32)
        share = probabilities(inputs @ weights)
        cost = -float(np.log(share[wanted > 0] + 1e-12).sum()) + 0.5 / LOOSENESS * float((weights[:-1] ** 2).sum())
        slope = inputs.T @ (share - wanted)
        slope[:-1] += weights[:-1] / LOOSENESS
        return cost, slope.ravel().astype(np.float64)

    found = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    learned: Matrix = found.x.reshape(shape).astype(np.float32)
    return learned


def likely(weights: Matrix, question: Matrix) -> Matrix:
    """Return the probability of each article for a question (d,); they add up to 1."""
    shares: Matrix = probabilities((question @ weights[:-1] + weights[-1])[None])[0]
    return shares


def probabilities(scores: Matrix) -> Matrix:
    """Return rows of scores as probabilities."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Matrix = raised / raised.sum(axis=1, keepdims=True)
    return shares
