"""keep files of documents"""

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("document") as batch:
        batch.add_column(sa.Column("kind", sa.String(length=20), nullable=False, server_default="other"))
        batch.add_column(sa.Column("agenda_item", sa.String(length=20), nullable=False, server_default=""))
        batch.add_column(sa.Column("audience", sa.String(length=20), nullable=False, server_default="public"))
    with op.batch_alter_table("document") as batch:
        for name in ("kind", "agenda_item", "audience"):
            batch.alter_column(name, server_default=None)
    op.create_table(
        "document_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("given_name", sa.String(length=200), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        # Last: SQLite reads through it to what stands behind.
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_file_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["person.id"], name=op.f("fk_document_file_uploaded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_file")),
        sa.UniqueConstraint(
            "document_id", "language", "version", name=op.f("uq_document_file_document_id_language_version")
        ),
    )
    op.create_table(
        "session_document",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_session_document_document_id_document")
        ),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_session_document_session_id_session")),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_session_document")),
    )
    op.create_index(op.f("ix_session_document_session_id"), "session_document", ["session_id"])


def downgrade() -> None:
    op.drop_table("session_document")
    op.drop_table("document_file")
    with op.batch_alter_table("document") as batch:
        for name in ("audience", "agenda_item", "kind"):
            batch.drop_column(name)
