"""Steward: a bot that stands beside union members.

How one message travels through the house: an adapter hears it and makes it an ``Incoming``. The
router reads where the member stands and hands both to ``handlers.decide``, which finds the
handler: a crisis comes first, then commands, buttons, an open form, and last a question. Handlers
and the conversation engine decide purely and return a ``Turn``: replies as keys, the conversation
to keep, changes of data, and deliveries. The router has storage commit all of it in one
transaction, with the mark that this message was heard, so that a message heard twice, a crash or a
restart loses and doubles nothing. Replies then become words in ``bot.texts`` and go out; deliveries
(a receipt, a card, a digest) are sent from the ledger by ``bot.delivery``, whoever wakes it.
"""

import os

# One thread a process, before numpy is imported: several gain nothing on matrices as small as ours, and each spins on
# a core and holds memory of its own.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
