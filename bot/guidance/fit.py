"""What one language of a content taught: the classifier and the calibration, to be kept and used again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from bot.guidance.articles import Article
from bot.guidance.calibrate import calibrate
from bot.guidance.confidence import Bin, Calibration
from bot.guidance.dense import Encoder, Matrix
from bot.guidance.search import Index

WORK = 8
"""Raised whenever the search or what is learned changes, so that what was kept before is learned anew."""


@dataclass(frozen=True, slots=True)
class Fit:
    """``learned``: weights of the classifier (d + n + 1, articles), or None; they belong to one order of units."""

    learned: Matrix | None
    calibration: Calibration


def fit(
    articles: Sequence[Article],
    outside: Sequence[str],
    english: frozenset[str],
    encoder: Encoder | None,
    precision: float,
) -> Fit:
    """Learn from a content; ``articles`` in the order they will be searched in."""
    learned = Index(articles, english, encoder).learned if articles else None
    return Fit(learned, calibrate(articles, outside, english, encoder, precision))


def packed(made: Fit) -> dict[str, Any]:
    """Return a fit as arrays for ``numpy.savez``."""
    held: dict[str, Any] = {"calibration": np.array(json.dumps(asdict(made.calibration)))}
    return held if made.learned is None else {**held, "learned": made.learned}


def unpacked(held: Any) -> Fit:  # noqa: ANN401 - what numpy.load gives
    """Return the fit ``packed`` made arrays of. Raises ``ValueError``, ``KeyError`` or ``TypeError`` for another."""
    read = json.loads(str(held["calibration"]))
    read["table"] = tuple(Bin(**one) for one in read["table"])
    for name in ("means", "spreads", "weights"):
        read[name] = tuple(read[name])
    return Fit(held.get("learned"), Calibration(**read))
