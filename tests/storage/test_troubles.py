"""Full disks, lost connections and two starts at once: nothing is lost and the operator knows why."""

from __future__ import annotations

import asyncio
import sys
import traceback

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import make_url

from bot.changes import Forgotten
from bot.conversation.turn import Turn
from bot.ports import StorageTrouble
from bot.storage import schema
from bot.storage.database import THREADS, run_lock
from bot.storage.rotating import rotate
from bot.storage.store import Store
from tests.storage.conftest import ROOT, Home
from tests.storage.conftest import say as tell
from tests.storage.people import draft, link, message, report, say

SECRET = "harbourlight"


async def limit(store: Store, pages: int) -> None:
    """Let the main database grow no further than so many pages; 0 lifts it."""
    allowed = pages or 1_000_000
    connections = [store._database.engine.connect() for _ in range(THREADS)]
    for connection in connections:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {allowed}")
    for connection in connections:
        connection.close()


async def test_a_full_disk_loses_nothing_and_says_so(files: Home) -> None:
    store = await files.open()
    await say(store, "one", report(what_happened="kept"))
    await limit(store, 1)  # SQLite makes it the size the file has now
    said = message(store)
    situation = await store.situation(said)
    big = Turn(conversation=draft(store._clock()), changes=(report(link(), what_happened=SECRET * 9999),))
    with pytest.raises(StorageTrouble, match=r"No space left for .*steward\.db.* Free space") as caught:
        await store.commit(said, situation, big)
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    person = store.pseudonym("telegram", "one")
    assert [own.answers["what_happened"] for own in await store.own_reports(person)] == ["kept"]
    assert (await store.situation(said)).conversations == ()
    await limit(store, 0)
    await store.commit(said, situation, big)
    assert len(await store.own_reports(person)) == 2


async def test_a_server_that_is_gone_is_told_plainly(home: Home) -> None:
    gone = "postgresql+psycopg://nobody:password@127.0.0.1:1/none"
    with pytest.raises(StorageTrouble, match=r"No connection to .*\*\*\*.* Nothing was written") as caught:
        await Store.open(gone, home.keys_url, ROOT, home.clock)
    assert "password" not in "".join(traceback.format_exception(caught.value))


async def test_a_connection_cut_by_the_server_is_trouble_and_then_mends(
    postgres: str, home: Home, request: pytest.FixtureRequest
) -> None:
    store = await home.open()
    await say(store, "one")
    if "postgresql" in request.node.name:
        name = make_url(home.database_url).database
        cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"  # noqa: S608 - our own names
        await asyncio.to_thread(tell, postgres, cut)
    await say(store, "one", report())
    assert len(await store.cases()) == 1


async def test_a_damaged_file_is_told_plainly(files: Home) -> None:
    await files.open()
    await files.close()
    path = make_url(files.database_url).database or ""
    await asyncio.to_thread(_spoil, path)
    with pytest.raises(StorageTrouble, match="is damaged or no database"):
        await files.open()


def _spoil(path: str) -> None:
    with open(path, "r+b") as file:  # noqa: PTH123 - in the middle of a file
        file.write(b"no database, by any means" * 99)


async def test_two_first_starts_at_once_make_one_installation(new: Home) -> None:
    one, two = await asyncio.gather(new.open(), new.open())
    assert one.pseudonym("telegram", "1") == two.pseudonym("telegram", "1")
    await say(one, "one", report(what_happened="x"))
    assert len(await two.own_reports(two.pseudonym("telegram", "one"))) == 1


async def test_the_revisions_make_the_tables_of_the_schema(store: Store) -> None:
    def differences(connection: object) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": False})  # type: ignore[arg-type]  # handed on by name
        return list(compare_metadata(context, schema.metadata))

    with store._database.reading() as connection:
        assert differences(connection) == []


async def test_a_database_of_a_newer_steward_is_refused(home: Home) -> None:
    store = await home.open()
    with store._database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageTrouble, match="newer steward"):
        await home.open()


async def test_no_secret_is_in_the_text_of_an_error(home: Home) -> None:
    store = await home.open()
    await say(store, "one", report())
    too_long = report(what_happened=SECRET)
    object.__setattr__(too_long, "report", SECRET)  # no id: the key store and the seal refuse it
    with pytest.raises(Exception) as caught:  # noqa: PT011 - whatever it is, it is silent
        await say(store, "one", too_long)
    assert SECRET not in "".join(traceback.format_exception(caught.value)).replace(f'SECRET = "{SECRET}"', "")
    assert "address" not in repr(message(store, "one"))
    assert SECRET not in repr(too_long.answers and report(what_happened=SECRET))


async def test_a_second_run_on_one_file_is_refused(files: Home) -> None:
    with run_lock(files.database_url):
        with pytest.raises(StorageTrouble, match="already running"), run_lock(files.database_url):
            pytest.fail("two runs on one file")
        await files.open()  # other commands work beside it
    with run_lock(files.database_url), run_lock("postgresql+psycopg://server/database"):
        pass


async def test_every_report_said_to_be_sent_outlives_a_kill(files: Home) -> None:
    person = (await files.open()).pseudonym("telegram", "one")
    await files.close()
    command = (sys.executable, "-m", "tests.storage.sending", files.database_url, files.keys_url)
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    said = [(await process.stdout.readline()).decode().strip() for _ in range(5)]
    process.kill()
    said += (await process.stdout.read()).decode().split()
    await process.wait()
    store = await files.open()
    kept = {own.id: own.answers for own in await store.own_reports(person)}
    assert set(said) <= set(kept)
    assert len(await store.cases()) == len(kept)
    assert all(answers["what_happened"] == "words" for answers in kept.values())


async def test_a_new_steward_key_opens_everything_and_the_old_one_nothing(home: Home) -> None:
    store = await home.open()
    await say(store, "one", report(link(), what_happened="words"))
    await home.close()
    new_root = b"a new root key for tests, 32 by."
    assert await rotate(home.keys_url, ROOT, new_root, home.clock) == 3
    with pytest.raises(StorageTrouble, match="does not fit"):
        await home.open()
    store = await Store.open(home.database_url, home.keys_url, new_root, home.clock)
    (own,) = await store.own_reports(store.pseudonym("telegram", "one"))
    assert own.answers["what_happened"] == "words"
    await store.close()


async def test_an_interrupted_commit_leaves_nothing(store: Store) -> None:
    said = message(store)
    situation = await store.situation(said)
    task = asyncio.create_task(store.commit(said, situation, Turn(changes=(report(), Forgotten())[:1])))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await store.commit(said, await store.situation(said), Turn(changes=(report(),)))
    assert len(await store.cases()) == 1
