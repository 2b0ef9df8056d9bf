"""know the window that keeps"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

KEPT = ("written_input", "practice_card", "practice_completion", "typed_paragraph", "started_paragraph")


def upgrade() -> None:
    for table in KEPT:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("mark", sa.String(40), nullable=False, server_default=""))
        with op.batch_alter_table(table) as batch:
            batch.alter_column("mark", existing_type=sa.String(40), server_default=None)


def downgrade() -> None:
    for table in KEPT:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("mark")
