"""``steward content`` as an editor meets it: clear lines, right exit codes, files that load."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.cli import content, main
from bot.guidance.articles import parse
from bot.shelf import SHIPPED

LINE = re.compile(r"(?:error|warning): [\w/.-]+\.(?:md|toml):\d+: .+\. .+\.")
OTHER = """\
---
title: Tuning a piano
asked: [how do i tune a piano, piano is out of tune, who tunes pianos, piano sounds wrong, tune it myself]
checked: {checked}
review_by: {review}
sources: [{{title: A tuner, link: "https://example.org/"}}]
nations: [england]
related: [{related}]
---
## Who tunes it

Ring a tuner. {body}
"""


@pytest.fixture
def small(empty_folder: Path) -> Path:
    """A content of one article, complete but for its length and its approval."""
    folder = empty_folder / "own"
    (folder / "guidance" / "en").mkdir(parents=True)
    shutil.copy(SHIPPED / "crisis.toml", folder)
    write(folder)
    return folder


def write(
    folder: Path, *, slug: str = "pianos", related: str = "", review: str = "2999-01-01", body: str = "They come home."
) -> Path:
    file = folder / "guidance" / "en" / f"{slug}.md"
    text = OTHER.format(checked="2026-01-02", review=review, related=related, body=body)
    file.write_text(text.replace("piano", slug.removesuffix("s")), "utf-8")
    return file


def run(folder: Path, *arguments: str) -> int:
    return main(["content", "--content", str(folder), *arguments])


def test_the_commands_are_those_that_are_promised() -> None:
    assert set(content.commands) == {"check", "preview", "new", "gaps"}


def test_the_shipped_content_has_nothing_to_mend(empty_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["content", "check"]) == 0
    said = capsys.readouterr().out
    assert "error: " not in said
    assert "articles: nothing to mend" in said
    assert "wait for the union's approval" in said
    assert re.search(r"^ +0\.\d\d +\d+ +\d+ +\d+% +\d+% to \d+%$", said, re.MULTILINE)
    assert re.search(r"It answers from 0\.\d\d on, offers choices from 0\.15 on", said)
    assert list(empty_folder.iterdir()) == []


def test_a_release_fails_while_something_is_not_approved(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(small, "check") == 0
    assert "error: " not in capsys.readouterr().out
    assert run(small, "check", "--release") == 1
    said = capsys.readouterr().out
    assert "error: guidance/en/pianos.md:1: not approved by the union." in said
    file = small / "guidance" / "en" / "pianos.md"
    file.write_text(file.read_text("utf-8").replace("---\n", "---\napproved_by: an officer\napproved: 2026-01-02\n", 1))
    assert run(small, "check", "--release") == 0


def test_every_line_says_where_what_and_how_to_mend(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(small, slug="drums", related="flutes", review="2026-01-03", body="Type /nothing.")
    (small / "guidance" / "en" / "broken.md").write_text("no dashes", "utf-8")
    assert run(small, "check") == 1
    lines = capsys.readouterr().out.split("\n")
    shown = [line for line in lines if line.startswith(("error", "warning"))]
    assert [line for line in shown if not LINE.fullmatch(line)] == []
    assert any(line.startswith("error: guidance/en/broken.md:1: no front matter.") for line in shown)
    assert any('guidance/en/drums.md:8: related names "flutes"' in line for line in shown)
    assert any("error: guidance/en/drums.md:12: /nothing is no command." in line for line in shown)
    assert any("warning: guidance/en/drums.md:5: review was due on 2026-01-03." in line for line in shown)


def test_a_line_that_another_article_answers_is_named(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(small, slug="drums")
    file.write_text(file.read_text("utf-8").replace("who tunes drums", "who tunes pianos"), "utf-8")
    assert run(small, "check") == 1
    said = capsys.readouterr().out
    assert 'error: guidance/en/pianos.md:3: "who tunes pianos" is asked in drums too.' in said


def test_without_articles_the_way_out_is_said(empty_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(empty_folder, "check") == 2
    assert "guidance/en/*.md" in capsys.readouterr().err


def test_a_preview_shows_what_members_get(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(small, "preview", "pianos") == 0
    said = capsys.readouterr().out
    assert "=== Passage 1 of 1 ===\nRing a tuner. They come home.\n" in said
    assert '"Who tunes it", from Tuning a piano. Sample guidance, checked 2 January 2026, not yet approved' in said
    assert "Source: A tuner, https://example.org/" in said
    assert "  asked: piano is out of tune\n" in said


def test_a_preview_of_a_shipped_article_carries_its_always(
    empty_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["content", "preview", "evidence"]) == 0
    said = capsys.readouterr().out
    passages = said.split("=== Passage ")[1:]
    assert len(passages) == 7
    assert all("Never view, copy, screenshot" in one for one in passages)
    assert "asked: " in said
    assert main(["content", "preview", "evidence", "--language", "cy"]) == 0
    assert "Nid yw'r testun Cymraeg hwn wedi'i gymeradwyo" in capsys.readouterr().out
    assert list(empty_folder.iterdir()) == []


def test_a_draft_can_be_previewed_and_an_unknown_slug_is_explained(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(small, "new", "old-drums") == 0
    assert run(small, "preview", "old-drums") == 0
    said = capsys.readouterr().out
    assert "marked draft, so members do not get it" in said
    assert "No asked line leads here." in said
    assert run(small, "preview", "nothing") == 2
    assert "nothing.md cannot be read" in capsys.readouterr().err


def test_a_new_article_is_a_draft_that_loads(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(small, "new", "staff-photos") == 0
    file = small / "guidance" / "en" / "staff-photos.md"
    assert str(file) in capsys.readouterr().out
    begun = parse(file.read_text("utf-8"), "staff-photos")
    assert (begun.title, begun.status, begun.asked) == ("Staff photos", "draft", ())
    assert begun.checked is not None
    assert begun.review_by is not None
    assert 85 <= (begun.review_by - begun.checked).days <= 95
    assert abs((begun.checked - date.today()).days) <= 1  # noqa: DTZ011 - the machine's own day is near enough
    assert run(small, "check") == 0


def test_a_new_translation_is_marked(small: Path) -> None:
    assert run(small, "new", "pianos", "--language", "cy") == 0
    text = (small / "guidance" / "cy" / "pianos.md").read_text("utf-8")
    assert parse(text, "pianos", "cy").translation == "unapproved"


@pytest.mark.parametrize(
    ("slug", "says"),
    [
        ("pianos", "is there already"),
        ("Staff Photos", "small letters"),
        ("../escape", "small letters"),
        ("staff_photos", "small letters"),
        ("a" * 51, "at most 50"),
    ],
)
def test_a_name_that_cannot_be_is_refused(
    small: Path, slug: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(small.rglob("*"))
    assert run(small, "new", slug) == 2
    assert says in capsys.readouterr().err
    assert sorted(small.rglob("*")) == before
