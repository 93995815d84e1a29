"""Whether a member chose their language themself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column; members of before have chosen nothing."""
    op.add_column("member", sa.Column("chose_language", sa.Boolean(), nullable=False, server_default=sa.false()))
