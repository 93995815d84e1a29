"""Words and buttons to Slack's blocks, within its published limits and with nothing in them that fires."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import groupby
from typing import Any

from bot.messages import Outgoing, Shown

SECTION_LETTERS = 3_000  # characters in the text of a section; Slack's limit
MESSAGE_LETTERS = 8_000  # of one message: five times as many when all are escaped is Slack's 40,000
LABEL_LETTERS = 75  # characters on a button; Slack's limit
LINK_LETTERS = 3_000  # characters of a button's address; Slack's limit
ROW = 5  # buttons in a row: more wrap untidily on a phone
LONG_ROW = 25  # elements of one actions block; Slack's limit
MOST_BUTTONS = 100  # no question has as many; past it Slack's 50 blocks would be in danger with short rows
INVISIBLE = "\u200b"
"""Stands before words that begin with a slash: Slack takes a message like that for a command."""
SENTENCE = re.compile(r"(?<=[.?!…])\s+")


def spoken(message: Outgoing) -> dict[str, Any]:
    """Return the payload of one message of at most ``MESSAGE_LETTERS``, without its channel.

    Words stand in ``plain_text``, where Slack reads no mention, link or formatting; the fallback
    ``text``, which phones show in notifications, is escaped.
    """
    words = _harmless(message.text)
    fallback = words if words.strip() else " · ".join(button.label for button in message.buttons)
    blocks = [_section(part) for part in pieces(words, SECTION_LETTERS)] + list(_rows(message.buttons))
    return {
        "text": escaped(fallback),
        "blocks": blocks,
        "mrkdwn": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def parts(message: Outgoing) -> tuple[Outgoing, ...]:
    """Return a message as several that Slack takes, buttons under the last; none if there is nothing to say."""
    texts = pieces(message.text, MESSAGE_LETTERS) or ([""] if message.buttons else [])
    last = len(texts) - 1
    return tuple(Outgoing(text, message.buttons if place == last else ()) for place, text in enumerate(texts))


def pieces(text: str, limit: int) -> list[str]:
    """Return a text in pieces of at most ``limit`` characters: cut between paragraphs, lines, sentences, words."""
    found: list[str] = []
    rest = text.strip()
    while len(rest) > limit:
        cut = _cut(rest, limit)
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*found, rest] if rest else found


def escaped(text: str) -> str:
    """Return words in which Slack finds no mention, channel or link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _cut(text: str, limit: int) -> int:
    """Return where to cut: the last border of the best kind in the second half, else at the limit."""
    head = text[:limit]
    for mark in ("\n\n", "\n"):
        found = head.rfind(mark, limit // 2)
        if found > 0:
            return found
    sentences = [match.end() for match in SENTENCE.finditer(head) if match.end() > limit // 2]
    if sentences:
        return sentences[-1]
    found = head.rfind(" ", limit // 2)
    return found if found > 0 else limit


def _harmless(text: str) -> str:
    return f"{INVISIBLE}{text}" if text.lstrip().startswith("/") else text


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": _plain(text)}


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}  # no :word: becomes a picture


def _rows(buttons: Sequence[Shown]) -> Iterator[dict[str, Any]]:
    shown = buttons[:MOST_BUTTONS]
    length = ROW if len(shown) <= MOST_BUTTONS // 2 else LONG_ROW
    placed = list(enumerate(shown))
    for _, row in groupby(placed, key=lambda one: one[1].row):
        elements = [_button(place, button) for place, button in row]
        for start in range(0, len(elements), length):
            yield {"type": "actions", "elements": elements[start : start + length]}


def _button(place: int, button: Shown) -> dict[str, Any]:
    label = button.label.strip() or "…"
    if len(label) > LABEL_LETTERS:
        label = f"{label[: LABEL_LETTERS - 1].rstrip()}…"
    made = {
        "type": "button",
        "action_id": f"{place}-{sha256(button.pressed.encode()).hexdigest()[:12]}",  # unique where two say the same
        "text": _plain(label),
    }
    if button.link and button.link.startswith(("https://", "http://")) and len(button.link) <= LINK_LETTERS:
        return {**made, "url": button.link}
    return {**made, "value": button.pressed}
