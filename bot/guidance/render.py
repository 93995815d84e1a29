"""Markdown of an article as plain text: what it says, with lists kept and links written out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

INDENT: Final = "   "  # a nested list stands under its item's first word

_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def plain(markdown: str) -> str:
    """Return Markdown as plain text: links as "title (address)", "- " and numbers kept."""
    blocks: list[str] = []
    lists: list[int | None] = []  # the next number of each open list; None for bullets
    lead_in = ""
    for token in _MARKDOWN.parse(markdown):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            number = int(token.attrGet("start") or 1) if token.type[0] == "o" else None
            lists.append(number)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists.pop()
        elif token.type == "list_item_open":
            lead_in = _item(lists)
        elif token.type in {"inline", "code_block", "fence"}:
            words = _inline(token.children or ()) if token.type == "inline" else token.content
            text = _set_in(words.rstrip("\n"), lead_in, len(lists))
            blocks.append(("\n" if lists else "\n\n") + text)
            lead_in = ""
    return "".join(blocks).strip()


def _item(lists: list[int | None]) -> str:
    number = lists[-1]
    if number is None:
        return "- "
    lists[-1] = number + 1
    return f"{number}. "


def _set_in(words: str, lead_in: str, depth: int) -> str:
    """Return lines of a list item under each other, the first behind its mark."""
    if not depth:
        return words
    outer = INDENT * (depth - 1)
    first, *rest = words.split("\n")
    return "\n".join([outer + (lead_in or INDENT) + first, *(outer + INDENT + line for line in rest)])


def _inline(tokens: Sequence[Token]) -> str:
    written = ""
    links: list[tuple[str, int]] = []
    for token in tokens:
        if token.type == "link_open":
            links.append((str(token.attrGet("href") or ""), len(written)))
        elif token.type == "link_close" and links:
            address, start = links.pop()
            written += _address(address, written[start:])
        elif token.type in {"text", "code_inline"}:
            written += token.content
        elif token.type == "softbreak":
            written += " "
        elif token.type == "hardbreak":
            written += "\n"
        elif token.type == "image":
            written += token.content
    return written


def _address(address: str, title: str) -> str:
    """Return the address in brackets, unless the title already says it."""
    shown = address.removeprefix("mailto:").removeprefix("tel:")
    return "" if not shown or shown == title else f" ({shown})"
