"""The pace of bulk deliveries, and an index in which what must not wait does not stand behind them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

INDEXED = ["state", "adapter", "unasked", "due", "created", "key"]


def upgrade() -> None:
    """Add the table, and put the new index in the place of the old one."""
    op.create_table(
        "pace",
        sa.Column("adapter", sa.String(length=40), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("adapter", name="pk_pace"),
    )
    op.drop_index("ix_delivery_state_adapter_due", "delivery")
    op.create_index("ix_delivery_state_adapter_unasked_due_created_key", "delivery", INDEXED)
