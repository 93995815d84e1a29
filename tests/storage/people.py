"""Members and what they send, as short as a test wants to say it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count

from uuid6 import uuid7

from bot.changes import CallSent, ReportSent
from bot.conversation.turn import Conversation, Turn
from bot.messages import Change, Delivery, Incoming, Place, Reply
from bot.records import Filed
from bot.reports.links import Link
from bot.storage.store import Store

numbers = count(1)


def message(store: Store, user: str = "one", *, adapter: str = "telegram") -> Incoming:
    """A new message of a member."""
    person = store.pseudonym(adapter, user)
    at = store._clock()
    return Incoming(
        f"m{next(numbers)}", "member", person, Place("chat", person), at, adapter, f"address of {user}", text="x"
    )


def officer(store: Store) -> Incoming:
    """A new message of officer one."""
    room = Place("channel", "cases")
    return Incoming(f"m{next(numbers)}", "officer", "officer one", room, store._clock(), "slack")


async def say(store: Store, user: str, *changes: Change, **turn: object) -> Incoming:
    """Let a member say something that leads to these changes."""
    said = message(store, user)
    await store.commit(said, await store.situation(said), Turn(changes=changes, **turn))  # type: ignore[arg-type]  # handed on by name
    return said


def link(name: str = "1") -> Link:
    """A link to one post."""
    return Link(f"https://www.tiktok.com/@account/video/{name}", "tiktok", "account", name)


def report(
    *links: Link, announce: Callable[[Filed], Sequence[Delivery]] = lambda _: (), **answers: object
) -> ReportSent:
    """A report about some links."""
    told = {"platform": "tiktok", "kinds": ["mockery"], "platform_reply": "none", "wish": "advice"} | answers
    return ReportSent(str(uuid7()), told, links=links, announce=announce)  # type: ignore[arg-type]  # handed on by name


def call(**answers: object) -> CallSent:
    """A wish to talk to a person."""
    return CallSent(str(uuid7()), answers)  # type: ignore[arg-type]  # handed on by name


def draft(at: datetime, **changes: object) -> Conversation:
    """A report being written."""
    return Conversation(id=str(uuid7()), form="IncidentReport", started=at).now(**changes)


def to_member(store: Store, user: str, key: str, **fields: object) -> Delivery:
    """A delivery to a member, due now."""
    person = store.pseudonym("telegram", user)
    one = Delivery(key, Place("chat", person), Reply("hello"), store._clock())
    return replace(one, **fields)  # type: ignore[arg-type]  # handed on by name


def to_room(store: Store, key: str, **fields: object) -> Delivery:
    """A delivery to the case room, due now."""
    one = Delivery(key, Place("channel", "cases"), Reply("card"), store._clock())
    return replace(one, **fields)  # type: ignore[arg-type]  # handed on by name
