"""Tables of texts and their features (words, runs of letters) that hold few values, kept feature by feature."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.guidance.dense import Matrix

Whole = NDArray[np.int64]


class Columns:
    """Values of texts (rows) by feature (columns); a question touches only the columns of its own features."""

    def __init__(self, rows: Whole, columns: Whole, values: NDArray[Any], height: int) -> None:
        """Keep the values that are given, each row and column once; ``height``: how many rows there are."""
        order = np.argsort(columns, kind="stable")
        self.height = height
        self.names, starts = np.unique(columns[order], return_index=True)
        self._starts = np.append(starts, len(order))
        self._rows = rows[order].astype(np.int32)
        self._values = values[order].astype(np.float32)

    def places(self, columns: Whole) -> tuple[Whole, NDArray[np.bool_]]:
        """Return where columns stand among ``names``, and which of them are there."""
        if not len(self.names):
            return np.zeros(len(columns), np.int64), np.zeros(len(columns), np.bool_)
        at = np.minimum(np.searchsorted(self.names, columns), len(self.names) - 1)
        return at, self.names[at] == columns

    def weighed(self, columns: Whole, weights: NDArray[Any]) -> Matrix:
        """Return, for every row, the sum of its values in these columns, each times the column's weight."""
        at, held = self.places(columns)
        begins, ends = self._starts[at[held]], self._starts[at[held] + 1]
        lengths = ends - begins
        before = np.cumsum(lengths) - lengths
        every = np.arange(int(lengths.sum())) + np.repeat(begins - before, lengths)
        shares = self._values[every] * np.repeat(weights[held], lengths)
        return np.bincount(self._rows[every], weights=shares, minlength=self.height).astype(np.float32)

    def added(self, shares: NDArray[Any]) -> Matrix:
        """Return, for every column of ``names``, the sum of its values, each times the share of its row."""
        widths = np.diff(self._starts)
        of = np.repeat(np.arange(len(self.names)), widths)
        weights = self._values * shares[self._rows]
        return np.bincount(of, weights=weights, minlength=len(self.names)).astype(np.float32)

    def alike(self) -> Matrix:
        """Return the product of every row with every other, (height, height)."""
        from scipy.sparse import csr_matrix  # noqa: PLC0415 - slow to import, and needed only when content changed

        of = np.repeat(np.arange(len(self.names)), np.diff(self._starts))
        rows = csr_matrix((self._values, (self._rows, of)), shape=(self.height, len(self.names)))
        return np.asarray((rows @ rows.T).toarray(), np.float32)
