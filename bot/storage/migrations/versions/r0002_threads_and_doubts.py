"""Deliveries that belong to an earlier message, and tries that may have arrived."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns; rows of before belong to nothing and are in no doubt."""
    op.add_column("delivery", sa.Column("under", sa.String(length=200), nullable=True))
    op.add_column("delivery", sa.Column("instead", sa.String(length=200), nullable=True))
    op.add_column("delivery", sa.Column("doubted", sa.DateTime(timezone=True), nullable=True))
