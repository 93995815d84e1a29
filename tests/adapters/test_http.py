"""The one web server: alive, ready or not, and nothing served that nobody brought."""

from __future__ import annotations

import aiohttp
import pytest
from aiohttp import web

from bot.adapters.http import Http
from bot.serving import _listening
from bot.settings import SettingsError, alone


async def status(port: int, path: str) -> int:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status


async def test_it_says_that_it_lives_and_whether_it_is_ready() -> None:
    ready = False
    http = Http("127.0.0.1", 0, [], lambda: ready)
    port = await http.start()
    assert [await status(port, path) for path in ("/healthz", "/readyz", "/else")] == [200, 503, 404]
    ready = True
    assert await status(port, "/readyz") == 200
    await http.stop()


async def test_it_serves_what_adapters_bring() -> None:
    async def page(_: web.Request) -> web.Response:
        return web.Response(status=204)

    http = Http("127.0.0.1", 0, [web.get("/page", page)])
    port = await http.start()
    assert [await status(port, path) for path in ("/page", "/readyz")] == [204, 200]
    with pytest.raises(OSError, match="use"):
        await Http("127.0.0.1", port, []).start()
    with pytest.raises(SettingsError, match=r"^PORT: ") as caught:
        await _listening(alone(port=port), [])
    assert len(caught.value.problems) == 1
    await http.stop()
    await http.stop()


async def test_it_listens_only_when_somebody_needs_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert await _listening(alone(), []) is None
    http = await _listening(alone(port=0), [])
    assert http is not None
    assert "http: 127.0.0.1, port " in capsys.readouterr().out
    await http.stop()
