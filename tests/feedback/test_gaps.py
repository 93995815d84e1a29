"""What is asked and not covered: only from five members up, only as common words."""

from __future__ import annotations

import numpy as np
import pytest

from bot.feedback.gaps import Gap, gaps

PARKING = (
    "how do i get a parking permit",
    "parking permit for staff please",
    "who gives out a parking permit",
    "need a permit for parking, thanks",
    "parking permit Zyxquill road",
)


def asked(*questions: str, same: bool = False) -> list[tuple[str, str]]:
    return [("one" if same else f"member {at}", words) for at, words in enumerate(questions)]


def test_five_members_make_a_gap_and_four_do_not() -> None:
    assert gaps(asked(*PARKING), ()) == (Gap(5, ("parking", "permit")),)
    assert gaps(asked(*PARKING[:4]), ()) == ()


def test_one_member_asking_five_times_is_one_member() -> None:
    assert gaps(asked(*PARKING, same=True), ()) == ()


def test_a_word_one_person_knows_is_never_shown_even_when_it_is_public() -> None:
    (gap,) = gaps(asked(*PARKING), {"zyxquill", "road", "staff"})
    assert gap.words == ("parking", "permit")


def test_public_words_of_two_members_fill_up_to_three() -> None:
    questions = (*PARKING[:3], "parking permit staff", "parking permit staff car", "parking permit car")
    assert gaps(asked(*questions), {"staff", "car"}) == (Gap(6, ("parking", "permit", "car")),)
    assert gaps(asked(*questions), ()) == (Gap(6, ("parking", "permit")),)


def test_different_questions_are_different_gaps_largest_first() -> None:
    pension = [f"{before} teachers pension forecast" for before in ("my", "the", "a", "any", "our", "is there a")]
    found = gaps(asked(*PARKING, *pension), ())
    assert [gap.members for gap in found] == [6, 5]
    assert "pension" in found[0].words


def test_meaning_joins_what_shares_no_word() -> None:
    vectors = np.array([[1, 0], [0.8, 0.6], [0.6, 0.8], [0.9, 0.44], [0.7, 0.71], [-1, 0]], np.float32)
    questions = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta")
    assert gaps(asked(*questions), (), vectors) == (Gap(5, ()),)


@pytest.mark.parametrize("vectors", [None, np.zeros((0, 2), np.float32)])
def test_nothing_asked_is_no_gap(vectors: np.ndarray | None) -> None:
    assert gaps([], (), vectors) == ()
