"""Items found by an old canonical link are found by the new one; two are never joined without a person."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.reports.links import Link, Links, Rules
from bot.storage import rehashing, schema
from bot.storage.filing import link_hash
from bot.storage.store import Store
from tests.storage.people import report, say

LINKS = Links(Rules.parse((Path(__file__).parents[2] / "content" / "platforms.toml").read_text("utf-8")))
POST = "7030000000000000000"
OLD = Link(f"https://tiktok.com/@some.body/video/{POST}", "tiktok", "@some.body", POST)
OLD_OF_MOBILE = Link(f"https://tiktok.com/v/{POST}.html", "tiktok", None, POST)


def hashes(store: Store) -> list[str]:
    """The hashes of the items there are, in their order."""
    with store._database.reading() as connection:
        return list(connection.execute(select(schema.item.c.link_hash).order_by(schema.item.c.id)).scalars())


def new(address: str) -> Link:
    """The link as it is read today."""
    link = LINKS.read(address)
    assert link is not None
    return link


async def test_a_new_report_joins_the_item_of_an_old_one(store: Store) -> None:
    await say(store, "one", report(OLD))
    assert await store.rehash(LINKS.read, "new rules") == 1
    await say(store, "two", report(new(f"https://m.tiktok.com/v/{POST}.html")))
    assert hashes(store) == [link_hash(store._keys, new(OLD.canonical))]
    (case,) = await store.cases()
    assert case.reports == 2
    with store._database.reading() as connection:
        assert connection.execute(select(schema.item.c.posted)).scalar_one() == new(OLD.canonical).posted


async def test_two_items_that_turn_out_to_be_one_are_left_to_a_person(store: Store) -> None:
    await say(store, "one", report(OLD))
    await say(store, "two", report(OLD_OF_MOBILE))
    before = hashes(store)
    assert await store.rehash(LINKS.read, "new rules") == 1
    assert hashes(store) == [link_hash(store._keys, new(OLD.canonical)), before[1]]
    assert await store.rehash(LINKS.read, "newer rules") == 0
    assert len(await store.cases()) == 2


async def test_an_item_is_left_where_a_new_one_is_already(store: Store) -> None:
    await say(store, "one", report(OLD))
    await say(store, "two", report(new(OLD.canonical)))
    before = hashes(store)
    assert await store.rehash(LINKS.read, "new rules") == 0
    assert hashes(store) == before


async def test_the_same_rules_are_gone_through_once(store: Store) -> None:
    assert await store.rehash(LINKS.read, "new rules") == 0
    await say(store, "one", report(OLD))
    assert await store.rehash(LINKS.read, "new rules") == 0
    assert await store.rehash(LINKS.read, "newer rules") == 1


@pytest.mark.parametrize("column", ["sealed", "link_hash"])
async def test_an_erased_item_stays_erased(store: Store, column: str) -> None:
    await say(store, "one", report(OLD))
    with store._database.writing() as connection:
        connection.execute(update(schema.item).values({column: None}))
    before = hashes(store)
    assert await store.rehash(LINKS.read, "new rules") == 0
    assert hashes(store) == before


async def test_every_page_is_gone_through(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rehashing, "PAGE", 2)
    many = [Link(f"https://tiktok.com/@some.body/video/{int(POST) + n}", "tiktok") for n in range(5)]
    await say(store, "one", report(*many))
    assert await store.rehash(LINKS.read, "new rules") == 5
    assert sorted(hashes(store)) == sorted(link_hash(store._keys, new(link.canonical)) for link in many)
