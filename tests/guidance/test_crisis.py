"""Words of danger are caught, idioms and calm questions are not, and the lines are always there."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import process_time

import numpy as np
import pytest

from benchmarks.crisis_check import EVERY, PARTS, counted, sentences, table
from bot.crisis_model import checksum, examples
from bot.guidance.crisis import BUILT_IN, Rules, crisis, lines, read
from bot.guidance.words import wording
from bot.shelf import CRISIS_LEARNED, SHIPPED, Shelf

ROWS = [tuple(row.split("\t")) for row in Path(__file__).with_name("crisis.tsv").read_text("utf-8").splitlines()[1:]]
# What was reached when this was written, less a little, so that added sentences do not turn it red at once. The aim,
# 97 in 100 caught and 1 in 100 false, is not reached on sentences nobody had seen (docs/benchmarks.md).
CAUGHT = {"blind 2": 0.92, "blind": 0.90, "held": 0.90, "tune": 0.97}
FALSE = {"blind 2": 0.04, "blind": 0.05, "held": 0.03, "tune": 0.01}
CHECKED = date(2026, 11, 20)
LATER = date(2030, 1, 1)


def test_there_are_enough_sentences() -> None:
    kinds = [kind for kind, _ in ROWS]
    assert kinds.count("crisis") >= 60
    assert kinds.count("calm") >= 120


@pytest.mark.parametrize(("kind", "sentence"), ROWS)
def test_a_sentence_fires_or_not(shipped: Shelf, kind: str, sentence: str) -> None:
    assert (crisis(shipped.rules, sentence) is not None) == (kind == "crisis")


def test_what_fires_by_a_pattern_still_does_when_everything_is_weighed(shipped: Shelf) -> None:
    rings = shipped.answers().is_crisis
    missed = [sentence for kind, sentence in ROWS if rings(sentence) != (kind == "crisis")]
    assert len(missed) <= len(ROWS) // 50, missed


def test_the_larger_sets_are_caught_and_their_calm_halves_left_alone(shipped: Shelf) -> None:
    counts = counted(shipped.answers().is_crisis)
    shown = "\n".join(table(counts))
    for part in PARTS:
        assert counts["crisis", EVERY, part].rate >= CAUGHT[part], shown
        assert counts["calm", EVERY, part].rate <= FALSE[part], shown


def test_what_was_learned_was_learned_from_the_examples_as_they_are() -> None:
    with np.load(SHIPPED / CRISIS_LEARNED) as held:
        assert str(held["examples"]) == checksum(SHIPPED), "run: make crisis-model"


def test_no_example_of_danger_is_a_test_sentence_and_few_calm_ones_are() -> None:
    known = {wording(text) for text, _ in examples(SHIPPED)}
    both = [label for part, text, label, _ in sentences() if part != "tune" and wording(text) in known]
    assert set(both) <= {"calm"}  # greetings, "what can you do", "test": nobody can avoid them
    assert len(both) <= 20


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


@pytest.mark.parametrize("pattern", ["", "(.*)+", "a-b", "<unknown>", "[may] [be]", "a + b + c + d"])
def test_a_pattern_nobody_can_read_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="pattern"):
        read(f'[[phrases]]\ngroup = "weapon"\npatterns = ["{pattern}"]\n[[lines]]\nkey = "a"\ntext = "b"\n')


def rules_of(pattern: str, *, certain: bool = True, calm: str = "", unless: str = "") -> Rules:
    words = '[words]\npills = ["tablets", "sleeping pills"]\n[same]\ntomorrow = ["tmrw"]\nim = ["i am"]\n'
    phrases = f'[[phrases]]\ngroup = "weapon"\ncertain = {str(certain).lower()}\npatterns = ["{pattern}"]\n'
    quiet = f'[[except]]\ncalm = true\npatterns = ["{calm}"]\nunless = ["{unless}"]\n' if calm else ""
    line = '[[lines]]\nkey = "a"\ntext = "999, 55, 116 123, 85258"\nuk_wide = true\n'
    return read(words + phrases + quiet + line)


@pytest.mark.parametrize(
    ("pattern", "fits", "does_not"),
    [
        ("my <pills>", "took my sleeping pills", "my sleeping bag"),
        ("knife + tomorrow", "TMRW he brings a KNIFE", "he brings a knife"),
        ("knife + tomorrow", "a knife. its for tomorrow", "knife " + "word " * 21 + "tomorrow"),
        ("(not here/far away) now", "he is far away now", "he is far now"),
        ("^ is it", "hello. is it far", "what is it"),
        ("im here", "i am here", "i am not here"),
        ("mae'r tŷ", "maer ty ar dan", "maer tan"),
        ("a ... b", "a one two three four b", "a one two. three b"),
        ("cut*", "cutting", "acute"),
    ],
)
def test_what_a_pattern_can_say(pattern: str, fits: str, does_not: str) -> None:
    rules = rules_of(pattern)
    assert crisis(rules, fits) == "weapon"
    assert crisis(rules, does_not) is None


def test_a_calm_question_quiets_uncertain_patterns_unless_it_is_now() -> None:
    rules = rules_of("knife", certain=False, calm="^ what is", unless="now")
    assert crisis(rules, "what is the rule about a knife") is None
    assert crisis(rules, "what is the rule, he has a knife now") == "weapon"
    assert crisis(rules_of("knife", calm="^ what is", unless="now"), "what is a knife") == "weapon"


@pytest.mark.parametrize("words", ["i " * 2_000, "pills now me " * 300, "he she they is at on my " * 160])
def test_a_long_message_is_read_in_good_time(shipped: Shelf, words: str) -> None:
    began = process_time()
    crisis(shipped.rules, words)
    assert process_time() - began < 1  # a tenth of it when this was written; a repeat without bound takes minutes


def test_every_line_says_where_it_is_from_and_when_it_lapses(shipped: Shelf) -> None:
    for line in shipped.rules.lines:
        assert line.source, line.key
        assert line.source_date, line.key
        assert line.checked, line.key
        assert line.review_by, line.key
        assert (line.review_by - line.checked).days <= 92, line.key  # hedged facts: three months


def test_welsh_speakers_and_members_in_wales_get_the_welsh_line(shipped: Shelf) -> None:
    welsh = lines(shipped.rules, CHECKED, None, language="cy")
    assert welsh[:2] == lines(shipped.rules, CHECKED, None)[:2]
    assert any("ffoniwch 999" in line and "0808 164 0123" in line for line in welsh)
    assert any("0808 164 0123" in line for line in lines(shipped.rules, CHECKED, "wales"))
    assert not any("0808 164 0123" in line for line in lines(shipped.rules, CHECKED, "england"))


def test_the_built_in_rules_know_the_plainest_words_and_numbers() -> None:
    assert crisis(BUILT_IN, "i want to kill myself") == "self_harm"
    assert crisis(BUILT_IN, "hes outside my house") == "immediate_danger"
    assert crisis(BUILT_IN, "how do i report a tiktok") is None
    said = " ".join(lines(BUILT_IN, LATER, None))
    assert all(number in said for number in ("999", "55", "116 123", "85258"))
