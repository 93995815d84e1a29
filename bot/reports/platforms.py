"""The rules of ``content/platforms.toml``: which host is which platform, and what its paths mean."""

from __future__ import annotations

import re
import tomllib
from functools import cached_property
from hashlib import sha256
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.reports.post_times import Clockwork

_PARTS = {
    "account": r"(?P<account>[^/]{1,300})",
    "post": r"(?P<post>[A-Za-z0-9_-]{1,200})",
    "number": r"(?P<number>[0-9]{1,30})",
    "any": r"(?P<any>[^/]{1,300})",
    "thread": r"(?P<thread>[0-9]{1,30})",
}
_MARK = 16
_NAME = Annotated[str, Field(min_length=1, max_length=100)]
_MIRROR = re.compile(r"(?:www\d?|m|mobile|[a-z]{2}-[a-z]{2})\.(?=.*\.)")


class _Rule(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Shape(_Rule):
    """One kind of path on a platform, and the canonical path it becomes. ``keep``: with the account."""

    path: str
    to: str | None = None
    keep: str | None = None
    host: str | None = None
    query: tuple[str, ...] = ()
    read: str | None = None
    short: bool = False
    time: Clockwork | None = None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The path as a pattern whose groups are the parts' names."""
        pieces = re.split(r"\{(\w+)\}", self.path.removesuffix("/{rest}"))
        body = "".join(_PARTS[piece] if at % 2 else re.escape(piece) for at, piece in enumerate(pieces))
        rest = r"(?P<rest>/.*)?" if self.path.endswith("/{rest}") else ""
        return re.compile(body + rest)


class Platform(_Rule):
    """One platform: its hosts and the shapes of its links."""

    name: _NAME
    hosts: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    reserved: frozenset[str] = frozenset()
    shape: tuple[Shape, ...] = ()


class Redirect(_Rule):
    """A page that only leads on to the address in its parameter ``query``. ``*.`` in front: any host below."""

    at: str
    query: str


class Site(_Rule):
    """What a host and path belong to. ``host`` is the one to write; ``is_known`` by name, not by parent."""

    platform: Platform
    host: str
    is_short: bool = False
    is_known: bool = True


class Rules(_Rule):
    """Everything editors say about links."""

    tracking: tuple[str, ...] = ()
    endings: frozenset[str] = frozenset()
    endings_with_path: frozenset[str] = frozenset()
    redirect: tuple[Redirect, ...] = ()
    platform: tuple[Platform, ...]
    mark: str = ""
    """Tells these rules from others, so that what was made by old ones is made anew once."""

    @classmethod
    def parse(cls, toml_text: str) -> Rules:
        """Read the rules from TOML; raises ``ValueError`` saying which line or field is wrong."""
        rules = cls.model_validate(tomllib.loads(toml_text))
        for platform in rules.platform:
            for shape in platform.shape:
                try:
                    _ = shape.pattern
                except (KeyError, re.error) as trouble:
                    message = f"platform {platform.name}: the path {shape.path} has an unknown part ({trouble})"
                    raise ValueError(message) from None
        return rules.model_copy(update={"mark": sha256(toml_text.encode()).hexdigest()[:_MARK]})

    @cached_property
    def sites(self) -> dict[str, Site]:
        """Every named host (some with a path behind it)."""
        named: dict[str, Site] = {}
        for platform in self.platform:
            for host in platform.hosts:
                named[host] = Site(platform=platform, host=platform.hosts[0])
            for host in platform.kept:
                named[host] = Site(platform=platform, host=host.partition("/")[0])
            for host in platform.short:
                named[host] = Site(platform=platform, host=host.partition("/")[0], is_short=True)
        return named

    def site(self, host: str, path: str) -> Site | None:
        """Return what a host (as :func:`plain_host` gives it) and path belong to, if we know it."""
        for at in (f"{host}/{part}" for part in path.split("/")[1:2] if part):
            if at in self.sites:
                return self.sites[at]
        if host in self.sites:
            return self.sites[host]
        parent = host.partition(".")[2]
        while "." in parent:
            above = self.sites.get(parent)
            if above is not None and not above.is_short:
                return Site(platform=above.platform, host=host, is_known=False)
            parent = parent.partition(".")[2]
        return None

    def leads_on(self, host: str, path: str) -> str | None:
        """Return the parameter a redirecting page leads on to, if this is one."""
        at = host + path.rstrip("/")
        for page in self.redirect:
            if page.at == at or (page.at.startswith("*.") and host.endswith(page.at[1:])):
                return page.query
        return None

    def is_believable(self, host: str, *, has_path: bool) -> bool:
        """Whether words that look like ``host`` are a link, though nobody wrote ``https://``."""
        host = host.lower()
        if host.startswith("www.") or self.site(plain_host(host), "") is not None:
            return True
        ending = host.partition(".")[2]
        while ending:
            if ending in self.endings or (has_path and ending in self.endings_with_path):
                return True
            ending = ending.partition(".")[2]
        return False


def plain_host(host: str) -> str:
    """Return a host in small letters without ``www.``, ``m.``, ``mobile.`` or a language in front."""
    host = host.lower().rstrip(".")
    while (found := _MIRROR.match(host)) is not None:
        host = host[found.end() :]
    return host
