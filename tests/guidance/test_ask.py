"""``steward ask`` as a script meets it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from bot.ask import ask

KEYS = ["question", "decision", "article", "passage", "confidence", "candidates", "language"]


def test_json_is_one_object_a_line_with_the_promised_keys() -> None:
    out = io.StringIO()
    questions = ["whats posh\n", "report", "whats the weather", "", "i want to die"]
    assert ask(questions, None, as_json=True, out=out) == 0
    found = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [list(each) for each in found] == [KEYS] * len(questions)
    decisions = [each["decision"] for each in found]
    assert decisions == ["answer", "clarify", "hand_over", "hand_over", "crisis"]
    assert found[0]["question"] == "whats posh"
    assert found[0]["article"] == found[0]["candidates"][0]["article"] == "helplines"
    assert "0344 381 4772" in found[0]["passage"]
    assert all(each["article"] is each["passage"] is None for each in found[1:])
    assert all(len(each["candidates"]) <= 3 for each in found)


def test_words_show_passage_title_status_and_source() -> None:
    out = io.StringIO()
    assert ask(["should i take screenshots"], None, as_json=False, out=out) == 0
    said = out.getvalue()
    assert "from Keeping evidence" in said
    assert "Sample guidance, checked 25 November 2026, not yet approved by your union." in said
    assert "Source: SWGfL" in said
    assert "Never view, copy, screenshot" in said


def test_words_for_the_other_decisions() -> None:
    out = io.StringIO()
    ask(["report", "whats the weather", "i want to die"], None, as_json=False, out=out)
    said = out.getvalue()
    assert "1. " in said
    assert "ask a person at your union" in said
    assert "116 123" in said


def test_a_wrong_directory_is_explained_and_ends_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(["a"], tmp_path, as_json=True, out=io.StringIO()) == 2
    assert "guidance/en" in capsys.readouterr().err
