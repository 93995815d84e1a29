"""Wrong tries of receipts, counted for an hour; and which reports came out of a file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the table and the column."""
    op.create_table(
        "wrong_try",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("member", sa.String(length=24), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_wrong_try"),
    )
    op.create_index("ix_wrong_try_at", "wrong_try", ["at"])
    op.create_index("ix_wrong_try_member_at", "wrong_try", ["member", "at"])
    op.add_column("report", sa.Column("imported", sa.Boolean(), nullable=False, server_default=sa.false()))
