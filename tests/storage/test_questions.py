"""Questions nothing helped with: sealed, for 90 days, gone with their member."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from bot import privacy
from bot.changes import Forgotten, QuestionAsked, QuestionJudged, QuestionsErased
from bot.storage import schema
from bot.storage.store import Store
from tests.storage.conftest import Home
from tests.storage.people import say

WORDS = "where do i park on friday"


async def asks(store: Store, who: str, words: str = WORDS, kind: Literal["hand_over", "last"] = "hand_over") -> None:
    await say(store, who, QuestionAsked(words, kind))


async def kept(store: Store) -> list[str]:
    return [one.words for one in await store.open_questions()]


def rows(store: Store) -> list[bytes]:
    with store._database.reading() as connection:
        return list(connection.execute(schema.question.select()).scalars())


async def test_a_question_handed_over_is_kept_for_ninety_days(home: Home) -> None:
    store = await home.open()
    await asks(store, "one")
    assert await kept(store) == [WORDS]
    assert [one.member for one in await store.open_questions()] == [store.pseudonym("telegram", "one")]
    assert (await store.sweep(home.clock.move(days=89)))["questions"] == 0
    assert (await store.sweep(home.clock.move(days=2)))["questions"] == 1
    assert await kept(store) == []


async def test_it_is_sealed_and_tells_nobody_in_a_repr(home: Home) -> None:
    store = await home.open()
    await asks(store, "one")
    with store._database.reading() as connection:
        (row,) = connection.execute(schema.question.select()).mappings().all()
    assert WORDS.encode() not in row["sealed"]
    assert WORDS not in repr([*await store.open_questions(), QuestionAsked(WORDS, "last")])


async def test_an_answered_question_makes_way_for_the_next_and_is_soon_gone(home: Home) -> None:
    store = await home.open()
    await asks(store, "one", kind="last")
    await asks(store, "one", "another one", kind="last")
    assert len(rows(store)) == 1
    assert await kept(store) == []
    assert (await store.sweep(home.clock.move(minutes=11)))["questions"] == 1
    assert rows(store) == []


async def test_not_helpful_keeps_the_last_question_if_it_was_just_asked(home: Home) -> None:
    store = await home.open()
    await asks(store, "one", kind="last")
    await asks(store, "two", "somebody else's", kind="last")
    await say(store, "one", QuestionJudged("not_helpful"))
    assert await kept(store) == [WORDS]
    home.clock.move(seconds=privacy.KEEP_TOPIC.total_seconds() + 1)
    await say(store, "two", QuestionJudged("none_of_these"))
    assert await kept(store) == [WORDS]


async def test_the_stop_rule_erases_what_was_asked_in_the_last_day(home: Home) -> None:
    store = await home.open()
    await asks(store, "one", "of an older matter")
    home.clock.move(days=2)
    await asks(store, "one")
    await asks(store, "one", kind="last")
    await asks(store, "two", "somebody else's")
    await say(store, "one", QuestionsErased())
    assert await kept(store) == ["of an older matter", "somebody else's"]
    assert len(rows(store)) == 2


async def test_forgetting_and_mydata_know_questions(home: Home) -> None:
    store = await home.open()
    await asks(store, "one")
    await asks(store, "two", "another")
    one = store.pseudonym("telegram", "one")
    assert WORDS in str((await store.held(one))["questions"])
    await say(store, "one", Forgotten())
    assert (await store.held(one))["questions"] == []
    assert await kept(store) == ["another"]


async def test_a_backup_put_back_does_not_bring_a_forgotten_question_back(home: Home) -> None:
    store = await home.open()
    await asks(store, "one")
    await home.close()
    await home.back_up()
    store = await home.open()
    await say(store, "one", Forgotten())
    await home.close()
    await home.put_back()
    store = await home.open()
    assert await kept(store) == []
    assert rows(store) == []


def test_the_time_is_in_the_retention_table() -> None:
    assert timedelta(days=90) == privacy.KEEP_QUESTION
