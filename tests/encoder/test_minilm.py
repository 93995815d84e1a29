"""The encoder gives the same numbers as ever, and says plainly when it cannot be used."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.encoder.kept import RECENT, KeptVectors
from bot.encoder.minilm import LENGTH, MiniLM, NoModel, minilm

# The first eight numbers and the sum when everything that rests on them was measured.
MEASURED = {
    "someone made a fake account of me on tiktok": (
        [-0.180779, 0.047613, 0.016143, -0.06548, -0.007907, -0.098071, 0.109245, -0.020291],
        -0.078663,
    ),
    "x": ([-0.100206, -0.068896, -0.026241, -0.047764, 0.020233, -0.028015, 0.155258, 0.058229], 0.729833),
    "who sees this? " * 120: (  # more than it reads: cut off
        [-0.029103, -0.022443, -0.063133, -0.028627, 0.053873, 0.033463, 0.01737, -0.043347],
        -1.91962,
    ),
    "Mae rhywun wedi gwneud cyfrif ffug ohonof i 😀": (
        [-0.016569, 0.024712, 0.061783, -0.006829, -0.023054, 0.062094, 0.051965, 0.002156],
        -0.315102,
    ),
}


def test_it_gives_what_it_gave_when_it_was_measured() -> None:
    found = minilm().encode(list(MEASURED))
    assert found.shape == (len(MEASURED), LENGTH)
    assert found.dtype == np.float32
    for row, (begins, total) in zip(found, MEASURED.values(), strict=True):
        assert row[:8] == pytest.approx(begins, abs=2e-6)
        assert float(row.sum()) == pytest.approx(total, abs=2e-5)
        assert float(np.linalg.norm(row)) == pytest.approx(1.0, abs=1e-6)


def test_a_text_is_read_alike_alone_and_beside_others() -> None:
    texts = list(MEASURED)
    together = minilm().encode(texts)
    for text, row in zip(texts, together, strict=True):
        assert np.allclose(minilm().encode([text])[0], row, atol=1e-6)
    assert minilm().encode([]).shape == (0, LENGTH)
    assert np.isfinite(minilm().encode([""])).all()


def test_a_file_that_is_not_the_model_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "model.onnx"
    other.write_bytes(b"\x08\x01")
    with pytest.raises(NoModel, match="is not the file"):
        MiniLM(other)


def test_what_was_said_last_is_encoded_once_and_then_forgotten() -> None:
    asked: list[str] = []

    def encode(texts: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        asked.extend(texts)
        return np.ones((len(texts), LENGTH), np.float32)

    kept = KeptVectors(encode, None)  # type: ignore[arg-type]  # a list is a sequence
    kept.question("who sees this")
    kept.question("who sees this")
    assert asked == ["who sees this"]
    for number in range(RECENT):
        kept.question(f"another {number}")
    kept.question("who sees this")
    assert asked.count("who sees this") == 2
    assert not any("who sees this" in repr(value) for value in vars(kept).values())


def test_vectors_whose_file_was_lost_are_written_down_again(tmp_path: Path) -> None:
    encoded: list[str] = []

    def encode(texts: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        encoded.extend(texts)
        return np.ones((len(texts), LENGTH), np.float32)

    for _ in range(2):
        kept = KeptVectors(encode, tmp_path)  # type: ignore[arg-type]  # a list is a sequence
        kept.texts(["a passage"])
        kept.rest()
    assert encoded == ["a passage"]
