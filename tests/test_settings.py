"""Settings: defaults, refusals that say how to mend them, and no secret where it can be read."""

import os
import re
import stat
import sys
import tomllib
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.hours import Hours
from bot.root_key import new_key
from bot.settings import Settings, SettingsError, alone, find_content, load, normalised_url, sqlite_file

LONDON = ZoneInfo("Europe/London")
OFFICE = Hours.parse("Mon-Fri 09:00-17:00")
CANARY = "canary-7f3a"


@pytest.fixture(autouse=True)
def _folder(empty_folder: Path) -> None:
    """No `.env` but the one a test writes."""


def problems(**environment: str) -> tuple[str, ...]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        with pytest.raises(SettingsError) as caught:
            load()
    return caught.value.problems


def test_every_setting_has_a_default_and_none_is_needed_to_load() -> None:
    settings = load()
    assert settings.database_url == "sqlite:///data/steward.db"
    assert settings.keys_url == "sqlite:///keys/keys.db"
    assert settings.union_name == "your union"
    assert settings.office_hours == OFFICE
    assert settings.check_in_hours == Hours.parse("Mon-Fri 16:00-19:00")
    assert settings.tz == LONDON
    assert settings.officers == ()


def test_the_environment_wins_over_the_file_and_empty_means_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("UNION_NAME=From the file\nUNION_CONTACT=\nLANGUAGE=cy\n")
    monkeypatch.setenv("UNION_NAME", "From the environment")
    settings = load()
    assert (settings.union_name, settings.union_contact, settings.language) == ("From the environment", None, "cy")


def test_settings_alone_hear_neither_the_environment_nor_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("UNION_NAME=From the file\n")
    monkeypatch.setenv("STEWARD_KEY_COMMAND", "print-key")
    key = new_key()
    settings = alone(steward_key=key, members="open", office_hours="Sat 10:00-11:00")
    assert (settings.union_name, settings.steward_key_command) == ("your union", None)
    assert settings.office_hours == Hours.parse("Sat 10:00-11:00")
    assert len(settings.root_key()) == 32
    assert key not in repr(settings)


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("sqlite:///data/x.db", "sqlite:///data/x.db"),
        ("sqlite+aiosqlite:////srv/x.db", "sqlite:////srv/x.db"),
        ("keys/other.db", "sqlite:///keys/other.db"),
        ("/srv/keys.db", "sqlite:////srv/keys.db"),
        ("postgres://u:p@db/steward", "postgresql+psycopg://u:p@db/steward"),
        ("postgresql://u:p@db/steward", "postgresql+psycopg://u:p@db/steward"),
        ("postgresql+psycopg://db/steward", "postgresql+psycopg://db/steward"),
    ],
)
def test_database_addresses_get_the_driver_we_use(written: str, used: str) -> None:
    assert normalised_url(written) == used
    assert normalised_url(used) == used


def test_an_sqlite_address_leads_to_its_file() -> None:
    assert sqlite_file("sqlite:///keys/keys.db") == Path("keys/keys.db")
    assert sqlite_file("sqlite:////srv/keys.db?mode=rw") == Path("/srv/keys.db")
    assert sqlite_file("postgresql+psycopg:///steward") is None


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("DATABASE_URL", f"mysql://{CANARY}/x", "sqlite:///PATH"),
        ("DATABASE_URL", "sqlite://", "sqlite:///PATH"),
        ("STEWARD_KEY", CANARY, "steward init"),
        ("STEWARD_KEY", "AAAA", "steward init"),
        ("MEMBERS", CANARY, "invite or open"),
        ("UNION_NAME", CANARY * 100, "one line"),
        ("OFFICE_HOURS", f"{CANARY} 09:00-17:00", "Mon-Fri 09:00-17:00"),
        ("OFFICE_HOURS", "Mon-Fri 09:00-25:00", "24-hour clock"),
        ("CHECK_IN_HOURS", "Mon-Fri 17:00-09:00", "end before they begin"),
        ("PRIVACY_NOTICE_URL", f"javascript:{CANARY}", "https://"),
        ("TELEGRAM_BASE_URL", CANARY, "http://"),
        ("TELEGRAM_WEBHOOK_SECRET", f"{CANARY} !", "letters, digits"),
        ("SLACK_BASE_URL", CANARY, "/api/"),
        ("PUBLIC_URL", f"ftp://{CANARY}", "https://"),
        ("HOST", CANARY * 100, "0.0.0.0"),  # noqa: S104 - a word of the sentence
        ("PORT", CANARY, "65535"),
        ("PORT", "65536", "65535"),
        ("TIMEZONE", CANARY, "Europe/London"),
        ("TIMEZONE", f"../{CANARY}", "Europe/London"),
        ("LANGUAGE", CANARY, "en or cy"),
    ],
)
def test_a_bad_value_is_named_and_mended_but_never_shown(name: str, value: str, mend: str) -> None:
    (line,) = problems(**{name: value})
    assert line.startswith(f"{name}: ")
    assert mend in line
    assert CANARY not in line
    assert "\n" not in line


def test_every_problem_gets_its_own_line() -> None:
    lines = problems(MEMBERS="everybody", TIMEZONE="Nowhere")
    assert [line.partition(":")[0] for line in lines] == ["MEMBERS", "TIMEZONE"]


def test_two_sources_of_the_key_are_one_too_many() -> None:
    (line,) = problems(STEWARD_KEY=new_key(), STEWARD_KEY_COMMAND="print-key")
    assert line.startswith("STEWARD_KEY: ")


def test_keys_do_not_live_with_the_data() -> None:
    (line,) = problems(KEYS_URL="sqlite:///data/steward.db")
    assert line.startswith("KEYS_URL: ")


def test_a_file_that_is_not_utf8_is_refused_in_a_sentence() -> None:
    Path(".env").write_bytes(b"UNION_NAME=\xff\xfe\n")
    with pytest.raises(SettingsError, match="UTF-8"):
        load()


def test_no_secret_is_in_the_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    key = new_key()
    monkeypatch.setenv("STEWARD_KEY", key)
    monkeypatch.setenv("DATABASE_URL", f"postgresql://u:{CANARY}@db/x")
    monkeypatch.setenv("KEYS_URL", f"postgresql://u:{CANARY}@db/y")
    secrets = ("TELEGRAM_TOKEN", "TELEGRAM_WEBHOOK_SECRET", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")
    for name in (*secrets, "SLACK_SIGNING_SECRET", "OFFICERS"):
        monkeypatch.setenv(name, CANARY)
    settings = load()
    for shown in (repr(settings), str(settings)):
        assert CANARY not in shown
        assert key not in shown


def test_the_key_comes_from_the_setting_or_from_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    key = new_key()
    monkeypatch.setenv("STEWARD_KEY", key)
    direct = load().root_key()
    monkeypatch.delenv("STEWARD_KEY")
    Path("vault").write_text(f"#!{sys.executable}\nprint('{key}')\n")
    Path("vault").chmod(stat.S_IRWXU)
    monkeypatch.setenv("STEWARD_KEY_COMMAND", os.fspath(Path("vault").resolve()))
    assert load().root_key() == direct
    assert len(direct) == 32


@pytest.mark.parametrize(
    "program", [f"raise SystemExit('{CANARY}')", f"print('{CANARY}')", "print()", f"print('{CANARY}' * 9999)"]
)
def test_a_key_command_that_fails_says_so_and_nothing_it_printed(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("vault").write_text(f"#!{sys.executable}\n{program}\n")
    Path("vault").chmod(stat.S_IRWXU)
    monkeypatch.setenv("STEWARD_KEY_COMMAND", os.fspath(Path("vault").resolve()))
    with pytest.raises(SettingsError, match=r"^STEWARD_KEY_COMMAND: ") as caught:
        load().root_key()
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize("command", ["./no-such-program", "'unclosed", " "])
def test_a_key_command_that_cannot_start_says_so(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEWARD_KEY_COMMAND", command)
    with pytest.raises(SettingsError, match=r"^STEWARD_KEY_COMMAND: "):
        load().root_key()


def test_a_missing_key_is_asked_for_only_when_needed() -> None:
    with pytest.raises(SettingsError, match="missing"):
        load().root_key()


def test_who_may_report_depends_on_the_command_until_it_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load()
    assert [settings.membership("run"), settings.membership("chat"), settings.membership("demo")] == [
        "invite",
        "open",
        "open",
    ]
    monkeypatch.setenv("MEMBERS", "open")
    assert load().membership("run") == "open"


def test_content_is_the_chosen_folder_or_the_one_of_the_checkout(checkout: Path, tmp_path: Path) -> None:
    assert find_content() == checkout / "content"
    assert find_content(tmp_path) == tmp_path
    with pytest.raises(SettingsError, match="CONTENT_DIR"):
        find_content(tmp_path / "nowhere")


def test_the_example_names_every_setting_and_no_other(checkout: Path) -> None:
    example = (checkout / ".env.example").read_text(encoding="utf-8")
    named = re.findall(r"^(?:# )?([A-Z][A-Z_]+)=", example, re.MULTILINE)
    assert sorted(named) == sorted(name.upper() for name in Settings.model_fields)


def test_the_defaults_the_example_shows_are_the_real_ones(checkout: Path) -> None:
    example = (checkout / ".env.example").read_text(encoding="utf-8")
    shown = re.findall(r"^# ([A-Z][A-Z_]+=.+)$", example, re.MULTILINE)
    shown.remove("MEMBERS=invite")  # its default depends on the command
    Path(".env").write_text("\n".join(shown))
    assert load() == Settings(_env_file=None)


def test_each_dependency_has_its_reason(checkout: Path) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    page = (checkout / "docs" / "dependencies.md").read_text(encoding="utf-8")
    explained = re.findall(r"^\| ([A-Za-z][\w.-]+) \| .+ \|$", page, re.MULTILINE)
    explained = [name for name in explained if name != "package"]
    assert sorted(explained) == sorted(re.split(r"[\[><=]", line)[0] for line in wanted)


def test_the_lock_names_no_index_and_hashes_everything(checkout: Path) -> None:
    lock = (checkout / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"^--(?!hash)|://|find-links|trusted", lock, re.MULTILINE)
    pinned = [line for line in lock.splitlines() if re.match(r"[a-z]", line)]
    assert pinned
    assert all(re.fullmatch(r"[a-z0-9-]+==\S+( ; .+)? \\", line) for line in pinned)
