"""What is forgotten stays forgotten: at once, after a crash, and after a backup is put back."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url, select

from bot import privacy
from bot.changes import Forgotten, MemberChanged, Tallied
from bot.conversation.turn import Turn
from bot.messages import Change, Incoming, Place, Reply
from bot.ports import Conflict, StorageTrouble
from bot.storage import erasing, schema
from bot.storage.key_schema import data_key
from bot.storage.store import Store
from tests.storage.conftest import ROOT, Home
from tests.storage.people import call, draft, link, message, report, say, to_member, to_room


async def rows(store: Store) -> dict[str, int]:
    """Count the rows of every table that has some, but what the house keeps for itself."""
    counts = {}
    with store._database.reading() as connection:
        for table in schema.metadata.sorted_tables:
            counts[table.name] = len(connection.execute(select(table)).all())
    return {name: n for name, n in counts.items() if n and name not in {"house", "seen"}}


async def key_count(store: Store) -> int:
    with store._keys.database.reading() as connection:
        return len(connection.execute(select(data_key)).all())


async def live_fully(store: Store, user: str) -> None:
    """Leave something in every table a member can leave something in."""
    await say(store, user, Tallied("crisis"), conversation=draft(store._clock()))
    sent = report(link("alone"), link("shared"), announce=lambda filed: (to_room(store, f"card:{filed.case.id}"),))
    await say(store, user, sent, call(about="x"), deliveries=(to_member(store, user, f"hello {user}"),))


async def test_forgetting_leaves_nothing_of_somebody_alone(store: Store) -> None:
    await live_fully(store, "one")
    await say(store, "one", Forgotten(), deliveries=(to_member(store, "one", "bye"),))
    assert await rows(store) == {}
    assert await key_count(store) == 0
    assert (await store.held(store.pseudonym("telegram", "one")))["messages_seen"] == []


async def test_forgetting_leaves_what_is_others(store: Store) -> None:
    await live_fully(store, "one")
    await say(store, "two", Tallied("crisis"), report(link("shared"), what_happened="two's words"))
    await say(store, "one", Forgotten())
    (own,) = await store.own_reports(store.pseudonym("telegram", "two"))
    assert own.answers["what_happened"] == "two's words"
    assert await rows(store) == {
        "member": 1, "report": 1, "report_kind": 1, "report_item": 1, "item": 1, "case_": 1, "tally": 1
    }  # fmt: skip
    assert await key_count(store) == 3


async def test_somebody_forgotten_may_come_back(store: Store) -> None:
    await live_fully(store, "one")
    await say(store, "one", Forgotten())
    await say(store, "one", report(link("alone")))
    assert len(await store.own_reports(store.pseudonym("telegram", "one"))) == 1


async def test_forgetting_before_anything_was_kept(store: Store) -> None:
    await say(store, "one", Forgotten())
    assert await rows(store) == {}
    assert await key_count(store) == 0


async def until_kept(store: Store, user: str, *changes: Change) -> None:
    """Say it again after a conflict, as the router does."""
    for _ in range(5):
        try:
            await say(store, user, *changes)
        except Conflict:
            continue
        return
    pytest.fail("five conflicts in a row")


async def test_forgetting_and_joining_the_same_case_at_once(home: Home) -> None:
    one, two = await home.open(), await home.open()
    for number in range(4):
        shared = link(str(number))
        await say(one, "one", report(shared))
        joins = (until_kept(two, f"member {n}", report(shared, what_happened="words")) for n in range(3))
        await asyncio.gather(until_kept(one, "one", Forgotten()), *joins)
        told = [await two.own_reports(two.pseudonym("telegram", f"member {n}")) for n in range(3)]
        assert [own[0].answers["what_happened"] for own in told] == ["words"] * 3
        assert sum(card.reports for card in await two.cases()) == 3 * (number + 1)
    counts = await rows(two)
    assert (counts["member"], counts["report"], counts["item"], counts["case_"]) == (3, 12, 4, 4)


async def test_a_backup_put_back_does_not_bring_anybody_back(home: Home) -> None:
    store = await home.open()
    await live_fully(store, "one")
    await say(store, "two", report(link("shared"), what_happened="two's words"))
    await home.close()
    await home.back_up()
    store = await home.open()
    await say(store, "one", Forgotten())
    await home.close()
    await home.put_back()
    store = await home.open()
    (own,) = await store.own_reports(store.pseudonym("telegram", "two"))
    assert own.answers["what_happened"] == "two's words"
    counts = await rows(store)
    assert (counts["member"], counts["report"], counts["item"], counts["case_"]) == (1, 1, 1, 1)
    assert "conversation" not in counts
    assert (await store.situation(message(store, "one"))).member.revision == 0
    await home.close()
    store = await home.open()  # and the next time it has nothing left to do
    assert await rows(store) == counts


async def test_a_crash_between_commit_and_keys_is_finished_at_the_next_start(home: Home) -> None:
    store = await home.open()
    await live_fully(store, "one")
    with store._database.writing() as connection:
        erasing.forget(connection, store._keys, store.pseudonym("telegram", "one"))
    assert await key_count(store) == 5
    await home.close()
    store = await home.open()
    assert await rows(store) == {}
    assert await key_count(store) == 0


async def test_a_row_whose_key_is_gone_reads_as_erased(store: Store) -> None:
    await live_fully(store, "one")
    sent = report(link("9"))
    await say(store, "one", sent)
    store._keys.erase([sent.report])
    person = store.pseudonym("telegram", "one")
    assert len(await store.own_reports(person)) == 1
    assert len((await store.held(person))["reports"]) == 2  # type: ignore[arg-type]  # handed on by name
    opened = await store.case(3)
    assert opened is not None
    assert opened.reports == ()
    with store._database.reading() as connection:
        key = connection.execute(select(schema.member.c.key)).scalar_one()
    store._keys.erase([key])
    assert await store.ledger.take(store._clock(), ["telegram"], 9) == ()
    situation = await store.situation(message(store))
    assert (situation.member.revision, situation.conversations) == (3, ())
    await say(store, "one", report(), deliveries=(to_member(store, "one", "k"),))
    assert len(await store.own_reports(person)) == 2
    (due,) = await store.ledger.take(store._clock(), ["telegram"], 9)
    assert due.address == "address of one"


async def test_without_keys_no_word_is_in_any_file(files: Home) -> None:
    store = await files.open()
    secret = "harbourlight"
    said = Incoming(
        "1", "member", store.pseudonym("telegram", secret), Place("chat", secret), store._clock(), "telegram", secret
    )
    sent = report(link(secret), what_happened=secret, region=secret, contact_name=secret, accounts=[secret])
    person = said.person
    turn = Turn(
        conversation=draft(store._clock(), answers={"q": secret}),
        changes=(sent, call(about=secret)),
        deliveries=(to_member(store, secret, "k", reply=Reply(secret)), to_room(store, "card", reply=Reply(secret))),
    )
    await store.commit(said, await store.situation(said), turn)
    assert secret in str(await store.held(person))
    folder = Path(make_url(files.database_url).database or "").parent.parent
    every = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.name for path in every} >= {"steward.db", "steward.db-wal", "keys.db"}
    assert not [path.name for path in every if secret.encode() in path.read_bytes()]
    assert ROOT not in b"".join(path.read_bytes() for path in every)


async def test_files_are_for_their_owner_only(files: Home) -> None:
    await files.open()
    for url in (files.database_url, files.keys_url):
        path = Path(make_url(url).database or "")
        assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


async def test_another_steward_key_is_refused(home: Home) -> None:
    await home.open()
    await home.close()
    with pytest.raises(StorageTrouble, match=r"STEWARD_KEY does not fit .* Use the key"):
        await Store.open(home.database_url, home.keys_url, b"another root key for tests, long", home.clock)
    await home.open()


async def test_a_key_store_of_another_installation_is_refused(files: Home) -> None:
    await say(await files.open(), "one", report())
    await files.close()
    with pytest.raises(StorageTrouble, match="not the key store"):
        await Store.open(files.database_url, files.keys_url + ".other", ROOT, files.clock)
    with pytest.raises(StorageTrouble, match="another database"):
        await Store.open(files.database_url, files.database_url, ROOT, files.clock)
    store = await files.open()
    assert len(await store.own_reports(store.pseudonym("telegram", "one"))) == 1


async def test_a_sweep_keeps_to_the_retention_table(home: Home) -> None:
    store = await home.open()
    await live_fully(store, "one")
    await store.ledger.take(store._clock(), ["telegram"], 9)
    await store.ledger.sent("hello one", store._clock(), None)
    store._keys.make({"01a20576-4ab0-70e6-bcff-b8bd16c45b49": "report"})
    assert not any((await store.sweep(store._clock())).values())
    swept = await store.sweep(home.clock.move(days=1, hours=1))
    assert {name: n for name, n in swept.items() if n} == {"orphaned keys": 1}
    swept = await store.sweep(home.clock.move(days=7))
    assert {name: n for name, n in swept.items() if n} == {"ledger texts": 1, "seen": 2}
    swept = await store.sweep(home.clock.move(days=7))
    assert {name: n for name, n in swept.items() if n} == {"drafts": 1}
    swept = await store.sweep(home.clock.move(days=90))
    assert {name: n for name, n in swept.items() if n} == {"ledger rows": 1}


async def test_old_reports_lose_their_detail_and_keep_their_figures(home: Home) -> None:
    store = await home.open()
    await say(store, "one", report(link("1")), report(link("2")))
    sent_at = store._clock()
    with store._database.writing() as connection:
        closed = schema.case_.update().where(schema.case_.c.number == 1)
        connection.execute(closed.values(status="closed", closed=sent_at))
    swept = await store.sweep(sent_at + privacy.KEEP_DETAIL_CLOSED + timedelta(days=1))
    assert (swept["reports"], swept["items"], swept["keys"]) == (1, 1, 2)
    assert len(await store.own_reports(store.pseudonym("telegram", "one"))) == 1
    assert (await store.sweep(sent_at + privacy.KEEP_DETAIL_SENT))["reports"] == 0
    home.clock.move(days=731)
    assert (await store.sweep(home.clock()))["reports"] == 1
    (cell,) = await store.cells(sent_at, home.clock(), "platform")
    assert (cell.of, cell.count.n, cell.count.members) == (("tiktok",), 2, 0)
    faded = await store.case(2)
    assert faded is not None
    assert faded.reports[0]["platform"] == "tiktok"
    await say(store, "two", report(link("1")))  # the same link is a new item now
    assert len(await store.cases(closed=True)) == 3


async def test_a_draft_is_reminded_of_once(home: Home) -> None:
    store = await home.open()
    await say(store, "one", conversation=draft(store._clock()))
    assert await store.drafts_to_remind(home.clock.move(days=2)) == ()
    found = await store.drafts_to_remind(home.clock.move(days=2))
    assert [one.form for one in found] == ["IncidentReport"]
    await store.remind(found, [to_member(store, "one", f"draft:{found[0].conversation}", unasked=True)])
    assert await store.drafts_to_remind(home.clock.move(days=2)) == ()
    assert len(await store.ledger.take(store._clock(), ["telegram"], 9, bulk=True)) == 1


async def test_what_somebody_read_last_is_forgotten_by_the_next_sweep(home: Home) -> None:
    store = await home.open()
    await say(store, "one", MemberChanged(topic="evidence", topic_at=store._clock()))
    await store.sweep(home.clock.move(minutes=11))
    member = (await store.situation(message(store, "one"))).member
    assert (member.topic, member.topic_at) == (None, None)
