"""The content directory: what changes in it changes the answers."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.guidance.crisis import BUILT_IN
from bot.shelf import LOOK_EVERY, SHIPPED, NoContent, Shelf

Write = Callable[..., Path]  # writes one article and returns its file


class Seconds:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_shipped_content_has_no_problem(shipped: Shelf) -> None:
    assert shipped.problems == ()
    assert {"first-steps", "evidence"} <= {article.slug for article in shipped.articles}


def test_withdrawn_deleted_and_new_files_count_within_seconds(write: Write, tmp_path: Path) -> None:
    clock = Seconds()
    write("pianos", "tune a piano")
    drums = write("drums", "hit a drum")
    shelf = Shelf(tmp_path, clock)
    assert shelf.answers().answer("tune a piano").decision == "answer"
    write("pianos", "tune a piano", status="withdrawn")
    drums.unlink()
    write("flutes", "blow a flute")
    clock.now += LOOK_EVERY - 1
    assert shelf.answers().answer("tune a piano").decision == "answer"
    clock.now += 1
    answers = shelf.answers()
    assert answers.answer("tune a piano").decision == "hand_over"
    assert answers.answer("hit a drum").decision == "hand_over"
    assert answers.answer("blow a flute").decision == "answer"


def test_nothing_is_read_again_when_nothing_changed(write: Write, tmp_path: Path) -> None:
    clock = Seconds()
    write("pianos")
    shelf = Shelf(tmp_path, clock)
    first = shelf.answers()
    clock.now += LOOK_EVERY * 10
    assert not shelf.refresh()
    assert shelf.answers() is first


def test_a_broken_file_is_named_and_the_others_answer(write: Write, tmp_path: Path) -> None:
    write("pianos", "tune a piano")
    broken = write("drums")
    broken.write_text("no dashes", "utf-8")
    write("flutes").write_bytes(b"\xff\xfe\x00")
    shelf = Shelf(tmp_path, Seconds())
    assert any("guidance/en/drums.md:1:" in problem for problem in shelf.problems)
    assert any("flutes.md:1: not UTF-8" in problem for problem in shelf.problems)
    assert shelf.answers().answer("tune a piano").decision == "answer"


def test_a_folder_without_articles_is_refused_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(NoContent, match="CONTENT_DIR"):
        Shelf(tmp_path / "missing", Seconds())


@pytest.mark.parametrize("text", [None, "not toml [", "[[lines]]\n", 'other = "key"'])
def test_without_readable_crisis_rules_the_built_in_ones_hold(write: Write, tmp_path: Path, text: str | None) -> None:
    write("pianos")
    if text is not None:
        (tmp_path / "crisis.toml").write_text(text, "utf-8")
    shelf = Shelf(tmp_path, Seconds())
    assert shelf.rules == BUILT_IN
    assert any("crisis.toml" in problem and "built-in" in problem for problem in shelf.problems)
    assert shelf.answers().is_crisis("i want to kill myself")


def test_lost_articles_leave_the_crisis_lines(write: Write, tmp_path: Path) -> None:
    clock = Seconds()
    write("pianos")
    shutil.copytree(tmp_path / "guidance", tmp_path / "content" / "guidance")
    shutil.copy(SHIPPED / "crisis.toml", tmp_path / "content")
    shelf = Shelf(tmp_path / "content", clock)
    shutil.rmtree(tmp_path / "content" / "guidance")
    clock.now += LOOK_EVERY
    assert shelf.answers().answer("whats posh").decision == "hand_over"
    assert shelf.answers().answer("i want to die").decision == "crisis"
