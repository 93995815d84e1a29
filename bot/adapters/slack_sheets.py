"""Sheets to Slack's modals within its limits, and back; an acknowledgement that can say what is wrong in one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from bot.adapters.slack_blocks import SECTION_LETTERS, pieces
from bot.messages import Blank, Filled, Outgoing, Shown

CHAT = "chat"
"""What a modal opened in direct messages is called; one opened in a room has the room's name."""
TITLE_LETTERS = 24  # characters of a modal's title and of its buttons; Slack's limit
LABEL_LETTERS = 2_000  # characters of a question's label; Slack's limit
OPTION_LETTERS = 75  # characters of an option; Slack's limit
VALUE_LETTERS = 150  # characters an option says; Slack's limit
NAME_LETTERS = 255  # characters of a block's id; Slack's limit
ABOUT_LETTERS = 3_000  # characters of a modal's private metadata; Slack's limit
INPUT_LETTERS = 3_000  # characters somebody can write into one blank; Slack's limit
FEW_OPTIONS = 10  # as radio buttons or boxes; Slack's limit, more are a menu
MOST_OPTIONS = 100  # of a menu; Slack's limit
MOST_BLOCKS = 100  # of a modal; Slack's limit


def view(message: Outgoing, about: str, room: str) -> dict[str, Any] | None:
    """Return the modal of a message's sheet, or None if Slack would not take it.

    ``about`` is what the button said that asked for it, ``room`` where the answer goes: both come
    back when the sheet is sent, so nothing has to be remembered.
    """
    sheet = message.sheet
    if sheet is None or len(about) > ABOUT_LETTERS or not all(_fits(blank) for blank in sheet.blanks):
        return None
    words = [{"type": "section", "text": _plain(part)} for part in pieces(message.text, SECTION_LETTERS)]
    blocks = [*words, *(_input(blank) for blank in sheet.blanks)]
    names = {blank.name for blank in sheet.blanks}
    if not sheet.blanks or len(names) < len(sheet.blanks) or len(blocks) > MOST_BLOCKS:
        return None
    return {
        "type": "modal",
        "callback_id": room,
        "private_metadata": about,
        "title": _plain(_cut(sheet.title, TITLE_LETTERS)),
        "submit": _plain(_cut(sheet.send, TITLE_LETTERS)),
        "blocks": blocks,
    }


def filled(sent: Mapping[str, Any]) -> Filled:
    """Return what a modal sent back says, by question; what was left out is not there."""
    values = (sent.get("state") or {}).get("values") or {}
    given = ((name, _given(one)) for name, blanks in values.items() for one in blanks.values())
    return {name: value for name, value in given if value}


def errors(wrong: Mapping[str, str]) -> dict[str, Any]:
    """Return the acknowledgement that leaves a modal open and says what is wrong, under each question."""
    return {"response_action": "errors", "errors": {name: words or "…" for name, words in wrong.items()}}


class Ack:
    """What the acknowledgement of one update waits for."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._is_kept = asyncio.Event()
        self._has_gone = False
        self._wrong: dict[str, str] = {}

    def keep(self) -> None:
        """Say that what the update led to is kept."""
        self._is_kept.set()

    def take(self, answers: Sequence[Outgoing]) -> Sequence[Outgoing]:
        """Take what is wrong with a sheet if it can still be acknowledged; return the answers that are left to say."""
        if self._has_gone:
            return answers
        for answer in answers:
            self._wrong |= answer.wrong
        return [answer for answer in answers if not answer.wrong]

    async def wrong(self, seconds: float) -> Mapping[str, str]:
        """Wait until it is kept, or so long; return what is wrong with a sheet. After that it has gone out."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._is_kept.wait()
        self._has_gone = True
        return self._wrong


def _fits(blank: Blank) -> bool:
    if blank.kind not in ("one", "many"):
        return 0 < len(blank.name) <= NAME_LETTERS
    values = {option.pressed for option in blank.options}
    is_said = all(0 < len(value) <= VALUE_LETTERS for value in values)
    return 0 < len(blank.name) <= NAME_LETTERS and 0 < len(blank.options) <= MOST_OPTIONS and is_said


def _input(blank: Blank) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": blank.name,  # errors are told by it
        "label": _plain(_cut(blank.label, LABEL_LETTERS)),
        "optional": not blank.is_needed,
        "element": {"action_id": blank.name, **_element(blank)},
    }


def _element(blank: Blank) -> dict[str, Any]:
    if blank.kind == "day":
        return {"type": "datepicker"}
    if blank.kind in ("line", "lines"):
        limit = max(1, min(blank.limit, INPUT_LETTERS))
        return {"type": "plain_text_input", "multiline": blank.kind == "lines", "max_length": limit}
    is_few = len(blank.options) <= FEW_OPTIONS
    if blank.kind == "one":
        kind = "radio_buttons" if is_few else "static_select"
    else:
        kind = "checkboxes" if is_few else "multi_static_select"
    return {"type": kind, "options": list(_options(blank.options))}


def _options(options: Sequence[Shown]) -> Iterator[dict[str, Any]]:
    for option in options:
        yield {"text": _plain(_cut(option.label, OPTION_LETTERS)), "value": option.pressed}


def _given(blank: Mapping[str, Any]) -> str | tuple[str, ...]:
    if isinstance(several := blank.get("selected_options"), list):
        return tuple(str(one.get("value") or "") for one in several)
    one = blank.get("selected_option")
    value = one.get("value") if isinstance(one, dict) else blank.get("selected_date") or blank.get("value")
    return value if isinstance(value, str) else ""


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}


def _cut(text: str, limit: int) -> str:
    words = text.strip() or "…"
    return words if len(words) <= limit else f"{words[: limit - 1].rstrip()}…"
