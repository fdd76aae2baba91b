"""Moderate threads, hold polls, follow, draft, and keep answers."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

ONCE = ("guide", "recommendation", "slides", "form", "publication", "recording", "podcast", "minutes", "link")


def _allow(*kinds: str) -> None:
    with op.batch_alter_table("material", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_material_kind"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_material_kind"), f"kind IN ({', '.join(repr(kind) for kind in kinds)})")


def upgrade() -> None:
    op.create_table(
        "network_follow",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            sa.Enum("watch", "follow", "normal", "mute", name="level", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_network_follow_network_id_network")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_network_follow_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", "network_id", name=op.f("pk_network_follow")),
    )
    with op.batch_alter_table("network_follow", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_network_follow_network_id"), ["network_id"], unique=False)

    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("network_id", sa.Integer(), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_draft_network_id_network")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_draft_post_id_post")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_draft_thread_id_thread")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_draft_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("user_id", "network_id", name=op.f("uq_draft_user_id_network_id")),
        sa.UniqueConstraint("user_id", "post_id", name=op.f("uq_draft_user_id_post_id")),
        sa.UniqueConstraint("user_id", "thread_id", name=op.f("uq_draft_user_id_thread_id")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_changed_at"), ["changed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_network_id"), ["network_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_post_id"), ["post_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_thread_id"), ["thread_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_user_id_changed_at"), ["user_id", "changed_at"], unique=False)

    op.create_table(
        "poll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=300), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("single", "multiple", "ranked", name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("shows_names", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("outcome_html", sa.Text(), nullable=False),
        sa.CheckConstraint("outcome = '' OR closed_at IS NOT NULL", name=op.f("ck_poll_outcome_when_closed")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_poll_created_by_id_user")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_poll_thread_id_thread")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
        sa.UniqueConstraint("thread_id", name=op.f("uq_poll_thread_id")),
    )
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_created_by_id"), ["created_by_id"], unique=False)

    op.create_table(
        "thread_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("retitle", "merge", "split", "move", name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name=op.f("ck_thread_change_undone")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_thread_change_by_id_user")),
        sa.ForeignKeyConstraint(["other_id"], ["thread.id"], name=op.f("fk_thread_change_other_id_thread")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_thread_change_thread_id_thread")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["user.id"], name=op.f("fk_thread_change_undone_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_change")),
    )
    with op.batch_alter_table("thread_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thread_change_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_thread_change_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "thread_follow",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            sa.Enum("watch", "follow", "normal", "mute", name="level", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_thread_follow_thread_id_thread")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_thread_follow_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", "thread_id", name=op.f("pk_thread_follow")),
    )
    with op.batch_alter_table("thread_follow", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thread_follow_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "answer_card",
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["material_id"], ["material.id"], name=op.f("fk_answer_card_material_id_material")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_answer_card_post_id_post")),
        sa.ForeignKeyConstraint(["saved_by_id"], ["user.id"], name=op.f("fk_answer_card_saved_by_id_user")),
        sa.PrimaryKeyConstraint("material_id", name=op.f("pk_answer_card")),
        sa.UniqueConstraint("post_id", name=op.f("uq_answer_card_post_id")),
    )
    with op.batch_alter_table("answer_card", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_card_saved_by_id"), ["saved_by_id"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("mime", sa.String(length=100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("alt", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_attachment_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_post_id"), ["post_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_sha256"), ["sha256"], unique=False)

    op.create_table(
        "inbound_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("posted", "answered", "silent", name="outcome", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "why",
            sa.Enum(
                "taken",
                "automatic",
                "no_token",
                "forged",
                "unreadable",
                "too_large",
                "repeated",
                "too_many",
                "empty",
                "refused",
                name="why",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_inbound_letter_post_id_post")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_inbound_letter_thread_id_thread")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_inbound_letter_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_letter")),
        sa.UniqueConstraint("digest", name=op.f("uq_inbound_letter_digest")),
    )
    with op.batch_alter_table("inbound_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbound_letter_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_inbound_letter_post_id"), ["post_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_inbound_letter_thread_id"), ["thread_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_inbound_letter_user_id"), ["user_id"], unique=False)

    op.create_table(
        "mention",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_mention_post_id_post")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_mention_user_id_user")),
        sa.PrimaryKeyConstraint("post_id", "user_id", name=op.f("pk_mention")),
    )
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mention_user_id"), ["user_id"], unique=False)

    op.create_table(
        "moderation_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "upheld", "rejected", name="state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("claimed_by_id", sa.Integer(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum("hide", "remind", "leave", name="outcome", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("statement", sa.String(length=2000), nullable=False),
        sa.Column("review_asked_by_id", sa.Integer(), nullable=True),
        sa.Column("review_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_words", sa.String(length=2000), nullable=False),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_statement", sa.String(length=2000), nullable=False),
        sa.CheckConstraint("(state = 'open') = (decided_at IS NULL)", name=op.f("ck_moderation_case_decided")),
        sa.CheckConstraint("(outcome IS NULL) = (decided_at IS NULL)", name=op.f("ck_moderation_case_outcome_when_decided")),
        sa.CheckConstraint("reviewed_at IS NULL OR review_asked_at IS NOT NULL", name=op.f("ck_moderation_case_reviewed")),
        sa.ForeignKeyConstraint(["claimed_by_id"], ["user.id"], name=op.f("fk_moderation_case_claimed_by_id_user")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_moderation_case_decided_by_id_user")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_moderation_case_post_id_post")),
        sa.ForeignKeyConstraint(["review_asked_by_id"], ["user.id"], name=op.f("fk_moderation_case_review_asked_by_id_user")),
        sa.ForeignKeyConstraint(["reviewed_by_id"], ["user.id"], name=op.f("fk_moderation_case_reviewed_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_case")),
    )
    with op.batch_alter_table("moderation_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_moderation_case_post_id"), ["post_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_moderation_case_state_opened_at"), ["state", "opened_at"], unique=False)
        batch_op.create_index(
            "uq_moderation_case_post_id_open",
            ["post_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "poll_option",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_option_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_option")),
        sa.UniqueConstraint("poll_id", "position", name=op.f("uq_poll_option_poll_id_position")),
    )
    op.create_table(
        "moderation_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "personal_data",
                "confidential",
                "insult",
                "off_topic",
                "advertisement",
                "other",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["moderation_case.id"], name=op.f("fk_moderation_report_case_id_moderation_case")),
        sa.ForeignKeyConstraint(["reporter_id"], ["user.id"], name=op.f("fk_moderation_report_reporter_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_report")),
        sa.UniqueConstraint("case_id", "reporter_id", name=op.f("uq_moderation_report_case_id_reporter_id")),
    )
    with op.batch_alter_table("moderation_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_moderation_report_reporter_id"), ["reporter_id"], unique=False)

    op.create_table(
        "poll_vote",
        sa.Column("option_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["option_id"], ["poll_option.id"], name=op.f("fk_poll_vote_option_id_poll_option")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_vote_poll_id_poll")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_poll_vote_user_id_user")),
        sa.PrimaryKeyConstraint("option_id", "user_id", name=op.f("pk_poll_vote")),
    )
    with op.batch_alter_table("poll_vote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_vote_poll_id"), ["poll_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_poll_vote_user_id"), ["user_id"], unique=False)

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unsubscribe", sa.String(length=300), server_default="", nullable=False))
        batch_op.add_column(sa.Column("conversation", sa.String(length=120), server_default="", nullable=False))

    with op.batch_alter_table("network", schema=None) as batch_op:
        batch_op.add_column(sa.Column("holds_first_posts", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("network", schema=None) as batch_op:
        batch_op.alter_column("holds_first_posts", server_default=None)

    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_unnamed", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("has_card", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("has_files", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("held_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_post_held_at"), ["held_at"], unique=False)
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.alter_column("is_unnamed", server_default=None)
        batch_op.alter_column("has_card", server_default=None)
        batch_op.alter_column("has_files", server_default=None)

    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_unnamed", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("is_last_unnamed", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("handed_to_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("has_poll", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_thread_handed_to_id"), ["handed_to_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_thread_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_thread_merged_into_id_thread"), "thread", ["merged_into_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_thread_handed_to_id_user"), "user", ["handed_to_id"], ["id"])
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.alter_column("is_unnamed", server_default=None)
        batch_op.alter_column("is_last_unnamed", server_default=None)
        batch_op.alter_column("has_poll", server_default=None)

    _allow(*ONCE, "answer", "other")


def downgrade() -> None:
    # A card is a text without a file: the earlier version knows such things as links.
    op.execute("UPDATE material SET kind = 'link' WHERE kind = 'answer'")
    _allow(*ONCE, "other")
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_thread_handed_to_id_user"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_thread_merged_into_id_thread"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_thread_merged_into_id"))
        batch_op.drop_index(batch_op.f("ix_thread_handed_to_id"))
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("has_poll")
        batch_op.drop_column("handed_at")
        batch_op.drop_column("handed_to_id")
        batch_op.drop_column("is_last_unnamed")
        batch_op.drop_column("is_unnamed")

    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_post_held_at"))
        batch_op.drop_column("held_at")
        batch_op.drop_column("has_files")
        batch_op.drop_column("has_card")
        batch_op.drop_column("is_unnamed")

    with op.batch_alter_table("network", schema=None) as batch_op:
        batch_op.drop_column("holds_first_posts")

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_column("conversation")
        batch_op.drop_column("unsubscribe")

    with op.batch_alter_table("poll_vote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poll_vote_user_id"))
        batch_op.drop_index(batch_op.f("ix_poll_vote_poll_id"))

    op.drop_table("poll_vote")
    with op.batch_alter_table("moderation_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_moderation_report_reporter_id"))

    op.drop_table("moderation_report")
    op.drop_table("poll_option")
    with op.batch_alter_table("moderation_case", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_moderation_case_post_id_open", sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'")
        )
        batch_op.drop_index(batch_op.f("ix_moderation_case_state_opened_at"))
        batch_op.drop_index(batch_op.f("ix_moderation_case_post_id"))

    op.drop_table("moderation_case")
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mention_user_id"))

    op.drop_table("mention")
    with op.batch_alter_table("inbound_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbound_letter_user_id"))
        batch_op.drop_index(batch_op.f("ix_inbound_letter_thread_id"))
        batch_op.drop_index(batch_op.f("ix_inbound_letter_post_id"))
        batch_op.drop_index(batch_op.f("ix_inbound_letter_at"))

    op.drop_table("inbound_letter")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachment_sha256"))
        batch_op.drop_index(batch_op.f("ix_attachment_post_id"))

    op.drop_table("attachment")
    with op.batch_alter_table("answer_card", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_card_saved_by_id"))

    op.drop_table("answer_card")
    with op.batch_alter_table("thread_follow", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_thread_follow_thread_id"))

    op.drop_table("thread_follow")
    with op.batch_alter_table("thread_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_thread_change_thread_id"))
        batch_op.drop_index(batch_op.f("ix_thread_change_other_id"))

    op.drop_table("thread_change")
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poll_created_by_id"))

    op.drop_table("poll")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_user_id_changed_at"))
        batch_op.drop_index(batch_op.f("ix_draft_thread_id"))
        batch_op.drop_index(batch_op.f("ix_draft_post_id"))
        batch_op.drop_index(batch_op.f("ix_draft_network_id"))
        batch_op.drop_index(batch_op.f("ix_draft_changed_at"))

    op.drop_table("draft")
    with op.batch_alter_table("network_follow", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_network_follow_network_id"))

    op.drop_table("network_follow")
