"""Deliveries go out once, in order, and come back with patience; the engine keeps them going."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.turn import Turn
from bot.delivery import ATTEMPTS, LONGEST_WAIT, Deliveries, mark, wait
from bot.engine.embedded import LONGEST_PAUSE, Embedded, pause
from bot.messages import Delivery, Incoming, Outgoing, Place, Reply
from bot.ports import SendFailed, Slip
from bot.storage.store import Store

START = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


class Hands:
    """A clock that is moved by hand."""

    now = START

    def __call__(self) -> datetime:
        return self.now


class Post:
    """An adapter's sending half that keeps what it was given, and fails as it was told to."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.slips: list[Slip | None] = []
        self.arrived: dict[str, str] = {}
        self.fail: Callable[[str], Exception | None] = lambda _: None

    async def send(self, address: str, message: Outgoing, slip: Slip | None = None) -> str | None:
        """Keep it, or fail."""
        failure = self.fail(message.text)
        if failure is not None:
            raise failure
        self.sent.append((address, message.text))
        self.slips.append(slip)
        return str(len(self.sent))

    async def find(self, address: str, slip: Slip, since: datetime) -> str | None:
        """Find what a test says has arrived."""
        assert address
        assert since <= START
        return self.arrived.get(slip.mark)


class Office:
    """A store, an adapter and the deliveries between them."""

    def __init__(self, store: Store, clock: Hands) -> None:
        self.store, self.clock, self.post = store, clock, Post()
        senders = {"telegram": self.post, "officers": self.post}
        self.deliveries = Deliveries(store.ledger, senders, self.words, clock, lambda: 0.0)
        self.person = store.pseudonym("telegram", "one")
        self.said = 0

    def words(self, reply: Reply, language: str, adapter: str) -> Outgoing:
        """Words that tell what they were made of."""
        return Outgoing(f"{reply.key} {language} {adapter}")

    async def put(self, *keys: str, **fields: object) -> None:
        """Write deliveries to the member, in the order given."""
        self.said += 1
        place = Place("chat", self.person)
        said = Incoming(str(self.said), "member", self.person, place, self.clock(), "telegram", "address")
        every = tuple(Delivery(key, place, Reply(key), self.clock(), **fields) for key in keys)  # type: ignore[arg-type]  # handed on by name
        await self.store.commit(said, await self.store.situation(said), Turn(deliveries=every))

    async def states(self) -> dict[str, tuple[str, int, str | None]]:
        """What the ledger says of each delivery."""
        with self.store._database.reading() as connection:
            rows = connection.exec_driver_sql("SELECT key, state, attempts, last_error FROM delivery")
            return {row.key: (row.state, row.attempts, row.last_error) for row in rows}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    clock = Hands()
    data, keys = (f"sqlite:///{tmp_path}/{name}.db" for name in ("data", "keys"))
    store = await Store.open(data, keys, b"k" * 32, clock)
    yield Office(store, clock)
    await store.close()


async def test_everything_due_is_sent_in_order(office: Office) -> None:
    keys = [f"k{n}" for n in (3, 1, 2)]
    await office.put(*keys, order="chat")
    assert await office.deliveries.drain() == 3
    assert office.post.sent == [("address", f"{key} en telegram") for key in keys]
    assert await office.deliveries.drain() == 0
    assert await office.deliveries.next_due() is None


async def test_a_failure_is_tried_again_and_holds_up_only_its_own_order(office: Office) -> None:
    office.post.fail = lambda text: SendFailed("busy", wait=30.0) if text.startswith("first") else None
    await office.put("first", "second", order="chat")
    await office.put("other")
    assert await office.deliveries.drain() == 1
    assert await office.deliveries.next_due() == START + timedelta(seconds=30)
    office.post.fail = lambda _: None
    office.clock.now = START + timedelta(seconds=30)
    assert await office.deliveries.drain() == 2
    assert [text.split()[0] for _, text in office.post.sent] == ["other", "first", "second"]


async def test_a_permanent_failure_is_dead_at_once(office: Office) -> None:
    office.post.fail = lambda text: SendFailed("blocked by member", permanent=True) if "first" in text else None
    await office.put("first", "second", order="chat")
    assert await office.deliveries.drain() == 1
    assert (await office.states())["first"] == ("dead", 1, "blocked by member")


async def test_it_gives_up_after_twelve_tries(office: Office) -> None:
    office.post.fail = lambda _: SendFailed("no route")
    await office.put("k")
    for _ in range(ATTEMPTS):
        await office.deliveries.drain()
        office.clock.now += timedelta(seconds=LONGEST_WAIT)
    assert await office.states() == {"k": ("dead", ATTEMPTS, "no route")}


async def test_an_adapters_mistake_is_recorded_by_kind_only(office: Office) -> None:
    office.post.fail = lambda _: RuntimeError("the words and the address")
    await office.put("k")
    await office.deliveries.drain()
    assert await office.states() == {"k": ("waiting", 1, "RuntimeError")}


async def test_whether_it_arrived_in_time_nobody_knows(office: Office) -> None:
    office.post.fail = lambda _: TimeoutError()
    await office.put("again")
    await office.put("once", repeatable=False)
    await office.deliveries.drain()
    told = await office.states()
    assert (told["again"][0], told["once"][0]) == ("waiting", "waiting")
    office.post.fail = lambda _: None
    office.clock.now += timedelta(minutes=1)
    await office.deliveries.drain()
    told = await office.states()
    assert (told["again"][0], told["once"][0]) == ("sent", "unknown")
    assert len(office.post.sent) == 1


async def test_what_is_found_to_have_arrived_is_not_sent_again(office: Office) -> None:
    await office.put("again")
    await office.put("once", repeatable=False)
    await office.store.ledger.take(office.clock(), ["telegram"], 2)
    assert await office.deliveries.recover(sole=True) == 2
    office.post.arrived = {mark("again"): "7", mark("once"): "8"}
    assert await office.deliveries.drain() == 2
    assert office.post.sent == []
    assert {state for state, *_ in (await office.states()).values()} == {"sent"}


async def test_a_delivery_goes_under_or_in_the_place_of_an_earlier_one(office: Office) -> None:
    await office.put("card", order="case")
    await office.put("line", order="case", under="card")
    await office.put("renewed", order="case", instead="card")
    assert await office.deliveries.drain() == 3
    assert office.post.slips == [
        Slip(mark("card")),
        Slip(mark("line"), under="1"),
        Slip(mark("renewed"), instead="1"),
    ]


async def test_what_takes_the_place_of_a_message_that_never_arrived_is_that_message(office: Office) -> None:
    office.post.fail = lambda text: SendFailed("no", permanent=True) if text.startswith("card") else None
    await office.put("card", order="case")
    for key in ("renewed", "again"):
        office.clock.now += timedelta(seconds=1)
        await office.put(key, order="case", instead="card")
    await office.deliveries.drain()
    assert office.post.slips == [Slip(mark("renewed")), Slip(mark("again"), instead="1")]


async def test_what_a_crash_left_claimed_is_sent_after_the_start(office: Office) -> None:
    await office.put("k")
    await office.store.ledger.take(office.clock(), ["telegram"], 1)
    assert await office.deliveries.drain() == 0
    assert await office.deliveries.recover(sole=True) == 1
    assert await office.deliveries.drain() == 1


@given(st.integers(1, 10_000), st.floats(0, 0.999), st.none() | st.floats(0, 10_000))
def test_waits_grow_are_bounded_and_obey(attempt: int, chance: float, asked: float | None) -> None:
    seconds = wait(attempt, chance, asked)
    assert 1.0 <= seconds <= max(LONGEST_WAIT, asked or 0)
    assert asked is None or seconds >= asked
    assert 0 <= pause(attempt) <= LONGEST_PAUSE


class Engine:
    """An embedded engine whose pauses end at once and are written down."""

    def __init__(self, *failures: Exception | None) -> None:
        self.failures = list(failures)
        self.pauses: list[float] = []
        self.told: list[tuple[str, str]] = []
        self.drained = self.rounds = 0
        self.engine = Embedded(
            lambda: [self], [self.one_round], Hands(), lambda *told: self.told.append(told[:2]), sleep=self.sleep
        )

    async def drain(self, is_ending: Callable[[], bool] = lambda: False) -> int:
        assert not is_ending()
        self.drained += 1
        failure = self.failures.pop(0) if self.failures else None
        if not self.failures:
            self.engine.stop()
        if failure is not None:
            raise failure
        return 0

    async def next_due(self) -> datetime | None:
        return START + timedelta(seconds=7)

    async def one_round(self) -> None:
        self.rounds += 1
        raise ValueError("words")

    async def sleep(self, event: asyncio.Event, seconds: float) -> None:
        assert not event.is_set() or self.failures == []
        self.pauses.append(seconds)
        await asyncio.sleep(0)


async def test_the_engine_goes_on_after_failures_with_growing_pauses() -> None:
    run = Engine(OSError("words"), OSError("words"), OSError("words"), None, None)
    await run.engine.run()
    assert run.drained == 5
    assert [seconds for seconds in run.pauses if seconds in (1.0, 2.0, 4.0)] == [1.0, 2.0, 4.0]
    assert 7.0 in run.pauses
    assert ("deliveries", "OSError") in run.told
    assert ("round", "ValueError") in run.told
    assert "words" not in str(run.told)


async def test_a_wake_up_during_a_look_is_not_missed(office: Office) -> None:
    class Looks:
        async def drain(self, is_ending: Callable[[], bool] = lambda: False) -> int:
            sent = await office.deliveries.drain()
            if not office.said:
                await office.put("during the look")
            if office.post.sent:
                engine.stop()
                assert is_ending()
            return sent

        async def next_due(self) -> datetime | None:
            return None  # only the wake-up can bring it on

    engine = Embedded(lambda: [Looks()], [], office.clock, lambda *_: None)
    office.store.on_delivery = engine.wake
    async with asyncio.timeout(10):
        await engine.run()
    assert len(office.post.sent) == 1
