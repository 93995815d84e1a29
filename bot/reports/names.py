"""The names a report gives: accounts and hashtags in the one form in which two reports of the same name meet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pydantic import JsonValue

from bot.reports.links import Link, Links

MOST = 40
"""Names of one report: the form takes ten links, and twenty lines each of accounts and hashtags at most."""

_EDGES = "@# \t.,;:!?\"'()[]<>\u200e\u200f\u2060\ufeff"
_INNER = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """An account on one platform, or a hashtag wherever it stands (``platform`` is empty)."""

    kind: Literal["account", "hashtag"]
    platform: str
    normal: str = field(repr=False)


def names(answers: Mapping[str, JsonValue], links: Sequence[Link], reader: Links) -> tuple[Name, ...]:
    """Return the names in a report's answers and links, each once, in one order for everybody."""
    platform = answers.get("platform")
    here = platform if isinstance(platform, str) else "other"
    found = {_account(link.platform, link.account) for link in links if link.account}
    found |= {_written(here, one, reader) for one in _lines(answers.get("accounts"))}
    found |= {_hashtag(one) for one in _lines(answers.get("hashtags"))}
    return tuple(sorted(name for name in found if name is not None and name.normal))[:MOST]


def normal(written: str) -> str:
    """Return a name as it is compared: compatible letters made one (NFKC), small, without @, # or spaces."""
    plain = unicodedata.normalize("NFKC", written).casefold()
    return unicodedata.normalize("NFKC", _INNER.sub("", plain.strip(_EDGES)).strip(_EDGES))


def _lines(value: JsonValue) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else []


def _written(platform: str, words: str, reader: Links) -> Name | None:
    """Return an account as somebody wrote it: a handle on the report's platform, or the profile's address."""
    link = next(iter(reader.find(words)), None)
    if link is not None:
        return _account(link.platform, link.account) if link.account else None
    return _account(platform, words)


def _account(platform: str, handle: str | None) -> Name | None:
    return Name("account", platform, normal(handle or ""))


def _hashtag(words: str) -> Name | None:
    return Name("hashtag", "", normal(words))
