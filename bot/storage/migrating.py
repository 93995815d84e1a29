"""Brings the main database to the newest revision, once, however many processes start."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.ports import StorageTrouble

LOCK = 0x57E3A2D0  # PostgreSQL's advisory lock for migrations: any number, but always this


def upgrade(connection: Connection) -> None:
    """Run the missing revisions inside the caller's writing transaction, alone.

    SQLite's BEGIN IMMEDIATE already keeps others out; PostgreSQL gets an advisory lock.
    Raises ``StorageTrouble`` when the database is newer than this program.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    _run(connection)


def config() -> Config:
    """Return Alembic's settings; there is no file to keep in step."""
    settings = Config()
    settings.set_main_option("script_location", "bot.storage:migrations")
    settings.set_main_option("path_separator", "os")
    return settings


def _run(connection: Connection) -> None:
    settings = config()
    settings.attributes["connection"] = connection
    scripts = ScriptDirectory.from_config(settings)
    current = MigrationContext.configure(connection).get_current_revision()
    if current == scripts.get_current_head():
        return
    if current is not None and current not in {one.revision for one in scripts.walk_revisions()}:
        message = f"The database is of a newer steward (revision {current}). Install that version or restore."
        raise StorageTrouble(message)
    command.upgrade(settings, "head")
