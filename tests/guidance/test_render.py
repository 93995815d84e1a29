"""Markdown as plain text."""

from __future__ import annotations

import pytest

from bot.guidance.render import plain


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("", ""),
        ("One **two** _three_ `four`.", "One two three four."),
        ("One\ntwo.\n\nThree.", "One two.\n\nThree."),
        ("Do:\n\n1. one\n2. two\n\nThen.", "Do:\n1. one\n2. two\n\nThen."),
        ("3. one\n4. two", "3. one\n4. two"),
        ("* one\n* two\n  * deep", "- one\n- two\n   - deep"),
        ("[its site](https://example.org/a)", "its site (https://example.org/a)"),
        ("<https://example.org>", "https://example.org"),
        ("[a@example.org](mailto:a@example.org)", "a@example.org"),
        ("[x](javascript:alert)", "[x](javascript:alert)"),
        ("## Title\n\nText", "Title\n\nText"),
        ("a <b>c</b> & d", "a <b>c</b> & d"),
        ("one  \ntwo", "one\ntwo"),
        ("1. one\n\n   more\n2. two", "1. one\n   more\n2. two"),
        (r"\# no heading", "# no heading"),
    ],
)
def test_markdown_reads_as_plain_text(markdown: str, text: str) -> None:
    assert plain(markdown) == text
