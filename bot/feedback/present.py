"""Digests as replies (keys and values, no words) and as plain JSON."""

from __future__ import annotations

from datetime import tzinfo

from pydantic import JsonValue

from bot.feedback.digest import Digest, Part
from bot.feedback.gate import Released
from bot.messages import Reply, Text, Value


def figure(released: Released) -> Text:
    """Return a figure as it may be said: the number, "about" a number, or "fewer than 5"."""
    if released.value is None:
        return Text("figure-hidden", {"under": released.under})
    return Text("figure-about" if released.rounded else "figure", {"n": released.value})


def reply(digest: Digest, tz: tzinfo) -> Reply:
    """Return a digest as one reply of short lines; ``tz`` is where its times are read."""
    lines = [_heading(digest), _total(digest), *_tallies(digest), *_waiting(digest), *_heard(digest, tz)]
    return Reply(f"digest-{digest.period}", {"lines": tuple(lines)})


def as_json(digest: Digest) -> dict[str, JsonValue]:
    """Return a digest for scripts: a withheld figure is ``{"value": null, "fewer_than": 5}``."""
    return {
        "period": digest.period,
        "starts": digest.starts.isoformat(),
        "ends": digest.ends.isoformat(),
        "total": _plain(digest.total),
        "usual": list(digest.usual) if digest.usual else None,
        "by_platform": {part.of: _plain(part.figure) for part in digest.by_platform},
        "rest_hidden": digest.rest_hidden,
        "platform_replies": {part.of: _plain(part.figure) for part in digest.replies},
        "tallies": {what: _plain(released) for what, released in digest.tallies.items()},
        "waiting": digest.waiting.model_dump(mode="json"),
        "heard": {adapter: at.isoformat() for adapter, at in digest.heard.items()},
    }


def _plain(released: Released) -> dict[str, JsonValue]:
    if released.value is None:
        return {"value": None, "fewer_than": released.under}
    return {"value": released.value, "rounded": True} if released.rounded else {"value": released.value}


def _heading(digest: Digest) -> Text:
    if digest.period == "day":
        return Text("digest-heading-day", {"day": digest.starts})
    return Text("digest-heading-week", {"starts": digest.starts, "ends": digest.ends})


def _total(digest: Digest) -> Text:
    values: dict[str, Value] = {"total": figure(digest.total)}
    if digest.period == "day":
        return Text("digest-total-day", values)
    values["usual"] = (
        Text("digest-usual", {"low": digest.usual[0], "high": digest.usual[1]})
        if digest.usual
        else Text("digest-usual-unknown")
    )
    values["platforms"] = _platforms(digest)
    return Text("digest-total-week", values)


def _platforms(digest: Digest) -> Text:
    """Return the breakdown as one list; without any part that passed, one sentence says so."""
    if not digest.by_platform:
        return Text("digest-platforms-hidden", {"under": digest.total.under})
    items = tuple(_part("report-platform", part) for part in digest.by_platform)
    rest = (Text("digest-rest-hidden", {"under": digest.total.under}),) if digest.rest_hidden else ()
    return Text("list", {"items": items + rest})


def _part(prefix: str, part: Part) -> Text:
    return Text("digest-part", {"name": Text(f"{prefix}-{part.of}"), "figure": figure(part.figure)})


def _tallies(digest: Digest) -> list[Text]:
    lines = []
    if digest.replies:
        items = tuple(_part("report-platform_reply", part) for part in digest.replies)
        lines.append(Text("digest-replies", {"replies": Text("list", {"items": items})}))
    lines += [Text(f"digest-tally-{what}", {"figure": figure(n)}) for what, n in digest.tallies.items()]
    return lines


def _waiting(digest: Digest) -> list[Text]:
    work = digest.waiting
    lines = [Text("digest-waiting", {"open": work.open, "oldest": _oldest(digest)})]
    if work.urgent:
        lines.append(Text("digest-urgent", {"urgent": work.urgent}))
    if work.calls:
        lines.append(Text("digest-calls", {"calls": work.calls}))
    return lines


def _oldest(digest: Digest) -> Text:
    oldest = digest.waiting.oldest
    if oldest is None or not digest.waiting.open:
        return Text("nothing")
    return Text("digest-oldest", {"day": oldest})


def _heard(digest: Digest, tz: tzinfo) -> list[Text]:
    if not digest.heard:
        return []
    items = tuple(
        Text("digest-heard-from", {"adapter": Text(f"adapter-{adapter}"), "time": f"{at.astimezone(tz):%H:%M}"})
        for adapter, at in sorted(digest.heard.items())
    )
    return [Text("digest-heard", {"adapters": Text("list", {"items": items})})]
