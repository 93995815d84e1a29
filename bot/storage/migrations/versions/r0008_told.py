"""What members were last told of an item, so that nobody hears every turn of a disagreement."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

ID, TOKEN, NAME = (sa.String(length=letters) for letters in (36, 40, 200))


def upgrade() -> None:
    """Add the table. It begins empty: the next turn of each item is told at once, as before."""
    op.create_table(
        "told",
        sa.Column("report", ID, nullable=False),
        sa.Column("about", ID, nullable=False),
        sa.Column("what", TOKEN, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delivery", NAME, nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name="fk_told_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "about", name="pk_told"),
    )
    op.create_index("ix_told_about", "told", ["about"])
