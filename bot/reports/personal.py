"""Finds what could name or locate a person in somebody's words, so that it can be left out; few false alarms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher, PhoneNumberType
from stdnum import luhn

from bot.reports.known import HELPLINE_DOMAINS, HELPLINES, INSTITUTIONS, NO_NAMES
from bot.reports.spans import blanked

Kind: TypeAlias = Literal["phone", "email", "address", "name", "card"]

MARKERS: dict[Kind, str] = {
    "phone": "[phone number]",
    "email": "[e-mail address]",
    "address": "[address]",
    "name": "[name]",
    "card": "[card number]",
}
"""What stands in place of each kind in a version without personal details."""

_MOST_READ = 20_000
"""Characters looked at; a story has at most 4,000."""

_NO_PERSONS = frozenset({PhoneNumberType.TOLL_FREE, PhoneNumberType.UAN, PhoneNumberType.SHARED_COST})
"""0800 and 03 numbers belong to organisations: they are helplines far more often than not."""

_LONGEST_NAME = 4  # words; a longer row of capitals is a headline
_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@((?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24})(?![\w-])", re.IGNORECASE)
_CARD = re.compile(r"(?<![\w-])[2-6]\d{3}([ -]?)\d{4}\1\d{4}\1\d{4}(?![\w-])")
# Also ranges that are not given out yet, so that a mistyped number is noticed.
_MOBILE = re.compile(r"(?<![\w+])(?:\+44 ?|0044 ?|0)7\d{3}[ -]?\d{3}[ -]?\d{3}(?![\w-])")
_AREAS = (
    "A[BL]|B[ABDHLNRSTBX]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|"
    "L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE"
)
_POSTCODE = re.compile(rf"(?<![\w@#/-])(?:{_AREAS})\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{{2}}(?![\w-])", re.IGNORECASE)
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)$")
_STREETS = r"Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Drive|Crescent|Terrace|Gardens|Grove|Mews|Heol|Stryd"
_ADDRESS = re.compile(
    rf"(?<![\w£$#./:-])\d{{1,4}}[A-Za-z]?,? (?:(?:[A-Z][\w'\u2019-]{{1,30}} ){{1,3}}(?:{_STREETS})"
    r"|(?:[a-z]{3,20} ){1,2}(?:street|road|avenue|lane|crescent|terrace))(?!\w)"
)
_TITLE = re.compile(
    r"(?<![\w@#])(?:(?:Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Sir|Dame|Rev)\.? [A-Z][a-z'\u2019-]+(?: [A-Z][a-z'\u2019-]+)?"
    r"|(?:mr|mrs|ms)\.? [a-z'\u2019-]{3,20})(?![\w@])"
)
_WORD = re.compile(r"(?<![\w@#])[^\W\d_]+(?:['\u2019-][^\W\d_]+)*(?!\w)")
_SMALL = frozenset({"down", "the", "our", "and", "for", "that", "this", "more", "from", "off", "out", "into", "other"})
_COUNTED = re.compile(
    r"\b(?:(?:day|week|month|year|hour|minute|metre|mile|time|kid|pupil|lad|girl|boy)s?|people|main)\b"
)


@dataclass(frozen=True, slots=True)
class Found:
    """One detail, from ``start`` to ``end`` of the text; never the words themselves."""

    kind: Kind
    start: int
    end: int


def found(text: str) -> tuple[Found, ...]:
    """Return the personal details in a text, in their order, none overlapping.

    Telephone numbers of persons, e-mail addresses, postcodes and street addresses, bank cards,
    and what looks like a full name or a name with a title. Links, @usernames and the public
    numbers of helplines are left alone.
    """
    text = blanked(text[:_MOST_READ])
    details = sorted(
        [*_emails(text), *_cards(text), *_phones(text), *_addresses(text), *_names(text)],
        key=lambda detail: (detail.start, -detail.end),
    )
    apart: list[Found] = []
    for detail in details:
        if not apart or detail.start >= apart[-1].end:
            apart.append(detail)
    return tuple(apart)


def without(text: str) -> str:
    """Return the text with each personal detail replaced by what it was, such as ``[phone number]``."""
    pieces, last = [], 0
    for detail in found(text):
        pieces += [text[last : detail.start], MARKERS[detail.kind]]
        last = detail.end
    return "".join([*pieces, text[last:]])


def _emails(text: str) -> Iterator[Found]:
    for match in _EMAIL.finditer(text):
        domain = match[1].lower()
        if not any(domain == public or domain.endswith(f".{public}") for public in HELPLINE_DOMAINS):
            yield Found("email", match.start(), match.end())


def _cards(text: str) -> Iterator[Found]:
    for match in _CARD.finditer(text):
        if luhn.is_valid(re.sub(r"\D", "", match[0])):
            yield Found("card", match.start(), match.end())


def _phones(text: str) -> Iterator[Found]:
    for match in PhoneNumberMatcher(text, "GB", leniency=Leniency.VALID):
        number = f"{match.number.country_code}{match.number.national_number}"
        if number not in HELPLINES and phonenumbers.number_type(match.number) not in _NO_PERSONS:
            yield Found("phone", match.start, match.end)
    for mobile in _MOBILE.finditer(text):
        yield Found("phone", mobile.start(), mobile.end())


def _addresses(text: str) -> Iterator[Found]:
    for match in _POSTCODE.finditer(text):
        if not _ORDINAL.search(match[0]):
            yield Found("address", match.start(), match.end())
    for match in _ADDRESS.finditer(text):
        middle = match[0].split()[1:-1]
        if not _SMALL.intersection(middle) and not _COUNTED.search(match[0]):
            yield Found("address", match.start(), match.end())


def _names(text: str) -> Iterator[Found]:
    for match in _TITLE.finditer(text):
        words = match[0].split()
        name = words[1].lower()
        if name not in NO_NAMES and name not in INSTITUTIONS:
            yield Found("name", match.start(), match.end())
    for row in _rows(text):
        if any(_plain(word) in INSTITUTIONS for word in row):
            continue
        for part in _parts(row):
            if 1 < len(part) <= _LONGEST_NAME:
                yield Found("name", part[0].start(), _end(part[-1]))


def _rows(text: str) -> Iterator[list[re.Match[str]]]:
    """Find rows of words in capitals, each one space from the next."""
    row: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        follows = bool(row) and text[row[-1].end() : word.start()] in (" ", "\u00a0")
        if not follows:
            yield row
            row = []
        if _is_capitalised(word[0]):
            row.append(word)
        else:
            yield row
            row = []
    yield row


def _parts(row: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Cut a row at the words that belong to no name."""
    part: list[re.Match[str]] = []
    for word in row:
        if _plain(word) in NO_NAMES:
            yield part
            part = []
        else:
            part.append(word)
    yield part


def _is_capitalised(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and not word.isupper()


def _plain(word: re.Match[str]) -> str:
    return re.sub(r"['\u2019]s$", "", word[0].lower().replace("\u2019", "'"))


def _end(word: re.Match[str]) -> int:
    return word.end() - (2 if word[0][-2:] in ("'s", "\u2019s") else 0)
