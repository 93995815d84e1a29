"""The first start: a key, a place for settings, and no second key where reports are already kept."""

from __future__ import annotations

import os
import re
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from bot.root_key import new_key
from bot.settings import Settings, SettingsError, load, sqlite_file

CONFIRM_LETTERS = 6  # enough that nobody guesses them, few enough to type
CONFIRM_TRIES = 3  # a typing slip is forgiven, a missing copy is not
OWNER_ONLY = 0o600

Question: TypeAlias = Callable[[str], str]
Say: TypeAlias = Callable[[str], None]

_KEY_LINE = re.compile(r"^STEWARD_KEY=.*$", re.MULTILINE)
_HOUSE = Path(__file__).resolve().parent

LOST_KEY = """\
The key in it opens every report. If it is lost, every report is lost for ever; nobody can mend that.
Copy the line STEWARD_KEY=... from .env to a safe place away from this computer, such as a password manager."""
NEXT_STEPS = """\
Next: open .env and fill in the name of your union and how to reach it.
  steward chat   talk to the bot in this terminal
  steward demo   watch a member and an officer use it, on a throw-away database
  steward run    keep it running, on Telegram and in Slack

Telegram: open a chat with @BotFather, write /newbot, give a name and a user name that ends in "bot",
and put the token it gives into .env as TELEGRAM_TOKEN.

Slack: on Slack's page for apps choose Create New App, From a manifest, and paste what stands below. Install it,
then put its tokens into .env as SLACK_BOT_TOKEN and SLACK_APP_TOKEN. The README section "Connect it" says more.
"""
NOT_CONFIRMED = """\
The copy is not confirmed. The key is in .env and works. Make the copy before the first report comes in."""
NEW_KEY = """\
First start: a new key was written to .env. If that file is lost, every report is lost; keep a copy of it.
Settings to fill in are explained in the same file."""


def init(directory: Path, interactive: bool, ask: Question = input, say: Say = print) -> int:  # noqa: FBT001 - the command's own word
    """Write ``.env`` with a new key and have its copy confirmed; return an exit code.

    Raises ``SettingsError`` where a second key could do harm: ``.env`` or kept reports exist.
    """
    env_file = directory / ".env"
    if env_file.exists():
        raise SettingsError(
            ".env: it exists already and is left as it is. Edit it, or run `steward init` in a new folder."
        )
    settings = load(env_file)
    if _has_key(settings):
        raise SettingsError(
            "STEWARD_KEY: the environment already gives one. Unset it there, or keep it and write no .env."
        )
    _refuse_second_key(settings, directory)
    key = new_key()
    _write_new(env_file, _example_with(key))
    say(f"Wrote {env_file.name}, which only you can read.")
    say(LOST_KEY)
    if interactive and not _copy_confirmed(key, ask, say):
        say(NOT_CONFIRMED)
        return 1
    say(NEXT_STEPS)
    say(_shipped("slack-manifest.yaml", "slack-manifest.yaml"))
    return 0


def ensure_first_start(directory: Path) -> None:
    """Make a key without questions when nothing exists yet; say so on standard error.

    Raises ``SettingsError`` if reports are kept here but their key is missing.
    """
    env_file = directory / ".env"
    settings = load(env_file)
    if _has_key(settings):
        return
    _refuse_second_key(settings, directory)
    key = new_key()
    if env_file.exists():
        _add_key(env_file, key)
    else:
        _write_new(env_file, _example_with(key))
    print(NEW_KEY, file=sys.stderr)


def _has_key(settings: Settings) -> bool:
    return settings.steward_key is not None or settings.steward_key_command is not None


def _refuse_second_key(settings: Settings, directory: Path) -> None:
    """Raise where a new key would stand beside data that an older key closed."""
    for name, url in (("key store", settings.keys_url), ("database", settings.database_url)):
        file = sqlite_file(url)
        if file is None:
            raise SettingsError(
                f"STEWARD_KEY: it is missing, and the {name} is a server that may hold reports already. "
                "Put the key back, or set a new one yourself if nothing is kept there."
            )
        if (directory / file).exists():
            raise SettingsError(
                f"STEWARD_KEY: it is missing, but a {name} exists. A new key could not open what is kept there. "
                "Put the key back into .env from your copy."
            )


def _example_with(key: str) -> str:
    """Return ``.env.example`` with this key in it."""
    example = _shipped(".env.example", "env.example")
    return _KEY_LINE.sub(f"STEWARD_KEY={key}", example, count=1) if example else f"STEWARD_KEY={key}\n"


def _shipped(in_checkout: str, in_package: str) -> str:
    """Return the text of a file that comes with the program, from the checkout or the package; empty without it."""
    for file in (_HOUSE.parent / in_checkout, _HOUSE / in_package):
        if file.is_file():
            return file.read_text(encoding="utf-8")
    return ""


def _write_new(file: Path, text: str) -> None:
    """Write a file that did not exist, readable by its owner alone from its first byte."""
    _write_through(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), text)


def _add_key(file: Path, key: str) -> None:
    """Put a key into settings that have none; the last line of a name is the one that holds."""
    file.chmod(OWNER_ONLY)
    _write_through(os.open(file, os.O_WRONLY | os.O_APPEND), f"\nSTEWARD_KEY={key}\n")


def _write_through(descriptor: int, text: str) -> None:
    """Write to the disk itself: a key that a power cut loses is lost for ever."""
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(text.encode())
        stream.flush()
        os.fsync(descriptor)


def _copy_confirmed(key: str, ask: Question, say: Say) -> bool:
    """Ask for the end of the key until it fits, a few times."""
    for _ in range(CONFIRM_TRIES):
        try:
            typed = ask(f"When you have the copy, type the last {CONFIRM_LETTERS} characters of the key in it: ")
        except EOFError:
            return False
        if secrets.compare_digest(typed.strip().encode(), key[-CONFIRM_LETTERS:].encode()):
            return True
        say("That does not fit. Look at your copy, not at this screen.")
    return False
