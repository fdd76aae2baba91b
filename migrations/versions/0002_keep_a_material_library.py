"""Keep a material library."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "link_miss",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("ip", sa.String(length=45), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_miss")),
    )
    with op.batch_alter_table("link_miss", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_miss_ip_kind_at"), ["ip", "kind", "at"], unique=False)
    op.create_table(
        "material_stamp",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("whole", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_stamp")),
    )
    op.create_table(
        "preview",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("mime", sa.String(length=100), nullable=False),
        sa.Column(
            "state",
            sa.Enum("pending", "ready", "failed", "none", name="state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("maker", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_html", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_preview")),
    )
    with op.batch_alter_table("preview", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_preview_state"), ["state"], unique=False)
    op.create_table(
        "upload",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("receiving", "checking", "ready", "refused", name="upload_state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("fault", sa.JSON(), nullable=True),
        sa.Column("mime", sa.String(length=100), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("received <= size", name=op.f("ck_upload_received")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_upload_changed_at"), ["changed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_upload_sha256"), ["sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_upload_user_id_changed_at"), ["user_id", "changed_at"], unique=False)
    op.create_table(
        "preview_page",
        sa.Column("preview_sha256", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["preview_sha256"], ["preview.sha256"], name=op.f("fk_preview_page_preview_sha256_preview"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("preview_sha256", "number", name=op.f("pk_preview_page")),
    )
    with op.batch_alter_table("preview_page", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_preview_page_sha256"), ["sha256"], unique=False)
    op.create_table(
        "collection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("description", sa.JSON(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_collection_network_id_network")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_collection_owner_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection")),
    )
    with op.batch_alter_table("collection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_collection_network_id"), ["network_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_collection_owner_id"), ["owner_id"], unique=False)
    op.create_table(
        "share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum("forward", "outside", name="kind", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("greeting", sa.Text(), nullable=False),
        sa.Column("receiver_name", sa.String(length=160), nullable=False),
        sa.Column("receiver_email", sa.String(length=254), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("letter_count", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=43), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_count", sa.Integer(), nullable=False),
        sa.Column("download_count", sa.Integer(), nullable=False),
        sa.Column("last_opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind = 'outside' OR organisation_id IS NOT NULL", name=op.f("ck_share_organisation")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_share_organisation_id_organisation")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_share_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_share_token_hash")),
    )
    with op.batch_alter_table("share", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_share_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_share_user_id_created_at"), ["user_id", "created_at"], unique=False)
    op.create_table(
        "caption",
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["material_id"], ["material.id"], name=op.f("fk_caption_material_id_material")),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["user.id"], name=op.f("fk_caption_uploaded_by_id_user")),
        sa.PrimaryKeyConstraint("material_id", "language", name=op.f("pk_caption")),
    )
    with op.batch_alter_table("caption", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_caption_sha256"), ["sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_caption_uploaded_by_id"), ["uploaded_by_id"], unique=False)
    op.create_table(
        "collection_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["user.id"], name=op.f("fk_collection_item_added_by_id_user")),
        sa.ForeignKeyConstraint(["collection_id"], ["collection.id"], name=op.f("fk_collection_item_collection_id_collection")),
        sa.ForeignKeyConstraint(["material_id"], ["material.id"], name=op.f("fk_collection_item_material_id_material")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection_item")),
        sa.UniqueConstraint("collection_id", "material_id", name=op.f("uq_collection_item_collection_id_material_id")),
    )
    with op.batch_alter_table("collection_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_collection_item_added_by_id"), ["added_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_collection_item_material_id"), ["material_id"], unique=False)
    op.create_table(
        "favourite",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["material_id"], ["material.id"], name=op.f("fk_favourite_material_id_material")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_favourite_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", "material_id", name=op.f("pk_favourite")),
    )
    with op.batch_alter_table("favourite", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_favourite_material_id"), ["material_id"], unique=False)
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("is_useful", sa.Boolean(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handled_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["handled_by_id"], ["user.id"], name=op.f("fk_feedback_handled_by_id_user")),
        sa.ForeignKeyConstraint(["material_id"], ["material.id"], name=op.f("fk_feedback_material_id_material")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_feedback_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("material_id", "user_id", name=op.f("uq_feedback_material_id_user_id")),
    )
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feedback_material_id_handled_at_at"), ["material_id", "handled_at", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_feedback_user_id"), ["user_id"], unique=False)
    op.create_table(
        "pilot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("started_by_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("questions_html", sa.Text(), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("state", sa.Enum("open", "closed", name="state", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("outcome_html", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["material_id"], ["material.id"], name=op.f("fk_pilot_material_id_material")),
        sa.ForeignKeyConstraint(["started_by_id"], ["user.id"], name=op.f("fk_pilot_started_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot")),
    )
    with op.batch_alter_table("pilot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pilot_material_id"), ["material_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pilot_started_by_id"), ["started_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pilot_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_pilot_open",
            ["material_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
    op.create_table(
        "publication_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("receiver", sa.String(length=160), nullable=False),
        sa.Column("street", sa.String(length=160), nullable=False),
        sa.Column("postcode", sa.String(length=5), nullable=False),
        sa.Column("city", sa.String(length=80), nullable=False),
        sa.Column("contact_name", sa.String(length=160), nullable=False),
        sa.Column("contact_phone", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column(
            "state",
            sa.Enum("received", "sent", "cancelled", name="state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.String(length=500), nullable=False),
        sa.Column("handled_by_id", sa.Integer(), nullable=True),
        sa.Column("wiped_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", name=op.f("ck_publication_order_cancelled")),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_publication_order_sent")),
        sa.CheckConstraint("quantity BETWEEN 1 AND 50", name=op.f("ck_publication_order_quantity")),
        sa.ForeignKeyConstraint(["handled_by_id"], ["user.id"], name=op.f("fk_publication_order_handled_by_id_user")),
        sa.ForeignKeyConstraint(["material_id"], ["material.id"], name=op.f("fk_publication_order_material_id_material")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_publication_order_organisation_id_organisation")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_publication_order_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_order")),
    )
    with op.batch_alter_table("publication_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_publication_order_material_id"), ["material_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_publication_order_state_created_at"), ["state", "created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_publication_order_user_id"), ["user_id"], unique=False)
    op.create_table(
        "share_item",
        sa.Column("share_id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["material_id"], ["material.id"], name=op.f("fk_share_item_material_id_material")),
        sa.ForeignKeyConstraint(["share_id"], ["share.id"], name=op.f("fk_share_item_share_id_share")),
        sa.PrimaryKeyConstraint("share_id", "material_id", name=op.f("pk_share_item")),
    )
    with op.batch_alter_table("share_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_share_item_material_id"), ["material_id"], unique=False)
    op.create_table(
        "pilot_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("guest_name", sa.String(length=160), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column(
            "verdict", sa.Enum("ok", "needs_changes", name="verdict", native_enum=False, create_constraint=True, length=32), nullable=True
        ),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("user_id IS NULL OR email IS NULL", name=op.f("ck_pilot_review_one_way")),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_pilot_review_pilot_id_pilot")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_pilot_review_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_review")),
        sa.UniqueConstraint("pilot_id", "email", name=op.f("uq_pilot_review_pilot_id_email")),
        sa.UniqueConstraint("pilot_id", "user_id", name=op.f("uq_pilot_review_pilot_id_user_id")),
    )
    with op.batch_alter_table("pilot_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pilot_review_user_id"), ["user_id"], unique=False)
    op.create_table(
        "pilot_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "handling",
            sa.Enum("taken", "partly", "not_taken", "read", name="handling", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answer_html", sa.Text(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["answered_by_id"], ["user.id"], name=op.f("fk_pilot_comment_answered_by_id_user")),
        sa.ForeignKeyConstraint(["review_id"], ["pilot_review.id"], name=op.f("fk_pilot_comment_review_id_pilot_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_comment")),
        sa.UniqueConstraint("review_id", "section", name=op.f("uq_pilot_comment_review_id_section")),
    )
    op.create_table(
        "pilot_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["pilot_review.id"], name=op.f("fk_pilot_link_review_id_pilot_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_pilot_link_token_hash")),
    )
    with op.batch_alter_table("pilot_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pilot_link_review_id"), ["review_id"], unique=False)
    with op.batch_alter_table("material", schema=None) as batch_op:
        batch_op.add_column(sa.Column("link_url", sa.String(length=1000), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("alt_text", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(
            sa.Column(
                "accessible",
                sa.Enum("yes", "partly", "no", "unknown", name="accessible", native_enum=False, create_constraint=True, length=32),
                nullable=False,
                server_default="unknown",
            )
        )
        batch_op.add_column(sa.Column("accessible_note", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("captions_by", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("piloted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("useful_count", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("not_useful_count", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("stock", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("event_count", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("stamp", sa.Integer(), nullable=False, server_default="0"))
        batch_op.create_index(batch_op.f("ix_material_captions_by"), ["captions_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_material_replaces_id_state"), ["replaces_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_material_series"), ["series"], unique=False)
        batch_op.create_index(batch_op.f("ix_material_stamp"), ["stamp"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_material_state_download_count_updated_at"), ["state", "download_count", "updated_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_material_state_title_key_fi"), ["state", "title_key_fi"], unique=False)
        batch_op.create_index(batch_op.f("ix_material_state_title_key_sv"), ["state", "title_key_sv"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_material_state_useful_count_not_useful_count_updated_at"),
            ["state", "useful_count", "not_useful_count", "updated_at"],
            unique=False,
        )
        batch_op.create_foreign_key(batch_op.f("fk_material_replaces_id_material"), "material", ["replaces_id"], ["id"])
    with op.batch_alter_table("material", schema=None) as batch_op:
        batch_op.alter_column("link_url", server_default=None)
        batch_op.alter_column("alt_text", server_default=None)
        batch_op.alter_column("accessible", server_default=None)
        batch_op.alter_column("accessible_note", server_default=None)
        batch_op.alter_column("useful_count", server_default=None)
        batch_op.alter_column("not_useful_count", server_default=None)
        batch_op.alter_column("event_count", server_default=None)
        batch_op.alter_column("stamp", server_default=None)
    with op.batch_alter_table("material_version", schema=None) as batch_op:
        batch_op.alter_column("size", existing_type=sa.INTEGER(), type_=sa.BigInteger(), existing_nullable=False)
        batch_op.create_index(batch_op.f("ix_material_version_file_name"), ["file_name"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("material", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_material_accessible"), type_="check")
    with op.batch_alter_table("material_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_material_version_file_name"))
        batch_op.alter_column("size", existing_type=sa.BigInteger(), type_=sa.INTEGER(), existing_nullable=False)
    with op.batch_alter_table("material", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_material_replaces_id_material"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_material_state_useful_count_not_useful_count_updated_at"))
        batch_op.drop_index(batch_op.f("ix_material_state_title_key_sv"))
        batch_op.drop_index(batch_op.f("ix_material_state_title_key_fi"))
        batch_op.drop_index(batch_op.f("ix_material_state_download_count_updated_at"))
        batch_op.drop_index(batch_op.f("ix_material_stamp"))
        batch_op.drop_index(batch_op.f("ix_material_series"))
        batch_op.drop_index(batch_op.f("ix_material_replaces_id_state"))
        batch_op.drop_index(batch_op.f("ix_material_captions_by"))
        batch_op.drop_column("stamp")
        batch_op.drop_column("event_count")
        batch_op.drop_column("stock")
        batch_op.drop_column("not_useful_count")
        batch_op.drop_column("useful_count")
        batch_op.drop_column("piloted_at")
        batch_op.drop_column("captions_by")
        batch_op.drop_column("accessible_note")
        batch_op.drop_column("accessible")
        batch_op.drop_column("alt_text")
        batch_op.drop_column("replaces_id")
        batch_op.drop_column("link_url")
    with op.batch_alter_table("pilot_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pilot_link_review_id"))
    op.drop_table("pilot_link")
    op.drop_table("pilot_comment")
    with op.batch_alter_table("pilot_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pilot_review_user_id"))
    op.drop_table("pilot_review")
    with op.batch_alter_table("share_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_share_item_material_id"))
    op.drop_table("share_item")
    with op.batch_alter_table("publication_order", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_publication_order_user_id"))
        batch_op.drop_index(batch_op.f("ix_publication_order_state_created_at"))
        batch_op.drop_index(batch_op.f("ix_publication_order_material_id"))
    op.drop_table("publication_order")
    with op.batch_alter_table("pilot", schema=None) as batch_op:
        batch_op.drop_index("uq_pilot_open", sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
        batch_op.drop_index(batch_op.f("ix_pilot_state"))
        batch_op.drop_index(batch_op.f("ix_pilot_started_by_id"))
        batch_op.drop_index(batch_op.f("ix_pilot_material_id"))
    op.drop_table("pilot")
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feedback_user_id"))
        batch_op.drop_index(batch_op.f("ix_feedback_material_id_handled_at_at"))
    op.drop_table("feedback")
    with op.batch_alter_table("favourite", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_favourite_material_id"))
    op.drop_table("favourite")
    with op.batch_alter_table("collection_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_collection_item_material_id"))
        batch_op.drop_index(batch_op.f("ix_collection_item_added_by_id"))
    op.drop_table("collection_item")
    with op.batch_alter_table("caption", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_caption_uploaded_by_id"))
        batch_op.drop_index(batch_op.f("ix_caption_sha256"))
    op.drop_table("caption")
    with op.batch_alter_table("share", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_share_user_id_created_at"))
        batch_op.drop_index(batch_op.f("ix_share_expires_at"))
    op.drop_table("share")
    with op.batch_alter_table("collection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_collection_owner_id"))
        batch_op.drop_index(batch_op.f("ix_collection_network_id"))
    op.drop_table("collection")
    with op.batch_alter_table("preview_page", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_preview_page_sha256"))
    op.drop_table("preview_page")
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_upload_user_id_changed_at"))
        batch_op.drop_index(batch_op.f("ix_upload_sha256"))
        batch_op.drop_index(batch_op.f("ix_upload_changed_at"))
    op.drop_table("upload")
    with op.batch_alter_table("preview", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_preview_state"))
    op.drop_table("preview")
    op.drop_table("material_stamp")
    with op.batch_alter_table("link_miss", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_link_miss_ip_kind_at"))
    op.drop_table("link_miss")
