"""What every storage promises, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from pydantic import JsonValue

from bot.changes import Audited, DigestReleased, MemberChanged, ReportCorrected, Tallied
from bot.conversation.turn import Turn
from bot.messages import Choice, Reply, Text
from bot.ports import Conflict, Duplicate
from bot.records import Filed
from bot.reports.outcomes import Outcome
from bot.storage.store import Store
from tests.storage.conftest import Home
from tests.storage.people import call, draft, link, message, officer, report, say, to_member, to_room


def telegram(store: Store, user: str) -> str:
    return store.pseudonym("telegram", user)


async def test_a_first_message_makes_a_member(store: Store) -> None:
    said = message(store)
    before = await store.situation(said)
    await store.commit(said, before, Turn(changes=(MemberChanged(nation="wales", notice=2),)))
    after = await store.situation(message(store))
    assert (before.member.revision, after.member.revision) == (0, 1)
    assert (after.member.nation, after.member.notice, after.recent) == ("wales", 2, 1)


async def test_a_message_heard_before_changes_nothing(store: Store) -> None:
    said = await say(store, "one")
    with pytest.raises(Duplicate):
        await store.situation(said)
    situation = await store.situation(message(store))
    with pytest.raises(Duplicate):
        await store.commit(said, situation, Turn(changes=(report(),)))
    assert await store.cases() == ()


async def test_two_messages_of_one_member_at_once_are_handled_in_order(store: Store) -> None:
    await say(store, "one")
    first, second = message(store), message(store)
    situation = await store.situation(first)
    turns = [Turn(changes=(report(),)), Turn(changes=(report(),))]
    results = await asyncio.gather(
        store.commit(first, situation, turns[0]), store.commit(second, situation, turns[1]), return_exceptions=True
    )
    assert [type(result) for result in results if result] == [Conflict]
    assert len(await store.cases()) == 1


async def test_two_first_messages_at_once_make_one_member(home: Home) -> None:
    stores = [await home.open(), await home.open()]
    said = [message(store) for store in stores]
    situations = [await store.situation(one) for store, one in zip(stores, said, strict=True)]
    every = zip(stores, said, situations, strict=True)
    results = await asyncio.gather(
        *(store.commit(one, situation, Turn()) for store, one, situation in every), return_exceptions=True
    )
    assert [type(result) for result in results if result] == [Conflict]


async def test_different_members_at_once_all_get_their_own_case_number(home: Home) -> None:
    stores = [await home.open(), await home.open()]
    await asyncio.gather(*(say(stores[n % 2], f"member {n}", report()) for n in range(8)))
    assert sorted(card.number for card in await stores[0].cases()) == list(range(1, 9))


async def test_the_same_link_at_once_joins_one_case(home: Home) -> None:
    stores = [await home.open(), await home.open()]
    said = [message(store, user) for store, user in zip(stores, ("one", "two"), strict=True)]

    async def send(which: int) -> None:
        for _ in range(3):  # as the router does after a conflict
            try:
                situation = await stores[which].situation(said[which])
                await stores[which].commit(said[which], situation, Turn(changes=(report(link()),)))
            except Conflict:
                continue
            return
        pytest.fail("three conflicts in a row")

    await asyncio.gather(send(0), send(1))
    (card,) = await stores[0].cases()
    assert (card.reports, card.kind) == (2, "item")


async def test_a_failing_turn_leaves_nothing(store: Store) -> None:
    def fail(_: Filed) -> tuple[()]:
        raise RuntimeError

    said = message(store)
    with pytest.raises(RuntimeError):
        await store.commit(
            said,
            await store.situation(said),
            Turn(conversation=draft(store._clock()), changes=(report(link(), announce=fail),)),
        )
    situation = await store.situation(said)
    assert (situation.member.revision, situation.conversations) == (0, ())
    assert await store.cases() == ()


async def test_a_started_conversation_pauses_the_others(store: Store) -> None:
    one, two = draft(store._clock(), answers={"q": "a"}), draft(store._clock())
    await say(store, "one", conversation=one)
    await say(store, "one", conversation=two)
    kept = {one.id: one for one in (await store.situation(message(store))).conversations}
    assert (kept[one.id].paused, kept[two.id].paused) == (True, False)
    assert kept[one.id].answers == {"q": "a"}
    await say(store, "one", conversation=one.now(paused=True), closed=(two.id,))
    (left,) = (await store.situation(message(store))).conversations
    assert (left.id, left.paused) == (one.id, True)


async def test_a_report_is_read_back_by_its_member_and_by_officers(store: Store) -> None:
    sent = report(link(), what_happened="words", nation="wales", may_contact=True)
    await say(store, "one", sent)
    (own,) = await store.own_reports(telegram(store, "one"))
    assert (own.id, own.platform, own.case_status, own.answers) == (sent.report, "tiktok", "open", sent.answers)
    opened = await store.case(1)
    assert opened is not None
    assert opened.reports == ({**sent.answers, "at": store._clock().isoformat()},)
    assert (opened.card.kinds, opened.card.platform_reply, opened.card.wish) == (("mockery",), "none", "advice")
    assert await store.case(2) is None
    assert (await store.situation(message(store))).sent_today == 1


async def test_a_report_joins_the_case_of_its_first_link_that_has_one(store: Store) -> None:
    await say(store, "one", report(link("2")))
    await say(store, "two", report(link("1"), link("2")))
    await say(store, "three", report(link("1")))
    assert [(card.number, card.reports) for card in await store.cases()] == [(1, 2), (2, 1)]


async def test_a_call_and_an_urgent_report_wait_for_officers(store: Store) -> None:
    await say(store, "one", call(about="x"))
    assert [card.kind for card in await store.cases()] == ["call"]
    waiting = await store.waiting()
    assert (waiting.open, waiting.calls, waiting.urgent, waiting.oldest) == (1, 1, 0, store._clock())
    assert await store.own_reports(telegram(store, "one")) == ()


async def test_a_report_can_be_corrected_by_its_member_only(store: Store) -> None:
    sent = report(link())
    await say(store, "one", sent)
    right: dict[str, JsonValue] = {**sent.answers, "kinds": ["threat"], "platform_reply": "removed"}
    await say(store, "one", ReportCorrected(sent.report, right))
    (card,) = await store.cases()
    assert (card.kinds, card.platform_reply, card.reports) == (("threat",), "removed", 1)
    with pytest.raises(Conflict):
        await say(store, "two", ReportCorrected(sent.report, right))


async def test_what_is_announced_is_written_with_the_report(store: Store) -> None:
    def announce(filed: Filed) -> tuple[object, ...]:
        return (to_room(store, f"card:{filed.case.id}"), to_member(store, "one", f"receipt:{filed.report}"))

    woken: list[int] = []
    store.on_delivery = lambda: woken.append(1)
    await say(store, "one", report(link(), announce=announce))  # type: ignore[arg-type]  # handed on by name
    await say(store, "one")
    taken = await store.ledger.take(store._clock(), ["telegram", "officers"], 9)
    assert sorted((due.adapter, due.address) for due in taken) == [
        ("officers", "cases"),
        ("telegram", "address of one"),
    ]
    assert woken == [1]


async def test_a_delivery_comes_back_as_it_went_in(store: Store) -> None:
    day, label = date(2026, 11, 16), Text("label", {"n": 1})
    reply = Reply("k", {"a": day, "b": store._clock(), "c": "2026-11-16", "d": (label,)}, (Choice("v", label),))
    await say(store, "one", deliveries=(to_member(store, "one", "k", reply=reply),))
    (due,) = await store.ledger.take(store._clock(), ["telegram"], 9)
    assert due.reply == reply


async def test_words_in_a_token_column_are_kept_sealed_only(store: Store) -> None:
    await say(store, "one", report(target_role="Head of Year, a name", platform="My School Site"))
    span = store._clock() - timedelta(hours=1), store._clock() + timedelta(hours=1)
    assert [cell.of for cell in await store.cells(*span, "target_role", "platform")] == [("", "")]


async def test_cells_count_reports_and_different_members(store: Store) -> None:
    for user, kinds in (("one", ["threat", "hate"]), ("one", ["threat"]), ("two", ["threat"])):
        await say(store, user, report(kinds=kinds))
    span = store._clock() - timedelta(hours=1), store._clock() + timedelta(hours=1)
    cells = {cell.of: (cell.count.n, cell.count.members) for cell in await store.cells(*span, "kinds")}
    assert cells == {("threat",): (3, 2), ("hate",): (1, 1)}
    (whole,) = await store.cells(*span)
    assert (whole.of, whole.count.n, whole.count.members) == ((), 3, 2)
    (empty,) = await store.cells(span[1], span[1] + timedelta(days=1))
    assert (empty.count.n, empty.count.members) == (0, 0)
    with pytest.raises(ValueError, match="not counted by"):
        await store.cells(*span, "member")


async def test_a_member_counts_once_a_week_in_a_tally(store: Store) -> None:
    for user in ("one", "one", "two"):
        await say(store, user, Tallied("crisis"))
    monday = store._clock().replace(hour=0)
    counted = await store.tallies(monday, monday + timedelta(days=7))
    assert {what: (count.n, count.members) for what, count in counted.items()} == {"crisis": (2, 2)}
    assert await store.tallies(monday + timedelta(seconds=1), monday + timedelta(days=7)) == {}


async def test_a_table_is_released_once(store: Store) -> None:
    table = DigestReleased("week", date(2026, 11, 9), date(2026, 11, 15), {"total": 10})
    other = DigestReleased("week", date(2026, 11, 9), date(2026, 11, 15), {"total": 99})
    assert await store.release(table, (to_room(store, "week:1"),))
    assert not await store.release(other, (to_room(store, "week:2"),))
    assert await store.released("week", date(2026, 11, 9)) == {"total": 10}
    assert await store.released("day", date(2026, 11, 9)) is None
    assert [due.key for due in await store.ledger.take(store._clock(), ["officers"], 9)] == ["week:1"]


async def test_an_officers_message_is_heard_once_and_audited(store: Store) -> None:
    said = officer(store)
    await store.commit(said, None, Turn(changes=(Audited("opened", "case 1"),)))
    with pytest.raises(Duplicate):
        await store.commit(said, None, Turn())
    with pytest.raises(TypeError):
        await store.commit(officer(store), None, Turn(conversation=draft(store._clock())))


async def test_mydata_shows_everything_held(store: Store) -> None:
    sent = report(link(), what_happened="words")
    await say(store, "one", conversation=draft(store._clock(), answers={"q": "draft words"}))
    await say(store, "one", sent, deliveries=(to_member(store, "one", "later"),))
    held = await store.held(telegram(store, "one"))
    assert "draft words" in str(held["drafts"])
    assert "words" in str(held["reports"])
    assert "hello" in str(held["waiting"])
    assert "address of one" in str(held["member"])


async def test_outcomes_told_with_a_report_are_kept(store: Store) -> None:
    sent = report(link())
    gone = Outcome(store._clock(), "gone", "platform", by_platform=True)
    await say(store, "one", replace(sent, outcomes=(gone,), receipt="STW-1", word="harbour"))
    with store._database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT what, says, by_platform FROM outcome").all()
    assert [(row.what, row.says, bool(row.by_platform)) for row in rows] == [("gone", "platform", True)]
