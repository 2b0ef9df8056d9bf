"""keep whom a list named"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("balance_count") as batch:
        batch.add_column(sa.Column("named", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("balance_count") as batch:
        batch.alter_column("named", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("balance_count") as batch:
        batch.drop_column("named")
