"""When a post was made, where its number holds it; nothing else is guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Literal, TypeAlias

Clockwork: TypeAlias = Literal["tiktok", "x", "discord"]
"""Whose way of counting a number follows."""

_LARGEST = 2**64
_FIRST_TIKTOK = datetime(2014, 1, 1, tzinfo=UTC)  # the first clips its ids know are from 2014
_LAST = datetime(2100, 1, 1, tzinfo=UTC)
_X_EPOCH = timedelta(milliseconds=1_288_834_974_657)
_FIRST_X = datetime(2010, 11, 5, tzinfo=UTC)  # the day after X began to count this way; older numbers hold no time
_DISCORD_EPOCH = timedelta(milliseconds=1_420_070_400_000)
_FIRST_DISCORD = datetime(2015, 1, 2, tzinfo=UTC)  # numbers that are too small would all fall on its first day
_START = datetime(1970, 1, 1, tzinfo=UTC)


def _number(post: str) -> int:
    is_one = post.isascii() and post.isdigit() and len(post) <= len(str(_LARGEST))
    return int(post) if is_one and int(post) < _LARGEST else 0


def tiktok_time(post: str) -> datetime | None:
    """Return when a TikTok post was made (UTC): the top 32 of its id's 64 bits are Unix seconds.

    None when the number is no such id, that is when the year would not be 2014 to 2099.
    """
    return _sane(_START + timedelta(seconds=_number(post) >> 32), _FIRST_TIKTOK)


def x_time(post: str) -> datetime | None:
    """Return when a post on X was made (UTC): milliseconds since November 2010 stand above 22 bits."""
    return _sane(_START + _X_EPOCH + timedelta(milliseconds=_number(post) >> 22), _FIRST_X)


def discord_time(post: str) -> datetime | None:
    """Return when a Discord message was written (UTC): milliseconds since 2015 stand above 22 bits."""
    return _sane(_START + _DISCORD_EPOCH + timedelta(milliseconds=_number(post) >> 22), _FIRST_DISCORD)


def _sane(made: datetime, first: datetime) -> datetime | None:
    return made.replace(microsecond=0) if first <= made < _LAST else None


TIMES: Mapping[Clockwork, Callable[[str], datetime | None]] = {
    "tiktok": tiktok_time,
    "x": x_time,
    "discord": discord_time,
}
