"""Makes a content of as many articles as wanted out of our own, always the same for one number.

Each has the opening and asked lines of one of our articles and sections of two, in which content words are exchanged
for others of the content. Its vectors are that article's own with noise: what a search costs does not depend on them.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.encoder.minilm import LENGTH, minilm
from bot.guidance.articles import Article
from bot.guidance.passages import parts
from bot.guidance.words import STOP_WORDS
from bot.shelf import SHIPPED, contents

SEED: Final = 4
EXCHANGED: Final = 0.25  # of the content words: enough that no two articles say the same
SECTIONS: Final = 5
NOISE: Final = 0.8
WORD: Final = re.compile(r"[a-z]{5,}")


def written(folder: Path, count: int) -> None:
    """Write a content folder of ``count`` English articles."""
    chance = random.Random(SEED)  # noqa: S311 - an example, no secret
    own = [one for one in contents(SHIPPED).articles if one.language == "en" and one.answers]
    words = sorted({word for one in own for word in WORD.findall(one.body) if word not in STOP_WORDS})
    (folder / "guidance" / "en").mkdir(parents=True)
    for name in ("crisis.toml", "out_of_scope.txt"):
        shutil.copy(SHIPPED / name, folder / name)
    for number in range(count):
        first, second = own[number % len(own)], chance.choice(own)
        slug = f"{first.slug}-{number}"
        text = "\n".join(_article(first, second, number, words, chance))
        (folder / "guidance" / "en" / f"{slug}.md").write_text(text, "utf-8")


def _article(
    first: Article, second: Article, number: int, words: Sequence[str], chance: random.Random
) -> Iterator[str]:
    def varied(text: str) -> str:
        return WORD.sub(lambda found: chance.choice(words) if chance.random() < EXCHANGED else found[0], text)

    yield "---"
    yield f'title: "{varied(first.title).replace(chr(34), "")} {number}"'
    yield "asked:"
    yield from (f'  - "{varied(line).replace(chr(34), "")} {number}"' for line in first.lines[:8])
    yield "---"
    sections = [*parts(first)[:SECTIONS], *parts(second)[1:SECTIONS]]
    for part in sections:
        yield from ((f"## {part.heading}", "") if part.heading else ())
        yield f"{varied(part.body)}\n"


def vectors_of(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return vectors for texts of such a content, about as alike as those of real ones."""
    made = np.random.default_rng(SEED).normal(size=(len(texts), LENGTH))
    made *= NOISE / np.linalg.norm(made, axis=1, keepdims=True)
    likenesses = _likenesses()
    numbers = [int(found[1]) if (found := re.search(r" (\d+)$", text.split("\n")[0])) else 0 for text in texts]
    made += likenesses[np.array(numbers) % len(likenesses)]
    rows: NDArray[np.float32] = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)
    return rows


def _likenesses() -> NDArray[np.float32]:
    own: Mapping[str, str] = {
        one.slug: one.title for one in contents(SHIPPED).articles if one.language == "en" and one.answers
    }
    return minilm().encode([*own.values()])
