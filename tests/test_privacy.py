"""The keys keep what they promise."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from uuid6 import uuid7

from bot import privacy
from tests.conftest import CHECKOUT

KEY = b"k" * 32
ID = str(uuid7())


@given(st.binary(), st.text())
def test_what_is_sealed_opens_for_the_same_place(words: bytes, place: str) -> None:
    sealed = privacy.seal(KEY, ID, words, place)
    assert privacy.unseal(KEY, sealed, place) == words
    assert privacy.key_of(sealed) == ID


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_any_change_of_a_sealed_value_is_noticed(where: int, by: int) -> None:
    sealed = bytearray(privacy.seal(KEY, ID, b"words", "table/column/row"))
    sealed[where % len(sealed)] ^= by
    with pytest.raises(privacy.Unreadable):
        privacy.unseal(KEY, bytes(sealed), "table/column/row")


def test_another_key_place_or_stub_does_not_open() -> None:
    sealed = privacy.seal(KEY, ID, b"words", "table/column/row")
    for key, value, place in (
        (b"x" * 32, sealed, "table/column/row"),
        (KEY, sealed, "table/column/other"),
        (KEY, b"", "table/column/row"),
    ):
        with pytest.raises(privacy.Unreadable):
            privacy.unseal(key, value, place)


def test_sealing_twice_gives_different_values() -> None:
    assert privacy.seal(KEY, ID, b"words", "p") != privacy.seal(KEY, ID, b"words", "p")


def test_sub_keys_differ_by_label_and_root() -> None:
    every = {privacy.derived(root, label) for root in (KEY, b"x" * 32) for label in ("wrap", "receipt", "web")}
    assert len(every) == 6
    with pytest.raises(ValueError, match="at least 32 bytes"):
        privacy.derived(b"short", "wrap")


def test_a_pseudonym_is_stable_short_and_of_one_adapter() -> None:
    one = privacy.pseudonym(KEY, "telegram", "42")
    assert one == privacy.pseudonym(KEY, "telegram", "42")
    assert (len(one), one.isalnum(), one.islower()) == (24, True, True)
    others = {privacy.pseudonym(KEY, "slack", "42"), privacy.pseudonym(b"x" * 32, "telegram", "42")}
    assert one not in others


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_only_the_same_parts_have_the_same_hash(one: list[str], two: list[str]) -> None:
    assert (privacy.keyed_hash(KEY, *one) == privacy.keyed_hash(KEY, *two)) == (one == two)


def test_the_page_on_privacy_says_how_long_everything_is_kept() -> None:
    page = (CHECKOUT / "docs" / "privacy.md").read_text("utf-8")
    told = dict(re.findall(r"^\| `(KEEP_\w+)` \|.*\| ([\d,]+ \w+) \|$", page, re.MULTILINE))
    spans = {"day": timedelta(days=1), "days": timedelta(days=1), "minutes": timedelta(minutes=1)}
    number_of = {name: words.replace(",", "").split() for name, words in told.items()}
    kept = {name: int(count) * spans[unit] for name, (count, unit) in number_of.items()}
    assert kept == {name: value for name, value in vars(privacy).items() if name.startswith("KEEP_")}
