"""say of which version of a report a line is found"""

import sqlalchemy as sa
from alembic import op

revision = "0146"
down_revision = "0145"
branch_labels = None
depends_on = None

LINE = sa.table("published_paragraph", sa.column("report_id"), sa.column("version"))
REPORT = sa.table("report", sa.column("id"), sa.column("version"))


def upgrade() -> None:
    op.add_column("published_paragraph", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    of_it = sa.select(REPORT.c.version).where(REPORT.c.id == LINE.c.report_id).scalar_subquery()
    op.execute(sa.update(LINE).values(version=of_it))
    op.create_index(op.f("ix_published_paragraph_report_id_version"), "published_paragraph", ["report_id", "version"])


def downgrade() -> None:
    op.drop_index(op.f("ix_published_paragraph_report_id_version"), table_name="published_paragraph")
    with op.batch_alter_table("published_paragraph") as batch:
        batch.drop_column("version")
