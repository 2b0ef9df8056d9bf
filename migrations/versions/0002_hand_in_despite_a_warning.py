"""hand in despite a warning"""

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("session_record") as batch_op:
        batch_op.add_column(sa.Column("lacked", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("despite", sa.String(length=500), nullable=False, server_default=""))
    with op.batch_alter_table("session_record") as batch_op:
        batch_op.alter_column("lacked", server_default=None)
        batch_op.alter_column("despite", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("session_record") as batch_op:
        batch_op.drop_column("despite")
        batch_op.drop_column("lacked")
