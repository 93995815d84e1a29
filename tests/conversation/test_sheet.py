"""A form shown whole: every kind of question has its blank, and what comes back is the form or what is wrong."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

import pytest

from bot.conversation.form import Ask, Form, Lines, PastDay, Story, Words
from bot.conversation.sheet import from_sheet, sheet
from bot.messages import Filled, Text


class Everything(Form):
    """One question of each kind."""

    name: ClassVar[str] = "everything"
    sure: Annotated[bool, Ask()]
    one: Annotated[Literal["a", "b"], Ask()]
    some: Annotated[tuple[Literal["c", "d"], ...] | None, Ask()] = None
    words: Annotated[Words | None, Ask()] = None
    story: Annotated[Story | None, Ask()] = None
    lines: Annotated[Lines | None, Ask()] = None
    day: Annotated[PastDay | None, Ask()] = None
    computed: Annotated[Literal["x"] | None, Ask(stage="derived")] = None


FULL: Filled = {
    "sure": "no", "one": "b", "some": ("d", "c"), "words": " two  words ", "story": "a\nb", "lines": "x, y\nx",
    "day": "2026-11-20",
}  # fmt: skip


def _key(text: Text) -> str:
    return text.key


def test_every_kind_has_its_blank_and_what_is_derived_has_none() -> None:
    made = sheet(Everything, _key, {})
    assert (made.title, made.send) == ("everything-title", "everything-send")
    assert [(blank.name, blank.kind, blank.is_needed) for blank in made.blanks] == [
        ("sure", "one", True), ("one", "one", True), ("some", "many", False), ("words", "line", False),
        ("story", "lines", False), ("lines", "lines", False), ("day", "day", False),
    ]  # fmt: skip
    assert [option.pressed for option in made.blanks[0].options] == ["no", "yes"]
    assert [option.label for option in made.blanks[1].options] == ["everything-one-a", "everything-one-b"]


def test_a_full_sheet_is_the_form() -> None:
    assert from_sheet(Everything, FULL) == Everything(
        sure=False, one="b", some=("d", "c"), words="two words", story="a\nb", lines=("x", "y"), day=date(2026, 11, 20)
    )


def test_what_is_left_out_is_wrong_only_where_it_is_needed() -> None:
    assert from_sheet(Everything, {"one": "a"}) == {"sure": Text("sheet-needed")}
    assert isinstance(from_sheet(Everything, {"one": "a", "sure": "yes"}), Everything)


@pytest.mark.parametrize(
    "more",
    [
        {"sure": "maybe"}, {"one": "c"}, {"one": ("a",)}, {"some": ("c", "e")}, {"some": "c"}, {"words": "w" * 201},
        {"words": ("w",)}, {"story": "w" * 4_001}, {"story": "  "}, {"day": "yesterday"}, {"lines": " , "},
    ],
)  # fmt: skip
def test_what_is_no_answer_is_wrong_by_its_question(more: dict[str, str | tuple[str, ...]]) -> None:
    (name,) = more
    assert from_sheet(Everything, {**FULL, **more}) == {name: Text("sheet-no-answer")}


def test_what_no_question_asks_for_is_left_out() -> None:
    assert from_sheet(Everything, {**FULL, "else": "x", "computed": "x"}) == from_sheet(Everything, FULL)
