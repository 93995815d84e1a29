"""The ledger: what must leave the house, and the one place that decides whether it has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, func, select, update

from bot.messages import Delivery
from bot.records import Due
from bot.storage import claims, pacing, schema
from bot.storage.bodies import packed
from bot.storage.database import Database, insert_new
from bot.storage.keys import KeyStore
from bot.storage.lapsing import still_meant
from bot.storage.sealing import place, sealed_text
from bot.storage.threads import in_thread, one_write

LEASE = timedelta(minutes=5)
"""A claim older than this was left by a crash; sending a batch is bounded well below it."""
ROOMS = "officers"
"""The adapter that sends into rooms; which one that is, the app knows."""
ERROR_LETTERS = 200
NOBODY: Mapping[str, Mapping[str, str]] = MappingProxyType({})
NOTHING: Mapping[str, bytes] = MappingProxyType({})

row_of = schema.delivery
earlier = schema.delivery.alias("earlier")
DOUBTED = func.coalesce(row_of.c.doubted, row_of.c.sending_since)
"""Since the first try that may have arrived."""


def put(
    connection: Connection,
    store: KeyStore,
    deliveries: Sequence[Delivery],
    now: datetime,
    *,
    known: Mapping[str, Mapping[str, str]] = NOBODY,
    keys: Mapping[str, bytes] = NOTHING,
) -> int:
    """Write deliveries in the caller's transaction; a key that exists is left as it is.

    Rows of one call keep their order. One to a member who is not there (any more) is not written.
    Members the caller has just read are ``known`` (key and adapter by id), with their ``keys``.
    """
    others = {one.to.of for one in deliveries if one.to.kind == "chat"} - set(known)
    members: dict[str, Any] = {**known, **claims.members(connection, others)}
    ring = {**keys, **store.fetch({member["key"] for member in members.values()} - set(keys))}
    # A microsecond apart, so that "created" alone tells which of them comes first.
    moments = (now + timedelta(microseconds=position) for position in range(len(deliveries)))
    every = (_row(store, ring, one, members.get(one.to.of), at) for one, at in zip(deliveries, moments, strict=True))
    rows = [row for row in every if row is not None]
    return connection.execute(insert_new(connection, row_of), rows).rowcount if rows else 0


def _row(
    store: KeyStore, keys: dict[str, bytes], one: Delivery, member: Mapping[str, Any] | None, created: datetime
) -> dict[str, Any] | None:
    to_member = one.to.kind == "chat"
    if to_member and (member is None or member["key"] not in keys):
        return None
    key_id = member["key"] if to_member and member else store.house_id("ledger")
    ring = keys if to_member else {key_id: store.house("ledger")}
    return {
        "key": one.key,
        "adapter": member["adapter"] if to_member and member else ROOMS,
        "to_kind": one.to.kind,
        "to_of": one.to.of,
        "member": one.to.of if to_member else None,
        "body": sealed_text(ring, key_id, packed(one.reply).decode(), place("delivery", "body", one.key)),
        "due": one.due,
        "until": one.until,
        "hours": one.hours,
        "ord": f"bulk:{one.order}" if one.order and one.is_bulk else one.order,
        "unasked": one.unasked,
        "repeatable": one.repeatable,
        "secret": one.secret,
        "state": "waiting",
        "attempts": 0,
        "under": one.under,
        "instead": one.instead,
        "created": created,
    }


class StoredLedger:
    """The ledger in the main database; ``FOR UPDATE SKIP LOCKED`` keeps processes apart."""

    def __init__(self, database: Database, store: KeyStore) -> None:
        """Share the database and keys of the ``Store`` that made it.

        ``goes_at`` knows hours: it says when something that keeps to them may go, at or after a moment.
        """
        self._database = database
        self._store = store
        self.goes_at: Callable[[str, datetime], datetime] = _at_once

    @one_write
    def take(
        self, connection: Connection, now: datetime, adapters: Collection[str], limit: int, *, bulk: bool = False
    ) -> tuple[Due, ...]:
        """Claim up to ``limit`` due deliveries of these adapters, bulk ones at their pace; see ``bot.ports.Ledger``."""
        if not bulk:
            return self._claimed(connection, now, adapters, limit)
        taken: tuple[Due, ...] = ()
        for adapter in adapters:
            first = pacing.first_slot(connection, adapter, now)
            slots = min(limit - len(taken), pacing.slots(first, now))
            if slots > 0:
                some = self._claimed(connection, now, (adapter,), limit, slots)
                pacing.spend(connection, adapter, first, len(some))
                taken += tuple(replace(due, at=first + place * pacing.SLOT) for place, due in enumerate(some))
        return taken

    def _claimed(
        self, connection: Connection, now: datetime, adapters: Collection[str], limit: int, slots: int | None = None
    ) -> tuple[Due, ...]:
        """Of ``limit`` rows, cancel what must not be sent any more; claim the others, bulk ones as ``slots`` allow."""
        query = (
            select(row_of)
            .where(claims.ready(adapters, bulk=slots is not None), row_of.c.due <= now)
            .order_by(row_of.c.due, row_of.c.created, row_of.c.key)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = [row for row in connection.execute(query).mappings() if not self._waits(connection, row, now)]
        if not rows:
            return ()
        wanted = {row["member"] for row in rows if row["member"]}
        known = claims.members(connection, wanted)
        # A member whose row somebody is changing (a stop, perhaps) is left for the next time.
        steady = claims.members(connection, wanted, locked=True)
        keys = self._store.fetch({member["key"] for member in steady.values()})
        keys[self._store.house_id("ledger")] = self._store.house("ledger")
        remotes = claims.remotes(connection, rows)
        taken: list[Due] = []
        for row in rows:
            if len(taken) == slots:
                break
            if row["member"] in known and row["member"] not in steady:
                continue
            due = claims.due_of(row, steady.get(row["member"] or ""), keys, remotes, now)
            if isinstance(due, Due):
                due = still_meant(connection, due)
            claims.mark(connection, row["key"], now, due)
            taken += [due] if isinstance(due, Due) else []
        return tuple(taken)

    def _waits(self, connection: Connection, row: RowMapping, now: datetime) -> bool:
        """Let a delivery outside its hours wait for them; it is not cancelled, and no try is counted."""
        if row["hours"] is None:
            return False
        goes = self.goes_at(row["hours"], now)
        if goes > now:
            connection.execute(update(row_of).where(row_of.c.key == row["key"]).values(due=goes))
        return goes > now

    @one_write
    def sent(self, connection: Connection, key: str, now: datetime, remote_id: str | None) -> None:
        """Say that a claimed delivery arrived; the text of a secret one is erased at once."""
        remote = remote_id[:ERROR_LETTERS] if remote_id else None
        _settle(connection, key, state="sent", ended=now, last_error=None, remote_id=remote)
        # What took the place of a message that never arrived is that message from now on.
        replaced = select(earlier.c.instead).where(earlier.c.key == key).scalar_subquery()
        connection.execute(
            update(row_of).where(row_of.c.key == replaced, row_of.c.remote_id.is_(None)).values(remote_id=remote)
        )
        secret = and_(row_of.c.key == key, row_of.c.secret.is_(True))
        connection.execute(update(row_of).where(secret).values(body=None))

    @one_write
    def retry(
        self,
        connection: Connection,
        key: str,
        due: datetime,
        error: str,
        *,
        unclear: bool = False,
        hold: datetime | None = None,
    ) -> None:
        """Say that a claimed delivery did not arrive, or perhaps did (``unclear``); see ``bot.ports.Ledger``."""
        doubt = {"doubted": DOUBTED} if unclear else {}
        if hold is not None:
            adapter = connection.execute(select(row_of.c.adapter).where(row_of.c.key == key)).scalar_one()
            pacing.hold(connection, adapter, hold)
        _settle(connection, key, state="waiting", due=due, last_error=error[:ERROR_LETTERS], **doubt)

    @one_write
    def give_back(self, connection: Connection, key: str, due: datetime) -> None:
        """Say that a claimed delivery was not tried at all: it waits until ``due``."""
        _settle(connection, key, state="waiting", due=due, attempts=row_of.c.attempts - 1)

    @in_thread
    def held(self, adapter: str, now: datetime) -> datetime | None:
        """Return until when no bulk delivery of an adapter may go; None when it may."""
        with self._database.reading() as connection:
            return pacing.held(connection, adapter, now)

    @one_write
    def dead(self, connection: Connection, key: str, now: datetime, error: str) -> None:
        """Say that a claimed delivery will never be tried again."""
        _settle(connection, key, state="dead", ended=now, last_error=error[:ERROR_LETTERS])

    @one_write
    def unknown(self, connection: Connection, key: str, now: datetime, error: str) -> None:
        """Say that nobody can know whether a claimed delivery arrived; it is not repeated."""
        _settle(connection, key, state="unknown", ended=now, last_error=error[:ERROR_LETTERS])

    @one_write
    def recover(self, connection: Connection, adapters: Collection[str], now: datetime, *, sole: bool = False) -> int:
        """Let deliveries a crash left claimed wait again, in doubt; see ``bot.ports.Ledger``."""
        left = and_(row_of.c.state == "sending", row_of.c.adapter.in_(adapters))
        if not sole:
            left = and_(left, row_of.c.sending_since < now - LEASE)
        again = update(row_of).where(left).values(state="waiting", due=now, sending_since=None, doubted=DOUBTED)
        return connection.execute(again).rowcount

    @in_thread
    def next_due(self, adapters: Collection[str], now: datetime, *, bulk: bool = False) -> datetime | None:
        """Return when ``take`` will next find something; ``now`` at the earliest, None if nothing waits."""
        first: list[datetime] = []
        with self._database.reading() as connection:
            for adapter in adapters:
                query = select(row_of.c.due).where(claims.ready((adapter,), bulk=bulk)).order_by(row_of.c.due).limit(1)
                due: datetime | None = connection.execute(query).scalar()
                if due is not None:
                    first.append(pacing.next_look(connection, adapter, due) if bulk else due)
        return max(min(first), now) if first else None


def _at_once(_: str, at: datetime) -> datetime:
    """Know no hours: a calendar is put in its place when the house is opened."""
    return at


def _settle(connection: Connection, key: str, **values: Any) -> None:  # noqa: ANN401 - columns
    # Only a claimed row: after a recovery the row may already be somebody else's or ended.
    mine = and_(row_of.c.key == key, row_of.c.state == "sending")
    connection.execute(update(row_of).where(mine).values(sending_since=None, **values))
