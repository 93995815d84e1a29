"""What a pasted link says by itself: platform, account, post and time. Nothing is ever fetched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import quote, unquote

from w3lib.url import url_query_cleaner
from yarl import URL

from bot.reports.platforms import Rules, Shape, Site, plain_host
from bot.reports.post_times import TIMES
from bot.reports.spans import LONGEST, Span, spans, without_links

__all__ = ["Link", "Links", "Rules", "find", "read", "without_links"]

MOST = 10
"""Links of one text; a report holds as many."""

LONGEST_CANONICAL = 500
"""Characters; the report's form takes no longer ones, and the longest share links stay under 300."""

_MOST_TRIED = 200
"""Links of one text looked at closely, so that a flood of broken ones costs little."""

_MOST_READ = 100_000
"""Characters of one text; no adapter carries more (Slack 40,000, Telegram 4,096)."""

_READING = "1"
"""Goes up when this file, not the rules, changes what a canonical link is."""

_REDIRECTS = 2
_ROUNDS = 4
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
_POST = re.compile(r"[A-Za-z0-9_-]{1,200}")
_ENCODED = re.compile(r"https?%(?:25)*3a", re.IGNORECASE)
_DECODINGS = 4


@dataclass(frozen=True, slots=True)
class Link:
    """A link: ``canonical`` says which item it is, ``full`` is what to keep and open, with the account.

    ``account`` starts with @; ``posted`` is UTC. Reading ``full`` again gives the same link.
    """

    canonical: str = field(repr=False)
    platform: str
    account: str | None = field(default=None, repr=False)
    post: str | None = field(default=None, repr=False)
    posted: datetime | None = None
    is_short: bool = False
    full: str = field(default="", repr=False)


class Links:
    """Finds and reads links by the rules in ``content/platforms.toml``."""

    def __init__(self, rules: Rules) -> None:
        """Keep the rules to read by."""
        self._rules = rules

    @property
    def mark(self) -> str:
        """Tells apart ways of reading links: the rules' and this file's."""
        return f"{_READING}.{self._rules.mark}"

    def find(self, text: str) -> tuple[Link, ...]:
        """Return the links in free text, each once, in their order, at most ten."""
        found: dict[str, Link] = {}
        seen: set[str] = set()
        for span in spans(text[:_MOST_READ]):
            if len(found) == MOST or len(seen) == _MOST_TRIED:
                break
            if span.address in seen or not self._is_believable(span):
                continue
            seen.add(span.address)
            link = self.read(span.address)
            if link is not None:
                known = found.get(link.canonical)
                found[link.canonical] = link if known is None or not known.account else known
        return tuple(found.values())

    def read(self, address: str) -> Link | None:
        """Return what one address says, or None when it is none or leads to nothing in particular.

        The canonical link is https, with the host in small letters, without www., m. or mobile.,
        tracking or fragment, in the platform's own shape; reading it again gives it again.
        """
        first = self._once(address)
        link = first
        for _ in range(_ROUNDS):
            again = self._once(link.canonical) if link is not None else None
            if first is None or link is None or again is None:
                return None
            if again.canonical == link.canonical:
                return self._with_full(first, again)
            link = again
        return None

    def _with_full(self, link: Link, last: Link) -> Link:
        """Return the link with its last canonical form, and a full one only if it leads back to that."""
        canonical = last.canonical
        if link.full == canonical:  # most are, and that one has just been read
            again: Link | None = last
        else:
            again = self._once(link.full) if link.full and len(link.full) <= LONGEST_CANONICAL else None
        is_sure = again is not None and (again.canonical, again.account, again.full) == (
            canonical,
            link.account,
            link.full,
        )
        return replace(link, canonical=canonical, full=link.full if is_sure else canonical)

    def _is_believable(self, span: Span) -> bool:
        if span.has_scheme:
            return True
        host, mark, _ = re.split(r"[:?#]", span.address)[0].partition("/")
        return self._rules.is_believable(host, has_path=bool(mark))

    def _once(self, address: str, redirects: int = 0) -> Link | None:
        url = _parsed(address)
        if url is None or url.raw_host is None:
            return None
        host, path = plain_host(url.raw_host), _plain_path(url)
        onward = self._rules.leads_on(host, path)
        if onward is not None and redirects < _REDIRECTS:
            return self._once(url.query.get(onward, ""), redirects + 1)
        site = self._rules.site(host, path)
        link = self._elsewhere(url, host, path) if site is None else self._known(url, site, host, path)
        return link if link is not None and len(link.canonical) <= LONGEST_CANONICAL else None

    def _known(self, url: URL, site: Site, host: str, path: str) -> Link | None:
        fallback = Link(f"https://{site.host}{path}", site.platform.name, is_short=site.is_short)
        if site.is_short or not site.is_known:
            return fallback if path else None
        for shape in site.platform.shape:
            if shape.host not in (None, host):
                continue
            parts = _parts(shape, path, url, site)
            if parts is not None:
                return _shaped(shape, parts, site)
        # The front page, or a page of the platform itself, is no post and no account.
        return None if not path or path[1:].lower() in site.platform.reserved else fallback

    def _elsewhere(self, url: URL, host: str, path: str) -> Link:
        port = "" if url.port in (None, 80, 443) else f":{url.port}"
        bare = f"https://{host}{port}{path}"
        if not url.raw_query_string:
            return Link(bare, "other")
        dropped = [name for name in url.query if self._is_tracking(name)]
        full = url_query_cleaner(f"{bare}?{url.raw_query_string}", dropped, remove=True)
        return Link(str(full) if len(full) <= LONGEST_CANONICAL else bare, "other")

    def _is_tracking(self, name: str) -> bool:
        return any(name.startswith(rule[:-1]) if rule.endswith("*") else name == rule for rule in self._rules.tracking)


def find(text: str, rules: Rules) -> tuple[Link, ...]:
    """Return the links in free text, each once, at most ten."""
    return Links(rules).find(text)


def read(url: str, rules: Rules) -> Link | None:
    """Return what one address says, or None when it is no link."""
    return Links(rules).read(url)


def _parsed(address: str) -> URL | None:
    address = address.strip()
    if len(address) > LONGEST:
        return None
    for _ in range(_DECODINGS):
        if _ENCODED.match(address):
            address = unquote(address)
    if not re.match(r"https?:/", address, re.IGNORECASE):
        address = f"https://{address}"
    try:
        url = URL(re.sub(r"^(https?):/+", lambda scheme: f"{scheme[1].lower()}://", address, flags=re.IGNORECASE))
        host = url.raw_host
        _ = url.port, url.query
    except ValueError:
        return None
    return url if host and _HOST.fullmatch(host.rstrip(".")) else None


def _plain_path(url: URL) -> str:
    path = re.sub(r"%(?:25)+40", "@", url.raw_path)  # an @ that was encoded twice on its way here
    return re.sub(r"/{2,}", "/", path).rstrip("/")


def _parts(shape: Shape, path: str, url: URL, site: Site) -> dict[str, str] | None:
    """Return the named parts of a link of this shape, ready to be written, or None."""
    found = shape.pattern.fullmatch(path)
    if found is None:
        return None
    parts = {name: part for name, part in found.groupdict().items() if part is not None}
    if "account" in parts:
        account = unquote(parts["account"]).lower()
        if account in site.platform.reserved or account.endswith(".php"):
            return None
        parts["account"] = quote(account, safe="")
    for name in shape.query:
        value = url.query.get(name, "")
        if not value or (name == shape.read and not _POST.fullmatch(value)):
            return None
        parts[f"?{name}"] = quote(value, safe="")
    return parts


def _shaped(shape: Shape, parts: Mapping[str, str], site: Site) -> Link:
    account, post = parts.get("account"), parts.get("post") or parts.get("number") or parts.get(f"?{shape.read}")
    return Link(
        _written(shape, shape.to or shape.path, parts, site),
        site.platform.name,
        account=f"@{unquote(account)}" if account else None,
        post=post,
        posted=TIMES[shape.time](post) if post and shape.time else None,
        is_short=shape.short,
        full=_written(shape, shape.keep, parts, site) if shape.keep else "",
    )


def _written(shape: Shape, path: str, parts: Mapping[str, str], site: Site) -> str:
    """Return the address a path of the rules stands for; parameters not named in it follow it."""
    named = {name for name in shape.query if f"{{?{name}}}" in path}
    path = path.replace("/{rest}", parts.get("rest", ""))
    path = re.sub(r"\{(\??\w+)\}", lambda part: parts[part[1]], path)
    rest = [f"{name}={parts[f'?{name}']}" for name in shape.query if name not in named]
    path += "?" + "&".join(rest) if rest else ""
    return path if path.startswith("https://") else f"https://{site.host}{path}"
