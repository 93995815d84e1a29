"""``steward ask``: each question gets one of the four decisions, as JSON or as plain words."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, TextIO

from bot.guidance.answer import WHOLE_LANGUAGE, Answer
from bot.guidance.crisis import lines
from bot.guidance.render import plain
from bot.language import recognised
from bot.learning import Learning
from bot.messages import Passage
from bot.shelf import SHIPPED, NoContent, Shelf

WRONG_USE: Final = 2  # what shells expect for a call that cannot work as asked


def ask(
    questions: Iterable[str],
    content_dir: Path | None,
    as_json: bool,  # noqa: FBT001 - the command line's own switch
    out: TextIO,
) -> int:
    """Write one answer a question to ``out``; return the exit code: 0, or 2 without content."""
    try:
        learning = Learning(say=_tell)
        shelf = Shelf(content_dir or SHIPPED, time.monotonic, learning)
    except NoContent as problem:
        sys.stderr.write(f"{problem}\n")
        return WRONG_USE
    if learning.trouble:
        _tell(learning.trouble)
    for left_out in shelf.problems:
        sys.stderr.write(f"Left out: {left_out}\n")
    for question in questions:
        words = question.rstrip("\r\n")
        language = recognised(words) or WHOLE_LANGUAGE
        answer = shelf.answers().answer(words, language=language)
        written = as_line(words, answer, language) if as_json else as_words(shelf, answer)
        out.write(f"{written}\n")
        out.flush()  # a script reads each answer before it asks the next question
    return 0


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def as_line(question: str, answer: Answer, language: str) -> str:
    """Return an answer as one line of JSON, with the keys of PRODUCT section 8.

    ``language`` is that of the question; the passage may be in another.
    """
    quoted = answer.passage
    return json.dumps(
        {
            "question": question,
            "decision": answer.decision,
            "article": quoted.article if quoted else None,
            "passage": quoted.body if quoted else None,
            "confidence": round(answer.confidence, 4),
            "candidates": [{"article": each.article, "score": round(each.score, 4)} for each in answer.candidates],
            "language": language,
        },
        ensure_ascii=False,
    )


def as_words(shelf: Shelf, answer: Answer) -> str:
    """Return an answer as a person at a terminal reads it."""
    if answer.decision == "crisis":
        today = datetime.now(UTC).date()
        said = lines(shelf.rules, today, None, language=answer.language)
        return "\n".join((*said, "This is a program. Nobody is reading this right now.", ""))
    if answer.passage is not None:
        return _quoted(answer.passage)
    if answer.decision == "clarify":
        titles = [f"  {i}. {each.title}" for i, each in enumerate(answer.candidates, start=1)]
        return "\n".join(("I am not sure which of these you mean:", *titles, ""))
    return "There is nothing about this in the guidance. Please ask a person at your union.\n"


def _quoted(passage: Passage) -> str:
    heading = f'"{passage.heading}", from {passage.title}' if passage.heading else passage.title
    written = [plain(passage.body), plain(passage.always), f"{heading}. {_status(passage)}."]
    if passage.source_title or passage.source_link:
        written.append(f"Source: {' - '.join(filter(None, (passage.source_title, passage.source_link)))}")
    return "\n".join(filter(None, written)) + "\n"


def _status(passage: Passage) -> str:
    checked = f"checked {_day(passage.checked)}" if passage.checked else "not dated"
    if passage.approved_by and passage.approved:
        return f"{checked.capitalize()}, approved by {passage.approved_by} on {_day(passage.approved)}"
    return f"Sample guidance, {checked}, not yet approved by your union"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
