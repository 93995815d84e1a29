"""Receipt codes that survive being read aloud or retyped, and the second word that goes with them."""

from __future__ import annotations

import hmac
import unicodedata

from stdnum import luhn

from bot.reports.words import WORDS

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32 letters: no I, L, O or U, which are misread for 1, 1, 0 and V."""

BITS = 35
"""Random bits in a code: seven letters of five bits; the eighth is the check letter."""

PREFIX = "STW"
_LETTERS = 8
_LONGEST = 64
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def make(random_bits: int) -> str:
    """Return the code for ``random_bits`` (0 to 2**35 - 1), such as ``STW-7K3M-Q9XD``.

    Raises ``ValueError`` when the number is out of range.
    """
    if not 0 <= random_bits < 2**BITS:
        message = f"a receipt needs {BITS} random bits"
        raise ValueError(message)
    letters = "".join(ALPHABET[(random_bits >> shift) & 31] for shift in range(BITS - 5, -1, -5))
    return _shown(letters + luhn.calc_check_digit(letters, ALPHABET))


def read(text: str) -> str | None:
    """Return the code somebody typed, in its shown form, or None when it cannot be right.

    Small letters, spaces, missing dashes or prefix and O for 0, I or L for 1 are forgiven. A
    single wrong letter is always noticed (Luhn mod 32).
    """
    if len(text) > _LONGEST:
        return None
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", text) if letter.isalnum())
    if not plain.isascii():
        return None
    plain = plain.upper()
    if len(plain) == len(PREFIX) + _LETTERS and plain.startswith(PREFIX):
        plain = plain[len(PREFIX) :]
    letters = plain.translate(_MISREAD)
    if len(letters) != _LETTERS or any(letter not in ALPHABET for letter in letters):
        return None
    return _shown(letters) if luhn.checksum(letters, ALPHABET) == 0 else None


def read_both(text: str) -> tuple[str, str] | None:
    """Return code and second word out of one line (``STW 7K3M Q9XD harbour``), or None."""
    tokens = text[: 2 * _LONGEST].split()
    for cut in range(len(tokens) - 1, 0, -1):
        code = read(" ".join(tokens[:cut]))
        if code is not None:
            return code, plain_word(tokens[-1])
    return None


def word(random_bits: int) -> str:
    """Return the second word for ``random_bits``; eight bits are used, so any more are dropped."""
    return WORDS[random_bits % len(WORDS)]


def plain_word(text: str) -> str:
    """Return a typed second word as it was given out: small letters, nothing around them."""
    folded = unicodedata.normalize("NFKC", text[:_LONGEST]).casefold()
    return "".join(letter for letter in folded if letter.isalpha())


def same_word(given_out: str, typed: str) -> bool:
    """Whether the typed word is the one given out; takes the same time wherever they differ."""
    return hmac.compare_digest(plain_word(given_out).encode(), plain_word(typed).encode())


def _shown(letters: str) -> str:
    return f"{PREFIX}-{letters[:4]}-{letters[4:]}"
