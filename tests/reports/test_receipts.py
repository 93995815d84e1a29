"""A receipt survives being retyped, and a wrong letter is always noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports import receipts
from bot.reports.words import WORDS

BITS = st.integers(0, 2**receipts.BITS - 1)


@given(BITS)
def test_a_code_reads_back(bits: int) -> None:
    code = receipts.make(bits)
    assert receipts.read(code) == code
    assert code[:4] == "STW-"
    assert not set("ILOU") & set(code[4:])


@given(BITS, st.integers(0, 7), st.sampled_from(receipts.ALPHABET))
def test_a_single_wrong_letter_is_always_noticed(bits: int, place: int, letter: str) -> None:
    letters = list(receipts.make(bits)[4:].replace("-", ""))
    is_same = letters[place] == letter
    letters[place] = letter
    assert (receipts.read("".join(letters)) is not None) == is_same


@given(BITS)
def test_the_ways_people_retype_are_forgiven(bits: int) -> None:
    code = receipts.make(bits)
    letters = code[4:].replace("-", "")
    misread = letters.replace("0", "O").replace("1", "l")
    for typed in (code.lower(), letters, f" stw {letters[:4]} {letters[4:]}. ", f"STW{letters}", f"`{code}`", misread):
        assert receipts.read(typed) == code
    assert receipts.read(code.replace("-", "\N{EN DASH}")) == code


@given(st.text())
def test_no_text_raises(text: str) -> None:
    code = receipts.read(text)
    assert code is None or receipts.read(code) == code
    receipts.read_both(text)
    receipts.same_word(text, "harbour")


@given(BITS, st.sampled_from(WORDS))
def test_code_and_word_are_read_from_one_line(bits: int, word: str) -> None:
    code = receipts.make(bits)
    assert receipts.read_both(f"{code} {word.upper()}") == (code, word)
    assert receipts.read_both(f"{code.replace('-', ' ').lower()}, second word: {word}.") == (code, word)


@pytest.mark.parametrize("bits", [-1, 2**35])
def test_bits_out_of_range_are_refused(bits: int) -> None:
    with pytest.raises(ValueError, match="35 random bits"):
        receipts.make(bits)


@pytest.mark.parametrize(
    "text", ["", "STW", "hello there", "STW-7K3M-Q9X", "\u0661" * 8, "STW-UUUU-UUUU", "x" * 10_000]
)
def test_what_is_no_code_is_none(text: str) -> None:
    assert receipts.read(text) is None
    assert receipts.read_both(text) is None


def test_the_words_are_short_plain_and_all_different() -> None:
    assert len(WORDS) == len(set(WORDS)) == 256
    assert all(word.isascii() and word.islower() and word.isalpha() and 4 <= len(word) <= 9 for word in WORDS)
    assert {receipts.word(bits) for bits in range(256)} == set(WORDS)


def test_one_slip_never_makes_another_word() -> None:
    without_one = [(word[:at] + "?" + word[at + 1 :], word) for word in WORDS for at in range(len(word))]
    dropped = [(word[:at] + word[at + 1 :], word) for word in WORDS for at in range(len(word))]
    for variants in (without_one, dropped):
        kinds: dict[str, set[str]] = {}
        for variant, word in variants:
            kinds.setdefault(variant, set()).add(word)
        if variants is without_one:
            assert all(len(words) == 1 for words in kinds.values())
        assert not set(kinds) & set(WORDS)


def test_the_word_is_compared_kindly() -> None:
    assert receipts.same_word("harbour", " Harbour. ")
    assert not receipts.same_word("harbour", "lantern")
    assert not receipts.same_word("harbour", "")
