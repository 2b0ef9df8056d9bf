"""packages that the worker reads in"""

import sqlalchemy as sa
from alembic import op

revision = "0154"
down_revision = "0153"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "package_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("open_slug", sa.String(80), nullable=True),
        sa.Column("contact", sa.String(254), nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("made_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_package_import_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_import")),
        sa.UniqueConstraint("open_slug", name=op.f("uq_package_import_open_slug")),
    )
    op.create_index(op.f("ix_package_import_by_id"), "package_import", ["by_id"])
    op.create_index(op.f("ix_package_import_state"), "package_import", ["state"])
    op.create_table(
        "package_import_part",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["package_import.id"], name=op.f("fk_package_import_part_import_id_package_import")
        ),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_package_import_part")),
    )
    op.add_column("meeting", sa.Column("is_arriving", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("meeting", "is_arriving")
    op.drop_table("package_import_part")
    op.drop_table("package_import")
