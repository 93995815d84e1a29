"""Receipt codes that survive being read aloud or retyped, and the second word that goes with them."""

from __future__ import annotations

import hmac
import re
import unicodedata
from dataclasses import dataclass, field

from stdnum import luhn

from bot.reports.words import WORDS

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32 letters: no I, L, O or U, which are misread for 1, 1, 0 and V."""

BITS = 35
"""Random bits in a code: seven letters of five bits; the eighth is the check letter."""

PREFIX = "STW"
_LETTERS = 8
_LONGEST = 64
_TEXT = 4_000  # characters looked at, as of any message
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212_", "-"))
_GIVEN_OUT = frozenset(WORDS)
_GAP = r"[\s.-]*"
_WITH_PREFIX = re.compile(rf"(?<![^\W_])STW{_GAP}[0-9A-Z](?:[\s.-]?[0-9A-Z]){{7}}(?![^\W_])", re.IGNORECASE)
_BROKEN = re.compile(
    r"(?<![^\W_])STW[\s.-]*(?=[0-9A-Z-]*[0-9])[0-9A-Z]{1,9}(?:-?[0-9A-Z]{1,9})?(?![^\W_])", re.IGNORECASE
)
_BARE = re.compile(r"\s*[0-9A-Z]{4}[\s.-]?[0-9A-Z]{4}(?![^\W_])", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class Typed:
    """A receipt in somebody's words. ``code`` is None when a letter of it is wrong or missing.

    ``is_alone``: there is nothing else in the words, but perhaps one for the second word.
    """

    code: str | None = field(repr=False)
    word: str = field(default="", repr=False)
    is_alone: bool = True


def typed(text: str, *, asked: bool = False) -> Typed | None:
    """Return the receipt that stands in a text, or None when there is none.

    ``asked``: the words stand behind a command that wants one. Else a code without ``STW`` must stand alone, be right
    and hold letters and digits, as the words of a question never do.
    """
    plain = unicodedata.normalize("NFKC", text[:_TEXT]).translate(_DASHES)
    found = _WITH_PREFIX.search(plain)
    if found is not None:
        return _typed(plain, found.span(), read(found[0]), asked=asked)
    found = _BROKEN.search(plain)
    if found is not None:
        return _typed(plain, found.span(), None, asked=asked)
    found = _BARE.match(plain)
    if found is None or not any(letter.isdigit() or letter == "-" for letter in found[0]):
        return None
    made = _typed(plain, found.span(), read(found[0]), asked=asked)
    is_mixed = any(letter.isdigit() for letter in found[0]) and any(letter.isalpha() for letter in found[0])
    return made if asked or (made.is_alone and made.code is not None and is_mixed) else None


def _typed(plain: str, span: tuple[int, int], code: str | None, *, asked: bool) -> Typed:
    before, after = plain[: span[0]].split(), plain[span[1] :].split()
    words = [plain_word(token) for token in (*after, *before)]
    given_out = next((one for one in words if one in _GIVEN_OUT), None)
    is_alone = len([one for one in words if one]) <= 1
    said = next((one for one in reversed(words[: len(after)] if asked else words) if one), "")
    return Typed(code, given_out or (said if asked or is_alone else ""), is_alone)


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
