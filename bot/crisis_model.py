"""Learns content/crisis_learned.npz from the examples beside it: ``make crisis-model``, after they changed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Final

import numpy as np

from bot.encoder.kept import KeptVectors
from bot.encoder.minilm import minilm
from bot.guidance.crisis import crisis
from bot.guidance.crisis_learned import learned_alarm, packed
from bot.guidance.words import normalised
from bot.learning import cache_folder
from bot.shelf import CRISIS_LEARNED, SHIPPED, contents

EXAMPLES: Final = "crisis_examples.tsv"


def examples(folder: Path) -> Iterator[tuple[str, bool]]:
    """Yield each text and whether it means danger: the examples, and what members ask and may ask as calm ones."""
    for row in (folder / EXAMPLES).read_text("utf-8").splitlines()[1:]:
        text, label, _ = row.split("\t")
        yield text, label == "crisis"
    held = contents(folder)
    for line in (*(line for article in held.articles for line in article.lines), *held.outside):
        yield line, False


def checksum(folder: Path) -> str:
    """Return a checksum of the examples, so that a test can tell a model that was not learned anew."""
    return blake2b((folder / EXAMPLES).read_bytes(), digest_size=16).hexdigest()


def main(folder: Path = SHIPPED) -> None:
    """Learn and write; the same examples always give the same model."""
    texts, danger = zip(*((normalised(text), means) for text, means in examples(folder)), strict=True)
    encoder = KeptVectors(minilm().encode, cache_folder())
    rules = contents(folder).rules
    fits = [crisis(rules, text) is not None for text in texts]
    alarm = learned_alarm(texts, encoder.texts(texts), fits, danger)
    encoder.save()
    np.savez_compressed(folder / CRISIS_LEARNED, examples=np.array(checksum(folder)), **packed(alarm))
    sys.stdout.write(f"{CRISIS_LEARNED}: learned from {len(texts)} texts, {sum(danger)} of danger\n")


if __name__ == "__main__":
    main()
