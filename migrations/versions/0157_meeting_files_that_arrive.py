"""meeting files that the worker reads in"""

import sqlalchemy as sa
from alembic import op

revision = "0157"
down_revision = "0156"
branch_labels = None
depends_on = None

ADDED = (
    sa.Column("kind", sa.String(12), server_default="package", nullable=False),
    sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
    sa.Column("is_whole", sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column("faults", sa.JSON(), server_default="[]", nullable=False),
)


def upgrade() -> None:
    for column in ADDED:
        op.add_column("package_import", column)
    op.create_table(
        "package_import_lines",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["package_import.id"], name=op.f("fk_package_import_lines_import_id_package_import")
        ),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_package_import_lines")),
    )


def downgrade() -> None:
    op.drop_table("package_import_lines")
    for column in reversed(ADDED):
        op.drop_column("package_import", column.name)
