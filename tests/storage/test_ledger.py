"""The ledger decides what was sent, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.changes import MemberChanged
from bot.storage.store import Store
from tests.storage.conftest import Home
from tests.storage.people import message, say, to_member, to_room

HERE = ("telegram",)


async def keys(store: Store, limit: int = 9) -> list[str]:
    """Claim what is due, bulk or not, and name it."""
    return [
        due.key for bulk in (False, True) for due in await store.ledger.take(store._clock(), HERE, limit, bulk=bulk)
    ]


async def state(store: Store, key: str) -> str:
    with store._database.reading() as connection:
        return str(connection.exec_driver_sql(f"SELECT state FROM delivery WHERE key = '{key}'").scalar())  # noqa: S608 - our own names


async def test_a_delivery_is_claimed_once(home: Home) -> None:
    one, two = await home.open(), await home.open()
    await say(one, "one", deliveries=tuple(to_member(one, "one", f"k{n}") for n in range(12)))
    claimed = await asyncio.gather(*(keys(store, 3) for store in (one, two, one, two, one, two)))
    every = [key for some in claimed for key in some]
    assert len(every) == len(set(every))
    every += await keys(one, 99)
    assert sorted(every) == sorted(f"k{n}" for n in range(12))


async def test_a_key_asked_for_twice_is_kept_once(store: Store) -> None:
    await say(store, "one", deliveries=(to_member(store, "one", "same"),))
    await say(store, "one", deliveries=(to_member(store, "one", "same", due=store._clock() + timedelta(hours=1)),))
    assert await keys(store) == ["same"]
    await store.ledger.sent("same", store._clock(), "77")
    await say(store, "one", deliveries=(to_member(store, "one", "same"),))
    assert await keys(store) == []


async def test_one_order_goes_one_after_the_other_and_a_dead_one_does_not_block(home: Home) -> None:
    store = await home.open()
    every = tuple(to_member(store, "one", key, order="chat") for key in ("z", "a", "m"))
    await say(store, "one", deliveries=every)
    assert await keys(store) == ["z"]
    assert await keys(store) == []
    later = store._clock() + timedelta(minutes=1)
    await store.ledger.retry("z", later, "busy")
    assert await keys(store) == []
    assert await store.ledger.next_due(HERE, store._clock()) == later
    home.clock.move(minutes=1)
    assert await keys(store) == ["z"]
    await store.ledger.dead("z", store._clock(), "blocked")
    assert await keys(store) == ["a"]
    await store.ledger.sent("a", store._clock(), None)
    assert await keys(store) == ["m"]


async def test_nothing_unasked_is_sent_after_a_stop(store: Store) -> None:
    unasked = to_member(store, "one", "news", unasked=True)
    await say(store, "one", deliveries=(unasked, to_member(store, "one", "asked")))
    await say(store, "one", MemberChanged(stopped=True))
    assert await keys(store) == ["asked"]
    assert await state(store, "news") == "cancelled"


async def test_what_is_too_late_is_cancelled(home: Home) -> None:
    store = await home.open()
    late = to_member(store, "one", "late", until=store._clock() + timedelta(minutes=5))
    await say(store, "one", deliveries=(late,))
    home.clock.move(minutes=6)
    assert await keys(store) == []
    assert await state(store, "late") == "cancelled"


async def test_after_a_crash_what_was_claimed_waits_again_in_doubt(home: Home) -> None:
    store = await home.open()
    await say(
        store, "one", deliveries=(to_member(store, "one", "again"), to_member(store, "one", "once", repeatable=False))
    )
    assert await keys(store) == ["again", "once"]
    await home.close()  # between claim and mark
    store = await home.open()
    assert await store.ledger.recover(HERE, store._clock()) == 0  # perhaps another process is sending
    assert await keys(store) == []
    began = store._clock()
    assert await store.ledger.recover(HERE, began, sole=True) == 2
    taken = await store.ledger.take(began, HERE, 10)
    assert [(due.key, due.repeatable, due.doubted) for due in taken] == [("again", True, began), ("once", False, began)]
    home.clock.move(minutes=6)
    assert await store.ledger.recover(HERE, store._clock()) == 2
    assert [due.doubted for due in await store.ledger.take(store._clock(), HERE, 10)] == [began, began]


async def test_a_receipts_text_is_gone_once_it_is_sent(store: Store) -> None:
    await say(store, "one", deliveries=(to_member(store, "one", "receipt", secret=True),))
    await keys(store)
    await store.ledger.sent("receipt", store._clock(), None)
    with store._database.reading() as connection:
        assert connection.exec_driver_sql("SELECT body FROM delivery").scalar() is None


async def test_rooms_and_members_know_their_address_and_language(store: Store) -> None:
    await say(store, "one", MemberChanged(language="cy"), deliveries=(to_room(store, "card"),))
    await say(store, "one", deliveries=(to_member(store, "one", "hello"),))
    taken = await store.ledger.take(store._clock(), ["telegram", "officers"], 9)
    told = {due.key: (due.adapter, due.address, due.language, due.attempts) for due in taken}
    assert told == {"card": ("officers", "cases", None, 1), "hello": ("telegram", "address of one", "cy", 1)}
    assert "address of one" not in repr(taken)


async def test_next_due_sees_only_what_take_would_give(store: Store) -> None:
    assert await store.ledger.next_due(HERE, store._clock()) is None
    await say(store, "one", deliveries=(to_member(store, "one", "k"), to_room(store, "card")))
    assert await store.ledger.next_due(HERE, store._clock()) == store._clock()
    await keys(store)
    assert await store.ledger.next_due(HERE, store._clock()) is None


async def test_to_somebody_unknown_nothing_is_written(store: Store) -> None:
    await say(store, "one", deliveries=(to_member(store, "nobody yet", "k"),))
    assert await store.ledger.next_due(HERE, store._clock()) is None
    assert (await store.situation(message(store))).member.revision == 1


async def test_what_nobody_sends_counts_as_stuck_after_an_hour(home: Home) -> None:
    store = await home.open()
    await say(store, "one", deliveries=(to_room(store, "card:1"),))
    assert await store.stuck.listed(home.clock.move(minutes=59)) == ()
    (one,) = await store.stuck.listed(home.clock.move(minutes=2))
    assert (one.kind, one.state, one.attempts) == ("card", "waiting", 0)


async def test_a_dead_delivery_whose_time_is_over_is_not_tried_again(home: Home) -> None:
    store = await home.open()
    late = to_room(store, "late:1", until=store._clock() + timedelta(hours=1))
    await say(store, "one", deliveries=(late,))
    (due,) = await store.ledger.take(store._clock(), ["officers"], 9)
    await store.ledger.dead(due.key, store._clock(), "no such room")
    assert await store.stuck.revive(home.clock.move(hours=2)) == 0
    assert [one.state for one in await store.stuck.listed(store._clock())] == ["dead"]
