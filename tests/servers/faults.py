"""What a chat service's server does when it does not do what it should."""

from __future__ import annotations

import asyncio
from typing import Literal

from aiohttp import web

from tests.servers.telegram_rules import Refusal

Fault = Literal["429", "500", "hang", "drop", "garbage", "empty"]


async def wrong(request: web.Request, kind: Fault, seconds: int, released: asyncio.Event) -> web.StreamResponse:
    """Answer a request wrongly; a ``hang`` ends when released, ``drop`` closes the connection without a word."""
    if kind == "429":
        refusal = Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
        return web.json_response(refusal.body, status=429)
    if kind == "500":
        return web.json_response(Refusal(500, "Internal Server Error").body, status=500)
    if kind == "garbage":
        return web.Response(text="<html>a proxy's own page</html>", content_type="text/html")
    if kind == "empty":
        return web.json_response({"ok": True})
    if kind == "hang":
        await released.wait()
    if request.transport is not None:
        request.transport.close()
    return web.Response()
