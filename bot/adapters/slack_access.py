"""How we reach Slack and how Slack proves to us that a request is its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from slack_sdk import signature

from bot.ports import Clock

SLACK = "https://slack.com/api/"


@dataclass(frozen=True, slots=True)
class Access:
    """How we reach Slack and Slack reaches us: by an app token (Socket Mode) or a signing secret (HTTP)."""

    bot_token: str = field(repr=False)
    app_token: str | None = field(default=None, repr=False)
    signing_secret: str | None = field(default=None, repr=False)
    base_url: str = SLACK


class Signatures:
    """Tells Slack's requests from forged ones and from those older than five minutes."""

    def __init__(self, secret: str, clock: Clock) -> None:
        """Check with the app's signing secret and the house's clock."""
        self._verifier = signature.SignatureVerifier(secret, _Time(clock))

    def holds(self, body: bytes, headers: Mapping[str, str]) -> bool:
        """Whether a request is signed by Slack, and not long ago."""
        try:
            return self._verifier.is_valid_request(body, dict(headers))
        except (ValueError, TypeError):  # the time stamp is no number, the body no text, the signature no ASCII
            return False


class _Time(signature.Clock):
    """The house's clock as slack_sdk wants it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock().timestamp()
