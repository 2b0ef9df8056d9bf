"""a register of organizations"""

import sqlalchemy as sa
from alembic import op

revision = "0100"
down_revision = "0099"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "organization",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("abbreviation", sa.String(40), nullable=False),
        sa.Column("other_names", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["organization.id"], name=op.f("fk_organization_merged_into_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
    )
    op.create_index(op.f("ix_organization_merged_into_id"), "organization", ["merged_into_id"])
    op.create_table(
        "organization_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("key", sa.String(400), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_organization_name_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization_name")),
        sa.UniqueConstraint("key", name=op.f("uq_organization_name_key")),
    )
    op.create_index(op.f("ix_organization_name_organization_id"), "organization_name", ["organization_id"])
    with op.batch_alter_table("delegation") as batch:
        batch.add_column(sa.Column("organization_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("stays_as_typed", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.create_foreign_key(
            op.f("fk_delegation_organization_id_organization"), "organization", ["organization_id"], ["id"]
        )
        batch.create_index(op.f("ix_delegation_organization_id"), ["organization_id"])


def downgrade() -> None:
    with op.batch_alter_table("delegation") as batch:
        batch.drop_index(op.f("ix_delegation_organization_id"))
        batch.drop_constraint(op.f("fk_delegation_organization_id_organization"), type_="foreignkey")
        batch.drop_column("stays_as_typed")
        batch.drop_column("organization_id")
    op.drop_table("organization_name")
    op.drop_table("organization")
