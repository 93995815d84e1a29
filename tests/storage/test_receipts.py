"""Receipts open a report for whoever holds both parts; guessing ends after a few wrong tries, in every process."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.changes import Forgotten, ReceiptTried, ReportErased, ReportSent
from bot.conversation.turn import Conversation, Turn
from bot.messages import Incoming
from bot.ports import Conflict
from bot.reports.outcomes import Outcome
from bot.storage.receipts import WRONG_IN_ALL, WRONG_OF_ONE
from bot.storage.store import Store
from tests.storage.conftest import Home
from tests.storage.people import link, message, report, say, to_member

CODE, WORD = "STW-7K3M-Q9XJ", "harbour"
WRONG = ReceiptTried(is_wrong=True)


def with_receipt(store: Store) -> ReportSent:
    """A report whose receipt is known."""
    seen = (Outcome(store._clock(), "gone", by_platform=True),)
    return replace(report(link("1"), what_happened="a thing of mine"), receipt=CODE, word=WORD, outcomes=seen)


def count(store: Store, table: str) -> int:
    """Count the rows of a table."""
    with store._database.reading() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())  # noqa: S608 - our own names


async def try_once(store: Store, user: str) -> bool:
    """Try a wrong pair as a handler does; return whether it was looked up at all."""
    said = message(store, user)
    if (await store.by_receipt(said.person, CODE, "meadow")).until is not None:
        return False
    await store.commit(said, await store.situation(said), Turn(changes=(WRONG,)))
    return True


async def test_a_receipt_shows_how_a_report_stands_to_anybody_and_never_its_words(store: Store) -> None:
    sent = with_receipt(store)
    await say(store, "one", sent)
    found = (await store.by_receipt(store.pseudonym("slack", "somebody"), CODE, WORD)).report
    assert found is not None
    assert (found.id, found.kind, found.platform, found.kinds) == (sent.report, "report", "tiktok", ("mockery",))
    assert (found.case_status, found.at) == ("open", store._clock())
    assert found.came_of is not None
    assert [(one.what, one.by_platform) for one in found.came_of.mine] == [("gone", True)]
    assert "thing of mine" not in repr(found)


@pytest.mark.parametrize(("code", "word"), [(CODE, "meadow"), ("STW-0000-0000", WORD), ("STW-0000-0000", "-")])
async def test_either_part_wrong_is_the_same_nothing(store: Store, code: str, word: str) -> None:
    await say(store, "one", with_receipt(store))
    found = await store.by_receipt("somebody", code, word)
    assert (found.report, found.until) == (None, None)


async def test_the_tries_of_one_member_end_and_begin_again(home: Home) -> None:
    store = await home.open()
    await say(store, "one", with_receipt(store))
    first = home.clock.now
    for _ in range(WRONG_OF_ONE):
        assert await try_once(store, "two")
        home.clock.move(minutes=1)
    again = await home.open()  # as after a restart, and as another process
    person = store.pseudonym("telegram", "two")
    refused = await again.by_receipt(person, CODE, WORD)
    assert (refused.report, refused.until) == (None, first + timedelta(hours=1))
    assert (await again.by_receipt(store.pseudonym("telegram", "three"), CODE, WORD)).report is not None
    home.clock.now = first + timedelta(hours=1)
    assert (await again.by_receipt(person, CODE, WORD)).report is not None


async def test_right_tries_are_not_counted(store: Store) -> None:
    await say(store, "one", with_receipt(store))
    for _ in range(WRONG_OF_ONE + 1):
        await say(store, "two", ReceiptTried(is_wrong=False))
    assert count(store, "wrong_try") == 0


async def test_the_tries_of_all_together_end(home: Home) -> None:
    store = await home.open()
    for number in range(WRONG_IN_ALL // WRONG_OF_ONE):
        for _ in range(WRONG_OF_ONE):
            assert await try_once(store, f"guesser {number}")
    assert not await try_once(store, "somebody who never tried")
    with pytest.raises(Conflict):  # even what was looked up just before the last of them
        await say(store, "another", ReceiptTried(is_wrong=False))


async def test_two_processes_count_together(home: Home) -> None:
    stores = [await home.open(), await home.open()]

    async def guess(number: int) -> bool:
        store = stores[number % 2]
        said = message(store, f"guesser {number}")
        try:
            await store.commit(said, await store.situation(said), Turn(changes=(WRONG,)))
        except Conflict:
            return False
        return True

    for _ in range(WRONG_IN_ALL // WRONG_OF_ONE - 1):
        for _ in range(WRONG_OF_ONE):
            await say(stores[0], f"before {_} {count(stores[0], 'wrong_try')}", WRONG)
    told = await asyncio.gather(*(guess(number) for number in range(16)))
    assert sum(told) == WRONG_OF_ONE
    assert count(stores[0], "wrong_try") == WRONG_IN_ALL


async def test_old_tries_are_swept_and_somebody_forgotten_is_in_none(home: Home) -> None:
    store = await home.open()
    await try_once(store, "two")
    person = store.pseudonym("telegram", "two")
    assert (await store.held(person))["wrong_receipts"] == [home.clock.now.isoformat()]
    await say(store, "two", Forgotten())
    assert (await store.held(person))["wrong_receipts"] == []
    assert count(store, "wrong_try") == 1  # it still counts for all together
    home.clock.move(hours=1)
    assert await store.sweep_tries(home.clock.now) == 1


async def test_a_withdrawn_report_takes_its_receipt_its_messages_and_its_copy_along(store: Store) -> None:
    sent = with_receipt(store)
    said = await say(store, "one", sent)
    keys = [f"receipt:{sent.report}", f"checkin:{sent.report}:24h", "checkin:of-another"]
    await say_with(store, said, *keys)
    await say(store, "one", ReportErased(sent.report))
    assert (await store.by_receipt(said.person, CODE, WORD)).report is None
    assert [count(store, table) for table in ("report", "conversation", "outcome", "delivery")] == [0, 1, 0, 1]
    (due,) = await store.ledger.take(store._clock(), ["telegram"], 9)
    assert due.key == "checkin:of-another"


async def say_with(store: Store, said: Incoming, *keys: str) -> None:
    """Let the member begin to put the report right and another draft, with messages waiting for them."""
    (own,) = await store.own_reports(said.person)
    for notes in ({"corrects": own.id}, {}):
        draft = Conversation(id=f"draft-{len(notes)}", form="report", started=store._clock(), notes=dict(notes))
        await say(store, "one", conversation=draft)
    await say(store, "one", deliveries=tuple(to_member(store, "one", key) for key in keys))


async def test_whoever_holds_the_receipt_may_withdraw_and_nobody_else(store: Store) -> None:
    sent = with_receipt(store)
    await say(store, "one", sent)
    for code, word in (("", ""), (CODE, ""), (CODE, "meadow"), ("STW-0000-0000", WORD)):
        await say(store, "two", ReportErased(sent.report, code=code, word=word))
        assert count(store, "report") == 1
    await say(store, "two", ReportErased(sent.report, code=CODE, word=WORD))
    assert [count(store, table) for table in ("report", "item", "case_")] == [0, 0, 0]
