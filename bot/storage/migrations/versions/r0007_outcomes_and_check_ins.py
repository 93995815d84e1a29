"""Names that reports share, outcomes an officer says, check-ins, and news that waits to be told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ID, MARK, TOKEN, NAME = (sa.String(length=letters) for letters in (36, 24, 40, 200))
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables; let an outcome stand without a report; give deliveries hours."""
    op.create_table(
        "named",
        sa.Column("report", ID, nullable=False),
        sa.Column("kind", TOKEN, nullable=False),
        sa.Column("mark", MARK, nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name="fk_named_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "kind", "mark", name="pk_named"),
    )
    op.create_index("ix_named_mark", "named", ["mark"])
    with op.batch_alter_table("outcome") as outcome:
        outcome.alter_column("report", existing_type=ID, nullable=True)
    op.create_table(
        "check_in",
        sa.Column("report", ID, nullable=False),
        sa.Column("member", MARK, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("due", MOMENT),
        sa.Column("put_off", sa.Integer(), nullable=False),
        sa.Column("asked", NAME),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name="fk_check_in_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", name="pk_check_in"),
    )
    op.create_index("ix_check_in_member", "check_in", ["member"])
    op.create_index("ix_check_in_due", "check_in", ["due"])
    op.create_table(
        "news",
        sa.Column("member", MARK, nullable=False),
        sa.Column("outcome", ID, nullable=False),
        sa.Column("report", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["outcome"], ["outcome.id"], name="fk_news_outcome", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name="fk_news_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("member", "outcome", name="pk_news"),
    )
    op.create_index("ix_news_report", "news", ["report"])
    op.add_column("delivery", sa.Column("hours", TOKEN))
