"""What one transaction files with: who, when, and which keys were made durable before it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from bot.storage.keys import KeyStore


@dataclass(frozen=True, slots=True)
class Prepared:
    """Keys made durable before the transaction: by id, and the id each new link would get."""

    keys: dict[str, bytes] = field(repr=False)
    items: dict[str, str]
    member_key: str


@dataclass(frozen=True, slots=True)
class Filing:
    """Who files, when, and with which keys."""

    connection: Connection
    store: KeyStore
    prepared: Prepared
    member: str
    now: datetime
