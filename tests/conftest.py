"""What every test may rely on: no setting of the machine, and a working directory of its own when asked."""

import os
from pathlib import Path

import pytest

from bot.settings import Settings

CHECKOUT = Path(__file__).resolve().parent.parent


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
