"""What members are told of what others found: only what anybody could see, until five have reported the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.hours import DAYTIME
from bot.messages import Choice, Delivery, Place, Reply, Text, Value
from bot.records import CameOf, Heard, HeardTogether
from bot.reports.outcomes import ENOUGH, SEEN_BY_ANYBODY, history

TOLD_WITHIN = timedelta(days=7)
"""What could not be told within a week is found under ``status``; a surprise of last month helps nobody."""


def teller(at: datetime, zone: ZoneInfo) -> Callable[[Heard], Delivery]:
    """Return what tells one member at once that something is gone, or there again; by day, never who said it."""

    def tell(heard: Heard) -> Delivery:
        key = f"told:{heard.outcome}:{heard.member}"
        return _told(key, heard.member, Reply(f"told-{heard.what}", _named(heard, zone), (_say(heard),)), at)

    return tell


def gathered(zone: ZoneInfo, member: str, every: Sequence[HeardTogether], now: datetime) -> Delivery:
    """Return the day's one message with everything that can wait."""
    said = tuple({one.value: one for one in (_say(told.heard) for told in every)}.values())
    reply = Reply("told-news", {"lines": tuple(_line(told, zone) for told in every)}, said)
    return _told(f"told:{member}:{now.astimezone(zone).date().isoformat()}", member, reply, now)


def _told(key: str, member: str, reply: Reply, at: datetime) -> Delivery:
    to = Place("chat", member)
    until = at + TOLD_WITHIN
    # Twice does no harm; never to hear it would.
    return Delivery(key, to, reply, at, until=until, hours=DAYTIME, order=f"member:{member}", unasked=True)


def _say(heard: Heard) -> Choice:
    return Choice(f"k:{heard.report}:ask", Text("button-check-say"))


def _named(heard: Heard, zone: ZoneInfo) -> dict[str, Value]:
    platform = Text(f"report-platform-{heard.platform}") if heard.platform else Text("report-platform-other")
    return {"day": heard.at.astimezone(zone).date(), "platform": platform}


def _line(told: HeardTogether, zone: ZoneInfo) -> Text:
    if told.heard.what in SEEN_BY_ANYBODY:
        return Text(f"told-line-{told.heard.what}", _named(told.heard, zone))
    values = {**_named(told.heard, zone), "what": Text(f"told-what-{told.heard.what}")}
    if told.saying >= ENOUGH:
        return Text("told-line", {**values, "saying": told.saying, "reporting": told.reporting})
    return Text("told-line-some" if told.saying else "told-line-officer", values)


def phrase(came_of: CameOf | None, zone: ZoneInfo) -> Text:
    """Return in a few words what became of a report, for its own member."""
    known = history(came_of.visible if came_of is not None else ())
    if known.now is not None:
        if known.now.what == "up" and known.last_seen_up is not None:
            return Text("came-up", {"day": known.last_seen_up.astimezone(zone).date()})
        what = "removed" if known.now.what == "gone" and known.now.by_platform else known.now.what
        return Text(f"came-{what}", {"day": known.now.at.astimezone(zone).date()})
    if known.answer is not None:
        return Text(f"came-{known.answer.what}")
    return Text("nothing")
