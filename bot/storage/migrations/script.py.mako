"""${message}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import Moment

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Bring the tables forward."""
    ${upgrades if upgrades else "pass"}
