"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "audit",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_table(
        "delivery",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("adapter", sa.String(length=40), nullable=False),
        sa.Column("to_kind", sa.String(length=40), nullable=False),
        sa.Column("to_of", sa.String(length=200), nullable=False),
        sa.Column("member", sa.String(length=24), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ord", sa.String(length=200), nullable=True),
        sa.Column("unasked", sa.Boolean(), nullable=False),
        sa.Column("repeatable", sa.Boolean(), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(length=200), nullable=True),
        sa.Column("remote_id", sa.String(length=200), nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sending_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_delivery"),
    )
    op.create_index("ix_delivery_ended", "delivery", ["ended"])
    op.create_index("ix_delivery_member", "delivery", ["member"])
    op.create_index("ix_delivery_ord_state_created", "delivery", ["ord", "state", "created"])
    op.create_index("ix_delivery_state_adapter_due", "delivery", ["state", "adapter", "due"])
    op.create_table(
        "erasure",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_erasure"),
    )
    op.create_table(
        "house",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_house"),
    )
    op.create_table(
        "item",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("link_hash", sa.String(length=24), nullable=True),
        sa.Column("platform", sa.String(length=40), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("posted", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_item"),
        sa.UniqueConstraint("link_hash", name="uq_item_link_hash"),
    )
    op.create_table(
        "member",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("adapter", sa.String(length=40), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("nation", sa.String(length=40), nullable=True),
        sa.Column("notice", sa.Integer(), nullable=False),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("invited", sa.Boolean(), nullable=False),
        sa.Column("topic", sa.String(length=200), nullable=True),
        sa.Column("topic_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_member"),
    )
    op.create_table(
        "released",
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("period", "starts", name="pk_released"),
    )
    op.create_table(
        "seen",
        sa.Column("adapter", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("member", sa.String(length=24), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_form", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("adapter", "id", name="pk_seen"),
    )
    op.create_index("ix_seen_at", "seen", ["at"])
    op.create_index("ix_seen_member_at", "seen", ["member", "at"])
    op.create_table(
        "tally",
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("mark", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("what", "week", "mark", name="pk_tally"),
    )
    op.create_table(
        "case_",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=36), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("taken_by", sa.String(length=200), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("opened", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_reason", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["item"], ["item.id"], name="fk_case__item"),
        sa.PrimaryKeyConstraint("id", name="pk_case_"),
        sa.UniqueConstraint("item", name="uq_case__item"),
        sa.UniqueConstraint("number", name="uq_case__number"),
    )
    op.create_index("ix_case__status", "case_", ["status"])
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("member", sa.String(length=24), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("reminded", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name="fk_conversation_member"),
        sa.PrimaryKeyConstraint("id", name="pk_conversation"),
    )
    op.create_index("ix_conversation_member", "conversation", ["member"])
    op.create_index("ix_conversation_updated", "conversation", ["updated"])
    op.create_table(
        "report",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("member", sa.String(length=24), nullable=True),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("platform", sa.String(length=40), nullable=True),
        sa.Column("target", sa.String(length=40), nullable=True),
        sa.Column("target_role", sa.String(length=40), nullable=True),
        sa.Column("posted_by", sa.String(length=40), nullable=True),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("reported_to_platform", sa.String(length=40), nullable=True),
        sa.Column("route", sa.String(length=40), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("platform_reply", sa.String(length=40), nullable=True),
        sa.Column("still_online", sa.String(length=40), nullable=True),
        sa.Column("nation", sa.String(length=40), nullable=True),
        sa.Column("phase", sa.String(length=40), nullable=True),
        sa.Column("wish", sa.String(length=40), nullable=True),
        sa.Column("may_contact", sa.Boolean(), nullable=False),
        sa.Column("keep_me_posted", sa.Boolean(), nullable=False),
        sa.Column("may_pass_on", sa.Boolean(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("receipt_hash", sa.String(length=24), nullable=True),
        sa.Column("word_hash", sa.String(length=24), nullable=True),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name="fk_report_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sa.UniqueConstraint("receipt_hash", name="uq_report_receipt_hash"),
    )
    op.create_index("ix_report_at_kind_member", "report", ["at", "kind", "member"])
    op.create_index("ix_report_case_id", "report", ["case_id"])
    op.create_index("ix_report_member_at", "report", ["member", "at"])
    op.create_table(
        "outcome",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("item", sa.String(length=36), nullable=True),
        sa.Column("report", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("says", sa.String(length=40), nullable=False),
        sa.Column("route", sa.String(length=40), nullable=True),
        sa.Column("by_platform", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["item.id"], name="fk_outcome_item"),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name="fk_outcome_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_outcome"),
    )
    op.create_index("ix_outcome_at", "outcome", ["at"])
    op.create_index("ix_outcome_item", "outcome", ["item"])
    op.create_index("ix_outcome_report", "outcome", ["report"])
    op.create_table(
        "report_item",
        sa.Column("report", sa.String(length=36), nullable=False),
        sa.Column("item", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["item.id"], name="fk_report_item_item"),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name="fk_report_item_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "item", name="pk_report_item"),
    )
    op.create_index("ix_report_item_item", "report_item", ["item"])
    op.create_table(
        "report_kind",
        sa.Column("report", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name="fk_report_kind_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "kind", name="pk_report_kind"),
    )
