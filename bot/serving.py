"""Keeps the house running with every adapter that has settings, and says in one line each what runs and what is off."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TypeAlias

import structlog

from bot.adapters import Adapter, pause
from bot.adapters.http import Http
from bot.adapters.slack import SLACK, Access, Rooms, Slack
from bot.adapters.telegram_chats import Account, Telegram
from bot.app import Steward, engine_of, opened
from bot.messages import Reply, Text
from bot.privacy import place_of
from bot.settings import Settings, SettingsError, sqlite_file
from bot.storage.database import run_lock
from handlers import COMMANDS

log = structlog.get_logger()

Made: TypeAlias = Adapter | str
"""An adapter, or one line that says why it is off."""


def telegram(settings: Settings, house: Steward) -> Made:
    """Return members' Telegram."""
    token = settings.telegram_token
    if token is None or not token.get_secret_value().strip():
        return "telegram: off. TELEGRAM_TOKEN is not set."
    secret = settings.telegram_webhook_secret
    elsewhere = Reply("private-only")
    account = Account(
        token=token.get_secret_value().strip(),
        base_url=settings.telegram_base_url,
        public_url=settings.public_url,
        secret=None if secret is None else secret.get_secret_value(),
        language=settings.language,
        commands=tuple(
            (word, house.texts.say(Text(f"command-{word}"), settings.language, "telegram")) for word in COMMANDS
        ),
        elsewhere=house.texts.outgoing(elsewhere, settings.language, "telegram"),
    )
    return Telegram(account, house.store.pseudonym, house.clock, _say)


def slack(settings: Settings, house: Steward) -> Made:
    """Return members' and officers' Slack."""
    token, app, secret = settings.slack_bot_token, settings.slack_app_token, settings.slack_signing_secret
    if token is None:
        return "slack: off. SLACK_BOT_TOKEN is not set."
    if app is None and secret is None:
        return "slack: off. Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP."
    access = Access(
        token.get_secret_value(),
        app_token=None if app is None else app.get_secret_value(),
        signing_secret=None if secret is None else secret.get_secret_value(),
        base_url=settings.slack_base_url or SLACK,
    )
    rooms = Rooms(settings.cases_channel or "", settings.officers_channel or "", frozenset(settings.officers))
    return Slack(
        access,
        house.store.pseudonym,
        house.clock,
        lambda text: house.texts.say(text, settings.language, "slack"),
        rooms,
        language=settings.language,
        say=_say,
    )


MEMBERS = {
    "invite": "They may ask; reports need an invitation, which this version cannot give yet: set MEMBERS=open.",
    "open": "Anybody may report; reports are marked as not verified.",
}
ADAPTERS: tuple[Callable[[Settings, Steward], Made], ...] = (telegram, slack)


async def run(settings: Settings) -> int:
    """Keep the house running until it is told to stop."""
    with run_lock(settings.database_url):
        loop = asyncio.get_running_loop()
        async with opened(settings, "run") as house:
            made = [make(settings, house) for make in ADAPTERS]
            adapters = [one for one in made if not isinstance(one, str)]
            for line in _running(settings, house, [one for one in made if isinstance(one, str)]):
                _say(line)
            engine = engine_of(house)
            for ending in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(ending, engine.stop)
            # Guidance is made ready beside the rest, so that buttons work at once and the first question soon.
            threading.Thread(target=house.shelf.answers, daemon=True).start()
            async with serving(settings, house, adapters):
                await engine.run()
            _say("Stopped. Nothing is lost.")
    return 0


@asynccontextmanager
async def serving(settings: Settings, house: Steward, adapters: Sequence[Adapter]) -> AsyncIterator[None]:
    """Let adapters hear and send, and the web server listen if anybody needs it, until the block ends."""
    http = await _listening(settings, adapters)
    house.senders.update({served: adapter for adapter in adapters for served in adapter.serves})
    if sqlite_file(settings.database_url) is not None:  # the run lock says that nobody else sends
        await house.deliveries.recover(sole=True)
    hearing = [asyncio.create_task(_heard(adapter, house)) for adapter in adapters]
    try:
        yield
    finally:
        for task in hearing:
            task.cancel()
        await asyncio.gather(*hearing, return_exceptions=True)
        if http is not None:
            await http.stop()


async def _listening(settings: Settings, adapters: Sequence[Adapter]) -> Http | None:
    routes = [route for adapter in adapters for route in adapter.routes()]
    if not routes and not settings.model_fields_set & {"host", "port", "public_url"}:
        return None
    http = Http(settings.host, settings.port, routes, lambda: all(adapter.is_up for adapter in adapters))
    try:
        port = await http.start()
    except OSError:
        raise SettingsError(
            f"PORT: {settings.host}, port {settings.port} cannot be listened on; something else may hold it. "
            "Name another."
        ) from None
    _say(f"http: {settings.host}, port {port}")
    return http


async def _heard(adapter: Adapter, house: Steward) -> None:
    """Run an adapter for ever; its mistakes are told by kind and place, and it begins anew."""
    failures = 0
    while True:
        try:
            await adapter.run(house.respond)
        except Exception as error:  # noqa: BLE001 - one adapter's mistake must not end the house
            log.error("adapter", adapter=adapter.name, error=type(error).__name__, at=place_of(error))
        failures += 1
        await asyncio.sleep(pause(failures))


def _running(settings: Settings, house: Steward, off: Sequence[str]) -> Sequence[str]:
    """Return what runs and what is off and why, one line each."""
    problems = [f"content: left out {problem}" for problem in house.shelf.problems]
    return (
        f"content: {len(house.shelf.articles)} articles, {len(problems)} left out",
        *problems,
        *_unapproved(house),
        "terminal: steward chat, or steward chat --officer, beside this process",
        *off,
        f"members: {settings.membership('run')}. {MEMBERS[settings.membership('run')]}",
        "rounds: digests, reminders and the nightly sweep run. Ctrl-C ends.",
    )


def _unapproved(house: Steward) -> Sequence[str]:
    """Return one line for each language whose sentences nobody has approved."""
    return [
        f"strings: {language}.ftl is an unapproved translation. Have it read, then set translation-status in it."
        for language in house.texts.languages()
        if house.texts.is_unapproved(language)
    ]


def _say(line: str) -> None:
    print(line, flush=True)
