"""write a large report ahead"""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

OF_NO_REPORT = "SELECT id FROM chapter WHERE report_id IS NULL"


def upgrade() -> None:
    with op.batch_alter_table("chapter") as batch:
        batch.add_column(sa.Column("ahead_at", sa.DateTime(timezone=True), nullable=True))
        batch.alter_column("report_id", existing_type=sa.Integer(), nullable=True)
    op.add_column("edition", sa.Column("notes_left", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("edition") as batch:
        batch.drop_column("notes_left")
    paragraphs = f"SELECT id FROM paragraph WHERE chapter_id IN ({OF_NO_REPORT})"
    op.execute(f"DELETE FROM evidence WHERE paragraph_id IN ({paragraphs})")
    op.execute(f"DELETE FROM paragraph WHERE chapter_id IN ({OF_NO_REPORT})")
    op.execute("DELETE FROM chapter WHERE report_id IS NULL")
    with op.batch_alter_table("chapter") as batch:
        batch.alter_column("report_id", existing_type=sa.Integer(), nullable=False)
        batch.drop_column("ahead_at")
