"""the waiting list in order of categories"""

import sqlalchemy as sa
from alembic import op

revision = "0121"
down_revision = "0120"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("waiting_rules", sa.Column("by_protocol", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("waiting_rules") as batch:
        batch.drop_column("by_protocol")
