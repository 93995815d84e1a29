"""Pages of the past on both kinds of database: beside others who file the same, and as two imports at once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from pydantic import JsonValue

from bot.ports import Conflict
from bot.records import Filed
from bot.storage.importing import Importing, Origin, Past
from bot.storage.store import Store
from tests.storage.conftest import Home
from tests.storage.people import link, report, say, to_room

ANSWERS: dict[str, JsonValue] = {
    "platform": "tiktok",
    "kinds": ["hate", "threat"],
    "platform_reply": "removed",
    "still_online": "yes",
}


def past(store: Store, number: int, *links: str, at_days: int = 0) -> Past:
    """One report of the past."""
    at = store._clock() - timedelta(days=at_days)
    member = store.imported_member(f"m{number}", "file")
    return Past(f"mark {number}", member, at, ANSWERS, tuple(link(name) for name in links))


def bringing(store: Store) -> Importing:
    """What brings the reports of one file in, without news."""
    return store.importing(Origin("file"))


def count(store: Store, table: str) -> int:
    """Count the rows of a table."""
    with store._database.reading() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())  # noqa: S608 - our own names


async def test_a_page_is_written_once_with_kinds_items_and_outcomes(store: Store) -> None:
    page = [past(store, 1, "1", "2"), past(store, 2, "1"), past(store, 3)]
    assert await bringing(store).unknown(page) == 3
    assert await bringing(store).write(page) == 3
    assert await bringing(store).write([*page, past(store, 4, at_days=900)]) == 1
    tables = ("report", "report_kind", "report_item", "item", "outcome", "case_", "delivery")
    assert [count(store, table) for table in tables] == [4, 8, 3, 2, 8, 1, 0]
    assert await store.cases(closed=True) == ()
    assert (await store.waiting()).open == 0
    assert await store.since() == store._clock() - timedelta(days=900)


async def test_who_reports_the_same_post_shares_the_item_and_not_the_case(store: Store) -> None:
    await say(store, "one", report(link("1")))
    await bringing(store).write([past(store, 1, "1")])
    await say(store, "two", report(link("1")))
    (case,) = await store.cases(closed=True)
    assert (case.number, case.reports, count(store, "item")) == (1, 2, 1)


async def said_until_it_is_kept(store: Store) -> None:
    """Report as the router does: where others file the same link at once, it decides and commits again."""
    sent = report(link("3"))
    for attempt in range(8):
        try:
            await say(store, "one", sent)
        except Conflict:
            await asyncio.sleep(0.02 * (attempt + 1))
        else:
            return
    raise Conflict


async def test_two_imports_of_one_file_and_a_member_at_once_double_nothing(home: Home) -> None:
    stores = [await home.open(), await home.open()]
    page = [past(stores[0], number, str(number % 7)) for number in range(40)]
    written = await asyncio.gather(
        bringing(stores[0]).write(page), bringing(stores[1]).write(page), said_until_it_is_kept(stores[1])
    )
    assert sum(one for one in written if isinstance(one, int)) == 40
    assert [count(stores[0], table) for table in ("report", "item", "case_")] == [41, 7, 2]


async def test_as_new_each_item_has_a_case_and_officers_hear(store: Store) -> None:
    def announce(filed: Filed) -> list[object]:
        return [to_room(store, f"card:{filed.case.id}:{filed.report}")]

    bring = store.importing(Origin("file", announce))  # type: ignore[arg-type]  # a list of deliveries
    page = [past(store, 1, "1"), past(store, 2, "1"), past(store, 3, "2")]
    assert await bring.write(page) == 3
    assert await bring.write(page) == 0
    assert sorted(case.reports for case in await store.cases()) == [1, 2]
    assert count(store, "delivery") == 3
    assert count(store, "report WHERE imported") == 0
