"""Nearness to sentences of danger sounds the alarm only when it is near, and clearly nearer than to calm ones."""

from __future__ import annotations

import numpy as np
import pytest

from bot.guidance.crisis_near import LEAD, MOST_SENTENCES, NEAR_ENOUGH, NEIGHBOURS, Near, Vectors, readings
from bot.shelf import Shelf

DANGER, CALM, ELSEWHERE = np.eye(3, dtype=np.float32)


def mixed(danger: float, calm: float) -> Vectors:
    """Return one vector of length 1 with these cosines to danger and calm."""
    rest = max(0.0, 1 - danger**2 - calm**2) ** 0.5
    return np.array([[danger, calm, rest]], np.float32)


@pytest.fixture
def near() -> Near:
    return Near(np.array([DANGER] * NEIGHBOURS), np.array([CALM] * NEIGHBOURS))


def test_near_to_danger_and_far_from_calm_alarms(near: Near) -> None:
    assert near.alarms(mixed(0.8, 0.1))


def test_as_near_to_calm_does_not(near: Near) -> None:
    assert not near.alarms(mixed(0.7, 0.7 - LEAD / 2))
    assert near.alarms(mixed(0.7, 0.7 - LEAD * 1.1))


def test_far_from_everything_does_not(near: Near) -> None:
    assert not near.alarms(mixed(NEAR_ENOUGH - 0.01, 0.0))
    assert not near.alarms(ELSEWHERE[None])


def test_one_near_sentence_among_many_is_enough(near: Near) -> None:
    assert near.alarms(np.concatenate([mixed(0.1, 0.9), mixed(0.0, 0.0), mixed(0.9, 0.1)]))
    assert not near.alarms(np.zeros((0, 3), np.float32))


def test_one_lone_neighbour_is_not_enough() -> None:
    known = np.array([DANGER, ELSEWHERE, -DANGER])
    assert not Near(known, np.array([CALM])).alarms(mixed(0.9, 0.1))


def test_sentences_of_both_kinds_are_needed() -> None:
    with pytest.raises(ValueError, match="both kinds"):
        Near(np.array([DANGER]), np.zeros((0, 3), np.float32))


def test_a_message_is_read_whole_and_by_its_last_sentences() -> None:
    assert readings("only one thought here") == ("only one thought here",)
    assert readings("First one. Then this!\nand that too. ok") == (
        "First one. Then this!\nand that too. ok",
        "First one.",
        "Then this!",
        "and that too.",
    )
    many = " ".join(f"sentence number {n}." for n in range(40))
    assert len(readings(many)) == 1 + MOST_SENTENCES
    assert readings(many)[-1] == "sentence number 39."


def test_the_shipped_sentences_are_many_and_different(shipped: Shelf) -> None:
    sentences = shipped.rules.near
    assert len(sentences.crisis) >= 50
    assert len(sentences.calm) >= 50
    assert len({*sentences.crisis, *sentences.calm}) == len(sentences.crisis) + len(sentences.calm)
