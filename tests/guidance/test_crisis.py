"""Words of danger are caught, idioms and calm questions are not, and the lines are always there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.guidance.crisis import BUILT_IN, crisis, lines, read
from bot.shelf import SHIPPED, Shelf

ROWS = [tuple(row.split("\t")) for row in Path(__file__).with_name("crisis.tsv").read_text("utf-8").splitlines()[1:]]
CHECKED = date(2026, 11, 20)
LATER = date(2030, 1, 1)


def test_there_are_enough_sentences() -> None:
    kinds = [kind for kind, _ in ROWS]
    assert kinds.count("crisis") >= 60
    assert kinds.count("calm") >= 120


@pytest.mark.parametrize(("kind", "sentence"), ROWS)
def test_a_sentence_fires_or_not(shipped: Shelf, kind: str, sentence: str) -> None:
    assert (crisis(shipped.rules, sentence) is not None) == (kind == "crisis")


@pytest.mark.parametrize(
    "sentence",
    ["I’M GOING TO   KILL MYSELF", "i w a n t... well, i want\nto die", "kiiiill mysellllf", "suicidial now"],
)
def test_the_way_it_is_typed_does_not_matter(shipped: Shelf, sentence: str) -> None:
    assert crisis(shipped.rules, sentence) == "self_harm"


def test_questions_nobody_here_can_answer_are_no_crisis(shipped: Shelf) -> None:
    outside = (SHIPPED / "out_of_scope.txt").read_text("utf-8").splitlines()
    own = [line for article in shipped.articles for line in article.asked]
    assert [line for line in (*outside, *own) if crisis(shipped.rules, line)] == []


def test_lines_for_the_whole_uk_come_first_and_never_lapse(shipped: Shelf) -> None:
    now = lines(shipped.rules, CHECKED, "northern_ireland")
    assert "999" in now[0]
    assert "55" in now[0]
    assert "116 123" in now[1]
    assert "85258" in now[1]
    assert any("08000 562 561" in line and "check the number" in line for line in now)
    assert any("0808 808 8000" in line for line in now)
    assert lines(shipped.rules, LATER, "northern_ireland") == now[:2]


def test_a_nations_and_a_childs_line_show_only_when_known(shipped: Shelf) -> None:
    assert not any("111" in line for line in lines(shipped.rules, CHECKED, None)[2:])
    assert any("option 2" in line for line in lines(shipped.rules, CHECKED, "england"))
    assert any("0800 1111" in line for line in lines(shipped.rules, CHECKED, None, child=True))


def test_rules_without_the_four_numbers_are_refused() -> None:
    text = '[[phrases]]\ngroup = "weapon"\npatterns = ["knife"]\n[[lines]]\nkey = "a"\ntext = "999"\n'
    with pytest.raises(ValueError, match="116 123"):
        read(text + "uk_wide = true\n")


@pytest.mark.parametrize("pattern", ["", "(.*)+", "a-b"])
def test_a_pattern_nobody_can_read_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="pattern"):
        read(f'[[phrases]]\ngroup = "weapon"\npatterns = ["{pattern}"]\n[[lines]]\nkey = "a"\ntext = "b"\n')


def test_the_built_in_rules_know_the_plainest_words_and_numbers() -> None:
    assert crisis(BUILT_IN, "i want to kill myself") == "self_harm"
    assert crisis(BUILT_IN, "hes outside my house") == "immediate_danger"
    assert crisis(BUILT_IN, "how do i report a tiktok") is None
    said = " ".join(lines(BUILT_IN, LATER, None))
    assert all(number in said for number in ("999", "55", "116 123", "85258"))
