"""The tables of the key store, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, bindparam, select

from bot.storage.moment import Moment
from bot.storage.schema import ID, NAME, TOKEN

metadata = MetaData()
data_key = Table(
    "data_key",
    metadata,
    Column("id", ID, primary_key=True),
    Column("kind", TOKEN, nullable=False),
    Column("wrapped", LargeBinary),  # empty: faded, the row stays for its statistics
    Column("created", Moment, nullable=False, index=True),
)
house_key = Table(
    "house_key",
    metadata,
    Column("label", TOKEN, primary_key=True),
    Column("id", ID, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
)
keeping = Table(
    "keeping",
    metadata,
    Column("key", TOKEN, primary_key=True),
    Column("text", NAME),
    Column("number", Integer),
)

WRAPPED: Final = select(data_key.c.id, data_key.c.wrapped).where(data_key.c.id.in_(bindparam("ids", expanding=True)))
"""Built once, as all that a sent report needs: to build it costs more than to run it."""
