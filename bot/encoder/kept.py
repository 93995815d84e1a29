"""Vectors of the content, kept on disk by the hash of their text; vectors of questions are never kept."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.encoder.minilm import LENGTH, MODEL_SHA256

HASH_BYTES: Final = 16
MOST: Final = 60_000  # vectors in the file, 46 MB: those of the content read last, and of contents before it

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


class KeptVectors:
    """An encoder with a memory for the content's own texts. ``encode`` is only called for what is not kept."""

    def __init__(self, encode: Encode, folder: Path | None) -> None:
        """Read what is kept in ``folder``; a file that cannot be read counts as empty. None keeps nothing."""
        self._encode = encode
        self._file = None if folder is None else folder / f"vectors-{MODEL_SHA256[:12]}.npz"
        self._held: dict[bytes, NDArray[np.float16]] = {}
        self.load()

    def load(self) -> None:
        """Read what is kept by now."""
        if self._file is not None:
            self._held |= _read(self._file)

    def missing(self, texts: Sequence[str]) -> list[str]:
        """Return the different texts that have no vector yet."""
        return [text for text in dict.fromkeys(texts) if _hash(text) not in self._held]

    def texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of texts of the content, (n, 384), and remember them."""
        new = self.missing(texts)
        for text, vector in zip(new, self._encode(new) if new else (), strict=True):
            self._held[_hash(text)] = vector.astype(np.float16)
        held = np.array([self._held[_hash(text)] for text in texts], np.float32).reshape(-1, LENGTH)
        rows: NDArray[np.float32] = held / np.maximum(np.linalg.norm(held, axis=1, keepdims=True), 1e-9)
        return rows

    def question(self, words: str) -> NDArray[np.float32]:
        """Return the vector of what somebody asks, (384,); it is not remembered."""
        row: NDArray[np.float32] = self._encode([words])[0]
        return row

    def save(self) -> None:
        """Write what is held, all or nothing; without a place that can be written it is only not kept."""
        if self._file is None or not self._held:
            return
        newest = list(self._held.items())[-MOST:]
        hashes = np.frombuffer(b"".join(key for key, _ in newest), np.uint8).reshape(-1, HASH_BYTES)
        beside = self._file.with_name(f"{self._file.stem}.{os.getpid()}.npz")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            np.savez(beside, hashes=hashes, vectors=np.array([vector for _, vector in newest]))
            beside.replace(self._file)
        except OSError:
            beside.unlink(missing_ok=True)


def _hash(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=HASH_BYTES).digest()


def _read(file: Path) -> dict[bytes, NDArray[np.float16]]:
    try:
        with np.load(file, allow_pickle=False) as kept:
            hashes, vectors = kept["hashes"], kept["vectors"]
    except (OSError, ValueError, KeyError, EOFError):
        return {}
    if vectors.shape != (len(hashes), LENGTH) or hashes.shape[1:] != (HASH_BYTES,):
        return {}
    return {key.tobytes(): vector for key, vector in zip(hashes, vectors, strict=True)}
