"""Turns a driver's errors into ours: troubles an operator can mend, and races the caller decides again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.ports import Conflict, StorageTrouble

RACES = frozenset({"40001", "40P01"})  # PostgreSQL: serialization failure, deadlock
TAKEN_OR_GONE = frozenset({"23505", "23503"})  # PostgreSQL: unique violation, foreign key violation
DISK_FULL = "53100"

FULL = (
    "No space left for {name}. Nothing was written and nothing is lost. Free space on that disk; it goes on by itself."
)
LOCKED = "{name} has been locked by another program for too long. Nothing was written. Close the program that holds it."
UNWRITABLE = (
    "{name} cannot be opened or written. Nothing was written. "
    "Check that the disk is sound and the folder belongs to the user that runs steward."
)
DAMAGED = "{name} is damaged or no database. Nothing was written. Restore the last backup."
SENTENCES = (
    (("is full",), FULL),
    (("locked",), LOCKED),
    (("readonly", "read-only", "unable to open", "disk i/o"), UNWRITABLE),
    (("malformed", "not a database"), DAMAGED),
)
"""What SQLite says (part of it) -> what the operator reads: what, where, how to mend."""


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Turn a driver's error into ours; its text may hold values, so it is dropped, not chained."""
    try:
        yield
    except (DBAPIError, PoolTimeoutError, OSError) as error:
        raise _ours(name, error) from None


def _ours(name: str, error: Exception) -> Exception:
    if not isinstance(error, DBAPIError):
        return StorageTrouble(_unreachable(name))
    state = getattr(error.orig, "sqlstate", None)
    if state in RACES or (isinstance(error, IntegrityError) and _lost_race(state, error)):
        return Conflict()
    # SQLite's own sentences hold no values (sqlite3_errstr); they are matched, never shown.
    said = "is full" if state == DISK_FULL else str(error.orig).lower() if state is None else ""
    for signs, sentence in SENTENCES:
        if any(sign in said for sign in signs):
            return StorageTrouble(sentence.format(name=name))
    if error.connection_invalidated or isinstance(error, (OperationalError, InterfaceError)):
        return StorageTrouble(_unreachable(name))
    # Anything else is a mistake of ours: its kind is enough to find it, its text stays out.
    return StorageTrouble(
        f"{name} refused a statement ({type(error.orig).__name__}, {state or 'no code'}). "
        "Nothing was written. Please report this."
    )


def _lost_race(state: str | None, error: IntegrityError) -> bool:
    """Whether a constraint failed because somebody else was first; any other is our mistake."""
    said = str(error.orig) if state is None else ""
    return state in TAKEN_OR_GONE or "UNIQUE" in said or "FOREIGN KEY" in said


def _unreachable(name: str) -> str:
    return (
        f"No connection to {name}. Nothing was written. "
        "Check that the database runs and the address is right; it goes on by itself."
    )
