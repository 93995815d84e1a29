"""Messages handed to the house as an adapter would hand them over, with nothing cleaned, and a disk that is full."""

from __future__ import annotations

from sqlalchemy.exc import OperationalError

from bot.app import Steward
from bot.messages import Incoming, Place
from bot.storage.store import Store

PLENTY = 1_000_000  # pages; more than any test fills
CONNECTIONS = 4  # a limit holds for one connection of the pool; a test opens no more than these


def heard(house: Steward, identity: str, person: str = "a member", **said: object) -> Incoming:
    """Return one message of a member; ``identity`` is the adapter's own id of it."""
    pseudonym = house.store.pseudonym("terminal", person)
    values: dict[str, object] = {"who": "member", "person": pseudonym, "place": Place("chat", pseudonym)}
    values |= {"id": identity, "at": house.clock(), "adapter": "terminal", "address": person, **said}
    return Incoming(**values)  # type: ignore[arg-type]  # handed on by name


async def answered(house: Steward, said: Incoming) -> str:
    """Return the answers to one message, in words."""
    return "\n".join(message.text for message in await house.respond(said))


async def fill(store: Store) -> None:
    """Leave the main database no page to grow into, as a full disk does; what is written fits or fails."""
    await run(store, "CREATE TABLE filler (held BLOB)")
    await _limit(store, 1)  # SQLite makes it the size the file has now
    for size in (3_000, 300, 30):
        await _pour(store, size)


async def empty(store: Store) -> None:
    """Give the space back."""
    await _limit(store, PLENTY)
    await run(store, "DROP TABLE filler")


async def run(store: Store, statement: str) -> None:
    """Run one statement on the main database, and commit it."""
    with store._database.engine.connect() as connection:
        connection.exec_driver_sql(statement)
        connection.commit()


async def _pour(store: Store, size: int) -> None:
    for _ in range(PLENTY):
        try:
            await run(store, f"INSERT INTO filler VALUES (zeroblob({size}))")  # noqa: S608 - a number of our own
        except OperationalError:
            return


async def _limit(store: Store, pages: int) -> None:
    connections = [store._database.engine.connect() for _ in range(CONNECTIONS)]
    for connection in connections:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    for connection in connections:
        connection.close()
