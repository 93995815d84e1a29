"""What keeps members unreadable to anybody without the keys, and how long anything is kept."""

from __future__ import annotations

import hashlib
import hmac
import os
from base64 import b32encode
from datetime import timedelta
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# --- The retention table (PRODUCT section 6): how long each thing is kept at most. ---
KEEP_DRAFT = timedelta(days=14)
"""An unsent draft, after its last change."""
REMIND_DRAFT = timedelta(days=3)
"""Silence after which a draft's member is reminded, once."""
KEEP_DETAIL_CLOSED = timedelta(days=365)
"""A report's detail, after its case was closed."""
KEEP_DETAIL_SENT = timedelta(days=730)
"""A report's detail, after it was sent, whatever became of its case."""
KEEP_LEDGER_TEXT = timedelta(days=7)
"""The words of a delivery, after it ended (sent, dead, cancelled or unknown)."""
KEEP_LEDGER_ROW = timedelta(days=90)
"""The row of a delivery without its words, after it ended."""
KEEP_SEEN = timedelta(days=7)
"""Marks of messages heard; adapters repeat a message for hours, never for a week."""
KEEP_AUDIT = timedelta(days=6 * 365 + 2)
"""What officers did and who was refused, in six years with their leap days; names cases, never members."""
KEEP_TOPIC = timedelta(minutes=10)
"""The topic a member read last, for a follow-up (PRODUCT section 2); erased by the next sweep after that."""
KEEP_QUESTION = timedelta(days=90)
"""A question that nothing helped with, sealed, for the editors."""
KEEP_WRONG_TRY = timedelta(hours=1)
"""That somebody tried a receipt that was wrong, never what they tried; the span in which tries are counted."""
KEEP_ORPHAN_KEY = timedelta(days=1)
"""A data key whose transaction never committed; no transaction lasts a day."""

OURS = frozenset({"bot", "handlers"})
"""Packages whose module names may be told; a library's frame says less about where to look."""
ROOT_BYTES = 32
"""The root key holds at least as many bits as the AES-256 keys made from it."""
KEY_BYTES = 32
NONCE_BYTES = 12  # what AES-GCM is specified for (NIST SP 800-38D, 5.2.1.1)
ID_BYTES = 16
FORMAT = b"\x01"
HEADER = len(FORMAT) + ID_BYTES + NONCE_BYTES
MARK_BYTES = 15
"""120 bits of an HMAC: no two of a million members meet, and 24 base32 letters without padding."""


def place_of(error: BaseException) -> str:
    """Return module:line of the innermost of our own frames, never an error's words: they may be a member's."""
    place, frame = "unknown:0", error.__traceback__
    while frame is not None:
        module = str(frame.tb_frame.f_globals.get("__name__", "unknown"))
        if module.partition(".")[0] in OURS:
            place = f"{module}:{frame.tb_lineno}"
        frame = frame.tb_next
    return place


class Unreadable(Exception):  # noqa: N818 - named for what was found
    """A sealed value does not open: another key, another row, or damage. Holds no data."""


def new_key() -> bytes:
    """Return a fresh random key of 32 bytes from the operating system."""
    return os.urandom(KEY_BYTES)


def derived(root: bytes, label: str) -> bytes:
    """Return the HKDF-SHA-256 sub-key of ``root`` for one purpose (``wrap``, ``receipt``, ``web``).

    Raises ``ValueError`` when the root holds fewer than 32 bytes.
    """
    if len(root) < ROOT_BYTES:
        message = f"STEWARD_KEY must hold at least {ROOT_BYTES} bytes"
        raise ValueError(message)
    info = f"steward {label}".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(root)


def seal(key: bytes, key_id: str, words: bytes, place: str) -> bytes:
    """Seal ``words`` with AES-256-GCM, bound to ``place`` (table/column/row); the key id stands in front."""
    nonce = os.urandom(NONCE_BYTES)
    head = FORMAT + UUID(key_id).bytes
    return head + nonce + AESGCM(key).encrypt(nonce, words, head + place.encode())


def key_of(sealed: bytes) -> str:
    """Return the id of the key that sealed a value; raise ``Unreadable`` if it is none of ours."""
    if len(sealed) < HEADER or sealed[:1] != FORMAT:
        raise Unreadable
    return str(UUID(bytes=sealed[1 : 1 + ID_BYTES]))


def unseal(key: bytes, sealed: bytes, place: str) -> bytes:
    """Open what ``seal`` made for the same ``place``; raise ``Unreadable`` if anything differs."""
    key_of(sealed)
    head, nonce = sealed[: 1 + ID_BYTES], sealed[1 + ID_BYTES : HEADER]
    try:
        return AESGCM(key).decrypt(nonce, sealed[HEADER:], head + place.encode())
    except InvalidTag:
        raise Unreadable from None


def keyed_hash(key: bytes, *parts: str) -> str:
    """Return HMAC-SHA-256 of the parts as 24 small base32 letters; useless to guess without the key."""
    # Each part goes in with its length, so ("ab", "c") and ("a", "bc") differ.
    framed = b"".join(len(raw).to_bytes(4, "big") + raw for raw in (part.encode() for part in parts))
    mark = hmac.new(key, framed, hashlib.sha256).digest()[:MARK_BYTES]
    return b32encode(mark).decode().lower()


def pseudonym(identity_key: bytes, adapter: str, user_id: str) -> str:
    """Return the id a member is known by here: the same for ever, and nobody's without the key."""
    return keyed_hash(identity_key, "member", adapter, user_id)
