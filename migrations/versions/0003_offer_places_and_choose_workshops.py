"""Offer places, and choose workshops."""

from unicodedata import normalize

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
WORDS = ("title", "summary", "venue", "date_text")
ACTIVE = "uq_signup_event_id_user_id_active"
STATES = "state IN ('confirmed', 'waiting', 'offered', 'cancelled', 'expired', 'replaced', 'attended', 'no_show')"
ONCE = "state IN ('confirmed', 'waiting', 'cancelled')"
ENDED = "(state IN ('cancelled', 'expired', 'replaced')) = (cancelled_at IS NOT NULL)"
IN_FORCE = "state NOT IN ('cancelled', 'expired', 'replaced')"


def upgrade() -> None:
    op.create_table(
        "billing_profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invoice_name", sa.String(length=70), nullable=False),
        sa.Column("business_id", sa.String(length=20), nullable=False),
        sa.Column("einvoice_address", sa.String(length=35), nullable=False),
        sa.Column("operator_code", sa.String(length=35), nullable=False),
        sa.Column("buyer_reference", sa.String(length=70), nullable=False),
        sa.Column("cost_centre", sa.String(length=70), nullable=False),
        sa.Column("street", sa.String(length=105), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("city", sa.String(length=35), nullable=False),
        sa.Column("payment_term_days", sa.Integer(), nullable=False),
        sa.CheckConstraint("payment_term_days >= 14", name=op.f("ck_billing_profile_payment_term")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_billing_profile_organisation_id_organisation")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_billing_profile_updated_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_profile")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_billing_profile_organisation_id")),
    )
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("holds", sa.Enum("own", "all", name="holds", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("salt", sa.String(length=43), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_calendar_feed_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
        sa.UniqueConstraint("user_id", name=op.f("uq_calendar_feed_user_id")),
    )
    op.create_table(
        "attendance_closing",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["closed_by_id"], ["user.id"], name=op.f("fk_attendance_closing_closed_by_id_user")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_attendance_closing_event_id_event")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_attendance_closing")),
    )
    op.create_table(
        "cost_split",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "rule", sa.Enum("equal", "funded", "price", name="rule", native_enum=False, create_constraint=True, length=32), nullable=False
        ),
        sa.Column("funder", sa.JSON(), nullable=False),
        sa.Column("cost_cents", sa.Integer(), nullable=False),
        sa.Column("total_cents", sa.Integer(), nullable=False),
        sa.Column("organisations", sa.Integer(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("corrects_id IS NULL OR reason <> ''", name=op.f("ck_cost_split_correction_has_reason")),
        sa.CheckConstraint("organisations > 0", name=op.f("ck_cost_split_organisations")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user.id"], name=op.f("fk_cost_split_approved_by_id_user")),
        sa.ForeignKeyConstraint(["corrects_id"], ["cost_split.id"], name=op.f("fk_cost_split_corrects_id_cost_split")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_cost_split_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_split")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_cost_split_corrects_id")),
    )
    with op.batch_alter_table("cost_split", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cost_split_event_id"), ["event_id"], unique=False)
        batch_op.create_index(
            "uq_cost_split_event_id_first",
            ["event_id"],
            unique=True,
            sqlite_where=sa.text("corrects_id IS NULL"),
            postgresql_where=sa.text("corrects_id IS NULL"),
        )
    op.create_table(
        "event_draw",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("drawn_by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["user.id"], name=op.f("fk_event_draw_drawn_by_id_user")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_draw_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_draw")),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_event_draw_event_id_number")),
    )
    op.create_table(
        "event_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("organisation", sa.String(length=160), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("guests", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("email = '' OR guests = 1", name=op.f("ck_event_invitation_one_person")),
        sa.CheckConstraint("guests > 0", name=op.f("ck_event_invitation_guests")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_event_invitation_created_by_id_user")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_invitation_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_event_invitation_token_hash")),
    )
    with op.batch_alter_table("event_invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_invitation_event_id"), ["event_id"], unique=False)
    op.create_table(
        "event_material",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["added_by_id"], ["user.id"], name=op.f("fk_event_material_added_by_id_user")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_material_event_id_event")),
        sa.ForeignKeyConstraint(["material_id"], ["material.id"], name=op.f("fk_event_material_material_id_material")),
        sa.PrimaryKeyConstraint("event_id", "material_id", name=op.f("pk_event_material")),
    )
    with op.batch_alter_table("event_material", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_material_added_by_id"), ["added_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_material_material_id"), ["material_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_material_told_at"), ["told_at"], unique=False)
    op.create_table(
        "event_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("sender_id", sa.Integer(), nullable=True),
        sa.Column("reply_to", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.JSON(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("text_html", sa.JSON(), nullable=False),
        sa.Column("signup_ids", sa.JSON(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_message_event_id_event")),
        sa.ForeignKeyConstraint(["sender_id"], ["user.id"], name=op.f("fk_event_message_sender_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_message")),
        sa.UniqueConstraint("key", name=op.f("uq_event_message_key")),
    )
    with op.batch_alter_table("event_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_message_event_id"), ["event_id"], unique=False)
    op.create_table(
        "event_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind", sa.Enum("text", "choice", "yes_no", name="kind", native_enum=False, create_constraint=True, length=32), nullable=False
        ),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_question_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_question")),
    )
    with op.batch_alter_table("event_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_question_event_id"), ["event_id"], unique=False)
    op.create_table(
        "event_topic",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_topic_event_id_event")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_event_topic_topic_id_topic")),
        sa.PrimaryKeyConstraint("event_id", "topic_id", name=op.f("pk_event_topic")),
    )
    with op.batch_alter_table("event_topic", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_topic_topic_id"), ["topic_id"], unique=False)
    op.create_table(
        "session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "type",
            sa.Enum("lecture", "workshop", "panel", "break", "breakout", name="type", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("description", sa.JSON(), nullable=False),
        sa.Column("room", sa.JSON(), nullable=False),
        sa.Column("slot", sa.String(length=20), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("network_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("capacity IS NULL OR capacity > 0", name=op.f("ck_session_capacity")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_session_end_after_start")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_session_event_id_event")),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_session_network_id_network")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_event_id_starts_at"), ["event_id", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_session_network_id"), ["network_id"], unique=False)
    op.create_table(
        "cost_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("expert_fee", "coffee", "venue", "other", name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("label", sa.String(length=160), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("vat_percent", sa.Numeric(precision=4, scale=2), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("split_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("cents <> 0", name=op.f("ck_cost_line_cents")),
        sa.CheckConstraint("vat_percent >= 0 AND vat_percent < 100", name=op.f("ck_cost_line_vat_percent")),
        sa.ForeignKeyConstraint(["added_by_id"], ["user.id"], name=op.f("fk_cost_line_added_by_id_user")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_cost_line_event_id_event")),
        sa.ForeignKeyConstraint(["split_id"], ["cost_split.id"], name=op.f("fk_cost_line_split_id_cost_split")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_line")),
    )
    with op.batch_alter_table("cost_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cost_line_event_id"), ["event_id"], unique=False)
    op.create_table(
        "cost_share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("split_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("by_rate", sa.JSON(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("invoice_name", sa.String(length=70), nullable=False),
        sa.Column("business_id", sa.String(length=20), nullable=False),
        sa.Column("einvoice_address", sa.String(length=35), nullable=False),
        sa.Column("operator_code", sa.String(length=35), nullable=False),
        sa.Column("buyer_reference", sa.String(length=70), nullable=False),
        sa.Column("cost_centre", sa.String(length=70), nullable=False),
        sa.Column("street", sa.String(length=105), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("city", sa.String(length=35), nullable=False),
        sa.Column("payment_term_days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_cost_share_organisation_id_organisation")),
        sa.ForeignKeyConstraint(["split_id"], ["cost_split.id"], name=op.f("fk_cost_share_split_id_cost_split")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_share")),
        sa.UniqueConstraint("split_id", "organisation_id", name=op.f("uq_cost_share_split_id_organisation_id")),
    )
    with op.batch_alter_table("cost_share", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cost_share_organisation_id"), ["organisation_id"], unique=False)
    op.create_table(
        "speaker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("organisation", sa.String(length=160), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_speaker_session_id_session")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_speaker_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker")),
    )
    with op.batch_alter_table("speaker", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_speaker_session_id"), ["session_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_speaker_user_id"), ["user_id"], unique=False)
    op.create_table(
        "attendance_mark",
        sa.Column("signup_id", sa.Integer(), nullable=False),
        sa.Column("is_present", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uid", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_attendance_mark_by_id_user")),
        sa.ForeignKeyConstraint(["signup_id"], ["signup.id"], name=op.f("fk_attendance_mark_signup_id_signup")),
        sa.PrimaryKeyConstraint("signup_id", name=op.f("pk_attendance_mark")),
    )
    op.create_table(
        "event_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signup_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["event_question.id"], name=op.f("fk_event_answer_question_id_event_question")),
        sa.ForeignKeyConstraint(["signup_id"], ["signup.id"], name=op.f("fk_event_answer_signup_id_signup")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_answer")),
        sa.UniqueConstraint("signup_id", "question_id", name=op.f("uq_event_answer_signup_id_question_id")),
    )
    with op.batch_alter_table("event_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_answer_question_id"), ["question_id"], unique=False)
    op.create_table(
        "event_draw_result",
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("signup_id", sa.Integer(), nullable=False),
        sa.Column("slots", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["event_draw.id"], name=op.f("fk_event_draw_result_draw_id_event_draw")),
        sa.ForeignKeyConstraint(["signup_id"], ["signup.id"], name=op.f("fk_event_draw_result_signup_id_signup")),
        sa.PrimaryKeyConstraint("draw_id", "signup_id", name=op.f("pk_event_draw_result")),
    )
    with op.batch_alter_table("event_draw_result", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_draw_result_signup_id"), ["signup_id"], unique=False)
    op.create_table(
        "event_feedback",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("signup_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_event_feedback_rating")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_feedback_event_id_event")),
        sa.ForeignKeyConstraint(["signup_id"], ["signup.id"], name=op.f("fk_event_feedback_signup_id_signup")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_feedback")),
    )
    with op.batch_alter_table("event_feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_feedback_event_id"), ["event_id"], unique=False)
    op.create_table(
        "event_feedback_given",
        sa.Column("signup_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["signup_id"], ["signup.id"], name=op.f("fk_event_feedback_given_signup_id_signup")),
        sa.PrimaryKeyConstraint("signup_id", name=op.f("pk_event_feedback_given")),
    )
    op.create_table(
        "session_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signup_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("confirmed", "waiting", "wished", name="state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("lot", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_session_choice_session_id_session")),
        sa.ForeignKeyConstraint(["signup_id"], ["signup.id"], name=op.f("fk_session_choice_signup_id_signup")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_choice")),
        sa.UniqueConstraint("signup_id", "session_id", name=op.f("uq_session_choice_signup_id_session_id")),
    )
    with op.batch_alter_table("session_choice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_choice_session_id_state"), ["session_id", "state"], unique=False)
    op.create_table(
        "signup_needs",
        sa.Column("signup_id", sa.Integer(), nullable=False),
        sa.Column("diet", sa.Text(), nullable=False),
        sa.Column("accessibility", sa.Text(), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["signup_id"], ["signup.id"], name=op.f("fk_signup_needs_signup_id_signup")),
        sa.PrimaryKeyConstraint("signup_id", name=op.f("pk_signup_needs")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("host_organisation_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("co_organisers", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("offer_hours", sa.Integer(), nullable=False, server_default="24"))
        batch_op.add_column(sa.Column("organisation_seats", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("organisation_seats_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("takes_guests", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(
            sa.Column(
                "choice_rule",
                sa.Enum("first_come", "wishes", name="choice_rule", native_enum=False, create_constraint=True, length=32),
                nullable=False,
                server_default="first_come",
            )
        )
        batch_op.add_column(sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("draw_seed", sa.String(length=64), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("catering", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("recorded", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("recording_url", sa.String(length=500), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("material_count", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("recording_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("recording_told_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("captions_by", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("captioned_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("reminded_week_of", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("reminded_day_of", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("price_cents", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("vat_percent", sa.Numeric(precision=4, scale=2), nullable=False, server_default="25.5"))
        batch_op.add_column(sa.Column("cancel_free_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("late_cancel_percent", sa.Integer(), nullable=False, server_default="50"))
        batch_op.add_column(sa.Column("no_show_percent", sa.Integer(), nullable=False, server_default="100"))
        batch_op.add_column(sa.Column("terms", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("terms_version", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("copied_from_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("billed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("search_text", sa.Text(), server_default="", nullable=False))
        batch_op.create_index(batch_op.f("ix_event_captions_by"), ["captions_by"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_event_copied_from_id_event"), "event", ["copied_from_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_event_host_organisation_id_organisation"), "organisation", ["host_organisation_id"], ["id"]
        )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.alter_column("co_organisers", server_default=None)
        batch_op.alter_column("offer_hours", server_default=None)
        batch_op.alter_column("takes_guests", server_default=None)
        batch_op.alter_column("choice_rule", server_default=None)
        batch_op.alter_column("draw_seed", server_default=None)
        batch_op.alter_column("catering", server_default=None)
        batch_op.alter_column("recorded", server_default=None)
        batch_op.alter_column("recording_url", server_default=None)
        batch_op.alter_column("material_count", server_default=None)
        batch_op.alter_column("price_cents", server_default=None)
        batch_op.alter_column("vat_percent", server_default=None)
        batch_op.alter_column("late_cancel_percent", server_default=None)
        batch_op.alter_column("no_show_percent", server_default=None)
        batch_op.alter_column("terms", server_default=None)
        batch_op.alter_column("terms_version", server_default=None)
        batch_op.alter_column("sequence", server_default=None)
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reply_to", sa.String(length=254), server_default="", nullable=False))
        batch_op.add_column(sa.Column("attachments", sa.Text(), server_default="", nullable=False))
    with op.batch_alter_table("network", schema=None) as batch_op:
        batch_op.add_column(sa.Column("funded_first_n_days", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("funder", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("network", schema=None) as batch_op:
        batch_op.alter_column("funded_first_n_days", server_default=None)
        batch_op.alter_column("funder", server_default=None)
    with op.batch_alter_table("signup", schema=None) as batch_op:
        batch_op.add_column(sa.Column("guest_name", sa.String(length=160), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("guest_email", sa.String(length=254), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("guest_organisation", sa.String(length=160), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("guest_language", sa.String(length=2), nullable=False, server_default="fi"))
        batch_op.add_column(sa.Column("guest_token_hash", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("invitation_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("registered_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("confirm_by", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("cancel_charge_cents", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("cancelled_late", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("substitute_of_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("terms_version", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("shows_name", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("allows_photo", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("message", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("buyer_reference", sa.String(length=70), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("cost_centre", sa.String(length=70), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))
        batch_op.alter_column("user_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index(batch_op.f("ix_signup_invitation_id"), ["invitation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_signup_state_confirm_by"), ["state", "confirm_by"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_signup_guest_token_hash"), ["guest_token_hash"])
        batch_op.create_foreign_key(batch_op.f("fk_signup_registered_by_id_user"), "user", ["registered_by_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_signup_invitation_id_event_invitation"), "event_invitation", ["invitation_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_signup_substitute_of_id_signup"), "signup", ["substitute_of_id"], ["id"])
    with op.batch_alter_table("signup", schema=None) as batch_op:
        batch_op.alter_column("guest_name", server_default=None)
        batch_op.alter_column("guest_email", server_default=None)
        batch_op.alter_column("guest_organisation", server_default=None)
        batch_op.alter_column("guest_language", server_default=None)
        batch_op.alter_column("cancel_charge_cents", server_default=None)
        batch_op.alter_column("cancelled_late", server_default=None)
        batch_op.alter_column("terms_version", server_default=None)
        batch_op.alter_column("shows_name", server_default=None)
        batch_op.alter_column("allows_photo", server_default=None)
        batch_op.alter_column("message", server_default=None)
        batch_op.alter_column("buyer_reference", server_default=None)
        batch_op.alter_column("cost_centre", server_default=None)
        batch_op.alter_column("sequence", server_default=None)
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f("ck_event_organisation_seats"), "organisation_seats IS NULL OR organisation_seats > 0")
        batch_op.create_check_constraint(batch_op.f("ck_event_price_cents"), "price_cents >= 0")
    with op.batch_alter_table("signup", schema=None) as batch_op:
        batch_op.drop_index(ACTIVE)
        batch_op.drop_constraint(batch_op.f("ck_signup_state"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_signup_cancelled_at"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_signup_state"), STATES)
        batch_op.create_check_constraint(batch_op.f("ck_signup_cancelled_at"), ENDED)
        batch_op.create_check_constraint(batch_op.f("ck_signup_confirm_by"), "(state = 'offered') = (confirm_by IS NOT NULL)")
        batch_op.create_check_constraint(batch_op.f("ck_signup_user_or_guest"), "(user_id IS NULL) <> (guest_email = '')")
        batch_op.create_index(
            ACTIVE, ["event_id", "user_id"], unique=True, sqlite_where=sa.text(IN_FORCE), postgresql_where=sa.text(IN_FORCE)
        )
    # Events that are there already are found too: by their words in one spelling, as the model writes them from now on.
    event = sa.table(
        "event",
        sa.column("id", sa.Integer),
        *(sa.column(name, sa.JSON) for name in WORDS),
        sa.column("address", sa.String),
        sa.column("search_text", sa.Text),
    )
    for row in op.get_bind().execute(sa.select(event)).mappings().all():
        texts = [text for name in WORDS for text in (row[name] or {}).values()]
        words = " ".join(normalize("NFKC", " ".join([*texts, row["address"] or ""])).casefold().split())
        op.execute(event.update().where(event.c.id == row["id"]).values(search_text=words))


def downgrade() -> None:
    # What the earlier version does not know becomes what is nearest; guests' places cannot be kept in it.
    for told in ("session_choice", "event_answer", "signup_needs", "attendance_mark", "event_feedback_given", "event_draw_result"):
        op.execute(f"DELETE FROM {told}")  # noqa: S608  names of tables
    op.execute("UPDATE signup SET substitute_of_id = NULL")
    op.execute("DELETE FROM signup WHERE user_id IS NULL")
    with op.batch_alter_table("signup", schema=None) as batch_op:
        batch_op.drop_index(ACTIVE)
        for name in ("state", "cancelled_at", "confirm_by", "user_or_guest"):
            batch_op.drop_constraint(batch_op.f(f"ck_signup_{name}"), type_="check")
    op.execute("UPDATE signup SET state = 'confirmed' WHERE state IN ('attended', 'no_show')")
    op.execute("UPDATE signup SET state = 'waiting' WHERE state = 'offered'")
    op.execute("UPDATE signup SET state = 'cancelled' WHERE state IN ('expired', 'replaced')")
    with op.batch_alter_table("signup", schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f("ck_signup_state"), ONCE)
        batch_op.create_check_constraint(batch_op.f("ck_signup_cancelled_at"), "(state = 'cancelled') = (cancelled_at IS NOT NULL)")
        batch_op.create_index(
            ACTIVE,
            ["event_id", "user_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'cancelled'"),
            postgresql_where=sa.text("state <> 'cancelled'"),
        )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_event_organisation_seats"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_event_price_cents"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_event_choice_rule"), type_="check")
    with op.batch_alter_table("signup", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_signup_substitute_of_id_signup"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_signup_invitation_id_event_invitation"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_signup_registered_by_id_user"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_signup_guest_token_hash"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_signup_state_confirm_by"))
        batch_op.drop_index(batch_op.f("ix_signup_invitation_id"))
        batch_op.alter_column("user_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("sequence")
        batch_op.drop_column("checked_in_at")
        batch_op.drop_column("cost_centre")
        batch_op.drop_column("buyer_reference")
        batch_op.drop_column("message")
        batch_op.drop_column("allows_photo")
        batch_op.drop_column("shows_name")
        batch_op.drop_column("terms_version")
        batch_op.drop_column("substitute_of_id")
        batch_op.drop_column("cancelled_late")
        batch_op.drop_column("cancel_charge_cents")
        batch_op.drop_column("confirm_by")
        batch_op.drop_column("registered_by_id")
        batch_op.drop_column("invitation_id")
        batch_op.drop_column("guest_token_hash")
        batch_op.drop_column("guest_language")
        batch_op.drop_column("guest_organisation")
        batch_op.drop_column("guest_email")
        batch_op.drop_column("guest_name")
    with op.batch_alter_table("network", schema=None) as batch_op:
        batch_op.drop_column("funder")
        batch_op.drop_column("funded_first_n_days")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_column("attachments")
        batch_op.drop_column("reply_to")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_event_host_organisation_id_organisation"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_event_copied_from_id_event"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_event_captions_by"))
        batch_op.drop_column("search_text")
        batch_op.drop_column("billed_at")
        batch_op.drop_column("copied_from_id")
        batch_op.drop_column("sequence")
        batch_op.drop_column("terms_version")
        batch_op.drop_column("terms")
        batch_op.drop_column("no_show_percent")
        batch_op.drop_column("late_cancel_percent")
        batch_op.drop_column("cancel_free_until")
        batch_op.drop_column("vat_percent")
        batch_op.drop_column("price_cents")
        batch_op.drop_column("reminded_day_of")
        batch_op.drop_column("reminded_week_of")
        batch_op.drop_column("captioned_at")
        batch_op.drop_column("captions_by")
        batch_op.drop_column("recording_told_at")
        batch_op.drop_column("recording_at")
        batch_op.drop_column("material_count")
        batch_op.drop_column("recording_url")
        batch_op.drop_column("recorded")
        batch_op.drop_column("catering")
        batch_op.drop_column("draw_seed")
        batch_op.drop_column("drawn_at")
        batch_op.drop_column("choice_rule")
        batch_op.drop_column("takes_guests")
        batch_op.drop_column("organisation_seats_until")
        batch_op.drop_column("organisation_seats")
        batch_op.drop_column("offer_hours")
        batch_op.drop_column("co_organisers")
        batch_op.drop_column("host_organisation_id")
    op.drop_table("signup_needs")
    with op.batch_alter_table("session_choice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_choice_session_id_state"))
    op.drop_table("session_choice")
    op.drop_table("event_feedback_given")
    with op.batch_alter_table("event_feedback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_feedback_event_id"))
    op.drop_table("event_feedback")
    with op.batch_alter_table("event_draw_result", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_draw_result_signup_id"))
    op.drop_table("event_draw_result")
    with op.batch_alter_table("event_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_answer_question_id"))
    op.drop_table("event_answer")
    op.drop_table("attendance_mark")
    with op.batch_alter_table("speaker", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_speaker_user_id"))
        batch_op.drop_index(batch_op.f("ix_speaker_session_id"))
    op.drop_table("speaker")
    with op.batch_alter_table("cost_share", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cost_share_organisation_id"))
    op.drop_table("cost_share")
    with op.batch_alter_table("cost_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cost_line_event_id"))
    op.drop_table("cost_line")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_network_id"))
        batch_op.drop_index(batch_op.f("ix_session_event_id_starts_at"))
    op.drop_table("session")
    with op.batch_alter_table("event_topic", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_topic_topic_id"))
    op.drop_table("event_topic")
    with op.batch_alter_table("event_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_question_event_id"))
    op.drop_table("event_question")
    with op.batch_alter_table("event_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_message_event_id"))
    op.drop_table("event_message")
    with op.batch_alter_table("event_material", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_material_told_at"))
        batch_op.drop_index(batch_op.f("ix_event_material_material_id"))
        batch_op.drop_index(batch_op.f("ix_event_material_added_by_id"))
    op.drop_table("event_material")
    with op.batch_alter_table("event_invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_invitation_event_id"))
    op.drop_table("event_invitation")
    op.drop_table("event_draw")
    with op.batch_alter_table("cost_split", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_cost_split_event_id_first", sqlite_where=sa.text("corrects_id IS NULL"), postgresql_where=sa.text("corrects_id IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_cost_split_event_id"))
    op.drop_table("cost_split")
    op.drop_table("attendance_closing")
    op.drop_table("calendar_feed")
    op.drop_table("billing_profile")
