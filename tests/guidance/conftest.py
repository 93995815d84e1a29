"""The shipped content, and small contents of a test's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.learning import Learning
from bot.shelf import SHIPPED, Shelf

Write = Callable[..., Path]


@pytest.fixture(scope="session")
def shipped() -> Shelf:
    """The content as shipped, with the encoder; its clock stands still."""
    learning = Learning()
    assert learning.encoder is not None, learning.trouble
    return Shelf(SHIPPED, lambda: 0.0, learning)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write one article under ``tmp_path`` and return its file."""

    def written(slug: str, *asked: str, body: str = "Some text.", **head: str) -> Path:
        file = tmp_path / "guidance" / "en" / f"{slug}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"title: About {slug}", "asked:", *(f'  - "{line}"' for line in asked or (slug,))]
        lines += [f"{key}: {value}" for key, value in head.items()]
        file.write_text("---\n" + "\n".join(lines) + f"\n---\n{body}\n", "utf-8")
        return file

    return written
