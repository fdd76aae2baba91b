"""Number posts, and mark what was read."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.add_column(sa.Column("last_number", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("language", sa.String(length=2), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.alter_column("last_number", server_default=None)
        batch_op.alter_column("language", server_default=None)
    op.create_table(
        "network_read",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_network_read_network_id_network")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_network_read_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", "network_id", name=op.f("pk_network_read")),
    )
    with op.batch_alter_table("network_read", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_network_read_network_id"), ["network_id"], unique=False)
    op.create_table(
        "read_mark",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_read_mark_thread_id_thread")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_read_mark_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", "thread_id", name=op.f("pk_read_mark")),
    )
    with op.batch_alter_table("read_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_read_mark_thread_id"), ["thread_id"], unique=False)
    op.create_table(
        "thread_topic",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_thread_topic_thread_id_thread")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_thread_topic_topic_id_topic")),
        sa.PrimaryKeyConstraint("thread_id", "topic_id", name=op.f("pk_thread_topic")),
    )
    with op.batch_alter_table("thread_topic", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thread_topic_topic_id"), ["topic_id"], unique=False)
    op.create_table(
        "helpful",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_helpful_post_id_post")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_helpful_user_id_user")),
        sa.PrimaryKeyConstraint("post_id", "user_id", name=op.f("pk_helpful")),
    )
    with op.batch_alter_table("helpful", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_helpful_user_id"), ["user_id"], unique=False)
    op.create_table(
        "post_edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_post_edit_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_edit")),
    )
    with op.batch_alter_table("post_edit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_edit_post_id"), ["post_id"], unique=False)
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("is_accepted", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("helpful_count", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "uq_post_thread_id_accepted",
            ["thread_id"],
            unique=True,
            sqlite_where=sa.text("is_accepted"),
            postgresql_where=sa.text("is_accepted"),
        )
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.alter_column("number", server_default=None)
        batch_op.alter_column("is_accepted", server_default=None)
        batch_op.alter_column("helpful_count", server_default=None)
    # Posts get their numbers in the order in which they were written.
    op.execute(
        "UPDATE post SET number = (SELECT count(*) FROM post AS earlier WHERE earlier.thread_id = post.thread_id AND earlier.id <= post.id)"
    )
    op.execute("UPDATE thread SET last_number = (SELECT count(*) FROM post WHERE post.thread_id = thread.id)")
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.create_unique_constraint(batch_op.f("uq_post_thread_id_number"), ["thread_id", "number"])


def downgrade() -> None:
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.drop_column("resolved_at")
        batch_op.drop_column("language")
        batch_op.drop_column("last_number")
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_post_thread_id_number"), type_="unique")
        batch_op.drop_index("uq_post_thread_id_accepted", sqlite_where=sa.text("is_accepted"), postgresql_where=sa.text("is_accepted"))
        batch_op.drop_column("deleted_at")
        batch_op.drop_column("edited_at")
        batch_op.drop_column("helpful_count")
        batch_op.drop_column("is_accepted")
        batch_op.drop_column("number")
    with op.batch_alter_table("post_edit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_post_edit_post_id"))
    op.drop_table("post_edit")
    with op.batch_alter_table("helpful", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_helpful_user_id"))
    op.drop_table("helpful")
    with op.batch_alter_table("thread_topic", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_thread_topic_topic_id"))
    op.drop_table("thread_topic")
    with op.batch_alter_table("read_mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_read_mark_thread_id"))
    op.drop_table("read_mark")
    with op.batch_alter_table("network_read", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_network_read_network_id"))
    op.drop_table("network_read")
