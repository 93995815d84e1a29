"""What every test may rely on: no setting of the machine, and a working directory of its own when asked."""

import os
from pathlib import Path

import pytest

from bot.settings import Settings

CHECKOUT = Path(__file__).resolve().parent.parent
LONGEST = ("test_term", "test_killed", "test_telegram_killed", "test_slack_killed", "test_withdrawn", "test_silence")
"""Modules whose tests start many processes or play for long; begun first, they run beside all others."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that take longest, so that no worker is left alone with them at the end."""
    items.sort(key=lambda item: item.path.stem not in LONGEST)


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder that holds the house."""
    return CHECKOUT


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own keys and tokens never reach a test."""
    ours = {name.upper() for name in Settings.model_fields}
    for name in [name for name in os.environ if name.upper() in ours]:
        monkeypatch.delenv(name)


@pytest.fixture
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh working directory, in which nothing has been started yet."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
