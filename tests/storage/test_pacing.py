"""Bulk goes out at its pace over all processes, and nothing else ever waits behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.changes import MemberChanged
from bot.conversation.turn import Turn
from bot.delivery import Deliveries
from bot.messages import Outgoing, Reply
from bot.ports import SendFailed, Slip
from bot.storage.pacing import AHEAD, REFILL, SLOT, slots
from bot.storage.store import Store
from tests.storage.conftest import MONDAY, Hands, Home
from tests.storage.people import message, say, to_member

SECOND = timedelta(seconds=1)
MOST, SERVICE_LIMIT = 25, 30


SLEPT_UNTIL: ContextVar[datetime | None] = ContextVar("slept until", default=None)
"""Each delivery is sent in a task of its own, and so has its own."""


class Post:
    """An adapter's sending half: when it was given what, by the hands of the clock."""

    def __init__(self, clock: Hands) -> None:
        self.clock = clock
        self.at: dict[str, datetime] = {}
        self.tried: list[str] = []
        self.fail: Callable[[str], Exception | None] = lambda _: None
        self.hangs = ""
        self.let_go = asyncio.Event()

    async def send(self, address: str, message: Outgoing, slip: Slip | None = None) -> str | None:
        """Keep it, fail or hang."""
        del address, slip
        self.tried.append(message.text)
        failure = self.fail(message.text)
        if failure is not None:
            raise failure
        if self.hangs and message.text.startswith(self.hangs):
            await self.let_go.wait()
        assert message.text not in self.at
        self.at[message.text] = SLEPT_UNTIL.get() or self.clock()
        return message.text

    async def find(self, address: str, slip: Slip, since: datetime) -> None:
        """Find nothing."""


def deliveries(store: Store, clock: Hands, **posts: Post) -> Deliveries:
    """What one process sends with; who waits for a slot has waited at once."""

    async def sleep(seconds: float) -> None:
        SLEPT_UNTIL.set(clock.now + timedelta(seconds=seconds))

    return Deliveries(store.ledger, posts, words, clock, lambda: 0.0, sleep=sleep)


def words(reply: Reply, language: str, adapter: str) -> Outgoing:
    """Say a reply's key."""
    del language, adapter
    return Outgoing(reply.key)


async def put(store: Store, user: str, *keys: str, adapter: str = "telegram", **fields: object) -> None:
    """Write deliveries whose words are their keys."""
    said = message(store, user, adapter=adapter)
    every = tuple(to_member(store, user, key, to=said.place, reply=Reply(key), **fields) for key in keys)
    await store.commit(said, await store.situation(said), Turn(deliveries=every))


def worst(moments: list[datetime]) -> int:
    """Return how many fell into the fullest second."""
    ordered = sorted(moments)
    return max(sum(start <= one < start + SECOND for one in ordered) for start in ordered)


async def test_two_processes_share_one_pace_and_receipts_never_wait(home: Home) -> None:
    one, two = await home.open(), await home.open()
    clock = home.clock
    post = Post(clock)
    both = [deliveries(store, clock, telegram=post) for store in (one, two)]
    bulk = [f"news{number}" for number in range(90)]
    await put(one, "one", *bulk, unasked=True)
    steps = receipts = 0
    while len(post.at) < len(bulk) + receipts:
        steps += 1
        if clock.now >= MONDAY + receipts * SECOND / 3:
            receipts += 1
            await put(two, "two", f"receipt{receipts}", secret=True)
            asked = clock.now
            await asyncio.gather(*(process.drain() for process in both))
            assert post.at[f"receipt{receipts}"] == asked
        await asyncio.gather(*(process.drain() for process in both))
        due = min([due for process in both if (due := await process.next_due())], default=clock.now)
        clock.now = max(clock.now, due) + timedelta(milliseconds=steps * 37 % 190)  # nobody wakes on the dot
    times = [post.at[key] for key in bulk]
    assert worst(times) <= MOST
    assert worst(list(post.at.values())) <= SERVICE_LIMIT
    rate = (len(times) - 1) / (max(times) - min(times)).total_seconds()
    assert rate >= 0.95 * MOST
    assert receipts >= 8


async def test_a_service_that_asks_to_slow_down_gets_no_bulk_but_replies(home: Home) -> None:
    store = await home.open()
    clock = home.clock
    telegram, slack = Post(clock), Post(clock)

    async def sleep(seconds: float) -> None:
        while seconds and await store.ledger.held("telegram", clock()) is None:
            assert not telegram.at  # the later slots come when the first was refused

    process = Deliveries(store.ledger, {"telegram": telegram, "slack": slack}, words, clock, lambda: 0.0, sleep=sleep)
    await put(store, "one", *(f"news{number}" for number in range(1, 7)), unasked=True)
    telegram.fail = lambda text: SendFailed("too many messages", wait=20.0, limited=True) if "news" in text else None
    async with asyncio.timeout(20):
        await process.drain()
    assert telegram.tried == ["news1"]
    await put(store, "one", "receipt")
    await put(store, "two", "elsewhere", adapter="slack", unasked=True)
    telegram.fail = lambda _: None
    clock.move(seconds=1)
    await process.drain()
    assert list(telegram.at) == ["receipt"]
    assert list(slack.at) == ["elsewhere"]
    assert await process.next_due() == MONDAY + timedelta(seconds=20)
    clock.move(seconds=18)
    process = deliveries(store, clock, telegram=telegram, slack=slack)
    await process.drain()
    assert list(telegram.at) == ["receipt"]
    clock.move(seconds=1)
    await process.drain()
    assert {"receipt", "news1", "news6"} <= set(telegram.at)
    assert min(at for text, at in telegram.at.items() if "news" in text) == MONDAY + timedelta(seconds=20)


async def test_a_reminder_that_waits_holds_up_no_receipt_of_its_member(home: Home) -> None:
    store = await home.open()
    process = deliveries(store, home.clock, telegram=(post := Post(home.clock)))
    await put(store, "one", "reminder", unasked=True, order="member")
    post.fail = lambda _: SendFailed("busy", wait=60.0)
    await process.drain()
    post.fail = lambda _: None
    await put(store, "one", "receipt", "after it", order="member")
    await process.drain()
    assert list(post.at) == ["receipt", "after it"]


async def test_what_is_not_sent_any_more_takes_nobodys_slot(home: Home) -> None:
    store = await home.open()
    await put(store, "gone", *(f"k{number}" for number in range(12)), unasked=True)
    await say(store, "gone", MemberChanged(stopped=True))
    await put(store, "one", "news", due=store._clock() + SLOT, unasked=True)
    home.clock.move(seconds=1)
    (due,) = await store.ledger.take(home.clock(), ["telegram"], 24, bulk=True)
    assert due.key == "news"


async def test_one_that_hangs_holds_up_nobody_else(home: Home) -> None:
    store = await home.open()
    post = Post(home.clock)
    post.hangs = "slow"
    process = deliveries(store, home.clock, telegram=post)
    await put(store, "one", "slow receipt", order="one")
    await put(store, "one", "slow news", unasked=True)
    draining = asyncio.create_task(process.drain())
    await put(store, "two", "receipt")
    async with asyncio.timeout(20):
        while "receipt" not in post.at:
            await asyncio.wait({draining}, timeout=0.01)
    assert not draining.done()
    post.let_go.set()
    assert await draining == 3


@pytest.mark.parametrize("kind", ["asked for", "bulk"])
async def test_a_lane_that_is_told_to_end_takes_no_more_and_ends_what_it_began(home: Home, kind: str) -> None:
    store = await home.open()
    post = Post(home.clock)
    post.hangs, is_bulk = "first", kind == "bulk"
    process = deliveries(store, home.clock, telegram=post)
    await put(store, "one", "first", "second", unasked=is_bulk, order="one")
    ending = asyncio.Event()
    lane = process.lanes()[is_bulk]
    draining = asyncio.create_task(lane.drain(ending.is_set))
    async with asyncio.timeout(20):
        while not await _claimed(store):
            await asyncio.wait({draining}, timeout=0.01)
    ending.set()
    await asyncio.wait({draining}, timeout=0.5)  # a look that was under way ends, and finds the order taken
    post.let_go.set()
    assert await draining == 1
    assert list(post.at) == ["first"]


async def _claimed(store: Store) -> bool:
    return "sending" in await store.stuck.counts()


@given(st.lists(st.integers(0, 400), min_size=10, max_size=100))
def test_no_second_holds_more_than_25_however_late_anybody_wakes(late: list[int]) -> None:
    now, free = MONDAY, MONDAY
    taken: list[datetime] = []
    for milliseconds in late:
        now = max(now, free - REFILL) + timedelta(milliseconds=milliseconds)
        first = max(free, now)
        count = slots(first, now)
        assert count >= 1
        assert now <= first + (count - 1) * SLOT <= now + AHEAD
        taken += [first + place * SLOT for place in range(count)]
        free = first + count * SLOT
    assert worst(taken) <= MOST
    if all(milliseconds <= REFILL / timedelta(milliseconds=1) for milliseconds in late):
        assert taken[-1] - taken[0] == (len(taken) - 1) * SLOT  # no slot was lost
