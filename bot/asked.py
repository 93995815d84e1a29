"""`steward content gaps`: what members ask and the guidance does not cover; never who asked, never a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import numpy as np

from bot.app import configure_logging, now
from bot.feedback.gaps import FEWEST_MEMBERS, gaps
from bot.guidance.words import terms
from bot.learning import Learning
from bot.settings import Settings
from bot.shelf import contents
from bot.storage.store import Store

MOST_QUESTIONS = 5_000  # the newest; all pairs of them are compared, in 100 MB and a minute


async def not_covered(settings: Settings, folder: Path, out: TextIO) -> int:
    """Write one line for each group of questions that may be shown."""
    configure_logging()
    store = await Store.open(settings.database_url, settings.keys_url, settings.root_key(), now)
    try:
        asked = (await store.open_questions())[-MOST_QUESTIONS:]
    finally:
        await store.close()
    learning = Learning()
    vectors = None
    if learning.encoder is not None and asked:
        # One by one: what members ask is never remembered, as texts of the content are.
        vectors = np.stack([learning.encoder.question(one.words) for one in asked])
    articles = contents(folder).articles
    public = {term for one in articles for term in terms(f"{one.title}\n{' '.join(one.asked)}\n{one.body}")}
    found = gaps([(one.member, one.words) for one in asked], public, vectors)
    out.writelines(f"{gap.members} members: {', '.join(gap.words) or 'no word they share'}\n" for gap in found)
    if not found:
        out.write("Nothing that enough members asked is without an answer.\n")
    out.write(f"Shown is only what at least {FEWEST_MEMBERS} different members asked in the last 90 days.\n")
    return 0
