"""let a reader read what rests on their notes"""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reader", sa.Column("only_own", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("remark", sa.Column("sentence", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("remark") as batch:
        batch.drop_column("sentence")
    with op.batch_alter_table("reader") as batch:
        batch.drop_column("only_own")
