"""mark who typed last"""

import sqlalchemy as sa
from alembic import op


revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:

    with op.batch_alter_table("kept_text", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mark", sa.String(length=40), nullable=False, server_default=""))

    with op.batch_alter_table("kept_text", schema=None) as batch_op:
        batch_op.alter_column("mark", server_default=None)


def downgrade() -> None:

    with op.batch_alter_table("kept_text", schema=None) as batch_op:
        batch_op.drop_column("mark")
