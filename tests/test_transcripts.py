"""Whole conversations read as dialogue; the bot is restarted between every two lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.playing import Playing, settings_in

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.chat"))


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda file: file.stem)
async def test_conversation_goes_as_written(transcript: Path, tmp_path: Path) -> None:
    """``>`` is said, ``<`` must be shown (in this order), ``!`` must not be; ``as`` changes who speaks."""
    playing = Playing(settings_in(tmp_path))
    person, shown, rest = "a member", "", ""
    try:
        for number, line in enumerate(transcript.read_text("utf-8").splitlines(), 1):
            mark, _, words = line.partition(" ")
            where = f"{transcript.name}:{number}: {words!r} in {shown!r}"
            if mark == "keeps":  # what is held in memory needs a house that stays open
                playing.keeps = True
            elif mark == ">":
                shown = rest = await playing.says(words, person)
            elif mark == "<":
                assert words in rest, where
                rest = rest.partition(words)[2]
            elif mark == "!":
                assert words not in shown, where
            elif mark == "officers":
                assert words in playing.officers.getvalue(), f"{where} {playing.officers.getvalue()!r}"
            elif mark == "as":
                person = words
            elif mark == "silence":
                assert shown == "", where
            else:
                assert not mark or mark.startswith("#"), where
    finally:
        await playing.close()
