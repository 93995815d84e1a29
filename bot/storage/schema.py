"""The tables of the main database, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    false,
)

from bot.storage.moment import Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID = String(36)
MARK = String(24)  # a pseudonym or keyed hash: bot.privacy.MARK_BYTES in base32
TOKEN = String(40)  # the longest token of PRODUCT section 3 has 20 letters
NAME = String(200)

member = Table(
    "member",
    metadata,
    Column("id", MARK, primary_key=True),
    Column("key", ID, nullable=False),  # of its own: somebody forgotten may come back
    Column("adapter", TOKEN, nullable=False),
    Column("address", LargeBinary, nullable=False),
    Column("language", TOKEN, nullable=False),
    Column("nation", TOKEN),
    Column("notice", Integer, nullable=False),
    Column("stopped", Boolean, nullable=False),
    Column("invited", Boolean, nullable=False),
    Column("topic", NAME),
    Column("topic_at", Moment),
    Column("chose_language", Boolean, nullable=False, server_default=false()),
    Column("since", Moment, nullable=False),
    Column("revision", Integer, nullable=False),
)
conversation = Table(
    "conversation",
    metadata,
    Column("id", ID, primary_key=True),
    Column("member", MARK, ForeignKey("member.id"), nullable=False, index=True),
    Column("form", TOKEN, nullable=False),
    Column("state", LargeBinary, nullable=False),
    Column("started", Moment, nullable=False),
    Column("updated", Moment, nullable=False, index=True),
    Column("paused", Boolean, nullable=False),
    Column("reminded", Moment),
)
item = Table(
    "item",
    metadata,
    Column("id", ID, primary_key=True),
    Column("link_hash", MARK, unique=True),  # empty once its detail is erased
    Column("platform", TOKEN),
    Column("sealed", LargeBinary),
    Column("posted", Moment),
    Column("created", Moment, nullable=False),
)
case_ = Table(
    "case_",
    metadata,
    Column("id", ID, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("kind", TOKEN, nullable=False),
    Column("item", ID, ForeignKey("item.id"), unique=True),
    Column("status", TOKEN, nullable=False, index=True),
    Column("taken_by", NAME),
    Column("urgent", Boolean, nullable=False),
    Column("opened", Moment, nullable=False),
    Column("closed", Moment),
    Column("closed_reason", TOKEN),
)
report = Table(
    "report",
    metadata,
    Column("id", ID, primary_key=True),
    Column("member", MARK),  # no row needed behind it: imported reports have none
    Column("case_id", ID, ForeignKey("case_.id"), nullable=False, index=True),
    Column("kind", TOKEN, nullable=False),
    Column("at", Moment, nullable=False),
    Column("platform", TOKEN),
    Column("target", TOKEN),
    Column("target_role", TOKEN),
    Column("posted_by", TOKEN),
    Column("seen_on", Date),
    Column("reported_to_platform", TOKEN),
    Column("route", TOKEN),
    Column("reported_on", Date),
    Column("platform_reply", TOKEN),
    Column("still_online", TOKEN),
    Column("nation", TOKEN),
    Column("phase", TOKEN),
    Column("wish", TOKEN),
    Column("may_contact", Boolean, nullable=False),
    Column("keep_me_posted", Boolean, nullable=False),
    Column("may_pass_on", Boolean, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("verified", Boolean, nullable=False),
    Column("sealed", LargeBinary),  # empty once its detail is erased
    Column("receipt_hash", MARK, unique=True),
    Column("word_hash", MARK),
    Column("corrected_at", Moment),
    Column("imported", Boolean, nullable=False, server_default=false()),  # from a file of the past: no news to anybody
    Index(None, "member", "at"),
    # Statistics read a span of time and one or two columns.
    Index(None, "at", "kind", "member"),
)
report_kind = Table(
    "report_kind",
    metadata,
    Column("report", ID, ForeignKey("report.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", TOKEN, primary_key=True),
)
report_item = Table(
    "report_item",
    metadata,
    Column("report", ID, ForeignKey("report.id", ondelete="CASCADE"), primary_key=True),
    Column("item", ID, ForeignKey("item.id"), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
)
named = Table(  # keyed hashes of the accounts and hashtags a report names
    "named",
    metadata,
    Column("report", ID, ForeignKey("report.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", TOKEN, primary_key=True),
    Column("mark", MARK, primary_key=True, index=True),
)
outcome = Table(
    "outcome",
    metadata,
    Column("id", ID, primary_key=True),
    Column("item", ID, ForeignKey("item.id"), index=True),
    # Empty where an officer says it of an item.
    Column("report", ID, ForeignKey("report.id", ondelete="CASCADE"), index=True),
    Column("at", Moment, nullable=False, index=True),
    Column("what", TOKEN, nullable=False),
    Column("says", TOKEN, nullable=False),
    Column("route", TOKEN),
    Column("by_platform", Boolean, nullable=False),
)
check_in = Table(  # the reports that are still asked about
    "check_in",
    metadata,
    Column("report", ID, ForeignKey("report.id", ondelete="CASCADE"), primary_key=True),
    Column("member", MARK, nullable=False, index=True),
    Column("since", Moment, nullable=False),  # what the times to ask are counted from
    Column("due", Moment, index=True),  # empty once the last time has been
    Column("put_off", Integer, nullable=False),
    Column("asked", NAME),  # key of the last delivery that asks about it
)
news = Table(  # outcomes that wait to be told, together, once a day
    "news",
    metadata,
    Column("member", MARK, primary_key=True),
    Column("outcome", ID, ForeignKey("outcome.id", ondelete="CASCADE"), primary_key=True),
    Column("report", ID, ForeignKey("report.id", ondelete="CASCADE"), nullable=False, index=True),  # their own
    Column("at", Moment, nullable=False),
)
told = Table(  # where an item stood when a member was last told of it, by their own report
    "told",
    metadata,
    Column("report", ID, ForeignKey("report.id", ondelete="CASCADE"), primary_key=True),
    Column("about", ID, primary_key=True, index=True),  # the item, or the report itself when it has none
    Column("what", TOKEN, nullable=False),
    Column("at", Moment, nullable=False),
    Column("delivery", NAME, nullable=False),  # key of the delivery that tells it
)
question = Table(
    "question",
    metadata,
    Column("id", ID, primary_key=True),
    Column("member", MARK, nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("kind", TOKEN, nullable=False),
)
delivery = Table(
    "delivery",
    metadata,
    Column("key", NAME, primary_key=True),
    Column("adapter", TOKEN, nullable=False),
    Column("to_kind", TOKEN, nullable=False),
    Column("to_of", NAME, nullable=False),
    Column("member", MARK, index=True),
    Column("body", LargeBinary),  # empty once its text is erased
    Column("due", Moment, nullable=False),
    Column("until", Moment),
    Column("hours", TOKEN),  # the hours outside which it waits
    Column("ord", NAME),
    Column("unasked", Boolean, nullable=False),
    Column("repeatable", Boolean, nullable=False),
    Column("secret", Boolean, nullable=False),
    Column("state", TOKEN, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("last_error", NAME),
    Column("remote_id", NAME),
    Column("under", NAME),  # keys of earlier deliveries
    Column("instead", NAME),
    Column("doubted", Moment),  # when a try began that may have arrived
    Column("created", Moment, nullable=False),
    Column("sending_since", Moment),
    Column("ended", Moment),  # sent, dead, cancelled or unknown
    Index(None, "state", "adapter", "unasked", "due", "created", "key"),  # as `take` asks for them
    Index(None, "ord", "state", "created"),
    Index(None, "ended"),
)
pace = Table(
    "pace",
    metadata,
    Column("adapter", TOKEN, primary_key=True),
    Column("free_at", Moment, nullable=False),  # of the next bulk delivery
    Column("held_until", Moment),  # because the service asked for it
)
seen = Table(
    "seen",
    metadata,
    Column("adapter", TOKEN, primary_key=True),
    Column("id", NAME, primary_key=True),
    Column("member", MARK),
    Column("at", Moment, nullable=False, index=True),
    Column("in_form", Boolean, nullable=False),
    Index(None, "member", "at"),
)
audit = Table(
    "audit",
    metadata,
    Column("id", ID, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("who", NAME, nullable=False),
    Column("what", TOKEN, nullable=False),
    Column("about", NAME, nullable=False),
)
tally = Table(
    "tally",
    metadata,
    Column("what", TOKEN, primary_key=True),
    Column("week", Date, primary_key=True),
    Column("mark", MARK, primary_key=True),
)
released = Table(
    "released",
    metadata,
    Column("period", TOKEN, primary_key=True),
    Column("starts", Date, primary_key=True),
    Column("ends", Date, nullable=False),
    Column("body", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
wrong_try = Table(
    "wrong_try",
    metadata,
    Column("id", ID, primary_key=True),
    Column("member", MARK),  # empty once that member is forgotten: it still counts for all together
    Column("at", Moment, nullable=False, index=True),
    Index(None, "member", "at"),
)
erasure = Table(
    "erasure",
    metadata,
    Column("id", ID, primary_key=True),  # of the data key
    Column("kind", TOKEN, nullable=False),  # forgotten, or faded (its statistics stay)
)
house = Table(
    "house",
    metadata,
    Column("key", TOKEN, primary_key=True),
    Column("value", NAME, nullable=False),
)
