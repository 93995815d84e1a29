"""Those who share a commit: all of them are kept, and what goes wrong for one hurts nobody else."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, event, insert

from bot.conversation.turn import Turn
from bot.messages import Change
from bot.ports import Conflict, Duplicate, StorageTrouble
from bot.records import Filed
from bot.storage import schema
from bot.storage.store import Store
from tests.storage.conftest import Home
from tests.storage.crashing import CRASHED
from tests.storage.people import link, message, report, say
from tests.storage.test_troubles import limit

AT_ONCE = 16


@contextmanager
def commits(store: Store) -> Iterator[list[int]]:
    """Count the commits of the main database."""
    counted: list[int] = []

    def count(_: Connection) -> None:
        counted.append(1)

    event.listen(store._database.engine, "commit", count)
    yield counted
    event.remove(store._database.engine, "commit", count)


async def arrived(store: Store) -> None:
    """Let sixteen members say hello."""
    for number in range(AT_ONCE):
        await say(store, f"member {number}")


async def sent(store: Store, *members: int) -> list[str]:
    """Return the words of the reports of some members."""
    told = [await store.own_reports(store.pseudonym("telegram", f"member {number}")) for number in members]
    return [str(own.answers["what_happened"]) for reports in told for own in reports]


async def send(store: Store, number: int, *changes: Change) -> None:
    said = message(store, f"member {number}")
    await store.commit(said, await store.situation(said), Turn(changes=changes))


async def test_sixteen_at_once_are_all_kept_with_one_commit(home: Home) -> None:
    store = await home.open()
    await arrived(store)
    said = [message(store, f"member {number}") for number in range(AT_ONCE)]
    situations = [await store.situation(one) for one in said]
    turns = [Turn(changes=(report(link(str(number % 4)), what_happened=str(number)),)) for number in range(AT_ONCE)]
    every = zip(said, situations, turns, strict=True)
    with commits(store) as counted:
        await asyncio.gather(*(store.commit(one, situation, turn) for one, situation, turn in every))
    assert await sent(store, *range(AT_ONCE)) == [str(number) for number in range(AT_ONCE)]
    cards = await store.cases()
    assert [(card.number, card.reports) for card in cards] == [(number, 4) for number in range(1, 5)]
    assert len(counted) == (1 if store._database.is_sqlite else AT_ONCE)


async def test_a_conflict_a_duplicate_and_a_mistake_hurt_nobody_else(home: Home) -> None:
    store = await home.open()
    await arrived(store)

    def fail(_: Filed) -> tuple[()]:
        raise RuntimeError

    said = [message(store, f"member {number}") for number in range(AT_ONCE)]
    situations = [await store.situation(one) for one in said]
    said[3] = await say(store, "member 3")
    situations[3] = await store.situation(message(store, "member 3"))
    await say(store, "member 5")  # so that what was read of member 5 is out of date
    reports = [report(link(str(number)), what_happened=str(number)) for number in range(AT_ONCE)]
    reports[7] = report(link("7"), announce=fail)
    every = zip(said, situations, reports, strict=True)
    outcomes = await asyncio.gather(
        *(store.commit(one, situation, Turn(changes=(change,))) for one, situation, change in every),
        return_exceptions=True,
    )
    wrong = {number: type(outcome) for number, outcome in enumerate(outcomes) if outcome is not None}
    assert wrong == {3: Duplicate, 5: Conflict, 7: RuntimeError}
    kept = [str(number) for number in range(AT_ONCE) if number not in wrong]
    assert await sent(store, *range(AT_ONCE)) == kept
    assert sorted(card.number for card in await store.cases()) == list(range(1, len(kept) + 1))
    await send(store, 7, report(link("7"), what_happened="again"))
    assert await sent(store, 7) == ["again"]


async def test_a_report_too_big_for_the_disk_takes_nobody_else_down(files: Home) -> None:
    store = await files.open()
    await arrived(store)
    with store._database.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    await limit(store, pages + 40)
    words = ["x" * (999_999 if number == 2 else 9) for number in range(4)]
    outcomes = await asyncio.gather(
        *(send(store, number, report(what_happened=told)) for number, told in enumerate(words)), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes if outcome is not None] == [StorageTrouble]
    assert await sent(store, *range(4)) == ["x" * 9] * 3


async def test_what_fails_only_at_the_common_commit_fails_alone(files: Home) -> None:
    store = await files.open()

    def spoil(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.execute(insert(schema.report_kind).values(report="nobody's", kind="hate"))

    def add(connection: Connection, key: str) -> str:
        connection.execute(insert(schema.house).values(key=key, value="x"))
        return key

    outcomes = await asyncio.gather(
        store._database.write(lambda connection: add(connection, "one")),
        store._database.write(spoil),
        store._database.write(lambda connection: add(connection, "two")),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes] == [str, Conflict, str]
    with store._database.reading() as connection:
        kept = connection.exec_driver_sql("SELECT count(*) FROM house WHERE value = 'x'").scalar_one()
    assert kept == 2


async def test_who_gives_up_before_their_turn_is_not_written(files: Home) -> None:
    store = await files.open()
    await arrived(store)
    said = message(store, "member 1")
    situation = await store.situation(said)
    with store._database.writing():  # somebody else is writing
        first = asyncio.create_task(store._database.write(lambda _: "written"))
        await asyncio.sleep(0)  # it asks
        await asyncio.sleep(0)  # it is taken, and waits in its thread
        second = asyncio.create_task(store.commit(said, situation, Turn()))
        await asyncio.sleep(0)
        second.cancel()
    assert await first == "written"
    with pytest.raises(asyncio.CancelledError):
        await second
    await store.commit(said, await store.situation(said), Turn())


@pytest.mark.parametrize("kept", [0, 1])
async def test_a_crash_at_the_common_commit_told_nobody_of_what_is_lost(files: Home, kept: int) -> None:
    command = (sys.executable, "-m", "tests.storage.crashing", files.database_url, files.keys_url, str(kept))
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    out, _ = await process.communicate()
    assert process.returncode == CRASHED
    told = out.decode().split()
    store = await files.open()
    members = [store.pseudonym("telegram", f"member {number}") for number in range(AT_ONCE)]
    own = [report.id for member in members for report in await store.own_reports(member)]
    assert set(told) <= set(own)
    assert len(await store.cases()) == len(own)
    assert bool(own) == bool(kept)
    await say(store, "member 1", report(what_happened="words"))
    assert len(await store.cases()) == len(own) + 1
