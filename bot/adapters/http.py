"""The one web server: whatever comes in from outside comes in here, and nothing else is served."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress

from aiohttp import web

CLOSE_SECONDS = 5.0
"""Requests under way may end; what was heard is durable already."""
LARGEST = 256 * 1024
"""Bytes of one request; an update of a chat service is a few thousand."""


class Http:
    """Serves the routes adapters bring, ``/healthz`` (the process runs) and ``/readyz`` (services answer)."""

    def __init__(
        self, host: str, port: int, routes: Iterable[web.RouteDef], ready: Callable[[], bool] = lambda: True
    ) -> None:
        """Prepare; ``port`` 0 lets the system choose one."""
        self._host = host
        self._port = port
        self._ready = ready
        # A traceback of the library's own could hold what somebody wrote.
        logging.getLogger("aiohttp").setLevel(logging.CRITICAL + 1)
        application = web.Application(client_max_size=LARGEST)
        application.add_routes([*routes, web.get("/healthz", self._healthz), web.get("/readyz", self._readyz)])
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=CLOSE_SECONDS)

    async def start(self) -> int:
        """Listen and return the port; raise ``OSError`` when it cannot be had."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError:
            await self.stop()
            raise
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Let requests under way end, then listen no more."""
        with suppress(RuntimeError):  # never started
            await self._runner.cleanup()

    async def _healthz(self, request: web.Request) -> web.Response:
        del request
        return web.Response(text="ok\n")

    async def _readyz(self, request: web.Request) -> web.Response:
        del request
        return web.Response(text="ready\n") if self._ready() else web.Response(status=503, text="not ready\n")
