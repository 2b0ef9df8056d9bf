"""sessions that wait for a time, and when they got one"""

import sqlalchemy as sa
from alembic import op

revision = "0117"
down_revision = "0116"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("session", sa.Column("waiting", sa.String(8), nullable=False, server_default=""))
    op.add_column("session", sa.Column("placed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("session") as batch:
        for name in ("waiting", "placed_at"):
            batch.drop_column(name)
