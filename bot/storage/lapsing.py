"""Drops what must not be asked or told any more, in the transaction that sets a delivery sending."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from sqlalchemy import Connection, select

from bot.messages import Choice
from bot.records import Due
from bot.storage import schema

CHECK_IN = "checkin"
"""Keys of check-ins begin with it: ``checkin:<member>:<day>``, so that nobody is asked twice on one day."""
TOLD = "told"
"""Keys of what members are told of an item begin with it."""
PRESS = "k:"
"""Buttons about a report begin with it: ``k:<report>:<what>``."""


def still_meant(connection: Connection, due: Due) -> Due | str:
    """Return a delivery without the buttons of reports it lapsed for; why it must not be sent if none is left."""
    live_ones = LIVE.get(due.key.partition(":")[0])
    named = {name for choice in due.reply.choices if (name := _report_of(choice))}
    if live_ones is None or not named:
        return due
    live = live_ones(connection, named)
    if named <= live:
        return due
    kept = tuple(choice for choice in due.reply.choices if (_report_of(choice) or None) in {None, *live})
    return replace(due, reply=replace(due.reply, choices=kept)) if live else "lapsed"


def _report_of(choice: Choice) -> str:
    return choice.value.split(":")[1] if choice.value.startswith(PRESS) else ""


def _asked_about(connection: Connection, reports: Collection[str]) -> set[str]:
    row = schema.check_in
    return set(connection.execute(select(row.c.report).where(row.c.report.in_(reports))).scalars())


def _kept_posted(connection: Connection, reports: Collection[str]) -> set[str]:
    row = schema.report
    kept = row.c.id.in_(reports), row.c.keep_me_posted.is_(True), row.c.sealed.is_not(None)
    return set(connection.execute(select(row.c.id).where(*kept)).scalars())


LIVE: Mapping[str, Callable[[Connection, Collection[str]], set[str]]] = {CHECK_IN: _asked_about, TOLD: _kept_posted}
