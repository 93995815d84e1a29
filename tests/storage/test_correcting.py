"""A sent report put right or erased by its member: its links follow, and nothing of the old ones stays."""

from __future__ import annotations

import pytest

from bot.changes import ReportCorrected, ReportErased, ReportSent
from bot.conversation.turn import Turn
from bot.messages import Delivery, Place, Reply
from bot.ports import Conflict
from bot.records import Filed
from bot.reports.links import Link
from bot.storage.store import Store
from tests.storage.people import link, message, report, say


def corrected(sent: ReportSent, *links: Link, kinds: tuple[str, ...] = ("mockery",)) -> ReportCorrected:
    """The same report with other links and kinds."""
    return ReportCorrected(sent.report, {**sent.answers, "kinds": list(kinds)}, links)


def count(store: Store, table: str) -> int:
    """Count the rows of a table."""
    with store._database.reading() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())  # noqa: S608 - our own names


async def test_a_link_taken_out_is_erased_and_draws_nobody_into_the_case(store: Store) -> None:
    sent = report(link("1"), link("2"))
    await say(store, "one", sent)
    await say(store, "one", corrected(sent, link("2")))
    assert count(store, "item") == 1
    await say(store, "two", report(link("1")))
    assert len(await store.cases()) == 2
    await say(store, "three", report(link("2")))
    assert sorted(case.reports for case in await store.cases()) == [1, 2]


async def test_a_link_of_others_stays_when_one_takes_it_out(store: Store) -> None:
    sent = report(link("1"))
    await say(store, "one", sent)
    await say(store, "two", report(link("1")))
    await say(store, "one", corrected(sent))
    assert count(store, "item") == 1
    (case,) = await store.cases()
    assert (case.reports, case.kind) == (2, "item")


async def test_a_case_takes_the_link_its_only_report_names_now(store: Store) -> None:
    sent = report(link("1"))
    await say(store, "one", sent)
    await say(store, "one", corrected(sent, link("9"), kinds=("threat",)))
    await say(store, "two", report(link("9")))
    (case,) = await store.cases()
    assert (case.reports, case.kind) == (2, "item")
    await say(store, "one", corrected(sent))
    assert count(store, "item") == 1


async def test_an_erased_report_is_told_to_the_room_and_nothing_of_it_stays(store: Store) -> None:
    sent = report(link("1"), what_happened="a thing of mine")
    await say(store, "one", sent)

    def told(filed: Filed) -> list[Delivery]:
        return [Delivery(f"erased:{filed.report}", Place("channel", "cases"), Reply("card-erased"), store._clock())]

    await say(store, "two", ReportErased(sent.report, told))
    assert len(await store.cases()) == 1, "somebody else's report was erased"
    await say(store, "one", ReportErased(sent.report, told))
    assert await store.cases() == ()
    assert [count(store, table) for table in ("report", "item", "report_item", "report_kind")] == [0, 0, 0, 0]
    (due,) = await store.ledger.take(store._clock(), ["officers"], 9)
    assert due.reply.key == "card-erased"
    assert "a thing of mine" not in str(await store.held(store.pseudonym("telegram", "one")))


async def test_somebody_elses_report_cannot_be_corrected(store: Store) -> None:
    sent = report(link("1"))
    await say(store, "one", sent)
    said = message(store, "two")
    with pytest.raises(Conflict):
        await store.commit(said, await store.situation(said), Turn(changes=(corrected(sent, link("2")),)))
    assert count(store, "item") == 1


@pytest.mark.parametrize("fate", ["dead", "unknown"])
async def test_a_card_that_never_arrived_goes_with_the_report_it_was_about(store: Store, fate: str) -> None:
    def card(filed: Filed) -> list[Delivery]:
        return [Delivery(f"card:{filed.case.id}", Place("channel", "cases"), Reply("card"), store._clock())]

    sent = report(link("1"), announce=card)
    await say(store, "one", sent)
    (due,) = await store.ledger.take(store._clock(), ["officers"], 9)
    await getattr(store.ledger, fate)(due.key, store._clock(), "no such room")
    assert len(await store.stuck.listed(store._clock())) == 1
    await say(store, "one", ReportErased(sent.report))
    assert await store.stuck.listed(store._clock()) == ()
    assert await store.stuck.revive(store._clock()) == 0
    assert count(store, "delivery") == 0


async def test_a_dead_card_of_a_report_that_stays_is_tried_again(store: Store) -> None:
    def card(filed: Filed) -> list[Delivery]:
        return [Delivery(f"card:{filed.case.id}", Place("channel", "cases"), Reply("card"), store._clock())]

    await say(store, "one", report(link("1"), announce=card))
    (due,) = await store.ledger.take(store._clock(), ["officers"], 9)
    await store.ledger.dead(due.key, store._clock(), "no such room")
    assert await store.stuck.revive(store._clock()) == 1
    assert len(await store.ledger.take(store._clock(), ["officers"], 9)) == 1
