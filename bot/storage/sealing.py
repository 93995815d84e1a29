"""Which column is sealed for which place, and how a row is opened or found erased."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot import privacy


def place(table: str, column: str, row: str) -> str:
    """Return what a sealed value is bound to, so that it opens nowhere else."""
    return f"{table}/{column}/{row}"


def sealed_text(keys: Mapping[str, bytes], key_id: str, words: str, where: str) -> bytes:
    """Seal words under the key of that id."""
    return privacy.seal(keys[key_id], key_id, words.encode(), where)


def opened_text(keys: Mapping[str, bytes], sealed: bytes | None, where: str) -> str | None:
    """Return sealed words, or None when their key is gone: the row counts as erased."""
    if sealed is None:
        return None
    try:
        key = keys.get(privacy.key_of(sealed))
        return None if key is None else privacy.unseal(key, sealed, where).decode()
    except privacy.Unreadable:
        return None


def sealed_json(keys: Mapping[str, bytes], key_id: str, body: Mapping[str, Any], where: str) -> bytes:
    """Seal a JSON object under the key of that id."""
    return sealed_text(keys, key_id, json.dumps(body, ensure_ascii=False), where)


def opened_json(keys: Mapping[str, bytes], sealed: bytes | None, where: str) -> dict[str, Any] | None:
    """Return a sealed JSON object, or None when its key is gone."""
    words = opened_text(keys, sealed, where)
    if words is None:
        return None
    body: dict[str, Any] = json.loads(words)
    return body
