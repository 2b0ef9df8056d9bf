"""mark what is written to a paragraph, and keep what was found when a report was checked"""

import sqlalchemy as sa
from alembic import op

revision = "0144"
down_revision = "0143"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("paragraph", sa.Column("mark", sa.String(32), nullable=False, server_default=""))
    op.create_table(
        "report_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("stand", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why_not", sa.Text(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_check_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_check")),
        sa.UniqueConstraint("report_id", "language", name=op.f("uq_report_check_report_id_language")),
    )


def downgrade() -> None:
    op.drop_table("report_check")
    with op.batch_alter_table("paragraph") as batch:
        batch.drop_column("mark")
