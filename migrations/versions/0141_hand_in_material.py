"""know which part and which statement a document of a session is for, and whom it was asked of"""

import sqlalchemy as sa
from alembic import op

revision = "0141"
down_revision = "0140"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("session_document") as batch:
        batch.add_column(sa.Column("sub_item", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("role_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("came_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_foreign_key(
            op.f("fk_session_document_role_id_speaking_role"), "speaking_role", ["role_id"], ["id"]
        )
        batch.create_index(op.f("ix_session_document_role_id"), ["role_id"])
    op.create_table(
        "material_request",
        sa.Column("role_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["role_id"], ["speaking_role.id"], name=op.f("fk_material_request_role_id_speaking_role")
        ),
        sa.PrimaryKeyConstraint("role_id", name=op.f("pk_material_request")),
    )


def downgrade() -> None:
    op.drop_table("material_request")
    with op.batch_alter_table("session_document") as batch:
        batch.drop_index(op.f("ix_session_document_role_id"))
        batch.drop_constraint(op.f("fk_session_document_role_id_speaking_role"), type_="foreignkey")
        batch.drop_column("seen_at")
        batch.drop_column("came_at")
        batch.drop_column("role_id")
        batch.drop_column("sub_item")
