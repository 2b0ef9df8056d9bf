"""tell of sessions over bilaterals"""

import sqlalchemy as sa
from alembic import op

revision = "0149"
down_revision = "0148"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("bilateral", sa.Column("announced_over", sa.String(120), nullable=False, server_default=""))
    op.add_column("networking_rules", sa.Column("announced_version", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("networking_rules") as batch:
        batch.drop_column("announced_version")
    with op.batch_alter_table("bilateral") as batch:
        batch.drop_column("announced_over")
