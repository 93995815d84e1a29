"""Accounts and hashtags: suggested as related, never merged, and forgotten with their reports."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from bot.changes import CaseClosed, Forgotten, ReportCorrected, ReportErased, ReportSent
from bot.conversation.turn import Turn
from bot.records import Filed, Related
from bot.reports.names import Name
from bot.storage import schema
from bot.storage.store import Store
from tests.storage.people import link, officer, report, say

ACCOUNT, TAG = Name("account", "tiktok", "9b.bantz"), Name("hashtag", "", "rateourteachers")
ELSEWHERE = Name("account", "instagram", "9b.bantz")


def named(number: str, *names: Name, **more: object) -> ReportSent:
    """A report of one post that names accounts and hashtags."""
    return replace(report(link(number)), names=names, **more)  # type: ignore[arg-type]  # handed on by name


async def rows(store: Store) -> int:
    """Count the names kept."""
    query = select(func.count()).select_from(schema.named)
    return await store._database.read(lambda connection: int(connection.execute(query).scalar_one()))


async def test_cases_that_share_a_name_are_suggested_and_stay_apart(store: Store) -> None:
    await say(store, "one", named("1", ACCOUNT))
    await say(store, "two", named("2", ACCOUNT, TAG))
    await say(store, "three", named("3", TAG))
    await say(store, "four", named("4", ELSEWHERE))
    assert len(await store.cases()) == 4
    first, second, fourth = [await store.case(number) for number in (1, 2, 4)]
    assert first is not None
    assert second is not None
    assert fourth is not None
    assert first.related == (Related("account", (2,)),)
    assert second.related == (Related("account", (1,)), Related("hashtag", (3,)))
    assert fourth.related == ()  # the same handle on another platform is another account


async def test_nothing_readable_is_kept_of_a_name(store: Store) -> None:
    await say(store, "one", named("1", ACCOUNT, TAG))
    kept = await store._database.read(lambda connection: connection.execute(select(schema.named)).all())
    assert len(kept) == 2
    assert not any("bantz" in str(row) or "teachers" in str(row) for row in kept)


@pytest.mark.parametrize("way", ["corrected", "erased", "forgotten", "faded"])
async def test_a_report_that_is_put_right_or_goes_takes_its_names_along(store: Store, way: str) -> None:
    mine = named("1", ACCOUNT, TAG)
    await say(store, "one", mine)
    await say(store, "two", named("2", ACCOUNT))
    if way == "corrected":
        await say(store, "one", ReportCorrected(mine.report, mine.answers, mine.links, names=(TAG,)))
    elif way == "erased":
        await say(store, "one", ReportErased(mine.report))
    elif way == "forgotten":
        await say(store, "one", Forgotten())
    else:
        said = officer(store)
        await store.commit(said, None, Turn(changes=(CaseClosed(1, "advised"),)))
        await store.sweep(store._clock.move(days=370))  # type: ignore[attr-defined]  # the test's own clock
    assert await rows(store) == (2 if way == "corrected" else 1)
    file = await store.case(2)
    assert file is not None
    assert file.related == ()


async def test_how_many_others_reported_the_same_counts_members_not_reports(store: Store) -> None:
    found: list[int] = []

    def announce(filed: Filed) -> tuple[()]:
        found.append(filed.others)
        return ()

    for user in ("one", "one", "two", "three", "one"):
        await say(store, user, named("1", announce=announce))
    await say(store, "four", replace(report(link("9"), link("1")), announce=announce))
    assert found == [0, 0, 1, 2, 2, 3]
