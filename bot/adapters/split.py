"""Cuts long words into messages a chat service takes: at paragraphs, else lines, sentences, words."""

from __future__ import annotations

from collections.abc import Callable

GOOD_CUTS = ("\n\n", "\n", ". ", "? ", " ")
"""Best first. A cut lies behind the sentence's end, so nothing but white space is lost."""
LEAST = 4
"""A cut is good only if it leaves at least a quarter of the room filled; else a worse kind is tried."""


def utf16(text: str) -> int:
    """Return a length as phones count it: an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int, length: Callable[[str], int] = len) -> tuple[str, ...]:
    """Return the text in parts of at most ``limit`` by ``length``, none of them blank."""
    parts: list[str] = []
    rest = text.strip()
    while length(rest) > limit:
        room = _room(rest, limit, length)
        place = _cut(rest, room)
        parts.append(rest[:place].rstrip())
        rest = rest[place:].lstrip()
    return tuple(part for part in (*parts, rest) if part)


def _room(text: str, limit: int, length: Callable[[str], int]) -> int:
    """Return how many characters fit; at least one, so that cutting ends."""
    room = min(len(text), limit)
    while room > 1 and length(text[:room]) > limit:
        room -= max(1, (length(text[:room]) - limit) // 2)
    return room


def _cut(text: str, room: int) -> int:
    for mark in GOOD_CUTS:
        place = text.rfind(mark, 0, room)
        if place >= room // LEAST:
            return place + len(mark.rstrip())
    return room
