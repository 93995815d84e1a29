"""Where links stand in free text, judged by their looks alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

LONGEST = 2048
"""Characters of one link; browsers and platforms cut longer ones."""

_TOKEN = re.compile(
    r"<(?P<slack>https?://[^|<>\s]{1,2048})\|[^<>\n]{0,300}>"  # Slack: <address|label>
    r"|[^\s<>\"“”«»`|\\^{}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+",  # apps copy unseen marks along
    re.IGNORECASE,
)
_SCHEME = re.compile(
    r"(?<![=/&?#%])(?<!%3A)https?:/{1,3}(?=[^/\s])"
    r"|(?<![\w=/&?#%.@-])https?%(?:25){0,3}3A(?:%(?:25){0,3}2F){2}(?=[^/\s])",  # encoded as a whole
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?<![\w@./=-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}[a-z]{2,24}(?=[/?#:.,;!)\]'\u2019*…]|$)",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?'\u2019\u2018*~…"
_PAIRS = {")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class Span:
    """Something that looks like a link, from ``start`` to ``end``. ``has_scheme``: starts with http."""

    start: int
    end: int
    address: str = field(repr=False)
    has_scheme: bool

    @property
    def is_plain(self) -> bool:
        """Whether it is a link for anybody who looks: a scheme, ``www.``, or a path behind a host."""
        return self.has_scheme or "/" in self.address or self.address[:4].lower() == "www."


def spans(text: str) -> Iterator[Span]:
    """Find what looks like a link, in the order of the text; time grows with its length only."""
    for token in _TOKEN.finditer(text):
        if token["slack"]:
            yield Span(token.start(), token.end(), token["slack"].replace("&amp;", "&"), has_scheme=True)
        elif "." in token[0]:
            yield from _pieces(token[0], token.start())


def without_links(text: str) -> str:
    """Return the text without its links, and without the gaps they leave."""
    kept, last = [], 0
    for span in spans(text):
        if span.is_plain:
            kept.append(text[last : span.start])
            last = span.end
    if not last:
        return text
    kept.append(text[last:])
    return re.sub(r"[ \t]{2,}", " ", "".join(kept).replace("<>", "")).strip()


def blanked(text: str) -> str:
    """Return the text with every link overwritten by spaces, so that positions stay."""
    kept, last = [], 0
    for span in spans(text):
        if span.is_plain:
            kept += [text[last : span.start], " " * (span.end - span.start)]
            last = span.end
    return "".join([*kept, text[last:]])


def _pieces(token: str, offset: int) -> Iterator[Span]:
    """Cut one token into links: several may be glued together, or hang on other words."""
    starts = [found.start() for found in _SCHEME.finditer(token)]
    bare = _BARE.search(token, 0, starts[0] if starts else len(token))
    if bare:
        yield from _piece(token, bare.start(), starts[0] if starts else len(token), offset, has_scheme=False)
    for start, end in pairwise([*starts, len(token)]):
        yield from _piece(token, start, end, offset, has_scheme=True)


def _piece(token: str, start: int, end: int, offset: int, *, has_scheme: bool) -> Iterator[Span]:
    if end - start > LONGEST:
        return
    address = _trimmed(token[start:end])
    if "." in address:
        yield Span(offset + start, offset + start + len(address), address.replace("&amp;", "&"), has_scheme)


def _trimmed(address: str) -> str:
    """Take off what belongs to the sentence: full stops, quotes, a bracket that was opened before."""
    while address:
        last = address[-1]
        closes = last in _PAIRS and address.count(last) > address.count(_PAIRS[last])
        if closes or last in _TRAILING:
            address = address[:-1]
        elif address[-2:] in ("'s", "\u2019s"):
            address = address[:-2]
        else:
            break
    return address
