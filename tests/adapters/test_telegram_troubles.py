"""Whatever Telegram's server does: clear lines, growing pauses, nothing lost, and no word or token in a log."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.adapters import LONGEST_PAUSE, pause
from bot.adapters.telegram_chats import Account, Telegram
from bot.messages import Incoming, Outgoing
from bot.ports import SendFailed
from tests.adapters.living import Ticking, Union, free_port
from tests.servers.faults import Fault
from tests.servers.telegram import PATIENCE, TOKEN, TelegramServer

CANARY = "canary-9d41"


class Heard:
    """A house that keeps what it heard and answers it."""

    def __init__(self, answer: str = "heard") -> None:
        self.said: list[Incoming] = []
        self.answer = answer

    async def __call__(self, said: Incoming) -> Sequence[Outgoing]:
        self.said.append(said)
        return (Outgoing(f"{self.answer} {said.text}"),)


class Bot:
    """An adapter whose pauses end at once and are written down."""

    def __init__(self, url: str, **more: object) -> None:
        self.lines: list[str] = []
        self.pauses: list[float] = []
        self.tenth = asyncio.Event()
        account = Account(TOKEN, url, read_seconds=0.3, poll_seconds=1, **more)  # type: ignore[arg-type]  # handed on by name
        self.adapter = Telegram(account, lambda _, user: f"p{user}", Ticking(), self.lines.append, self.sleep)
        self.heard = Heard()

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        if len(self.pauses) == 10:
            self.tenth.set()
        await asyncio.sleep(0)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.adapter.run(self.heard))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as one:
        yield one


@pytest.mark.parametrize("kind", ["500", "hang", "drop", "garbage", "empty", "429"])
async def test_a_bad_start_ends_in_lines_and_growing_pauses_and_then_in_a_start(
    kind: Fault, server: TelegramServer
) -> None:
    server.fault("getMe", kind, times=4, seconds=20)
    bot = Bot(server.url)
    async with bot.running():
        server.member().says("hello")
        await server.member().hears("heard hello")
        assert bot.adapter.is_up
    assert bot.pauses[:4] == ([20.0] * 4 if kind == "429" else [1.0, 2.0, 4.0, 8.0])
    assert len(bot.lines) == 5
    assert all("Trying again in" in line and TOKEN not in line for line in bot.lines[:4])
    assert bot.lines[4] == "telegram: @steward_bot, by long polling"


@pytest.mark.parametrize("kind", ["500", "hang", "drop", "garbage", "empty", "429"])
async def test_trouble_in_the_middle_loses_no_message(kind: Fault, server: TelegramServer) -> None:
    bot = Bot(server.url)
    async with bot.running():
        member = server.member()
        member.says("one")
        await member.hears("heard one")
        server.fault("getUpdates", kind, times=2)
        member.says("two")
        await server.until(lambda: sum(name.startswith("fault") for name, _ in server.calls) == 2)
        member.says("three")
        await member.hears("heard three")
        await server.until(lambda: server.is_idle)
    assert len(bot.pauses) >= 2
    assert {said.text for said in bot.heard.said} == {"one", "two", "three"}
    assert len({said.id for said in bot.heard.said}) == 3


async def test_a_server_that_is_not_there_burns_no_core() -> None:
    bot = Bot(f"http://127.0.0.1:{free_port()}")
    async with bot.running():
        async with asyncio.timeout(PATIENCE):
            await bot.tenth.wait()
    assert bot.pauses[:10] == [pause(number) for number in range(1, 11)]
    assert pause(10) == LONGEST_PAUSE == max(bot.pauses)
    assert not bot.adapter.is_up


async def test_a_wrong_token_is_named(server: TelegramServer) -> None:
    bot = Bot(server.url)
    bot.adapter = Telegram(Account(CANARY, server.url), lambda *_: "p", Ticking(), bot.lines.append, bot.sleep)
    async with bot.running():
        await server.until(lambda: len(server.refused) > 1)
    assert "TELEGRAM_TOKEN" in bot.lines[0]
    assert CANARY not in "".join(bot.lines)


async def test_an_update_nobody_can_read_holds_up_no_other(server: TelegramServer) -> None:
    bot = Bot(server.url)
    async with bot.running():
        server.happens(message={"broken": True})
        server.happens(something_new={"from": "next year"})
        server.member().says("after it")
        await server.member().hears("heard after it")


async def test_sending_fails_by_kind(server: TelegramServer) -> None:
    bot = Bot(server.url)
    member = server.member()
    async with bot.running():
        with pytest.raises(SendFailed) as caught:
            await bot.adapter.send("404", Outgoing(CANARY))
        assert (caught.value.reason, caught.value.permanent) == ("chat not found", True)
        member.blocked = True
        with pytest.raises(SendFailed) as caught:
            await bot.adapter.send(str(member.id), Outgoing(CANARY))
        assert (caught.value.reason, caught.value.permanent) == ("blocked", True)
        member.blocked = False
        server.fault("sendMessage", "429", seconds=17)
        with pytest.raises(SendFailed) as caught:
            await bot.adapter.send(str(member.id), Outgoing(CANARY))
        assert (caught.value.wait, caught.value.permanent, caught.value.limited) == (17.0, False, True)
        for kind in ("500", "garbage"):
            server.fault("sendMessage", kind)
            with pytest.raises(SendFailed) as caught:
                await bot.adapter.send(str(member.id), Outgoing(CANARY))
            assert (caught.value.wait, caught.value.permanent) == (None, False)
            assert CANARY not in f"{caught.value!r}{caught.value.__cause__!r}"
        for kind in ("hang", "drop"):  # it may have arrived: only the ledger knows whether to repeat it
            server.fault("sendMessage", kind)  # type: ignore[arg-type]  # handed on by name
            with pytest.raises(TimeoutError):
                await bot.adapter.send(str(member.id), Outgoing(CANARY))
        assert await bot.adapter.send(str(member.id), Outgoing("words")) == str(member.shown[-1].id)


async def test_a_server_that_says_nothing_at_once_is_asked_once_a_second(server: TelegramServer) -> None:
    bot = Bot(server.url)
    account = Account(TOKEN, server.url, poll_seconds=0)
    bot.adapter = Telegram(account, lambda *_: "p", Ticking(), bot.lines.append, bot.sleep)
    async with bot.running():
        await server.until(lambda: server.count("getUpdates") > 3)
    assert set(bot.pauses) == {1.0}


async def test_hearing_does_not_wait_for_a_member_who_cannot_be_answered(server: TelegramServer) -> None:
    bot = Bot(server.url)
    stuck, other = server.member(), server.member(5_000_000_002)
    async with bot.running():
        server.fault("sendMessage", "hang")
        stuck.says("one")
        await server.until(lambda: "fault hang" in [name for name, _ in server.calls])
        stuck.says("two")
        other.says("hello")
        await other.hears("heard hello")
        await stuck.hears("heard two")
    assert [one.text for one in stuck.shown] == ["heard one", "heard two"]


async def test_no_log_holds_a_word_an_address_or_the_token(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    async with TelegramServer() as server:
        union = Union(tmp_path, server)
        await union.open()
        member = server.member(5_123_456_789)
        await union.tell(member, f"/report {CANARY}", "in danger right now")
        for kind in ("garbage", "drop"):
            server.fault("sendMessage", kind)
        member.says(f"help {CANARY}")
        await server.until(lambda: sum(name.startswith("fault") for name, _ in server.calls) == 2)
        server.happens(message={"text": CANARY})
        member.blocked = True
        await union.server.until(lambda: server.is_idle)
        member.says(CANARY)
        await server.until(lambda: bool(server.refused))
        await union.close()
    written = f"{caplog.text}{''.join(capfd.readouterr())}"
    for secret in (CANARY, TOKEN, TOKEN.partition(":")[2], "5123456789"):
        assert secret not in written
    data = b"".join(file.read_bytes() for file in (tmp_path / "data").iterdir())
    for secret in (CANARY, TOKEN, "5123456789"):
        assert secret.encode() not in data


async def test_what_is_being_heard_when_it_is_stopped_is_heard_to_its_end(server: TelegramServer) -> None:
    bot = Bot(server.url)
    began, may_end = asyncio.Event(), asyncio.Event()

    async def slowly(said: Incoming) -> Sequence[Outgoing]:
        began.set()
        await may_end.wait()
        return (Outgoing(f"heard {said.text}"),)

    bot.heard = slowly  # type: ignore[assignment]  # put in its place by the test
    async with bot.running():
        server.member().says("one")
        await began.wait()
        asyncio.get_running_loop().call_soon(may_end.set)
    await server.member().hears("heard one")


@pytest.mark.parametrize("kind", ["500", "hang", "drop", "garbage", "empty", "429"])
async def test_an_answer_is_tried_again_and_stays_in_its_place(kind: Fault, server: TelegramServer) -> None:
    bot = Bot(server.url)
    async with bot.running():
        server.fault("sendMessage", kind, times=2, seconds=7)
        member = server.member()
        for words in ("one", "two", "three"):
            member.says(words)
        await member.hears("heard three")
    assert [one.text for one in member.shown] == ["heard one", "heard two", "heard three"]
    assert bot.pauses[:2] == ([7.0, 7.0] if kind == "429" else [1.0, 2.0])


async def test_an_answer_that_cannot_be_sent_is_given_up_after_four_tries(server: TelegramServer) -> None:
    bot = Bot(server.url)
    async with bot.running():
        server.fault("sendMessage", "500", times=4)
        member = server.member()
        member.says("one")
        await server.until(lambda: sum(name == "fault 500" for name, _ in server.calls) == 4)
        member.says("two")
        await member.hears("heard two")
    assert [one.text for one in member.shown] == ["heard two"]
    assert bot.pauses[:3] == [1.0, 2.0, 4.0]
