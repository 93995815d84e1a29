"""The first start: one key, readable by its owner alone, and never a second one beside kept reports."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.first_start import NEXT_STEPS, NOT_CONFIRMED, ensure_first_start, init
from bot.settings import SettingsError, load


@pytest.fixture(autouse=True)
def _folder(empty_folder: Path) -> None:
    """Nothing has been started here."""


def answers(*lines: str) -> Callable[[str], str]:
    waiting = list(lines)

    def ask(_: str) -> str:
        if not waiting:
            raise EOFError
        return waiting.pop(0)

    return ask


def written_key() -> str:
    (line,) = [line for line in Path(".env").read_text().splitlines() if line.startswith("STEWARD_KEY=")]
    return line.removeprefix("STEWARD_KEY=")


def test_init_writes_settings_that_load_and_that_only_the_owner_reads(capsys: pytest.CaptureFixture[str]) -> None:
    assert init(Path(), interactive=False) == 0
    assert stat.S_IMODE(Path(".env").stat().st_mode) == 0o600
    assert len(load().root_key()) == 32
    said = capsys.readouterr().out
    assert "every report is lost" in said
    assert NEXT_STEPS in said
    assert "oauth_config:" in said, "the Slack manifest"
    assert written_key() not in said


def test_init_explains_every_setting_in_the_file(checkout: Path) -> None:
    init(Path(), interactive=False)
    example = (
        (checkout / ".env.example")
        .read_text(encoding="utf-8")
        .replace("STEWARD_KEY=\n", f"STEWARD_KEY={written_key()}\n")
    )
    assert Path(".env").read_text(encoding="utf-8") == example


def test_two_starts_make_two_keys(tmp_path: Path) -> None:
    keys = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        init(folder, interactive=False)
        keys.append(load(folder / ".env").root_key())
    assert keys[0] != keys[1]


def test_the_copy_is_confirmed_after_a_slip() -> None:
    said: list[str] = []

    def ask(_: str) -> str:
        return written_key()[-6:] if "That does not fit" in said[-1] else "wrong!"

    assert init(Path(), interactive=True, ask=ask, say=said.append) == 0
    assert said[-2] == NEXT_STEPS


@pytest.mark.parametrize("lines", [("no", "no", "no"), ()])
def test_without_a_copy_the_key_stays_and_the_exit_code_says_so(lines: tuple[str, ...]) -> None:
    said: list[str] = []
    assert init(Path(), interactive=True, ask=answers(*lines), say=said.append) == 1
    assert said[-1] == NOT_CONFIRMED
    assert load().root_key()


def test_existing_settings_are_never_overwritten() -> None:
    Path(".env").write_text("UNION_NAME=Ours\n")
    with pytest.raises(SettingsError, match=r"^\.env: it exists already"):
        init(Path(), interactive=False)
    assert Path(".env").read_text() == "UNION_NAME=Ours\n"


def test_a_key_in_the_environment_gets_no_rival(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEWARD_KEY_COMMAND", "print-key")
    with pytest.raises(SettingsError, match="already gives one"):
        init(Path(), interactive=False)
    assert not Path(".env").exists()


@pytest.mark.parametrize("kept", ["keys/keys.db", "data/steward.db"])
@pytest.mark.parametrize("start", [ensure_first_start, lambda folder: init(folder, interactive=False)])
def test_no_new_key_where_reports_are_kept(kept: str, start: Callable[[Path], object]) -> None:
    Path(kept).parent.mkdir()
    Path(kept).touch()
    with pytest.raises(SettingsError, match=r"^STEWARD_KEY: it is missing, but a .+ exists\."):
        start(Path())
    assert not Path(".env").exists()


def test_no_new_key_beside_a_database_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEYS_URL", "postgresql://db/keys")
    with pytest.raises(SettingsError, match="server"):
        ensure_first_start(Path())


def test_the_first_chat_makes_a_key_and_says_so_once(capsys: pytest.CaptureFixture[str]) -> None:
    ensure_first_start(Path())
    first = capsys.readouterr()
    assert first.out == ""
    assert 1 <= len(first.err.splitlines()) <= 2
    key = written_key()
    assert key not in first.err
    ensure_first_start(Path())
    assert capsys.readouterr().err == ""
    assert written_key() == key


def test_settings_without_a_key_get_one_and_keep_the_rest() -> None:
    Path(".env").write_text("UNION_NAME=Ours\nSTEWARD_KEY=")
    os.chmod(".env", 0o644)  # noqa: PTH101 - as an editor leaves it
    ensure_first_start(Path())
    settings = load()
    assert settings.union_name == "Ours"
    assert len(settings.root_key()) == 32
    assert stat.S_IMODE(Path(".env").stat().st_mode) == 0o600


def test_after_the_first_start_a_kept_report_changes_nothing() -> None:
    ensure_first_start(Path())
    Path("keys").mkdir()
    Path("keys/keys.db").touch()
    ensure_first_start(Path())
