"""Vectors of the content, kept on disk by the hash of their text; vectors of questions are never written down."""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.encoder.minilm import LENGTH, MODEL_SHA256

HASH_BYTES: Final = 16
MOST: Final = 60_000  # vectors in the file, 46 MB: those of the content read last, and of contents before it
RECENT: Final = 16
"""Vectors of what was said last: a message is heard for danger and searched for, whole and by up to eight sentences."""

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


class KeptVectors:
    """An encoder with a memory for the content's own texts. ``encode`` is only called for what is not kept."""

    def __init__(self, encode: Encode, folder: Path | None) -> None:
        """``folder`` keeps them; a file in it that cannot be read counts as empty. None keeps nothing."""
        self._encode = encode
        self._file = None if folder is None else folder / f"vectors-{MODEL_SHA256[:12]}.npz"
        self._held: dict[bytes, NDArray[np.float16]] = {}
        self._is_read = self._is_new = False
        self._lock = threading.RLock()  # a changed content is read in a thread of its own
        self._secret = secrets.token_bytes(HASH_BYTES)
        self._recent: dict[bytes, NDArray[np.float32]] = {}

    def load(self) -> None:
        """Read what is kept by now."""
        with self._lock:
            self._is_read = True
            if self._file is not None:
                self._held = _read(self._file) | self._held

    def rest(self) -> None:
        """Give back the memory of what is kept, written down if it is new; it is read again when it is needed."""
        with self._lock:
            if self._is_new:  # as after the file was lost: or every start would encode the same texts again
                self.save()
            if self._file is not None:
                self._held, self._is_read = {}, False

    def missing(self, texts: Sequence[str]) -> list[str]:
        """Return the different texts that have no vector yet."""
        with self._lock:
            if not self._is_read:
                self.load()
            return [text for text in dict.fromkeys(texts) if _hash(text) not in self._held]

    def texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of texts of the content, (n, 384), and remember them."""
        with self._lock:
            new = self.missing(texts)
            for text, vector in zip(new, self._encode(new) if new else (), strict=True):
                self._held[_hash(text)] = vector.astype(np.float16)
            self._is_new = self._is_new or bool(new)
            held = np.array([self._held[_hash(text)] for text in texts], np.float32).reshape(-1, LENGTH)
        rows: NDArray[np.float32] = held / np.maximum(np.linalg.norm(held, axis=1, keepdims=True), 1e-9)
        return rows

    def question(self, words: str) -> NDArray[np.float32]:
        """Return the vector of what somebody asks, (384,), which is forgotten when ``RECENT`` others were asked."""
        return self.questions([words])[0]

    def questions(self, words: Sequence[str]) -> list[NDArray[np.float32]]:
        """Return the vectors of some things somebody says, as ``question`` does; quicker than one by one."""
        said = [_hash(one, self._secret) for one in words]
        known = {key: self._recent[key] for key in said if key in self._recent}
        new = {key: one for key, one in zip(said, words, strict=True) if key not in known}
        made = dict(zip(new, self._encode([*new.values()]) if new else (), strict=True))
        self._recent.update(made)
        known.update(made)
        for old in list(self._recent)[:-RECENT]:
            self._recent.pop(old, None)
        return [known[key] for key in said]

    def save(self) -> None:
        """Write what is held and what others kept, whole or not at all; without a place it is only not kept."""
        if self._file is None or not self._held:
            return
        self.load()
        self._is_new = False
        newest = list(self._held.items())[-MOST:]
        hashes = np.frombuffer(b"".join(key for key, _ in newest), np.uint8).reshape(-1, HASH_BYTES)
        beside = self._file.with_name(f"{self._file.stem}.{os.getpid()}.npz")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            np.savez(beside, hashes=hashes, vectors=np.array([vector for _, vector in newest]))
            beside.replace(self._file)
        except OSError:
            beside.unlink(missing_ok=True)


def _hash(text: str, key: bytes = b"") -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=HASH_BYTES, key=key).digest()


def _read(file: Path) -> dict[bytes, NDArray[np.float16]]:
    try:
        with np.load(file, allow_pickle=False) as kept:
            hashes, vectors = kept["hashes"], kept["vectors"]
    except (OSError, ValueError, KeyError, EOFError):
        return {}
    if vectors.shape != (len(hashes), LENGTH) or hashes.shape[1:] != (HASH_BYTES,):
        return {}
    return {key.tobytes(): vector for key, vector in zip(hashes, vectors, strict=True)}
