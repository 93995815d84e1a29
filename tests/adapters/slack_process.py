"""The house with Slack in a process of its own, so that it can be killed; its argument is a folder."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from aiohttp import web

from bot.adapters.slack import Access, Slack
from bot.app import engine_of, now, opened
from bot.messages import Text
from tests.adapters.slack_house import ROOMS
from tests.playing import settings_in
from tests.servers.slack import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET


async def main(folder: Path, url: str, port: int) -> None:
    """Run until killed; ``port`` 0 is Socket Mode."""
    way = {"signing_secret": SIGNING_SECRET} if port else {"app_token": APP_TOKEN}
    async with opened(settings_in(folder), "run", clock=now) as house:

        def words(text: Text) -> str:
            return house.texts.say(text, "en", "slack")

        slack = Slack(
            Access(BOT_TOKEN, base_url=url, **way), house.store.pseudonym, now, words, ROOMS, first_pause=0.05
        )
        house.senders["slack"] = house.senders["officers"] = slack
        await house.deliveries.recover(sole=True)
        if port:
            app = web.Application()
            app.add_routes(slack.routes())
            runner = web.AppRunner(app, access_log=None)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", port).start()
        await asyncio.gather(engine_of(house).run(), slack.run(house.respond))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), os.environ["SLACK_BASE_URL"], int(os.environ.get("PORT", "0"))))
