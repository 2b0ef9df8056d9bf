"""close and archive a meeting"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meeting", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("meeting", sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("meeting") as batch:
        batch.drop_column("archived_at")
        batch.drop_column("closed_at")
