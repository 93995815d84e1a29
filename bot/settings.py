"""Every setting of the house, typed, with a default or a refusal that says how to mend it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, InstanceOf, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from bot.hours import Hours
from bot.root_key import decode_key, key_from

LINE_LIMIT = 300  # characters; contacts and names stand inside one sentence of a chat

Membership: TypeAlias = Literal["invite", "open"]
Command: TypeAlias = Literal["run", "chat", "demo"]

_HOUSE = Path(__file__).resolve().parent


class SettingsError(Exception):
    """Settings cannot be used. ``problems`` has one line each: which, what is wrong, how to mend it."""

    def __init__(self, *problems: str) -> None:
        """Keep the lines; none of them may hold a value."""
        super().__init__("\n".join(problems))
        self.problems = problems


def normalised_url(text: str) -> str:
    """Return a database address with the driver we use; a bare path is an SQLite file."""
    scheme, found, rest = text.partition("://")
    if not found:
        return f"sqlite:///{text}"
    if scheme in {"sqlite", "sqlite+aiosqlite"}:
        if not rest.startswith("/") or rest in {"/", "/:memory:"}:
            raise ValueError("the address names no SQLite file")
        return f"sqlite://{rest}"
    if scheme in {"postgres", "postgresql", "postgresql+psycopg"}:
        return f"postgresql+psycopg://{rest}"
    raise ValueError("the address is neither SQLite nor PostgreSQL")


def sqlite_file(url: str) -> Path | None:
    """Return the file of a normalised SQLite address, None for a server."""
    scheme, _, rest = url.partition(":///")
    return Path(rest.partition("?")[0]) if scheme == "sqlite" else None


def find_content(chosen: Path | None = None) -> Path:
    """Return the content folder: the chosen one, else the checkout's, else the one in the package."""
    if chosen is not None:
        if not chosen.is_dir():
            raise SettingsError(
                "CONTENT_DIR: there is no such folder. Name a folder with guidance/ and strings/ in it."
            )
        return chosen
    for folder in (_HOUSE.parent / "content", _HOUSE / "content"):
        if folder.is_dir():
            return folder
    raise SettingsError("CONTENT_DIR: no content came with this installation. Name a folder that holds it.")


def _key(secret: SecretStr) -> SecretStr:
    decode_key(secret.get_secret_value())
    return secret


def _hours(value: object) -> object:
    return Hours.parse(value) if isinstance(value, str) else value


def _names(value: object) -> object:
    return tuple(name.strip() for name in value.split(",") if name.strip()) if isinstance(value, str) else value


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise ValueError("no time zone has this name") from None
    return name


def _web(url: str) -> str:
    if not url.startswith(("https://", "http://")) or any(letter.isspace() for letter in url):
        raise ValueError("it is not a web address")
    return url


def _origin(url: str) -> str:
    return _web(url).rstrip("/")


def _webhook_secret(secret: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret.get_secret_value()):  # what the Bot API takes
        raise ValueError("it holds something else than letters, digits, - and _, or too many")
    return secret


def _one_line(text: str) -> str:
    if len(text) > LINE_LIMIT or not text.isprintable():
        raise ValueError(f"it is not one line of at most {LINE_LIMIT} characters")
    return text.strip()


Url: TypeAlias = Annotated[str, AfterValidator(normalised_url)]
Origin: TypeAlias = Annotated[str, AfterValidator(_origin)]
Line: TypeAlias = Annotated[str, AfterValidator(_one_line)]
Week: TypeAlias = Annotated[InstanceOf[Hours], BeforeValidator(_hours), NoDecode]
_WEEK = "Write weekdays and times, for example Mon-Fri 09:00-17:00."
_ADDRESS = "Write a file's path, sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME."
_ORIGIN = "Write http:// or https://, the host, and a port if needed."
_ONE_LINE = "Write one line of plain text."


class Settings(BaseSettings):
    """The settings, read from the environment and ``.env``; ``description`` says how to mend each."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    database_url: Url = Field("sqlite:///data/steward.db", repr=False, description=_ADDRESS)
    keys_url: Url = Field("sqlite:///keys/keys.db", repr=False, description=_ADDRESS)
    steward_key: Annotated[SecretStr, AfterValidator(_key)] | None = Field(
        None, repr=False, description="`steward init` makes one; put back the one you have if reports are already kept."
    )
    steward_key_command: SecretStr | None = Field(
        None, repr=False, description="Write a command that prints the key; it runs without a shell."
    )
    telegram_token: SecretStr | None = Field(None, repr=False, description="Paste the token that BotFather gave.")
    telegram_base_url: Origin | None = Field(None, description=_ORIGIN)
    telegram_webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] | None = Field(
        None, repr=False, description="Write up to 256 letters, digits, - or _ that nobody can guess."
    )
    slack_bot_token: SecretStr | None = Field(None, repr=False, description="Paste the token that begins with xoxb-.")
    slack_app_token: SecretStr | None = Field(None, repr=False, description="Paste the token that begins with xapp-.")
    slack_signing_secret: SecretStr | None = Field(
        None, repr=False, description="Paste the signing secret of the app's Basic Information page."
    )
    slack_base_url: Annotated[str, AfterValidator(_web)] | None = Field(
        None, description="Write the whole address, with /api/ at its end."
    )
    public_url: Origin | None = Field(None, description=_ORIGIN)
    host: Line = Field("127.0.0.1", description="Write the address of one network card, or 0.0.0.0 for all.")
    port: Annotated[int, Field(ge=0, le=65_535)] = Field(8080, description="Write a number from 1 to 65535.")
    officers_channel: Line | None = Field(None, description="Write the id of one channel.")
    cases_channel: Line | None = Field(None, description="Write the id of one channel.")
    officers: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_names)] = Field(
        (), repr=False, description="Write user or group ids with commas between them."
    )
    members: Membership | None = Field(None, description="Write invite or open.")
    content_dir: Path | None = Field(None, description="Name a folder with guidance/ and strings/ in it.")
    union_name: Line = Field("your union", description=_ONE_LINE)
    union_contact: Line | None = Field(None, description=_ONE_LINE)
    emergency_contact: Line | None = Field(None, description=_ONE_LINE)
    office_hours: Week = Field(Hours.parse("Mon-Fri 09:00-17:00"), description=_WEEK)
    check_in_hours: Week = Field(Hours.parse("Mon-Fri 16:00-19:00"), description=_WEEK)
    privacy_notice_url: Annotated[str, AfterValidator(_web)] | None = Field(
        None, description="Write the whole address, beginning with https://."
    )
    data_protection_contact: Line | None = Field(None, description=_ONE_LINE)
    timezone: Annotated[str, AfterValidator(_zone)] = Field(
        "Europe/London", description="Write a name of the tz database, for example Europe/London."
    )
    language: Literal["en", "cy"] = Field("en", description="Write en or cy.")

    @model_validator(mode="after")
    def _settings_agree(self) -> Self:
        if self.steward_key is not None and self.steward_key_command is not None:
            raise ValueError("STEWARD_KEY: STEWARD_KEY_COMMAND is set too. Keep one of the two.")
        if self.keys_url == self.database_url:
            raise ValueError(
                "KEYS_URL: it is the same as DATABASE_URL. Keys must not travel with the data; name another."
            )
        return self

    @property
    def tz(self) -> ZoneInfo:
        """The time zone of the union."""
        return ZoneInfo(self.timezone)

    @property
    def content(self) -> Path:
        """The folder with guidance and sentences; raises ``SettingsError`` if there is none."""
        return find_content(self.content_dir)

    def membership(self, command: Command) -> Membership:
        """Return who may report: what is set, else invited members for ``run`` and anybody elsewhere."""
        return self.members or ("invite" if command == "run" else "open")

    def root_key(self) -> bytes:
        """Return the 32 bytes of the root key; raise ``SettingsError`` if there is none to be had."""
        if self.steward_key is not None:
            return decode_key(self.steward_key.get_secret_value())
        if self.steward_key_command is not None:
            try:
                return key_from(self.steward_key_command.get_secret_value())
            except ValueError as error:
                raise SettingsError(f"STEWARD_KEY_COMMAND: {error}") from None
        raise SettingsError(
            "STEWARD_KEY: it is missing. Put back the one you have, or run `steward init` in a new folder."
        )


class _Alone(Settings):
    """Settings that look nowhere but at the values they are given."""

    @classmethod
    def settings_customise_sources(cls, *_: Any, **sources: Any) -> tuple[PydanticBaseSettingsSource, ...]:  # noqa: ANN401 - only one of the sources is wanted
        return (sources["init_settings"],)


def alone(**values: object) -> Settings:
    """Return settings of these values only, whatever the environment says: for a demonstration or a test."""
    return _Alone.model_validate(values)


def load(env_file: Path = Path(".env")) -> Settings:
    """Return the settings of the environment and of one file; raise ``SettingsError`` without values."""
    try:
        return Settings(_env_file=env_file)
    except ValidationError as error:
        problems = [_problem(details["loc"], details["msg"]) for details in error.errors(include_input=False)]
    except UnicodeDecodeError:
        problems = [f"{env_file.name}: it is not UTF-8 text. Save it again as UTF-8."]
    raise SettingsError(*problems)


def _problem(loc: tuple[int | str, ...], message: str) -> str:
    """Return one line: the variable, what is wrong, how to mend it."""
    what = message.removeprefix("Value error, ")
    if not loc:
        return what  # the message of `_settings_agree` names its variable
    name = str(loc[0])
    return f"{name.upper()}: {what[0].lower()}{what[1:]}. {Settings.model_fields[name].description}"
