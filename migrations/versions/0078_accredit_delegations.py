"""places, letters and accreditation of delegations, and those merged into others"""

import sqlalchemy as sa
from alembic import op

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("delegation") as batch:
        batch.add_column(sa.Column("places", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("accredited_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("accredited_by_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("accredited_why", sa.String(1000), nullable=False, server_default=""))
        batch.create_foreign_key(op.f("fk_delegation_merged_into_id_delegation"), "delegation", ["merged_into_id"], ["id"])
        batch.create_foreign_key(op.f("fk_delegation_accredited_by_id_person"), "person", ["accredited_by_id"], ["id"])
        batch.create_index(op.f("ix_delegation_merged_into_id"), ["merged_into_id"])
    with op.batch_alter_table("delegation") as batch:
        batch.alter_column("accredited_why", server_default=None)
    op.create_table(
        "delegation_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(80), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("content_type", sa.String(40), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("given_name", sa.String(200), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        # Last: SQLite reads through it to what stands behind.
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_delegation_letter_delegation_id_delegation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation_letter")),
    )
    op.create_index(op.f("ix_delegation_letter_delegation_id"), "delegation_letter", ["delegation_id"])


def downgrade() -> None:
    op.drop_table("delegation_letter")
    with op.batch_alter_table("delegation") as batch:
        batch.drop_index(op.f("ix_delegation_merged_into_id"))
        batch.drop_constraint(op.f("fk_delegation_accredited_by_id_person"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_delegation_merged_into_id_delegation"), type_="foreignkey")
        for name in ("accredited_why", "accredited_by_id", "accredited_at", "merged_into_id", "places"):
            batch.drop_column(name)
